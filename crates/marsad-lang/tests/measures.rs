//! What do words of time and amount say in full, for a day of writing of Wednesday, 5 May 2021?

use jiff::civil::date;
use marsad_lang::measure::{Manner, QuantityKind, Setting, moments, quantities};
use marsad_lang::{Resources, Tokens};
use std::sync::LazyLock;

static RES: LazyLock<Resources> =
    LazyLock::new(|| Resources::load(&marsad_lang::testing::files()).expect("the data loads"));

fn read(text: &str, manner: Manner) -> String {
    let tokens = Tokens::new(&RES.fold, text);
    let setting = Setting { reference: Some(date(2021, 5, 5)), manner };
    let found = moments(&RES, &tokens, &setting);
    found.iter().map(|m| m.timex().unwrap_or("open".into())).collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn report(text: &str, expected: &str) {
    assert_eq!(read(text, Manner::Report), expected, "{text}");
}

#[track_caller]
fn amount(text: &str, kind: QuantityKind, expected: f64) {
    let tokens = Tokens::new(&RES.fold, text);
    let found = quantities(&RES, &tokens);
    let values: Vec<_> = found.iter().filter(|q| q.kind == kind).filter_map(|q| q.value).collect();
    assert!(values.len() == 1 && (values[0] - expected).abs() < 1e-9, "{text}: {found:?}");
}

#[test]
fn days_in_words_and_digits() {
    report("في الثاني عشر من نيسان", "2021-04-12");
    report("20 من الشهر الماضي", "2021-04-20");
    report("الجمعة 23", "2021-04-23");
    report("الاثنين الأسبوع الماضي", "2021-04-26");
    report("الثلاثاء قبل الماضي", "2021-04-27");
    report("قبل ثلاثة أسابيع", "2021-04-14");
    report("منذ شهر و 3 أيام", "2021-04-02");
    report("بعد غد", "2021-05-07");
}

#[test]
fn days_that_are_counted_in_a_month_or_year() {
    report("أول جمعة من نيسان", "2021-04-02");
    report("آخر خميس في شهر آذار 2020", "2020-03-26");
    report("الأسبوع الثاني من عام 2020", "2020-W02");
    report("اليوم الأخير من شباط 2020", "2020-02-29");
}

#[test]
fn stretches_of_the_calendar() {
    report("الربع الثاني من العام الماضي", "2020-04-01/2020-06-30");
    report("النصف الأول من عام 2019", "2019-01-01/2019-06-30");
    report("من 4 إلى 22 نيسان", "2021-04-04/2021-04-22");
    report("بين يناير ومارس", "2021-01-01/2021-03-31");
    report("من الجمعة حتى الأحد", "2021-04-30/2021-05-02");
    report("الأيام الثلاثة الماضية", "2021-05-02/2021-05-04");
    report("العقدين الماضيين", "2000-01-01/2019-12-31");
    report("ثمانينات القرن الماضي", "1980-01-01/1989-12-31");
    report("من تشرين الأول حتى آذار 2020", "2019-10-01/2020-03-31");
    report("الربع الأخير من العام", "2021-10-01/2021-12-31");
    report("في وقت سابق من هذا العام", "2021-01-01/2021-05-05");
    report("القرن العشرين", "1900-01-01/1999-12-31");
    report("بقية الشهر", "2021-05-05/2021-05-31");
    report("أواخر آذار الماضي", "2021-03-21/2021-03-31");
}

#[test]
fn feasts_and_islamic_months() {
    report("عيد الفطر 2020", "2020-05-24");
    report("عيد الفصح الماضي", "2021-04-04");
    report("رجب 1442", "2021-02-13/2021-03-14");
}

#[test]
fn hours() {
    report("الساعة الثالثة والنصف فجرا", "T03:30");
    report("الساعة السابعة إلا ربعا مساء", "T18:45");
    report("عشر دقائق قبل الثامنة صباحا", "T07:50");
    report("من الثالثة حتى الخامسة عصرا", "T15:00/T17:00");
    report("مساء أمس الساعة التاسعة", "2021-05-04T21:00");
    report("في منتصف الليل", "T00:00");
    report("في الصباح الباكر", "TMO");
    // A day of the month, no hour with its minutes.
    report("في السابع والعشرين من آذار", "2021-03-27");
}

#[test]
fn lengths() {
    report("استمر القصف ثلاث ساعات ونصف", "PT3.5H");
    report("لمدة ربع ساعة", "PT0.25H");
    report("دام شهرا و 4 أيام", "P1M4D");
    report("طوال يوم كامل", "P1D");
}

#[test]
fn a_report_is_not_read_as_plans() {
    // A score and a decimal are no dates, and numbers alone are no days.
    report("فاز بنتيجة 4-2 وبلغ المؤشر 4.22 في 27", "");
    report("في 27 موقعا", "");
    // What comes two days after something else is no day from the page.
    report("بعد يومين من القصف", "P2D");
    // A number before the part of a day that is named counts men; a name is no prayer; a gate no month.
    report("مقتل ثلاثة مساء الأحد في المغرب قرب باب المدينة", "2021-05-02");
    report("منذ يوم الاثنين", "2021-05-03");
    report("وهي الغارة الثالثة في تموز", "2020-07");
    assert_eq!(read("في 4/22", Manner::Plan), "2022-04-22");
    report("في أكتوبر", "2020-10");
    assert_eq!(read("في أكتوبر", Manner::Plan), "2021-10");
}

#[test]
fn broken_numbers() {
    use QuantityKind::{Cardinal, Fraction, Percent};
    amount("ثلاثة أخماس", Fraction, 0.6);
    amount("واحد ونصف", Fraction, 1.5);
    amount("خمسة وأربعون وتسعة من عشرة", Fraction, 45.9);
    amount("مليون ونصف المليون", Cardinal, 1_500_000.0);
    amount("نحو ٣/٤ المساحة", Fraction, 0.75);
    amount("ستة فاصلة خمسة", Fraction, 6.5);
    amount("12 في المئة", Percent, 12.0);
    amount("بنسبة خمسة وعشرين بالمئة", Percent, 25.0);
    amount("سالب سبعة", Cardinal, -7.0);
}

#[test]
fn long_numbers_and_speech() {
    use QuantityKind::{Cardinal, Ordinal};
    amount("٤ آلاف و٣٢١", Cardinal, 4321.0);
    amount("مئتان واثنان ألف", Cardinal, 202_000.0);
    amount("ميتين وخمسين", Cardinal, 250.0);
    amount("المئة والخامسة والعشرون", Ordinal, 125.0);
    amount("الثالث والستون", Ordinal, 63.0);
}

#[test]
fn men_of_ten_are_no_decimal() {
    let tokens = Tokens::new(&RES.fold, "قتل خمسة من عشرة جنود");
    let values: Vec<_> = quantities(&RES, &tokens).iter().filter_map(|q| q.value).collect();
    assert_eq!(values, [5.0, 10.0]);
}

#[test]
fn bounds() {
    let ends = |text: &str| {
        let found = quantities(&RES, &Tokens::new(&RES.fold, text));
        let q = found.first().expect("an amount");
        (q.low.map(|b| (b.value, b.included)), q.high.map(|b| (b.value, b.included)))
    };
    assert_eq!(ends("أكثر من 20"), (Some((20.0, false)), None));
    assert_eq!(ends("ما لا يقل عن ثلاثين"), (Some((30.0, true)), None));
    assert_eq!(ends("12 أو أقل"), (None, Some((12.0, true))));
    assert_eq!(ends("بين خمسة وتسعة"), (Some((5.0, true)), Some((9.0, false))));
    assert_eq!(ends("أكبر من 10 وأقل من 20"), (Some((10.0, false)), Some((20.0, false))));
}
