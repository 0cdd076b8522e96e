//! In which reports can the date be known?
//!
//! A report that says «أمس» and stands on a page without a date cannot tell
//! its day to anybody, and a dated one that says of no attack when it was
//! leaves the day open (coding guide, section 5). The date can be known where
//! the day of writing was given with the report, or its address or text has a
//! full date (day, month in digits or by name, and year, beside one another in
//! either order), and the text tells a day: a weekday or «اليوم», «أمس» outside
//! the stamps of the page, or a full date in a sentence.

use serde_json::Value;
use std::collections::BTreeSet;
use toml::Table;

/// The rows whose date can be known.
///
/// # Errors
/// When a row is no JSON or the table of months does not load.
pub fn keep(rows: &str) -> Result<String, Box<dyn std::error::Error>> {
    let res = marsad::resources(None)?;
    let fold = |name: &str| res.fold.fold_str(name);
    let months = months(fold)?;
    let days = day_words(fold)?;
    let mut kept = String::new();
    for line in rows.lines().filter(|l| !l.trim().is_empty()) {
        let row: Value = serde_json::from_str(line)?;
        let text = |key: &str| res.fold.fold_str(row[key].as_str().unwrap_or_default());
        let written =
            row["published"].is_string() || [text("url"), text("text")].iter().any(|t| has_full_date(t, &months));
        if written && tells_day(&text("text"), &months, &days) {
            kept += line;
            kept.push('\n');
        }
    }
    Ok(kept)
}

/// Folded names of months.
fn months(fold: impl Fn(&str) -> String) -> Result<BTreeSet<String>, Box<dyn std::error::Error>> {
    let (_, file) = marsad::SHIPPED.iter().find(|(name, _)| *name == "ar/time/months.toml").ok_or("no months")?;
    let table: Table = file.parse()?;
    let under = |key: &'static str| table.values().filter_map(move |month| month.get(key));
    let names = ["ar", "ar_also", "ar_weak", "latin"].into_iter().flat_map(under).flat_map(|value| match value {
        toml::Value::Array(names) => names.as_slice(),
        name => std::slice::from_ref(name),
    });
    // Of «كانون الثاني» the first word is enough.
    Ok(names.filter_map(|n| Some(fold(n.as_str()?.split_whitespace().next()?))).collect())
}

/// Folded weekdays and words such as «اليوم», «أمس».
fn day_words(fold: impl Fn(&str) -> String) -> Result<BTreeSet<String>, Box<dyn std::error::Error>> {
    let mut out = BTreeSet::new();
    for file in ["ar/time/weekdays.toml", "ar/time/words.toml"] {
        let (_, text) = marsad::SHIPPED.iter().find(|(name, _)| *name == file).ok_or("no words of time")?;
        let table: Table = text.parse()?;
        let relative = |e: &&toml::Value| {
            let tags = e.get("tags").and_then(|tags| tags.as_array());
            tags.is_some_and(|tags| tags.iter().any(|tag| tag.as_str() == Some("relative_day")))
        };
        for entry in table.values().filter(|e| file.ends_with("weekdays.toml") || relative(e)) {
            for key in ["ar", "ar_also"] {
                let names = match entry.get(key) {
                    Some(toml::Value::Array(names)) => names.as_slice(),
                    Some(name) => std::slice::from_ref(name),
                    None => &[],
                };
                out.extend(names.iter().filter_map(|n| n.as_str()).filter(|n| !n.contains(' ')).map(&fold));
            }
        }
    }
    Ok(out)
}

/// Longer lines with a date are sentences, shorter ones stamps.
const STAMP_MAX: usize = 120;

fn tells_day(text: &str, months: &BTreeSet<String>, days: &BTreeSet<String>) -> bool {
    text.lines().any(|line| {
        let sentence = line.chars().count() > STAMP_MAX;
        let dated = has_full_date(line, months);
        let mut words = line.split(|c: char| !c.is_alphanumeric());
        dated && sentence || !dated && words.any(|w| days.contains(w))
    })
}

#[derive(Clone, Copy, PartialEq)]
enum Sign {
    Year,
    /// Up to 12: a day or a month.
    Low,
    /// 13 to 31: a day.
    Day,
    Month,
    Other,
}

fn has_full_date(text: &str, months: &BTreeSet<String>) -> bool {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let signs: Vec<Sign> = words.map(|w| sign(w, months)).collect();
    use Sign::{Day, Low, Month, Year};
    let is_day = |s: Sign| matches!(s, Day | Low);
    let is_month = |s: Sign| matches!(s, Month | Low);
    let in_digits = |w: &[Sign]| match *w {
        [Year, a, b] => (is_month(a) && is_day(b)) || (is_day(a) && is_month(b)),
        [a, b, Year] => (is_day(a) && is_month(b)) || (is_month(a) && is_day(b)),
        _ => false,
    };
    // «24 من آب»; and behind a month its other name may stand: «آب/أغسطس», «كانون الثاني / يناير».
    let by_name = |(at, s): (usize, &Sign)| {
        let month = signs[at + 1..].iter().take(2).position(|s| *s == Month);
        is_day(*s) && month.is_some_and(|m| signs[at + m + 2..].iter().take(4).any(|s| *s == Year))
    };
    signs.windows(3).any(in_digits) || signs.iter().enumerate().any(by_name)
}

fn sign(word: &str, months: &BTreeSet<String>) -> Sign {
    match word.parse::<u32>() {
        Ok(1..=12) if word.len() <= 2 => Sign::Low,
        Ok(13..=31) => Sign::Day,
        Ok(2000..=2030) => Sign::Year,
        _ if months.contains(word) => Sign::Month,
        _ => Sign::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_tells_no_day_of_the_attack() {
        let (months, days) = (BTreeSet::from(["اب".to_string()]), BTreeSet::from(["السبت".to_string()]));
        assert!(!tells_day("السبت 30 اب 2016\nقصف على البلدة", &months, &days));
        assert!(tells_day("30 اب 2016\nقصف السبت على البلدة", &months, &days));
    }

    #[test]
    fn a_full_date_has_day_month_and_year() {
        let months = BTreeSet::from(["اب".to_string()]);
        for text in ["في 3/8/2016 قصف", "/2016/08/30/news", "30 اب/اغسطس 2016", "24 من اب 2016", "2016-08-30"]
        {
            assert!(has_full_date(text, &months), "{text}");
        }
        for text in ["منذ اب 2016", "30 اب", "قتل 12 في 2016", ""] {
            assert!(!has_full_date(text, &months), "{text}");
        }
    }
}
