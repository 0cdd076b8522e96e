//! Which phrases of the data does a line consist of, whatever its punctuation?
//!
//! Lines and phrases are compared by their *key*: folded words with one space
//! between them, all signs left out. The lists are the furniture of
//! `data/outlets/_common.toml` and `_page.toml`.

use foldhash::fast::FixedState;
use marsad_lang::{Resources, is_letter};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Folded words with single spaces: what lines are compared by.
pub(crate) fn key(res: &Resources, text: &str) -> String {
    let folded = res.fold.fold_str(text);
    let mut key = String::with_capacity(folded.len());
    for word in words_of(&folded) {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(word);
    }
    key
}

fn words_of(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|c: char| !c.is_ascii_digit() && !is_letter(c)).filter(|w| !w.is_empty())
}

/// The phrase lists of the data, ready for comparison with keys.
pub(crate) struct Phrases<'r> {
    pub res: &'r Resources,
    lists: BTreeMap<&'r str, List>,
    outlets: BTreeMap<String, usize>,
    chrome: BTreeSet<String>,
}

/// Keys in no order, to be asked for.
pub(crate) type Keys = HashSet<String, FixedState>;

/// The keys of one list, and ways to look for them.
#[derive(Default)]
struct List {
    keys: Vec<String>,
    whole: Keys,
    words: Keys,
    /// The first words of the keys.
    first: Keys,
}

impl List {
    fn new(keys: Vec<String>) -> List {
        let owned = |w: &str| w.to_string();
        List {
            whole: keys.iter().cloned().collect(),
            words: keys.iter().flat_map(|k| k.split(' ')).map(owned).collect(),
            first: keys.iter().filter_map(|k| k.split(' ').next()).map(owned).collect(),
            keys,
        }
    }
}

impl<'r> Phrases<'r> {
    pub fn new(res: &'r Resources) -> Phrases<'r> {
        let keys = |list: &Vec<String>| list.iter().map(|p| key(res, p)).filter(|k| !k.is_empty()).collect();
        let (mut outlets, mut chrome) = (BTreeMap::new(), BTreeSet::new());
        for (i, outlet) in res.outlets.iter().enumerate() {
            for name in outlet.names.iter().chain([&outlet.en]) {
                outlets.entry(key(res, name)).or_insert(i);
            }
            chrome.extend(outlet.chrome.iter().map(|c| key(res, c)));
        }
        let lists = res.furniture.iter().map(|(name, list)| (name.as_str(), List::new(keys(list)))).collect();
        Phrases { res, lists, outlets, chrome }
    }

    /// The keys of one list; empty when the data has none of that name.
    pub fn list(&self, name: &str) -> &[String] {
        self.lists.get(name).map_or(&[], |l| l.keys.as_slice())
    }

    /// The lists whose name begins with `prefix`, by the rest of their name.
    pub fn lists<'s>(&'s self, prefix: &'s str) -> impl Iterator<Item = (&'s str, &'s [String])> {
        self.lists.iter().filter_map(move |(n, l)| Some((n.strip_prefix(prefix)?, l.keys.as_slice())))
    }

    /// The same for those who ask many times.
    pub fn whole(&self, name: &str) -> Option<&Keys> {
        self.lists.get(name).map(|l| &l.whole)
    }

    /// True when the key is a phrase of the list.
    pub fn is(&self, list: &str, key: &str) -> bool {
        self.lists.get(list).is_some_and(|l| l.whole.contains(key))
    }

    /// True when a folded word is a word of some phrase of the list.
    pub fn has_word(&self, list: &str, word: &str) -> bool {
        self.lists.get(list).is_some_and(|l| l.words.contains(word))
    }

    /// The longest phrase of the list with which the key begins.
    pub fn opening(&self, list: &str, key: &str) -> Option<&str> {
        let list = self.lists.get(list).filter(|l| l.first.contains(key.split(' ').next().unwrap_or_default()))?;
        let begins =
            |p: &&String| key.strip_prefix(p.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
        list.keys.iter().filter(begins).max_by_key(|p| p.len()).map(String::as_str)
    }

    /// The outlet of that name, as its place in `Resources::outlets`.
    pub fn outlet(&self, key: &str) -> Option<usize> {
        self.outlets.get(key).copied()
    }

    /// The outlet of that host or of a host above it, as its place in `Resources::outlets`.
    pub fn outlet_of_host(&self, host: &str) -> Option<usize> {
        let is_of = |known: &str| host.strip_suffix(known).is_some_and(|sub| sub.is_empty() || sub.ends_with('.'));
        // A host below another may be an outlet of its own: the longest decides.
        let hosts = self.res.outlets.iter().enumerate().flat_map(|(i, o)| o.hosts.iter().map(move |h| (h.as_str(), i)));
        hosts.filter(|(known, _)| is_of(known)).max_by_key(|(known, _)| known.len()).map(|(_, i)| i)
    }

    /// True when the key is furniture of a known outlet.
    pub fn is_chrome(&self, key: &str) -> bool {
        self.chrome.contains(key)
    }
}
