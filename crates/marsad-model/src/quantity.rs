//! How many, how surely, and is "none" said or only silent?

use crate::Evidence;

/// What the text says about a number. Unknown is never zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuantityStatus {
    /// The text is silent.
    #[default]
    Unknown,
    /// The text gives a number, a bound or a vague plural.
    Stated,
    /// The number follows from the text without being said.
    Inferred,
    /// The text says that there were none.
    ExplicitNone,
    /// The text says that it is not known.
    ExplicitUnknown,
}

/// A number with its bounds, as `spec/reading.md` defines it.
///
/// "about 30": value 30, approx. "at least 3": value and min 3, no max.
/// "dozens": min 20, max 99, no value. A bare plural: stated, all empty.
///
/// ```
/// use marsad_model::{Quantity, QuantityStatus};
/// assert_eq!(Quantity::unknown().value, None);
/// assert_eq!(Quantity::none(vec![]).value, Some(0));
/// assert_eq!(Quantity::exactly(4, vec![]).status, QuantityStatus::Stated);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity {
    pub value: Option<u32>,
    pub min: Option<u32>,
    pub max: Option<u32>,
    pub approx: bool,
    pub status: QuantityStatus,
    pub evidence: Vec<Evidence>,
}

impl Quantity {
    /// The text is silent.
    pub fn unknown() -> Quantity {
        Quantity::default()
    }

    pub fn exactly(n: u32, evidence: Vec<Evidence>) -> Quantity {
        Quantity { value: Some(n), min: Some(n), max: Some(n), approx: false, status: QuantityStatus::Stated, evidence }
    }

    pub fn at_least(n: u32, evidence: Vec<Evidence>) -> Quantity {
        Quantity { value: Some(n), min: Some(n), max: None, approx: false, status: QuantityStatus::Stated, evidence }
    }

    /// A plural without a number ("killed and wounded fell").
    pub fn some(evidence: Vec<Evidence>) -> Quantity {
        Quantity { approx: true, status: QuantityStatus::Stated, evidence, ..Quantity::default() }
    }

    /// The text says: none.
    pub fn none(evidence: Vec<Evidence>) -> Quantity {
        Quantity { status: QuantityStatus::ExplicitNone, ..Quantity::exactly(0, evidence) }
    }

    /// The text says: not known.
    pub fn not_known(evidence: Vec<Evidence>) -> Quantity {
        Quantity { status: QuantityStatus::ExplicitUnknown, evidence, ..Quantity::default() }
    }

    /// True when the text says anything at all about the number.
    pub fn is_said(&self) -> bool {
        self.status != QuantityStatus::Unknown
    }

    /// True when a number or a vague plural is stated or inferred.
    pub fn is_counted(&self) -> bool {
        matches!(self.status, QuantityStatus::Stated | QuantityStatus::Inferred)
    }

    /// Lowest and highest number that the statement allows; `None` on a side
    /// that it leaves open.
    pub fn range(&self) -> (Option<u32>, Option<u32>) {
        if self.approx {
            let n = self.value;
            return (self.min.or(n.map(|n| n - n / 10)), self.max.or(n.map(|n| n + n / 10)));
        }
        (self.min, self.max)
    }

    /// True unless both are counted (or denied) and their ranges are apart.
    pub fn compatible(&self, other: &Quantity) -> bool {
        let countable = |q: &Quantity| q.is_counted() || q.status == QuantityStatus::ExplicitNone;
        if !countable(self) || !countable(other) {
            return true;
        }
        let ((a, b), (c, d)) = (self.range(), other.range());
        let below = |hi: Option<u32>, lo: Option<u32>| matches!((hi, lo), (Some(h), Some(l)) if h < l);
        !below(b, c) && !below(d, a)
    }
}
