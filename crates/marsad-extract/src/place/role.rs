//! Which part does a place play in its clause?
//!
//! Decided by the words before the name: prepositions, directions, launch cues,
//! speaking bodies, verbs of attack.

use super::{Located, PlaceRole, origin};
use crate::context::Ctx;
use marsad_lang::{Mention, Part, PlaceId};
use marsad_model::Relation;

/// How many words may stand between what fell and where.
const FALL_REACH: usize = 10;

/// «المناطق الغربية من مدينة رفح», «الأحياء الجنوبية لغزة»: a side of it.
fn is_side_of(ctx: &Ctx, first: usize) -> bool {
    let glued = || ctx.a.at(first).any(|m| m.clitics.preposition == ctx.res.lexicon.clitics.swallowing);
    let from = ctx.before(first, ctx.l.from).map(|m| m.first);
    let Some(mut at) = from.or_else(|| glued().then_some(first)) else { return false };
    let sides =
        |at: usize| ctx.before(at, ctx.l.side_adjective).filter(|m| m.clitics.article && !m.clitics.conjunction);
    let behind = at;
    while let Some(m) = sides(at) {
        at = m.first;
    }
    at < behind && ctx.before(at, ctx.l.part_noun).is_some()
}

/// «رداً على جرائم العدو بحق أهلنا في غزة، هاجم …»: what is avenged, where no attack is named there.
fn in_reply_to(ctx: &Ctx, first: usize) -> bool {
    const REPLY: usize = 10;
    let l = ctx.l;
    let Some(reply) = ctx.all(first.saturating_sub(REPLY)..first, l.reply_to).last() else { return false };
    let between = || reply.end..first;
    let events = [
        l.attack,
        l.bombard,
        l.raid,
        l.strike,
        l.target_v,
        l.assassinate,
        l.kill,
        l.storm,
        l.launch,
        l.explode,
        l.fall,
        l.munition,
    ];
    let event = events.iter().any(|k| ctx.any(between(), *k));
    let verb = ctx.all(between(), l.verb).any(is_finite);
    !event && !verb && between().all(|t| ctx.a.tokens.is_word(t))
}

fn is_backer(ctx: &Ctx, l: &Located) -> bool {
    l.role == PlaceRole::Other && ctx.before(l.first, ctx.l.backed).is_some()
}

/// «الموانئ الرئيسية على …»
fn follows_site(ctx: &Ctx, at: usize) -> bool {
    const ADJECTIVE: usize = 1;
    let near = at.saturating_sub(1 + ADJECTIVE)..at;
    [ctx.l.target, ctx.l.place_word, ctx.l.place].iter().any(|l| ctx.any(near.clone(), *l))
}

/// The part that a place plays, by the words before it.
pub(super) fn part(
    ctx: &Ctx,
    first: usize,
    m: &Mention,
    best: Option<PlaceId>,
    last: Option<&Located>,
) -> (PlaceRole, Relation, bool) {
    use PlaceRole::*;
    let level = best.map_or(4, |b| ctx.res.gazetteer.get(b).level);
    let kind = best.map_or("town", |b| &*ctx.res.gazetteer.get(b).kind);
    if ctx.before(first, ctx.l.launch_cue).is_some() {
        return (Launch, Relation::In, false);
    }
    // «الحوثيون المدعومون من إيران»: who stands behind a party is no place of the attack.
    // «معسكرات مدعومة من الإمارات بمدينة عدن»: nor where they are.
    if ctx.before(first, ctx.l.backed).is_some() || last.is_some_and(|l| is_backer(ctx, l) && l.end == first) {
        return (Other, Relation::In, false);
    }
    // «أمام سفارة البرازيل في تونس»: whose embassy it is.
    let embassy = || {
        let site = |t: &Mention| &*ctx.a.entry(t).family == "embassy";
        ctx.all(first.saturating_sub(1)..first + 1, ctx.l.target).any(site)
    };
    let in_another = || (m.end..m.end + 2).any(|t| ctx.is_at(t, ctx.l.prep_in));
    if kind == "country" && embassy() && in_another() {
        return (Other, Relation::In, false);
    }
    // «عند الحدود بين الصومال وإثيوبيا»: in one of the two.
    let at_border = |m: &Mention| ctx.before(m.first, ctx.l.border).is_some();
    if level == 9 && ctx.before(first, ctx.l.range_between).is_some_and(at_border) {
        return (Loose, Relation::Near, false);
    }
    // «09:48 بتوقيت مكة»
    if ctx.before(first, ctx.l.by_clock_of).is_some() {
        return (Other, Relation::In, false);
    }
    // «تحليق الطيران في أجواء ريف حلب بعد غارات على …»
    if ctx.before(first, ctx.l.skies).is_some() {
        return (Loose, Relation::In, false);
    }
    if taken_to_hospital(ctx, first) {
        return (Other, Relation::In, false);
    }
    // «فلسطيني يقطن مخيم شعفاط»: where he is from.
    if ctx.before(first, ctx.l.sons_of).is_some() {
        return (Loose, Relation::In, false);
    }
    if in_reply_to(ctx, first) {
        return (Other, Relation::In, false);
    }
    if is_side_of(ctx, first) {
        return (Scene, Relation::In, false);
    }
    if fired_from(ctx, first) || origin::leads_to(ctx, first) {
        return (Launch, Relation::In, false);
    }
    if let Some(d) = ctx.before(first, ctx.l.direction) {
        let countryside = ctx.has(d, ctx.l.countryside);
        // «خزاعة شرق خان يونس»: only says where the other lies.
        let refers = d.first > 0 && follows_place(ctx, d.first, last);
        // «إطلاق صاروخ من سهل القليلة جنوب صور»: an unknown name may stand between.
        let named = (d.first.saturating_sub(3)..d.first).find(|t| flown_from(ctx, *t));
        let unknown = |t: usize| !ctx.a.at(t).any(|m| ctx.has(m, ctx.l.verb) || ctx.has(m, ctx.l.prep_place));
        let flown = named.is_some_and(|t| (t..d.first).all(|t| ctx.a.tokens.is_word(t) && unknown(t)));
        let flown = flown || refers && last.is_some_and(|l| l.role == Launch);
        let launch = flown || ctx.before(d.first, ctx.l.launch_cue).is_some();
        // «مجلس قضاء الزبير غرب البصرة»: of whose district says where it lies.
        let of_body = refers
            && last.is_some_and(|l| {
                l.end == d.first && ctx.before(l.first, ctx.l.speaking_body).is_some() && l.role == Other
            });
        let role = if launch {
            Launch
        } else if of_body {
            Other
        } else if refers {
            Reference
        } else {
            Scene
        };
        return (role, if countryside { Relation::In } else { Relation::Near }, !countryside);
    }
    // «الموانئ على البحر الأحمر», «ميناء بلحاف على بحر العرب»: on which sea it lies.
    if kind == "sea" && ctx.before(first, ctx.l.on).is_some_and(|on| follows_site(ctx, on.first)) {
        return (Other, Relation::In, false);
    }
    if let Some(p) = ctx.before(first, ctx.l.prep_place) {
        // «أقلع من قاعدة حميميم في اللاذقية»
        // «أطلق من الأراضي اليمنية باتجاه نجران»: what it flies to is no launch place, wherever it came from.
        let aims = ctx.is_at(p.first, ctx.l.on) || ctx.has(p, ctx.l.toward);
        let launched = last.is_some_and(|l| l.role == Launch && l.end == p.first) || launched_behind(ctx, p.first);
        if launched && !aims && !fell_apart(ctx, p.first, best, last) {
            return (Launch, Relation::In, false);
        }
        if ctx.before(p.first, ctx.l.stationed).is_some() {
            return (Launch, Relation::In, false);
        }
        let far = ctx.before(p.first, ctx.l.distance).is_some();
        // «قرية الشيخ ناصر قرب مدينة الباب»: says where the village lies.
        let beside = last.is_some_and(|l| l.end == p.first && l.kind.is_some() && l.role == Loose);
        if beside && ctx.before(first, ctx.l.near).is_some() {
            return (Reference, Relation::Near, false);
        }
        return match () {
            _ if ctx.has(p, ctx.l.toward) => (toward(ctx, p.first), Relation::Near, false),
            // «قال الحرس الثوري في إيران إنه …»: whose guard it is, the scene only if none is told.
            _ if level == 9 && ctx.is_at(p.first, ctx.l.prep_in) && is_home(ctx, p.first) => {
                (Loose, Relation::In, false)
            }
            _ if ctx.is_at(p.first, ctx.l.prep_in) && seat_of_speaker(ctx, p.first) => (Loose, Relation::In, false),
            _ if ctx.has(p, ctx.l.off) => (Scene, Relation::Off, false),
            _ if ctx.before(first, ctx.l.near).is_some() || far => (Scene, Relation::Near, false),
            _ => (Scene, relation_of(level, kind), false),
        };
    }
    if ctx.before(first, ctx.l.among_them).is_some() {
        return (Scene, relation_of(level, kind), false);
    }
    let head = ctx.a.at(first).find(|h| h.clitics.preposition != '\0').unwrap_or(m);
    if head.clitics.preposition != '\0' {
        let locative = ctx.res.lexicon.clitics.is_locative(head.clitics.preposition)
            || level <= 4 && head.clitics.preposition == ctx.res.lexicon.clitics.swallowing && is_aim(ctx, first);
        return (
            if locative {
                Scene
            } else if level <= 7 {
                Loose
            } else {
                Other
            },
            relation_of(level, kind),
            false,
        );
    }
    if let Some(from) = ctx.before(first, ctx.l.from) {
        // «إلى الشمال من بغداد», «على بعد 20 كم من بغداد».
        let side =
            ctx.before(from.first, ctx.l.direction).is_some() || ctx.before(from.first, ctx.l.distance).is_some();
        if side {
            return (Scene, Relation::Near, true);
        }
        // «أحياء متفرقة من مدينة إدلب»
        if origin::is_part_of(ctx, from.first) && ctx.is_at(from.first, ctx.l.from) {
            return (Scene, relation_of(level, kind), false);
        }
        if level <= 7 && abducted_before(ctx, from.first) {
            // «اختطاف مواطن من بلدة X على طريق Y»: where he is from.
            let of_people = behind_people(ctx, from.first);
            return (if of_people { Loose } else { Scene }, relation_of(level, kind), false);
        }
        let flies = |m: &Mention| ctx.has(m, ctx.l.munition) && !ctx.has(m, ctx.l.explosive);
        let flown = ctx.any(first.saturating_sub(8)..first, ctx.l.launch)
            || ctx.a.within(first.saturating_sub(4)..first).any(flies);
        let flown = flown && ctx.before(from.first, ctx.l.takes_from).is_none();
        return (if flown { Launch } else { Other }, Relation::In, false);
    }
    if let Some(body) = ctx.before(first, ctx.l.speaking_body) {
        // «هجوم استهدف مديرية شرطة الفلوجة»: here the body is what was hit.
        let hit = level <= 7 && is_struck(ctx, body.first);
        return (if hit { Scene } else { Other }, Relation::In, false);
    }
    // «قصف تعرضت له بلدة …».
    let suffered = ctx.before(first, ctx.l.to_it).is_some_and(|m| ctx.before(m.first, ctx.l.be_exposed).is_some());
    // Object of a verb of attack, or «تفجيرات طرطوس».
    let event_word = [
        ctx.l.target_v,
        ctx.l.bombard,
        ctx.l.attack,
        ctx.l.strike,
        ctx.l.raid,
        ctx.l.explode,
        ctx.l.detonate,
        ctx.l.be_exposed,
        ctx.l.hit,
        ctx.l.shake,
        ctx.l.clash,
    ]
    .iter()
    .any(|l| ctx.before(first, *l).is_some());
    if (event_word || suffered) && (level <= 7 || kind == "region") {
        return (Scene, relation_of(level, kind), false);
    }
    // «بأحد فنادق القدس», «في أسواق المدينة»: whose site it is, and in that it happened.
    if site_before(ctx, first) && level <= 7 {
        return (Scene, relation_of(level, kind), false);
    }
    // «قطع العلاقات مع القاهرة»: a capital that stands for its state.
    if level >= 4 && ctx.before(first, ctx.l.with_word).is_some() {
        return (Other, Relation::In, false);
    }
    let site = level <= 3 || matches!(kind, "city" | "town" | "village" | "settlement");
    // «استهدفت قوات "قسد" بقذائف المدفعية قرية …»: a kind of place is an object also from afar.
    let reach = if ctx.at(first, ctx.l.place_word).is_some() { 12 } else { 6 };
    let object = (first.saturating_sub(reach)..first).any(|t| {
        ctx.is_at(t, ctx.l.target_v)
            || ctx.is_at(t, ctx.l.bombard)
            || ctx.is_at(t, ctx.l.be_exposed)
            || ctx.is_at(t, ctx.l.hit)
            || ctx.is_at(t, ctx.l.shake)
            || assails(ctx, t)
    });
    let speaker = ctx.before(first, ctx.l.speech).is_some() || ctx.before(first, ctx.l.deny).is_some();
    match () {
        _ if object && (site || level <= 7 && ctx.a.may_be(first, ctx.l.place_word)) => {
            (Scene, relation_of(level, kind), false)
        }
        _ if site && !speaker => (Loose, relation_of(level, kind), false),
        _ if says_where(ctx, first, kind) => {
            let refers = follows_place(ctx, first, last);
            (if refers { Reference } else { Scene }, relation_of(level, kind), false)
        }
        _ => (Other, Relation::In, false),
    }
}

/// A kind of site right before the name, and «في» or «ب» before that.
fn site_before(ctx: &Ctx, first: usize) -> bool {
    let Some(site) = ctx.before(first, ctx.l.target).filter(|m| !m.clitics.article) else { return false };
    let at = ctx.before(site.first, ctx.l.one_of).map_or(site.first, |m| m.first);
    let locative = |m: &Mention| ctx.res.lexicon.clitics.is_locative(m.clitics.preposition);
    ctx.before(at, ctx.l.prep_in).is_some() || ctx.a.at(at).any(locative)
}

/// «سقط صاروخ في حقل جنوب إسرائيل»: the name of the region is itself a direction, and needs no preposition.
fn says_where(ctx: &Ctx, first: usize, kind: &str) -> bool {
    let region = matches!(kind, "region" | "governorate") && ctx.a.may_be(first, ctx.l.direction);
    region && ctx.any(first.saturating_sub(FALL_REACH)..first, ctx.l.fall)
}

/// «X وY», «X، وY»: the same part as the place before.
pub(super) fn is_coordinated(ctx: &Ctx, first: usize, last: Option<&Located>) -> bool {
    let Some(last) = last else { return false };
    let and = ctx.a.at(first).any(|m| m.clitics.conjunction);
    let gap = first.saturating_sub(last.end);
    // «جباليا النزلة وحي …»: an unknown second name may stand between.
    let second_name = gap == 1 && ctx.a.tokens.is_word(last.end) && ctx.a.at(last.end).next().is_none();
    let joins =
        |p: &Mention| ctx.a.at(p.first).any(|m| m.clitics.conjunction) || ctx.is_at(p.first, ctx.l.clause_break);
    let prep_and = ctx.before(first, ctx.l.prep_place).is_some_and(|p| p.first == last.end && joins(p));
    if prep_and || another_target(ctx, first, last) {
        return true;
    }
    and && (gap == 0
        || second_name
        || (gap == 1 && (ctx.sign(last.end, "،") || ctx.a.at(last.end).any(|m| ctx.has(m, ctx.l.prep_place)))))
}

/// «منشأة نطنز ومواقع في طهران», «… ومستودع وقود في شهران»: another thing hit, then where.
fn another_target(ctx: &Ctx, first: usize, last: &Located) -> bool {
    let Some(p) = ctx.before(first, ctx.l.prep_in) else { return false };
    let between = last.end..p.first;
    let opens =
        ctx.a.at(last.end).any(|m| m.clitics.conjunction && (ctx.has(m, ctx.l.target) || ctx.has(m, ctx.l.place_word)));
    let plain = |t: usize| ctx.a.tokens.is_word(t) && !ctx.a.at(t).any(|m| ctx.has(m, ctx.l.verb));
    opens && last.role == PlaceRole::Scene && between.len() <= 4 && between.clone().all(plain)
}

/// «اختطف مسلحون طبيبا من أمام منزله»: the verb or its noun, not «المخطوف من».
fn abducted_before(ctx: &Ctx, from: usize) -> bool {
    let before = from.saturating_sub(10)..from;
    ctx.all(before, ctx.l.abduct).any(|m| m.form.part != Part::Participle)
}

/// «مواطن من …», «مواطن لبناني من …».
fn behind_people(ctx: &Ctx, from: usize) -> bool {
    let noun = ctx.before(from, ctx.l.nationality).map_or(from, |m| m.first);
    ctx.before(noun, ctx.l.people).is_some()
}

/// A verb of attack right before bodies («استهدف مديرية شرطة …»), times passed over.
fn is_struck(ctx: &Ctx, body: usize) -> bool {
    let mut at = body;
    while let Some(m) = ctx.before(at, ctx.l.speaking_body) {
        at = m.first;
    }
    let before = at.saturating_sub(3)..at;
    let verb = |m: &Mention| matches!(m.form.part, Part::Perfect | Part::Imperfect);
    let struck = |t: usize| ctx.a.at(t).any(|m| verb(m) && (ctx.has(m, ctx.l.target_v) || ctx.has(m, ctx.l.bombard)));
    let spoken = ctx.any(before.clone(), ctx.l.speech) || ctx.any(before.clone(), ctx.l.actor);
    before.clone().any(|t| struck(t) || assails(ctx, t)) && !spoken
}

/// «هاجم مسلحون بلدة …», «اقتحموا قرية …».
fn assails(ctx: &Ctx, token: usize) -> bool {
    let verb = |m: &Mention| matches!(m.form.part, Part::Perfect | Part::Imperfect | Part::Passive);
    ctx.a.at(token).any(|m| verb(m) && (ctx.has(m, ctx.l.attack) || ctx.has(m, ctx.l.storm)))
}

/// A party or an office stands right before «في» and a country.
fn is_home(ctx: &Ctx, prep: usize) -> bool {
    [ctx.l.actor, ctx.l.speaking_body].iter().any(|l| ctx.before(prep, *l).is_some())
}

/// «قال قائد الأمن الداخلي في محافظة دمشق», «بيان صادر عن إدارة مكافحة الإرهاب في …»: where he sits, the scene only if none is told.
fn seat_of_speaker(ctx: &Ctx, prep: usize) -> bool {
    let l = ctx.l;
    let near = prep.saturating_sub(4)..prep;
    let body =
        [l.speaking_body, l.office].iter().filter_map(|k| ctx.all(near.clone(), *k).map(|m| m.first).min()).min();
    body.is_some_and(|body| {
        let plain = |t: usize| ctx.a.tokens.is_word(t) && !ctx.a.at(t).any(|m| ctx.has(m, l.verb) && is_finite(m));
        let before = body.saturating_sub(3)..body;
        let speaks = [l.speech, l.source, l.statement].iter().any(|k| ctx.any(before.clone(), *k));
        speaks && (body..prep).all(plain)
    })
}

fn is_finite(m: &Mention) -> bool {
    matches!(m.form.part, Part::Perfect | Part::Imperfect | Part::Passive)
}

/// «قصف الطيران لبلدة حيان»: the object of a verbal noun of attack.
fn is_aim(ctx: &Ctx, first: usize) -> bool {
    let aims = [ctx.l.target_v, ctx.l.bombard, ctx.l.raid, ctx.l.strike, ctx.l.attack, ctx.l.storm];
    (first.saturating_sub(6)..first)
        .any(|t| ctx.a.at(t).any(|m| m.form.part == Part::Noun && aims.iter().any(|l| ctx.has(m, *l))))
}

/// True when a scene-naming place ends right before the token.
fn follows_place(ctx: &Ctx, token: usize, last: Option<&Located>) -> bool {
    let gap = last.map_or(99, |l| token.saturating_sub(l.end));
    // «الفلوجة، غرب بغداد».
    let comma = gap == 1 && ctx.sign(token - 1, "،") && last.is_some_and(|l| l.role == PlaceRole::Scene);
    // «مدينة الزاوية، الواقعة غرب طرابلس».
    let lies = gap <= 3 && ctx.before(token, ctx.l.lying).is_some();
    let distance = (token.saturating_sub(4)..token).any(|t| ctx.is_at(t, ctx.l.distance));
    gap == 0 || comma || lies || (distance && gap <= 5)
}

/// «نقلوا إلى مشاف في تركيا», «مصادر طبية في مستشفى أريحا»: where the wounded are, not where they were hit.
pub(super) fn taken_to_hospital(ctx: &Ctx, first: usize) -> bool {
    let opens = ctx.a.sentence_at(first).map_or(0, |s| s.first);
    let near = first.saturating_sub(8).max(opens)..first + 1;
    let hospital = ctx.all(near, ctx.l.target).rfind(|m| &*ctx.a.entry(m).family == "hospital");
    hospital.is_some_and(|m| {
        let before = m.first.saturating_sub(4)..m.first;
        let told = (m.end..first).all(|t| !ctx.a.at(t).any(|w| ctx.has(w, ctx.l.verb)));
        told && (ctx.any(m.first.saturating_sub(2)..m.first, ctx.l.range_to) || ctx.any(before, ctx.l.source))
    })
}

/// «القصف من مواقع النظام في مدينة كفرنبل»: where the guns stand.
fn fired_from(ctx: &Ctx, first: usize) -> bool {
    let positions = ctx.all(first.saturating_sub(7)..first, ctx.l.from_positions).last();
    // «على عدد من النقاط في …»
    positions.filter(|m| ctx.before(m.first, ctx.l.takes_from).is_none()).is_some_and(|m| {
        let between = m.end..first;
        between.clone().all(|t| ctx.a.tokens.is_word(t) && !ctx.a.at(t).any(|w| ctx.has(w, ctx.l.verb)))
            && (between.is_empty()
                || ctx.before(first, ctx.l.prep_place).is_some_and(|p| !ctx.is_at(p.first, ctx.l.on)))
    })
}

/// «سقوط مقذوفات من داخل الأراضي اليمنية», «أطلق صاروخا من سهل …»: a token right behind «من», with what flies before.
pub(super) fn flown_from(ctx: &Ctx, token: usize) -> bool {
    let inner = ctx.before(token, ctx.l.prep_in).map_or(token, |p| p.first);
    let Some(from) = ctx.before(inner, ctx.l.from) else { return false };
    let before = |reach: usize| from.first.saturating_sub(reach)..from.first;
    ctx.any(before(6), ctx.l.launch) || ctx.any(before(4), ctx.l.munition)
}

/// «صاروخ أطلق باتجاه نجران» and not «فروا باتجاه القرية»: the target where something flies before the preposition.
pub(super) fn toward(ctx: &Ctx, prep: usize) -> PlaceRole {
    let before = prep.saturating_sub(10)..prep;
    let flies = [ctx.l.launch, ctx.l.munition, ctx.l.bombard, ctx.l.shoot].iter().any(|l| ctx.any(before.clone(), *l));
    if flies { PlaceRole::Scene } else { PlaceRole::Toward }
}

/// «سقط صاروخ أطلق من غزة في عسقلان»: where it fell is not where the launch place lies.
fn fell_apart(ctx: &Ctx, prep: usize, best: Option<PlaceId>, last: Option<&Located>) -> bool {
    let g = &ctx.res.gazetteer;
    let fell = ctx.any(prep.saturating_sub(12)..prep, ctx.l.fall);
    let apart = |a: PlaceId, b: PlaceId| !g.inside(a, b) && !g.inside(b, a) && g.get(a).country != g.get(b).country;
    let launch = last.filter(|l| l.role == PlaceRole::Launch).and_then(|l| l.candidates.first());
    fell && matches!((launch, best), (Some(a), Some(b)) if apart(*a, b))
}

/// «انطلقا من مكانين في الرضوانية»: a launch cue governs the preposition.
pub(super) fn launched_behind(ctx: &Ctx, prep: usize) -> bool {
    (prep.saturating_sub(3)..prep).any(|t| ctx.at(t, ctx.l.launch_cue).is_some_and(|m| m.end <= prep))
}

fn relation_of(level: u8, kind: &str) -> Relation {
    match kind {
        "airport" | "border_area" | "embassy" | "checkpoint" | "border_crossing" => Relation::At,
        _ if level <= 1 => Relation::At,
        _ => Relation::In,
    }
}
