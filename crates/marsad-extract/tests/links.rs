//! How do the incidents of one report stand to one another? Each line: a text, and its links as
//! `type KIND type «phrase»`. Sentences are our own.

mod common;

use common::document;
use jiff::civil::date;
use marsad_extract::Reader;
use marsad_lang::Resources;
use marsad_model::*;
use std::sync::LazyLock;

static RES: LazyLock<Resources> =
    LazyLock::new(|| Resources::load(&marsad_lang::testing::files()).expect("the data loads"));

/// Of a page of Wednesday, 5 May 2021.
fn read(text: &str) -> Reading {
    Reader::new(&RES).expect("the word lists are there").read(document(text, Some(date(2021, 5, 5))))
}

fn links(text: &str) -> Vec<String> {
    let reading = read(text);
    let name = |id: &str| reading.incidents.iter().find(|i| i.id == id).map_or("?", |i| i.event_type().name());
    let quote = |span: Span| -> String { text.chars().skip(span.start as usize).take(span.len() as usize).collect() };
    let line = |i: &Incident, link: &Link| {
        let kind = link.kind.value().name();
        format!("{} {kind} {} «{}»", name(&i.id), name(&link.to), quote(link.kind.evidence()[0].span))
    };
    reading.incidents.iter().flat_map(|i| i.links.iter().map(move |l| line(i, l))).collect()
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(
        links(text),
        expected,
        "{text}\n{:#?}",
        read(text)
            .incidents
            .iter()
            .map(|i| (&i.id, i.event_type(), i.date.exact_day(), i.place.as_ref().map(|p| p.name_en.clone())))
            .collect::<Vec<_>>()
    );
}

#[test]
fn an_answer_leads_to_what_it_answers() {
    let expected = ["air_strike retaliation_for rocket_attack «رداً على»"];
    check(
        "قصفت طائرات حربية أمس الثلاثاء معسكراً في جرف الصخر رداً على هجوم بصواريخ على مطار أربيل قبل يومين.",
        &expected,
    );
    check(
        "رداً على استهداف قاعدة عين الأسد بصاروخين يوم الاثنين، قصفت طائرات حربية أمس الثلاثاء معسكراً في جرف الصخر وقتلت خمسة مسلحين.",
        &expected,
    );
}

#[test]
fn revenge_is_an_answer() {
    check(
        "قصفت مدفعية النظام اليوم الأربعاء بلدة كفرنبل جنوب إدلب انتقاماً لمقتل أربعة جنود في هجوم على نقطة في سراقب أمس.",
        &["shelling retaliation_for attack_unspecified «انتقاماً»"],
    );
    check(
        "استهدفت طائرة مسيرة أمس الثلاثاء قاعدة عين الأسد في إطار الرد على قصف صاروخي على مدينة القائم يوم الاثنين.",
        &["drone_attack retaliation_for rocket_attack «في إطار الرد على»"],
    );
}

#[test]
fn a_verb_of_reply_leads_back() {
    check(
        "هاجم مسلحون صباح الأربعاء نقطة تفتيش للجيش في كركوك وقتلوا ثلاثة جنود، وردت القوات بقصف مدفعي على قرية قرب الحويجة.",
        &["shelling retaliation_for armed_attack «ردت»"],
    );
}

#[test]
fn what_follows_within_hours_is_a_follow_up() {
    check(
        "سقطت صواريخ على مطار أربيل مساء الأربعاء.\nجاء الهجوم بعد ساعات من استهداف قاعدة عين الأسد في الأنبار بطائرتين مسيرتين.",
        &["rocket_attack follow_up_of drone_attack «بعد ساعات من»"],
    );
    check(
        "انفجرت سيارة مفخخة في مدينة الصدر ببغداد اليوم وقتلت سبعة أشخاص، وأعقبها انفجار عبوة ناسفة في حي الشعب أوقع قتيلين.",
        &["ied follow_up_of car_bomb «أعقبها»"],
    );
}

#[test]
fn what_happens_at_the_same_time_is_of_one_campaign() {
    check(
        "استهدفت طائرة مسيرة مطار أربيل فجر الأربعاء بالتزامن مع سقوط ثلاثة صواريخ على قاعدة عين الأسد في الأنبار.",
        &["drone_attack same_campaign_as rocket_attack «بالتزامن مع»"],
    );
}

/// A bomb and the shots that follow it on one patrol are one attack.
#[test]
fn one_attack_in_two_steps_has_no_link() {
    let text = "قتل أربعة من الشرطة اليوم الأربعاء بانفجار عبوة ناسفة أعقبه هجوم مسلح على دوريتهم في قرية قرب الحويجة.";
    assert_eq!(read(text).incidents.len(), 1);
    check(text, &[]);
}

/// What threatens, doubts, denies or only gives a motive ties nothing.
#[test]
fn what_is_no_incident_has_no_link() {
    for text in [
        // A threat to answer.
        "سقطت ثلاثة صواريخ على مطار أربيل فجر الأربعاء. وقال القائد: سنرد على هذا الهجوم بقصف مدينة الموصل.",
        "سقطت ثلاثة صواريخ على مطار أربيل فجر الأربعاء، وتوعد الجيش بقصف معسكر في جرف الصخر رداً على الهجوم.",
        // A motive that is no incident.
        "قصفت طائرات حربية أمس الثلاثاء معسكراً في جرف الصخر رداً على زيارة الوفد.",
        // Words for words.
        "قصفت طائرات حربية أمس الثلاثاء معسكراً في جرف الصخر، وقال المتحدث رداً على سؤال حول الهجوم على مطار أربيل أمس إنه سقط صاروخان.",
        // Doubted, denied.
        "قصفت طائرات حربية أمس الثلاثاء معسكراً في جرف الصخر، وقد يكون القصف رداً على هجوم بصواريخ على مطار أربيل قبل يومين.",
        "قصفت طائرات حربية أمس الثلاثاء معسكراً في جرف الصخر، وليس القصف رداً على هجوم بصواريخ على مطار أربيل قبل يومين.",
        // A campaign that is only named.
        "انفجرت عبوة ناسفة في كركوك اليوم الأربعاء وقتلت جنديين ضمن سلسلة هجمات متواصلة.",
        // How far it flies, not when.
        "سقط صاروخ على مطار أربيل اليوم الأربعاء، وسقطت قذائف بعيدة المدى على مدينة كركوك فجرا.",
        // Weeks lie between.
        "انفجرت عبوة ناسفة في كركوك اليوم الأربعاء وقتلت جنديين بعد أسبوعين من انفجار سيارة مفخخة في الموصل.",
        // Answered before it happened: misread somewhere.
        "قصفت طائرات حربية يوم السبت معسكراً في جرف الصخر رداً على هجوم بصواريخ على مطار أربيل أمس الثلاثاء.",
    ] {
        check(text, &[]);
    }
}
