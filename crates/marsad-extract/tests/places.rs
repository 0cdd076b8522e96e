//! Which of the namesakes is meant, and where is what is told from elsewhere?

mod common;

use common::document;
use jiff::civil::date;
use marsad_extract::{NamedPlace, Reader};
use marsad_lang::Resources;
use marsad_model::*;
use std::sync::LazyLock;

/// The shipped data, and a few villages of one name as a generated table has them.
static RES: LazyLock<Resources> = LazyLock::new(|| {
    let rows = [
        "import/sy/west\tvillage\tsy\tWest\t35.80\t36.30\t3\t0\tزرقونة",
        "import/sy/east\tvillage\tsy\tEast\t35.30\t40.10\t3\t0\tزرقونة",
        "import/ye/far\tvillage\tye\tFar\t14.50\t44.20\t3\t0\tزرقونة",
        "import/ma/alone\tvillage\tma\tAlone\t33.00\t-6.00\t3\t0\tمرجانونة",
    ];
    let mut files = marsad_lang::testing::files();
    files.push(("gazetteer/bulk/test.tsv".to_string(), rows.join("\n")));
    Resources::load(&files).expect("the data loads")
});

fn places(text: &str) -> Vec<NamedPlace> {
    Reader::new(&RES).expect("the word lists are there").places(&document(text, None))
}

fn ids(text: &str) -> Vec<String> {
    places(text).iter().map(|n| n.place.id.as_deref().unwrap_or("unlisted").to_string()).collect()
}

/// Where the first incident of a text is.
fn scene(text: &str) -> Place {
    let reading = Reader::new(&RES).expect("the word lists are there").read(document(text, None));
    reading.incidents.into_iter().find_map(|i| i.place).unwrap_or_else(|| panic!("a place in {text}"))
}

fn point(id: &str) -> Point {
    RES.gazetteer.get(RES.gazetteer.find(id).expect(id)).point.expect(id)
}

#[test]
fn the_namesake_near_to_what_else_is_named_wins_and_none_is_lost() {
    let west = &places("قصف على قرية زرقونة بريف إدلب الغربي")[0];
    let candidates: Vec<&str> = west.candidates.iter().map(|id| &**id).collect();
    assert_eq!(candidates, ["import/sy/west", "import/sy/east", "import/ye/far"]);
    assert_eq!(west.place.id.as_deref(), Some("import/sy/west"));
    assert_eq!(ids("قصف على قرية زرقونة شمال دير الزور")[0], "import/sy/east");
}

#[test]
fn a_village_far_from_all_else_is_a_chance_likeness() {
    assert_eq!(ids("قصف على قرية مرجانونة بريف حماة")[0], "unlisted");
    assert_eq!(ids("قصف على مرجانونة"), ["import/ma/alone"]);
}

/// The places of the incidents of a text.
fn scenes(text: &str) -> Vec<String> {
    let reading = Reader::new(&RES).expect("the word lists are there").read(document(text, None));
    let name = |i: Incident| i.place.map_or("open".to_string(), |p| p.id.as_deref().unwrap_or(&p.name_en).to_string());
    reading.incidents.into_iter().map(name).collect()
}

#[test]
fn a_site_named_again_by_its_kind_is_the_same() {
    let told = "سقط صاروخان في مطار بغداد الدولي يوم 3 أبريل 2021. وفي 20 أبريل 2021 استهدفت مسيرة المطار وأصيب جندي.";
    let found = scenes(told);
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(found[0], found[1]);
    // None was told before, and another is named.
    assert_eq!(scenes("استهدفت مسيرة المطار وأصيب جندي أمس."), ["open"]);
}

#[test]
fn the_name_of_a_ship_and_a_party_to_relations_are_no_scene() {
    assert_eq!(scenes("أصاب صاروخ الناقلة اليونانية بيروت في خليج عدن."), ["sea/gulf-of-aden"]);
    let told = "قتل جندي بقصف مسيرة على مدينة بورتسودان أمس، وقررت الحكومة قطع العلاقات مع القاهرة.";
    assert_eq!(scenes(told).len(), 1);
    assert!(scenes(told)[0].contains("port-sudan"), "{:?}", scenes(told));
}

#[test]
fn an_embassy_stands_in_the_country_that_is_told() {
    let place = scene("فجر انتحاري نفسه قرب السفارة الأمريكية في تونس العاصمة فقتل شرطيا.");
    assert_eq!(&*place.country, "TN", "{}", place.name_en);
    let place = scene("سقط صاروخ قرب السفارة الأمريكية في بغداد.");
    assert_eq!(&*place.country, "IQ");
}

#[test]
fn a_distance_and_a_direction_move_the_point() {
    let told = scene("انفجرت عبوة ناسفة 60 كم شمال بعقوبة وقتل جندي").point.expect("a point");
    let town = point("iq/diyala/baquba");
    assert!((told.distance_km(town) - 60.0).abs() < 1.0 && told.lat > town.lat, "{told:?}");
    assert!(told.accuracy_km >= 15.0);
}

#[test]
fn between_two_towns_is_midway() {
    let told = scene("انفجرت عبوة ناسفة على الطريق بين بعقوبة وبغداد وقتل جندي").point.expect("a point");
    let (a, b) = (told.distance_km(point("iq/diyala/baquba")), told.distance_km(point("iq/baghdad/baghdad")));
    assert!((a - b).abs() < 1.0 && told.accuracy_km >= a - 1.0, "{told:?}");
}

#[test]
fn the_countryside_of_a_province_lies_around_its_chief_town() {
    let homs = point("sy/homs/homs");
    let around = scene("قتل شخصان في غارة على ريف حمص").point.expect("a point");
    assert!(around.distance_km(homs) < 1.0 && around.accuracy_km > 20.0, "{around:?}");
    let north = scene("قتل شخصان في غارة على ريف حمص الشمالي").point.expect("a point");
    assert!(north.lat > homs.lat && (north.distance_km(homs) - 20.0).abs() < 1.0, "{north:?}");
}

#[test]
fn a_town_beside_its_province_is_the_sharper_one() {
    assert_eq!(scene("حلب – الأتارب: قتل شخصان في غارة جوية").id.as_deref(), Some("sy/aleppo/atarib"));
    assert_eq!(scene("قتل شخصان في قصف الطيران لبلدة تل رفعت في ريف حلب").id.as_deref(), Some("sy/aleppo/tell-rifaat"));
}

#[test]
fn where_forces_are_stationed_is_no_scene() {
    let text = "استهدفت القوات المتمركزة في سراقب بلدة النيرب بالمدفعية وقتل شخص";
    assert_eq!(scene(text).id.as_deref(), Some("sy/idlib/nayrab"), "{:?}", ids(text));
}

#[test]
fn where_the_fire_came_from_and_where_the_wounded_went_is_no_scene() {
    for text in [
        "جاء القصف على مدينة الباب بالصواريخ ومصدره قرية الشعالة وقتل شخص",
        "أصيب ثلاثة بقصف مدفعي على مدينة الباب ونقلوا إلى مستشفى في تركيا",
        "نفذ العدو عدوانا جويا من اتجاه بيروت مستهدفا مدينة الباب وقتل شخص",
    ] {
        assert_eq!(scene(text).id.as_deref(), Some("sy/aleppo/al-bab"), "{text} {:?}", ids(text));
    }
}

#[test]
fn a_town_is_known_by_the_other_words_for_a_settlement() {
    assert_eq!(ids("قصف على مدينة قارة بريف دمشق")[0], "sy/rif-dimashq/qarah");
    assert_eq!(ids("قصف على بلدة قارة بريف دمشق")[0], "sy/rif-dimashq/qarah");
    assert_eq!(ids("هجوم على مخيمي زمزم وأبو شوك بشمال دارفور")[0], "sd/north-darfur/zamzam-camp");
}

#[test]
fn a_namesake_in_another_country_is_another_place() {
    assert_eq!(ids("تفجير عند حاجز عدن في مدينة الكاظمية شمالي بغداد")[0], "unlisted");
    assert_eq!(ids("سقطت قذائف على نيالا وأصابت حي السلام"), ["sd/south-darfur/nyala"]);
}

#[test]
fn the_same_town_is_the_one_that_was_called_so() {
    let text = "هاجم مسلحون بلدة حوارة وقتلوا شخصا في مدينة نابلس ثم أحرقوا منزلا في البلدة ذاتها";
    assert_eq!(ids(text).last().map(String::as_str), ids(text).first().map(String::as_str), "{:?}", ids(text));
}

#[test]
fn what_flies_toward_a_place_was_aimed_at_it_wherever_it_came_from() {
    for text in [
        "اعترضت الدفاعات صاروخا باليستيا أطلق من الأراضي اليمنية باتجاه مدينة نجران",
        "أطلقت الجماعة صاروخا من صنعاء نحو نجران فجر الاثنين",
    ] {
        assert_eq!(scene(text).id.as_deref(), Some("sa/najran/najran"), "{text} {:?}", ids(text));
    }
    let text = "قتل شخصان برصاص مسلحين في نجران وفر المسلحون باتجاه أبها";
    assert_eq!(scene(text).id.as_deref(), Some("sa/najran/najran"), "{:?}", ids(text));
}

#[test]
fn an_abduction_happens_where_people_are_taken_from() {
    let text = "اختطف مسلحون مواطنا من العاصمة صنعاء واقتادوه إلى محافظة مأرب";
    assert_eq!(scene(text).name_en.as_ref(), "Sanaa", "{:?}", ids(text));
    let text = "اختطف مسلحون تاجرا من مدينة كركوك في طريق بيجي أمس";
    assert_eq!(scene(text).name_en.as_ref(), "Baiji", "{:?}", ids(text));
}

#[test]
fn a_name_of_people_or_of_a_building_is_no_town() {
    let karachi = scene("قتل ثلاثة بانفجار عبوة استهدفت مسجدا للطائفة الإسماعيلية في كراتشي");
    assert_eq!(karachi.country.as_ref(), "PK");
    assert_eq!(ids("فتح شاب من آل الشياح النار على حاجز في بعلبك")[0], "lb/baalbek-hermel/baalbek");
    assert!(!ids("سقطت قذائف في محيط مسجد صلاح الدين شرق مدينة غزة").iter().any(|id| id.starts_with("iq/")));
    assert!(!ids("قتل اثنان في مدينة القطيف. وفي حي الناصرة قتل ثالث").iter().any(|id| id.starts_with("il/")));
    assert!(!ids("نقل عن مصدر في القيادة العامة مقتل جندي أردني في الرمثا").iter().any(|id| id.starts_with("sd/")));
}

#[test]
fn the_province_of_a_name_is_not_its_town() {
    let town = scene("هاجم مسلحون مدينة جنوب كردفان وقتلوا ستة جنود");
    assert_eq!((town.id.as_deref(), town.country.as_ref()), (None, "SD"));
}

#[test]
fn what_suffered_the_attack_is_the_scene() {
    assert_eq!(scene("قتل خمسة مدنيين في قصف تعرض له ريف حلب الشمالي").id.as_deref(), Some("sy/aleppo"));
}

#[test]
fn whose_army_it_is_tells_the_country_when_nothing_else_does() {
    let country = |text: &str| {
        let reading = Reader::new(&RES).expect("the word lists are there").read(document(text, None));
        reading.incidents.into_iter().find_map(|i| i.place).map(|p| p.country.to_string())
    };
    assert_eq!(country("أعلن الجيش المالي مقتل عشرة مسلحين في غارة جوية").as_deref(), Some("ML"));
    assert_eq!(country("قتل ثلاثة جنود تونسيين في كمين قرب الحدود مع الجزائر").as_deref(), Some("TN"));
    // Such an army may have fought anywhere.
    assert_eq!(country("أعلن الجيش الأمريكي مقتل عشرة مسلحين في غارة جوية"), None);
    assert_eq!(country("قتل جنديان بحرينيان في هجوم على الحدود الجنوبية للسعودية"), None);
}

#[test]
fn a_spot_on_a_road_beats_its_ends() {
    let text = "وقع الهجوم على طريق حلب - اللاذقية قرب بلدة المختارية وقتل ثلاثة عناصر";
    assert_eq!(scene(text).name_en.as_ref(), "Al-Mukhtariyah", "{:?}", ids(text));
    let road = scene("وقع الهجوم على طريق حلب - إدلب وقتل ثلاثة عناصر").point.expect("a point");
    let (a, b) = (road.distance_km(point("sy/aleppo/aleppo")), road.distance_km(point("sy/idlib/idlib")));
    assert!((a - b).abs() < 1.0, "{road:?}");
}

#[test]
fn a_dateline_is_no_scene() {
    let text = "بيروت- معا- ساد مخيم عين الحلوة استنفار بعد مقتل عنصر برصاص مسلحين";
    assert_eq!(scene(text).name_en.as_ref(), "Ain al-Hilweh", "{:?}", ids(text));
}

#[test]
fn what_only_says_where_a_town_lies_is_no_scene() {
    for (text, town) in [
        ("شهدت مدينة الزاوية، الواقعة غرب العاصمة الليبية طرابلس، اشتباكات أسفرت عن مقتل شخصين", "Zawiya"),
        ("قتل شرطيان في هجوم استهدف أمس مديرية شرطة الفلوجة، غرب بغداد", "Fallujah"),
        ("بعد ساعات من الهدنة في غزة، قتل مسلحون ضابطا في مدينة صيدا", "Sidon"),
    ] {
        assert_eq!(scene(text).name_en.as_ref(), town, "{text} {:?}", ids(text));
    }
}

#[test]
fn an_unlisted_name_ends_where_words_say_where_it_is() {
    for (text, name) in [
        ("أحرق مستوطنون مركبات في قرية الخربة جنوب نابلس", "الخربة"),
        ("هاجم مسلحون قرية كاسوان برداجي في منطقة بعيدة بولاية النيجر وقتلوا ثلاثين", "كاسوان برداجي"),
        ("قتل شخصان في مسجد صغير بحي المرجونة في بنغازي", "المرجونة"),
    ] {
        assert_eq!(scene(text).name_ar.as_ref(), name, "{text} {:?}", ids(text));
    }
}

#[test]
fn a_land_told_by_its_adjective_is_a_scene_only_behind_a_preposition() {
    let text = "اعتدت مجموعة مسلحة على مزارعين داخل الأراضي السودانية وقتلت واحدا";
    assert_eq!(scene(text).country.as_ref(), "SD", "{:?}", ids(text));
    let text = "عبر مسلحون الأراضي السودانية وقتلوا جنديا في القلابات";
    assert_eq!(scene(text).name_en.as_ref(), "Gallabat", "{:?}", ids(text));
}

#[test]
fn a_state_or_area_that_saw_or_was_the_object_of_an_attack_is_the_scene() {
    for (text, place) in [
        ("شهدت ولاية أداماوا هجوما انتحاريا قتل فيه عشرة", "Adamawa State"),
        ("هاجم مسلحون منطقة شيرورو في نيجيريا وقتلوا ثلاثة", "Shiroro"),
        ("هاجم مسلحون بلدة موسيمبوا دا برايا في موزمبيق وقتلوا ثلاثة", "Mocímboa da Praia"),
    ] {
        assert_eq!(scene(text).name_en.as_ref(), place, "{text} {:?}", ids(text));
    }
}

#[test]
fn a_town_across_the_border_needs_its_own_surroundings() {
    let id = |text: &str| scene(text).id.as_deref().map(str::to_string);
    let rafah = |text: &str| assert_eq!(id(text).as_deref(), Some("ps/rafah/rafah"), "{text} {:?}", ids(text));
    rafah("قصف الجيش الإسرائيلي مدينة رفح قرب الحدود مع مصر وقتل ثلاثة");
    rafah("قتل خمسة في غارة على رفح وقال وزير الخارجية المصري إن القاهرة تدين الهجوم");
    let sinai = "تعرضت سيارة إسعاف بمدينة رفح لإطلاق نار وأصيب اثنان. وقتل شرطي في الشيخ زويد بشمال سيناء";
    assert_eq!(id(sinai).as_deref(), Some("eg/north-sinai/rafah-egypt"), "{:?}", ids(sinai));
}

#[test]
fn where_a_rocket_fell_is_not_where_it_was_launched() {
    let text = "سقط صاروخ أطلق من قطاع غزة قرب مدينة عسقلان";
    assert_eq!(scene(text).name_en.as_ref(), "Ashkelon", "{:?}", ids(text));
}

#[test]
fn the_name_of_a_region_may_say_itself_where() {
    assert_eq!(scene("سقط صاروخ في حقل مفتوح جنوب إسرائيل").id.as_deref(), Some("il/southern"));
    // Behind a town it only says where that lies.
    assert_eq!(scene("سقطت قذيفة قرب بلدة مارون الراس جنوب لبنان").id.as_deref(), Some("lb/nabatieh/maroun-al-ras"));
}

#[test]
fn two_names_of_one_place_do_not_hide_it() {
    let quarter = "قتل شرطي بهجوم مسلح في منطقة الدماشقة بمأرب";
    assert_eq!(scene(quarter).id.as_deref(), Some("ye/marib/damashqah"));
}

#[test]
fn everyday_words_are_no_places() {
    assert_eq!(scene("قتل أربعة في نزاع على أرض في بلدة لقاوة").id.as_deref(), Some("sd/west-kordofan/lagawa"));
    assert_eq!(scene("قتل ثلاثة في غارة على سوق مزدحم بإقليم أمهرة").id.as_deref(), Some("et/amhara"));
    assert!(!ids("قال في حديثه لقناة محلية إن الغارة قتلت ثلاثة في أمهرة").contains(&"iq/anbar/haditha".to_string()));
}

#[test]
fn a_namesake_elsewhere_is_not_meant_where_the_region_is_told() {
    let chain = |text: &str| {
        let place = scene(text);
        let chain: Vec<&str> = place.chain.iter().map(|l| &*l.name_en).collect();
        chain.join(" / ")
    };
    for (text, inside) in [
        ("أصيب شرطي بإطلاق نار في بلدة الجش بمحافظة القطيف شرقي المملكة.", "Saudi Arabia"),
        ("انفجرت عبوة ناسفة في منطقة القادسية شرق الموصل وقتل جندي.", "Nineveh"),
        ("اندلع نزاع عشائري في منطقة الصالحية بقضاء شط العرب شرق البصرة وقتل رجل.", "Basra Governorate"),
        ("هاجم مسلحون قرية العمارة عبدالله الواقعة في أبوقوتة بولاية الجزيرة.", "Gezira"),
        ("هاجم مسلحون مركزا في قرية مالي خيل بمنطقة بانو شمال غرب باكستان.", "Pakistan"),
        ("قتل طفل بانفجار لغم في بلدة المراشدة شرقي دير الزور.", "Deir ez-Zor"),
        ("قتل رجل بهجوم في بلدة الشويرف جنوب طرابلس.", "Libya"),
    ] {
        let chain = chain(text);
        assert!(chain.contains(inside), "{text} {chain}");
    }
}

#[test]
fn adjectives_and_owned_nouns_are_no_names() {
    for (text, place) in [
        ("انفجرت عبوة بسوق مزدحم في كركوك وقتلت ثلاثة.", "Kirkuk"),
        ("سقط صاروخ في حقل مفتوح جنوب عسقلان.", "Ashkelon"),
        ("قتل شابان برصاص مسلحين في طريق عودتهما إلى السويداء.", "Suwayda"),
        ("أصيب صياد برصاص زوارق في عرض بحر قطاع غزة.", "Gaza Strip"),
        ("قتل ثلاثون بهجوم استهدف قرويين غرب منطقة أوروميا الإثيوبية.", "Oromia Region"),
    ] {
        assert_eq!(scene(text).name_en.as_ref(), place, "{text} {:?}", ids(text));
    }
}

#[test]
fn what_the_town_saw_was_in_the_town_told_before() {
    let text =
        "قصفت المدفعية مدينة الأبيض أمس وقتل أربعة. وشهدت المدينة، يوم الأحد الماضي، قصفا مدفعيا أسفر عن مقتل ستة.";
    let reading =
        Reader::new(&RES).expect("the word lists are there").read(document(text, Some(jiff::civil::date(2021, 5, 5))));
    let places: Vec<_> =
        reading.incidents.iter().filter_map(|i| i.place.as_ref()).map(|p| p.name_en.to_string()).collect();
    assert!(places.len() == 2 && places[0] == places[1], "{places:?}");
}

#[test]
fn where_a_speaker_sits_is_the_scene_only_for_want_of_better() {
    for (text, place) in [
        ("قال قائد الأمن الداخلي في محافظة حمص إن عبوة انفجرت بسيارة في منطقة تلبيسة وقتل اثنان.", "Talbiseh"),
        (
            "أعلنت اللجنة الأمنية في مجلس قضاء الزبير اليوم أن مسلحين هاجموا بيت محام في مركز القضاء وأصابوا حارسه.",
            "Zubayr",
        ),
        (
            "تعرض خط الكهرباء «صنعاء - مأرب» أمس لاعتداء تخريبي في منطقة الدماشقة بمحافظة مأرب وأصيب مهندس.",
            "Al-Damashqah",
        ),
        ("أطلق جنود النار على مزارع عند الضفة اللبنانية لمجرى النهر قرب الوزاني.", "Wazzani"),
        ("اقتحمت القوات مخيم بلاطة في الضفة وأصابت شابا برصاصها.", "Balata Camp"),
        ("استهدف هجوم قائد الشرطة في مدينة الباب وأصيب اثنان.", "Al-Bab"),
    ] {
        assert_eq!(scene(text).name_en.as_ref(), place, "{text} {:?}", ids(text));
    }
}

#[test]
fn the_city_that_opens_the_sentence_is_the_one_meant() {
    let text = "قتل ثلاثة رعاة برصاص في قرية قرب مدينة عين عيسى. وفي مدينة صرين، أصاب صاروخ مدرسة في المدينة وقتل ستة.";
    assert_eq!(scenes(text).last().map(String::as_str), Some("sy/aleppo/sarrin"), "{text}");
}

#[test]
fn a_village_told_from_a_town_lies_on_that_side_of_it() {
    let town = point("sy/hasakah/tell-tamer");
    let village = scene("أصيب أربعة بقصف مدفعي على قرية خربطونة الواقعة غرب ناحية تل تمر.").point.expect("a point");
    assert!(village.lon < town.lon && (4.0..15.0).contains(&village.distance_km(town)), "{village:?}");
    assert!(village.accuracy_km > 10.0, "{village:?}");
    // A square of the town is no village beside it.
    let square = scene("أصيب اثنان بقذائف هاون على ساحة خربطونة جنوب مدينة كوباني.").point.expect("a point");
    assert!(square.distance_km(point("sy/aleppo/kobani")) < 1.0, "{square:?}");
}

#[test]
fn the_road_between_two_towns_is_sharper_than_one_of_them() {
    let text = "قصف تركي في القامشلي. أصيب أربعة في قصف طائرة مسيرة تركية حافلة على طريق القامشلي – عامودا.";
    let place = scene(text).point.expect("a point");
    let town = point("sy/hasakah/qamishli");
    assert!(place.distance_km(town) > 5.0, "{place:?}");
}

#[test]
fn the_last_name_of_somebody_is_no_town() {
    let ids = ids("أصيب المواطن سرحندو دلوار الخليل بجروح في قصف على قرية صفيان شرق عين عيسى.");
    assert!(ids.iter().all(|id| !id.starts_with("ps/")), "{ids:?}");
}

#[test]
fn the_village_and_not_the_parts_in_which_it_lies() {
    let text = "طوقت دورية قرية خربطونة بمنطقة أبو خشب وفتحت النار على منازلها فقتلت مدنيا.";
    assert_eq!(&*scene(text).name_ar, "خربطونة");
}

#[test]
fn the_countryside_told_behind_a_village_is_that_of_its_province() {
    let told = scene("قصفت مدفعية النظام بلدة تفتناز بالريف الشرقي وقتل مدني").point.expect("a point");
    assert!(told.distance_km(point("sy/idlib/taftanaz")) < 1.0, "{told:?}");
}

#[test]
fn a_door_and_a_feast_are_no_names() {
    let place = scene("فجر انتحاري نفسه أمس عند باب حسينية في مدينة بعقوبة فقتل 12 شخصا.");
    assert_eq!(place.id.as_deref(), Some("iq/diyala/baquba"));
    let place = scene("انفجرت سيارتان أمس قرب مركز للشرطة في حي شيعي ببغداد فقتل ستة.");
    assert_eq!(place.id.as_deref(), Some("iq/baghdad/baghdad"));
}

#[test]
fn the_city_is_the_one_named_beside_it() {
    let text =
        "انفجرت عبوة أمس في مدينة صعدة فقتل جندي. وقال سكان صنعاء إن حافلة مفخخة انفجرت وسط المدينة أمس فقتل أربعون.";
    let reading = Reader::new(&RES).expect("the word lists are there").read(document(text, None));
    let ids: Vec<_> =
        reading.incidents.iter().filter_map(|i| i.place.as_ref()?.id.as_deref().map(str::to_string)).collect();
    assert!(ids.iter().any(|id| id.contains("sanaa")), "{ids:?}");
}

#[test]
fn what_was_hit_in_a_town_and_by_whose_clock_are_no_places() {
    let place = scene("سقط صاروخ أمس على ورشة في مدينة عسقلان وقتل عامل.");
    assert!(place.id.as_deref().is_some_and(|id| id.ends_with("ashkelon")), "{place:?}");
    let place = scene("09:48 بتوقيت مكة. انفجرت عبوة ناسفة في الطارمية فقتل شرطي.");
    assert!(place.id.as_deref().is_some_and(|id| id.contains("tarmiya")), "{place:?}");
    let place = scene("قتل موظف في اتحاد بلديات بنت جبيل بغارة على سيارته داخل المدينة أمس.");
    assert!(place.id.as_deref().is_some_and(|id| id.ends_with("bint-jbeil")), "{place:?}");
    let place = scene("تعرضت دورية في معتمدية غار الدماء إلى كمين تمثل في زرع عبوة ناسفة أمس.");
    assert!(place.id.as_deref().is_some_and(|id| id.ends_with("ghardimaou")), "{place:?}");
}

#[test]
fn a_foreign_name_is_found_by_its_sounds_where_the_report_plays_there() {
    let place = scene("قتل أربعة بانفجار قنبلة زرعت على الطريق في إقليم باكتيكا شرق أفغانستان أمس.");
    assert_eq!(place.id.as_deref(), Some("af/paktika"));
    // The same letters in a report about Syria are a village of their own.
    let place = scene("قصفت مدفعية قوات النظام قرية باكتيكا في ريف حلب أمس.");
    assert_eq!(place.id, None);
}

#[test]
fn beside_the_city_that_was_told_before() {
    let text = "اغتال مسلحون شرطيا في حي الزهور في الموصل أمس. وكان مسلحون قد اغتالوا مساء الأحد شرطياً في هجوم استهدف سيارته شرق المدينة.";
    let reading = Reader::new(&RES).expect("the word lists are there").read(document(text, Some(date(2021, 5, 5))));
    let ids: Vec<_> =
        reading.incidents.iter().filter_map(|i| i.place.as_ref()?.id.as_deref().map(str::to_string)).collect();
    assert_eq!(ids, ["iq/nineveh/zuhur-mosul", "iq/nineveh/mosul"]);
}

#[test]
fn a_country_by_its_waters_its_skies_or_its_border() {
    assert_eq!(scene("تعرضت ناقلتان لهجوم داخل المياه الإقليمية العراقية أمس.").id.as_deref(), Some("iq"));
    let skies = "أعلنت وزارة الدفاع الإماراتية أنها اعترضت ثلاث طائرات مسيرة أمس اخترقت أجواء البلاد.";
    assert_eq!(scene(skies).id.as_deref(), Some("ae"));
    let border = "شنت حركة الشباب هجوما أمس على قاعدة عسكرية إثيوبية عند الحدود بين الصومال وإثيوبيا فقتل ثلاثة جنود.";
    assert_eq!(scene(border).id.as_deref(), Some("so"));
}

#[test]
fn a_spot_beats_the_listed_road_it_lies_on() {
    let text = "انفجرت عبوة مزروعة على الطريق الدولي «إم 4» قرب أريحا في عربة لدورية مشتركة أمس.";
    assert_eq!(scene(text).id.as_deref(), Some("sy/idlib/ariha"), "{:?}", ids(text));
}

#[test]
fn the_town_whose_hospital_or_police_tells_of_it_lies_near() {
    let near = scene("وصل تسعة مصابين إلى مستشفى الفاشر عقب قصف مدفعي على حي سكني أمس.");
    assert_eq!((near.name_en.as_ref(), near.relation), ("El Fasher", Relation::Near));
    let near = scene("قال مصدر في شرطة مقديشو إن سيارة انفجرت أمس أمام فندق وأدت إلى جرح أربعة حراس.");
    assert_eq!(near.country.as_ref(), "SO");
    // A place that is told stands.
    let told = scene("نقل تسعة مصابين إلى مستشفى أربيل بعد انفجار عبوة في سوق في سنجار أمس.");
    assert_eq!(told.id.as_deref(), Some("iq/nineveh/sinjar"));
}

#[test]
fn whose_embassy_it_is_is_not_where_it_stands() {
    assert_eq!(scene("انفجرت قنبلة صغيرة أمام سفارة البرازيل في تونس مساء أمس.").country.as_ref(), "TN");
}

#[test]
fn a_city_before_a_sign_is_where_they_wrote() {
    let desk = "صنعاء: قتل سبعة أشخاص حين أغارت مقاتلات على منزلهم في مديرية باقم شمالي صعدة أمس.";
    assert_eq!(scenes(desk), ["ye/saada/baqim"]);
    assert_eq!(scenes("مقديشو (رويترز) - قتل خمسة جنود في هجوم في بلدوين أمس."), ["so/hiiraan/beledweyne"]);
    // Where nothing else is told, and where the other place is of the day before.
    assert_eq!(scenes("سبها: مقتل مدني وجرح اثنين باشتباكات قبلية الثلاثاء."), ["ly/sabha-district/sabha"]);
    let both = scenes("بعقوبة - قتل مدنيان بانفجار عبوة أمس، بعد يوم من هجوم في بغداد أودى بجنديين.");
    assert_eq!(both[0], "iq/diyala/baquba", "{both:?}");
}

#[test]
fn a_bare_name_in_the_province_of_another_country_is_on_no_list() {
    let goma = scene("قتل جنديان بهجوم في غوما بولاية بورنو أمس.");
    assert_eq!((goma.id.as_deref(), goma.country.as_ref()), (None, "NG"));
    let quarter = scene("أردى مجهولون عقيدا متقاعدا في حي الجامعة غربي الموصل أمس.");
    assert!(quarter.chain.iter().any(|p| p.name_en.contains("Mosul") || p.name_en.contains("Nineveh")), "{quarter:?}");
}

#[test]
fn the_town_goes_on_where_it_suffers() {
    let text = "أصيب خمسة بقصف مدفعي على قلعة المضيق أمس، وكانت المدينة قد شهدت قبل شهرين غارات أوقعت 23 قتيلا.";
    let all = scenes(text);
    assert!(all.len() == 2 && all[0] == all[1], "{all:?}");
}

#[test]
fn the_coast_says_more_than_the_sea() {
    let id = |text: &str| scene(text).id.unwrap_or_default().to_string();
    assert_eq!(
        id("انفجر لغم بحري بقارب صيد في مياه البحر الأحمر قبالة ساحل الحديدة أمس وقتل صيادان."),
        "ye/hodeidah/hodeidah"
    );
    let port = id("استهدفت مسيرات أمس قاعدة فلامنغو في بورتسودان التي تطل مع الموانئ على البحر الأحمر.");
    assert!(port.starts_with("sd/"), "{port}");
    assert!(id("استهدفت مسيرات محطة وقود في العاصمة المؤقتة بورتسودان أمس.").starts_with("sd/"));
}

#[test]
fn a_second_name_in_quotation_marks_is_passed_over() {
    let place = scene("انفجرت عبوة ناسفة أمس في منطقة علب \"أمسودا\" بالوضيع في أبين دون إصابات.");
    assert!(place.chain.iter().any(|p| p.name_en.contains("Abyan")), "{place:?}");
}
