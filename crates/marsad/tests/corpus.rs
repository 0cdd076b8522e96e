//! Are the project's own labelled texts read as well as they were?
//!
//! Needs nothing beside the repository. The floors stand in
//! `corpus/scores.toml`; `make score` prints them with all other sets.

#[path = "../examples/score/figures.rs"]
mod figures;
#[path = "../examples/score/floors.rs"]
#[allow(dead_code)] // how the other sets are measured
mod floors;
#[path = "../examples/score/history.rs"]
mod history;
#[path = "../examples/score/own/mod.rs"]
mod own;
#[path = "../examples/score/raise.rs"]
#[allow(dead_code)] // only its own tests run here
mod raise;

use figures::Figures;
use floors::{Set, Standing};
use std::path::{Path, PathBuf};
use std::process::Command;

#[test]
fn the_model_paragraphs_are_read_as_well_as_before() {
    holds_its_floors(&own_set("own"));
}

#[test]
fn the_daily_news_is_read_as_well_as_before() {
    holds_its_floors(&own_set("daily"));
}

#[test]
fn the_wordings_are_read_as_well_as_before() {
    holds_its_floors(&own_set("wordings"));
}

fn holds_its_floors(set: &Set) {
    let files = floors::files(&root(), set).expect("the corpus is part of the repository");
    assert_eq!(
        floors::hash(&files).unwrap(),
        set.hash,
        "the labelled texts have changed: look at the figures with `make score`, then set the hash in corpus/scores.toml"
    );
    let measured = own::score_files(&files).unwrap();
    let fallen = set.bounds.iter().filter_map(|bounds| {
        let figure = measured.get(&bounds.figure).unwrap_or_else(|| panic!("no figure {:?}", bounds.figure));
        let fell = bounds.standing(figure) == Standing::Fell;
        fell.then(|| format!("{} is {:.3}, its floor {:.3}", bounds.figure, figure.value, bounds.floor.unwrap_or(0.0)))
    });
    let fallen: Vec<String> = fallen.collect();
    assert!(fallen.is_empty(), "below their floors in corpus/scores.toml: {fallen:#?}");
}

#[test]
fn no_floor_is_lowered_without_a_reason() {
    let lowered = history::lowered(&root(), &sets());
    assert!(lowered.is_empty(), "{lowered:#?}");
}

/// The scorer of the gold sets, where it is beside the repository, comes to the same figures.
#[test]
fn the_other_scorer_agrees() {
    let script = root().join("../shared/tools/score.py");
    if !script.is_file() {
        println!("nothing to compare with: the other scorer is not beside the repository (../shared/tools/score.py)");
        return;
    }
    let mut files = floors::files(&root(), &own_set("own")).unwrap();
    files.extend(floors::files(&root(), &own_set("daily")).unwrap());
    let folder = tempfile::tempdir().unwrap();
    let labels = folder.path().join("labels.jsonl");
    let rows: String = files.iter().map(|f| std::fs::read_to_string(f).unwrap()).collect();
    std::fs::write(&labels, rows).unwrap();
    let read =
        assert_cmd::Command::cargo_bin("marsad").unwrap().args(["--quiet", "extract"]).arg(&labels).output().unwrap();
    let readings = folder.path().join("readings.ndjson");
    std::fs::write(&readings, read.stdout).unwrap();
    let scored =
        Command::new("python3").arg(script).arg("ledes").args([&labels, &readings]).arg("--json").output().unwrap();

    let theirs = Figures::parse(&String::from_utf8(scored.stdout).unwrap()).unwrap();
    let ours = own::score_files(&files).unwrap();
    for name in ours.names().filter(|name| !name.starts_with("background")) {
        let (our, their) = (ours.get(name).unwrap().value, theirs.get(name).expect(name).value);
        // The other scorer counts a plural that meets a plural («جرحى») as missed; there are a handful.
        assert!((our - their).abs() <= 0.015, "{name}: {our:.3} here, {their:.3} there");
    }
}

fn own_set(name: &str) -> Set {
    sets().into_iter().find(|set| set.name == name).expect("scores.toml has the own texts")
}

fn sets() -> Vec<Set> {
    floors::parse(&std::fs::read_to_string(root().join("corpus/scores.toml")).unwrap()).unwrap()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
