//! Between which bounds does an amount lie?
//!
//! «أكثر من 20», «لا أقل من ثلاثين», «200 أو أكثر», «بين 5 و7», «من 20 إلى 100»,
//! «> 10», and two bounds joined by «و» that leave room between them.

use super::reader::Reader;
use super::{Bound, Quantity, QuantityKind};

/// Lower and upper bound, and the token behind.
#[derive(Clone, Copy)]
struct Limits {
    low: Option<Bound>,
    high: Option<Bound>,
    end: usize,
}

impl Reader<'_> {
    pub fn range(&self, at: usize) -> Option<Quantity> {
        let limits = self.compared(at).or_else(|| self.from_to(at)).or_else(|| self.or_beyond(at))?;
        let Limits { low, high, end } = limits;
        Some(Quantity { first: at, end, kind: QuantityKind::Range, value: None, low, high })
    }

    /// One comparison, or two that leave room between them.
    fn compared(&self, at: usize) -> Option<Limits> {
        let one = self.comparison(at)?;
        let apart = self.is_and(one.end);
        let next = one.end + usize::from(apart);
        let joined = apart || self.hits(next).iter().any(|h| h.clitics.conjunction);
        let Some(two) = joined.then(|| self.comparison(next)).flatten() else { return Some(one) };
        let both = Limits { low: one.low.or(two.low), high: one.high.or(two.high), end: two.end };
        let one_sided = one.low.is_some() != one.high.is_some() && two.low.is_some() == one.high.is_some();
        let room = both.low.zip(both.high).is_some_and(|(l, h)| l.value < h.value);
        Some(if one_sided && room && two.low.is_some() != two.high.is_some() { both } else { one })
    }

    fn comparison(&self, at: usize) -> Option<Limits> {
        const FAMILIES: [&str; 5] = ["above", "at_least", "below", "at_most", "equals"];
        let word = self
            .hits(at)
            .iter()
            .find_map(|h| FAMILIES.into_iter().find(|f| **f == *h.entry.family).map(|f| (f, h.end)));
        let (family, next) = word.or_else(|| self.operator(at))?;
        let number = self.amount(next)?;
        let beyond = self.beyond(number.end);
        let (family, end) = match beyond {
            Some((f, end)) => (f, end),
            None => (family, number.end),
        };
        let bound = |included| Some(Bound { value: number.value, included });
        let (low, high) = match family {
            "above" => (bound(false), None),
            "at_least" => (bound(true), None),
            "below" => (None, bound(false)),
            "at_most" => (None, bound(true)),
            _ => (bound(true), bound(true)),
        };
        Some(Limits { low, high, end })
    }

    /// «<», «<=», «< =»; «=<» is none.
    fn operator(&self, at: usize) -> Option<(&'static str, usize)> {
        if at > 0 && self.sign(at - 1, &["=", "<", ">"]) {
            return None;
        }
        let equal = self.sign(at + 1, &["="]);
        let end = at + 1 + usize::from(equal);
        match (self.t.text_or_empty(at), equal) {
            (">", false) => Some(("above", end)),
            (">", true) | ("≥", false) => Some(("at_least", end)),
            ("<", false) => Some(("below", end)),
            ("<", true) | ("≤", false) => Some(("at_most", end)),
            _ => None,
        }
    }

    /// «أو أكثر», «أو أقل» behind a number.
    fn beyond(&self, at: usize) -> Option<(&'static str, usize)> {
        self.hits(at).iter().find_map(|h| match &*h.entry.family {
            "or_more" => Some(("at_least", h.end)),
            "or_less" => Some(("at_most", h.end)),
            _ => None,
        })
    }

    fn or_beyond(&self, at: usize) -> Option<Limits> {
        let number = self.amount(at)?;
        let (family, end) = self.beyond(number.end)?;
        let bound = Some(Bound { value: number.value, included: true });
        let (low, high) = if family == "at_least" { (bound, None) } else { (None, bound) };
        Some(Limits { low, high, end })
    }

    /// «بين 5 و7», «من 5 إلى 7», «5 إلى 7», «5-7».
    fn from_to(&self, at: usize) -> Option<Limits> {
        let between = self.past(at, "between");
        let from = between.or_else(|| self.hit(at, "of").filter(|h| h.end == at + 1).map(|h| h.end)).unwrap_or(at);
        let low = self.amount(from)?;
        let dash = self.sign(low.end, &["-", "–", "~", "—"]).then_some(low.end + 1);
        let until = self.hit(low.end, "until").map(|h| h.end);
        let and = between.is_some().then(|| if self.is_and(low.end) { low.end + 1 } else { low.end });
        let next = dash.or(until).or(and)?;
        let high = self.amount(next).filter(|h| h.value > low.value)?;
        let (low, end) = (Bound { value: low.value, included: true }, high.end);
        Some(Limits { low: Some(low), high: Some(Bound { value: high.value, included: false }), end })
    }
}
