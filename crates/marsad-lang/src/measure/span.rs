//! From when to when, and which day at which hour?
//!
//! «من 4 إلى 22 هذا الشهر», «الجمعة حتى الأحد», «مساء أمس», «الخميس الساعة التاسعة»:
//! days, periods and clock times put together.

use super::calendar;
use super::period::edge_named;
use super::reader::{Reader, longer};
use super::{Clock, Moment};
use crate::time::{Edge, Unit};
use jiff::civil::Date;

impl Reader<'_> {
    /// The longest reading of the time that begins at a token.
    pub fn moment(&self, at: usize) -> Option<Moment> {
        let dated = self.dated(at).map(|m| self.with_clock(m));
        let clocked = self.clocked(at).map(|m| self.with_day(m));
        let all = [self.part_and_day(at), clocked, self.part_said(at), self.lasting(at)];
        all.into_iter().fold(dated, longer)
    }

    /// A day, a period, or two of them with what lies between.
    fn dated(&self, at: usize) -> Option<Moment> {
        let one = longer(self.day(at), self.period(at));
        let spans = [self.days_of_month(at), self.month_then_days(at), self.week_and_days(at), self.from_to_days(at)];
        spans.into_iter().fold(one, longer)
    }

    /// The word before a range: «من», «بين», «في الفترة ما بين»; the token behind it.
    fn opening(&self, at: usize) -> (usize, bool) {
        let interval = self.hit(at, "interval").map_or(at, |h| h.end);
        if let Some(hit) = self.hit(interval, "between") {
            return (hit.end, true);
        }
        let from = self.hit(interval, "of").filter(|h| !h.clitics.article).map_or(interval, |h| h.end);
        (from, false)
    }

    /// «إلى», «حتى», a dash, or «و» behind «بين»; the token behind it.
    pub fn until(&self, at: usize, between: bool) -> Option<usize> {
        if self.sign(at, &["-", "–", "~"]) {
            return Some(at + 1);
        }
        if let Some(hit) = self.hit(at, "until") {
            return Some(hit.end);
        }
        if !between {
            return None;
        }
        let joined = self.hits(at).iter().any(|h| h.clitics.conjunction);
        if self.is_and(at) { Some(at + 1) } else { joined.then_some(at) }
    }

    /// «من 4 إلى 22 هذا الشهر», «بين 4-22 يناير 2017», «19-20 نوفمبر», «من 27-29 من الشهر الثامن».
    fn days_of_month(&self, at: usize) -> Option<Moment> {
        let (next, between) = self.opening(at);
        let (a, end) = self.day_number(next)?;
        let (b, end) = self.day_number(self.until(end, between)?)?;
        let of = self.hit(end, "part_of").filter(|h| h.bare()).map_or(end, |h| h.end);
        let (days, end) = match self.month_said(of) {
            Some(said) => (self.days_of(&said, Some(a)), said.end),
            None => self.stretch_at(of).filter(|s| s.unit == Unit::Month).map(|s| (s.days, s.end))?,
        };
        let span = days.map(|(first, _)| within(first, a, b));
        (span.is_none() || span.flatten().is_some()).then(|| Moment {
            first: at,
            end,
            days: span.flatten(),
            ..Moment::default()
        })
    }

    /// «يوليو 13-15», «تموز 13 الى 15», «شهر نوفمبر بين 19 و 20».
    fn month_then_days(&self, at: usize) -> Option<Moment> {
        let said = self.month_said(at).filter(|m| m.year.is_none())?;
        let (next, between) = self.opening(said.end);
        let (a, end) = self.day_number(next)?;
        let (b, end) = self.day_number(self.until(end, between)?)?;
        let days = self.days_of(&said, Some(a)).and_then(|(first, _)| within(first, a, b))?;
        Some(Moment::days(at, end, Some(days.0), Some(days.1)))
    }

    /// «هذا الأسبوع من الثلاثاء إلى الخميس».
    fn week_and_days(&self, at: usize) -> Option<Moment> {
        let week = self.stretch_at(at).filter(|s| s.unit == Unit::Week)?;
        let (next, between) = self.opening(week.end);
        let (a, end) = self.weekday_at(next, false)?;
        let (b, end) = self.weekday_at(self.until(end, between)?, false)?;
        let of = |w| week.days.and_then(|days| calendar::nth_weekday(days, w, 1));
        Some(Moment::days(at, end, of(a), of(b)))
    }

    /// «الجمعة حتى الأحد القادم», «2 أكتوبر حتى بعد غد», «من اليوم حتى الغد».
    fn from_to_days(&self, at: usize) -> Option<Moment> {
        let (next, between) = self.opening(at);
        let one = longer(
            self.day(next),
            self.stretch_at(next).map(|s| Moment { first: next, end: s.end, days: s.days, ..Moment::default() }),
        )?;
        let opened = next > at;
        let until = self.until(one.end, between)?;
        // A dash alone joins headings and dates; a word for «until» is asked for.
        if self.sign(one.end, &["-", "–", "~"]) && !opened {
            return None;
        }
        let two = longer(
            self.day(until),
            self.stretch_at(until).map(|s| Moment { first: until, end: s.end, days: s.days, ..Moment::default() }),
        )?;
        let (mut from, mut to) = (one.days.map(|d| d.0), two.days.map(|d| d.1));
        // «من يناير حتى مارس 2016»: one year for both.
        if let (Some(a), Some(b)) = (from, to)
            && !self.names_year(one.first, one.end)
            && self.names_year(two.first, two.end)
        {
            let in_year = |year: i16| Date::new(year, a.month(), a.day()).ok();
            from = in_year(b.year()).filter(|d| *d <= b).or_else(|| in_year(b.year() - 1));
        }
        // A weekday behind a weekday is the next one.
        if let (Some(a), Some(b)) = (from, to)
            && b < a
        {
            to = if calendar::days_between(b, a).is_some_and(|n| n <= 7) {
                calendar::plus(b, 7)
            } else {
                calendar::plus_months(b, 12)
            };
        }
        Some(Moment::days(at, two.end, from, to))
    }

    fn names_year(&self, first: usize, end: usize) -> bool {
        (first..end).any(|at| self.hit(at, "year_word").is_some() || self.plain_digits(at).is_some_and(|y| y >= 1000))
    }

    /// «الخميس من الساعة التاسعة حتى العاشرة», «أمس ليلا».
    fn with_clock(&self, day: Moment) -> Moment {
        if day.one_day().is_none() && day.days.is_some() {
            return day;
        }
        let comma = day.end + usize::from(self.sign(day.end, &["،", ","]));
        let joined = self.clocked(comma).or_else(|| self.clocked(self.hit(comma, "inside")?.end));
        if let Some(c) = joined.filter(|c| c.clock.is_some()) {
            // «مساء أمس الساعة التاسعة»: the part of the day is that of the hour.
            let of_part = |c: Clock| day.part.filter(|_| !c.sure).map_or(c, |part| c.in_part(part));
            let (clock, until) = (c.clock.map(of_part), c.until.map(of_part));
            return Moment { clock, until, end: c.end, part: c.part.or(day.part), ..day };
        }
        match self.part_at(day.end) {
            Some((part, end)) => Moment { part: Some(part), end, ..day },
            None => day,
        }
    }

    /// «الثامنة هذه الليلة», «الساعة التاسعة من مساء أمس».
    fn with_day(&self, clock: Moment) -> Moment {
        let of = self.hit(clock.end, "of").filter(|h| h.bare()).map_or(clock.end, |h| h.end);
        let Some(day) = self.part_and_day(of).or_else(|| self.day(of)).filter(|d| d.one_day().is_some()) else {
            return clock;
        };
        let time = clock.clock.map(|c| match day.part {
            Some(part) if !c.sure => c.in_part(part),
            _ => c,
        });
        Moment { clock: time, days: day.days, end: day.end, part: clock.part.or(day.part), ..clock }
    }

    /// «مساء أمس», «فجر يوم الخميس».
    fn part_and_day(&self, at: usize) -> Option<Moment> {
        let (part, next) = self.part_at(at)?;
        let of = self.hit(next, "of").filter(|h| h.bare()).map_or(next, |h| h.end);
        let day = self.day(of).filter(|d| d.length.is_none() && (d.days.is_none() || d.one_day().is_some()))?;
        Some(self.with_clock(Moment { first: at, part: Some(part), ..day }))
    }

    /// «في الصباح الباكر», «بعد الظهر», «في وقت متأخر من الليل»: with an article or as an adverb.
    fn part_said(&self, at: usize) -> Option<Moment> {
        let inside = self.hit(at, "inside").filter(|h| h.end == at + 1).map_or(at, |h| h.end);
        // «منتصف الليل» is an hour.
        if self.hit(inside, "clock_point").is_some_and(|h| self.part_at(inside).is_none_or(|p| h.end >= p.1)) {
            return None;
        }
        let edge = self.hit(inside, "edge").or_else(|| self.hit(at, "edge"));
        if let Some(edge) = edge {
            let of = self.hit(edge.end, "of").filter(|h| h.bare()).map_or(edge.end, |h| h.end);
            if let Some(day) = self.part_and_day(of) {
                return Some(Moment { first: at, ..day });
            }
            if let Some((part, end)) = self.part_at(of) {
                let edge = edge_named(&edge.entry.family);
                return Some(Moment { first: at, end, part: Some(part), edge: Some(edge), ..Moment::default() });
            }
        }
        let (part, end) = self.part_at(inside)?;
        let hit = self.hit(inside, "part_of_day")?;
        let early = self.past(end, "early");
        let plain = hit.clitics.article || self.has_article(inside) || early.is_some() || self.known_part(inside);
        let said = plain || (self.plans() && !self.t.is_word(end));
        // «المغرب» alone is a country, «العشاء» a meal.
        if self.hit(inside, "prayer").is_some_and(|h| h.end == hit.end) {
            return None;
        }
        let edge = early.is_some().then_some(Edge::Start);
        said.then(|| Moment { first: at, end: early.unwrap_or(end), part: Some(part), edge, ..Moment::default() })
    }
}

/// The days `a` to `b` of the month that begins on `first`.
fn within(first: Date, a: i8, b: i8) -> Option<(Date, Date)> {
    let day = |d: i8| Date::new(first.year(), first.month(), d).ok();
    let (from, to) = (day(a)?, day(b)?);
    (from < to).then_some((from, to))
}
