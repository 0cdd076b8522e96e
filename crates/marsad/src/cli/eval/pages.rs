//! How right are saved pages?
//!
//! One form of case: `file` (beside the list), `published` (a day, or null where
//! the page cannot tell), `body` (a list of paragraphs as a visitor reads them)
//! and, if known, `url`, `content_type` (of the server), `title`. Figures:
//! `body 0.97` and `body 0.90` count the pages whose body is read with at least
//! that F1 by character; `date` is right when the day is, or when both are
//! open; `date, or open` forgives a day left open; `told by the article` counts
//! incidents, and one whose words stand neither in body nor title is invented.
//! Characters are compared in order, word by word.

use super::{Case, Kind, Outcome, Row, Sheet, has, text};
use crate::Error;
use crate::cli::console::Console;
use crate::read_one;
use marsad_extract::Reader;
use marsad_ingest::{Ingester, RawArticle};
use marsad_model::{Reading, Retrieval, SegmentRole, Span};
use rayon::prelude::*;
use std::path::Path;

pub const KIND: Kind = Kind {
    judge,
    known: |row| has(row, &["file", "published", "body"]),
    needs: "cases of pages have file, published and body",
};

fn judge(rows: &[Row], list: &Path, console: &Console) -> Result<Sheet, Error> {
    let res = crate::resources(console.data())?;
    let (reader, ingester) = (Reader::new(&res)?, Ingester::new(&res));
    let folder = list.parent().unwrap_or(Path::new(""));
    let of = |row: &Row| {
        let file = text(row, "file");
        let path = folder.join(file);
        let raw = std::fs::read(&path).map_err(|e| Error::io(&path, e))?;
        let told = |key: &str| Some(text(row, key).to_string()).filter(|v| !v.is_empty());
        let retrieval = Retrieval { url: told("url"), content_type: told("content_type"), ..Retrieval::default() };
        let article = RawArticle::from_page(file, raw, retrieval);
        Ok(cases(row, article.and_then(|a| read_one(&reader, &ingester, a).ok())))
    };
    let cases: Vec<Vec<Case>> = rows.par_iter().map(of).collect::<Result<_, Error>>()?;
    Ok(Sheet { cases: cases.into_iter().flatten().collect() })
}

fn cases(row: &Row, reading: Option<Reading>) -> Vec<Case> {
    let id = text(row, "file").to_string();
    let case = |figure, outcome, expected: &str, got: String| Case {
        id: id.clone(),
        figure,
        outcome,
        expected: expected.to_string(),
        got,
    };
    let Some(reading) = reading else {
        return vec![case("body 0.90", Outcome::Wrong, "a page that can be read", "not read".to_string())];
    };
    let wanted = paragraphs(row);
    let body = body(&reading);
    let f1 = f1(&wanted, &body);
    let reached = |least: f64| if f1 >= least { Outcome::Right } else { Outcome::Wrong };
    let day = reading.document.published.day().map(|d| d.to_string()).unwrap_or_default();
    let expected = text(row, "published");
    let right = |yes| if yes { Outcome::Right } else { Outcome::Wrong };
    let mut out = vec![
        case("body 0.97", reached(0.97), "0.97", format!("{f1:.3}")),
        case("body 0.90", reached(0.90), "0.90", format!("{f1:.3}")),
        case("date", right(day == expected), expected, day.clone()),
        case("date, or open", right(day.is_empty() || day == expected), expected, day.clone()),
    ];
    // A span may begin inside a written word, behind a glued conjunction: letters are compared, not words.
    let letters = |text: &str| words(text).concat();
    // A caption and an embedded post may repeat what the article tells; they found nothing.
    let beside: String = list(row, "captions").collect();
    let article = letters(&format!("{} {wanted} {beside}", text(row, "title")));
    for mention in reading.incidents.iter().flat_map(|i| &i.mentions) {
        let told = plain(&slice(&reading, mention.span));
        let outcome = if article.contains(&letters(&told)) { Outcome::Right } else { Outcome::Invented };
        out.push(case("told by the article", outcome, "", told));
    }
    out
}

fn paragraphs(row: &Row) -> String {
    list(row, "body").collect::<Vec<_>>().join("\n")
}

fn list<'r>(row: &'r Row, key: &str) -> impl Iterator<Item = &'r str> {
    row.get(key).and_then(|b| b.as_array()).into_iter().flatten().filter_map(|p| p.as_str())
}

/// What was taken for the article's text, told again from its segments.
fn body(reading: &Reading) -> String {
    use SegmentRole::{Blank, Body, Dateline, SingleLineArticle, Standfirst, Subheading};
    let mut out = String::new();
    for segment in &reading.document.segments {
        match segment.role {
            Body | Dateline | SingleLineArticle | Standfirst | Subheading => {
                out.push_str(&slice(reading, segment.span))
            }
            Blank => out.push('\n'),
            _ => {}
        }
    }
    plain(&out)
}

fn slice(reading: &Reading, span: Span) -> String {
    reading.document.text.chars().skip(span.start as usize).take(span.len() as usize).collect()
}

/// Text without markup, as far as a span may hold any.
fn plain(markup: &str) -> String {
    marsad_ingest::visible_text(markup)
}

fn words(text: &str) -> Vec<String> {
    let letters = |w: &str| w.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    text.split_whitespace().map(letters).filter(|w| !w.is_empty()).collect()
}

/// F1 by character of the longest row of words that both have in this order.
fn f1(wanted: &str, got: &str) -> f64 {
    let (a, b) = (words(wanted), words(got));
    let chars = |words: &[String]| words.iter().map(|w| w.chars().count()).sum::<usize>();
    let mut row = vec![0usize; b.len() + 1];
    for word in &a {
        let mut diagonal = 0;
        for (j, other) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if word == other { diagonal + word.chars().count() } else { above.max(row[j]) };
            diagonal = above;
        }
    }
    super::ratio(2 * row[b.len()], chars(&a) + chars(&b))
}
