//! What do the pairs of names and contents hold, as parsed TOML, and which
//! data is it?

use crate::error::Error;
use std::collections::BTreeMap;
use toml::Table;

pub(crate) fn file_error(file: &str, error: toml::de::Error) -> Error {
    let message = error.to_string();
    Error::data(file, "", message.trim().replace('\n', " "))
}

/// Parses the entry files on all cores, in the order given; `None` for files
/// that hold no entries.
pub(super) fn parse_all(files: &[(&str, &str)]) -> Vec<Option<Result<Table, Error>>> {
    let parse = |(name, contents): &(&str, &str)| {
        let entries = name.ends_with(".toml") && !matches!(*name, "ar/fold.toml" | "ar/words/clitics.toml");
        entries.then(|| toml::from_str::<Table>(contents).map_err(|e| file_error(name, e)))
    };
    let cores = std::thread::available_parallelism().map_or(1, |n| n.get());
    // Pieces of about equal size in bytes.
    let share = files.iter().map(|f| f.1.len()).sum::<usize>() / cores + 1;
    let mut pieces: Vec<&[(&str, &str)]> = vec![];
    let (mut start, mut size) = (0, 0);
    for (i, file) in files.iter().enumerate() {
        size += file.1.len();
        if size >= share || i + 1 == files.len() {
            pieces.push(&files[start..=i]);
            (start, size) = (i + 1, 0);
        }
    }
    std::thread::scope(|scope| {
        let workers: Vec<_> =
            pieces.iter().map(|piece| scope.spawn(move || piece.iter().map(parse).collect::<Vec<_>>())).collect();
        workers.into_iter().flat_map(|w| w.join().expect("parsing does not panic")).collect()
    })
}

/// One number for names and contents.
pub(super) fn fingerprint(files: &BTreeMap<&str, &str>) -> u64 {
    fn ended(text: &str) -> impl Iterator<Item = u8> {
        text.bytes().chain([0])
    }
    marsad_model::stable_hash(files.iter().flat_map(|(name, contents)| ended(name).chain(ended(contents))))
}
