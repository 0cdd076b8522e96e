//! What does ingest make of these inputs? Prints roles, dates and diagnostics.

use marsad_ingest::{Item, articles, document};

fn main() {
    let res = marsad_lang::Resources::load(&marsad_lang::testing::files()).unwrap_or_else(|e| panic!("{e}"));
    for input in std::env::args().skip(1) {
        for item in articles(&input).unwrap_or_else(|e| panic!("{e}")) {
            match item {
                Item::Skipped(s) => println!("SKIPPED {} {}: {}", s.source, s.code, s.message),
                Item::Article(raw) => show(&res, raw),
            }
        }
    }
}

fn show(res: &marsad_lang::Resources, raw: marsad_ingest::RawArticle) {
    let got = document(res, raw);
    let d = &got.document;
    println!(
        "== {} {} {:?} {:?}",
        d.source,
        d.language,
        d.title.as_ref().map(|t| t.value()),
        d.outlet.as_ref().map(|t| t.value())
    );
    let p = &d.published;
    println!("   {:?} {:?}..{:?} {:?}", p.method, p.earliest, p.latest, p.weekday);
    let chars: Vec<char> = d.text.chars().collect();
    let quote = |s: marsad_model::Span| chars[s.start as usize..s.end as usize].iter().collect::<String>();
    for e in &p.evidence {
        println!("   by {} «{}»", e.rule, quote(e.span));
    }
    for r in &p.rejected {
        let seen: Vec<String> = r.evidence.iter().map(|e| quote(e.span)).collect();
        println!("   rejected {} {} {:?}", r.date, r.reason, seen);
    }
    for s in d.segments.iter().filter(|s| !s.span.is_empty()) {
        println!("   {:16} {}", s.role.name(), quote(s.span).chars().take(60).collect::<String>());
    }
    for n in &got.diagnostics {
        println!("   note {}: {}", n.code, n.message);
    }
}
