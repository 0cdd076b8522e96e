//! Do any bytes under any label break the decoder?
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| marsad_fuzz::encodings(bytes));
