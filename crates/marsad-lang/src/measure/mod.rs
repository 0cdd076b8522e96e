//! What do a text's words of time and amount say, taken in full?
//!
//! The readers beside this one ([`crate::time`], `numeral.rs`) read what dates
//! and counts events, and no more: whatever they find may become the day of an
//! attack. This one reads all that a text says of times and amounts («من الساعة
//! الثالثة حتى الخامسة عصرا», «أول جمعة من تموز», «ثلاثة أخماس», «أكثر من 20 وأقل
//! من 35»), with a word table of its own that no event sees: `data/ar/measures`
//! over `data/ar/time` and the number words. `extract --mentions` prints it and
//! `eval times` judges it.

mod bounds;
mod calendar;
mod chain;
mod clock;
mod day;
mod length;
mod nth;
mod number;
mod period;
mod reader;
mod span;

pub(crate) use calendar::{hijri, season};
pub use length::Length;

use crate::resources::Resources;
use crate::time::{Edge, Season, Unit};
use crate::token::Tokens;
use jiff::civil::Date;
use marsad_model::TimeOfDay;
use reader::Reader;

/// How the writer looks at time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Manner {
    /// A report tells what was: «في أكتوبر» is the last October, and «4.22» a number.
    #[default]
    Report,
    /// Talk of what one is going to do: «في أكتوبر» is the coming one, «في 27» and «4.22» are days.
    Plan,
}

/// Against what times are resolved.
#[derive(Clone, Copy, Debug, Default)]
pub struct Setting {
    /// The day of writing; without it, what depends on it stays open.
    pub reference: Option<Date>,
    pub manner: Manner,
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clock {
    pub hour: u8,
    pub minute: u8,
    pub second: u8,
    /// The words tell which half of the day is meant.
    pub sure: bool,
}

/// What is said of a time; several of the values may be there («الخميس الساعة التاسعة»).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Moment {
    /// Tokens `first..end`.
    pub first: usize,
    pub end: usize,
    /// First and last day, both meant.
    pub days: Option<(Date, Date)>,
    pub clock: Option<Clock>,
    pub until: Option<Clock>,
    pub part: Option<TimeOfDay>,
    /// «أواخر الأسبوع», «في الصباح الباكر»: an edge without exact bounds.
    pub edge: Option<Edge>,
    pub season: Option<(Season, Option<i16>)>,
    pub length: Option<Length>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuantityKind {
    Cardinal,
    Fraction,
    Ordinal,
    /// Of a hundred: the value of «5%» is 5.
    Percent,
    /// Bounds alone: «أكثر من 20», «بين 5 و7».
    Range,
}

/// One end of a range of amounts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bound {
    pub value: f64,
    pub included: bool,
}

/// An amount that the text names: tokens `first..end`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantity {
    pub first: usize,
    pub end: usize,
    pub kind: QuantityKind,
    pub value: Option<f64>,
    pub low: Option<Bound>,
    pub high: Option<Bound>,
}

/// All that a text says of times, left to right, without overlap.
///
/// ```
/// use marsad_lang::measure::{Manner, Setting, moments};
/// # let files = marsad_lang::testing::files();
/// let res = marsad_lang::Resources::load(&files).unwrap();
/// let day = jiff::civil::date(2021, 5, 5);
/// // "on the first Friday of April, between three and five in the afternoon"
/// let text = "أول جمعة من نيسان، بين الثالثة والخامسة عصرا";
/// let tokens = marsad_lang::Tokens::new(&res.fold, text);
/// let found = moments(&res, &tokens, &Setting { reference: Some(day), manner: Manner::Report });
/// assert_eq!(found[0].days.unwrap().0, jiff::civil::date(2021, 4, 2));
/// assert_eq!(found[0].until.unwrap().hour, 17);
/// ```
pub fn moments(res: &Resources, tokens: &Tokens, setting: &Setting) -> Vec<Moment> {
    Reader::new(res, tokens, *setting).moments()
}

/// All amounts of a text, left to right, without overlap.
pub fn quantities(res: &Resources, tokens: &Tokens) -> Vec<Quantity> {
    Reader::new(res, tokens, Setting::default()).quantities()
}

/// Tokens `first..end`.
pub type Tokened = (usize, usize);

/// What the full reading adds to times and numbers that are already known by
/// their tokens: moments over other words than a known time, and amounts that
/// go beyond a known number («خمسة في المئة», «ثلاثة أرباع»).
pub fn beyond(
    res: &Resources,
    tokens: &Tokens,
    setting: &Setting,
    times: &[Tokened],
    numbers: &[Tokened],
) -> (Vec<Moment>, Vec<Quantity>) {
    let reader = Reader::new(res, tokens, *setting);
    let mut moments = reader.moments();
    moments.retain(|m| {
        let inside = |t: &(usize, usize)| t.0 <= m.first && m.end <= t.1;
        !times.iter().any(|t| inside(t) || reader.same_words(*t, (m.first, m.end)))
    });
    let mut quantities = reader.quantities();
    quantities.retain(|q| {
        let over = (q.first, q.end);
        let inside = |t: &(usize, usize)| t.0 <= over.0 && over.1 <= t.1;
        let timed = times.iter().any(inside) || moments.iter().any(|m| m.first <= over.0 && over.1 <= m.end);
        let known = numbers.iter().any(|n| inside(n) || reader.same_words(*n, over));
        // «7/10» is a day as often as a share, «الأولى» a name as often as a place in a row.
        let doubtful = (over.0..over.1).any(|t| tokens.is_sign(t, "/"))
            || (q.kind == QuantityKind::Ordinal && q.value.is_some_and(|v| v <= 10.0));
        q.value.is_some() && !timed && !known && !doubtful
    });
    (moments, quantities)
}

/// True when two stretches of tokens hold the same words of time, more or less
/// a leading preposition, conjunction, «هذا», «يوم» or «الساعة», and signs.
pub fn same_words(res: &Resources, tokens: &Tokens, a: Tokened, b: Tokened) -> bool {
    Reader::new(res, tokens, Setting::default()).same_words(a, b)
}

impl Moment {
    fn days(first: usize, end: usize, from: Option<Date>, to: Option<Date>) -> Moment {
        Moment { first, end, days: from.zip(to), ..Moment::default() }
    }

    fn day(first: usize, end: usize, day: Option<Date>) -> Moment {
        Moment::days(first, end, day, day)
    }

    /// The day, where one day is meant.
    pub fn one_day(&self) -> Option<Date> {
        self.days.filter(|(a, b)| a == b).map(|d| d.0)
    }

    /// The value as TIMEX3 and ISO 8601 write it, where there is one.
    pub fn timex(&self) -> Option<String> {
        if let Some(length) = &self.length {
            return Some(length.timex());
        }
        let clock = |c: Clock| match c.second {
            0 => format!("T{:02}:{:02}", c.hour, c.minute),
            s => format!("T{:02}:{:02}:{s:02}", c.hour, c.minute),
        };
        let clocks = match (self.clock, self.until) {
            (Some(a), Some(b)) => Some(format!("{}/{}", clock(a), clock(b))),
            (Some(a), None) => Some(clock(a)),
            _ => None,
        };
        match (self.days, clocks) {
            (Some((a, b)), None) if a == b => Some(a.to_string()),
            (Some((a, b)), None) => Some(calendar::stretch_timex(a, b)),
            (Some((a, _)), Some(clocks)) => Some(format!("{a}{clocks}")),
            (None, Some(clocks)) => Some(clocks),
            (None, None) => self.part.map(|p| part_timex(p).to_string()),
        }
    }
}

fn part_timex(part: TimeOfDay) -> &'static str {
    match part {
        TimeOfDay::Dawn => "TDW",
        TimeOfDay::Morning => "TMO",
        TimeOfDay::Noon => "TMI",
        TimeOfDay::Afternoon => "TAF",
        TimeOfDay::Evening => "TEV",
        TimeOfDay::Night => "TNI",
    }
}

/// The unit that a family of unit words names.
fn unit_of(family: &str) -> Option<Unit> {
    Some(match family {
        "second" => Unit::Second,
        "minute" => Unit::Minute,
        "hour" => Unit::Hour,
        "day" => Unit::Day,
        "week" => Unit::Week,
        "month" => Unit::Month,
        "year" => Unit::Year,
        "decade" => Unit::Decade,
        _ => return None,
    })
}
