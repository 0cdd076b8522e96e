//! What does one short report tell? Each line: a text, and its incidents in the
//! words of the field. Sentences are our own.

mod common;

use common::{document, number};
use jiff::civil::date;
use marsad_extract::Reader;
use marsad_lang::Resources;
use marsad_model::*;
use std::sync::LazyLock;

static RES: LazyLock<Resources> =
    LazyLock::new(|| Resources::load(&marsad_lang::testing::files()).expect("the data loads"));

/// Reads a text as the body of a page of Wednesday, 5 May 2021.
fn read(text: &str) -> Reading {
    let span = Span::new(0, text.chars().count() as u32);
    read_parts(text, vec![Segment { role: SegmentRole::Body, span }])
}

/// The same, each line a paragraph.
fn read_lines(text: &str) -> Reading {
    let mut at = 0;
    let line = |line: &str| {
        let span = Span::new(at, at + line.chars().count() as u32);
        at = span.end + 1;
        Segment { role: SegmentRole::Body, span }
    };
    read_parts(text, text.split('\n').map(line).collect())
}

fn read_parts(text: &str, segments: Vec<Segment>) -> Reading {
    let document = Document { segments, ..document(text, Some(date(2021, 5, 5))) };
    Reader::new(&RES).expect("the word lists are there").read(document)
}

/// `type@place day killed/wounded` of each incident.
fn told(text: &str) -> Vec<String> {
    let line = |i: &Incident| {
        let place = i.place.as_ref().map_or("?".to_string(), |p| p.id.as_deref().unwrap_or(&p.name_en).to_string());
        let day = i.date.exact_day().map_or("?".to_string(), |d| d.to_string());
        let c = &i.casualties;
        format!("{}@{place} {day} {}/{}", i.event_type().name(), number(&c.killed), number(&c.wounded))
    };
    read(text).incidents.iter().map(line).collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(told(text), expected, "{text}");
}

#[test]
fn one_report_one_incident() {
    check(
        "سقط صاروخا كاتيوشا على قاعدة عين الأسد مساء الثلاثاء من دون خسائر بشرية.",
        &["rocket_attack@iq/anbar/ain-al-asad 2021-05-04 none/none"],
    );
    check("قتل ثلاثة جنود وأصيب خمسة بعبوة ناسفة قرب الموصل اليوم الأربعاء.", &["ied@iq/nineveh/mosul 2021-05-05 3/5"]);
    check(
        "استهدفت طائرة مسيرة مفخخة مطار أبها الدولي أمس ولم ترد تفاصيل عن الإصابات.",
        &["drone_attack@sa/asir/abha-international-airport 2021-05-04 not-known/not-known"],
    );
}

#[test]
fn a_second_telling_is_the_same_incident() {
    let text = "انفجرت سيارة مفخخة في كركوك أمس فقتلت أربعة أشخاص. ووقع الانفجار قرب سوق. ولم تتبن أي جهة الهجوم.";
    check(text, &["car_bomb@iq/kirkuk/kirkuk 2021-05-04 4/?"]);
    assert_eq!(read(text).incidents[0].claimed_by.status, ResponsibilityStatus::ExplicitNoClaim);
}

#[test]
fn a_text_without_full_stops_is_read_to_its_end() {
    let told = "انفجرت عبوة ناسفة في الموصل الأحد وأصيب جندي ";
    let last = "وسقط صاروخا كاتيوشا على قاعدة عين الأسد مساء الثلاثاء دون خسائر بشرية";
    let text = format!("{}{last}", told.repeat(400));
    let last = read(&text).incidents.pop().expect("an incident");
    assert_eq!((last.event_type(), last.date.exact_day()), (EventType::RocketAttack, Some(date(2021, 5, 4))));
}

#[test]
fn silent_is_not_none() {
    check("قصفت مدفعية مجهولة بلدة تفتناز أمس.", &["shelling@sy/idlib/taftanaz 2021-05-04 ?/?"]);
    check("قصفت مدفعية مجهولة بلدة تفتناز أمس دون إصابات.", &["shelling@sy/idlib/taftanaz 2021-05-04 none/none"]);
    let damage_only = read("قصفت مدفعية مجهولة بلدة تفتناز أمس دون أضرار.");
    assert_eq!(number(&damage_only.incidents[0].casualties.killed), "?");
    assert_eq!(damage_only.incidents[0].damage.status, DamageStatus::ExplicitNone);
}

#[test]
fn two_days_and_two_places_in_one_sentence() {
    check(
        "وقعت هجمات صاروخية الأحد والاثنين على مطار بغداد الدولي وقاعدة بلد الجوية.",
        &[
            "rocket_attack@iq/baghdad/airport 2021-05-02 ?/?",
            "rocket_attack@iq/salah-al-din/balad-air-base 2021-05-03 ?/?",
        ],
    );
}

#[test]
fn what_is_only_referred_to_is_no_incident() {
    for text in [
        "بدأت المحكمة جلسات محاكمة المتهمين بالضلوع في اغتيال الوزير.",
        "قال النائب إن التحقيق في جريمة الاغتيال يجب أن يستمر حتى كشف الحقيقة.",
        "هل يمكن أن تقود مثل هذه التفجيرات إلى حرب أهلية في البلاد؟",
        "دان وزير الخارجية الهجوم الذي استهدف السفارة ودعا إلى ضبط النفس.",
        "ضرب زلزال مدمر المدينة فخلف دمارا كأنه قصف.",
        "ترفع هذه المواد احتمالات الإصابة بسرطان الرئة لدى النساء.",
        "نظمت النقابة مسيرة انطلقت من الساحة نحو مقر المحافظة للمطالبة بزيادة الأجور.",
    ] {
        check(text, &[]);
        assert!(read(text).not_incidents.len() <= 2, "{text}");
    }
}

#[test]
fn a_bare_report_is_an_incident_by_its_words() {
    // No day, no place, no toll: the sentence itself reports.
    assert_eq!(told("فجر انتحاري حزامه الناسف عند مدخل السوق الشعبي."), ["suicide_bombing@? ? ?/?"]);
    assert_eq!(told("ألقى ملثم قنبلة يدوية على واجهة المطعم دون أن تنفجر.").len(), 1);
}

#[test]
fn the_lines_of_a_list_are_stories_of_their_own() {
    let text = "أخبار اليوم\nقتيلان بانفجار عبوة ناسفة في كركوك\nقصف مدفعي على بلدة تفتناز\n\
                انفجار عبوة ناسفة بسيارة ومقتل سائقها\nغارة جوية على مدينة مأرب ومقتل ثلاثة\nأسعار الذهب اليوم";
    let reading = read_lines(text);
    let bombs = reading.incidents.iter().filter(|i| i.event_type() == EventType::Ied).count();
    assert_eq!(bombs, 2, "{:?}", reading.incidents.iter().map(|i| i.event_type()).collect::<Vec<_>>());
    assert!(reading.diagnostics.iter().any(|d| d.code == "listing"));
    // The same lines about one town are a report in short lines.
    let report =
        read_lines("انفجار في كركوك\nقتيلان بعبوة ناسفة في كركوك\nإصابة ثلاثة\nنقل الجرحى إلى المستشفى\nإغلاق الطريق");
    assert!(report.diagnostics.is_empty());
}

#[test]
fn words_cut_up_to_pass_a_filter_are_read() {
    check("مـ ـقتـ ـل ثلاثة مدنيين في غـ.ـارة على بلدة تفتناز أمس.", &["air_strike@sy/idlib/taftanaz 2021-05-04 3/?"]);
    let reading = read("قـ.ـصف مدفعي على بلدة تفتناز أمس");
    let text = &reading.document.text;
    let quoted =
        |e: &Evidence| text.chars().skip(e.span.start as usize).take(e.span.len() as usize).collect::<String>();
    assert!(quoted(&reading.incidents[0].event.evidence()[0]).starts_with("قـ.ـصف"));
}

#[test]
fn each_clause_has_its_own_place_and_toll() {
    check(
        "قتل جندي بانفجار لغم في تعز أمس، كما أصيب ثلاثة مدنيين بقصف مدفعي على مأرب.",
        &["mine_uxo@ye/taiz/taiz 2021-05-04 1/?", "shelling@ye/marib/marib 2021-05-04 ?/3"],
    );
}

#[test]
fn the_day_that_is_meant() {
    let day = |text: &str| told(text).join(" ").split(' ').nth(1).unwrap_or_default().to_string();
    for (text, expected) in [
        ("تدور اشتباكات بين الجيش ومسلحين في مدينة سبها منذ مساء أمس أدت إلى مقتل ثلاثة.", "2021-05-04"),
        ("قتل خمسة أشخاص باشتباك بين عائلتين في مدينة القامشلي يوم أمس الثلاثاء 4 أيار 2021.", "2021-05-04"),
        ("سقط، السبت 1 مايو 2021، عدد من السكان بين قتيل وجريح، جراء قصف صاروخي على مدينة مأرب.", "2021-05-01"),
        ("قتل 17 شخصا مساء أمس الثلاثاء في اشتباكات بمحافظة مايو-كبي الغربية في تشاد.", "2021-05-04"),
    ] {
        assert_eq!(day(text), expected, "{text} {:?}", told(text));
    }
    check(
        "نفذ الطيران غارة على بلدة عيتا الشعب أمس، وفي اليوم نفسه قصفت المدفعية بلدة يارون.",
        &["air_strike@lb/nabatieh/ayta-al-shaab 2021-05-04 ?/?", "shelling@lb/nabatieh/yaroun 2021-05-04 ?/?"],
    );
}

#[test]
fn the_day_of_an_announcement_gives_way() {
    let text = "أعلنت المديرية، فجر الأربعاء، مقتل مطلوبين اثنين في الرمثا. وقالت في بيان إن قوة أمنية داهمت مساء الثلاثاء موقعا هناك، وبادر المطلوبان بإطلاق النار عليها مما أدى إلى إصابة ثلاثة من أفرادها.";
    let days: Vec<_> = read(text).incidents.iter().map(|i| i.date.exact_day()).collect();
    assert_eq!(days, [Some(date(2021, 5, 4))], "{:?}", told(text));
    let text = "أعلنت الشرطة، الثلاثاء، مقتل ثلاثة بانفجار عبوة في كركوك.";
    assert_eq!(read(text).incidents[0].date.exact_day(), Some(date(2021, 5, 4)), "{:?}", told(text));
}

#[test]
fn a_row_of_places_is_an_attack_in_each_and_one_spot_is_one() {
    let count = |text: &str| told(text).len();
    for (text, expected) in [
        ("استهدف الطيران مدينة تلبيسة وقرى الفرحانية ودير فول والزعفرانة دون إصابات.", 4),
        ("قصفت طائرات بلدتي \"كفر نوران\" و\"العصعوص\" بالصواريخ.", 2),
        ("قصفت القوات قرى حربل وأم القرى وأم حوش بريف حلب.", 3),
        ("قتل شرطي بهجوم قرب مدينتي جاسم ونوى بريف درعا.", 1),
        ("قتل شرطي بهجوم بين بلدتي الشدادي ومركدة.", 1),
        ("قتل 30 في تفجير مسجدي بدر والحشوش بصنعاء.", 1),
    ] {
        assert_eq!(count(text), expected, "{text} {:?}", told(text));
    }
}

#[test]
fn sequence_phrases_count_back() {
    let got = told("استهدف صاروخان السفارة الأمريكية في بغداد الثلاثاء بعد أسبوع على سقوط صواريخ في مطار أربيل.");
    assert_eq!(got[1], "rocket_attack@iq/erbil/airport 2021-04-27 ?/?", "{got:?}");
}

#[test]
fn what_an_attack_was_is_no_earlier_attack() {
    let rockets = "سقط صاروخان على السفارة الأمريكية في بغداد الاثنين.";
    let was = "وكان هجوم الاثنين هو الثالث خلال أسبوع في العراق.";
    let said = "وكان المتحدث صرح الاثنين بأن بلاده تحمل الفصائل مسؤولية الهجوم.";
    let had = "وكان مسلحون قتلوا جنديا في تكريت السبت.";
    assert_eq!(told(&format!("{rockets} {was}")).len(), 1);
    assert_eq!(told(&format!("{rockets} {said}")).len(), 1);
    assert_eq!(told(&format!("{rockets} {had}")).len(), 2);
}

#[test]
fn news_behind_a_sentence_about_years_ago_is_news() {
    let got = told(
        "وتقاتل القوات التنظيم الذي سيطر على ثلث أراضي العراق في هجوم مفاجئ سنة 2014. وتعرضت شاحنات لانفجار عبوة ناسفة في البصرة.",
    );
    assert!(got.iter().any(|i| i.starts_with("ied@iq/basra/basra ?")), "{got:?}");
}

#[test]
fn a_time_between_commas_parts_nothing() {
    check(
        "أسقط الجيش السوداني، السبت، طائرة مسيرة تابعة لقوات الدعم السريع في مدينة الأبيض.",
        &["drone_attack@sd/north-kordofan/el-obeid 2021-05-01 ?/?"],
    );
    check(
        "قال مصدر أمني اليوم (الأربعاء) إن خمسة حراس قتلوا لدى انفجار سيارة ملغومة في طرابلس.",
        &["car_bomb@ly/tripoli-district-libya/tripoli-libya 2021-05-05 5/?"],
    );
}

#[test]
fn what_points_back_says_more_of_the_same() {
    let bomb = "قتل خمسة حراس بانفجار سيارة ملغومة شرق العاصمة الليبية طرابلس أمس.";
    check(
        &format!("{bomb} وذكر مصدر أن الانفجار استهدف نقطة تفتيش قرب مدينة الخمس."),
        &["car_bomb@ly/misrata-district/al-khums 2021-05-04 5/?"],
    );
    let claimed = read(&format!("{bomb} وتبع التفجير اشتباكات قصيرة. وتبنى تنظيم داعش الهجوم وقال إنه استهدف الحراس."));
    assert_eq!(claimed.incidents.len(), 1);
    assert_eq!(claimed.incidents[0].claimed_by.status, ResponsibilityStatus::Claimed);
}

#[test]
fn clashes_that_break_out_are_no_field_of_the_bomb_before() {
    check(
        "فجر مجهولون أمس سيارة مفخخة في طرابلس، فيما تجددت الاشتباكات بين القوات الحكومية والمسلحين قرب معبر رأس جدير وأصيب جنديان.",
        &[
            "car_bomb@ly/tripoli-district-libya/tripoli-libya 2021-05-04 ?/?",
            "armed_clash@ly/western-coast-libya/ras-ajdir-crossing 2021-05-04 ?/2",
        ],
    );
}

#[test]
fn an_adjective_ends_no_toll() {
    check("قتل رجل مسن وامرأة بقصف مدفعي على مأرب أمس.", &["shelling@ye/marib/marib 2021-05-04 2/?"]);
}

#[test]
fn the_dead_stand_before_their_verb() {
    check(
        "قال مصدر إن 3 أشخاص بينهم ضابط شرطة قتلوا في هجوم انتحاري في بعقوبة أمس.",
        &["suicide_bombing@iq/diyala/baquba 2021-05-04 3/?"],
    );
    check(
        "قالت الوزارة إن شابا فلسطينيا استشهد برصاص الاحتلال في جنين أمس.",
        &["armed_attack@ps/jenin/jenin 2021-05-04 1/?"],
    );
}

#[test]
fn another_matter_is_another_attack() {
    let shelled = "قتل مدني بقصف مدفعي على مدينة مأرب أمس.";
    let other = |opening: &str| told(&format!("{shelled} {opening} أصيب جنديان بقصف مدفعي على مدينة مأرب.")).len();
    assert_eq!((other("وفي حادث منفصل،"), other("في المقابل،"), other("وأضافت المصادر أنه")), (2, 2, 1));
}

#[test]
fn days_ago_is_another_attack() {
    let rockets = "سقطت ثلاثة صواريخ على مدينة مأرب أمس.";
    assert_eq!(told(&format!("{rockets} وقبل أيام، استهدف صاروخ منزلا في مأرب وقتل ثلاثة.")).len(), 2);
    assert_eq!(told(&format!("{rockets} وقبل ساعات، كانت المدينة هادئة وقتل ثلاثة في القصف.")).len(), 1);
}

#[test]
fn a_checkpoint_that_egypt_calls_an_ambush() {
    let reading = read("قتل خمسة عسكريين في هجوم على كمين للجيش في العريش أمس.");
    let target = reading.incidents[0].target.as_ref().and_then(|t| t.class.as_deref());
    assert_eq!(target, Some("checkpoint"));
    assert_eq!(told("قتل عاملان في انهيار نفق في رفح أثناء نقل متفجرات لتدميره."), Vec::<String>::new());
}

#[test]
fn the_dead_are_known_by_name() {
    let victims = |text: &str| {
        let incidents = read(text).incidents;
        let target = incidents[0].target.clone();
        target.iter().flat_map(|t| t.individuals()).map(str::to_string).collect::<Vec<_>>()
    };
    let both =
        "قتل قائد فيلق القدس قاسم سليماني ونائب رئيس الهيئة أبو مهدي المهندس بضربة من طائرة أمريكية قرب مطار بغداد.";
    assert_eq!(victims(both), ["Qassem Soleimani", "Abu Mahdi al-Muhandis"]);
    assert_eq!(victims("اغتال مسلحون قاسم سليماني في بغداد أمس."), ["Qassem Soleimani"]);
    assert_eq!(victims("قتل جنديان بقصف صاروخي على قاعدة في بغداد."), Vec::<String>::new());
}

#[test]
fn what_did_not_happen_is_no_incident() {
    for text in [
        "هددت الفصائل بقصف القواعد الأميركية في العراق.",
        "ما لن نفعله هو شن هجوم على المدينة.",
        "أجرى الجيش الإيراني مناورات أطلق خلالها صواريخ باليستية في مناورة قرب بوشهر.",
        "سجل المنتخب هدفا بتسديدة صاروخية في المباراة.",
        "تعرض المصرف لهجوم إلكتروني أمس.",
        "انفجرت أسطوانة غاز في منزل بالقاهرة فقتل شخصان.",
        "انفجر صاروخ سبيس إكس في الفضاء أمس.",
        "تنفي الوزارة وقوع انفجار في بغداد أمس.",
    ] {
        assert_eq!(told(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn attackers_are_counted_apart() {
    let reading = read("أصيب إسرائيليان في عملية طعن قرب رام الله أمس وقتل المنفذ.");
    let c = &reading.incidents[0].casualties;
    assert_eq!(
        (number(&c.killed), number(&c.wounded), number(&c.perpetrators_killed)),
        ("?".into(), "2".into(), "1".into())
    );
}

#[test]
fn pooled_and_bounded_tolls() {
    let pooled = read("مقتل وإصابة تسعة مدنيين بغارة جوية على صعدة أمس.");
    assert_eq!(number(&pooled.incidents[0].casualties.pooled), "9");
    check("قتل ما لا يقل عن 12 شخصا في غارات على غزة أمس.", &["air_strike@ps/gaza/gaza-city 2021-05-04 12+/?"]);
    check("ارتفع عدد قتلى التفجير في مقديشو أمس إلى 17.", &["explosion_unclear@so/banaadir/mogadishu 2021-05-04 17/?"]);
}

#[test]
fn munitions_by_their_fate() {
    let reading = read(
        "استهدفت قاعدة بلد بأربعة صواريخ كاتيوشا أمس، وتمكنت المنظومة من إسقاط ثلاثة منها فيما سقط الرابع قرب القاعدة.",
    );
    let m = &reading.incidents[0].munitions;
    assert_eq!((m.launched.value, m.intercepted.value, m.landed.value), (Some(4), Some(3), Some(1)));
    assert_eq!(reading.incidents[0].interception.status, InterceptionStatus::Partial);
}

#[test]
fn a_group_that_tells_of_its_own_men_claims() {
    let claimed = |text: &str| read(text).incidents[0].claimed_by.clone();
    let own = claimed("انفجرت سيارة مفخخة في الموصل أمس. وقال تنظيم الدولة الإسلامية إن عناصره نفذوا التفجير.");
    assert_eq!(own.status, ResponsibilityStatus::Claimed);
    assert_eq!(own.actor.as_deref(), Some("Islamic State (ISIS)"));
    let police = claimed("انفجرت سيارة مفخخة في الموصل أمس. وقالت الشرطة إن عناصرها هاجموا مخبأ للمسلحين.");
    assert_eq!(police.status, ResponsibilityStatus::Unknown);
}

#[test]
fn an_adjective_spelt_like_a_dual_counts_nothing() {
    let adjective = read("قصف صاروخي على قاعدة عسكرية في أربيل.");
    assert_eq!(adjective.incidents[0].munitions, Munitions::default());
    let dual = read("سقوط صاروخي كاتيوشا على أربيل.");
    assert_eq!(dual.incidents[0].munitions.landed.value, Some(2));
}

#[test]
fn lives_taken_and_deaths_behind_a_blast() {
    check("انفجار سيارة مفخخة في بنغازي أودى بحياة 34 شخصا.", &["car_bomb@ly/benghazi-district/benghazi ? 34/?"]);
    check("أودى انفجار لغم في تعز بحياة راع.", &["mine_uxo@ye/taiz/taiz ? 1/?"]);
    check("توفي رجلان وأصيب سبعة إثر سقوط قذيفة على متجر في جازان أمس.", &["shelling@sa/jazan/jazan 2021-05-04 2/7"]);
}

#[test]
fn the_launch_site_is_not_the_scene() {
    let reading = read("سقط صاروخان في محيط مطار بغداد الدولي أمس انطلقا من الرضوانية.");
    let i = &reading.incidents[0];
    assert_eq!(i.place.as_ref().and_then(|p| p.id.as_deref()), Some("iq/baghdad/airport"));
    assert!(i.launch_site.as_ref().is_some_and(|l| l.place_id.is_some()));
}

#[test]
fn claims_and_habits_are_kept_apart() {
    let claimed = read("تبنى تنظيم الدولة الإسلامية تفجيرا في كركوك أمس قتل فيه شرطيان.");
    assert_eq!(claimed.incidents[0].claimed_by.status, ResponsibilityStatus::Claimed);
    let habit = read("سقط صاروخ قرب السفارة الأمريكية أمس، وتتهم واشنطن بانتظام فصائل موالية لإيران بالهجمات.");
    assert!(habit.incidents[0].blamed_on.iter().all(|b| b.strength == BlameStrength::HabitualPattern));
    assert!(habit.incidents[0].perpetrator.is_none());
}

#[test]
fn counts_over_a_period_are_tallies() {
    let reading = read("منذ مطلع العام استهدف نحو 50 هجوما مصالح أميركية في العراق.");
    assert!(reading.incidents.is_empty());
    let tally = &reading.tallies[0];
    assert_eq!((tally.kind, tally.count.value, tally.from), (TallyKind::CountSince, Some(50), Some(date(2021, 1, 1))));
    let ordinal = read("سقط صاروخ على قاعدة بلد أمس، وهو الهجوم الثالث خلال ثلاثة أيام.");
    assert!(ordinal.tallies.iter().any(|t| t.kind == TallyKind::OrdinalInWindow && t.count.value == Some(3)));
}

#[test]
fn a_place_that_no_gazetteer_lists_keeps_its_name() {
    let reading = read("قصف مدفعي على قرية الزنبورية بريف إدلب أمس.");
    let place = reading.incidents[0].place.as_ref().expect("a place");
    assert_eq!((place.id.as_deref(), &*place.name_ar, &*place.country), (None, "الزنبورية", "SY"));
}

#[test]
fn the_derivation_is_written_only_when_asked_for() {
    let reader = Reader::new(&RES).expect("the word lists are there").explaining();
    let plain = read("سقط صاروخ على قاعدة بلد أمس.");
    assert!(plain.derivation.is_empty());
    let explained = reader.read(plain.document);
    assert!(explained.derivation.iter().any(|l| l.contains("triggers/")));
}

mod properties {
    use super::*;
    use proptest::prelude::*;

    const PIECES: [&str; 18] = [
        "سقط صاروخان",
        "على قاعدة عين الأسد",
        "قتل 5 أشخاص",
        "وأصيب آخرون",
        "في بغداد",
        "أمس الثلاثاء",
        "،",
        ". ",
        "\n",
        "وفق مصدر أمني",
        "دون خسائر",
        "«",
        "»",
        "بعد أسبوع على",
        "هجوم",
        "منذ مطلع العام",
        "نحو ثلاثين",
        "قُتِلَ طِفل",
    ];

    proptest! {
        #[test]
        fn spans_quote_the_text_and_the_reading_is_a_function(pieces in prop::collection::vec(0..PIECES.len(), 0..40)) {
            let text: String = pieces.iter().map(|i| PIECES[*i]).collect::<Vec<_>>().join(" ");
            let length = text.chars().count() as u32;
            let reading = read(&text);
            for i in &reading.incidents {
                prop_assert!(!i.event.evidence().is_empty());
                for e in i.mentions.iter().chain(i.event.evidence()).chain(&i.date.evidence).chain(&i.casualties.killed.evidence) {
                    prop_assert!(e.span.start < e.span.end && e.span.end <= length);
                }
            }
            prop_assert_eq!(reading, read(&text));
        }
    }
}

#[test]
fn a_life_lost_and_one_victim_before_the_verb() {
    check("فقدت امرأة حياتها وأصيب خمسة في قصف على تلعفر.", &["shelling@iq/nineveh/tal-afar ? 1/5"]);
    check("فقدان مدني لحياته وإصابة آخر بقصف على تلعفر", &["shelling@iq/nineveh/tal-afar ? 1/1"]);
    check("قال مسعفون إن مدنياً قتل إثر غارة على تلعفر.", &["air_strike@iq/nineveh/tal-afar ? 1/?"]);
    check("جريح بقصف مدفعي استهدف تلعفر", &["shelling@iq/nineveh/tal-afar ? ?/1"]);
    // Losing something else is no death.
    check("فقدت المدينة بريقها بعد قصف على تلعفر.", &["shelling@iq/nineveh/tal-afar ? ?/?"]);
}

#[test]
fn a_time_beside_the_verb_that_carries_out_dates_the_attack() {
    check(
        "نفذت قوات خاصة عملية في الرطبة فجر الثلاثاء، انتهت بمقتل شخصين بالرصاص.",
        &["armed_attack@iq/anbar/rutba 2021-05-04 2/?"],
    );
    // A market named for a weekday is no day.
    check("أصيب تاجر بقصف على سوق الخميس في تلعفر.", &["shelling@iq/nineveh/tal-afar ? ?/1"]);
}

#[test]
fn an_incident_without_a_place_lies_in_the_country_of_the_report() {
    check(
        "قتل ستة بسيارة ملغومة في مقديشو أمس. وفي 20 نيسان قتل عشرة بسيارة مفخخة أمام مبنى حكومي.",
        &["car_bomb@so/banaadir/mogadishu 2021-05-04 6/?", "car_bomb@so 2021-04-20 10/?"],
    );
}

#[test]
fn an_attack_with_kind_day_and_place_counts_in_whatever_clause() {
    let market = "ارتفع النفط اليوم إلى 70 دولارا. وصعد الذهب قليلا. وتراجعت الأسهم في آسيا. \
                  وعزا محللون القفزة إلى القلق على الإمدادات بعد أن هاجمت طائرة مسيرة أمس الثلاثاء ميناء رأس تنورة. \
                  ويجتمع الوزراء الشهر المقبل.";
    check(market, &["drone_attack@sa/eastern/ras-tanura 2021-05-04 ?/?"]);
}

#[test]
fn gunmen_are_who_did_it_and_make_it_an_armed_attack() {
    // Two gunmen and one officer: one dead.
    check("اغتال مسلحان ضابطا أمام منزله في كركوك أمس.", &["armed_attack@iq/kirkuk/kirkuk 2021-05-04 1/?"]);
    check("هاجم مسلحون مجهولون حاجزا في كركوك وقتلوا ثلاثة.", &["armed_attack@iq/kirkuk/kirkuk ? 3/?"]);
    // Without another victim the gunmen are the dead.
    check("قتل مسلحان في غارة قرب كركوك.", &["air_strike@iq/kirkuk/kirkuk ? 2/?"]);
}

#[test]
fn what_the_article_calls_bombardment_again_is_the_raid_told_before() {
    check(
        "أغارت طائرات حربية روسية على قرية الكندة بريف إدلب الغربي اليوم الأربعاء. وأكد مصدر طبي أن القصف أسفر عن إصابة 10 مدنيين.",
        &["air_strike@sy/idlib/kindah 2021-05-05 ?/10"],
    );
}

#[test]
fn a_toll_told_place_by_place_is_an_attack_in_each() {
    check(
        "استشهد سبعة فلسطينيين في خان يونس وثلاثة في رفح في غارات إسرائيلية اليوم الأربعاء.",
        &["air_strike@ps/khan-yunis/khan-yunis 2021-05-05 7/?", "air_strike@ps/rafah/rafah 2021-05-05 3/?"],
    );
    check(
        "أصيب رجل وابنه في الموصل ومدني آخر في تلعفر و5 مدنيين بينهم 3 أطفال في سنجار جراء قصف مدفعي.",
        &["shelling@iq/nineveh/mosul ? ?/2", "shelling@iq/nineveh/tal-afar ? ?/1", "shelling@iq/nineveh/sinjar ? ?/5"],
    );
}

#[test]
fn who_counts_among_the_dead_and_who_among_the_hurt() {
    let counts = |text: &str| {
        let reading = read(text);
        let c = &reading.incidents.first().unwrap_or_else(|| panic!("an incident in {text}")).casualties;
        format!("{}/{}", number(&c.killed), number(&c.wounded))
    };
    for (text, expected) in [
        ("استشهاد مواطن وإصابة عشرة آخرين في قصف جوي على سد تشرين", "1/10"),
        ("استشهد رجل وزوجته وأطفالهما الثلاثة بغارة على خان يونس", "5/?"),
        ("مقتل مدرس وشخص آخر وإصابة 12 بهجوم مسلح في دير الزور", "2/12"),
        ("وقال إن شخصا على الأقل قتل وأصيب ثلاثة آخرون جراء غارة جوية على جرابلس", "1+/3"),
        ("وكانت امرأة وثلاثة أطفال قد قُتلوا في قصف على إدلب", "4/?"),
        ("مقتل سوريين بقصف على إدلب", "some/?"),
        ("مقتل متعاقدين أجنبيين اثنين في هجوم على قاعدة بلد", "2/?"),
        ("أصيب أفراد أسرة واحدة في قصف على إدلب", "?/some"),
    ] {
        assert_eq!(counts(text), expected, "{text}");
    }
}

#[test]
fn a_year_of_attacks_gives_its_toll_to_none_of_them() {
    check(
        "استهدفت طائرة مسيرة مطار أربيل أمس ولم يصب أحد. وأدت هجمات هذا العام، بحسب الحصيلة ذاتها، إلى مقتل متعاقدين أجنبيين اثنين.",
        &["drone_attack@iq/erbil/airport 2021-05-04 none/none"],
    );
}

#[test]
fn what_is_shot_down_may_be_the_target() {
    check("أسقط الحوثيون طائرة أميركية مسيرة قبالة سواحل اليمن الثلاثاء.", &["aircraft_downed@ye 2021-05-04 ?/?"]);
    check(
        "اعترضت الدفاعات السعودية طائرة مسيرة مفخخة قرب أبها الثلاثاء.",
        &["drone_attack@sa/asir/abha 2021-05-04 ?/?"],
    );
}

#[test]
fn no_attack_at_all() {
    for text in [
        "أطلق عشرات الشبان الرصاص في الهواء في غزة اليوم ابتهاجا بنتائج الامتحانات.",
        "تدخل طاقم الطائرة لفض الاشتباك بين راكبين وهبطت في مطار إسطنبول اليوم.",
        "وصل جثمانا البحارين اللذين غرقا الأسبوع الماضي إلى مطار بيروت اليوم.",
        "نص الاتفاق على وقف جدي لإطلاق النار في إدلب اعتبارا من اليوم.",
        "وزعت الطائرات اليوم إنزالا جويا لمساعدات غذائية فوق شمال غزة.",
    ] {
        assert_eq!(told(text), [""; 0], "{text}");
    }
}

#[test]
fn more_kinds_of_attack() {
    check("ألقت مروحية أسطوانات غاز الكلور على اللطامنة أمس.", &["chemical@sy/hama/latamna 2021-05-04 ?/?"]);
    check("صد الجيش تعرضا لداعش على نقاطه في حوض العظيم أمس.", &["armed_clash@iq/diyala/udhaim 2021-05-04 ?/?"]);
    check("أغار مسلحون على بلدة الطارمية أمس وقتلوا ثلاثة مدنيين.", &["armed_attack@iq/baghdad/tarmiya 2021-05-04 3/?"]);
    check(
        "إصابة طفلين في انفجار قنبلة عنقودية من مخلفات قصف سابق قرب سرمين أمس.",
        &["mine_uxo@sy/idlib/sarmin 2021-05-04 ?/2"],
    );
    check("نفذت قوات التحالف إنزالا جويا قرب أطمة فجر الثلاثاء.", &["armed_attack@sy/idlib/atmeh 2021-05-04 ?/?"]);
}

#[test]
fn the_capital_without_its_name_is_that_of_the_country_of_the_report() {
    check("قال مصدر أمني عراقي إن عبوة انفجرت الأحد في العاصمة فقتل ثلاثة.", &["ied@iq/baghdad/baghdad 2021-05-02 3/?"]);
    check(
        "قتل جنديان في شبوة أمس. وانفجرت سيارة مفخخة شرقي العاصمة اليوم.",
        &["attack_unspecified@ye/shabwah 2021-05-04 2/?", "car_bomb@ye/amanat-al-asimah/sanaa 2021-05-05 ?/?"],
    );
    // Of which one nothing tells, and another that is named.
    check("قتل شخصان بانفجار عبوة في العاصمة أمس.", &["ied@? 2021-05-04 2/?"]);
    check("قتل شخصان بانفجار عبوة في العاصمة الكينية أمس، قالت الشرطة العراقية.", &["ied@ke/nairobi 2021-05-04 2/?"]);
}

#[test]
fn the_day_of_writing_before_a_sign_dates_nothing_where_another_day_is_told() {
    check("الوكالة 05/05/2021 – قتل ستة بقصف على تلعفر مساء أمس.", &["shelling@iq/nineveh/tal-afar 2021-05-04 6/?"]);
    check(
        "عمان 4 مايو 2021 / قتل ستة اليوم (الثلاثاء) بإطلاق مسلحين النار على مركز أمني في الكرك.",
        &["armed_attack@jo/karak/karak 2021-05-04 6/?"],
    );
    // The day of the stamp itself.
    check(
        "الأحد 2 أيار 2021 - أصيب ستة بقصف على تلعفر مساء اليوم الأحد.",
        &["shelling@iq/nineveh/tal-afar 2021-05-02 ?/6"],
    );
}

#[test]
fn the_day_since_which_nothing_was_like_it_dates_what_is_told_of_it() {
    check(
        "فجر انتحاري نفسه في الكرادة أمس فقتل خمسة. وهو الأكبر منذ 27 نيسان حين قتل تسعة بسيارة مفخخة في حي الدورة.",
        &["suicide_bombing@iq/baghdad/karrada 2021-05-04 5/?", "car_bomb@iq/baghdad/dora 2021-04-27 9/?"],
    );
    // The last day and night is no day of the month.
    check("قتل جندي بقصف على تلعفر في الساعات الأربع والعشرين الماضية.", &["shelling@iq/nineveh/tal-afar ? 1/?"]);
}

#[test]
fn the_bomber_who_acts_and_the_drone_that_destroys_tell_the_means() {
    check("استهدف انتحاري مسجدا وسط كركوك أمس فسقط 13 قتيلا.", &["suicide_bombing@iq/kirkuk/kirkuk 2021-05-04 13/?"]);
    check("هاجم المسلحون بالمسيرات أمس قاعدة عين الأسد.", &["drone_attack@iq/anbar/ain-al-asad 2021-05-04 ?/?"]);
    check("دمرت طائرة مسيرة مجهولة سيارة في سنجار أمس.", &["drone_attack@iq/nineveh/sinjar 2021-05-04 ?/?"]);
}

#[test]
fn two_verbs_of_harm_in_one_breath_share_what_stands_behind_the_second() {
    check(
        "قصف سلاح الجو أمس مطار زوارة، وقتل حارس وأصيب آخران مساء الأحد بقذائف هاون سقطت على ترهونة.",
        &[
            "air_strike@ly/western-coast-libya/zuwara 2021-05-04 ?/?",
            "shelling@ly/western-mountains/tarhuna 2021-05-02 1/2",
        ],
    );
}

#[test]
fn a_head_that_sums_up_attacks_dates_them() {
    check(
        "أوقعت ثلاث هجمات 18 قتيلا في العراق أمس: فجر انتحاري نفسه في حي الكرادة فقتل عشرة، وقتل ستة بعبوة في تلعفر.",
        &["suicide_bombing@iq/baghdad/karrada 2021-05-04 10/?", "ied@iq/nineveh/tal-afar 2021-05-04 6/?"],
    );
}

#[test]
fn a_province_or_a_country_behind_an_and() {
    check("وفي محافظة نينوى، قتل أربعة جنود أمس بانفجار عبوة.", &["ied@iq/nineveh 2021-05-04 4/?"]);
    check("وفي الأنبار قتل أربعة جنود أمس بانفجار عبوة.", &["ied@iq/anbar 2021-05-04 4/?"]);
}

#[test]
fn one_more_that_acts_has_the_means_of_the_first() {
    check(
        "سقطت مسيرة مفخخة أمس قرب مطار أربيل، واستهدفت أخرى قاعدة عين الأسد.",
        &["drone_attack@iq/erbil/airport 2021-05-04 ?/?", "drone_attack@iq/anbar/ain-al-asad 2021-05-04 ?/?"],
    );
}

#[test]
fn an_answer_with_fire_is_an_attack_of_its_own() {
    check(
        "أطلقت ثلاثة صواريخ أمس من جنوب لبنان على كريات شمونة. وردت المدفعية بقصف محيط بلدة كفرشوبا.",
        &["rocket_attack@il/northern/kiryat-shmona 2021-05-04 ?/?", "shelling@lb/nabatieh/kfar-shouba 2021-05-04 ?/?"],
    );
}

#[test]
fn camps_of_a_pair_are_two() {
    let found = told("قتل جنديان أمس في هجومين على معسكري التاجي والحبانية في العراق.");
    assert_eq!(found.len(), 2, "{found:?}");
    let found = told("استهدف الهجوم أمس قاعدة بلد في محافظة صلاح الدين، ومعسكري التاجي والحبانية.");
    assert_eq!(found.len(), 3, "{found:?}");
}

#[test]
fn parts_of_a_sum_have_its_means() {
    let found = told(
        "قتل 14 شخصا أمس في غارات للطيران على القطاع: تسعة في منزل بخان يونس، وخمسة في استهداف سيارة في دير البلح.",
    );
    let types: Vec<&str> = found.iter().filter_map(|line| line.split('@').next()).collect();
    assert_eq!(types, ["air_strike", "air_strike"], "{found:?}");
}

#[test]
fn for_whom_and_where_to_is_not_where() {
    check(
        "دعما لأهلنا في قطاع غزة استهدف المقاتلون أمس تجمعا للجنود قرب كريات شمونة بقذائف المدفعية.",
        &["shelling@il/northern/kiryat-shmona 2021-05-04 ?/?"],
    );
    let found = told("أطلق مهربون النار أمس على دورية في تعز فقتل جندي، وفر ثلاثة باتجاه صنعاء.");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("armed_attack@ye/taiz/taiz"), "{found:?}");
}

#[test]
fn a_city_that_only_condemns_is_no_scene() {
    let found = told("في مارس 2020 فجرت الحركة سيارتين ملغومتين عند مطعم وقتل عشرون شخصا. ودانت أنقرة الهجوم.");
    assert!(found.iter().all(|line| !line.contains("ankara")), "{found:?}");
}
