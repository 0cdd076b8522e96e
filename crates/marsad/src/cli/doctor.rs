//! Which program is this, with which data, how fast does it start, and is the
//! store whole?
//!
//! What a person asks for when something is odd, and what a bug report needs.
//! Nothing of any article is printed.

use super::Done;
use super::console::{Console, output_error};
use crate::Error;
use marsad_lang::check::{Summary, check};
use marsad_store::{Check, Facts, Provenance, Store};
use serde_json::{Map, Value, json};
use std::io::{Write, stdout};
use std::time::Instant;
use unicode_width::UnicodeWidthStr;

pub fn run(console: &Console) -> Result<Done, Error> {
    let files = crate::data_files(console.data())?;
    let started = Instant::now();
    let res = crate::resources(console.data())?;
    let milliseconds = started.elapsed().as_millis() as u64;
    let (findings, summary) = check(&files);
    let store = store_report(console, &crate::provenance(&res))?;
    let report = Report {
        fingerprint: res.fingerprint(),
        milliseconds,
        bytes: files.iter().map(|(_, text)| text.len() as u64).sum(),
        summary,
        data_findings: findings.len(),
        store,
    };
    // Asked for by a person and pasted into a report: a table also into a pipe.
    let text = if console.json { report.json(console).to_string() + "\n" } else { report.lines(console) };
    stdout().lock().write_all(text.as_bytes()).map_err(output_error)?;
    Ok(if report.is_well() { Done::Well } else { Done::WithFindings })
}

struct Report {
    fingerprint: String,
    milliseconds: u64,
    bytes: u64,
    summary: Summary,
    data_findings: usize,
    store: Option<StoreReport>,
}

struct StoreReport {
    facts: Facts,
    check: Check,
    /// Documents read with other data or by another version.
    stale: usize,
}

/// `None` when there is no store yet, which is no fault.
fn store_report(console: &Console, now: &Provenance) -> Result<Option<StoreReport>, Error> {
    let store = match Store::open_read_only(&console.store) {
        Ok(store) => store,
        Err(error) if error.code() == "not_a_store" && !console.store.join("marsad.db").exists() => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let stale = store.documents()?.iter().filter(|row| row.provenance != *now).count();
    let mut check = store.check()?;
    check.findings.extend(crate::check_resolution(&store)?);
    Ok(Some(StoreReport { facts: store.facts()?, check, stale }))
}

impl Report {
    fn is_well(&self) -> bool {
        self.data_findings == 0 && self.store.as_ref().is_none_or(|s| s.check.is_clean())
    }

    fn json(&self, console: &Console) -> Value {
        let s = &self.summary;
        json!({
            "version": crate::VERSION,
            "data": {
                "fingerprint": self.fingerprint, "folder": console.data(), "bytes": self.bytes, "files": s.files,
                "entries": s.entries, "forms": s.forms, "places": s.places, "rules": s.rules, "examples": s.examples,
                "findings": self.data_findings,
            },
            "start_ms": self.milliseconds,
            "threads": rayon::current_num_threads(),
            "store": self.store.as_ref().map(|s| s.json(console)),
        })
    }

    fn lines(&self, console: &Console) -> String {
        let s = &self.summary;
        let shipped = console.say("doctor.shipped", &[]);
        let origin = console.data().map(|dir| console.say("doctor.overlay", &[("dir", &dir.display())]));
        let counts: [(&str, &dyn std::fmt::Display); 6] = [
            ("files", &s.files),
            ("entries", &s.entries),
            ("forms", &s.forms),
            ("places", &s.places),
            ("rules", &s.rules),
            ("examples", &s.examples),
        ];
        let start: [(&str, &dyn std::fmt::Display); 2] = [("ms", &self.milliseconds), ("bytes", &self.bytes)];
        let mut rows = vec![
            ("version", crate::VERSION.to_string()),
            ("data", self.fingerprint.clone()),
            ("data_from", origin.unwrap_or(shipped)),
            ("counts", console.say("doctor.counts_value", &counts)),
            ("data_check", verdict(self.data_findings, console)),
            ("start", console.say("doctor.start_value", &start)),
            ("threads", rayon::current_num_threads().to_string()),
        ];
        match &self.store {
            Some(store) => rows.extend(store.rows(console)),
            None => rows.push(("store", console.say("doctor.no_store", &[("dir", &console.store.display())]))),
        }
        let label = |name: &str| console.say(&format!("doctor.{name}"), &[]);
        let gap = |label: &str| " ".repeat(18usize.saturating_sub(label.width()).max(2));
        let line = |(name, value): &(&str, String)| format!("{}{}{value}\n", label(name), gap(&label(name)));
        let mut out: String = rows.iter().map(line).collect();
        for finding in self.store.iter().flat_map(|s| &s.check.findings) {
            out += &format!("{:<18}{}: {} [{}]\n", "", finding.subject, finding.message, finding.code);
        }
        out
    }
}

impl StoreReport {
    fn json(&self, console: &Console) -> Value {
        let findings = self.check.findings.iter();
        let findings = findings.map(|f| json!({"code": f.code, "subject": f.subject, "message": f.message}));
        json!({
            "folder": console.store,
            "rows": self.facts.rows.iter().map(|(t, n)| (t.clone(), (*n).into())).collect::<Map<String, Value>>(),
            "database_bytes": self.facts.database_bytes,
            "raw_files": self.facts.raw_files,
            "raw_bytes": self.facts.raw_bytes,
            "schema_version": self.facts.schema_version,
            "sqlite_version": self.facts.sqlite_version,
            "stale_documents": self.stale,
            "findings": findings.collect::<Vec<_>>(),
        })
    }

    fn rows(&self, console: &Console) -> Vec<(&'static str, String)> {
        let rows = |table: &str| self.facts.rows.get(table).copied().unwrap_or_default();
        let (documents, incidents) = (rows("documents"), rows("incidents"));
        let (tallies, operations) = (rows("tallies"), rows("operations"));
        let store: [(&str, &dyn std::fmt::Display); 5] = [
            ("dir", &console.store.display()),
            ("documents", &documents),
            ("incidents", &incidents),
            ("tallies", &tallies),
            ("operations", &operations),
        ];
        let size: [(&str, &dyn std::fmt::Display); 5] = [
            ("database", &self.facts.database_bytes),
            ("raw", &self.facts.raw_bytes),
            ("files", &self.facts.raw_files),
            ("sqlite", &self.facts.sqlite_version),
            ("schema", &self.facts.schema_version),
        ];
        let mut out = vec![
            ("store", console.say("doctor.store_value", &store)),
            ("size", console.say("doctor.size_value", &size)),
            ("check", verdict(self.check.findings.len(), console)),
        ];
        if self.stale > 0 {
            out.push(("stale", console.say("doctor.stale_value", &[("count", &self.stale)])));
        }
        out
    }
}

fn verdict(findings: usize, console: &Console) -> String {
    match findings {
        0 => console.say("doctor.well", &[]),
        n => console.say("doctor.findings", &[("count", &n)]),
    }
}
