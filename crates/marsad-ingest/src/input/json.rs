//! Which articles does a `.json` file hold?
//!
//! The export of a Telegram channel, a JSON Feed, or a list of articles with
//! the keys of JSONL. Read as a stream: an export of years of messages passes
//! through the memory of one message.

use super::{bounded, feed, jsonl};
use crate::article::{Item, RawArticle, Skipped};
use crate::given;
use marsad_model::Retrieval;
use serde_json::{Map, Value};
use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read};
use struson::reader::{JsonReader, JsonStreamReader, ValueType};

/// Iterator over the articles of a JSON file.
pub(super) struct Json<R: Read> {
    file: String,
    reader: Option<JsonStreamReader<BufReader<R>>>,
    kind: Kind,
    number: u64,
    ready: VecDeque<Item>,
}

enum Kind {
    /// A list of articles.
    List,
    /// Messages of the channel of that name.
    Telegram(Option<String>),
}

impl<R: Read> Json<R> {
    /// # Errors
    /// Why the file is none of these.
    pub fn new(file: String, reader: R) -> Result<Json<R>, Skipped> {
        let mut input = BufReader::with_capacity(1 << 16, reader);
        let unreadable = |e: String| {
            let skipped = Skipped::new(&file, "bad_json", format!("{file} is no JSON: {e}"));
            skipped.hint("a .json file is one list of objects; with one object a line it is a .jsonl file")
        };
        let head = input.fill_buf().map_err(|e| unreadable(e.to_string()))?;
        if feed::is_feed(head) {
            let bytes = match bounded::whole(input, bounded::RECORD_BYTES_MAX) {
                Ok(bounded::Bounded::Whole(bytes)) => bytes,
                _ => return Err(Skipped::new(&file, "too_long", "the feed is too long")),
            };
            let retrieval = Retrieval { file: Some(file.clone()), ..Retrieval::default() };
            let ready = feed::items(&file, &bytes, &retrieval).into();
            return Ok(Json { file, reader: None, kind: Kind::List, number: 0, ready });
        }
        let mut reader = JsonStreamReader::new(input);
        let kind = begin(&mut reader).map_err(|e| unreadable(e.to_string()))?;
        let Some(kind) = kind else {
            let skipped = Skipped::new(&file, "unknown_format", "a .json file without a list of articles or messages");
            return Err(skipped.hint("write one article a line and name the file .jsonl"));
        };
        Ok(Json { file, reader: Some(reader), kind, number: 0, ready: VecDeque::new() })
    }

    fn entry(&mut self) -> Option<Item> {
        let reader = self.reader.as_mut()?;
        let place = format!("{}#{}", self.file, self.number + 1);
        let bad = |e: String| {
            let skipped = Skipped::new(&place, "bad_json", format!("the list cannot be read further: {e}"));
            Some(Item::Skipped(skipped.hint("the file may be cut off; what stands before was read")))
        };
        match reader.has_next() {
            Ok(true) => {}
            Ok(false) => {
                self.reader = None;
                return None;
            }
            Err(e) => {
                self.reader = None;
                return bad(e.to_string());
            }
        }
        self.number += 1;
        let value: Value = match reader.deserialize_next() {
            Ok(value) => value,
            Err(e) => {
                self.reader = None;
                return bad(e.to_string());
            }
        };
        let Value::Object(keys) = value else {
            let skipped = Skipped::new(&place, "bad_json", "expected an object { … }");
            return Some(Item::Skipped(skipped.hint("each entry of the list is an object with a key text or html")));
        };
        match &self.kind {
            Kind::List => {
                let raw = Value::Object(keys.clone()).to_string().into_bytes();
                let retrieval = Retrieval { file: Some(self.file.clone()), ..Retrieval::default() };
                Some(jsonl::from_keys(&place, &keys, raw, retrieval))
            }
            Kind::Telegram(channel) => Some(message(&self.file, &place, channel.as_deref(), keys)),
        }
    }
}

impl<R: Read> Iterator for Json<R> {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        self.ready.pop_front().or_else(|| self.entry())
    }
}

/// Goes to the first element of the list; `None` when there is none.
fn begin<R: Read>(reader: &mut JsonStreamReader<R>) -> Result<Option<Kind>, Box<dyn std::error::Error>> {
    if reader.peek()? == ValueType::Array {
        reader.begin_array()?;
        return Ok(Some(Kind::List));
    }
    if reader.peek()? != ValueType::Object {
        return Ok(None);
    }
    reader.begin_object()?;
    let mut channel = None;
    while reader.has_next()? {
        let name = reader.next_name_owned()?;
        match (name.as_str(), reader.peek()?) {
            ("messages", ValueType::Array) => {
                reader.begin_array()?;
                return Ok(Some(Kind::Telegram(channel)));
            }
            ("articles" | "items" | "entries" | "data" | "results", ValueType::Array) => {
                reader.begin_array()?;
                return Ok(Some(Kind::List));
            }
            ("name", ValueType::String) => channel = Some(reader.next_string()?),
            _ => reader.skip_value()?,
        }
    }
    Ok(None)
}

/// A message of a Telegram export: its text may be cut into plain and dressed pieces.
fn message(file: &str, place: &str, channel: Option<&str>, keys: Map<String, Value>) -> Item {
    let text = pieces(keys.get("text"));
    if keys.get("type").and_then(Value::as_str).is_some_and(|t| t != "message") || text.trim().is_empty() {
        return Item::Skipped(Skipped::new(place, "empty", "the message has no text"));
    }
    let date = keys.get("date").and_then(Value::as_str).map(str::to_string);
    let id = keys.get("id").map(ToString::to_string);
    let published = date.as_deref().and_then(given::days);
    let forwarded = keys.get("forwarded_from").and_then(Value::as_str);
    let raw = Value::Object(keys.clone()).to_string().into_bytes();
    let place = id.map_or(place.to_string(), |id| format!("{file}#{id}"));
    Item::Article(RawArticle {
        raw,
        text,
        outlet: forwarded.or(channel).map(str::to_string),
        published,
        retrieval: Retrieval { file: Some(file.to_string()), ..Retrieval::default() },
        ..RawArticle::from_text(&place, "")
    })
}

fn pieces(text: Option<&Value>) -> String {
    let piece = |v: &Value| match v {
        Value::String(s) => s.clone(),
        Value::Object(keys) => keys.get("text").and_then(Value::as_str).unwrap_or_default().to_string(),
        _ => String::new(),
    };
    match text {
        Some(Value::Array(list)) => list.iter().map(piece).collect(),
        Some(value) => piece(value),
        None => String::new(),
    }
}
