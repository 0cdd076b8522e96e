//! Which data files go into the binary?
//!
//! Every `.toml` and `.tsv` under `data/`, as a list of `(name, contents)`
//! pairs that `src/data.rs` includes. `include_str!` makes the compiler watch
//! each file and refuse one that is not UTF-8; the folder itself is watched for
//! new files here.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files = vec![];
    collect(&root, &mut files)?;
    files.sort();
    let mut list = String::from("&[\n");
    for file in &files {
        let name = file.strip_prefix(&root).expect("found under the root").to_string_lossy().replace('\\', "/");
        list += &format!("({name:?}, include_str!({:?})),\n", file.canonicalize()?);
    }
    list += "]\n";
    fs::write(PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it")).join("data.rs"), list)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for item in fs::read_dir(folder)? {
        let path = item?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|e| e == "toml" || e == "tsv") {
            files.push(path);
        }
    }
    Ok(())
}
