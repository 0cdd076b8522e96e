//! What are the lines of a file that may be packed in a ZIP archive?

use super::bad_line;
use crate::Error;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// Told by the name alone.
pub fn is_csv(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("csv"))
}

/// Calls `take` with the number and the text of each line; the text of an archive is that of its table.
///
/// # Errors
/// `io` when the file cannot be opened, `import` when it is no archive or not UTF-8, and whatever `take` returns.
pub fn lines(path: &Path, mut take: impl FnMut(usize, &str) -> Result<(), Error>) -> Result<(), Error> {
    let file = File::open(path).map_err(|e| Error::io(path, e))?;
    if !path.extension().is_some_and(|e| e.eq_ignore_ascii_case("zip")) {
        return each(path, BufReader::new(file), &mut take);
    }
    let bad = |e: zip::result::ZipError| {
        bad_line(path, 0, &e.to_string(), "fetch the archive again, or unpack it and name the .txt file")
    };
    let mut archive = zip::ZipArchive::new(BufReader::new(file)).map_err(bad)?;
    // Beside its table an archive of GeoNames holds notes and a list of language codes.
    let table = (0..archive.len())
        .filter_map(|i| {
            let file = archive.by_index(i).ok()?;
            Some((file.name().ok()?.into_owned(), file.size(), i))
        })
        .filter(|(name, _, _)| name.ends_with(".txt") && !name.contains("readme") && !name.starts_with("iso-language"))
        .max_by_key(|(_, size, _)| *size);
    let Some((_, _, index)) = table else {
        return Err(bad_line(path, 0, "there is no .txt table in this archive", "name a country dump such as IQ.zip"));
    };
    let inner = archive.by_index(index).map_err(bad)?;
    each(path, BufReader::new(inner), &mut take)
}

fn each(
    path: &Path,
    mut reader: impl BufRead,
    take: &mut impl FnMut(usize, &str) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut bytes = vec![];
    let mut number = 0;
    loop {
        bytes.clear();
        let got = reader.read_until(b'\n', &mut bytes).map_err(|e| Error::io(path, e))?;
        if got == 0 {
            return Ok(());
        }
        number += 1;
        let text = std::str::from_utf8(&bytes)
            .map_err(|_| bad_line(path, number, "this is not UTF-8", "save the file as UTF-8"))?;
        take(number, text.trim_end_matches(['\n', '\r']).trim_start_matches('\u{feff}'))?;
    }
}
