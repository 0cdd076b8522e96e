//! How long does it last?
//!
//! «ثلاثة أيام», «ساعتين ونصف», «2 عام و شهر و 21 يوم», «نصف ساعة», «يوم كامل»,
//! «بضع دقائق», and a bare «ساعة» where a word before it asks for a length.

use super::reader::{Hit, Reader};
use super::{Moment, unit_of};
use crate::lexicon::{Count, Part};
use crate::time::Unit;
use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// A length of time as it is said: amounts with their units, the greatest first as a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Length {
    /// No amount where only "some" is said.
    pub parts: Vec<(Option<f64>, Unit)>,
}

impl Length {
    pub(super) fn one(n: Option<f64>, unit: Unit) -> Length {
        Length { parts: vec![(n, unit)] }
    }

    /// Seconds, with months of 30 and years of 365 days; nothing where an amount is open.
    pub fn seconds(&self) -> Option<f64> {
        self.parts.iter().map(|(n, unit)| Some((*n)? * seconds_of(*unit))).sum()
    }

    /// As ISO 8601 writes it, `X` for an open amount.
    pub fn timex(&self) -> String {
        let (mut days, mut clock) = (String::new(), String::new());
        for (n, unit) in &self.parts {
            let n = n.map_or("X".to_string(), |n| n.to_string());
            match unit {
                Unit::Second => clock += &format!("{n}S"),
                Unit::Minute => clock += &format!("{n}M"),
                Unit::Hour => clock += &format!("{n}H"),
                Unit::Day => days += &format!("{n}D"),
                Unit::Week => days += &format!("{n}W"),
                Unit::Month => days += &format!("{n}M"),
                Unit::Year => days += &format!("{n}Y"),
                Unit::Decade => days += &format!("{n}DE"),
            }
        }
        if clock.is_empty() { format!("P{days}") } else { format!("P{days}T{clock}") }
    }

    /// The day that lies this far from a day; nothing for what is shorter than a day.
    pub(super) fn from(&self, day: Date, back: bool) -> Option<Date> {
        let mut out = day;
        for (n, unit) in &self.parts {
            let n = (*n)?;
            let whole = n.trunc() as i64;
            let span: Span = match unit {
                Unit::Day => whole.days(),
                Unit::Week => ((n * 7.0).round() as i64).days(),
                Unit::Month => whole.try_months_checked()?,
                Unit::Year => ((n * 12.0).round() as i64).try_months_checked()?,
                Unit::Decade => ((n * 120.0).round() as i64).try_months_checked()?,
                _ => return None,
            };
            out = if back { out.checked_sub(span).ok()? } else { out.checked_add(span).ok()? };
        }
        Some(out)
    }
}

/// Months that a calendar can hold.
trait Months {
    fn try_months_checked(self) -> Option<Span>;
}

impl Months for i64 {
    fn try_months_checked(self) -> Option<Span> {
        Span::new().try_months(self).ok()
    }
}

fn seconds_of(unit: Unit) -> f64 {
    match unit {
        Unit::Second => 1.0,
        Unit::Minute => 60.0,
        Unit::Hour => 3600.0,
        Unit::Day => 86_400.0,
        Unit::Week => 604_800.0,
        Unit::Month => 2_592_000.0,
        Unit::Year => 31_536_000.0,
        Unit::Decade => 315_360_000.0,
    }
}

impl Reader<'_> {
    /// A length that is meant as one: with an amount, or behind a word for lasting.
    pub fn lasting(&self, at: usize) -> Option<Moment> {
        let made = |(length, end)| Moment { first: at, end, length: Some(length), ..Moment::default() };
        if let Some(next) = self.past(at, "throughout") {
            let named = |end: usize| self.month_said(next).is_some_and(|m| m.end > end);
            let unit = self.hit(next, "time_unit").filter(|h| h.form.count == Count::Singular && !named(h.end));
            if let Some(found) = unit.and_then(|h| Some((Length::one(Some(1.0), unit_of(&h.entry.family)?), h.end))) {
                return Some(made(found));
            }
        }
        if let Some(next) = self.past(at, "lasting") {
            return self.length(next, true).map(made);
        }
        let asked = self.plans() && at > 0 && self.hit(at - 1, "inside").is_some();
        self.length(at, asked).map(made)
    }

    /// Amounts with units, joined or not.
    pub fn length(&self, at: usize, bare: bool) -> Option<(Length, usize)> {
        let (mut length, mut end) = self.one_length(at, bare).or_else(|| self.chained_bare(at))?;
        loop {
            let apart = self.is_and(end);
            let next = end + usize::from(apart);
            let joined = apart || self.hits(next).iter().any(|h| h.clitics.conjunction);
            let Some((more, to)) = self.one_length(next, joined) else { break };
            if length.parts.iter().any(|(_, u)| *u == more.parts[0].1) {
                break;
            }
            length.parts.extend(more.parts);
            end = to;
        }
        Some((length, end))
    }

    /// «شهر و 2 سنة»: a bare unit counts where another length is joined to it.
    fn chained_bare(&self, at: usize) -> Option<(Length, usize)> {
        let (length, end) = self.one_length(at, true)?;
        let next = end + usize::from(self.is_and(end));
        let joined = next > end || self.hits(next).iter().any(|h| h.clitics.conjunction);
        (joined && self.one_length(next, false).is_some()).then_some((length, end))
    }

    /// «ونصف الساعة»: the unit once more behind its part.
    fn unit_again(&self, at: usize, unit: &Hit) -> usize {
        let again = self.hit(at, "time_unit").filter(|h| h.clitics.article && h.entry.family == unit.entry.family);
        again.map_or(at, |h| h.end)
    }

    fn one_length(&self, at: usize, bare: bool) -> Option<(Length, usize)> {
        let unit = |at: usize| {
            let hit = self.hit(at, "time_unit")?;
            Some((unit_of(&hit.entry.family)?, hit))
        };
        if let Some(amount) = self.amount(at).filter(|a| a.value > 0.0)
            && let Some((unit, hit)) = unit(amount.end).filter(|(_, h)| h.bare())
        {
            // «اثنان اليوم» are no two days; «نصف الساعة» is half an hour.
            if hit.clitics.article && !amount.broken {
                return None;
            }
            let (more, end) = self.joined_part(hit.end).unwrap_or((0.0, hit.end));
            return Some((Length::one(Some(amount.value + more), unit), end));
        }
        if let Some(hit) = self.hit(at, "some")
            && let Some((unit, plural)) = unit(hit.end).filter(|(_, h)| h.form.count != Count::Singular)
        {
            return Some((Length::one(None, unit), plural.end));
        }
        let (unit, hit) = unit(at)?;
        if hit.clitics.article || hit.form.part == Part::Construct {
            return None;
        }
        let half = self.joined_part(hit.end);
        let whole = self.past(hit.end, "whole");
        let single = self.piece(hit.end).filter(|p| p.value == 1.0 && !p.joined && self.t.is_word(p.first));
        let (n, end) = match hit.form.count {
            Count::Dual => {
                let end = half.map_or(whole.unwrap_or(hit.end), |h| self.unit_again(h.1, hit));
                (2.0 + half.map_or(0.0, |h| h.0), end)
            }
            Count::Singular if half.is_some() => (1.0 + half?.0, self.unit_again(half?.1, hit)),
            Count::Singular if whole.is_some() => (1.0, whole?),
            Count::Singular if single.is_some() => (1.0, single?.end),
            Count::Singular if bare => (1.0, hit.end),
            _ => return None,
        };
        Some((Length::one(Some(n), unit), end))
    }
}
