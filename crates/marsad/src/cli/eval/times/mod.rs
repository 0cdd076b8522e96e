//! How right are times and numbers?
//!
//! Three forms of cases are known, each by its keys: those of
//! Recognizers-Text (`spec`), of Duckling (`kind`, `reference_time`) and of
//! NeMo's text normalization (`klass`). All are read with
//! [`marsad_lang::measure`], which is what `extract --mentions` prints beside
//! the times that date events, against the case's own day of reference.
//!
//! The cases are talk to an assistant about what lies ahead. Where a value is
//! open by its words alone (a month without its year, a weekday without
//! «الماضي»), they are read in the manner of plans, and where the case itself
//! says that both are right, in the manner of reports too. What counts as
//! right is written at the head of each form's file.

mod duckling;
mod nemo;
mod recognizers;

use super::{Case, Kind, Outcome, Row, Sheet, has};
use crate::Error;
use crate::cli::console::Console;
use marsad_lang::measure::{Manner, Moment, Quantity, Setting, moments, quantities};
use marsad_lang::{Resources, Tokens};

pub const KIND: Kind = Kind {
    judge,
    known: |row| ["spec", "klass", "kind"].iter().any(|key| has(row, &[key])),
    needs: "cases of times have one of the keys spec, klass or kind",
};

fn judge(rows: &[Row], _: &std::path::Path, console: &Console) -> Result<Sheet, Error> {
    let res = crate::resources(console.data())?;
    let mut sheet = Sheet::default();
    for (number, row) in rows.iter().enumerate() {
        let cases = if has(row, &["spec"]) {
            recognizers::cases(&res, row)
        } else if has(row, &["klass"]) {
            nemo::cases(&res, row, number + 1)
        } else {
            duckling::cases(&res, row)
        };
        cases.into_iter().for_each(|c| sheet.add(c));
    }
    Ok(sheet)
}

/// A text with what was read in it.
struct Heard<'a> {
    text: &'a str,
    tokens: Tokens,
    res: &'a Resources,
}

impl<'a> Heard<'a> {
    fn new(res: &'a Resources, text: &'a str) -> Heard<'a> {
        Heard { text, tokens: Tokens::new(&res.fold, text), res }
    }

    fn moments(&self, day: Option<jiff::civil::Date>, manner: Manner) -> Vec<Moment> {
        moments(self.res, &self.tokens, &Setting { reference: day, manner })
    }

    fn quantities(&self) -> Vec<Quantity> {
        quantities(self.res, &self.tokens)
    }

    /// The tokens over which some words of the text stand, wherever they do.
    fn places(&self, words: &str) -> Vec<(usize, usize)> {
        let chars = |bytes: usize| self.text[..bytes].chars().count() as u32;
        let at = self.text.match_indices(words).map(|(i, w)| (chars(i), chars(i + w.len())));
        let covers = |i: usize, from: u32, to: u32| {
            let span = self.tokens.span(i, i + 1);
            span.start < to && from < span.end
        };
        at.filter_map(|(from, to)| {
            let mut inside = (0..self.tokens.len()).filter(|i| covers(*i, from, to));
            let first = inside.next()?;
            Some((first, inside.next_back().unwrap_or(first) + 1))
        })
        .collect()
    }

    fn same_words(&self, a: (usize, usize), b: (usize, usize)) -> bool {
        marsad_lang::measure::same_words(self.res, &self.tokens, a, b)
    }

    /// The characters of some tokens.
    fn exact(&self, first: usize, end: usize) -> String {
        let span = self.tokens.span(first, end);
        self.text.chars().skip(span.start as usize).take(span.len() as usize).collect()
    }
}

fn case(id: &str, figure: &'static str, right: bool, expected: String, got: String) -> Case {
    let outcome = if right { Outcome::Right } else { Outcome::Wrong };
    Case { id: id.to_string(), figure, outcome, expected, got }
}

/// Equal up to what a number loses when it is printed.
fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1e-3)
}

fn told(found: &[Moment]) -> String {
    found.iter().map(|m| m.timex().unwrap_or("open".into())).collect::<Vec<_>>().join(" ")
}
