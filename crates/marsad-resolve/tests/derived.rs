//! Do documents date one another, and on whose word?

mod common;
use common::*;
use marsad_model::DatePrecision::Month;
use marsad_model::EventType::*;
use marsad_resolve::{Dated, DerivedDate};

/// `document incident|published from..to (basis)`, in the order of the result.
fn derived(tellings: &[Telling]) -> Vec<String> {
    let incidents = resolved(tellings);
    assert_eq!(incidents.len(), 1);
    let day = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
    let shown = |d: &DerivedDate| {
        let of = if d.of == Dated::Incident { "incident" } else { "published" };
        format!("{} {of} {}..{} ({})", d.document, day(d.earliest), day(d.latest), d.basis.join(" "))
    };
    incidents[0].derived_dates.iter().map(shown).collect()
}

fn bomb(name: &str) -> Telling {
    told(name, Ied).at(JRAISHAN).text(0..100)
}

#[test]
fn a_dated_telling_dates_a_page_without_any_date() {
    let dated = bomb("b i1").on("2021-05-04").published("2021-05-04");
    assert_eq!(
        derived(&[bomb("a i1").weekday("tuesday"), dated.clone()]),
        ["a incident 2021-05-04..2021-05-04 (b)", "a published 2021-05-04..2021-05-11 (b)"]
    );
    // Two that date it a day apart leave both days.
    let next_day = bomb("c i1").on("2021-05-05").published("2021-05-05");
    let found = derived(&[bomb("a i1"), dated, next_day]);
    assert_eq!(found, ["a incident 2021-05-04..2021-05-05 (b c)", "a published 2021-05-04..2021-05-12 (b c)"]);
}

#[test]
fn what_a_document_says_of_itself_stays() {
    let dated = |name| bomb(name).on("2021-05-04").published("2021-05-04");
    assert!(derived(&[dated("a i1"), dated("b i1")]).is_empty());
    // Bounds of its own are narrowed, never widened.
    let mut page = bomb("a i1");
    page.0.published_earliest = "2021-05-01".parse().ok();
    page.0.published_latest = "2021-05-06".parse().ok();
    let found = derived(&[page.clone(), dated("b i1")]);
    assert_eq!(found, ["a incident 2021-05-04..2021-05-04 (b)", "a published 2021-05-04..2021-05-06 (b)"]);
    assert_eq!(resolved(&[page, dated("b i1")])[0].members.len(), 2);
}

#[test]
fn background_bounds_its_page_from_below_only() {
    let killing = told("a i1", AirStrike).on("2020-01-03").at(BAGHDAD_AIRPORT).assassination_of("the general");
    let mentioned = told("b i1", AttackUnspecified).background().assassination_of("the general");
    assert_eq!(
        derived(&[killing.published("2020-01-03"), mentioned]),
        ["b incident 2020-01-03..2020-01-03 (a)", "b published 2020-01-03.. (a)"]
    );
}

#[test]
fn spans_have_in_common_what_all_of_them_allow() {
    let month = |name, first, last| bomb(name).between(first, last, Month).published("2021-06-20");
    let found = derived(&[
        bomb("a i1").published("2021-06-20"),
        month("b i1", "2021-06-14", "2021-06-25"),
        month("c i1", "2021-06-12", "2021-06-18"),
    ]);
    assert_eq!(found[0], "a incident 2021-06-14..2021-06-18 (b c)");
}

#[test]
fn nothing_is_derived_from_nothing() {
    assert!(derived(&[bomb("a i1"), bomb("b i1")]).is_empty());
    assert!(derived(&[bomb("a i1").on("2021-05-04")]).is_empty());
}
