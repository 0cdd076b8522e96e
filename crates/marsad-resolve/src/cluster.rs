//! Which claims together are one incident?
//!
//! Agglomeration by the mean points of all pairs across two groups (average linkage), the best pair of groups first, while the mean
//! reaches [`LINK_POINTS`], or [`FIT_POINTS`] for vague claims and an incident. A pair that forbids itself by place or date counts
//! [`APART_POINTS`]: one report that errs in the town does not keep two tellings apart that many others hold together, and a vague claim
//! that fits two incidents chains nothing, since the pairs across those are far below the mean. Two claims of one document, or of two
//! families of attacks, never come together.
//!
//! A group of vague claims only that fits two groups about equally well joins neither: a person may decide.
//!
//! Equal means fall to the groups with the smallest members, and claims are numbered by their keys, so the result does not
//! depend on the order of the input. Nothing is asked but the edges and the claims of one connected component, so each component
//! can be decided alone.
//!
//! Cost: O(e log e) for the edges. Pairs without an edge are compared only where their groups could still reach the mean if every
//! such pair were just below [`EDGE_POINTS`], and each only once.

use crate::facts::Facts;
use crate::judge::Judge;
use crate::levels::{AMBIGUOUS_POINTS, EDGE_POINTS, FIT_POINTS, LINK_POINTS};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use std::rc::Rc;

/// A pair with enough points to join; `a < b` are numbers of claims.
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
    let mut groups = Groups::alone(judge, claims, &local(claims, edges));
    let torn = groups.agglomerate(groups.all_bonds());
    groups.agglomerate(groups.bonds_of(&torn));
    groups.into_clusters()
}

/// The edges between positions in `claims` instead of numbers, each once.
fn local(claims: &[u32], edges: impl Iterator<Item = Edge>) -> Vec<Edge> {
    let mut position: Vec<(u32, u32)> = claims.iter().zip(0..).map(|(claim, at)| (*claim, at)).collect();
    position.sort_unstable();
    let at = |claim: u32| position[position.partition_point(|(c, _)| *c < claim)].1;
    let edge = |e: Edge| {
        let (a, b) = (at(e.a), at(e.b));
        Edge { a: a.min(b), b: a.max(b), points: e.points }
    };
    let mut edges: Vec<Edge> = edges.map(edge).collect();
    edges.sort_unstable();
    edges.dedup();
    edges
}

/// All pairs of some claims with some others.
type Across = (Rc<[u32]>, Rc<[u32]>);

/// What lies between two groups.
#[derive(Clone)]
struct Bond {
    /// Points of the pairs across them that were compared; `None` when two of them are told by one document, or of two families.
    sum: Option<i64>,
    /// Pairs that no edge connects and that were not compared yet.
    open: Vec<Across>,
    strongest: Edge,
}

impl Bond {
    fn open_pairs(&self) -> i64 {
        self.open.iter().map(|(a, b)| a.len() as i64 * b.len() as i64).sum()
    }
}

/// Disjoint groups of claims, each named by its smallest member; all numbers are positions in `claims`.
struct Groups<'a> {
    judge: Judge<'a>,
    claims: &'a [u32],
    /// Empty where the group went into another.
    members: Vec<Rc<[u32]>>,
    is_vague: Vec<bool>,
    joined_by: Vec<Vec<Edge>>,
    /// Of each group with all others to which an edge leads.
    bonds: Vec<BTreeMap<u32, Bond>>,
    /// How often a group grew: what was reckoned of it before no longer holds.
    grown: Vec<u32>,
}

/// Two groups that may join, the best first: mean points in hundredths, then the smallest names.
type Offer = (i64, Reverse<(u32, u32)>, (u32, u32));

impl<'a> Groups<'a> {
    fn alone(judge: Judge<'a>, claims: &'a [u32], edges: &[Edge]) -> Groups<'a> {
        let mut bonds = vec![BTreeMap::new(); claims.len()];
        for edge in edges {
            let bond = Bond { sum: Some(edge.points.into()), open: vec![], strongest: *edge };
            bonds[edge.a as usize].insert(edge.b, bond.clone());
            bonds[edge.b as usize].insert(edge.a, bond);
        }
        Groups {
            judge,
            claims,
            members: (0..claims.len() as u32).map(|i| Rc::from([i])).collect(),
            is_vague: claims.iter().map(|claim| !Facts::is_sharp(judge.facts(*claim))).collect(),
            joined_by: vec![vec![]; claims.len()],
            bonds,
            grown: vec![0; claims.len()],
        }
    }

    fn all_bonds(&self) -> Vec<(u32, u32)> {
        let of = |(group, bonds): (u32, &BTreeMap<u32, Bond>)| {
            bonds.keys().filter(|other| group < **other).map(|other| (group, *other)).collect::<Vec<_>>()
        };
        (0..).zip(&self.bonds).flat_map(of).collect()
    }

    fn bonds_of(&self, groups: &BTreeSet<u32>) -> Vec<(u32, u32)> {
        let of = |group: &u32| {
            let others = self.bonds[*group as usize].keys();
            others.map(|other| (*group.min(other), *group.max(other))).collect::<Vec<_>>()
        };
        let pairs: BTreeSet<(u32, u32)> = groups.iter().flat_map(of).collect();
        pairs.into_iter().collect()
    }

    /// Joins groups, the best first; gives the vague ones that fitted two about equally well.
    fn agglomerate(&mut self, pairs: Vec<(u32, u32)>) -> BTreeSet<u32> {
        let mut offers: BinaryHeap<Offer> = pairs.into_iter().filter_map(|(a, b)| self.offer(a, b)).collect();
        let mut torn = BTreeSet::new();
        while let Some((_, Reverse((a, b)), grown)) = offers.pop() {
            let (x, y) = (a as usize, b as usize);
            if self.members[x].is_empty() || self.members[y].is_empty() || grown != (self.grown[x], self.grown[y]) {
                continue;
            }
            if self.compare_open(a, b) {
                offers.extend(self.offer(a, b));
                continue;
            }
            match (self.is_vague[x], self.is_vague[y]) {
                (true, false) if self.is_torn(a, b) => _ = torn.insert(a),
                (false, true) if self.is_torn(b, a) => _ = torn.insert(b),
                _ => {
                    self.join(a, b);
                    let others: Vec<u32> = self.bonds[x].keys().copied().collect();
                    offers.extend(others.into_iter().filter_map(|other| self.offer(a.min(other), a.max(other))));
                }
            }
        }
        torn.retain(|group| !self.members[*group as usize].is_empty());
        torn
    }

    fn offer(&self, a: u32, b: u32) -> Option<Offer> {
        let mean = self.mean_at_most(a, b).filter(|mean| *mean >= self.floor(a, b))?;
        Some((mean, Reverse((a, b)), (self.grown[a as usize], self.grown[b as usize])))
    }

    /// The mean that joins two groups, in hundredths of points.
    fn floor(&self, a: u32, b: u32) -> i64 {
        let is_fit = self.is_vague[a as usize] != self.is_vague[b as usize];
        i64::from(if is_fit { FIT_POINTS } else { LINK_POINTS }) * 100
    }

    /// Hundredths of points, where open pairs were just below an edge; exact where none is open.
    fn mean_at_most(&self, a: u32, b: u32) -> Option<i64> {
        let bond = self.bonds[a as usize].get(&b)?;
        let pairs = self.members[a as usize].len() * self.members[b as usize].len();
        let sum = bond.sum? + bond.open_pairs() * i64::from(EDGE_POINTS - 1);
        Some((sum * 100).div_euclid(pairs as i64))
    }

    /// Compares what is open between two groups; true when something was.
    fn compare_open(&mut self, a: u32, b: u32) -> bool {
        let bond = &self.bonds[a as usize][&b];
        if bond.open.is_empty() {
            return false;
        }
        let claim = |member: &u32| self.claims[*member as usize];
        let open = bond.open.iter().flat_map(|(xs, ys)| xs.iter().flat_map(move |x| ys.iter().map(move |y| (x, y))));
        let points: Option<i64> = open.map(|(x, y)| self.judge.points(claim(x), claim(y)).map(i64::from)).sum();
        let compared = Bond { sum: bond.sum.zip(points).map(|(x, y)| x + y), open: vec![], strongest: bond.strongest };
        self.bonds[b as usize].insert(a, compared.clone());
        self.bonds[a as usize].insert(b, compared);
        true
    }

    /// True when a vague group fits another sharp one nearly as well as the chosen one.
    fn is_torn(&mut self, vague: u32, chosen: u32) -> bool {
        let Some(mean) = self.mean_at_most(vague, chosen) else { return false };
        let floor = (mean - i64::from(AMBIGUOUS_POINTS) * 100 + 1).max(self.floor(vague, chosen));
        let rivals = self.bonds[vague as usize].keys().filter(|r| **r != chosen && !self.is_vague[**r as usize]);
        let rivals: Vec<u32> = rivals.copied().collect();
        rivals.into_iter().any(|rival| {
            let fits = |groups: &Self| groups.mean_at_most(vague, rival).is_some_and(|mean| mean >= floor);
            fits(self) && (!self.compare_open(vague, rival) || fits(self))
        })
    }

    /// `b` goes into `a`.
    fn join(&mut self, a: u32, b: u32) {
        let (x, y) = (a as usize, b as usize);
        let (mine, theirs) = (std::mem::take(&mut self.bonds[x]), std::mem::take(&mut self.bonds[y]));
        let others: BTreeSet<u32> = mine.keys().chain(theirs.keys()).copied().filter(|o| *o != a && *o != b).collect();
        let mut bonds = BTreeMap::new();
        for other in others {
            let bond = self.both(mine.get(&other), theirs.get(&other), (a, b), other);
            let of_other = &mut self.bonds[other as usize];
            of_other.remove(&b);
            of_other.insert(a, bond.clone());
            bonds.insert(other, bond);
        }
        self.bonds[x] = bonds;
        let moved = std::mem::replace(&mut self.members[y], Rc::from([]));
        self.members[x] = self.members[x].iter().chain(moved.iter()).copied().collect();
        let reasons = std::mem::take(&mut self.joined_by[y]);
        self.joined_by[x].extend(reasons);
        self.joined_by[x].push(mine[&b].strongest);
        self.is_vague[x] &= self.is_vague[y];
        self.grown[x] += 1;
    }

    /// The bond of two groups together with a third.
    fn both(&self, mine: Option<&Bond>, theirs: Option<&Bond>, (a, b): (u32, u32), other: u32) -> Bond {
        let members = |group: u32| self.members[group as usize].clone();
        let sides = [(mine, a), (theirs, b)];
        let known = || sides.iter().filter_map(|(bond, _)| *bond);
        let open = sides.iter().flat_map(|(bond, group)| match bond {
            Some(bond) => bond.open.clone(),
            None => vec![(members(*group), members(other))],
        });
        Bond {
            sum: known().map(|bond| bond.sum).sum(),
            open: open.collect(),
            strongest: known()
                .map(|bond| bond.strongest)
                .max_by_key(|e| (e.points, Reverse((e.a, e.b))))
                .expect("an edge leads to one of them"),
        }
    }

    fn into_clusters(self) -> Vec<Cluster> {
        let claim = |member: u32| self.claims[member as usize];
        let groups = self.members.into_iter().zip(self.joined_by).filter(|(members, _)| !members.is_empty());
        let cluster = |(members, mut joined_by): (Rc<[u32]>, Vec<Edge>)| {
            let mut members = members.to_vec();
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
