//! Do two reports of a number contradict each other, or has it grown?

use crate::levels::*;
use marsad_model::{Munitions, Quantity, QuantityStatus};

/// When two documents were published, as days: `(earliest, latest)` of each.
pub(crate) type Published = (i32, i32);

/// The level of two tolls of killed or of wounded.
pub(crate) fn toll_level(a: &Quantity, b: &Quantity, a_published: Published, b_published: Published) -> Level {
    if !is_number(a) || !is_number(b) {
        return SILENT;
    }
    if !a.compatible(b) {
        let (low, high) = if lowest(a) < lowest(b) {
            ((a, a_published), (b, b_published))
        } else {
            ((b, b_published), (a, a_published))
        };
        return grown(low, high);
    }
    match (exact(a), exact(b)) {
        (Some(n), Some(m)) if n == m => equal(n),
        _ => TOLL_COMPATIBLE,
    }
}

/// The level of all munition counts together.
pub(crate) fn munitions_level(a: &Munitions, b: &Munitions) -> Level {
    let (mut best, mut clash) = (SILENT, false);
    for ((_, x), (_, y)) in a.each().into_iter().zip(b.each()) {
        if !is_number(x) || !is_number(y) {
            continue;
        }
        clash |= !x.compatible(y);
        best = best.max_points(match (exact(x), exact(y)) {
            (Some(n), Some(m)) if n == m && n > 1 => MUNITIONS_AGREE,
            (Some(1), Some(1)) => MUNITIONS_ONE,
            _ => SILENT,
        });
    }
    if clash { MUNITIONS_CLASH } else { best }
}

impl Level {
    fn max_points(self, other: Level) -> Level {
        if other.points > self.points { other } else { self }
    }
}

fn equal(n: u32) -> Level {
    match n {
        0 => TOLL_EQUAL_NONE,
        1 => TOLL_EQUAL_ONE,
        2..=3 => TOLL_EQUAL_SMALL,
        4..=9 => TOLL_EQUAL,
        _ => TOLL_EQUAL_LARGE,
    }
}

fn grown(low: (&Quantity, Published), high: (&Quantity, Published)) -> Level {
    let (n, m) = (lowest(low.0), lowest(high.0));
    let at_most = |grown: u32| m <= grown.saturating_add(GROWN_PLUS);
    let is_one_day = low.1 == high.1 && low.1.0 == low.1.1;
    match n {
        _ if !at_most(n.saturating_mul(GROWN_TIMES)) => TOLL_CLASH,
        _ if low.1.0 > high.1.1 => TOLL_SHRUNK,
        0 => TOLL_SOME,
        _ if !at_most(n.saturating_add(n / 2)) => TOLL_JUMPED,
        _ if is_one_day => TOLL_DIFFERS,
        _ => TOLL_GROWN,
    }
}

fn is_number(q: &Quantity) -> bool {
    (q.is_counted() || q.status == QuantityStatus::ExplicitNone) && (q.value.is_some() || q.min.is_some())
}

pub(crate) fn exact(q: &Quantity) -> Option<u32> {
    q.value.filter(|_| !q.approx && q.min == q.max)
}

fn lowest(q: &Quantity) -> u32 {
    q.min.or(q.value).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tolls_grow_but_do_not_explode() {
        let n = |n| Quantity::exactly(n, vec![]);
        let level = |a, b| toll_level(&n(a), &n(b), (10, 10), (11, 11));
        assert_eq!(level(28, 28), TOLL_EQUAL_LARGE);
        assert_eq!(level(4, 9), TOLL_GROWN);
        assert_eq!(level(4, 12), TOLL_JUMPED);
        assert_eq!(level(0, 3), TOLL_SOME);
        assert_eq!(toll_level(&n(4), &n(9), (10, 10), (10, 10)), TOLL_DIFFERS);
        assert_eq!(level(12, 4), TOLL_SHRUNK);
        assert_eq!(level(2, 40), TOLL_CLASH);
        assert_eq!(toll_level(&n(4), &Quantity::at_least(3, vec![]), (0, 0), (0, 0)), TOLL_COMPATIBLE);
        assert_eq!(toll_level(&n(4), &Quantity::some(vec![]), (0, 0), (0, 0)), SILENT);
    }

    #[test]
    fn one_clash_outweighs_an_agreement() {
        let two = Munitions { launched: Quantity::exactly(2, vec![]), ..Munitions::default() };
        let more = Munitions { landed: Quantity::exactly(3, vec![]), ..two.clone() };
        let less = Munitions { landed: Quantity::exactly(1, vec![]), ..two.clone() };
        assert_eq!(munitions_level(&two, &more), MUNITIONS_AGREE);
        assert_eq!(munitions_level(&more, &less), MUNITIONS_CLASH);
    }
}
