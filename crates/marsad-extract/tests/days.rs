//! On which day was it, where the text counts from another day? Sentences are our own.

mod common;

use common::document;
use jiff::civil::{Date, date};
use marsad_extract::Reader;
use marsad_lang::Resources;
use std::sync::LazyLock;

static RES: LazyLock<Resources> =
    LazyLock::new(|| Resources::load(&marsad_lang::testing::files()).expect("the data loads"));

/// The days of the incidents of a page of Wednesday, 5 May 2021.
#[track_caller]
fn check(text: &str, expected: &[Date]) {
    let reading = Reader::new(&RES).expect("the word lists are there").read(document(text, Some(date(2021, 5, 5))));
    let days: Vec<_> = reading.incidents.iter().filter_map(|i| i.date.exact_day()).collect();
    assert_eq!(days, expected, "{text}");
    assert_eq!(reading.incidents.len(), expected.len(), "{text}");
}

#[test]
fn days_after_what_was_told() {
    check(
        "في 3 مارس 2020 قتل ستة جنود بكمين قرب كركوك. وبعد أربعة أيام من ذلك قتل مدنيان بانفجار عبوة في بعقوبة.",
        &[date(2020, 3, 3), date(2020, 3, 7)],
    );
    check(
        "في 3 مارس 2020 قتل ستة جنود بكمين قرب كركوك. وفي اليوم الموالي قتل مدنيان بانفجار عبوة في بعقوبة.",
        &[date(2020, 3, 3), date(2020, 3, 4)],
    );
    // «من» and an event lead back instead.
    check(
        "قتل مدنيان بانفجار عبوة في بعقوبة الاثنين، وذلك بعد يومين فقط من هجوم على حاجز في كركوك أودى بثلاثة جنود.",
        &[date(2021, 5, 3), date(2021, 5, 1)],
    );
}

#[test]
fn days_before_an_announcement() {
    check(
        "أعلن الجيش في الثاني من أبريل الماضي أنه قتل قياديا بغارة قبل ذلك بثلاثة أيام قرب مدينة الرقة.",
        &[date(2021, 3, 30)],
    );
}

#[test]
fn the_same_month_of_the_news_before() {
    check(
        "في 3 مارس 2020 قتل ستة جنود بكمين قرب كركوك. وفي 19 من الشهر نفسه قتل مدنيان بانفجار عبوة في بعقوبة.",
        &[date(2020, 3, 3), date(2020, 3, 19)],
    );
}

#[test]
fn the_day_of_a_burial_is_not_that_of_the_attack() {
    check(
        "شيع المئات اليوم في مدينة الحلة ضحايا انفجار وقع داخل مطعم. وكان الانفجار قد وقع ظهر أمس وأسفر عن مقتل سبعة أشخاص.",
        &[date(2021, 5, 4)],
    );
    check(
        "شيع الأهالي اليوم جثامين أربعة من أبناء البلدة قتلوا في غارة أمس الثلاثاء على بلدة الخيام.",
        &[date(2021, 5, 4)],
    );
    check("قتل سبعة أشخاص اليوم بقصف استهدف تشييع جنازة في مدينة الحلة.", &[date(2021, 5, 5)]);
}

#[test]
fn what_had_happened_before_is_another_only_where_it_is_not_the_attack_told() {
    check(
        "قتل سبعة أشخاص بانفجار سيارة في الحلة أمس. وكان الهجوم السابق قد وقع في الثاني من أبريل الماضي وقتل فيه شرطي.",
        &[date(2021, 5, 4), date(2021, 4, 2)],
    );
}

#[test]
fn a_dateline_and_a_day_to_come_date_no_attack() {
    check("الحلة، 5 مايو 2021 (وكالة الرافد) قتل شخصان بانفجار عبوة في الحلة مساء أمس.", &[date(2021, 5, 4)]);
    check("قتل شخصان بانفجار عبوة في الحلة أمس، قبل أيام من الانتخابات المقررة في 20 مايو الحالي.", &[date(2021, 5, 4)]);
}

#[test]
fn a_storming_has_the_day_of_its_victims() {
    check(
        "قتل خمسة أشخاص في هجوم على فندق في بيدوا أمس. وفي 9 فبراير 2019 اقتحم مسلحون مقهى في المدينة وقتل ستة مدنيين.",
        &[date(2021, 5, 4), date(2019, 2, 9)],
    );
}
