//! Which role does each line get, and which dates are believed? Small pages,
//! written for these tests; each line is preceded by the role it should have.

use jiff::civil::{Date, Weekday};
use marsad_ingest::{Ingested, RawArticle, document};
use marsad_lang::{Resources, testing};
use marsad_model::{Published, PublishedMethod};
use std::sync::LazyLock;

static RES: LazyLock<Resources> = LazyLock::new(|| Resources::load(&testing::files()).unwrap());

fn read(text: &str) -> Ingested {
    document(&RES, RawArticle::from_text("test.txt", text))
}

fn published(text: &str) -> Published {
    read(text).document.published
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// Checks the roles of a page given as `(role, line)` pairs.
#[track_caller]
fn check(page: &[(&str, &str)]) -> Ingested {
    let text: Vec<&str> = page.iter().map(|(_, line)| *line).collect();
    let got = read(&text.join("\n"));
    let roles: Vec<(&str, &str)> =
        got.document.segments.iter().zip(&text).map(|(s, line)| (s.role.name(), *line)).collect();
    assert_eq!(roles, page);
    got
}

const A: &str = "قالت الشرطة إن حريقا اندلع في مخزن للأخشاب جنوب المدينة ولم يصب أحد بأذى.";
const B: &str = "وأضافت أن فرق الإطفاء أخمدت النيران خلال ساعتين بعدما امتدت إلى سقف المبنى المجاور.";

#[test]
fn headline_twice_date_caption_and_body() {
    let got = check(&[
        ("pub_date", "الاثنين - 15 مايو 2023"),
        ("blank", ""),
        ("headline", "حريق في مخزن للأخشاب"),
        ("headline_dup", "حريق في مخزن للأخشاب"),
        ("caption_dup", "رجال الإطفاء قرب المخزن"),
        ("photo_caption", "رجال الإطفاء قرب المخزن (رويترز)"),
        ("body", A),
        ("body", B),
    ]);
    assert_eq!(got.document.title.unwrap().value(), "حريق في مخزن للأخشاب");
    assert_eq!(got.document.published.day(), Some(date("2023-05-15")));
}

#[test]
fn standfirst_stands_above_the_date_and_a_caption_below() {
    check(&[
        ("headline", "حريق في مخزن للأخشاب"),
        ("standfirst", "لم يصب أحد بأذى، والسبب ما زال مجهولا."),
        ("pub_date", "الاثنين 2023/05/15"),
        ("photo_caption", "ألسنة اللهب فوق السقف"),
        ("body", A),
        ("subheading", "تحقيق في الأسباب"),
        ("subheading_dup", "تحقيق في الأسباب"),
        ("body", B),
    ]);
}

#[test]
fn bylines_sources_and_read_also() {
    let got = check(&[
        ("headline", "حريق في مخزن للأخشاب"),
        ("byline", "الترا صوت – فريق التحرير"),
        ("chrome_share", "شارك القصة"),
        ("body", A),
        ("read_also", "اقرأ أيضًا: مهرجان الزهور يعود هذا الصيف"),
        ("body", B),
        ("read_also_label", "اقرأ/ي أيضًا:"),
        ("blank", "\u{a0}"),
        ("read_also", "ارتفاع أسعار الخشب في الأسواق"),
        ("chrome_nav", "تابع القراءة"),
        ("sources_label", "المصادر:"),
        ("sources", "وكالات"),
        ("chrome_close", "Close"),
    ]);
    let outlet = got.document.outlet.unwrap();
    assert_eq!(outlet.value(), "الترا صوت");
    let span = outlet.evidence()[0].span;
    let chars: Vec<char> = got.document.text.chars().collect();
    assert_eq!(chars[span.start as usize..span.end as usize].iter().collect::<String>(), "الترا صوت");
}

#[test]
fn a_pull_quote_repeats_a_paragraph() {
    let quote = "فرق الإطفاء أخمدت النيران خلال ساعتين";
    check(&[("headline", "حريق في مخزن للأخشاب"), ("body", A), ("pull_quote", quote), ("body", B)]);
}

#[test]
fn a_text_of_short_lines_is_body() {
    check(&[
        ("headline", "أبرز أحداث اليوم"),
        ("body", "• حريق في مخزن للأخشاب"),
        ("body", "• انقطاع الكهرباء عن الحي الشرقي"),
        ("body", "• إغلاق الجسر القديم أمام المرور"),
    ]);
}

#[test]
fn one_line_is_body_and_a_long_one_a_whole_article() {
    check(&[("body", A)]);
    let long = [A; 25].join(" ");
    check(&[("single_line_article", &long), ("chrome_share", "مشاركة :")]);
    let glued = read(&format!("{A} مشاركة :"));
    let roles: Vec<&str> = glued.document.segments.iter().map(|s| s.role.name()).collect();
    assert_eq!(roles, ["body", "chrome_share"]);
}

/// The roles of a text with the pieces that have them.
#[track_caller]
fn check_pieces(text: &str, expected: &[(&str, &str)]) {
    let got = read(text);
    let chars: Vec<char> = text.chars().collect();
    let piece =
        |s: &marsad_model::Segment| chars[s.span.start as usize..s.span.end as usize].iter().collect::<String>();
    let pieces: Vec<(&str, String)> = got.document.segments.iter().map(|s| (s.role.name(), piece(s))).collect();
    let pieces: Vec<(&str, &str)> = pieces.iter().map(|(role, text)| (*role, text.trim())).collect();
    assert_eq!(pieces, expected);
}

#[test]
fn an_article_on_one_line_is_parted_where_it_shows() {
    let body = [A, B].repeat(4).join(" ");
    let headline = "حريق في مخزن للأخشاب جنوب المدينة";
    let gaps =
        format!("الأربعاء 8 مايو 2024 | عدن 31   {headline}   06 مايو 2024   {body}   اقرأ أيضا: مهرجان الزهور يعود");
    check_pieces(
        &gaps,
        &[
            ("chrome_date", "الأربعاء 8 مايو 2024 | عدن 31"),
            ("headline", headline),
            ("pub_date", "06 مايو 2024"),
            ("body", &body),
            ("read_also", "اقرأ أيضا: مهرجان الزهور يعود"),
        ],
    );
    // No gaps: the desk and the date show where the article begins, the label where it ends.
    let flat = format!("{headline} الموصل – فريق التحرير 6/5/2024 {body} ذات صلة: مهرجان الزهور يعود هذا الصيف");
    check_pieces(
        &flat,
        &[
            ("headline", headline),
            ("byline", "الموصل – فريق التحرير"),
            ("pub_date", "6/5/2024"),
            ("body", &body),
            ("read_also", "ذات صلة: مهرجان الزهور يعود هذا الصيف"),
        ],
    );
    // A date that the sentence governs parts nothing.
    let told = format!("قالت الشرطة يوم 6/5/2024 إن حريقا اندلع. {body}");
    check_pieces(&told, &[("body", &told)]);
}

#[test]
fn a_caption_in_brackets_is_no_part_of_the_article() {
    let text = format!("{A} (الصورة: رجال الإطفاء أمام المخزن - وكالات) {B}");
    check_pieces(&text, &[("body", A), ("photo_caption", "(الصورة: رجال الإطفاء أمام المخزن - وكالات)"), ("body", B)]);
    let remark = format!("{A} (والحادث هو الثاني: كان الأول قبل شهر) {B}");
    check_pieces(&remark, &[("body", &remark)]);
}

#[test]
fn a_title_is_kept_where_the_text_has_it() {
    let with_title = |title: &str| {
        let raw =
            RawArticle { title: Some(title.into()), ..RawArticle::from_text("t", &format!("حريق كبير!\n{A}")) };
        document(&RES, raw)
    };
    assert_eq!(with_title("حريق كبير!").document.segments[0].role.name(), "headline");
    let got = document(&RES, RawArticle { title: Some("عنوان آخر".into()), ..RawArticle::from_text("t", A) });
    assert_eq!(got.document.title, None);
    assert_eq!(got.diagnostics[0].code, "title_outside_text");
}

#[test]
fn a_page_date_on_another_weekday_than_today_is_rejected() {
    let page = |stamp: &str| published(&format!("{stamp}\nحريق في مخزن\nقالت الشرطة اليوم الثلاثاء إن حريقا اندلع."));
    let p = page("الجمعة 22 نوفمبر / November 2024");
    assert!(p.rejected[0].reason.starts_with("crawl_date: "), "{}", p.rejected[0].reason);
    assert_eq!((p.day(), p.weekday, p.method), (None, Some(Weekday::Tuesday), PublishedMethod::Inferred));
    assert_eq!(p.rejected[0].evidence.len(), 2);
    // The day after is forgiven: the page was changed past midnight.
    assert_eq!(page("الأربعاء 20 نوفمبر 2024").day(), Some(date("2024-11-20")));
}

/// An address of Tuesday over a date line of Wednesday, as papers have them that are put online the evening before.
fn edition(told: &str) -> Ingested {
    let text = format!("حريق في مخزن\nالأربعاء 20 نوفمبر 2024\nقالت الشرطة إن حريقا اندلع {told} في مخزن.\n{A}\n{B}");
    document(&RES, RawArticle::from_text("https://a.example/2024/11/19/fire", &text))
}

#[test]
fn of_two_days_next_to_each_other_the_text_chooses() {
    let p = edition("أمس الثلاثاء").document.published;
    assert_eq!((p.day(), p.method), (Some(date("2024-11-20")), PublishedMethod::DateLine));
    assert_eq!(p.rejected[0].date, date("2024-11-19"));
    assert!(p.rejected[0].reason.starts_with("outranked: "), "{}", p.rejected[0].reason);
    assert_eq!(p.rejected[0].evidence.len(), 1);
    // The weekday of the address, none, or one that contradicts another: the address is trusted more.
    for told in ["أمس الاثنين", "أمس", "أمس الثلاثاء واليوم الثلاثاء"] {
        let p = edition(told).document.published;
        assert_eq!((p.day(), p.rejected.len()), (Some(date("2024-11-19")), 0), "{told}");
    }
    // What is given stays.
    let text = "حريق في مخزن\nالأربعاء 20 نوفمبر 2024\nقالت الشرطة إن حريقا اندلع أمس الثلاثاء في مخزن.";
    let given = Some((date("2024-11-19"), date("2024-11-19")));
    let raw = RawArticle { published: given, ..RawArticle::from_text("a.txt", text) };
    assert_eq!(document(&RES, raw).document.published.day(), Some(date("2024-11-19")));
}

#[test]
fn a_text_of_the_day_after_its_page_is_said() {
    let note = |told: &str| {
        let got = read(&format!("حريق في مخزن\nالثلاثاء 19 نوفمبر 2024\nقالت الشرطة إن حريقا اندلع {told} في مخزن."));
        assert_eq!(got.document.published.day(), Some(date("2024-11-19")), "{told}");
        got.diagnostics.into_iter().find(|d| d.code == "one_day_off")
    };
    let off = note("أمس الثلاثاء").unwrap();
    assert!(off.message.contains("a wednesday, the day after 2024-11-19"), "{}", off.message);
    assert_eq!(off.evidence.len(), 1);
    assert!(note("اليوم الاثنين").unwrap().message.contains("the day before"));
    for told in ["أمس الاثنين", "اليوم الثلاثاء", "أمس", "يوم الأربعاء الماضي", "أمس الثلاثاء واليوم الثلاثاء"]
    {
        assert!(note(told).is_none(), "{told}");
    }
}

#[test]
fn a_page_date_outside_a_term_of_office_is_rejected() {
    let p = published("29 مارس 2024\nلقاء في بغداد\nالتقى رئيس الوزراء العراقي مصطفى الكاظمي وفدا من التجار.");
    assert!(p.rejected[0].reason.starts_with("office: "));
    assert_eq!((p.earliest, p.latest), (Some(date("2020-05-07")), Some(date("2022-10-27"))));
    // A name without its office says nothing, nor does an office of the past.
    for told in ["قال الكاظمي إن اللقاء مفيد", "قال رئيس الوزراء السابق مصطفى الكاظمي إن اللقاء مفيد"]
    {
        let p = published(&format!("29 مارس 2024\nلقاء في بغداد\n{told}."));
        assert_eq!(p.day(), Some(date("2024-03-29")), "{told}");
    }
}

#[test]
fn a_page_date_years_after_the_report_is_rejected() {
    let p = published("الجمعة 22 نوفمبر 2024\nحريق في مخزن\nاندلع حريق في مخزن يوم 3 مايو 2019 ولم يصب أحد.");
    assert!(p.rejected[0].reason.starts_with("explicit_year: "));
    let p = published("الجمعة 22 نوفمبر 2024\nحريق في مخزن\nأحيت المدينة ذكرى حريق 3 مايو 2019 في المخزن.");
    assert_eq!(p.day(), Some(date("2024-11-22")));
}

#[test]
fn a_weekday_with_its_date_fixes_the_year() {
    // 29 June was a Tuesday in 2021, a Saturday in 2024 and a Thursday in 2023.
    let p = published("29 مارس 2024\nحريق في مخزن\nاندلع حريق في مخزن الثلاثاء 29 يونيو ولم يصب أحد.");
    assert!(p.rejected[0].reason.starts_with("crawl_date: "), "{:?}", p.rejected);
}

#[test]
fn bounds_come_from_offices_and_past_dates() {
    let p = published("قال الرئيس الأميركي السابق دونالد ترامب إن المصنع لم يعمل منذ 2014 حتى اليوم.");
    assert_eq!(p.earliest, Some(date("2021-01-20")));
    let p = published("منذ تسلم بايدن السلطة زار الوفد المصنع مرتين.");
    assert_eq!(p.earliest, Some(date("2021-01-20")));
    let p = published("بدأ المصنع العمل في 5 مايو 2019 ثم توقف.");
    assert_eq!((p.earliest, p.method), (Some(date("2019-05-05")), PublishedMethod::Inferred));
    assert_eq!(published("توقف المصنع عن العمل.").method, PublishedMethod::None);
}

#[test]
fn today_too_makes_the_day_of_the_lede_today() {
    let text = "حريق في مخزن\nاندلع حريق الثلاثاء في مخزن.\nوفي حادث آخر اليوم أيضا احترقت سيارة.";
    assert_eq!(published(text).weekday, Some(Weekday::Tuesday));
}

#[test]
fn a_given_date_outranks_the_page_unless_the_text_contradicts_it() {
    let given = |text: &str, day: &str| {
        let days = Some((date(day), date(day)));
        document(&RES, RawArticle { published: days, ..RawArticle::from_text("t", text) }).document.published
    };
    let p = given("الجمعة 29 مارس 2024\nخبر\nاندلع حريق في مخزن يوم 3 مايو 2019.", "2021-06-03");
    assert_eq!((p.day(), p.method), (Some(date("2021-06-03")), PublishedMethod::Given));
    let p = given("التقى رئيس الوزراء العراقي مصطفى الكاظمي وفدا.", "2025-06-03");
    assert_eq!((p.day(), p.rejected.len()), (None, 1));
}

#[test]
fn a_month_given_is_sharpened_by_a_date_line() {
    let month = Some((date("2023-05-01"), date("2023-05-31")));
    let raw =
        RawArticle { published: month, ..RawArticle::from_text("t", &format!("حريق\n15 مايو 2023\n{A}")) };
    assert_eq!(document(&RES, raw).document.published.day(), Some(date("2023-05-15")));
}

#[test]
fn the_date_in_a_url_is_a_candidate() {
    let url = Some("https://www.example.org/2023/05/15/story".to_string());
    let got = document(&RES, RawArticle { url, ..RawArticle::from_text("t", A) });
    assert_eq!(got.document.published.method, PublishedMethod::Url);
    assert_eq!(got.document.outlet_given.as_deref(), Some("example.org"));
}

#[test]
fn date_lines_in_many_forms() {
    for stamp in [
        "تاريخ النشر: 2023.05.15 | 10:20 GMT",
        "15-05-2023 | 14:20",
        "May 15, 2023",
        "سبوتنيك - 15 مايو 2023",
        "أضيف بتاريخ :2023/5/15",
        "منذ سنتين - Monday 15 May 2023",
        "الإثنين، 15 مايو 2023 09:01 ص",
        "١٥ أيار/مايو ٢٠٢٣",
        "15-مايو-2023",
    ] {
        let p = published(&format!("{stamp}\nحريق في مخزن\n{A}"));
        assert_eq!(p.day(), Some(date("2023-05-15")), "{stamp}");
    }
}

#[test]
fn other_languages_are_skipped_by_name() {
    let got = read("The police said that a fire broke out in the city and no one was hurt.");
    let skip = got.skip.unwrap();
    assert_eq!((skip.code, got.document.language.as_str()), ("not_arabic", "en"));
    assert!(skip.message.contains("English"));
}

const LONG: &str =
    "وقال شهود إن النيران بقيت مشتعلة حتى المساء، وإن فرق الإنقاذ عملت على تبريد المكان حتى فجر اليوم التالي.";

#[test]
fn titles_of_other_stories_below_the_article_are_no_news() {
    check(&[
        ("headline", "حريق في مخزن للأخشاب"),
        ("body", A),
        ("body", LONG),
        ("read_also", "ارتفاع أسعار الخبز في العاصمة"),
        ("read_also", "افتتاح جسر جديد فوق النهر"),
        ("read_also", "فوز المنتخب في مباراة ودية"),
    ]);
}

/// Titles ask, break off and are long; what goes on with the story, or is an item of its list, stays with it.
#[test]
fn titles_below_are_told_from_the_end_of_the_story() {
    check(&[
        ("headline", "حريق في مخزن للأخشاب"),
        ("body", LONG),
        ("body", "كما تضررت ثلاثة متاجر مجاورة"),
        ("chrome_nav", "السابق"),
        ("read_also", "هل ترتفع أسعار الخبز في العاصمة هذا الشهر؟"),
        ("chrome_nav", "التالي"),
        ("read_also", "بعد انتظار طال سنوات.. البلدية تعلن موعد افتتاح الجسر الجديد فوق النهر وتدعو السكان…"),
        ("read_also", "فوز المنتخب في مباراة ودية"),
    ]);
    check(&[
        ("headline", "حريق في مخزن للأخشاب"),
        ("body", LONG),
        ("body", "– متجر للأقمشة في السوق القديم"),
        ("body", "– مستودع للورق عند الجسر"),
        ("body", "– بيتان في الحي المجاور"),
    ]);
}

#[test]
fn a_rubric_above_the_headline_is_not_the_headline() {
    let got =
        check(&[("chrome_nav", "شمال البلاد"), ("headline", "حريق كبير في مخزن للأخشاب"), ("body", A), ("body", B)]);
    assert_eq!(got.document.title.unwrap().value(), "حريق كبير في مخزن للأخشاب");
}

#[test]
fn today_with_its_date_is_the_day_of_writing() {
    let named = published("قال مصدر طبي صباح اليوم الخميس 19 آب/أغسطس إن اثنين أصيبا بحريق في المدينة القديمة.");
    assert_eq!(named.day(), Some(date("2021-08-19")));
    assert_eq!(named.method, PublishedMethod::Inferred);
    let yesterday = published("قال مصدر طبي أمس الأربعاء 18 آب 2021 إن اثنين أصيبا بحريق في المدينة القديمة.");
    assert_eq!(yesterday.day(), Some(date("2021-08-19")));
}

#[test]
fn a_bulletin_dates_its_page() {
    let text = format!("حصاد الأحداث ليوم الجمعة 19-11-2021\n{A}\n{B}");
    assert_eq!(published(&text).day(), Some(date("2021-11-19")));
}

#[test]
fn an_embedded_post_and_the_weekday_name_the_day() {
    let text = format!("اندلع حريق اليوم السبت في سوق المدينة.\n{A}\n— مركز الأخبار (@news) August 19, 2022");
    assert_eq!(published(&text).day(), Some(date("2022-08-20")));
    // A post of last week says little of today.
    let old = format!("اندلع حريق اليوم الخميس في سوق المدينة.\n{A}\n— مركز الأخبار (@news) August 19, 2022");
    assert_eq!(published(&old).day(), None);
}

#[test]
fn a_date_in_a_cell_beside_the_author_dates_the_page() {
    let page = format!("حريق في مخزن للأخشاب\n\nمحليات\n\n| 23 أغسطس 2023 | سالم الكاتب\n\n{A}\n\n{B}");
    assert_eq!(published(&page).day(), Some(date("2023-08-23")));
    let told =
        format!("حريق في مخزن للأخشاب\n\nفي 23 أغسطس 2023 اندلع حريق آخر | سالم الكاتب قال ذلك أمس\n\n{A}\n\n{B}");
    assert_ne!(published(&told).method, PublishedMethod::DateLine);
}
