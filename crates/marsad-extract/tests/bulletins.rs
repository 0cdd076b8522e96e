//! Pages that list several stories: each line by itself. Sentences are our own.

mod common;

use common::{document, number};
use jiff::civil::date;
use marsad_extract::Reader;
use marsad_lang::Resources;
use marsad_model::*;
use std::sync::LazyLock;

static RES: LazyLock<Resources> =
    LazyLock::new(|| Resources::load(&marsad_lang::testing::files()).expect("the data loads"));

/// A page of lines, written on Thursday 3 March 2022.
fn read(text: &str) -> Reading {
    let mut at = 0;
    let line = |line: &str| {
        let span = Span::new(at, at + line.chars().count() as u32);
        at = span.end + 1;
        Segment { role: SegmentRole::Body, span }
    };
    let segments = text.split('\n').map(line).collect();
    let document = Document { segments, ..document(text, Some(date(2022, 3, 3))) };
    Reader::new(&RES).expect("the word lists are there").read(document)
}

/// `kind place day killed/wounded doer` of each incident.
fn told(text: &str) -> Vec<String> {
    let line = |i: &Incident| {
        let place = i.place.as_ref().map_or("?", |p| p.id.as_deref().unwrap_or(&p.name_en));
        let day = i.date.exact_day().map_or("?".to_string(), |d| d.to_string());
        let (killed, wounded) = (number(&i.casualties.killed), number(&i.casualties.wounded));
        let suspects = i.blamed_on.iter().map(|b| b.actor.as_str());
        let doer = i.perpetrator.iter().map(|p| p.value().as_str()).chain(suspects).next().unwrap_or("?");
        format!("{} {place} {day} {killed}/{wounded} {doer}", i.event_type().name())
    };
    read(text).incidents.iter().map(line).collect()
}

const BULLETIN: &str = "حلب::قصفت مدفعية الجيش التركي مواقع قسد في محيط بلدة تل رفعت بالريف الشمالي.\n\
    استشهد رجل وابنه وأصيب ثلاثة من أحفاده، وزوجته بشظايا جراء قصف مدفعي لقوات الأسد على بيتهم في قرية كفرزعفران بالريف الغربي.\n\
    حماة::انفجر لغم من مخلفات قوات الأسد بجرار زراعي في بلدة عقيربات بالريف الشرقي يوم أمس، ما أدى لإصابة شخصين.\n\
    درعا::أطلق مجهولون النار على متعاون مع الأمن في بلدة إبطع بالريف الأوسط، ما أدى لإصابته بجروح.\n\
    أطلق مجهولون النار على سائق في مدينة الصنمين شمال المحافظة، ما أدى لمقتله.\n\
    الرقة::استهدفت قسد سيارة مدنية قرب قرية السنبلة شمال الرقة.\n\
    استهدف الجيش الوطني بالمدفعية نقاطا لقسد في محيط بلدة عين عيسى بالريف الشمالي.";

#[test]
fn the_lines_under_a_province_are_stories_of_their_own() {
    let found = told(BULLETIN);
    let says = |kind: &str, place: &str, toll: &str, doer: &str| {
        found.iter().any(|f| f.starts_with(kind) && [place, toll, doer].iter().all(|w| f.contains(w)))
    };
    assert!(says("shelling", "Kafar", "2/3", "Syrian government"), "{found:#?}");
    assert!(says("armed_attack", "ibta", "?/1", "Gunmen"), "{found:#?}");
    assert!(says("armed_attack", "sanamayn", "1/?", "Gunmen"), "{found:#?}");
    assert!(says("shelling", "ain-issa", "?/?", "Syrian National Army"), "{found:#?}");
    // Yesterday is told of the mine alone.
    let yesterday: Vec<&String> = found.iter().filter(|f| f.contains("2022-03-02")).collect();
    assert!(matches!(yesterday.as_slice(), [mine] if mine.starts_with("mine_uxo")), "{found:#?}");
}

#[test]
fn a_report_of_one_town_is_no_bulletin() {
    assert!(read(BULLETIN).diagnostics.iter().any(|d| d.code == "listing"));
    let one = "حلب::قصفت قوات الأسد مدينة الباب.\nحلب::أصيب طفلان بالقصف على مدينة الباب.\nحلب::نقل الجرحى إلى المشفى.";
    assert!(read(one).diagnostics.is_empty());
}

#[test]
fn a_month_of_a_count_is_no_attack() {
    let found = told(
        "استهدفت مسيرة تركية مزرعة قرب بلدة عين عيسى ظهر اليوم، ما أسفر عن سقوط جرحى.\n\
         وتوزعت الغارات منذ مطلع العام على النحو التالي:\n\
         – الشهر الأول، 4 غارات تسببت بمقتل خمسة وإصابة 11 آخرين.\n\
         – الشهر الثاني، 9 غارات قتل فيها سبعة، بالإضافة لإصابة 18 آخرين بجراح.",
    );
    assert_eq!(found, ["air_strike sy/raqqa/ain-issa 2022-03-03 ?/some Turkey"]);
}

#[test]
fn yesterdays_raid_is_not_that_of_today() {
    let found = told(
        "قتل طفل صباح اليوم الخميس بقصف صاروخي من قوات النظام على بلدة تفتناز بريف إدلب. وشنت طائرات حربية روسية غارات على بلدة كنصفرة، ما أدى لإصابة شخصين.\n\
         وأمس الأربعاء قصفت طائرات حربية روسية بلدة البارة، ما أسفر عن مقتل امرأة.",
    );
    assert!(found.iter().any(|f| f.contains("kansafra 2022-03-03 ?/2")), "{found:#?}");
    assert!(found.iter().any(|f| f.contains("bara 2022-03-02 1/?")), "{found:#?}");
}

#[test]
fn an_illness_told_behind_takes_no_toll_from_an_attack() {
    let found = told(
        "ارتكبت قوات النظام مجزرة في مدينة معرة النعمان صباح اليوم الخميس، راح ضحيتها 12 مدنيا، وأصيب 25 آخرون، وينذر هذا بموجة نزوح بالتزامن مع انتشار كبير لفيروس كورونا.",
    );
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].contains("12/25"), "{found:#?}");
}

#[test]
fn a_child_of_so_many_years_is_one() {
    let found =
        told("ذكر الدفاع المدني أن طفلا يبلغ 9 أعوام أصيب صباح اليوم جراء قصف قوات النظام مزرعة قرب بلدة تفتناز.");
    assert!(matches!(found.as_slice(), [one] if one.contains("?/1")), "{found:#?}");
}

#[test]
fn what_lies_on_the_way_is_the_same_attack() {
    let found = told(
        "استهدفت مسيرة تركية شاحنة على الطريق بين عامودا والقامشلي دون أن تصيبها وتسببت بأضرار في حافلة عند قرية هيمو، وأدى ذلك إلى إصابة امرأتين.",
    );
    assert!(matches!(found.as_slice(), [one] if one.contains("?/2 Turkey")), "{found:#?}");
}

#[test]
fn whoever_is_told_of_does_what_is_told_next() {
    let doer =
        |text: &str| told(text).iter().map(|f| f.split(' ').skip(4).collect::<Vec<_>>().join(" ")).collect::<Vec<_>>();
    let answered = "قال ناشطون إن قوات سوريا الديمقراطية ردت أمس على مصادر النيران، وقصفت بالهاون سيارة في مدينة عفرين، ما أدى إلى مقتل رجلين.";
    assert_eq!(doer(answered), ["Syrian Democratic Forces"]);
    let groups = "هاجمت مجموعات مسلحة من قسد بلدة ذيبان بريف دير الزور أمس ما أدى إلى مقتل مدني.";
    assert_eq!(doer(groups), ["Syrian Democratic Forces"]);
    let car = "انفجر لغم بشاحنة تابعة لقوات النظام في بلدة عقيربات أمس، ما أدى إلى مقتل جندي.";
    assert_eq!(doer(car), ["?"]);
    let other =
        "قال ناشطون إن قسد حاصرت أمس قرية الشعفة فردت قوات النظام وقصفت بلدة هجين بالهاون، ما أدى إلى مقتل رجلين.";
    assert!(!doer(other).contains(&"Syrian Democratic Forces".to_string()), "{:?}", told(other));
}
