//! Which day, month or span of time do these words mean?
//!
//! First the expression is read as it stands ([`TimeExpr`], in `grammar.rs`): a
//! weekday, a date with or without its year, «أول أمس», «مطلع العام», a duration.
//! Then it is resolved against the publication date ([`resolve`], in
//! `calendar.rs`), which may itself be known only within bounds. What cannot be
//! resolved stays open with its weekday.

mod calendar;
mod grammar;
mod told;

pub use calendar::{resolve, timex};
pub use grammar::part_of_day;
pub(crate) use grammar::times;
pub use told::with_months_told;

use jiff::civil::{Date, Weekday};
use marsad_model::{DatePrecision, TimeOfDay};

/// How an expression points away from the present.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    #[default]
    None,
    /// «الماضي»
    Past,
    /// «قبل الماضي»
    BeforeLast,
    /// «المقبل»
    Coming,
    /// «الجاري»
    Current,
    /// «نفسه»: the month or year that was told before.
    Same,
    /// «الأربعاء من الأسبوع الماضي»
    LastWeek,
    /// «يونيو من العام الماضي», which is not «يونيو الماضي»
    LastYear,
    /// «يونيو من العام قبل الماضي»
    YearBeforeLast,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    Start,
    Middle,
    End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
    Decade,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// A time expression as it stands in the text.
#[derive(Clone, Debug, PartialEq)]
pub enum TimeExpr {
    /// Day of month, month, year: what is given of them, with the weekday.
    Date {
        year: Option<i16>,
        month: Option<i8>,
        day: Option<i8>,
        weekday: Option<Weekday>,
        edge: Option<Edge>,
        direction: Direction,
    },
    Weekday {
        weekday: Weekday,
        direction: Direction,
        until: Option<Weekday>,
    },
    /// Days from the day of writing, with the weekday that the text adds.
    Relative {
        days: i32,
        weekday: Option<Weekday>,
    },
    /// «مطلع العام», «نهاية 2021», «عام 2014».
    Year {
        year: Option<i16>,
        edge: Option<Edge>,
        direction: Direction,
    },
    Season {
        season: Season,
        year: Option<i16>,
    },
    /// «الأسبوع الجاري», «الشهر الماضي».
    Calendar {
        unit: Unit,
        direction: Direction,
    },
    Duration {
        n: Option<f64>,
        unit: Unit,
    },
    /// A clock time alone.
    Clock {
        hour: u8,
        minute: u8,
    },
    /// A part of the day without a day.
    Part,
}

/// A time expression in the text: tokens `first..end`.
#[derive(Clone, Debug)]
pub struct TimeMention {
    pub first: usize,
    pub end: usize,
    pub expr: TimeExpr,
    pub part: Option<TimeOfDay>,
}

/// The day of writing as far as it is known; both ends inclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Anchor {
    pub earliest: Option<Date>,
    pub latest: Option<Date>,
    /// No page is younger than this.
    pub horizon: Option<Date>,
    /// The day from which the text counts «أمس», where it is the one before or after the day of the page.
    pub written: Option<Date>,
}

impl Anchor {
    pub fn day(date: Date) -> Anchor {
        Anchor { earliest: Some(date), latest: Some(date), ..Anchor::default() }
    }

    /// The same with the day from which these expressions count: «أمس الثلاثاء» on a page of Tuesday is a printed paper of Wednesday, put
    /// online the evening before, and its plain «أمس» is Tuesday too. Nothing changes where they do not agree on one day.
    ///
    /// ```
    /// use marsad_lang::{Anchor, annotate};
    /// # let res = marsad_lang::Resources::load(&marsad_lang::testing::files()).unwrap();
    /// let tuesday = jiff::civil::date(2024, 11, 19);
    /// let written = |text| Anchor::day(tuesday).counted_by(&annotate(&res, text).times).written;
    /// // "A fire broke out yesterday, Tuesday": the next day. "Yesterday, Monday" agrees with the page.
    /// assert_eq!(written("اندلع حريق أمس الثلاثاء"), Some(jiff::civil::date(2024, 11, 20)));
    /// assert_eq!(written("اندلع حريق أمس الاثنين"), None);
    /// ```
    pub fn counted_by<'t>(self, times: impl IntoIterator<Item = &'t TimeMention>) -> Anchor {
        let mut weekdays = times.into_iter().filter_map(TimeMention::weekday_of_writing);
        let Some(weekday) = weekdays.next().filter(|first| weekdays.all(|w| w == *first)) else { return self };
        let next_to = self.exact().map(|day| [day.tomorrow().ok(), day.yesterday().ok()]);
        let written = next_to.into_iter().flatten().flatten().find(|d| d.weekday() == weekday);
        Anchor { written, ..self }
    }

    pub fn exact(&self) -> Option<Date> {
        self.earliest.filter(|d| Some(*d) == self.latest)
    }
}

/// What an expression means on the calendar; both ends inclusive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    pub earliest: Option<Date>,
    pub latest: Option<Date>,
    pub precision: DatePrecision,
    pub weekday: Option<Weekday>,
    pub how: &'static str,
}

impl TimeMention {
    /// The weekday of the day that «اليوم الثلاثاء» or «أمس الثلاثاء» was written on.
    pub fn weekday_of_writing(&self) -> Option<Weekday> {
        match self.expr {
            TimeExpr::Relative { days, weekday: Some(weekday) } if days <= 0 => Some(weekday.wrapping_add(-days)),
            _ => None,
        }
    }

    /// The weekday that the words name, whatever else they give.
    pub fn weekday(&self) -> Option<Weekday> {
        match &self.expr {
            TimeExpr::Weekday { weekday, .. } => Some(*weekday),
            TimeExpr::Relative { weekday, .. } | TimeExpr::Date { weekday, .. } => *weekday,
            _ => None,
        }
    }

    /// True for expressions that can date an event.
    pub fn is_point(&self) -> bool {
        !matches!(self.expr, TimeExpr::Duration { .. } | TimeExpr::Clock { .. } | TimeExpr::Part)
    }
}
