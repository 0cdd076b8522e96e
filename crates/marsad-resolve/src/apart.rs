//! Why did two groups of claims stay two whose pairs would have made them one?
//!
//! The mean of all pairs may reach what is asked, and still the two stay apart: several independent voices on each side say otherwise
//! ([`crate::said`]), or the few that tell a toll do. This says which, for a person who asks why the nearest candidate was not joined.
//!
//! It decides nothing and knows nothing of a vague group that fits two. The rule itself, of which this is the account, stands in
//! [`crate::cluster`].

use crate::cluster::{Edge, lost_to_silence, said_together};
use crate::compare::TOLLS;
use crate::judge::Judge;
use crate::levels::{CLOSE_POINTS, FIT_POINTS, LINK_POINTS, SURE_POINTS};
use std::collections::BTreeMap;

/// Why two incidents are two although the mean of their pairs would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apart {
    /// Mean points of all pairs of a telling of the one and a telling of the other.
    pub mean: i32,
    /// The mean that would have joined them.
    pub needed: i32,
    /// On what several voices would have to err if the two were one.
    pub voices: Vec<Erring>,
    /// Points, mostly less than none, that the tolls count besides, since only few of the tellings give one.
    pub tolls: i32,
}

/// Voices that contradict each other on one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Erring {
    /// `type`, `date`, `site`, `target`, `launched`, `killed` or `wounded`.
    pub field: &'static str,
    /// Independent voices that answer it, on both sides.
    pub voices: i32,
    /// How many of them err at least if the two are one incident.
    pub erring: i32,
    /// What that takes from the mean.
    pub points: i32,
}

impl Apart {
    /// What is left of the mean.
    pub fn left(&self) -> i32 {
        self.mean - self.voices.iter().map(|erring| erring.points).sum::<i32>() + self.tolls
    }
}

/// What keeps two clusters of one component apart; `None` where the mean of their pairs does, or one document tells both, or nothing.
/// `claims` are those of the component, sorted by their keys.
pub(crate) fn apart(judge: Judge, claims: &[u32], edges: &[Edge], a: &[u32], b: &[u32]) -> Option<Apart> {
    let pairs = || a.iter().flat_map(|x| b.iter().map(move |y| (*x, *y)));
    let edge_of: BTreeMap<(u32, u32), i16> = edges.iter().map(|e| ((e.a, e.b), e.points)).collect();
    let points = |(x, y): (u32, u32)| match edge_of.get(&(x.min(y), x.max(y))) {
        Some(points) => Some(i64::from(*points)),
        None => judge.points(x, y).map(i64::from),
    };
    let sum: i64 = pairs().map(points).sum::<Option<i64>>()?;
    let mean = (sum * 100).div_euclid((a.len() * b.len()) as i64);
    let is_vague = |group: &[u32]| !group.iter().any(|claim| judge.facts(*claim).is_sharp());
    let needed = if is_vague(a) != is_vague(b) { FIT_POINTS } else { LINK_POINTS };
    let voices = said_together(judge, claims, edges, a).at_odds(&said_together(judge, claims, edges, b));
    let left = mean - voices.iter().map(|erring| i64::from(erring.points) * 100).sum::<i64>();
    let above = left - i64::from(needed) * 100;
    let is_sure = above > i64::from(SURE_POINTS) * 100;
    let tolls = if is_sure { 0 } else { lost_to_silence(judge, pairs(), TOLLS) };
    let is_near = mean >= i64::from(needed - CLOSE_POINTS) * 100;
    let is_for_this = above + tolls < 0 && (!voices.is_empty() || tolls < 0);
    let whole = |hundredths: i64| i32::try_from(hundredths.div_euclid(100)).expect("a mean of points");
    (is_near && is_for_this).then(|| Apart { mean: whole(mean), needed, voices, tolls: whole(tolls) })
}
