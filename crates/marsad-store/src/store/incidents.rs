//! How do resolved incidents replace those of the last resolution?
//!
//! All of them at once, in one transaction: ids are carried over by members
//! (`identity.rs`), ids that fell away redirect, and a resolution that found
//! the same as the last one changes nothing, not even the log.

use super::documents::{DocumentRow, find_document, parsed};
use super::filter::Filter;
use super::ghosts::Ghosts;
use super::identity::{Assignment, Birth, Births, Heirs, Member, assign_ids, newborn};
use super::raw::hex_sha256;
use super::{Store, log};
use crate::error::{Code, Failure};
use crate::wire::{EvidenceSource, Link, Resolved, Telling, quoted, resolved_incident, resolved_link};
use crate::{Error, LinkTold, ResolvedIncident, ResolvedLink};
use rusqlite::{Connection, OptionalExtension, Row as Line, named_params};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What replacing the incidents did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replaced {
    /// The id of each incident, in the order in which they were given.
    pub ids: Vec<String>,
    /// Ids that are new, sorted.
    pub created: Vec<String>,
    /// Ids that now lead to another one, sorted.
    pub redirected: Vec<(String, String)>,
    /// Ids whose members are all gone, sorted.
    pub retired: Vec<String>,
    /// False when everything was stored like this already.
    pub changed: bool,
}

impl Store {
    /// Stores these incidents in place of all former ones; says what became of
    /// the ids.
    ///
    /// # Errors
    /// `unknown_document` when a telling names a document that is not stored;
    /// `bad_incident` when an incident has no telling, a telling has no such
    /// incident in its document, or two incidents share one; `read_only`,
    /// `disk_full`, `locked`. The former incidents are then still there.
    ///
    /// ```
    /// use marsad_store::{Replaced, Store};
    /// let folder = tempfile::tempdir()?;
    /// let mut store = Store::create(folder.path())?;
    /// assert_eq!(store.replace_incidents(&[])?, Replaced::default());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn replace_incidents(&mut self, incidents: &[ResolvedIncident]) -> Result<Replaced, Error> {
        self.must_be_writable()?;
        self.write(|db| replace(db, incidents))
    }

    /// The incidents that pass a filter, by date (undated ones last) and id.
    ///
    /// # Errors
    /// `locked`, `corrupt`, `database`.
    pub fn incidents(&self, filter: &Filter) -> Result<Vec<Resolved>, Error> {
        self.read(|db| {
            let ids = filter.ids(db)?;
            let mut find = db.prepare("SELECT json FROM incidents WHERE id = ?")?;
            let one = |id: &String| parsed(id, &find.query_row([id], |row| row.get::<_, String>(0))?);
            ids.iter().map(one).collect()
        })
    }

    /// How many incidents pass a filter, whatever its limit.
    ///
    /// # Errors
    /// As [`Store::incidents`].
    pub fn count(&self, filter: &Filter) -> Result<usize, Error> {
        let all = Filter { limit: None, after: None, ..filter.clone() };
        self.read(|db| Ok(all.ids(db)?.len()))
    }

    /// The incident with this id, or the one to which the id now leads; `None`
    /// when there never was one or its members are all gone.
    ///
    /// # Errors
    /// As [`Store::incidents`].
    pub fn incident(&self, id: &str) -> Result<Option<Resolved>, Error> {
        self.read(|db| {
            let find = "SELECT id, json FROM incidents WHERE id = coalesce(
                (SELECT new FROM redirects WHERE old = ?1),
                (SELECT incident FROM members JOIN memberships USING (document, document_incident) WHERE members.id = ?1), ?1)";
            let row = db.query_row(find, [id], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)));
            row.optional()?.map(|(id, json)| parsed(&id, &json)).transpose()
        })
    }

    /// Every id that no incident carries any more, and that of every telling that is gone, with
    /// the incident to which it leads; `None` when its members are all gone.
    ///
    /// # Errors
    /// As [`Store::incidents`].
    pub fn redirects(&self) -> Result<BTreeMap<String, Option<String>>, Error> {
        self.read(|db| Ok(stored_redirects(db)?))
    }
}

fn replace(db: &Connection, incidents: &[ResolvedIncident]) -> Result<Replaced, Failure> {
    let clusters = clusters(incidents)?;
    let stored = stored_members(db)?;
    let former_redirects = stored_redirects(db)?;
    let ghosts = Ghosts::read(db)?;
    let mut members: BTreeSet<Member> = clusters.iter().flatten().cloned().collect();
    members.extend(ghosts.tellings(db)?);
    let (mut births, new) = births(db, &stored, &members)?;
    let assignment = assign_ids(&births, &stored, &former_redirects, &ghosts, &clusters);
    let live: BTreeSet<&String> = assignment.ids.iter().collect();
    let known = new.into_iter().map(|(member, birth)| (member, Birth { is_known: live.contains(&birth.id), ..birth }));
    let new: Births = known.collect();
    write_births(db, &new)?;
    births.extend(new);
    let heirs = Heirs::new(&births, &stored, &ghosts, &clusters, &assignment.ids);
    let redirects = redirects(&former_redirects, &assignment, &heirs, &births, incidents);
    let is_known = |id: &str| heirs.is_known(&births, id);
    let rows = rows(db, incidents, &assignment.ids, &redirects, is_known)?;
    let changed = stored_json(db)? != rows_json(&rows) || former_redirects != redirects;
    if changed {
        write_all(db, &rows, &redirects)?;
        let led = heirs.led_anew(&former_redirects, &redirects);
        log::append(db, log::INCIDENTS_REPLACED, &payload(&assignment, led, &rows))?;
    }
    Ok(replaced(assignment, changed))
}

/// The members of each incident, each member in one incident only.
fn clusters(incidents: &[ResolvedIncident]) -> Result<Vec<BTreeSet<Member>>, Error> {
    let mut seen = BTreeSet::new();
    let mut cluster = |incident: &ResolvedIncident| {
        let members: BTreeSet<Member> = incident.tellings.iter().map(member).collect();
        if members.is_empty() {
            return Err(Error::new(Code::BadIncident, &incident.incident.id, "an incident that nobody tells"));
        }
        match members.iter().find(|m| !seen.insert((*m).clone())) {
            Some((document, local)) => {
                Err(Error::new(Code::BadIncident, document, format!("{local} is told to be in two incidents")))
            }
            None => Ok(members),
        }
    };
    incidents.iter().map(&mut cluster).collect()
}

fn member(telling: &Telling) -> Member {
    (telling.document.clone(), telling.incident.clone())
}

fn stored_members(db: &Connection) -> rusqlite::Result<BTreeMap<String, BTreeSet<Member>>> {
    let mut stored: BTreeMap<String, BTreeSet<Member>> = BTreeMap::new();
    let mut rows = db.prepare("SELECT incident, document, document_incident FROM memberships")?;
    for row in rows.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))? {
        let (id, member) = row?;
        stored.entry(id).or_default().insert(member);
    }
    Ok(stored)
}

/// The ids of all tellings that ever were known, with those that are now for the first time; and
/// these alone. Ghosts get theirs too, so that they have the same when they come back.
fn births(
    db: &Connection,
    stored: &BTreeMap<String, BTreeSet<Member>>,
    members: &BTreeSet<Member>,
) -> rusqlite::Result<(Births, Births)> {
    let mut births = stored_births(db)?;
    if births.is_empty() {
        births = of_older_stores(stored);
        write_births(db, &births)?;
    }
    let now = log::next(db)?;
    let new = newborn(&births, members, now);
    births.extend(new.clone());
    Ok((births, new))
}

/// Before schema 3 an id belonged to an incident: its first telling inherits it.
fn of_older_stores(stored: &BTreeMap<String, BTreeSet<Member>>) -> Births {
    let heir = |(id, members): (&String, &BTreeSet<Member>)| {
        Some((members.first()?.clone(), Birth { id: id.clone(), born: 0, is_known: true }))
    };
    let mut births: Births = stored.iter().filter_map(heir).collect();
    births.extend(newborn(&births, &stored.values().flatten().cloned().collect(), 0));
    births
}

pub(super) fn stored_births(db: &Connection) -> rusqlite::Result<Births> {
    let mut rows = db.prepare("SELECT document, document_incident, id, born, known FROM members")?;
    let birth = |row: &Line| {
        let born = row.get::<_, i64>(3)? as u64;
        Ok(((row.get(0)?, row.get(1)?), Birth { id: row.get(2)?, born, is_known: row.get(4)? }))
    };
    rows.query_map([], birth)?.collect()
}

pub(super) fn write_births(db: &Connection, births: &Births) -> rusqlite::Result<()> {
    let mut insert = db.prepare_cached("INSERT INTO members VALUES (?, ?, ?, ?, ?)")?;
    for ((document, incident), birth) in births {
        insert.execute((document, incident, &birth.id, birth.born as i64, birth.is_known))?;
    }
    Ok(())
}

fn stored_redirects(db: &Connection) -> rusqlite::Result<BTreeMap<String, Option<String>>> {
    let mut rows = db.prepare("SELECT old, new FROM redirects")?;
    rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

fn stored_json(db: &Connection) -> rusqlite::Result<BTreeMap<String, String>> {
    let mut rows = db.prepare("SELECT id, json FROM incidents")?;
    rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

/// Old ids with where they lead now. Every target is an incident that is
/// there, so that following takes one step and cannot run in circles.
fn redirects(
    former: &BTreeMap<String, Option<String>>,
    assignment: &Assignment,
    heirs: &Heirs,
    births: &Births,
    incidents: &[ResolvedIncident],
) -> BTreeMap<String, Option<String>> {
    let live: BTreeSet<&String> = assignment.ids.iter().collect();
    let led = |id: &String| if live.contains(id) { Some(id.clone()) } else { heirs.of(id) };
    // Of what is gone and no entry of the log tells of, an id goes where the id goes to which it led.
    let untold = former.iter().chain(&assignment.gone).filter(|(old, _)| !heirs.is_settled(old) && !live.contains(old));
    let untold = untold.filter(|(old, _)| heirs.is_known(births, old));
    let mut redirects: BTreeMap<String, Option<String>> =
        untold.map(|(old, new)| (old.clone(), heirs.of(old).or_else(|| new.as_ref().and_then(led)))).collect();
    redirects.extend(heirs.led(births));
    for (incident, id) in incidents.iter().zip(&assignment.ids) {
        let by_hand = incident.previous_ids.iter().filter(|old| !live.contains(old));
        redirects.extend(by_hand.map(|old| (old.clone(), Some(id.clone()))));
    }
    redirects
}

/// One incident with its JSON, ready to be written.
struct Row {
    resolved: Resolved,
    json: String,
}

/// The rows, sorted by id.
fn rows(
    db: &Connection,
    incidents: &[ResolvedIncident],
    ids: &[String],
    redirects: &BTreeMap<String, Option<String>>,
    is_known: impl Fn(&str) -> bool,
) -> Result<Vec<Row>, Failure> {
    let mut previous: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (old, new) in redirects.iter().filter(|(old, _)| is_known(old)) {
        previous.entry(new.as_deref().unwrap_or_default()).or_default().push(old.clone());
    }
    let told = |(incident, id): (&ResolvedIncident, &String)| -> Vec<(Member, String)> {
        incident.tellings.iter().map(|t| (member(t), id.clone())).collect()
    };
    let of: BTreeMap<Member, String> = incidents.iter().zip(ids).flat_map(told).collect();
    let row = |(incident, id): (&ResolvedIncident, &String)| {
        let mut resolved = row(db, incident, id)?;
        resolved.incident.links = links(db, &incident.links, &of)?;
        resolved.previous_ids = previous.get(id.as_str()).cloned().unwrap_or_default();
        let json = serde_json::to_string(&resolved).expect("an incident has string keys only");
        Ok(Row { resolved, json })
    };
    let mut rows = incidents.iter().zip(ids).map(row).collect::<Result<Vec<_>, Failure>>()?;
    rows.sort_by(|a, b| a.resolved.incident.id.cmp(&b.resolved.incident.id));
    Ok(rows)
}

/// The links, which name tellings, lead to the incidents of these.
fn links(db: &Connection, links: &[ResolvedLink], of: &BTreeMap<Member, String>) -> Result<Vec<Link>, Failure> {
    let mut linked = vec![];
    for link in links {
        let Some(other) = of.get(&(link.document.clone(), link.incident.clone())) else { continue };
        let mut evidence = vec![];
        for LinkTold { document, evidence: told, .. } in &link.told_by {
            let text: Option<String> = db
                .prepare_cached("SELECT text FROM documents WHERE id = ?")?
                .query_row([document], |row| row.get(0))
                .optional()?;
            evidence.extend(quoted(document, &text.unwrap_or_default(), told));
        }
        linked.push(resolved_link(link, other.clone(), evidence));
    }
    Ok(linked)
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

/// The incident of a telling as its document's stored reading has it.
fn told_incident(db: &Connection, telling: &Telling) -> Result<Value, Failure> {
    let find = "SELECT claim.value FROM documents, json_each(documents.reading, '$.incidents') AS claim
        WHERE documents.id = ? AND json_extract(claim.value, '$.id') = ?";
    let key = [&telling.document, &telling.incident];
    let json: Option<String> = db.prepare_cached(find)?.query_row(key, |row| row.get(0)).optional()?;
    match json {
        Some(json) => parsed(&telling.document, &json),
        None => {
            let message = format!("this document tells no incident {}", telling.incident);
            Err(Error::new(Code::BadIncident, &telling.document, message).into())
        }
    }
}

/// Fills what the caller left open from the document.
fn completed(telling: &Telling, document: DocumentRow) -> Telling {
    let source = if telling.source.is_empty() { document.source } else { telling.source.clone() };
    let outlet = telling.outlet.clone().or(document.outlet);
    let title = telling.title.clone().or(document.title);
    let published_latest = telling.published_latest.clone().or(document.published_latest);
    Telling { source, outlet, title, published_latest, ..telling.clone() }
}

fn rows_json(rows: &[Row]) -> BTreeMap<String, String> {
    rows.iter().map(|row| (row.resolved.incident.id.clone(), row.json.clone())).collect()
}

fn write_all(db: &Connection, rows: &[Row], redirects: &BTreeMap<String, Option<String>>) -> Result<(), Failure> {
    db.execute_batch("DELETE FROM memberships; DELETE FROM redirects; DELETE FROM incidents;")?;
    for row in rows {
        write_incident(db, row)?;
        write_memberships(db, &row.resolved)?;
    }
    let mut insert = db.prepare("INSERT INTO redirects VALUES (?, ?)")?;
    for redirect in redirects {
        insert.execute(redirect)?;
    }
    Ok(())
}

fn write_incident(db: &Connection, row: &Row) -> rusqlite::Result<()> {
    let Row { resolved, json } = row;
    let incident = &resolved.incident;
    let place = incident.place.as_ref();
    let point = place.and_then(|p| p.point);
    let killed = &incident.casualties.killed;
    let insert = "INSERT INTO incidents VALUES (:id, :json, :type, :role, :epistemic, :earliest, :latest, :country,
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

/// What all incidents together hash to; `check` compares it with the rows.
pub(super) fn digest<'a>(jsons: impl Iterator<Item = &'a String>) -> String {
    hex_sha256(jsons.fold(String::new(), |all, json| all + json + "\n").as_bytes())
}

/// `gone` says all that a later reader of the log cannot find out from the tellings: where ids lead whose
/// own telling is gone.
fn payload(assignment: &Assignment, led: BTreeMap<String, Option<String>>, rows: &[Row]) -> Value {
    let mut gone = assignment.gone.clone();
    gone.extend(led);
    json!({
        "incidents": rows.len(),
        "digest": digest(rows.iter().map(|row| &row.json)),
        "created": assignment.created,
        "gone": gone,
    })
}

fn replaced(assignment: Assignment, changed: bool) -> Replaced {
    let redirected = assignment.gone.iter().filter_map(|(old, new)| Some((old.clone(), new.clone()?)));
    let retired = assignment.gone.iter().filter(|(_, new)| new.is_none()).map(|(old, _)| old.clone());
    Replaced {
        redirected: redirected.collect(),
        retired: retired.collect(),
        created: assignment.created.into_iter().collect(),
        ids: assignment.ids,
        changed,
    }
}
