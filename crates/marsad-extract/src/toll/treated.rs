//! Who is told to be in the hands of doctors?
//!
//! «نقل معلمان إلى المستشفى», «أسعفت الفرق أربعة مدنيين», «أربعة وعشرون يتلقون العلاج», «يعالج خمسة عشر شخصا في مستشفيات هرات»: wounded, where
//! the report tells nothing else of the wounded.

use super::scan::Scan;
use super::victims::{Victims, finite};
use super::{Fact, Kind, Said};
use marsad_lang::Mention;

/// Tokens from the verb to those who were taken, over who took them.
const TAKEN_MAX: usize = 6;
/// Tokens from those who were taken to the hospital.
const HOSPITAL_MAX: usize = 8;

impl Scan<'_, '_> {
    pub(super) fn treated(&self, at: usize) -> Option<Fact> {
        let l = self.ctx.l;
        let found = match (self.ctx.at(at, l.rescue), self.ctx.at(at, l.take_to_care), self.ctx.at(at, l.under_care)) {
            (Some(m), _, _) => self.brought(m).map(|v| (m, v)),
            (_, Some(m), _) => self.brought(m).filter(|v| self.to_hospital(v.end)).map(|v| (m, v)),
            (_, _, Some(m)) => self.in_care(m).map(|v| (m, v)),
            _ => None,
        };
        let (m, who) = found.filter(|(_, v)| self.may_be_hurt(v))?;
        let (first, end) = (m.first.min(who.first), m.end.max(who.end));
        let fact = self.fact(Kind::Treated, who.said, first, end);
        Some(Fact { group: who.group, breakdown: false, ..fact })
    }

    fn brought(&self, verb: &Mention) -> Option<Victims> {
        let reach = verb.end..(verb.end + TAKEN_MAX).min(self.end);
        let until = reach.clone().find(|t| self.ctx.a.at(*t).any(|m| finite(self.ctx, m))).unwrap_or(reach.end);
        let whom = (reach.start..until).find_map(|t| self.one(t, true).filter(|v| !v.subject))?;
        Some(self.with_those_joined(whom))
    }

    fn to_hospital(&self, from: usize) -> bool {
        self.ctx.any(from..from + HOSPITAL_MAX, self.ctx.l.hospital_word)
    }

    /// «أربعة وعشرون يتلقون العلاج», «يعالج خمسة عشر شخصا»
    fn in_care(&self, verb: &Mention) -> Option<Victims> {
        let (ctx, at) = (self.ctx, verb.first);
        let people = ctx.before(at, ctx.l.victim).and_then(|m| m.quantity).filter(|q| q.worded);
        let before = people.or_else(|| self.number_ending(at));
        let behind = || self.one(verb.end, true).filter(|v| !v.subject);
        before.map(|n| Victims::of(at, Said::Count(n), verb.end)).or_else(behind)
    }

    /// A number of people, and neither the dead nor «الجرحى», who were told before.
    fn may_be_hurt(&self, v: &Victims) -> bool {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let counted = matches!(v.said, Said::Count(a) if !a.vague && a.value.is_some());
        counted && !v.attackers && ![l.dead_noun, l.hurt_noun].iter().any(|k| ctx.any(v.first..v.end, *k))
    }
}
