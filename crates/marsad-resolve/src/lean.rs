//! What of a claim is kept when the claim itself has been let go?
//!
//! A claim with its evidence takes two to four kilobytes, what is compared of it a hundred bytes: the same base, the
//! same "four wounded" and the same faction come again and again and are kept once, in the [`Pool`]. The fields have the names
//! that they have in [`marsad_model::Incident`], so that comparison reads the same; a field that comparison begins to ask for
//! is added here.

use crate::ledger::speaker;
use crate::place::Whereabouts;
use marsad_model::{Evidence, LinkKind, Munitions, Place, PlaceLink, Quantity, Role, RuleId, SourceKind, Span};
use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::sync::Arc;

#[derive(Debug)]
pub(crate) struct Claim {
    pub document: Arc<str>,
    pub incident: Incident,
}

#[derive(Debug)]
pub(crate) struct Incident {
    pub id: Arc<str>,
    /// Where the event stands, by which a decision finds its telling again.
    pub words: Arc<[Span]>,
    pub role: Role,
    pub sub_type: Option<Arc<str>>,
    pub weapons: Arc<[Weapon]>,
    pub munitions: Arc<Munitions>,
    pub target: Option<Arc<Target>>,
    pub casualties: Arc<Casualties>,
    pub perpetrator: Option<Arc<str>>,
    pub attribution: Arc<[Attribution]>,
    pub links: Arc<[Link]>,
}

/// How the telling stands to another one of its document; few have any, so that what is shown of it is kept too.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Link {
    pub kind: LinkKind,
    /// Id of the other incident in the document.
    pub to: String,
    pub said_by: String,
    pub evidence: Vec<Evidence>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Weapon {
    pub id: RuleId,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Target {
    pub value: String,
    pub class: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Casualties {
    pub killed: Quantity,
    pub wounded: Quantity,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Attribution {
    pub source: String,
    pub kind: SourceKind,
}

impl Claim {
    pub fn of(claim: &crate::Claim, document: Arc<str>, pool: &mut Pool) -> Claim {
        let told = &claim.incident;
        let weapons = told.weapons.iter().map(|w| Weapon { id: w.id.clone() }).collect();
        let attribution = told.attribution.iter().map(|a| Attribution { source: a.source.clone(), kind: a.kind });
        let target = told.target.as_ref().map(|t| Target { value: t.value.clone(), class: t.class.clone() });
        let casualties = Casualties { killed: bare(&told.casualties.killed), wounded: bare(&told.casualties.wounded) };
        let links = told.links.iter().map(|l| Link {
            kind: *l.kind.value(),
            to: l.to.clone(),
            said_by: speaker(claim).to_string(),
            evidence: l.kind.evidence().to_vec(),
        });
        Claim {
            document,
            incident: Incident {
                id: pool.word(&told.id),
                words: told.event.evidence().iter().map(|e| e.span).collect(),
                role: told.role,
                sub_type: told.sub_type.as_deref().map(|t| pool.word(t)),
                weapons: shared_list(&mut pool.weapons, weapons),
                munitions: pool.munitions(&told.munitions),
                target: target.map(|t| shared(&mut pool.targets, t)),
                casualties: shared(&mut pool.casualties, casualties),
                perpetrator: told.perpetrator.as_ref().map(|p| pool.word(p.value())),
                attribution: shared_list(&mut pool.attributions, attribution.collect()),
                links: shared_list(&mut pool.links, links.collect()),
            },
        }
    }
}

/// Values of which equal ones are kept once. Only looked up, never walked through: no order depends on hashing.
#[derive(Default)]
pub(crate) struct Pool {
    words: HashSet<Arc<str>>,
    word_lists: HashSet<Arc<[Arc<str>]>>,
    weapons: HashSet<Arc<[Weapon]>>,
    munitions: HashMap<[Quantity; 5], Arc<Munitions>>,
    targets: HashSet<Arc<Target>>,
    casualties: HashSet<Arc<Casualties>>,
    attributions: HashSet<Arc<[Attribution]>>,
    links: HashSet<Arc<[Link]>>,
    places: HashMap<Named, Option<Arc<Whereabouts>>>,
}

impl Pool {
    pub fn word(&mut self, word: &str) -> Arc<str> {
        if let Some(known) = self.words.get(word) {
            return known.clone();
        }
        let word: Arc<str> = word.into();
        self.words.insert(word.clone());
        word
    }

    pub fn words(&mut self, words: &[&str]) -> Arc<[Arc<str>]> {
        let words = words.iter().map(|w| self.word(w)).collect();
        shared_list(&mut self.word_lists, words)
    }

    /// Equal places give the same `Arc`.
    pub fn place(&mut self, place: &Place) -> Option<Arc<Whereabouts>> {
        let known = self.places.entry(Named::of(place));
        known.or_insert_with(|| Whereabouts::of(place).map(Arc::new)).clone()
    }

    fn munitions(&mut self, munitions: &Munitions) -> Arc<Munitions> {
        let counts = munitions.each().map(|(_, q)| bare(q));
        let [launched, landed, intercepted, unfired, used] = counts.clone();
        let shared = || Arc::new(Munitions { launched, landed, intercepted, unfired, used });
        self.munitions.entry(counts).or_insert_with(shared).clone()
    }
}

/// All of a place that its [`Whereabouts`] depend on.
#[derive(PartialEq, Eq, Hash)]
struct Named {
    id: Option<Arc<str>>,
    name_en: Arc<str>,
    country: Arc<str>,
    chain: Vec<PlaceLink>,
    point: Option<[u64; 3]>,
}

impl Named {
    fn of(place: &Place) -> Named {
        Named {
            id: place.id.clone(),
            name_en: place.name_en.clone(),
            country: place.country.clone(),
            chain: place.chain.clone(),
            point: place.point.map(|p| [p.lat, p.lon, p.accuracy_km].map(f64::to_bits)),
        }
    }
}

fn shared<T: Hash + Eq>(known: &mut HashSet<Arc<T>>, value: T) -> Arc<T> {
    if let Some(known) = known.get(&value) {
        return known.clone();
    }
    let value = Arc::new(value);
    known.insert(value.clone());
    value
}

fn shared_list<T: Hash + Eq>(known: &mut HashSet<Arc<[T]>>, values: Vec<T>) -> Arc<[T]> {
    if let Some(known) = known.get(&values[..]) {
        return known.clone();
    }
    let values: Arc<[T]> = values.into();
    known.insert(values.clone());
    values
}

fn bare(quantity: &Quantity) -> Quantity {
    let Quantity { value, min, max, approx, status, .. } = *quantity;
    Quantity { value, min, max, approx, status, evidence: vec![] }
}
