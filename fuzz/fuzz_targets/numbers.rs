//! Does any text break the grammars of numbers and times?
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| marsad_fuzz::numbers(bytes));
