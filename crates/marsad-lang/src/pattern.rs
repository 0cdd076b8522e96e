//! Which words, in which order, announce an event?
//!
//! The small pattern language of `data/ar/triggers/`: names of word lists and
//! mention kinds, `role=name`, `(a|b)`, `x?`, `...` for a gap inside the
//! clause, `!x` for what must not follow. `list.noun` asks for a verbal noun.

use crate::annotate::{Annotation, Mention};
use crate::error::Error;
use crate::lexicon::{Label, Lexicon};
use crate::packed::{Packed, Packer, Unpacker, packed};
use toml::{Table, Value};

/// One rule of `data/ar/triggers/`.
#[derive(Clone, Debug)]
pub struct TriggerRule {
    pub file: String,
    pub id: String,
    /// `triggers/rockets-fell`: what evidence cites.
    pub rule: std::sync::Arc<str>,
    pub event: String,
    pub sub_type: Option<String>,
    pub tags: Vec<String>,
    /// A weapon that the trigger itself names («طعن»), by its lexicon id.
    pub weapon: Option<String>,
    /// Rules of a higher rank win over others that share a token.
    pub rank: i64,
    /// Each way in which the rule may be worded.
    pub patterns: Vec<Pattern>,
    pub expect: Vec<(String, Vec<String>)>,
    pub reject: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct Pattern {
    pub source: String,
    elements: Vec<Element>,
}

#[derive(Clone, Debug)]
enum Element {
    /// One of several names, with the role that the mention fills.
    Name { names: Vec<Name>, role: Option<String>, optional: bool },
    Gap {
        /// Words that no gap crosses: behind «بعد» or «رداً على» another event begins.
        stop: Option<Label>,
    },
    /// What must not stand here.
    Not { names: Vec<Name> },
}

#[derive(Clone, Debug)]
struct Name {
    text: String,
    label: Option<Label>,
    part: Option<String>,
}

/// A pattern found in a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<'p> {
    pub first: usize,
    pub end: usize,
    /// Role and index of the mention that fills it.
    pub roles: Vec<(&'p str, usize)>,
}

/// Gaps are short: what lies further apart belongs to another event.
const GAP_MAX: usize = 10;
/// The list of the words that no gap crosses.
const GAP_STOP: &str = "gap_stop";

impl TriggerRule {
    pub(crate) fn parse(file: &str, id: &str, table: &Table) -> Result<TriggerRule, Error> {
        let text = |key: &str| table.get(key).and_then(Value::as_str).map(str::to_string);
        let list = |key: &str| strings(table.get(key));
        let sources = list("pattern");
        if sources.is_empty() {
            return Err(Error::data(file, id, "expected a pattern"));
        }
        let patterns = sources.iter().map(|s| Pattern::parse(file, id, s)).collect::<Result<_, _>>()?;
        let expect: Vec<(String, Vec<String>)> = match table.get("expect") {
            Some(Value::Table(t)) => t.iter().map(|(k, v)| (k.clone(), strings(Some(v)))).collect(),
            Some(v) => vec![(String::new(), strings(Some(v)))],
            None => vec![],
        };
        if expect.iter().all(|(_, examples)| examples.is_empty()) {
            return Err(Error::data(file, id, "a rule needs at least one `expect` example"));
        }
        Ok(TriggerRule {
            file: file.to_string(),
            id: id.to_string(),
            rule: format!("triggers/{id}").into(),
            event: text("event").ok_or_else(|| Error::data(file, id, "expected an event"))?,
            sub_type: text("sub_type"),
            tags: list("tags"),
            weapon: text("weapon"),
            rank: table.get("rank").and_then(Value::as_integer).unwrap_or(0),
            patterns,
            expect,
            reject: list("reject"),
        })
    }

    /// Replaces names by labels, once all data is loaded.
    pub(crate) fn bind(&mut self, lexicon: &Lexicon) -> Result<(), Error> {
        self.patterns.iter_mut().try_for_each(|pattern| pattern.bind(&self.file, &self.id, lexicon))
    }
}

/// One string or a list of them.
pub(crate) fn strings(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(s)) => vec![s.clone()],
        Some(Value::Array(items)) => items.iter().filter_map(|v| v.as_str().map(str::to_string)).collect(),
        _ => vec![],
    }
}

impl Pattern {
    pub(crate) fn parse(file: &str, id: &str, source: &str) -> Result<Pattern, Error> {
        let elements: Result<Vec<Element>, Error> =
            source.split_whitespace().map(|word| element(file, id, word)).collect();
        let elements = elements?;
        match elements.first() {
            Some(Element::Name { optional: false, .. }) => Ok(Pattern { source: source.to_string(), elements }),
            _ => Err(Error::data(file, id, format!("pattern {source:?} must begin with a name that is not optional"))),
        }
    }

    pub(crate) fn bind(&mut self, file: &str, id: &str, lexicon: &Lexicon) -> Result<(), Error> {
        for element in &mut self.elements {
            let names = match element {
                Element::Name { names, .. } | Element::Not { names } => names,
                Element::Gap { stop } => {
                    *stop = lexicon.label(GAP_STOP);
                    continue;
                }
            };
            for name in names {
                name.label = lexicon.label(&name.text);
                if name.label.is_none() {
                    let message = format!("pattern {:?} names {:?}, which no data file has", self.source, name.text);
                    return Err(Error::data(file, id, message));
                }
            }
        }
        Ok(())
    }

    /// Labels with which a match can begin.
    pub fn first_labels(&self) -> impl Iterator<Item = Label> {
        let names = match self.elements.first() {
            Some(Element::Name { names, .. }) => names.as_slice(),
            _ => &[],
        };
        names.iter().filter_map(|n| n.label)
    }

    /// False when the text has some word nowhere for which the pattern asks, as it is with most patterns.
    pub fn may_be_in(&self, a: &Annotation) -> bool {
        self.elements.iter().all(|e| e.may_be_in(a))
    }

    /// The match that begins at a token and stays before `end`; the shortest
    /// gap wins.
    pub fn match_at(&self, a: &Annotation, at: usize, end: usize) -> Option<Found<'_>> {
        if !self.may_be_in(a) {
            return None;
        }
        let mut found = Found { first: at, end: at, roles: vec![] };
        walk(&self.elements, a, at, end, &mut found).then_some(found)
    }
}

impl Element {
    fn may_be_in(&self, a: &Annotation) -> bool {
        match self {
            Element::Name { names, optional: false, .. } => names.iter().any(|n| n.label.is_some_and(|l| a.has_any(l))),
            _ => true,
        }
    }
}

fn element(file: &str, id: &str, word: &str) -> Result<Element, Error> {
    if word == "..." {
        return Ok(Element::Gap { stop: None });
    }
    if let Some(rest) = word.strip_prefix('!') {
        return Ok(Element::Not { names: names(rest) });
    }
    let (word, optional) = word.strip_suffix('?').map_or((word, false), |w| (w, true));
    let (role, word) = word.split_once('=').map_or((None, word), |(r, w)| (Some(r.to_string()), w));
    if word.is_empty() || word.contains(['=', '!', '?']) {
        return Err(Error::data(file, id, format!("cannot read the pattern element {word:?}")));
    }
    Ok(Element::Name { names: names(word), role, optional })
}

fn names(word: &str) -> Vec<Name> {
    word.trim_start_matches('(')
        .trim_end_matches(')')
        .split('|')
        .map(|text| {
            let (text, part) = text.split_once('.').map_or((text, None), |(t, p)| (t, Some(p.to_string())));
            Name { text: text.to_string(), label: None, part }
        })
        .collect()
}

fn walk<'p>(elements: &'p [Element], a: &Annotation, at: usize, end: usize, found: &mut Found<'p>) -> bool {
    let Some((element, rest)) = elements.split_first() else {
        found.end = at;
        return true;
    };
    match element {
        Element::Gap { stop } => {
            let reach = end.min(at + GAP_MAX);
            let stop = stop.and_then(|l| (at..reach).find(|t| a.at(*t).any(|m| a.has_label(m, l)))).unwrap_or(reach);
            (at..=stop).any(|next| walk(rest, a, next, end, found))
        }
        Element::Not { names } => candidates(names, a, at, end).next().is_none() && walk(rest, a, at, end, found),
        Element::Name { names, role, optional } => {
            named(names, role.as_deref(), rest, a, at, end, found) || (*optional && walk(rest, a, at, end, found))
        }
    }
}

fn named<'p>(
    names: &[Name],
    role: Option<&'p str>,
    rest: &'p [Element],
    a: &Annotation,
    at: usize,
    end: usize,
    found: &mut Found<'p>,
) -> bool {
    for (index, stop) in candidates(names, a, at, end) {
        let mark = found.roles.len();
        found.roles.extend(role.map(|role| (role, index)));
        if walk(rest, a, stop, end, found) {
            return true;
        }
        found.roles.truncate(mark);
    }
    false
}

/// Mentions of one of the names whose phrase begins at the token, with the
/// token after them.
fn candidates<'s>(
    names: &'s [Name],
    a: &'s Annotation,
    at: usize,
    end: usize,
) -> impl Iterator<Item = (usize, usize)> + 's {
    // The phrase of a counted noun begins with its number, at most some tokens earlier.
    let near = a.indexed_within(at..(at + 6).min(end));
    let begins = move |m: &Mention| (m.phrase.0 == at || m.first == at) && m.end <= end;
    near.filter(move |(_, m)| begins(m) && names.iter().any(|n| name_fits(n, a, m)))
        .map(|(index, m)| (index, m.phrase.1.max(m.end)))
}

fn name_fits(name: &Name, a: &Annotation, m: &Mention) -> bool {
    name.label.is_some_and(|l| a.has_label(m, l)) && name.part.as_deref().is_none_or(|p| m.form.part.name() == p)
}

packed!(struct TriggerRule { file, id, rule, event, sub_type, tags, weapon, rank, patterns, expect, reject });
packed!(struct Pattern { source, elements });
packed!(struct Name { text, label, part });

impl Packed for Element {
    fn pack(&self, out: &mut Packer) {
        match self {
            Element::Gap { stop } => (0u8, *stop).pack(out),
            Element::Not { names } => (1u8, names.clone()).pack(out),
            Element::Name { names, role, optional } => {
                (2u8, names.clone()).pack(out);
                (role.clone(), *optional).pack(out);
            }
        }
    }

    fn unpack(from: &mut Unpacker) -> Element {
        match u8::unpack(from) {
            0 => Element::Gap { stop: Packed::unpack(from) },
            1 => Element::Not { names: Packed::unpack(from) },
            _ => {
                let names = Packed::unpack(from);
                let (role, optional) = Packed::unpack(from);
                Element::Name { names, role, optional }
            }
        }
    }
}
