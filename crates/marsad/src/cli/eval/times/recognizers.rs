//! Cases of Recognizers-Text: what its .NET program is to find in a sentence.
//!
//! Cases that its own .NET program does not meet are not judged. One case is
//! one sentence with all that is expected of it.
//!
//! * **Extractors** ask for the words. Right is a reading over the same words,
//!   more or less a leading preposition, conjunction, «هذا», «يوم» or «الساعة»,
//!   signs and spaces.
//! * **Parsers** ask for the value of words that are given. Right is a reading
//!   over some of these words with the value: the day; the first and last day
//!   of a stretch (theirs ends behind its last day when it is a month or week,
//!   on the day or where the year begins that is named last when it goes from
//!   one to the other: both count); the
//!   clock time; the same part of the day (whose bounds are convention); the
//!   seconds of a duration; the season by its code. «أواخر», «بداية» and such
//!   have no exact bounds: right is a stretch inside theirs. Where a case gives
//!   a past and a future value, its words are ambiguous, and either is right.
//! * **Models** of numbers ask for values: right when all are read and no
//!   other. Ranges are compared with their bounds and whether these belong.
//!
//! Refused as a kind, and counted as such: yes and no (`Choice`); words such
//! as «التالي» and «الأخير» that leaf through a document (`ordinal.relative`);
//! powers (`1e10`), which no report writes.
//!
//! An amount or time of the asked kind that no case expects counts as invented.

use super::super::{Case, Outcome, Row, text};
use super::{Heard, case, same, told};
use jiff::civil::{Date, Time};
use marsad_lang::Resources;
use marsad_lang::measure::{Bound, Clock, Manner, Moment, Quantity, QuantityKind};
use marsad_lang::time::{Edge, Season};
use marsad_model::TimeOfDay;
use serde_json::Value;

const FIGURE: &str = "recognizers";

pub fn cases(res: &Resources, row: &Row) -> Vec<Case> {
    let listed = |key: &str| row.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    let unsupported = listed("not_supported")
        .iter()
        .chain(&listed("not_supported_by"))
        .any(|n| n.as_str().is_some_and(|n| n.to_lowercase().split(',').any(|n| n.trim() == "dotnet")));
    if unsupported {
        return vec![];
    }
    let (id, spec) = (text(row, "id"), text(row, "spec"));
    let expected = listed("results");
    if spec.starts_with("Choice/") || expected.iter().any(is_refused) {
        return vec![Case { outcome: Outcome::Refused, ..case(id, FIGURE, false, String::new(), String::new()) }];
    }
    let heard = Heard::new(res, text(row, "input"));
    if spec.starts_with("Number/") {
        return numbers(&heard, id, spec, &expected);
    }
    let stamp = row.get("context").and_then(|c| c.get("ReferenceDateTime")).and_then(Value::as_str);
    let today = stamp.and_then(|s| s.get(..10)?.parse().ok());
    if spec.ends_with("Extractor") {
        extractor(&heard, id, spec, &expected)
    } else {
        parser(&heard, id, today, &expected)
    }
}

fn is_refused(result: &Value) -> bool {
    let relative = field(result, "TypeName") == "ordinal.relative";
    let power = result.get("Resolution").is_some_and(|r| field(r, "subtype") == "power");
    relative || power
}

fn field<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// A sentence from which readings are wanted, and those that no one asked for.
fn sentence(id: &str, right: bool, expected: String, got: String, extra: usize) -> Vec<Case> {
    let mut out = vec![case(id, FIGURE, right, expected.clone(), got.clone())];
    for _ in 0..if right { extra } else { 0 } {
        out.push(Case { outcome: Outcome::Invented, ..case(id, FIGURE, false, expected.clone(), got.clone()) });
    }
    out
}

fn extractor(heard: &Heard, id: &str, spec: &str, expected: &[Value]) -> Vec<Case> {
    let found = heard.moments(None, Manner::Plan);
    let exact: Vec<String> = found.iter().map(|m| heard.exact(m.first, m.end)).collect();
    let mut free: Vec<usize> = (0..found.len()).collect();
    let mut all = true;
    for result in expected {
        let places = heard.places(field(result, "Text"));
        let over = |m: &Moment| places.iter().any(|p| heard.same_words(*p, (m.first, m.end)));
        match free.iter().position(|i| over(&found[*i])) {
            Some(at) => drop(free.remove(at)),
            None => all = false,
        }
    }
    let extra = free.iter().filter(|i| of_kind(&found[**i], spec)).count();
    let wanted: Vec<&str> = expected.iter().map(|r| field(r, "Text")).collect();
    let right = all && (extra == 0 || !expected.is_empty());
    sentence(id, right, wanted.join(" | "), exact.join(" | "), extra)
}

/// True when a reading is of the kind for which a set of cases asks.
fn of_kind(m: &Moment, spec: &str) -> bool {
    match spec.rsplit('/').next().unwrap_or_default() {
        "DurationExtractor" => m.length.is_some(),
        "TimeExtractor" => m.clock.is_some() && m.until.is_none(),
        "TimePeriodExtractor" => m.until.is_some(),
        "HolidayExtractor" => false,
        _ => m.clock.is_none() && m.length.is_none() && m.part.is_none(),
    }
}

fn parser(heard: &Heard, id: &str, today: Option<Date>, expected: &[Value]) -> Vec<Case> {
    let plan = heard.moments(today, Manner::Plan);
    let report = heard.moments(today, Manner::Report);
    let right = expected.iter().all(|result| {
        let value = result.get("Value").unwrap_or(&Value::Null);
        plan.iter().chain(&report).any(|m| {
            heard.places(field(result, "Text")).iter().any(|p| p.0 < m.end && m.first < p.1)
                && ["PastResolution", "FutureResolution"].iter().any(|r| has_value(m, value, &value[*r]))
        })
    });
    let right = right && (!expected.is_empty() || plan.is_empty());
    let wanted: Vec<String> = expected.iter().map(|r| wanted(&r["Value"])).collect();
    sentence(id, right, wanted.join(" "), format!("{} ({})", told(&plan), told(&report)), 0)
}

fn wanted(value: &Value) -> String {
    format!("{} {} {}", field(value, "Timex"), value["PastResolution"], value["FutureResolution"])
}

fn has_value(m: &Moment, value: &Value, resolution: &Value) -> bool {
    let timex = field(value, "Timex");
    let date = |key: &str| field(resolution, key).parse::<Date>().ok();
    let time = |key: &str| field(resolution, key).parse::<Time>().ok();
    if let Some(day) = date("date") {
        return m.days == Some((day, day)) || m.edge.is_some() && m.days.is_some_and(|(a, b)| a <= day && day <= b);
    }
    if let Some((from, to)) = date("startDate").zip(date("endDate")) {
        return m.days.is_some_and(|days| is_stretch(days, m.edge.is_some(), from, to));
    }
    if let Some(at) = time("time") {
        return m.until.is_none() && m.clock.is_some_and(|c| is_hour(c, at));
    }
    if let Some((from, to)) = time("startTime").zip(time("endTime")) {
        let hours = m.clock.zip(m.until).is_some_and(|(a, b)| is_hour(a, from) && is_hour(b, to));
        return hours || (m.clock.is_none() && is_part(m, timex, from, to));
    }
    if let Some(seconds) = field(resolution, "duration").parse::<f64>().ok().or(resolution["duration"].as_f64()) {
        return m.length.as_ref().and_then(|l| l.seconds()).is_some_and(|s| same(s, seconds));
    }
    m.season.is_some_and(|(season, year)| {
        let code = ["SP", "SU", "FA", "WI"][match season {
            Season::Spring => 0,
            Season::Summer => 1,
            Season::Autumn => 2,
            Season::Winter => 3,
        }];
        timex == year.map_or(code.to_string(), |y| format!("{y:04}-{code}"))
    })
}

fn is_stretch((first, last): (Date, Date), edge: bool, from: Date, to: Date) -> bool {
    let behind = last.tomorrow().ok() == Some(to);
    // «2014-2018»: theirs ends where the last year begins.
    let last_year = Date::new(last.year(), 1, 1).ok() == Some(to) && first < to;
    (first == from && (behind || last == to || last_year)) || (edge && from <= first && last <= to)
}

/// An hour whose half of the day no word tells is right by its face.
fn is_hour(clock: Clock, time: Time) -> bool {
    let hour = time.hour() as u8;
    let face = if clock.sure { clock.hour == hour } else { clock.hour % 12 == hour % 12 };
    face && clock.minute == time.minute() as u8 && clock.second == time.second() as u8
}

fn is_part(m: &Moment, timex: &str, from: Time, to: Time) -> bool {
    let (part, whole): (&[TimeOfDay], (i8, i8)) = match timex {
        "TMO" => (&[TimeOfDay::Morning, TimeOfDay::Dawn], (8, 12)),
        "TAF" => (&[TimeOfDay::Afternoon], (12, 16)),
        "TEV" => (&[TimeOfDay::Evening], (16, 20)),
        "TNI" => (&[TimeOfDay::Night], (20, 23)),
        _ => return false,
    };
    let edge = match (from.hour() == whole.0, to.hour() == whole.1) {
        (true, false) => Some(Edge::Start),
        (false, true) => Some(Edge::End),
        _ => None,
    };
    m.part.is_some_and(|p| part.contains(&p)) && m.edge == edge
}

fn numbers(heard: &Heard, id: &str, spec: &str, expected: &[Value]) -> Vec<Case> {
    let spec = spec.rsplit('/').next().unwrap_or_default();
    let kinds: &[QuantityKind] = match spec {
        "NumberRangeModel" => &[QuantityKind::Range],
        "PercentModel" => &[QuantityKind::Percent],
        "NumberModel" => &[QuantityKind::Cardinal, QuantityKind::Fraction],
        _ => &[QuantityKind::Ordinal],
    };
    let all = heard.quantities();
    let mut got: Vec<String> = all.iter().filter(|q| kinds.contains(&q.kind)).map(written).collect();
    if spec == "NumberModel" {
        // The numbers of «أكثر من نصف» and «بين 5 و7» are numbers too.
        all.iter().filter(|q| q.kind == QuantityKind::Range).for_each(|q| got.extend(bounds(q)));
    }
    let wanted: Vec<String> = expected.iter().map(|r| field(&r["Resolution"], "value").to_string()).collect();
    let shown = (wanted.join(" "), got.join(" "));
    let mut all = true;
    for value in &wanted {
        match got.iter().position(|g| agree(g, value)) {
            Some(at) => drop(got.remove(at)),
            None => all = false,
        }
    }
    let right = all && (got.is_empty() || !expected.is_empty());
    sentence(id, right, shown.0, shown.1, got.len())
}

fn bounds(q: &Quantity) -> Vec<String> {
    let mut both: Vec<f64> = [q.low, q.high].into_iter().flatten().map(|b| b.value).collect();
    both.dedup();
    both.iter().map(ToString::to_string).collect()
}

/// A value as the cases write it: `20.6`, `100%`, `[20,30)`.
fn written(q: &Quantity) -> String {
    let bound = |b: Option<Bound>| b.map_or(String::new(), |b| b.value.to_string());
    match (q.kind, q.value) {
        (QuantityKind::Percent, Some(v)) => format!("{v}%"),
        (_, Some(v)) => v.to_string(),
        _ => {
            let open = if q.low.is_some_and(|b| b.included) { '[' } else { '(' };
            let close = if q.high.is_some_and(|b| b.included) { ']' } else { ')' };
            format!("{open}{},{}{close}", bound(q.low), bound(q.high))
        }
    }
}

/// Equal as text, or as numbers of the fifteen digits that the cases print.
fn agree(got: &str, wanted: &str) -> bool {
    let pair = got.parse::<f64>().ok().zip(wanted.parse::<f64>().ok());
    got == wanted || pair.is_some_and(|(a, b)| (a - b).abs() <= 1e-12 * b.abs().max(1e-3))
}
