//! Does a sentence tell of an attack?
//!
//! Cases are `{id, text, label, date?}` as the coders of a corpus judged them:
//! `yes`, `easy no`, `difficult no`; sentences on which they were divided
//! (`ambiguous`) are left out. A sentence counts as telling of an attack when
//! at least one incident is read from it.

use super::{Case, Kind, Outcome, Row, Sheet, has, text};
use crate::cli::console::Console;
use crate::{Error, read_one};
use marsad_extract::Reader;
use marsad_ingest::{Ingester, RawArticle};
use rayon::prelude::*;
use std::path::Path;

pub const KIND: Kind = Kind {
    judge,
    known: |row| has(row, &["text"]) && LABELS.contains(&text(row, "label")),
    needs: "cases of events have a text and a label: yes, easy no, difficult no or ambiguous",
};

const LABELS: [&str; 4] = ["yes", "easy no", "difficult no", "ambiguous"];

fn judge(rows: &[Row], _: &Path, console: &Console) -> Result<Sheet, Error> {
    let res = crate::resources(console.data())?;
    let (reader, ingester) = (Reader::new(&res)?, Ingester::new(&res));
    let judged = rows.par_iter().filter(|row| text(row, "label") != "ambiguous");
    let cases = judged.map(|row| {
        let told = read_one(&reader, &ingester, article(row)).is_ok_and(|reading| !reading.incidents.is_empty());
        Case {
            id: text(row, "id").to_string(),
            figure: "attack told",
            outcome: outcome(text(row, "label") == "yes", told),
            expected: text(row, "label").to_string(),
            got: if told { "an incident" } else { "none" }.to_string(),
        }
    });
    Ok(Sheet { cases: cases.collect() })
}

fn outcome(attack: bool, told: bool) -> Outcome {
    match (attack, told) {
        (true, true) => Outcome::Right,
        (true, false) => Outcome::Wrong,
        (false, true) => Outcome::Invented,
        (false, false) => Outcome::Silent,
    }
}

/// The sentence as an article of its day.
fn article(row: &Row) -> RawArticle {
    let published = marsad_ingest::days(text(row, "date"));
    RawArticle { published, ..RawArticle::from_text(text(row, "id"), text(row, "text")) }
}
