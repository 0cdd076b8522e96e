//! How well do groups of claims agree with the truth?
//!
//! Pairwise: of two claims put together, how often are they about one incident, and the other way round. B-cubed: the same
//! question for each claim, so that the incidents told by many documents do not outweigh the others.

use std::collections::BTreeMap;

#[derive(Clone, Copy, Debug, Default)]
pub struct Agreement {
    pub precision: f64,
    pub recall: f64,
}

impl Agreement {
    pub fn f1(self) -> f64 {
        2.0 * self.precision * self.recall / (self.precision + self.recall).max(f64::MIN_POSITIVE)
    }
}

#[derive(Clone, Copy, Debug, Default)]
pub struct Score {
    pub pairwise: Agreement,
    pub b_cubed: Agreement,
}

/// `group` and `truth` of each claim.
pub fn score(claims: impl IntoIterator<Item = (u32, u32)>) -> Score {
    let (mut both, mut groups, mut truths) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let mut count = 0.0;
    for (group, truth) in claims {
        *both.entry((group, truth)).or_insert(0_u64) += 1;
        *groups.entry(group).or_insert(0_u64) += 1;
        *truths.entry(truth).or_insert(0_u64) += 1;
        count += 1.0;
    }
    let pairs = |n: &u64| (n * (n - 1) / 2) as f64;
    let together: f64 = both.values().map(pairs).sum();
    let share = |all: f64| if all == 0.0 { 1.0 } else { together / all };
    let weigh = |of: &dyn Fn(&(u32, u32)) -> u64| -> f64 {
        both.iter().map(|(key, n)| (n * n) as f64 / of(key) as f64).sum::<f64>() / f64::max(count, 1.0)
    };
    Score {
        pairwise: Agreement {
            precision: share(groups.values().map(pairs).sum()),
            recall: share(truths.values().map(pairs).sum()),
        },
        b_cubed: Agreement { precision: weigh(&|k| groups[&k.0]), recall: weigh(&|k| truths[&k.1]) },
    }
}
