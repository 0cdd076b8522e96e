//! How are claims added to those that are resolved already?
//!
//! A [`Resolver`] keeps what is compared of each claim, the blocks and the pairs with enough points (edges). Which claims are
//! one incident depends on nothing outside their connected component of edges, so an addition decides anew the components that
//! it touches and no other, and the result is the same as that of all claims at once.
//!
//! It keeps no values that are only shown: to merge an incident, the caller hands back its claims.

use crate::Claim;
use crate::apart::{Apart, apart};
use crate::block::Blocks;
use crate::cluster::{Cluster, Edge, clusters};
use crate::company::Company;
use crate::component::{self, BLOCK, Component, NONE, OwnedEdge, WIRE, connected};
use crate::decide::{self, Decided};
use crate::facts::Facts;
use crate::group::{Changed, Group, without};
use crate::judge::Judge;
use crate::kept::{self, Damaged};
use crate::lean::Pool;
use crate::resolve::{PairReason, Resolved, incident, nearest_pair};
use crate::wire::{Wire, WireChange};
use marsad_model::TellingRef;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// Claims and the incidents behind them, growing.
///
/// Cost: about 1.5 kB of memory a claim with a text of 130 words, at the peak; a million claims at once take 30 s on one core,
/// a thousand more after them one second: the new claims, all that are connected with them, and a walk through the sorted
/// lists. Figures in `docs/notes/resolution.md`.
///
/// A second report changes one incident and leaves the other alone; what is known already is passed over:
///
/// ```
/// use jiff::civil::date;
/// use marsad_model::{DateValue, EventType, Place, PlaceLink, Relation};
/// use marsad_resolve::{Claim, Resolver};
///
/// let market = PlaceLink { id: Some("market".into()), kind: "market".into(), name_en: "Market".into(), name_ar: "".into() };
/// let place = Place {
///     id: market.id.clone(),
///     name_en: market.name_en.clone(),
///     names_en: vec![],
///     name_ar: "".into(),
///     relation: Relation::In,
///     chain: vec![market],
///     country: "SD".into(),
///     point: None,
///     evidence: vec![],
/// };
/// let told = |document: &str, day: i8| {
///     let mut claim = Claim::coded(document, "i1", EventType::DroneAttack, "example");
///     claim.incident.date = DateValue::day(date(2026, 5, day), "coded", vec![]);
///     claim.incident.place = Some(place.clone());
///     claim
/// };
/// let mut resolver = Resolver::new();
/// let changed = resolver.add(&[told("a", 19), told("b", 28)]);
/// assert_eq!((changed.gone.len(), changed.new.len()), (0, 2));
///
/// let third = told("c", 19);
/// let changed = resolver.add([&third]);
/// assert_eq!(changed.gone[0].members().collect::<Vec<_>>(), [("a", "i1")]);
/// assert_eq!(changed.new[0].members().collect::<Vec<_>>(), [("a", "i1"), ("c", "i1")]);
/// assert_eq!(resolver.groups().len(), 2);
///
/// let merged = resolver.resolved(&changed.new[0], [&told("a", 19), &third]);
/// assert_eq!(merged.voices, 2);
/// assert!(resolver.add([&third]).new.is_empty());
/// ```
#[derive(Default)]
pub struct Resolver {
    facts: Vec<Facts>,
    documents: HashMap<Arc<str>, u32>,
    /// The last claim of each document, and for each claim the one of its document before it.
    last_of_document: Vec<u32>,
    before_in_document: Vec<u32>,
    pool: Pool,
    wire: Wire,
    blocks: Blocks,
    /// Claims below this number are resolved.
    settled: u32,
    settled_documents: u32,
    component_of: Vec<u32>,
    components: Vec<Component>,
    /// Numbers of components that are no more.
    free: Vec<u32>,
}

impl Resolver {
    pub fn new() -> Resolver {
        Resolver::default()
    }

    /// Adds claims and decides what they touch. A claim whose key is known already is passed over. What a document tells
    /// together speaks for each of its claims, so all claims of a document belong into one addition: one that comes later
    /// is judged by all of them, those that came before by what was known then.
    pub fn add<'c>(&mut self, claims: impl IntoIterator<Item = &'c Claim>) -> Changed {
        claims.into_iter().for_each(|claim| _ = self.take(claim));
        self.settle()
    }

    /// Takes a claim, to be resolved by the next [`Resolver::settle`]; false when its key is known already.
    ///
    /// For callers that cannot hold all claims at a time. All claims of a document carry the fingerprint of its one text;
    /// that of the first to come is looked at.
    pub fn take(&mut self, claim: &Claim) -> bool {
        let document = self.document(&claim.document, |wire| wire.take(&claim.fingerprint));
        self.take_of(document, claim)
    }

    /// Takes the claims of a document as [`crate::kept`] laid them aside; one that is known already is passed over.
    ///
    /// # Errors
    /// [`Damaged`] when these are no such bytes; nothing is taken then.
    pub fn take_kept(&mut self, document: &str, kept: &[u8]) -> Result<(), Damaged> {
        let (hashes, claims) = kept::read(document, kept)?;
        if !claims.is_empty() {
            let number = self.document(document, |wire| wire.take_narrowed(&hashes));
            claims.iter().for_each(|claim| _ = self.take_of(number, claim));
        }
        Ok(())
    }

    fn take_of(&mut self, document: u32, claim: &Claim) -> bool {
        if self.claims_of(document).any(|c| *self.facts[c as usize].claim.incident.id == claim.incident.id) {
            return false;
        }
        let (name, _) = self.documents.get_key_value(claim.document.as_str()).expect("it was entered just now");
        let facts = Facts::of(claim, name.clone(), document, &mut self.pool);
        self.blocks.take(&facts);
        self.facts.push(facts);
        let number = self.facts.len() as u32 - 1;
        self.before_in_document.push(std::mem::replace(&mut self.last_of_document[document as usize], number));
        self.component_of.push(NONE);
        true
    }

    /// What was found between the claims, for [`Resolver::take_found`]; all of them are settled.
    pub fn found(&self) -> Vec<u8> {
        component::write(self.order(), &self.components)
    }

    /// Instead of [`Resolver::settle`], where another resolver settled the same claims, taken in the same order, and wrote down
    /// what it [`found`](Resolver::found).
    ///
    /// # Errors
    /// [`Damaged`] when these are no such bytes, or of other claims; the claims are then still to be settled.
    ///
    /// ```
    /// use marsad_model::EventType::Ied;
    /// use marsad_resolve::{Claim, Resolver};
    /// let claims = ["a", "b"].map(|document| Claim::coded(document, "i1", Ied, "test"));
    /// let (mut first, mut second) = (Resolver::new(), Resolver::new());
    /// first.add(&claims);
    /// claims.iter().for_each(|claim| _ = second.take(claim));
    /// second.take_found(&first.found())?;
    /// assert_eq!(first.groups(), second.groups());
    /// assert!(Resolver::new().take_found(&first.found()).is_err());
    /// # Ok::<(), marsad_resolve::Damaged>(())
    /// ```
    pub fn take_found(&mut self, found: &[u8]) -> Result<(), Damaged> {
        let count = self.facts.len() as u32;
        let mut components = component::read(self.order(), count, found)?;
        if self.settled > 0 {
            return Err(Damaged);
        }
        self.bring_together();
        self.blocks.settle();
        self.wire.index();
        (self.settled, self.settled_documents) = (count, self.last_of_document.len() as u32);
        for (component, number) in components.iter().zip(0..) {
            component.members.iter().for_each(|claim| self.component_of[*claim as usize] = number);
        }
        for claim in 0..count {
            if self.component_of[claim as usize] == NONE {
                self.component_of[claim as usize] = components.len() as u32;
                components.push(Component::alone(claim));
            }
        }
        self.components = components;
        Ok(())
    }

    /// Tells the claims and the order in which they were taken from any others.
    fn order(&self) -> u64 {
        self.facts.iter().fold(0, |order, facts| {
            let (document, incident) = facts.key();
            kept::mixed(kept::mixed(order, document.as_bytes()), incident.as_bytes())
        })
    }

    /// Resolves the claims taken since the last time.
    pub fn settle(&mut self) -> Changed {
        self.bring_together();
        let reopened = self.blocks.settle();
        let wire = self.wire.settle();
        let lost = self.lost(&reopened, &wire);
        let found = self.edges(&reopened, &wire.pairs);
        self.settled = self.facts.len() as u32;
        self.settled_documents = self.last_of_document.len() as u32;
        self.decide(lost, found)
    }

    /// Tells the new claims what else their documents tell.
    fn bring_together(&mut self) {
        let new = self.settled..self.facts.len() as u32;
        let documents: BTreeSet<u32> = new.map(|claim| self.facts[claim as usize].document).collect();
        for document in documents {
            let claims: Vec<u32> = self.claims_of(document).collect();
            let company = Arc::new(Company::of(claims.iter().map(|claim| &self.facts[*claim as usize])));
            for claim in claims.into_iter().filter(|claim| *claim >= self.settled) {
                self.facts[claim as usize].company = company.clone();
            }
        }
    }

    /// All incidents, sorted by their members.
    pub fn groups(&self) -> Vec<Group> {
        self.decided(&[])
    }

    /// As [`Resolver::groups`], and then as people decided, in the order of their decisions. What documents tell that were retracted
    /// must not be among the claims.
    pub fn decided(&self, decisions: &[Decided]) -> Vec<Group> {
        let mut groups = decide::groups(self, decisions);
        groups.sort_unstable();
        groups
    }

    /// True when something that this document tells is among the claims.
    pub fn knows(&self, document: &str) -> bool {
        self.documents.contains_key(document)
    }

    /// Number of claims.
    pub fn len(&self) -> usize {
        self.facts.len()
    }

    pub fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }

    /// The merged incident of a group that this resolver gave, from the group's claims in any order; other claims among them do
    /// no harm.
    ///
    /// # Panics
    /// When a claim of the group is missing, or the group comes from another resolver.
    pub fn resolved<'c>(&self, group: &Group, claims: impl IntoIterator<Item = &'c Claim>) -> Resolved {
        let known: HashMap<(&str, &str), &Claim> =
            claims.into_iter().map(|c| ((c.document.as_str(), c.incident.id.as_str()), c)).collect();
        let claims: Vec<&Claim> = group
            .members()
            .map(|key| *known.get(&key).unwrap_or_else(|| panic!("the claim {key:?} is missing")))
            .collect();
        let number = |key: (&str, &str)| self.number(key).expect("the group is of this resolver");
        let cluster = group.cluster(group.members().map(number).collect());
        let mut resolved = incident(&cluster, &claims, &self.facts, &self.wire);
        group.lay_over(&mut resolved);
        resolved
    }

    /// As [`crate::nearest`], of the claims that were added.
    pub fn nearest(&self, members: &[(&str, &str)]) -> Option<PairReason> {
        nearest_pair(members, self.judge(), self.facts.len() as u32)
    }

    /// Why an incident and the one that another telling is of are two although the mean of their pairs would have joined them; `None`
    /// where something else keeps them apart, or people decided who is in them.
    ///
    /// ```
    /// use marsad_model::EventType::Ied;
    /// use marsad_resolve::{Claim, Resolver};
    /// let mut resolver = Resolver::new();
    /// resolver.add(&["a", "b"].map(|document| Claim::coded(document, "i1", Ied, "test")));
    /// assert_eq!(resolver.apart(&[("a", "i1")], ("b", "i1")), None); // too little is known of either
    /// ```
    ///
    /// One that is kept apart by voices: `the_voices_that_keep_two_incidents_apart_are_named` in `tests/scenarios.rs`.
    pub fn apart(&self, members: &[(&str, &str)], other: (&str, &str)) -> Option<Apart> {
        let (own, other) = (self.number(*members.first()?)?, self.number(other)?);
        let component = &self.components[self.component_of[own as usize] as usize];
        let (own, other) = (self.cluster_of(own), self.cluster_of(other));
        let is_whole = own.members.len() == members.len()
            && members.iter().all(|key| self.number(*key).is_some_and(|c| own.members.contains(&c)));
        let is_inside = component.clusters.contains(other) && own != other;
        let edges: Vec<Edge> = component.edges.iter().map(|found| found.edge).collect();
        let mut claims = component.members.clone();
        claims.sort_unstable_by_key(|c| self.facts[*c as usize].key());
        (is_whole && is_inside).then(|| apart(self.judge(), &claims, &edges, &own.members, &other.members))?
    }

    /// Incidents as numbers of claims in the order of taking, without names.
    pub(crate) fn clusters(&self) -> impl Iterator<Item = &Cluster> {
        self.components.iter().flat_map(|c| &c.clusters)
    }

    pub(crate) fn known(&self) -> (&[Facts], &Wire) {
        (&self.facts, &self.wire)
    }

    fn document(&mut self, name: &str, take_text: impl FnOnce(&mut Wire)) -> u32 {
        if let Some(known) = self.documents.get(name) {
            return *known;
        }
        let number = self.last_of_document.len() as u32;
        self.documents.insert(name.into(), number);
        self.last_of_document.push(NONE);
        take_text(&mut self.wire);
        number
    }

    fn claims_of(&self, document: u32) -> impl Iterator<Item = u32> {
        let last = Some(self.last_of_document[document as usize]).filter(|c| *c != NONE);
        std::iter::successors(last, |c| Some(self.before_in_document[*c as usize]).filter(|c| *c != NONE))
    }

    pub(crate) fn number(&self, (document, incident): (&str, &str)) -> Option<u32> {
        let document = *self.documents.get(document)?;
        self.claims_of(document).find(|c| &*self.facts[*c as usize].claim.incident.id == incident)
    }

    /// The claim of the same words, else of the same number where no words are known.
    pub(crate) fn telling(&self, telling: &TellingRef) -> Option<u32> {
        let told = |claim: u32| &self.facts[claim as usize].claim.incident;
        let common = |claim: u32| {
            let anchor = telling.anchor?;
            let words = told(claim).words.iter();
            words.map(|w| w.end.min(anchor.end).saturating_sub(w.start.max(anchor.start))).max()
        };
        let overlap = |claim: u32| common(claim).unwrap_or(0);
        let is_same = |claim: u32| *told(claim).id == telling.incident;
        let of_document = self.claims_of(*self.documents.get(telling.document.as_str())?);
        let best = of_document.max_by_key(|c| (overlap(*c), is_same(*c), std::cmp::Reverse(&told(*c).id)))?;
        let is_found = if telling.anchor.is_some() { overlap(best) > 0 } else { is_same(best) };
        is_found.then_some(best)
    }

    /// The cluster in which a claim is.
    pub(crate) fn cluster_of(&self, claim: u32) -> &Cluster {
        let clusters = &self.components[self.component_of[claim as usize] as usize].clusters;
        clusters.iter().find(|c| c.members.contains(&claim)).expect("every settled claim is in a cluster")
    }

    pub(crate) fn judge(&self) -> Judge<'_> {
        Judge::new(&self.facts, &self.wire)
    }

    /// All edges that the new claims, the reopened claims and the pairs of documents find.
    fn edges(&self, reopened: &BTreeSet<u32>, documents: &[(u32, u32)]) -> Vec<OwnedEdge> {
        let (judge, mut edges, mut candidates) = (self.judge(), vec![], vec![]);
        for claim in reopened.iter().copied().chain(self.settled..self.facts.len() as u32) {
            self.blocks.candidates(claim, self.settled, &mut candidates);
            judge.read_ahead(&candidates);
            let owner = if self.blocks.is_open(claim) { claim } else { BLOCK };
            let strong = candidates.iter().filter_map(|other| judge.edge(claim, *other));
            edges.extend(strong.map(|edge| OwnedEdge { edge, owner }));
        }
        for (a, b) in documents {
            for (x, y) in self.pairs_of(*a, *b) {
                edges.extend(judge.edge(x, y).map(|edge| OwnedEdge { edge, owner: WIRE }));
            }
        }
        edges.extend(self.late_edges());
        edges
    }

    fn pairs_of(&self, a: u32, b: u32) -> impl Iterator<Item = (u32, u32)> {
        let pairs = self.claims_of(a).flat_map(move |x| self.claims_of(b).map(move |y| (x, y)));
        pairs.filter(|(x, y)| self.blocks.may_be_one(*x, *y))
    }

    /// Edges by wire copy of new claims of documents that were known before.
    fn late_edges(&self) -> Vec<OwnedEdge> {
        let late = (self.settled..self.facts.len() as u32).map(|c| (c, self.facts[c as usize].document));
        let late = late.filter(|(_, document)| *document < self.settled_documents);
        let pairs = late.flat_map(|(claim, document)| {
            let others = self.wire.copies_of(document).into_iter().flat_map(|other| self.claims_of(other));
            others.filter(move |other| self.blocks.may_be_one(claim, *other)).map(move |other| (claim, other))
        });
        let judge = self.judge();
        pairs.filter_map(|(x, y)| judge.edge(x, y)).map(|edge| OwnedEdge { edge, owner: WIRE }).collect()
    }

    /// Takes away the edges that are no longer found; gives the claims at their ends.
    fn lost(&mut self, reopened: &BTreeSet<u32>, wire: &WireChange) -> Vec<u32> {
        let doubtful = wire.doubtful.iter().flat_map(|document| self.claims_of(*document));
        let asked: BTreeSet<u32> = doubtful.chain(reopened.iter().copied()).filter(|c| *c < self.settled).collect();
        let components: BTreeSet<u32> = asked.iter().map(|c| self.component_of[*c as usize]).collect();
        let document = |claim: u32| self.facts[claim as usize].document;
        let is_led_to = |edge: Edge| {
            let (a, b) = (document(edge.a), document(edge.b));
            !(wire.doubtful.contains(&a) && wire.doubtful.contains(&b)) || self.wire.is_led_to(a, b)
        };
        let mut ends = vec![];
        for component in components {
            self.components[component as usize].edges.retain(|found| {
                let stays = match found.owner {
                    BLOCK => true,
                    WIRE => is_led_to(found.edge),
                    open => !reopened.contains(&open),
                };
                if !stays {
                    ends.extend([found.edge.a, found.edge.b]);
                }
                stays
            });
        }
        ends
    }

    /// Clusters anew all components with a new claim, a new edge or a lost one.
    fn decide(&mut self, lost: Vec<u32>, mut edges: Vec<OwnedEdge>) -> Changed {
        let ends = edges.iter().flat_map(|found| [found.edge.a, found.edge.b]);
        let new =
            self.component_of.iter().zip(0..).filter(|(component, _)| **component == NONE).map(|(_, claim)| claim);
        let mut claims: Vec<u32> = new.collect();
        let touched: BTreeSet<u32> =
            lost.into_iter().chain(ends).map(|c| self.component_of[c as usize]).filter(|c| *c != NONE).collect();
        let mut gone = vec![];
        for number in touched {
            let component = std::mem::take(&mut self.components[number as usize]);
            gone.extend(component.clusters.iter().map(|c| self.group(c)));
            claims.extend(component.members);
            edges.extend(component.edges);
            self.free.push(number);
        }
        let mut formed = vec![];
        for (members, edges) in connected(claims, edges, self.facts.len()) {
            let component = self.component(members, edges);
            formed.extend(component.clusters.iter().map(|c| self.group(c)));
            self.place(component);
        }
        gone.sort_unstable();
        formed.sort_unstable();
        Changed { gone: without(&gone, &formed), new: without(&formed, &gone) }
    }

    fn component(&self, mut members: Vec<u32>, edges: Vec<OwnedEdge>) -> Component {
        members.sort_unstable_by_key(|c| self.facts[*c as usize].key());
        let clusters = clusters(self.judge(), &members, edges.iter().map(|found| found.edge));
        Component { members, edges, clusters }
    }

    fn place(&mut self, component: Component) {
        let number = self.free.pop().unwrap_or(self.components.len() as u32);
        for claim in &component.members {
            self.component_of[*claim as usize] = number;
        }
        match self.components.get_mut(number as usize) {
            Some(free) => *free = component,
            None => self.components.push(component),
        }
    }

    fn group(&self, cluster: &Cluster) -> Group {
        Group::of(cluster, &self.facts)
    }
}
