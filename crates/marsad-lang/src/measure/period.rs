//! Which week, month, quarter, season, year or decade is meant?
//!
//! «الأسبوع الماضي», «هذا الشهر», «شهر 3», «تموز 2020», «الربع الثالث من عام 2016»,
//! «السبعينيات», «العقدين الماضيين», «آخر 3 سنوات», «بقية الأسبوع», «أواخر آذار».

use super::calendar::{self, edge_of, stretch};
use super::reader::{Reader, longer};
use super::{Moment, unit_of};
use crate::lexicon::{Class, Count, Part};
use crate::time::{Edge, Season, Unit};
use jiff::civil::Date;

/// A stretch of the calendar as it is said.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    pub days: Option<(Date, Date)>,
    pub unit: Unit,
    pub end: usize,
}

/// A month as it is said, its year open or not.
#[derive(Clone, Copy, Debug)]
pub(super) struct MonthSaid {
    pub month: i8,
    pub hijri: bool,
    pub year: Option<i16>,
    pub end: usize,
    /// The name alone is also an everyday word.
    pub weak: bool,
}

impl Reader<'_> {
    /// All readings as a stretch of the calendar.
    pub fn period(&self, at: usize) -> Option<Moment> {
        let whole = self.stretch_at(at).map(|s| Moment { days: s.days, first: at, end: s.end, ..Moment::default() });
        let all = [
            self.part_of_stretch(at),
            self.counted_units(at),
            self.season_said(at),
            self.weekend(at),
            self.two_years(at),
            self.month_and_year(at),
        ];
        all.into_iter().fold(whole, longer)
    }

    /// A month, a week, a quarter, a year: what «من» may stand before.
    pub fn stretch_at(&self, at: usize) -> Option<Stretch> {
        let all =
            [self.month_stretch(at), self.unit_stretch(at), self.year_stretch(at), self.quarter(at), self.decade(at)];
        all.into_iter().flatten().max_by_key(|s| s.end)
    }

    /// The same behind «من», «في», «ل», «ب»; there «الشهر» alone is the present one.
    pub fn of_stretch(&self, at: usize) -> Option<Stretch> {
        let next = self.hit(at, "part_of").filter(|h| h.bare()).map_or(at, |h| h.end);
        self.stretch_at(next).or_else(|| self.present_unit(next))
    }

    /// «الأسبوع», «الشهر», «العام»: the one in which it is said.
    fn present_unit(&self, at: usize) -> Option<Stretch> {
        let hit = self.hit(at, "time_unit").filter(|h| h.clitics.article && h.form.count == Count::Singular)?;
        let unit = unit_of(&hit.entry.family).filter(|u| matches!(u, Unit::Week | Unit::Month | Unit::Year))?;
        Some(Stretch { days: self.today().and_then(|d| stretch(d, unit, 0)), unit, end: hit.end })
    }

    fn month_stretch(&self, at: usize) -> Option<Stretch> {
        let said = self.month_said(at)?;
        let lone = said.end == at + 1 && said.year.is_none() && !self.plans();
        // «مارس» is also a verb, «آب» a return.
        let led = at > 0 && ["inside", "until", "part_of", "between"].iter().any(|l| self.hit(at - 1, l).is_some());
        let joined = at > 0 && self.class(at - 1, Class::Month).is_some();
        if said.weak && lone && !led && !joined {
            return None;
        }
        let days = self.days_of(&said, None);
        Some(Stretch { days, unit: Unit::Month, end: said.end })
    }

    /// The days of a month: of its year, or of the year that the manner gives.
    pub fn days_of(&self, said: &MonthSaid, day: Option<i8>) -> Option<(Date, Date)> {
        if said.hijri {
            let today = self.today();
            let year = match said.year {
                Some(y) if y < 1600 => i64::from(y),
                Some(y) => calendar::hijri_year(Date::new(y, 7, 1).ok()?),
                None => {
                    let near = calendar::hijri_year(today?);
                    let past = (near - 2..=near + 1).rev();
                    past.into_iter()
                        .find(|y| calendar::hijri(*y, said.month.into(), 1).is_some_and(|d| Some(d) <= today))?
                }
            };
            return calendar::hijri_month(year, said.month.into());
        }
        let year = match said.year {
            Some(year) => year,
            None => self.year_for(said.month, day)?,
        };
        let first = Date::new(year, said.month, 1).ok()?;
        Some((first, first.last_of_month()))
    }

    /// The year of a month or day without one.
    fn year_for(&self, month: i8, day: Option<i8>) -> Option<i16> {
        let today = self.today()?;
        let this = (today.month(), today.day());
        let that = (month, day.unwrap_or(if self.plans() { 31 } else { 1 }));
        Some(match self.plans() {
            true if that < this => today.year() + 1,
            false if that > this => today.year() - 1,
            _ => today.year(),
        })
    }

    /// «تموز», «شهر تموز 2020», «هذا شهر آذار», «شهر 3», «الشهر الثامن», «أيلول بعام 2014».
    pub fn month_said(&self, at: usize) -> Option<MonthSaid> {
        let this = self.hit(at, "this").filter(|h| h.bare()).map(|h| h.end);
        let mut next = this.unwrap_or(at);
        let word = self.hit(next, "month_word");
        let article = word.is_some_and(|h| h.clitics.article);
        let worded = word.is_some();
        next = word.map_or(next, |h| h.end);
        let (month, hijri, weak, mut end) = match self.month_name(next) {
            Some(named) => named,
            None if article => {
                self.ordinal(next).filter(|o| (1.0..=12.0).contains(&o.0)).map(|o| (o.0 as i8, false, false, o.1))?
            }
            None if worded => {
                let n = self
                    .chain(next, self.t.len())
                    .filter(|c| (1.0..=12.0).contains(&c.value) && c.pieces.len() <= 2)?;
                // «شهر واحد» is a length.
                if n.value == 1.0 && !self.t.is_number(next) {
                    return None;
                }
                (n.value as i8, false, false, n.end)
            }
            None => return None,
        };
        let mut year = this.and(self.today()).map(|d| d.year());
        if let Some((said, to)) = self.year_behind(end) {
            (year, end) = (said, to);
        } else if let Some((k, to)) = self.turn(end).filter(|t| t.0.abs() == 1) {
            (year, end) = (self.today().and_then(|d| month_turned(d, month, hijri, k)), to);
        }
        Some(MonthSaid { month, hijri, year, end, weak: weak && !worded && this.is_none() })
    }

    /// A month's name with the second name that a slash adds.
    fn month_name(&self, at: usize) -> Option<(i8, bool, bool, usize)> {
        if let Some(hit) = self.hit(at, "hijri_month") {
            return Some((hit.entry.value as i8, true, false, hit.end));
        }
        // «باب» is a gate, not «ب» and «آب».
        let hit =
            self.class(at, Class::Month).filter(|h| h.form.part != Part::Weak || h.clitics.preposition == '\0')?;
        let mut end = hit.end;
        if self.sign(end, &["/", "(", "-"])
            && let Some(twin) = self.class(end + 1, Class::Month).filter(|t| t.entry.value == hit.entry.value)
        {
            end = twin.end + usize::from(self.sign(twin.end, &[")"]));
        }
        Some((hit.entry.value as i8, false, hit.form.part == Part::Weak, end))
    }

    /// «2001», «, 2001», «من عام 2016», «لعام 2014», «من العام الماضي» behind a month or a feast.
    pub fn year_behind(&self, at: usize) -> Option<(Option<i16>, usize)> {
        let mut next = at + usize::from(self.sign(at, &["،", ",", "/", ".", "-"]));
        next = self.hit(next, "part_of").filter(|h| h.bare()).map_or(next, |h| h.end);
        if let Some((days, end)) = self.year_said(next) {
            return Some((days.map(|d| d.0.year()), end));
        }
        let (_, end) = self.turn(at).filter(|t| t.0 == 0)?;
        Some((self.today().map(|d| d.year()), end))
    }

    /// «عام 2016», «عام مئتين وسبعة», «2016», «ألفين وعشرين», «العام الماضي», «هذه السنة».
    fn year_said(&self, at: usize) -> Option<(Option<(Date, Date)>, usize)> {
        let of = |year: i16, end: usize| {
            Date::new(year, 1, 1).ok().zip(Date::new(year, 12, 31).ok()).map(|days| (Some(days), end))
        };
        if let Some(word) = self.hit(at, "year_word").filter(|h| h.form.count == Count::Singular)
            && let Some(number) = self.chain(word.end, self.t.len()).filter(|c| (100.0..3000.0).contains(&c.value))
        {
            return of(number.value as i16, number.end);
        }
        if let Some(s) = self.unit_stretch(at).filter(|s| s.unit == Unit::Year) {
            return Some((s.days, s.end));
        }
        if self.t.is_number(at) {
            let four =
                self.t.text(at).len() == 4 && !self.touched(at) && !(self.sign(at + 1, &["/"]) && self.t.glued(at));
            let year = self.plain_digits(at).filter(|y| four && (1000..2200).contains(y))?;
            return of(year as i16, at + 1);
        }
        let number =
            self.chain(at, self.t.len()).filter(|c| (1000.0..2200.0).contains(&c.value) && c.pieces.len() > 1)?;
        (!number.has_article() && number.value.fract() == 0.0).then(|| of(number.value as i16, number.end)).flatten()
    }

    /// A year that stands alone needs its word, or «في» before its four digits.
    fn year_stretch(&self, at: usize) -> Option<Stretch> {
        let worded = self.hit(at, "year_word").is_some() || self.hit(at, "this").is_some();
        let asked = at > 0 && (self.hit(at - 1, "part_of").is_some() || self.hit(at - 1, "ago").is_some());
        let (days, end) = self.year_said(at)?;
        let asked = asked || (self.plans() && self.t.is_number(at));
        let counted = self.hit(end, "time_unit").is_some() || (!worded && self.t.is_word(end) && !self.t.is_number(at));
        (worded || (asked && !counted)).then_some(Stretch { days, unit: Unit::Year, end })
    }

    /// «الماضي» −1, «الجاري» 0, «المقبل» 1, «بعد المقبل» 2.
    pub fn turn(&self, at: usize) -> Option<(i64, usize)> {
        if let Some(hit) = self.hit(at, "two_off") {
            return Some((hit.entry.value as i64, hit.end));
        }
        let found = [("past", -1), ("coming", 1), ("current", 0)];
        found
            .into_iter()
            .find_map(|(label, k)| self.hit(at, label).filter(|h| !h.clitics.conjunction).map(|h| (k, h.end)))
    }

    /// «الأسبوع الماضي», «هذا الشهر», «السنة القادمة», «الأسبوع بعد القادم», «العقدين الماضيين».
    fn unit_stretch(&self, at: usize) -> Option<Stretch> {
        let this = self.hit(at, "this").filter(|h| !h.clitics.conjunction).map(|h| h.end);
        let hit = self.hit(this.unwrap_or(at), "time_unit")?;
        let unit = unit_of(&hit.entry.family)?;
        if !hit.clitics.article || !matches!(unit, Unit::Week | Unit::Month | Unit::Year | Unit::Decade) {
            return None;
        }
        let (k, end) = match self.turn(hit.end) {
            Some(turn) => turn,
            None if this.is_some() => (0, hit.end),
            None => return None,
        };
        let today = self.today();
        let days = match hit.form.count {
            Count::Singular => today.and_then(|d| stretch(d, unit, k)),
            Count::Dual if k < 0 => today.and_then(|d| Some((stretch(d, unit, -2)?.0, stretch(d, unit, -1)?.1))),
            Count::Dual => today.and_then(|d| Some((stretch(d, unit, 1)?.0, stretch(d, unit, 2)?.1))),
            _ => return None,
        };
        Some(Stretch { days, unit, end })
    }

    /// «3 أيام القادمة», «آخر 3 سنوات», «الأسابيع القليلة الماضية», «الأيام الثلاثة الماضية».
    fn counted_units(&self, at: usize) -> Option<Moment> {
        let made = |end: usize, back: bool, n: Option<f64>, unit: Unit| {
            let days = self.today().zip(n).and_then(|(today, n)| self.run(today, n, unit, back));
            Some(Moment { first: at, end, days, ..Moment::default() })
        };
        if let Some(last) = self.hit(at, "last_of").filter(|h| !h.clitics.article) {
            let n = self.amount(last.end);
            let unit = self.hit(n.map_or(last.end, |n| n.end), "time_unit")?;
            let n = n.map(|n| n.value).or((unit.form.count == Count::Dual).then_some(2.0))?;
            return made(unit.end, true, Some(n), unit_of(&unit.entry.family)?);
        }
        let n = self.amount(at).filter(|n| n.value >= 1.0);
        let unit = self.hit(n.map_or(at, |n| n.end), "time_unit")?;
        if n.is_none() && !(unit.clitics.article && unit.form.count == Count::Plural) {
            return None;
        }
        let (few, behind) = match (n, self.hit(unit.end, "few")) {
            (None, Some(few)) => (few.end, None),
            (None, None) => self.chain(unit.end, self.t.len()).map_or((unit.end, None), |c| (c.end, Some(c.value))),
            (Some(_), _) => (unit.end, None),
        };
        let (k, end) = self.turn(few).filter(|t| t.0 != 0)?;
        made(end, k < 0, n.map(|n| n.value).or(behind), unit_of(&unit.entry.family)?)
    }

    /// The `n` units before or after a day.
    fn run(&self, today: Date, n: f64, unit: Unit, back: bool) -> Option<(Date, Date)> {
        let far = super::Length::one(Some(n), unit).from(today, back)?;
        if back { Some((far, calendar::plus(today, -1)?)) } else { Some((calendar::plus(today, 1)?, far)) }
    }

    /// «الربع الثالث من عام 2016», «2016 الربع الثالث», «النصف الأول من العام الماضي», «الثلث الأخير من الشهر».
    fn quarter(&self, at: usize) -> Option<Stretch> {
        let before = self.plain_digits(at).filter(|y| (1900..2100).contains(y));
        let word = at + usize::from(before.is_some());
        let hit = self.number_word(word, "part").filter(|h| self.has_article(word) && h.entry.value >= 0.25)?;
        let parts = (1.0 / hit.entry.value).round();
        let (n, end) = match self.past(hit.end, "last_of") {
            Some(end) => (parts, end),
            None => self.ordinal(hit.end).filter(|o| (1.0..=parts).contains(&o.0))?,
        };
        let (n, parts) = (n as i64, parts as i64);
        if let Some(year) = before {
            let first = Date::new(year as i16, 1, 1).ok()?;
            let days = part_of_unit((first, Date::new(year as i16, 12, 31).ok()?), Unit::Year, n, parts);
            return Some(Stretch { days, unit: Unit::Month, end });
        }
        let of = self.hit(end, "part_of").filter(|h| h.bare()).map_or(end, |h| h.end);
        let whole = self.year_said(of).map(|(days, end)| Stretch { days, unit: Unit::Year, end });
        let whole = whole
            .or_else(|| self.month_stretch(of).or_else(|| self.unit_stretch(of)).or_else(|| self.present_unit(of)))?;
        Some(Stretch {
            days: whole.days.and_then(|d| part_of_unit(d, whole.unit, n, parts)),
            unit: Unit::Month,
            end: whole.end,
        })
    }

    /// «السبعينيات», «ثمانينيات القرن الماضي»: the last that has begun.
    fn decade(&self, at: usize) -> Option<Stretch> {
        if let Some(century) = self.hit(at, "century") {
            let first = century.entry.value as i16;
            let days = Date::new(first, 1, 1).ok().zip(Date::new(first + 99, 12, 31).ok());
            return Some(Stretch { days, unit: Unit::Decade, end: century.end });
        }
        let word = self.hit(at, "time_unit").filter(|h| &*h.entry.family == "decade").map_or(at, |h| h.end);
        let hit = self.hit(word, "decade_named")?;
        if let Some(century) = self.hit(hit.end, "century") {
            let first = (century.entry.value + hit.entry.value) as i16;
            let days = Date::new(first, 1, 1).ok().zip(Date::new(first + 9, 12, 31).ok());
            return Some(Stretch { days, unit: Unit::Decade, end: century.end });
        }
        let days = self.today().and_then(|today| {
            let first = today.year() / 100 * 100 + hit.entry.value as i16;
            let first = if first > today.year() { first - 100 } else { first };
            Date::new(first, 1, 1).ok().zip(Date::new(first + 9, 12, 31).ok())
        });
        Some(Stretch { days, unit: Unit::Decade, end: hit.end })
    }

    /// «أواخر الأسبوع الماضي», «منتصف اذار», «بقية الشهر», «في وقت لاحق من هذا العام».
    fn part_of_stretch(&self, at: usize) -> Option<Moment> {
        if let Some(rest) = self.past(at, "rest_of") {
            let unit = self.hit(rest, "time_unit").filter(|h| h.clitics.article)?;
            let today = self.today();
            let days = today.and_then(|d| Some((d, stretch(d, unit_of(&unit.entry.family)?, 0)?.1)));
            return Some(Moment { first: at, end: unit.end, days, ..Moment::default() });
        }
        let hit = self.hit(at, "edge").filter(|h| !h.clitics.article)?;
        let edge = edge_named(&hit.entry.family);
        let s = self.of_stretch(hit.end)?;
        let days = s.days.and_then(|d| match &*hit.entry.family {
            "earlier" | "later" => calendar::side_of(d, self.today()?, edge),
            _ => edge_of(d, edge),
        });
        Some(Moment { first: at, end: s.end, days, edge: Some(edge), ..Moment::default() })
    }

    /// «صيف 2016», «الربيع القادم», «الصيف».
    fn season_said(&self, at: usize) -> Option<Moment> {
        let this = self.hit(at, "this").map(|h| h.end);
        let hit = self.hit(this.unwrap_or(at), "season")?;
        let season = match &*hit.entry.family {
            "spring" => Season::Spring,
            "summer" => Season::Summer,
            "autumn" => Season::Autumn,
            _ => Season::Winter,
        };
        let mut year = None;
        let mut end = hit.end;
        let of = self.hit(end, "part_of").filter(|h| h.bare()).map_or(end, |h| h.end);
        if let Some((days, to)) = self.year_said(of) {
            (year, end) = (days.map(|d| d.0.year()), to);
        } else if let Some((k, to)) = self.turn(hit.end) {
            (year, end) = (self.today().and_then(|d| turned(d, season, k)), to);
        } else if this.is_some() {
            year = self.today().map(|d| d.year());
        } else if !hit.clitics.article {
            return None;
        }
        let days = year.and_then(|y| calendar::season(season, y));
        Some(Moment { first: at, end, days, season: Some((season, year)), ..Moment::default() })
    }

    /// «عطلة نهاية الأسبوع», «نهاية الأسبوع المقبل»: Saturday and Sunday where it is a holiday, else the last days.
    fn weekend(&self, at: usize) -> Option<Moment> {
        let hit = self.hit(at, "weekend")?;
        let off = self.hit(at, "days_off").is_some();
        let (k, end) = self.turn(hit.end).unwrap_or((0, hit.end));
        let week = self.today().and_then(|d| stretch(d, Unit::Week, k));
        let days = match off {
            true => week.and_then(|(_, sunday)| Some((calendar::plus(sunday, -1)?, sunday))),
            false => week.and_then(|w| edge_of(w, Edge::End)),
        };
        let edge = (!off).then_some(Edge::End);
        Some(Moment { first: at, end, days, edge, ..Moment::default() })
    }

    /// «2014-2018», «من 2014 حتى 2018».
    fn two_years(&self, at: usize) -> Option<Moment> {
        let from = self.hit(at, "of").filter(|h| h.bare() && h.end == at + 1);
        let from = from.or(self.hit(at, "between")).map_or(at, |h| h.end);
        let year = |at: usize| self.plain_digits(at).filter(|y| (1900..2100).contains(y) && self.t.text(at).len() == 4);
        let a = year(from)?;
        let dash = self.sign(from + 1, &["-", "–"]).then_some(from + 2);
        let next = dash.or(self.past(from + 1, "until")).or(self.is_and(from + 1).then_some(from + 2))?;
        let b =
            year(next).filter(|b| *b > a && !self.touched(from) && !(self.sign(next + 1, &["-"]) && dash.is_some()))?;
        let days = Date::new(a as i16, 1, 1).ok().zip(Date::new(b as i16, 12, 31).ok());
        Some(Moment { first: at, end: next + 1, days, ..Moment::default() })
    }

    /// «3/2015», «2015/3».
    fn month_and_year(&self, at: usize) -> Option<Moment> {
        let glued = self.sign(at + 1, &["/", "-"]) && self.t.glued(at) && self.t.glued(at + 1);
        let more = self.sign(at + 3, &["/", "-"]) || (at > 0 && self.sign(at - 1, &["/", "-"]));
        if !glued || more || self.touched(at) {
            return None;
        }
        let (a, b) = (self.plain_digits(at)?, self.plain_digits(at + 2)?);
        let (month, year) = if b > a { (a, b) } else { (b, a) };
        let known = (1..=12).contains(&month) && (1900..2100).contains(&year);
        let first = Date::new(year as i16, month as i8, 1).ok().filter(|_| known)?;
        Some(Moment::days(at, at + 3, Some(first), Some(first.last_of_month())))
    }
}

pub(super) fn edge_named(family: &str) -> Edge {
    match family {
        "start" | "earlier" => Edge::Start,
        "middle" => Edge::Middle,
        _ => Edge::End,
    }
}

/// The year of «أبريل الماضي», «رمضان المقبل».
fn month_turned(today: Date, month: i8, hijri: bool, k: i64) -> Option<i16> {
    if hijri {
        let near = calendar::hijri_year(today);
        let days = |y: &i64| calendar::hijri_month(*y, month.into());
        let year = match k {
            1 => (near - 2..=near + 2).find(|y| days(y).is_some_and(|d| d.0 > today)),
            _ => (near - 2..=near + 2).rev().find(|y| days(y).is_some_and(|d| d.1 < today)),
        };
        return year.map(|y| y as i16);
    }
    let this = today.year();
    Some(match k {
        1 if month <= today.month() => this + 1,
        -1 if month >= today.month() => this - 1,
        _ => this,
    })
}

/// The `n`th of equal parts of a year or month.
fn part_of_unit((first, last): (Date, Date), unit: Unit, n: i64, parts: i64) -> Option<(Date, Date)> {
    if unit == Unit::Year {
        let months = 12 / parts;
        let from = calendar::plus_months(first, months * (n - 1))?;
        return Some((from, calendar::plus_months(from, months - 1)?.last_of_month()));
    }
    let days = calendar::days_between(first, last)? + 1;
    let to = if n == parts { last } else { calendar::plus(first, days * n / parts - 1)? };
    Some((calendar::plus(first, days * (n - 1) / parts)?, to))
}

/// The year of the season that is meant by «الماضي» or «القادم».
fn turned(today: Date, season: Season, k: i64) -> Option<i16> {
    let near = today.year() - 2..=today.year() + 2;
    let with = near.filter_map(|y| calendar::season(season, y).map(|days| (y, days)));
    match k {
        0 => Some(today.year()),
        k if k < 0 => with.filter(|(_, d)| d.1 < today).map(|(y, _)| y).last(),
        _ => with.into_iter().find(|(_, d)| d.0 > today).map(|(y, _)| y),
    }
}
