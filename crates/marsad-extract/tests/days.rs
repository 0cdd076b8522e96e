//! On which day was it, where the text counts from another day? Sentences are our own.

mod common;

use common::document;
use jiff::civil::{Date, date};
use marsad_extract::Reader;
use marsad_lang::Resources;
use std::sync::LazyLock;

static RES: LazyLock<Resources> =
    LazyLock::new(|| Resources::load(&marsad_lang::testing::files()).expect("the data loads"));

/// The days of the incidents of a page of Wednesday, 5 May 2021.
#[track_caller]
fn check(text: &str, expected: &[Date]) {
    let reading = Reader::new(&RES).expect("the word lists are there").read(document(text, Some(date(2021, 5, 5))));
    let days: Vec<_> = reading.incidents.iter().filter_map(|i| i.date.exact_day()).collect();
    assert_eq!(days, expected, "{text}");
    assert_eq!(reading.incidents.len(), expected.len(), "{text}");
}

#[test]
fn days_after_what_was_told() {
    check(
        "في 3 مارس 2020 قتل ستة جنود بكمين قرب كركوك. وبعد أربعة أيام من ذلك قتل مدنيان بانفجار عبوة في بعقوبة.",
        &[date(2020, 3, 3), date(2020, 3, 7)],
    );
    check(
        "في 3 مارس 2020 قتل ستة جنود بكمين قرب كركوك. وفي اليوم الموالي قتل مدنيان بانفجار عبوة في بعقوبة.",
        &[date(2020, 3, 3), date(2020, 3, 4)],
    );
    // «من» and an event lead back instead.
    check(
        "قتل مدنيان بانفجار عبوة في بعقوبة الاثنين، وذلك بعد يومين فقط من هجوم على حاجز في كركوك أودى بثلاثة جنود.",
        &[date(2021, 5, 3), date(2021, 5, 1)],
    );
}

#[test]
fn days_before_an_announcement() {
    check(
        "أعلن الجيش في الثاني من أبريل الماضي أنه قتل قياديا بغارة قبل ذلك بثلاثة أيام قرب مدينة الرقة.",
        &[date(2021, 3, 30)],
    );
}

#[test]
fn the_same_month_of_the_news_before() {
    check(
        "في 3 مارس 2020 قتل ستة جنود بكمين قرب كركوك. وفي 19 من الشهر نفسه قتل مدنيان بانفجار عبوة في بعقوبة.",
        &[date(2020, 3, 3), date(2020, 3, 19)],
    );
}

#[test]
fn the_day_of_a_burial_is_not_that_of_the_attack() {
    check(
        "شيع المئات اليوم في مدينة الحلة ضحايا انفجار وقع داخل مطعم. وكان الانفجار قد وقع ظهر أمس وأسفر عن مقتل سبعة أشخاص.",
        &[date(2021, 5, 4)],
    );
    check(
        "شيع الأهالي اليوم جثامين أربعة من أبناء البلدة قتلوا في غارة أمس الثلاثاء على بلدة الخيام.",
        &[date(2021, 5, 4)],
    );
    check("قتل سبعة أشخاص اليوم بقصف استهدف تشييع جنازة في مدينة الحلة.", &[date(2021, 5, 5)]);
}

#[test]
fn what_had_happened_before_is_another_only_where_it_is_not_the_attack_told() {
    check(
        "قتل سبعة أشخاص بانفجار سيارة في الحلة أمس. وكان الهجوم السابق قد وقع في الثاني من أبريل الماضي وقتل فيه شرطي.",
        &[date(2021, 5, 4), date(2021, 4, 2)],
    );
}

#[test]
fn a_dateline_and_a_day_to_come_date_no_attack() {
    check("الحلة، 5 مايو 2021 (وكالة الرافد) قتل شخصان بانفجار عبوة في الحلة مساء أمس.", &[date(2021, 5, 4)]);
    check("قتل شخصان بانفجار عبوة في الحلة أمس، قبل أيام من الانتخابات المقررة في 20 مايو الحالي.", &[date(2021, 5, 4)]);
}

#[test]
fn a_storming_has_the_day_of_its_victims() {
    check(
        "قتل خمسة أشخاص في هجوم على فندق في بيدوا أمس. وفي 9 فبراير 2019 اقتحم مسلحون مقهى في المدينة وقتل ستة مدنيين.",
        &[date(2021, 5, 4), date(2019, 2, 9)],
    );
}

#[test]
fn two_names_of_a_month_are_one() {
    check("في 30 نوفمبر تشرين الثاني 2020 أطلق مسلحان النار على حافلة في القدس فقتل أربعة.", &[date(2020, 11, 30)]);
}

#[test]
fn a_day_since_which_nothing_was_like_it() {
    check(
        "تعد هجمات الأحد الأعنف منذ الرابع من مارس (آذار)، حين هاجم متشددون معسكرا في غاو وقتلوا 27 جنديا.",
        &[date(2021, 3, 4)],
    );
    // When it broke out dates only what has gone on since then.
    check(
        "أطلقت أمس ثلاثة صواريخ على كريات شمونة، وهي المرة الثانية منذ اندلاع العنف في القطاع في الأول من مايو.",
        &[date(2021, 5, 4)],
    );
}

#[test]
fn the_day_after_is_counted_from_the_day_told() {
    check(
        "رفعت الشرطة الثلاثاء حالة التأهب غداة مقتل أربعة أشخاص في هجوم نفذه رجل بسكين في بئر السبع.",
        &[date(2021, 5, 3)],
    );
}

#[test]
fn the_day_of_the_blast_and_not_of_the_death() {
    check("توفي ملازم أمس متأثرا بانفجار لغم ليلة السبت في مدينة تعز.", &[date(2021, 5, 1)]);
}

#[test]
fn the_day_that_a_sum_gives_is_that_of_its_parts() {
    check(
        "قتل 22 شخصا منذ فجر الأربعاء في هجمات على مناطق متفرقة. ففي الجنوب أصاب قصف مدفعي خياما في خان يونس ما أدى إلى مقتل تسعة.",
        &[date(2021, 5, 5)],
    );
}

#[test]
fn the_day_of_the_page_before_the_news_is_not_that_of_the_news() {
    check("الأربعاء 05-05-2021 خطف مسلحون عشر طالبات من مدرسة في كادونا في هجوم الاثنين.", &[date(2021, 5, 3)]);
    check("الأربعاء 05-05-2021 قتل شرطي في هجوم على حاجز في كركوك.", &[date(2021, 5, 5)]);
}

#[test]
fn another_night_in_a_town_of_a_row() {
    check(
        "أصيب أربعة صباح اليوم بصاروخ سقط على أسدود، فيما سقط صاروخان على بئر السبع وعسقلان. والليلة الماضية أطلقت أربعة صواريخ على عسقلان.",
        &[date(2021, 5, 5), date(2021, 5, 5), date(2021, 5, 5), date(2021, 5, 4)],
    );
}

#[test]
fn an_uprising_is_called_after_its_day() {
    check("قتل جندي في قصف على حفل في صعدة أمس في ذكرى ثورة 26 سبتمبر 1962.", &[date(2021, 5, 4)]);
}

#[test]
fn the_stamp_of_a_page_is_not_the_day_of_another_weekday() {
    check(
        "الثلاثاء 04 مايو 2021 | أخبار | قال مصدر إن عشرة أصيبوا بانفجار في ديار بكر اليوم الأربعاء.",
        &[date(2021, 5, 5)],
    );
}

#[test]
fn hours_later_is_of_the_day_told_before() {
    check(
        "استهدف قصف مدفعي مخيما في أطراف إدلب صباح أمس فقتلت طفلتان، وبعد ساعات أغارت طائرات حربية على جسر الشغور موقعة ستة جرحى.",
        &[date(2021, 5, 4), date(2021, 5, 4)],
    );
    check(
        "هاجم مسلحون ثكنة في بلدة بلعد الجمعة وقتلوا أربعة جنود، وفي الوقت نفسه سقطت قذائف هاون على مطار مقديشو دون أن تسفر عن إصابات.",
        &[date(2021, 4, 30), date(2021, 4, 30)],
    );
}

#[test]
fn what_came_of_a_deed_is_of_its_day() {
    check("فتح زورق رشاشاته على قوارب الصيد فجر أمس، فأصيب صياد في غزة.", &[date(2021, 5, 4)]);
}

#[test]
fn a_day_told_in_words_of_its_own() {
    check("سقط صاروخان على حي في عفرين، والحصيلة جريحان. حدث ذلك ليل الاثنين.", &[date(2021, 5, 3)]);
    check("انفجر لغم بقارب في المخا فقتل ثلاثة صيادين، وكان ذلك عصر أمس الأول.", &[date(2021, 5, 3)]);
}

#[test]
fn courts_hospitals_and_funerals_do_not_take_the_day_of_the_attack() {
    check("اغتال مجهولون قاضيا في محكمة استئناف ميسان وسط مدينة العمارة مساء الاثنين.", &[date(2021, 5, 3)]);
    check("35 قتيلا، هذا ما أحصاه المستشفى بعد الغارات على خان يونس ليلة الاثنين.", &[date(2021, 5, 3)]);
    check("فجر انتحاري نفسه وسط مشيعين في جنازة بجلال آباد ظهر أمس فقتل تسعة.", &[date(2021, 5, 4)]);
    check("قتل جندي بنيران قناص في كفري يوم الأحد.", &[date(2021, 5, 2)]);
}

#[test]
fn fighting_that_flares_up_is_dated() {
    check(
        "عادت الاشتباكات إلى مخيم عين الحلوة في صيدا بين فصيلين مسلحين الاثنين وأدت إلى مقتل أربعة.",
        &[date(2021, 5, 3)],
    );
}

#[test]
fn the_next_day_wherever_it_stands() {
    check(
        "قتل 12 مدنيا بضربة على سوق قرب تمبكتو الأحد. وانفجرت عبوة ناسفة بدورية قرب موبتي في اليوم التالي.",
        &[date(2021, 5, 2), date(2021, 5, 3)],
    );
}
