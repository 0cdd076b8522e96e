//! Are two claims, given by their numbers, strong enough together?
//!
//! The comparison of [`crate::compare`] with the shared wording that it asks for. Looking at two texts costs more than all the rest, so
//! they are looked at only where their answer can change the decision.

use crate::cluster::Edge;
use crate::compare::{Comparison, Shared, compare};
use crate::facts::Facts;
use crate::levels::{APART_POINTS, EDGE_POINTS, FIT_EDGE_POINTS, TEXT_SHARED, TEXT_SHARED_NEWS};
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
        compare(x, y, self.shared(x, y))
    }

    /// Of two that are dated, phrases that they share by chance or habit say nothing.
    fn shared(&self, x: &Facts, y: &Facts) -> Shared {
        match x.when.exact && y.when.exact {
            true if self.wire.shares(x.document, y.document) => Shared::Wire,
            true => Shared::Phrases(0),
            false => self.wire.common(x.document, y.document),
        }
    }

    /// The edge of two claims that may bring groups together and have enough points for it.
    pub fn edge(&self, a: u32, b: u32) -> Option<Edge> {
        let (x, y) = (self.facts(a), self.facts(b));
        let apart = compare(x, y, Shared::Phrases(0)).filter(Comparison::may_bring_together)?;
        let is_fit = apart.is_of_known_days() && x.is_sharp() != y.is_sharp();
        let floor = if is_fit { FIT_EDGE_POINTS } else { EDGE_POINTS };
        if apart.points + TEXT_POINTS_MAX < floor {
            return None;
        }
        let points = match self.shared(x, y) {
            Shared::Phrases(0) => apart.points,
            text => compare(x, y, text)?.points,
        };
        (points >= floor).then_some(Edge { a: a.min(b), b: a.max(b), points })
    }

    /// What two claims without an edge count in the mean of their groups; `None` when one document tells both, or rockets and a
    /// bomb. Their texts are not looked at: where those could have made an edge, they were.
    pub fn points(&self, a: u32, b: u32) -> Option<i32> {
        let (x, y) = (self.facts(a), self.facts(b));
        let points = || compare(x, y, Shared::Phrases(0)).map_or(APART_POINTS, |c| c.points.min(EDGE_POINTS - 1));
        (x.document != y.document && x.event.agrees(y.event)).then(points)
    }
}
