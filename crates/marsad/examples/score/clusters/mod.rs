//! How well are the tellings of many documents brought together?
//!
//! A set is read into a store, its claims are resolved, and the incidents are held against those that people put
//! together. The measure is B-cubed: of each telling, what share of those it was joined with belong to it (precision),
//! and what share of those that belong to it were joined (recall). Singletons are easy, so the pairs are counted as
//! well. What is printed of a miss is ids and levels, never a word of a text.

mod bcubed;
mod labelled;
mod reports;
mod seeds;

use super::figures::Figures;
use bcubed::Sorted;
use marsad::model::Reading;
use marsad::resolve::{Claim, Resolved, explain, resolve};
use marsad::store::Store;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

type Failure = Box<dyn std::error::Error>;

/// Everything that came of a set: its readings, sorted by document, and the incidents behind them.
pub struct Told {
    readings: Vec<Reading>,
    claims: Vec<Claim>,
    incidents: Vec<Resolved>,
    /// Number of the incident by the key of the claim.
    incident_of: BTreeMap<String, usize>,
}

/// Figures and misses of one set. `kind` says in which form people put the incidents together: `seeds`, `labelled` or
/// `reports`.
///
/// # Errors
/// When the store or a file of labels is not of the form.
pub fn measured(kind: &str, store: &Path, files: &[PathBuf]) -> Result<(Figures, Vec<String>), Failure> {
    let told = Told::of(store)?;
    let text = files.iter().map(std::fs::read_to_string).collect::<Result<String, _>>()?;
    match kind {
        "seeds" => seeds::measured(&told, files),
        "labelled" => labelled::measured(&told, &text),
        "reports" => reports::measured(&told, &text),
        _ => Err(format!("{kind}: there are seeds, labelled, reports").into()),
    }
}

impl Told {
    fn of(store: &Path) -> Result<Told, Failure> {
        let mut readings = vec![];
        Store::open_read_only(store)?.each_reading(|reading| readings.push(reading))?;
        let all: Vec<Claim> = readings.iter().flat_map(Claim::from_reading).collect();
        let incidents = resolve(&all);
        let members = |r: &Resolved| r.members.iter().map(|m| format!("{}#{}", m.document, m.incident)).collect();
        let keys: Vec<Vec<String>> = incidents.iter().map(members).collect();
        let incident_of = keys.iter().enumerate().flat_map(|(i, keys)| keys.iter().map(move |k| (k.clone(), i)));
        Ok(Told { incident_of: incident_of.collect(), claims: all, readings, incidents })
    }

    /// Pairs that should be one and are not, and the reverse, each with what the comparison says.
    fn misses(&self, sorted: &Sorted) -> Vec<String> {
        let line = |(what, a, b): (&str, &str, &str)| format!("{what} {a} {b}: {}", self.why(a, b));
        sorted.misses().into_iter().map(line).collect()
    }

    /// Of two claims, or of the likeliest pair of claims of two documents.
    fn why(&self, a: &str, b: &str) -> String {
        let (of_a, of_b): (Vec<Claim>, Vec<Claim>) = (self.claims_of(a), self.claims_of(b));
        let both = [of_a.clone(), of_b.clone()].concat();
        let keys = of_a.iter().flat_map(|x| of_b.iter().map(move |y| (x.key(), y.key())));
        let is_named = |name: &str, key: &str| name == key || !name.contains('#');
        let keys = keys.filter(|(x, y)| is_named(a, x) && is_named(b, y));
        let explained = keys.filter_map(|(x, y)| Some((explain(&both, &x, &y)?, x, y)));
        let Some((pair, x, y)) = explained.max_by_key(|(pair, ..)| (pair.veto.is_none(), pair.points)) else {
            return "not read".to_string();
        };
        let levels: Vec<String> = pair.levels.iter().map(|l| format!("{} {:+}", l.label, l.points)).collect();
        let verdict = pair.veto.map_or(format!("{} points", pair.points), |veto| format!("vetoed by {veto}"));
        format!("{x}, {y}: {verdict} ({})", levels.join(", "))
    }

    /// All claims of the document of a key, or of a document.
    fn claims_of(&self, name: &str) -> Vec<Claim> {
        let document = name.split('#').next().unwrap_or(name);
        self.claims.iter().filter(|claim| claim.document == document).cloned().collect()
    }

    /// # Panics
    /// When there is no such claim.
    fn claim(&self, key: &str) -> &Claim {
        self.claims.iter().find(|claim| claim.key() == key).expect("a member is a claim")
    }
}
