//! Do any bytes under any label break the decoder?
#![no_main]

use libfuzzer_sys::fuzz_target;
use marsad_ingest::RawArticle;
use marsad_model::Retrieval;

const LABELS: [&str; 8] =
    ["", "text/html; charset=utf-8", "text/html; charset=windows-1256", "text/html;charset=\"iso-8859-6\"", "charset=utf-16le", "charset=gbk", "charset=iso-2022-jp", "charset=x-user-defined"];

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let label = LABELS[usize::from(*first) % LABELS.len()];
    let retrieval = Retrieval { content_type: Some(label.to_string()), url: Some("https://a.example.sa/".into()), ..Retrieval::default() };
    let _ = RawArticle::from_page("a.html", rest.to_vec(), retrieval);
});
