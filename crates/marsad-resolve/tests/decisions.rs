//! Do the decisions of people hold, whatever is read after them?

mod common;

use jiff::civil::date;
use marsad_model::{DateValue, Decision, EventType, Evidence, Quantity, SetValue, Sourced, Span, TellingRef};
use marsad_resolve::{Claim, Decided, resolve_with};

/// A bomb on a day, told in these words of its document.
fn told(document: &str, incident: &str, day: i8, words: Span) -> Claim {
    let mut claim = Claim::coded(document, incident, EventType::Ied, "test");
    claim.incident.event = Sourced::new(EventType::Ied, Evidence::new(words, "test"));
    claim.incident.date = DateValue::day(date(2023, 5, day), "coded", vec![]);
    claim.incident.place = Some(common::place(common::MARKET_A));
    claim
}

fn claim(document: &str, day: i8) -> Claim {
    told(document, "i1", day, Span::new(10, 20))
}

fn telling(document: &str) -> TellingRef {
    TellingRef { document: document.into(), incident: "i1".into(), anchor: Some(Span::new(10, 20)) }
}

fn tellings(documents: &str) -> Vec<TellingRef> {
    documents.split(' ').map(telling).collect()
}

fn decided(decisions: Vec<Decision>) -> Vec<Decided> {
    (1..).zip(decisions).map(|(number, decision)| Decided { number, decision }).collect()
}

/// The documents of each incident.
fn incidents(claims: &[Claim], decisions: Vec<Decision>) -> Vec<String> {
    let resolved = resolve_with(claims, &decided(decisions));
    let documents = |members: &[marsad_resolve::Member]| {
        members.iter().map(|m| format!("{}{}", m.document, &m.incident[1..])).collect::<Vec<_>>().join(" ")
    };
    resolved.iter().map(|r| documents(&r.members)).collect()
}

#[test]
fn joined_by_hand_though_nothing_else_would() {
    let claims = [claim("a", 3), claim("b", 3), claim("c", 20)];
    assert_eq!(incidents(&claims, vec![]), ["a1 b1", "c1"]);
    let same = Decision::Same { tellings: tellings("a c") };
    assert_eq!(incidents(&claims, vec![same]), ["a1 b1 c1"]);
}

#[test]
fn parted_by_hand_and_a_new_report_goes_where_it_fits() {
    let mut claims = vec![claim("a", 3), claim("b", 3), claim("c", 3)];
    assert_eq!(incidents(&claims, vec![]), ["a1 b1 c1"]);
    let apart = || Decision::Apart { tellings: tellings("c"), others: tellings("a b") };
    assert_eq!(incidents(&claims, vec![apart()]), ["a1 b1", "c1"]);
    // `c` has twelve dead, and so has the report that comes later.
    for (i, killed) in [(0, 2), (1, 2), (2, 12)] {
        claims[i].incident.casualties.killed = Quantity::exactly(killed, vec![]);
    }
    let mut later = claim("d", 3);
    later.incident.casualties.killed = Quantity::exactly(12, vec![]);
    claims.push(later);
    assert_eq!(incidents(&claims, vec![apart()]), ["a1 b1", "c1 d1"]);
}

#[test]
fn the_later_decision_has_the_last_word() {
    let claims = [claim("a", 3), claim("b", 3)];
    let apart = || Decision::Apart { tellings: tellings("b"), others: tellings("a") };
    let same = || Decision::Same { tellings: tellings("a b") };
    assert_eq!(incidents(&claims, vec![apart(), same()]), ["a1 b1"]);
    assert_eq!(incidents(&claims, vec![same(), apart()]), ["a1", "b1"]);
}

#[test]
fn a_telling_is_found_by_its_words_when_it_is_numbered_otherwise() {
    let again = [told("a", "i1", 9, Span::new(50, 60)), told("a", "i2", 3, Span::new(12, 18)), claim("c", 20)];
    let same = Decision::Same { tellings: tellings("a c") };
    assert_eq!(incidents(&again, vec![same]), ["a1", "a2 c1"]);
    // Words that no longer tell anything decide nothing.
    let gone = [told("a", "i1", 9, Span::new(50, 60)), claim("c", 20)];
    let same = Decision::Same { tellings: tellings("a c") };
    assert_eq!(incidents(&gone, vec![same]), ["a1", "c1"]);
}

#[test]
fn what_was_retracted_tells_nothing() {
    let claims = [claim("a", 3), claim("b", 3), claim("c", 20)];
    assert_eq!(incidents(&claims, vec![Decision::Retract { document: "a".into() }]), ["b1", "c1"]);
}

#[test]
fn a_value_that_was_set_stands_first_and_the_others_are_kept() {
    let mut claims = [claim("a", 3), claim("b", 3)];
    claims[0].incident.casualties.killed = Quantity::exactly(4, vec![]);
    claims[1].incident.casualties.killed = Quantity::exactly(6, vec![]);
    let set = |field: &str, text: &str| Decision::Set {
        tellings: tellings("b"),
        value: SetValue::read(field, text).unwrap(),
    };
    let resolved = resolve_with(&claims, &decided(vec![set("killed", "5"), set("date", "2023-05-02")]));
    let incident = &resolved[0];
    assert_eq!(incident.merged.casualties.killed.range(), (Some(5), Some(5)));
    assert_eq!(&*incident.merged.casualties.killed.evidence[0].rule, "decision/1");
    assert_eq!(incident.decided_by, [1, 2]);
    let texts = |field: &str| -> Vec<&str> {
        let conflict = incident.conflicts.iter().find(|c| c.field == field).unwrap();
        assert_eq!(conflict.rule, "set by hand");
        conflict.values.iter().map(|v| v.text.as_str()).collect()
    };
    assert_eq!(texts("killed"), ["5", "4", "6"]);
    assert_eq!(texts("date"), ["2023-05-02", "2023-05-03"]);
}
