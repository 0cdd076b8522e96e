//! How well does this version read, on every set of cases that there is?
//!
//! Prints one table: a line a figure, with its value, the number of cases, the
//! floor that it may not fall below and the goal that it is meant to reach.
//! Which sets, how they are read and scored, and the floors: `corpus/scores.toml`.
//!
//! `make score`, or `cargo run --release -p marsad --example score -- [--misses SET] [SET …]`.
//! Exit code 1 when a figure fell below its floor, a set has changed, or a
//! floor was lowered without a reason.

mod alarms;
mod dated;
mod figures;
mod floors;
mod history;
mod measure;
mod own;
mod table;

use floors::{Set, Standing};
use measure::{Bench, Measured};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use table::{Row, Table};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<ExitCode, Failure> {
    let mut words: Vec<String> = std::env::args().skip(1).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
    let sets = floors::parse(&std::fs::read_to_string(root.join("corpus/scores.toml"))?)?;
    let work = std::env::temp_dir().join(format!("marsad-score-{}", std::process::id()));
    std::fs::create_dir_all(&work)?;
    let bench = Bench { root, marsad: marsad_beside_this()?, work };

    let wants_misses = words.first().is_some_and(|w| w == "--misses");
    words.retain(|w| w != "--misses");
    let is_wanted = |set: &&Set| words.is_empty() || words.contains(&set.name);
    let outcome =
        if wants_misses { misses(&bench, sets.iter().filter(is_wanted)) } else { score(&bench, &sets, is_wanted) };
    std::fs::remove_dir_all(&bench.work)?;
    outcome
}

fn score(bench: &Bench, sets: &[Set], is_wanted: impl Fn(&&Set) -> bool) -> Result<ExitCode, Failure> {
    let mut table = Table::default();
    let mut faults = history::lowered(&bench.root, sets);
    for set in sets.iter().filter(is_wanted) {
        match bench.measure(set) {
            Measured::Absent => table.note(format!("{}: not measured, its files are not here", set.name)),
            Measured::Failed(why) if set.bounds.iter().all(|b| b.floor.is_none()) => {
                table.note(format!("{}: not measured, {why}", set.name));
            }
            Measured::Failed(why) => faults.push(format!("{}: not measured, {why}", set.name)),
            Measured::Figures { figures, changed_to } => {
                if let Some(hash) = changed_to {
                    faults.push(format!(
                        "{}: its files have changed, so the floors mean nothing; look at the figures, then set hash = \"{hash}\"",
                        set.name
                    ));
                }
                for bounds in &set.bounds {
                    match figures.get(&bounds.figure) {
                        Some(figure) => table.row(Row { set, bounds, figure }),
                        None if bounds.floor.is_none() => {
                            table.note(format!("{}: no figure is called {:?}", set.name, bounds.figure));
                        }
                        None => faults.push(format!(
                            "{}: no figure is called {:?}; there are {}",
                            set.name,
                            bounds.figure,
                            figures.names().collect::<Vec<_>>().join(", ")
                        )),
                    }
                }
            }
        }
    }
    print!("{table}");
    faults.iter().for_each(|fault| println!("{fault}"));
    let fell = table.count(Standing::Fell);
    Ok(if fell == 0 && faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn misses<'a>(bench: &Bench, sets: impl Iterator<Item = &'a Set>) -> Result<ExitCode, Failure> {
    for set in sets {
        println!("== {}\n{}", set.name, bench.misses(set)?.trim_end());
    }
    Ok(ExitCode::SUCCESS)
}

/// The command, which cargo builds into the folder above that of the examples.
fn marsad_beside_this() -> Result<PathBuf, Failure> {
    let here = std::env::current_exe()?;
    let built = here.parent().and_then(Path::parent).ok_or("this program has no folder")?;
    let marsad = built.join(format!("marsad{}", std::env::consts::EXE_SUFFIX));
    match marsad.is_file() {
        true => Ok(marsad),
        false => Err(format!("{} is not there: run `make score`, which builds it", marsad.display()).into()),
    }
}
