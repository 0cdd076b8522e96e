//! How do the tellings of an event become the fields of one incident?

use crate::context::Ctx;
use crate::corefer::Event;
use crate::place::{self, Located, PlaceRole};
use crate::unit::{Link, Unit};
use crate::{attribution, casualties, interception, munition, target, when};
use crate::{perpetrator, responsibility};
use jiff::ToSpan;
use marsad_lang::PlaceId;
use marsad_model::*;
use std::ops::Range;

/// The incident of an event; `days` are the dates already given to the events before it.
pub fn incident(ctx: &Ctx, event: &Event, number: usize, days: &[DateValue], role: Role) -> Incident {
    let kind = event.kind();
    let trigger = trigger_evidence(ctx, event, kind);
    let typed = Sourced::with_all(kind, trigger).unwrap_or_else(|| Sourced::new(kind, mention(ctx, &event.units[0])));
    let mut out = Incident::new(format!("i{number}"), typed);
    out.role = role;
    out.mentions = event.units.iter().map(|u| mention(ctx, u)).collect();
    out.mentions.sort();
    out.mentions.dedup();
    out.tags = tags(ctx, event);
    out.date = date(ctx, event, days);
    out.place = scene(ctx, event);
    for unit in &event.units {
        add_weapons(&mut out, munition::named(ctx, unit));
        let more = rule_weapons(ctx, unit, &out.weapons);
        add_weapons(&mut out, more);
        let counts = munition::counts(ctx, unit);
        add_munitions(&mut out.munitions, counts.clone());
        let stop = interception::interception(ctx, unit, &out.munitions);
        if out.interception.status == InterceptionStatus::Unknown
            || (out.interception.status == InterceptionStatus::Full && stop.status == InterceptionStatus::Partial)
        {
            out.interception = stop;
        }
    }
    out.sub_type = sub_type(ctx, event, &out);
    out.launch_site = launch_site(ctx, event);
    out.target = target::target(ctx, event);
    casualties::add(ctx, event, &mut out);
    speakers(ctx, event, &mut out);
    out
}

fn mention(ctx: &Ctx, unit: &Unit) -> Evidence {
    let rule = unit.hits.first().map_or("toll".into(), |h| ctx.res.triggers[h.rule].rule.clone());
    Evidence::new(ctx.span(unit.first, unit.end.max(unit.first + 1)), rule)
}

fn trigger_evidence(ctx: &Ctx, event: &Event, kind: EventType) -> Vec<Evidence> {
    let hits = event.units.iter().filter(|u| u.event == kind).flat_map(|u| &u.hits);
    hits.take(4).map(|h| ctx.evidence(h.head, h.end.max(h.head + 1), ctx.res.triggers[h.rule].rule.clone())).collect()
}

fn tags(ctx: &Ctx, event: &Event) -> Vec<String> {
    let hits = event.units.iter().flat_map(|u| &u.hits);
    let mut tags: Vec<String> = hits.flat_map(|h| ctx.res.triggers[h.rule].tags.clone()).collect();
    tags.sort();
    tags.dedup();
    tags
}

fn sub_type(ctx: &Ctx, event: &Event, out: &Incident) -> Option<String> {
    let drone = out.weapons.iter().any(|w| w.id.contains("drone"));
    if out.event_type() == EventType::AirStrike && drone {
        return Some("state_drone_strike".to_string());
    }
    if out.event_type() == EventType::AttackUnspecified && out.tags.iter().any(|t| t == "assassination") {
        return Some("assassination_unspecified_means".to_string());
    }
    let named = out.weapons.iter().find(|w| {
        matches!(
            &*w.id,
            "katyusha" | "grad" | "ballistic-missile" | "cruise-missile" | "guided-missile" | "mortar" | "artillery"
        )
    });
    let from_rule = event.units.iter().flat_map(|u| &u.hits).find_map(|h| ctx.res.triggers[h.rule].sub_type.clone());
    from_rule.or(named.map(|w| w.id.replace("-missile", "")))
}

/// The best date: of the event itself, else of the announcement, else by the
/// sequence phrase, else open with weekday and bounds.
fn date(ctx: &Ctx, event: &Event, days: &[DateValue]) -> DateValue {
    if let Some(value) = sequence_date(event, days) {
        return value;
    }
    let all = || event.units.iter().flat_map(|u| &u.whens);
    let sharp = |w: &&when::When| w.resolved.precision >= DatePrecision::Day;
    let apart = all().any(|w| w.apart);
    let pick = nearest(ctx, event)
        .or(all().find(|w| apart && when::is_sure(ctx, w)))
        .or(all().filter(|w| w.own).find(sharp))
        .or(all().find(|w| w.own))
        .or(all().find(sharp))
        .or(all().next());
    let Some(pick) = pick else { return when::of_bulletin(ctx).unwrap_or_else(|| undated(ctx)) };
    let mut value = when::date_value(ctx, pick);
    let more = all().filter(|w| {
        w.own
            && w.time != pick.time
            && w.resolved.earliest == pick.resolved.earliest
            && w.resolved.weekday == pick.resolved.weekday
    });
    for w in more {
        let t = &ctx.a.times[w.time];
        value.evidence.push(ctx.evidence(t.first, t.end, "clause-time"));
        value.time_of_day = value.time_of_day.or(t.part);
    }
    value
}

fn undated(ctx: &Ctx) -> DateValue {
    let latest = ctx.anchor.latest;
    DateValue { latest, derivation: "no time expression".to_string(), ..DateValue::unknown() }
}

/// Of several own times in the first dated telling, the one nearest to the
/// event word; a calendar day beats a coarser one.
fn nearest<'e>(ctx: &Ctx, event: &'e Event) -> Option<&'e when::When> {
    let unit = event.units.iter().find(|u| u.whens.iter().any(|w| w.own))?;
    let own: Vec<&when::When> = unit.whens.iter().filter(|w| w.own).collect();
    let heads: Vec<usize> = unit.hits.iter().filter(|h| !h.casualty_only).map(|h| h.head).collect();
    if own.len() < 2 || heads.is_empty() {
        return None;
    }
    let full = |w: &&&when::When| matches!(ctx.a.times[w.time].expr, marsad_lang::TimeExpr::Date { day: Some(_), .. });
    // Of two as near, «توفي أمس متأثراً بانفجار لغم ليلة الجمعة», the one behind the word is its own.
    let distance = |w: &&&when::When| {
        let first = ctx.a.times[w.time].first;
        heads.iter().map(|h| (first.abs_diff(*h), first < *h)).min()
    };
    let calendar = own.iter().filter(full).min_by_key(distance);
    calendar.or_else(|| own.iter().min_by_key(distance)).copied()
}

/// «بعد أسبوع على استهداف …»: counted back from the event it hangs on.
fn sequence_date(event: &Event, days: &[DateValue]) -> Option<DateValue> {
    let own = event.units.iter().flat_map(|u| &u.whens).any(|w| w.own);
    if let Some(base) = event.beside.and_then(|anchor| days.get(anchor)).filter(|_| !own) {
        let evidence = base.evidence.clone();
        return base.exact_day().map(|day| DateValue::day(day, "the day of the incident beside it", evidence));
    }
    let (anchor, back) = event.before?;
    let base = days.get(anchor)?;
    if own || back < 0 {
        return None;
    }
    let day = base.exact_day()?;
    // Hours before dawn or morning was the evening before.
    let early = matches!(base.time_of_day, Some(TimeOfDay::Dawn | TimeOfDay::Morning));
    let back = if back == 0 { i64::from(early) } else { i64::from(back) };
    let date = day.checked_sub(back.days()).ok()?;
    Some(DateValue::day(date, "counted back from the incident it is told after", base.evidence.clone()))
}

fn scene(ctx: &Ctx, event: &Event) -> Option<Place> {
    let mut best: Option<&Located> = None;
    for unit in &event.units {
        let Some(p) = unit.scene(ctx).filter(|p| !only_named_beside(unit, p)) else { continue };
        best = match best {
            None => Some(p),
            // «شرق العاصمة», then «الانفجار استهدف حاجزا قرب مدينة …»: the town beats the direction from another.
            Some(b) if better(ctx, p, b) || unit.only_places() && place::lies_that_way(ctx, b, p) => Some(p),
            Some(b) if sharper_by(ctx, unit, p, b) => Some(p),
            keep => keep,
        };
    }
    let best = best?;
    let container = container(ctx, event, best);
    let mut out = place::resolve(ctx, best, container);
    for p in event
        .units
        .iter()
        .filter_map(|u| u.scene(ctx))
        .filter(|p| p.candidates.first() == best.candidates.first() && p.first != best.first)
    {
        out.evidence.push(ctx.evidence(p.first, p.end, out.evidence[0].rule.clone()));
    }
    Some(out)
}

/// «ودانت أنقرة الهجوم»: beside what only points back, a bare name says nothing of where.
fn only_named_beside(unit: &Unit, p: &Located) -> bool {
    p.role == PlaceRole::Loose && unit.only_places() && unit.link == Link::None
}

/// «في كركوك», then «في قرية … قرب كركوك»: the village, not a desert or a mountain.
fn sharper_by(ctx: &Ctx, unit: &Unit, p: &Located, b: &Located) -> bool {
    let settled =
        |id: &PlaceId| !matches!(&*ctx.res.gazetteer.get(*id).kind, "area" | "mountain" | "valley" | "region");
    let other = p.candidates.first() != b.candidates.first() && p.candidates.first().is_none_or(settled);
    other && place::level(ctx, b) >= 4 && place::level(ctx, p) <= 4 && unit.lies_by(ctx, b)
}

/// A scene inside the other and sharper, or a listed one for a country.
fn better(ctx: &Ctx, p: &Located, b: &Located) -> bool {
    let g = &ctx.res.gazetteer;
    // Only a headline's city is joined by what lies around it.
    let around = place::may_lie_around(ctx, b, p) && !place::compatible(ctx, b, p);
    // «في القامشلي», then «على طريق القامشلي – عامودا».
    let on_road = place::is_between(p) && !place::is_between(b) && p.candidates.first() == b.candidates.first();
    // «جوبا: 12 قتيلا بغارة», then «أغار مسلحون على قرية قرب رمبيك»
    let told_where = p.role == PlaceRole::Scene && b.role == PlaceRole::Loose && !place::compatible(ctx, p, b);
    if around || on_road || told_where || p.role == PlaceRole::Scene && place::narrows(ctx, p, b) {
        return true;
    }
    match (p.candidates.first(), b.candidates.first()) {
        (Some(x), Some(y)) => {
            x != y && g.inside(*x, *y) && g.get(*x).level < g.get(*y).level
                || (g.get(*y).level >= 7 && g.get(*x).level < 7 && g.get(*x).country == g.get(*y).country)
        }
        (None, Some(y)) => g.get(*y).level >= 5,
        _ => false,
    }
}

/// The known place that an unlisted name lies in or near.
fn container<'e>(ctx: &Ctx, event: &'e Event, best: &Located) -> Option<&'e Located> {
    let listed = |p: &&Located| !p.candidates.is_empty() && p.role != PlaceRole::Launch;
    let behind = event
        .units
        .iter()
        .flat_map(|u| &u.places)
        .filter(listed)
        .find(|p| p.first >= best.end && p.first <= best.end + 8);
    best.unlisted?;
    let g = &ctx.res.gazetteer;
    behind.or_else(|| {
        event
            .units
            .iter()
            .flat_map(|u| &u.places)
            .filter(listed)
            .min_by_key(|p| p.candidates.first().map_or(9, |c| g.get(*c).level))
    })
}

/// A weapon that the trigger itself names («طعن», «قصف مدفعي»), where none of its
/// family is named beside it.
fn rule_weapons(ctx: &Ctx, unit: &Unit, known: &[Weapon]) -> Vec<Weapon> {
    let entry_of = |id: &str| Some(ctx.res.lexicon.entry(ctx.res.lexicon.weapon(id)?));
    let families: Vec<_> = known.iter().filter_map(|w| entry_of(&w.id)).map(|e| e.family.clone()).collect();
    unit.hits
        .iter()
        .filter_map(|h| {
            let rule = &ctx.res.triggers[h.rule];
            let entry = entry_of(rule.weapon.as_deref()?)?;
            let evidence = vec![ctx.evidence(h.head, h.end.max(h.head + 1), rule.rule.clone())];
            (!families.contains(&entry.family)).then(|| Weapon {
                id: entry.id.clone(),
                name_en: entry.en.clone(),
                evidence,
            })
        })
        .collect()
}

fn add_weapons(out: &mut Incident, more: Vec<Weapon>) {
    for w in more {
        match out.weapons.iter_mut().find(|x| x.id == w.id) {
            Some(known) => known
                .evidence
                .extend(w.evidence.into_iter().filter(|e| !known.evidence.contains(e)).collect::<Vec<_>>()),
            None => out.weapons.push(w),
        }
    }
}

fn add_munitions(out: &mut Munitions, more: Munitions) {
    for (slot, new) in [
        (&mut out.launched, more.launched),
        (&mut out.landed, more.landed),
        (&mut out.intercepted, more.intercepted),
        (&mut out.unfired, more.unfired),
        (&mut out.used, more.used),
    ] {
        if !slot.is_said() {
            *slot = new;
        }
    }
}

fn launch_site(ctx: &Ctx, event: &Event) -> Option<LaunchSite> {
    let launcher = event.units.iter().find_map(|u| {
        let m = ctx.all(u.first..u.end, ctx.l.launcher).next()?;
        (m.first.saturating_sub(6)..m.first).any(|t| ctx.is_at(t, ctx.l.seize)).then_some(m)
    });
    // What comes from somewhere is launched only if it flies.
    let flies = matches!(event.kind().family(), Family::Projectile | Family::Air | Family::Any | Family::Sea);
    let site = event.units.iter().flat_map(|u| &u.places).find(|p| flies && p.role == PlaceRole::Launch);
    let mut evidence: Vec<Evidence> = vec![];
    let mut place_id = None;
    let mut value = None;
    if let Some(p) = site {
        let resolved = place::resolve(ctx, p, None);
        value = Some(resolved.name_en.to_string());
        place_id = resolved.id.clone();
        evidence.extend(resolved.evidence);
    } else if let Some(words) =
        event.units.iter().find_map(|u| place::origin::unnamed(ctx, around(ctx, u))).filter(|_| flies)
    {
        value = Some(ctx.quote(words.start, words.end));
        evidence.push(ctx.evidence(words.start, words.end, "origin"));
    }
    evidence.extend(launcher.map(|m| ctx.mention_evidence(m)));
    (!evidence.is_empty()).then_some(LaunchSite { value, place_id, launcher_found: launcher.is_some(), evidence })
}

/// The unit with what is said near by in the same sentence, where it alone tells an attack: sentences may be very long.
fn around(ctx: &Ctx, unit: &Unit) -> Range<usize> {
    let sentence = &ctx.a.sentences[unit.sentence];
    if !unit.alone {
        return unit.first..unit.end;
    }
    sentence.first.max(unit.first.saturating_sub(60))..sentence.end.min(unit.end + 60)
}

fn speakers(ctx: &Ctx, event: &Event, out: &mut Incident) {
    for unit in &event.units {
        let Range { start: first, end } = around(ctx, unit);
        let r = responsibility::responsibility(ctx, first, end);
        r.blamed.iter().for_each(|b| add_blame(out, b.clone()));
        if out.claimed_by.status == ResponsibilityStatus::Unknown {
            out.claimed_by = r.claim_of(out.event_type());
        }
        for a in attribution::attribution(ctx, first, end) {
            if !out.attribution.iter().any(|x| x.source == a.source) {
                out.attribution.push(a);
            }
        }
    }
    let denied = event.units.iter().all(|u| {
        ctx.any(ctx.a.sentences[u.sentence].first..u.first.max(1), ctx.l.deny) || ctx.any(u.first..u.end, ctx.l.deny)
    }) && event.units.iter().any(|u| ctx.any(u.first..u.end, ctx.l.deny));
    let kind = out.event_type();
    // A headline of raids names who flew them, and not who shelled.
    let from_air = |kind: EventType| kind.family() == Family::Air;
    let heads = |u: &Unit| ctx.roles[u.sentence] == SegmentRole::Headline;
    let other = |u: &Unit| heads(u) && from_air(u.event) != from_air(kind) && !u.event.is_vague() && !kind.is_vague();
    let summed: Vec<Unit> = event.summed.iter().filter(|u| !other(u)).cloned().collect();
    let doer = perpetrator::doer(ctx, &event.units, kind).or_else(|| perpetrator::doer(ctx, &summed, kind));
    match doer {
        Some(doer) if doer.suspected => add_blame(out, doer.blame()),
        Some(doer) => out.perpetrator = doer.perpetrator(),
        None => {}
    }
    attribution::own_word(ctx, &event.units, out);
    out.epistemic = attribution::epistemic(ctx, &event.units[0], &out.attribution, denied);
}

fn add_blame(out: &mut Incident, blame: Blame) {
    if !out.blamed_on.contains(&blame) {
        out.blamed_on.push(blame);
    }
}
