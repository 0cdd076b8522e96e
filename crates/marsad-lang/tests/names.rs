//! Which names and clauses are found, and which everyday words are left alone?

use marsad_lang::{Class, Opening, Resources, annotate};
use proptest::prelude::*;
use std::sync::LazyLock;

static RES: LazyLock<Resources> =
    LazyLock::new(|| Resources::load(&marsad_lang::testing::files()).expect("the data loads"));

fn ids(text: &str, class: Class) -> Vec<String> {
    let a = annotate(&RES, text);
    a.mentions.iter().filter(|m| a.class(m) == class).map(|m| a.best_entry(m).id.to_string()).collect()
}

#[test]
fn the_longest_name_wins_and_clitics_come_off() {
    assert_eq!(ids("بقاعدة عين الأسد الجوية", Class::Place), ["iq/anbar/ain-al-asad"]);
    assert!(ids("ومطار بغداد الدولي", Class::Place).contains(&"iq/baghdad/airport".to_string()));
    assert_eq!(ids("صواريخ من نوع كاتيوشا", Class::Weapon)[0], "katyusha");
}

#[test]
fn a_weak_name_needs_a_word_that_announces_a_place() {
    assert!(ids("استقر الوضع في هذا بلد كبير", Class::Place).is_empty());
    assert!(!ids("سقط صاروخ قرب قاعدة بلد", Class::Place).is_empty());
}

#[test]
fn a_name_takes_no_pronoun() {
    assert!(ids("استهدفت دوريتهم", Class::Place).is_empty());
}

#[test]
fn clauses_part_at_commas_and_verbs() {
    let a = annotate(&RES, "قتل شخص في بغداد وأصيب آخر، فيما نجا ثالث");
    let openings: Vec<Opening> = a.sentences[0].clauses.iter().map(|c| c.opening).collect();
    assert_eq!(openings, [Opening::Start, Opening::And, Opening::Conjunction]);
}

#[test]
fn a_point_inside_a_number_or_abbreviation_ends_no_sentence() {
    assert_eq!(annotate(&RES, "بنسبة 3.5 بالمئة وفق أ.ف.ب اليوم").sentences.len(), 1);
    assert_eq!(annotate(&RES, "وقع الهجوم. لم تعلن جهة مسؤوليتها.").sentences.len(), 2);
}

proptest! {
    #[test]
    fn spans_lie_inside_the_text_and_in_order(text in "[\u{0621}-\u{064a}\u{064b}-\u{0652} 0-9،.\\n(«»/a-z-]{0,120}") {
        let a = annotate(&RES, &text);
        let length = text.chars().count() as u32;
        for m in &a.mentions {
            let span = a.mention_span(m);
            prop_assert!(span.start <= span.end && span.end <= length);
        }
        for pair in a.sentences.windows(2) {
            prop_assert!(pair[0].end <= pair[1].first);
        }
        for t in &a.times {
            prop_assert!(t.first < t.end && t.end <= a.tokens.len());
        }
        for n in &a.numbers {
            prop_assert!(n.first <= n.core.0 && n.core.0 < n.core.1 && n.core.1 <= n.end);
        }
    }
}
