//! Does any feed, list or message break the reader?
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| marsad_fuzz::feed(bytes));
