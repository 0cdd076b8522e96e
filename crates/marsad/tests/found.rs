//! Do the inputs that fuzzing found still break nothing?
//!
//! `fuzz/found` keeps a few dozen for each parser, those that reach most of its ways. Here they meet the same checks as in the fuzzer, so
//! that nobody needs one to see an old failure come back. `make fuzz` starts from them, `make found` chooses them anew.

#[path = "../../../fuzz/src/lib.rs"]
mod checks;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// What the folder may weigh: these are examples, not an archive.
const FILES_MAX: usize = 60;
const BYTES_MAX: u64 = 8192;
const ALL_BYTES_MAX: u64 = 700_000;

#[test]
fn inputs_that_were_found_break_nothing() {
    let broken: Vec<String> = checks::ALL
        .iter()
        .flat_map(|(target, check)| kept(target).into_iter().map(move |path| (path, check)))
        .filter_map(|(path, check)| broken_by(&path, check))
        .collect();
    assert!(
        broken.is_empty(),
        "{} of the inputs in fuzz/found break their check:\n{}",
        broken.len(),
        broken.join("\n")
    );
}

#[test]
fn the_kept_inputs_stay_few_and_small() {
    let mut all = 0;
    for (target, _) in checks::ALL {
        let files = kept(target);
        assert!((10..=FILES_MAX).contains(&files.len()), "fuzz/found/{target} has {} files", files.len());
        for path in files {
            let bytes = path.metadata().unwrap().len();
            assert!(bytes <= BYTES_MAX, "{} has {bytes} bytes, more than {BYTES_MAX}", path.display());
            all += bytes;
        }
    }
    assert!(all <= ALL_BYTES_MAX, "fuzz/found has {all} bytes, more than {ALL_BYTES_MAX}");
}

/// The kept inputs of a target, in the order of their names.
fn kept(target: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/found").join(target);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// Which file broke and how; `None` when all is well.
fn broken_by(path: &Path, check: &checks::Check) -> Option<String> {
    let bytes = std::fs::read(path).unwrap();
    let panic = catch_unwind(AssertUnwindSafe(|| check(&bytes))).err()?;
    let words = panic.downcast_ref::<String>().cloned().or_else(|| panic.downcast_ref::<&str>().map(|s| s.to_string()));
    Some(format!("{}: {}", path.display(), words.unwrap_or_default()))
}
