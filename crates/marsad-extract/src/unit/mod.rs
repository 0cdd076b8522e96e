//! Which clauses of a sentence tell one event, and where does the next begin?
//!
//! A unit is a run of clauses with at least one trigger or toll. A new unit
//! begins where the text gives new evidence: another place, another day,
//! another kind of event, or a word that says so («كما», «هجوم آخر», «بعد أسبوع على»).

mod fresh;
pub(crate) mod opening;

use crate::context::Ctx;
use crate::place::{self, Located, PlaceRole};
use crate::toll::{self, Fact};
use crate::trigger::Hit;
use crate::when::{self, When};
use fresh::{in_another, is_new, other_word};
use marsad_lang::time::Unit as TimeUnit;
use marsad_lang::{Clause, Count, Opening, Sentence, TimeExpr};
use marsad_model::{EventType, Relation};
use opening::stretches;

/// How a unit is tied to the one before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Link {
    #[default]
    None,
    /// Told as earlier or as context: «بعد هجوم على …», «رداً على …», «وكان …».
    Earlier,
    /// «بعد ساعات من», «بعد أسبوع على»: this many days before the unit it hangs on.
    DaysBefore(i32),
    /// «كما», «هجوم آخر».
    Another,
    /// «بالتزامن مع قصف على …», «وأعقبه انفجار …»: another one, tied to the one before it.
    Beside,
}

/// Tokens of the longest telling.
const TOKENS_MAX: usize = 240;

/// Rules of bombardment from this rank on name its means.
const SPECIFIC_RANK: i64 = 3;

/// Clauses that tell one event once.
#[derive(Clone, Debug)]
pub struct Unit {
    pub sentence: usize,
    pub first: usize,
    pub end: usize,
    pub hits: Vec<Hit>,
    pub places: Vec<Located>,
    pub whens: Vec<When>,
    pub facts: Vec<Fact>,
    pub link: Link,
    pub event: EventType,
    /// The only telling of its sentence: what the sentence says is of it.
    pub alone: bool,
    /// Type taken over from the telling before, where none is told here.
    pub carried: Option<EventType>,
    /// «قصف» alone, which may turn out to be of artillery, rockets or aircraft.
    pub plain: bool,
    /// People were hurt, and the count is given for several attacks together.
    pub toll_shared: bool,
    /// Behind the first of a row of places that one sentence tells: another attack than that one, and maybe one told before.
    pub of_row: bool,
}

impl Unit {
    /// The place in which it happened: the first scene, made sharper by scenes
    /// that lie inside it.
    pub fn scene(&self, ctx: &Ctx) -> Option<&Located> {
        let mut scenes = self.places.iter().filter(|p| p.role == PlaceRole::Scene);
        let of = |role| self.places.iter().find(move |p| p.role == role);
        let stand_in = || of(PlaceRole::Toward).or(of(PlaceRole::Reference)).or(of(PlaceRole::Loose));
        let mut best = scenes.next().or_else(stand_in)?;
        for p in scenes {
            let inside = match (p.candidates.first(), best.candidates.first()) {
                (Some(a), Some(_)) => best.candidates.iter().any(|b| a != b && ctx.res.gazetteer.inside(*a, *b)),
                _ => false,
            };
            let broad = place::level(ctx, best) >= 7 && place::level(ctx, p) <= 4 && !best.candidates.is_empty();
            let same_country = match (p.candidates.first(), best.candidates.first()) {
                (Some(a), Some(b)) => ctx.res.gazetteer.get(*a).country == ctx.res.gazetteer.get(*b).country,
                _ => true,
            };
            // «قرى سهل الغاب حيث طالت القذائف بلدة …»: a plain or mountain is not its own children's parent.
            let in_plain = place::lies_on_plain(ctx, p, best);
            // «في البحر الأحمر قبالة ساحل الحديدة»
            let off_coast = p.relation == Relation::Off && place::is_sea(ctx, best) && !place::may_be_country(ctx, p);
            if inside && place::sharper(ctx, p, best) || (broad && same_country) || in_plain || off_coast {
                best = p;
            }
        }
        Some(self.narrowed(ctx, best))
    }

    /// «شرق العمارة», then «في منطقة … شرق العمارة»: a town told before is named once more, to say where this lies.
    pub fn lies_by(&self, ctx: &Ctx, before: &Located) -> bool {
        let there = |p: &&Located| matches!(p.role, PlaceRole::Scene | PlaceRole::Reference);
        let same = |p: &Located| p.candidates.first().is_some_and(|id| before.candidates.first() == Some(id));
        // In a province there is more than one attack.
        place::level(ctx, before) < 7 && self.places.iter().filter(there).any(same)
    }

    /// «حلب – الأتارب: قصف», «ترصد دمار بلدة الهبيط بريف إدلب»: right beside it a sharper name without a preposition.
    fn narrowed<'u>(&'u self, ctx: &Ctx, best: &'u Located) -> &'u Located {
        // Places that tell where it lies may stand between («قرية … قرب مدينة … بريف …»).
        let between = |p: &Located| {
            self.places
                .iter()
                .filter(|q| q.first >= p.end && q.end <= best.first)
                .map(|q| q.end - q.first + 2)
                .sum::<usize>()
        };
        let beside = |p: &&Located| p.first <= best.end + 2 && best.first <= p.end + 2 + between(p);
        let loose = self.places.iter().filter(|p| matches!(p.role, PlaceRole::Loose | PlaceRole::Scene));
        let vague = best.role == PlaceRole::Loose;
        let sharper = |p: &&Located| place::narrows(ctx, p, best) || place::told_in(ctx, p, best);
        loose.filter(|p| vague || beside(p)).find(sharper).unwrap_or(best)
    }

    pub fn when(&self) -> Option<&When> {
        self.whens.iter().find(|w| w.own).or(self.whens.first())
    }

    /// «قصف» alone, which may turn out to be of artillery, rockets or aircraft.
    pub fn is_plain_bombardment(&self) -> bool {
        self.plain && self.event == EventType::Shelling
    }

    /// No rule and no weapon names the means.
    fn names_no_means(&self, ctx: &Ctx) -> bool {
        let mut own = self.hits.iter().filter(|h| !h.casualty_only).peekable();
        own.peek().is_some()
            && own.all(|h| h.rank < SPECIFIC_RANK)
            && crate::munition::weapons(ctx, self.first, self.end).next().is_none()
    }

    /// All its words for the event point back to one told before.
    pub fn points_back(&self) -> bool {
        !self.hits.is_empty() && self.hits.iter().all(|h| h.anaphoric || h.casualty_only)
    }

    /// The text calls it another attack than those told before.
    pub fn is_another(&self, ctx: &Ctx) -> bool {
        self.hits.iter().any(|h| !h.casualty_only && other_word(ctx, h) || in_another(ctx, h, self.end))
    }

    /// «الهجوم بدأ عصر أمس وتضمن إطلاق نار …»: tells more of what it points back to, wherever that was.
    pub fn elaborates(&self, ctx: &Ctx) -> bool {
        let first = self.hits.iter().find(|h| !h.casualty_only);
        self.link == Link::None && first.is_some_and(|h| h.anaphoric) && self.scene(ctx).is_none()
    }

    /// Says no more than where, of an event that was told before: no toll of its own, which may be another's.
    pub fn only_places(&self) -> bool {
        self.points_back() && !self.facts.iter().any(Fact::founds)
    }

    pub fn is_casualty_only(&self) -> bool {
        self.hits.iter().all(|h| h.casualty_only)
    }
}

/// What one clause brings.
struct Part {
    first: usize,
    end: usize,
    opening: Opening,
    hits: Vec<Hit>,
    places: Vec<Located>,
    whens: Vec<When>,
    facts: Vec<Fact>,
    link: Link,
}

/// Cuts a sentence into units.
pub fn units(ctx: &Ctx, index: usize, toll: &toll::Told, hits: &[Hit], located: &[Located]) -> Vec<Unit> {
    let sentence = &ctx.a.sentences[index];
    let parts: Vec<Part> = stretches(ctx, sentence, hits)
        .into_iter()
        .map(|(c, link)| Part { link, facts: toll.of(ctx, &c), ..part(ctx, sentence, &c, hits, located) })
        .collect();
    let parts = told_in_one_breath(ctx, dated_behind(ctx, parts));
    // A report of tolls over a period counts so to its end.
    let period = hits.is_empty() && parts.iter().any(|p| p.facts.iter().any(|f| f.over_period));
    let mut out: Vec<Unit> = vec![];
    let mut pending: Vec<Part> = vec![];
    for mut p in parts {
        p.facts.iter_mut().for_each(|f| f.over_period |= period);
        p.quiet(ctx, sentence);
        if p.hits.is_empty() && p.facts.iter().all(|f| !f.founds()) {
            match out.last_mut() {
                Some(unit) if p.link == Link::None && pending.is_empty() => absorb_frame(ctx, unit, p),
                _ => pending.push(p),
            }
            continue;
        }
        // «آخرها في 29 يونيو، حينما قصفت …»: the clause before opened an earlier event.
        let opened = pending.iter().any(|f| f.link != Link::None);
        let starts_new = opened || out.last().is_none_or(|u| is_new(ctx, u, &out, &p));
        if starts_new {
            let carried = inherited(ctx, &out, &p);
            let contrasts = p.opening == Opening::Conjunction;
            let mut unit = begin(ctx, index, p);
            // Clauses before the trigger frame it: «في بغداد، انفجرت …».
            if out.is_empty() || opened {
                for frame in pending.drain(..).rev() {
                    prepend(ctx, &mut unit, frame, contrasts);
                }
            }
            pending.clear();
            unit.carried = carried;
            unit.event = carried.unwrap_or(unit.event);
            out.push(unit);
        } else {
            let at = told_of(ctx, &out, &p);
            absorb(ctx, &mut out[at], p);
        }
    }
    for unit in &mut out {
        unit.plain = unit.names_no_means(ctx);
    }
    if let [only] = out.as_mut_slice() {
        only.alone = true;
    }
    out
}

/// «أغارت طائرات … رداً على ضربات …، وقالت الوزارة إن تسعة أصيبوا»: a toll on another's word is of the news, not of what
/// it replies to.
fn told_of(ctx: &Ctx, out: &[Unit], p: &Part) -> usize {
    let last = out.len() - 1;
    let earlier = |u: &Unit| matches!(u.link, Link::Earlier | Link::DaysBefore(_));
    // «وأصيب 143 وفق حصيلة»: the source behind the toll says nothing new.
    let lead = p.hits.first().map_or(p.end, |h| h.first).min(p.first + 3);
    let toll_only = p.hits.iter().all(|h| h.casualty_only) && ctx.any(p.first..lead, ctx.l.speech);
    // «… قتل فيه 46، بينما تحدث مسؤول عن 55»: another count of what has one.
    let is_counted = out[last].facts.iter().any(Fact::founds);
    let news = out.iter().rposition(|u| !earlier(u));
    news.filter(|_| toll_only && earlier(&out[last]) && !is_counted).unwrap_or(last)
}

/// «وقتل حارس وأصيب آخرون أمس بقذائف سقطت على …»: two verbs without a comma share place, day and means behind the second.
fn told_in_one_breath(ctx: &Ctx, parts: Vec<Part>) -> Vec<Part> {
    let mut out: Vec<Part> = vec![];
    for p in parts {
        let told = p.hits.first().is_some_and(|h| h.casualty_only && !h.noun && h.head == p.first);
        let joined = told && p.link == Link::None && ctx.a.at(p.first).any(|m| m.clitics.conjunction);
        match out.last_mut() {
            Some(before) if joined && before.end == p.first && before.is_bare_toll(ctx) => {
                before.end = p.end;
                before.hits.extend(p.hits);
                before.places.extend(p.places);
                before.whens.extend(p.whens);
                before.facts.extend(p.facts);
            }
            _ => out.push(p),
        }
    }
    out
}

/// «… استهدف القرية، يوم الأحد، …»: a day set between commas is of the clause before it.
fn dated_behind(ctx: &Ctx, parts: Vec<Part>) -> Vec<Part> {
    let mut out: Vec<Part> = vec![];
    for p in parts {
        let only_time = p.link == Link::None
            && p.hits.is_empty()
            && p.facts.is_empty()
            && p.places.is_empty()
            && p.whens.iter().any(|w| w.own)
            && !ctx.all(p.first..p.end, ctx.l.verb).any(is_finite);
        match out.last_mut() {
            Some(before) if only_time && !before.hits.is_empty() && before.whens.is_empty() => {
                before.end = p.end;
                before.whens = p.whens;
            }
            _ => out.push(p),
        }
    }
    out
}

impl Part {
    /// «وقتل حارس»: who, and nothing else.
    fn is_bare_toll(&self, ctx: &Ctx) -> bool {
        let verb_first = self.hits.first().is_some_and(|h| h.head == self.first && !h.noun);
        let toll = verb_first && self.hits.iter().all(|h| h.casualty_only) && self.link == Link::None;
        let means = || crate::munition::weapons(ctx, self.first, self.end).next().is_some();
        toll && self.places.is_empty() && self.whens.is_empty() && !means()
    }

    /// Tolls beside a word of another world (accident, match) found nothing.
    fn quiet(&mut self, ctx: &Ctx, sentence: &Sentence) {
        if self.hits.is_empty()
            && self.facts.iter().any(Fact::founds)
            && (crate::refused::no_news(ctx, self.first, self.end)
                || crate::trigger::world_near(ctx, sentence, self.first, false, true).is_some()
                || crate::trigger::is_illness(ctx, sentence, self.first))
        {
            self.facts.clear();
        }
    }
}

/// «واستشهد مدني غربي …» right behind an attack: the same means, not repeated.
fn inherited(ctx: &Ctx, out: &[Unit], p: &Part) -> Option<EventType> {
    let before = out.last()?;
    if same_aircraft(ctx, before, p) {
        return Some(before.event);
    }
    let verb_first = p.hits.first().is_some_and(|h| h.head == p.first && !h.noun);
    let bare = p.link == Link::None && p.hits.iter().all(|h| h.casualty_only) && verb_first;
    let own = crate::munition::weapons(ctx, p.first, p.end).next().is_some();
    let by_others = p.places.iter().all(|l| l.role != PlaceRole::Scene);
    (bare && !own && !by_others && !before.event.is_vague()).then_some(before.event)
}

/// «قصفت الطائرات موقعا …، ودمرت بصاروخين …»: a second deed of the aircraft, told by what they fired.
fn same_aircraft(ctx: &Ctx, before: &Unit, p: &Part) -> bool {
    use EventType::{AirStrike, DroneAttack, MissileAttack, RocketAttack};
    let fired = matches!(event_of(ctx, &p.hits, p.first, p.end), RocketAttack | MissileAttack);
    let verb = |m: &marsad_lang::Mention| {
        m.clitics.conjunction && m.form.part == marsad_lang::Part::Perfect && m.form.count == Count::Singular
    };
    let joined = p.hits.first().is_some_and(|h| h.first == p.first) && ctx.a.at(p.first).any(verb);
    // No subject: what they did it with, or what they hit, stands right behind the verb.
    let means = ctx.a.at(p.first + 1).any(|m| m.clitics.preposition != '\0' && ctx.has(m, ctx.l.munition));
    matches!(before.event, AirStrike | DroneAttack) && p.link == Link::None && fired && joined && means
}

/// A clause without its tolls.
fn part(ctx: &Ctx, sentence: &Sentence, clause: &Clause, hits: &[Hit], located: &[Located]) -> Part {
    let inside = |first: usize| first >= clause.first && first < clause.end;
    Part {
        first: clause.first,
        end: clause.end,
        opening: clause.opening,
        hits: hits.iter().filter(|h| inside(h.head)).cloned().collect(),
        places: place::within(located, clause.first, clause.end).to_vec(),
        whens: when::whens(ctx, sentence, clause, hits),
        facts: vec![],
        link: Link::None,
    }
}

fn begin(ctx: &Ctx, sentence: usize, p: Part) -> Unit {
    let event = event_of(ctx, &p.hits, p.first, p.end);
    Unit {
        sentence,
        first: p.first,
        end: p.end,
        hits: p.hits,
        places: p.places,
        whens: p.whens,
        facts: p.facts,
        link: p.link,
        event,
        alone: false,
        carried: None,
        plain: false,
        toll_shared: false,
        of_row: false,
    }
}

fn absorb(ctx: &Ctx, unit: &mut Unit, p: Part) {
    unit.end = unit.end.max(p.end);
    unit.hits.extend(p.hits);
    unit.places.extend(p.places);
    unit.whens.extend(p.whens);
    unit.facts.extend(p.facts);
    let event = event_of(ctx, &unit.hits, unit.first, unit.end);
    unit.event = unit.carried.filter(|_| event.is_vague()).unwrap_or(event);
}

/// A clause without a trigger adds facts and times; the places of another verb
/// («ودوت صفارات الإنذار في حيفا») do not compete with the scene.
fn absorb_frame(ctx: &Ctx, unit: &mut Unit, mut p: Part) {
    let has_scene = unit.places.iter().any(|l| l.role == PlaceRole::Scene);
    if has_scene && p.facts.is_empty() {
        for l in p.places.iter_mut().filter(|l| l.role == PlaceRole::Scene && !inside_any(ctx, l, &unit.places)) {
            l.role = PlaceRole::Other;
        }
    }
    absorb(ctx, unit, p);
}

fn inside_any(ctx: &Ctx, l: &Located, places: &[Located]) -> bool {
    l.coordinated || places.iter().any(|q| q.role == PlaceRole::Scene && place::compatible(ctx, q, l))
}

fn prepend(ctx: &Ctx, unit: &mut Unit, mut frame: Part, contrasts: bool) {
    // «بعد ساعات من الهدنة في غزة، قتل مسلحون … في صيدا»: the clause of the deed tells where.
    // «توغلت قوة في قرية …، فيما استهدفت …»: so it does where it contrasts.
    let contrasts = contrasts && speaks(ctx, &frame);
    // «ويسود التوتر المدينة بعد مقتل عشرين في كمين في منطقة …»: so it does of what led to it.
    let leads_back = frame.link == Link::None && matches!(unit.link, Link::Earlier | Link::DaysBefore(_));
    let other_deed =
        contrasts || leads_back || ctx.is_at(frame.first, ctx.l.after) || ctx.is_at(frame.first, ctx.l.before_word);
    if other_deed && unit.places.iter().any(|l| l.role == PlaceRole::Scene) {
        for l in frame.places.iter_mut().filter(|l| l.role == PlaceRole::Scene && !inside_any(ctx, l, &unit.places)) {
            l.role = PlaceRole::Other;
        }
    }
    // «رفعت الشرطة الأحد حالة التأهب غداة هجوم …»: counted back from the day that the frame tells.
    if let Link::DaysBefore(days @ 1..) = unit.link {
        let day = frame.whens.iter().find_map(|w| when::day_after(w, -days));
        unit.whens.extend(day.filter(|_| !unit.whens.iter().any(|w| w.own)));
        frame.whens.clear();
    }
    let same_subject = goes_on(ctx, unit) || unit.is_casualty_only() && does(ctx, &frame);
    let led_by = unit.first;
    unit.first = unit.first.min(frame.first);
    if unit.link == Link::None && (opening::later(ctx, frame.first) || days_ago(ctx, &frame)) {
        unit.link = frame.link;
    }
    // A time beside another verb is that verb's, but what the event led to is of its day.
    let speaks = if same_subject { only_says(ctx, &frame) } else { speaks(ctx, &frame) };
    let speaks = speaks && !is_outcome(ctx, &frame, led_by);
    unit.places.splice(0..0, frame.places);
    if speaks {
        unit.whens.splice(0..0, said_times(ctx, frame.first, frame.whens));
        unit.facts.splice(0..0, frame.facts);
        return;
    }
    unit.whens.splice(0..0, frame.whens);
    unit.facts.splice(0..0, frame.facts);
    unit.event = event_of(ctx, &unit.hits, unit.first, unit.end);
}

/// «اقتحموا القرية الأربعاء وأطلقوا النار»: a second deed of whoever did the first.
fn goes_on(ctx: &Ctx, unit: &Unit) -> bool {
    let verb = |m: &marsad_lang::Mention| {
        let deed = m.form.part == marsad_lang::Part::Perfect && is_deed(ctx, m);
        deed && m.clitics.conjunction && !ctx.any(m.end..m.end + 1, ctx.l.actor)
    };
    ctx.a.at(unit.first).any(verb) || came_of_it(ctx, unit.first)
}

/// «فتح زورق رشاشاته على القوارب فجر أمس، فأصيب صياد»: «ف» leads to what came of it there and then.
fn came_of_it(ctx: &Ctx, at: usize) -> bool {
    let joined =
        |m: &marsad_lang::Mention| m.clitics.conjunction && (ctx.has(m, ctx.l.kill) || ctx.has(m, ctx.l.injure));
    ctx.a.at(at).any(joined) && ctx.a.tokens.text(at).starts_with(ctx.res.lexicon.clitics.consequence)
}

/// «وفي يونيو 2023 اقتحم مسلحون مطعما وقتل ستة»: the last verb of the clause is the deed that killed.
fn does(ctx: &Ctx, frame: &Part) -> bool {
    let mut verbs = ctx.all(frame.first..frame.end, ctx.l.verb).filter(|m| m.form.part == marsad_lang::Part::Perfect);
    verbs.next_back().is_some_and(|m| is_deed(ctx, m))
}

fn is_deed(ctx: &Ctx, m: &marsad_lang::Mention) -> bool {
    let l = ctx.l;
    let acts = [l.shoot, l.launch, l.attack, l.bombard, l.raid, l.target_v, l.clash, l.burn, l.abduct, l.storm];
    acts.iter().any(|act| ctx.has(m, *act))
}

/// The last verb of the clause is one of speech.
fn only_says(ctx: &Ctx, frame: &Part) -> bool {
    let verb = ctx.all(frame.first..frame.end, ctx.l.verb).rfind(|m| is_finite(m));
    verb.is_some_and(|m| ctx.has(m, ctx.l.speech) || ctx.has(m, ctx.l.announce))
}

/// «وقبل أيام، …», and not «قبل ساعات، …».
fn days_ago(ctx: &Ctx, frame: &Part) -> bool {
    let days = |e: &TimeExpr| match e {
        TimeExpr::Duration { unit, .. } => {
            matches!(unit, TimeUnit::Day | TimeUnit::Week | TimeUnit::Month | TimeUnit::Year)
        }
        TimeExpr::Relative { days, .. } => *days < -1,
        _ => false,
    };
    frame.link == Link::Earlier && ctx.a.times_in(frame.first..frame.end).any(|(_, t)| days(&t.expr))
}

/// A finite verb other than those that only bring the attack to its doer or
/// place («نفذت قوات … فجر اليوم، …», «شهدت المدينة … اليوم، …»).
fn speaks(ctx: &Ctx, frame: &Part) -> bool {
    let l = ctx.l;
    let carries = |m: &marsad_lang::Mention| {
        [l.happen, l.carry_out, l.be_exposed, l.launch].iter().any(|label| ctx.has(m, *label))
    };
    // «وأفاد مراسلنا أن قوة نفذت فجر اليوم …»: the last verb has the time.
    ctx.all(frame.first..frame.end, l.verb).rfind(|m| is_finite(m)).is_some_and(|m| !carries(m))
}

/// «ذكرت القوة أنه قرابة الخامسة من مساء اليوم، دنت مسيرة …», «قالت إن قوة داهمت مساء الثلاثاء …»: times of what is said.
fn said_times(ctx: &Ctx, first: usize, whens: Vec<When>) -> Vec<When> {
    let said = |w: &When| {
        let time = &ctx.a.times[w.time];
        let that = ctx.all(first..time.first, ctx.l.content_that).last();
        let deed = |m: &marsad_lang::Mention| ctx.has(m, ctx.l.storm) || !is_finite(m);
        w.own && that.is_some_and(|t| ctx.all(t.end..time.first, ctx.l.verb).all(deed))
    };
    whens.into_iter().filter(said).collect()
}

/// «سقط، السبت 25 ديسمبر، عدد من المدنيين …، جراء قصف …»: the clause behind says what led to it.
fn is_outcome(ctx: &Ctx, frame: &Part, next: usize) -> bool {
    let said = [ctx.l.speech, ctx.l.deny, ctx.l.claim].iter().any(|l| ctx.any(frame.first..frame.end, *l));
    ctx.is_at(next, ctx.l.result) && frame.link == Link::None && !said
}

fn is_finite(m: &marsad_lang::Mention) -> bool {
    matches!(m.form.part, marsad_lang::Part::Perfect | marsad_lang::Part::Imperfect)
}

/// The type that triggers and weapons together give.
pub fn event_of(ctx: &Ctx, hits: &[Hit], first: usize, end: usize) -> EventType {
    // Someone was hurt while a bomb was defused: the bomb went off.
    let hurt = hits.iter().any(|h| h.casualty_only || h.event == EventType::Ied);
    let seizure = |h: &&Hit| !(hurt && h.event == EventType::WeaponsSeizure);
    let own: Vec<&Hit> = hits.iter().filter(|h| !h.casualty_only || by_named_means(h)).filter(seizure).collect();
    // «هجوم … وأسفرت المعارك عن …»: what points back does not name the kind anew.
    // «في الغارات التي استهدفت السوق» tells what they were.
    let told_here = |h: &Hit| !h.anaphoric || ctx.is_at(h.end, ctx.l.relative);
    let fresh: Vec<&Hit> = own.iter().copied().filter(|h| told_here(h)).collect();
    let own = if fresh.is_empty() { own } else { fresh };
    let pool: Vec<&Hit> = if own.is_empty() { hits.iter().filter(seizure).collect() } else { own };
    let vague = |h: &Hit| h.event.is_vague() || (h.event == EventType::Shelling && h.rank < SPECIFIC_RANK);
    let best = pool.iter().filter(|h| !vague(h)).max_by_key(|h| (h.rank, std::cmp::Reverse(h.first)));
    let base = best
        .or(pool.iter().filter(|h| h.event == EventType::Shelling).max_by_key(|h| h.rank))
        .or(pool.iter().find(|h| h.event != EventType::AttackUnspecified))
        .or(pool.first());
    // «هاجم المارة بسكين، فأطلقت الشرطة النار عليه»: the shots answered it.
    if base.is_some_and(|h| h.event == EventType::ArmedAttack && answers_a_blade(ctx, hits, h, first)) {
        return EventType::Stabbing;
    }
    let base = base.map_or(EventType::AttackUnspecified, |h| h.event);
    // «قتلوا عشرة جنود وأحرقوا عربتين»: the worse of the two.
    let burnt_too =
        base == EventType::Sabotage && hits.iter().any(|h| h.casualty_only && ctx.is_at(h.head, ctx.l.kill));
    let base = if burnt_too || took_some_along(ctx, hits, base) { EventType::AttackUnspecified } else { base };
    // «بدأ الهجوم بسيارة مفخخة تلاها اشتباك»: what it began with names it.
    let attacked = base == EventType::ArmedClash && hits.iter().any(|h| h.event == EventType::AttackUnspecified);
    let begun = attacked.then(|| crate::munition::refine(ctx, EventType::AttackUnspecified, hits, first, end));
    let blast = |e: &EventType| matches!(e, EventType::CarBomb | EventType::SuicideBombing);
    if let Some(blast) = begun.filter(blast) {
        return blast;
    }
    let event = crate::munition::refine(ctx, base, hits, first, end);
    // «سفينة تعرضت لهجوم صاروخي»: one rule names what was hit, and another one the means.
    let at_sea = |h: &&Hit| h.event == EventType::MaritimeAttack && !h.anaphoric && !h.intercepted;
    let fired = matches!(event, EventType::RocketAttack | EventType::MissileAttack | EventType::DroneAttack);
    if fired && pool.iter().any(at_sea) { EventType::MaritimeAttack } else { event }
}

/// «قتل جندي بعبوة», «انتحارياً قتل سبعة»: the word of the toll tells by what.
fn by_named_means(h: &Hit) -> bool {
    matches!(h.event, EventType::Ied | EventType::SuicideBombing)
}

/// «قتل أربعة وخطف عشرة حين هاجم مسلحون بلدة»: an attack that killed, and those whom it took along.
fn took_some_along(ctx: &Ctx, hits: &[Hit], base: EventType) -> bool {
    let l = ctx.l;
    let struck = |h: &Hit| ctx.is_at(h.head, l.attack) || h.event == EventType::ArmedAttack && h.noun;
    let attack = |h: &Hit| struck(h) && !h.anaphoric && !h.plural;
    let abducts = |h: &&Hit| h.event == EventType::Abduction;
    let joined = |h: &Hit| ctx.a.at(h.head).any(|m| ctx.has(m, l.abduct) && m.clitics.conjunction);
    let last = hits.iter().map(|h| h.end).max().unwrap_or(0);
    let from = hits.iter().map(|h| h.first).min().unwrap_or(0).saturating_sub(TOLD_AHEAD);
    base == EventType::Abduction
        && hits.iter().any(attack)
        && hits.iter().filter(abducts).all(joined)
        && [l.kill, l.dead_noun].iter().any(|k| ctx.any(from..last, *k))
}

/// «32 قتيلاً، بينهم نساء، سقطوا في هجوم …»: so far before the attack its dead may stand.
const TOLD_AHEAD: usize = 24;

fn answers_a_blade(ctx: &Ctx, hits: &[Hit], shot: &Hit, first: usize) -> bool {
    let attack =
        hits.iter().find(|h| h.event == EventType::AttackUnspecified && !h.casualty_only && h.end <= shot.first);
    let blade = |m: &marsad_lang::Mention| &*ctx.a.best_entry(m).family == "blade" && m.clitics.preposition != '\0';
    let armed = |a: &Hit| crate::munition::weapons(ctx, a.first.max(first), shot.first).any(blade);
    let with_guns = |a: &Hit| ctx.any(a.first..shot.first, ctx.l.militant);
    attack.is_some_and(|a| armed(a) && !with_guns(a))
}
