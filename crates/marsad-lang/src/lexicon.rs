//! Which known words and names start here?
//!
//! All lexicons, word lists and place names live in one trie of words (`trie.rs`). An
//! entry has a class (`weapon`, `place`, `word` …), an id, a family, and forms;
//! duals, sound plurals and verb forms are derived when the data is loaded, so
//! that the files list only what grammar does not give.

use crate::packed::{Packed, Packer, Unpacker, packed};
use crate::shelf::{Numbers, Shelf};
use crate::token::{CliticTable, Clitics, TokenKind, Tokens};
use crate::trie::Trie;
use foldhash::fast::FixedState;
use std::collections::HashMap;
use std::sync::Arc;

/// What kind of thing an entry names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    Place,
    Actor,
    Person,
    Weapon,
    Target,
    People,
    /// Groups of things that a word list names: verbs, prepositions, cues.
    Word,
    Number,
    Month,
    Weekday,
}

impl Class {
    pub fn name(self) -> &'static str {
        match self {
            Class::Place => "place",
            Class::Actor => "actor",
            Class::Person => "person",
            Class::Weapon => "weapon",
            Class::Target => "target",
            Class::People => "people",
            Class::Word => "word",
            Class::Number => "number",
            Class::Month => "month",
            Class::Weekday => "weekday",
        }
    }
}

/// Grammatical number of a form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Count {
    #[default]
    Singular,
    Dual,
    Plural,
    /// Either dual or plural: the ending does not tell (مدنيين).
    DualOrPlural,
}

/// Part that a form plays: which conjugation or derivation it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    #[default]
    Plain,
    Perfect,
    Imperfect,
    /// Passive, where the spelling tells it from the active.
    Passive,
    /// Verbal noun.
    Noun,
    Participle,
    /// Counts only after a place word or preposition.
    Weak,
    /// Accusative with its alif: indefinite, so no name follows it.
    Indefinite,
    /// Dual without its ending, before the noun it governs (صاروخا كاتيوشا).
    Construct,
}

impl Count {
    const ALL: [Count; 4] = [Count::Singular, Count::Dual, Count::Plural, Count::DualOrPlural];
}

impl Part {
    const ALL: [Part; 9] = [
        Part::Plain,
        Part::Perfect,
        Part::Imperfect,
        Part::Passive,
        Part::Noun,
        Part::Participle,
        Part::Weak,
        Part::Indefinite,
        Part::Construct,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Part::Plain => "plain",
            Part::Perfect => "perfect",
            Part::Imperfect => "imperfect",
            Part::Passive => "passive",
            Part::Noun => "noun",
            Part::Participle => "participle",
            Part::Weak => "weak",
            Part::Indefinite => "indefinite",
            Part::Construct => "construct",
        }
    }
}

pub type EntryId = u32;
/// An interned name that patterns and code ask for: a class, an id, a family.
pub type Label = u16;

/// A set of labels, for tests in the inner loops of all readers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LabelSet([u64; LabelSet::WORDS]);

impl LabelSet {
    const WORDS: usize = 12;
    /// How many different labels the data may have.
    pub const CAPACITY: usize = LabelSet::WORDS * 64;

    pub fn of(labels: &[Label]) -> LabelSet {
        let mut out = LabelSet::default();
        labels.iter().for_each(|l| out.insert(*l));
        out
    }

    pub fn insert(&mut self, label: Label) {
        self.0[label as usize / 64] |= 1 << (label % 64);
    }

    /// Takes in all labels of another set.
    pub fn extend(&mut self, other: &LabelSet) {
        self.0.iter_mut().zip(other.0).for_each(|(mine, theirs)| *mine |= theirs);
    }

    /// The labels that both sets have.
    pub fn common(&self, other: &LabelSet) -> LabelSet {
        LabelSet(std::array::from_fn(|i| self.0[i] & other.0[i]))
    }

    pub fn contains(&self, label: &Label) -> bool {
        self.0[*label as usize / 64] & (1 << (label % 64)) != 0
    }

    pub fn iter(&self) -> impl Iterator<Item = Label> + '_ {
        let bits = |(i, word): (usize, &u64)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                (rest != 0).then(|| {
                    let bit = rest.trailing_zeros();
                    rest &= rest - 1;
                    (i * 64) as Label + bit as Label
                })
            })
        };
        self.0.iter().enumerate().flat_map(bits)
    }
}

/// One thing that the data names.
#[derive(Clone, Debug)]
pub struct Entry {
    pub class: Class,
    pub id: Arc<str>,
    /// `weapon/katyusha`: what evidence cites.
    pub rule: Arc<str>,
    pub en: Arc<str>,
    pub family: Arc<str>,
    /// Number word, month number, weekday: whatever the entry counts as.
    pub value: f64,
    /// Class, id, family and tags as labels.
    pub labels: LabelSet,
    /// Other string keys of the entry, in file order.
    pub extra: Vec<(String, String)>,
}

impl Entry {
    pub fn extra(&self, key: &str) -> Option<&str> {
        self.extra.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str())
    }
}

/// One spelling of an entry.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    pub entry: EntryId,
    pub part: Part,
    pub count: Count,
    pub feminine: bool,
}

impl Form {
    /// All of it in one number: the entry above seven bits for the rest.
    pub(crate) fn number(self) -> u32 {
        assert!(self.entry < 1 << 25, "more than 33 million entries");
        let part = Part::ALL.iter().position(|p| *p == self.part).expect("all parts are listed") as u32;
        let count = Count::ALL.iter().position(|c| *c == self.count).expect("all counts are listed") as u32;
        self.entry << 7 | part << 3 | count << 1 | u32::from(self.feminine)
    }

    /// The form that [`Form::number`] wrote down.
    pub(crate) fn of(number: u32) -> Form {
        Form {
            entry: number >> 7,
            part: Part::ALL[(number >> 3 & 0xf) as usize],
            count: Count::ALL[(number >> 1 & 3) as usize],
            feminine: number & 1 == 1,
        }
    }
}

/// A form found in a text.
#[derive(Clone, Copy, Debug)]
pub struct Match {
    pub first: usize,
    pub end: usize,
    pub form: Form,
    pub clitics: Clitics,
}

type Map<K, V> = HashMap<K, V, FixedState>;

/// All entries, and the trie of their forms.
#[derive(Default)]
pub struct Lexicon {
    pub(crate) entries: Shelf<Entry>,
    weapons: Vec<EntryId>,
    /// All entries in the order of their English names.
    by_en: Numbers,
    labels: Map<String, Label>,
    pub(crate) trie: Trie,
    pub clitics: CliticTable,
    /// Folded last letter of relative adjectives (زراعي).
    pub adjective_ending: Option<char>,
}

impl Lexicon {
    pub fn entry(&self, id: EntryId) -> &Entry {
        self.entries.get(id as usize)
    }

    pub fn entry_count(&self) -> usize {
        self.entries.len()
    }

    /// The weapon of an id, which rules name.
    pub fn weapon(&self, id: &str) -> Option<EntryId> {
        self.weapons.iter().copied().find(|weapon| *self.entry(*weapon).id == *id)
    }

    /// The entries with this English name, in the order of the data.
    pub fn named(&self, en: &str) -> impl Iterator<Item = &Entry> {
        let name = move |at: usize| self.entry(self.by_en.get(at));
        let (mut first, mut end) = (0, self.by_en.len());
        while first < end {
            let middle = (first + end) / 2;
            if *name(middle).en < *en { first = middle + 1 } else { end = middle }
        }
        (first..self.by_en.len()).map(name).take_while(move |e| *e.en == *en)
    }

    /// Once all entries are there: makes them known by their English names.
    pub(crate) fn index_names(&mut self) {
        let mut ids: Vec<EntryId> = (0..self.entry_count() as EntryId).collect();
        ids.sort_by_key(|id| &self.entry(*id).en);
        self.by_en = ids.into_iter().collect();
    }

    /// The actor with this id; looks through all entries.
    pub fn actor(&self, id: &str) -> Option<&Entry> {
        (0..self.entry_count()).map(|i| self.entry(i as EntryId)).find(|e| e.class == Class::Actor && *e.id == *id)
    }

    /// A label that no entry carries.
    pub(crate) const NO_LABEL: Label = (LabelSet::CAPACITY - 1) as Label;

    /// The label of a name, when any entry carries it.
    pub fn label(&self, name: &str) -> Option<Label> {
        self.labels.get(name).copied()
    }

    pub fn label_count(&self) -> usize {
        self.labels.len()
    }

    pub fn intern(&mut self, name: &str) -> Label {
        if let Some(label) = self.labels.get(name) {
            return *label;
        }
        let label = self.labels.len() as Label;
        assert!(label < Lexicon::NO_LABEL, "more than {} word lists, families and tags", Lexicon::NO_LABEL);
        self.labels.insert(name.to_string(), label);
        label
    }

    /// Adds an entry and returns its number.
    pub fn add_entry(&mut self, entry: Entry) -> EntryId {
        let id = self.entries.len() as EntryId;
        if entry.class == Class::Weapon {
            self.weapons.push(id);
        }
        self.entries.made().push(entry);
        id
    }

    /// Number of spellings, for `doctor`.
    pub fn form_count(&self) -> usize {
        self.trie.form_count()
    }

    /// True when any form is exactly this folded word.
    pub fn knows_word(&self, folded: &str) -> bool {
        self.trie.word(folded).is_some()
    }

    /// True when a word, less its clitics, is a form by itself.
    pub fn knows_reading(&self, word: &str) -> bool {
        let mut known = false;
        self.clitics.readings(word, &mut String::new(), |stem, _| {
            let node = self.trie.word(stem).and_then(|word| self.trie.first(word));
            known |= node.is_some_and(|n| self.trie.forms(n).next().is_some());
        });
        known
    }

    /// Calls `found` for every form that starts at token `first`.
    pub fn matches_at(&self, tokens: &Tokens, first: usize, scratch: &mut String, found: &mut impl FnMut(Match)) {
        if tokens.list[first].kind != TokenKind::Word {
            return;
        }
        let text = tokens.text(first);
        self.clitics.readings(text, scratch, |word, clitics| {
            let Some(node) = self.trie.word(word).and_then(|word| self.trie.first(word)) else { return };
            self.walk(tokens, first, first + 1, node, clitics, found);
        });
    }

    fn walk(
        &self,
        tokens: &Tokens,
        first: usize,
        end: usize,
        node: u32,
        clitics: Clitics,
        found: &mut impl FnMut(Match),
    ) {
        for form in self.trie.forms(node) {
            found(Match { first, end, form, clitics });
        }
        if self.trie.is_leaf(node) {
            return;
        }
        let at = skip_inner_sign(tokens, end);
        if at >= tokens.len() || !matches!(tokens.list[at].kind, TokenKind::Word | TokenKind::Number) {
            return;
        }
        let text = tokens.text(at);
        for word in [Some(text), text.strip_prefix(self.clitics.article.as_str())].into_iter().flatten() {
            if let Some(node) = self.trie.word(word).and_then(|word| self.trie.next(node, word)) {
                self.walk(tokens, first, at + 1, node, clitics, found);
                return;
            }
        }
    }
}

/// Labels are packed in the order of their numbers.
impl Packed for Lexicon {
    fn pack(&self, out: &mut Packer) {
        let Lexicon { entries, weapons, by_en, labels, trie, clitics, adjective_ending } = self;
        let mut names: Vec<(Label, String)> = labels.iter().map(|(name, label)| (*label, name.clone())).collect();
        names.sort_unstable();
        names.into_iter().map(|(_, name)| name).collect::<Vec<_>>().pack(out);
        entries.pack(out);
        weapons.pack(out);
        by_en.pack(out);
        trie.pack(out);
        clitics.pack(out);
        adjective_ending.pack(out);
    }

    fn unpack(from: &mut Unpacker) -> Lexicon {
        let names = Vec::<String>::unpack(from);
        Lexicon {
            labels: names.into_iter().zip(0..).collect(),
            entries: Packed::unpack(from),
            weapons: Packed::unpack(from),
            by_en: Packed::unpack(from),
            trie: Packed::unpack(from),
            clitics: Packed::unpack(from),
            adjective_ending: Packed::unpack(from),
        }
    }
}

impl Packed for LabelSet {
    fn pack(&self, out: &mut Packer) {
        self.iter().collect::<Vec<Label>>().pack(out);
    }

    fn unpack(from: &mut Unpacker) -> LabelSet {
        let mut set = LabelSet::default();
        (0..usize::unpack(from)).for_each(|_| set.insert(Label::unpack(from)));
        set
    }
}

packed!(struct Entry { class, id, rule, en, family, value, labels, extra });
packed!(
    enum Class {
        Place,
        Actor,
        Person,
        Weapon,
        Target,
        People,
        Word,
        Number,
        Month,
        Weekday,
    }
);
packed!(
    enum Count {
        Singular,
        Dual,
        Plural,
        DualOrPlural,
    }
);
packed!(
    enum Part {
        Plain,
        Perfect,
        Imperfect,
        Passive,
        Noun,
        Participle,
        Weak,
        Indefinite,
        Construct,
    }
);

/// Names keep their words together across a hyphen, a slash, a point or quotation marks
/// («سي.ان.ان», "c-ram", كتائب "حزب الله"): the sign is skipped when words stand on both sides.
fn skip_inner_sign(tokens: &Tokens, at: usize) -> usize {
    const INNER: [&str; 10] = ["-", "–", "\"", "«", ".", "/", "“", "”", "‹", "'"];
    let inner = at < tokens.len() && tokens.list[at].kind == TokenKind::Sign && INNER.contains(&tokens.text(at));
    // A full stop inside an abbreviation is glued to both of its neighbours.
    let stop_is_loose = inner && tokens.text(at) == "." && !(tokens.glued(at) && at > 0 && tokens.glued(at - 1));
    if inner && !stop_is_loose { at + 1 } else { at }
}
