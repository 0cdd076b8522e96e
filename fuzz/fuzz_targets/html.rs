//! Does any page break the reader, or a span leave the page?
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| marsad_fuzz::html(bytes));
