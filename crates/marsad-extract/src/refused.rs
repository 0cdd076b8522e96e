//! Is what a trigger names denied, feared, planned, charged, or told of many days at once?
//!
//! «لم يقصف», «توعد بقصف», «سيتم تفجيرها», «بتهمة تفجير …», «بين الحين والآخر تشتبك …», «تشييع شهداء ارتقوا»: the word of an
//! attack stands there, and no attack is told.

use crate::context::Ctx;
use crate::trigger::{Hit, is_event_word};
use marsad_lang::{Clause, Mention, Opening, Part, Sentence, TimeExpr};
use marsad_model::EventType;

/// Tokens from the word of pretext to what is pretended («زاعما أنه حاول تنفيذ عملية …»).
const PRETEXT: usize = 6;

/// Tokens from the word of a charge to the deed («بتهمة الضلوع في تفجير …»).
const CHARGE: usize = 4;

/// Tokens from an attack to the word that says it may come.
const FEARED: usize = 3;

/// Tokens from «لن» to an attack that will not be.
const NEVER: usize = 9;

/// Tokens from those who were hurt to the fire that did it.
const BURNT: usize = 6;

/// Tokens from «مع استمرار» to what goes on, over who does it.
const GOES_ON: usize = 7;

/// Tokens from a plan to the last of the deeds that it joins.
const PLANNED: usize = 24;

/// Tokens from the burial to the death of who is buried.
const BURIAL: usize = 14;

/// The reason why the sentence does not assert the hit, if there is one.
pub fn reason(ctx: &Ctx, sentence: &Sentence, clause: &Clause, hit: &Hit) -> Option<&'static str> {
    rumoured(ctx, sentence, hit)
        .or_else(|| meant_for(ctx, hit))
        .or_else(|| feared(ctx, sentence, hit))
        .or_else(|| ambush_of_police(ctx, sentence, hit))
        .or_else(|| out_of_control(ctx, sentence, hit))
        .or_else(|| burnt(ctx, clause, hit))
        .or_else(|| negated(ctx, clause, hit))
        .or_else(|| pretended(ctx, sentence, hit))
        .or_else(|| motive(ctx, sentence, clause, hit))
        .or_else(|| denied(ctx, sentence, clause, hit))
        .or_else(|| threatened(ctx, sentence, clause, hit))
        .or_else(|| condemned_or_general(ctx, clause, hit))
        .or_else(|| charged(ctx, clause, hit))
        .or_else(|| buried(ctx, sentence, clause, hit))
        .or_else(|| of_many_days(ctx, sentence, clause, hit))
}

/// «لا صحة لما أشيع عن اختطاف …»: nothing of what the sentence names took place.
fn rumoured(ctx: &Ctx, sentence: &Sentence, hit: &Hit) -> Option<&'static str> {
    (!hit.anaphoric && ctx.any(sentence.first..sentence.end, ctx.l.rumour)).then_some("denial")
}

/// «عبوة كانت معدة للتفجير»: what it was made for.
fn meant_for(ctx: &Ctx, hit: &Hit) -> Option<&'static str> {
    let swallowing = ctx.res.lexicon.clitics.swallowing;
    let purpose = |t: usize| ctx.a.at(t).any(|m| m.clitics.preposition == swallowing && ctx.has(m, ctx.l.detonate));
    let made = |t: usize| purpose(t) && ctx.before(t, ctx.l.used_word).is_some();
    (hit.first..hit.end).any(made).then_some("plan")
}

/// «من خطر عمليات خطف وتفجير محتملة»: they may come.
fn feared(ctx: &Ctx, sentence: &Sentence, hit: &Hit) -> Option<&'static str> {
    let behind = hit.end..(hit.end + FEARED).min(sentence.end);
    let next = ctx.all(behind, ctx.l.possible).any(|m| !ctx.a.tokens.is_sign(m.first - 1, "،"));
    (hit.noun && !hit.anaphoric && next && !dated(ctx, hit.end..(hit.end + FEARED + 2).min(sentence.end)))
        .then_some("warning")
}

/// «يضبط 37 سائقا في كمائن على الطريق», «ضبطت المتهم بعد أن نصبت له كمينا»: the police at work, and nobody hurt.
fn ambush_of_police(ctx: &Ctx, sentence: &Sentence, hit: &Hit) -> Option<&'static str> {
    let span = || sentence.first..sentence.end;
    let l = ctx.l;
    let hurt = [l.kill, l.injure, l.dead_noun, l.hurt_noun].iter().any(|k| ctx.any(span(), *k));
    let caught = [l.traffic, l.police_work].iter().any(|k| ctx.any(span(), *k));
    // «أوقعت المفارز بممول في كمين محكم»: no gunmen laid it.
    let well_laid = ctx.is_at(hit.end, l.well_laid) && !ctx.any(span(), l.militant);
    (ctx.is_at(hit.head, l.ambush) && !hurt && (caught || well_laid)).then_some("police work")
}

/// «دهست شاحنة مسرعة فقد سائقها السيطرة عليها ثلاثة مشاة»
fn out_of_control(ctx: &Ctx, sentence: &Sentence, hit: &Hit) -> Option<&'static str> {
    let lost = ctx.any(sentence.first..sentence.end, ctx.l.lost_control);
    (hit.event == EventType::VehicleRamming && lost).then_some("accident")
}

/// «أصيب أطفال جراء حريق شب في خيمة»: nobody set it.
fn burnt(ctx: &Ctx, clause: &Clause, hit: &Hit) -> Option<&'static str> {
    let l = ctx.l;
    let cause = ctx.all(hit.end..clause.end, l.result).find(|m| ctx.is_at(m.end, l.fire))?;
    let arms = [l.weapon, l.explosive, l.attack, l.bombard, l.ignite, l.burn, l.raid];
    let attacked = arms.iter().any(|k| ctx.any(clause.first..clause.end, *k));
    (hit.casualty_only && cause.first - hit.end <= BURNT && !attacked).then_some("accident")
}

/// «لم», «لن», «دون» right before the trigger's verb.
fn negated(ctx: &Ctx, clause: &Clause, hit: &Hit) -> Option<&'static str> {
    let from = hit.head.saturating_sub(NEVER).max(clause.first);
    let head = ctx.a.at(hit.head).find(|m| is_event_word(ctx, m))?;
    let imperfect = head.form.part == Part::Imperfect;
    for t in from..hit.head {
        let Some(m) = ctx.at(t, ctx.l.not) else { continue };
        let adjacent = m.end == hit.head || (imperfect && hit.head - m.end <= 1);
        // «لن يتمكنوا من شن هجوم»: one that there may never be, and none that was told.
        let reach = if hit.noun && !hit.anaphoric { NEVER } else { 3 };
        if adjacent || ctx.a.is(m, "not-future") && hit.head - m.end <= reach {
            return Some("negated");
        }
    }
    let without = [ctx.l.without, ctx.l.un_word].iter().any(|l| ctx.before(hit.head, *l).is_some());
    without.then_some("negated")
}

/// «برصاص الجيش بزعم محاولته تنفيذ عملية طعن»: the shots are told, the stabbing is a pretext.
fn pretended(ctx: &Ctx, sentence: &Sentence, hit: &Hit) -> Option<&'static str> {
    let near = hit.head.saturating_sub(PRETEXT).max(sentence.first)..hit.head;
    let attempt = !hit.casualty_only && hit.event != EventType::AttackUnspecified;
    (attempt && ctx.any(near, ctx.l.pretext)).then_some("pretext")
}

/// «إطلاق نار على خلفية خطف …»: why it came to it, unless that has a day of its own.
fn motive(ctx: &Ctx, sentence: &Sentence, clause: &Clause, hit: &Hit) -> Option<&'static str> {
    let why = ctx.before(hit.head, ctx.l.motive).filter(|m| m.first > sentence.first)?;
    let dated = ctx.a.times_in(why.end..clause.end).next().is_some();
    (!dated).then_some("motive")
}

/// «تنفي ضربة جوية», when nobody in the sentence says that it happened.
fn denied(ctx: &Ctx, sentence: &Sentence, clause: &Clause, hit: &Hit) -> Option<&'static str> {
    let deny = ctx.all(clause.first..hit.head, ctx.l.deny).last()?;
    if hit.head - deny.end > 14 {
        return None;
    }
    let asserted = ctx.all(sentence.first..sentence.end, ctx.l.announce).any(|m| m.first > deny.end)
        || ctx.a.within(deny.end..sentence.end).any(|m| ctx.has(m, ctx.l.munition) && m.first > hit.end + 2);
    (!asserted).then_some("denial")
}

/// Governed by a verb of threat, plan, vow or expectation, or a future verb.
fn threatened(ctx: &Ctx, sentence: &Sentence, clause: &Clause, hit: &Hit) -> Option<&'static str> {
    let head = ctx.a.at(hit.head).find(|m| is_event_word(ctx, m))?;
    if head.clitics.future {
        return Some("plan");
    }
    let purpose = head.clitics.preposition != '\0' && ctx.a.at(hit.head).any(|m| ctx.has(m, ctx.l.carry_out));
    if purpose {
        return Some("plan");
    }
    // «أي غارة ستقابل بـ…»: no raid that happened.
    if ctx.before(hit.head, ctx.l.any).is_some() {
        return Some("threat");
    }
    // A noun may hang on a verb of the clause before: «توعد بأن …».
    let strong = sentence.clauses.iter().rev().find(|c| c.first <= hit.head && c.opening == Opening::Strong);
    let open = strong.map_or(sentence.first, |c| c.first);
    let first = if hit.noun { open.max(hit.head.saturating_sub(12)) } else { clause.first };
    // «انتقاما لقصف …» tells why, and vows nothing.
    let vows = |m: &&Mention| !ctx.is_at(m.first, ctx.l.reply_to);
    let governor = ctx.all(first..hit.head, ctx.l.unreal).filter(vows).last()?;
    // A real event may follow in the same clause behind «بعد» or «إثر».
    let bridged = ctx.any(governor.end..hit.head, ctx.l.after) || ctx.any(governor.end..hit.head, ctx.l.result);
    let in_reply = ctx.any(governor.end..hit.head, ctx.l.reply_to);

    let reach =
        if hit.noun && ctx.has(governor, ctx.l.plan) && joined_to(ctx, governor.end, hit.head) { PLANNED } else { 9 };
    if bridged || in_reply || hit.head - governor.end > reach {
        return None;
    }
    Some(if ctx.has(governor, ctx.l.plan) {
        "plan"
    } else if ctx.has(governor, ctx.l.expect_v) || ctx.has(governor, ctx.l.warn) {
        "warning"
    } else {
        "threat"
    })
}

/// «خططوا لاختطاف ضابط ثم مهاجمة مركز وقتل من فيه»: one deed of the plan after the other, and no verb between.
fn joined_to(ctx: &Ctx, from: usize, head: usize) -> bool {
    let joined = ctx.a.at(head).any(|m| m.clitics.conjunction) || ctx.before(head, ctx.l.then).is_some();
    joined && !ctx.all(from..head, ctx.l.verb).any(|m| m.form.part == Part::Perfect)
}

/// «وقف الهجمات», «مكافحة …»: talk of attacks in general.
fn condemned_or_general(ctx: &Ctx, clause: &Clause, hit: &Hit) -> Option<&'static str> {
    // «دمارا كأنه قصف»: like one, and none.
    if ctx.any(hit.head.saturating_sub(2).max(clause.first)..hit.head, ctx.l.as_if) {
        return Some("comparison");
    }
    let halted = hit.head.saturating_sub(3).max(clause.first)..hit.head;
    if hit.noun && ctx.any(halted, ctx.l.halt) {
        return Some("ceasefire");
    }
    // «ويأتي ذلك مع استمرار الجيش في قصف مناطق متفرقة»
    let goes_on = ctx.all(hit.head.saturating_sub(GOES_ON).max(clause.first)..hit.head, ctx.l.goes_on_with).last();
    let named = hit.noun || ctx.before(hit.head, ctx.l.prep_in).is_some();
    if named && goes_on.is_some() && !dated(ctx, hit.end..clause.end) {
        return Some("habitual");
    }
    let general = hit.plural && hit.anaphoric && ctx.before(hit.head, ctx.l.habitual).is_some();
    general.then_some("habitual")
}

/// «بتهمة زرع عبوة ناسفة», «لتورطهم في تفجير سيارة»: named in a charge, and neither place nor day is told behind it.
fn charged(ctx: &Ctx, clause: &Clause, hit: &Hit) -> Option<&'static str> {
    let l = ctx.l;
    let near = hit.first.saturating_sub(CHARGE).max(clause.first)..hit.first;
    let behind = hit.head..(hit.end + 8).min(clause.end);
    let told = ctx.any(behind.clone(), l.place) || ctx.any(behind.clone(), l.person) || dated(ctx, behind);
    // «متهم بقتل تاجر في سوق …»: wherever it was.
    let glued = ctx.a.at(hit.first).any(|m| m.clitics.preposition != '\0');
    let accused = glued && ctx.before(hit.first, l.accused).is_some();
    // «تضمنت التهم التخطيط …، واستهداف مجمعات في …، ومحاولة خطف ضابط»: one of a list.
    let opens = ctx.a.sentence_at(hit.first).map_or(clause.first, |s| s.first);
    let when = hit.head..(hit.end + 8).min(clause.end);
    let listed = ctx.any(opens..hit.first, l.charges) && !dated(ctx, when);
    (hit.noun && (accused || listed || ctx.any(near, l.charge) && !told)).then_some("charge")
}

/// «شيعت المدينة سبعة شهداء ارتقوا جراء العدوان»: the news is the burial, unless the death has its means or its day.
fn buried(ctx: &Ctx, sentence: &Sentence, clause: &Clause, hit: &Hit) -> Option<&'static str> {
    let vague = hit.casualty_only || hit.event == EventType::AttackUnspecified;
    let burial = ctx.all(hit.first.saturating_sub(BURIAL).max(sentence.first)..hit.first, ctx.l.burial).last()?;
    let with_means = ctx.any(hit.first..clause.end, ctx.l.weapon);
    (vague && !with_means && burial.end <= hit.first && !dated(ctx, hit.first..clause.end)).then_some("burial")
}

/// Tolls of a clause without an event: those who are buried, sentenced, or killed now and then.
pub fn no_news(ctx: &Ctx, first: usize, end: usize) -> bool {
    let l = ctx.l;
    let habit = ctx.any(first..end, l.now_and_then) && !dated(ctx, first..end);
    // «متهم بقتل تاجر»
    let accused = || ctx.all(first..end, l.kill).any(|m| ctx.before(m.first, l.accused).is_some());
    habit || [l.burial, l.charge].iter().any(|k| ctx.any(first..end, *k)) || accused()
}

/// «بين الحين والآخر تشتبك …», «في كل غارة», «نزحوا بسبب القصف المستمر»: no attack of one day.
fn of_many_days(ctx: &Ctx, sentence: &Sentence, clause: &Clause, hit: &Hit) -> Option<&'static str> {
    let l = ctx.l;
    let around = hit.first.saturating_sub(8).max(clause.first)..(hit.end + 4).min(clause.end);
    let habit = ctx.any(around, l.now_and_then) || ctx.before(hit.first, l.each).is_some() && hit.noun;
    let fled = || ctx.all(sentence.first..hit.head, l.fled).last().is_some_and(|m| ctx.any(m.end..hit.head, l.result));
    let lasting = hit.noun && ctx.any(hit.end..(hit.end + 3).min(sentence.end), l.lasting);
    ((habit || lasting && fled() || goes_on_since(ctx, clause, hit)) && !dated(ctx, clause.first..clause.end))
        .then_some("habitual")
}

/// «وتشن القوات منذ تموز هجوما واسعا»: a verb that goes on, over months.
fn goes_on_since(ctx: &Ctx, clause: &Clause, hit: &Hit) -> bool {
    let l = ctx.l;
    let span = clause.first..clause.end;
    let goes_on = |m: &Mention| m.form.part == Part::Imperfect && (ctx.has(m, l.carry_out) || ctx.has(m, l.launch));
    let governed = hit.noun && ctx.a.within(clause.first..hit.head).any(goes_on);
    let long = |e: &TimeExpr| {
        matches!(e, TimeExpr::Date { day: None, .. } | TimeExpr::Year { .. } | TimeExpr::Duration { .. })
    };
    let since = |at: usize| ctx.before(at, l.since).is_some();
    governed && ctx.a.times_in(span).any(|(_, t)| long(&t.expr) && since(t.first))
}

/// A day is told.
fn dated(ctx: &Ctx, span: std::ops::Range<usize>) -> bool {
    let day = |e: &TimeExpr| {
        matches!(e, TimeExpr::Relative { .. } | TimeExpr::Weekday { .. } | TimeExpr::Date { day: Some(_), .. })
    };
    ctx.a.times_in(span).any(|(_, t)| t.is_point() && day(&t.expr))
}
