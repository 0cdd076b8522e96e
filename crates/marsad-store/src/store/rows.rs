//! How does an incident become a row, and which rows must be written?
//!
//! A row is made of what the resolver merged and of what only the store knows: the documents' titles, the words that its spans
//! quote, the ids that lead to it. An incident that was not merged anew keeps its row, in which only ids can have changed. What is
//! written is the difference to what is stored, row by row.

use super::documents::{DocumentRow, find_document, parsed};
use super::identity::Member;
use super::incidents::Given;
use super::raw::hex_sha256;
use crate::error::{Code, Failure};
use crate::wire::{EvidenceSource, Link, Resolved, Telling, quoted, resolved_incident, resolved_link};
use crate::{Error, LinkTold, ResolvedIncident, ResolvedLink};
use rusqlite::{Connection, OptionalExtension, named_params};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet};

/// A row as it shall be.
pub(super) struct Row<'g> {
    pub id: String,
    pub sha256: String,
    made_from: Option<&'g str>,
    /// Its contents with their JSON; `None` where they are stored already.
    contents: Option<(Resolved, String)>,
}

/// A row as it is.
pub(super) struct StoredRow {
    sha256: String,
    made_from: Option<String>,
    /// Its hash stands beside it.
    is_noted: bool,
}

/// The rows that are there, by id.
pub(super) fn stored_rows(db: &Connection) -> rusqlite::Result<BTreeMap<String, StoredRow>> {
    let find = "SELECT id, sha256, made_from, CASE WHEN sha256 IS NULL THEN json END
        FROM incidents LEFT JOIN merges ON incident = id";
    let mut rows = db.prepare(find)?;
    let rows = rows.query_map([], |row| {
        let (sha256, json): (Option<String>, Option<String>) = (row.get(1)?, row.get(3)?);
        let is_noted = sha256.is_some();
        let sha256 = sha256.unwrap_or_else(|| hex_sha256(json.unwrap_or_default().as_bytes()));
        Ok((row.get(0)?, StoredRow { sha256, made_from: row.get(2)?, is_noted }))
    })?;
    rows.collect()
}

type Redirects = BTreeMap<String, Option<String>>;

/// Where ids lead, and led.
pub(super) struct Led<'a> {
    /// Of the incidents until now.
    pub members: &'a BTreeMap<String, BTreeSet<Member>>,
    pub former: &'a Redirects,
    pub now: &'a Redirects,
    /// People know the id.
    pub is_known: &'a dyn Fn(&str) -> bool,
}

/// The rows of these incidents, sorted by id.
pub(super) fn rows<'g>(
    db: &Connection,
    given: &[Given<'g>],
    ids: &[String],
    stored: &BTreeMap<String, StoredRow>,
    led: &Led,
) -> Result<Vec<Row<'g>>, Failure> {
    let (former, now) = (previous(led.former, led.is_known), previous(led.now, led.is_known));
    let is_linked = given.iter().any(|g| !g.links.is_empty());
    let named = given.iter().zip(ids).filter(|_| is_linked);
    let of: BTreeMap<&Member, &str> = named.flat_map(|(g, id)| g.members.iter().map(|m| (m, id.as_str()))).collect();
    let former_of: BTreeMap<&Member, &str> = match is_linked {
        true => led.members.iter().flat_map(|(id, members)| members.iter().map(|m| (m, id.as_str()))).collect(),
        false => BTreeMap::new(),
    };
    let row = |(given, id): (&Given<'g>, &String)| {
        let previous_ids = now.get(id.as_str()).cloned().unwrap_or_default();
        let mut resolved = match given.incident {
            Some(incident) => row(db, incident, id)?,
            None => {
                let known = stored
                    .get(id)
                    .filter(|row| given.made_from.is_some() && row.made_from.as_deref() == given.made_from);
                let Some(known) = known else {
                    return Err(Error::new(Code::BadIncident, id, "it is not stored as it is said to be").into());
                };
                let is_same_link = |link: &ResolvedLink| target(link, &of) == target(link, &former_of);
                if former.get(id.as_str()) == now.get(id.as_str()) && given.links.iter().all(is_same_link) {
                    let (id, sha256, made_from) = (id.clone(), known.sha256.clone(), given.made_from);
                    return Ok(Row { id, sha256, made_from, contents: None });
                }
                let json: String =
                    db.prepare_cached("SELECT json FROM incidents WHERE id = ?")?.query_row([id], |r| r.get(0))?;
                parsed(id, &json)?
            }
        };
        resolved.incident.links = links(db, given.links, &of)?;
        resolved.previous_ids = previous_ids;
        let json = serde_json::to_string(&resolved).expect("an incident has string keys only");
        let (id, sha256) = (id.clone(), hex_sha256(json.as_bytes()));
        Ok(Row { id, sha256, made_from: given.made_from, contents: Some((resolved, json)) })
    };
    let mut rows = given.iter().zip(ids).map(row).collect::<Result<Vec<_>, Failure>>()?;
    rows.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(rows)
}

/// The ids that lead to each incident.
fn previous<'r>(redirects: &'r Redirects, is_known: &dyn Fn(&str) -> bool) -> BTreeMap<&'r str, Vec<String>> {
    let mut previous: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (old, new) in redirects.iter().filter(|(old, _)| is_known(old)) {
        previous.entry(new.as_deref().unwrap_or_default()).or_default().push(old.clone());
    }
    previous
}

/// The links, which name tellings, lead to the incidents of these.
fn links(db: &Connection, links: &[ResolvedLink], of: &BTreeMap<&Member, &str>) -> Result<Vec<Link>, Failure> {
    let mut linked = vec![];
    for link in links {
        let Some(other) = target(link, of) else { continue };
        let mut evidence = vec![];
        for LinkTold { document, evidence: told, .. } in &link.told_by {
            let text: Option<String> = db
                .prepare_cached("SELECT text FROM documents WHERE id = ?")?
                .query_row([document], |row| row.get(0))
                .optional()?;
            evidence.extend(quoted(document, &text.unwrap_or_default(), told));
        }
        linked.push(resolved_link(link, other.to_string(), evidence));
    }
    Ok(linked)
}

fn target<'a>(link: &ResolvedLink, of: &BTreeMap<&Member, &'a str>) -> Option<&'a str> {
    of.get(&(link.document.clone(), link.incident.clone())).copied()
}

fn row(db: &Connection, incident: &ResolvedIncident, id: &str) -> Result<Resolved, Failure> {
    let mut told = vec![];
    let mut tellings = vec![];
    for telling in &incident.tellings {
        let Some(document) = find_document(db, &telling.document)? else {
            return Err(Error::new(Code::UnknownDocument, &telling.document, "no such document is stored").into());
        };
        told.push((telling.document.clone(), told_incident(db, telling)?));
        tellings.push(completed(telling, document));
    }
    let quotes = EvidenceSource::new(&incident.shown_from, &told);
    Ok(Resolved { tellings, ..resolved_incident(incident, id, &quotes) })
}

/// The incident of a telling as its document's stored reading has it. Of the reading nothing else is taken apart.
fn told_incident(db: &Connection, telling: &Telling) -> Result<Value, Failure> {
    let find = "SELECT reading FROM documents WHERE id = ?";
    let json: String = db.prepare_cached(find)?.query_row([&telling.document], |row| row.get(0))?;
    let told: Told = parsed(&telling.document, &json)?;
    let is_meant = |json: &&str| serde_json::from_str::<Named>(json).is_ok_and(|named| named.id == telling.incident);
    match told.incidents.iter().map(|incident| incident.get()).find(is_meant) {
        Some(incident) => parsed(&telling.document, incident),
        None => {
            let message = format!("this document tells no incident {}", telling.incident);
            Err(Error::new(Code::BadIncident, &telling.document, message).into())
        }
    }
}

#[derive(Deserialize)]
struct Told {
    #[serde(default)]
    incidents: Vec<Box<RawValue>>,
}

#[derive(Deserialize)]
struct Named {
    id: String,
}

/// Fills what the caller left open from the document.
fn completed(telling: &Telling, document: DocumentRow) -> Telling {
    let source = if telling.source.is_empty() { document.source } else { telling.source.clone() };
    let outlet = telling.outlet.clone().or(document.outlet);
    let title = telling.title.clone().or(document.title);
    let published_latest = telling.published_latest.clone().or(document.published_latest);
    Telling { source, outlet, title, published_latest, ..telling.clone() }
}

/// What must be written.
pub(super) struct Changes<'a> {
    /// Rows whose contents are new.
    rows: Vec<&'a Row<'a>>,
    /// Ids whose rows go.
    gone: Vec<&'a str>,
    /// Redirects that go or lead elsewhere, and those that come.
    led_off: Vec<&'a str>,
    led_on: Vec<(&'a str, Option<&'a str>)>,
    /// Rows of which is noted something else than what they are and were made from.
    noted: Vec<&'a Row<'a>>,
}

impl<'a> Changes<'a> {
    pub fn between(
        stored: &'a BTreeMap<String, StoredRow>,
        rows: &'a [Row<'a>],
        former: &'a Redirects,
        redirects: &'a Redirects,
    ) -> Changes<'a> {
        let is_stored = |row: &&Row| stored.get(&row.id).is_some_and(|s| s.sha256 == row.sha256);
        let is_noted = |row: &&Row| {
            stored
                .get(&row.id)
                .is_some_and(|s| s.is_noted && s.sha256 == row.sha256 && s.made_from.as_deref() == row.made_from)
        };
        let is_there = |id: &str| rows.binary_search_by(|row| row.id.as_str().cmp(id)).is_ok();
        let led = |(old, new): (&'a String, &'a Option<String>)| (old.as_str(), new.as_deref());
        Changes {
            rows: rows.iter().filter(|row| !is_stored(row)).collect(),
            gone: stored.keys().map(String::as_str).filter(|id| !is_there(id)).collect(),
            led_off: former
                .iter()
                .filter(|(old, new)| redirects.get(*old) != Some(*new))
                .map(|(old, _)| old.as_str())
                .collect(),
            led_on: redirects.iter().filter(|(old, new)| former.get(*old) != Some(*new)).map(led).collect(),
            noted: rows.iter().filter(|row| !is_noted(row)).collect(),
        }
    }

    /// True when every row stays and every id leads where it led.
    pub fn are_none(&self) -> bool {
        self.rows.is_empty() && self.gone.is_empty() && self.led_off.is_empty() && self.led_on.is_empty()
    }

    /// In an order in which no row ever names one that is not there.
    pub fn write(&self, db: &Connection) -> Result<(), Failure> {
        let each = |sql: &str, ids: &[&str]| -> rusqlite::Result<()> {
            let mut statement = db.prepare(sql)?;
            ids.iter().try_for_each(|id| statement.execute([id]).map(|_| ()))
        };
        each("DELETE FROM redirects WHERE old = ?", &self.led_off)?;
        let changed: Vec<&str> = self.rows.iter().map(|row| row.id.as_str()).collect();
        each("DELETE FROM memberships WHERE incident = ?", &changed)?;
        each("DELETE FROM memberships WHERE incident = ?", &self.gone)?;
        for row in &self.rows {
            let (resolved, json) = row.contents.as_ref().expect("a row that is not stored comes with its contents");
            write_incident(db, resolved, json)?;
            write_memberships(db, resolved)?;
        }
        each("DELETE FROM incidents WHERE id = ?", &self.gone)?;
        each("DELETE FROM merges WHERE incident = ?", &self.gone)?;
        let mut insert = db.prepare("INSERT INTO redirects VALUES (?, ?)")?;
        self.led_on.iter().try_for_each(|redirect| insert.execute(*redirect).map(|_| ()))?;
        let mut note = db.prepare("INSERT OR REPLACE INTO merges VALUES (?, ?, ?)")?;
        Ok(self.noted.iter().try_for_each(|row| note.execute((&row.id, &row.sha256, row.made_from)).map(|_| ()))?)
    }
}

fn write_incident(db: &Connection, resolved: &Resolved, json: &str) -> rusqlite::Result<()> {
    let incident = &resolved.incident;
    let place = incident.place.as_ref();
    let point = place.and_then(|p| p.point);
    let killed = &incident.casualties.killed;
    let insert =
        "INSERT OR REPLACE INTO incidents VALUES (:id, :json, :type, :role, :epistemic, :earliest, :latest, :country,
        :place, :path, :lat, :lon, :killed, :killed_min, :killed_max, :wounded, :weapons, :voices, :reports,
        :conflicts, :grade)";
    db.prepare_cached(insert)?.execute(named_params! {
        ":id": incident.id, ":json": json, ":type": incident.event, ":role": incident.role,
        ":epistemic": incident.epistemic, ":earliest": incident.date.earliest, ":latest": incident.date.latest,
        ":country": place.and_then(|p| p.country.as_ref()), ":place": place.and_then(|p| p.id.as_ref()),
        ":path": listed(place_path(resolved)), ":lat": point.map(|p| p.lat), ":lon": point.map(|p| p.lon),
        ":killed": killed.value, ":killed_min": killed.min, ":killed_max": killed.max,
        ":wounded": incident.casualties.wounded.value,
        ":weapons": listed(incident.weapons.iter().map(|w| w.id.as_str())),
        ":voices": resolved.voices, ":reports": resolved.tellings.len() as i64,
        ":conflicts": resolved.conflicts.len() as i64, ":grade": resolved.grade,
    })?;
    Ok(())
}

/// The place's id and those of all places around it.
fn place_path(resolved: &Resolved) -> impl Iterator<Item = &str> {
    let place = resolved.incident.place.iter();
    place.flat_map(|p| p.id.as_deref().into_iter().chain(p.chain.iter().filter_map(|link| link.id.as_deref())))
}

/// Words between bars, each once: a filter looks for `|word|`.
fn listed<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let words: BTreeSet<&str> = words.collect();
    words.iter().fold("|".to_string(), |list, word| list + word + "|")
}

fn write_memberships(db: &Connection, resolved: &Resolved) -> rusqlite::Result<()> {
    let mut insert = db.prepare_cached("INSERT INTO memberships VALUES (?, ?, ?, ?)")?;
    for telling in &resolved.tellings {
        insert.execute((&resolved.incident.id, &telling.document, &telling.incident, telling.voice))?;
    }
    Ok(())
}
