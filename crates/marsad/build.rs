//! Which data files go into the binary, and which sources is it made of?
//!
//! Every `.toml` and `.tsv` under `data/`, as a list of `(name, contents)`
//! pairs that `src/data.rs` includes. `include_str!` makes the compiler watch
//! each file and refuse one that is not UTF-8; the folder itself is watched for
//! new files here.
//!
//! What a resolution leaves in a store is for the very program that left it. A version tells released programs apart; a
//! build from sources is known by a hash of those that decide what is left.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    println!("cargo::rerun-if-changed={}", root.display());
    println!("cargo::rustc-env=MARSAD_SOURCES={:016x}", sources()?);
    let mut files = vec![];
    collect(&root, &["toml", "tsv"], &mut files)?;
    files.sort();
    let mut list = String::from("&[\n");
    for file in &files {
        list += &format!("({:?}, include_str!({:?})),\n", name(&root, file), file.canonicalize()?);
    }
    list += "]\n";
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    fs::write(out.join("data.rs"), list)?;
    fs::write(out.join("tables.bin"), tables(&root, &files)?)
}

/// The tables of the data, ready-made; nothing when the data does not load, so that the command is built and can say why.
fn tables(root: &Path, files: &[PathBuf]) -> io::Result<Vec<u8>> {
    let read = |file: &PathBuf| Ok((name(root, file), fs::read_to_string(file)?));
    let files = files.iter().map(read).collect::<io::Result<Vec<_>>>()?;
    Ok(match marsad_lang::Resources::load(&files) {
        Ok(res) => res.pack(),
        Err(error) => {
            println!("cargo::warning=data/ does not load, `marsad data check` says more: {error}");
            vec![]
        }
    })
}

/// Relative to the data folder, with forward slashes.
fn name(root: &Path, file: &Path) -> String {
    file.strip_prefix(root).expect("found under the root").to_string_lossy().replace('\\', "/")
}

/// A hash of the sources of the nouns, of resolution, of the store and of what lies between them; of those that are there.
fn sources() -> io::Result<u64> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut files, mut hash) =
        (vec![here.join("src/pipeline.rs"), here.join("src/resolution.rs")], 0xcbf2_9ce4_8422_2325);
    for folder in ["marsad-model", "marsad-resolve", "marsad-store"].map(|name| here.join("..").join(name).join("src"))
    {
        if folder.is_dir() {
            println!("cargo::rerun-if-changed={}", folder.display());
            collect(&folder, &["rs"], &mut files)?;
        }
    }
    files.sort();
    for file in files {
        println!("cargo::rerun-if-changed={}", file.display());
        for byte in fs::read(&file)? {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    Ok(hash)
}

fn collect(folder: &Path, kinds: &[&str], files: &mut Vec<PathBuf>) -> io::Result<()> {
    for item in fs::read_dir(folder)? {
        let path = item?.path();
        if path.is_dir() {
            collect(&path, kinds, files)?;
        } else if path.extension().is_some_and(|e| kinds.iter().any(|kind| e == *kind)) {
            files.push(path);
        }
    }
    Ok(())
}
