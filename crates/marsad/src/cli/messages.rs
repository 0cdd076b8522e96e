//! In which words does the command speak?
//!
//! Fixed phrases live in `messages/en.toml` and `messages/ar.toml`, one key a
//! phrase, `{name}` where a value goes. Values are never translated: file
//! names, numbers and quoted text stand as they are.

use super::args::Lang;
use std::collections::BTreeMap;

/// The phrases of one language, by dotted key.
pub struct Messages {
    phrases: BTreeMap<String, String>,
}

impl Messages {
    pub fn of(lang: Lang) -> Messages {
        let source = match lang {
            Lang::En => include_str!("../../messages/en.toml"),
            Lang::Ar => include_str!("../../messages/ar.toml"),
        };
        let table: toml::Table = source.parse().expect("a test reads both catalogues");
        let mut phrases = BTreeMap::new();
        for (section, entries) in &table {
            let entries = entries.as_table().into_iter().flatten();
            phrases.extend(entries.filter_map(|(key, v)| Some((format!("{section}.{key}"), v.as_str()?.to_string()))));
        }
        Messages { phrases }
    }

    /// The phrase with its values filled in; a key that is missing stands for itself.
    pub fn say(&self, key: &str, values: &[(&str, &dyn std::fmt::Display)]) -> String {
        let phrase = self.find(key).unwrap_or(key).to_string();
        values.iter().fold(phrase, |text, (name, value)| text.replace(&format!("{{{name}}}"), &value.to_string()))
    }

    /// `1 report`, `3 أخبار`: the form that the number asks for in Arabic; English has the same keys.
    pub fn counted(&self, what: &str, n: usize) -> String {
        let form = match (n, n % 100) {
            (1, _) => "one",
            (2, _) => "two",
            (_, 3..=10) => "few",
            _ => "many",
        };
        self.say(&format!("count.{what}_{form}"), &[("n", &n)])
    }

    /// The phrase of a key without values, if there is one.
    pub fn find(&self, key: &str) -> Option<&str> {
        self.phrases.get(key).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(phrase: &str) -> Vec<&str> {
        let mut names: Vec<&str> = phrase.split('{').skip(1).filter_map(|p| p.split_once('}')).map(|p| p.0).collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn both_languages_say_the_same_things() {
        let (en, ar) = (Messages::of(Lang::En), Messages::of(Lang::Ar));
        let missing: Vec<_> = en.phrases.keys().filter(|k| !ar.phrases.contains_key(*k)).collect();
        assert!(missing.is_empty(), "messages/ar.toml lacks {missing:?}");
        // These have English words of their own where they arise.
        const OWN: [&str; 6] = ["error.", "hint.", "skip.", "weekday.", "time.", "munitions."];
        let own = |key: &str| OWN.iter().any(|prefix| key.starts_with(prefix));
        for (key, phrase) in ar.phrases.iter().filter(|(key, _)| !own(key)) {
            let english = en.phrases.get(key).unwrap_or_else(|| panic!("messages/en.toml lacks {key}"));
            assert_eq!(names(phrase), names(english), "{key}");
        }
    }

    #[test]
    fn every_word_of_the_vocabularies_has_a_label() {
        use marsad_model::{Epistemic, EventType, Role, SourceKind};
        let mut keys: Vec<String> = EventType::ALL.iter().map(|v| format!("type.{}", v.name())).collect();
        keys.extend(Epistemic::ALL.iter().map(|v| format!("epistemic.{}", v.name())));
        keys.extend(Role::ALL.iter().map(|v| format!("role.{}", v.name())));
        keys.extend(SourceKind::ALL.iter().map(|v| format!("kind.{}", v.name())));
        let en = Messages::of(Lang::En);
        let missing: Vec<_> = keys.iter().filter(|k| en.find(k).is_none()).collect();
        assert!(missing.is_empty(), "messages/en.toml lacks {missing:?}");
    }

    #[test]
    fn counted_things_are_singular_dual_or_plural() {
        let said = |lang, n| Messages::of(lang).counted("voices", n);
        assert_eq!(said(Lang::En, 1), "1 independent voice");
        assert_eq!(said(Lang::En, 12), "12 independent voices");
        assert_eq!(said(Lang::Ar, 3), "3 أصوات مستقلة");
        assert_eq!(said(Lang::Ar, 11), "11 صوتا مستقلا");
        assert_eq!(said(Lang::Ar, 103), "103 أصوات مستقلة");
    }

    #[test]
    fn values_are_filled_in() {
        let said = Messages::of(Lang::En).say("note.more_skipped", &[("code", &"empty"), ("count", &3)]);
        assert!(said.contains("empty") && said.contains('3') && !said.contains('{'), "{said}");
    }
}
