//! Where do the program's data files come from?
//!
//! From the binary itself, and over them from a folder that the user names
//! with `--data DIR`: a file of the same relative name replaces the shipped
//! one, a new name adds to it. What the files mean is `marsad-lang`'s business.
//! The tables that it makes of the shipped files are made when the program is
//! built (`build.rs`); with `--data` they are made anew.

use crate::Error;
use marsad_lang::Resources;
use std::collections::BTreeMap;
use std::path::Path;

/// The data files that this program was built with.
pub const SHIPPED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/data.rs"));

/// The tables of the shipped data, ready-made; empty when that data does not load.
const TABLES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/tables.bin"));

/// The tables built from the shipped data, overlaid with the files of `dir`.
///
/// # Errors
/// `data` when a file does not load, `io` when the folder cannot be read.
///
/// ```
/// let res = marsad::resources(None)?;
/// assert!(res.gazetteer.find("iq/baghdad").is_some());
/// # Ok::<(), marsad::Error>(())
/// ```
pub fn resources(dir: Option<&Path>) -> Result<Resources, Error> {
    match dir {
        None if !TABLES.is_empty() => Ok(Resources::unpack(TABLES)),
        _ => Resources::load(&data_files(dir)?).map_err(Error::from),
    }
}

/// The `(name, contents)` pairs that [`resources`] loads, sorted by name.
///
/// # Errors
/// `io` when the folder or one of its files cannot be read as UTF-8.
pub fn data_files(dir: Option<&Path>) -> Result<Vec<(String, String)>, Error> {
    let shipped = SHIPPED.iter().map(|(name, text)| (name.to_string(), text.to_string()));
    let mut files: BTreeMap<String, String> = shipped.collect();
    if let Some(dir) = dir {
        files.extend(files_of(dir)?);
    }
    Ok(files.into_iter().collect())
}

/// The data files of a folder alone, sorted by name.
///
/// # Errors
/// As [`data_files`].
pub fn files_of(dir: &Path) -> Result<Vec<(String, String)>, Error> {
    let mut files = vec![];
    for item in walkdir::WalkDir::new(dir).sort_by_file_name() {
        let item = item.map_err(|e| {
            let path = e.path().unwrap_or(dir).to_path_buf();
            Error::io(&path, e.into())
        })?;
        let path = item.path();
        if item.file_type().is_file() && path.extension().is_some_and(|e| e == "toml" || e == "tsv") {
            let text = std::fs::read_to_string(path).map_err(|e| Error::io(path, e))?;
            let name = path.strip_prefix(dir).unwrap_or(path).to_string_lossy().replace('\\', "/");
            files.push((name, text));
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_the_same_name_replaces_the_shipped_one() {
        let dir = tempfile::tempdir().unwrap();
        let horizon = "[horizon]\nlatest = 2031-01-01\n";
        std::fs::create_dir_all(dir.path().join("ar/time")).unwrap();
        std::fs::write(dir.path().join("ar/time/horizon.toml"), horizon).unwrap();
        std::fs::write(dir.path().join("notes.md"), "no data").unwrap();
        let files = data_files(Some(dir.path())).unwrap();
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert!(names.is_sorted() && !names.contains(&"notes.md"));
        assert!(files.contains(&("ar/time/horizon.toml".to_string(), horizon.to_string())));
    }

    #[test]
    fn the_ready_made_tables_are_those_of_the_files() {
        let read = Resources::load(&data_files(None).unwrap()).unwrap();
        assert!(read.pack() == TABLES, "the data files and the tables made of them differ");
        assert!(Resources::unpack(TABLES).pack() == TABLES, "the tables are not whole");
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error_with_its_name() {
        let error = data_files(Some(Path::new("no/such/folder"))).unwrap_err();
        assert_eq!(error.code(), "io");
        assert!(error.to_string().contains("no/such/folder"));
    }
}
