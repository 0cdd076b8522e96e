//! Where do tests and examples get the shipped data from?
//!
//! The crate itself opens no file; its tests, doc examples and benchmarks read
//! the repository's `data/` folder here.

use std::path::Path;

/// The shipped data files as `(name, contents)` pairs, sorted by name.
///
/// # Panics
/// When the repository's data folder cannot be read.
pub fn files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let mut out = vec![];
    collect(&root, &root, &mut out);
    out.sort();
    out
}

fn collect(root: &Path, folder: &Path, out: &mut Vec<(String, String)>) {
    for item in std::fs::read_dir(folder).expect("the data folder can be read") {
        let path = item.expect("a folder entry").path();
        if path.is_dir() {
            collect(root, &path, out);
        } else if path.extension().is_some_and(|e| e == "toml" || e == "tsv") {
            let name = path.strip_prefix(root).expect("inside the root").to_string_lossy().replace('\\', "/");
            out.push((name, std::fs::read_to_string(&path).expect("a data file in UTF-8")));
        }
    }
}
