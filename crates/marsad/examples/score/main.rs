//! How well does this version read, on every set of cases that there is?
//!
//! Prints one table: a line a figure, with its value, the number of cases, the
//! floor that it may not fall below and the goal that it is meant to reach.
//! Which sets, how they are read and scored, and the floors: `corpus/scores.toml`.
//!
//! `make score`, or `cargo run --release -p marsad --example score -- [SET …]`; with `--misses` what the sets miss,
//! with `--raise` the floors are raised to the present figures. Exit code 1 when a figure fell below its floor, a set
//! has changed, or a floor was lowered without a reason.

mod alarms;
mod clusters;
mod dated;
mod figures;
mod floors;
mod history;
mod measure;
mod own;
mod raise;
mod table;

use figures::Figures;
use floors::{Set, Standing};
use measure::{Bench, Measured};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use table::{Row, Table};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<ExitCode, Failure> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
    let sets = floors::parse(&std::fs::read_to_string(root.join(floors::FILE))?)?;
    let work = std::env::temp_dir().join(format!("marsad-score-{}", std::process::id()));
    std::fs::create_dir_all(&work)?;
    let bench = Bench { root, marsad: marsad_beside_this()?, work };

    let (options, names): (Vec<String>, Vec<String>) = words.into_iter().partition(|w| w.starts_with("--"));
    let wanted: Vec<&Set> = sets.iter().filter(|set| names.is_empty() || names.contains(&set.name)).collect();
    let outcome = match options.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => score(&bench, &sets, &wanted, false),
        ["--raise"] => score(&bench, &sets, &wanted, true),
        ["--misses"] => misses(&bench, &wanted),
        _ => Err(format!("{options:?}: there are --misses and --raise").into()),
    };
    std::fs::remove_dir_all(&bench.work)?;
    outcome
}

fn score(bench: &Bench, all: &[Set], wanted: &[&Set], raise: bool) -> Result<ExitCode, Failure> {
    let mut table = Table::default();
    let mut faults = history::lowered(&bench.root, all);
    for &set in wanted {
        match bench.measure(set) {
            Measured::Absent => table.note(format!("{}: not measured, its files are not here", set.name)),
            Measured::Failed(why) => {
                let held = set.bounds.iter().any(|b| b.floor.is_some());
                remark(&mut table, &mut faults, held, format!("{}: not measured, {why}", set.name));
            }
            Measured::Figures { figures, changed_to } => {
                faults.extend(changed_to.map(|hash| changed(set, &hash)));
                add_rows(&mut table, &mut faults, set, &figures);
            }
        }
    }
    print!("{table}");
    faults.iter().for_each(|fault| println!("{fault}"));
    if raise {
        raise_floors(bench, &table)?;
    }
    let is_well = table.count(Standing::Fell) == 0 && faults.is_empty();
    Ok(if is_well { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn add_rows<'a>(table: &mut Table<'a>, faults: &mut Vec<String>, set: &'a Set, figures: &Figures) {
    for bounds in &set.bounds {
        match figures.get(&bounds.figure) {
            Some(figure) => table.row(Row { set, bounds, figure }),
            None => {
                let names: Vec<&str> = figures.names().collect();
                let said = format!("{}: no figure is called {:?}; there are {names:?}", set.name, bounds.figure);
                remark(table, faults, bounds.floor.is_some(), said);
            }
        }
    }
}

/// What has a floor must be measured; of the rest it is enough to say that it was not.
fn remark(table: &mut Table, faults: &mut Vec<String>, has_floor: bool, said: String) {
    if has_floor {
        faults.push(said);
    } else {
        table.note(said);
    }
}

fn changed(set: &Set, hash: &str) -> String {
    let name = &set.name;
    format!(
        "{name}: its files have changed, so its floors mean nothing; look at the figures, then set hash = \"{hash}\""
    )
}

fn raise_floors(bench: &Bench, table: &Table) -> Result<(), Failure> {
    let file = bench.root.join(floors::FILE);
    let measured: Vec<_> = table.measured().collect();
    let (text, count) = raise::raised(&std::fs::read_to_string(&file)?, &measured);
    std::fs::write(&file, text)?;
    println!("{count} floors raised in {}", floors::FILE);
    Ok(())
}

fn misses(bench: &Bench, wanted: &[&Set]) -> Result<ExitCode, Failure> {
    for set in wanted {
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
