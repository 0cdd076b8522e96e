//! What was done to the store, by which steps, and what does one state have
//! that another has not?
//!
//! `log` lists the entries, `diff` lays two states over each other. An incident
//! is the same in both when it has the same id.

use super::Done;
use super::args::{Diff, Log};
use super::console::{Console, output_error};
use super::stores::{former, incident};
use crate::Error;
use comfy_table::{Table, presets};
use marsad_store::wire::Resolved;
use marsad_store::{Filter, Operation, Store, export};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufWriter, Write, stdout};

pub fn log(args: &Log, console: &Console) -> Result<Done, Error> {
    let store = Store::open_read_only(&console.store)?;
    let undone = store.undone()?;
    let mut operations = store.log()?;
    if let Some(id) = &args.id {
        let about = documents(&incident(id, &store, console)?);
        operations.retain(|o| concerns(o, &about));
    }
    let mut out = BufWriter::new(stdout().lock());
    let mut write = || {
        if console.human {
            return write_table(&operations, &undone, &mut out, console);
        }
        operations.iter().try_for_each(|o| writeln!(out, "{}", entry_json(o, undone.contains(&o.seq))))
    };
    write().and_then(|()| out.flush()).map_err(output_error)?;
    Ok(Done::Well)
}

fn documents(resolved: &Resolved) -> BTreeSet<String> {
    resolved.tellings.iter().map(|t| t.document.clone()).collect()
}

/// An entry that names one of these documents.
fn concerns(operation: &Operation, documents: &BTreeSet<String>) -> bool {
    let payload = &operation.payload;
    let named = |value: &Value| value.as_str().is_some_and(|d| documents.contains(d));
    let told = |key: &str| payload[key].as_array().is_some_and(|all| all.iter().any(|t| named(&t["document"])));
    named(&payload["document"]) || told("tellings") || told("others")
}

fn entry_json(operation: &Operation, is_undone: bool) -> Value {
    let Operation { seq, kind, payload, sha256, .. } = operation;
    json!({"entry": seq, "kind": kind, "at": payload["at"], "undone": is_undone, "payload": payload, "sha256": sha256})
}

fn write_table(
    operations: &[Operation],
    undone: &BTreeSet<u64>,
    out: &mut impl Write,
    console: &Console,
) -> std::io::Result<()> {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_header(["entry", "at", "kind", "what"].map(|name| console.label("log", name)));
    for operation in operations {
        let at = operation.payload["at"].as_str().unwrap_or_default().to_string();
        let mark = if undone.contains(&operation.seq) { console.say("log.undone", &[]) } else { String::new() };
        table.add_row([operation.seq.to_string(), at, kind(operation, console), what(operation) + &mark]);
    }
    table.lines().try_for_each(|line| writeln!(out, "{}", line.trim_end()))
}

fn kind(operation: &Operation, console: &Console) -> String {
    let word = operation.payload["decision"].as_str().unwrap_or(&operation.kind).replace('.', "_");
    console.label("operation", &word)
}

/// The entry in a few words; the whole stands in its JSON.
fn what(operation: &Operation) -> String {
    let payload = &operation.payload;
    let word = |key: &str| payload[key].as_str().unwrap_or_default();
    let short = |id: &str| id.chars().take(12).collect::<String>();
    let documents = |key: &str| -> String {
        let told = payload[key].as_array().into_iter().flatten().filter_map(|t| t["document"].as_str());
        told.map(short).collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(" ")
    };
    let said = match (operation.kind.as_str(), word("decision")) {
        ("document.added" | "document.reread", _) => format!("{} {}", short(word("document")), word("source")),
        ("incidents.replaced", _) => payload["incidents"].to_string(),
        ("undo", _) => payload["of"].to_string(),
        (_, "same") => documents("tellings"),
        (_, "apart") => format!("{} | {}", documents("tellings"), documents("others")),
        (_, "set") => format!("{}={} ({})", word("field"), word("value"), documents("tellings")),
        (_, "link") => format!("{} {} {}", documents("tellings"), word("kind"), documents("others")),
        (_, "retract") => short(word("document")),
        _ => String::new(),
    };
    match word("why") {
        "" => said,
        why => format!("{said}: {why}"),
    }
}

pub fn diff(args: &Diff, console: &Console) -> Result<Done, Error> {
    let store = Store::open_read_only(&console.store)?;
    let before = incidents(&former(&store, &args.from)?)?;
    let after = match &args.to {
        Some(to) => incidents(&former(&store, to)?)?,
        None => incidents(&store)?,
    };
    let differences = differences(&before, &after);
    let mut out = BufWriter::new(stdout().lock());
    let mut write = || {
        for difference in &differences {
            match console.human {
                true => write!(out, "{}", difference.text(console))?,
                false => writeln!(out, "{}", difference.json())?,
            }
        }
        out.flush()
    };
    write().map_err(output_error)?;
    let count = |wanted: fn(&Difference) -> bool| differences.iter().filter(|d| wanted(d)).count();
    let values: [(&str, &dyn std::fmt::Display); 3] = [
        ("new", &count(|d| d.before.is_none())),
        ("gone", &count(|d| d.after.is_none())),
        ("changed", &count(|d| d.before.is_some() && d.after.is_some())),
    ];
    console.note(&console.say("summary.diff", &values));
    Ok(Done::Well)
}

type Cells = BTreeMap<&'static str, String>;

fn incidents(store: &Store) -> Result<BTreeMap<String, Cells>, Error> {
    let all = store.incidents(&Filter::default())?;
    Ok(all.iter().map(|i| (i.incident.id.clone(), export::row(i).into_iter().collect())).collect())
}

/// An incident that only one state has, or has otherwise.
struct Difference<'d> {
    id: &'d str,
    before: Option<&'d Cells>,
    after: Option<&'d Cells>,
}

fn differences<'d>(before: &'d BTreeMap<String, Cells>, after: &'d BTreeMap<String, Cells>) -> Vec<Difference<'d>> {
    let ids: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let difference = |id: &'d String| Difference { id, before: before.get(id), after: after.get(id) };
    ids.into_iter().map(difference).filter(|d| d.before != d.after).collect()
}

impl Difference<'_> {
    fn cells(&self) -> Vec<(&'static str, &str, &str)> {
        let columns = export::COLUMNS.iter().filter(|name| **name != "id");
        let value = |name: &&'static str| {
            let before = self.before.and_then(|c| c.get(name)).map_or("", String::as_str);
            let after = self.after.and_then(|c| c.get(name)).map_or("", String::as_str);
            (*name, before, after)
        };
        columns.map(value).filter(|(_, before, after)| before != after).collect()
    }

    fn json(&self) -> Value {
        let fields: serde_json::Map<String, Value> =
            self.cells().into_iter().map(|(name, a, b)| (name.to_string(), json!([a, b]))).collect();
        json!({"id": self.id, "change": self.change(), "fields": fields})
    }

    fn change(&self) -> &'static str {
        match (self.before, self.after) {
            (None, _) => "new",
            (_, None) => "gone",
            _ => "changed",
        }
    }

    fn text(&self, console: &Console) -> String {
        let cells = self.cells();
        let line = |(name, before, after): &(&str, &str, &str)| {
            let shown = |text: &str| if text.is_empty() { "?".to_string() } else { console.isolated(text) };
            format!("    {name}: {} → {}\n", shown(before), shown(after))
        };
        let is_changed = self.before.is_some() && self.after.is_some();
        let brief = |name: &&(&str, &str, &str)| matches!(name.0, "type" | "date_earliest" | "place_en" | "killed");
        let lines: String = match is_changed {
            true => cells.iter().map(line).collect(),
            false => cells.iter().filter(brief).map(line).collect(),
        };
        format!("{} {}\n{lines}", console.label("change", self.change()), self.id)
    }
}
