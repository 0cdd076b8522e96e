//! How does one write, in Latin letters, a name that the gazetteer lacks?
//!
//! A plain letter-by-letter romanization with a vowel between two consonants
//! that would stand together: readable and searchable, and never passed off as
//! the established English spelling.

use std::collections::BTreeMap;

/// Romanizes an Arabic name word by word; the article becomes `al-`.
pub(crate) fn romanize(table: &BTreeMap<char, String>, article: &str, name: &str) -> String {
    let words: Vec<String> =
        name.split_whitespace().map(|w| word(table, article, w)).filter(|w| !w.is_empty()).collect();
    words.join(" ")
}

fn word(table: &BTreeMap<char, String>, article: &str, word: &str) -> String {
    let bare = word.strip_prefix(article).filter(|rest| rest.chars().count() > 2);
    let letters: String =
        bare.unwrap_or(word).chars().filter_map(|c| table.get(&c)).fold(String::new(), |out, next| join(out, next));
    let mut chars = letters.chars();
    let capital: String = chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default();
    if bare.is_some() { format!("al-{capital}") } else { capital }
}

fn join(mut out: String, next: &str) -> String {
    let vowel = |c: Option<char>| c.is_none_or(|c| "aeiouwy".contains(c));
    if !vowel(out.chars().last()) && !vowel(next.chars().next()) {
        out.push('a');
    }
    out.push_str(next);
    out
}
