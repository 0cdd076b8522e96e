//! Which id does an incident have after everything was resolved again?
//!
//! An incident is its members: `(document, incident in the document)`. A new
//! incident keeps the id of the stored one with which it shares most members,
//! so that links into the database stay good. Ids that lost their members to
//! another incident redirect there; ids whose members are all gone are retired.
//! No id is ever given twice.

use super::raw::hex_sha256;
use std::collections::{BTreeMap, BTreeSet};

/// One document's incident.
pub(super) type Member = (String, String);

/// What became of the ids.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Assignment {
    /// One id a cluster, in the order of the clusters.
    pub ids: Vec<String>,
    /// Ids that were not there before.
    pub created: BTreeSet<String>,
    /// Ids that no incident carries any more, and where they lead, if anywhere.
    pub gone: BTreeMap<String, Option<String>>,
}

/// The ids of new clusters, given the stored incidents and all ids ever used.
/// The order of the clusters makes no difference to who gets which id.
pub(super) fn assign_ids(
    stored: &BTreeMap<String, BTreeSet<Member>>,
    used: &BTreeSet<String>,
    clusters: &[BTreeSet<Member>],
) -> Assignment {
    let shared = shared_members(stored, clusters);
    let kept = kept_ids(&shared, clusters);
    let mut assignment = new_ids(kept, used, clusters);
    assignment.gone = gone_ids(stored, &shared, &assignment.ids);
    assignment
}

/// How many members a stored incident and a new cluster share, where any.
type Shared<'a> = BTreeMap<(&'a str, usize), usize>;

fn shared_members<'a>(stored: &'a BTreeMap<String, BTreeSet<Member>>, clusters: &[BTreeSet<Member>]) -> Shared<'a> {
    let cluster_of: BTreeMap<&Member, usize> =
        clusters.iter().enumerate().flat_map(|(i, members)| members.iter().map(move |m| (m, i))).collect();
    let mut shared = Shared::new();
    for (id, members) in stored {
        for cluster in members.iter().filter_map(|m| cluster_of.get(m)) {
            *shared.entry((id, *cluster)).or_default() += 1;
        }
    }
    shared
}

/// Gives each id to at most one cluster, most shared members first; among
/// equals the smaller id, then the cluster with the smaller first member.
fn kept_ids(shared: &Shared, clusters: &[BTreeSet<Member>]) -> Vec<Option<String>> {
    let mut pairs: Vec<_> = shared.iter().map(|(&(id, cluster), &n)| (n, id, cluster)).collect();
    pairs.sort_by_key(|&(n, id, cluster)| (usize::MAX - n, id, clusters[cluster].first()));
    let (mut kept, mut given) = (vec![None; clusters.len()], BTreeSet::new());
    for (_, id, cluster) in pairs {
        if kept[cluster].is_none() && given.insert(id) {
            kept[cluster] = Some(id.to_string());
        }
    }
    kept
}

/// New ids in the order of the clusters' first members, so that collisions are
/// handled the same way whatever the order of the input.
fn new_ids(kept: Vec<Option<String>>, used: &BTreeSet<String>, clusters: &[BTreeSet<Member>]) -> Assignment {
    let mut created = BTreeSet::new();
    let mut ids: Vec<String> = kept.into_iter().map(Option::unwrap_or_default).collect();
    let mut without: Vec<usize> = (0..ids.len()).filter(|&i| ids[i].is_empty()).collect();
    without.sort_by_key(|&i| clusters[i].first());
    for i in without {
        let first = clusters[i].first().expect("an incident has members");
        let free = |id: &String| !used.contains(id) && !created.contains(id);
        ids[i] = (0u32..).map(|n| derived_id(first, n)).find(free).expect("ids do not run out");
        created.insert(ids[i].clone());
    }
    Assignment { ids, created, gone: BTreeMap::new() }
}

fn gone_ids(
    stored: &BTreeMap<String, BTreeSet<Member>>,
    shared: &Shared,
    ids: &[String],
) -> BTreeMap<String, Option<String>> {
    let live: BTreeSet<&String> = ids.iter().collect();
    let heir = |id: &String| {
        let clusters = shared.range((id.as_str(), 0)..=(id.as_str(), usize::MAX));
        let best = clusters.max_by_key(|&(&(_, cluster), &n)| (n, std::cmp::Reverse(&ids[cluster])));
        best.map(|(&(_, cluster), _)| ids[cluster].clone())
    };
    stored.keys().filter(|id| !live.contains(id)).map(|id| (id.clone(), heir(id))).collect()
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
        words.split(' ').map(|w| (w.to_string(), "i1".to_string())).collect()
    }

    fn stored(rows: &[(&str, &str)]) -> BTreeMap<String, BTreeSet<Member>> {
        rows.iter().map(|(id, words)| (id.to_string(), members(words))).collect()
    }

    fn assign(rows: &[(&str, &str)], clusters: &[&str]) -> Assignment {
        let stored = stored(rows);
        let used = stored.keys().cloned().collect();
        assign_ids(&stored, &used, &clusters.iter().map(|c| members(c)).collect::<Vec<_>>())
    }

    #[test]
    fn grown_incident_keeps_its_id() {
        assert_eq!(assign(&[("m-1", "b c")], &["a b c d"]).ids, ["m-1"]);
    }

    #[test]
    fn merged_ids_lead_to_the_larger_share() {
        let merged = assign(&[("m-1", "a"), ("m-2", "b c")], &["a b c"]);
        assert_eq!(merged.ids, ["m-2"]);
        assert_eq!(merged.gone["m-1"].as_deref(), Some("m-2"));
    }

    #[test]
    fn split_keeps_the_id_at_the_smaller_member() {
        let split = assign(&[("m-1", "a b")], &["b", "a"]);
        assert_eq!(split.ids[1], "m-1");
        assert_eq!(split.created, BTreeSet::from([split.ids[0].clone()]));
        assert!(split.gone.is_empty());
    }

    #[test]
    fn vanished_incident_is_retired() {
        assert_eq!(assign(&[("m-1", "a")], &["b"]).gone["m-1"], None);
    }

    #[test]
    fn used_id_is_never_given_again() {
        let first = assign(&[], &["a"]).ids[0].clone();
        assert_eq!(first.len(), 10);
        let again = assign_ids(&BTreeMap::new(), &BTreeSet::from([first.clone()]), &[members("a")]);
        assert_ne!(again.ids[0], first);
    }

    proptest::proptest! {
        #[test]
        fn order_of_clusters_makes_no_difference(groups in proptest::collection::vec(0usize..4, 8), old in proptest::collection::vec(0usize..4, 8)) {
            let cluster = |groups: &[usize], g: usize| -> BTreeSet<Member> {
                groups.iter().enumerate().filter(|(_, x)| **x == g).map(|(i, _)| (format!("d{i}"), "i1".into())).collect()
            };
            let stored: BTreeMap<_, _> = (0..4).map(|g| (format!("m-{g}"), cluster(&old, g))).filter(|(_, m)| !m.is_empty()).collect();
            let used = stored.keys().cloned().collect();
            let mut clusters: Vec<_> = (0..4).map(|g| cluster(&groups, g)).filter(|m| !m.is_empty()).collect();
            let forward = assign_ids(&stored, &used, &clusters);
            clusters.reverse();
            let mut backward = assign_ids(&stored, &used, &clusters);
            backward.ids.reverse();
            proptest::prop_assert_eq!(forward.ids.iter().collect::<BTreeSet<_>>().len(), forward.ids.len());
            proptest::prop_assert_eq!(forward, backward);
        }
    }
}
