//! Which numbers are read in which words? One line a phrase: text, then value or bounds.

use marsad_lang::{Resources, annotate};
use std::sync::LazyLock;

static RES: LazyLock<Resources> =
    LazyLock::new(|| Resources::load(&marsad_lang::testing::files()).expect("the data loads"));

/// The first number of the text as `value`, `min..max`, `~value` or `≥value`.
#[track_caller]
fn check(text: &str, expected: &str) {
    let a = annotate(&RES, text);
    let got = a.numbers.first().map_or("none".to_string(), |n| match (n.value, n.min, n.max, n.approx) {
        (Some(v), _, _, true) => format!("~{v}"),
        (Some(v), Some(min), None, _) if min == v => format!("≥{v}"),
        (Some(v), Some(min), None, _) => format!("{v}→≥{min}"),
        (Some(v), ..) => format!("{v}"),
        (None, min, max, _) => {
            format!("{}..{}", min.map_or("?".into(), |m| m.to_string()), max.map_or("?".into(), |m| m.to_string()))
        }
    });
    assert_eq!(got, expected, "{text}");
}

/// The number of the first counted noun.
#[track_caller]
fn check_noun(text: &str, expected: Option<f64>) {
    let a = annotate(&RES, text);
    let noun = a.mentions.iter().find_map(|m| m.quantity);
    assert_eq!(noun.expect("a counted noun").value, expected, "{text}");
}

#[test]
fn digits_of_three_families() {
    check("وصل 12 شخصا", "12");
    check("وصل ١٢ شخصا", "12");
    check("وصل ۱۲ شخصا", "12");
    check("بلغ العدد 43,799 نسمة", "43799");
    check("بلغ العدد 43.799 نسمة", "43799");
    check("بنسبة 0.7 في المئة", "0.7");
    check("وصل الـ21 منهم", "21");
}

#[test]
fn words_are_one_grammar() {
    check("ثلاثين هجوما", "30");
    check("خمسة وعشرون جنديا", "25");
    check("ثلاثة عشر قتيلا", "13");
    check("مئة وخمسة وعشرين جريحا", "125");
    check("ألفان وخمسمئة عسكري", "2500");
    check("ثلاثة آلاف نازح", "3000");
    check("ألفا و57 قتيلا", "1057");
    check("700 ألف دينار", "700000");
    check("تسعة عشر شخصا", "19");
}

#[test]
fn two_numbers_side_by_side_stay_two() {
    let a = annotate(&RES, "ثلاثة قتلى وثمانية جرحى");
    let values: Vec<_> = a.numbers.iter().filter_map(|n| n.value).collect();
    assert_eq!(values, [3.0, 8.0]);
}

#[test]
fn hedges_and_bounds() {
    check("نحو ثلاثين هجوما", "~30");
    check("أكثر من 12 صاروخا", "12→≥13");
    check("ما لا يقل عن ٢٦ شخصا", "≥26");
    check("أصيب ثمانية على الأقل", "≥8");
    check("عشرات القتلى", "20..99");
    check("مئات النازحين", "200..999");
    check("بين 5 و7 جرحى", "5..7");
}

#[test]
fn ordinals_and_fractions() {
    check("الهجوم الثالث", "3");
    check("في ثلث المدينة", "0.3333333333333333");
    check("الحادي والعشرين", "21");
}

#[test]
fn the_form_of_a_noun_is_a_number() {
    check_noun("سقط صاروخان", Some(2.0));
    check_noun("بطائرتين مسيرتين مفخختين", Some(2.0));
    check_noun("عبوتان ناسفتان", Some(2.0));
    check_noun("قتل جندي", Some(1.0));
    check_noun("مقتل متعاقدَين", Some(2.0));
    check_noun("نقل مدنيين", None);
    check_noun("صواريخ على القاعدة", None);
    check_noun("صاروخا واحدا على الأقل", Some(1.0));
    check_noun("ثلاثة من عناصر الأمن", Some(3.0));
}
