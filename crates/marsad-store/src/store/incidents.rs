//! How do resolved incidents replace those of the last resolution?
//!
//! All of them at once, in one transaction: ids are carried over by members
//! (`identity.rs`), ids that fell away redirect, and a resolution that found
//! the same as the last one changes nothing, not even the log. Only rows that
//! changed are written (`rows.rs`).

use super::documents::parsed;
use super::filter::Filter;
use super::ghosts::Ghosts;
use super::identity::{Assignment, Birth, Births, Heirs, Member, assign_ids, newborn};
use super::raw::hex_sha256;
use super::resolution::{self, Standing};
use super::rows::{Changes, Led, Row, rows, stored_rows};
use super::{Store, log};
use crate::error::{Code, Failure};
use crate::wire::{Resolved, Telling};
use crate::{Error, ResolvedIncident, ResolvedLink};
use rusqlite::{Connection, OptionalExtension, Row as Line};
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
        let given: Vec<Given> = incidents.iter().map(Given::of_incident).collect();
        self.write(|db| {
            resolution::forget(db)?;
            replace(db, &given)
        })
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

    /// Every id that no incident carries any more, with the incident to which
    /// it leads; `None` when its members are all gone.
    ///
    /// # Errors
    /// As [`Store::incidents`].
    pub fn redirects(&self) -> Result<BTreeMap<String, Option<String>>, Error> {
        self.read(|db| Ok(stored_redirects(db)?))
    }
}

/// One incident as it is handed over: whole, or only by its tellings where it is stored already.
pub(super) struct Given<'g> {
    pub members: BTreeSet<Member>,
    pub made_from: Option<&'g str>,
    pub links: &'g [ResolvedLink],
    pub incident: Option<&'g ResolvedIncident>,
}

impl<'g> Given<'g> {
    fn of_incident(incident: &'g ResolvedIncident) -> Given<'g> {
        let members = incident.tellings.iter().map(member).collect();
        Given { members, made_from: None, links: &incident.links, incident: Some(incident) }
    }

    pub fn of_standing(standing: &'g Standing) -> Given<'g> {
        Given {
            members: standing.tellings.iter().cloned().collect(),
            made_from: Some(&standing.made_from),
            links: &standing.links,
            incident: standing.incident.as_ref(),
        }
    }
}

pub(super) fn replace(db: &Connection, given: &[Given]) -> Result<Replaced, Failure> {
    let clusters = clusters(given)?;
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
    let redirects = redirects(&former_redirects, &assignment, &heirs, &births, given);
    let former = stored_rows(db)?;
    let is_known = |id: &str| heirs.is_known(&births, id);
    let led = Led { members: &stored, former: &former_redirects, now: &redirects, is_known: &is_known };
    let rows = rows(db, given, &assignment.ids, &former, &led)?;
    let changes = Changes::between(&former, &rows, &former_redirects, &redirects);
    changes.write(db)?;
    let changed = !changes.are_none();
    if changed {
        let led = heirs.led_anew(&former_redirects, &redirects);
        log::append(db, log::INCIDENTS_REPLACED, &payload(&assignment, led, &rows))?;
    }
    Ok(replaced(assignment, changed))
}

/// The members of each incident, each member in one incident only.
fn clusters(given: &[Given]) -> Result<Vec<BTreeSet<Member>>, Error> {
    let mut seen = BTreeSet::new();
    let mut cluster = |given: &Given| {
        let members = given.members.clone();
        if members.is_empty() {
            let name = given.incident.map_or("", |i| &i.incident.id);
            return Err(Error::new(Code::BadIncident, name, "an incident that nobody tells"));
        }
        match members.iter().find(|m| !seen.insert((*m).clone())) {
            Some((document, local)) => {
                Err(Error::new(Code::BadIncident, document, format!("{local} is told to be in two incidents")))
            }
            None => Ok(members),
        }
    };
    given.iter().map(&mut cluster).collect()
}

fn member(telling: &Telling) -> Member {
    (telling.document.clone(), telling.incident.clone())
}

pub(super) fn stored_members(db: &Connection) -> rusqlite::Result<BTreeMap<String, BTreeSet<Member>>> {
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

/// Old ids with where they lead now. Every target is an incident that is
/// there, so that following takes one step and cannot run in circles.
fn redirects(
    former: &BTreeMap<String, Option<String>>,
    assignment: &Assignment,
    heirs: &Heirs,
    births: &Births,
    given: &[Given],
) -> BTreeMap<String, Option<String>> {
    let live: BTreeSet<&String> = assignment.ids.iter().collect();
    let led = |id: &String| if live.contains(id) { Some(id.clone()) } else { heirs.of(id) };
    // Of what is gone and no entry of the log tells of, an id goes where the id goes to which it led.
    let untold = former.iter().chain(&assignment.gone).filter(|(old, _)| !heirs.is_settled(old) && !live.contains(old));
    let untold = untold.filter(|(old, _)| heirs.is_known(births, old));
    let mut redirects: BTreeMap<String, Option<String>> =
        untold.map(|(old, new)| (old.clone(), heirs.of(old).or_else(|| new.as_ref().and_then(led)))).collect();
    redirects.extend(heirs.led(births));
    for (incident, id) in given.iter().zip(&assignment.ids) {
        let Some(incident) = incident.incident else { continue };
        let by_hand = incident.previous_ids.iter().filter(|old| !live.contains(old));
        redirects.extend(by_hand.map(|old| (old.clone(), Some(id.clone()))));
    }
    redirects
}

/// What all incidents together hash to, given the hash of each, by id; `check` compares it with the rows.
pub(super) fn digest<'a>(hashes: impl Iterator<Item = &'a str>) -> String {
    format!("{EACH}{}", hex_sha256(hashes.fold(String::new(), |all, hash| all + hash + "\n").as_bytes()))
}

/// Before schema 4 the rows themselves were hashed, one after the other.
pub(super) fn older_digest<'a>(jsons: impl Iterator<Item = &'a String>) -> String {
    hex_sha256(jsons.fold(String::new(), |all, json| all + json + "\n").as_bytes())
}

/// How a digest of hashes begins.
pub(super) const EACH: &str = "each:";

/// `gone` says all that a later reader of the log cannot find out from the tellings: where ids lead whose
/// own telling is gone.
fn payload(assignment: &Assignment, led: BTreeMap<String, Option<String>>, rows: &[Row]) -> Value {
    let mut gone = assignment.gone.clone();
    gone.extend(led);
    json!({
        "incidents": rows.len(),
        "digest": digest(rows.iter().map(|row| row.sha256.as_str())),
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
