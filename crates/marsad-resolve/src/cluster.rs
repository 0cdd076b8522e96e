//! Which claims together are one incident?
//!
//! Greedy agglomeration by falling points, in three passes, so that vague claims never chain incidents together:
//!
//! 1. Sharp claims (day, site or town, and means are told) found the incidents. Two groups join only when every pair
//!    across them is allowed and has [`KEEP_POINTS`] (complete linkage).
//! 2. A vague claim joins the one incident that it fits best and contradicts nowhere. When two fit about equally well
//!    it joins neither: a person may decide.
//! 3. Vague claims that are left join each other as in the first pass, never through a sharp one.
//!
//! Edges are sorted by points and then by claim keys, and refusals stay true while groups grow, so the result does not
//! depend on the order of the input. Cost: O(e log e) for the edges and, for an incident told by `m` claims, O(m²)
//! comparisons.

use crate::compare::{Comparison, compare};
use crate::facts::Facts;
use crate::levels::{AMBIGUOUS_POINTS, KEEP_POINTS, LINK_POINTS};
use crate::wire::Wire;
use std::collections::{BTreeMap, BTreeSet};

/// A pair that was compared; `a < b` are claim numbers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edge {
    pub a: u32,
    pub b: u32,
    pub comparison: Comparison,
}

#[derive(Debug, Default)]
pub(crate) struct Cluster {
    /// Claim numbers, sorted.
    pub members: Vec<u32>,
    /// The edges by which they came together.
    pub joined_by: Vec<Edge>,
    /// Numbers of the decisions of people that made it what it is.
    pub decided_by: Vec<u64>,
}

/// Every claim in exactly one cluster; clusters in the order of their first members.
pub(crate) fn clusters(facts: &[Facts], pairs: &[(u32, u32)], wire: &Wire) -> Vec<Cluster> {
    let mut groups = Groups::alone(facts, wire);
    let edges = edges(facts, pairs, wire);
    let sharp: Vec<bool> = facts.iter().map(Facts::is_sharp).collect();
    let is_sharp = |claim: u32| sharp[claim as usize];
    groups.agglomerate(edges.iter().filter(|e| is_sharp(e.a) && is_sharp(e.b)));
    attach_vague(&mut groups, &edges, is_sharp);
    groups.agglomerate_left(&edges, is_sharp);
    groups.into_clusters()
}

/// All pairs with enough points to join, the strongest first.
fn edges(facts: &[Facts], pairs: &[(u32, u32)], wire: &Wire) -> Vec<Edge> {
    let edge = |&(a, b): &(u32, u32)| {
        let (x, y) = (&facts[a as usize], &facts[b as usize]);
        let comparison = compare(x, y, wire.shares(x.document, y.document))?;
        (comparison.points >= LINK_POINTS).then_some(Edge { a, b, comparison })
    };
    let mut edges: Vec<Edge> = pairs.iter().filter_map(edge).collect();
    edges.sort_by_key(|e| (-e.comparison.points, e.a, e.b));
    edges
}

/// The second pass. What each vague claim fits is judged on the incidents as the first pass left them.
fn attach_vague(groups: &mut Groups, edges: &[Edge], is_sharp: impl Fn(u32) -> bool) {
    let mut fits: BTreeMap<u32, Vec<Fit>> = BTreeMap::new();
    for edge in edges.iter().filter(|e| is_sharp(e.a) != is_sharp(e.b)) {
        let (vague, anchor) = if is_sharp(edge.b) { (edge.a, edge.b) } else { (edge.b, edge.a) };
        let group = groups.of[anchor as usize];
        let fits = fits.entry(vague).or_default();
        if fits.iter().all(|fit| fit.group != group) {
            fits.push(Fit { group, edge: *edge, is_allowed: groups.may_join(vague, anchor, i32::MIN) });
        }
    }
    let mut chosen: Vec<Edge> = fits.into_values().filter_map(best).collect();
    chosen.sort_by_key(|e| (-e.comparison.points, e.a, e.b));
    for edge in chosen {
        if groups.may_join(edge.a, edge.b, i32::MIN) {
            groups.join(edge);
        }
    }
}

/// An incident that a vague claim may belong to, with the strongest edge to it.
struct Fit {
    group: u32,
    edge: Edge,
    is_allowed: bool,
}

/// The strongest edge, unless another incident fits nearly as well. `fits` is sorted, strongest first.
fn best(fits: Vec<Fit>) -> Option<Edge> {
    let mut allowed = fits.iter().filter(|fit| fit.is_allowed).map(|fit| fit.edge);
    let best = allowed.next()?;
    let margin = allowed.next().map_or(i32::MAX, |rival| best.comparison.points - rival.comparison.points);
    (margin >= AMBIGUOUS_POINTS).then_some(best)
}

/// Disjoint groups of claims, each named by one of its members.
struct Groups<'a, 'b> {
    facts: &'a [Facts<'b>],
    wire: &'a Wire,
    of: Vec<u32>,
    members: Vec<Vec<u32>>,
    joined_by: Vec<Vec<Edge>>,
}

impl<'a, 'b> Groups<'a, 'b> {
    fn alone(facts: &'a [Facts<'b>], wire: &'a Wire) -> Groups<'a, 'b> {
        let all = 0..facts.len() as u32;
        Groups {
            facts,
            wire,
            of: all.clone().collect(),
            members: all.map(|i| vec![i]).collect(),
            joined_by: vec![vec![]; facts.len()],
        }
    }

    /// Joins along the edges where complete linkage allows it.
    fn agglomerate<'e>(&mut self, edges: impl Iterator<Item = &'e Edge>) {
        let mut refused = BTreeSet::new();
        for edge in edges {
            let groups = (self.of[edge.a as usize], self.of[edge.b as usize]);
            if groups.0 == groups.1 || refused.contains(&groups) {
                continue;
            }
            if self.may_join(edge.a, edge.b, KEEP_POINTS) {
                self.join(*edge);
            } else {
                refused.extend([groups, (groups.1, groups.0)]);
            }
        }
    }

    /// The third pass: edges between claims whose groups have no sharp member.
    fn agglomerate_left(&mut self, edges: &[Edge], is_sharp: impl Fn(u32) -> bool) {
        let is_left = |claim: u32| !self.members[self.of[claim as usize] as usize].iter().any(|m| is_sharp(*m));
        let left: Vec<Edge> = edges.iter().filter(|e| is_left(e.a) && is_left(e.b)).copied().collect();
        self.agglomerate(left.iter());
    }

    /// True when no pair across the two groups is vetoed or below `floor`.
    fn may_join(&self, a: u32, b: u32, floor: i32) -> bool {
        let members = |claim: u32| &self.members[self.of[claim as usize] as usize];
        members(a).iter().all(|x| members(b).iter().all(|y| self.points(*x, *y).is_some_and(|p| p >= floor)))
    }

    fn points(&self, a: u32, b: u32) -> Option<i32> {
        let (x, y) = (&self.facts[a as usize], &self.facts[b as usize]);
        Some(compare(x, y, self.wire.shares(x.document, y.document))?.points)
    }

    /// The smaller group moves into the larger, so that a claim moves O(log n) times.
    fn join(&mut self, edge: Edge) {
        let (a, b) = (self.of[edge.a as usize] as usize, self.of[edge.b as usize] as usize);
        let (into, from) = if self.members[a].len() >= self.members[b].len() { (a, b) } else { (b, a) };
        let moved = std::mem::take(&mut self.members[from]);
        for claim in &moved {
            self.of[*claim as usize] = into as u32;
        }
        self.members[into].extend(moved);
        let reasons = std::mem::take(&mut self.joined_by[from]);
        self.joined_by[into].extend(reasons);
        self.joined_by[into].push(edge);
    }

    fn into_clusters(self) -> Vec<Cluster> {
        let mut clusters: Vec<Cluster> = self
            .members
            .into_iter()
            .zip(self.joined_by)
            .filter(|(members, _)| !members.is_empty())
            .map(|(members, joined_by)| Cluster { members, joined_by, decided_by: vec![] })
            .collect();
        for cluster in &mut clusters {
            cluster.members.sort_unstable();
            cluster.joined_by.sort_by_key(|e| (-e.comparison.points, e.a, e.b));
        }
        clusters.sort_by_key(|c| c.members[0]);
        clusters
    }
}
