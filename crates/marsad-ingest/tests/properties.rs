//! Do segments cover any text whatever, in order and without overlap?

use marsad_ingest::{RawArticle, document};
use marsad_lang::{Resources, testing};
use proptest::prelude::*;
use std::sync::LazyLock;

static RES: LazyLock<Resources> = LazyLock::new(|| Resources::load(&testing::files()).unwrap());

const PIECES: [&str; 22] = [
    "قال مصدر أمني إن حريقا اندلع في المخزن.",
    "حريق في المخزن",
    "حريق في المخزن (رويترز)",
    "الجمعة 22 نوفمبر 2024",
    "اليوم الثلاثاء",
    "شارك القصة",
    "اقرأ أيضا:",
    "المصادر:",
    "وكالات",
    "الترا صوت – فريق التحرير",
    "رئيس الوزراء العراقي مصطفى الكاظمي",
    "مشاركة :",
    "\n",
    "\r\n",
    "\r",
    "\u{2028}",
    "\u{a0}",
    "\u{fdfa}😀",
    "ً",
    " ",
    ":",
    "5/",
];

const BREAKS: [char; 4] = ['\r', '\n', '\u{2028}', '\u{2029}'];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![4 => proptest::sample::select(&PIECES[..]).prop_map(str::to_string), 1 => ".{0,12}"];
    proptest::collection::vec(piece, 0..24).prop_map(|p| p.concat())
}

proptest! {
    #[test]
    fn segments_cover_the_text(text in text()) {
        let got = document(&RES, RawArticle::from_text("t", &text));
        let chars: Vec<char> = text.chars().collect();
        let mut at = 0;
        for s in &got.document.segments {
            prop_assert!(s.span.start as usize >= at, "overlap at {}", s.span.start);
            let between = &chars[at..s.span.start as usize];
            prop_assert!(between.iter().all(|c| BREAKS.contains(c)), "{between:?} uncovered");
            at = s.span.end as usize;
        }
        prop_assert!(at <= chars.len());
        let rest = &chars[at..];
        prop_assert!(rest.iter().all(|c| BREAKS.contains(c)), "{rest:?} uncovered");
    }

    #[test]
    fn dates_are_in_order_and_quote_the_text(text in text()) {
        let got = document(&RES, RawArticle::from_text("t", &text));
        let p = &got.document.published;
        if let (Some(a), Some(b)) = (p.earliest, p.latest) {
            prop_assert!(a <= b);
        }
        let length = text.chars().count() as u32;
        let rejected = p.rejected.iter().flat_map(|r| &r.evidence);
        for e in p.evidence.iter().chain(rejected).chain(got.document.title.iter().flat_map(|t| t.evidence())) {
            prop_assert!(!e.span.is_empty() && e.span.end <= length);
        }
        let again = document(&RES, RawArticle::from_text("t", &text));
        prop_assert_eq!(got, again);
    }
}
