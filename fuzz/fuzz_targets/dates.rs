//! Does any date, of a machine or in words, break the reader?
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| marsad_fuzz::dates(bytes));
