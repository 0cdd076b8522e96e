//! Cases of NeMo's text normalization: words and the digits that they stand for.
//!
//! `itn` goes from words to digits; of `tn` the words are read back. Right is a
//! number that is equal; of measures the number before the unit; of money the
//! whole units and the hundredths, each as the words name them. How a sum is
//! formatted, and sayings without a number (`whitelist`), are not judged.

use super::super::{Case, Row, text};
use super::{Heard, case, same};
use marsad_lang::Resources;

const FIGURE: &str = "nemo";

pub fn cases(res: &Resources, row: &Row, number: usize) -> Vec<Case> {
    let (direction, klass) = (text(row, "direction"), text(row, "klass"));
    if klass == "whitelist" {
        return vec![];
    }
    // The words are on one side or the other, whatever the direction says.
    let (a, b) = (text(row, "input"), text(row, "expected"));
    let (words, digits) = if b.contains(|c: char| c.is_ascii_digit()) { (a, b) } else { (b, a) };
    let id = format!("nemo/{direction}/{klass}#{number}");
    let heard = Heard::new(res, words);
    let got: Vec<f64> = heard.quantities().iter().filter_map(|q| q.value).collect();
    let expected = if klass == "money" { sums(digits) } else { value(digits).into_iter().collect() };
    let right = got.len() == expected.len() && got.iter().zip(&expected).all(|(a, b)| same(*a, *b));
    vec![case(&id, FIGURE, right, format!("{expected:?}"), format!("{got:?}"))]
}

/// «7.50» as 7 and 50; «0.99» as 99.
fn sums(digits: &str) -> Vec<f64> {
    let Some(value) = value(digits) else { return vec![] };
    let cents = (value * 100.0).round() % 100.0;
    [value.trunc(), cents].into_iter().filter(|v| *v > 0.0).collect()
}

/// «7 10/5», «6,88», «9f».
fn value(digits: &str) -> Option<f64> {
    let kept: String =
        digits.chars().map(|c| if c == ',' { '.' } else { c }).filter(|c| "0123456789./ ".contains(*c)).collect();
    let mut sum = None;
    for part in kept.split_whitespace() {
        let part = part.trim_matches('.');
        let value = match part.split_once('/') {
            Some((a, b)) => a.parse::<f64>().ok()? / b.parse::<f64>().ok()?,
            None => part.parse().ok()?,
        };
        sum = Some(sum.unwrap_or(0.0) + value);
    }
    sum
}
