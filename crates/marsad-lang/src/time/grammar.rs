//! Which words form a time expression, and what does it say as it stands?

use super::{Direction, Edge, Season, TimeExpr, TimeMention, Unit};
use crate::annotate::Words;
use crate::labels::Labels;
use crate::lexicon::Class;
use crate::numeral::{NumberKind, NumberMention};
use jiff::civil::{Date, Weekday};
use marsad_model::TimeOfDay;

/// All time expressions of a text, left to right, without overlap.
pub(crate) fn times(words: &Words, numbers: &[NumberMention]) -> Vec<TimeMention> {
    let reader = Reader { words, l: words.l, numbers };
    let mut out: Vec<TimeMention> = vec![];
    let mut at = 0;
    while at < words.tokens.len() {
        match reader.at(at) {
            Some(time) if reader.is_name_of_group(&time) => at = time.end,
            Some(mut time) => {
                reader.widen(&mut time, out.last().map_or(0, |t| t.end));
                at = time.end.max(at + 1);
                out.push(time);
            }
            None => at += 1,
        }
    }
    out
}

struct Reader<'a, 'w> {
    words: &'a Words<'w>,
    l: &'a Labels,
    numbers: &'a [NumberMention],
}

impl Reader<'_, '_> {
    fn at(&self, at: usize) -> Option<TimeMention> {
        if self.words.tokens.is_number(at) {
            return self
                .numeric_date(at)
                .or_else(|| self.day_month(at))
                .or_else(|| self.clock(at))
                .or_else(|| self.duration(at));
        }
        // Every other expression begins with a known word.
        if !self.words.tokens.is_word(at) || self.words.at(at).as_slice().is_empty() {
            return None;
        }
        self.relative(at)
            .or_else(|| self.days_ago(at))
            .or_else(|| self.weekday(at))
            .or_else(|| self.edge(at))
            .or_else(|| self.day_month(at))
            .or_else(|| self.month_day(at))
            .or_else(|| self.month(at))
            .or_else(|| self.year_word(at))
            .or_else(|| self.season(at))
            .or_else(|| self.calendar(at))
            .or_else(|| self.duration(at))
            .or_else(|| self.since_year(at))
            .or_else(|| self.part_alone(at))
    }

    /// «حركة 23 مارس», «كتائب "17 فبراير"»: called after a day.
    fn is_name_of_group(&self, time: &TimeMention) -> bool {
        let t = self.words.tokens;
        let quoted = time.first > 0 && ["(", "\"", "«", "“"].iter().any(|s| t.is_sign(time.first - 1, s));
        let group = self.words.ending_at(time.first - usize::from(quoted), self.words.l.group_word);
        let date = matches!(time.expr, TimeExpr::Date { year: None, day: Some(_), weekday: None, .. });
        date && group.is_some_and(|m| !m.clitics.article)
    }

    fn made(&self, first: usize, end: usize, expr: TimeExpr) -> Option<TimeMention> {
        Some(TimeMention { first, end, expr, part: None })
    }

    fn number_text(&self, at: usize) -> Option<u32> {
        self.words.tokens.is_number(at).then(|| self.words.tokens.text(at).parse().ok()).flatten()
    }

    /// «15-6-1438هـ»: a day of the Islamic calendar, with its number of the year first or last.
    fn islamic_date(&self, at: usize) -> Option<Date> {
        let [a, month, c] = [at, at + 2, at + 4].map(|at| self.number_text(at));
        let (a, month, c) = (a?, month?, c?);
        let (year, day) = if a > c { (a, c) } else { (c, a) };
        let such = (1350..=1500).contains(&year) && (1..=12).contains(&month) && (1..=30).contains(&day);
        such.then(|| crate::measure::hijri(year.into(), month.into(), day.into())).flatten()
    }

    /// «2021/02/24», «29-07-2025», «13/2/2010», «05-يناير-2022», «29/مارس/2024».
    fn numeric_date(&self, at: usize) -> Option<TimeMention> {
        let t = self.words.tokens;
        let sign = |i: usize| ["/", "-", "."].iter().any(|s| t.is_sign(i, s));
        if !sign(at + 1) || !sign(at + 3) || t.text(at + 1) != t.text(at + 3) {
            return None;
        }
        if let Some(date) = self.islamic_date(at) {
            return self.made(at, at + 5, whole_date(date));
        }
        let (a, c) = (self.number_text(at)?, self.number_text(at + 4)?);
        let month = match self.number_text(at + 2) {
            Some(n) => n as i8,
            None => self.month_at(at + 2).filter(|(_, end)| *end == at + 3)?.0,
        };
        let (year, month, day) = match (a, c) {
            (1900..=2100, 1..=31) => (a, month, c),
            (1..=31, 1900..=2100) => (c, month, a),
            (1..=31, 0..=99) if self.number_text(at + 2).is_none() => (2000 + c, month, a),
            _ => return None,
        };
        // American order, where the middle cannot be a month.
        let (month, day) = if month > 12 && day <= 12 { (day as i8, month as u32) } else { (month, day) };
        self.made(at, at + 5, whole_date(Date::new(year as i16, month, day as i8).ok()?))
    }

    /// «29 مارس 2024», «السابع من أبريل الماضي», «22 نوفمبر / November 2024», «4آب».
    fn day_month(&self, at: usize) -> Option<TimeMention> {
        let (day, mut next) = self.day_of_month(at)?;
        if self.words.has(next, self.l.from) {
            next += 1;
        }
        if let Some(month_word) = self.words.get(next, self.l.month_word) {
            next = month_word.end;
        }
        if self.words.tokens.is_sign(next, "-") || self.words.tokens.is_sign(next, "/") {
            next += 1;
        }
        let Some((month, end)) = self.month_at(next) else { return self.day_of_this_month(at, day, next) };
        let (year, direction, end) = self.year_or_direction(end);
        let expr = TimeExpr::Date { year, month: Some(month), day: Some(day), weekday: None, edge: None, direction };
        self.made(at, end, expr)
    }

    /// «1 الجاري», «في 9 من الشهر الماضي».
    fn day_of_this_month(&self, at: usize, day: i8, next: usize) -> Option<TimeMention> {
        // «في 18 من الشهر نفسه»
        let same = self.words.ending_at(next, self.l.month_word).and_then(|_| self.words.get(next, self.l.same));
        let direction = self.direction(next).or_else(|| same.map(|m| (Direction::Same, m.end)))?;
        // «في الساعات الأربع والعشرين الماضية»: what is past are hours, not a month.
        if same.is_none()
            && self.words.tokens.text(direction.1 - 1).ends_with(self.words.res.lexicon.clitics.ta_marbuta)
        {
            return None;
        }
        let expr = TimeExpr::Date {
            year: None,
            month: None,
            day: Some(day),
            weekday: None,
            edge: None,
            direction: direction.0,
        };
        self.made(at, direction.1, expr)
    }

    /// Numbers whose core begins at a token.
    fn numbers_at(&self, at: usize) -> impl Iterator<Item = &NumberMention> {
        let from = self.numbers.partition_point(|n| n.core.0 < at);
        self.numbers[from..].iter().take_while(move |n| n.core.0 == at)
    }

    fn day_of_month(&self, at: usize) -> Option<(i8, usize)> {
        if let Some(n) = self.number_text(at) {
            return (1..=31).contains(&n).then_some((n as i8, at + 1));
        }
        let n = self.numbers_at(at).find(|n| n.kind != NumberKind::Fraction)?;
        let value = n.value.filter(|v| (1.0..=31.0).contains(v) && v.fract() == 0.0)?;
        Some((value as i8, n.core.1))
    }

    /// A month name with the second name that a slash or bracket adds, or that stands right behind («مايو أيار»).
    fn month_at(&self, at: usize) -> Option<(i8, usize)> {
        let m = self.words.at(at).find(|m| self.words.class(m) == Class::Month)?;
        let (month, mut end) = (self.words.entry(m).value as i8, m.end);
        let t = self.words.tokens;
        let sign = ["/", "(", "-", "//"].iter().any(|s| t.is_sign(end, s));
        let next = end + usize::from(sign);
        if let Some(twin) = self.words.at(next).find(|m| self.words.class(m) == Class::Month)
            && self.words.entry(twin).value as i8 == month
        {
            end = twin.end + usize::from(t.is_sign(twin.end, ")"));
        }
        Some((month, end))
    }

    /// "July 29, 2021", «يوليو 29، 2021», «يوليو 29 - 2021»: the order of English pages.
    fn month_day(&self, at: usize) -> Option<TimeMention> {
        let (month, next) = self.month_at(at)?;
        let day = self.number_text(next).filter(|d| (1..=31).contains(d))? as i8;
        let comma = ["،", ",", "-"].iter().any(|s| self.words.tokens.is_sign(next + 1, s));
        let year_at = next + 1 + usize::from(comma);
        let year = Some(self.year_number(year_at)?);
        let (month, day) = (Some(month), Some(day));
        let direction = Direction::None;
        self.made(at, year_at + 1, TimeExpr::Date { year, month, day, weekday: None, edge: None, direction })
    }

    fn month(&self, at: usize) -> Option<TimeMention> {
        let month_word = self.words.get(at, self.l.month_word).map(|m| m.end);
        let weak =
            self.words.at(at).any(|m| self.words.class(m) == Class::Month && m.form.part == crate::lexicon::Part::Weak);
        let (month, end) = self.month_at(month_word.unwrap_or(at))?;
        // «محافظة مايو كيبي»: the name of a place.
        if self.words.ending_at(at, self.words.l.place_word).is_some_and(|m| !m.clitics.article) {
            return None;
        }
        let (year, direction, end) = self.year_or_direction(end);
        let twin = self.words.tokens.is_sign(end.wrapping_sub(2), "/");
        if weak && month_word.is_none() && year.is_none() && direction == Direction::None && !twin {
            return None;
        }
        let expr = TimeExpr::Date { year, month: Some(month), day: None, weekday: None, edge: None, direction };
        self.made(at, end, expr)
    }

    /// «2024», «عام 2024», «الماضي», «من العام الجاري» behind a month.
    fn year_or_direction(&self, at: usize) -> (Option<i16>, Direction, usize) {
        let mut next = at;
        if self.words.tokens.is_sign(next, "،") || self.words.tokens.is_sign(next, ",") {
            next += 1;
        }
        if self.words.has(next, self.l.from) {
            next += 1;
        }
        let word = self.words.get(next, self.l.year_word).map(|m| m.end);
        if let Some(year) = self.year_number(word.unwrap_or(next)) {
            return (Some(year), Direction::None, word.unwrap_or(next) + 1);
        }
        match self.direction(next) {
            Some((Direction::Past, end)) if word.is_some() => (None, Direction::LastYear, end),
            Some((Direction::BeforeLast, end)) if word.is_some() => (None, Direction::YearBeforeLast, end),
            Some((direction, end)) => (None, direction, end),
            None => (None, Direction::None, at),
        }
    }

    fn year_number(&self, at: usize) -> Option<i16> {
        self.number_text(at)
            .filter(|n| (1950..=2100).contains(n) && self.words.tokens.text(at).len() == 4)
            .map(|n| n as i16)
    }

    /// «الماضي», «المقبل», «الجاري», also behind «الشهر» or «العام».
    fn direction(&self, at: usize) -> Option<(Direction, usize)> {
        let unit = |at: usize| self.words.get(at, self.l.month_word).or(self.words.get(at, self.l.year_word));
        // «من نفس الشهر», «من ذات العام»
        let same = self.words.get(at, self.l.same_before).and_then(|m| unit(m.end));
        if let Some(m) = same {
            return Some((Direction::Same, m.end));
        }
        if let Some(m) = unit(at).and_then(|m| self.words.get(m.end, self.l.same)) {
            return Some((Direction::Same, m.end));
        }
        let at = unit(at).map_or(at, |m| m.end);
        for (label, direction) in [
            (self.l.before_last, Direction::BeforeLast),
            (self.l.past, Direction::Past),
            (self.l.coming, Direction::Coming),
            (self.l.current, Direction::Current),
        ] {
            if let Some(m) = self.words.get(at, label) {
                return Some((direction, m.end));
            }
        }
        None
    }

    /// «أول أمس الإثنين», «اليوم (الثلاثاء)», «أمس».
    fn relative(&self, at: usize) -> Option<TimeMention> {
        let m = self.words.get(at, self.l.relative_day)?;
        let days = self.words.entry(m).value as i32;
        let part = self.words.entry(m).extra("part").and_then(part_of_day);
        let (weekday, end) = match self.weekday_after(m.end) {
            Some((weekday, end)) => (Some(weekday), end),
            None => (None, m.end),
        };
        let mut time = self.made(at, end, TimeExpr::Relative { days, weekday })?;
        time.part = part;
        self.with_date_behind(&mut time);
        (!self.is_next_day(&time)).then_some(time)
    }

    /// «في اليوم التالي»: counted from the day told before. «لليوم الثالث», «في اليوم الثالث على التوالي» is mostly today.
    fn is_next_day(&self, time: &TimeMention) -> bool {
        let today = matches!(time.expr, TimeExpr::Relative { days: 0, weekday: None });
        today && self.words.has(time.end, self.l.next_one)
    }

    /// «قبل عشرة أيام», but not «قبل عشرة أيام من الهجوم».
    fn days_ago(&self, at: usize) -> Option<TimeMention> {
        let next = self.words.get(at, self.l.ago)?.end;
        let TimeMention { end, expr: TimeExpr::Duration { n: Some(n), unit: Unit::Day }, .. } = self.duration(next)?
        else {
            return None;
        };
        let named = self.words.at(end).any(|m| matches!(self.words.class(m), Class::Weekday | Class::Month));
        let counted =
            self.words.tokens.is_number(next) || self.words.at(next).any(|m| self.words.class(m) == Class::Number);
        let plain = counted && n <= 31.0 && !named && !self.words.has(end, self.l.from);
        plain.then(|| self.made(at, end, TimeExpr::Relative { days: -(n as i32), weekday: None })).flatten()
    }

    /// A weekday behind a bracket, slash, quotation mark or comma.
    fn weekday_after(&self, at: usize) -> Option<(Weekday, usize)> {
        let t = self.words.tokens;
        let open = ["(", "/", "«", "\"", "،", "-"].iter().any(|s| t.is_sign(at, s));
        let start = at + usize::from(open);
        let m = self.words.at(start).find(|m| self.words.class(m) == Class::Weekday && !m.clitics.conjunction)?;
        let close = open && [")", "/", "»", "\""].iter().any(|s| t.is_sign(m.end, s));
        if t.is_sign(at, "(") && !close && !t.is_number(m.end) {
            return None;
        }
        Some((weekday_of(self.words.entry(m).value), m.end + usize::from(close)))
    }

    fn weekday(&self, at: usize) -> Option<TimeMention> {
        let day_word = self.words.get(at, self.l.day_word).map(|m| m.end);
        let start = day_word.unwrap_or(at);
        let m = self.words.at(start).find(|m| self.words.class(m) == Class::Weekday)?;
        let mut weekday = weekday_of(self.words.entry(m).value);
        let told = self.direction(m.end).or_else(|| self.week_behind(m.end));
        let (direction, mut end) = told.unwrap_or((Direction::None, m.end));
        let mut until = self.second_weekday(end);
        if let Some((_, after)) = until {
            end = after;
        }
        if self.is_past_midnight(start) {
            weekday = until.take().map_or(weekday, |u| u.0);
        }
        let mut time = self.made(at, end, TimeExpr::Weekday { weekday, direction, until: until.map(|u| u.0) })?;
        self.with_date_behind(&mut time);
        Some(time)
    }

    /// «الأربعاء من الأسبوع الماضي».
    fn week_behind(&self, at: usize) -> Option<(Direction, usize)> {
        let week = self.calendar(at + usize::from(self.words.has(at, self.l.from)))?;
        let last = matches!(week.expr, TimeExpr::Calendar { unit: Unit::Week, direction: Direction::Past });
        last.then_some((Direction::LastWeek, week.end))
    }

    /// «بعد منتصف ليل السبت/الأحد»: the second of the two days.
    fn is_past_midnight(&self, at: usize) -> bool {
        self.words.ending_at(at, self.l.after_midnight).is_some()
    }

    /// «ليل السبت - الأحد», «ليلة الأحد/ الاثنين».
    fn second_weekday(&self, at: usize) -> Option<(Weekday, usize)> {
        let sign = ["/", "-", "–"].iter().any(|s| self.words.tokens.is_sign(at, s));
        let m = self.words.at(at + 1).find(|m| sign && self.words.class(m) == Class::Weekday)?;
        Some((weekday_of(self.words.entry(m).value), m.end))
    }

    /// A calendar date behind a weekday or «اليوم» belongs to it: «الأحد 23 أكتوبر/ تشرين أول».
    fn with_date_behind(&self, time: &mut TimeMention) {
        let t = self.words.tokens;
        let mut at = time.end;
        let open = ["(", "-", "،", ",", "/"].iter().any(|s| t.is_sign(at, s));
        at += usize::from(open);
        if let Some(m) = self.words.get(at, self.l.corresponding) {
            at = m.end;
        }
        let date = match t.is_number(at) {
            true => self.numeric_date(at).or_else(|| self.day_month(at)),
            false => self.day_month(at),
        };
        let islamic = self.islamic_date(at);
        let date =
            date.or_else(|| self.day_alone(at).filter(|_| matches!(time.expr, TimeExpr::Weekday { .. }) && !open));
        let Some(TimeMention { end, expr: TimeExpr::Date { year, month, day, direction, .. }, .. }) = date else {
            return;
        };
        let weekday = match &time.expr {
            TimeExpr::Weekday { weekday, .. } => Some(*weekday),
            TimeExpr::Relative { weekday, .. } => *weekday,
            _ => None,
        };
        // The tabular calendar may be a day off: the weekday tells which day is meant.
        let on_weekday = |d: &Date| weekday.is_none_or(|w| d.weekday() == w);
        let near = |d: Date| [Some(d), d.yesterday().ok(), d.tomorrow().ok()];
        let meant = islamic.and_then(|d| near(d).into_iter().flatten().find(on_weekday));
        let (year, month, day) = meant.map_or((year, month, day), |d| (Some(d.year()), Some(d.month()), Some(d.day())));
        time.expr = TimeExpr::Date { year, month, day, weekday, edge: None, direction };
        time.end = end + usize::from(t.is_sign(end, ")") && open);
    }

    /// «السبت 29»: digits that count nothing, at the end of what is said.
    fn day_alone(&self, at: usize) -> Option<TimeMention> {
        let t = self.words.tokens;
        let day = self.number_text(at).filter(|d| (1..=31).contains(d) && t.text(at).len() <= 2)?;
        let closed = [".", "،", "؛", ")"].iter().any(|s| t.is_sign(at + 1, s));
        let goes_on = t.is_word(at + 1) || t.is_number(at + 1) || (t.glued(at) && (t.is_number(at + 2) || !closed));
        let day = Some(day as i8).filter(|_| !goes_on);
        let expr =
            TimeExpr::Date { year: None, month: None, day, weekday: None, edge: None, direction: Direction::None };
        day.and_then(|_| self.made(at, at + 1, expr))
    }

    /// «مطلع العام», «نهاية يناير», «منتصف أبريل الماضي», «أواخر 2019».
    fn edge(&self, at: usize) -> Option<TimeMention> {
        let m = self.words.get(at, self.l.edge)?;
        let edge = match &*self.words.entry(m).family {
            "start" => Edge::Start,
            "middle" => Edge::Middle,
            _ => Edge::End,
        };
        let mut inner = m.end;
        if self.words.has(inner, self.l.from) {
            inner += 1;
        }
        let whole = self
            .day_month(inner)
            .is_none()
            .then(|| self.month(inner).or_else(|| self.year_word(inner)).or_else(|| self.bare_year(inner)));
        let mut whole = whole.flatten().or_else(|| self.calendar(inner))?;
        whole.expr = match whole.expr {
            TimeExpr::Date { year, month, direction, .. } => {
                TimeExpr::Date { year, month, day: None, weekday: None, edge: Some(edge), direction }
            }
            TimeExpr::Year { year, direction, .. } => TimeExpr::Year { year, edge: Some(edge), direction },
            TimeExpr::Calendar { unit: Unit::Month, direction } => {
                TimeExpr::Date { year: None, month: None, day: None, weekday: None, edge: Some(edge), direction }
            }
            other => other,
        };
        whole.first = at;
        Some(whole)
    }

    fn bare_year(&self, at: usize) -> Option<TimeMention> {
        self.made(
            at,
            at + 1,
            TimeExpr::Year { year: Some(self.year_number(at)?), edge: None, direction: Direction::None },
        )
    }

    /// «عام 2017», «العام الماضي», «العام» behind an edge.
    fn year_word(&self, at: usize) -> Option<TimeMention> {
        let m = self.words.get(at, self.l.year_word)?;
        if let Some(year) = self.year_number(m.end) {
            return self.made(
                at,
                m.end + 1,
                TimeExpr::Year { year: Some(year), edge: None, direction: Direction::None },
            );
        }
        let same = || self.words.get(m.end, self.l.same).map(|s| (Direction::Same, s.end));
        if let Some((direction, end)) = self.direction(m.end).or_else(same) {
            return self.made(at, end, TimeExpr::Year { year: None, edge: None, direction });
        }
        let after_edge = self.words.ending_at(at, self.l.edge).is_some();
        (after_edge && m.clitics.article)
            .then(|| self.made(at, m.end, TimeExpr::Year { year: None, edge: None, direction: Direction::Current }))
            .flatten()
    }

    /// «منذ 2014», «في 2017»: four digits are a year only behind such a word,
    /// and only when nothing that can be counted follows.
    fn since_year(&self, at: usize) -> Option<TimeMention> {
        let m = self.words.get(at, self.l.before_year)?;
        let year = self.year_number(m.end)?;
        let counted = self
            .words
            .at(m.end + 1)
            .any(|n| matches!(self.words.class(n), Class::People | Class::Weapon | Class::Target))
            || self.words.has(m.end + 1, self.l.unit);
        if counted || self.words.tokens.is_sign(m.end + 1, "/") {
            return None;
        }
        self.made(m.end, m.end + 1, TimeExpr::Year { year: Some(year), edge: None, direction: Direction::None })
    }

    fn season(&self, at: usize) -> Option<TimeMention> {
        let m = self.words.get(at, self.l.season)?;
        let season = match &*self.words.entry(m).family {
            "spring" => Season::Spring,
            "summer" => Season::Summer,
            "autumn" => Season::Autumn,
            _ => Season::Winter,
        };
        let word = self.words.get(m.end, self.l.year_word).map_or(m.end, |w| w.end);
        let year = self.year_number(word)?;
        self.made(at, word + 1, TimeExpr::Season { season, year: Some(year) })
    }

    /// «الأسبوع الجاري», «الشهر الماضي», «هذا الأسبوع».
    fn calendar(&self, at: usize) -> Option<TimeMention> {
        let this = self.words.get(at, self.l.this).map(|m| m.end);
        let m = self.words.get(this.unwrap_or(at), self.l.time_unit)?;
        let unit = unit_of(&self.words.entry(m).family)?;
        if !matches!(unit, Unit::Week | Unit::Month | Unit::Year) || m.form.count != crate::lexicon::Count::Singular {
            return None;
        }
        let same = || self.words.get(m.end, self.l.same).map(|s| (Direction::Same, s.end));
        let behind = self.direction(m.end).or_else(same).filter(|_| m.clitics.article);
        // «في ذلك العام»: the one told of, and not this one.
        let that = this.is_some() && self.words.has(at, self.l.same_before);
        match (behind, this) {
            (None, Some(_)) if that => self.made(at, m.end, TimeExpr::Calendar { unit, direction: Direction::Same }),
            (Some((direction, end)), _) => self.made(at, end, TimeExpr::Calendar { unit, direction }),
            (None, Some(_)) => self.made(at, m.end, TimeExpr::Calendar { unit, direction: Direction::Current }),
            _ => None,
        }
    }

    /// «ثلاثة أيام», «يومين», «72 ساعة», «أسبوع» behind خلال or بعد.
    fn duration(&self, at: usize) -> Option<TimeMention> {
        let number = self.numbers_at(at).find(|n| matches!(n.kind, NumberKind::Cardinal | NumberKind::Vague));
        let unit_at = number.map_or(at, |n| n.core.1);
        let m = self.words.get(unit_at, self.l.time_unit)?;
        let unit = unit_of(&self.words.entry(m).family)?;
        let n = match (number, m.form.count) {
            // «وجرح اثنان اليوم»: the day of writing, not two days.
            (Some(_), _) if m.clitics.article => return None,
            (Some(n), _) => n.value,
            (None, crate::lexicon::Count::Dual) => Some(2.0),
            (None, crate::lexicon::Count::Singular)
                if !m.clitics.article && self.words.ending_at(at, self.l.duration_cue).is_some() =>
            {
                Some(1.0)
            }
            (None, crate::lexicon::Count::Plural) if self.words.ending_at(at, self.l.duration_cue).is_some() => None,
            _ => return None,
        };
        self.made(at, m.end, TimeExpr::Duration { n, unit })
    }

    /// «20:07», «الساعة 8:55», «الساعة العاشرة والنصف».
    fn clock(&self, at: usize) -> Option<TimeMention> {
        let t = self.words.tokens;
        let (hour, cued) = (self.number_text(at)?, self.words.ending_at(at, self.l.clock_word).is_some());
        if t.is_sign(at + 1, ":") && t.is_number(at + 2) && t.text(at + 2).len() == 2 && hour < 24 {
            let seconds = t.is_sign(at + 3, ":") && t.is_number(at + 4);
            let minute = self.number_text(at + 2)? as u8;
            return self.made(at, at + if seconds { 5 } else { 3 }, TimeExpr::Clock { hour: hour as u8, minute });
        }
        if cued && (t.is_sign(at + 1, ",") || t.is_sign(at + 1, ".")) && hour < 24 && t.text_or_empty(at + 2).len() == 2
        {
            return self.made(
                at,
                at + 3,
                TimeExpr::Clock { hour: hour as u8, minute: self.number_text(at + 2)? as u8 },
            );
        }
        match (cued, hour) {
            (true, 0..24) => self.made(at, at + 1, TimeExpr::Clock { hour: hour as u8, minute: 0 }),
            (true, 100..2400) => {
                self.made(at, at + 1, TimeExpr::Clock { hour: (hour / 100) as u8, minute: (hour % 100) as u8 })
            }
            _ => None,
        }
    }

    fn part_alone(&self, at: usize) -> Option<TimeMention> {
        let (part, end) = self.part_at(at)?;
        let adverb =
            self.words.get(at, self.l.part_of_day).is_some_and(|m| self.words.entry(m).family.ends_with("adverb"));
        adverb.then_some(TimeMention { first: at, end, expr: TimeExpr::Part, part: Some(part) })
    }

    fn part_at(&self, at: usize) -> Option<(TimeOfDay, usize)> {
        let m = self.words.get(at, self.l.part_of_day)?;
        let family = self.words.entry(m).family.trim_end_matches("-adverb");
        Some((part_of_day(family)?, m.end))
    }

    /// Takes in the part of the day that stands before («فجر الخميس», «مساء يوم
    /// أمس», «صباح هذا اليوم») or behind («الأربعاء ظهراً»).
    fn widen(&self, time: &mut TimeMention, floor: usize) {
        let dated = matches!(
            time.expr,
            TimeExpr::Weekday { .. } | TimeExpr::Relative { .. } | TimeExpr::Date { day: Some(_), .. }
        );
        if !dated {
            return;
        }
        let mut first = time.first;
        for label in [self.l.from, self.l.this, self.l.day_word, self.l.later_than] {
            if let Some(m) = self.words.ending_at(first, label).filter(|m| m.first >= floor) {
                first = m.first;
            }
        }
        let before = self.words.ending_at(first, self.l.part_of_day).filter(|m| m.first >= floor);
        if let Some((part, _)) = before.and_then(|m| self.part_at(m.first)) {
            time.first = before.map_or(time.first, |m| m.first);
            time.part = Some(part);
            return;
        }
        if let Some((part, end)) = self.part_at(time.end) {
            time.end = end;
            time.part = time.part.or(Some(part));
        }
    }
}

pub fn part_of_day(name: &str) -> Option<TimeOfDay> {
    Some(match name {
        "dawn" => TimeOfDay::Dawn,
        "morning" => TimeOfDay::Morning,
        "noon" => TimeOfDay::Noon,
        "afternoon" => TimeOfDay::Afternoon,
        "evening" => TimeOfDay::Evening,
        "night" => TimeOfDay::Night,
        _ => return None,
    })
}

fn whole_date(date: Date) -> TimeExpr {
    TimeExpr::Date {
        year: Some(date.year()),
        month: Some(date.month()),
        day: Some(date.day()),
        weekday: None,
        edge: None,
        direction: Direction::None,
    }
}

fn unit_of(name: &str) -> Option<Unit> {
    Some(match name {
        "minute" => Unit::Minute,
        "hour" => Unit::Hour,
        "day" => Unit::Day,
        "week" => Unit::Week,
        "month" => Unit::Month,
        "year" => Unit::Year,
        _ => return None,
    })
}

/// Monday is 1 and Sunday 7, as in ISO 8601.
fn weekday_of(value: f64) -> Weekday {
    Weekday::from_monday_one_offset(value as i8).unwrap_or(Weekday::Monday)
}
