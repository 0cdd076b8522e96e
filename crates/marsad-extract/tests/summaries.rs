//! Is a lead that sums up several attacks none of them? Sentences are our own.

mod common;

use common::document;
use jiff::civil::date;
use marsad_extract::Reader;
use marsad_lang::Resources;
use marsad_model::*;
use std::sync::LazyLock;

static RES: LazyLock<Resources> =
    LazyLock::new(|| Resources::load(&marsad_lang::testing::files()).expect("the data loads"));

/// The reading of a page of Wednesday, 5 May 2021.
fn read(text: &str) -> Reading {
    Reader::new(&RES).expect("the word lists are there").read(document(text, Some(date(2021, 5, 5))))
}

/// `place day killed/wounded` of each incident.
fn told(reading: &Reading) -> Vec<String> {
    let number = |q: &Quantity| q.value.map_or("?".to_string(), |v| v.to_string());
    let line = |i: &Incident| {
        let place = i.place.as_ref().map_or("?", |p| p.id.as_deref().unwrap_or(&p.name_en));
        let day = i.date.exact_day().map_or("?".to_string(), |d| d.to_string());
        format!("{place} {day} {}/{}", number(&i.casualties.killed), number(&i.casualties.wounded))
    };
    reading.incidents.iter().map(line).collect()
}

#[test]
fn a_lead_that_sums_up_gives_its_day_and_keeps_its_toll() {
    let reading = read(
        "قتل خمسة أشخاص وأصيب تسعة في هجمات بعبوات ناسفة في محافظة ديالى أمس الثلاثاء. \
         وقال مصدر إن عبوة ناسفة انفجرت في بعقوبة فقتلت ثلاثة مدنيين. \
         وفي حادث ثان، انفجرت عبوة في المقدادية فقتل اثنان وأصيب تسعة.",
    );
    assert_eq!(told(&reading), ["iq/diyala/baquba 2021-05-04 3/?", "iq/diyala/muqdadiya 2021-05-04 2/9"]);
    let sum = reading.tallies.iter().find(|t| t.kind == TallyKind::TollReport).expect("the toll of all together");
    assert_eq!((sum.killed.value, sum.wounded.value), (Some(5), Some(9)));
}

#[test]
fn with_one_attack_behind_it_the_lead_tells_that_one() {
    let reading = read(
        "شنت طائرات غارات على مدينة خان يونس أمس الثلاثاء. \
         وقال شهود إن غارة أصابت منزلا في حي الأمل بخان يونس وقتلت أربعة أشخاص.",
    );
    assert_eq!(reading.incidents.len(), 1, "{:?}", told(&reading));
    assert_eq!(reading.incidents[0].casualties.killed.value, Some(4));
}

#[test]
fn a_second_bomb_in_another_quarter_is_its_own() {
    let reading = read(
        "أصيب ضابط بانفجار عبوة لاصقة في منطقة المنصور غربي بغداد. \
         وشهدت بغداد إصابة مدني بانفجار عبوة لاصقة في منطقة الكرادة.",
    );
    assert_eq!(reading.incidents.len(), 2, "{:?}", told(&reading));
}

#[test]
fn news_without_a_day_is_of_the_day_told_right_before() {
    let reading = read(
        "قتل جندي بانفجار عبوة ناسفة في بعقوبة أمس الثلاثاء. وفي حادث منفصل، أصيب مدنيان بسقوط قذيفة هاون على حي في الفلوجة.",
    );
    assert_eq!(told(&reading), ["iq/diyala/baquba 2021-05-04 1/?", "iq/anbar/falluja 2021-05-04 ?/2"]);
    assert!(reading.incidents[1].date.derivation.ends_with("of the news before"));
    let earlier = read(
        "قتل جندي بانفجار عبوة ناسفة في بعقوبة أمس الثلاثاء. وكان مدنيان قد أصيبا الشهر الماضي بسقوط قذيفة هاون على حي في الفلوجة.",
    );
    assert_ne!(earlier.incidents[1].date.exact_day(), Some(date(2021, 5, 4)));
}

#[test]
fn a_verb_without_a_subject_goes_on_with_the_one_before() {
    let reading = read("قصفت قوات الدعم السريع أمس حيا في الفاشر. كما استهدفت سوقا في نيالا بالمدفعية.");
    let doers: Vec<&str> =
        reading.incidents.iter().map(|i| i.perpetrator.as_ref().map_or("?", |p| p.value().as_str())).collect();
    assert_eq!(doers.len(), 2);
    assert_eq!(doers[0], doers[1]);
}
