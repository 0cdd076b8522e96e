//! Is every verb and option described, and are the descriptions up to date?
//!
//! `docs/commands.md` is made from the help texts: after a change run
//! `MARSAD_UPDATE=1 cargo test -p marsad --test docs` and read the difference.
//! The screens of the READMEs and handbooks, blocks whose lines begin with
//! `$ marsad`, are made from the sample articles the same way.
//! `docs/handbook.md` is written by hand and must mention every verb and option.

use clap::Command;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn the_command_reference_is_current() {
    let path = docs("commands.md");
    let wanted = reference();
    if std::env::var_os("MARSAD_UPDATE").is_some() {
        fs::write(&path, &wanted).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(found == wanted, "docs/commands.md is old: run MARSAD_UPDATE=1 cargo test -p marsad --test docs");
}

#[test]
fn the_screens_are_what_the_program_prints() {
    let root = docs("..").canonicalize().unwrap();
    for name in ["README.md", "README.ar.md", "docs/handbook.md", "docs/handbook.ar.md"] {
        let path = root.join(name);
        let found = fs::read_to_string(&path).unwrap();
        let wanted = with_screens(&found, &root);
        if std::env::var_os("MARSAD_UPDATE").is_some() {
            fs::write(&path, &wanted).unwrap();
        } else {
            assert!(found == wanted, "{name} is old: run MARSAD_UPDATE=1 cargo test -p marsad --test docs");
        }
    }
}

#[test]
fn every_verb_and_option_has_a_sentence_and_every_verb_an_example() {
    for (name, command) in verbs() {
        assert!(command.get_about().is_some(), "{name} has no sentence");
        let examples = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        assert!(command.has_subcommands() || examples.contains(&format!("marsad {name}")), "{name} has no example");
        for option in command.get_arguments().filter(|a| !a.is_hide_set()) {
            assert!(option.get_help().is_some(), "{name} {} has no sentence", option.get_id());
        }
    }
}

#[test]
fn the_handbook_mentions_every_verb_and_option() {
    let handbook = fs::read_to_string(docs("handbook.md")).unwrap();
    let mut missing = vec![];
    for (name, command) in verbs() {
        let verb = format!("marsad {name}");
        if !handbook.contains(&verb) {
            missing.push(verb);
        }
        let options = command.get_arguments().filter_map(|a| a.get_long()).filter(|o| !["help", "version"].contains(o));
        missing.extend(options.map(|o| format!("--{o}")).filter(|o| !handbook.contains(o.as_str())));
    }
    missing.sort();
    missing.dedup();
    assert!(missing.is_empty(), "docs/handbook.md does not mention {missing:?}");
}

fn docs(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(name)
}

/// The text with every command of its screens run anew, in order, on one store.
fn with_screens(text: &str, root: &Path) -> String {
    let store = tempfile::tempdir().unwrap();
    let mut out = String::new();
    let mut screen = false;
    let mut ran = false;
    for line in text.lines() {
        screen = if line.starts_with("```") { line == "```text" } else { screen };
        ran &= screen;
        if let Some(command) = line.strip_prefix("$ marsad ").filter(|_| screen) {
            ran = true;
            writeln!(out, "{line}").unwrap();
            out.push_str(&printed(command, root, store.path()));
        } else if !ran {
            writeln!(out, "{line}").unwrap();
        }
    }
    out
}

/// What a command prints, without the time it took; long lines are cut.
fn printed(command: &str, root: &Path, store: &Path) -> String {
    const WIDTH: usize = 140;
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_marsad"))
        .args(command.split(' '))
        .args(["--table", "--store"])
        .arg(store)
        .current_dir(root)
        .output()
        .unwrap();
    assert!(run.status.success(), "marsad {command}: {}", String::from_utf8_lossy(&run.stderr));
    let summary = String::from_utf8_lossy(&run.stderr).to_string();
    let summary = summary.lines().filter(|_| command.starts_with("ingest")).map(|l| match l.rsplit_once("; ") {
        Some((said, time)) if time.ends_with(" s") => said.to_string(),
        _ => l.to_string(),
    });
    let stdout = String::from_utf8(run.stdout).unwrap();
    let shown = summary.chain(stdout.lines().map(str::to_string));
    shown.fold(String::new(), |mut out, line| {
        let cut = line.chars().count() > WIDTH;
        let kept: String = line.chars().take(if cut { WIDTH - 2 } else { WIDTH }).collect();
        writeln!(out, "{}{}", kept.trim_end(), if cut { " …" } else { "" }).unwrap();
        out
    })
}

/// All verbs with their full names (`data check`), global options included.
fn verbs() -> Vec<(String, Command)> {
    let mut all = vec![];
    let mut command = marsad::cli::command();
    command.build();
    collect("", &command, &mut all);
    all
}

fn collect(prefix: &str, command: &Command, all: &mut Vec<(String, Command)>) {
    for verb in command.get_subcommands().filter(|v| v.get_name() != "help") {
        let name = format!("{prefix} {}", verb.get_name()).trim().to_string();
        all.push((name.clone(), verb.clone()));
        collect(&name, verb, all);
    }
}

fn reference() -> String {
    let mut command = marsad::cli::command();
    let mut out = String::from(
        "# Commands\n\nMade from the help texts by `crates/marsad/tests/docs.rs`; edit those, not this file. The handbook explains.\n",
    );
    section(&mut out, "marsad", &mut command);
    for (name, mut verb) in verbs() {
        section(&mut out, &format!("marsad {name}"), &mut verb);
    }
    out
}

fn section(out: &mut String, name: &str, command: &mut Command) {
    let help = command.clone().bin_name(name).term_width(100).render_long_help().to_string();
    let lines: Vec<&str> = help.lines().map(str::trim_end).collect();
    write!(out, "\n## {name}\n\n```text\n{}\n```\n", lines.join("\n").trim()).unwrap();
}
