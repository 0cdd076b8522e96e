//! Do counts of one scope grow, repeat, fall, and are others left alone?

mod common;
use common::*;
use marsad_model::EventType::*;
use marsad_model::{EventType, Quantity, Tally, TallyKind};
use marsad_resolve::{Agreement, Beside, Relation, TallyClaim};

/// `("a", "2021-01-20", "2021-05-04")` with so many attacks of these kinds.
fn count((document, from, to): (&str, &str, &str), count: Quantity, types: &[EventType]) -> TallyClaim {
    let tally = Tally {
        kind: TallyKind::CountSince,
        count,
        from: from.parse().ok(),
        to: to.parse().ok(),
        types: types.to_vec(),
        target: None,
        said_by: None,
        killed: Quantity::unknown(),
        wounded: Quantity::unknown(),
        evidence: vec![],
    };
    TallyClaim { document: document.into(), index: 0, country: Some("IQ".into()), tally }
}

fn ordinal(days: (&str, &str, &str), n: u32) -> TallyClaim {
    let claim = count(days, exactly(n), &[]);
    TallyClaim { tally: Tally { kind: TallyKind::OrdinalInWindow, ..claim.tally }, ..claim }
}

fn series(tallies: &[TallyClaim]) -> Vec<Beside> {
    marsad_resolve::series(tallies, &[])
}

fn exactly(n: u32) -> Quantity {
    Quantity::exactly(n, vec![])
}

fn about(n: u32) -> Quantity {
    Quantity { approx: true, min: None, max: None, ..exactly(n) }
}

fn relations(beside: &Beside) -> Vec<(&str, Relation)> {
    beside.compared.iter().map(|c| (c.document.as_str(), c.relation)).collect()
}

const APRIL: (&str, &str, &str) = ("april", "2021-01-20", "2021-04-23");
const MAY: (&str, &str, &str) = ("may", "2021-01-20", "2021-05-04");
const COPY: (&str, &str, &str) = ("may, copied", "2021-01-20", "2021-05-04");

#[test]
fn a_count_grows_and_is_repeated() {
    let told = [
        count(MAY, about(30), &[Ied, RocketAttack]),
        count(APRIL, exactly(20), &[]),
        count(COPY, about(30), &[Ied, RocketAttack]),
    ];
    let found = series(&told);
    let agreements: Vec<Agreement> = found.iter().map(|b| b.agreement).collect();
    assert_eq!(agreements, [Agreement::First, Agreement::Consistent, Agreement::Consistent]);
    assert_eq!(relations(&found[1]), [("april", Relation::Grows)]);
    assert_eq!(relations(&found[2]), [("may", Relation::Repeats)]);
    let mut turned = told.to_vec();
    turned.reverse();
    assert_eq!(series(&turned), found, "the order makes no difference");
}

#[test]
fn a_count_does_not_fall() {
    let found = series(&[count(APRIL, exactly(20), &[]), count(MAY, exactly(12), &[])]);
    assert_eq!(relations(&found[1]), [("april", Relation::Falls)]);
    assert_eq!(relations(&found[0]), [("may", Relation::Exceeds)]);
    assert!(found.iter().all(|b| b.agreement == Agreement::Contradicted));
    // "About 20", then "about 19": both may be twenty.
    let near = series(&[count(APRIL, about(20), &[]), count(MAY, about(19), &[])]);
    assert_eq!(relations(&near[1]), [("april", Relation::Repeats)]);
    // Twelve with rockets may follow on twenty of all kinds, not the other way round.
    let narrower = series(&[count(APRIL, exactly(20), &[]), count(MAY, exactly(12), &[RocketAttack])]);
    assert_eq!(narrower[1].agreement, Agreement::Alone);
    let wider = series(&[count(APRIL, exactly(20), &[RocketAttack]), count(MAY, exactly(12), &[])]);
    assert_eq!(wider[1].agreement, Agreement::Contradicted);
}

#[test]
fn two_numbers_on_one_day_differ() {
    let found = series(&[count(MAY, exactly(30), &[]), count(COPY, exactly(20), &[])]);
    assert_eq!(relations(&found[1]), [("may", Relation::Differs)]);
    assert_eq!(found[0].agreement, Agreement::Contradicted);
}

#[test]
fn other_scopes_say_nothing() {
    let base = count(APRIL, exactly(20), &[]);
    let elsewhere = TallyClaim { country: Some("SY".into()), ..count(MAY, exactly(12), &[]) };
    let later = count(("may", "2021-03-01", "2021-05-04"), exactly(12), &[]);
    let drones = count(MAY, exactly(12), &[DroneAttack]);
    let embassies = count(MAY, exactly(12), &[]);
    let embassies = TallyClaim { tally: Tally { target: Some("embassies".into()), ..embassies.tally }, ..embassies };
    for other in [elsewhere, later, drones, embassies] {
        let found = series(&[base.clone(), other]);
        assert!(found.iter().all(|b| b.agreement == Agreement::Alone), "{found:?}");
    }
    let open = count(("may", "2021-01-20", "soon"), exactly(12), &[]);
    let uncounted = count(MAY, Quantity::some(vec![]), &[]);
    assert!(series(&[open, uncounted]).iter().all(|b| b.agreement == Agreement::NotComparable));
}

#[test]
fn a_part_is_no_more_than_its_whole() {
    let third = ordinal(("third", "2021-05-02", "2021-05-04"), 3);
    let two = count(("two", "2021-04-28", "2021-05-04"), exactly(2), &[]);
    let found = series(&[third.clone(), two]);
    assert_eq!(relations(&found[0]), [("two", Relation::Exceeds)]);
    let thirty = count(("thirty", "2021-01-20", "2021-05-04"), exactly(30), &[]);
    assert!(series(&[third, thirty]).iter().all(|b| b.agreement == Agreement::Alone));
}

#[test]
fn ordinals_go_on_and_say_which_is_untold() {
    let second = ordinal(("2nd", "2021-05-02", "2021-05-03"), 2);
    let fourth = ordinal(("4th", "2021-05-02", "2021-05-05"), 4);
    let found = series(&[second.clone(), fourth.clone()]);
    assert_eq!(relations(&found[1]), [("2nd", Relation::Grows)]);
    assert_eq!(found[1].untold, [3]);
    // A third and a fourth on one day are two attacks of that day.
    let third = ordinal(("3rd", "2021-05-02", "2021-05-05"), 3);
    let found = series(&[second, third, fourth]);
    assert_eq!((found[2].agreement, &found[2].untold[..]), (Agreement::Consistent, &[][..]));
    assert_eq!(series(&[ordinal(("3rd", "2021-05-02", "2021-05-04"), 3)])[0].untold, [2]);
}

#[test]
fn a_day_of_less_does_not_part_counts_of_months() {
    let late_january = count(("may", "2021-01-24", "2021-05-04"), about(30), &[]);
    let found = series(&[count(APRIL, exactly(20), &[]), late_january]);
    assert_eq!(relations(&found[1]), [("april", Relation::Grows)]);
    // Fewer since a later day are no contradiction.
    let fewer = count(("may", "2021-01-24", "2021-05-04"), exactly(18), &[]);
    assert_eq!(series(&[count(APRIL, exactly(20), &[]), fewer])[1].agreement, Agreement::Alone);
}

#[test]
fn one_ordinal_reported_on_two_days_is_one_count() {
    let rockets = |name| told(name, RocketAttack).on("2021-05-04").at(AIN_AL_ASAD);
    let record = resolved(&[rockets("a i1").published("2021-05-04"), rockets("b i1").published("2021-05-05")]);
    let third = [ordinal(("a", "2021-05-02", "2021-05-04"), 3), ordinal(("b", "2021-05-03", "2021-05-05"), 3)];
    let found = marsad_resolve::series(&third, &record);
    assert_eq!(relations(&found[1]), [("a", Relation::Repeats)]);
    assert_eq!(
        series(&third)[1].agreement,
        Agreement::Alone,
        "without the incident nobody knows which attack is meant"
    );
}
