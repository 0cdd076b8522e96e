//! Which claims together are one incident?
//!
//! Greedy agglomeration by falling points, in three passes, so that vague claims never chain incidents together:
//!
//! 1. Sharp claims (day, site or town, and means are told) found the incidents. Two groups join only when every pair
//!    across them is allowed and has [`KEEP_POINTS`] (complete linkage).
//! 2. A vague claim joins the one incident that it fits best and contradicts nowhere, from [`FIT_POINTS`] on where the days are
//!    known. When two fit about equally well it joins neither: a person may decide.
//! 3. Vague claims that are left join each other as in the first pass, never through a sharp one.
//!
//! Edges are sorted by points and then by claim keys, and refusals stay true while groups grow, so the result does not
//! depend on the order of the input. Nothing is asked but the edges and the claims at their ends: claims that no path of edges
//! connects never influence each other, and each connected component can be decided alone. Cost: O(e log e) for the edges and,
//! for an incident told by `m` claims, O(m²) comparisons.

use crate::facts::Facts;
use crate::judge::Judge;
use crate::levels::{AMBIGUOUS_POINTS, KEEP_POINTS};
use std::collections::{BTreeMap, BTreeSet};

/// A pair with enough points to join, or for one of them to fit the other; `a < b` are numbers of claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Edge {
    pub a: u32,
    pub b: u32,
    pub points: i32,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cluster {
    /// Numbers of claims, by their keys.
    pub members: Vec<u32>,
    /// The pairs by which they came together, the strongest first.
    pub joined_by: Vec<(u32, u32)>,
    /// Numbers of the decisions of people that made it what it is.
    pub decided_by: Vec<u64>,
}

/// Every claim in exactly one cluster. `claims` come sorted by their keys and hold both ends of every edge; the edges may come
/// in any order and more than once.
pub(crate) fn clusters(judge: Judge, claims: &[u32], edges: impl Iterator<Item = Edge>) -> Vec<Cluster> {
    let mut groups = Groups::alone(judge, claims);
    let edges = local(claims, edges);
    let sharp: Vec<bool> = claims.iter().map(|claim| Facts::is_sharp(judge.facts(*claim))).collect();
    let is_sharp = |claim: u32| sharp[claim as usize];
    groups.agglomerate(edges.iter().filter(|e| is_sharp(e.a) && is_sharp(e.b)));
    attach_vague(&mut groups, &edges, is_sharp);
    groups.agglomerate_left(&edges, is_sharp);
    groups.into_clusters()
}

/// The edges between positions in `claims` instead of numbers, the strongest first, each once.
fn local(claims: &[u32], edges: impl Iterator<Item = Edge>) -> Vec<Edge> {
    let mut position: Vec<(u32, u32)> = claims.iter().zip(0..).map(|(claim, at)| (*claim, at)).collect();
    position.sort_unstable();
    let at = |claim: u32| position[position.partition_point(|(c, _)| *c < claim)].1;
    let edge = |e: Edge| {
        let (a, b) = (at(e.a), at(e.b));
        Edge { a: a.min(b), b: a.max(b), points: e.points }
    };
    let mut edges: Vec<Edge> = edges.map(edge).collect();
    edges.sort_unstable_by_key(|e| (-e.points, e.a, e.b));
    edges.dedup();
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
    chosen.sort_by_key(|e| (-e.points, e.a, e.b));
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
    let margin = allowed.next().map_or(i32::MAX, |rival| best.points - rival.points);
    (margin >= AMBIGUOUS_POINTS).then_some(best)
}

/// Disjoint groups of claims, each named by one of its members; all numbers are positions in `claims`.
struct Groups<'a> {
    judge: Judge<'a>,
    claims: &'a [u32],
    of: Vec<u32>,
    members: Vec<Vec<u32>>,
    joined_by: Vec<Vec<Edge>>,
}

impl<'a> Groups<'a> {
    fn alone(judge: Judge<'a>, claims: &'a [u32]) -> Groups<'a> {
        let all = 0..claims.len() as u32;
        Groups {
            judge,
            claims,
            of: all.clone().collect(),
            members: all.map(|i| vec![i]).collect(),
            joined_by: vec![vec![]; claims.len()],
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
        let claim = |member: &u32| self.claims[*member as usize];
        members(a).iter().all(|x| members(b).iter().all(|y| self.judge.has(claim(x), claim(y), floor)))
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
        let claim = |member: u32| self.claims[member as usize];
        let groups = self.members.into_iter().zip(self.joined_by).filter(|(members, _)| !members.is_empty());
        let cluster = |(mut members, mut joined_by): (Vec<u32>, Vec<Edge>)| {
            members.sort_unstable();
            joined_by.sort_unstable_by_key(|e| (-e.points, e.a, e.b));
            Cluster {
                members: members.into_iter().map(claim).collect(),
                joined_by: joined_by.into_iter().map(|e| (claim(e.a), claim(e.b))).collect(),
                decided_by: vec![],
            }
        };
        groups.map(cluster).collect()
    }
}
