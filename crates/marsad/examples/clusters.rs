//! Which incidents of a stored set are joined, or not, otherwise than people joined them?
//!
//! For whoever changes the levels of comparison: the set is read once (`marsad --store DIR ingest …`) and measured many
//! times. `cargo run --release -p marsad --example clusters -- KIND STORE FILE… [--misses]`; the kinds are those of
//! `examples/score/clusters`. With `--incidents` the incidents are printed as lines `{"id", "documents", "members"}`, for scorers beside the repository.

#[path = "score/clusters/mod.rs"]
mod clusters;
#[path = "score/figures.rs"]
#[allow(dead_code)]
mod figures;
#[path = "score/own/mod.rs"]
#[allow(dead_code)]
mod own;

use marsad::resolve::{Claim, resolve};
use marsad::store::Store;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (options, words): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|w| w.starts_with("--"));
    let [kind, store, files @ ..] = &words[..] else { return Err("KIND STORE FILE… [--misses]".into()) };
    if options.iter().any(|o| o == "--incidents") {
        return print_incidents(Path::new(store));
    }
    let files: Vec<PathBuf> = files.iter().map(PathBuf::from).collect();
    let (figures, misses) = clusters::measured(kind, Path::new(store), &files)?;
    if options.iter().any(|o| o == "--misses") {
        misses.iter().for_each(|line| println!("{line}"));
    }
    for name in figures.names().map(str::to_string).collect::<Vec<_>>() {
        let figure = figures.get(&name).expect("a name of its own list");
        println!("{name:<32} {:.3} of {}", figure.value, figure.of.unwrap_or(0));
    }
    Ok(())
}

fn print_incidents(store: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let mut claims = vec![];
    Store::open_read_only(store)?.each_reading(|reading| claims.extend(Claim::from_reading(&reading)))?;
    for incident in resolve(&claims) {
        let documents: Vec<&String> = incident.members.iter().map(|m| &m.document).collect();
        let members: Vec<String> = incident.members.iter().map(|m| format!("{}#{}", m.document, m.incident)).collect();
        println!("{}", serde_json::json!({ "id": incident.key, "documents": documents, "members": members }));
    }
    Ok(())
}
