//! Which one number do the codebooks make of many?
//!
//! ACLED takes the lowest, UCDP a low, a best and a high estimate, Airwars and
//! Iraq Body Count the span from lowest to highest: all from the same tellings.
//! Of each voice only the last count is asked, since a toll is updated; who
//! prints another's words adds nothing.

use crate::merge::Telling;
use crate::when::days;
use marsad_model::{Incident, Quantity, QuantityStatus};
use std::collections::BTreeMap;

/// A toll as the codebooks count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rollup {
    /// The lowest that any voice allows: ACLED's number, UCDP's low, the lower end of Airwars.
    pub low: u32,
    /// The number that is shown, or its lower bound: UCDP's best.
    pub best: u32,
    /// The highest that any voice names: UCDP's high, the upper end of Airwars. "At least 30" names 30.
    pub high: u32,
}

/// The numbers of a toll; `None` when no telling counts. `shown` is the value that was preferred.
pub(crate) fn rollup(tellings: &[Telling], shown: &Quantity, of: fn(&Incident) -> &Quantity) -> Option<Rollup> {
    let mut last: BTreeMap<u32, (i32, (u32, u32))> = BTreeMap::new();
    for telling in tellings {
        let Some(bounds) = bounds(of(&telling.claim.incident)) else { continue };
        let published = telling.claim.published_latest.map_or(i32::MIN, days);
        let of_voice = last.entry(telling.voice).or_insert((published, bounds));
        // Of two counts of one day the higher is the later.
        *of_voice = (*of_voice).max((published, bounds));
    }
    let counts = || last.values().map(|(_, bounds)| *bounds);
    let (low, high) = (counts().map(|(low, _)| low).min()?, counts().map(|(_, high)| high).max()?);
    let best = bounds(shown).map_or(low, |(lower, _)| shown.value.unwrap_or(lower));
    Some(Rollup { low, best, high })
}

fn bounds(quantity: &Quantity) -> Option<(u32, u32)> {
    if quantity.status == QuantityStatus::ExplicitNone {
        return Some((0, 0));
    }
    if !quantity.is_counted() {
        return None;
    }
    let (low, high) = quantity.range();
    let low = low.or(quantity.value).or(high)?;
    Some((low, high.or(quantity.value).unwrap_or(low).max(low)))
}
