//! Which pairs of claims are worth comparing?
//!
//! Two claims meet when they share a block (a place, a grid cell, a victim) and their dates can be a day apart. In a
//! block a claim is *at home* (it is about that place) or *under* it (about something inside); at least one of a pair is
//! at home, so that all claims of a country do not meet in the block of the country, only the vague ones meet the
//! others. Claims without a place are at home in the block of everywhere. (Claims whose documents share wire copy meet
//! besides: [`crate::wire`].)
//!
//! Which claims meet never depends on the order in which they came, so that claims can be added later. A pair of claims
//! with bounded dates meets whatever else is known. An open date would meet its whole block: it meets the
//! [`OPEN_NEIGHBOURS`] latest claims that it can mean, counted in whole days, and none where the place is vague as well,
//! since such a pair could never reach the points it needs. What an open claim meets changes as claims are added:
//! [`Blocks::reopened`] tells which must look again.
//!
//! Memory: eight bytes for each of about ten blocks of a claim. Cost: with `d` claims a block and day, O(d) for each claim; date
//! windows are found by binary search in lists sorted by first day, one for intervals of a day or two, one for months.

use crate::facts::Facts;
use crate::levels::*;
use crate::place::{PlaceKey, Whereabouts};
use crate::when::When;
use crate::wire::merge_sorted;
use marsad_model::EventType;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

pub(crate) struct Blocks {
    cards: Vec<Card>,
    blocks: Vec<Block>,
    number: BTreeMap<BlockKey, u32>,
    /// The blocks of each place by the address of its shared value, which the facts keep alive.
    of_place: HashMap<usize, Arc<[(u32, Stay)]>>,
    /// Claims below this number are in the blocks.
    placed: u32,
}

/// What decides whether a pair is worth comparing, small and close together.
#[derive(Clone)]
struct Card {
    document: u32,
    first: i32,
    last: i32,
    event: EventType,
    is_exact: bool,
    is_country: bool,
    /// Blocks of the dead that are known by name.
    victims: Arc<[u32]>,
    /// Blocks of the place; `None` without a place.
    place: Option<Arc<[(u32, Stay)]>>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum BlockKey {
    Place(PlaceKey),
    /// A quarter of a degree, wider than any two points that may agree ([`NEAR_KM_MAX`]) up to 57° north or south.
    Cell(i32, i32),
    Victim(Arc<str>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stay {
    Home,
    /// The place itself: home unless neither day nor more than the country is known.
    Own,
    Under,
}

impl Default for Blocks {
    fn default() -> Blocks {
        let everywhere = Block::default();
        Blocks { cards: vec![], blocks: vec![everywhere], number: BTreeMap::new(), of_place: HashMap::new(), placed: 0 }
    }
}

impl Blocks {
    /// Takes the next claim; it meets others after [`Blocks::settle`].
    pub fn take(&mut self, facts: &Facts) {
        let place = facts.place.as_ref().map(|place| self.blocks_of(place));
        let victims = facts.victims.iter().map(|v| self.block(BlockKey::Victim(v.clone()))).collect();
        self.cards.push(Card {
            document: facts.document,
            first: facts.when.first,
            last: facts.when.last,
            event: facts.event,
            is_exact: facts.when.exact,
            is_country: facts.place.as_ref().is_some_and(|p| p.is_country()),
            victims,
            place,
        });
    }

    /// Puts the claims taken since the last time into their blocks; gives the older open claims that must look again.
    pub fn settle(&mut self) -> BTreeSet<u32> {
        let mut entries: Vec<(u32, List, Dated)> = vec![];
        for claim in self.placed..self.cards.len() as u32 {
            let card = &self.cards[claim as usize];
            entries.extend(self.stays(card).filter_map(|(block, is_home)| card.entry(block, is_home, claim)));
        }
        entries.sort_unstable();
        for same in entries.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let dated: Vec<Dated> = same.iter().map(|e| e.2).collect();
            merge_sorted(&mut self.blocks[same[0].0 as usize].lists[same[0].1 as usize], &dated);
        }
        let reopened = self.reopened(&entries);
        self.placed = self.cards.len() as u32;
        reopened
    }

    /// The claims that a claim must be compared with, sorted; of two claims added together (from `new` on) that see each other
    /// one sees, the other is seen.
    pub fn candidates(&self, claim: u32, new: u32, found: &mut Vec<u32>) {
        found.clear();
        let card = &self.cards[claim as usize];
        for (block, is_home) in self.stays(card) {
            let block = &self.blocks[block as usize];
            match (card.is_open(), is_home) {
                (true, true) => found.extend(self.open_neighbours(block, claim).met),
                (true, false) => {}
                (false, true) => {
                    let seen = |other: &u32| *other < new || *other > claim;
                    found.extend(block.windows(&HOMES, card).filter(seen).filter(|x| self.may_be_one(claim, *x)));
                    found.extend(block.windows(&UNDERS, card).filter(|x| self.may_be_one(claim, *x)));
                }
                (false, false) if new == 0 => {}
                (false, false) => {
                    let old = block.windows(&HOMES, card).filter(|x| *x < new);
                    found.extend(old.filter(|x| self.may_be_one(claim, *x)));
                }
            }
        }
        found.sort_unstable();
        found.dedup();
    }

    /// True unless document, type or date forbid that the two are one.
    pub fn may_be_one(&self, a: u32, b: u32) -> bool {
        let (x, y) = (&self.cards[a as usize], &self.cards[b as usize]);
        x.first.max(y.first) - x.last.min(y.last) <= DAYS_APART_MAX
            && x.document != y.document
            && x.event.agrees(y.event)
    }

    pub fn is_open(&self, claim: u32) -> bool {
        self.cards[claim as usize].is_open()
    }

    /// Blocks of a claim; true where it is at home.
    fn stays<'a>(&self, card: &'a Card) -> impl Iterator<Item = (u32, bool)> + 'a {
        let speaks_of_own = card.is_exact || !card.is_country;
        let is_home = move |stay: Stay| stay == Stay::Home || stay == Stay::Own && speaks_of_own;
        let everywhere = (EVERYWHERE, card.place.is_none() && card.is_exact);
        let places =
            card.place.iter().flat_map(|place| place.iter()).map(move |(block, stay)| (*block, is_home(*stay)));
        places.chain(card.victims.iter().map(|block| (*block, true))).chain([everywhere])
    }

    fn blocks_of(&mut self, place: &Arc<Whereabouts>) -> Arc<[(u32, Stay)]> {
        let address = Arc::as_ptr(place) as usize;
        if let Some(known) = self.of_place.get(&address) {
            return known.clone();
        }
        let mut blocks: Vec<(u32, Stay)> = keys(place).into_iter().map(|(key, stay)| (self.block(key), stay)).collect();
        blocks.sort_unstable();
        blocks.dedup();
        let blocks: Arc<[(u32, Stay)]> = blocks.into();
        self.of_place.insert(address, blocks.clone());
        blocks
    }

    fn block(&mut self, key: BlockKey) -> u32 {
        let next = self.blocks.len() as u32;
        let number = *self.number.entry(key).or_insert(next);
        if number == next {
            self.blocks.push(Block::default());
        }
        number
    }

    /// The open claims of before whose looking back now finds a new one.
    fn reopened(&self, entries: &[(u32, List, Dated)]) -> BTreeSet<u32> {
        let mut found = BTreeSet::new();
        if self.placed == 0 {
            return found;
        }
        for same in entries.chunk_by(|a, b| a.0 == b.0) {
            let block = &self.blocks[same[0].0 as usize];
            let first_new = same.iter().map(|e| e.2.0).min().expect("a chunk is never empty");
            let opens = &block.lists[List::Open as usize];
            let from = opens.partition_point(|(last, _)| last + DAYS_APART_MAX < first_new);
            let old = opens[from..].iter().map(|(_, claim)| *claim).filter(|claim| *claim < self.placed);
            found.extend(old.filter(|claim| self.open_neighbours(block, *claim).has_seen_from(self.placed)));
        }
        found
    }

    fn open_neighbours(&self, block: &Block, claim: u32) -> Looked {
        let last = self.cards[claim as usize].last;
        let mut looked = Looked { met: vec![], newest: 0 };
        for list in BOUNDED {
            let list = &block.lists[list as usize];
            self.look_back(
                &list[..list.partition_point(|(first, _)| *first <= last + DAYS_APART_MAX)],
                claim,
                &mut looked,
            );
        }
        let opens = &block.lists[List::Open as usize];
        self.look_back(&opens[..opens.partition_point(|(other, _)| *other <= last)], claim, &mut looked);
        looked
    }

    /// The latest of a list that an open claim can mean, over a bounded stretch of whole days: no day is told half, or it would
    /// depend on the order of the claims which half.
    fn look_back(&self, list: &[Dated], claim: u32, looked: &mut Looked) {
        let (mut met, mut seen, mut day) = (0, 0, i32::MAX);
        for (at, other) in list.iter().rev() {
            if *at != day && (met >= OPEN_NEIGHBOURS || seen >= 16 * OPEN_NEIGHBOURS) {
                return;
            }
            (day, seen) = (*at, seen + 1);
            looked.newest = looked.newest.max(*other);
            if self.may_be_one(claim, *other) {
                met += 1;
                looked.met.push(*other);
            }
        }
    }
}

/// What an open claim finds in a block.
struct Looked {
    met: Vec<u32>,
    newest: u32,
}

impl Looked {
    fn has_seen_from(&self, new: u32) -> bool {
        self.newest >= new
    }
}

/// The first block.
const EVERYWHERE: u32 = 0;

/// A day and a claim: the first day, in the list of open claims the last.
type Dated = (i32, u32);

/// Claims of one block, by stay and by what is known of their dates; each list sorted.
#[derive(Default)]
struct Block {
    lists: [Vec<Dated>; 5],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum List {
    HomeNarrow,
    HomeWide,
    UnderNarrow,
    UnderWide,
    Open,
}

const HOMES: [(List, i32); 2] = [(List::HomeNarrow, NARROW_DAYS), (List::HomeWide, WIDE_DAYS)];
const UNDERS: [(List, i32); 2] = [(List::UnderNarrow, NARROW_DAYS), (List::UnderWide, WIDE_DAYS)];
const BOUNDED: [List; 4] = [List::HomeNarrow, List::UnderNarrow, List::HomeWide, List::UnderWide];
const NARROW_DAYS: i32 = 1;
const WIDE_DAYS: i32 = 2 * MONTH_DAYS;

impl Block {
    /// Claims of the two lists whose dates may reach those of the card.
    fn windows<'a>(&'a self, lists: &'static [(List, i32); 2], card: &'a Card) -> impl Iterator<Item = u32> + 'a {
        lists.iter().flat_map(move |(list, width)| {
            let list = &self.lists[*list as usize];
            let start = list.partition_point(|(first, _)| *first < card.first - width - DAYS_APART_MAX);
            let in_reach = list[start..].iter().take_while(|(first, _)| *first <= card.last + DAYS_APART_MAX);
            in_reach.map(|(_, claim)| *claim)
        })
    }
}

impl Card {
    fn when(&self) -> When {
        let (weekday, news, is_any_earlier) = (None, None, false);
        When { first: self.first, last: self.last, exact: self.is_exact, weekday, news, is_any_earlier }
    }

    fn is_open(&self) -> bool {
        self.when().is_open()
    }

    fn entry(&self, block: u32, is_home: bool, claim: u32) -> Option<(u32, List, Dated)> {
        let list = match (self.is_open(), is_home, self.when().width() <= NARROW_DAYS) {
            (true, true, _) => return Some((block, List::Open, (self.last, claim))),
            (true, false, _) => return None,
            (false, true, true) => List::HomeNarrow,
            (false, true, false) => List::HomeWide,
            (false, false, true) => List::UnderNarrow,
            (false, false, false) => List::UnderWide,
        };
        Some((block, list, (self.first, claim)))
    }
}

fn keys(place: &Whereabouts) -> Vec<(BlockKey, Stay)> {
    let mut keys = vec![(BlockKey::Place(place.own.clone()), Stay::Own)];
    if let Some(settlement) = place.settlement.as_ref().filter(|s| **s != place.own) {
        keys.push((BlockKey::Place(settlement.clone()), Stay::Home));
    }
    let above = place.above.iter().filter(|above| place.settlement.as_ref() != Some(above));
    let stay = |above: &PlaceKey| if place.may_be_anything_in() == Some(above) { Stay::Own } else { Stay::Under };
    keys.extend(above.map(|above| (BlockKey::Place(above.clone()), stay(above))));
    keys.extend(cells(place));
    keys
}

/// The own cell and half of its neighbours: of two neighbours one knows the other.
fn cells(place: &Whereabouts) -> Vec<(BlockKey, Stay)> {
    let Some(point) = place.point.filter(|_| place.rank <= 6) else { return vec![] };
    let (x, y) = ((point.lon * 4.0).floor() as i32, (point.lat * 4.0).floor() as i32);
    let under = [(1, 0), (1, 1), (0, 1), (-1, 1)].map(|(dx, dy)| (BlockKey::Cell(x + dx, y + dy), Stay::Under));
    std::iter::once((BlockKey::Cell(x, y), Stay::Home)).chain(under).collect()
}
