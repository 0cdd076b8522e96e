//! Which state of the store is meant, and which incident in it?

use super::console::Console;
use crate::Error;
use crate::resolve_store;
use jiff::Timestamp;
use marsad_model::TellingRef;
use marsad_store::Store;
use marsad_store::wire::{Resolved, Telling};

/// The store for reading: as it is, or as it was at a day or an entry of the log.
pub fn opened(console: &Console, as_of: Option<&str>) -> Result<Store, Error> {
    let store = Store::open_read_only(&console.store)?;
    match as_of {
        None => Ok(store),
        Some(when) => former(&store, when),
    }
}

/// The store for writing; its log tells the time from now on.
pub fn writable(console: &Console) -> Result<Store, Error> {
    let store = Store::open(&console.store)?;
    store.set_time(&now())?;
    Ok(store)
}

/// The time as the log tells it.
pub fn now() -> String {
    Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The store as it was at the end of a day, month or year (UTC), or after an entry of the log.
///
/// # Errors
/// When `when` is neither, or there was nothing yet.
pub fn former(store: &Store, when: &str) -> Result<Store, Error> {
    let wrong = || Error::new("usage", format!("{when:?} is neither a day nor an entry of the log"));
    let entry = match entry_number(when) {
        Some(number) => number,
        None => {
            let (_, last) = marsad_ingest::days(when).ok_or_else(|| {
                wrong().with_hint("write 2021-07-29, 2021-07 or 2021, or the number of an entry that `marsad log` lists, as 118 or #2021")
            })?;
            store.last_entry_at(&format!("{last}T23:59:59Z"))?
        }
    };
    let mut past = store.as_of(entry)?;
    resolve_store(&mut past)?;
    Ok(past)
}

/// `118` and `#2021`; a bare number from 1900 to 2199 is a year.
fn entry_number(when: &str) -> Option<u64> {
    match when.strip_prefix('#') {
        Some(number) => number.parse().ok(),
        None => when.parse().ok().filter(|number| !(1900..2200).contains(number)),
    }
}

/// An incident by its id, by an earlier id, or by the first characters of one id.
pub fn incident(id: &str, store: &Store, console: &Console) -> Result<Resolved, Error> {
    if let Some(resolved) = store.incident(id)? {
        return Ok(resolved);
    }
    let wrong = |code, found: &str| {
        let hint = console.word(&format!("hint.{code}"), "`marsad list` shows the ids");
        Error::new(code, format!("{id:?}: {found}")).with_hint(hint)
    };
    match &ids_beginning_with(id, store)?[..] {
        [] => Err(wrong("unknown_incident", "no incident has this id")),
        [one] => store.incident(one)?.ok_or_else(|| wrong("unknown_incident", "no incident has this id")),
        several => Err(wrong("ambiguous_id", &several.join(", "))),
    }
}

fn ids_beginning_with(id: &str, store: &Store) -> Result<Vec<String>, Error> {
    let safe = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if id.is_empty() || !id.chars().all(safe) {
        return Ok(vec![]);
    }
    let long = if id.starts_with("m-") { id.to_string() } else { format!("m-{id}") };
    let sql = format!("SELECT id FROM incidents WHERE id >= '{long}' AND id < '{long}~' ORDER BY id LIMIT 6");
    let rows = store.query(&sql)?.rows;
    Ok(rows.iter().filter_map(|row| row.first()?.as_str().map(str::to_string)).collect())
}

/// Tellings as a decision names them: with the words in which each stands.
pub fn told<'t>(tellings: impl IntoIterator<Item = &'t Telling>, store: &Store) -> Result<Vec<TellingRef>, Error> {
    let one = |telling: &Telling| {
        let reading = store.reading(&telling.document)?;
        let incidents = reading.iter().flat_map(|r| &r.incidents);
        let found = incidents.into_iter().find(|i| *i.id == *telling.incident);
        let anchor = found.and_then(|i| i.event.evidence().first()).map(|e| e.span);
        Ok(TellingRef { document: telling.document.clone(), incident: telling.incident.clone(), anchor })
    };
    tellings.into_iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_told_from_entries() {
        let entries = ["118", "1500", "#2021", "20210"].map(entry_number);
        assert_eq!(entries, [Some(118), Some(1500), Some(2021), Some(20210)]);
        assert_eq!(["2021", "2021-07", "#x", "soon"].map(entry_number), [None; 4]);
    }
}
