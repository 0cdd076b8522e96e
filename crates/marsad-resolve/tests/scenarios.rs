//! Does resolution decide the cases that people argue about as the coding guide does?
//!
//! Each test is one small invented situation, built with the words of `common`.

mod common;
use common::*;
use marsad_model::DatePrecision::{Month, MonthPart};
use marsad_model::EventType::*;
use marsad_model::Quantity;
use marsad_model::SourceKind::{Agency, Anonymous, Official};
use marsad_resolve::{Claim, Resolver};

#[test]
fn same_base_eight_months_apart() {
    check(
        &[
            told("a i1", RocketAttack).on("2021-05-04").at(AIN_AL_ASAD).killed(2).weapon("katyusha"),
            told("b i1", RocketAttack).on("2022-01-04").at(AIN_AL_ASAD).killed(2).weapon("katyusha"),
        ],
        "a#i1 | b#i1",
    );
}

#[test]
fn two_markets_of_one_province_with_28_dead_each() {
    let february = told("a i1", DroneAttack).on("2026-02-15").killed(28).published("2026-02-16");
    let may = told("b i1", DroneAttack).on("2026-05-19").killed(28).published("2026-05-20");
    check(&[february.clone().at(MARKET_A), may.clone().at(MARKET_B)], "a#i1 | b#i1");
    // Even on one day two towns are two places.
    check(&[february.clone().at(MARKET_A), may.clone().at(MARKET_B).on("2026-02-15")], "a#i1 | b#i1");
    // A report that names the province only may be either market, and the toll says which.
    let vague = told("c i1", DroneAttack).on("2026-05-19").killed(28).at(&["governorate:north-kordofan", "country:SD"]);
    check(&[february.at(MARKET_A), may.at(MARKET_B), vague], "a#i1 | b#i1 c#i1");
}

#[test]
fn rockets_and_drones_on_one_base_two_days_apart() {
    check(
        &[
            told("a i1", DroneAttack).on("2022-01-03").at(VICTORIA),
            told("b i1", RocketAttack).on("2022-01-05").at(VICTORIA),
            told("c i1", RocketAttack).on("2022-01-05").at(BAGHDAD_AIRPORT),
        ],
        "a#i1 | b#i1 c#i1",
    );
    // On the very same day, too, families keep them apart.
    let (drone, rocket) = (told("a i1", DroneAttack), told("b i1", RocketAttack));
    check(&[drone.on("2022-01-05").at(VICTORIA), rocket.on("2022-01-05").at(VICTORIA)], "a#i1 | b#i1");
}

#[test]
fn one_sentence_two_days_two_places() {
    let sunday = |name| told(name, RocketAttack).on("2021-05-02").at(BAGHDAD_AIRPORT).text(0..200);
    let monday = |name| told(name, RocketAttack).on("2021-05-03").at(BALAD).text(0..200);
    check(&[sunday("a i1"), monday("a i2"), sunday("b i1"), monday("b i2")], "a#i1 b#i1 | a#i2 b#i2");
}

#[test]
fn a_toll_grows_from_four_to_twelve() {
    let told = |name| told(name, CarBomb).on("2021-05-04").at(EMBASSY);
    let morning = told("a i1").wounded(4).published("2021-05-04").source(Anonymous, "a source");
    let evening = told("b i1").wounded(12).published("2021-05-05").source(Official, "the ministry");
    let incidents = resolved(&[morning, evening]);
    assert_eq!(incidents.len(), 1);
    let wounded = incidents[0].conflicts.iter().find(|c| c.field == "wounded").expect("both tolls are kept");
    let values: Vec<_> = wounded.values.iter().map(|v| (&*v.text, &*v.documents[0], &*v.said_by[0])).collect();
    assert_eq!(values, [("12", "b", "the ministry"), ("4", "a", "a source")]);
    assert_eq!(wounded.preferred, "12");
    assert!(wounded.rule.contains("latest official"));
    assert_eq!(incidents[0].merged.casualties.wounded.value, Some(12));
    assert_eq!(incidents[0].telling_of_field["wounded"], "b");
}

#[test]
fn the_latest_official_toll_is_shown_even_when_lower() {
    let told = |name| told(name, CarBomb).on("2021-05-04").at(EMBASSY);
    let incidents = resolved(&[
        told("a i1").killed(9).published("2021-05-04").source(Official, "police"),
        told("b i1").killed(7).published("2021-05-06").source(Official, "police"),
        told("c i1").killed(9).published("2021-05-07").source(Agency, "wire"),
        told("d i1").killed(9).published("2021-05-07").source(Anonymous, "witness"),
    ]);
    assert_eq!(incidents[0].members.len(), 4);
    assert_eq!(incidents[0].merged.casualties.killed.value, Some(7));
}

#[test]
fn wire_copy_is_one_voice() {
    let told = |name| told(name, Ied).on("2021-05-04").at(JRAISHAN);
    let half_of_a = told("b i1").text(50..200);
    let incidents = resolved(&[told("a i1").text(0..100), half_of_a, told("c i1").text(1000..1100)]);
    assert_eq!((incidents.len(), incidents[0].voices), (1, 2));
    assert_eq!(incidents[0].members.iter().map(|m| m.voice).collect::<Vec<_>>(), [1, 1, 2]);
}

#[test]
fn wire_copy_joins_where_place_and_day_alone_do_not() {
    let told = |name| told(name, Ied).on("2021-05-04").at(ANBAR);
    check(&[told("a i1"), told("b i1")], "a#i1 | b#i1");
    check(&[told("a i1").text(0..100), told("b i1").text(50..200)], "a#i1 b#i1");
}

#[test]
fn one_agency_or_one_official_alone_is_one_voice() {
    let told = |name| told(name, RocketAttack).on("2021-05-04").at(AIN_AL_ASAD);
    let voices = |tellings: &[Telling]| {
        let incidents = resolved(tellings);
        assert_eq!(incidents.len(), 1);
        incidents[0].voices
    };
    let agency = told("a i1").source(Agency, "afp");
    let through_agency = told("b i1").source(Agency, "afp").source(Official, "army");
    let official = told("c i1").source(Official, "army");
    let same_official = told("d i1").source(Official, "army");
    let own_witness = told("e i1").source(Agency, "afp").source(Anonymous, "a guard");
    assert_eq!(voices(&[agency.clone(), through_agency.clone()]), 1);
    assert_eq!(voices(&[official.clone(), same_official]), 1);
    assert_eq!(voices(&[agency.clone(), official]), 2);
    assert_eq!(voices(&[agency, own_witness]), 2);
}

#[test]
fn a_vague_attack_in_iraq_chains_nothing() {
    let rockets = told("a i1", RocketAttack).on("2021-05-04").at(AIN_AL_ASAD).killed(3);
    let bomb = told("b i1", Ied).on("2021-05-04").at(JRAISHAN).killed(3);
    let vague = told("c i1", AttackUnspecified).on("2021-05-04").at(IRAQ).killed(3);
    check(&[rockets.clone(), bomb.clone(), vague.clone()], "a#i1 | b#i1 | c#i1");
    // Wire copy ties it to the rockets, yet the bomb stays out.
    let copied = vague.weapon("katyusha").wounded(20).text(0..100);
    let rockets = rockets.weapon("katyusha").wounded(20).text(0..100);
    check(&[rockets, bomb, copied], "a#i1 c#i1 | b#i1");
}

#[test]
fn a_vague_claim_that_fits_two_incidents_joins_neither() {
    let rockets = told("a i1", RocketAttack).on("2021-05-04").at(AIN_AL_ASAD);
    let drones = told("b i1", DroneAttack).on("2021-05-04").at(AIN_AL_ASAD);
    let vague = told("c i1", AttackUnspecified).on("2021-05-04").at(AIN_AL_ASAD);
    check(&[rockets.clone(), vague.clone()], "a#i1 c#i1");
    check(&[rockets.clone(), drones.clone(), vague.clone()], "a#i1 | b#i1 | c#i1");
    check(&[rockets.weapon("katyusha").wounded(12), drones, vague.weapon("katyusha").wounded(12)], "a#i1 c#i1 | b#i1");
}

#[test]
fn a_vague_claim_joins_the_only_incident_of_its_day_that_it_fits() {
    let attack = |name| told(name, RocketAttack).on("2021-05-04");
    let (base, province) = (attack("a i1").at(AIN_AL_ASAD), attack("b i1").at(ANBAR));
    check(&[base.clone(), province.clone()], "a#i1 b#i1");
    // A second attack in the province, and it may be either.
    let other = attack("c i1").at(&["town:mill", "governorate:anbar", "country:IQ"]);
    check(&[base.clone(), province.clone(), other], "a#i1 | b#i1 | c#i1");
    // Of the day before, of the country only, or of the month, it is no longer near enough.
    check(&[base.clone(), province.clone().on("2021-05-03")], "a#i1 | b#i1");
    check(&[base.clone(), attack("b i1").at(IRAQ)], "a#i1 | b#i1");
    check(&[base.clone(), province.between("2021-05-01", "2021-05-31", Month).weapon("katyusha")], "a#i1 | b#i1");
    // Two vague ones say too little of each other.
    check(&[attack("a i1").at(ANBAR), attack("b i1").at(ANBAR)], "a#i1 | b#i1");
}

#[test]
fn vague_claims_join_each_other_but_not_through_a_bridge() {
    let april = |name| told(name, DroneAttack).between("2021-04-11", "2021-04-20", MonthPart).at(BAGHDAD_AIRPORT);
    check(&[april("a i1").weapon("armed-drone"), april("b i1").weapon("armed-drone")], "a#i1 b#i1");
    // The 11th and the 20th both lie in mid-April; the claims of the days stay apart.
    let early = told("c i1", DroneAttack).on("2021-04-11").at(BAGHDAD_AIRPORT).weapon("armed-drone");
    let late = told("d i1", DroneAttack).on("2021-04-20").at(BAGHDAD_AIRPORT).weapon("armed-drone");
    check(&[april("a i1").weapon("armed-drone"), early, late], "a#i1 | c#i1 | d#i1");
}

#[test]
fn open_dates() {
    let dated = told("a i1", Ied).on("2021-05-04").at(JRAISHAN).killed(6);
    let news = told("b i1", Ied).at(JRAISHAN).killed(6).published("2021-05-05");
    // News that tells no day is of the day or the one before.
    check(&[dated.clone(), news.clone()], "a#i1 b#i1");
    // Published before the attack; another weekday.
    check(&[dated.clone(), news.clone().published("2021-05-01")], "a#i1 | b#i1");
    check(&[dated.clone(), news.clone().weekday("saturday")], "a#i1 | b#i1");
    // Told as background, it may be any earlier one.
    check(&[dated, news.background()], "a#i1 | b#i1");
}

#[test]
fn months_meet_days() {
    let may = told("b i1", Ied).between("2021-05-01", "2021-05-31", Month).at(AIN_AL_ASAD);
    let day = told("a i1", Ied).on("2021-05-04").at(AIN_AL_ASAD);
    check(&[day.clone(), may.clone()], "a#i1 | b#i1");
    check(&[day.clone().killed(14), may.clone().killed(14)], "a#i1 b#i1");
    check(&[day.killed(14).on("2021-06-04"), may.killed(14)], "a#i1 | b#i1");
}

#[test]
fn a_day_apart_needs_something_else() {
    let attack = |name| told(name, RocketAttack).at(AIN_AL_ASAD);
    check(&[attack("a i1").on("2021-05-04"), attack("b i1").on("2021-05-05")], "a#i1 | b#i1");
    let counted = |name| attack(name).weapon("katyusha").wounded(2);
    check(&[counted("a i1").on("2021-05-04"), counted("b i1").on("2021-05-05")], "a#i1 b#i1");
}

#[test]
fn a_report_errs_by_a_day_when_it_is_older_than_its_day() {
    let attack = |name| told(name, RocketAttack).at(AIN_AL_ASAD).killed(3);
    let right = attack("a i1").on("2021-05-04").published("2021-05-05");
    let ahead = attack("b i1").on("2021-05-05").published("2021-05-04");
    check(&[right.clone(), ahead.clone()], "a#i1 b#i1");
    // Told on its own day, and the other after its own: each may be right.
    let (right, next) = (right.published("2021-05-04"), ahead.published("2021-05-06"));
    check(&[right, next], "a#i1 | b#i1");
}

const MILL: Chain = &["town:mill", "district:hills", "governorate:anbar", "country:IQ"];
const FORD: Chain = &["town:ford", "district:hills", "governorate:anbar", "country:IQ"];

#[test]
fn two_towns_of_one_district_on_one_day_are_two_places() {
    let mill = |name| told(name, AirStrike).on("2021-05-04").at(MILL).point(33.5, 43.1, 3.0).weapon("drone");
    let ford = |name| told(name, AirStrike).on("2021-05-04").at(FORD).point(33.6, 43.2, 3.0).weapon("drone");
    check(&[mill("a i1"), ford("b i1")], "a#i1 | b#i1");
    check(&[mill("a i1").killed(1), ford("b i1").killed(1)], "a#i1 | b#i1");
    check(&[mill("a i1").killed(2), ford("b i1").killed(9)], "a#i1 | b#i1");
}

#[test]
fn one_report_may_name_the_wrong_town() {
    let strike = |name, town| told(name, AirStrike).on("2021-05-04").at(town).killed(7).wounded(11);
    let mill = |name| strike(name, MILL).point(33.5, 43.1, 3.0);
    let ford = strike("d i1", FORD).point(33.6, 43.2, 3.0);
    check(&[mill("a i1"), mill("b i1"), mill("c i1"), ford.clone()], "a#i1 b#i1 c#i1 d#i1");
    // Another month, another attack.
    check(&[mill("a i1"), mill("b i1"), ford.clone().on("2021-06-04")], "a#i1 b#i1 | d#i1");
    // Too far away for a slip.
    check(&[mill("a i1"), mill("b i1"), ford.point(34.3, 43.2, 3.0)], "a#i1 b#i1 | d#i1");
}

#[test]
fn a_name_on_no_list_is_another_town_until_the_counts_agree() {
    let unlisted = |mut telling: Telling| {
        let place = telling.0.incident.place.as_mut().expect("it has a place");
        (place.id, place.name_en, place.point) = (None, "the old ford".into(), None);
        place.chain.remove(0);
        telling
    };
    let strike = |name, town| told(name, AirStrike).on("2021-05-04").at(town);
    check(&[strike("a i1", MILL), unlisted(strike("b i1", FORD))], "a#i1 | b#i1");
    check(&[strike("a i1", MILL).killed(7), unlisted(strike("b i1", FORD).killed(7))], "a#i1 b#i1");
    // One person is killed in one place.
    let of = |name, town| strike(name, town).assassination_of("the general");
    check(&[of("a i1", MILL), unlisted(of("b i1", FORD))], "a#i1 b#i1");
}

#[test]
fn one_document_is_never_merged_with_itself() {
    let attack = |name| told(name, RocketAttack).on("2021-05-04").at(AIN_AL_ASAD);
    check(&[attack("a i1"), attack("a i2"), attack("b i1")], "a#i1 b#i1 | a#i2");
}

#[test]
fn places_agree_by_point_across_a_border() {
    let iraqi =
        told("a i1", AirStrike).on("2021-06-28").at(&["border_crossing:qaim", "country:IQ"]).point(34.38, 40.99, 5.0);
    let syrian = told("b i1", AirStrike)
        .on("2021-06-28")
        .at(&["border_crossing:bukamal", "country:SY"])
        .point(34.40, 40.96, 5.0);
    // Two names that lie close need something that both tell.
    check(&[iraqi.clone(), syrian.clone()], "a#i1 | b#i1");
    let (iraqi, syrian) = (iraqi.killed(22), syrian.killed(22));
    check(&[iraqi.clone(), syrian.clone()], "a#i1 b#i1");
    check(&[iraqi, syrian.point(35.40, 40.96, 5.0)], "a#i1 | b#i1");
}

#[test]
fn an_assassination_is_known_by_its_victim() {
    let named = told("a i1", AirStrike).on("2020-01-03").at(BAGHDAD_AIRPORT).assassination_of("the general");
    let mentioned = |who| told("b i1", AttackUnspecified).background().assassination_of(who).published("2021-02-23");
    check(&[named.clone(), mentioned("the general")], "a#i1 b#i1");
    check(&[named.clone(), mentioned("the minister")], "a#i1 | b#i1");
    // One of two dead, known by name without the word for assassination.
    let dead = |name, who: &str| {
        let mut telling = told(name, AirStrike).on("2020-01-03").at(BAGHDAD_AIRPORT);
        let class = Some(marsad_model::Target::INDIVIDUALS.to_string());
        telling.0.incident.target = Some(marsad_model::Target { value: who.to_string(), class, evidence: vec![] });
        telling
    };
    check(&[dead("a i1", "the deputy; the general"), mentioned("the general")], "a#i1 b#i1");
    check(&[dead("a i1", "the deputy; the general"), mentioned("the minister")], "a#i1 | b#i1");
}

#[test]
fn the_reasons_of_a_merge_are_named() {
    let attack = |name| told(name, RocketAttack).on("2021-05-04").at(AIN_AL_ASAD);
    let incidents = resolved(&[attack("a i1"), attack("b i1").at(ANBAR).text(0..50), attack("c i1")]);
    let why: Vec<_> = incidents[0].why.iter().map(|pair| (&*pair.a, &*pair.b, pair.points)).collect();
    assert_eq!(why, [("a#i1", "c#i1", 79), ("a#i1", "b#i1", 66)]);
    let labels = |pair: usize| incidents[0].why[pair].levels.iter().map(|l| l.label).collect::<Vec<_>>();
    assert_eq!(labels(0), ["type: same", "place: same site", "date: same day"]);
    assert_eq!(labels(1), ["type: same", "place: same governorate", "date: same day"]);
}

#[test]
fn the_sharpest_value_is_shown_and_the_others_kept() {
    let site = told("a i1", RocketAttack).on("2021-05-04").at(VICTORIA);
    let city = told("b i1", ExplosionUnclear).on("2021-05-04").at(BAGHDAD_AIRPORT).killed(10);
    let both = resolved(&[site.killed(10), city]);
    assert_eq!(both.len(), 1);
    let merged = &both[0].merged;
    assert_eq!((merged.event_type(), merged.place.as_ref().unwrap().id.as_deref()), (RocketAttack, Some("victoria")));
    let fields: Vec<_> = both[0].conflicts.iter().map(|c| c.field).collect();
    assert!(fields.is_empty(), "a vague type and the airport around the base are no conflict: {fields:?}");
}

#[test]
fn wire_copy_joins_undated_news_of_one_place_and_type() {
    let bomb = |name| told(name, Ied).at(JRAISHAN);
    check(&[bomb("a i1"), bomb("b i1")], "a#i1 | b#i1");
    check(&[bomb("a i1").text(0..100), bomb("b i1").text(50..200)], "a#i1 b#i1");
    let (sunday, monday) = (bomb("a i1").weekday("sunday"), bomb("b i1").weekday("wednesday"));
    check(&[sunday.text(0..100), monday.text(50..200)], "a#i1 | b#i1");
}

#[test]
fn what_is_merely_open_is_no_conflict() {
    let day = told("a i1", RocketAttack).on("2021-05-04").at(AIN_AL_ASAD).text(0..100);
    let open = told("b i1", RocketAttack).weekday("tuesday").at(AIN_AL_ASAD).text(0..100);
    let wide = told("c i1", RocketAttack).on("2021-05-04").at(ANBAR).weapon("katyusha").text(0..100).killed(3);
    let incidents = resolved(&[day.clone(), open, wide]);
    assert_eq!(incidents.len(), 1);
    assert_eq!(incidents[0].conflicts, []);
    let fields = |a: Telling, b: Telling| -> Vec<&'static str> {
        let incidents = resolved(&[a, b]);
        assert_eq!(incidents.len(), 1);
        incidents[0].conflicts.iter().map(|c| c.field).collect()
    };
    let next_day = told("b i1", RocketAttack).on("2021-05-05").at(AIN_AL_ASAD).text(0..100).killed(4);
    assert_eq!(fields(day.clone().killed(3), next_day), ["date", "killed"]);
    let other_speaker = told("b i1", RocketAttack).on("2021-05-04").at(AIN_AL_ASAD).source(Official, "army");
    assert!(fields(day.source(Agency, "afp"), other_speaker).is_empty(), "who is quoted contradicts nothing");
}

#[test]
fn an_end_that_no_report_gives_is_no_bound() {
    let open = |published| {
        let mut telling = told("a i1", Ied).between("2021-05-01", "2026-11-22", marsad_model::DatePrecision::Unknown);
        telling.0.incident.date.earliest = None;
        if let Some(day) = published {
            telling = telling.published(day);
        }
        resolved(&[telling]).remove(0).merged.date.latest
    };
    assert_eq!(open(None), None);
    assert_eq!(open(Some("2021-05-04")), None, "later than its report");
    assert!(open(Some("2026-11-22")).is_some());
}

#[test]
fn one_toll_becomes_the_numbers_of_the_codebooks() {
    let at = |name: &str| told(name, CarBomb).on("2023-05-03").at(MARKET_A);
    let tellings = [
        at("a i1").killed(16).published("2023-05-03").text(0..40),
        // The same text a day later, with more dead: one voice, whose last word counts.
        at("b i1").killed(28).published("2023-05-04").text(0..40),
        at("c i1").killed(24).published("2023-05-04"),
        at("d i1"),
    ];
    let resolved = resolved(&tellings);
    assert_eq!(resolved.len(), 1);
    assert_eq!(resolved[0].voices, 3);
    let killed = resolved[0].killed.unwrap();
    assert_eq!((killed.low, killed.high), (24, 28));
    assert_eq!(resolved[0].wounded, None, "nobody counts");
}

#[test]
fn grades_follow_from_who_says_what() {
    use marsad_model::{ClaimedBy, Epistemic, Evidence, ResponsibilityStatus, Sourced, Span};
    use marsad_resolve::Grade;
    let at = |name: &str| told(name, CarBomb).on("2023-05-03").at(MARKET_A);
    let by = |name: &str, who: &str| {
        let mut telling = at(name);
        telling.0.incident.perpetrator = Some(Sourced::new(who.to_string(), Evidence::new(Span::new(0, 1), "test")));
        telling
    };
    let grade = |tellings: &[Telling]| resolved(tellings)[0].grade;
    assert_eq!(grade(&[at("a i1")]), Grade::Weak);
    assert_eq!(grade(&[at("a i1"), at("b i1")]), Grade::Fair);
    assert_eq!(grade(&[by("a i1", "A"), by("b i1", "A")]), Grade::Fair);
    assert_eq!(grade(&[by("a i1", "A"), by("b i1", "B")]), Grade::Contested);
    let mut claimed = at("b i1");
    let (status, actor) = (ResponsibilityStatus::Claimed, Some("A".into()));
    claimed.0.incident.claimed_by = ClaimedBy { status, actor, ..ClaimedBy::default() };
    assert_eq!(grade(&[at("a i1"), claimed.clone()]), Grade::Confirmed);
    assert_eq!(grade(&[by("a i1", "B"), claimed]), Grade::Contested);
    let mut denied = at("a i1");
    denied.0.incident.epistemic = Epistemic::Denied;
    assert_eq!(grade(&[denied]), Grade::Discounted);
}

// Undated tellings, and what documents say of one another.

/// Two undated reports of one shelling of one village, nothing else told.
fn undated(name: &str) -> Telling {
    told(name, Shelling).at(&["village:mill", "governorate:anbar", "country:IQ"])
}

#[test]
fn undated_tellings_need_a_number_or_company() {
    check(&[undated("a i1"), undated("b i1")], "a#i1 | b#i1");
    check(&[undated("a i1").weapon("mortar"), undated("b i1").weapon("mortar")], "a#i1 | b#i1");
    let same_weekday = |name| undated(name).weekday("sunday").weapon("mortar").killed(2);
    check(&[same_weekday("a i1"), same_weekday("b i1")], "a#i1 b#i1");
    check(&[same_weekday("a i1"), undated("b i1").weekday("monday").killed(2)], "a#i1 | b#i1");
    // A weekday comes back every week, and a town that is shelled often was shelled on many a Wednesday.
    let wednesday = |name| undated(name).weekday("wednesday").weapon("mortar");
    check(&[wednesday("a i1").killed(28), wednesday("b i1").killed(50)], "a#i1 | b#i1");
    // A few phrases in common are no wire text, yet with a number they suffice.
    let phrases = |name, text| undated(name).killed(2).wounded(5).text(text);
    check(&[phrases("a i1", 0..100), phrases("b i1", 90..200)], "a#i1 b#i1");
}

#[test]
fn the_other_attacks_of_a_day_speak_for_an_undated_one() {
    let bridge = |name: &str| told(name, AirStrike).at(&["village:bridge", "governorate:anbar", "country:IQ"]);
    let well = |name: &str| told(name, Shelling).at(&["village:well", "governorate:anbar", "country:IQ"]);
    let mill = |name: &str| undated(name).killed(3);
    let page = |document: &str| {
        [mill(&format!("{document} i1")), bridge(&format!("{document} i2")), well(&format!("{document} i3"))]
    };
    let both = [page("a"), page("b")].concat();
    check(&both, "a#i1 b#i1 | a#i2 | a#i3 | b#i2 | b#i3");
    // Told of other weekdays they say nothing.
    let other = [mill("b i1"), bridge("b i2").weekday("monday"), well("b i3").weekday("monday")];
    let sunday = [mill("a i1"), bridge("a i2").weekday("sunday"), well("a i3").weekday("sunday")];
    check(&[sunday, other].concat(), "a#i1 | a#i2 | a#i3 | b#i1 | b#i2 | b#i3");
}

#[test]
fn news_without_a_day_is_of_the_day_of_its_report() {
    let dated = told("a i1", DroneAttack).on("2021-11-07").at(EMBASSY);
    let news = |day| told("b i1", DroneAttack).at(EMBASSY).published(day);
    check(&[dated.clone(), news("2021-11-07")], "a#i1 b#i1");
    check(&[dated.clone(), news("2021-11-08")], "a#i1 b#i1");
    check(&[dated.clone(), news("2021-11-12")], "a#i1 | b#i1");
    check(&[dated, news("2021-11-06")], "a#i1 | b#i1");
}

#[test]
fn one_attack_told_as_background_and_as_news() {
    let news = told("a i1", RocketAttack).on("2021-02-22").at(EMBASSY);
    let later = told("b i1", RocketAttack).on("2021-05-04").at(AIN_AL_ASAD);
    let earlier = told("b i2", RocketAttack).on("2021-02-22").at(EMBASSY).background();
    check(&[news.clone(), later.clone(), earlier.clone()], "a#i1 b#i2 | b#i1");
    // Without a day the background may be any earlier attack on the embassy.
    let mut open = told("b i2", RocketAttack).at(EMBASSY).background().published("2021-05-05");
    check(&[news.clone(), later, open.clone()], "a#i1 | b#i1 | b#i2");
    open.0.incident.role = marsad_model::Role::Main;
    check(&[news, open], "a#i1 | b#i2");
}

#[test]
fn a_launch_site_is_no_scene() {
    let from = |site: &str| {
        Some(marsad_model::LaunchSite {
            value: None,
            place_id: Some(site.into()),
            launcher_found: true,
            evidence: vec![],
        })
    };
    let mut impact = told("a i1", RocketAttack).on("2021-05-03").at(BALAD);
    impact.0.incident.launch_site = from("market-a");
    let at_launcher =
        told("b i1", RocketAttack).on("2021-05-03").at(&["town:market-a", "governorate:salahaddin", "country:IQ"]);
    check(&[impact, at_launcher], "a#i1 | b#i1");
}

#[test]
fn what_several_voices_say_is_no_slip() {
    let told = |name: &'static str, killed, wounded| {
        let claim = told(name, CarBomb).on("2016-05-11").at(MARKET_A).published("2016-05-11");
        claim.killed(killed).wounded(wounded)
    };
    let three = |names: [&'static str; 3], killed, wounded| names.map(|name| told(name, killed, wounded));
    // Two bombs of one day and town, each told by three.
    let (one, other) = (three(["a i1", "b i1", "c i1"], 5, 9), three(["d i1", "e i1", "f i1"], 11, 21));
    check(&[&one[..], &other[..]].concat(), "a#i1 b#i1 c#i1 | d#i1 e#i1 f#i1");
    // One report alone may err, or be early.
    check(&[&one[..], &other[..1]].concat(), "a#i1 b#i1 c#i1 d#i1");
    // Those who print one text err together.
    let copies = other.map(|claim| claim.text(0..200));
    check(&[&one[..], &copies[..]].concat(), "a#i1 b#i1 c#i1 d#i1 e#i1 f#i1");
}

#[test]
fn the_voices_that_keep_two_incidents_apart_are_named() {
    let told = |name: &'static str, killed, wounded| {
        let claim = told(name, CarBomb).on("2016-05-11").at(MARKET_A).published("2016-05-11");
        claim.killed(killed).wounded(wounded).0
    };
    let three = |names: [&'static str; 3], killed, wounded| names.map(|name| told(name, killed, wounded));
    let apart = |other: [Claim; 3]| {
        let mut resolver = Resolver::new();
        resolver.add(three(["a i1", "b i1", "c i1"], 5, 9).iter().chain(&other));
        resolver.apart(&[("a", "i1"), ("b", "i1"), ("c", "i1")], ("d", "i1"))
    };
    let found = apart(three(["d i1", "e i1", "f i1"], 11, 21)).expect("three voices against three");
    let voices: Vec<_> = found.voices.iter().map(|v| (v.field, v.voices, v.erring)).collect();
    assert_eq!(voices, [("killed", 6, 3), ("wounded", 6, 3)]);
    assert!(found.mean >= found.needed && found.left() < found.needed, "{found:?}");
    // Two days later nothing brings the two together, and with the same tolls they are one.
    let another_day = three(["d i1", "e i1", "f i1"], 11, 21).map(|claim| Telling(claim).on("2016-05-13").0);
    assert_eq!(apart(another_day), None);
    assert_eq!(apart(three(["d i1", "e i1", "f i1"], 5, 9)), None);
}

#[test]
fn the_few_tolls_that_keep_two_incidents_apart_are_named() {
    let told = |name: &'static str, chain| told(name, CarBomb).on("2016-05-11").at(chain);
    let town = ["a i1", "b i1", "c i1", "d i1"].map(|name| told(name, &MARKET_A[1..]));
    let market = ["e i1", "f i1", "g i1", "h i1"].map(|name| told(name, MARKET_A));
    let [first, rest @ ..] = town;
    let [other, others @ ..] = market;
    let all = [&[first.killed(3), other.killed(40)][..], &rest[..], &others[..]].concat();
    let mut resolver = Resolver::new();
    resolver.add(all.iter().map(|t| &t.0));
    let found = resolver.apart(&[("a", "i1"), ("b", "i1"), ("c", "i1"), ("d", "i1")], ("e", "i1")).expect("3 and 40");
    assert!(found.voices.is_empty() && found.mean >= found.needed && found.left() < found.needed, "{found:?}");
}

#[test]
fn a_toll_that_grows_within_the_day_is_one_attack() {
    let told = |name, killed| told(name, CarBomb).on("2016-05-11").at(MARKET_A).published("2016-05-11").killed(killed);
    let noon = ["a i1", "b i1", "c i1"].map(|name| told(name, 16));
    let night = ["d i1", "e i1", "f i1"].map(|name| told(name, 28));
    check(&[noon, night].concat(), "a#i1 b#i1 c#i1 d#i1 e#i1 f#i1");
}

#[test]
fn a_toll_of_sixteen_becomes_twenty_eight() {
    let told = |name| told(name, CarBomb).on("2016-05-11").at(MARKET_A);
    let incidents =
        resolved(&[told("a i1").killed(16).published("2016-05-11"), told("b i1").killed(28).published("2016-05-11")]);
    assert_eq!(incidents.len(), 1);
    assert_eq!(incidents[0].conflicts.iter().map(|c| c.field).collect::<Vec<_>>(), ["killed"]);
}

#[test]
fn a_toll_that_one_of_four_tells_counts_in_full() {
    let told = |name: &'static str, chain| told(name, CarBomb).on("2016-05-11").at(chain);
    let town = ["a i1", "b i1", "c i1", "d i1"].map(|name| told(name, &MARKET_A[1..]));
    let market = ["e i1", "f i1", "g i1", "h i1"].map(|name| told(name, MARKET_A));
    let check = |(one, other): (u32, u32), expected| {
        let (mut town, mut market) = (town.clone(), market.clone());
        town[0] = town[0].clone().killed(one);
        market[0] = market[0].clone().killed(other);
        check(&[town, market].concat(), expected);
    };
    check((3, 5), "a#i1 b#i1 c#i1 d#i1 e#i1 f#i1 g#i1 h#i1");
    check((3, 40), "a#i1 b#i1 c#i1 d#i1 | e#i1 f#i1 g#i1 h#i1");
}

#[test]
fn what_few_tell_decides_where_a_vague_claim_fits_two() {
    let told = |name: &'static str, event| told(name, event).on("2021-05-04").at(AIN_AL_ASAD);
    let rockets = ["a i1", "b i1", "c i1", "d i1"].map(|name| told(name, RocketAttack));
    let drones = ["e i1", "f i1", "g i1", "h i1"].map(|name| told(name, DroneAttack));
    let vague = [told("v i1", AttackUnspecified).wounded(3)];
    let all = |drones: &[Telling]| [&rockets[..], drones, &vague[..]].concat();
    check(&all(&drones), "a#i1 b#i1 c#i1 d#i1 | e#i1 f#i1 g#i1 h#i1 | v#i1");
    let [first, rest @ ..] = drones.clone();
    let drones = [&[first.wounded(3)][..], &rest[..]].concat();
    check(&all(&drones), "a#i1 b#i1 c#i1 d#i1 | e#i1 f#i1 g#i1 h#i1 v#i1");
}

#[test]
fn what_few_tell_decides_nothing_where_no_day_is_known() {
    let told = |name: &'static str| told(name, RocketAttack).at(AIN_AL_ASAD).wounded(12).weapon("katyusha");
    let may = ["a i1", "b i1", "c i1", "d i1"].map(|name| told(name).on("2021-05-04"));
    let june = ["e i1", "f i1", "g i1", "h i1"].map(|name| told(name).on("2021-06-09"));
    let [first, rest @ ..] = may.clone();
    let may = [&[first.killed(2)][..], &rest[..]].concat();
    let mut undated = told("u i1");
    undated.0.incident.casualties.killed = Quantity::at_least(1, vec![]);
    check(&[&may[..], &[undated.clone()]].concat(), "a#i1 b#i1 c#i1 d#i1 u#i1");
    check(&[&may[..], &june[..], &[undated]].concat(), "a#i1 b#i1 c#i1 d#i1 | e#i1 f#i1 g#i1 h#i1 | u#i1");
}
