//! Do the crates keep to the arrows and habits that DESIGN.md draws?
//!
//! Reads the manifests and sources of all crates. A new crate must be entered
//! in [`ARROWS`], with a reason to exist; a lean crate may use only what
//! [`LEAN`] lists; Arabic stays in `data/` and out of the program.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use toml::Table;

/// Who may depend on which of our crates (DESIGN.md, "The crates").
const ARROWS: &[(&str, &[&str])] = &[
    ("marsad-model", &[]),
    ("marsad-lang", &["model"]),
    ("marsad-ingest", &["model", "lang"]),
    ("marsad-extract", &["model", "lang"]),
    ("marsad-resolve", &["model"]),
    ("marsad-store", &["model"]),
    ("marsad-arrow", &["model", "lang", "ingest", "extract", "resolve"]),
    ("marsad-serve", &["model", "store", "resolve", "lang"]),
    ("marsad", &["model", "lang", "ingest", "extract", "resolve", "store", "serve", "arrow"]),
];

/// Crates that compile in seconds, and the only outside crates that they may use.
const LEAN: &[&str] = &["marsad-model", "marsad-lang", "marsad-extract", "marsad-resolve"];
const LIGHT: &[&str] = &["jiff", "toml", "foldhash"];

/// What only one place may know: the start of a dependency's name, and the crates that may use it.
const ALONE: &[(&str, &[&str])] = &[
    ("rusqlite", &["marsad-store"]),
    ("postgres", &["marsad-store"]),
    ("arrow", &["marsad-arrow"]),
    ("parquet", &["marsad-arrow"]),
    ("axum", &["marsad-serve"]),
    ("hyper", &["marsad-serve", "marsad-ingest"]),
    ("reqwest", &["marsad-ingest"]),
    ("ureq", &["marsad-ingest"]),
    ("clap", &["marsad"]),
];

#[test]
fn crates_depend_only_along_the_arrows() {
    for (name, manifest) in manifests() {
        let (_, allowed) = ARROWS.iter().find(|(krate, _)| *krate == name).unwrap_or_else(|| {
            panic!("crate {name} is new: enter it in ARROWS of {} and in DESIGN.md, or fold it into another", file!())
        });
        for dependency in dependencies(&manifest) {
            let Some(ours) = dependency.strip_prefix("marsad-") else { continue };
            assert!(allowed.contains(&ours), "{name} may not depend on {dependency}: DESIGN.md, \"The crates\"");
        }
    }
}

#[test]
fn lean_crates_stay_lean() {
    for (name, manifest) in manifests().into_iter().filter(|(name, _)| LEAN.contains(&name.as_str())) {
        let heavy: Vec<String> = dependencies(&manifest)
            .into_iter()
            .filter(|d| !d.starts_with("marsad-") && !LIGHT.contains(&d.as_str()))
            .collect();
        assert!(heavy.is_empty(), "{name} is one of the four lean crates and may not use {heavy:?}");
    }
}

#[test]
fn disk_network_and_terminal_have_one_place_each() {
    for (name, manifest) in manifests() {
        for dependency in dependencies(&manifest) {
            let alone = ALONE.iter().find(|(start, _)| dependency.starts_with(start));
            assert!(alone.is_none_or(|(_, may)| may.contains(&name.as_str())), "{name} may not use {dependency}");
        }
    }
}

#[test]
fn every_dependency_says_why() {
    let text = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let section = text.split("[workspace.dependencies]").nth(1).unwrap().split("\n[").next().unwrap();
    let unexplained: Vec<&str> =
        section.lines().filter(|line| line.contains('=') && !line.contains("path =") && !line.contains('#')).collect();
    assert!(unexplained.is_empty(), "Cargo.toml: say behind # why these are there: {unexplained:#?}");
}

#[test]
fn every_source_file_opens_with_its_question() {
    let silent: Vec<PathBuf> = sources(&["src", "tests", "benches", "examples"])
        .into_iter()
        .filter(|p| !read(p).trim_start().starts_with("//"))
        .collect();
    assert!(silent.is_empty(), "open these files with a `//!` paragraph that says what they answer: {silent:#?}");
}

#[test]
fn the_program_has_no_arabic_letters() {
    let mut found = vec![];
    for path in sources(&["src"]) {
        for (number, line) in program_lines(&read(&path)) {
            if line.chars().any(is_arabic) {
                found.push(format!("{}:{number}: {}", path.display(), line.trim()));
            }
        }
    }
    assert!(found.is_empty(), "Arabic belongs in data/ or messages/, not in the program:\n{}", found.join("\n"));
}

#[test]
fn stripping_leaves_what_the_compiler_sees() {
    let source =
        "//! سقط\nfn a() {} // سقط\n/// قال\nlet b = \"ب\";\n#[cfg(test)]\nmod tests { const C: &str = \"ج\"; }\n";
    let arabic: Vec<usize> =
        program_lines(source).filter(|(_, line)| line.chars().any(is_arabic)).map(|(number, _)| number).collect();
    assert_eq!(arabic, [4]);
}

/// Lines without comments, up to the tests, numbered from 1.
fn program_lines(source: &str) -> impl Iterator<Item = (usize, &str)> {
    let until_tests = source.lines().take_while(|line| !line.trim_start().starts_with("#[cfg(test)]"));
    until_tests.enumerate().map(|(i, line)| (i + 1, line.split("//").next().unwrap_or_default()))
}

/// Letters and digits; the comma and the question mark are signs that a grammar may name.
fn is_arabic(c: char) -> bool {
    c.is_alphanumeric()
        && matches!(c, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn crates() -> BTreeSet<PathBuf> {
    let folders = fs::read_dir(root().join("crates")).unwrap().map(|item| item.unwrap().path());
    folders.filter(|path| path.join("Cargo.toml").is_file()).collect()
}

fn manifests() -> Vec<(String, Table)> {
    let manifest = |path: PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, read(&path.join("Cargo.toml")).parse().unwrap())
    };
    crates().into_iter().map(manifest).collect()
}

/// Names under `[dependencies]` and `[build-dependencies]`; tests may use what they like.
fn dependencies(manifest: &Table) -> BTreeSet<String> {
    let sections = ["dependencies", "build-dependencies"].iter().filter_map(|s| manifest.get(*s)?.as_table());
    sections.flat_map(|table| table.keys().cloned()).collect()
}

fn sources(folders: &[&str]) -> Vec<PathBuf> {
    let files = crates().into_iter().flat_map(|krate| folders.iter().map(move |f| krate.join(f)).collect::<Vec<_>>());
    let below = files.flat_map(|folder| walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten());
    below.map(|item| item.into_path()).filter(|path| path.extension().is_some_and(|e| e == "rs")).collect()
}
