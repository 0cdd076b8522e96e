//! Which month or year is «الشهر نفسه», «العام ذاته»?
//!
//! The one that the text told last. It is filled in once the day of writing is known, since the month told last may
//! itself be one «الماضي».

use super::{Anchor, Direction, Edge, TimeExpr, TimeMention, Unit, resolve};
use jiff::civil::Date;

/// So many expressions back the month or year is still in mind.
const IN_MIND: usize = 8;

/// Fills the month and year that were told before into the expressions that say no more than that they are the same.
///
/// ```
/// use marsad_lang::{Anchor, annotate, time};
/// # let res = marsad_lang::Resources::load(&marsad_lang::testing::files()).unwrap();
/// // "On the 3rd of July 2019 a bomb went off, and on the 18th of the same month another."
/// let mut a = annotate(&res, "انفجرت عبوة في 3 تموز 2019 ثم أخرى في 18 من الشهر نفسه");
/// let anchor = Anchor::day(jiff::civil::date(2024, 5, 1));
/// time::with_months_told(&mut a.times, &anchor);
/// let day = time::resolve(&a.times[1], &anchor).earliest;
/// assert_eq!(day, Some(jiff::civil::date(2019, 7, 18)));
/// ```
pub fn with_months_told(times: &mut [TimeMention], anchor: &Anchor) {
    for i in 0..times.len() {
        let Some(open) = open_part(&times[i].expr) else { continue };
        let before = times[i.saturating_sub(IN_MIND)..i].iter().rev();
        let told = before.filter_map(|t| whole(t, anchor)).find_map(|(first, last)| match open {
            Open::Month => (first.first_of_month() == last.first_of_month()).then_some(first),
            Open::Year => (first.year() == last.year()).then_some(first),
        });
        let filled = told.and_then(|day| filled(&times[i].expr, open, day));
        let in_time = |e: &TimeExpr| {
            let time = TimeMention { expr: e.clone(), ..times[i].clone() };
            let first = resolve(&time, anchor).earliest;
            first.is_some_and(|first| anchor.latest.is_none_or(|latest| first <= latest))
        };
        if let Some(expr) = filled.filter(in_time) {
            times[i].expr = expr;
        }
    }
}

#[derive(Clone, Copy)]
enum Open {
    Month,
    Year,
}

fn open_part(expr: &TimeExpr) -> Option<Open> {
    match expr {
        TimeExpr::Date { month: Some(_), direction: Direction::Same, .. } => Some(Open::Year),
        TimeExpr::Date { month: None, direction: Direction::Same, .. } => Some(Open::Month),
        TimeExpr::Calendar { unit: Unit::Month, direction: Direction::Same } => Some(Open::Month),
        TimeExpr::Year { year: None, direction: Direction::Same, .. } => Some(Open::Year),
        _ => None,
    }
}

/// First and last day of what another expression means.
fn whole(time: &TimeMention, anchor: &Anchor) -> Option<(Date, Date)> {
    let known = resolve(time, anchor);
    Some((known.earliest?, known.latest?))
}

fn filled(expr: &TimeExpr, open: Open, told: Date) -> Option<TimeExpr> {
    let date = |month: i8, day: Option<i8>, edge: Option<Edge>| TimeExpr::Date {
        year: Some(told.year()),
        month: Some(month),
        day,
        weekday: None,
        edge,
        direction: Direction::None,
    };
    Some(match (expr, open) {
        (TimeExpr::Date { month: Some(month), day, edge, .. }, Open::Year) => date(*month, *day, *edge),
        (TimeExpr::Date { day, edge, .. }, Open::Month) => date(told.month(), *day, *edge),
        (TimeExpr::Calendar { .. }, Open::Month) => date(told.month(), None, None),
        (TimeExpr::Year { edge, .. }, Open::Year) => {
            TimeExpr::Year { year: Some(told.year()), edge: *edge, direction: Direction::None }
        }
        _ => return None,
    })
}
