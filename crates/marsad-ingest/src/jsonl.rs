//! What does one line of JSONL say about an article?
//!
//! Our own keys come first; the names that news crawlers and feed readers
//! write for the same things are accepted too, others are ignored.

use crate::article::{Item, RawArticle, Skipped, note};
use crate::decode::decode;
use crate::given;
use jiff::civil::Date;
use marsad_model::Diagnostic;
use serde_json::{Map, Value};

const TEXT: [&str; 7] = ["text", "maintext", "body", "content", "article", "raw_text", "article_text"];
const DATE: [&str; 8] = [
    "published",
    "date_publish",
    "publish_date",
    "published_at",
    "publishedAt",
    "datePublished",
    "date_published",
    "date",
];
const OUTLET: [&str; 6] = ["outlet", "hostname", "source", "source_domain", "sitename", "publisher"];
const URL: [&str; 4] = ["url", "link", "source_url", "source"];
const TITLE: [&str; 2] = ["title", "headline"];

/// The article of one line, `None` for a blank line.
pub(crate) fn article(source: &str, number: u64, line: Vec<u8>) -> Option<Item> {
    let place = format!("{source}:{number}");
    let mut raw = line;
    while raw.last().is_some_and(|b| matches!(b, b'\n' | b'\r')) {
        raw.pop();
    }
    if raw.trim_ascii().is_empty() {
        return None;
    }
    let Some(decoded) = decode(&raw) else {
        return Some(Item::Skipped(Skipped::new(&place, "not_text", format!("line {number} of {source} is no text"))));
    };
    Some(match serde_json::from_str::<Value>(&decoded.text) {
        Ok(Value::Object(keys)) => {
            let mut item = from_keys(&place, &keys, raw);
            if let Item::Article(a) = &mut item {
                a.notes.splice(0..0, decoded.notes);
            }
            item
        }
        Ok(_) => Item::Skipped(bad(&place, number, "expected an object { … }")),
        Err(e) => Item::Skipped(bad(&place, number, &e.to_string())),
    })
}

fn bad(place: &str, number: u64, why: &str) -> Skipped {
    Skipped::new(place, "bad_json", format!("line {number} is no JSON object: {why}"))
        .hint("JSONL has one whole object a line, without commas between the lines")
}

fn from_keys(place: &str, keys: &Map<String, Value>, raw: Vec<u8>) -> Item {
    let url = URL.iter().filter_map(|k| string(keys, k)).find(|v| v.contains("://"));
    let Some(text) = TEXT.iter().find_map(|k| string(keys, k)) else { return Item::Skipped(textless(place, keys)) };
    let mut notes = vec![];
    let published = published(keys, &mut notes);
    Item::Article(RawArticle {
        id: string(keys, "id"),
        source: url.clone().unwrap_or_else(|| place.to_string()),
        raw,
        text,
        title: TITLE.iter().find_map(|k| string(keys, k)),
        outlet: OUTLET.iter().filter_map(|k| string(keys, k)).find(|v| !v.contains("://")),
        url,
        published,
        notes,
        ..RawArticle::from_text("", "")
    })
}

fn textless(place: &str, keys: &Map<String, Value>) -> Skipped {
    if keys.contains_key("html") {
        return Skipped::new(place, "not_read_yet", "the key html is not read yet by this version")
            .hint("give the article's plain text under the key text");
    }
    if TEXT.iter().any(|k| keys.contains_key(*k)) {
        return Skipped::new(place, "empty", "the article has no text");
    }
    Skipped::new(place, "no_text", "no key holds the article's text")
        .hint(format!("name it text; {} are read too", TEXT[1..].join(", ")))
}

fn published(keys: &Map<String, Value>, notes: &mut Vec<Diagnostic>) -> Option<(Date, Date)> {
    let (key, given) = DATE.iter().find_map(|k| string(keys, k).map(|v| (k, v)))?;
    let days = given::days(&given);
    if days.is_none() {
        let message = format!("the date {given:?} under {key} is not understood and not used");
        notes.push(note("published_unreadable", message, Some("write it as 2021-07-29, 2021-07 or 2021")));
    }
    days
}

/// A key's text: a string, a number, or the name inside an object.
fn string(keys: &Map<String, Value>, key: &str) -> Option<String> {
    let text = match keys.get(key)? {
        Value::String(s) => s.clone(),
        Value::Number(n) => n.to_string(),
        Value::Object(inner) => inner.get("name")?.as_str()?.to_string(),
        _ => return None,
    };
    (!text.trim().is_empty()).then_some(text)
}
