//! With what, how many of them, and what became of them?
//!
//! Weapons decide the type where the trigger leaves it open (`vocabulary/means.toml`).
//! Counts of munitions are kept apart by fate: launched, landed, intercepted,
//! unfired, or merely used.

use crate::context::Ctx;
use crate::craft;
use crate::interception::drops;
use crate::trigger::Hit;
use crate::unit::Unit;
use marsad_lang::{Amount, Count, Mention, Part};
use marsad_model::{EventType, Evidence, Family, Munitions, Quantity, QuantityStatus, Weapon};

/// The type after the weapons of the clause had their say.
pub fn refine(ctx: &Ctx, base: EventType, hits: &[Hit], first: usize, end: usize) -> EventType {
    let intercepted = hits.iter().any(|h| h.intercepted);
    if went_off_later(ctx, hits, first, end) {
        return EventType::MineUxo;
    }
    let base = if pelted(ctx, base, hits, first, end) { EventType::AttackUnspecified } else { base };
    let from_air = craft::dropped_from_air(ctx, base, first, end);
    let by_hand = || thrown_by_hand(ctx, base, first, end).then_some(EventType::Grenade);
    let mut event = from_air.or_else(by_hand).unwrap_or(base);
    let gunmen = base == EventType::AttackUnspecified && gunmen_strike(ctx, first, end);
    for m in weapons(ctx, first, end) {
        if !counts_as_means(ctx, m, hits) {
            continue;
        }
        let entry = ctx.a.best_entry(m);
        // «بقذيفة (آر بي جي)»: the kind is told behind the word.
        let kind_follows = *entry.id == *"shell"
            && weapons(ctx, m.end, (m.end + 3).min(end)).any(|n| &*ctx.a.best_entry(n).family == "rpg");
        if kind_follows {
            continue;
        }
        // «هاجم مسلحون المقر بأسلحة مختلفة بينها قذائف هاون»: one of many does not name it.
        if gunmen && ctx.before(m.first, ctx.l.among_them).is_some() {
            continue;
        }
        // «صواريخ ومسيرات»: one of several means, not the platform of the other.
        if m.clitics.conjunction && event != base {
            continue;
        }
        let rule = ctx
            .res
            .means
            .iter()
            .find(|r| r.act == event.name() && (r.weapon == *entry.family || r.weapon == *entry.id));
        if let Some(to) = rule.and_then(|r| EventType::from_name(&r.event)) {
            event = to;
            if !matches!(event, EventType::Ied | EventType::RocketAttack) {
                break;
            }
        }
    }
    // «بالسيوف والأسلحة النارية»
    if base == EventType::AttackUnspecified && event == EventType::Stabbing && guns_beside_blades(ctx, first, end) {
        event = EventType::ArmedAttack;
    }
    if matches!(event, EventType::Stabbing | EventType::Sabotage) && raid_with_blades(ctx, first, end) {
        return EventType::ArmedAttack;
    }
    let ship = ctx.any(first..end, ctx.l.ship)
        && matches!(event, EventType::AttackUnspecified | EventType::ExplosionUnclear | EventType::Sabotage);
    if ship && !intercepted {
        return EventType::MaritimeAttack;
    }
    // «سقط مقذوف عسكري على حي»: nothing says that it was a rocket.
    if event == EventType::AttackUnspecified && weapons(ctx, first, end).any(|m| is_projectile(ctx, m)) {
        return EventType::Shelling;
    }
    let raided = event == EventType::AirStrike && on_the_ground(ctx, hits, first, end);
    if raided && ctx.any(first..end, ctx.l.cattle) {
        return EventType::ArmedAttack;
    }
    if (event == EventType::AttackUnspecified || raided) && gunmen_strike(ctx, first, end) {
        return EventType::ArmedAttack;
    }
    let by_pirates = !intercepted && event != EventType::Abduction && pirates(ctx, first, end);
    if by_pirates && ctx.any(first..end, ctx.l.ship) {
        return EventType::MaritimeAttack;
    }
    let strikes = matches!(event, EventType::RocketAttack | EventType::MissileAttack | EventType::DroneAttack);
    if strikes && !intercepted && (ship_hit(ctx, first, end) || ship_sank(ctx, first, end)) {
        return EventType::MaritimeAttack;
    }
    let flown = || craft::by_air_force(ctx, first, end) || craft::state_strikes(ctx, first, end);
    if event == EventType::Shelling && flown() {
        return EventType::AirStrike;
    }
    if matches!(event.family(), Family::Air | Family::Projectile) && craft::downed(ctx, hits, first, end) {
        return EventType::AircraftDowned;
    }
    if event == EventType::AirStrike && craft::drone_of_group(ctx, first, end) {
        return EventType::DroneAttack;
    }
    if matches!(event.family(), Family::Projectile | Family::Air) && with_gas(ctx, first, end) {
        return EventType::Chemical;
    }
    if event == EventType::MineUxo && ctx.any(first..end, ctx.l.remotely) {
        return EventType::Ied;
    }
    if event == EventType::DroneAttack && craft::state_did_it(ctx, hits, first, end) {
        return EventType::AirStrike;
    }
    event
}

/// «أصاب صاروخ سفينة», «أصيبت الناقلة بصاروخ», «أصابها صاروخ مضاد للسفن»: a vessel was hit, whatever with.
fn ship_hit(ctx: &Ctx, first: usize, end: usize) -> bool {
    let l = ctx.l;
    let strikes = |m: &Mention| {
        let verb = matches!(m.form.part, Part::Perfect | Part::Imperfect | Part::Passive | Part::Noun);
        verb && [l.hit, l.injure, l.target_v].iter().any(|k| ctx.has(m, *k))
    };
    let vessel = |m: &Mention| ctx.has(m, l.ship) && m.clitics.preposition == '\0';
    let against_ships = || {
        let swallowing = ctx.res.lexicon.clitics.swallowing;
        ctx.all(first..end, l.ship).any(|m| m.clitics.preposition == swallowing)
    };
    ctx.a.within(first..end).filter(|m| strikes(m)).any(|m| {
        let behind = m.end..(m.end + OBJECT).min(end);
        let plain = |to: usize| !(m.end..to).any(|t| ctx.is_at(t, l.prep_place) || ctx.is_at(t, l.from));
        ctx.a.within(behind).any(|o| vessel(o) && plain(o.first)) || m.clitics.pronoun && against_ships()
    })
}

/// «غرقت سفينة … بعد هجوم بطائرات مسيرة»
fn ship_sank(ctx: &Ctx, first: usize, end: usize) -> bool {
    ctx.all(first..end, ctx.l.sink).any(|m| ctx.any(m.end..(m.end + OBJECT).min(end), ctx.l.ship))
}

/// Tokens from a verb over what flew to what it hit.
const OBJECT: usize = 4;

/// «هاجم مسلحون …», «هجوم شنه مسلحون», «مسلحون يقتحمون …»: men with guns, whatever else is not told.
fn gunmen_strike(ctx: &Ctx, first: usize, end: usize) -> bool {
    let l = ctx.l;
    let acts = |m: &Mention| {
        let act = [l.attack, l.storm, l.carry_out, l.raid].iter().any(|label| ctx.has(m, *label));
        act && (m.form.part != Part::Noun || ctx.before(m.first, l.tried).is_some())
    };
    let gunmen = ["generic-gunmen", "generic-armed-factions"];
    let unnamed = |m: &Mention| ctx.has(m, l.actor) && gunmen.contains(&&*ctx.a.entry(m).id);
    let armed = |m: &Mention| (ctx.has(m, l.militant) || unnamed(m)) && m.clitics.preposition == '\0';
    // «هاجم مقاتلون بلدة», «هاجم عناصر من التنظيم حاجزا»
    let fighters = |m: &Mention| {
        let verb = |v: &Mention| acts(v) && v.form.count == Count::Singular && !v.clitics.pronoun;
        let several = m.form.count == Count::Plural && !m.clitics.article && m.clitics.preposition == '\0';
        several && *ctx.a.entry(m).id == *"members" && ctx.before(m.first, l.attack).is_some_and(verb)
    };
    ctx.a.within(first..end).filter(|m| armed(m) || fighters(m)).any(|m| {
        let at = m.phrase.0.min(m.first);
        let behind = ctx.a.within(at.saturating_sub(2)..at).any(&acts);
        // «مسلحون من النوير يهاجمون»
        let before = ctx.a.within(m.end..(m.end + 4).min(end)).any(&acts);
        behind || before
    })
}

/// «ألقى مجهولون قنبلة على منزل», «هاجموا المقر بالقنابل»: what people throw was not placed, nor dropped by what flies.
fn thrown_by_hand(ctx: &Ctx, base: EventType, first: usize, end: usize) -> bool {
    let bombs = |from: usize, to: usize| {
        weapons(ctx, from, to).find(|m| &*ctx.a.best_entry(m).id == "bomb" && m.refined.is_none())
    };
    let flies = || weapons(ctx, first, end).any(|m| matches!(&*ctx.a.best_entry(m).family, "drone" | "aircraft"));
    let thrown = || ctx.all(first..end, ctx.l.drop).any(|m| bombs(m.end, (m.end + 3).min(end)).is_some());
    let hurled = |m: &Mention| m.clitics.preposition != '\0' && m.form.count == Count::Plural;
    let acts = |m: &&Mention| matches!(m.form.part, Part::Perfect | Part::Imperfect);
    let with_bombs = || ctx.all(first..end, ctx.l.attack).filter(acts).any(|m| bombs(m.end, end).is_some_and(hurled));
    matches!(base, EventType::AttackUnspecified | EventType::Ied) && (thrown() || with_bombs()) && !flies()
}

/// «رموا بالصواريخ وحدة للجيش»: with what they pelted her, and nothing flew over her to drop it.
fn pelted(ctx: &Ctx, base: EventType, hits: &[Hit], first: usize, end: usize) -> bool {
    let with = |m: &Mention| m.clitics.preposition != '\0' && ctx.has(m, ctx.l.munition);
    let thrown = |h: &Hit| ctx.is_at(h.head, ctx.l.drop) && weapons(ctx, h.head, h.end).any(with);
    base == EventType::AirStrike
        && hits.iter().any(thrown)
        && !ctx.any(first..end, ctx.l.aircraft_word)
        && !ctx.any(first..end, ctx.l.drone)
}

/// «قذائف محملة بغازات سامة»: what they carried, and not what they hit.
fn with_gas(ctx: &Ctx, first: usize, end: usize) -> bool {
    let with = |m: &Mention| ctx.res.lexicon.clitics.is_locative(m.clitics.preposition);
    let gas = |m: &Mention| &*ctx.a.best_entry(m).family == "chemical" && with(m);
    weapons(ctx, first, end).any(gas)
}

/// «في هجوم على الحقل ذبحوا خمسة حراس»: slaughter was a part of it.
fn raid_with_blades(ctx: &Ctx, first: usize, end: usize) -> bool {
    let l = ctx.l;
    let slaughtered = [l.behead, l.behead_many].iter().any(|k| ctx.any(first..end, *k));
    slaughtered && [l.attack, l.raid, l.storm, l.burn, l.ignite, l.abduct].iter().any(|k| ctx.any(first..end, *k))
}

fn guns_beside_blades(ctx: &Ctx, first: usize, end: usize) -> bool {
    weapons(ctx, first, end).any(|m| m.clitics.conjunction && &*ctx.a.best_entry(m).family == "firearm")
}

fn is_projectile(ctx: &Ctx, m: &Mention) -> bool {
    &*ctx.a.best_entry(m).family == "projectile"
}

fn pirates(ctx: &Ctx, first: usize, end: usize) -> bool {
    ctx.all(first..end, ctx.l.actor).any(|m| *ctx.a.entry(m).id == *"generic-pirates")
}

/// «انفجار قنبلة عنقودية من مخلفات قصف سابق»: what an older attack left.
fn went_off_later(ctx: &Ctx, hits: &[Hit], first: usize, end: usize) -> bool {
    let explodes = |h: &Hit| ctx.is_at(h.head, ctx.l.explode);
    let left = ctx.all(first..end, ctx.l.remnants).next();
    let cluster = || weapons(ctx, first, end).any(|m| &*ctx.a.best_entry(m).id == "air-bomb");
    let fell = || [ctx.l.raid, ctx.l.bombard, ctx.l.drop, ctx.l.aircraft_word].iter().any(|k| ctx.any(first..end, *k));
    // «قتلت طفلة بمقذوف من المخلفات»
    let by_it = || hits.iter().all(|h| h.casualty_only) && left.is_some_and(|m| is_munition_before(ctx, m));
    by_it()
        || left.is_some_and(|m| hits.iter().any(|h| h.head < m.first && explodes(h)))
        || hits.iter().all(|h| explodes(h) || h.casualty_only) && hits.iter().any(explodes) && cluster() && !fell()
}

fn is_munition_before(ctx: &Ctx, left: &Mention) -> bool {
    let with = |m: &Mention| m.clitics.preposition != '\0';
    [ctx.l.munition, ctx.l.explosive].iter().any(|k| ctx.before(left.first, *k).is_some_and(with))
}

/// «أغار جهاديون على قرية», «غارة لسرقة الماشية»: no aircraft, nor a word for the air.
fn on_the_ground(ctx: &Ctx, hits: &[Hit], first: usize, end: usize) -> bool {
    let of_raid = |h: &Hit| ctx.is_at(h.head, ctx.l.raid);
    let verb = hits.iter().any(|h| !h.noun && of_raid(h));
    // «غارة جوية» says that it came from the air.
    let bare = |h: &Hit| of_raid(h) && ctx.at(h.head, ctx.l.raid).is_some_and(|m| m.end == m.first + 1);
    let for_cattle = ctx.any(first..end, ctx.l.cattle) && hits.iter().filter(|h| of_raid(h)).all(bare);
    (verb || for_cattle)
        && !ctx.any(first..end, ctx.l.aircraft_word)
        && weapons(ctx, first, end).all(|m| &*ctx.a.best_entry(m).family == "firearm")
}

/// Weapon mentions of a stretch.
pub fn weapons<'c>(ctx: &'c Ctx, first: usize, end: usize) -> impl Iterator<Item = &'c Mention> {
    let a = ctx.a;
    let (weapon, launcher, debris) = (ctx.l.weapon, ctx.l.launcher, ctx.l.debris);
    let arms = move |m: &&Mention| a.has_label(m, weapon) && !a.has_label(m, launcher) && !a.has_label(m, debris);
    a.within(first..end).filter(arms).filter(|m| !is_march(ctx, m) && !is_service(ctx, m))
}

/// «ضابط في سلاح الجو», «قائد سلاح الجو»: where someone serves.
fn is_service(ctx: &Ctx, m: &Mention) -> bool {
    let l = ctx.l;
    let of_people = |at: usize| [l.victim, l.person, l.office].iter().any(|k| ctx.before(at, *k).is_some());
    let within = [l.prep_in, l.from].iter().find_map(|k| ctx.before(m.first, *k));
    let at = within.map_or(m.first, |p| p.first);
    // «ضابط متقاعد في سلاح الجو»
    ctx.has(m, l.air_force) && (of_people(at) || within.is_some() && at > 0 && of_people(at - 1))
}

/// «قمع مسيرة سلمية»: the one word means a drone and a march.
pub fn is_march(ctx: &Ctx, m: &Mention) -> bool {
    // «مسيرات شعبية», too.
    let one = m.end == m.first + 1;
    let word =
        one && (ctx.is_at(m.first, ctx.l.drone_adjective) || m.form.count == Count::Plural && ctx.has(m, ctx.l.drone));
    let behind = || ctx.is_at(m.end, ctx.l.march_behind);
    word && (ctx.before(m.first, ctx.l.march_before).is_some() || behind())
}

/// A weapon that is a target, a find or a topic is no means.
fn counts_as_means(ctx: &Ctx, m: &Mention, hits: &[Hit]) -> bool {
    let found = (m.first.saturating_sub(4)..m.first).any(|t| ctx.is_at(t, ctx.l.police_work));
    // «هجوم على مروحية»
    let aimed_at = || ctx.before(m.first, ctx.l.on).is_some();
    let airplane_target = ctx.has(m, ctx.l.aircraft_word) && (hits.iter().any(|h| h.intercepted) || aimed_at());
    let defence = ctx.is_at(m.end, ctx.l.defence);
    // «بزعامة فلان الخنجر»: a family's name; a blade is wielded, «بالخنجر».
    let surname = &*ctx.a.best_entry(m).family == "blade" && m.clitics.article && m.clitics.preposition == '\0';
    // «للواء 83 مدفعية»: the name of a unit.
    // «سرية المدفعية»: so is the unit that serves it.
    let after_number = m.first > 1 && ctx.a.tokens.is_number(m.first - 1);
    let unit_name = &*ctx.a.entry(m).family == "shell"
        && ctx.before(m.first - usize::from(after_number), ctx.l.force_word).is_some();
    let hurt_thing =
        ctx.has(m, ctx.l.aircraft_word) && (m.first.saturating_sub(3)..m.first).any(|t| ctx.is_at(t, ctx.l.damage_v));
    !found && !surname && !craft::only_carries(ctx, m) && !unit_name && !airplane_target && !defence && !hurt_thing
}

/// The weapons of a unit for the model, each once, special names first.
pub fn named(ctx: &Ctx, unit: &Unit) -> Vec<Weapon> {
    let mut out: Vec<Weapon> = vec![];
    for m in weapons(ctx, unit.first, unit.end) {
        if !counts_as_means(ctx, m, &unit.hits) {
            continue;
        }
        let entry = ctx.a.best_entry(m);
        let evidence = ctx.mention_evidence(m);
        match out.iter_mut().find(|w| w.id == entry.id) {
            Some(w) if !w.evidence.contains(&evidence) => w.evidence.push(evidence),
            Some(_) => {}
            None => out.push(Weapon { id: entry.id.clone(), name_en: entry.en.clone(), evidence: vec![evidence] }),
        }
    }
    out
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Launched,
    Landed,
    Intercepted,
    Unfired,
    Used,
}

/// Munition counts of a unit by fate.
pub fn counts(ctx: &Ctx, unit: &Unit) -> Munitions {
    let mut out = Munitions::default();
    let carried = weapons(ctx, unit.first, unit.end)
        .any(|m| ctx.has(m, ctx.l.munition) && !ctx.has(m, ctx.l.drone) && m.quantity.is_some_and(|q| q.worded));
    for m in weapons(ctx, unit.first, unit.end) {
        // «مسيّرة أطلقت صاروخين»: the drone is the platform, the missiles count.
        if carried && ctx.has(m, ctx.l.drone) && !m.quantity.is_some_and(|q| q.worded) {
            continue;
        }
        let counted = ctx.has(m, ctx.l.munition) && !ctx.has(m, ctx.l.salvo);
        let Some(q) = m.quantity.filter(|q| counted && !q.vague && (q.worded || !m.clitics.article)) else { continue };
        // «كاتيوشا» alone names a kind; «صاروخ كاتيوشا» is one.
        let bare_name = m.end == m.first + 1 && m.refined.is_none() && ctx.a.is(m, "weapon_name");
        if m.form.part == Part::Weak || bare_name && !q.worded {
            continue;
        }
        let fate = fate_of(ctx, unit, m);
        put(&mut out, fate, quantity(q, vec![ctx.evidence(m.phrase.0, m.phrase.1.max(m.end), "munition-count")]));
    }
    shot_down(ctx, unit, &mut out);
    explosives(ctx, unit, &mut out);
    partitives(ctx, unit, &mut out);
    out
}

/// «تمكنت … من إسقاطهما», «تم إسقاطهما»: the pronoun takes up all that flew.
/// Then none landed.
fn shot_down(ctx: &Ctx, unit: &Unit, out: &mut Munitions) {
    let stop = ctx.all(unit.first..unit.end, ctx.l.stop).find(|m| m.clitics.pronoun);
    if let Some(m) = stop.filter(|_| out.launched.value.is_some() && !out.intercepted.is_said()) {
        out.intercepted = Quantity { evidence: vec![ctx.mention_evidence(m)], ..out.launched.clone() };
    }
    let all = out.launched.value.is_some()
        && out.launched.value == out.intercepted.value
        && out.launched.min == out.launched.max;
    if all && !out.landed.is_said() {
        out.landed =
            Quantity { status: QuantityStatus::Inferred, ..Quantity::exactly(0, out.intercepted.evidence.clone()) };
    }
}

/// A bomb that went off is one that landed.
fn explosives(ctx: &Ctx, unit: &Unit, out: &mut Munitions) {
    for m in ctx.a.within(unit.first..unit.end).filter(|m| ctx.has(m, ctx.l.explosive)) {
        let Some(q) = m.quantity.filter(|q| !q.vague) else { continue };
        if out.landed.is_said() || out.used.is_said() || (!q.worded && m.clitics.article) {
            continue;
        }
        out.landed = quantity(q, vec![ctx.mention_evidence(m)]);
    }
}

/// «إسقاط ثلاثة منها», «سقط الرابع»: parts of a salvo told before.
fn partitives(ctx: &Ctx, unit: &Unit, out: &mut Munitions) {
    if !out.launched.is_said() && !out.used.is_said() {
        return;
    }
    for n in ctx.a.numbers_in(unit.first..unit.end).filter(|n| n.end <= unit.end) {
        let of_them = ctx.a.at(n.core.1).any(|m| ctx.has(m, ctx.l.among_them));
        let stopped = (n.first.saturating_sub(2)..n.first).any(|t| ctx.is_at(t, ctx.l.stop));
        let fell = ctx.before(n.first, ctx.l.fall).is_some();
        let evidence = vec![ctx.evidence(n.core.0, n.core.1, "munition-part")];
        let people = ctx.a.within(n.first..n.end + 1).any(|m| ctx.has(m, ctx.l.people));
        if people {
            continue;
        }
        if of_them && stopped && !out.intercepted.is_said() {
            out.intercepted = quantity(Amount::of(n), evidence);
        } else if fell && n.kind == marsad_lang::NumberKind::Ordinal && !out.landed.is_said() {
            out.landed = Quantity::exactly(1, evidence);
        }
    }
}

fn fate_of(ctx: &Ctx, unit: &Unit, m: &Mention) -> Fate {
    let near = |l, reach: usize| {
        (m.phrase.0.saturating_sub(reach)..(m.end + reach).min(unit.end))
            .filter(|t| *t < m.first || *t >= m.end)
            .any(|t| ctx.is_at(t, l))
    };
    let unfired = (m.end..(m.end + 3).min(unit.end)).any(|t| ctx.is_at(t, ctx.l.not) && ctx.is_at(t + 1, ctx.l.launch));
    let before =
        |l, reach: usize| (m.phrase.0.saturating_sub(reach)..m.phrase.0).any(|t| t >= unit.first && ctx.is_at(t, l));
    // Behind a comma another part of the salvo may be spoken of.
    let sign =
        (m.end..unit.end).find(|t| ctx.a.tokens.list[*t].kind == marsad_lang::TokenKind::Sign).unwrap_or(unit.end);
    let after = |l, reach: usize| (m.end..(m.end + reach).min(sign)).any(|t| ctx.is_at(t, l));
    let drone = ctx.has(m, ctx.l.drone);
    let stop = |t: usize| ctx.at(t, ctx.l.stop).is_some_and(|s| !drops(ctx, s));
    let stopped_before = (m.phrase.0.saturating_sub(3)..m.phrase.0).any(|t| t >= unit.first && stop(t));
    match () {
        _ if unfired => Fate::Unfired,
        _ if stopped_before || (after(ctx.l.stop, 7) && !drone) => Fate::Intercepted,
        _ if before(ctx.l.fall, 2) || after(ctx.l.fall, 3) || after(ctx.l.hit, 3) => Fate::Landed,
        _ if before(ctx.l.launch, 3) || after(ctx.l.target_v, 3) || before(ctx.l.target_v, 3) => Fate::Launched,
        _ if drone || near(ctx.l.attack, 5) || near(ctx.l.be_exposed, 5) => Fate::Launched,
        _ => Fate::Used,
    }
}

fn put(out: &mut Munitions, fate: Fate, q: Quantity) {
    let slot = match fate {
        Fate::Launched => &mut out.launched,
        Fate::Landed => &mut out.landed,
        Fate::Intercepted => &mut out.intercepted,
        Fate::Unfired => &mut out.unfired,
        Fate::Used => &mut out.used,
    };
    if !slot.is_said() {
        *slot = q;
    }
}

/// The model's quantity of an amount.
pub fn quantity(a: Amount, evidence: Vec<Evidence>) -> Quantity {
    let whole = |x: Option<f64>| x.filter(|v| *v >= 0.0 && *v < 4e9).map(|v| v.round() as u32);
    Quantity {
        value: whole(a.value),
        min: whole(a.min),
        max: whole(a.max),
        approx: a.approx,
        status: QuantityStatus::Stated,
        evidence,
    }
}
