//! Does the audit tell an incomplete record from a contradicted tally?

mod common;
use common::*;
use marsad_model::EventType::*;
use marsad_model::{EventType, Quantity, Tally, TallyKind};
use marsad_resolve::{Audit, Resolved, TallyClaim, Verdict, audit};

fn record() -> Vec<Resolved> {
    resolved(&[
        told("a i1", RocketAttack).on("2021-02-15").at(EMBASSY),
        told("b i1", DroneAttack).on("2021-04-14").at(VICTORIA),
        told("c i1", RocketAttack).on("2021-05-02").at(BAGHDAD_AIRPORT),
        told("d i1", RocketAttack).on("2021-05-03").at(BALAD),
        told("e i1", RocketAttack).on("2021-05-04").at(AIN_AL_ASAD),
        told("f i1", AttackUnspecified).on("2021-05-04").at(JRAISHAN),
        told("g i1", RocketAttack).on("2021-05-04").at(MARKET_A),
    ])
}

fn tally(kind: TallyKind, count: Quantity, from: &str, types: &[EventType]) -> Tally {
    Tally {
        kind,
        count,
        from: from.parse().ok(),
        to: "2021-05-04".parse().ok(),
        types: types.to_vec(),
        target: None,
        said_by: None,
        killed: Quantity::unknown(),
        wounded: Quantity::unknown(),
        evidence: vec![],
    }
}

fn audited(tally: Tally) -> Audit {
    let claim = TallyClaim { document: "t".into(), index: 0, country: Some("IQ".into()), tally };
    audit(&[claim], &record()).remove(0)
}

#[test]
fn about_thirty_since_january() {
    let about_30 = Quantity { approx: true, ..Quantity::exactly(30, vec![]) };
    let found = audited(tally(
        TallyKind::CountSince,
        Quantity { min: None, max: None, ..about_30 },
        "2021-01-20",
        &[Ied, RocketAttack],
    ));
    assert_eq!((found.verdict, found.counted, found.possible), (Verdict::UnderCovered, 4, 1));
    assert_eq!(found.members, ["a#i1", "c#i1", "d#i1", "e#i1", "f#i1"]);
    assert_eq!((found.claimed, found.missing), ((Some(27), Some(33)), Some(22)));
}

#[test]
fn the_third_in_three_days() {
    let third = tally(TallyKind::OrdinalInWindow, Quantity::exactly(3, vec![]), "2021-05-02", &[RocketAttack]);
    assert_eq!(audited(third.clone()).verdict, Verdict::Confirmed);
    let hours = Tally { from: "2021-05-03".parse().ok(), ..third };
    assert_eq!(audited(hours).verdict, Verdict::Confirmed);
}

#[test]
fn more_than_claimed_contradicts_unless_a_target_narrows() {
    let two = tally(TallyKind::CountSince, Quantity::exactly(2, vec![]), "2021-02-01", &[RocketAttack]);
    assert_eq!(audited(two.clone()).verdict, Verdict::Contradicted);
    let embassies = Tally { target: Some("embassies".into()), ..two };
    assert_eq!(audited(embassies).verdict, Verdict::NotCheckable);
}

#[test]
fn what_cannot_be_counted_is_not_checked() {
    let some = tally(TallyKind::CountSince, Quantity::some(vec![]), "2021-02-01", &[]);
    let habit = tally(TallyKind::HabitualUncounted, Quantity::unknown(), "2021-02-01", &[]);
    for tally in [some, habit] {
        let found = audited(tally);
        assert_eq!((found.verdict, found.missing), (Verdict::NotCheckable, None));
    }
    let lull = tally(TallyKind::Lull, Quantity::unknown(), "2021-04-01", &[]);
    assert_eq!(audited(lull).verdict, Verdict::Contradicted);
}

fn audited_of(document: &str, tally: Tally, record: &[Resolved]) -> Audit {
    let claim = TallyClaim { document: document.into(), index: 0, country: Some("IQ".into()), tally };
    audit(&[claim], record).remove(0)
}

#[test]
fn an_ordinal_counts_back_from_the_attack_it_stands_with() {
    // "The third within a week", reported two days after it: the week ends with the attack.
    let third = tally(TallyKind::OrdinalInWindow, Quantity::exactly(3, vec![]), "2021-02-17", &[]);
    let third = Tally { to: "2021-02-24".parse().ok(), ..third };
    let record = resolved(&[
        told("a i1", RocketAttack).on("2021-02-15").at(VICTORIA),
        told("b i1", RocketAttack).on("2021-02-22").at(EMBASSY).published("2021-02-24"),
    ]);
    let found = audited_of("b", third, &record);
    assert_eq!((found.verdict, found.counted, found.missing), (Verdict::UnderCovered, 2, Some(1)));
}

#[test]
fn an_ordinal_without_a_kind_may_count_attacks_of_its_own_kind_only() {
    let third = tally(TallyKind::OrdinalInWindow, Quantity::exactly(3, vec![]), "2021-05-02", &[]);
    let rocket = |name, day, place| told(name, RocketAttack).on(day).at(place);
    let mut told_together = vec![
        rocket("a i1", "2021-05-02", BAGHDAD_AIRPORT),
        rocket("b i1", "2021-05-03", BALAD),
        rocket("c i1", "2021-05-04", AIN_AL_ASAD),
    ];
    let of_rockets = audited_of("c", third.clone(), &resolved(&told_together));
    assert_eq!((of_rockets.verdict, of_rockets.counted), (Verdict::Confirmed, 3));
    told_together.push(told("c i2", Ied).on("2021-05-04").at(JRAISHAN));
    let with_bomb = audited_of("c", third.clone(), &resolved(&told_together));
    assert_eq!((with_bomb.verdict, with_bomb.members.len()), (Verdict::Confirmed, 3));
    // Four rockets are too many in any reading.
    told_together.push(rocket("d i1", "2021-05-04", EMBASSY));
    assert_eq!(audited_of("c", third, &resolved(&told_together)).verdict, Verdict::Contradicted);
}

#[test]
fn news_without_a_day_may_be_counted_and_background_without_one_is_not() {
    let since_june = tally(TallyKind::CountSince, Quantity::exactly(9, vec![]), "2021-06-01", &[]);
    let since_june = Tally { to: "2021-07-29".parse().ok(), ..since_june };
    let bounded = |telling: Telling| {
        let open = marsad_model::DateValue { latest: "2021-07-29".parse().ok(), ..marsad_model::DateValue::unknown() };
        let mut telling = telling.published("2021-07-29");
        telling.0.incident.date = open;
        telling
    };
    let record = resolved(&[
        bounded(told("a i1", DroneAttack).at(VICTORIA)),
        bounded(told("b i1", AirStrike).at(EMBASSY).background()),
    ]);
    let found = audited_of("x", since_june, &record);
    assert_eq!((found.counted, found.possible, &found.members[..]), (0, 1, &["a#i1".to_string()][..]));
}

#[test]
fn an_attack_told_so_vaguely_that_it_may_be_another_is_not_counted() {
    let third = tally(TallyKind::OrdinalInWindow, Quantity::exactly(3, vec![]), "2021-02-16", &[]);
    let third = Tally { to: "2021-02-22".parse().ok(), ..third };
    let mut told_together = vec![
        told("a i1", RocketAttack).on("2021-02-16").at(VICTORIA),
        told("b i1", RocketAttack).on("2021-02-22").at(EMBASSY).published("2021-02-22"),
        // "The attack of Monday was the third within a week in the country."
        told("b i2", AttackUnspecified).on("2021-02-22").at(IRAQ).background(),
    ];
    let found = audited_of("b", third.clone(), &resolved(&told_together));
    assert_eq!((found.verdict, found.counted, found.possible), (Verdict::UnderCovered, 2, 0));
    assert_eq!((&found.echoes[..], found.missing), (&["b#i2".to_string()][..], Some(1)));
    // On a day of its own, of a kind of its own or beyond the place of the other it is an attack more.
    for other in [
        told("b i2", AttackUnspecified).on("2021-02-20").at(IRAQ).background(),
        told("b i2", DroneAttack).on("2021-02-22").at(IRAQ).background(),
        told("b i2", AttackUnspecified).on("2021-02-22").at(BALAD).background(),
    ] {
        told_together[2] = other;
        let found = audited_of("b", third.clone(), &resolved(&told_together));
        assert_eq!((found.verdict, found.echoes.len()), (Verdict::Confirmed, 0));
    }
}
