//! Was a floor lowered in silence?
//!
//! Compares `corpus/scores.toml` with its last committed form, or, when it is
//! as committed, with the form before. Without git, or with a first commit
//! only, there is nothing to compare with.

use super::floors::{self, Set};
use std::path::Path;
use std::process::Command;

const FILE: &str = "corpus/scores.toml";

/// One sentence for each floor that stands lower than before without a reason.
pub fn lowered(root: &Path, now: &[Set]) -> Vec<String> {
    let before = earlier(root).and_then(|text| floors::parse(&text).ok());
    before.map(|before| floors::lowered(&before, now)).unwrap_or_default()
}

fn earlier(root: &Path) -> Option<String> {
    let commits = git(root, &["log", "-2", "--format=%H", "--", FILE])?;
    let mut commits = commits.lines();
    let last = git(root, &["show", &format!("{}:{FILE}", commits.next()?)])?;
    if last != std::fs::read_to_string(root.join(FILE)).ok()? {
        return Some(last);
    }
    git(root, &["show", &format!("{}:{FILE}", commits.next()?)])
}

fn git(root: &Path, words: &[&str]) -> Option<String> {
    let output = Command::new("git").args(words).current_dir(root).output().ok()?;
    output.status.success().then(|| String::from_utf8(output.stdout).ok())?
}
