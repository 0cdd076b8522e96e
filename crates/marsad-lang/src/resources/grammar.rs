//! Which letters are clitics, and with which endings are forms derived?
//!
//! One file, `ar/words/clitics.toml`, read before all others.

use super::file_error;
use super::loader::Loader;
use super::spacing::Spacing;
use crate::error::Error;
use crate::inflect::Endings;
use toml::{Table, Value};

impl Loader {
    pub(super) fn grammar(&mut self, contents: &str) -> Result<(), Error> {
        const FILE: &str = "ar/words/clitics.toml";
        let doc: Table = toml::from_str(contents).map_err(|e| file_error(FILE, e))?;
        let read = Keys { file: FILE, doc: &doc };
        let c = &mut self.lexicon.clitics;
        c.conjunctions = read.text("clitics", "conjunctions")?.chars().collect();
        c.consequence = read.letter("clitics", "consequence")?;
        c.prepositions = read.text("clitics", "prepositions")?.chars().collect();
        c.article = self.fold.fold_str(&read.text("clitics", "article")?);
        c.swallowing = read.letter("clitics", "swallowing")?;
        c.future = read.letter("clitics", "future")?;
        c.likeness = read.letter("clitics", "likeness")?;
        c.ta = read.letter("clitics", "ta")?;
        let folded = |letter: char| self.fold.fold_str(&letter.to_string()).chars().next().unwrap_or(letter);
        c.alif = folded(read.letter("clitics", "alif")?);
        c.maqsura = folded(read.letter("clitics", "maqsura")?);
        c.waw = folded(read.letter("clitics", "waw")?);
        let ta_marbuta = read.letter("clitics", "ta_marbuta")?;
        c.ta_marbuta = self.fold.fold_str(&ta_marbuta.to_string()).chars().next().unwrap_or(ta_marbuta);
        let pronouns = |key: &str| Ok(read.list("clitics", key)?.iter().map(|p| self.fold.fold_str(p)).collect());
        c.pronouns = pronouns("pronouns")?;
        c.pronouns_one = pronouns("pronouns_one")?;
        c.pronouns_two = pronouns("pronouns_two")?;
        self.spacing = Spacing {
            unjoined: read.text("spacing", "unjoined")?.chars().collect(),
            heads: read.list("spacing", "heads")?,
        };
        self.measures.clitics = c.clone();
        self.lexicon.adjective_ending = Some(read.letter("endings", "relative_adjective")?);
        let text = |key: &str| read.text("endings", key);
        self.endings = Endings {
            dual_nominative: text("dual_nominative")?,
            dual_oblique: text("dual_oblique")?,
            construct_nominative: text("construct_nominative")?,
            construct_oblique: text("construct_oblique")?,
            plural_masculine: text("plural_masculine")?,
            plural_feminine: text("plural_feminine")?,
            accusative: text("accusative")?,
            ta_marbuta,
            ta: c.ta,
            verb_feminine: text("verb_feminine")?,
            verb_dual: text("verb_dual")?,
            verb_dual_feminine: text("verb_dual_feminine")?,
            verb_plural: text("verb_plural")?,
            present_masculine: read.letter("endings", "present_masculine")?,
            present_feminine: read.letter("endings", "present_feminine")?,
            present_dual: text("present_dual")?,
            present_plural: text("present_plural")?,
            weak_finals: text("weak_finals")?.chars().collect(),
            weak_dual: text("weak_dual")?,
        };
        Ok(())
    }
}

/// The grammar file's keys.
struct Keys<'a> {
    file: &'a str,
    doc: &'a Table,
}

impl Keys<'_> {
    fn text(&self, table: &str, key: &str) -> Result<String, Error> {
        let value = self.doc.get(table).and_then(|t| t.get(key)).and_then(Value::as_str);
        value.map(str::to_string).ok_or_else(|| Error::data(self.file, table, format!("{key}: expected a string")))
    }

    fn letter(&self, table: &str, key: &str) -> Result<char, Error> {
        let text = self.text(table, key)?;
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(letter), None) => Ok(letter),
            _ => Err(Error::data(self.file, table, format!("{key}: expected one letter"))),
        }
    }

    fn list(&self, table: &str, key: &str) -> Result<Vec<String>, Error> {
        let value = self.doc.get(table).and_then(|t| t.get(key)).and_then(Value::as_array);
        let value = value.ok_or_else(|| Error::data(self.file, table, format!("{key}: expected a list")))?;
        Ok(value.iter().filter_map(|v| v.as_str().map(str::to_string)).collect())
    }
}
