//! Which day do these words mean for a page of Wednesday, 5 May 2021?

use jiff::civil::date;
use marsad_lang::time::{Anchor, resolve, timex};
use marsad_lang::{Resources, annotate};
use std::sync::LazyLock;

static RES: LazyLock<Resources> =
    LazyLock::new(|| Resources::load(&marsad_lang::testing::files()).expect("the data loads"));

#[track_caller]
fn check(text: &str, expected: &str) {
    let anchor = Anchor::day(date(2021, 5, 5));
    let a = annotate(&RES, text);
    let got: Vec<String> = a.times.iter().map(|t| timex(t, &anchor).unwrap_or_else(|| "open".to_string())).collect();
    assert_eq!(got.join(" "), expected, "{text}");
}

#[test]
fn weekdays_lie_on_or_before_the_page() {
    check("فجر الثلاثاء", "2021-05-04");
    check("يوم الأربعاء", "2021-05-05");
    check("الأربعاء الماضي", "2021-04-28");
    check("الخميس المقبل", "open");
    check("وقعت الأحد والاثنين", "2021-05-02 2021-05-03");
}

#[test]
fn past_midnight_is_the_second_of_two_days() {
    check("بعد منتصف ليل الأحد/الاثنين", "2021-05-03");
    check("ليل الأحد/الاثنين", "2021-05-02");
    check("بعد منتصف ليل الأحد", "2021-05-02");
}

#[test]
fn a_weekday_of_the_week_before() {
    check("الثلاثاء من الأسبوع الماضي", "2021-04-27");
    check("يوم الأربعاء من الأسبوع الماضي", "2021-04-28");
    // Whether a week begins on Saturday or on Monday: one of two days.
    check("السبت من الأسبوع الماضي", "2021-04");
}

#[test]
fn a_day_that_is_counted_from_another_is_not_today() {
    check("في اليوم التالي", "");
    check("صباح اليوم الموالي", "");
    check("تواصلت لليوم الثاني المعارك", "2021-05-05");
}

#[test]
fn relative_days() {
    check("مساء أمس", "2021-05-04");
    check("أول أمس الاثنين", "2021-05-03");
    check("أمس الأول", "2021-05-03");
    check("اليوم (الأربعاء)", "2021-05-05");
    check("الليلة الماضية", "2021-05-04");
}

#[test]
fn a_print_edition_writes_yesterday_for_the_day_of_its_stamp() {
    check("أمس الأربعاء", "2021-05-05");
}

/// The same, for a text whose own words say from which day it counts.
#[track_caller]
fn check_counted(text: &str, expected: &str) {
    let a = annotate(&RES, text);
    let anchor = Anchor::day(date(2021, 5, 5)).counted_by(&a.times);
    let got: Vec<String> = a.times.iter().map(|t| timex(t, &anchor).unwrap_or_else(|| "open".to_string())).collect();
    assert_eq!(got.join(" "), expected, "{text}");
}

#[test]
fn yesterday_counts_from_the_day_that_the_text_names() {
    // A paper of Thursday, put online on Wednesday evening.
    check_counted(
        "اندلع أمس الأربعاء حريق. وكان حريق قد اندلع أول أمس، وقال شاهد أمس",
        "2021-05-05 2021-05-04 2021-05-05",
    );
    // Changed past midnight: written on Tuesday.
    check_counted("اندلع اليوم الثلاثاء حريق. وقال شاهد أمس، وقال آخر اليوم", "2021-05-04 2021-05-03 2021-05-04");
    // It agrees with the page, or not with itself, or is too far from it: counted from the page.
    check_counted("اندلع أمس الثلاثاء حريق. وقال شاهد أمس", "2021-05-04 2021-05-04");
    check_counted("اندلع أمس الأربعاء حريق، واليوم الأربعاء آخر. وقال شاهد أمس", "2021-05-05 2021-05-05 2021-05-04");
    check_counted("اندلع أمس السبت حريق. وقال شاهد أمس", "2021-05-01 2021-05-04");
    // A paper's «today» may be yet to come: it stays the day of the page.
    check_counted("اندلع أمس الأربعاء حريق. ويجتمع المجلس اليوم", "2021-05-05 2021-05-05");
}

#[test]
fn months_of_all_calendars_of_the_press() {
    check("7 أبريل", "2021-04-07");
    check("7 نيسان/أبريل", "2021-04-07");
    check("السابع من نيسان", "2021-04-07");
    check("9 كانون الأول/ديسمبر الماضي", "2020-12-09");
    check("في تموز/يوليو", "2020-07");
    check("12 جويلية 2020", "2020-07-12");
    check("في 4آب 2020", "2020-08-04");
    check("29 مارس 2020", "2020-03-29");
}

#[test]
fn numeric_dates() {
    check("2021/02/24", "2021-02-24");
    check("24-02-2021", "2021-02-24");
    check("05-يناير-2021", "2021-01-05");
    // The Islamic calendar: the weekday settles which of two days is meant.
    check("الثلاثاء 15-6-1438هـ", "2017-03-14");
    check("1442/9/1هـ", "2021-04-13");
}

#[test]
fn what_is_called_after_a_day_or_month_is_no_time() {
    check("حركة 23 مارس", "");
    check("متمردو حركة (23 مارس)", "");
    check("في محافظة مايو كيبي", "");
    check("قتل 12 في 23 مارس", "2021-03-23");
}

#[test]
fn between_is_no_verb_of_speech() {
    let says = |text: &str| {
        let a = annotate(&RES, text);
        a.mentions.iter().any(|m| a.is(m, "speech"))
    };
    assert!(!says("انفجر لغم على الطريق بين غاو وكيدال يوم 14 نوفمبر"));
    assert!(says("وبين المصدر أن لغما انفجر"));
}

#[test]
fn the_numbers_of_a_date_count_nothing() {
    let a = annotate(&RES, "أطلقت يوم 13/05/2021 صاروخا");
    let rocket = a.mentions.iter().find(|m| a.is(m, "weapon")).expect("a rocket");
    assert_eq!(rocket.quantity.and_then(|q| q.value), Some(1.0));
}

#[test]
fn spans_of_time() {
    check("منذ مطلع العام", "2021-01-01");
    check("نهاية العام", "2021-12");
    check("منتصف أبريل الماضي", "2021-04");
    check("خريف 2019", "2019-FA");
    check("الأسبوع الجاري", "2021-W18");
    check("خلال ثلاثة أيام", "P3D");
    check("خلال يومين", "P2D");
    check("بعد أسبوع على", "P1W");
    check("منذ 2014", "2014");
}

#[test]
fn a_number_is_no_year_without_a_reason() {
    check("نشر 2500 عسكري", "");
    check("في 2017 قتيلا", "");
}

#[test]
fn weekday_and_date_fix_the_year_without_a_page_date() {
    let anchor = Anchor { horizon: Some(date(2026, 1, 1)), ..Anchor::default() };
    let a = annotate(&RES, "مساء الثلاثاء 29 حزيران/يونيو");
    assert_eq!(resolve(&a.times[0], &anchor).earliest, Some(date(2021, 6, 29)));
}

#[test]
fn what_cannot_be_dated_stays_open_with_its_weekday() {
    let a = annotate(&RES, "فجر الخميس");
    let r = resolve(&a.times[0], &Anchor::default());
    assert_eq!((r.earliest, r.weekday), (None, Some(jiff::civil::Weekday::Thursday)));
}

#[test]
fn what_lies_before_the_last() {
    check("الثلاثاء قبل الماضي", "2021-04-27");
    check("الأربعاء قبل الماضي", "2021-04-21");
    check("الشهر قبل الماضي", "2021-03");
    check("العام قبل الماضي", "2019");
}

#[test]
fn a_month_of_last_year_is_not_the_last_such_month() {
    check("في أبريل الماضي", "2021-04");
    check("في أبريل من العام الماضي", "2020-04");
    check("في نيسان/أبريل من العام الماضي", "2020-04");
    check("في 12 أبريل العام الماضي", "2020-04-12");
    check("في ديسمبر من العام الماضي", "2020-12");
    check("في أبريل من العام قبل الماضي", "2019-04");
}

#[test]
fn days_ago_by_their_number() {
    check("قبل عشرة أيام", "2021-04-25");
    check("قبل 5 أيام", "2021-04-30");
    // Counted from something else than the page.
    check("قبل 5 أيام من الانتخابات", "P5D");
}

#[test]
fn a_weekday_with_the_day_of_its_month() {
    check("ليلة الجمعة 23، قصف", "2021-04-23");
    check("يوم السبت 20.", "2021-03-20");
    // Men, no days.
    check("قتل الجمعة 23 شخصا", "2021-04-30");
}

/// The same, with the months that the text told before.
#[track_caller]
fn check_told(text: &str, expected: &str) {
    let anchor = Anchor::day(date(2021, 5, 5));
    let mut a = annotate(&RES, text);
    marsad_lang::time::with_months_told(&mut a.times, &anchor);
    let got: Vec<String> = a.times.iter().map(|t| timex(t, &anchor).unwrap_or_else(|| "open".to_string())).collect();
    assert_eq!(got.join(" "), expected, "{text}");
}

#[test]
fn the_same_month_and_year_are_those_told_before() {
    check_told("في 9 حزيران 2015 وفي 21 من الشهر نفسه", "2015-06-09 2015-06-21");
    check_told("في شباط الماضي وفي السابع من الشهر ذاته", "2021-02 2021-02-07");
    check_told("في آذار 2018 وفي أكتوبر من العام نفسه", "2018-03 2018-10");
    check_told("في آذار 2018 وفي أكتوبر من ذلك العام", "2018-03 2018-10");
    check_told("في آذار 2018 وأواخر يونيو من نفس العام", "2018-03 2018-06");
    // Nothing was told before, and no day may lie ahead.
    check_told("في أكتوبر من العام نفسه", "open");
    check_told("في آذار الماضي وفي أكتوبر من العام نفسه", "2021-03 open");
}
