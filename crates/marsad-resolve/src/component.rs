//! Which claims are connected, and how is that laid aside?
//!
//! A component is decided by its edges alone, so it is the unit that an addition replaces. What was found between claims can be written
//! down and read again by a resolver that takes the same claims in the same order; claims that nothing connects are left out.

use crate::cluster::{Cluster, Edge};
use crate::kept::{Damaged, Reader, Writer, checked};

/// Claims connected by edges.
#[derive(Default)]
pub(crate) struct Component {
    pub members: Vec<u32>,
    pub edges: Vec<OwnedEdge>,
    pub clusters: Vec<Cluster>,
}

/// An edge and who found it: it goes when its finder no longer finds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct OwnedEdge {
    pub edge: Edge,
    pub owner: u32,
}

/// Found through bounded dates: stays for ever.
pub(crate) const BLOCK: u32 = u32::MAX;
/// Found through wire copy.
pub(crate) const WIRE: u32 = u32::MAX - 1;
/// No claim, no component.
pub(crate) const NONE: u32 = u32::MAX;

impl Component {
    pub fn alone(claim: u32) -> Component {
        let cluster = Cluster { members: vec![claim], ..Cluster::default() };
        Component { members: vec![claim], edges: vec![], clusters: vec![cluster] }
    }
}

/// All components with an edge, as bytes; `order` tells of which claims.
pub(crate) fn write(order: u64, components: &[Component]) -> Vec<u8> {
    let mut out = Writer::default();
    out.number(order);
    for component in components.iter().filter(|c| c.members.len() > 1) {
        out.list(&component.members, |out, claim| out.number((*claim).into()));
        out.list(&component.edges, |out, OwnedEdge { edge, owner }| {
            out.number(edge.a.into());
            out.number(edge.b.into());
            // A vague claim may fit with few points, never with less than none.
            out.number((edge.points as u64) << 1 | u64::from(edge.is_copy));
            out.number(u64::from(owner.wrapping_add(2)));
        });
        out.list(&component.clusters, |out, cluster| {
            out.list(&cluster.members, |out, claim| out.number((*claim).into()));
            out.list(&cluster.joined_by, |out, (a, b)| {
                out.number((*a).into());
                out.number((*b).into());
            });
        });
    }
    out.finished()
}

/// The components that were written of `count` claims in this order.
pub(crate) fn read(order: u64, count: u32, bytes: &[u8]) -> Result<Vec<Component>, Damaged> {
    let mut reader = Reader(checked(bytes)?);
    if reader.number() != Some(order) {
        return Err(Damaged);
    }
    let mut components = vec![];
    while !reader.0.is_empty() {
        components.push(component(&mut reader, count).ok_or(Damaged)?);
    }
    Ok(components)
}

fn component(reader: &mut Reader, count: u32) -> Option<Component> {
    let claim = |r: &mut Reader| r.small().filter(|claim| *claim < count);
    Some(Component {
        members: reader.list(claim)?,
        edges: reader.list(|r| {
            let (a, b, points) = (claim(r)?, claim(r)?, r.number()?);
            let edge = Edge { a, b, points: i16::try_from(points >> 1).ok()?, is_copy: points & 1 == 1 };
            Some(OwnedEdge { edge, owner: r.small()?.wrapping_sub(2) })
        })?,
        clusters: reader.list(|r| {
            let (members, joined_by) = (r.list(claim)?, r.list(|r| Some((claim(r)?, claim(r)?)))?);
            Some(Cluster { members, joined_by, decided_by: vec![] })
        })?,
    })
}

/// The connected components of claims and edges; `count` is more than any number of a claim.
pub(crate) fn connected(
    claims: Vec<u32>,
    mut edges: Vec<OwnedEdge>,
    count: usize,
) -> impl Iterator<Item = (Vec<u32>, Vec<OwnedEdge>)> {
    let mut parent = vec![NONE; count];
    claims.iter().for_each(|c| parent[*c as usize] = *c);
    for found in &edges {
        let (a, b) = (root(&mut parent, found.edge.a), root(&mut parent, found.edge.b));
        parent[a.max(b) as usize] = a.min(b);
    }
    let mut of: Vec<(u32, u32)> = claims.into_iter().map(|claim| (root(&mut parent, claim), claim)).collect();
    of.sort_unstable();
    edges.sort_unstable_by_key(|found| (parent[found.edge.a as usize], *found));
    // From the end, so that what was given out is not held twice: one component may have nearly all edges.
    std::iter::from_fn(move || {
        let root = of.last()?.0;
        // Counted first: lists that grow while they are filled keep room for as much again.
        let start = of.len() - of.iter().rev().take_while(|(r, _)| *r == root).count();
        let members: Vec<u32> = of[start..].iter().map(|(_, c)| *c).collect();
        of.truncate(start);
        let is_inside = |found: &&OwnedEdge| parent[found.edge.a as usize] == root;
        let start = edges.len() - edges.iter().rev().take_while(is_inside).count();
        let inside = if start == 0 { std::mem::take(&mut edges) } else { edges[start..].to_vec() };
        edges.truncate(start);
        Some((members, inside))
    })
}

/// The root of a claim, to which it points directly from now on.
pub(crate) fn root(parent: &mut [u32], claim: u32) -> u32 {
    let mut root = claim;
    while parent[root as usize] != root {
        root = parent[root as usize];
    }
    let mut at = claim;
    while parent[at as usize] != root {
        at = std::mem::replace(&mut parent[at as usize], root);
    }
    root
}
