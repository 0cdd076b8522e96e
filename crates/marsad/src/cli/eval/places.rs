//! How right are places?
//!
//! Two forms of cases, told apart by their keys:
//!
//! *Headlines* (`title_ar`, `lat`, `lon`; degrees also as `36°40'56.06"`):
//! figure `headline within 10 km`. The answer is the place of the first incident
//! that the headline tells; where none is told or its place is open, the finest
//! place that it names (lowest level, then smallest radius), the first of equals. What is expected plays no part in the choice.
//!
//! *Posts* (`text`, `mention`, `start`, `end`, `lat`, `lon`, `type`, `country`):
//! the place read where the mention stands. `post within 20 km` is right when
//! its point lies within 20 km of the expected one, and where an area is expected,
//! whose midst no report comes from, also when it is that area by name: the same
//! country, or a province (type `Province`, or a name that begins as one: «محافظة …»,
//! «منطقة …») whose name in that country the place read bears. `post, provinces by point`
//! is the same with countries alone by name. Where the letters at `start` are part of a longer
//! word («مصر» in «مصرية»), the mention is sought as a word of its own.

use super::{Case, Kind, Outcome, Row, Sheet, has, number, text};
use crate::Error;
use crate::cli::console::Console;
use marsad_extract::{NamedPlace, Reader};
use marsad_ingest::{Ingester, RawArticle};
use marsad_lang::{Resources, annotate};
use marsad_model::{Document, Place, Point};
use rayon::prelude::*;
use std::path::Path;

pub const KIND: Kind = Kind {
    judge,
    known: |row| has(row, &["lat", "lon"]) && (has(row, &["title_ar"]) || has(row, &["text", "mention"])),
    needs: "cases of places have lat, lon and either title_ar, or text and mention",
};

const HEADLINE_KM: f64 = 10.0;
const POST_KM: f64 = 20.0;
const COUNTRY_LEVEL: u8 = 9;
/// A name that no gazetteer lists has the point of what lies around it.
const UNLISTED_LEVEL: u8 = 8;

fn judge(rows: &[Row], _: &Path, console: &Console) -> Result<Sheet, Error> {
    let res = crate::resources(console.data())?;
    let judge = Judge { res: &res, reader: Reader::new(&res)?, ingester: Ingester::new(&res) };
    let cases = rows.par_iter().enumerate().flat_map_iter(|(i, row)| match row.contains_key("title_ar") {
        true => vec![judge.headline(i, row)],
        false => judge.post(row),
    });
    let mut sheet = Sheet::default();
    cases.collect::<Vec<Case>>().into_iter().for_each(|case| sheet.add(case));
    Ok(sheet)
}

struct Judge<'r> {
    res: &'r Resources,
    reader: Reader<'r>,
    ingester: Ingester<'r>,
}

impl Judge<'_> {
    fn headline(&self, index: usize, row: &Row) -> Case {
        let wanted = point(row);
        let answer = self.document(text(row, "title_ar")).and_then(|document| self.answer(document));
        let away = wanted.zip(answer.as_ref().and_then(|p| p.point)).map(|(w, p)| w.distance_km(p));
        Case {
            id: Some(text(row, "ref"))
                .filter(|id| !id.is_empty())
                .map_or_else(|| format!("line {}", index + 2), str::to_string),
            figure: "headline within 10 km",
            outcome: outcome(away.is_some_and(|km| km <= HEADLINE_KM)),
            expected: format!("{} {}", text(row, "place_ar"), degrees(wanted)),
            got: shown(answer.as_ref(), away),
        }
    }

    /// The place of the incident told, else the finest place named.
    fn answer(&self, document: Document) -> Option<Place> {
        let named = self.reader.places(&document);
        let told = self.reader.read(document).incidents.into_iter().find_map(|i| i.place.filter(|p| p.point.is_some()));
        told.or_else(|| finest(named).map(|n| n.place))
    }

    fn post(&self, row: &Row) -> Vec<Case> {
        let wanted = point(row);
        let read = self.document(text(row, "text")).and_then(|document| self.at_mention(&document, row));
        let away = wanted.zip(read.as_ref().and_then(|r| r.place.point)).map(|(w, p)| w.distance_km(p));
        let near = away.is_some_and(|km| km <= POST_KM);
        let near = near || read.as_ref().is_some_and(|r| same_country(r, row));
        let area = read.as_ref().is_some_and(|r| self.same_region(r, row));
        let case = |figure, right| Case {
            id: id(row),
            figure,
            outcome: outcome(right),
            expected: format!("{} {} {}", text(row, "mention"), text(row, "display_name"), degrees(wanted)),
            got: shown(read.as_ref().map(|r| &r.place), away),
        };
        vec![case("post within 20 km", near || area), case("post, provinces by point", near)]
    }

    /// The place read where the mention stands: the one that shares most of its letters.
    fn at_mention(&self, document: &Document, row: &Row) -> Option<NamedPlace> {
        let (start, end) = stands_at(row)?;
        let shared = |n: &NamedPlace| n.span.end.min(end).saturating_sub(n.span.start.max(start));
        self.reader.places(document).into_iter().filter(|n| shared(n) > 0).max_by_key(shared)
    }

    /// A region is expected, and the place read bears its name in that country.
    fn same_region(&self, read: &NamedPlace, row: &Row) -> bool {
        let wanted = text(row, "display_name").split(',').next().unwrap_or_default().trim();
        let (kind, wanted) = self.without_kind(wanted);
        let (_, ours) = self.without_kind(&read.place.name_ar);
        let regions = ["governorate", "district", "subdistrict", "region", "area"];
        let region = text(row, "type") == "Province" || kind.is_some_and(|k| regions.contains(&k.as_str()));
        let country = read.place.country.eq_ignore_ascii_case(text(row, "country"));
        region && country && read.level < COUNTRY_LEVEL && !wanted.is_empty() && wanted == ours
    }

    /// The kind that the first word says, and the folded letters of the rest.
    fn without_kind(&self, name: &str) -> (Option<String>, String) {
        let fold = |words: &str| self.res.fold.fold_str(words).replace(' ', "");
        let Some((first, rest)) = name.split_once(' ') else { return (None, fold(name)) };
        let a = annotate(self.res, first);
        match a.at(0).find(|m| a.is(m, "place_word")) {
            Some(word) => (Some(a.entry(word).family.to_string()), fold(rest)),
            None => (None, fold(name)),
        }
    }

    fn document(&self, words: &str) -> Option<Document> {
        let ingested = self.ingester.document(RawArticle::from_text("case", words));
        ingested.skip.is_none().then_some(ingested.document)
    }
}

/// The lowest level, then a place where something happened, then the smaller one; the first of equals.
fn finest(named: Vec<NamedPlace>) -> Option<NamedPlace> {
    let rank = |n: &NamedPlace| {
        let metres = (n.place.point?.accuracy_km * 1e3) as u64;
        let level = if n.place.id.is_some() { n.level.max(2) } else { UNLISTED_LEVEL };
        Some((level, !n.scene, metres))
    };
    named.into_iter().filter(|n| rank(n).is_some()).min_by_key(rank)
}

fn outcome(right: bool) -> Outcome {
    if right { Outcome::Right } else { Outcome::Wrong }
}

/// The key of a post that stays when the file is sorted anew: a hash of the text, and the mention.
fn id(row: &Row) -> String {
    let hash = text(row, "text")
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    format!("{:08x} {}", hash >> 32, text(row, "mention"))
}

/// Where the mention is a word of its own, a clitic before it allowed; else where the file says.
fn stands_at(row: &Row) -> Option<(u32, u32)> {
    let chars: Vec<char> = text(row, "text").chars().collect();
    let (start, end) = (number(row, "start")? as usize, number(row, "end")? as usize);
    let name: Vec<char> = text(row, "mention").chars().collect();
    let letter = |i: usize| chars.get(i).is_some_and(|c| c.is_alphabetic());
    let cut_short = |start: usize, end: usize| letter(end) || start >= 2 && letter(start - 1) && letter(start - 2);
    let elsewhere = || {
        let starts = 0..chars.len().saturating_sub(name.len()) + 1;
        starts.map(|s| (s, s + name.len())).find(|(s, e)| chars.get(*s..*e) == Some(&name[..]) && !cut_short(*s, *e))
    };
    let (start, end) = if cut_short(start, end) { elsewhere().unwrap_or((start, end)) } else { (start, end) };
    Some((start as u32, end as u32))
}

fn same_country(read: &NamedPlace, row: &Row) -> bool {
    let same = read.place.country.eq_ignore_ascii_case(text(row, "country"));
    text(row, "type") == "Country" && same && read.level == COUNTRY_LEVEL
}

fn point(row: &Row) -> Option<Point> {
    let degrees = |key: &str| number(row, key).or_else(|| sexagesimal(text(row, key)));
    Some(Point { lat: degrees("lat")?, lon: degrees("lon")?, accuracy_km: 0.0 })
}

/// `36°40'56.06"E` as 36.6822; south and west are negative.
fn sexagesimal(written: &str) -> Option<f64> {
    let parts = written.split(|c: char| !c.is_ascii_digit() && c != '.').filter(|p| !p.is_empty());
    let parts: Vec<f64> = parts.map(|p| p.parse().ok()).collect::<Option<_>>()?;
    if parts.is_empty() || parts.len() > 3 {
        return None;
    }
    let value = parts.iter().zip([1.0, 60.0, 3600.0]).map(|(part, unit)| part / unit).sum::<f64>();
    Some(if written.contains(['S', 'W', '-']) { -value } else { value })
}

fn degrees(point: Option<Point>) -> String {
    point.map_or("no point".to_string(), |p| format!("{:.3},{:.3}", p.lat, p.lon))
}

fn shown(place: Option<&Place>, away: Option<f64>) -> String {
    let Some(place) = place else { return "nothing".to_string() };
    let id = place.id.as_deref().unwrap_or("unlisted");
    let away = away.map_or("no point".to_string(), |km| format!("{km:.0} km away"));
    format!("{} {id} {} {away}", place.name_ar, degrees(place.point))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_come_in_two_forms() {
        assert!((sexagesimal("36°40'56.06").unwrap() - 36.68224).abs() < 1e-4);
        assert!((sexagesimal("35°48'45\"N").unwrap() - 35.8125).abs() < 1e-9);
        assert!(sexagesimal("1°30'0\"S").unwrap() < 0.0);
        assert_eq!(sexagesimal("unknown"), None);
    }
}
