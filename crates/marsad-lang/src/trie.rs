//! Which known names go on with this word?
//!
//! The trie of all spellings, word by word. [`Growing`] takes them in while the
//! data files are read; [`Trie`] is what readers look into: the same as lists
//! of numbers, which need no unpacking.

use crate::lexicon::{Count, EntryId, Form};
use crate::packed::packed;
use crate::shelf::{Bytes, Numbers};
use foldhash::fast::FixedState;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::Range;

type Map<K, V> = HashMap<K, V, FixedState>;

/// Number of a place in the trie; 0 is before the first word.
type Node = u32;
type Word = u32;

/// The trie of all forms.
#[derive(Default)]
pub(crate) struct Trie {
    words: Words,
    /// For each word, the node of the names that begin with it; 0 for none.
    first: Numbers,
    /// Where the links of each node end: the words that may follow, in order, with the nodes they lead to.
    link_ends: Numbers,
    link_words: Numbers,
    link_nodes: Numbers,
    /// Where the forms of each node end: those of the names that end there.
    form_ends: Numbers,
    forms: Numbers,
}

impl Trie {
    /// The number of a folded word that stands in any name.
    pub(crate) fn word(&self, folded: &str) -> Option<Word> {
        self.words.find(folded)
    }

    /// Where names that begin with this word go on.
    pub(crate) fn first(&self, word: Word) -> Option<Node> {
        Some(self.first.get(word as usize)).filter(|node| *node != 0)
    }

    /// Where names go on behind `node` with this word.
    pub(crate) fn next(&self, node: Node, word: Word) -> Option<Node> {
        let Range { start: mut low, end: mut high } = self.link_ends.part(node as usize);
        while low < high {
            let middle = (low + high) / 2;
            match self.link_words.get(middle).cmp(&word) {
                Ordering::Equal => return Some(self.link_nodes.get(middle)),
                Ordering::Less => low = middle + 1,
                Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// True when no name goes on behind `node`.
    pub(crate) fn is_leaf(&self, node: Node) -> bool {
        self.link_ends.part(node as usize).is_empty()
    }

    /// The forms that end at `node`.
    pub(crate) fn forms(&self, node: Node) -> impl Iterator<Item = Form> + '_ {
        self.form_ends.part(node as usize).map(|at| Form::of(self.forms.get(at)))
    }

    pub(crate) fn form_count(&self) -> usize {
        self.forms.len()
    }
}

packed!(struct Trie { words, first, link_ends, link_words, link_nodes, form_ends, forms });

/// All words, numbered, as a hash table that is looked into where it lies.
struct Words {
    /// Twice as many as words and more, a power of two: 0 where free, else the number of a word plus one and a few
    /// bits of its hash, which spare most looks at other words.
    slots: Numbers,
    /// Where each word ends in `texts`.
    ends: Numbers,
    texts: Bytes,
}

packed!(struct Words { slots, ends, texts });

impl Default for Words {
    fn default() -> Self {
        Words::of(&[])
    }
}

/// The bits of a slot that hold the number of a word plus one; the rest are of its hash.
const NUMBER_BITS: u32 = 22;
const NUMBER_MASK: u32 = (1 << NUMBER_BITS) - 1;

impl Words {
    /// Of words in the order of their numbers.
    fn of(words: &[&str]) -> Words {
        assert!(words.len() < NUMBER_MASK as usize, "more than four million words");
        let mut slots = vec![0; (words.len() * 2 + 1).next_power_of_two()];
        for (word, number) in words.iter().zip(1..) {
            let (mut at, bits) = place(word, slots.len());
            while slots[at] != 0 {
                at = (at + 1) & (slots.len() - 1);
            }
            slots[at] = bits | number;
        }
        let ends = words.iter().scan(0, |end, word| {
            *end += word.len() as u32;
            Some(*end)
        });
        Words { slots: slots.into_iter().collect(), ends: ends.collect(), texts: words.concat().into_bytes().into() }
    }

    fn find(&self, word: &str) -> Option<Word> {
        let (mut at, bits) = place(word, self.slots.len());
        loop {
            let slot = self.slots.get(at);
            if slot == 0 {
                return None;
            }
            let number = (slot & NUMBER_MASK).wrapping_sub(1);
            if slot & !NUMBER_MASK == bits && self.texts[self.ends.part(number as usize)] == *word.as_bytes() {
                return Some(number);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }
}

/// Where to look first for a word in so many slots, and the bits of its hash that stand there.
/// The same on every machine: the table is made on another one than it is used on.
fn place(word: &str, slots: usize) -> (usize, u32) {
    let mut hash = word.len() as u64;
    for chunk in word.as_bytes().chunks(8) {
        let mut eight = [0; 8];
        eight[..chunk.len()].copy_from_slice(chunk);
        hash = (hash ^ u64::from_le_bytes(eight)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        hash ^= hash >> 32;
    }
    (hash as usize & (slots - 1), (hash >> 32) as u32 & !NUMBER_MASK)
}

/// A trie that takes in spellings.
pub(crate) struct Growing {
    words: Map<Box<str>, Word>,
    next: Map<(Node, Word), Node>,
    forms: Vec<Vec<Form>>,
}

impl Default for Growing {
    fn default() -> Self {
        Growing {
            // Room for the shipped data: growing the tables would be half of the work.
            words: Map::with_capacity_and_hasher(1 << 15, FixedState::default()),
            next: Map::with_capacity_and_hasher(1 << 16, FixedState::default()),
            forms: vec![vec![]],
        }
    }
}

impl Growing {
    /// Adds one folded spelling of an entry.
    pub(crate) fn add(&mut self, folded: &str, form: Form) {
        let mut node = 0;
        for word in words_of(folded) {
            let word = match self.words.get(word) {
                Some(known) => *known,
                None => {
                    let fresh = self.words.len() as Word;
                    self.words.insert(word.into(), fresh);
                    fresh
                }
            };
            let fresh = self.forms.len() as Node;
            node = *self.next.entry((node, word)).or_insert(fresh);
            if node == fresh {
                self.forms.push(vec![]);
            }
        }
        let forms = &mut self.forms[node as usize];
        if node != 0 && !forms.iter().any(|f| f.entry == form.entry && f.part == form.part && f.count == form.count) {
            forms.push(form);
        }
    }

    /// True when the entry has this folded spelling with this number.
    pub(crate) fn has(&self, folded: &str, entry: EntryId, count: Count) -> bool {
        let mut node = 0;
        for word in words_of(folded) {
            let Some(next) = self.words.get(word).and_then(|w| self.next.get(&(node, *w))) else { return false };
            node = *next;
        }
        self.forms[node as usize].iter().any(|f| f.entry == entry && f.count == count)
    }

    /// The trie of all that was added.
    pub(crate) fn grown(self) -> Trie {
        let mut first = vec![0; self.words.len()];
        let mut links = vec![vec![]; self.forms.len()];
        for (&(node, word), &next) in &self.next {
            match node {
                0 => first[word as usize] = next,
                node => links[node as usize].push((word, next)),
            }
        }
        // The order of a hash table is nobody's business.
        links.iter_mut().for_each(|row| row.sort_unstable());
        let mut words: Vec<(&str, Word)> = self.words.iter().map(|(text, word)| (&**text, *word)).collect();
        words.sort_unstable_by_key(|(_, word)| *word);
        let words: Vec<&str> = words.into_iter().map(|(text, _)| text).collect();
        Trie {
            words: Words::of(&words),
            first: first.into_iter().collect(),
            link_ends: ends(&links),
            link_words: links.iter().flatten().map(|(word, _)| *word).collect(),
            link_nodes: links.iter().flatten().map(|(_, node)| *node).collect(),
            form_ends: ends(&self.forms),
            forms: self.forms.iter().flatten().map(|form| form.number()).collect(),
        }
    }
}

/// Where each row ends when they stand one behind the other.
fn ends<T>(rows: &[Vec<T>]) -> Numbers {
    let ends = rows.iter().scan(0, |end, row| {
        *end += row.len() as u32;
        Some(*end)
    });
    ends.collect()
}

/// The words of a folded spelling, cut as [`Tokens`] cuts a text.
pub(crate) fn words_of(written: &str) -> impl Iterator<Item = &str> {
    let class = |c: char| if c.is_ascii_digit() { 1 } else { u8::from(crate::token::is_letter(c)) * 2 };
    let mut rest = written;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c| class(c) == 0);
        let kind = class(rest.chars().next()?);
        let end = rest.find(|c| class(c) != kind).unwrap_or(rest.len());
        let (word, tail) = rest.split_at(end);
        rest = tail;
        Some(word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Part;

    fn form(entry: EntryId) -> Form {
        Form { entry, part: Part::Construct, count: Count::Dual, feminine: true }
    }

    #[test]
    fn names_are_found_word_by_word() {
        let mut growing = Growing::default();
        let names = ["بغداد", "بغداد الجديده", "بغداد الغربيه", "اربيل"];
        for (name, entry) in names.iter().zip(0..) {
            growing.add(name, form(entry));
        }
        assert!(growing.has("بغداد الجديده", 1, Count::Dual) && !growing.has("بغداد الجديده", 0, Count::Dual));
        let trie = growing.grown();
        let entries = |name: &str| {
            let mut words = words_of(name).map(|word| trie.word(word).expect("the word was added"));
            let first = trie.first(words.next()?)?;
            let node = words.try_fold(first, |node, word| trie.next(node, word))?;
            Some(trie.forms(node).map(|f| f.entry).collect::<Vec<_>>())
        };
        for (name, entry) in names.iter().zip(0..) {
            assert_eq!(entries(name), Some(vec![entry]), "{name}");
        }
        assert_eq!((entries("الجديده"), entries("اربيل الجديده")), (None, None));
        assert_eq!(trie.word("البصره"), None);
        assert_eq!(trie.form_count(), 4);
    }

    #[test]
    fn a_form_is_one_number() {
        let back = Form::of(form(33_000_000).number());
        assert_eq!(
            (back.entry, back.part, back.count, back.feminine),
            (33_000_000, Part::Construct, Count::Dual, true)
        );
    }

    #[test]
    fn every_word_is_found_in_a_full_table() {
        let words: Vec<String> = (0..1000).map(|n| format!("كلمة{n}")).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let table = Words::of(&words);
        assert!(words.iter().zip(0..).all(|(word, number)| table.find(word) == Some(number)));
        assert_eq!(table.find("كلمة"), None);
    }
}
