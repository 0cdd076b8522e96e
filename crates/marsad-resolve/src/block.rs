//! Which pairs of claims are worth comparing?
//!
//! Two claims meet when they share a block (a place, a grid cell, a victim) and their dates can be a day apart, or when
//! their documents share wire copy. In a block a claim is *at home* (it is about that place) or *under* it (about
//! something inside); at least one of a pair is at home, so that all claims of a country do not meet in the block of
//! the country, only the vague ones meet the others. Claims without a place are at home in the block of everywhere.
//!
//! Cost: with `n` claims of at most ten keys each and `d` claims a block and day, O(n log n) to sort and O(n × d) pairs.
//! Date windows are found by binary search in lists sorted by first day, one for intervals of a day or two, one for
//! months. An open date would meet its whole block: it meets the [`OPEN_NEIGHBOURS`] latest claims that it can mean,
//! and none where the place is vague as well, since such a pair could never reach the points it needs.

use crate::facts::Facts;
use crate::levels::*;
use crate::place::{PlaceKey, Whereabouts};
use crate::wire::Wire;

/// Pairs of claim numbers, lower first, sorted, each once.
pub(crate) fn pairs(facts: &[Facts], wire: &Wire) -> Vec<(u32, u32)> {
    let mut entries: Vec<Entry> = facts.iter().enumerate().flat_map(|(i, f)| entries(i as u32, f)).collect();
    entries.sort();
    entries.dedup();
    let mut pairs = Pairs { facts, found: vec![] };
    for block in entries.chunk_by(|a, b| a.block == b.block) {
        Block::of(block, facts).pairs(&mut pairs);
    }
    wire_pairs(wire, &mut pairs);
    pairs.found.sort_unstable();
    pairs.found.dedup();
    pairs.found
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum BlockKey {
    Place(PlaceKey),
    /// A quarter of a degree, wider than any two points that may agree ([`NEAR_KM_MAX`]) up to 57° north or south.
    Cell(i32, i32),
    Victim(String),
    Everywhere,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stay {
    Home,
    Under,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    block: BlockKey,
    stay: Stay,
    claim: u32,
}

fn entries(claim: u32, fact: &Facts) -> Vec<Entry> {
    let mut entries = vec![];
    let mut add = |block, stay| entries.push(Entry { block, stay, claim });
    if let Some(victim) = fact.victim {
        add(BlockKey::Victim(victim.to_string()), Stay::Home);
    }
    let Some(place) = &fact.place else {
        add(BlockKey::Everywhere, if fact.when.exact { Stay::Home } else { Stay::Under });
        return entries;
    };
    let speaks_of_home = fact.when.exact || !place.is_country();
    add(BlockKey::Place(place.own.clone()), if speaks_of_home { Stay::Home } else { Stay::Under });
    if let Some(settlement) = place.settlement.as_ref().filter(|s| **s != place.own) {
        add(BlockKey::Place(settlement.clone()), Stay::Home);
    }
    for above in &place.above {
        add(BlockKey::Place(above.clone()), Stay::Under);
    }
    cells(place).into_iter().for_each(|(block, stay)| add(block, stay));
    add(BlockKey::Everywhere, Stay::Under);
    entries
}

/// The own cell and half of its neighbours: of two neighbours one knows the other.
fn cells(place: &Whereabouts) -> Vec<(BlockKey, Stay)> {
    let Some(point) = place.point.filter(|_| place.rank <= 6) else { return vec![] };
    let (x, y) = ((point.lon * 4.0).floor() as i32, (point.lat * 4.0).floor() as i32);
    let under = [(1, 0), (1, 1), (0, 1), (-1, 1)].map(|(dx, dy)| (BlockKey::Cell(x + dx, y + dy), Stay::Under));
    std::iter::once((BlockKey::Cell(x, y), Stay::Home)).chain(under).collect()
}

struct Pairs<'a, 'b> {
    facts: &'a [Facts<'b>],
    found: Vec<(u32, u32)>,
}

impl Pairs<'_, '_> {
    /// Keeps the pair unless type, date or document forbid it; true when kept.
    fn add(&mut self, a: u32, b: u32) -> bool {
        let (x, y) = (&self.facts[a as usize], &self.facts[b as usize]);
        let may_be_one = x.document != y.document && x.event.agrees(y.event) && x.when.gap(y.when) <= DAYS_APART_MAX;
        if may_be_one {
            self.found.push((a.min(b), a.max(b)));
        }
        may_be_one
    }
}

/// Claim numbers of one block by what is known of their dates.
#[derive(Default)]
struct Block {
    homes: Vec<u32>,
    /// Within two days, within two months: sorted by first day.
    narrow: Vec<(i32, u32)>,
    wide: Vec<(i32, u32)>,
    /// Open, at home: sorted by last day.
    open: Vec<(i32, u32)>,
}

const NARROW_DAYS: i32 = 1;
const WIDE_DAYS: i32 = 2 * MONTH_DAYS;

impl Block {
    fn of(entries: &[Entry], facts: &[Facts]) -> Block {
        let mut block = Block::default();
        let has_home = entries.iter().any(|e| e.stay == Stay::Home);
        for entry in entries.iter().filter(|_| has_home) {
            let when = facts[entry.claim as usize].when;
            match (when.is_open(), entry.stay) {
                (false, _) if when.width() <= NARROW_DAYS => block.narrow.push((when.first, entry.claim)),
                (false, _) => block.wide.push((when.first, entry.claim)),
                (true, Stay::Home) => block.open.push((when.last, entry.claim)),
                (true, Stay::Under) => {}
            }
            if entry.stay == Stay::Home {
                block.homes.push(entry.claim);
            }
        }
        block.narrow.sort_unstable();
        block.wide.sort_unstable();
        block.open.sort_unstable();
        block
    }

    fn pairs(&self, pairs: &mut Pairs) {
        for home in &self.homes {
            let when = pairs.facts[*home as usize].when;
            if when.is_open() {
                continue;
            }
            for (list, width) in [(&self.narrow, NARROW_DAYS), (&self.wide, WIDE_DAYS)] {
                let from = when.first - width - DAYS_APART_MAX;
                let start = list.partition_point(|(first, _)| *first < from);
                let in_reach = list[start..].iter().take_while(|(first, _)| *first <= when.last + DAYS_APART_MAX);
                in_reach.for_each(|(_, other)| _ = pairs.add(*home, *other));
            }
        }
        for (i, (last, claim)) in self.open.iter().enumerate() {
            for list in [&self.narrow, &self.wide] {
                let end = list.partition_point(|(first, _)| *first <= last + DAYS_APART_MAX);
                latest(&list[..end], *claim, pairs);
            }
            latest(&self.open[..i], *claim, pairs);
        }
    }
}

/// Pairs an open claim with the last of a list that it can mean, looking back over a bounded stretch.
fn latest(list: &[(i32, u32)], claim: u32, pairs: &mut Pairs) {
    let met = list.iter().rev().take(16 * OPEN_NEIGHBOURS).filter(|(_, other)| pairs.add(claim, *other));
    met.take(OPEN_NEIGHBOURS).for_each(drop);
}

/// All claims of two documents that share wire copy, wherever and whenever.
fn wire_pairs(wire: &Wire, pairs: &mut Pairs) {
    let facts = pairs.facts;
    let of = |document: u32| {
        let start = facts.partition_point(|f| f.document < document);
        (start..).take_while(move |i| facts.get(*i).is_some_and(|f| f.document == document)).map(|i| i as u32)
    };
    for (a, b) in wire.pairs() {
        for x in of(*a) {
            of(*b).for_each(|y| _ = pairs.add(x, y));
        }
    }
}
