//! Which words of a sentence announce an event, and did it happen?
//!
//! Runs the trigger rules of the data over a sentence, keeps the strongest
//! where several share a token, and sets aside what the text does not assert:
//! threats, plans, negated acts, exercises, matches.

use crate::context::Ctx;
use crate::interception::drops;
use crate::munition;
use crate::refused;
use marsad_lang::{Count, Mention, Part, Sentence};
use marsad_model::EventType;

/// A trigger rule that matched.
#[derive(Clone, Debug)]
pub struct Hit {
    pub first: usize,
    pub end: usize,
    /// Token of the event word itself (the first element of the pattern).
    pub head: usize,
    /// Index into `Resources::triggers`.
    pub rule: usize,
    pub event: EventType,
    pub rank: i64,
    /// A bare definite noun («الهجوم»): points back rather than tells anew.
    pub anaphoric: bool,
    /// A plural without a number («هجمات»).
    pub plural: bool,
    /// The event word is a noun or a weapon, not a verb.
    pub noun: bool,
    /// Only killing or wounding is told.
    pub casualty_only: bool,
    pub intercepted: bool,
}

/// Why a trigger does not tell an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    pub first: usize,
    pub end: usize,
    pub reason: &'static str,
}

/// The triggers of a sentence in order, and those set aside.
pub fn hits(ctx: &Ctx, sentence: &Sentence) -> (Vec<Hit>, Vec<Rejected>) {
    let mut all = matches(ctx, sentence);
    all.sort_by_key(|h| (h.first, -(h.rank), std::cmp::Reverse(h.end)));
    let (mut real, mut unreal_hits, mut reasons) = (vec![], vec![], vec![]);
    for hit in all {
        match unreal(ctx, sentence, &hit) {
            Some(reason) => {
                reasons.push((hit.first, hit.end, hit.rule, reason));
                unreal_hits.push(hit);
            }
            None => real.push(hit),
        }
    }
    let kept = strongest(real);
    // «ألقى قنبلة … دون أن تنفجر»: thrown it was, though another word of the match is denied.
    let covered = |h: &Hit| kept.iter().any(|k| k.first < h.end && h.first < k.end && k.rank >= h.rank);
    let set_aside = strongest(unreal_hits).into_iter().filter(|h| !covered(h));
    let reason_of = |h: &Hit| reasons.iter().find(|r| (r.0, r.1, r.2) == (h.first, h.end, h.rule)).map(|r| r.3);
    let rejected =
        set_aside.filter_map(|h| Some(Rejected { first: h.first, end: h.end, reason: reason_of(&h)? })).collect();
    (kept, rejected)
}

fn matches(ctx: &Ctx, sentence: &Sentence) -> Vec<Hit> {
    let mut out = vec![];
    for clause in &sentence.clauses {
        for m in ctx.a.within(clause.first..clause.end) {
            // A counted noun is met at the start of its phrase or at its own word.
            for at in [m.phrase.0, m.first] {
                if at < clause.first {
                    continue;
                }
                begin_with(ctx, m, at, clause.end, &mut out);
                if m.phrase.0 == m.first {
                    break;
                }
            }
        }
    }
    out.sort_by_key(|h: &Hit| (h.rule, h.first, h.end));
    out.dedup_by_key(|h| (h.rule, h.first, h.end));
    let told: Vec<(usize, usize)> =
        out.iter().filter(|h| h.anaphoric).map(|h| (h.first, behind_its_nation(ctx, h.end))).collect();
    let subject = |h: &Hit, first: usize| first == h.head + 1 && h.end == first && is_bare(ctx, first);
    let is_told = |h: &Hit| told.iter().any(|(first, end)| *end == h.head || subject(h, *first));
    for hit in &mut out {
        // «الانفجار استهدف حاجزا», «أصابت الغارة منزلا»: a verb whose subject points back tells no more than its subject.
        hit.anaphoric |= !hit.noun && !hit.casualty_only && hit.first == hit.head && is_told(hit);
        // «السيارة انفجرت قرب …», «المخلف الحربي … انفجر»: the one that was told of.
        hit.anaphoric |= !hit.noun && !hit.casualty_only && by_known_means(ctx, sentence, hit);
        hit.anaphoric |= hit.noun && !hit.casualty_only && on_known_target(ctx, sentence, hit);
        // «تجددت الاشتباكات»: what breaks out has not been told before.
        hit.anaphoric &= !(hit.event == EventType::ArmedClash && breaks_out(ctx, hit));
    }
    out
}

/// «الغارة الأمريكية أصابت منزلا»
fn behind_its_nation(ctx: &Ctx, end: usize) -> usize {
    ctx.at(end, ctx.l.nationality).filter(|m| m.clitics.article).map_or(end, |m| m.end)
}

fn is_bare(ctx: &Ctx, token: usize) -> bool {
    ctx.a.at(token).all(|m| m.clitics.preposition == '\0' && !m.clitics.conjunction)
}

/// The subject before the verb has the article, and an earlier sentence told of such a bomb, mine or car.
fn by_known_means(ctx: &Ctx, sentence: &Sentence, hit: &Hit) -> bool {
    let l = ctx.l;
    let article = &ctx.res.lexicon.clitics.article;
    let bare = |t: usize| ctx.a.tokens.text(t).strip_prefix(article.as_str()).filter(|_| ctx.a.tokens.is_word(t));
    let definite = |t: &usize| bare(*t).is_some() && ctx.before(*t, l.prep_in).is_none();
    let arms = |m: &&Mention| [l.weapon, l.explosive, l.munition].iter().any(|k| ctx.has(m, *k));
    // «برشقات من الصواريخ» brings them in, too.
    let brings_in = |m: &&Mention| bare(m.first).is_none() || ctx.before(m.first, l.from).is_some();
    let before = hit.first.saturating_sub(SUBJECT_BEFORE).max(sentence.first)..hit.head;
    let subjects: Vec<&str> = before.filter(definite).filter_map(bare).collect();
    let is_meant = |w: &str| subjects.iter().any(|word| w.ends_with(word));
    let mut told = ctx
        .a
        .within(told_before(sentence))
        .filter(arms)
        .filter(brings_in)
        .flat_map(|m| [m.first, m.end - 1])
        .map(|t| ctx.a.tokens.text(t));
    !subjects.is_empty() && told.any(is_meant)
}

/// «… حافلة لإطلاق نار». Then «إطلاق النار على الحافلة»: its target has the article, and an earlier sentence brought it in.
fn on_known_target(ctx: &Ctx, sentence: &Sentence, hit: &Hit) -> bool {
    let l = ctx.l;
    let single = |m: &&Mention| m.form.count == Count::Singular;
    let behind = hit.head + 1..(hit.head + TARGET_BEHIND).min(sentence.end);
    let known = ctx
        .all(behind, l.target)
        .filter(single)
        .find(|m| m.clitics.article && (m.first == hit.end || ctx.before(m.first, l.on).is_some()));
    let brought_in =
        |id| ctx.all(told_before(sentence), l.target).filter(single).any(|m| m.form.entry == id && !m.clitics.article);
    known.is_some_and(|m| brought_in(m.form.entry))
}

/// What a reader still has in mind: the last paragraphs.
fn told_before(sentence: &Sentence) -> std::ops::Range<usize> {
    const IN_MIND: usize = 300;
    sentence.first.saturating_sub(IN_MIND)..sentence.first
}

/// So far behind the noun stands what was hit.
const TARGET_BEHIND: usize = 4;

/// «المخلف الحربي يعود إلى حرب مضت، وانفجر»: so far before its verb the subject may stand.
const SUBJECT_BEFORE: usize = 8;

fn breaks_out(ctx: &Ctx, hit: &Hit) -> bool {
    let verb = |m: &&Mention| matches!(m.form.part, Part::Perfect | Part::Imperfect);
    let begins = ctx.before(hit.first, ctx.l.happen).as_ref().is_some_and(verb);
    begins || ctx.before(hit.first, ctx.l.flare_up).is_some()
}

/// The patterns that begin with a mention at a token.
fn begin_with(ctx: &Ctx, m: &Mention, at: usize, end: usize, out: &mut Vec<Hit>) {
    for label in ctx.a.labels(m).common(&ctx.res.pattern_labels).iter() {
        for (rule, pattern) in &ctx.res.patterns_by_label[label as usize] {
            if let Some(found) = ctx.res.triggers[*rule].patterns[*pattern].match_at(ctx.a, at, end) {
                out.extend(hit(ctx, *rule, found.first, found.end));
            }
        }
    }
}

fn hit(ctx: &Ctx, rule: usize, first: usize, end: usize) -> Option<Hit> {
    let r = &ctx.res.triggers[rule];
    // «استهدف انفجار مسيرة تأييد»: people were hit, and no drone.
    if ctx.all(first..end, ctx.l.drone).any(|m| munition::is_march(ctx, m)) {
        return None;
    }
    // «هجوم على مروحية»: it was hit.
    let aimed_at = |m: &Mention| ctx.before(m.first, ctx.l.on).is_some_and(|on| on.first > first);
    if r.event == "air_strike" && ctx.all(first..end, ctx.l.aircraft_word).any(aimed_at) {
        return None;
    }
    let head = event_head(ctx, first, end);
    let m = ctx.a.at(head).find(|m| is_event_word(ctx, m))?;
    let noun = m.form.part == Part::Noun || m.form.part == Part::Plain;
    let end = end.max(m.end);
    Some(Hit {
        first,
        end,
        head,
        rule,
        event: EventType::from_name(&r.event)?,
        rank: r.rank,
        noun,
        anaphoric: noun && m.clitics.article && end == m.end,
        plural: noun && m.form.count == Count::Plural,
        casualty_only: (ctx.has(m, ctx.l.kill) || ctx.has(m, ctx.l.injure)) && r.event != "maritime_attack",
        intercepted: r.tags.iter().any(|t| t == "intercepted") && !drops(ctx, m),
    })
}

/// The token of the first event word in the match, or its first token.
fn event_head(ctx: &Ctx, first: usize, end: usize) -> usize {
    let verb = |t: &usize| ctx.a.at(*t).any(|m| ctx.has(m, ctx.l.verb) && is_event_word(ctx, m));
    (first..end).find(verb).or((first..end).find(|t| ctx.a.at(*t).any(|m| is_event_word(ctx, m)))).unwrap_or(first)
}

pub fn is_event_word(ctx: &Ctx, m: &Mention) -> bool {
    let verbal = ctx.has(m, ctx.l.verb) && !ctx.has(m, ctx.l.speech);
    verbal || ctx.has(m, ctx.l.suicide) || ctx.has(m, ctx.l.weapon) || ctx.has(m, ctx.l.ship)
}

/// One hit a token: the higher rank, then the longer match.
fn strongest(all: Vec<Hit>) -> Vec<Hit> {
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_key(|i| (-all[*i].rank, std::cmp::Reverse(all[*i].end - all[*i].first), *i));
    let mut taken: Vec<usize> = vec![];
    for i in order {
        let clash = taken.iter().any(|j| {
            let (a, b) = (&all[i], &all[*j]);
            a.head == b.head || (a.first < b.end && b.first < a.end && a.rank == b.rank && a.event == b.event)
        });
        if !clash {
            taken.push(i);
        }
    }
    taken.sort_unstable();
    taken.into_iter().map(|i| all[i].clone()).collect()
}

/// The reason why the sentence does not assert the hit, if there is one.
fn unreal(ctx: &Ctx, sentence: &Sentence, hit: &Hit) -> Option<&'static str> {
    let clause = sentence.clauses.iter().find(|c| c.first <= hit.head && hit.head < c.end)?;
    if let Some(reason) = other_world(ctx, sentence, hit) {
        return Some(reason);
    }
    refused::reason(ctx, sentence, clause, hit)
}

/// Sport, cyber, films, space, animals, accidents, exercises.
fn other_world(ctx: &Ctx, sentence: &Sentence, hit: &Hit) -> Option<&'static str> {
    if protested(ctx, sentence, hit) {
        return Some("protest");
    }
    if hit.event == EventType::ArmedAttack && is_bloodless(ctx, sentence) && celebrated(ctx, sentence) {
        return Some("celebration");
    }
    if hit.casualty_only && is_illness(ctx, sentence, hit.head) {
        return Some("disease");
    }
    world_near(
        ctx,
        sentence,
        hit.head,
        hit.rank >= 3 || hit.intercepted,
        hit.casualty_only || hit.rank == 0 && !hit.anaphoric && hit.noun,
    )
}

/// «مواجهات بين محتجين والشرطة», «مسيرة مناهضة»: nobody is armed, and what marches does not fly.
fn protested(ctx: &Ctx, sentence: &Sentence, hit: &Hit) -> bool {
    let march = ctx.all(hit.first..hit.end, ctx.l.drone).any(|m| m.end - m.first == 1 && m.refined.is_none());
    let bloodless = is_bloodless(ctx, sentence) && !ctx.any(sentence.first..sentence.end, ctx.l.shoot);
    (hit.event == EventType::ArmedClash || march) && bloodless && ctx.any(sentence.first..sentence.end, ctx.l.protest)
}

fn is_bloodless(ctx: &Ctx, sentence: &Sentence) -> bool {
    !is_deadly(ctx, sentence)
}

/// Somebody dies in it: «قتل وأصيب ستة» too.
fn is_deadly(ctx: &Ctx, sentence: &Sentence) -> bool {
    let l = ctx.l;
    [l.kill, l.dead_noun, l.pool].iter().any(|k| ctx.any(sentence.first..sentence.end, *k))
}

/// «أطلقوا الرصاص في الهواء ابتهاجا»
fn celebrated(ctx: &Ctx, sentence: &Sentence) -> bool {
    let hurt = ctx.any(sentence.first..sentence.end, ctx.l.injure);
    !hurt && ctx.any(sentence.first..sentence.end, ctx.l.celebration)
}

/// «الإصابة بالسرطان»: an illness near by, in a sentence where nothing is fired or blown up, and whose toll is of no attack
/// that it has told before («مجزرة راح ضحيتها عشرة، وأصيب عشرون، بالتزامن مع انتشار الوباء»).
pub fn is_illness(ctx: &Ctx, sentence: &Sentence, token: usize) -> bool {
    let near = token.saturating_sub(12).max(sentence.first)..(token + 13).min(sentence.end);
    let armed = || ctx.any(sentence.first..sentence.end, ctx.l.weapon) || attack_before(ctx, sentence, token);
    ctx.any(near, ctx.l.disease) && !armed()
}

/// The sentence has told of fire or of a massacre already.
fn attack_before(ctx: &Ctx, sentence: &Sentence, token: usize) -> bool {
    let l = ctx.l;
    [l.massacre, l.bombard, l.raid, l.shoot].iter().any(|k| ctx.any(sentence.first..token, *k))
}

/// The world near a token in which an "attack" is no attack; a strong trigger
/// is not taken for an accident.
pub fn world_near(ctx: &Ctx, sentence: &Sentence, token: usize, strong: bool, weak: bool) -> Option<&'static str> {
    let mut strongest: Option<&'static str> = ctx.world.filter(|_| !strong || ctx.world == Some("exercise"));
    // Where people die, a pitch or a film is the scene and not the subject.
    let deadly = is_deadly(ctx, sentence) && !is_match_report(ctx, sentence);
    // What only a toll tells may have its cause far off in the sentence.
    let reach = if weak { 40 } else { 14 };
    let near = token.saturating_sub(reach).max(sentence.first)..(token + reach + 1).min(sentence.end);
    // «أطلق الجيش صواريخ على …، ضمن مناورات»: a drill in which nobody is hurt may be named at the end.
    let hurt = deadly || [ctx.l.injure, ctx.l.hurt_noun].iter().any(|k| ctx.any(sentence.first..sentence.end, *k));
    let drill =
        |m: &&Mention| !hurt && ctx.before(m.first, ctx.l.prep_in).is_some() && &*ctx.a.entry(m).id == "exercise";
    // «أطلق الجيش مناورات للطائرات …، وقال إنها تشمل …»: all that the sentence tells is of the drill that it opens with.
    let begins = |m: &Mention| {
        let span = m.first.saturating_sub(DRILL_BEGUN).max(sentence.first)..m.first;
        let acts = [ctx.l.launch, ctx.l.carry_out, ctx.l.happen];
        m.first <= sentence.first + DRILL_HEADS && acts.iter().any(|k| ctx.any(span.clone(), *k))
    };
    let of_drill = |m: &&Mention| !hurt && &*ctx.a.entry(m).id == "exercise" && begins(m);
    let heads = ctx.all(sentence.first..near.start, ctx.l.not_event).filter(of_drill);
    let drills = ctx.all(near.end..sentence.end, ctx.l.not_event).filter(drill).chain(heads);
    for m in ctx.all(near.clone(), ctx.l.not_event).chain(drills) {
        let entry = ctx.a.entry(m);
        if entry.id.as_ref() == "anniversary" || is_named_after(ctx, sentence, &entry.id) || trains_there(ctx, m) {
            continue;
        }
        if ctx.is_at(m.first, ctx.l.disease) && attack_before(ctx, sentence, m.first) {
            continue;
        }
        // «في دوري شمال بوركينا فاسو»: the town, where nothing else speaks of sport.
        let town = entry.id.as_ref() == "sport" && ctx.is_at(m.first, ctx.l.place);
        if town && ctx.all(sentence.first..sentence.end, ctx.l.not_event).all(|n| n.first == m.first) {
            continue;
        }
        // «قُتل شرطيان كانا يؤمّنان فريقاً للتطعيم»: whom it hit.
        if deadly && matches!(entry.id.as_ref(), "health-campaign" | "arms-deal") {
            continue;
        }
        let tame = !matches!(entry.id.as_ref(), "accident" | "animal" | "science");
        // «قُتل البطل في المشهد الأخير …: نهاية لفيلم»: two words of the stage make the death part of the play.
        let played = entry.id.as_ref() == "culture" && is_of_the_stage(ctx, sentence);
        if entry.id.as_ref() == "accident" && strong || tame && deadly && !weak && !played {
            continue;
        }
        strongest = Some(world_name(&entry.id));
    }
    strongest
}

fn is_of_the_stage(ctx: &Ctx, sentence: &Sentence) -> bool {
    let words = ctx.all(sentence.first..sentence.end, ctx.l.not_event);
    words.filter(|m| &*ctx.a.entry(m).id == "culture").count() > 1
}

/// Tokens from the verb that begins a drill to the drill.
const DRILL_BEGUN: usize = 5;

/// So far from its head a sentence may name the drill that it is about.
const DRILL_HEADS: usize = 8;

/// «معسكر تدريب», «موقع للتدريب»: what was hit, and not what was done.
fn trains_there(ctx: &Ctx, m: &Mention) -> bool {
    let site = |l| ctx.before(m.first, l).is_some();
    let sites = [ctx.l.target, ctx.l.place_word, ctx.l.stationed];
    &*ctx.a.entry(m).id == "exercise" && (sites.iter().any(|l| site(*l)) || is_used_for(ctx, m) || is_hit(ctx, m))
}

/// «استهدف الطيران موقعا للتدريب»: what it is for that was hit.
fn is_hit(ctx: &Ctx, m: &Mention) -> bool {
    const HIT_WITHIN: usize = 8;
    let near = m.first.saturating_sub(HIT_WITHIN)..m.first;
    let purpose = m.clitics.preposition == ctx.res.lexicon.clitics.swallowing;
    purpose && [ctx.l.target_v, ctx.l.bombard, ctx.l.raid].iter().any(|l| ctx.any(near.clone(), *l))
}

/// «مجمعا تستخدمه الحركة للتدريب»
fn is_used_for(ctx: &Ctx, m: &Mention) -> bool {
    const USED_WITHIN: usize = 5;
    let purpose = m.clitics.preposition == ctx.res.lexicon.clitics.swallowing;
    purpose && ctx.any(m.first.saturating_sub(USED_WITHIN)..m.first, ctx.l.used)
}

/// «آلية نمر» is blown up, and «فيلم مسيء» may be the reason for an armed attack.
fn is_named_after(ctx: &Ctx, sentence: &Sentence, world: &str) -> bool {
    let l = ctx.l;
    let span = || sentence.first..sentence.end;
    let arms = || [l.weapon, l.explosive, l.munition].iter().any(|k| ctx.any(span(), *k));
    let dead = is_deadly(ctx, sentence);
    match world {
        "animal" => {
            let acts = [l.detonate, l.explode, l.bombard, l.raid, l.fall, l.launch];
            arms() && acts.iter().any(|k| ctx.any(span(), *k))
        }
        "culture" => dead && arms() && !is_of_the_stage(ctx, sentence),
        // «أغارت على ملعب»: where the bombs fell.
        "sport" => dead && [l.raid, l.explosive].iter().any(|k| ctx.any(span(), *k)),
        _ => false,
    }
}

/// «أجهز اللاعب على الضيوف برأسية»: so many words of sport in one sentence tell of a match, whatever its verbs.
fn is_match_report(ctx: &Ctx, sentence: &Sentence) -> bool {
    const WORDS: usize = 3;
    let words = ctx.all(sentence.first..sentence.end, ctx.l.not_event);
    words.filter(|m| &*ctx.a.entry(m).id == "sport").count() >= WORDS
}

fn world_name(id: &str) -> &'static str {
    match id {
        "sport" => "sport",
        "cyber" => "cyber",
        "exercise" => "exercise",
        "culture" => "culture",
        "space" => "space",
        "animal" => "animal",
        "mishap" => "mishap",
        "private-crime" => "private crime",
        "science" => "science",
        _ => "accident",
    }
}

/// The world that a whole report plays in, when its headline or its first news
/// sentences say so more than once: a manoeuvre, a match.
pub fn world_of(ctx: &Ctx) -> Option<&'static str> {
    let lead: Vec<&Sentence> =
        ctx.a.sentences.iter().zip(&ctx.roles).filter(|(_, r)| r.tells_news()).map(|(s, _)| s).take(3).collect();
    let said =
        lead.iter().flat_map(|s| ctx.all(s.first..s.end, ctx.l.not_event)).map(|m| world_name(&ctx.a.entry(m).id));
    let mut counts = std::collections::BTreeMap::new();
    said.filter(|w| !matches!(*w, "accident")).for_each(|w| *counts.entry(w).or_insert(0) += 1);
    let hurt = lead.iter().any(|s| is_deadly(ctx, s));
    counts.into_iter().find(|(_, n)| *n >= 2 && !hurt).map(|(w, _)| w)
}
