//! Do counts of one scope agree with one another over time?
//!
//! "About 20 attacks since January", says one report in April, and another in May "about 30". Such a count may grow and
//! may be told again, by the same speaker or by others; it cannot fall, nor can a part be more than its whole ("the third
//! in three days" beside "two this week"). One scope is one country, one target and one first day, with kinds of attack
//! of which one count takes in the other's. What it does not do: tolls, lulls, counts without a first or last day.

use crate::audit::{TallyClaim, anchored, claimed, current};
use crate::resolve::Resolved;
use crate::when::days;
use marsad_model::{EventType, Tally, TallyKind};
use std::cmp::Ordering;

/// What the other counts say to each tally, in the order of document and index. The incidents tell on which day "the
/// third" was: two reports of it, a day apart, tell one count.
///
/// ```
/// use jiff::civil::date;
/// use marsad_model::{EventType, Quantity, Tally, TallyKind};
/// use marsad_resolve::{Agreement, Relation, TallyClaim, series};
///
/// let since_january = |document: &str, month, n| TallyClaim {
///     document: document.into(),
///     index: 0,
///     country: Some("IQ".into()),
///     tally: Tally {
///         kind: TallyKind::CountSince,
///         count: Quantity::exactly(n, vec![]),
///         from: Some(date(2021, 1, 20)),
///         to: Some(date(2021, month, 4)),
///         types: vec![EventType::RocketAttack],
///         target: None,
///         said_by: None,
///         killed: Quantity::unknown(),
///         wounded: Quantity::unknown(),
///         evidence: vec![],
///     },
/// };
/// let twenty_then_thirty = [since_january("a", 4, 20), since_january("b", 5, 30)];
/// let compared = series(&twenty_then_thirty, &[]);
/// assert_eq!(compared[0].agreement, Agreement::First);
/// assert_eq!(compared[1].agreement, Agreement::Consistent);
/// assert_eq!(compared[1].compared[0].relation, Relation::Grows);
///
/// let fallen = series(&[since_january("a", 4, 20), since_january("b", 5, 12)], &[]);
/// assert_eq!(fallen[1].agreement, Agreement::Contradicted);
/// ```
pub fn series(tallies: &[TallyClaim], incidents: &[Resolved]) -> Vec<Beside> {
    let mut counts: Vec<Count> = tallies.iter().filter_map(|claim| Count::of(claim, incidents)).collect();
    counts.sort_by(|a, b| a.to.cmp(&b.to).then_with(|| key(a.claim).cmp(&key(b.claim))));
    let mut all: Vec<&TallyClaim> = tallies.iter().collect();
    all.sort_by_key(|claim| key(claim));
    all.into_iter().map(|claim| beside(claim, &counts)).collect()
}

fn key(claim: &TallyClaim) -> (&str, usize) {
    (&claim.document, claim.index)
}

/// A tally beside the counts of its scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    pub document: String,
    pub index: usize,
    pub agreement: Agreement,
    /// The last count before it that it can be compared with, then all that contradict it.
    pub compared: Vec<Compared>,
    /// Of an ordinal: the numbers before it, from the second on, which no count of the same days tells.
    pub untold: Vec<u32>,
}

/// What all comparisons together say to a tally.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Agreement {
    Consistent,
    Contradicted,
    /// Later counts go on from it, no earlier one is known.
    First,
    /// No other count of its scope is known.
    Alone,
    /// It has no number, no first or no last day.
    NotComparable,
}

impl Agreement {
    /// The ASCII name that `audit --json` prints.
    pub fn name(self) -> &'static str {
        match self {
            Agreement::Consistent => "consistent",
            Agreement::Contradicted => "contradicted",
            Agreement::First => "first",
            Agreement::Alone => "alone",
            Agreement::NotComparable => "not_comparable",
        }
    }
}

/// A count with which a tally was compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    pub document: String,
    pub index: usize,
    pub relation: Relation,
}

/// How a count stands to another one, told before it or of more than it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    Grows,
    /// The numbers may be the same.
    Repeats,
    /// Less than what was counted before: one of the two is wrong.
    Falls,
    /// Another number on the same day.
    Differs,
    /// More than a count that takes in all that it counts.
    Exceeds,
}

impl Relation {
    /// The ASCII name that `audit --json` prints.
    pub fn name(self) -> &'static str {
        match self {
            Relation::Grows => "grows",
            Relation::Repeats => "repeats",
            Relation::Falls => "falls",
            Relation::Differs => "differs",
            Relation::Exceeds => "exceeds",
        }
    }

    fn is_contradiction(self) -> bool {
        matches!(self, Relation::Falls | Relation::Differs | Relation::Exceeds)
    }
}

fn beside(claim: &TallyClaim, counts: &[Count]) -> Beside {
    let found = |agreement, compared, untold| {
        let (document, index) = (claim.document.clone(), claim.index);
        Beside { document, index, agreement, compared, untold }
    };
    let Some(at) = counts.iter().position(|c| std::ptr::eq(c.claim, claim)) else {
        return found(Agreement::NotComparable, vec![], vec![]);
    };
    let mine = &counts[at];
    let others = counts.iter().enumerate().filter(|(i, _)| *i != at);
    let related: Vec<(bool, Compared)> = others.filter_map(|(i, other)| mine.related(other, i < at)).collect();
    let previous = related.iter().rev().find(|(is_earlier, c)| *is_earlier && !c.relation.is_contradiction());
    let contradicting = related.iter().filter(|(_, c)| c.relation.is_contradiction());
    let compared: Vec<Compared> = previous.into_iter().chain(contradicting).map(|(_, c)| c.clone()).collect();
    let is_first =
        || counts[at + 1..].iter().any(|later| later.related(mine, true).is_some_and(|(goes_on, _)| goes_on));
    let agreement = match () {
        () if compared.iter().any(|c| c.relation.is_contradiction()) => Agreement::Contradicted,
        () if !compared.is_empty() => Agreement::Consistent,
        () if is_first() => Agreement::First,
        () => Agreement::Alone,
    };
    found(agreement, compared, mine.untold(counts))
}

/// A tally that has all that a comparison needs.
struct Count<'t> {
    claim: &'t TallyClaim,
    low: u32,
    high: u32,
    from: i32,
    to: i32,
}

impl<'t> Count<'t> {
    fn of(claim: &'t TallyClaim, incidents: &[Resolved]) -> Option<Count<'t>> {
        let Tally { kind, from, to, .. } = anchored(claim, current(claim, incidents)).tally;
        let is_count =
            matches!(kind, TallyKind::CountSince | TallyKind::CountInPastPeriod | TallyKind::OrdinalInWindow);
        let (low, high) = claimed(&claim.tally);
        let (low, high) = (low.or(high)?, high.unwrap_or(u32::MAX));
        is_count.then_some(Count { claim, low, high, from: days(from?), to: days(to?) })
    }

    fn is_ordinal(&self) -> bool {
        self.claim.tally.kind == TallyKind::OrdinalInWindow
    }

    /// How this count stands to another, and whether that is the one before it in its series.
    fn related(&self, other: &Count, is_earlier: bool) -> Option<(bool, Compared)> {
        if self.claim.country != other.claim.country || self.claim.tally.target != other.claim.tally.target {
            return None;
        }
        let relation = match self.begins_with(other) {
            true if is_earlier => self.continues(other),
            _ => None,
        };
        let is_series = relation.is_some();
        let exceeds = || (self.is_part_of(other) && self.low > other.high).then_some(Relation::Exceeds);
        let relation = relation.or_else(exceeds)?;
        let (document, index) = (other.claim.document.clone(), other.claim.index);
        Some((is_series, Compared { document, index, relation }))
    }

    /// "Since late January" and "since the 20th of January" are one first day for a count of months: where the days lie no
    /// farther apart than a tenth of the shorter period.
    fn begins_with(&self, other: &Count) -> bool {
        let shorter = (self.to - self.from).min(other.to - other.from);
        (self.from - other.from).abs() * 10 <= shorter.max(0)
    }

    /// After an earlier count from the same first day.
    fn continues(&self, earlier: &Count) -> Option<Relation> {
        let (mine, before) = (&self.claim.tally.types, &earlier.claim.tally.types);
        if !(takes_in(mine, before) || takes_in(before, mine)) {
            return None;
        }
        match (self.compared(earlier), self.to == earlier.to) {
            (Ordering::Equal, _) => Some(Relation::Repeats),
            (Ordering::Greater, false) => Some(Relation::Grows),
            // All rockets so far may be fewer than all attacks until April.
            (Ordering::Less, false) => (takes_in(mine, before) && self.from <= earlier.from).then_some(Relation::Falls),
            // On one day the third may be followed by the fourth.
            (_, true) if self.is_ordinal() && earlier.is_ordinal() => Some(Relation::Grows),
            (_, true) => (mine == before && self.from == earlier.from).then_some(Relation::Differs),
        }
    }

    fn compared(&self, other: &Count) -> Ordering {
        match () {
            () if self.low > other.high => Ordering::Greater,
            () if self.high < other.low => Ordering::Less,
            () => Ordering::Equal,
        }
    }

    /// All that is counted here is counted there too. "The third in two days" may count hours, and reach a day farther back.
    fn is_part_of(&self, whole: &Count) -> bool {
        let slack = i32::from(self.is_ordinal());
        let is_within = whole.from <= self.from - slack && self.to <= whole.to;
        is_within && takes_in(&whole.claim.tally.types, &self.claim.tally.types)
    }

    fn untold(&self, counts: &[Count]) -> Vec<u32> {
        if !self.is_ordinal() {
            return vec![];
        }
        let is_one_of = |c: &&Count| c.claim.country == self.claim.country && (self.from..=self.to).contains(&c.to);
        let told = |n: u32| counts.iter().filter(is_one_of).any(|c| (c.low..=c.high).contains(&n));
        (2..self.high).filter(|n| !told(*n)).collect()
    }
}

/// No kinds are all kinds.
fn takes_in(wide: &[EventType], narrow: &[EventType]) -> bool {
    wide.is_empty() || !narrow.is_empty() && narrow.iter().all(|event| wide.contains(event))
}
