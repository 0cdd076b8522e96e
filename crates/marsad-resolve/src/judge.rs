//! Are two claims, given by their numbers, strong enough together?
//!
//! The comparison of [`crate::compare`] with the shared wording that it asks for. Looking at two texts costs more than all the rest, so
//! they are looked at only where their answer can change the decision.

use crate::cluster::Edge;
use crate::compare::{Comparison, Shared, compare};
use crate::facts::Facts;
use crate::levels::{FIT_POINTS, LINK_POINTS, TEXT_SHARED, TEXT_SHARED_NEWS};
use crate::wire::Wire;

#[derive(Clone, Copy)]
pub(crate) struct Judge<'a> {
    facts: &'a [Facts],
    wire: &'a Wire,
}

/// Sharing a text never weakens a pair, and strengthens it by so much at most.
const TEXT_POINTS_MAX: i32 = TEXT_SHARED_NEWS.points;
const _: () = assert!(TEXT_SHARED.points >= 0 && TEXT_SHARED.points <= TEXT_POINTS_MAX);

impl<'a> Judge<'a> {
    pub fn new(facts: &'a [Facts], wire: &'a Wire) -> Judge<'a> {
        Judge { facts, wire }
    }

    pub fn facts(&self, claim: u32) -> &'a Facts {
        &self.facts[claim as usize]
    }

    /// What speaks for the pair; `None` when they cannot be one incident.
    pub fn comparison(&self, a: u32, b: u32) -> Option<Comparison> {
        let (x, y) = (self.facts(a), self.facts(b));
        // Of two that are dated, phrases that they share by chance or habit say nothing.
        let text = match x.when.exact && y.when.exact {
            true if self.wire.shares(x.document, y.document) => Shared::Wire,
            true => Shared::Phrases(0),
            false => self.wire.common(x.document, y.document),
        };
        compare(x, y, text)
    }

    /// The edge of two claims, if they have [`LINK_POINTS`], or [`FIT_POINTS`] where days are known and just one of them is
    /// vague.
    pub fn edge(&self, a: u32, b: u32) -> Option<Edge> {
        let (x, y) = (self.facts(a), self.facts(b));
        let apart = compare(x, y, Shared::Phrases(0))?;
        let may_fit = x.is_sharp() != y.is_sharp() && apart.is_of_known_days();
        let floor = if may_fit { FIT_POINTS } else { LINK_POINTS };
        if apart.points + TEXT_POINTS_MAX < floor {
            return None;
        }
        let points = self.comparison(a, b)?.points;
        (points >= floor).then_some(Edge { a: a.min(b), b: a.max(b), points })
    }

    /// True unless the pair is vetoed or has less than `floor` points.
    pub fn has(&self, a: u32, b: u32, floor: i32) -> bool {
        let Some(apart) = compare(self.facts(a), self.facts(b), Shared::Phrases(0)) else { return false };
        let may_reach = || apart.points.saturating_add(TEXT_POINTS_MAX) >= floor;
        apart.points >= floor || may_reach() && self.comparison(a, b).is_some_and(|c| c.points >= floor)
    }
}
