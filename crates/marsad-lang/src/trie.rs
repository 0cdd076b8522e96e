//! Which known names go on with this word?
//!
//! The trie of all spellings, word by word. [`Growing`] takes them in while the
//! data files are read; [`Trie`] is what readers look into: the same as flat
//! lists, which are quick to make from packed bytes.

use crate::lexicon::{Count, EntryId, Form};
use crate::packed::{Packed, Packer, Text, Unpacker};
use foldhash::fast::FixedState;
use std::collections::HashMap;

type Map<K, V> = HashMap<K, V, FixedState>;

/// Number of a place in the trie; 0 is before the first word.
type Node = u32;
type Word = u32;

/// The trie of all forms.
#[derive(Default)]
pub(crate) struct Trie {
    words: Map<Text, Word>,
    /// For each word, the node of the names that begin with it; 0 for none.
    first: Vec<Node>,
    /// The words that may follow a node, with the nodes they lead to, by node and word.
    links: Rows<(Word, Node)>,
    /// The forms that end at a node.
    forms: Rows<Form>,
}

impl Trie {
    /// The number of a folded word that stands in any name.
    pub(crate) fn word(&self, folded: &str) -> Option<Word> {
        self.words.get(folded).copied()
    }

    /// Where names that begin with this word go on.
    pub(crate) fn first(&self, word: Word) -> Option<Node> {
        Some(self.first[word as usize]).filter(|node| *node != 0)
    }

    /// Where names go on behind `node` with this word.
    pub(crate) fn next(&self, node: Node, word: Word) -> Option<Node> {
        let links = self.links.row(node);
        let at = links.binary_search_by_key(&word, |(word, _)| *word).ok()?;
        Some(links[at].1)
    }

    /// True when no name goes on behind `node`.
    pub(crate) fn is_leaf(&self, node: Node) -> bool {
        self.links.row(node).is_empty()
    }

    /// The forms that end at `node`.
    pub(crate) fn forms(&self, node: Node) -> &[Form] {
        self.forms.row(node)
    }

    pub(crate) fn form_count(&self) -> usize {
        self.forms.items.len()
    }
}

/// Words are packed in the order of their numbers.
impl Packed for Trie {
    fn pack(&self, out: &mut Packer) {
        let Trie { words, first, links, forms } = self;
        let mut texts: Vec<(Word, &Text)> = words.iter().map(|(text, word)| (*word, text)).collect();
        texts.sort_unstable();
        texts.into_iter().map(|(_, text)| text.clone()).collect::<Vec<Text>>().pack(out);
        first.pack(out);
        links.pack(out);
        forms.pack(out);
    }

    fn unpack(from: &mut Unpacker) -> Trie {
        let count = usize::unpack(from);
        let mut words = Map::with_capacity_and_hasher(count, FixedState::default());
        words.extend((0..count as Word).map(|word| (Text::unpack(from), word)));
        Trie { words, first: Packed::unpack(from), links: Packed::unpack(from), forms: Packed::unpack(from) }
    }
}

/// For each node a row of items, all rows in one list.
struct Rows<T> {
    /// Where the row of each node ends.
    ends: Vec<u32>,
    items: Vec<T>,
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Rows { ends: vec![], items: vec![] }
    }
}

impl<T> Rows<T> {
    fn row(&self, node: Node) -> &[T] {
        let node = node as usize;
        let start = if node == 0 { 0 } else { self.ends[node - 1] };
        &self.items[start as usize..self.ends[node] as usize]
    }
}

impl<T> FromIterator<Vec<T>> for Rows<T> {
    fn from_iter<I: IntoIterator<Item = Vec<T>>>(rows: I) -> Self {
        let mut all = Rows::default();
        for mut row in rows {
            all.items.append(&mut row);
            all.ends.push(all.items.len() as u32);
        }
        all
    }
}

/// The length of each row is packed, not its end: small numbers are short.
impl<T: Packed> Packed for Rows<T> {
    fn pack(&self, out: &mut Packer) {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        self.ends.iter().zip(starts).map(|(end, start)| end - start).collect::<Vec<u32>>().pack(out);
        self.items.pack(out);
    }

    fn unpack(from: &mut Unpacker) -> Rows<T> {
        let mut ends = Vec::<u32>::unpack(from);
        let mut end = 0;
        for length in &mut ends {
            end += *length;
            *length = end;
        }
        Rows { ends, items: Packed::unpack(from) }
    }
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
        for ((node, word), next) in self.next {
            match node {
                0 => first[word as usize] = next,
                node => links[node as usize].push((word, next)),
            }
        }
        // The order of a hash table is nobody's business.
        links.iter_mut().for_each(|row| row.sort_unstable());
        Trie {
            words: self.words.into_iter().map(|(text, word)| (Text::Owned(text.into()), word)).collect(),
            first,
            links: links.into_iter().collect(),
            forms: self.forms.into_iter().collect(),
        }
    }
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
