//! Does any web archive break the reader, or keep it for ever?
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| marsad_fuzz::warc(bytes));
