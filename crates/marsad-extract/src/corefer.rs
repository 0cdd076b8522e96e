//! Which tellings are of one and the same event?
//!
//! Tellings are taken in the order of the text. Each joins the event that it
//! fits best, or founds a new one. What points back («الهجوم») founds nothing while
//! there is something to point to.

use crate::another_day;
use crate::context::Ctx;
use crate::dead_by_name;
use crate::place::{Located, PlaceRole};
use crate::toll::{Fact, Kind, Said};
use crate::trigger::Hit;
use crate::unit::{Link, Unit};
use crate::{listing, means, place, summary, when};
use jiff::ToSpan;
use marsad_lang::Part;
use marsad_model::{DatePrecision, EventType, Family, Relation, SegmentRole};
use std::borrow::Cow;

/// All tellings of one event, in order.
#[derive(Clone, Debug)]
pub struct Event {
    pub units: Vec<Unit>,
    /// The event that this one is told before («بعد أسبوع على»), and by how many days.
    pub before: Option<(usize, i32)>,
    /// The event beside which this one is told («بالتزامن مع»): of the same day where it has none of its own.
    pub beside: Option<usize>,
    /// The event that tells this one and others together («هجمات», «عمليتين»).
    pub part_of: Option<PartOf>,
    /// Tellings that found no part of it and may name its doer: that which summed it up with others, that whose subject it goes on with.
    pub summed: Vec<Unit>,
    pub background: bool,
}

/// One of the attacks that another event tells together.
#[derive(Clone, Copy, Debug)]
pub struct PartOf {
    pub event: usize,
    /// It fits that event, which it tells once more where it is the only one.
    pub same: bool,
}

impl Event {
    /// With its first and its latest tellings, which are what the next one is held against: a live page may tell one event
    /// a thousand times.
    fn in_mind(&self) -> Cow<'_, Event> {
        if self.units.len() <= TELLINGS_BACK {
            return Cow::Borrowed(self);
        }
        let (first, latest) = (&self.units[..LEADS], &self.units[self.units.len() + LEADS - TELLINGS_BACK..]);
        let rest = |units: Vec<Unit>| Event { units, summed: self.summed.clone(), ..*self };
        Cow::Owned(rest([first, latest].concat()))
    }

    /// «هجوم على سفينة», then «الغارة» or who shot at it: a ship was hit, whatever with.
    fn on_a_ship(&self, means: EventType) -> bool {
        use EventType::{AirStrike, ArmedAttack, ArmedClash, DroneAttack, MaritimeAttack, MissileAttack, RocketAttack};
        let strikes =
            matches!(means, RocketAttack | MissileAttack | DroneAttack | AirStrike | ArmedAttack | ArmedClash);
        strikes && self.units.iter().any(|u| u.event == MaritimeAttack)
    }

    /// The sharpest type that its tellings give.
    pub fn kind(&self) -> EventType {
        let found = |e: &EventType| !e.is_vague() && (*e != EventType::WeaponsSeizure || self.units.len() == 1);
        let mut sharp = self.units.iter().filter(|u| !u.is_plain_bombardment()).map(|u| u.event).filter(found);
        let first = sharp.next();
        let rest: Vec<EventType> = sharp.collect();
        // Those who shot at people set houses on fire, too.
        let worse = first.filter(|e| *e == EventType::Sabotage);
        let worse = worse.and(rest.iter().copied().find(|e| *e != EventType::Sabotage));
        // «هجوم بقنبلة», then who threw it by hand.
        let thrown = first.filter(|e| *e == EventType::Ied);
        let worse = worse.or(thrown.and(rest.iter().copied().find(|e| *e == EventType::Grenade)));
        let mine = first.filter(|e| *e == EventType::MineUxo);
        let worse = worse.or(mine.and(rest.iter().copied().find(|e| *e == EventType::NavalMine)));
        worse
            .or(first.filter(|e| self.on_a_ship(*e)).and(Some(EventType::MaritimeAttack)))
            .or(first)
            .or(self.units.iter().map(|u| u.event).find(found))
            .or(self.units.iter().map(|u| u.event).find(|e| *e != EventType::AttackUnspecified))
            .unwrap_or(self.units[0].event)
    }
}

/// How many events back a telling may point.
const EVENTS_BACK: usize = 48;

/// With how many tellings of an event another one is compared.
const TELLINGS_BACK: usize = 48;

/// The first events of a text, and the first tellings of an event, are kept in mind to its end.
const LEADS: usize = 3;

/// Points of a telling that has its place in common with an event, or its toll.
const TIED: i32 = 4;

/// Points of a telling that names the event's own place, and not only what lies around it.
pub const SAME_PLACE: i32 = 5;

/// Groups tellings into events.
pub fn events(ctx: &Ctx, units: Vec<Unit>) -> Vec<Event> {
    let mut out: Vec<Event> = vec![];
    for unit in units {
        match best(ctx, &out, &unit) {
            Some(i) => {
                ctx.note(|| format!("    joins event {}", i + 1));
                out[i].units.push(unit);
            }
            None => {
                let before = match unit.link {
                    Link::DaysBefore(days) if !out.is_empty() => Some((anchor_event(&out, &unit), days)),
                    _ => None,
                };
                let beside = (unit.link == Link::Beside && !out.is_empty()).then(|| anchor_event(&out, &unit));
                let similar = unit.hits.iter().any(|h| (h.end..h.end + 2).any(|t| ctx.is_at(t, ctx.l.similar)));
                let background =
                    (similar || !matches!(unit.link, Link::None | Link::Another | Link::Beside)) && !out.is_empty();
                let part_of = part_of(ctx, &out, &unit);
                out.push(Event { units: vec![unit], before, beside, part_of, summed: vec![], background });
            }
        }
    }
    out
}

fn anchor_event(out: &[Event], unit: &Unit) -> usize {
    let told_in = |sentence: usize| out.iter().rposition(|e| e.units.iter().any(|u| u.sentence == sentence));
    let before = || unit.sentence.checked_sub(1).and_then(told_in);
    told_in(unit.sentence).or_else(before).unwrap_or(0)
}

/// Attaches a telling that founds nothing (caption, duplicate headline).
pub fn attach(ctx: &Ctx, events: &mut [Event], unit: Unit) {
    if let Some(i) = best(ctx, events, &unit) {
        events[i].units.push(unit);
    }
}

fn best(ctx: &Ctx, events: &[Event], unit: &Unit) -> Option<usize> {
    let scored = near_enough(events)
        .map(|i| (i, events[i].in_mind()))
        .filter(|(_, e)| !(summary::may_sum_up(ctx, e) && summary::is_part(ctx, e, unit)))
        .filter(|(_, e)| !another_day::than_told(ctx, events, e, unit))
        .filter_map(|(i, e)| Some((points(ctx, &e, unit)?, i)));
    let meant = only_counts(ctx, unit).then(|| told_last(ctx, events, unit)).flatten();
    let scored = scored.map(|(points, i)| (points + if meant == Some(i) { COUNTED_ON } else { 0 }, i));
    scored.max_by_key(|(points, i)| (*points, *i)).map(|(_, i)| i)
}

/// Points of the event told last for a toll right behind it that says neither where nor when.
const COUNTED_ON: i32 = 3;

/// «وقال المرصد إن الضربة قتلت تسعة», «وتحدثت وسائل إعلام عن 13 جريحا»: victims of what was told, and no more.
fn only_counts(ctx: &Ctx, unit: &Unit) -> bool {
    let plain = |f: &Fact| {
        let counted = matches!(f.said, Said::Count(a) if !a.vague);
        counted && f.founds() && !f.update && !f.earlier
    };
    let silent = unit.scene(ctx).is_none() && !unit.whens.iter().any(|w| w.own);
    let told_before = unit.hits.iter().all(|h| (h.anaphoric || h.casualty_only) && !h.plural);
    silent && unit.link == Link::None && told_before && unit.facts.iter().any(plain)
}

/// The event of the sentence before, where none other has this very toll.
fn told_last(ctx: &Ctx, events: &[Event], unit: &Unit) -> Option<usize> {
    let end = |e: &Event| e.units.iter().map(|u| (u.sentence, u.first)).max();
    let last = (0..events.len()).max_by_key(|i| end(&events[*i]))?;
    let sentence = end(&events[last])?.0;
    let beside = sentence < unit.sentence && (sentence + 1..unit.sentence).all(|s| !ctx.roles[s].tells_news());
    let retold = events.iter().any(|e| e.units.iter().any(|u| tolls_agree(u, unit)));
    (beside && !retold && !ctx.page.get().lists()).then_some(last)
}

/// Far behind, nothing is pointed back to: the lead and the latest events suffice.
fn near_enough(events: &[Event]) -> impl Iterator<Item = usize> + use<> {
    let recent = events.len().saturating_sub(EVENTS_BACK);
    (0..events.len()).filter(move |i| *i < LEADS || *i >= recent)
}

/// The event that sums up what this telling tells one of.
fn part_of(ctx: &Ctx, events: &[Event], unit: &Unit) -> Option<PartOf> {
    let sums = |e: &Event| summary::may_sum_up(ctx, e) && summary::is_part(ctx, e, unit);
    let mut near = near_enough(events).map(|i| (i, &events[i]));
    let (event, _) = near.find(|(_, e)| sums(e) && date_points(ctx, e, unit, false).is_some())?;
    Some(PartOf { event, same: points(ctx, &events[event], unit).is_some() })
}

/// How well a telling fits an event; `None` when it cannot be the same.
fn points(ctx: &Ctx, event: &Event, unit: &Unit) -> Option<i32> {
    let anaphoric = unit.points_back() || unit.elaborates(ctx);
    let kind = event.kind();
    // «بترت قدمها», then «الانفجار»: who was hurt is no attack to point back to.
    if anaphoric && !unit.is_casualty_only() && event.units.iter().all(|u| u.hits.is_empty()) {
        return None;
    }
    if unit.event == EventType::WeaponsSeizure
        && ctx.any(unit.first..unit.end, ctx.l.launcher)
        && matches!(kind.family(), Family::Projectile | Family::Air)
    {
        // A launcher found after an attack is a field of that attack.
        return Some(6);
    }
    // «الهجوم بدأ … وتضمن تفجير عبوات»: of what means it was besides.
    let last_told = event.units.iter().any(|u| u.sentence + 1 >= unit.sentence);
    let adds_means = last_told && unit.elaborates(ctx);
    let fires = last_told && means::fired_from_the_air(ctx, event, kind, unit);
    let assault = (last_told || heads_only(ctx, event)) && means::is_one_assault(ctx, event, kind, unit);
    let goes_on = assault || last_told && means::is_named_now(ctx, event, unit);
    if !means::agrees(event, kind, unit) && !adds_means && !fires && !goes_on
        || listing::another_story(ctx, event, unit)
    {
        return None;
    }
    // «ولم تتبن أي جهة الهجوم» is of the news, though what was told as context is called so too.
    let general = anaphoric && unit.event.is_vague() && event.background;
    let mut points = i32::from(kind == unit.event && !general) * 2;
    let last = event.units.last()?;
    points += if last.sentence == unit.sentence { 1 } else { 0 };
    let there = place_points(ctx, event, unit)?;
    points += there;
    // «وردت الفصائل بقصف مواقع في …»: the answer to an attack is none of its tellings.
    if ctx.is_at(unit.first, ctx.l.answer) && !anaphoric && unit.scene(ctx).is_some() && there < SAME_PLACE {
        return None;
    }
    points += date_points(ctx, event, unit, anaphoric)?;
    points += toll_points(event, unit)?;
    // Of another kind by its word, a telling needs the same place or toll, or must point back; but a headline is told next.
    if !anaphoric && !kind.agrees(unit.event) && points < TIED && !goes_on && !heads_it(ctx, event, unit) {
        return None;
    }
    let sequence = matches!(unit.link, Link::DaysBefore(_) | Link::Earlier | Link::Another | Link::Beside);
    let same_sentence = event.units.iter().any(|u| u.sentence == unit.sentence);
    // «أطلق زورقان قذيفة …، وبعد ساعات انفجر صاروخ آخر»: next to what its own sentence tells, not another telling of what one before told.
    let within = unit.first > ctx.a.sentences[unit.sentence].first;
    if unit.link == Link::Another && within && !same_sentence && !anaphoric && unit.scene(ctx).is_none() {
        return None;
    }
    // «أصيب جندي بانفجار عبوة»: a toll with its means tells an attack too.
    let with_means = !unit.event.is_vague() && unit.hits.iter().any(|h| h.casualty_only && !h.anaphoric);
    let anew = (!anaphoric || with_means) && !same_sentence;
    let elsewhere = anew && opens_another_matter(ctx, unit);
    // «قصف على قرية الهبيط», then «صواريخ على عابدين والهبيط»: another one than that of the row's first place, and the one told last.
    let told_last_there = unit.of_row && last_told && there >= SAME_PLACE;
    let another_there = !told_last_there && another_there(ctx, unit);
    let on_another_matter = elsewhere || anew && another_there;
    let retold = !same_sentence && there >= SAME_PLACE && had_been_today(ctx, event, unit);
    let told_before = sequence && (same_sentence || unit.link != Link::Another) && !retold;
    if (told_before || on_another_matter) && points < 8 {
        return None;
    }
    if (elsewhere || !anaphoric && hits_too(ctx, unit)) && !same_toll(event, unit) {
        return None;
    }
    // «من جهة أخرى، طالت ضربة مقر الشرطة»: on another matter an attack without a toll is another one.
    if elsewhere && !unit.is_casualty_only() && !unit.facts.iter().any(Fact::founds) {
        return None;
    }
    // «وانفجرت سيارة لدى وصول الدورية إلى مكان الحادث»: a second attack, on those who came to the first.
    if !anaphoric && anew && on_those_who_came(ctx, unit) && !same_toll(event, unit) {
        return None;
    }
    if (!anaphoric || unit.is_casualty_only()) && dead_by_name::differs(ctx, event, unit) {
        return None;
    }
    let counted_apart = || tolls_differ(event, unit) && !unit.facts.iter().any(|f| f.update);
    // «كما أدى انفجار عبوة في حي … إلى مقتل ثلاثة وإصابة سبعة»
    let also = unit.link == Link::Another || ctx.is_at(ctx.a.sentences[unit.sentence].first, ctx.l.also);
    // «كذلك أفاد مصدر بمقتل عنصرين وجرح أربعة»: others than those told.
    let others = also && (anew || unit.is_casualty_only()) && !same_sentence && dead_differ(event, unit);
    if others || !anaphoric && (another_there || also) && counted_apart() {
        return None;
    }
    // «في داقوق جنوب كركوك …. وفي كركوك نفسها …»: told in another town, with other dead and other wounded.
    if !anaphoric && anew && founds(ctx, unit) && names_another_town(ctx, event, unit) && counted_apart() {
        return None;
    }
    // Another attack than those told: the same only where both are called so.
    let both = || event.units.iter().any(|u| u.is_another(ctx));
    if unit.is_another(ctx) && (points < 8 || !both() && !same_toll(event, unit)) {
        return None;
    }
    // «بعد يوم من مقتل أربعة …، نفذت الطائرات ضربتين على …»
    let led_back = |u: &Unit| u.sentence == unit.sentence && matches!(u.link, Link::DaysBefore(1..));
    if !anaphoric && event.units.iter().any(led_back) && founds(ctx, unit) {
        return None;
    }
    let (a, b) = (kind, unit.event);
    let twins = matches!(
        (a, b),
        (EventType::RocketAttack, EventType::MissileAttack) | (EventType::MissileAttack, EventType::RocketAttack)
    );
    // «فجر انتحاري نفسه في بابل، وأدت سيارة مفخخة في المحافظة نفسها إلى مقتل ستة»
    let there_too = |l: &Located| l.role == PlaceRole::Scene && ctx.any(l.end - 1..l.end + 1, ctx.l.same);
    if same_sentence && a != b && !b.is_vague() && !anaphoric && unit.places.iter().any(there_too) {
        return None;
    }
    let plain = unit.is_plain_bombardment();
    let tied = twins || fires || goes_on || plain && anaphoric;
    if same_sentence && a != b && !a.is_vague() && !b.is_vague() && !tied {
        return None;
    }
    // A split sentence tells two events unless something ties them.
    if same_sentence && !anaphoric && unit.scene(ctx).is_some() && points < 4 {
        return None;
    }
    Some(points + if event.background { 0 } else { 2 })
}

/// The event is only in the headline, and this the first that the article tells.
fn heads_it(ctx: &Ctx, event: &Event, unit: &Unit) -> bool {
    let told = event.units.iter().map(|u| u.sentence).max().unwrap_or(0);
    heads_only(ctx, event) && (told + 1..unit.sentence).all(|s| !ctx.roles[s].tells_news())
}

fn heads_only(ctx: &Ctx, event: &Event) -> bool {
    event.units.iter().all(|u| heads(ctx, u))
}

fn heads(ctx: &Ctx, unit: &Unit) -> bool {
    matches!(ctx.roles[unit.sentence], SegmentRole::Headline | SegmentRole::Standfirst)
}

/// «كما هاجم التنظيم نقطة في بلدة …», «وقصفت القوات أيضا …»: one more, with its own place.
fn another_there(ctx: &Ctx, unit: &Unit) -> bool {
    let said = unit.link == Link::Another || ctx.any(unit.first..(unit.first + ALSO_WITHIN).min(unit.end), ctx.l.also);
    said && unit.scene(ctx).is_some()
}

/// «وهاجموا أيضا مركبة …»: right behind a verb of attack, and with a place.
fn hits_too(ctx: &Ctx, unit: &Unit) -> bool {
    let too = |h: &Hit| {
        let end = (h.end + 2).min(unit.end);
        // The noun and the verb «قصف» are written alike.
        let verb = ctx.a.at(h.end - 1).any(|m| {
            ctx.has(m, ctx.l.verb) && (m.form.part == Part::Perfect || m.form.part == Part::Noun && !m.clitics.article)
        });
        verb && !h.casualty_only && !h.anaphoric && ctx.any(h.end..end, ctx.l.also)
    };
    unit.scene(ctx).is_some() && unit.hits.iter().any(too)
}

/// So far from its verb stands «أيضا».
const ALSO_WITHIN: usize = 6;

/// The telling is set in a town, and none of those of the event in that one.
fn names_another_town(ctx: &Ctx, event: &Event, unit: &Unit) -> bool {
    let town = |l: &Located| !l.candidates.is_empty() && !l.directed && place::level(ctx, l) <= 4;
    let Some(mine) = unit.scene(ctx).filter(|s| s.role == PlaceRole::Scene && !s.candidates.is_empty()) else {
        return false;
    };
    let opens = mine.first <= ctx.a.sentences[unit.sentence].first + 2;
    let mut theirs = event.units.iter().filter_map(|u| u.scene(ctx)).filter(|s| town(s)).peekable();
    let apart = |s: &Located| {
        s.candidates.first() != mine.candidates.first() && (opens || town(mine) && !refines(ctx, s, mine))
    };
    !heads_only(ctx, event) && theirs.peek().is_some() && theirs.all(apart)
}

/// Both dead and wounded are counted, and both otherwise.
fn tolls_differ(event: &Event, unit: &Unit) -> bool {
    let differ = |k: Kind| {
        let theirs = event.units.iter().rev().find_map(|u| counted(u, k));
        matches!((theirs, counted(unit, k)), (Some(a), Some(b)) if a != b)
    };
    differ(Kind::Killed) && differ(Kind::Wounded)
}

/// «وكانت صواريخ قد سقطت فجر اليوم»: of the day of the report and of the kind that it tells without a day, it is the news again.
fn had_been_today(ctx: &Ctx, event: &Event, unit: &Unit) -> bool {
    let today = ctx.anchor.exact();
    let own = |u: &Unit| u.when().filter(|w| w.own).and_then(|w| w.resolved.earliest);
    let same_day = today.is_some() && own(unit) == today;
    unit.link == Link::Earlier && same_day && event.kind() == unit.event && event.units.iter().all(|u| own(u).is_none())
}

/// Not «انفجرت الثانية بعد وصول المسعفين», of two that were told.
fn on_those_who_came(ctx: &Ctx, unit: &Unit) -> bool {
    let of_several = |n: &marsad_lang::NumberMention| {
        n.kind == marsad_lang::NumberKind::Ordinal && ctx.a.at(n.core.0).any(|m| m.clitics.article)
    };
    ctx.any(unit.first..unit.end, ctx.l.on_arrival) && !ctx.a.numbers_in(unit.first..unit.end).any(of_several)
}

/// Both count the dead, and no telling of the event as many as this one.
fn dead_differ(event: &Event, unit: &Unit) -> bool {
    let mut theirs = event.units.iter().filter_map(killed).peekable();
    let update = unit.facts.iter().any(|f| f.update || f.breakdown);
    !update && killed(unit).is_some_and(|mine| theirs.peek().is_some() && theirs.all(|n| n != mine))
}

/// «في حادث منفصل، …», «في المقابل، …» at the head of the telling's sentence.
fn opens_another_matter(ctx: &Ctx, unit: &Unit) -> bool {
    let first = ctx.a.sentences[unit.sentence].first;
    unit.first <= first + 6 && ctx.any(first..first + 2, ctx.l.elsewhere)
}

pub fn place_points(ctx: &Ctx, event: &Event, unit: &Unit) -> Option<i32> {
    let Some(mine) = unit.scene(ctx) else { return Some(0) };
    let scenes: Vec<_> = event.units.iter().filter_map(|u| u.scene(ctx)).collect();
    if scenes.is_empty() {
        return Some(0);
    }
    if scenes.iter().any(|s| !s.candidates.is_empty() && s.candidates.first() == mine.candidates.first()) {
        return Some(5);
    }
    if named_there(ctx, event, unit, mine) {
        return Some(TIED);
    }
    // «هجوم بجنوب شرق تركيا», then «وكان الهجوم في منطقة نصيبين»
    let coarse = |s: &&Located| s.candidates.first().is_some_and(|id| ctx.res.gazetteer.get(*id).level == 8);
    let country = |s: &Located| s.candidates.first().map(|id| ctx.res.gazetteer.get(*id).country.clone());
    let last_told = event.units.iter().any(|u| u.sentence + 1 >= unit.sentence);
    let again = last_told && unit.link == Link::None && unit.points_back() && !unit.is_casualty_only();
    if again && scenes.iter().all(coarse) && scenes.iter().all(|s| country(s) == country(mine)) {
        return Some(TIED);
    }
    // «بالقرب من نابلس», then «قرية جالود جنوبي نابلس»
    let leans_on = |s: &&Located| {
        let same = |p: &Located| !p.candidates.is_empty() && p.candidates.first() == s.candidates.first();
        s.relation == Relation::Near
            && !s.directed
            && unit.places.iter().any(|p| p.role == PlaceRole::Reference && same(p))
    };
    if scenes.iter().any(leans_on) {
        return Some(TIED);
    }
    // A second source that has the same toll tells the same attack, though it
    // names the spot otherwise.
    let nowhere = mine.candidates.is_empty() && mine.container.is_none();
    // So does the lead behind a headline, with a town that is on no map.
    let leads =
        mine.candidates.is_empty() && heads_it(ctx, event, unit) && event.units.iter().any(|u| tolls_agree(u, unit));
    let near = || nowhere || scenes.iter().any(|s| place::share_region(ctx, s, mine));
    // Two dead here and two dead there are no sign of it.
    let telling = nowhere || killed(unit) >= Some(FEW) || wounded_alike(event, unit) || is_on_another_word(ctx, unit);
    // «مقتل وإصابة 13 شمال الحديدة», then eight dead and five wounded off an island.
    let many = |n: Option<f64>| n >= Some(FEW);
    let told_alike = many(killed(unit)) && same_toll(event, unit)
        || killed(unit).is_none() && many(counted(unit, Kind::Wounded)) && wounded_alike(event, unit);
    let headed = told_alike && heads_it(ctx, event, unit);
    let retold = (same_toll(event, unit) && telling || leads) && near() || headed;
    let elsewhere = is_elsewhere(ctx, &scenes, mine)
        || other_quarter(ctx, event, unit, &scenes, mine)
        || in_another_region(ctx, &scenes, mine)
        || counted_elsewhere(ctx, event, unit, mine);
    if elsewhere && !retold {
        return None;
    }
    // A country named beside a site does not make all its sites one.
    let sites =
        event.units.iter().flat_map(|u| &u.places).filter(|p| matches!(p.role, PlaceRole::Scene | PlaceRole::Toward));
    let broad = place::level(ctx, mine) >= 7;
    if scenes.iter().any(|s| place::compatible(ctx, s, mine))
        || sites.into_iter().any(|p| (broad || place::level(ctx, p) < 7) && place::compatible(ctx, p, mine))
    {
        return Some(4);
    }
    let country = scenes.iter().any(|s| place::level(ctx, s) >= 7 && place::compatible(ctx, s, mine));
    if country {
        return Some(1);
    }
    // A headline says «إدلب» for the governorate of that name.
    let mut headlines = event.units.iter().filter(|u| heads(ctx, u)).filter_map(|u| u.scene(ctx));
    let widely = headlines.any(|s| place::may_lie_around(ctx, s, mine));
    let close = event.units.iter().any(|u| u.sentence + 2 >= unit.sentence);
    if widely || close && !ctx.page.get().lists() && scenes.iter().any(|s| unit.lies_by(ctx, s)) {
        return Some(3);
    }
    // «شرق العاصمة», then «الانفجار استهدف حاجزا قرب مدينة …»
    let that_way = unit.only_places() && scenes.iter().any(|s| place::lies_that_way(ctx, s, mine));
    // «في القضاء», then «العبوة انفجرت في منطقة …»: on no map, and nowhere else than what it points back to.
    let around = || mine.container.is_none() || scenes.iter().any(|s| place::share_region(ctx, s, mine));
    let unmapped = mine.candidates.is_empty() && close && around();
    let agrees = || unit.only_places() || unit.points_back() && event.units.iter().any(|u| tolls_agree(u, unit));
    let unmapped = unmapped && unit.hits.iter().any(|h| h.anaphoric) && agrees();
    let retells = close && around() && retells(ctx, event, unit, &scenes, mine);
    (retold || that_way || unmapped || retells || scenes.iter().any(|s| refines(ctx, s, mine))).then_some(1)
}

/// Fewer dead are counted in many an attack.
const FEW: f64 = 4.0;

fn wounded_alike(event: &Event, unit: &Unit) -> bool {
    let mine = counted(unit, Kind::Wounded).or_else(|| counted(unit, Kind::Pooled));
    let theirs = |u: &Unit| counted(u, Kind::Wounded).or_else(|| counted(u, Kind::Pooled));
    mine.is_some() && event.units.iter().any(|u| theirs(u) == mine)
}

/// «وقال مصدر إن …», and not «كما …».
fn is_on_another_word(ctx: &Ctx, unit: &Unit) -> bool {
    const SAID_WITHIN: usize = 4;
    let first = ctx.a.sentences[unit.sentence].first;
    unit.link == Link::None && ctx.any(first..(first + SAID_WITHIN).min(unit.end), ctx.l.speech)
}

/// «مسجد في مأرب» in the headline, then a village «بمديرية مأرب»; and «القصف على زاخو» behind a resort «في زاخو»: one names beside its own
/// site the town that the other gives.
fn named_there(ctx: &Ctx, event: &Event, unit: &Unit, mine: &Located) -> bool {
    // «على مدينة سرمين وقرية مجدليا»: one town beside the other, and neither in it.
    let alone =
        |s: &Located| unit.places.iter().all(|p| !p.coordinated || p.candidates.first() != s.candidates.first());
    let by = |s: &Located| unit.lies_by(ctx, s) && alone(s);
    let of_headline = heads_it(ctx, event, unit) && event.units.iter().filter_map(|u| u.scene(ctx)).any(by);
    of_headline || unit.points_back() && event.units.iter().any(|u| u.lies_by(ctx, mine))
}

/// «قصف مدفعي على مديرية …», then «وقال مصدر محلي إن قصفاً مدفعياً استهدف مخيم …»: a source tells the news of the lead,
/// and on no map where it was.
fn retells(ctx: &Ctx, event: &Event, unit: &Unit, scenes: &[&Located], mine: &Located) -> bool {
    let broad = scenes.iter().all(|s| !s.candidates.is_empty() && place::level(ctx, s) >= 4);
    let first = ctx.a.sentences[unit.sentence].first;
    let sourced = ctx.any(first..(first + 3).min(unit.end), ctx.l.speech);
    let one = unit.link == Link::None && !unit.is_another(ctx) && !summary::may_sum_up(ctx, event);
    let same = unit.event == event.kind() && !unit.event.is_vague();
    let silent = !unit.facts.iter().any(Fact::founds);
    let tolls = silent || event.units.iter().any(|u| tolls_agree(u, unit));
    mine.candidates.is_empty() && broad && sourced && one && same && tolls && !ctx.page.get().lists()
}

/// Both count the dead or the wounded, and nowhere otherwise.
fn tolls_agree(a: &Unit, b: &Unit) -> bool {
    let pairs = [Kind::Killed, Kind::Wounded].map(|k| (counted(a, k), counted(b, k)));
    let both = |p: &(Option<f64>, Option<f64>)| p.0.is_some() && p.1.is_some();
    pairs.iter().any(both) && pairs.iter().filter(|p| both(p)).all(|p| p.0 == p.1)
}

/// As many dead, at least two, or as many dead and as many wounded.
fn same_toll(event: &Event, unit: &Unit) -> bool {
    let toll = |u: &Unit| (killed(u), counted(u, Kind::Wounded));
    let mine = toll(unit);
    // «مقتل وإصابة 8», then six dead and two wounded.
    let all = |u: &Unit| counted(u, Kind::Pooled).or_else(|| Some(killed(u)? + counted(u, Kind::Wounded)?));
    let pooled = |u: &Unit| counted(u, Kind::Pooled).is_some();
    let sums = |u: &Unit| (pooled(u) || pooled(unit)) && all(u).is_some() && all(u) == all(unit);
    if event.units.iter().any(sums) {
        return true;
    }
    event.units.iter().map(toll).any(|theirs| {
        let dead = mine.0.is_some() && mine.0 == theirs.0;
        let hurt = mine.1.is_some() && mine.1 == theirs.1;
        dead && (hurt || mine.0 >= Some(2.0) && (mine.1.is_none() || theirs.1.is_none()))
    })
}

/// The event has its town already, and this is another one: a country or province that was told first holds both.
fn is_elsewhere(ctx: &Ctx, scenes: &[&Located], mine: &Located) -> bool {
    let named = |l: &Located| matches!(l.kind.as_deref(), Some("village" | "town" | "city"));
    let settled = |l: &Located| (!l.candidates.is_empty() || named(l)) && !l.directed && place::level(ctx, l) <= 4;
    // A place narrows by what is listed alone, so that each is asked once, however often a long report names it.
    let mut listed: Vec<&Located> = scenes.iter().copied().filter(|s| !s.candidates.is_empty()).collect();
    listed.sort_by_key(|s| (s.candidates[0], s.offset.is_none()));
    listed.dedup_by_key(|s| (s.candidates[0], s.offset.is_none()));
    let told_sharper =
        |s: &Located| !s.candidates.is_empty() && listed.iter().any(|other| place::narrows(ctx, other, s));
    // «شرق مدينة جباليا» is no part of Khan Yunis, but «شمال بغداد» may be far from it.
    let beside_town = |s: &Located| s.directed && !s.candidates.is_empty() && place::beyond_its_sides(ctx, s, mine);
    let town = |s: &Located| settled(s) || beside_town(s);
    let mut towns = scenes.iter().filter(|s| town(s) && !told_sharper(s)).peekable();
    let around = |s: &Located| place::may_lie_around(ctx, s, mine) || place::may_lie_around(ctx, mine, s);
    let same = |s: &Located| place::compatible(ctx, s, mine) || refines(ctx, s, mine) || around(s);
    settled(mine) && towns.peek().is_some() && towns.all(|s| !same(s))
}

/// «انفجار شرق أفغانستان» in Kunar, then one in Kandahar: the country that a headline names holds both.
fn in_another_region(ctx: &Ctx, scenes: &[&Located], mine: &Located) -> bool {
    let plain = |l: &Located| !l.directed && l.offset.is_none();
    let here = |s: &&&Located| place::level(ctx, s) < 7 && place::compatible(ctx, s, mine);
    let apart = |s: &&Located| plain(s) && place::regions_apart(ctx, s, mine);
    plain(mine) && scenes.iter().any(apart) && !scenes.iter().any(|s| here(&s))
}

/// Another town, with victims counted otherwise: «قذائف على دمشق وريفها», one dead in a quarter, then five hurt in a town.
fn counted_elsewhere(ctx: &Ctx, event: &Event, unit: &Unit, mine: &Located) -> bool {
    let toll = |u: &Unit| (counted(u, Kind::Killed), counted(u, Kind::Wounded));
    let listed = |l: &Located| !l.candidates.is_empty() && !l.directed && place::level(ctx, l) <= 4;
    let anew = unit.hits.iter().any(|h| !h.casualty_only && !h.anaphoric);
    let other = |u: &Unit| {
        let there = u.scene(ctx).filter(|s| listed(s));
        let apart = there.is_some_and(|s| !place::compatible(ctx, s, mine) && !refines(ctx, s, mine));
        apart && toll(u) != (None, None) && toll(u) != toll(unit)
    };
    anew && listed(mine) && toll(unit) != (None, None) && event.units.iter().any(other)
}

/// Another quarter of the town, with victims of its own: «وأصيب ثلاثة بانفجار عبوة في حي …».
fn other_quarter(ctx: &Ctx, event: &Event, unit: &Unit, scenes: &[&Located], mine: &Located) -> bool {
    let counts = |u: &Unit| u.facts.iter().any(|f| f.founds() && f.kind != Kind::Pooled);
    // «وأصيب ثلاثة بعبوة»: a toll with its means.
    let told_anew = |h: &Hit| !h.anaphoric && (!h.casualty_only || !unit.event.is_vague());
    let anew = unit.hits.iter().any(told_anew) && counts(unit);
    let mut sharp = scenes.iter().filter(|s| place::level(ctx, s) <= 3).peekable();
    anew && event.units.iter().any(counts)
        && sharp.peek().is_some()
        && sharp.all(|s| place::quarters_apart(ctx, s, mine))
}

/// «قصف على إدلب», then «قرية … بريف إدلب»: one tells more sharply where the other is.
fn refines(ctx: &Ctx, a: &Located, b: &Located) -> bool {
    place::narrows(ctx, a, b) || place::narrows(ctx, b, a)
}

fn date_points(ctx: &Ctx, event: &Event, unit: &Unit, anaphoric: bool) -> Option<i32> {
    let theirs = event.units.iter().find_map(|u| u.when().filter(|w| w.own));
    let Some(mine) = unit.when().filter(|w| w.own) else {
        // News founds itself after a sentence about years ago; only what points back is still of that time.
        let of_old = !anaphoric && theirs.is_some_and(|w| is_history(ctx, w)) && founds(ctx, unit);
        return (!of_old).then_some(0);
    };
    let Some(theirs) = theirs else {
        return (!is_history(ctx, mine) && !another_day::long_ago(ctx, event, unit, mine)).then_some(0);
    };
    if when::announced_after(mine, theirs) {
        return Some(0);
    }
    (!when::days_differ(ctx, mine, theirs) || when::one_night(ctx, mine, theirs)).then_some(3)
}

/// Tells where it was, which a remark about an event told before seldom does again.
pub fn founds(ctx: &Ctx, unit: &Unit) -> bool {
    unit.scene(ctx).is_some() && unit.hits.iter().any(|h| !h.casualty_only)
}

/// A year or month long before the page cannot date what an undated lead tells.
fn is_history(ctx: &Ctx, w: &when::When) -> bool {
    let coarse = matches!(w.resolved.precision, DatePrecision::Year | DatePrecision::Month);
    match (w.resolved.latest, ctx.anchor.earliest) {
        (Some(day), Some(page)) => coarse && day.saturating_add(60.days()) < page,
        _ => false,
    }
}

pub fn killed(unit: &Unit) -> Option<f64> {
    counted(unit, Kind::Killed)
}

/// How many of a kind a telling counts, when it counts them for one attack.
pub fn counted(unit: &Unit, kind: Kind) -> Option<f64> {
    unit.facts.iter().find_map(|f: &Fact| match (f.said, f.over_period) {
        (Said::Count(a), false) if f.kind == kind => a.value,
        _ => None,
    })
}

/// The same toll speaks for one event; another toll speaks against it unless
/// the text says that it rose.
fn toll_points(event: &Event, unit: &Unit) -> Option<i32> {
    let (Some(mine), Some(theirs)) = (killed(unit), event.units.iter().rev().find_map(killed)) else { return Some(0) };
    let updated = unit.facts.iter().any(|f| f.update);
    Some(if mine == theirs {
        3
    } else if updated {
        1
    } else {
        -1
    })
}
