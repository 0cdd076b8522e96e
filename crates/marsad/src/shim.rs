//! How do articles come in until `marsad-ingest` is there? (To be removed.)

use jiff::civil::Date;
use marsad_lang::Resources;
use marsad_model::{Diagnostic, Document, Published, PublishedMethod, Segment, SegmentRole, Span};
use std::fs;
use std::path::Path;

pub struct Skipped {
    pub source: String,
    pub code: &'static str,
    pub message: String,
    pub hint: String,
}
#[derive(Default)]
pub struct RawArticle {
    pub id: Option<String>,
    pub source: String,
    pub raw: Vec<u8>,
    pub text: Option<String>,
    pub title: Option<String>,
    pub outlet: Option<String>,
    pub url: Option<String>,
    pub published: Option<String>,
}
pub enum Item {
    Article(RawArticle),
    Skipped(Skipped),
}
pub struct Ingested {
    pub document: Document,
    pub diagnostics: Vec<Diagnostic>,
    pub skip: Option<Skipped>,
}

pub fn total_bytes(input: &str) -> u64 {
    fs::metadata(input).map_or(0, |m| m.len())
}

pub fn articles(input: &str) -> Result<std::vec::IntoIter<Item>, crate::Error> {
    let mut out = vec![];
    let mut files: Vec<_> = walkdir::WalkDir::new(input).sort_by_file_name().into_iter().flatten().collect();
    files.retain(|f| f.file_type().is_file());
    if files.is_empty() {
        return Err(crate::Error::io(Path::new(input), std::io::ErrorKind::NotFound.into()));
    }
    for file in files {
        let path = file.path();
        let raw = fs::read(path).map_err(|e| crate::Error::io(path, e))?;
        let source = path.to_string_lossy().into_owned();
        let text = String::from_utf8_lossy(&raw).into_owned();
        match path.extension().and_then(|e| e.to_str()) {
            Some("jsonl" | "ndjson") => {
                for line in text.lines().filter(|l| !l.trim().is_empty()) {
                    let v: serde_json::Value = serde_json::from_str(line).expect("json");
                    let get = |k: &str| v.get(k).and_then(|v| v.as_str()).map(str::to_string);
                    out.push(Item::Article(RawArticle {
                        id: v.get("id").map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_string)),
                        source: source.clone(),
                        raw: line.as_bytes().to_vec(),
                        text: get("text"),
                        title: get("title"),
                        outlet: get("outlet"),
                        url: get("url"),
                        published: get("published"),
                    }));
                }
            }
            Some("txt") => out.push(Item::Article(RawArticle {
                id: path.file_stem().map(|s| s.to_string_lossy().into_owned()),
                source,
                raw,
                text: Some(text),
                ..RawArticle::default()
            })),
            _ => out.push(Item::Skipped(Skipped {
                source,
                code: "unknown_form",
                message: "no article form is known by this ending".into(),
                hint: "use .txt .html .jsonl".into(),
            })),
        }
    }
    Ok(out.into_iter())
}

pub fn document(_: &Resources, article: RawArticle) -> Ingested {
    let text = article.text.unwrap_or_default();
    let day: Option<Date> = article.published.and_then(|p| p.get(..10).and_then(|d| d.parse().ok()));
    let end = text.chars().count() as u32;
    Ingested {
        document: Document {
            id: article.id.unwrap_or_default(),
            source: article.source,
            sha256: String::new(),
            language: "ar".into(),
            title: None,
            outlet: None,
            outlet_given: article.outlet,
            published: Published {
                earliest: day,
                latest: day,
                weekday: day.map(Date::weekday),
                method: if day.is_some() { PublishedMethod::Given } else { PublishedMethod::None },
                ..Published::default()
            },
            segments: vec![Segment { role: SegmentRole::Body, span: Span::new(0, end) }],
            text,
        },
        diagnostics: vec![],
        skip: None,
    }
}
