//! Are two claims, given by their numbers, strong enough together?
//!
//! The comparison of [`crate::compare`] with the shared wording that it asks for. Looking at two texts costs more than all the rest, so
//! they are looked at only where their answer can change the decision.

use crate::cluster::Edge;
use crate::compare::{Comparison, Shared, TOLD, compare, compare_above, compare_told};
use crate::facts::Facts;
use crate::levels::{APART_POINTS, EDGE_POINTS, FIT_EDGE_POINTS, Level};
use crate::wire::Wire;
use std::hint::black_box;
use std::sync::Arc;

#[derive(Clone, Copy)]
pub(crate) struct Judge<'a> {
    facts: &'a [Facts],
    wire: &'a Wire,
}

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

    /// Fetches what is compared of many claims from memory at once. Of a claim that no processor expected each comparison would wait for it
    /// anew, half of the time that comparing takes in a large store.
    pub fn read_ahead(&self, claims: &[u32]) {
        let parts = |facts: &Facts| {
            let told = &facts.claim.incident;
            let addresses = [Arc::as_ptr(&told.casualties) as usize, Arc::as_ptr(&facts.company) as usize];
            addresses[0] ^ addresses[1] ^ facts.document as usize ^ facts.published.0 as usize
        };
        black_box(claims.iter().fold(0, |all, claim| all ^ parts(self.facts(*claim))));
    }

    /// The edge of two claims that may bring groups together and have enough points for it.
    pub fn edge(&self, a: u32, b: u32) -> Option<Edge> {
        let (x, y) = (self.facts(a), self.facts(b));
        let floor = |apart: &Comparison| {
            let is_fit = apart.is_of_known_days() && x.is_sharp() != y.is_sharp();
            if is_fit { FIT_EDGE_POINTS } else { EDGE_POINTS }
        };
        let apart = compare_above(x, y, floor)?;
        let shared = self.shared(x, y);
        let points = match shared {
            Shared::Phrases(0) => apart.points,
            text => compare(x, y, text)?.points,
        };
        let points = i16::try_from(points).expect("twelve levels of less than a hundred points");
        let is_copy = shared == Shared::Wire;
        (i32::from(points) >= floor(&apart)).then_some(Edge { a: a.min(b), b: a.max(b), points, is_copy })
    }

    /// What is said of the fields that a report may leave out; `None` when the two cannot be one incident.
    pub fn told(&self, a: u32, b: u32) -> Option<[Level; TOLD]> {
        compare_told(self.facts(a), self.facts(b))
    }

    /// What two claims without an edge count in the mean of their groups; `None` when one document tells both, or rockets and a
    /// bomb. Their texts are not looked at: where those could have made an edge, they were.
    pub fn points(&self, a: u32, b: u32) -> Option<i32> {
        let (x, y) = (self.facts(a), self.facts(b));
        let points = || compare(x, y, Shared::Phrases(0)).map_or(APART_POINTS, |c| c.points.min(EDGE_POINTS - 1));
        (x.document != y.document && x.event.agrees(y.event)).then(points)
    }
}
