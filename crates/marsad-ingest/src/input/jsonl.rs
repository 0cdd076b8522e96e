//! What does one line of JSONL say about an article?
//!
//! Our own keys come first; the names that news crawlers and feed readers
//! write for the same things are accepted too, others are ignored.

use super::bounded::{self, Bounded, RECORD_BYTES_MAX};
use crate::article::{Item, Markup, RawArticle, Skipped, note};
use crate::decode::decode;
use crate::given;
use jiff::civil::Date;
use marsad_model::{Diagnostic, Retrieval};
use serde_json::{Map, Value};
use std::io::BufRead;

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
const HTML: [&str; 4] = ["html", "raw_html", "html_body", "page_html"];
const FETCHED: [&str; 5] = ["fetched", "date_download", "fetch_time", "crawled_at", "retrieved"];
const TITLE: [&str; 2] = ["title", "headline"];

/// Iterator over the articles of JSONL.
pub(super) struct Lines<R> {
    file: String,
    reader: R,
    number: u64,
    offset: u64,
    ended: bool,
}

impl<R: BufRead> Lines<R> {
    pub fn new(file: String, reader: R) -> Lines<R> {
        Lines { file, reader, number: 0, offset: 0, ended: false }
    }

    fn failed(&self, code: &'static str, why: String) -> Item {
        Item::Skipped(Skipped::new(&format!("{}:{}", self.file, self.number), code, why))
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        while !self.ended {
            self.number += 1;
            match bounded::line(&mut self.reader, RECORD_BYTES_MAX) {
                Ok(Bounded::Whole(line)) => {
                    let offset = self.offset;
                    self.offset += line.len() as u64;
                    if let Some(item) = article(&self.file, self.number, offset, line) {
                        return Some(item);
                    }
                }
                Ok(Bounded::TooLong) => {
                    let why = format!("line {} is longer than {} MB", self.number, RECORD_BYTES_MAX >> 20);
                    return Some(self.failed("too_long", why));
                }
                Ok(Bounded::End) => self.ended = true,
                Err(e) => {
                    self.ended = true;
                    return Some(self.failed("unreadable", format!("{}: {e}", self.file)));
                }
            }
        }
        None
    }
}

/// The article of one line, `None` for a blank line.
fn article(source: &str, number: u64, offset: u64, line: Vec<u8>) -> Option<Item> {
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
    let retrieval = Retrieval { file: Some(source.to_string()), offset: Some(offset), ..Retrieval::default() };
    Some(match serde_json::from_str::<Value>(&decoded.text) {
        Ok(Value::Object(keys)) => {
            let mut item = from_keys(&place, &keys, raw, retrieval);
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

/// The article that an object of keys describes; its text, else the text of its page.
pub(super) fn from_keys(place: &str, keys: &Map<String, Value>, raw: Vec<u8>, retrieval: Retrieval) -> Item {
    let url = URL.iter().filter_map(|k| string(keys, k)).find(|v| v.contains("://"));
    let fetched = FETCHED.iter().find_map(|k| string(keys, k)).filter(|v| given::days(v).is_some());
    let mut notes = vec![];
    let published = published(keys, &mut notes);
    let told = RawArticle {
        id: string(keys, "id"),
        source: url.clone().unwrap_or_else(|| place.to_string()),
        raw,
        title: TITLE.iter().find_map(|k| string(keys, k)),
        outlet: OUTLET.iter().filter_map(|k| string(keys, k)).find(|v| !v.contains("://")),
        published,
        retrieval: Retrieval { url: url.clone(), fetched, ..retrieval },
        url,
        ..RawArticle::from_text(place, "")
    };
    if let Some(text) = TEXT.iter().find_map(|k| string(keys, k)) {
        return Item::Article(RawArticle { text, notes, ..told });
    }
    let Some(markup) = HTML.iter().find_map(|k| string(keys, k)) else { return Item::Skipped(textless(place, keys)) };
    let retrieval = Retrieval { content_type: Some("text/html; charset=utf-8".into()), ..told.retrieval };
    Item::Article(RawArticle { markup: Markup::Apart(markup.into_bytes()), retrieval, notes, ..told })
}

fn textless(place: &str, keys: &Map<String, Value>) -> Skipped {
    if TEXT.iter().chain(&HTML).any(|k| keys.contains_key(*k)) {
        return Skipped::new(place, "empty", "the article has no text");
    }
    Skipped::new(place, "no_text", "no key holds the article's text")
        .hint(format!("name it text, or html for a page; {} are read too", TEXT[1..].join(", ")))
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
