//! Which incidents of a stored set are joined, or not, otherwise than people joined them?
//!
//! For whoever changes the levels of comparison: the set is read once (`marsad --store DIR ingest …`) and measured many
//! times. `cargo run --release -p marsad --example clusters -- KIND STORE FILE… [--misses]`; the kinds are those of
//! `examples/score/clusters`. With `--incidents` the incidents are printed as lines `{"id", "documents"}`.

#[path = "score/clusters/mod.rs"]
mod clusters;
#[path = "score/figures.rs"]
#[allow(dead_code)]
mod figures;
#[path = "score/own/mod.rs"]
#[allow(dead_code)]
mod own;

use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (options, words): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|w| w.starts_with("--"));
    let [kind, store, files @ ..] = &words[..] else { return Err("KIND STORE FILE… [--misses]".into()) };
    if options.iter().any(|o| o == "--incidents") {
        clusters::incidents(Path::new(store))?.iter().for_each(|line| println!("{line}"));
        return Ok(());
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
