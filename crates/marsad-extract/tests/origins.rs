//! From where did it fly, and what did it hit? Sentences are our own.

mod common;

use common::document;
use jiff::civil::date;
use marsad_extract::Reader;
use marsad_lang::Resources;
use std::sync::LazyLock;

static RES: LazyLock<Resources> =
    LazyLock::new(|| Resources::load(&marsad_lang::testing::files()).expect("the data loads"));

/// `place <- origin` of the first incident of a text; `?` and `-` where none is told.
fn flight(text: &str) -> String {
    let reading = Reader::new(&RES).expect("the word lists are there").read(document(text, Some(date(2021, 5, 5))));
    let incident = reading.incidents.first().unwrap_or_else(|| panic!("an incident in {text}"));
    let place = incident.place.as_ref().map_or("?", |p| &p.name_en);
    let origin = incident.launch_site.as_ref().and_then(|l| l.value.as_deref()).unwrap_or("-");
    format!("{place} <- {origin}")
}

#[test]
fn what_lies_behind_from_is_no_scene() {
    let cases = [
        ("سقطت مقذوفات عسكرية من داخل الأراضي اليمنية على نجران أمس.", "Najran <- Yemen"),
        ("أطلق سبعة صواريخ من شاحنة متوقفة في حي الجهاد على قاعدة فكتوريا أمس.", "Camp Victory <- Hayy al-Jihad"),
        ("قصفت قوات الدعم السريع أمس مقرا للجيش في الخرطوم من منطقة صالحة جنوب أم درمان.", "Khartoum <- Salha"),
        ("نفذت طائرات عدوانا من الجولان على محيط دمشق أمس.", "Damascus <- Golan Heights"),
        ("أطلقت 10 صواريخ من قطاع غزة أمس على عسقلان.", "Ashkelon <- Gaza Strip"),
        ("أطلق صاروخ من شمال القطاع على سديروت أمس.", "Sderot <- Gaza Strip"),
    ];
    for (text, told) in cases {
        assert_eq!(flight(text), told, "{text}");
    }
}

#[test]
fn an_origin_without_a_name_is_quoted() {
    let cases = [
        ("سقطت صواريخ أطلقت من خارج الحدود على أربيل فجر أمس.", "Erbil <- خارج الحدود"),
        ("أسقطت مدمرة في البحر الأحمر أمس مسيرات أطلقت من مناطق سيطرة الحوثيين.", "Red Sea <- مناطق سيطرة الحوثيين"),
        ("قصفت البوارج من عرض البحر مخيم الشاطئ أمس.", "Al-Shati Camp <- عرض البحر"),
    ];
    for (text, told) in cases {
        assert_eq!(flight(text), told, "{text}");
    }
}

#[test]
fn from_has_other_meanings() {
    let cases = [
        ("سقط صاروخان بالقرب من مطار بغداد أمس.", "Baghdad International Airport <- -"),
        ("قصفت طائرات أمس أحياء متفرقة من مدينة إدلب.", "Idlib <- -"),
        ("قصفت إسرائيل أمس الجانب العسكري من مطار دمشق الدولي.", "Damascus International Airport <- -"),
        ("أطلقت الدفاعات النار أمس على مسيرة اقتربت من حقل خور مور.", "? <- -"),
        ("قتل شاب من بلدة بنش بصاروخ سقط قرب تفتناز أمس.", "Taftanaz <- -"),
        ("أطلق مسلحون من سيارة مسرعة النار على دورية في الموصل أمس.", "Mosul <- -"),
    ];
    for (text, told) in cases {
        assert_eq!(flight(text), told, "{text}");
    }
}
