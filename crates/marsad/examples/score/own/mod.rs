//! How well are the project's own labelled texts read?
//!
//! Each label is matched with at most one incident that was read from its
//! text, the likeliest pair first. A pair needs types of one family (an open
//! type agrees with any), no other country, and days at most one apart; a day
//! that is open on either side agrees with any. Among the pairs that may be, a
//! shared place weighs most, then type, day and tolls. Matched pairs are then
//! compared field by field; what the label has and the reading lacks costs
//! recall, the reverse precision. A label marked optional counts in neither
//! direction, a field marked unscored is left out.
//!
//! The gold sets beside the repository have a scorer of their own; on the same
//! texts the two agree (`tests/corpus.rs`).

pub mod label;
mod names;

use super::figures::Figures;
use label::{Count, Label, Labels, Told, is_optional};
use marsad::extract::Reader;
use marsad::ingest::{Ingester, Item, articles};
use marsad::model::{EventType, Incident, Role};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The figures of files of labelled texts, read with the shipped data.
///
/// # Errors
/// When a file cannot be read or the data does not load.
pub fn score_files(files: &[PathBuf]) -> Result<Figures, Box<dyn std::error::Error>> {
    let res = marsad::resources(None)?;
    let (reader, ingester) = (Reader::new(&res)?, Ingester::new(&res));
    let mut rows = vec![];
    for file in files {
        let mut told: BTreeMap<String, Vec<Incident>> = BTreeMap::new();
        for item in articles(&file.to_string_lossy())? {
            let Item::Article(article) = item else { continue };
            if let Ok(reading) = marsad::read_one(&reader, &ingester, article) {
                told.insert(reading.document.id, reading.incidents);
            }
        }
        for line in std::fs::read_to_string(file)?.lines().filter(|l| !l.trim().is_empty()) {
            let row: Value = serde_json::from_str(line)?;
            let incidents = row["id"].as_str().and_then(|id| told.remove(id)).unwrap_or_default();
            rows.push((row, incidents));
        }
    }
    Ok(score(&rows))
}

/// All figures over rows of labelled texts and what was read from each.
fn score(rows: &[(Value, Vec<Incident>)]) -> Figures {
    let mut score = Score::default();
    for (row, incidents) in rows {
        score.text(&Labels::of(row), incidents);
    }
    score.figures()
}

#[derive(Default)]
struct Score {
    fields: BTreeMap<&'static str, Tally>,
    /// None, not known and silent, told apart.
    status: Share,
    /// Undatable incidents whose day was left open.
    left_open: Share,
    false_alarms: Share,
}

/// Labels met, values invented, labels missed.
#[derive(Default)]
struct Tally {
    met: usize,
    invented: usize,
    missed: usize,
}

#[derive(Default)]
struct Share {
    part: usize,
    whole: usize,
}

impl Score {
    fn text(&mut self, labels: &Labels, incidents: &[Incident]) {
        let scored = |event: EventType| !is_optional(event);
        let labelled: Vec<&Label> = labels.incidents.iter().filter(|l| scored(l.event)).collect();
        let told: Vec<Told> = incidents.iter().filter(|i| scored(i.event_type())).map(Told::of).collect();
        let pairs = pairs(&labelled, &told);
        for (l, label) in labelled.iter().enumerate().filter(|(_, label)| !label.optional) {
            let read = pairs.iter().find(|(a, _)| *a == l).map(|(_, t)| &told[*t]);
            self.detected(label.role, true, read.is_some());
            if let Some(read) = read {
                self.compare(label, read);
            }
        }
        let unmatched = told.iter().enumerate().filter(|(t, _)| pairs.iter().all(|(_, b)| b != t)).map(|(_, t)| t);
        let mut invented = 0;
        for read in unmatched.filter(|t| !(labels.more_background && t.role == Role::Background)) {
            self.detected(read.role, false, true);
            invented += 1;
        }
        if labelled.is_empty() {
            self.false_alarms.count(invented > 0);
        }
    }

    fn detected(&mut self, role: Role, labelled: bool, read: bool) {
        self.field("incident", labelled, read, true);
        self.field(role.name(), labelled, read, true);
    }

    fn compare(&mut self, label: &Label, read: &Told) {
        if label.is_scored("type") {
            use EventType::{MissileAttack, RocketAttack};
            let same = label.event == read.event
                || matches!((label.event, read.event), (MissileAttack, RocketAttack) | (RocketAttack, MissileAttack));
            self.field("type", true, true, same);
        }
        if label.is_scored("date") {
            self.date(label, read);
        }
        if let (Some(place), true) = (label.places.first(), label.is_scored("place")) {
            let mut right = std::iter::once(place).chain(&label.also_right);
            let met = right.any(|name| names::agree(name, read.all_names()));
            self.field("place", true, !read.names.is_empty(), met);
        }
        if label.country.is_some() && label.is_scored("country") {
            self.field("country", true, read.country.is_some(), label.country == read.country);
        }
        self.weapon(label, read);
        for (field, labelled, got) in [("killed", label.killed, read.killed), ("wounded", label.wounded, read.wounded)]
        {
            if !label.toll_is_shared && label.is_scored(field) {
                self.toll(field, labelled, got);
            }
        }
    }

    fn date(&mut self, label: &Label, read: &Told) {
        let Some((first, last)) = label.days else {
            self.left_open.count(!read.day_is_told);
            return;
        };
        let got = if label.day_is_told { read.day_is_told } else { read.first.is_some() };
        let last = if label.day_is_told { first } else { last };
        self.field("date", true, got, read.first.is_some_and(|day| first <= day && day <= last));
    }

    fn weapon(&mut self, label: &Label, read: &Told) {
        let words: Vec<&str> = WEAPONS.iter().filter(|(k, _)| label.weapon.contains(k)).map(|(_, w)| *w).collect();
        if !words.is_empty() && label.is_scored("weapon") {
            let met = words.iter().flat_map(|w| w.split('|')).any(|word| read.weapons.contains(word));
            self.field("weapon", true, !read.weapons.is_empty(), met);
        }
        if let (Some(number), true) = (munitions(&label.weapon), label.is_scored("munitions")) {
            let met = read.munitions.iter().any(|m| number.is_met_by(*m));
            self.field("munitions", true, !read.munitions.is_empty(), met);
        }
    }

    fn toll(&mut self, field: &'static str, label: Count, read: Count) {
        let is_some = |c: Count| c.has_number() || c == Count::Some;
        // A plural without a number counts only where the other side has something too.
        let labelled = label.has_number() || (label == Count::Some && is_some(read));
        let got = read.has_number() || (read == Count::Some && is_some(label));
        if labelled || got {
            self.field(field, labelled, got, label.is_met_by(read));
        }
        if matches!(label, Count::Zero | Count::NotKnown | Count::Silent) {
            self.status.count(label == read || (label == Count::Zero && label.is_met_by(read)));
        }
    }

    fn field(&mut self, name: &'static str, labelled: bool, read: bool, met: bool) {
        let tally = self.fields.entry(name).or_default();
        match labelled && read && met {
            true => tally.met += 1,
            false => {
                tally.missed += usize::from(labelled);
                tally.invented += usize::from(read);
            }
        }
    }

    fn figures(&self) -> Figures {
        let mut figures = Figures::default();
        for (name, tally) in &self.fields {
            let labels = tally.met + tally.missed;
            figures.add(&format!("{name} precision"), ratio(tally.met, tally.met + tally.invented), labels);
            figures.add(&format!("{name} recall"), ratio(tally.met, labels), labels);
            figures.add(&format!("{name} f1"), tally.f1(), labels);
        }
        let means = ["date", "place", "type", "weapon", "killed", "wounded"];
        let f1: Vec<f64> = means.iter().filter_map(|name| self.fields.get(name)).map(Tally::f1).collect();
        figures.add("field_f1_mean", f1.iter().sum::<f64>() / f1.len().max(1) as f64, f1.len());
        for (name, share) in [
            ("casualty_status_accuracy", &self.status),
            ("undatable_left_open", &self.left_open),
            ("false_alarm_rate", &self.false_alarms),
        ] {
            figures.add(name, ratio(share.part, share.whole), share.whole);
        }
        figures
    }
}

impl Tally {
    fn f1(&self) -> f64 {
        ratio(2 * self.met, 2 * self.met + self.invented + self.missed)
    }
}

impl Share {
    fn count(&mut self, counts: bool) {
        self.part += usize::from(counts);
        self.whole += 1;
    }
}

impl Told {
    fn all_names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().chain(&self.chain).map(String::as_str)
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Pairs of a label and an incident, each used once, the likeliest first.
pub fn pairs(labels: &[&Label], told: &[Told]) -> Vec<(usize, usize)> {
    let every = (0..labels.len()).flat_map(|l| (0..told.len()).map(move |t| (l, t)));
    let mut likely: Vec<(i32, usize, usize)> =
        every.filter_map(|(l, t)| Some((likeness(labels[l], &told[t])?, l, t))).collect();
    likely.sort_unstable_by(|a, b| b.cmp(a));
    let mut pairs: Vec<(usize, usize)> = vec![];
    for (_, l, t) in likely {
        if pairs.iter().all(|(a, b)| *a != l && *b != t) {
            pairs.push((l, t));
        }
    }
    pairs
}

/// `None` when the two cannot be the same incident, else how alike they are, in tenths.
fn likeness(label: &Label, read: &Told) -> Option<i32> {
    if !label.event.agrees(read.event) {
        return None;
    }
    let at_sea = |c: &str| c == "XX";
    if let (Some(a), Some(b)) = (label.country.as_deref(), read.country.as_deref())
        && a != b
        && !at_sea(a)
        && !at_sea(b)
    {
        return None;
    }
    let day = label.days.map(|(first, _)| first).zip(read.first.filter(|_| read.day_is_told));
    if let Some((labelled, got)) = day
        && label.day_is_told
        && (got - labelled).get_days().abs() > 1
    {
        return None;
    }
    let toll = |a: Count, b: Count| i32::from(a.has_number() && b.has_number() && a.is_met_by(b)) * 10;
    Some(
        10 + i32::from(label.event == read.event) * 10
            + place_likeness(label, read)
            + i32::from(day.is_some()) * 10
            + toll(label.killed, read.killed)
            + toll(label.wounded, read.wounded)
            + i32::from(label.role == read.role) * 2,
    )
}

fn place_likeness(label: &Label, read: &Told) -> i32 {
    if label.places.iter().any(|place| names::agree(place, read.all_names())) {
        return 30;
    }
    let whole = label.places.join(" ");
    let is_part = read.names.iter().any(|name| names::agree(name, [whole.as_str()]));
    if label.places.is_empty() || read.names.is_empty() || is_part { 0 } else { -9 }
}

/// Words of a weapon's label, and what the id or name of the weapon read must then have.
#[rustfmt::skip]
const WEAPONS: &[(&str, &str)] = &[
    ("katyusha", "katyusha"), ("grad", "grad"), ("mortar", "mortar"), ("drone", "drone|uav|unmanned|shahed|samad|qasef"),
    ("barrel", "barrel"), ("firearm", "firearm|gun|shoot|rifle|small arms|small-arms|small_arms"), ("knife", "knife|stab|blade"),
    ("missile", "missile|rocket"), ("rocket", "rocket|missile|katyusha|grad"), ("mine", "mine|uxo|ordnance"),
    ("car bomb", "car bomb|car-bomb|car_bomb|vehicle"), ("belt", "belt|vest|suicide"), ("ied", "ied|bomb|explosive|device"),
    ("artillery", "artillery|shell|mortar"), ("tow", "tow|missile"),
];

/// The number of `Katyusha x3`, `drone x2-4`, `rocket x10+`.
fn munitions(weapon: &str) -> Option<Count> {
    let number = |text: &str| {
        let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        Some((text[..end].parse::<u32>().ok()?, text[end..].to_string()))
    };
    weapon.match_indices('x').find_map(|(at, _)| {
        let (min, rest) = number(&weapon[at + 1..])?;
        let upper = rest.strip_prefix('-').and_then(number);
        let (max, rest) = upper.unwrap_or((min, rest));
        Some(Count::Between(min, (!rest.starts_with('+')).then_some(max)))
    })
}
