//! Who did it, in each of the ways in which a report can say so? Sentences are our own.

mod common;

use common::document;
use jiff::civil::date;
use marsad_extract::Reader;
use marsad_lang::Resources;
use marsad_model::*;
use std::sync::LazyLock;

static RES: LazyLock<Resources> =
    LazyLock::new(|| Resources::load(&marsad_lang::testing::files()).expect("the data loads"));

fn first(text: &str) -> Incident {
    let document = document(text, Some(date(2022, 5, 5)));
    let reading = Reader::new(&RES).expect("the word lists are there").read(document);
    reading.incidents.into_iter().next().expect("the sentence tells an incident")
}

#[track_caller]
fn check(actor: &str, texts: &[&str]) {
    for text in texts {
        let found = first(text).perpetrator.map(|p| p.value().clone()).unwrap_or_default();
        assert!(found.starts_with(actor), "{text}: {found:?}, not {actor:?}");
    }
}

#[track_caller]
fn check_open(texts: &[&str]) {
    for text in texts {
        assert_eq!(first(text).perpetrator, None, "{text}");
    }
}

#[test]
fn the_subject_of_the_verb() {
    check(
        "Russia",
        &[
            "قصفت الطائرات الحربية الروسية أطراف مدينة بنش ليلا.",
            "الطيران الحربي الروسي يقصف بلدة سرمين بريف إدلب.",
            "شنت مقاتلات روسية غارتين على أطراف مدينة بنش.",
        ],
    );
    check("Syrian government forces", &["قوات النظام استهدفت بالمدفعية بلدة سرمين شرق إدلب."]);
    check("Turkey", &["مسيّرة تركية تستهدف سيارة غرب القامشلي وتقتل سائقها."]);
    check("Syrian Democratic Forces", &["\"قسد\" تقتل رجلا في قرية شمال دير الزور."]);
}

#[test]
fn behind_the_noun() {
    check("Turkey", &["إصابة امرأة في قصف تركي على بلدة تل رفعت.", "قتل رجل في قصف جوي تركي على عين عيسى."]);
    check(
        "Syrian government forces",
        &[
            "قتل طفل بقصف مدفعي وصاروخي لقوات النظام على بلدة سرمين.",
            "جرحى إثر قصف قوات النظام مدينة الأتارب.",
            "أصيب مزارع في قصف للنظام السوري على بلدة بنش.",
        ],
    );
    check("Turkish forces", &["إصابة أربعة باستهداف القوات التركية لمشفى تل رفعت."]);
}

#[test]
fn behind_a_cue_or_the_means() {
    check("Syrian government forces", &["تعرضت بلدة سرمين لقصف مدفعي من قبل قوات الأسد وقتلت امرأة."]);
    check("Syrian Democratic Forces", &["قتل شاب برصاص قسد في ريف دير الزور."]);
    check("Turkey", &["قتل سائق بطائرة مسيرة تركية قرب القامشلي."]);
    check("Houthis", &["أصيب راع بانفجار لغم حوثي غرب تعز.", "قتل شخصان بصاروخ أطلقه الحوثيون على مأرب."]);
    check("Houthis", &["قتل جندي في هجوم شنه الحوثيون غرب تعز."]);
    check("al-Shabaab", &["اقتحم مسلحون من حركة الشباب فندقا في مقديشو وقتلوا تسعة."]);
}

#[test]
fn a_joined_verb_keeps_its_subject() {
    check(
        "Syrian government forces",
        &["صعّدت قوات النظام هجماتها اليوم، واستهدفت بقصف مدفعي سوقا في بلدة سرمين فقتل أربعة."],
    );
}

#[test]
fn the_short_name_means_the_full_one_of_the_text() {
    check("Turkish forces", &["جرح ثلاثة بقصف للاحتلال على عين عيسى. وكان جيش الاحتلال التركي قد توعد البلدة."]);
    // Where the text has two, the short name stays what it mostly means.
    check("Israeli forces", &["جرح ثلاثة بقصف للاحتلال على غزة."]);
}

#[test]
fn whom_it_befell_is_no_doer() {
    check_open(&[
        "استهدفت عبوة ناسفة دورية للشرطة جنوب بعقوبة وجرح اثنان.",
        "قتل فلسطينيان في غارتين على جباليا.",
        "انفجار عبوة بقوات النظام شرق درعا ومقتل جندي.",
        "خطف أستوني في البقاع شرق لبنان.",
        "سقط صاروخ أطلق من اليمن قرب إيلات وجرح رجل.",
    ]);
}

#[test]
fn what_is_only_believed_is_an_accusation() {
    let incident = first("قتل شخص بمسيّرة يُعتقد أنها تركية على سيارة غرب القامشلي.");
    assert_eq!(incident.perpetrator, None);
    assert_eq!(incident.blamed_on[0].actor, "Turkey");
    assert_eq!(incident.blamed_on[0].by, None);
    let ground = first("أصيب أربعة بقصف صاروخي مصدره مناطق سيطرة قوات النظام على مدينة الباب.");
    assert_eq!(ground.perpetrator, None);
    assert!(ground.blamed_on[0].actor.starts_with("Syrian government forces"));
}

#[test]
fn who_undertook_it_and_whose_arms_they_were() {
    check(
        "Turkish forces",
        &[
            "أصيبت طفلة جراء استهداف القوات التركية قرية عقيبة شمال حلب.",
            "أقدم جيش الاحتلال التركي على قصف تل رفعت وأصيب مدني.",
            "استهدفت طائرة مسيرة تابعة لجيش الاحتلال التركي مواطنين اثنين في كوباني.",
            "أصيب مدني بقصف مدفعي من الجيش التركي على تل رفعت.",
        ],
    );
    check(
        "Syrian government forces",
        &[
            "أصيب خمسة مدنيين جراء قيام قوات الأسد باستهداف سيارة في ريف حلب.",
            "قالت شبكة إن قوات الأسد والميليشيات المتحالفة معها قصفت مدينة سرمين وقتل مدني.",
        ],
    );
}

#[test]
fn the_government_is_that_of_the_country() {
    check("Syrian government forces", &["قتلت امرأتان في قصف للقوات الحكومية على درعا."]);
    check("Government forces", &["قتلت امرأتان في قصف للقوات الحكومية قرب المعبر."]);
}

#[test]
fn whoever_stopped_the_attacker_did_not_attack() {
    check_open(&[
        "أصيب جندي في عملية طعن قرب نابلس، وأطلقت القوات الإسرائيلية النار على المنفذ.",
        "وقعت عملية دهس قرب حاجز شمال القدس، وأطلقت الشرطة الإسرائيلية النار على السائق.",
        "استشهد شاب برصاص قوات الاحتلال عقب طعنه جنديا قرب الخليل.",
        "قتلت قوات الأمن مسلحا أطلق النار على حافلة في بعقوبة.",
        "ألقت القوات الإسرائيلية القبض على منفذ إطلاق النار على الحافلة قرب أريحا.",
    ]);
    check("Israeli police", &["قتل رجل برصاص الشرطة الإسرائيلية في القدس."]);
}

#[test]
fn a_pretext_is_no_attack() {
    let incident = first("استشهاد شاب برصاص الجيش الإسرائيلي بزعم محاولته تنفيذ عملية طعن قرب جنين.");
    assert_eq!(incident.event_type(), EventType::ArmedAttack);
    check("Israeli forces", &["استشهاد شاب برصاص الجيش الإسرائيلي بزعم محاولته تنفيذ عملية طعن قرب جنين."]);
}

#[test]
fn what_follows_a_plural_verb_or_a_deed_is_the_object() {
    check(
        "Islamic State",
        &[
            "مسلحو داعش هاجموا الشرطة المحلية جنوب كركوك وقتلوا شرطيا.",
            "قال مصدر إن عددا من مسلحي داعش هاجموا الشرطة جنوب كركوك وقتلوا شرطيا.",
        ],
    );
    check_open(&["قال الجيش في مالي إن قواته نفذت ضربة جوية استهدفت مجموعة مسلحة قرب كيدال وقتلت خمسة."]);
}

#[test]
fn parts_of_a_party_gunmen_and_pirates() {
    check("Israeli settlers", &["أضرمت مجموعات من المستوطنين النار في مركبات بقرية قبلان جنوب نابلس."]);
    check("Gunmen", &["أطلق مسلح النار على حاجز في بعلبك وقتل ثلاثة."]);
    check("Gunmen", &["أصيب عنصر من فتح في مخيم عين الحلوة بعدما أطلق عليه مسلح مجهول النار."]);
    check("Gunmen", &["نصب مسلحون كمينا لدورية في الحدا وقتلوا شرطيا."]);
    check("Islamic State", &["قتل أربعة جنود في كمين نصبه مسلحون من تنظيم داعش جنوب كركوك."]);
    check("Pirates", &["استولى قراصنة على ناقلة قبالة سواحل الصومال."]);
}

#[test]
fn militias_of_a_state_are_not_its_army_and_the_maker_of_arms_fires_none() {
    check("Pro-government militias", &["لقي نازح مصرعه رميا بالرصاص على يد مليشيات حكومية في نيالا."]);
    check("Militias (Ethiopia)", &["اعتدت مجموعة من الميليشيات الإثيوبية على مزارعين في الفشقة وقتلت واحدا."]);
    check("Outlaws", &["أصيب رجل أمن في مخيم جنين برصاص خارجين عن القانون."]);
    check("Malian forces", &["نفذت طائرات مسيرة تركية الصنع تابعة للجيش المالي غارتين قرب كيدال وقتلت ستة."]);
    check("United States", &["قتل ثلاثة في ضربة جوية نفذتها طائرة أمريكية من دون طيار على منزل في مأرب."]);
}

#[test]
fn the_waylaid_and_the_object_of_a_pronoun_are_no_doers() {
    let ambush = first("أعلنت جماعة نصرة الإسلام والمسلمين أنها نفذت في كورو كمينا نصبته للجيش المالي وقتل خمسة جنود.");
    assert!(ambush.perpetrator.is_none_or(|p| !p.value().contains("Mali")));
    check("al-Shabaab", &["تظهر الصور عناصر حركة الشباب وهي تهاجم الجنود الصوماليين في بيدوا فجر اليوم وتقتل خمسة."]);
    check("United States", &["قال مصدر إن ثلاثة عناصر من تنظيم القاعدة قتلوا أمس في قصف نفذته طائرة أميركية في مأرب."]);
    check("Gunmen", &["قتل جندي يمني وأصيب آخر برصاص مسلحين مجهولين في عدن."]);
    // With people behind it the verb is active.
    check("Gunmen", &["قال شهود إن مسلحين قتلوا تسعة جنود قرب بلدة بوني في مالي."]);
    check_open(&["غارة جوية على سيارة قرب تينزاواتين ورد سريع من الطيران الجزائري."]);
}

#[test]
fn who_backs_a_party_or_makes_its_arms_did_nothing() {
    check("Sudanese Armed Forces", &["قصفت مسيرات تركية تابعة للجيش السوداني سوقا في نيالا وقتلت خمسة."]);
    check("Houthis", &["مليشيا الحوثي المدعومة من إيران تقصف حيا سكنيا في تعز وتقتل طفلا."]);
    let missile = first("أطلق الحوثيون المدعومون من إيران صاروخا على مأرب فقتل ثلاثة.");
    assert_eq!(missile.launch_site, None);
}

#[test]
fn a_habit_names_nobody() {
    check_open(&[
        "قتل خمسة أشخاص في هجوم على قرية بولاية ديفا في النيجر، حيث تتكرر هجمات جماعة بوكو حرام.",
        "انفجرت عبوة ناسفة في مقديشو وقتلت جنديين، وعادة ما تستهدف حركة الشباب قوات الحكومة.",
        "أصيبت سفينة بصاروخ قبالة الحديدة، ومنذ 19 نوفمبر الماضي تشن جماعة الحوثي هجمات على السفن.",
    ]);
}

#[test]
fn small_words_may_stand_between_subject_and_verb() {
    check("Syrian government forces", &["كانت قوات النظام قد قصفت بلدة كفريا في إدلب الاثنين الماضي وقتلت خمسة."]);
    check("al-Shabaab", &["قال الجيش إن حركة الشباب هي التي نفذت التفجيرين في مقديشو أمس وقتل فيهما ثمانية."]);
    check("Boko Haram", &["قتل ثمانية أشخاص في هجوم شنّه متطرفو جماعة بوكو حرام على قرية قرب مايدوغوري."]);
}

#[test]
fn men_who_are_believed_to_be_of_a_party_accuse_it() {
    for text in [
        "أصيب عنصران بهجوم بعبوة ناسفة في البصيرة، نفّذته خلايا يُعتقد أنها من تنظيم الدولة الإسلامية (داعش).",
        "قتل شرطي في الرمادي برصاص مسلحين يعتقد أنهما من تنظيم داعش.",
    ] {
        let found = first(text);
        assert_eq!(found.perpetrator, None, "{text}");
        assert!(found.blamed_on.iter().any(|b| b.actor.starts_with("Islamic State")), "{text}: {:?}", found.blamed_on);
        assert_ne!(found.epistemic, Epistemic::Suspected, "{text}");
    }
}

#[test]
fn escorts_owners_and_planters() {
    check(
        "Israeli settlers",
        &["مستوطنون بحماية قوات الاحتلال أطلقوا الرصاص الحي على مزارعين في بلدة ترمسعيا وأصابوا اثنين."],
    );
    check("Rapid Support Forces", &["قتل رجل في هجوم شنته قوة تتبع للدعم السريع على قرية في الجزيرة أمس."]);
    check("Houthis", &["قتل طفل بانفجار لغم أرضي زرعته ميليشيات الحوثي في مديرية التحيتا أمس."]);
    check("Houthis", &["أصيب راع بانفجار لغم من مخلفات مليشيا الحوثي في حيس."]);
    check("Criminal gangs", &["أقدم عدد من المهربين وتجار السلاح على خطف رجل في بريتال أمس."]);
    check("Islamic State", &["خطف تنظيم ”داعش“ اليوم ثلاثة مدنيين من الرطبة."]);
    check_open(&["استهدفت القوات الأمنية عبوة ناسفة جنوب بعقوبة وجرح اثنان."]);
}

#[test]
fn the_coalition_of_the_country_and_its_next_strikes() {
    let document = document(
        "شن طيران التحالف غارة على سوق في باقم بصعدة وقتل سبعة. وأوضح المصدر أن غارتين استهدفتا منطقة الملاحيط بمديرية الظاهر.",
        Some(date(2022, 5, 5)),
    );
    let reading = Reader::new(&RES).expect("the word lists are there").read(document);
    let strikes = reading.incidents.iter().filter(|i| i.event_type() == EventType::AirStrike);
    let named: Vec<_> = strikes.map(|i| i.perpetrator.as_ref().map(|p| p.value().clone())).collect();
    assert!(named.iter().all(|p| p.as_deref() == Some("Saudi-led Coalition (Yemen)")), "{named:?}");
    // Where two fly, it stays open.
    let two = "قصفت طائرات روسية سرمين وقتلت اثنين. وشنت طائرات النظام غارة على بنش. وتعرضت معرة النعمان لغارة جوية.";
    let reading = Reader::new(&RES).expect("the word lists are there").read(common::document(two, None));
    assert_eq!(reading.incidents.last().and_then(|i| i.perpetrator.clone()), None);
}

/// The doers of all incidents in order, "?" where it is open.
fn doers(text: &str) -> Vec<String> {
    let reading = Reader::new(&RES).expect("the word lists are there").read(document(text, Some(date(2022, 5, 5))));
    reading.incidents.iter().map(|i| i.perpetrator.as_ref().map_or("?".to_string(), |p| p.value().clone())).collect()
}

#[test]
fn fire_that_goes_on_is_that_of_whoever_opened_it() {
    let army = "Syrian government forces (Assad, to December 2024)";
    for text in [
        "قصفت قوات النظام بالمدفعية بلدة كنصفرة وجرحت رجلا. كما طال القصف قرية بينين دون إصابات.",
        "أصيب ثلاثة بقصف مدفعي لقوات النظام على سرمين. واستهدف قصف مماثل بلدة النيرب شرق إدلب.",
        "قصفت قوات النظام بالصواريخ قرية دير سنبل. وأضاف المراسل أن قصفا مماثلا استهدف بلدة بنش.",
    ] {
        assert_eq!(doers(text), [army, army], "{text}");
    }
    // Whom it met did not open it, and of another day is another fire.
    let met = "قصفت قوات النظام بالمدفعية بلدة كنصفرة وجرحت رجلا. وطال القصف مواقع قوات النظام في جورين.";
    assert_eq!(doers(met), [army, "?"]);
    let shared = "قصف الجيش التركي قرية في ريف تل تمر وجرح رجلا. كما طال القصف ناحية زركان، من بينها مواقع مشتركة بين \"قسد\" والنظام، حيث قصف قرى خضراوي.";
    assert!(doers(shared).iter().all(|d| d == "Turkish forces"), "{:?}", doers(shared));
}

#[test]
fn who_answers_with_fire_did_that() {
    let answer = "قتل رجل في مدينة الأتارب أمس. وردت المدفعية التركية بقصف مواقع في بلدة العريمة.";
    assert_eq!(doers(answer), ["?", "Turkish forces"]);
    check_open(&["قتل جنديان بقذائف هاون سقطت قرب البوابة ورد الجيش التركي بقصف مصادر النيران."]);
}

#[test]
fn means_stations_and_quotes_between_act_and_doer() {
    check(
        "Syrian government forces",
        &[
            "أصيبت امرأة إثر استهداف قوات النظام، بالرشاشات الثقيلة، قرية النيرب شرق إدلب.",
            "قتل رجل جراء استهداف قوات النظام بصاروخ موجه لسيارة مدنية في قرية كفرنوران.",
            "أصيب رجلان بقصف مدفعي وصاروخي لـ قوات النظام السوري على سرمين.",
            "قوات النظام المتمركزة في معسكر جورين، قصفت بالمدفعية الثقيلة بلدة القرقور وجرحت طفلا.",
            "عشرة قتلى في مجزرة جديدة للنظام في مدينة إدلب.",
        ],
    );
    check("Hayat Tahrir al-Sham", &["استهدف قصف صاروخي من \"هيئة تحرير الشام\" مواقع في كفرنبل."]);
    check_open(&["استهداف قوات النظام بعبوة ناسفة في مدينة نوى وجرح جنديين."]);
    let raids = "شنت الطائرات الحربية الروسية غارات جوية على ريف إدلب وقتلت اثنين، تزامنا مع قصف مدفعي لقوات النظام على ريف حلب.";
    assert!(doers(raids).iter().any(|d| d.starts_with("Syrian")), "{:?}", doers(raids));
}

#[test]
fn an_army_of_occupation_is_the_one_that_the_text_names_in_full() {
    let text = "قصف جيش الاحتلال التركي قرى كوباني أمس. وقتل جيش الاحتلال مدنيا بغارة على قرية صفيان.";
    assert!(doers(text).iter().all(|d| d == "Turkish forces"), "{:?}", doers(text));
}
