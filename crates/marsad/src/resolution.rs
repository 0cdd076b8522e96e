//! How do the incidents of a store follow what is read, without beginning anew?
//!
//! A store keeps what is compared of each document's claims, and from what each incident was made. So new documents are read,
//! compared with what is kept, and only the incidents that they touch are merged again; what comes out is what resolving everything
//! would give, byte for byte. Where that cannot be had this way it is done the long way: a document that was read anew, or
//! retracted, is left out by comparing all claims again, without their readings; another program, a damaged row, or incidents that
//! somebody else put, and everything is made again from the readings.

use crate::Error;
use crate::pipeline::{decided, resolved_links, row, why};
use marsad_resolve::{Apart, Claim, Damaged, Decided, Group, Resolver, kept, retracted};
use marsad_store::wire::Resolved;
use marsad_store::{Compared, Finding, Left, Replaced, Standing, Store, fingerprint};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What this program keeps is for this very program: its version, and in a build from sources those.
const PROGRAM: &str = concat!(env!("CARGO_PKG_VERSION"), "+", env!("MARSAD_SOURCES"));

/// The incidents of one store, kept from one addition to the next.
///
/// ```
/// use marsad::{Resolution, store::Store};
/// let folder = tempfile::tempdir()?;
/// let mut store = Store::create(folder.path())?;
/// let mut resolution = Resolution::default();
/// assert!(resolution.bring_up(&mut store)?.ids.is_empty());
/// // … documents are put into the store …
/// assert!(!resolution.bring_up(&mut store)?.changed);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Default)]
pub struct Resolution {
    known: Option<Known>,
}

/// Resolves what is in a store, as people decided.
///
/// # Errors
/// When the store cannot be read or written.
pub fn resolve_store(store: &mut Store) -> Result<Replaced, Error> {
    Resolution::default().bring_up(store)
}

/// What in a store is not as resolving everything anew would leave it for the next resolution.
///
/// # Errors
/// When the store cannot be read.
pub fn check_resolution(store: &Store) -> Result<Vec<Finding>, Error> {
    let Some(left) = store.left_by(PROGRAM)? else { return Ok(vec![]) };
    let mut laid_aside: HashMap<String, Compared> = HashMap::new();
    store.each_compared(|compared| _ = laid_aside.insert(compared.document.clone(), compared))?;
    let (later, _) = store.read_since(left.entry)?;
    let decisions = decided(store)?;
    let mut known = Known { retracted: names(&retracted(&decisions)), ..Known::default() };
    let mut findings = vec![];
    let mut compare = |document: String, claims: &[Claim]| {
        let compared = laid_aside.remove(&document);
        if later.contains_key(&document) {
            return;
        }
        let (entry, bytes) = compared.map_or((0, vec![]), |c| (c.entry, c.claims));
        if bytes != laid_out(claims) {
            let message = "what is kept of it is not what its reading tells; run `marsad ingest --anew ARTICLE` (any article, also one that is read already)";
            findings.push(Finding { code: "kept_changed", subject: document.clone(), message: message.to_string() });
        }
        known.take(document, entry, claims);
    };
    store.each_reading(|reading| compare(reading.document.id.clone(), &Claim::from_reading(&reading)))?;
    for document in laid_aside.into_keys() {
        let message = "what is kept of it belongs to no document".to_string();
        findings.push(Finding { code: "kept_changed", subject: document, message });
    }
    if findings.is_empty() && later.is_empty() {
        known.resolver.settle();
        let now: BTreeSet<String> = known.resolver.decided(&decisions).iter().map(|g| known.made_from(g)).collect();
        let then: BTreeSet<String> = store.made_from()?.into_iter().collect();
        if now != then {
            let message = format!(
                "{} of them are not as the documents tell; run `marsad ingest --anew ARTICLE` (any article, also one that is read already)",
                now.difference(&then).count()
            );
            findings.push(Finding { code: "incidents_changed", subject: "incidents".to_string(), message });
        }
    }
    Ok(findings)
}

/// What came nearest to joining an incident to another one, and did not.
pub struct Nearest {
    /// The pair with its points, in words.
    pub pair: String,
    /// Why the two are two incidents where the mean of their pairs would have joined them.
    pub apart: Option<Apart>,
}

/// What came nearest to joining an incident of a store to another one, or `None` where everything else contradicts it outright.
/// Retracted documents are not asked.
///
/// # Errors
/// When the store cannot be read.
pub fn nearest_in_store(store: &Store, incident: &Resolved) -> Result<Option<Nearest>, Error> {
    let gone = names(&retracted(&decided(store)?));
    let left = store.left_by(PROGRAM)?;
    let taken_up = Known::taken_up(store, left, gone.clone())?;
    let mut known = taken_up.unwrap_or_else(|Damaged| Known { retracted: gone.clone(), ..Known::default() });
    if known.follow(&New::since(known.entry(), store)?, gone, store)?.is_err() {
        return Err(Error::new("corrupt", "what is kept of a document does not read")
            .with_hint("run `marsad ingest --anew ARTICLE` (any article, also one that is read already)"));
    }
    let members: Vec<(&str, &str)> =
        incident.tellings.iter().map(|t| (t.document.as_str(), t.incident.as_str())).collect();
    let told =
        |key: &str| key.rsplit_once('#').map(|(document, incident)| (document.to_string(), incident.to_string()));
    Ok(known.resolver.nearest(&members).map(|pair| {
        let other = told(&pair.b).unwrap_or_default();
        Nearest { pair: why(&pair), apart: known.resolver.apart(&members, (&other.0, &other.1)) }
    }))
}

impl Resolution {
    /// Resolves what came since the last time; everything, where nothing is known of that.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn bring_up(&mut self, store: &mut Store) -> Result<Replaced, Error> {
        // Somebody else may have resolved in between: then what they left is taken up, and if that cannot be used, nothing.
        for is_anew in [false, false, true] {
            match self.step(store, is_anew)? {
                Step::Done(replaced) => return Ok(replaced),
                Step::Again => self.known = None,
            }
        }
        Err(Error::new("overtaken", "other programs keep replacing the incidents")
            .with_hint("run the same command again"))
    }

    /// Resolves everything from the readings, whatever is known.
    ///
    /// # Errors
    /// As [`Resolution::bring_up`].
    pub fn anew(&mut self, store: &mut Store) -> Result<Replaced, Error> {
        self.known = None;
        match self.step(store, true)? {
            Step::Done(replaced) => Ok(replaced),
            Step::Again => self.bring_up(store),
        }
    }

    fn step(&mut self, store: &mut Store, is_anew: bool) -> Result<Step, Error> {
        let decisions = decided(store)?;
        let gone = names(&retracted(&decisions));
        let left = if is_anew { None } else { store.left_by(PROGRAM)? };
        let before = self.known.take().filter(|known| left.is_some() && known.left == left);
        let taken_up = before.map_or_else(|| Known::taken_up(store, left, gone.clone()), |known| Ok(Ok(known)))?;
        let Ok(mut known) = taken_up else { return Ok(Step::Again) };
        let new = New::since(known.entry(), store)?;
        if known.follow(&new, gone, store)?.is_err() {
            return Ok(Step::Again);
        }
        let incidents = known.incidents(&decisions, new.claims, store)?;
        let after = known.left;
        let entry = new.read.values().copied().max().unwrap_or(0).max(known.entry());
        let (program, found) = (PROGRAM.into(), known.resolver.found());
        let kept = marsad_store::Resolution { program, after, entry, compared: new.compared, found, incidents };
        match store.keep_resolution(&kept) {
            Ok((replaced, left)) => {
                known.left = Some(left);
                self.known = Some(known);
                Ok(Step::Done(replaced))
            }
            Err(error) if error.code() == "overtaken" => Ok(Step::Again),
            Err(error) => Err(error.into()),
        }
    }
}

enum Step {
    Done(Replaced),
    /// What was known is not what the store knows.
    Again,
}

/// The claims that were compared, and where they are from.
#[derive(Default)]
struct Known {
    resolver: Resolver,
    /// For each document that tells anything, the entry of the log that gave it its reading.
    read: HashMap<String, u64>,
    /// Documents whose claims are not among those of the resolver.
    retracted: BTreeSet<String>,
    /// `None` where nothing that the store keeps was used.
    left: Option<Left>,
}

/// What was read since the last time.
struct New {
    read: BTreeMap<String, u64>,
    compared: Vec<Compared>,
    claims: HashMap<String, Vec<Claim>>,
}

impl New {
    fn since(entry: u64, store: &Store) -> Result<New, Error> {
        let mut new = New { read: store.read_since(entry)?.0, compared: vec![], claims: HashMap::new() };
        for (document, entry) in &new.read {
            let claims = store.told(document)?.map_or(vec![], |reading| Claim::from_reading(&reading));
            new.compared.push(Compared { document: document.clone(), entry: *entry, claims: laid_out(&claims) });
            new.claims.insert(document.clone(), claims);
        }
        Ok(new)
    }
}

impl Known {
    /// What the last resolution left; nothing, where it left nothing or the store's rows are not what it wrote.
    fn taken_up(
        store: &Store,
        left: Option<Left>,
        retracted: BTreeSet<String>,
    ) -> Result<Result<Known, Damaged>, Error> {
        let mut known = Known { retracted, ..Known::default() };
        if left.is_none() || !store.incidents_are_as_noted()? {
            return Ok(Ok(known));
        }
        known.left = left;
        let taken = known.take_all(store, &BTreeMap::new())?;
        if taken.is_ok() && known.resolver.take_found(&store.found()?).is_err() {
            known.resolver.settle();
        }
        Ok(taken.map(|()| known))
    }

    /// Takes all that is kept of documents, but of none of these.
    fn take_all(&mut self, store: &Store, except: &BTreeMap<String, u64>) -> Result<Result<(), Damaged>, Error> {
        let mut taken = Ok(());
        store.each_compared(|compared| {
            if taken.is_ok() && !except.contains_key(&compared.document) {
                taken = self.take_kept(&compared);
            }
        })?;
        Ok(taken)
    }

    fn take_kept(&mut self, compared: &Compared) -> Result<(), Damaged> {
        if !self.retracted.contains(&compared.document) {
            self.resolver.take_kept(&compared.document, &compared.claims)?;
        }
        self.read.insert(compared.document.clone(), compared.entry);
        Ok(())
    }

    fn take(&mut self, document: String, entry: u64, claims: &[Claim]) {
        if !self.retracted.contains(&document) {
            claims.iter().for_each(|claim| _ = self.resolver.take(claim));
        }
        self.read.insert(document, entry);
    }

    fn entry(&self) -> u64 {
        self.left.map_or(0, |left| left.entry)
    }

    /// Compares what is new. Claims can be added and not taken away: where some go, all others are compared anew.
    fn follow(&mut self, new: &New, retracted: BTreeSet<String>, store: &Store) -> Result<Result<(), Damaged>, Error> {
        let goes = self.loses(new, &retracted, store)?;
        let back: Vec<String> = self.retracted.difference(&retracted).cloned().collect();
        self.retracted = retracted;
        if goes {
            self.resolver = Resolver::new();
            self.read.clear();
            if self.take_all(store, &new.read)?.is_err() {
                return Ok(Err(Damaged));
            }
        }
        for document in back.iter().filter(|document| !goes && !new.read.contains_key(*document)) {
            if let Some(compared) = store.compared(document)?
                && self.take_kept(&compared).is_err()
            {
                return Ok(Err(Damaged));
            }
        }
        for (document, entry) in &new.read {
            self.take(document.clone(), *entry, &new.claims[document]);
        }
        self.resolver.settle();
        Ok(Ok(()))
    }

    /// True when claims that were compared are told no longer, or otherwise.
    fn loses(&self, new: &New, retracted: &BTreeSet<String>, store: &Store) -> Result<bool, Error> {
        for compared in new.compared.iter().filter(|compared| self.resolver.knows(&compared.document)) {
            if store.compared(&compared.document)?.is_none_or(|before| before.claims != compared.claims) {
                return Ok(true);
            }
        }
        Ok(retracted.difference(&self.retracted).any(|document| self.resolver.knows(document)))
    }

    /// All incidents; those that are stored already only by their names. `claims` are those that were read now.
    fn incidents(
        &self,
        decisions: &[Decided],
        mut claims: HashMap<String, Vec<Claim>>,
        store: &Store,
    ) -> Result<Vec<Standing>, Error> {
        let stored = if self.left.is_some() { store.made_from()? } else { Default::default() };
        let standing = |group: Group| {
            let made_from = self.made_from(&group);
            let incident = match stored.contains(&made_from) {
                true => None,
                false => Some(row(self.resolver.resolved(&group, told(&group, &mut claims, store)?))),
            };
            let tellings = group.members().map(|(d, i)| (d.to_string(), i.to_string())).collect();
            Ok(Standing { tellings, made_from, links: resolved_links(group.links()), incident })
        };
        self.resolver.decided(decisions).into_iter().map(standing).collect()
    }

    /// All that a merged incident depends on: who is in it and why, and which readings tell it.
    fn made_from(&self, group: &Group) -> String {
        let read: Vec<u64> =
            group.members().map(|(document, _)| self.read.get(document).copied().unwrap_or(0)).collect();
        fingerprint(&format!("{group:?} {read:?}"))
    }
}

/// The claims of the documents that tell an incident, read where they are not at hand.
fn told<'c>(
    group: &Group,
    claims: &'c mut HashMap<String, Vec<Claim>>,
    store: &Store,
) -> Result<impl Iterator<Item = &'c Claim>, Error> {
    let documents: BTreeSet<String> = group.members().map(|(document, _)| document.to_string()).collect();
    for document in documents.iter().filter(|d| !claims.contains_key(*d)).collect::<Vec<_>>() {
        let reading = store.told(document)?;
        claims.insert(document.clone(), reading.map_or(vec![], |reading| Claim::from_reading(&reading)));
    }
    let claims = &*claims;
    Ok(documents.into_iter().flat_map(|document| &claims[&document]))
}

/// What is kept of a document; nothing, where it tells nothing.
fn laid_out(claims: &[Claim]) -> Vec<u8> {
    if claims.is_empty() { vec![] } else { kept(claims) }
}

fn names(documents: &BTreeSet<&str>) -> BTreeSet<String> {
    documents.iter().map(|document| document.to_string()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use marsad_model::{Document, EventType, Published, Reading};
    use marsad_store::{Filter, Provenance};

    fn put(store: &mut Store, name: &str) {
        let document = Document {
            id: name.into(),
            source: name.into(),
            sha256: String::new(),
            text: name.into(),
            language: "ar".into(),
            title: None,
            outlet: None,
            outlet_given: None,
            retrieval: Default::default(),
            published: Published::default(),
            segments: vec![],
        };
        let reading = Reading {
            document,
            incidents: vec![Claim::coded(name, "i1", EventType::Ied, "test").incident],
            tallies: vec![],
            not_incidents: vec![],
            mentions: vec![],
            quotes: vec![],
            diagnostics: vec![],
            fingerprint: vec![],
            derivation: vec![],
        };
        store.put_document(name.as_bytes(), &reading, &Provenance::default()).unwrap();
    }

    #[test]
    fn damaged_rows_are_seen_and_made_anew() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::create(folder.path()).unwrap();
        ["a", "b"].into_iter().for_each(|name| put(&mut store, name));
        resolve_store(&mut store).unwrap();
        let all = store.incidents(&Filter::default()).unwrap();
        let left = store.left_by(PROGRAM).unwrap();
        let whole = store.compared("a").unwrap().unwrap();
        let damaged = Compared { claims: whole.claims[1..].to_vec(), ..whole.clone() };
        let stood = |i: &marsad_store::wire::Resolved| Standing {
            tellings: i.tellings.iter().map(|t| (t.document.clone(), t.incident.clone())).collect(),
            made_from: String::new(),
            links: vec![],
            incident: None,
        };
        let mut known = Known::taken_up(&store, left, BTreeSet::new()).unwrap().unwrap();
        known.resolver.settle();
        let mut incidents: Vec<Standing> = all.iter().map(stood).collect();
        for (standing, group) in incidents.iter_mut().zip(known.resolver.groups()) {
            standing.made_from = known.made_from(&group);
            standing.tellings = group.members().map(|(d, i)| (d.to_string(), i.to_string())).collect();
        }
        let entry = left.unwrap().entry;
        let kept = marsad_store::Resolution {
            program: PROGRAM.into(),
            after: left,
            entry,
            compared: vec![damaged],
            incidents,
            ..Default::default()
        };
        store.keep_resolution(&kept).unwrap();
        assert_eq!(check_resolution(&store).unwrap()[0].code, "kept_changed");
        put(&mut store, "c");
        assert_eq!(resolve_store(&mut store).unwrap().ids.len(), 3);
        assert_eq!(store.compared("a").unwrap(), Some(whole));
        assert_eq!(check_resolution(&store).unwrap(), []);
    }
}
