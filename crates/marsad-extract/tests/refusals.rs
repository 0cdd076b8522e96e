//! Which words of violence tell no attack? Sentences are our own.

mod common;

use common::document;
use jiff::civil::date;
use marsad_extract::Reader;
use marsad_lang::Resources;
use marsad_model::*;
use std::sync::LazyLock;

static RES: LazyLock<Resources> =
    LazyLock::new(|| Resources::load(&marsad_lang::testing::files()).expect("the data loads"));

fn types(text: &str) -> Vec<EventType> {
    let document = document(text, Some(date(2024, 5, 16)));
    let reading = Reader::new(&RES).expect("the word lists are there").read(document);
    reading.incidents.iter().map(Incident::event_type).collect()
}

#[track_caller]
fn none(texts: &[&str]) {
    for text in texts {
        assert_eq!(types(text), vec![], "{text}");
    }
}

#[track_caller]
fn told(texts: &[&str]) {
    for text in texts {
        assert_eq!(types(text).len(), 1, "{text}");
    }
}

#[test]
fn what_goes_on_over_months_is_no_attack_of_a_day() {
    none(&[
        "وتشن القوات الحكومية منذ يوليو هجوما واسعا على الحركة في إقليم هيران.",
        "ويعلن الجيش بشكل شبه يومي مقتل عشرات المسلحين في غارات على مدينة مأرب.",
    ]);
    told(&["شنت القوات الحكومية أمس هجوما واسعا على مواقع الحركة في مدينة بلدوين وقتل جنديان."]);
}

#[test]
fn the_wounded_are_no_number_of_blasts() {
    told(&["قالت السلطات إن ثلاثين شخصا قتلوا وأصيب 150 بتفجير انتحاري في مسجد في بغداد أثناء صلاة الجمعة."]);
}

#[test]
fn the_victims_of_an_accident_are_told_of_later() {
    none(&[
        "قتل عشرة ركاب في حادث اصطدام شاحنة قرب مدينة الكوت. وقال مصدر إن من بين الذين قضوا في الحادث طفلين، فيما أصيب 31 شخصا.",
        "أدى اندلاع حريق هائل داخل مركز تجاري في مدينة الكوت إلى مصرع 40 شخصا وإصابة 12 آخرين.",
        "قتل 30 شخصا في انفجار منجم ذهب في غرب بوركينا فاسو.",
    ]);
    told(&["قتل أربعة عمال في هجوم شنه مسلحون على منجم ذهب في شمال بوركينا فاسو."]);
    told(&["قتل جنديان من قوات الصاعقة في هجوم شنه مسلحون على حاجز في مدينة العريش."]);
}

#[test]
fn habits_and_lasting_states_are_no_attack_of_a_day() {
    none(&[
        "ومن وقت إلى آخر تشتبك قوات الجانبين قرب بلدة الفشقة.",
        "وعادة ما يقتل العشرات في كل غارة على قرى أبيي.",
        "نزح سكان القرية التابعة لقضاء العمادية عن بيوتهم بسبب الاشتباكات المستمرة بين الجيش والمسلحين.",
    ]);
    told(&["نزح سكان القرية بعد اشتباكات اندلعت أمس بين الجيش ومسلحين في مدينة العمادية."]);
}

#[test]
fn a_charge_names_an_attack_and_tells_none() {
    none(&[
        "قضت محكمة في البصرة بإعدام ثلاثة رجال لتورطهم في تفجير سيارة مفخخة.",
        "قال الضابط إن المتفجرات المجمعة سيتم تفجيرها الأحد في واد قرب مدينة درنة.",
    ]);
    told(&["اعتقلت الشرطة رجلين لتورطهما في تفجير سيارة مفخخة في مدينة الصدر أمس أدى إلى مقتل عشرة أشخاص."]);
}

#[test]
fn a_burial_is_no_attack() {
    none(&["شيعت مدينة نابلس اليوم الجمعة سبعة شهداء ارتقوا جراء عدوان الاحتلال."]);
    told(&["شيعت مدينة نابلس شابا استشهد أمس برصاص الاحتلال قرب مخيم بلاطة."]);
}

#[test]
fn names_and_passengers_are_no_means() {
    assert_eq!(types("هاجم مسلحون أمس مقر التحالف بزعامة فلان الخنجر في بغداد."), vec![EventType::ArmedAttack]);
    assert_eq!(
        types("وقع الهجوم على مقر البعثة في مقديشو أمس قبل وصول طائرة الرئيس."),
        vec![EventType::AttackUnspecified]
    );
}

#[test]
fn cattle_are_raided_on_the_ground() {
    let raids = [
        "قتل 15 شخصا في غارة لسرقة الماشية نفذها شبان على قرية في جونقلي يوم الأحد.",
        "أغار مسلحون على معسكر للأبقار في ولاية واراب يوم الأحد وقتلوا 15 شخصا.",
    ];
    for text in raids {
        assert_eq!(types(text), vec![EventType::ArmedAttack], "{text}");
    }
    assert_eq!(types("نفقت عشرات الأبقار بغارة جوية على مزرعة في بلدة الخيام أمس."), vec![EventType::AirStrike]);
}

#[test]
fn a_report_of_months_breaks_down_its_count() {
    none(&[
        "وثق تقرير حقوقي مقتل 60 مدنيا في سوريا خلال شهر آب الماضي. وأضاف التقرير أن بين الضحايا امرأة وطفلا لقيا مصرعهما في درعا.",
        "قال مركز حقوقي إن الجيش قتل 126 مدنيا خلال 22 مداهمة في الضفة الغربية.",
        "كثف الجيش حملته منذ بداية الحرب في القطاع، مما أدى إلى استشهاد 1100 فلسطيني.",
        "قالت المنسقة إن حوادث تتعلق بالألغام أو المخلفات القابلة للانفجار وقعت في السودان، مما أسفر عن مقتل 18 شخصا منذ مطلع العام.",
    ]);
    told(&["قالت شبكة توثيق إن 60 مدنيا قتلوا خلال آب. وأمس الأربعاء قصفت طائرة سوقا في مدينة إدلب فقتلت ثلاثة."]);
}

#[test]
fn the_accused_the_foiled_and_the_crimes_of_a_family() {
    none(&[
        "ألقت الشرطة القبض على متهم بقتل تاجر داخل منزله في أم درمان أمس.",
        "أقدم رجل أمس على قتل زوجته داخل منزله في مدينة الحلة إثر خلافات عائلية.",
        "حكمت المحكمة على أربعة خططوا لخطف ضابط ثم مهاجمة مركز للشرطة في الكاف وقتل من فيه.",
    ]);
}

#[test]
fn a_drill_may_be_named_at_the_end() {
    none(&[
        "أطلقت إيران صواريخ بعيدة المدى على مجسم لقاعدة جوية أجنبية في صحراء سمنان وسط البلاد أمس ضمن مناورات تستمر ثلاثة أيام.",
    ]);
    told(&["استهدف الطيران أمس موقعا للتدريب غرب مدينة رفح بصاروخين دون إصابات."]);
}

#[test]
fn what_a_month_or_a_war_cost_is_no_attack() {
    none(&[
        "قالت البعثة إن حصيلة أكتوبر الماضي هي الأعلى: 1273 قتيلا و2010 جرحى في أعمال العنف، منهم 856 مدنيا قتلوا.",
        "وأحصت المنظمة مقتل أكثر من 500 مدني في الربع الأول من العام في مالي.",
    ]);
}
