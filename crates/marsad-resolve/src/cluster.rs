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
//! Each group offers only the best of its bonds. A bond changes when one of its groups grows: where its mean rose, that group's new
//! offer holds it; where it fell, the offer that still names it is reckoned anew when its turn comes. So no better offer is ever
//! missed, and what is kept is one bond for each edge.
//!
//! Cost: each edge once for every time that a group at its ends grows or loses its best bond. Pairs without an edge are compared only
//! where their groups could still reach the mean if every such pair were just below [`EDGE_POINTS`], and each only once.

use crate::facts::Facts;
use crate::judge::Judge;
use crate::levels::{AMBIGUOUS_POINTS, EDGE_POINTS, FIT_POINTS, LINK_POINTS};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
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
    groups.agglomerate();
    // A group that fitted two may fit one now that the others are together.
    groups.bonds.iter_mut().for_each(|bond| bond.is_set_aside = false);
    groups.agglomerate();
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
struct Bond {
    /// Names of the groups, the smaller first.
    groups: (u32, u32),
    /// Points of the pairs across them, open ones counted as just below an edge; `None` when two of them are told by one document,
    /// or of two families.
    sum_at_most: Option<i64>,
    /// Pairs that no edge connects and that were not compared yet.
    open: Vec<Across>,
    strongest: Edge,
    /// Until one of the groups grows.
    is_set_aside: bool,
}

/// What an open pair has at most.
const OPEN_POINTS: i64 = EDGE_POINTS as i64 - 1;

impl Bond {
    fn other(&self, group: u32) -> u32 {
        self.groups.0 ^ self.groups.1 ^ group
    }

    /// What another bond says of the part that comes in.
    fn take_in(&mut self, sum_at_most: Option<i64>, open: Vec<Across>, strongest: Edge) {
        self.sum_at_most = self.sum_at_most.zip(sum_at_most).map(|(a, b)| a + b);
        self.open.extend(open);
        self.strongest = self.strongest.max_by_points(strongest);
    }

    /// No edge leads to the part that comes in.
    fn take_open(&mut self, across: Across) {
        let Some(sum) = &mut self.sum_at_most else { return };
        *sum += (across.0.len() * across.1.len()) as i64 * OPEN_POINTS;
        self.open.push(across);
    }
}

impl Edge {
    fn max_by_points(self, other: Edge) -> Edge {
        let rank = |e: Edge| (e.points, Reverse((e.a, e.b)));
        if rank(self) < rank(other) { other } else { self }
    }
}

/// Disjoint groups of claims, each named by its smallest member; all numbers of claims are positions in `claims`.
struct Groups<'a> {
    judge: Judge<'a>,
    claims: &'a [u32],
    /// Empty where the group went into another.
    members: Vec<Rc<[u32]>>,
    is_vague: Vec<bool>,
    joined_by: Vec<Vec<Edge>>,
    /// One for each two groups between which an edge leads, and what is left of groups that are no more.
    bonds: Vec<Bond>,
    /// Numbers of the bonds of each group.
    bonds_of: Vec<Vec<u32>>,
    /// While two groups join: the bond of the one with each third.
    bond_with: Vec<Option<u32>>,
    /// How often a group made an offer: the last one counts.
    offered: Vec<u32>,
}

/// Two groups that may join: the better ones are the greater.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Offer {
    /// In hundredths of points.
    mean: i64,
    groups: Reverse<(u32, u32)>,
    bond: u32,
    by: u32,
    number: u32,
}

impl<'a> Groups<'a> {
    fn alone(judge: Judge<'a>, claims: &'a [u32], edges: &[Edge]) -> Groups<'a> {
        let mut bonds_of = vec![vec![]; claims.len()];
        for (edge, number) in edges.iter().zip(0..) {
            bonds_of[edge.a as usize].push(number);
            bonds_of[edge.b as usize].push(number);
        }
        let bond = |edge: &Edge| Bond {
            groups: (edge.a, edge.b),
            sum_at_most: Some(edge.points.into()),
            open: vec![],
            strongest: *edge,
            is_set_aside: false,
        };
        Groups {
            judge,
            claims,
            members: (0..claims.len() as u32).map(|i| Rc::from([i])).collect(),
            is_vague: claims.iter().map(|claim| !Facts::is_sharp(judge.facts(*claim))).collect(),
            joined_by: vec![vec![]; claims.len()],
            bonds: edges.iter().map(bond).collect(),
            bonds_of,
            bond_with: vec![None; claims.len()],
            offered: vec![0; claims.len()],
        }
    }

    /// Joins groups, the best first; sets aside the bonds of vague ones that fit two about equally well.
    fn agglomerate(&mut self) {
        let mut offers: BinaryHeap<Offer> = (0..self.claims.len() as u32).filter_map(|g| self.best_offer(g)).collect();
        while let Some(offer) = offers.pop() {
            if offer.number != self.offered[offer.by as usize] {
                continue;
            }
            let (a, b) = offer.groups.0;
            let grown = if !self.holds(&offer) || self.compare_open(offer.bond) {
                offer.by
            } else if self.is_torn(offer.bond) {
                self.bonds[offer.bond as usize].is_set_aside = true;
                offer.by
            } else {
                self.join(a, b, offer.bond);
                self.offered[b as usize] += 1;
                a
            };
            offers.extend(self.best_offer(grown));
        }
    }

    /// The best that a group has to offer now; what it offered before is void.
    fn best_offer(&mut self, group: u32) -> Option<Offer> {
        let mut bonds = std::mem::take(&mut self.bonds_of[group as usize]);
        bonds.retain(|bond| self.is_alive(*bond));
        let offers = bonds.iter().filter_map(|bond| Some((self.mean_to_join(*bond)?, *bond)));
        let best = offers.map(|(mean, bond)| (mean, Reverse(self.bonds[bond as usize].groups), bond)).max();
        self.bonds_of[group as usize] = bonds;
        let number = &mut self.offered[group as usize];
        *number += 1;
        best.map(|(mean, groups, bond)| Offer { mean, groups, bond, by: group, number: *number })
    }

    /// True when nothing has changed since the offer was made.
    fn holds(&self, offer: &Offer) -> bool {
        self.is_alive(offer.bond)
            && self.bonds[offer.bond as usize].groups == offer.groups.0
            && self.mean_to_join(offer.bond) == Some(offer.mean)
    }

    fn is_alive(&self, bond: u32) -> bool {
        let (a, b) = self.bonds[bond as usize].groups;
        !self.members[a as usize].is_empty() && !self.members[b as usize].is_empty()
    }

    /// The mean of a bond by which its groups may join.
    fn mean_to_join(&self, bond: u32) -> Option<i64> {
        let is_set_aside = self.bonds[bond as usize].is_set_aside;
        self.mean_at_most(bond).filter(|mean| !is_set_aside && *mean >= self.floor(bond))
    }

    /// The mean that joins two groups, in hundredths of points.
    fn floor(&self, bond: u32) -> i64 {
        let (a, b) = self.bonds[bond as usize].groups;
        let is_fit = self.is_vague[a as usize] != self.is_vague[b as usize];
        i64::from(if is_fit { FIT_POINTS } else { LINK_POINTS }) * 100
    }

    /// Hundredths of points, where open pairs were just below an edge; exact where none is open.
    fn mean_at_most(&self, bond: u32) -> Option<i64> {
        let bond = &self.bonds[bond as usize];
        let pairs = self.members[bond.groups.0 as usize].len() * self.members[bond.groups.1 as usize].len();
        Some((bond.sum_at_most? * 100).div_euclid(pairs as i64))
    }

    /// Compares what is open between two groups; true when something was.
    fn compare_open(&mut self, bond: u32) -> bool {
        let bond = &mut self.bonds[bond as usize];
        let open = std::mem::take(&mut bond.open);
        let claim = |member: &u32| self.claims[*member as usize];
        let pairs = open.iter().flat_map(|(xs, ys)| xs.iter().flat_map(move |x| ys.iter().map(move |y| (x, y))));
        let below: Option<i64> = pairs
            .map(|(x, y)| self.judge.points(claim(x), claim(y)).map(|points| OPEN_POINTS - i64::from(points)))
            .sum();
        bond.sum_at_most = bond.sum_at_most.zip(below).map(|(sum, below)| sum - below);
        !open.is_empty()
    }

    /// True when one of the groups is vague and fits another sharp one nearly as well as the other.
    fn is_torn(&mut self, bond: u32) -> bool {
        let (a, b) = self.bonds[bond as usize].groups;
        let vague = match (self.is_vague[a as usize], self.is_vague[b as usize]) {
            (true, false) => a,
            (false, true) => b,
            _ => return false,
        };
        let Some(mean) = self.mean_at_most(bond) else { return false };
        let floor = (mean - i64::from(AMBIGUOUS_POINTS) * 100 + 1).max(self.floor(bond));
        let is_rival = |other: &u32| {
            *other != bond && self.is_alive(*other) && !self.is_vague[self.bonds[*other as usize].other(vague) as usize]
        };
        let rivals: Vec<u32> = self.bonds_of[vague as usize].iter().copied().filter(is_rival).collect();
        rivals.into_iter().any(|rival| {
            let fits = |groups: &Self| groups.mean_at_most(rival).is_some_and(|mean| mean >= floor);
            fits(self) && (!self.compare_open(rival) || fits(self))
        })
    }

    /// `b` goes into `a`, by the bond between them.
    fn join(&mut self, a: u32, b: u32, bond: u32) {
        let (x, y) = (a as usize, b as usize);
        let strongest = self.bonds[bond as usize].strongest;
        self.bring_bonds(a, b);
        let moved = std::mem::replace(&mut self.members[y], Rc::from([]));
        self.members[x] = self.members[x].iter().chain(moved.iter()).copied().collect();
        let reasons = std::mem::take(&mut self.joined_by[y]);
        self.joined_by[x].extend(reasons);
        self.joined_by[x].push(strongest);
        self.is_vague[x] &= self.is_vague[y];
    }

    /// The bonds of `b` become those of `a`, one for each third group.
    fn bring_bonds(&mut self, a: u32, b: u32) {
        let [mut mine, mut theirs] = [a, b].map(|group| std::mem::take(&mut self.bonds_of[group as usize]));
        mine.retain(|bond| self.is_alive(*bond) && self.bonds[*bond as usize].other(a) != b);
        theirs.retain(|bond| self.is_alive(*bond) && self.bonds[*bond as usize].other(b) != a);
        for bond in &mine {
            self.bond_with[self.bonds[*bond as usize].other(a) as usize] = Some(*bond);
        }
        theirs.retain(|bond| {
            let third = self.bonds[*bond as usize].other(b);
            match self.bond_with[third as usize].take() {
                Some(met) => self.make_one(met, *bond),
                None => self.pass_on(*bond, a, third),
            }
        });
        for bond in &mine {
            let third = self.bonds[*bond as usize].other(a);
            if self.bond_with[third as usize].take().is_some() {
                let across = self.across(b, third);
                self.bonds[*bond as usize].take_open(across);
            }
            self.bonds[*bond as usize].is_set_aside = false;
        }
        mine.extend(theirs);
        self.bonds_of[a as usize] = mine;
    }

    /// Two bonds with one third group: what lies between all of them goes into the first; false, since the second is no more.
    fn make_one(&mut self, into: u32, gone: u32) -> bool {
        let gone = &mut self.bonds[gone as usize];
        let (sum_at_most, open, strongest) = (gone.sum_at_most, std::mem::take(&mut gone.open), gone.strongest);
        self.bonds[into as usize].take_in(sum_at_most, open, strongest);
        false
    }

    /// A bond of one group becomes one of another, to which no edge led from the third; true, since it lives on.
    fn pass_on(&mut self, bond: u32, to: u32, third: u32) -> bool {
        let across = self.across(to, third);
        let bond = &mut self.bonds[bond as usize];
        bond.groups = (to.min(third), to.max(third));
        bond.take_open(across);
        bond.is_set_aside = false;
        true
    }

    fn across(&self, a: u32, b: u32) -> Across {
        (self.members[a as usize].clone(), self.members[b as usize].clone())
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
