//! In which country does a report play, where an incident of it names no place?
//!
//! «… في مقديشو أمس. وفي 20 حزيران قتل عشرة بسيارة مفخخة أمام مبنى للسلطات»: the second
//! attack was in Somalia too. Only where all places that a report's incidents
//! name lie in one country is it taken for the others; it stays the country
//! alone, with the place that told it as evidence. Where none is named at all,
//! whose army or police it is tells the country («الجيش المالي»), unless that
//! one is known to fight abroad.

use super::Located;
use crate::context::Ctx;
use marsad_lang::{Class, Mention};
use marsad_model::{Evidence, Incident, Place, Relation};

/// Gives the country of the report to incidents without one.
pub fn share_country(ctx: &Ctx, incidents: &mut [Incident]) {
    let Some(country) = country_of(ctx, incidents).or_else(|| country_of_force(ctx, incidents)) else { return };
    for incident in incidents {
        match &mut incident.place {
            None => incident.place = Some(country.clone()),
            Some(unlisted) if unlisted.country.is_empty() => {
                unlisted.country = country.country.clone();
                unlisted.chain.extend(country.chain.iter().cloned());
                unlisted.evidence.extend(country.evidence.iter().cloned());
            }
            Some(_) => {}
        }
    }
}

/// «نقل تسعة مصابين إلى مستشفى الفاشر بعد قصف على الحي», «قال مصدر في شرطة مقديشو إن سيارة انفجرت»: of an incident that names no
/// place, the town whose hospital took the wounded or whose police tells of it lies near. Two such towns tell nothing.
pub fn town_that_tells(ctx: &Ctx, places: &[Located]) -> Option<Place> {
    let l = ctx.l;
    let hospital = |p: &Located| {
        let near = p.first.saturating_sub(HOSPITAL_REACH)..p.first + 1;
        ctx.all(near, l.target).any(|m| &*ctx.a.entry(m).family == "hospital")
    };
    let police = |p: &Located| ctx.before(p.first, l.force_word).is_some();
    let g = &ctx.res.gazetteer;
    // «مستشفى العباسية في جنوب كردفان»: not the listed namesake in another country.
    let namesake = |p: &Located| {
        p.candidates.first().zip(p.container).is_some_and(|(id, around)| g.get(*id).country != g.get(around).country)
    };
    let listed = |p: &Located| super::level(ctx, p) <= 4 && !p.candidates.is_empty() && !namesake(p);
    let town = |p: &&Located| listed(p) && (hospital(p) || police(p));
    let mut towns = places.iter().filter(town);
    let first = towns.next()?;
    let one = towns.all(|p| p.candidates.first() == first.candidates.first());
    let near = Located { relation: Relation::Near, offset: None, directed: false, ..first.clone() };
    one.then(|| super::resolve(ctx, &near, None))
}

/// Tokens from the word for a hospital to its town.
const HOSPITAL_REACH: usize = 2;

/// The one country of all places named, as a place.
fn country_of(ctx: &Ctx, incidents: &[Incident]) -> Option<Place> {
    let named = || incidents.iter().filter_map(|i| i.place.as_ref()).filter(|p| !p.country.is_empty());
    let first = named().next()?;
    if named().any(|p| p.country != first.country) {
        return None;
    }
    let g = &ctx.res.gazetteer;
    let country = g.place(g.country(&first.country)?);
    let told = first.evidence.first()?;
    Some(Place { evidence: vec![Evidence::new(told.span, "place/country-of-report")], ..country })
}

/// The one country whose soldiers or police a report speaks of, where its incidents name none.
fn country_of_force(ctx: &Ctx, incidents: &[Incident]) -> Option<Place> {
    if incidents.iter().filter_map(|i| i.place.as_ref()).any(|p| !p.country.is_empty()) {
        return None;
    }
    let forces: Vec<(&Mention, &str)> = ctx.a.mentions.iter().filter_map(|m| national_force(ctx, m)).collect();
    let (said, iso) = *forces.first()?;
    let abroad = FIGHT_ABROAD.contains(&iso) && !at_home(ctx);
    if forces.iter().any(|(_, other)| *other != iso) || abroad || names_another(ctx, iso) {
        return None;
    }
    let g = &ctx.res.gazetteer;
    let evidence = vec![ctx.evidence(said.first, said.end, "place/country-of-force")];
    Some(Place { evidence, ..g.place(g.country(iso)?) })
}

/// «اعترضت وزارة الدفاع … طائرات اخترقت أجواء البلاد»: at home, whoever else fights abroad.
fn at_home(ctx: &Ctx) -> bool {
    let l = ctx.l;
    let there = [l.airspace, l.direction, l.prep_in, l.land];
    ctx.a
        .mentions
        .iter()
        .filter(|m| ctx.has(m, l.country_word))
        .any(|m| there.iter().any(|k| ctx.before(m.first, *k).is_some()))
}

/// «الجيش المالي», «القوات المسلحة النيجرية», «جنود تونسيين», with the country.
fn national_force<'a>(ctx: &Ctx<'a>, m: &'a Mention) -> Option<(&'a Mention, &'a str)> {
    let entry = ctx.a.entry(m);
    // «وزارة الدفاع الإماراتية: … أجواء البلاد»
    let speaks_at_home = || &*entry.family == "official" && at_home(ctx);
    if entry.class == Class::Actor && (&*entry.family == "forces" || speaks_at_home()) {
        let country = entry.extra("government").or(entry.extra("country"));
        return country.filter(|iso| !iso.is_empty()).map(|iso| (m, iso));
    }
    let force = |at: usize| {
        let people = ctx.before(at, ctx.l.people);
        ctx.before(at, ctx.l.force_word).is_some() || people.is_some_and(|p| ctx.has(p, ctx.l.armed))
    };
    let adjective = ctx.before(m.first, ctx.l.act_adjective).map(|a| a.first);
    let national = ctx.has(m, ctx.l.nationality) && (force(m.first) || adjective.is_some_and(force));
    national.then_some((m, &*entry.family))
}

/// Another country is named than as a neighbour («الحدود مع سوريا»): it may have happened there.
fn names_another(ctx: &Ctx, iso: &str) -> bool {
    let g = &ctx.res.gazetteer;
    let mut named = ctx.a.mentions.iter().filter(|m| ctx.a.class(m) == Class::Place);
    named.any(|m| {
        let country = ctx.res.place_of(m.form.entry).map(|id| g.get(id)).filter(|p| p.level == 9);
        country.is_some_and(|p| &*p.country != iso) && ctx.before(m.first, ctx.l.with_word).is_none()
    })
}

/// Armies that are mostly in the news for what they do in other countries: of these, whose it is tells no place.
pub(super) const FIGHT_ABROAD: [&str; 14] =
    ["AE", "BH", "BI", "DE", "FR", "GB", "IL", "IR", "RU", "RW", "SA", "TR", "UG", "US"];
