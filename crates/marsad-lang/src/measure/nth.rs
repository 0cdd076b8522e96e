//! The how-manieth day, weekday or week of a month or year is meant?
//!
//! «أول يوم جمعة من يوليو», «الاثنين الأخير من شهر ثلاثة», «الأسبوع الثالث من عام
//! 2027», «ثالث ثلاثاء بعد كريسماس 2014».

use super::calendar::{nth_week, nth_weekday, plus};
use super::reader::Reader;
use super::{Moment, unit_of};
use crate::lexicon::Count;
use crate::time::Unit;
use jiff::civil::{Date, Weekday};

/// What is counted.
#[derive(Clone, Copy)]
enum Counted {
    Weekday(Weekday),
    Day,
    Week,
}

impl Reader<'_> {
    pub fn nth_of(&self, at: usize) -> Option<Moment> {
        let (n, counted, end) = self.number_first(at).or_else(|| self.noun_first(at))?;
        if let Some(found) = self.after_feast(at, n, counted, end) {
            return Some(found);
        }
        let of = self.of_stretch(end).filter(|s| !matches!(s.unit, Unit::Week | Unit::Decade));
        if let Some(of) = of {
            let days = of.days.and_then(|days| pick(days, counted, n));
            return (of.days.is_none() || days.is_some()).then(|| Moment {
                first: at,
                end: of.end,
                days,
                ..Moment::default()
            });
        }
        // «آخر يوم»: of what, is not said.
        let last_day = matches!(counted, Counted::Day) && n < 0 && self.hit(at, "last_of").is_some();
        last_day.then(|| Moment { first: at, end, ..Moment::default() })
    }

    /// «أول يوم جمعة», «اخر اثنين», «ثالث أسبوع».
    fn number_first(&self, at: usize) -> Option<(i64, Counted, usize)> {
        let (n, next) = match self.hit(at, "last_of").filter(|h| !h.clitics.article) {
            Some(hit) => (-1, hit.end),
            None => {
                let (value, end) = self.ordinal(at)?;
                (value as i64, end)
            }
        };
        let (counted, end) = self.counted(next, true)?;
        Some((n, counted, end))
    }

    /// «الاثنين الأخير», «اليوم الثالث», «الأسبوع الأول».
    fn noun_first(&self, at: usize) -> Option<(i64, Counted, usize)> {
        let (counted, next) = self.counted(at, false)?;
        if let Some(hit) = self.hit(next, "last_of").filter(|h| h.clitics.article) {
            return Some((-1, counted, hit.end));
        }
        let (value, end) = self.ordinal(next)?;
        Some((value as i64, counted, end))
    }

    fn counted(&self, at: usize, bare: bool) -> Option<(Counted, usize)> {
        if let Some((weekday, end)) = self.weekday_at(at, bare) {
            return Some((Counted::Weekday(weekday), end));
        }
        let hit = self.hit(at, "time_unit").filter(|h| h.form.count == Count::Singular && h.clitics.article != bare)?;
        match unit_of(&hit.entry.family)? {
            Unit::Day => Some((Counted::Day, hit.end)),
            Unit::Week => Some((Counted::Week, hit.end)),
            _ => None,
        }
    }

    /// «ثالث ثلاثاء بعد كريسماس 2014».
    fn after_feast(&self, at: usize, n: i64, counted: Counted, end: usize) -> Option<Moment> {
        let after = self.hit(end, "in_time")?;
        let feast = self.day(after.end)?;
        let day = feast.one_day().and_then(|d| pick((plus(d, 1)?, plus(d, 366)?), counted, n));
        Some(Moment { first: at, end: feast.end, days: day, ..Moment::default() })
    }
}

fn pick(days: (Date, Date), counted: Counted, n: i64) -> Option<(Date, Date)> {
    let one = |d: Date| (d, d);
    match counted {
        Counted::Weekday(w) => nth_weekday(days, w, n).map(one),
        Counted::Week => nth_week(days, n),
        Counted::Day if n < 0 => plus(days.1, n + 1).map(one),
        Counted::Day => plus(days.0, n - 1).filter(|d| *d <= days.1).map(one),
    }
}
