//! Does any text break the grammars of numbers and times?
#![no_main]

use libfuzzer_sys::fuzz_target;
use marsad_lang::{Resources, annotate, measure};
use std::sync::LazyLock;

static DATA: LazyLock<Resources> = LazyLock::new(|| marsad::resources(None).unwrap());

fuzz_target!(|text: &str| {
    let a = annotate(&DATA, text);
    let end = text.chars().count() as u32;
    assert!(a.numbers.iter().all(|n| n.first < n.end && a.span(n.first, n.end).end <= end));
    assert!(a.times.iter().all(|t| t.first < t.end && a.span(t.first, t.end).end <= end));
    let _ = measure::quantities(&DATA, &a.tokens);
});
