//! Which phrases say how one event stands to another?
//!
//! The rules of `data/ar/links/`: a pattern of the language of the triggers, what the phrase means, which of the two
//! events is told behind it, and what must hold of the two.

use crate::error::Error;
use crate::lexicon::Lexicon;
use crate::packed::packed;
use crate::pattern::{Pattern, strings};
use toml::{Table, Value};

/// One rule of `data/ar/links/`.
#[derive(Clone, Debug)]
pub struct LinkRule {
    pub file: String,
    pub id: String,
    /// `links/reply-to`: what evidence cites.
    pub rule: std::sync::Arc<str>,
    /// `retaliation_for`, `follow_up_of`, `same_campaign_as` or `part_of`.
    pub kind: String,
    /// Behind the phrase stands the event that has the link; else the one to which it leads.
    pub own_behind: bool,
    /// See [`LinkRule::NEEDS`].
    pub needs: Vec<String>,
    pub patterns: Vec<Pattern>,
    pub expect: Vec<String>,
    pub reject: Vec<String>,
}

impl LinkRule {
    /// What a rule may ask of the two events: that they may be of one day, or at most one day apart; that both may lie in
    /// one country; that the word behind the phrase is its means («ردت بقصف»).
    pub const NEEDS: [&str; 4] = ["same_day", "next_day", "same_country", "by_means"];

    pub fn needs(&self, what: &str) -> bool {
        self.needs.iter().any(|need| need == what)
    }

    pub(crate) fn parse(file: &str, id: &str, table: &Table) -> Result<LinkRule, Error> {
        let wrong = |message: &str| Error::data(file, id, message);
        let text = |key: &str| table.get(key).and_then(Value::as_str);
        let list = |key: &str| strings(table.get(key));
        let own_behind = match text("behind") {
            Some("other") => false,
            Some("own") => true,
            _ => return Err(wrong("behind: expected \"other\" or \"own\"")),
        };
        let needs = list("needs");
        if let Some(need) = needs.iter().find(|need| !LinkRule::NEEDS.contains(&need.as_str())) {
            return Err(wrong(&format!("needs: no such word: {need:?}")));
        }
        let patterns: Vec<Pattern> =
            list("pattern").iter().map(|s| Pattern::parse(file, id, s)).collect::<Result<_, _>>()?;
        if patterns.is_empty() || list("expect").is_empty() {
            return Err(wrong("a rule needs a pattern and at least one `expect` example"));
        }
        Ok(LinkRule {
            file: file.to_string(),
            id: id.to_string(),
            rule: format!("links/{id}").into(),
            kind: text("kind").ok_or_else(|| wrong("expected a kind"))?.to_string(),
            own_behind,
            needs,
            patterns,
            expect: list("expect"),
            reject: list("reject"),
        })
    }

    /// Replaces names by labels, once all data is loaded.
    pub(crate) fn bind(&mut self, lexicon: &Lexicon) -> Result<(), Error> {
        self.patterns.iter_mut().try_for_each(|pattern| pattern.bind(&self.file, &self.id, lexicon))
    }
}

packed!(struct LinkRule { file, id, rule, kind, own_behind, needs, patterns, expect, reject });
