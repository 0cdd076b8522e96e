//! At what hour?
//!
//! «الساعة الثامنة والنصف مساء», «الثالثة إلا 20 دقيقة», «ثلاث دقائق قبل الخامسة»,
//! «مساء 7», «1140 المساء», «من 5 إلى 6 مساء», «منتصف الليل».

use super::reader::Reader;
use super::{Clock, Moment};
use marsad_model::TimeOfDay;

/// A clock time with how firmly the words say that it is one.
#[derive(Clone, Copy)]
struct Hour {
    clock: Clock,
    part: Option<TimeOfDay>,
    end: usize,
    /// «الساعة», a colon, a part of the day: it is no mere number.
    firm: bool,
}

impl Clock {
    fn new(hour: u8, minute: u8, second: u8) -> Clock {
        Clock { hour, minute, second, sure: hour > 12 || hour == 0 }
    }

    /// The half of the day that a part of the day gives.
    pub(super) fn in_part(self, part: TimeOfDay) -> Clock {
        let hour = match (part, self.hour) {
            (TimeOfDay::Noon, 1..=7) | (TimeOfDay::Afternoon | TimeOfDay::Evening, 1..=11) => self.hour + 12,
            (TimeOfDay::Night, 6..=11) => self.hour + 12,
            (TimeOfDay::Night | TimeOfDay::Dawn, 12) => 0,
            (_, hour) => hour,
        };
        Clock { hour, sure: true, ..self }
    }
}

impl Reader<'_> {
    /// A clock time or two with what lies between.
    pub fn clocked(&self, at: usize) -> Option<Moment> {
        if let Some(range) = self.clock_range(at) {
            return Some(range);
        }
        let hour = self.hour(at).filter(|h| h.firm)?;
        Some(Moment { first: at, end: hour.end, clock: Some(hour.clock), part: hour.part, ..Moment::default() })
    }

    /// «من 5 إلى 6 مساء», «بين الخامسة والسادسة مساء», «4-5 مساء».
    fn clock_range(&self, at: usize) -> Option<Moment> {
        let cue = self.hit(at, "oclock").filter(|h| self.hit(h.end, "of").is_some()).map_or(at, |h| h.end);
        let between = self.hit(cue, "between");
        let from = self.hit(cue, "of").filter(|h| h.end == cue + 1).or(between).map_or(cue, |h| h.end);
        let a = self.hour(from)?;
        let b = self.hour(self.until(a.end, between.is_some())?)?;
        let colon = |h: &Hour| h.clock.minute > 0;
        if !(a.firm || b.firm) || (self.sign(a.end, &["-"]) && !b.firm && !colon(&a)) {
            return None;
        }
        // The part of the day behind the second hour is that of the first too.
        let mut first = a.clock;
        let mut last = b.clock;
        match (a.part, b.part) {
            (None, Some(part)) if !first.sure => {
                let same = first.in_part(part);
                first = if same <= last { same } else { Clock { sure: true, ..first } };
            }
            (Some(part), None) if !last.sure => {
                let same = last.in_part(part);
                last = if same.hour >= first.hour { same } else { last };
            }
            _ => {}
        }
        let part = a.part.or(b.part);
        Some(Moment { first: at, end: b.end, clock: Some(first), until: Some(last), part, ..Moment::default() })
    }

    fn hour(&self, at: usize) -> Option<Hour> {
        let all = [self.minutes_before(at), self.part_then_hour(at), self.worded_hour(at), self.point(at)];
        all.into_iter().flatten().max_by_key(|h| h.end)
    }

    /// «منتصف النهار», «الظهر», «منتصف الليل» alone, or an hour at it.
    fn point(&self, at: usize) -> Option<Hour> {
        let hit = self.hit(at, "clock_point").filter(|h| h.bare())?;
        let hour = hit.entry.value as u8;
        Some(Hour { clock: Clock { sure: true, ..Clock::new(hour, 0, 0) }, part: None, end: hit.end, firm: true })
    }

    /// «ثلاث دقائق قبل الخامسة والنصف».
    fn minutes_before(&self, at: usize) -> Option<Hour> {
        let (length, end) = self.length(at, false)?;
        let n = length.seconds().filter(|s| *s < 3600.0)? / 60.0;
        let (before, sign) = match (self.hit(end, "ago"), self.hit(end, "in_time")) {
            (Some(h), _) => (h.end, -1.0),
            (_, Some(h)) => (h.end, 1.0),
            _ => return None,
        };
        let of = self.worded_hour(before)?;
        let minutes = (i32::from(of.clock.hour) * 60 + i32::from(of.clock.minute) + (sign * n) as i32).rem_euclid(1440);
        let clock = Clock { hour: (minutes / 60) as u8, minute: (minutes % 60) as u8, ..of.clock };
        Some(Hour { clock, firm: true, ..of })
    }

    /// «بعد الظهر 7:00:14», «مساء 7», «الظهر الساعة 7», «في الليلة الخامسة والنصف».
    fn part_then_hour(&self, at: usize) -> Option<Hour> {
        let inside = self.hit(at, "inside").filter(|h| h.end == at + 1).map_or(at, |h| h.end);
        let meal = self.past(inside, "mealtime");
        let (part, next) = match meal {
            Some(end) => (None, end),
            None => self.part_at(inside).map(|(p, e)| (Some(p), e))?,
        };
        let hour = self.worded_hour(next)?;
        // «مساء 7 قتلى»: what is counted is no hour.
        if !hour.firm && self.t.is_word(hour.end) {
            return None;
        }
        let clock = part.filter(|_| !hour.clock.sure).map_or(hour.clock, |p| hour.clock.in_part(p));
        Some(Hour { clock, part: part.or(hour.part), end: hour.end, firm: hour.firm || part.is_some() })
    }

    /// The hour itself, with its minutes and the part of the day behind it.
    fn worded_hour(&self, at: usize) -> Option<Hour> {
        let about = self.hit(at, "about_hour").filter(|h| h.bare()).map_or(at, |h| h.end);
        let cue = self.hit(at, "oclock").or_else(|| self.hit(about, "oclock"));
        let start = cue.map_or(about, |h| h.end);
        let (clock, end, colon) = self.hour_number(start, cue.is_some())?;
        let (clock, mut end, minuted) = match colon {
            true => (clock, end, false),
            false => self.minutes_behind(clock, end).map_or((clock, end, false), |(c, e)| (c, e, true)),
        };
        let ordinal = !self.t.is_number(start) && self.ordinal(start).is_some();
        let mut firm = cue.is_some() || colon || (minuted && ordinal);
        let mut out = clock;
        let mut part = None;
        // «مقتل ثلاثة مساء الاثنين»: a number before the part of a day that is named is no hour.
        let mere = !firm && !ordinal;
        let behind = self.part_behind(end).filter(|(p, to)| {
            let named = self.weekday_at(*to, false).is_some() || self.hit(*to, "relative_day").is_some();
            let early = matches!(p, TimeOfDay::Dawn | TimeOfDay::Morning) && clock.hour > 12;
            !mere || !(named || early)
        });
        if let Some((p, to)) = behind {
            (part, end, firm) = (Some(p), to, true);
            out = if clock.sure { clock } else { clock.in_part(p) };
            // «12 منتصف الليل».
            if p == TimeOfDay::Night && clock.hour == 12 {
                out.hour = 0;
            }
            if let Some((c, to)) = self.minutes_behind(out, end).filter(|_| !minuted && !colon) {
                (out, end) = (c, to);
            }
        }
        end = self.past(end, "mealtime").unwrap_or(end);
        Some(Hour { clock: out, part, end, firm })
    }

    /// «7», «12:34:25», «1140», «السابعة», «ثلاثة», «ثمانية وأربعين».
    fn hour_number(&self, at: usize, cued: bool) -> Option<(Clock, usize, bool)> {
        if let Some(hour) = self.plain_digits(at) {
            if self.touched(at) || (at > 0 && self.t.glued(at - 1) && self.sign(at - 1, &["/", ".", ","])) {
                return None;
            }
            let two = |i: usize| self.plain_digits(i).filter(|m| *m < 60 && self.t.text(i).len() == 2).map(|m| m as u8);
            let sep =
                |i: usize| self.sign(i, &[":"]) || (cued && self.sign(i, &[".", ",", "،"]) && self.t.glued(i - 1));
            if let Some(minute) = two(at + 2).filter(|_| sep(at + 1) && hour <= 24) {
                let second = two(at + 4).filter(|_| self.sign(at + 3, &[":"]));
                let end = at + if second.is_some() { 5 } else { 3 };
                return Some((Clock::new((hour % 24) as u8, minute, second.unwrap_or(0)), end, true));
            }
            let four = self.t.text(at).len() >= 3 && hour % 100 < 60 && (100..2400).contains(&hour);
            if four && (cued || self.part_behind(at + 1).is_some()) {
                return Some((Clock::new((hour / 100) as u8, (hour % 100) as u8, 0), at + 1, true));
            }
            let alone =
                !(self.sign(at + 1, &["/", ".", "٫", "%", "٪"]) && self.t.glued(at) && self.t.is_number(at + 2));
            return (hour <= 24 && alone).then(|| (Clock::new((hour % 24) as u8, 0, 0), at + 1, false));
        }
        let bare = self.hits(at).iter().any(|h| h.entry.class == crate::lexicon::Class::Number);
        if !bare {
            return None;
        }
        // «السابعة وثلاثين» is no thirty-seventh: the hour is the first ordinal up to twelve.
        let ordinal = |h: &&super::reader::Hit| &*h.entry.family == "ordinal" && h.entry.value <= 12.0;
        if let Some(hit) = self.hits(at).iter().find(ordinal) {
            let hour = Clock::new(hit.entry.value as u8, 0, 0);
            return (cued || self.is_feminine(at)).then_some((hour, hit.end, false));
        }
        let chain = self.chain(at, self.t.len()).filter(|c| !c.has_article() || cued)?;
        let first = chain.pieces[0];
        // «ثمانية وأربعين صباحا»: eight and forty minutes; «الثالثة وثلاثين».
        if chain.value > 24.0 && chain.pieces.len() == 2 && (1.0..=12.0).contains(&first.value) {
            let minute = (chain.value - first.value) as u8;
            return (minute < 60)
                .then(|| (Clock::new(first.value as u8, minute, 0), chain.end, true))
                .filter(|_| cued || self.part_behind(chain.end).is_some());
        }
        (chain.value <= 24.0 && chain.value >= 1.0 && chain.value.fract() == 0.0)
            .then(|| (Clock::new(chain.value as u8 % 24, 0, 0), chain.end, false))
    }

    /// «والنصف», «وربع», «و 30 دقيقة», «وخمسة وثلاثين», «وثلاثة أرباع», «إلا ربعا», «إلا 20 دقيقة».
    fn minutes_behind(&self, clock: Clock, at: usize) -> Option<(Clock, usize)> {
        if let Some(less) = self.past(at, "less_minutes") {
            let (minutes, end) = self.minutes(less)?;
            let all = (i32::from(clock.hour) * 60 - i32::from(minutes)).rem_euclid(1440);
            let hour = if clock.hour == 1 { 12 } else { (all / 60) as u8 };
            return Some((Clock { hour, minute: (all % 60) as u8, ..clock }, end));
        }
        let apart = self.is_and(at);
        let next = at + usize::from(apart);
        if !apart && !self.hits(at).iter().any(|h| h.clitics.conjunction) {
            return None;
        }
        let (minute, end) = self.minutes(next)?;
        let worded = self.t.is_number(next) && !self.hit(end - 1, "time_unit").is_some_and(|h| h.end == end);
        (clock.minute == 0 && !worded).then_some((Clock { minute, ..clock }, end))
    }

    /// A quarter, a half, or a number with or without its word for minutes.
    fn minutes(&self, at: usize) -> Option<(u8, usize)> {
        let fraction = self.number_word(at, "part").or_else(|| self.number_word(at, "fraction"));
        let parts = self.chain(at, at + 1).and_then(|c| {
            let hit = self.number_word(c.end, "parts")?;
            Some((c.value * hit.entry.value, hit.end))
        });
        if let Some((value, end)) = parts.or(fraction.map(|h| (h.entry.value, h.end))).filter(|(v, _)| *v < 1.0) {
            // «وخمس دقائق» are five minutes.
            if self.hit(end, "time_unit").is_none() && !(value - 0.2).abs().le(&0.001) {
                return Some(((value * 60.0).round() as u8, end));
            }
        }
        let chain =
            self.chain(at, self.t.len()).filter(|c| (1.0..60.0).contains(&c.value) && c.value.fract() == 0.0)?;
        // «السابع والعشرين» is a day.
        if chain.has_article() {
            return None;
        }
        let unit = self.hit(chain.end, "time_unit");
        if unit.is_some_and(|h| &*h.entry.family != "minute") {
            return None;
        }
        Some((chain.value as u8, unit.map_or(chain.end, |h| h.end)))
    }

    /// The part of the day at a token, whatever follows.
    pub fn part_at(&self, at: usize) -> Option<(TimeOfDay, usize)> {
        let hit = self.hit(at, "part_of_day").filter(|h| !h.clitics.conjunction)?;
        Some((crate::time::part_of_day(hit.entry.family.trim_end_matches("-adverb"))?, hit.end))
    }

    /// True when the words for a part of the day hold their article themselves («بعد الظهر»).
    pub fn known_part(&self, at: usize) -> bool {
        self.hit(at, "part_of_day").is_some_and(|h| h.end > at + 1 || self.adverb(at))
    }

    fn adverb(&self, at: usize) -> bool {
        self.hits(at).iter().any(|h| h.entry.family.ends_with("adverb"))
    }

    /// «صباحا», «في المساء», «هذه الليلة» behind an hour.
    fn part_behind(&self, at: usize) -> Option<(TimeOfDay, usize)> {
        let inside = self.hit(at, "inside").or_else(|| self.hit(at, "of")).filter(|h| h.bare()).map_or(at, |h| h.end);
        let day = self.day(inside).filter(|d| self.part_at(inside).is_none_or(|p| d.end > p.1));
        if day.is_some() {
            return None;
        }
        self.part_at(inside)
    }
}
