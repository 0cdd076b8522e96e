//! With what was it done, and what was hit? Sentences are our own.

mod common;

use common::document;
use jiff::civil::date;
use marsad_extract::Reader;
use marsad_lang::Resources;
use marsad_model::*;
use std::sync::LazyLock;

static RES: LazyLock<Resources> =
    LazyLock::new(|| Resources::load(&marsad_lang::testing::files()).expect("the data loads"));

fn incidents(text: &str) -> Vec<Incident> {
    let document = document(text, Some(date(2024, 5, 8)));
    Reader::new(&RES).expect("the word lists are there").read(document).incidents
}

#[track_caller]
fn of_type(kind: EventType, texts: &[&str]) {
    for text in texts {
        let found: Vec<EventType> = incidents(text).iter().map(Incident::event_type).collect();
        assert_eq!(found, vec![kind], "{text}");
    }
}

#[test]
fn a_vessel_that_was_hit_makes_it_an_attack_at_sea() {
    of_type(
        EventType::MaritimeAttack,
        &[
            "أصاب صاروخ باليستي سفينة شحن في خليج عدن أمس وقتل بحار.",
            "أصيبت ناقلة نفط بصاروخ قبالة الحديدة أمس دون إصابات.",
            "أصابت مسيرة ناقلة يونانية في البحر الأحمر أمس.",
        ],
    );
    // What a ship shot down, and what fell on land.
    of_type(EventType::DroneAttack, &["أسقطت مدمرة أميركية مسيرتين أطلقتا من اليمن فوق البحر الأحمر أمس."]);
    of_type(EventType::RocketAttack, &["أصاب صاروخ منزلا في مدينة بعقوبة أمس وقتل رجل."]);
}

#[test]
fn whose_drone_it_was_is_told_once() {
    of_type(
        EventType::AirStrike,
        &["ألقت مسيرة إسرائيلية قنبلة على بلدة عيتا الشعب أمس. واستهدفت مسيرة سيارة في بلدة عيتا الشعب وقتل سائقها."],
    );
    of_type(EventType::DroneAttack, &["قتل سبعون شخصا بقصف مسيرة على المستشفى السعودي في مدينة الفاشر أمس."]);
}

#[test]
fn rammed_led_away_and_blown_up_in_a_trapped_house() {
    of_type(EventType::VehicleRamming, &["دعس رجل بسيارته عنصرين من الشرطة في مدينة سوسة أمس فقتل أحدهما."]);
    of_type(EventType::Abduction, &["اقتاد مسلحون ثلاثين تلميذا من قرية قرب مدينة كادونا أمس."]);
    of_type(EventType::Ied, &["أصيب جنديان بانفجار منزل مفخخ شرق مدينة غزة أمس."]);
}

#[test]
fn air_traffic_and_rules_of_engagement_are_no_means() {
    of_type(
        EventType::RocketAttack,
        &["سقط صاروخ في منطقة مفتوحة بمطار بن غوريون، ما أسفر عن إصابة سبعة أشخاص وإغلاق حركة الطيران لنحو ساعة."],
    );
    of_type(
        EventType::ArmedAttack,
        &["أطلقت مجموعة من المهربين النار على حرس الحدود شمال المفرق، فجرى تطبيق قواعد الاشتباك وقتل مهرب."],
    );
    let named = incidents("قتل جنديان بانفجار عبوة في طقم عسكري تابع للواء 83 مدفعية في قعطبة.");
    assert!(named[0].weapons.iter().all(|w| &*w.id != "artillery"));
}

#[test]
fn a_motive_is_no_attack() {
    of_type(
        EventType::ArmedAttack,
        &["وقع إشكال بين عائلتين في بلدة الفاعور تطور إلى إطلاق نار على خلفية خطف فتاة، فقتل شاب."],
    );
}

#[test]
fn what_drones_drop_was_not_placed() {
    of_type(
        EventType::DroneAttack,
        &[
            "أصيب أربعة بقنبلة ألقتها مسيرة على حي الرشيدية في الموصل.",
            "ألقت مسيرة قنبلة يدوية على منزل في كفركلا فأصيبت امرأة.",
        ],
    );
    of_type(EventType::AirStrike, &["ألقت مسيرة إسرائيلية قنبلة على دورية قرب كفركلا."]);
    of_type(EventType::Ied, &["أصيب أربعة بقنبلة زرعها مهاجم في حي الرشيدية في الموصل."]);
    of_type(EventType::Grenade, &["ألقى مجهولون قنبلة على منزل في مدينة صيدا أمس فأصيب رجل."]);
}

#[test]
fn a_cluster_bomb_that_goes_off_was_left_behind() {
    of_type(EventType::MineUxo, &["قتل عنصر أمن في انفجار قنبلة عنقودية في بلدة الدوير. وهي من مخلفات حرب تموز."]);
    of_type(EventType::AirStrike, &["ألقت طائرات قنابل عنقودية على بلدة بنش فقتل ثلاثة."]);
}

#[test]
fn ships_under_rockets_boats_and_pirates() {
    of_type(
        EventType::MaritimeAttack,
        &[
            "تعرضت سفينة تجارية لهجوم صاروخي قبالة سواحل عدن.",
            "أحبط التحالف هجوما بزورقين ملغمين مسيرين عن بعد استهدف ميناء جازان.",
            "أطلق قراصنة النار والقذائف الصاروخية على ناقلة قبالة الصومال ثم صعدوا إليها.",
        ],
    );
}

#[test]
fn rpgs_blades_and_shelling_by_its_sudanese_name() {
    of_type(EventType::ArmedAttack, &["استهدف مجهولون منزلا في الناصرية بقذيفة (آر بي جي)."]);
    of_type(EventType::Stabbing, &["ذبح مسلحون راعيا بسكين في جبل مغيلة."]);
    of_type(EventType::Shelling, &["سقط عشرات القتلى جراء تدوين مكثف على شمال أم درمان."]);
    of_type(EventType::Abduction, &["اقتاد مسلحون شابا إلى جهة مجهولة قرب درعا."]);
}

#[test]
fn what_stands_near_a_stabbing_was_not_its_target() {
    let target = |text: &str| incidents(text)[0].target.clone().and_then(|t| t.class);
    assert_eq!(target("نفذ شاب عملية طعن قرب المسجد الأقصى في القدس وأصاب شرطيين."), None);
    assert_eq!(target("محاولة دهس من سيارة عابرة قرب حاجز حزما شمال القدس."), None);
    assert_eq!(target("أطلق مسلحون النار صوب أمين عام المجلس المحلي في عدن وقتلوه."), None);
    assert_eq!(target("سقط صاروخ قرب السفارة الأمريكية في بغداد.").as_deref(), Some("embassy"));
    assert_eq!(target("نصب مسلحون كمينا لموكب زفاف في الحدا وقتلوا شيخا.").as_deref(), Some("gathering"));
}

#[test]
fn the_drone_of_a_group_is_no_air_force() {
    of_type(
        EventType::DroneAttack,
        &["أصيب طفل أمس في هجوم جوي نفذته طائرة بدون طيار لميليشيا الحوثي على سوق في مديرية حيس."],
    );
    of_type(EventType::AirStrike, &["قتل قيادي أمس بغارة جوية نفذتها مسيرة تركية قرب مدينة القامشلي."]);
}

#[test]
fn a_mine_set_off_from_afar_is_a_bomb() {
    of_type(
        EventType::Ied,
        &["زرع مسلحون لغما محلي الصنع على الطريق قرب مدينة مودية، ثم فجروا العبوة عن بعد فقتل جنديان."],
    );
}

#[test]
fn swords_beside_guns_are_an_armed_attack() {
    of_type(EventType::ArmedAttack, &["هاجم رجال بالسيوف والأسلحة النارية قرية قرب مدينة بوكافو أمس وقتلوا ستة."]);
    of_type(EventType::Stabbing, &["هاجم رجل المارة بسكين قرب محطة في مدينة حيفا أمس، فأطلقت الشرطة عليه الرصاص."]);
}

#[test]
fn a_similar_attack_has_the_means_of_the_one_before() {
    let told = incidents("انفجرت عبوة في مدينة المخا أمس فأصيب جندي. وفي حادثة مماثلة أصيب جنديان في مديرية حيس.");
    assert!(told.iter().all(|i| i.event_type() == EventType::Ied), "{told:#?}");
}

#[test]
fn the_drones_of_a_state_stay_its_own() {
    of_type(EventType::AirStrike, &["قصفت مسيرة للجيش التركي مزرعة قرب مدينة القامشلي أمس."]);
    let told = incidents(
        "استهدفت طائرات مسيرة تركية سيارة في مدينة سنجار أمس. وذكر البيان أن المسيرات استهدفت أيضا مخزنا في مدينة دهوك.",
    );
    assert!(told.iter().all(|i| i.event_type() == EventType::AirStrike), "{told:#?}");
    of_type(EventType::Shelling, &["سقط مقذوف عسكري على حي في مدينة نجران أمس فأصيب مقيم."]);
}

#[test]
fn only_what_flies_or_sails_is_intercepted() {
    let status = |text: &str| incidents(text)[0].interception.status;
    for text in [
        "قال شهود إن مسلحين اعترضوا مركبة في البصرة وأطلقوا النار على سائقها وقتلوه.",
        "قتل تاجر برصاص عصابة في عدن إثر تصديه لمحاولة نهب محله.",
        "تصدى أهالي القرية لهجوم شنه مستوطنون على حوارة وأصيب شاب.",
        "أسقطت طائرة مسيرة للحوثيين قذائف هاون على مدرسة في التحيتا وأصيب ثلاثة أطفال.",
    ] {
        assert_eq!(status(text), InterceptionStatus::Unknown, "{text}");
    }
    for text in [
        "أسقطت الدفاعات الجوية طائرة مسيرة للحوثيين فوق التحيتا.",
        "أعلن التحالف اعتراض صاروخ باليستي أطلق باتجاه نجران.",
    ] {
        assert_eq!(status(text), InterceptionStatus::Full, "{text}");
    }
}

#[test]
fn a_target_is_what_was_hit() {
    let class = |text: &str| incidents(text)[0].target.clone().and_then(|t| t.class).unwrap_or_default();
    assert_eq!(class("أطلق مسلحان يستقلان دراجة نارية النار على شاب في البوكمال وقتلاه."), "");
    assert_eq!(class("استهدفت مسيرة سيارة يستقلها مسلحون في القامشلي وقتلت اثنين."), "vehicle");
    assert_eq!(class("قصفت المدفعية التركية قرى خاضعة لسيطرة قسد في ريف منبج."), "");
    assert_eq!(class("أصيب رجل بنزاع عشائري مسلح شرق العمارة أمس."), "");
    assert_eq!(class("أطلق الحوثيون صاروخين مضادين للسفن باتجاه خليج عدن أمس."), "");
    assert_eq!(class("انفجرت سيارة مفخخة قرب مبنى محكمة في كركوك وقتل اثنان."), "government");
    assert_eq!(class("هاجم مسلحون مقر حزب في بغداد بقنابل يدوية وأصيب حارس."), "office");
    assert_eq!(class("انفجر لغم محلي الصنع في سيارة في أبين وقتل سائقها."), "vehicle");
}

#[test]
fn whoever_drives_into_it_means_to_die() {
    of_type(
        EventType::SuicideBombing,
        &[
            "قتل أربعة مجندين أمس بسيارة فجرها سائقها قرب مركز للتطوع في تكريت.",
            "صدم انتحاري بدراجته النارية أمس شاحنة للجيش في بانو فقتل خمسة جنود.",
            "نفذ انتحاريون أمس هجوما على معسكر للجيش في غاو فقتل أربعة جنود.",
        ],
    );
}

#[test]
fn where_someone_serves_is_not_with_what() {
    of_type(EventType::ArmedAttack, &["قتل ضابط في سلاح الجو أمس حين هاجمه مسلحون مجهولون في بنغازي."]);
    of_type(EventType::AirStrike, &["قصفت مقاتلتان من طراز «إف-16» أمس مستودعا للسلاح في دير الزور."]);
}

#[test]
fn whose_fire_it_was_and_who_exchanged_it() {
    of_type(
        EventType::ArmedAttack,
        &["قتل شابان أمس بنيران قوات الاحتلال في جنين.", "قتل مسلحون ملثمون ضابطا أمس في عدن."],
    );
    of_type(EventType::ArmedClash, &["تبادلت القوات الباكستانية وطالبان إطلاق النار والقصف المدفعي أمس في قندهار."]);
    of_type(EventType::MineUxo, &["قتلت طفلة أمس بمقذوف من المخلفات في مدينة حماة."]);
    of_type(EventType::RocketAttack, &["طالت راجمات الصواريخ أمس بلدة كفرومة وخلفت جرحى."]);
}

#[test]
fn a_boat_that_blows_up_and_a_ship_that_sank() {
    of_type(
        EventType::MaritimeAttack,
        &[
            "انفجر زورق مفخخ أمس بقارب صيد قبالة ميدي فقتل صياد.",
            "غرقت سفينة شحن قبالة الحديدة أمس بعد هجوم بالطائرات المسيرة.",
        ],
    );
}

#[test]
fn a_bomber_who_killed_and_a_raid_that_took_some_along() {
    of_type(
        EventType::SuicideBombing,
        &[
            "قال مصدر إن انتحارياً قتل سبعة أشخاص وأصاب عشرين في مدينة كولوفاتا أمس.",
            "وكان انتحاريون قد قتلوا 12 شخصاً وأصابوا أكثر من 40 في وازا الشهر الماضي.",
        ],
    );
    of_type(
        EventType::ArmedAttack,
        &[
            "قتل ثلاثة أشخاص وخطف عشرة حين هاجم مسلحون بلدة الفقهاء وسط ليبيا أمس.",
            "قال شاهد إن جماعة مسلحة حاولت مهاجمة حقل الفيل النفطي أمس وصُدّت خارجه.",
            "هاجم مقاتلون قرية تل عبطة أمس وقتلوا مدنيا.",
            "فتح مسلحون على دراجة نارية النار على جنود في مدينة سريناغار أمس.",
            "أمطر مجهولون سيارة ضابط بوابل من الرصاص في الموصل أمس.",
        ],
    );
    // Nobody was killed: who was taken away names it.
    of_type(EventType::Abduction, &["هاجم مسلحون مدرسة في مدينة كادونا أمس وخطفوا عشر طالبات."]);
}

#[test]
fn an_ambush_may_be_a_bomb_and_a_pelting_may_be_of_grenades() {
    of_type(
        EventType::Ied,
        &[
            "تعرضت دورية أمس في مدينة جندوبة إلى كمين تمثل في زرع عبوة ناسفة أسفر عن مقتل أربعة أعوان.",
            "قتل جنديان أمس بكمين نصبه تنظيم القاعدة بعبوة ناسفة لآلية في أبين.",
        ],
    );
    of_type(EventType::ArmedAttack, &["قتل جنديان أمس في كمين برمانة يدوية تلاه إطلاق نار في أبين."]);
    of_type(EventType::Grenade, &["أمطر مسلحون مقر حزب في البصرة فجر أمس بخمس قنابل يدوية."]);
    of_type(EventType::ArmedClash, &["حيدت مفرزة للجيش تسعة إرهابيين أمس قرب بلدية أزفون بولاية تيزي وزو."]);
}

#[test]
fn what_the_aircraft_fired_is_of_its_strike() {
    let text = "قصفت طائرات حربية موقعا شرق مدينة غزة أمس، ودمرت بصاروخين خزان مياه في بيت حانون.";
    let kinds: Vec<EventType> = incidents(text).iter().map(Incident::event_type).collect();
    assert_eq!(kinds, [EventType::AirStrike, EventType::AirStrike]);
}

#[test]
fn sabotage_by_its_word_and_damage_to_a_ship() {
    of_type(
        EventType::Sabotage,
        &["وقعت انفجارات فجر أمس في خط أنابيب للغاز في محافظة فارس، وقال مدير الشركة إن عملاً تخريبياً تسبب فيها."],
    );
    of_type(EventType::MaritimeAttack, &["ألحق الحوثيون أمس أضراراً طفيفة بناقلة نفط سعودية في مضيق باب المندب."]);
    let text =
        "قتل طفل أمس بانفجار قنبلة عنقودية من مخلفات القصف في قرية الصوانة، وأصيب راع بقنبلة أخرى في قرية طير دبا.";
    let kinds: Vec<EventType> = incidents(text).iter().map(Incident::event_type).collect();
    assert_eq!(kinds, [EventType::MineUxo, EventType::MineUxo]);
}

#[test]
fn one_katyusha_is_one_and_the_name_alone_counts_none() {
    let landed = |text: &str| incidents(text)[0].munitions.landed.value;
    assert_eq!(landed("سقط صاروخ كاتيوشا قرب مطار بغداد أمس."), Some(1));
    assert_eq!(landed("قصف بالكاتيوشا على مطار بغداد أمس."), None);
}

#[test]
fn the_raid_that_is_described_names_its_kind() {
    of_type(EventType::AirStrike, &["قُتل ثلاثون من السكان في الغارات التي استهدفت سوقاً في مدينة إدلب أمس."]);
    of_type(EventType::CarBomb, &["انفجرت سيارة أجرة مليئة بالمتفجرات قرب فندق في مقديشو أمس وجرح أربعة حراس."]);
    of_type(EventType::MineUxo, &["وطئت دراجة نارية لغماً على طريق فرعي في نوزاد أمس وقتل راكبان."]);
    of_type(EventType::Sabotage, &["خرب مسلحون أنبوبا للنفط قرب ميناء التصدير في شبوة أمس."]);
}

#[test]
fn an_attempt_kills_nobody() {
    for text in ["نجا قائد الشرطة من محاولة اغتيال في كركوك أمس.", "محاولة اغتيال تستهدف قياديا في درعا أمس."]
    {
        let found = incidents(text);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].casualties.killed.value, None, "{text}");
    }
}

#[test]
fn what_flew_was_hit_or_thrown() {
    of_type(EventType::AirStrike, &["قصف سلاح الجو الإسرائيلي مطار حلب الدولي أمس."]);
    of_type(EventType::RocketAttack, &["رمى المتمردون بالصواريخ وحدة لنزع الألغام في نصيبين أمس."]);
    of_type(EventType::RocketAttack, &["استهدف الحزب بالصواريخ قاعدة ميرون أمس."]);
    of_type(EventType::Chemical, &["أصيب مدنيون جراء قذائف محملة بغازات سامة سقطت على تازة أمس."]);
    of_type(EventType::ArmedAttack, &["أطلق مجهولون صلية رصاص على منزل نائب في الديوانية أمس."]);
    of_type(EventType::ArmedAttack, &["اقتحم مسلحون من حركة الشباب بلدة في إقليم هيران أمس."]);
    of_type(EventType::ArmedAttack, &["حاول مسلحون اقتحام سجن في باماكو أمس."]);
    let text = "قتل اثنان في هجوم بقنبلة على حافلة في نيروبي أمس. وقال شهود إن رجلا رمى قنبلة يدوية على الحافلة.";
    of_type(EventType::Grenade, &[text]);
    let found = incidents("قتل جندي في هجوم على مروحية في ناصر بجنوب السودان أمس.");
    assert_ne!(found[0].event_type(), EventType::AirStrike);
}

#[test]
fn what_hit_a_ship_does_not_change_what_was_hit() {
    of_type(
        EventType::MaritimeAttack,
        &[
            "تعرضت ناقلة نفط لهجوم في بحر العرب أمس وقتل بحاران. ولم تتبن أي جهة الغارة على الناقلة.",
            "أفادت الهيئة بأن سفينة شحن تعرضت لهجوم صاروخي قبالة الحديدة أمس.",
            "هاجم قراصنة سفينة شحن في خليج عدن أمس. وقال الربان إن قوارب صغيرة أطلقت النار عليها.",
        ],
    );
}

#[test]
fn a_raid_that_is_spoken_of_again_flew() {
    of_type(
        EventType::AirStrike,
        &[
            "أصابت الغارة منزلا في صنعاء أمس وقتلت أربعة.",
            "قصف العدوان بيتا في صعدة أمس وقتل أربعة. وقال مصدر محلي إن الغارة الأميركية أصابت منزل تاجر وقتل أربعة.",
        ],
    );
}

#[test]
fn slaughter_in_a_raid_is_a_part_of_it() {
    of_type(EventType::ArmedAttack, &["ذبح مسلحون خمسة حراس في هجوم على حقل نفطي جنوب سرت أمس."]);
    of_type(EventType::Stabbing, &["ذبح مسلحون راعيا في الجبل قرب القصرين أمس."]);
}

#[test]
fn shelling_like_the_raid_before_came_from_drones() {
    let text = "استهدفت طائرات مسيرة مستودعات للوقود في كوستي أمس. كما تعرض مقر للجيش في تندلتي لقصف مماثل.";
    let found: Vec<EventType> = incidents(text).iter().map(Incident::event_type).collect();
    assert_eq!(found, vec![EventType::DroneAttack; 2]);
}
