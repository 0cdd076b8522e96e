//! Which day is meant?
//!
//! Dates in digits and words, weekdays with their week or date, «بعد غد», «قبل
//! شهرين», «شهر و 2 سنة من الآن», feasts; and, in talk of plans, a number alone.

use super::Moment;
use super::calendar::{self, plus, stretch};
use super::length::Length;
use super::reader::{Reader, longer};
use crate::lexicon::Class;
use crate::time::Unit;
use jiff::civil::{Date, Weekday};

impl Reader<'_> {
    /// All readings as a day, the longest.
    pub fn day(&self, at: usize) -> Option<Moment> {
        let all = [
            self.numeric_date(at),
            self.two_numbers(at),
            self.day_month(at),
            self.month_day(at),
            self.weekday_said(at),
            self.day_of_week(at),
            self.relative_day(at),
            self.shifted(at),
            self.feast(at),
            self.nth_of(at),
            self.day_alone(at),
        ];
        all.into_iter().fold(None, longer)
    }

    /// «2016/04/21», «28-11-2016».
    fn numeric_date(&self, at: usize) -> Option<Moment> {
        let sep = |i: usize| self.sign(i, &["/", "-", "."]) && self.t.glued(i - 1) && self.t.glued(i);
        if self.touched(at) || !self.t.is_number(at) || !sep(at + 1) || !sep(at + 3) {
            return None;
        }
        let (a, b, c) = (self.plain_digits(at)?, self.plain_digits(at + 2)?, self.plain_digits(at + 4)?);
        let (year, month, day) = match (a, c) {
            (1900..=2100, 1..=31) => (a, b, c),
            (1..=31, 1900..=2100) => (c, b, a),
            _ => return None,
        };
        // American order, where the middle cannot be a month.
        let (month, day) = if month > 12 && day <= 12 { (day, month) } else { (month, day) };
        let date = Date::new(year as i16, month as i8, day as i8).ok()?;
        Some(Moment::day(at, at + 5, Some(date)))
    }

    /// «4/22», «22-4», «08/12, 2015»: dates in talk of plans; in a report they are numbers.
    fn two_numbers(&self, at: usize) -> Option<Moment> {
        let glued = self.sign(at + 1, &["/", "-", "."]) && self.t.glued(at) && self.t.glued(at + 1);
        let more = self.sign(at + 3, &["/", "-", ".", "%"]) && self.t.glued(at + 2) && self.t.is_number(at + 4);
        if !self.plans() || !glued || more || self.touched(at) || (at > 0 && self.sign(at - 1, &["/", "-", "."])) {
            return None;
        }
        let (a, b) = (self.plain_digits(at)?, self.plain_digits(at + 2)?);
        let (day, month) = if b > 12 { (b, a) } else { (a, b) };
        if !(1..=12).contains(&month) || !(1..=31).contains(&day) || self.t.text(at + 2).len() > 2 {
            return None;
        }
        let comma = self.sign(at + 3, &[",", "،"]);
        let year = self.plain_digits(at + 4).filter(|_| comma);
        let said = super::period::MonthSaid {
            month: month as i8,
            hijri: false,
            year: year.map(|y| if y < 100 { 2000 + y as i16 } else { y as i16 }),
            end: at + 3 + 2 * usize::from(year.is_some()),
            weak: false,
        };
        let first = self.days_of(&said, Some(day as i8)).map(|d| d.0);
        let date = first.and_then(|f| Date::new(f.year(), f.month(), day as i8).ok());
        first.is_none().then_some(()).or(date.map(|_| ()))?;
        Some(Moment::day(at, said.end, date))
    }

    /// The day of a month: «19», «الـ21», «التاسع عشر», «ثلاثة عشر».
    pub fn day_number(&self, at: usize) -> Option<(i8, usize)> {
        let digits = at + usize::from(self.is_article(at) && self.t.is_number(at + 1));
        if self.t.is_number(digits) {
            let n = self.plain_digits(digits).filter(|n| (1..=31).contains(n) && self.t.text(digits).len() <= 2)?;
            let touched = digits > 0 && self.t.glued(digits - 1) && self.sign(digits - 1, &["/", ".", ",", ":"]);
            return (!touched).then_some((n as i8, digits + 1));
        }
        let (value, end) = self.ordinal(at).or_else(|| self.chain(at, self.t.len()).map(|c| (c.value, c.end)))?;
        ((1.0..=31.0).contains(&value) && value.fract() == 0.0).then_some((value as i8, end))
    }

    /// «2 أكتوبر», «الرابع من مايو», «28-نوفمبر», «16. نوفمبر. 2016», «اليوم الاول من شهر ثلاثة», «20 من الشهر المقبل».
    pub fn day_month(&self, at: usize) -> Option<Moment> {
        let word = self.hit(at, "dayword").map_or(at, |h| h.end);
        let (day, mut next) = self.day_number(word)?;
        // «الأولى في تموز», «الثاني في تموز» count attacks, not days.
        let in_words =
            !self.plans() && !self.t.is_number(word) && !self.is_article(word) && self.ordinal(word).is_some();
        if in_words && (self.is_feminine(word) || self.hit(next, "inside").is_some()) {
            return None;
        }
        next += usize::from(self.sign(next, &[".", "-", "/", "–"]));
        next = self.hit(next, "part_of").filter(|h| h.bare()).map_or(next, |h| h.end);
        if let Some(said) = self.month_said(next) {
            let days = self.days_of(&said, Some(day));
            let date = days.and_then(|(first, last)| plus(first, i64::from(day) - 1).filter(|d| *d <= last));
            return (days.is_none() || date.is_some()).then(|| Moment::day(at, said.end, date));
        }
        let month = self.stretch_at(next).filter(|s| s.unit == Unit::Month && s.end > next);
        let (days, end) = match month {
            Some(s) => (s.days, s.end),
            None => {
                let end = self.past(next, "current")?;
                (self.today().and_then(|d| stretch(d, Unit::Month, 0)), end)
            }
        };
        let date = days.and_then(|(first, last)| plus(first, i64::from(day) - 1).filter(|d| *d <= last));
        Some(Moment::day(at, end, date))
    }

    /// «يناير-1», «يوليو 29، 2021»; without a year only where plans are made.
    fn month_day(&self, at: usize) -> Option<Moment> {
        let said = self.month_said(at).filter(|m| m.year.is_none())?;
        let at_day = said.end + usize::from(self.sign(said.end, &["-"]));
        if !self.t.is_number(at_day) {
            return None;
        }
        let (day, end) = self.day_number(at_day)?;
        if self.sign(end, &["-", "/", ":"]) && self.t.glued(end) {
            return None;
        }
        let year = self.year_behind(end).filter(|(y, _)| y.is_some());
        if year.is_none() && !self.plans() {
            return None;
        }
        let (year, end) = year.map_or((None, end), |(y, e)| (y, e));
        let said = super::period::MonthSaid { year, end, ..said };
        let date = self.days_of(&said, Some(day)).and_then(|(f, l)| plus(f, i64::from(day) - 1).filter(|d| *d <= l));
        Some(Moment::day(at, end, date))
    }

    /// A weekday by its name; «أحد» and «اثنين» without the article are numbers but where a rule asks.
    pub fn weekday_at(&self, at: usize, bare: bool) -> Option<(Weekday, usize)> {
        let next = self.over_dayword(at);
        let named = self.class(next, Class::Weekday);
        let hit = named.or_else(|| self.hit(next, "bare_weekday").filter(|h| bare || h.clitics.article))?;
        Some((Weekday::from_monday_one_offset(hit.entry.value as i8).ok()?, hit.end))
    }

    fn over_dayword(&self, at: usize) -> usize {
        self.hit(at, "dayword").map_or(at, |h| h.end)
    }

    /// A weekday with what says which one.
    fn weekday_said(&self, at: usize) -> Option<Moment> {
        let start = self.hit(at, "this").map_or(at, |h| h.end);
        let (weekday, end) = self.weekday_at(start, false).or_else(|| {
            let bare = self.weekday_at(start, true)?;
            self.hit(bare.1, "time_unit").filter(|h| h.clitics.article)?;
            Some(bare)
        })?;
        let today = self.today();
        if let Some((k, to)) = self.turn(end).filter(|t| t.0 != 0) {
            return Some(Moment::day(at, to, today.and_then(|d| weekday_from(d, weekday, k))));
        }
        let of = self.hit(end, "part_of").filter(|h| h.bare()).map_or(end, |h| h.end);
        if let Some(week) = self.stretch_at(of).filter(|s| s.unit == Unit::Week) {
            let day = week.days.and_then(|days| calendar::nth_weekday(days, weekday, 1));
            return Some(Moment::day(at, week.end, day));
        }
        let open = end + usize::from(self.sign(end, &["(", "-", "،", ",", "/"]));
        let open = self.over(open, "corresponding");
        if let Some(date) = self.numeric_date(open).or_else(|| self.day_month(open)).or_else(|| self.two_numbers(open))
        {
            // «الجمعة الأولى من يوليو» where the first is no Friday.
            let other = date.one_day().is_some_and(|d| d.weekday() != weekday);
            if other && self.nth_of(at).is_some_and(|n| n.end >= date.end) {
                return None;
            }
            return Some(Moment { first: at, ..date });
        }
        let inside = self.hit(end, "inside").filter(|h| h.bare()).map_or(end, |h| h.end);
        if let Some((day, to)) =
            self.day_number(inside).filter(|(_, to)| !self.counts(*to) && !self.is_hour(inside, *to))
        {
            let nth = !self.t.is_number(inside) && day <= 5;
            let found = today.and_then(|t| self.weekday_and_day(t, weekday, day, nth));
            return Some(Moment::day(at, to, found));
        }
        let day = today.and_then(|d| match self.plans() {
            true => weekday_from(d, weekday, 1),
            false => plus(d, -i64::from(weekday.until(d.weekday()))),
        });
        Some(Moment::day(at, end, day))
    }

    /// True when a noun follows that a number would count.
    fn counts(&self, at: usize) -> bool {
        self.t.is_word(at) && !self.plans()
    }

    fn is_hour(&self, at: usize, end: usize) -> bool {
        self.sign(end, &[":"]) || self.hit(end, "part_of_day").is_some() || self.hit(at, "oclock").is_some()
    }

    /// «الخميس 21»: the day of the month that falls on it, the nearest; «السبت الثاني»: the second of the month.
    fn weekday_and_day(&self, today: Date, weekday: Weekday, day: i8, nth: bool) -> Option<Date> {
        let month = |k: i64| {
            let first = calendar::plus_months(today.first_of_month(), k)?;
            Date::new(first.year(), first.month(), day).ok().filter(|d| d.weekday() == weekday)
        };
        let ahead = if self.plans() { 1 } else { -1 };
        let this = month(0);
        if nth && this.is_none() {
            return calendar::nth_weekday((today.first_of_month(), today.last_of_month()), weekday, day.into());
        }
        this.or_else(|| (1..12).find_map(|k| month(k * ahead).or_else(|| (k < 3).then(|| month(-k * ahead)).flatten())))
    }

    /// «الأسبوع القادم الأحد», «الأسبوع المقبل يوم الجمعة».
    fn day_of_week(&self, at: usize) -> Option<Moment> {
        let week = self.stretch_at(at).filter(|s| s.unit == Unit::Week)?;
        let (weekday, end) = self.weekday_at(week.end, false)?;
        Some(Moment::day(at, end, week.days.and_then(|days| calendar::nth_weekday(days, weekday, 1))))
    }

    /// «اليوم», «بعد غد», «أمس الأول», with the weekday or date that is added.
    fn relative_day(&self, at: usize) -> Option<Moment> {
        let start = self.hit(at, "this").filter(|h| h.bare()).map_or(at, |h| h.end);
        let hit = self.hit(start, "relative_day")?;
        let day = self.today().and_then(|d| plus(d, hit.entry.value as i64));
        let part = hit.entry.extra("part").and_then(crate::time::part_of_day);
        let mut out = Moment { part, ..Moment::day(at, hit.end, day) };
        let open = hit.end + usize::from(self.sign(hit.end, &["(", "،", ","]));
        if let Some(date) = self.numeric_date(open).or_else(|| self.day_month(open)) {
            out = Moment { first: at, part, ..date };
        } else if let Some((_, end)) = self.weekday_at(open, false) {
            out.end = end;
        }
        out.end += usize::from(open > hit.end && self.sign(out.end, &[")"]));
        Some(out)
    }

    /// «قبل شهرين», «بعد أسبوعين من الآن», «2 عام و شهر و 21 يوم من الآن».
    fn shifted(&self, at: usize) -> Option<Moment> {
        let moved = |length: &Length, back: bool| self.today().and_then(|d| length.from(d, back));
        let made = |length: Length, end: usize, back: bool| {
            let end = self.past(end, "from_now").unwrap_or(end);
            let day = moved(&length, back);
            let short = day.is_none() && length.seconds().is_some_and(|s| s < 86_400.0);
            Some(Moment { length: short.then_some(length), ..Moment::day(at, end, day) })
        };
        for (label, back) in [("ago", true), ("in_time", false)] {
            let Some(next) = self.hit(at, label).map(|h| h.end) else { continue };
            let Some((length, end)) = self.length(next, true) else { continue };
            // «منذ يوم الأربعاء» is no day ago.
            if self.weekday_at(next, false).is_some()
                || self.t.is_number(end)
                || self.class(end, Class::Month).is_some()
            {
                continue;
            }
            // «بعد يومين من الهجوم»: what a report tells happens after something else.
            let from_now = self.hit(end, "from_now").is_some();
            let of = self.hit(end, "of").is_some_and(|h| h.bare());
            if !from_now && !self.plans() && (of || !back) {
                return Some(Moment { first: at, end, length: Some(length), ..Moment::default() });
            }
            return made(length, end, back);
        }
        if let Some(next) = self.hit(at, "within").map(|h| h.end).filter(|_| self.plans())
            && let Some((length, end)) = self.length(next, false)
            && self.turn(end).is_none()
        {
            let days = self.today().and_then(|d| Some((d, length.from(d, false)?)));
            let short = length.seconds().is_some_and(|s| s < 86_400.0);
            return Some(Moment { days, first: at, end, length: short.then_some(length), ..Moment::default() });
        }
        let spoken = self.hit(at, "of").filter(|h| self.plans() && h.end == at + 1 && h.bare()).map(|h| h.end);
        if let Some((length, end)) = spoken.and_then(|next| self.length(next, true)).filter(|l| !self.t.is_number(l.1))
        {
            return made(length, end, true);
        }
        let (length, end) = self.length(at, true)?;
        let now = self.past(end, "from_now")?;
        Some(Moment::day(at, now, moved(&length, true)))
    }

    /// «عيد الفطر», «رأس السنة العام المقبل», «عيد الفصح 2013».
    fn feast(&self, at: usize) -> Option<Moment> {
        let start = self.over_dayword(at);
        let hit = self.hit(at, "feast").or_else(|| self.hit(start, "feast"))?;
        let rule = hit.entry.extra("rule")?;
        if let Some((year, end)) = self.year_behind(hit.end) {
            return Some(Moment::day(at, end, year.and_then(|y| calendar::feast(rule, y))));
        }
        let (k, end) = self.turn(hit.end).unwrap_or((if self.plans() { 1 } else { -1 }, hit.end));
        let day = self.today().and_then(|today| {
            let years = today.year() - 2..=today.year() + 2;
            let mut days = years.filter_map(|y| calendar::feast(rule, y));
            if k > 0 { days.find(|d| *d >= today) } else { days.filter(|d| *d <= today).last() }
        });
        Some(Moment::day(at, end, day))
    }

    /// «يوم 27», and in talk of plans «في 27», «إلى الحادي والعشرين», «للثاني».
    fn day_alone(&self, at: usize) -> Option<Moment> {
        let word = self.hit(at, "dayword").filter(|h| !h.clitics.article).map(|h| h.end);
        let plan = || self.hit(at, "inside").or_else(|| self.hit(at, "until")).filter(|_| self.plans()).map(|h| h.end);
        let glued = || self.plans() && self.hits(at).iter().any(|h| h.clitics.preposition != '\0' && h.clitics.article);
        let next = word.or_else(plan).or_else(|| glued().then_some(at))?;
        let (day, end) = self.day_number(next)?;
        if at > 0 && self.t.is_number(at - 1) {
            return None;
        }
        let follows = self.t.is_word(end) || self.t.is_number(end) || self.sign(end, &["%", "٪"]);
        let glued_sign = self.sign(end, &["/", ":", "-", "."]) && self.t.glued(end - 1) && self.t.glued(end);
        if follows
            || glued_sign
            || self.day_month(next).is_some()
            || (word.is_some() && !self.t.is_number(next) && !self.plans())
        {
            return None;
        }
        let date = self.today().and_then(|today| {
            let this = Date::new(today.year(), today.month(), day).ok();
            match self.plans() {
                true => this,
                false => this.filter(|d| *d <= today).or_else(|| {
                    let before = calendar::plus_months(today.first_of_month(), -1)?;
                    Date::new(before.year(), before.month(), day).ok()
                }),
            }
        });
        Some(Moment::day(at, end, date))
    }
}

/// The `k`th such weekday after or before a day.
fn weekday_from(day: Date, weekday: Weekday, k: i64) -> Option<Date> {
    let near = |n: i8| i64::from(if n == 0 { 7 } else { n });
    if k > 0 {
        plus(day, near(day.weekday().until(weekday)) + 7 * (k - 1))
    } else {
        plus(day, -near(weekday.until(day.weekday())) + 7 * (k + 1))
    }
}
