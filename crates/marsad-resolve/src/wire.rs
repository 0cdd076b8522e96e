//! Which documents print the same wire copy?
//!
//! [`Wire::shares`] is a fact about two texts: they have enough word 5-grams in common. Which documents are worth asking
//! that is found through an index from 5-gram to documents, of a quarter of all 5-grams, chosen by their hashes so that
//! two copies keep the same ones. What more than [`COPIES_MAX`] documents print is a turn of phrase or the foot of a
//! page and leads to nothing.
//!
//! Memory: four bytes a 5-gram for the texts and two for the index. Cost of adding: the sorted index is merged in place, O(all) but
//! at memory speed; looking up, O(new × copies).

use crate::compare::Shared;
use crate::levels::{SHARED_PERCENT_MIN, SHARED_SHINGLES_MIN, SHINGLE_NEIGHBOURS};
use std::collections::BTreeSet;

/// Documents in which a 5-gram may stand and still be news.
pub(crate) const COPIES_MAX: usize = 8 * SHINGLE_NEIGHBOURS;

#[derive(Default)]
pub(crate) struct Wire {
    /// The sorted hashes of all documents, one document after the other.
    hashes: Vec<u32>,
    /// Where the hashes of each document end.
    ends: Vec<usize>,
    /// How many hashes of each document are below [`INDEXED`].
    low: Vec<u32>,
    /// Hash and document, sorted, of the hashes below [`INDEXED`].
    postings: Vec<(u32, u32)>,
    /// Documents below this number are in `postings`.
    indexed: u32,
}

/// A quarter of all hashes; they stand first in each sorted list.
const INDEXED: u32 = u32::MAX / 4;

/// What adding documents changed.
#[derive(Default)]
pub(crate) struct WireChange {
    /// Pairs of documents that share wire copy, at least one of them new; lower first.
    pub pairs: Vec<(u32, u32)>,
    /// Older documents with a 5-gram that has become a turn of phrase: their pairs must be asked again.
    pub doubtful: BTreeSet<u32>,
}

impl Wire {
    /// Takes the text of the next document; it is looked for after [`Wire::settle`].
    pub fn take(&mut self, fingerprint: &[u64]) {
        self.take_narrowed(&narrowed(fingerprint));
    }

    /// As [`Wire::take`], of hashes that are [`narrowed`] already.
    pub fn take_narrowed(&mut self, hashes: &[u32]) {
        self.low.push(hashes.partition_point(|hash| *hash < INDEXED) as u32);
        self.hashes.extend(hashes);
        self.ends.push(self.hashes.len());
    }

    /// Indexes the documents taken since the last time and looks for their copies.
    pub fn settle(&mut self) -> WireChange {
        let added = self.added();
        let (printed, doubtful) = self.printed_elsewhere(&added);
        drop(added);
        let pairs = printed.chunk_by(|a, b| a.0 == b.0).flat_map(|found| self.copies(found)).collect();
        self.indexed = self.ends.len() as u32;
        WireChange { pairs, doubtful }
    }

    /// Indexes them only, where their copies are known.
    pub fn index(&mut self) {
        self.added();
        self.indexed = self.ends.len() as u32;
    }

    /// Puts the new documents into the index; gives their entries.
    fn added(&mut self) -> Vec<(u32, u32)> {
        let mut added: Vec<(u32, u32)> = vec![];
        for document in self.indexed..self.ends.len() as u32 {
            added.extend(self.indexed(document).iter().map(|hash| (*hash, document)));
        }
        added.sort_unstable();
        added.dedup();
        merge_sorted(&mut self.postings, &added);
        added
    }

    /// True when at least [`SHARED_PERCENT_MIN`] percent of the shorter text stand in the other, at least
    /// [`SHARED_SHINGLES_MIN`] 5-grams, and one of them among the indexed. (Of twelve in common none is indexed once in thirty times,
    /// of thirty once in five thousand; in return two texts that share nothing are told apart by a quarter of each.)
    pub fn shares(&self, a: u32, b: u32) -> bool {
        let (x, y) = (self.text(a), self.text(b));
        let shorter = x.len().min(y.len()) as u64;
        let wanted = u64::from(SHARED_SHINGLES_MIN).max((shorter * u64::from(SHARED_PERCENT_MIN)).div_ceil(100));
        let (x_indexed, y_indexed) = (self.indexed(a), self.indexed(b));
        let first = in_common(x_indexed, y_indexed);
        first > 0 && first + in_common(&x[x_indexed.len()..], &y[y_indexed.len()..]) >= wanted
    }

    /// What two documents have in common: wire copy as [`Wire::shares`] tells it, else so many 5-grams.
    pub fn common(&self, a: u32, b: u32) -> Shared {
        match self.shares(a, b) {
            true => Shared::Wire,
            false => Shared::Phrases(in_common(self.text(a), self.text(b))),
        }
    }

    /// All documents that share wire copy with one that is in the index.
    pub fn copies_of(&self, document: u32) -> Vec<u32> {
        let postings = self.indexed(document).iter().map(|hash| self.posting(*hash)).filter(|p| p.len() <= COPIES_MAX);
        let others: BTreeSet<u32> = postings.flatten().map(|(_, other)| *other).filter(|d| *d != document).collect();
        others.into_iter().filter(|other| self.shares(*other, document)).collect()
    }

    /// True when the index leads from one to the other.
    pub fn is_led_to(&self, a: u32, b: u32) -> bool {
        let (x, y) = (self.indexed(a), self.indexed(b));
        let both = x.iter().filter(|hash| y.binary_search(hash).is_ok());
        both.into_iter().any(|hash| self.posting(*hash).len() <= COPIES_MAX)
    }

    fn text(&self, document: u32) -> &[u32] {
        let start = document.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        &self.hashes[start..self.ends[document as usize]]
    }

    fn indexed(&self, document: u32) -> &[u32] {
        &self.text(document)[..self.low[document as usize] as usize]
    }

    fn posting(&self, hash: u32) -> &[(u32, u32)] {
        self.posting_at(self.postings.partition_point(|(h, _)| *h < hash))
    }

    /// All entries of the hash that starts here, or one more than [`COPIES_MAX`].
    fn posting_at(&self, start: usize) -> &[(u32, u32)] {
        let rest = &self.postings[start..];
        let is_same = |entry: &&(u32, u32)| entry.0 == rest[0].0;
        &rest[..rest.iter().take(COPIES_MAX + 1).take_while(is_same).count()]
    }

    /// For each new document where the 5-grams stand that others have too; and the older documents in doubt. One walk
    /// along the index, which skips what lies between two new hashes.
    fn printed_elsewhere(&self, added: &[(u32, u32)]) -> (Vec<(u32, u32)>, BTreeSet<u32>) {
        let (mut printed, mut doubtful) = (vec![], BTreeSet::new());
        let mut at = 0;
        for same in added.chunk_by(|a, b| a.0 == b.0) {
            at += gallop(&self.postings[at..], same[0].0);
            let posting = self.posting_at(at);
            match posting.len() {
                1 => {}
                2..=COPIES_MAX => printed.extend(same.iter().map(|(_, document)| (*document, at as u32))),
                _ => doubtful.extend(self.newly_common(at, same.len())),
            }
        }
        printed.sort_unstable();
        (printed, doubtful)
    }

    /// The older documents of a posting list that has just outgrown [`COPIES_MAX`] by so many new ones.
    fn newly_common(&self, start: usize, new: usize) -> Vec<u32> {
        let rest = &self.postings[start..];
        let is_same = |entry: &&(u32, u32)| entry.0 == rest[0].0;
        let old = rest.iter().take(COPIES_MAX + new + 1).take_while(is_same).map(|(_, d)| *d);
        let old: Vec<u32> = old.filter(|d| *d < self.indexed).collect();
        if old.len() <= COPIES_MAX { old } else { vec![] }
    }

    /// Pairs of one new document, given where its shared 5-grams stand, with older ones and with new ones before it.
    fn copies(&self, found: &[(u32, u32)]) -> Vec<(u32, u32)> {
        let document = found[0].0;
        let postings = found.iter().map(|(_, start)| self.posting_at(*start as usize));
        let mut met: Vec<u32> = postings.flatten().map(|(_, other)| *other).filter(|other| *other < document).collect();
        met.sort_unstable();
        met.dedup();
        met.retain(|other| self.shares(*other, document));
        met.into_iter().map(|other| (other, document)).collect()
    }
}

/// Where the first entry stands whose hash is at least this, found in steps that double.
fn gallop(postings: &[(u32, u32)], hash: u32) -> usize {
    let mut step = 1;
    while step < postings.len() && postings[step].0 < hash {
        step *= 2;
    }
    let (from, to) = (step / 2, (step + 1).min(postings.len()));
    from + postings[from..to].partition_point(|(h, _)| *h < hash)
}

/// What is kept of a text, sorted.
pub(crate) fn narrowed(fingerprint: &[u64]) -> Vec<u32> {
    let mut hashes: Vec<u32> = fingerprint.iter().map(|hash| narrow(*hash)).collect();
    hashes.sort_unstable();
    hashes
}

/// Half of a hash, well mixed whatever the caller's hash is like. Two texts of 400 5-grams have one in common by chance
/// once in 25,000 pairs, and twelve never.
fn narrow(hash: u64) -> u32 {
    (hash.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as u32
}

/// How many hashes stand in both lists. Two walks at once, below the middle and from there on: each step of a walk waits for the one
/// before it, so that two take hardly longer than one.
fn in_common(a: &[u32], b: &[u32]) -> u64 {
    let Some(middle) = a.get(a.len() / 2) else { return 0 };
    let halves = |all| <[u32]>::split_at(all, all.partition_point(|hash| hash < middle));
    let ((a_low, a_high), (b_low, b_high)) = (halves(a), halves(b));
    let (mut low, mut high) = (Walk::default(), Walk::default());
    while low.is_on(a_low, b_low) && high.is_on(a_high, b_high) {
        low.step(a_low, b_low);
        high.step(a_high, b_high);
    }
    low.finished(a_low, b_low) + high.finished(a_high, b_high)
}

/// Along two sorted lists.
#[derive(Default)]
struct Walk {
    a: usize,
    b: usize,
    met: u64,
}

impl Walk {
    fn is_on(&self, a: &[u32], b: &[u32]) -> bool {
        self.a < a.len() && self.b < b.len()
    }

    /// Without branches on the data, which no processor could foresee: both lists are as good as random.
    fn step(&mut self, a: &[u32], b: &[u32]) {
        let (x, y) = (a[self.a], b[self.b]);
        self.met += u64::from(x == y);
        self.a += usize::from(x <= y);
        self.b += usize::from(y <= x);
    }

    fn finished(mut self, a: &[u32], b: &[u32]) -> u64 {
        while self.is_on(a, b) {
            self.step(a, b);
        }
        self.met
    }
}

/// Merges from the back, so that no second copy of the large list is ever held.
pub(crate) fn merge_sorted<T: Copy + Ord + Default>(all: &mut Vec<T>, added: &[T]) {
    let (mut old, mut new) = (all.len(), added.len());
    all.reserve_exact(new);
    all.resize(old + new, T::default());
    while new > 0 {
        if old > 0 && all[old - 1] > added[new - 1] {
            all[old + new - 1] = all[old - 1];
            old -= 1;
        } else {
            all[old + new - 1] = added[new - 1];
            new -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wire(texts: &[Vec<u64>]) -> Wire {
        let mut wire = Wire::default();
        texts.iter().for_each(|t| wire.take(t));
        wire
    }

    #[test]
    fn containment_is_measured_on_the_shorter_text() {
        let mut wire = wire(&[(0..40).collect(), (20..400).collect(), (30..41).collect()]);
        assert!(wire.shares(0, 1) && wire.shares(1, 0)); // 20 of 40
        assert!(!wire.shares(0, 2)); // 10 are too few, though nearly all of c
        assert_eq!(wire.settle().pairs, [(0, 1)]);
    }

    #[test]
    fn a_turn_of_phrase_leads_to_nothing_and_puts_older_pairs_in_doubt() {
        let text: Vec<u64> = (0..60).collect();
        let mut wire = wire(&vec![text.clone(); 200]);
        let first = wire.settle();
        assert_eq!((first.pairs.len(), first.doubtful.len()), (200 * 199 / 2, 0));
        assert!(wire.is_led_to(0, 1));
        (0..100).for_each(|_| wire.take(&text));
        let second = wire.settle();
        assert_eq!((second.pairs.len(), second.doubtful.len()), (0, 200));
        assert!(!wire.is_led_to(0, 1) && wire.shares(0, 1));
    }

    #[test]
    fn what_two_texts_have_in_common_counts_as_often_as_both_say_it() {
        let check = |a: &[u32], b: &[u32], expected| {
            assert_eq!((in_common(a, b), in_common(b, a)), (expected, expected), "{a:?} {b:?}");
        };
        check(&[], &[1, 2], 0);
        check(&[1], &[1], 1);
        check(&[3, 3, 3], &[1, 3, 3], 2);
        check(&[1, 4, 4, 4, 9], &[4, 4, 8, 9], 3);
        check(&[1, 2, 3, 4], &[10, 11, 12], 0);
        let (even, third): (Vec<u32>, Vec<u32>) = ((0..90).map(|n| 2 * n).collect(), (0..60).map(|n| 3 * n).collect());
        check(&even, &third, 30);
    }

    #[test]
    fn merging_in_place_sorts() {
        for added in [vec![], vec![1, 1, 9], vec![0], vec![3, 4, 4, 7]] {
            let mut all = vec![1, 4, 4, 8];
            let mut expected = [all.clone(), added.clone()].concat();
            expected.sort();
            merge_sorted(&mut all, &added);
            assert_eq!(all, expected);
        }
    }
}
