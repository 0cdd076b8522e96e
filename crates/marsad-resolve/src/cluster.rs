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
//! What few reports tell counts little in a mean: where two of twenty tell how many were killed, nearly all pairs are silent on it. A careful
//! reader weighs what is said, so two groups whose mean lies near the one asked for are judged by what it would be if all
//! spoke: of tolls where they may join, of all that is told where a vague group fits two.
//!
//! Two groups whose independent voices contradict each other more often than reports of one incident do stay two, whatever the mean
//! ([`crate::said`]): it does not know whether one report in each says otherwise or all do.
//!
//! Equal means fall to the groups with the smallest members, and claims are numbered by their keys, so the result does not
//! depend on the order of the input. Nothing is asked but the edges and the claims of one connected component, so each component
//! can be decided alone.
//!
//! Each group offers only the best of its bonds, and knows the [`SHORT_LIST`] best. A bond changes when one of its groups grows: that group
//! looks over all of its bonds then, so its new offer holds what rose; what fell is seen when the offer that still names it has its turn,
//! and the next of the short list takes its place. So no better offer is ever missed, and what is kept is one bond for each edge.
//!
//! Cost: each edge once for every time that a group at its ends grows or has lost all of its short list. Pairs without an edge are compared
//! only where their groups could still reach the mean if every such pair were just below [`EDGE_POINTS`], and each only once.

use crate::compare::{TOLD, TOLLS};
use crate::component::root;
use crate::facts::Facts;
use crate::judge::Judge;
use crate::levels::{AMBIGUOUS_POINTS, CLOSE_POINTS, EDGE_POINTS, FIT_POINTS, LINK_POINTS, SILENT, SURE_POINTS};
use crate::said::Said;
use crate::voice::only_source;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use std::rc::Rc;

/// A pair with enough points to join; `a < b` are numbers of claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Edge {
    pub a: u32,
    pub b: u32,
    pub points: i16,
    /// Their documents print one wire text.
    pub is_copy: bool,
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
    let mut groups = Groups::alone(judge, claims, bonds(claims, edges));
    groups.agglomerate();
    // A group that fitted two may fit one now that the others are together.
    groups.set_aside.clear();
    groups.agglomerate();
    groups.into_clusters()
}

/// All pairs of some claims with some others.
type Across = (Rc<[u32]>, Rc<[u32]>);

/// What lies between two groups; small, for there are as many as edges.
struct Bond {
    /// Names of the groups, the smaller first.
    groups: (u32, u32),
    /// Points of the pairs across them, open ones counted as just below an edge; [`NEVER`] when two of them are told by one
    /// document, or of two families.
    sum_at_most: i64,
    /// Number of the list of pairs that no edge connects and that were not compared yet, or [`NONE_OPEN`].
    open: u32,
    strongest: Edge,
}

const NEVER: i64 = i64::MIN;
const NONE_OPEN: u32 = u32::MAX;
/// What an open pair has at most.
const OPEN_POINTS: i64 = EDGE_POINTS as i64 - 1;

impl Bond {
    fn of(edge: Edge) -> Bond {
        Bond { groups: (edge.a, edge.b), sum_at_most: edge.points.into(), open: NONE_OPEN, strongest: edge }
    }

    fn other(&self, group: u32) -> u32 {
        self.groups.0 ^ self.groups.1 ^ group
    }

    /// `None` for pairs that can never be together.
    fn add(&mut self, points: Option<i64>) {
        self.sum_at_most = match points {
            Some(points) if self.sum_at_most != NEVER => self.sum_at_most + points,
            _ => NEVER,
        };
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
    /// Numbers of members.
    sizes: Vec<u32>,
    is_vague: Vec<bool>,
    joined_by: Vec<Vec<Edge>>,
    /// One for each two groups between which an edge leads, and what is left of groups that are no more.
    bonds: Vec<Bond>,
    /// Numbers of the bonds of each group.
    bonds_of: Vec<Vec<u32>>,
    short_lists: Vec<ShortList>,
    /// Open pairs of the bonds that have any.
    open: Vec<Vec<Across>>,
    /// Bonds of vague groups that fit two, until one of their groups grows.
    set_aside: BTreeSet<u32>,
    /// What the voices of each group say.
    said: Vec<Said>,
    /// While two groups join: the bond of the one with each third.
    bond_with: Vec<Option<u32>>,
    /// How often a group made an offer: the last one counts.
    offered: Vec<u32>,
}

/// A bond by which two groups may join: the better ones are the greater.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Ranked {
    /// In hundredths of points.
    mean: i64,
    groups: Reverse<(u32, u32)>,
    bond: u32,
}

/// The best bonds of a group when it looked over all of them.
#[derive(Default)]
struct ShortList {
    best: Vec<Ranked>,
    /// The best that found no room; what is below it now may not be the next best.
    left_out: Option<Ranked>,
}

const SHORT_LIST: usize = 8;

impl ShortList {
    fn of(bonds: impl Iterator<Item = Ranked>) -> ShortList {
        let mut list = ShortList::default();
        for bond in bonds {
            if list.best.len() < SHORT_LIST {
                list.best.push(bond);
            } else if Some(bond) > list.left_out {
                list.put(bond);
            }
        }
        list
    }

    /// Puts a bond into the full list instead of its last, if it is better than that.
    fn put(&mut self, bond: Ranked) {
        let last = self.best.iter_mut().min().expect("the list is full");
        let out = if bond > *last { std::mem::replace(last, bond) } else { bond };
        self.left_out = self.left_out.max(Some(out));
    }
}

/// What a group offers.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Offer {
    best: Ranked,
    by: u32,
    number: u32,
}

/// What each claim says, with its voice: documents that print one text are one, and those whose only source is one agency.
fn said(judge: Judge, claims: &[u32], bonds: &[Bond]) -> Vec<Said> {
    let mut voice: Vec<u32> = (0..claims.len() as u32).collect();
    let mut unite = |a: u32, b: u32| {
        let (a, b) = (root(&mut voice, a), root(&mut voice, b));
        voice[a.max(b) as usize] = a.min(b);
    };
    for bond in bonds.iter().filter(|bond| bond.strongest.is_copy) {
        unite(bond.groups.0, bond.groups.1);
    }
    let mut first_to_cite: BTreeMap<String, u32> = BTreeMap::new();
    for (claim, at) in claims.iter().zip(0..) {
        if let Some(source) = only_source(&judge.facts(*claim).claim.incident) {
            unite(*first_to_cite.entry(source).or_insert(at), at);
        }
    }
    (0..claims.len()).map(|at| Said::of(judge.facts(claims[at]), root(&mut voice, at as u32))).collect()
}

/// What some claims of a component say together.
pub(crate) fn said_together(judge: Judge, claims: &[u32], edges: &[Edge], group: &[u32]) -> Said {
    let mut all = Said::default();
    let each = said(judge, claims, &bonds(claims, edges.iter().copied()));
    claims.iter().zip(each).filter(|(claim, _)| group.contains(claim)).for_each(|(_, said)| all.extend(said));
    all
}

/// What the mean of some pairs would gain if all said of each of the first fields that are told what those say that speak of it, in
/// hundredths of points; less than nothing where they contradict each other.
pub(crate) fn lost_to_silence(judge: Judge, pairs: impl Iterator<Item = (u32, u32)>, fields: usize) -> i64 {
    let (mut told, mut compared) = ([(0, 0); TOLD], 0);
    for levels in pairs.filter_map(|(a, b)| judge.told(a, b)) {
        compared += 1;
        for (level, (points, count)) in levels.into_iter().zip(&mut told) {
            *points += i64::from(level.points) * 100;
            *count += i64::from(level != SILENT);
        }
    }
    let lost = |(points, count): &(i64, i64)| if *count == 0 { 0 } else { points / count - points / compared };
    told[..fields].iter().map(lost).sum()
}

/// Numbers of the bonds of each claim.
fn bonds_of(count: usize, bonds: &[Bond]) -> Vec<Vec<u32>> {
    // Counted first: lists that grow while they are filled keep room for as much again.
    let mut counts = vec![0; count];
    for end in bonds.iter().flat_map(|bond| [bond.groups.0, bond.groups.1]) {
        counts[end as usize] += 1;
    }
    let mut bonds_of: Vec<Vec<u32>> = counts.into_iter().map(Vec::with_capacity).collect();
    for (bond, number) in bonds.iter().zip(0..) {
        bonds_of[bond.groups.0 as usize].push(number);
        bonds_of[bond.groups.1 as usize].push(number);
    }
    bonds_of
}

/// The edges between positions in `claims` instead of numbers, each once.
fn bonds(claims: &[u32], edges: impl Iterator<Item = Edge>) -> Vec<Bond> {
    let mut position: Vec<(u32, u32)> = claims.iter().zip(0..).map(|(claim, at)| (*claim, at)).collect();
    position.sort_unstable();
    let at = |claim: u32| position[position.partition_point(|(c, _)| *c < claim)].1;
    let bond = |e: Edge| {
        let (a, b) = (at(e.a), at(e.b));
        Bond::of(Edge { a: a.min(b), b: a.max(b), ..e })
    };
    let mut bonds: Vec<Bond> = edges.map(bond).collect();
    bonds.sort_unstable_by_key(|bond| bond.strongest);
    bonds.dedup_by_key(|bond| bond.strongest);
    bonds
}

impl<'a> Groups<'a> {
    fn alone(judge: Judge<'a>, claims: &'a [u32], bonds: Vec<Bond>) -> Groups<'a> {
        let count = claims.len();
        Groups {
            judge,
            claims,
            members: (0..count as u32).map(|i| Rc::from([i])).collect(),
            sizes: vec![1; count],
            is_vague: claims.iter().map(|claim| !Facts::is_sharp(judge.facts(*claim))).collect(),
            joined_by: vec![vec![]; count],
            said: said(judge, claims, &bonds),
            bonds_of: bonds_of(count, &bonds),
            bonds,
            short_lists: std::iter::repeat_with(ShortList::default).take(count).collect(),
            open: vec![],
            set_aside: BTreeSet::new(),
            bond_with: vec![None; count],
            offered: vec![0; count],
        }
    }

    /// Joins groups, the best first; sets aside the bonds of vague ones that fit two about equally well.
    fn agglomerate(&mut self) {
        let mut offers: BinaryHeap<Offer> = (0..self.claims.len() as u32).filter_map(|g| self.best_offer(g)).collect();
        while let Some(offer) = offers.pop() {
            if offer.number != self.offered[offer.by as usize] {
                continue;
            }
            let bond = offer.best.bond;
            let next = if self.ranked(bond) != Some(offer.best) || self.compare_open(bond) {
                self.next_offer(offer.by)
            } else if self.is_at_odds(bond) || self.is_torn(bond) {
                self.set_aside.insert(bond);
                self.next_offer(offer.by)
            } else {
                let (a, b) = offer.best.groups.0;
                self.join(a, b, bond);
                self.offered[b as usize] += 1;
                self.best_offer(a)
            };
            offers.extend(next);
        }
    }

    /// The best that a group has to offer of all its bonds; what it offered before is void.
    fn best_offer(&mut self, group: u32) -> Option<Offer> {
        let mut bonds = std::mem::take(&mut self.bonds_of[group as usize]);
        bonds.retain(|bond| self.is_alive(*bond));
        self.short_lists[group as usize] = ShortList::of(bonds.iter().filter_map(|bond| self.ranked(*bond)));
        self.bonds_of[group as usize] = bonds;
        self.offer(group)
    }

    /// The same where the group has not grown: what is left of its short list says it, as long as it is better than what was left out.
    fn next_offer(&mut self, group: u32) -> Option<Offer> {
        let mut list = std::mem::take(&mut self.short_lists[group as usize]);
        let left_out = list.left_out;
        list.best.retain_mut(|known| {
            let now = self.ranked(known.bond);
            *known = now.unwrap_or(*known);
            now > left_out
        });
        if list.best.is_empty() && left_out.is_some() {
            return self.best_offer(group);
        }
        self.short_lists[group as usize] = list;
        self.offer(group)
    }

    fn offer(&mut self, group: u32) -> Option<Offer> {
        let number = &mut self.offered[group as usize];
        *number += 1;
        let best = self.short_lists[group as usize].best.iter().max()?;
        Some(Offer { best: *best, by: group, number: *number })
    }

    /// A bond by which its groups may join.
    fn ranked(&self, bond: u32) -> Option<Ranked> {
        let lowest = self.floor(bond) - i64::from(CLOSE_POINTS) * 100;
        let mean = self.mean_at_most(bond).filter(|mean| *mean >= lowest && self.is_alive(bond))?;
        let groups = Reverse(self.bonds[bond as usize].groups);
        (!self.set_aside.contains(&bond)).then_some(Ranked { mean, groups, bond })
    }

    fn is_alive(&self, bond: u32) -> bool {
        let (a, b) = self.bonds[bond as usize].groups;
        self.sizes[a as usize] > 0 && self.sizes[b as usize] > 0
    }

    /// The mean that joins two groups, in hundredths of points.
    fn floor(&self, bond: u32) -> i64 {
        let (a, b) = self.bonds[bond as usize].groups;
        let is_fit = self.is_vague[a as usize] != self.is_vague[b as usize];
        i64::from(if is_fit { FIT_POINTS } else { LINK_POINTS }) * 100
    }

    /// Hundredths of points, where open pairs were just below an edge; exact where none is open. `None` for what can never be
    /// together, or is no more.
    fn mean_at_most(&self, bond: u32) -> Option<i64> {
        let bond = &self.bonds[bond as usize];
        let pairs = i64::from(self.sizes[bond.groups.0 as usize]) * i64::from(self.sizes[bond.groups.1 as usize]);
        (bond.sum_at_most != NEVER && pairs > 0).then(|| (bond.sum_at_most * 100).div_euclid(pairs))
    }

    /// Compares what is open between two groups; true when something was.
    fn compare_open(&mut self, bond: u32) -> bool {
        let open = self.take_open(bond);
        let claim = |member: &u32| self.claims[*member as usize];
        let pairs = open.iter().flat_map(|(xs, ys)| xs.iter().flat_map(move |x| ys.iter().map(move |y| (x, y))));
        let above: Option<i64> = pairs
            .map(|(x, y)| self.judge.points(claim(x), claim(y)).map(|points| i64::from(points) - OPEN_POINTS))
            .sum();
        self.bonds[bond as usize].add(above);
        !open.is_empty()
    }

    /// The open pairs of a bond, which has none from now on.
    fn take_open(&mut self, bond: u32) -> Vec<Across> {
        let list = std::mem::replace(&mut self.bonds[bond as usize].open, NONE_OPEN);
        self.open.get_mut(list as usize).map_or(vec![], std::mem::take)
    }

    fn put_open(&mut self, bond: u32, open: Vec<Across>) {
        let bond = &mut self.bonds[bond as usize];
        if bond.sum_at_most == NEVER || open.is_empty() {
            return;
        }
        if bond.open == NONE_OPEN {
            bond.open = self.open.len() as u32;
            self.open.push(open);
        } else {
            self.open[bond.open as usize].extend(open);
        }
    }

    /// True when the mean of two groups is not enough once it is asked what their voices say, and what few of them tell.
    fn is_at_odds(&self, bond: u32) -> bool {
        let Some(mean) = self.mean_less_odds(bond) else { return true };
        let above = mean - self.floor(bond);
        above <= i64::from(SURE_POINTS) * 100 && above + self.lost_to_silence(bond, TOLLS) < 0
    }

    /// The mean without what the voices of the groups contradict each other more often than it tells.
    fn mean_less_odds(&self, bond: u32) -> Option<i64> {
        let (a, b) = self.bonds[bond as usize].groups;
        let odds = self.said[a as usize].odds(&self.said[b as usize]);
        Some(self.mean_at_most(bond)? - i64::from(odds) * 100)
    }

    fn lost_to_silence(&self, bond: u32, fields: usize) -> i64 {
        let (a, b) = self.bonds[bond as usize].groups;
        let claim = |member: &u32| self.claims[*member as usize];
        let (mine, theirs) = (&self.members[a as usize], &self.members[b as usize]);
        let pairs = mine.iter().flat_map(|x| theirs.iter().map(move |y| (claim(x), claim(y))));
        if mine.len() * theirs.len() == 1 { 0 } else { lost_to_silence(self.judge, pairs, fields) }
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
        let hundredths = |points: i32| i64::from(points) * 100;
        let lowest = (mean - hundredths(CLOSE_POINTS)).max(self.floor(bond) - hundredths(CLOSE_POINTS));
        let is_rival = |other: &u32| {
            *other != bond && self.is_alive(*other) && !self.is_vague[self.bonds[*other as usize].other(vague) as usize]
        };
        let mut rivals: Vec<u32> = self.bonds_of[vague as usize].iter().copied().filter(is_rival).collect();
        let is_near = |groups: &Self, rival| groups.mean_at_most(rival).is_some_and(|mean| mean >= lowest);
        rivals.retain(|rival| is_near(self, *rival) && (!self.compare_open(*rival) || is_near(self, *rival)));
        if rivals.is_empty() {
            return false;
        }
        let Some(fit) = self.fit(bond, vague) else { return false };
        let floor = (fit - hundredths(AMBIGUOUS_POINTS) + 1).max(self.floor(bond));
        rivals.into_iter().any(|rival| self.fit(rival, vague).is_some_and(|fit| fit >= floor))
    }

    /// How well a vague group fits another. Where no day is known it may be any of a hundred attacks of a town at war, and what is told of
    /// one of them by chance decides nothing.
    fn fit(&self, bond: u32, vague: u32) -> Option<i64> {
        let is_open = |member: &u32| self.judge.facts(self.claims[*member as usize]).when.is_open();
        match self.members[vague as usize].iter().all(is_open) {
            true => self.mean_at_most(bond),
            false => Some(self.mean_less_odds(bond)? + self.lost_to_silence(bond, TOLD)),
        }
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
        self.sizes[x] += std::mem::take(&mut self.sizes[y]);
        let said = std::mem::take(&mut self.said[y]);
        self.said[x].extend(said);
    }

    /// The bonds of `b` become those of `a`, one for each third group.
    fn bring_bonds(&mut self, a: u32, b: u32) {
        let [mut mine, mut theirs] = [a, b].map(|group| std::mem::take(&mut self.bonds_of[group as usize]));
        mine.retain(|bond| self.is_alive(*bond) && self.bonds[*bond as usize].other(a) != b);
        theirs.retain(|bond| self.is_alive(*bond) && self.bonds[*bond as usize].other(b) != a);
        for bond in &mine {
            self.set_aside.remove(bond);
            self.bond_with[self.bonds[*bond as usize].other(a) as usize] = Some(*bond);
        }
        let mut passed_on = vec![];
        for bond in theirs {
            let third = self.bonds[bond as usize].other(b);
            match self.bond_with[third as usize].take() {
                Some(met) => self.make_one(met, bond),
                None => {
                    self.set_aside.remove(&bond);
                    self.pass_on(bond, a, third);
                    passed_on.push(bond);
                }
            }
        }
        for bond in &mine {
            let third = self.bonds[*bond as usize].other(a);
            if self.bond_with[third as usize].take().is_some() {
                self.leave_open(*bond, b, third);
            }
        }
        mine.extend(passed_on);
        self.bonds_of[a as usize] = mine;
    }

    /// Two bonds with one third group: what lies between all of them goes into the first.
    fn make_one(&mut self, into: u32, gone: u32) {
        let open = self.take_open(gone);
        let Bond { sum_at_most, strongest, .. } = self.bonds[gone as usize];
        let bond = &mut self.bonds[into as usize];
        bond.strongest = bond.strongest.max_by_points(strongest);
        bond.add(Some(sum_at_most).filter(|sum| *sum != NEVER));
        self.put_open(into, open);
    }

    /// A bond of one group becomes one of another, to which no edge led from the third.
    fn pass_on(&mut self, bond: u32, to: u32, third: u32) {
        self.bonds[bond as usize].groups = (to.min(third), to.max(third));
        self.leave_open(bond, to, third);
    }

    /// No edge leads from the part that comes into a bond to the third group.
    fn leave_open(&mut self, bond: u32, part: u32, third: u32) {
        let across = (self.members[part as usize].clone(), self.members[third as usize].clone());
        self.bonds[bond as usize].add(Some((across.0.len() * across.1.len()) as i64 * OPEN_POINTS));
        self.put_open(bond, vec![across]);
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
