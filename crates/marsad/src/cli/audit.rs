//! Does the store bear out what reports count, and do the reports agree?
//!
//! "About 50 attacks since January": each such tally beside the incidents that
//! it may count, with a verdict, and how many are missing; then beside the
//! other counts of its scope: one that falls contradicts the one before.

use super::Done;
use super::args::Audit;
use super::console::{Console, output_error};
use super::stores::opened;
use crate::Error;
use crate::pipeline::decided;
use comfy_table::{Table, presets};
use marsad_model::{Reading, Tally};
use marsad_resolve::{Agreement, Beside, Claim, Compared, TallyClaim, audit, resolve_with, series};
use marsad_store::{Filter, Store};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufWriter, Write, stdout};

pub fn run(args: &Audit, console: &Console) -> Result<Done, Error> {
    let store = opened(console, args.as_of.as_deref())?;
    let (audited, told) = audited(&store)?;
    let mut out = BufWriter::new(stdout().lock());
    let mut write = || {
        match console.human {
            true => {
                write_table(&audited, &mut out, console)?;
                write_series(&audited, &told, &mut out, console)?;
            }
            false => audited.iter().try_for_each(|a| writeln!(out, "{}", a.json(&told)))?,
        }
        out.flush()
    };
    write().map_err(output_error)?;
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    audited.iter().for_each(|a| *counts.entry(a.audit.verdict.name()).or_default() += 1);
    let counted = |(verdict, n): (&&str, &usize)| format!("{}: {n}", console.label("verdict", verdict));
    console.note(&console.list(&counts.iter().map(counted).collect::<Vec<_>>()));
    Ok(Done::Well)
}

/// A tally with what the store says to it.
struct Audited {
    audit: marsad_resolve::Audit,
    /// The other counts of its scope.
    beside: Beside,
    told: Told,
    /// Ids of the incidents that it may count, and of those that may be one of these.
    members: Vec<String>,
    echoes: Vec<String>,
}

/// A tally where it stands.
#[derive(Clone)]
struct Told {
    source: String,
    tally: Tally,
    /// The words of each of its spans.
    quotes: Vec<String>,
}

/// Document and position among its tallies.
type Key = (String, usize);

fn audited(store: &Store) -> Result<(Vec<Audited>, BTreeMap<Key, Told>), Error> {
    let (mut claims, mut tallies, mut told) = (vec![], vec![], BTreeMap::new());
    store.each_reading(|reading| {
        claims.extend(Claim::from_reading(&reading));
        for claim in TallyClaim::from_reading(&reading) {
            told.insert((claim.document.clone(), claim.index), Told::of(&reading, &claim.tally));
            tallies.push(claim);
        }
    })?;
    let incidents = resolve_with(&claims, &decided(store)?);
    let ids = ids(store)?;
    let named = |keys: &[String]| keys.iter().map(|key| ids.get(key).unwrap_or(key).clone()).collect();
    // Both come in the order of document and position.
    let both = audit(&tallies, &incidents).into_iter().zip(series(&tallies, &incidents));
    let one = |(audit, beside): (marsad_resolve::Audit, Beside)| Audited {
        members: named(&audit.members),
        echoes: named(&audit.echoes),
        told: told[&(audit.document.clone(), audit.index)].clone(),
        audit,
        beside,
    };
    Ok((both.map(one).collect(), told))
}

/// The ids of incidents by the key of each telling.
fn ids(store: &Store) -> Result<BTreeMap<String, String>, Error> {
    let incidents = store.incidents(&Filter::default())?;
    let key = |i: &marsad_store::wire::Resolved| -> Vec<(String, String)> {
        i.tellings.iter().map(|t| (format!("{}#{}", t.document, t.incident), i.incident.id.clone())).collect()
    };
    Ok(incidents.iter().flat_map(key).collect())
}

impl Told {
    fn of(reading: &Reading, tally: &Tally) -> Told {
        let quote = |e: &marsad_model::Evidence| {
            let text = reading.document.text.chars().skip(e.span.start as usize);
            text.take((e.span.end - e.span.start) as usize).collect()
        };
        let quotes = tally.evidence.iter().map(quote).collect();
        Told { source: reading.document.source.clone(), tally: tally.clone(), quotes }
    }

    fn quote(&self) -> &str {
        self.quotes.first().map_or("", String::as_str)
    }

    fn evidence(&self) -> Value {
        let spans = self.tally.evidence.iter().zip(&self.quotes);
        let span = |(e, exact): (&marsad_model::Evidence, &String)| json!({"start": e.span.start, "end": e.span.end, "exact": exact, "rule": &*e.rule});
        spans.map(span).collect()
    }
}

impl Audited {
    fn json(&self, told: &BTreeMap<Key, Told>) -> Value {
        let Audited { audit, beside, told: Told { tally, source, .. }, .. } = self;
        let (low, high) = audit.claimed;
        let compared = |c: &Compared| {
            let other = &told[&(c.document.clone(), c.index)];
            let (low, high) = other.tally.count.range();
            json!({
                "relation": c.relation.name(), "document": c.document, "source": other.source,
                "claimed": {"min": low, "max": high}, "from": other.tally.from.map(|d| d.to_string()),
                "to": other.tally.to.map(|d| d.to_string()), "evidence": other.evidence(),
            })
        };
        json!({
            "document": audit.document, "source": source, "kind": tally.kind.name(), "exact": self.told.quote(),
            "claimed": {"min": low, "max": high}, "from": tally.from.map(|d| d.to_string()),
            "to": tally.to.map(|d| d.to_string()), "counted": audit.counted, "possible": audit.possible,
            "verdict": audit.verdict.name(), "members": self.members, "echoes": self.echoes, "missing": audit.missing,
            "agreement": beside.agreement.name(), "compared": beside.compared.iter().map(compared).collect::<Vec<_>>(),
            "untold": beside.untold, "evidence": self.told.evidence(),
        })
    }
}

fn number((low, high): (Option<u32>, Option<u32>)) -> String {
    match (low, high) {
        (Some(low), Some(high)) if low == high => low.to_string(),
        (Some(low), Some(high)) => format!("{low}–{high}"),
        (Some(low), None) => format!("≥{low}"),
        (None, Some(high)) => format!("≤{high}"),
        (None, None) => "?".to_string(),
    }
}

fn write_table(audited: &[Audited], out: &mut impl Write, console: &Console) -> std::io::Result<()> {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    let columns = ["verdict", "claimed", "counted", "possible", "missing", "since", "words", "source"];
    table.set_header(columns.map(|name| console.label("audit", name)));
    for a in audited {
        table.add_row([
            console.label("verdict", a.audit.verdict.name()),
            number(a.audit.claimed),
            a.audit.counted.to_string(),
            a.audit.possible.to_string(),
            a.audit.missing.map_or("?".to_string(), |n| n.to_string()),
            a.told.tally.from.map_or("?".to_string(), |d| d.to_string()),
            console.isolated(&a.told.quote().replace('\n', " ")),
            a.told.source.clone(),
        ]);
    }
    table.lines().try_for_each(|line| writeln!(out, "{}", line.trim_end()))
}

/// Each count that can be laid beside others, then those others, and what is not there.
fn write_series(
    audited: &[Audited],
    told: &BTreeMap<Key, Told>,
    out: &mut impl Write,
    console: &Console,
) -> std::io::Result<()> {
    let comparable: Vec<&Audited> = audited.iter().filter(|a| a.beside.agreement != Agreement::NotComparable).collect();
    if comparable.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", console.say("audit.beside", &[]))?;
    let line = |relation: String, told: &Told, claimed: (Option<u32>, Option<u32>)| {
        let day = |day: Option<jiff::civil::Date>| day.map_or("?".to_string(), |d| d.to_string());
        let quote = console.isolated(&told.quote().replace('\n', " "));
        let days = format!("{} … {}", day(told.tally.from), day(told.tally.to));
        [relation, number(claimed), days, quote, told.source.clone()]
    };
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    for a in comparable {
        table.add_row(line(console.label("agreement", a.beside.agreement.name()), &a.told, a.audit.claimed));
        for c in &a.beside.compared {
            let other = &told[&(c.document.clone(), c.index)];
            let relation = format!("  {}", console.label("count_relation", c.relation.name()));
            table.add_row(line(relation, other, other.tally.count.range()));
        }
        if !a.beside.untold.is_empty() {
            let numbers: Vec<String> = a.beside.untold.iter().map(u32::to_string).collect();
            table.add_row([format!("  {}", console.say("audit.untold", &[])), console.list(&numbers)]);
        }
    }
    table.lines().try_for_each(|line| writeln!(out, "{}", line.trim_end()))
}
