//! At which mentions of a text does a label stand?
//!
//! Readers ask a few hundred times a sentence whether some word of a list stands between two tokens, and mostly it does
//! not. One list of places for each label answers without a look at the mentions between, however long the sentence is.

use crate::annotate::Mention;
use crate::lexicon::{Label, LabelSet};
use std::ops::Range;

/// For each label the places of its mentions, in order; all in one list, cut where the next label begins.
pub(crate) struct Standing {
    begins: [u32; LabelSet::CAPACITY + 1],
    places: Vec<u32>,
}

impl Standing {
    pub(crate) fn of(mentions: &[Mention]) -> Standing {
        let mut begins = [0u32; LabelSet::CAPACITY + 1];
        let labels = || mentions.iter().enumerate().flat_map(|(at, m)| m.labels.iter().map(move |l| (at, l as usize)));
        labels().for_each(|(_, label)| begins[label + 1] += 1);
        for label in 0..LabelSet::CAPACITY {
            begins[label + 1] += begins[label];
        }
        let mut next = begins;
        let mut places = vec![0; begins[LabelSet::CAPACITY] as usize];
        for (at, label) in labels() {
            places[next[label] as usize] = at as u32;
            next[label] += 1;
        }
        Standing { begins, places }
    }

    /// All places of the mentions with the label.
    fn with(&self, label: Label) -> &[u32] {
        let label = label as usize;
        &self.places[self.begins[label] as usize..self.begins[label + 1] as usize]
    }

    pub(crate) fn is_absent(&self, label: Label) -> bool {
        self.with(label).is_empty()
    }

    /// Those within a range of places.
    pub(crate) fn within(&self, places: Range<usize>, label: Label) -> &[u32] {
        let all = self.with(label);
        // Most lists have no word in a given text.
        if all.is_empty() || places.is_empty() {
            return &[];
        }
        let from = all.partition_point(|p| (*p as usize) < places.start);
        let until = from + all[from..].partition_point(|p| (*p as usize) < places.end);
        &all[from..until]
    }
}
