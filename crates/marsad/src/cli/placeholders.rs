//! Which entries were begun with `data new` and not filled in?
//!
//! The names, forms and sentences of the templates stand for those of the user.
//! One that still stands literally in a data file would be matched in articles.

use super::templates::{KINDS, template};
use marsad_lang::check::Finding;
use std::collections::BTreeSet;
use toml::{Table, Value};

/// Keys of a template whose words must be replaced; the others hold choices that may stay, such as a kind.
const TO_REPLACE: [&str; 4] = ["en", "ar", "hosts", "expect"];

/// One finding for each word of a template that a file still has.
pub fn left_in(files: &[(String, String)]) -> Vec<Finding> {
    let placeholders = placeholders();
    files.iter().flat_map(|(name, text)| left_in_file(name, text, &placeholders)).collect()
}

/// The words to replace, as `(key, word)`.
fn placeholders() -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for kind in KINDS {
        let table: Table = template(kind).entry.replace("{id}", "id").parse().expect("a test reads every template");
        for (key, value) in table.values().filter_map(Value::as_table).flatten() {
            if TO_REPLACE.contains(&key.as_str()) {
                each_word(value, &mut |word| _ = found.insert((key.clone(), word.to_string())));
            }
        }
    }
    found
}

fn left_in_file(name: &str, text: &str, placeholders: &BTreeSet<(String, String)>) -> Vec<Finding> {
    // What is no TOML is a finding of the other checks.
    let Ok(table) = text.parse::<Table>() else { return vec![] };
    let mut findings = vec![];
    for (entry, value) in &table {
        for (key, value) in value.as_table().into_iter().flatten() {
            each_word(value, &mut |word| {
                if placeholders.contains(&(key.clone(), word.to_string())) {
                    let message = format!("{key} still has the words of the template, {word:?}: write your own");
                    let (file, entry) = (name.to_string(), entry.clone());
                    findings.push(Finding { file, entry, kind: "placeholder", message });
                }
            });
        }
    }
    findings
}

/// Calls `f` with every string in a value, whatever the tables and lists around it.
fn each_word(value: &Value, f: &mut dyn FnMut(&str)) {
    match value {
        Value::String(word) => f(word),
        Value::Array(items) => items.iter().for_each(|item| each_word(item, f)),
        Value::Table(table) => table.values().for_each(|item| each_word(item, f)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_data_has_none_and_every_template_has_some() {
        let shipped: Vec<(String, String)> =
            crate::SHIPPED.iter().map(|(name, text)| (name.to_string(), text.to_string())).collect();
        assert_eq!(left_in(&shipped), []);
        for kind in KINDS {
            let entry = template(kind).entry.replace("{id}", "my-own");
            let findings = left_in(&[("own.toml".to_string(), entry)]);
            assert!(findings.iter().all(|f| f.entry == "my-own" && f.kind == "placeholder"));
            assert!(!findings.is_empty(), "{kind:?}");
        }
    }
}
