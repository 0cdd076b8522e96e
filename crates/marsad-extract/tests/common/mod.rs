//! What do the tests of reading share? A document around a text, and a count in a word.
#![allow(dead_code)] // each test file uses its own part

use jiff::civil::Date;
use marsad_model::*;

/// A page whose body is the text, published on a day when one is given.
pub fn document(text: &str, day: Option<Date>) -> Document {
    let span = Span::new(0, text.chars().count() as u32);
    let method = day.map_or(PublishedMethod::None, |_| PublishedMethod::Given);
    Document {
        id: "d".to_string(),
        source: "test".to_string(),
        sha256: String::new(),
        text: text.to_string(),
        language: "ar".to_string(),
        title: None,
        outlet: None,
        outlet_given: None,
        retrieval: Default::default(),
        published: Published { earliest: day, latest: day, method, ..Published::default() },
        segments: vec![Segment { role: SegmentRole::Body, span }],
    }
}

/// `3`, `3+`, `20-99`, `none`, `not-known`, `some` or `?`.
pub fn number(q: &Quantity) -> String {
    match (q.status, q.value, q.min, q.max) {
        (QuantityStatus::Unknown, ..) => "?".to_string(),
        (QuantityStatus::ExplicitNone, ..) => "none".to_string(),
        (QuantityStatus::ExplicitUnknown, ..) => "not-known".to_string(),
        (_, Some(v), Some(_), None) => format!("{v}+"),
        (_, Some(v), ..) => v.to_string(),
        (_, None, Some(a), Some(b)) => format!("{a}-{b}"),
        _ => "some".to_string(),
    }
}
