//! What does resolution need to know of one claim?
//!
//! One incident as one document tells it, with the little of the document that matters across documents: who published
//! it, when, and a fingerprint of its words. It is the same for a reading of Marsad and for a row that a person coded.

use jiff::civil::Date;
use marsad_model::{EventType, Evidence, Incident, Reading, Sourced, Span};
use std::sync::Arc;

/// One incident as one document tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Id of the document; claims of one document are never merged with each other.
    pub document: String,
    /// Path, URL or file from which the document came.
    pub source: String,
    pub outlet: Option<String>,
    /// The document was published within these days, both inclusive; `None` where nothing bounds it.
    pub published_earliest: Option<Date>,
    pub published_latest: Option<Date>,
    /// Sorted hashes of word 5-grams; empty when there is no text.
    pub fingerprint: Arc<[u64]>,
    pub incident: Incident,
}

impl Claim {
    /// All claims of one reading, in its order.
    ///
    /// A document without incidents gives none.
    pub fn from_reading(reading: &Reading) -> Vec<Claim> {
        let document = &reading.document;
        let outlet = document.outlet.as_ref().map(|o| o.value().clone());
        let fingerprint: Arc<[u64]> = sorted(reading.fingerprint.clone()).into();
        let claim = |incident: &Incident| Claim {
            document: document.id.clone(),
            source: document.source.clone(),
            outlet: document.outlet_given.clone().or_else(|| outlet.clone()),
            published_earliest: document.published.earliest,
            published_latest: document.published.latest,
            fingerprint: fingerprint.clone(),
            incident: incident.clone(),
        };
        reading.incidents.iter().map(claim).collect()
    }

    /// A claim about `incident` by a document of which only the id is known.
    pub fn new(document: impl Into<String>, incident: Incident) -> Claim {
        let document = document.into();
        Claim {
            source: document.clone(),
            document,
            outlet: None,
            published_earliest: None,
            published_latest: None,
            fingerprint: Arc::from([]),
            incident,
        }
    }

    /// A row that a person coded: no text, so its evidence is an empty span with the rule `coded/<coder>`.
    ///
    /// Fill the rest through the public fields. Rows of one table that the coders already deduplicated may share a
    /// `document`: then they stay apart, as two incidents told by one document do.
    ///
    /// ```
    /// use marsad_model::EventType;
    /// use marsad_resolve::Claim;
    /// let row = Claim::coded("acled", "IRQ17043", EventType::Ied, "acled");
    /// assert_eq!(row.key(), "acled#IRQ17043");
    /// assert_eq!(&*row.incident.event.evidence()[0].rule, "coded/acled");
    /// ```
    pub fn coded(document: impl Into<String>, row: impl Into<String>, event: EventType, coder: &str) -> Claim {
        let evidence = Evidence::new(Span::new(0, 0), format!("coded/{coder}"));
        Claim::new(document, Incident::new(row, Sourced::new(event, evidence)))
    }

    pub fn with_source(self, source: impl Into<String>) -> Claim {
        Claim { source: source.into(), ..self }
    }

    pub fn with_outlet(self, outlet: impl Into<String>) -> Claim {
        Claim { outlet: Some(outlet.into()), ..self }
    }

    /// Published on this day.
    pub fn with_published(self, day: Date) -> Claim {
        Claim { published_earliest: Some(day), published_latest: Some(day), ..self }
    }

    /// The hashes may come in any order.
    pub fn with_fingerprint(self, hashes: Vec<u64>) -> Claim {
        Claim { fingerprint: sorted(hashes).into(), ..self }
    }

    /// Document and incident id, joined by `#`: stable across runs and unique in a well-formed input.
    pub fn key(&self) -> String {
        format!("{}#{}", self.document, self.incident.id)
    }
}

fn sorted(mut hashes: Vec<u64>) -> Vec<u64> {
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}
