//! Which documents print the same wire copy?
//!
//! An inverted index from shingle to documents, so that no two documents are compared that share nothing. Each
//! document of a posting list meets the next [`SHINGLE_NEIGHBOURS`] only: with `s` shingles in all, building takes
//! O(s log s) and counting O(s × neighbours).

use crate::facts::Facts;
use crate::levels::{SHARED_PERCENT_MIN, SHARED_SHINGLES_MIN, SHINGLE_NEIGHBOURS};

/// Pairs of documents (by number, lower first) that share wire copy.
#[derive(Debug, Default)]
pub(crate) struct Wire {
    pairs: Vec<(u32, u32)>,
}

impl Wire {
    pub fn of(facts: &[Facts]) -> Wire {
        let prints = fingerprints(facts);
        let postings = postings(&prints);
        let mut pairs = vec![];
        let mut shared = vec![0_u32; prints.len()];
        for (document, print) in prints.iter().enumerate() {
            let met = count_shared(document, print, &postings, &mut shared);
            for other in met {
                let count = std::mem::take(&mut shared[other as usize]);
                if is_shared(count, print.len().min(prints[other as usize].len())) {
                    pairs.push((document as u32, other));
                }
            }
        }
        pairs.sort_unstable();
        Wire { pairs }
    }

    pub fn shares(&self, a: u32, b: u32) -> bool {
        self.pairs.binary_search(&(a.min(b), a.max(b))).is_ok()
    }

    pub fn pairs(&self) -> &[(u32, u32)] {
        &self.pairs
    }
}

/// One fingerprint a document, by document number.
fn fingerprints<'a>(facts: &[Facts<'a>]) -> Vec<&'a [u64]> {
    let mut prints: Vec<&[u64]> = vec![];
    for fact in facts {
        if prints.len() <= fact.document as usize {
            prints.push(&fact.claim.fingerprint);
        }
    }
    prints
}

/// All (shingle, document) pairs of shingles that more than one document has, sorted.
fn postings(prints: &[&[u64]]) -> Vec<(u64, u32)> {
    let mut all: Vec<(u64, u32)> = Vec::with_capacity(prints.iter().map(|p| p.len()).sum());
    for (document, print) in prints.iter().enumerate() {
        all.extend(print.iter().map(|shingle| (*shingle, document as u32)));
    }
    all.sort_unstable();
    let of_several = all.chunk_by(|a, b| a.0 == b.0).filter(|posting| posting.len() > 1);
    of_several.flatten().copied().collect()
}

/// Adds up in `shared` what the document has in common with later ones; returns those, sorted.
fn count_shared(document: usize, print: &[u64], postings: &[(u64, u32)], shared: &mut [u32]) -> Vec<u32> {
    let mut met = vec![];
    for shingle in print {
        let start = postings.partition_point(|p| *p <= (*shingle, document as u32));
        for (_, other) in postings[start..].iter().take_while(|(s, _)| s == shingle).take(SHINGLE_NEIGHBOURS) {
            if shared[*other as usize] == 0 {
                met.push(*other);
            }
            shared[*other as usize] += 1;
        }
    }
    met.sort_unstable();
    met
}

fn is_shared(count: u32, shorter: usize) -> bool {
    count >= SHARED_SHINGLES_MIN && u64::from(count) * 100 >= shorter as u64 * u64::from(SHARED_PERCENT_MIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Claim;
    use marsad_model::EventType;

    #[test]
    fn containment_is_measured_on_the_shorter_text() {
        let claim =
            |id: &str, hashes: Vec<u64>| Claim::coded(id, "i1", EventType::Ied, "test").with_fingerprint(hashes);
        let claims = [claim("a", (0..40).collect()), claim("b", (20..400).collect()), claim("c", (30..41).collect())];
        let facts = Facts::of_all(&claims.iter().collect::<Vec<_>>());
        let wire = Wire::of(&facts);
        assert!(wire.shares(0, 1) && wire.shares(1, 0)); // 20 of 40
        assert!(!wire.shares(0, 2)); // 10 are too few, though nearly all of c
        assert_eq!(wire.pairs().len(), 1);
    }
}
