//! What else do two documents both tell?
//!
//! Two reports of one day tell several attacks alike. Where a telling has no day of its own, the attacks told beside it
//! speak for it: that both documents also tell of a strike on a second town and of shelling on a third is hardly chance.
//! Only named towns and sites count, each once, and only attacks that may be one by type and day.

use crate::facts::Facts;
use crate::levels::*;
use crate::place::PlaceKey;
use crate::when::{When, weekday_level};
use marsad_model::EventType;

/// The attacks that one document tells, sorted by place.
#[derive(Debug, Default)]
pub(crate) struct Company(Vec<Mate>);

#[derive(Debug)]
struct Mate {
    place: PlaceKey,
    event: EventType,
    when: When,
}

impl Company {
    /// Of the facts of one document.
    pub fn of<'f>(facts: impl Iterator<Item = &'f Facts>) -> Company {
        let mate = |fact: &'f Facts| Some(Mate { place: town(fact)?.clone(), event: fact.event, when: fact.when });
        let mut mates: Vec<Mate> = facts.filter(|f| !f.event.is_vague()).filter_map(mate).collect();
        mates.sort_by(|a, b| a.place.cmp(&b.place));
        Company(mates)
    }
}

/// How many towns two documents have in common beside those of the pair itself.
pub(crate) fn company_level(a: &Facts, b: &Facts) -> Level {
    let (mut count, mut rest) = (0, &b.company.0[..]);
    let own = [town(a), town(b)];
    let of = |mates: &[Mate]| own.iter().flatten().all(|place| **place != mates[0].place);
    for mine in a.company.0.chunk_by(|x, y| x.place == y.place).filter(|mates| of(mates)) {
        let start = rest.partition_point(|mate| mate.place < mine[0].place);
        rest = &rest[start..];
        let theirs = &rest[..rest.partition_point(|mate| mate.place <= mine[0].place)];
        count += i32::from(mine.iter().any(|x| theirs.iter().any(|y| may_be_one(x, y))));
    }
    match count {
        0 => SILENT,
        1 => COMPANY_ONE,
        _ => COMPANY_SEVERAL,
    }
}

fn may_be_one(a: &Mate, b: &Mate) -> bool {
    let same_days = a.when.gap(b.when) <= DAYS_APART_MAX
        && !matches!(weekday_level(a.when, b.when), WEEKDAY_NEXT | WEEKDAY_DIFFERS);
    a.event.family() == b.event.family() && same_days
}

fn town(fact: &Facts) -> Option<&PlaceKey> {
    let place = fact.place.as_ref().filter(|place| place.is_sharp())?;
    Some(place.settlement.as_ref().unwrap_or(&place.own))
}
