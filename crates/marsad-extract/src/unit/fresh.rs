//! Does a clause tell another event than the one before it?
//!
//! Another place, another day, another kind, or a word that says so («هجوم آخر», «عبوة ثانية»).

use super::{Link, Part, TOKENS_MAX, Unit, event_of};
use crate::context::Ctx;
use crate::listing;
use crate::perpetrator;
use crate::place::{self, Located, PlaceRole};
use crate::similar;
use crate::toll::{self, Fact};
use crate::trigger::Hit;
use crate::when;
use marsad_lang::{NumberKind, NumberMention, Opening, TimeExpr, TimeMention};
use marsad_model::EventType;

/// New evidence that the clause tells another event.
pub(super) fn is_new(ctx: &Ctx, unit: &Unit, told: &[Unit], p: &Part) -> bool {
    // No telling is longer; a sentence without end is cut, and coreference joins it again.
    if matches!(p.link, Link::Earlier | Link::DaysBefore(_) | Link::Beside) || p.end - unit.first > TOKENS_MAX {
        return true;
    }
    if tells_where_it_was(unit, p) {
        return false;
    }
    if elsewhere(ctx, unit, p) && (answers(ctx, p) || by_another(ctx, unit, p)) {
        return true;
    }
    if bears_out(ctx, p) {
        return true;
    }
    // «وأوضح أن الهجوم لم يسفر …»: points back.
    if !p.hits.is_empty() && p.hits.iter().all(|h| h.anaphoric) {
        return false;
    }
    // «بعد يوم من مقتل أربعة …، نفذت الطائرات ضربتين على …»: the main clause brings the news.
    let leads_back = matches!(unit.link, Link::DaysBefore(1..)) && told.len() == 1;
    let fresh = p.hits.iter().any(|h| !h.casualty_only && !h.anaphoric);
    if leads_back && fresh && p.places.iter().any(|l| l.role == PlaceRole::Scene) && unit.scene(ctx).is_some() {
        return true;
    }
    // «وبعدها بدقائق أوقع هجوم على مطعم ثلاثة جرحى»
    if fresh && p.link == Link::Another && super::opening::later(ctx, p.first) {
        return true;
    }
    // «أطلقت صواريخ على …، وردت المدفعية على …»: the answer is another one.
    let answers = ctx.at(p.first, ctx.l.answer).is_some_and(|m| m.clitics.conjunction);
    if answers && p.hits.iter().any(|h| !h.casualty_only) && p.places.iter().any(|l| l.role == PlaceRole::Scene) {
        return true;
    }
    let event = event_of(ctx, &p.hits, p.first, p.end);
    let acts = p.hits.iter().find(|h| !h.casualty_only).is_some_and(|h| similar::is_of_another(ctx, h));
    let named_other = acts || p.hits.iter().any(|h| other_word(ctx, h) || in_another(ctx, h, p.end));
    let other = named_other && p.opening != Opening::Start;
    // «وأودى القصف بحياة …» behind an air strike is no shelling.
    let points_back = p.hits.iter().any(|h| h.anaphoric) && p.hits.iter().all(|h| h.anaphoric || h.casualty_only);
    let clash = !p.hits.is_empty() && !points_back && !event.agrees(unit.event);
    let casualty = p.hits.iter().all(|h| h.casualty_only);
    let place_apart = apart(ctx, unit, p) || in_another_quarter(ctx, unit, p, event) || in_the_same_place(ctx, unit, p);
    // «والقرية شهدت مجزرة في 9 من الشهر الماضي»: another toll on a day of its own.
    let toll = |facts: &[Fact]| facts.iter().find(|f| f.founds()).map(|f| f.said);
    let own_day = p.whens.iter().any(|w| w.own && when::is_calendar(ctx, w)) && unit.when().is_none();
    if own_day
        && !casualty_free(p)
        && toll(&p.facts).is_some()
        && toll(&unit.facts).is_some()
        && toll(&p.facts) != toll(&unit.facts)
    {
        return true;
    }
    let dated = told.iter().rev().find(|u| u.when().is_some_and(|w| w.own)).unwrap_or(unit);
    let day_apart = days_apart(ctx, dated, p);
    // «قضى سبعة في قصف المخيم، بينما قُتل 12 في حلب»: the others are set against them, and have a place.
    let contrasted = p.opening == Opening::Conjunction && p.link == Link::None;
    let placed = p.places.iter().any(|l| l.role == PlaceRole::Scene && l.kind.as_deref() != Some("hospital"));
    let killed = |facts: &[Fact]| facts.iter().any(|f| f.founds() && f.kind == toll::Kind::Killed);
    if casualty && contrasted && placed && unit.scene(ctx).is_none() && killed(&unit.facts) && killed(&p.facts) {
        return true;
    }
    if casualty && !place_apart && !day_apart && !other {
        return p.link == Link::Another
            && !p.places.is_empty()
            && unit.facts.iter().any(Fact::founds)
            && unit.scene(ctx).is_some();
    }
    other || clash || place_apart || day_apart
}

/// «تكثف الحركة هجماتها، ففي 22 يناير قتل خمسة …»: one attack, by its day, that bears out what was said.
fn bears_out(ctx: &Ctx, p: &Part) -> bool {
    let leads = ctx.a.tokens.text(p.first).starts_with(ctx.res.lexicon.clitics.consequence);
    let day = |t: &TimeMention| matches!(t.expr, TimeExpr::Date { day: Some(_), weekday: None, .. });
    let dated = || ctx.a.times_in(p.first + 1..p.first + 3).any(|(_, t)| day(t));
    leads && ctx.is_at(p.first, ctx.l.prep_in) && !p.hits.is_empty() && dated()
}

/// «… بسيارتين مفخختين في حي العبيدي، وأصيب خمسة بسيارة مفخخة في الباب الشرقي»: another quarter of the town, with its own
/// means, and a toll where one was told or other means than those.
fn in_another_quarter(ctx: &Ctx, unit: &Unit, p: &Part, event: EventType) -> bool {
    let Some(mine) = p.places.iter().find(|l| l.role == PlaceRole::Scene) else { return false };
    let kinds = |facts: &[Fact]| facts.iter().filter(|f| f.founds()).map(|f| f.kind).collect::<Vec<_>>();
    let (ours, theirs) = (kinds(&unit.facts), kinds(&p.facts));
    let counted_again = theirs.iter().any(|k| ours.contains(k));
    let by_others = !ours.is_empty() && !theirs.is_empty() && !event.agrees(unit.event);
    let with_means = !event.is_vague() && p.hits.iter().any(|h| !h.anaphoric);
    let apart = || unit.scene(ctx).is_some_and(|s| place::quarters_apart(ctx, s, mine));
    with_means && (counted_again || by_others) && apart()
}

/// «فجر انتحاري نفسه في بابل، وأدت سيارة مفخخة في المحافظة نفسها إلى مقتل ستة»: said to have been there, too, by means of its own.
fn in_the_same_place(ctx: &Ctx, unit: &Unit, p: &Part) -> bool {
    let same = |l: &Located| l.role == PlaceRole::Scene && ctx.any(l.end - 1..l.end + 1, ctx.l.same);
    let arms = |first: usize, end: usize| {
        let bombs = crate::munition::weapons(ctx, first, end).filter(|m| ctx.has(m, ctx.l.explosive));
        bombs.map(|m| ctx.a.best_entry(m).family.clone()).next()
    };
    let (ours, theirs) = (arms(unit.first, unit.end), arms(p.first, p.end));
    let other_means = theirs.is_some() && ours.is_some() && ours != theirs;
    other_means && p.facts.iter().any(Fact::founds) && p.places.iter().any(same)
}

/// Both have a place, and not the same one.
fn elsewhere(ctx: &Ctx, unit: &Unit, p: &Part) -> bool {
    let mine = p.places.iter().find(|l| l.role == PlaceRole::Scene);
    let differ = |a: &Located, b: &Located| a.candidates.first() != b.candidates.first() || a.candidates.is_empty();
    matches!((mine, unit.scene(ctx)), (Some(a), Some(b)) if differ(a, b))
}

/// «وردت الفصائل باستهداف مواقع في …»: fire that answers what was told.
fn answers(ctx: &Ctx, p: &Part) -> bool {
    ctx.is_at(p.first, ctx.l.answer) && p.hits.iter().any(|h| !h.casualty_only && !h.anaphoric)
}

/// «ارتكبت قوات … مجزرة في …، فيما شنت الطائرات الروسية غارات على …»: what another party did meanwhile.
fn by_another(ctx: &Ctx, unit: &Unit, p: &Part) -> bool {
    let attacks = p.hits.iter().any(|h| !h.casualty_only && !h.anaphoric);
    let doer = |first: usize, end: usize, kind| perpetrator::doer_in(ctx, first..end, kind).filter(|d| !d.suspected);
    p.opening == Opening::Conjunction && p.link == Link::None && attacks && {
        let theirs = doer(p.first, p.end, event_of(ctx, &p.hits, p.first, p.end));
        let ours = doer(unit.first, unit.end, unit.event);
        matches!((ours, theirs), (Some(a), Some(b)) if a.name != b.name)
    }
}

/// «وكان جنديان قد قتلا» and nothing more, «وأصيب ستة أمس في اشتباكات …»: where and how it had been. So too «إن شخصين قتلا
/// وجرح العشرات في غارة ثانية».
fn tells_where_it_was(unit: &Unit, p: &Part) -> bool {
    let bare = unit.is_casualty_only() && !unit.hits.is_empty() && unit.places.is_empty() && unit.whens.is_empty();
    let hurt = p.hits.first().is_some_and(|h| h.casualty_only && h.first == p.first);
    matches!(unit.link, Link::Earlier | Link::None) && bare && hurt && p.link == Link::None && p.opening == Opening::And
}

/// «هجوم آخر», «عبوة أخرى», «هجوم ثان»: behind a noun, not behind a verb («وأصيب آخر»).
pub(super) fn other_word(ctx: &Ctx, h: &Hit) -> bool {
    // «لهجوم ثان بالمسيرات»: of all its nouns, any.
    (h.first..h.end).filter(|t| ctx.a.at(*t).any(|m| is_event_noun(ctx, m))).any(|t| another_behind(ctx, t))
}

/// «قتل 12 شخصا في هجوم آخر»: what caused it stands behind the trigger.
pub(super) fn in_another(ctx: &Ctx, h: &Hit, end: usize) -> bool {
    let reach = h.end..(h.end + CAUSE_BEHIND).min(end);
    let cause = |t: &usize| ctx.before(*t, ctx.l.prep_in).is_some() || ctx.before(*t, ctx.l.result).is_some();
    let noun = |t: &usize| ctx.a.at(*t).any(|m| is_event_noun(ctx, m) && !ctx.has(m, ctx.l.weapon));
    h.casualty_only && reach.filter(cause).filter(noun).any(|t| another_behind(ctx, t))
}

/// So far behind a verb of killing its cause may stand.
const CAUSE_BEHIND: usize = 8;

fn another_behind(ctx: &Ctx, noun: usize) -> bool {
    let next = |t: usize| {
        let counts = |n: &NumberMention| n.kind == NumberKind::Ordinal && n.first == t && n.value > Some(1.0);
        let definite = ctx.a.at(t).any(|m| m.clitics.article);
        !definite && ctx.a.numbers_in(t..t + 1).any(counts)
    };
    next(noun + 1) || (noun + 1..=noun + 2).any(|t| ctx.is_at(t, ctx.l.other_event))
}

fn is_event_noun(ctx: &Ctx, m: &marsad_lang::Mention) -> bool {
    let noun = matches!(m.form.part, marsad_lang::Part::Noun | marsad_lang::Part::Plain);
    noun && !ctx.has(m, ctx.l.kill) && !ctx.has(m, ctx.l.injure) && (ctx.has(m, ctx.l.verb) || ctx.has(m, ctx.l.weapon))
}

fn apart(ctx: &Ctx, unit: &Unit, p: &Part) -> bool {
    let Some(mine) = p.places.iter().find(|l| l.role == PlaceRole::Scene) else { return false };
    let Some(theirs) = unit.scene(ctx) else { return false };
    if p.hits.is_empty() && !p.facts.iter().any(Fact::founds) {
        return false;
    }
    let at_scene = |q: &&Located| matches!(q.role, PlaceRole::Scene | PlaceRole::Toward);
    // «بمنطقة الطوبجي، شمالي بغداد»: Baghdad holds the next village too, and says only where the quarter lies.
    let holds = |q: &&Located| !unit.places.iter().filter(at_scene).any(|o| place::narrows(ctx, o, q));
    let near = unit.places.iter().filter(at_scene).filter(holds).any(|q| place::compatible(ctx, q, mine));
    // «إدلب: قتل مدنيان وجرح 10 في قصف على قرية …»
    // «حلب:: أصيب … بقصف على قرية …»: the province under which the line is filed.
    let filed = || listing::heads_line(ctx, theirs) && mine.candidates.is_empty();
    let around = theirs.role == PlaceRole::Loose && (place::may_lie_around(ctx, theirs, mine) || filed());
    // «على الطريق بين المدينتين، وتسببت بأضرار قرب قرية …»: a village that lies on the way.
    let on_the_way = unit.places.iter().any(|q| place::lies_on_the_way(ctx, q, mine));
    let one = near || around || on_the_way || place::compatible(ctx, theirs, mine);
    !one
}

/// True when the clause has no event word but those of death and wounds.
fn casualty_free(p: &Part) -> bool {
    p.hits.iter().all(|h| h.casualty_only)
}

fn days_apart(ctx: &Ctx, unit: &Unit, p: &Part) -> bool {
    let (Some(a), Some(b)) = (unit.when().filter(|w| w.own), p.whens.iter().find(|w| w.own)) else { return false };
    if p.hits.is_empty() {
        return false;
    }
    when::days_differ(ctx, a, b)
}
