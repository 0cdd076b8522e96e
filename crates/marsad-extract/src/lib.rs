//! One document to its claims, incidents and tallies.

mod context;
mod labels;

use labels::Labels;
use marsad_lang::{Error, Resources};
use marsad_model::{Document, Reading};

/// Reads documents with one set of resources. Make one and share it between
/// threads: reading is a pure function of document and resources.
pub struct Reader<'r> {
    res: &'r Resources,
    labels: Labels,
}

impl<'r> Reader<'r> {
    /// # Errors
    /// When the data lacks a word list that the rules ask for.
    pub fn new(res: &'r Resources) -> Result<Reader<'r>, Error> {
        Ok(Reader { res, labels: Labels::new(res)? })
    }

    /// Everything that one document tells.
    pub fn read(&self, document: Document) -> Reading {
        let _ = (&self.res, &self.labels);
        Reading {
            document,
            incidents: vec![],
            tallies: vec![],
            not_incidents: vec![],
            mentions: vec![],
            quotes: vec![],
            diagnostics: vec![],
            fingerprint: vec![],
            derivation: vec![],
        }
    }
}
