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
