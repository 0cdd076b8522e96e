//! Which id does an incident have after everything was resolved again?
//!
//! Every telling, `(document, incident in the document)`, is given an id when
//! it is first part of an incident, and keeps it for ever. An incident carries
//! the id of the telling that came first. So an id stays while an incident
//! grows; when two become one the older id stays and the other leads to it;
//! when they come apart again, or what was retracted comes back, each has the
//! id that it had. Nothing but the tellings decides, no matter what happened in
//! between. No id is ever given to two tellings. Where the id of a telling leads
//! that is gone is in `ghosts.rs`.

use super::ghosts::Ghosts;
use super::raw::hex_sha256;
use std::collections::{BTreeMap, BTreeSet};

/// One document's incident.
pub(super) type Member = (String, String);

/// The id of a telling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Birth {
    pub id: String,
    /// The number of the log entry with which it was given.
    pub born: u64,
    /// An incident carried it from then on: people know it, and it leads on when the incident has another.
    pub is_known: bool,
}

pub(super) type Births = BTreeMap<Member, Birth>;

/// What became of the ids.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Assignment {
    /// One id a cluster, in the order of the clusters.
    pub ids: Vec<String>,
    /// Ids that no incident had before.
    pub created: BTreeSet<String>,
    /// Ids that an incident had until now, and where they lead, if anywhere.
    pub gone: BTreeMap<String, Option<String>>,
}

/// Gives an id to each telling that has none. The order makes no difference.
pub(super) fn newborn(births: &Births, members: &BTreeSet<Member>, born: u64) -> Births {
    let mut used: BTreeSet<String> = births.values().map(|b| b.id.clone()).collect();
    let new = members.iter().filter(|m| !births.contains_key(*m));
    new.map(|member| {
        let free = |id: &String| !used.contains(id);
        let id = (0u32..).map(|n| derived_id(member, n)).find(free).expect("ids do not run out");
        used.insert(id.clone());
        (member.clone(), Birth { id, born, is_known: false })
    })
    .collect()
}

/// The id of each cluster, all of whose members have theirs. `stored` are the
/// incidents until now, `former` the ids that lead elsewhere already, `ghosts` the tellings that are gone.
pub(super) fn assign_ids(
    births: &Births,
    stored: &BTreeMap<String, BTreeSet<Member>>,
    former: &BTreeMap<String, Option<String>>,
    ghosts: &Ghosts,
    clusters: &[BTreeSet<Member>],
) -> Assignment {
    let ids: Vec<String> = clusters.iter().map(|members| births[first(births, members)].id.clone()).collect();
    let live: BTreeSet<&String> = ids.iter().collect();
    let is_known = |id: &&String| stored.contains_key(*id) || former.contains_key(*id);
    let created = ids.iter().filter(|id| !is_known(id)).cloned().collect();
    let heirs = Heirs::new(births, stored, ghosts, clusters, &ids);
    let gone = stored.keys().filter(|id| !live.contains(id)).map(|id| (id.clone(), heirs.of(id))).collect();
    Assignment { created, gone, ids }
}

/// The member that came first.
fn first<'m>(births: &Births, members: &'m BTreeSet<Member>) -> &'m Member {
    members.iter().min_by_key(|m| (births[*m].born, *m)).expect("an incident has members")
}

/// Where the tellings of former incidents are now.
pub(super) struct Heirs<'a> {
    telling: BTreeMap<&'a str, &'a Member>,
    stored: &'a BTreeMap<String, BTreeSet<Member>>,
    ghosts: &'a Ghosts,
    now: BTreeMap<&'a Member, &'a str>,
}

impl<'a> Heirs<'a> {
    pub fn new(
        births: &'a Births,
        stored: &'a BTreeMap<String, BTreeSet<Member>>,
        ghosts: &'a Ghosts,
        clusters: &'a [BTreeSet<Member>],
        ids: &'a [String],
    ) -> Heirs<'a> {
        let named = clusters.iter().zip(ids);
        Heirs {
            telling: births.iter().map(|(member, birth)| (birth.id.as_str(), member)).collect(),
            stored,
            ghosts,
            now: named.flat_map(|(members, id)| members.iter().map(move |m| (m, id.as_str()))).collect(),
        }
    }

    /// Where the ids of tellings lead: those that people know and no incident has, and those of
    /// ghosts, known or not.
    pub fn led(&self, births: &Births) -> BTreeMap<String, Option<String>> {
        let led = |(member, birth): (&Member, &Birth)| match self.now.get(member) {
            Some(id) => (birth.is_known && birth.id != *id).then(|| (birth.id.clone(), Some(id.to_string()))),
            None => self.is_settled(&birth.id).then(|| (birth.id.clone(), self.of(&birth.id))),
        };
        births.iter().filter_map(led).collect()
    }

    /// True for ids that people know: of incidents that began with a telling of their own, and of
    /// those that came from elsewhere.
    pub fn is_known(&self, births: &Births, id: &str) -> bool {
        self.telling.get(id).is_none_or(|member| births[*member].is_known)
    }

    /// The redirects that follow neither from the tellings nor from the ghosts, and that the former ones do not say.
    pub fn led_anew(
        &self,
        former: &BTreeMap<String, Option<String>>,
        now: &BTreeMap<String, Option<String>>,
    ) -> BTreeMap<String, Option<String>> {
        let told: BTreeSet<&Member> = self.stored.values().flatten().collect();
        let was_told = |id: &str| self.telling.get(id).is_some_and(|member| told.contains(member));
        let is_new = |(old, new): &(&String, &Option<String>)| {
            !self.is_settled(old) && (was_told(old) || former.get(*old) != Some(*new))
        };
        now.iter().filter(is_new).map(|(old, new)| (old.clone(), new.clone())).collect()
    }

    /// True when where the id leads follows from the tellings that there are and from the ghosts.
    pub fn is_settled(&self, id: &str) -> bool {
        self.telling.get(id).is_some_and(|member| self.now.contains_key(member) || self.others(id).is_some())
    }

    fn others(&self, id: &str) -> Option<&BTreeSet<String>> {
        self.ghosts.others(id, self.telling.get(id)?)
    }

    /// The incident of the telling to which the id was given; where that telling is gone, the one
    /// that has most of those told with it, of equals the smallest.
    pub fn of(&self, id: &str) -> Option<String> {
        let own = self.telling.get(id).and_then(|member| self.now.get(member));
        own.map(|id| id.to_string()).or_else(|| match self.others(id) {
            Some(others) => self.of_ghost(id, others),
            None => most(self.stored.get(id).into_iter().flatten().filter_map(|member| self.now.get(member))),
        })
    }

    /// Those told with a ghost may be ghosts themselves: then those told with them count, and so on.
    fn of_ghost(&self, id: &str, others: &BTreeSet<String>) -> Option<String> {
        let mut seen: BTreeSet<&str> = BTreeSet::from([id]);
        let mut ring: BTreeSet<&str> = others.iter().map(String::as_str).collect();
        while !ring.is_empty() {
            let told = ring.iter().filter_map(|id| self.now.get(self.telling.get(id)?));
            if let Some(incident) = most(told) {
                return Some(incident);
            }
            seen.extend(&ring);
            let beyond = ring.iter().filter_map(|id| self.others(id)).flatten().map(String::as_str);
            ring = beyond.filter(|id| !seen.contains(id)).collect();
        }
        None
    }
}

/// The incident that is named most often, of equals the smallest.
fn most<'i>(incidents: impl Iterator<Item = &'i &'i str>) -> Option<String> {
    let mut shares: BTreeMap<&str, usize> = BTreeMap::new();
    incidents.for_each(|id| *shares.entry(id).or_default() += 1);
    let most = shares.into_iter().max_by_key(|(id, n)| (*n, std::cmp::Reverse(*id)));
    most.map(|(id, _)| id.to_string())
}

/// `m-` and eight characters of Crockford's base 32 (no i, l, o, u): forty bits
/// of the hash of the member and of the attempt.
fn derived_id(member: &Member, attempt: u32) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let hash = hex_sha256(format!("{}\n{}\n{attempt}", member.0, member.1).as_bytes());
    let bits = u64::from_str_radix(&hash[..10], 16).expect("ten hexadecimal digits");
    let letter = |i: u32| char::from(ALPHABET[(bits >> (35 - 5 * i)) as usize & 31]);
    format!("m-{}", (0..8).map(letter).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn members(words: &str) -> BTreeSet<Member> {
        words.split(' ').filter(|w| !w.is_empty()).map(|w| (w.to_string(), "i1".to_string())).collect()
    }

    /// A store that resolves again and again.
    #[derive(Default)]
    struct Ids {
        births: Births,
        stored: BTreeMap<String, BTreeSet<Member>>,
        former: BTreeMap<String, Option<String>>,
        round: u64,
    }

    impl Ids {
        fn resolve(&mut self, clusters: &[&str]) -> Assignment {
            let clusters: Vec<BTreeSet<Member>> = clusters.iter().map(|c| members(c)).collect();
            self.round += 1;
            let all = clusters.iter().flatten().cloned().collect();
            self.births.extend(newborn(&self.births, &all, self.round));
            let assignment = assign_ids(&self.births, &self.stored, &self.former, &Ghosts::default(), &clusters);
            self.former.extend(assignment.gone.clone());
            self.stored = assignment.ids.iter().cloned().zip(clusters).collect();
            assignment
        }
    }

    #[test]
    fn grown_incident_keeps_its_id() {
        let mut ids = Ids::default();
        let first = ids.resolve(&["b c"]).ids;
        let grown = ids.resolve(&["a b c d"]);
        assert_eq!((grown.ids, grown.created.len(), grown.gone.len()), (first, 0, 0));
    }

    #[test]
    fn merged_ids_lead_to_the_one_that_came_first_and_come_back() {
        let mut ids = Ids::default();
        let b = ids.resolve(&["b"]).ids.remove(0);
        let a = ids.resolve(&["b", "a c"]).ids.remove(1);
        let merged = ids.resolve(&["a b c"]);
        assert_eq!(merged.ids[0], b);
        assert_eq!(merged.gone[&a].as_deref(), Some(b.as_str()));
        let again = ids.resolve(&["b", "a c"]);
        assert_eq!((again.ids, again.created.len()), (vec![b, a], 0));
    }

    #[test]
    fn what_is_gone_leads_to_those_told_with_it() {
        let mut ids = Ids::default();
        let first = ids.resolve(&["a b c"]).ids.remove(0);
        let left = ids.resolve(&["b c"]);
        assert_ne!(left.ids[0], first);
        assert_eq!(left.gone[&first], Some(left.ids[0].clone()));
        assert_eq!(ids.resolve(&[]).gone[&left.ids[0]], None);
    }

    #[test]
    fn no_two_tellings_have_one_id() {
        let taken = newborn(&Births::new(), &members("a"), 1)[&("a".to_string(), "i1".to_string())].id.clone();
        let births = Births::from([(("z".into(), "i1".into()), Birth { id: taken.clone(), born: 1, is_known: true })]);
        assert_ne!(newborn(&births, &members("a z"), 2).values().next().unwrap().id, taken);
    }

    proptest::proptest! {
        /// Whatever lies between, the same clusters have the same ids.
        #[test]
        fn only_the_tellings_decide(between in proptest::collection::vec(proptest::collection::vec(0usize..4, 8), 0..4), last in proptest::collection::vec(0usize..4, 8)) {
            let clusters = |groups: &[usize]| -> Vec<String> {
                let of = |g: usize| (0..8).filter(|i| groups[*i] == g).map(|i| format!("d{i}")).collect::<Vec<_>>().join(" ");
                (0..4).map(of).filter(|c| !c.is_empty()).collect()
            };
            let run = |rounds: &[Vec<usize>]| {
                let mut ids = Ids::default();
                ids.resolve(&["d0 d1 d2 d3 d4 d5 d6 d7"]);
                let mut found = vec![];
                for groups in rounds {
                    let clusters = clusters(groups);
                    found = ids.resolve(&clusters.iter().map(String::as_str).collect::<Vec<_>>()).ids;
                }
                found
            };
            let mut all = between.clone();
            all.push(last.clone());
            proptest::prop_assert_eq!(run(&all), run(&[last]));
        }
    }
}
