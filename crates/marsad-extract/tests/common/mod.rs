//! What do the tests of reading share? A document around a text.

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
