//! Does the store bear out what reports count?
//!
//! "About 50 attacks since January": each such tally beside the incidents that
//! it may count, with a verdict, and how many are missing.

use super::Done;
use super::args::Audit;
use super::console::{Console, output_error};
use super::stores::opened;
use crate::Error;
use crate::pipeline::decided;
use comfy_table::{Table, presets};
use marsad_model::{Reading, Tally};
use marsad_resolve::{Claim, TallyClaim, audit, resolve_with};
use marsad_store::{Filter, Store};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufWriter, Write, stdout};

pub fn run(args: &Audit, console: &Console) -> Result<Done, Error> {
    let store = opened(console, args.as_of.as_deref())?;
    let audited = audited(&store)?;
    let mut out = BufWriter::new(stdout().lock());
    let mut write = || {
        match console.human {
            true => write_table(&audited, &mut out, console)?,
            false => audited.iter().try_for_each(|a| writeln!(out, "{}", a.json()))?,
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
    source: String,
    tally: Tally,
    /// The words in which it stands.
    quote: String,
    /// Ids of the incidents that it may count.
    members: Vec<String>,
}

fn audited(store: &Store) -> Result<Vec<Audited>, Error> {
    let (mut claims, mut tallies, mut known) = (vec![], vec![], BTreeMap::new());
    store.each_reading(|reading| {
        claims.extend(Claim::from_reading(&reading));
        for claim in TallyClaim::from_reading(&reading) {
            let quote = quote(&reading, &claim.tally);
            known.insert((claim.document.clone(), claim.index), (reading.document.source.clone(), quote));
            tallies.push(claim);
        }
    })?;
    let incidents = resolve_with(&claims, &decided(store)?);
    let ids = ids(store)?;
    let told = tallies.iter().map(|t| ((t.document.clone(), t.index), t.tally.clone()));
    let mut told: BTreeMap<(String, usize), Tally> = told.collect();
    let one = |audit: marsad_resolve::Audit| {
        let key = (audit.document.clone(), audit.index);
        let (source, quote) = known.remove(&key)?;
        let members = audit.members.iter().map(|key| ids.get(key).unwrap_or(key).clone()).collect();
        Some(Audited { tally: told.remove(&key)?, source, quote, members, audit })
    };
    Ok(audit(&tallies, &incidents).into_iter().filter_map(one).collect())
}

/// The ids of incidents by the key of each telling.
fn ids(store: &Store) -> Result<BTreeMap<String, String>, Error> {
    let incidents = store.incidents(&Filter::default())?;
    let key = |i: &marsad_store::wire::Resolved| -> Vec<(String, String)> {
        i.tellings.iter().map(|t| (format!("{}#{}", t.document, t.incident), i.incident.id.clone())).collect()
    };
    Ok(incidents.iter().flat_map(key).collect())
}

fn quote(reading: &Reading, tally: &Tally) -> String {
    let Some(span) = tally.evidence.first().map(|e| e.span) else { return String::new() };
    let text = reading.document.text.chars().skip(span.start as usize);
    text.take((span.end - span.start) as usize).collect()
}

impl Audited {
    fn json(&self) -> Value {
        let Audited { audit, tally, .. } = self;
        let (low, high) = audit.claimed;
        json!({
            "document": audit.document, "source": self.source, "kind": tally.kind.name(), "exact": self.quote,
            "claimed": {"min": low, "max": high}, "from": tally.from.map(|d| d.to_string()),
            "to": tally.to.map(|d| d.to_string()), "counted": audit.counted, "possible": audit.possible,
            "verdict": audit.verdict.name(), "members": self.members, "missing": audit.missing,
        })
    }

    fn claimed(&self) -> String {
        match self.audit.claimed {
            (Some(low), Some(high)) if low == high => low.to_string(),
            (Some(low), Some(high)) => format!("{low}–{high}"),
            (Some(low), None) => format!("≥{low}"),
            (None, Some(high)) => format!("≤{high}"),
            (None, None) => "?".to_string(),
        }
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
            a.claimed(),
            a.audit.counted.to_string(),
            a.audit.possible.to_string(),
            a.audit.missing.map_or("?".to_string(), |n| n.to_string()),
            a.tally.from.map_or("?".to_string(), |d| d.to_string()),
            console.isolated(&a.quote.replace('\n', " ")),
            a.source.clone(),
        ]);
    }
    table.lines().try_for_each(|line| writeln!(out, "{}", line.trim_end()))
}
