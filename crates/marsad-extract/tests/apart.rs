//! Is it told once more, or is it another attack? Sentences are our own.

mod common;

use common::{document, number};
use jiff::civil::{Date, date};
use marsad_extract::Reader;
use marsad_lang::Resources;
use marsad_model::*;
use std::sync::LazyLock;

static RES: LazyLock<Resources> =
    LazyLock::new(|| Resources::load(&marsad_lang::testing::files()).expect("the data loads"));

/// `kind place killed/wounded` of each incident of a page.
fn told(text: &str, day: Option<Date>) -> Vec<String> {
    let reading = Reader::new(&RES).expect("the word lists are there").read(document(text, day));
    let line = |i: &Incident| {
        let place = i.place.as_ref().map_or("?", |p| p.id.as_deref().unwrap_or(&p.name_en));
        let casualties = &i.casualties;
        format!("{} {place} {}/{}", i.event.value().name(), number(&casualties.killed), number(&casualties.wounded))
    };
    reading.incidents.iter().map(line).collect()
}

fn on_wednesday(text: &str) -> Vec<String> {
    told(text, Some(date(2021, 5, 5)))
}

#[test]
fn a_while_later_is_another_attack() {
    let found = on_wednesday("قتل 21 شخصا في تفجير في الموصل. وبعد أسبوع، قتل 4 أشخاص في تفجير استهدف سوقا في بعقوبة.");
    assert_eq!(found, ["explosion_unclear iq/nineveh/mosul 21/?", "explosion_unclear iq/diyala/baquba 4/?"]);
    let found = on_wednesday(
        "أطلق مسلحون النار على دورية في بعقوبة فأصيب شرطيان. وبعدها بفترة وجيزة أطلق مسلحون الرصاص على حاجز في المقدادية ولم تقع إصابات.",
    );
    assert_eq!(found, ["armed_attack iq/diyala/baquba ?/2", "armed_attack iq/diyala/muqdadiya none/none"]);
}

#[test]
fn a_prayer_named_after_a_day_is_no_second_day() {
    let found = on_wednesday(
        "شهدت البلاد في 22 أبريل الماضي مقتل 21 مصليا حين فجر انتحاري نفسه خلال صلاة الجمعة بمسجد في الموصل.",
    );
    assert_eq!(found, ["suicide_bombing iq/nineveh/mosul 21/?"]);
}

#[test]
fn missiles_from_the_plane_are_of_its_strike() {
    let found = on_wednesday(
        "قتل 3 أشخاص في ضربة جوية نفذتها طائرة أميركية على منزل في مأرب. وقال مصدر إن الطائرة أطلقت ثلاثة صواريخ على المنزل في مأرب.",
    );
    assert_eq!(found.len(), 1, "{found:?}");
    let found = on_wednesday("قتل شخص في غارة إسرائيلية على بلدة الخيام. وأطلق حزب الله 3 صواريخ على كريات شمونة.");
    assert_eq!(found.len(), 2, "{found:?}");
}

#[test]
fn a_source_tells_the_news_of_the_lead_once_more() {
    // The village is on no map, and as many are dead.
    let found = on_wednesday(
        "قتل شخصان وأصيب ثالث بانفجار عبوة ناسفة في مدينة الموصل. وقال مصدر أمني إن عبوة كانت مزروعة على الطريق في قرية الكنيطرية انفجرت وأدت إلى مقتل اثنين وإصابة آخر.",
    );
    assert_eq!(found.len(), 1, "{found:?}");
    // The town of the lead says where the quarter lies.
    let found = on_wednesday(
        "أصيب عدد من الأشخاص بنزاع عشائري شرق العمارة. وقال مصدر إن نزاعا عشائريا اندلع في منطقة الشموط شرق العمارة أدى إلى مقتل 6 أشخاص وإصابة 2.",
    );
    assert_eq!(found.len(), 1, "{found:?}");
    // Dead and wounded together, then each.
    let found = on_wednesday(
        "مقتل وإصابة 8 أشخاص بنزاع عشائري في العمارة. واندلع نزاع عشائري في قرية الشموط أدى إلى مقتل 6 أشخاص وإصابة 2 آخرين.",
    );
    assert_eq!(found, ["armed_clash iq/maysan/amara 6/2"]);
}

#[test]
fn what_is_hit_too_is_another() {
    let found = on_wednesday(
        "قتل مدنيان بقصف طائرات تركية استهدف سيارة في قضاء سنجار. واستهدفت الطائرات أيضا موقعا في قرية بقضاء سنجار ولم تعرف أعداد الضحايا.",
    );
    assert_eq!(found.len(), 2, "{found:?}");
    let found = on_wednesday(
        "اعتدى مستوطنون اليوم على مزارعين في بلدة دير نظام فأصيب ثلاثة. كما هاجم مستوطنون قاطفي الزيتون في قرية كوبر.",
    );
    assert_eq!(found.len(), 2, "{found:?}");
}

#[test]
fn two_provinces_days_or_tolls_are_two_attacks() {
    let found = told(
        "مقتل 5 بانفجار في أفغانستان. قتل 5 شرطيين بانفجار في إقليم كونر. وقال قائد الشرطة إن هجوما بسيارة مفخخة استهدف مركزا في إقليم قندهار وأصاب 7.",
        None,
    );
    assert_eq!(found.len(), 2, "{found:?}");
    let found = told(
        "واليوم، أصيب أربعة جنود بانفجار عبوة ناسفة في مديرية مودية. وأمس الأربعاء، قتل جندي بانفجار عبوة ناسفة في مديرية مودية.",
        None,
    );
    assert_eq!(found.len(), 2, "{found:?}");
}

#[test]
fn what_an_attack_began_with_names_it() {
    let found = on_wednesday(
        "قتل ضابط في هجوم على فندق في مقديشو. وبدأ الهجوم بسيارة مفخخة تلاها اشتباك بين المهاجمين والشرطة.",
    );
    assert_eq!(found, ["car_bomb so/banaadir/mogadishu 1/?"]);
    // One of many weapons does not.
    let found = on_wednesday("هاجم مسلحون مقر الشرطة في كركوك بأسلحة مختلفة بينها قذائف هاون فقتل شرطي.");
    assert_eq!(found, ["armed_attack iq/kirkuk/kirkuk 1/?"]);
}

#[test]
fn who_storms_a_village_shoots_and_burns_in_one_go() {
    let found = on_wednesday(
        "قتل 20 مدنيا في هجوم مسلح على سوق في الموصل أمس. وقال شاهد إن المسلحين حاصروا السوق وأطلقوا النار على الباعة، ثم أضرموا النار في المحال والسيارات.",
    );
    assert_eq!(found, ["armed_attack iq/nineveh/mosul 20/?"]);
    let found = on_wednesday(
        "قتل 20 مصليا في تفجير انتحاري داخل كنيسة في الموصل أمس. وقال ضابط إن رجلا دخل وأطلق النار على الحاضرين ثم فجر نفسه. وأورد المرصد حصيلة من 25 قتيلا.",
    );
    assert_eq!(found, ["suicide_bombing iq/nineveh/mosul 20-25/?"]);
    // In another town it is another attack.
    let found = on_wednesday(
        "قتل 20 مدنيا في هجوم مسلح على سوق في الموصل أمس. وأضرم مسلحون النار في منازل في قرية تل عبطة أمس وأصيب ثلاثة.",
    );
    assert_eq!(found.len(), 2, "{found:?}");
}

#[test]
fn the_missiles_are_those_of_the_strike() {
    let found = on_wednesday(
        "أعلن الجيش مقتل جنديين في عدوان جوي برشقات من الصواريخ على مطار دمشق أمس. لكن المرصد تحدث عن أربعة قتلى، وقال إن الصواريخ أصابت أيضا مستودعا.",
    );
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].ends_with("2-4/?"), "{found:?}");
}

#[test]
fn an_attack_that_never_will_be_is_none() {
    let found = on_wednesday(
        "قتل 9 أشخاص في تفجير في الموصل أمس. وقال المحافظ إن المسلحين لن يتمكنوا بعون أهلها من شن هجوم آخر في المدينة.",
    );
    assert_eq!(found, ["explosion_unclear iq/nineveh/mosul 9/?"]);
}

#[test]
fn a_source_says_by_what_means_it_was() {
    let found = on_wednesday(
        "قتل أربعة جنود وأصيب تسعة في قصف إسرائيلي استهدف مصياف أمس. وقال مصدر عسكري إن العدو نفذ عدوانا جويا برشقات من الصواريخ استهدفت نقاطا عدة.",
    );
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].ends_with("4/9"), "{found:?}");
}

#[test]
fn houses_burn_in_the_attack_on_the_village() {
    let found =
        on_wednesday("هاجم مسلحون قرية تل عبطة أمس وأطلقوا النار على أهلها، وأحرقوا منازل. وتحدث مصدر عن سبعة قتلى.");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("armed_attack") && found[0].ends_with("7/?"), "{found:?}");
}

#[test]
fn fire_that_answers_is_another_attack() {
    let found = on_wednesday(
        "تعرضت قرية كفرتعال في ريف حلب الغربي أمس لقصف مدفعي من قوات النظام ما أدى إلى مقتل رجل. وردت الفصائل باستهداف مواقع النظام في بلدة أورم الكبرى بقذائف المدفعية.",
    );
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].contains("kafr-taal 1/?"), "{found:?}");
}

#[test]
fn what_another_party_does_meanwhile_is_another_attack() {
    let found = on_wednesday(
        "ارتكبت قوات النظام صباح اليوم مجزرة في بلدة تفتناز، فيما أغارت طائرات روسية على بلدة البارة وأصيب فيها طفل.\n\
         وقتل ثلاثة أطفال وأمهم في المجزرة التي ارتكبتها قوات النظام بقصف مدفعي على بيوت في تفتناز.",
    );
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.iter().any(|f| f.starts_with("shelling sy/idlib/taftanaz 4/")), "{found:?}");
}

#[test]
fn other_dead_and_other_wounded_in_another_town() {
    let found = on_wednesday(
        "في داقوق جنوب كركوك قتل 12 شرطيا وجرح 64 بانفجار سيارة مفخخة اليوم. وفي كركوك نفسها انفجرت أربع سيارات مفخخة فقتل شخص وأصيب عشرون.",
    );
    assert_eq!(found.len(), 2, "{found:?}");
}

#[test]
fn each_quarter_with_its_bomb_and_its_victims_is_an_attack() {
    let found = on_wednesday(
        "استشهد ثلاثة وجرح 16 أمس بسيارتين مفخختين في حي العبيدي ببغداد، وقُتل شخص وأصيب خمسة بسيارة مفخخة في الباب الشرقي. كما قتل مسلحون مدنياً بنيرانهم في الكمالية، وأصيب ثلاثة بعبوة ناسفة في جميلة.",
    );
    let tolls: Vec<&str> = found.iter().filter_map(|f| f.split(' ').next_back()).collect();
    assert_eq!(tolls, ["3/16", "1/5", "1/?", "?/3"], "{found:?}");
    // What the police found there is of the same blast.
    let found =
        on_wednesday("قتل ثلاثة بسيارة مفخخة في حي العبيدي ببغداد أمس، وعثرت الشرطة على سيارة أخرى في الباب الشرقي.");
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn a_second_attack_on_the_dam_and_one_days_before() {
    let found = on_wednesday(
        "تعرض سد مروي في السودان لهجومين بطائرات مسيرة أمس. وقالت الفرقة إنها تصدت لهجوم بمسيرات على السد عند الثالثة بعد الظهر. وقال سكان إن السد تعرض لهجوم ثان بالمسيرات مساء اليوم نفسه. وجاء ذلك بعد ثلاثة أيام من قصف مماثل ألحق أضراراً بالسد.",
    );
    assert_eq!(found.len(), 3, "{found:?}");
}

#[test]
fn the_last_attack_of_weeks_ago_is_not_the_news() {
    let found = on_wednesday(
        "فجر انتحاري سيارة مفخخة الأحد في مدينة أجدابيا فقتل أربعة. وكان آخر هجوم قبل ثلاثة أسابيع حين أصاب انتحاري خمسة أشخاص جنوب أجدابيا.",
    );
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[1].ends_with("?/5"), "{found:?}");
}

#[test]
fn who_died_when_a_bus_was_shot_at_in_a_month_died_in_one_attack() {
    let found = on_wednesday(
        "قتل خمسة أشخاص الأحد حين فتح مسلحون النار على حافلة في محافظة نينوى. وفي مارس الماضي قتل 12 وأصيب 20 حين أطلق مسلحون النار على سيارة نقل في المكان نفسه.",
    );
    assert_eq!(found, ["armed_attack iq/nineveh 5/?", "armed_attack iq/nineveh 12/20"]);
}

#[test]
fn what_was_the_day_before_the_news_of_a_sentence() {
    let found = on_wednesday(
        "بعد يوم من مقتل أربعة شرطيين بهجوم على نقطة في ناحية الرشاد، نفذت طائرات عراقية الإثنين ضربتين على كهف في وادي الشاي جنوب كركوك وقتلت ثلاثة إرهابيين.",
    );
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.iter().any(|f| f.ends_with(" 4/?")), "{found:?}");
}

#[test]
fn another_bomb_in_the_same_province_and_an_attack_minutes_later() {
    let found = on_wednesday(
        "في محافظة بابل فجّر انتحاري أمس حزاماً ناسفاً وسط المصلين فقتل ثلاثة، وأدت سيارة مفخخة في المحافظة نفسها إلى مقتل 6 وإصابة 20.",
    );
    assert_eq!(found, ["suicide_bombing iq/babil 3/?", "car_bomb iq/babil 6/20"]);
    let found = on_wednesday(
        "وفي 31 آذار الماضي أُلقيت قنبلة على مصلين في مدينة نيروبي فسقط قتيل و15 جريحاً، وبعدها بدقائق أوقع هجوم على مطعم بمدينة مومباسا ثلاثة جرحى.",
    );
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("grenade") && found[1].ends_with("?/3"), "{found:?}");
}

#[test]
fn what_went_with_it_is_of_its_day_in_each_town_of_a_row() {
    let found = on_wednesday(
        "ألقت مروحيات براميل على قرية كنصفرة أمس. وتزامن ذلك مع غارات للطيران الحربي على بنش وجسر الشغور.",
    );
    assert_eq!(found.len(), 3, "{found:?}");
}

#[test]
fn one_front_lies_between_two_quarters() {
    let found =
        on_wednesday("سقط أربعة قتلى و27 جريحاً في المواجهات بين منطقتي التبانة وجبل محسن في طرابلس بشمال لبنان أمس.");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].ends_with("4/27"), "{found:?}");
}

#[test]
fn who_died_by_another_name_died_elsewhere() {
    let page = "قتل الشاب شاهر بندر العكرمي برصاص مجهولين في درعا أمس. وقتل الشاب لؤي نعمان الزوبي برصاص مجهولين في ريف درعا أمس.";
    assert_eq!(on_wednesday(page).len(), 2);
    let once = "قتل الشاب شاهر بندر العكرمي برصاص مجهولين في درعا أمس. وقتل الشاب شاهر العكرمي وهو عائد إلى منزله في درعا أمس.";
    assert_eq!(on_wednesday(once).len(), 1);
}

#[test]
fn a_day_that_leads_a_telling_is_its_own() {
    let page = "لقي 12 مدنيا حتفهم في هجوم على قرية في شمال بوركينا فاسو. والإثنين قتل ستة في هجوم على قرية أخرى في بوركينا فاسو.";
    assert_eq!(on_wednesday(page).len(), 2);
    let page = "قتل تسعة في هجوم على فندق في مقديشو. وتكثف الحركة هجماتها في المدينة، ففي 22 نيسان قتل خمسة في تفجير انتحاري قرب الميناء في مقديشو.";
    assert_eq!(on_wednesday(page).len(), 2);
    let page = "أصيب ثلاثة بانفجار لغم في درعا. يذكر أن المدينة شهدت الشهر الماضي تفجيرا أودى بحياة سبعة أشخاص.";
    assert_eq!(on_wednesday(page).len(), 2);
}

#[test]
fn one_of_many_attacks_is_told_by_itself() {
    let found = on_wednesday("شهدت البلاد غارات متكررة، كان أبرزها اغتيال قيادي في منطقة السيدة زينب بريف دمشق.");
    assert_eq!(found, ["attack_unspecified sy/rif-dimashq/sayyida-zaynab 1/?"]);
    // Of the day of the series.
    let found = on_wednesday("شهدت بغداد سلسلة تفجيرات أمس، أعنفها تفجير سيارة مفخخة في الكرادة أسفر عن مقتل 12 شخصا.");
    assert_eq!(found, ["car_bomb iq/baghdad/karrada 12/?"]);
}

#[test]
fn those_who_came_to_an_attack_were_hit_by_another() {
    let page = "اغتال مسلحون شرطيا في حي العامل غربي بغداد أمس. وانفجرت سيارة مفخخة لدى وصول دورية إلى المكان فقتلت شخصا وجرحت أربعة.";
    assert_eq!(on_wednesday(page).len(), 2);
    let twin = "انفجرت سيارتان أمام مسجد في بنغازي أمس ما أودى بحياة 34 شخصا. وانفجرت الثانية بعد وصول المسعفين.";
    assert_eq!(on_wednesday(twin).len(), 1);
}

#[test]
fn on_another_matter_a_strike_without_a_toll_is_another() {
    let page = "قتل خمسة في غارة على مبنى في وسط طهران أمس. من جهة أخرى، طالت ضربة مقر الشرطة في وسط طهران أمس.";
    assert_eq!(on_wednesday(page).len(), 2);
    let page = "قتل ثلاثة بقصف طائرة على عين زارة أمس. كذلك أفاد مصدر بمقتل عنصرين وجرح أربعة في قصف طائرة على طرابلس.";
    assert_eq!(on_wednesday(page).len(), 2);
}

#[test]
fn the_headline_counts_all_of_them() {
    let page = "مقتل وإصابة 13 شخصا بانفجار لغم شمال الحديدة\n\nقتل ثمانية صيادين وأصيب خمسة بانفجار لغم بحري قبالة سواحل اللحية أمس.";
    let found = on_wednesday(page);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("naval_mine"), "{found:?}");
}

#[test]
fn the_explosion_is_that_which_was_told_and_not_who_was_hurt() {
    let page = "قتل طفلان وجرحت والدتهما أمس جراء انفجار لغم في التحيتا. وقال مصدر طبي في الخوخة إن الأم وصلت إلى المستشفى بعد أن بترت قدمها. وأوضح المرصد أن فرق نزع الألغام لم تصل إلى مكان الانفجار.";
    assert_eq!(on_wednesday(page).len(), 1);
}

#[test]
fn a_year_that_is_told_is_not_this_week() {
    let news = "طعن رجل شرطيا أمام السفارة في تونس اليوم الاثنين.";
    for earlier in
        ["وفي عام 2017 طعن شرطيان أمام البرلمان مما أدى إلى وفاة أحدهما.", "وفي 2015، طعن مهاجم سائحا في العاصمة."]
    {
        let found = told(&format!("{news} {earlier}"), None);
        assert_eq!(found.len(), 2, "{found:?}");
    }
}

#[test]
fn on_a_parallel_matter_is_another_attack() {
    let text =
        "قتل ستة جنود بانفجار قنبلة في شرق أفغانستان أمس. وفي سياق مواز انفجرت ثلاث قنابل في قندهار وقتلت 18 شخصا.";
    let found = on_wednesday(text);
    assert_eq!(found.len(), 2, "{found:?}");
}
