//! Is it an incident at all, one or several, and new or told as context?

use crate::context::Ctx;
use crate::corefer::{self, Event};
use crate::mishap;
use crate::munition::quantity;
use crate::parts;
use crate::place::{self, Located, PlaceRole};
use crate::relevance::{self, Weighed};
use crate::share;
use crate::toll::{Fact, Kind, Said};
use crate::trigger::Hit;
use crate::unit::{Link, Unit};
use crate::when;
use marsad_lang::{Count, Mention, NumberKind, Part};
use marsad_model::{DatePrecision, EventType, NotIncident, Quantity, Role, Tally, TallyKind};

/// Splits tellings that name several places in one row, each in a town of its
/// own. A toll given for all of them belongs to none: it becomes a tally.
pub fn split(ctx: &Ctx, units: Vec<Unit>, located: &[Located]) -> (Vec<Unit>, Vec<Tally>) {
    let (mut out, mut tallies) = (vec![], vec![]);
    for unit in units {
        let (mut shares, whole) = share::split(ctx, unit, located);
        if shares.len() > 1 {
            out.extend(shares);
            tallies.extend(whole);
            continue;
        }
        let Some(unit) = shares.pop() else { continue };
        let rows = rows(ctx, &unit);
        if rows.len() < 2 {
            out.push(unit);
            continue;
        }
        let ordered = parts::by_order(ctx, &unit, rows.len());
        let own = told_there(ctx, &unit, &rows).filter(|_| ordered.is_none());
        let of_own = |f: &Fact| own.as_ref().is_some_and(|o| f.first >= o.from && f.end <= o.place.first);
        let mut shared = unit.clone();
        shared.facts.retain(|f| !of_own(f));
        tallies.extend(shared_toll(ctx, &shared).filter(|_| ordered.is_none()));
        let respective = unit.whens.iter().filter(|w| w.own).count() == rows.len();
        let others: Vec<Located> =
            unit.places.iter().filter(|p| !rows.iter().any(|r| r.first == p.first)).cloned().collect();
        for (i, scene) in rows.iter().enumerate() {
            let mut one = unit.clone();
            let here = own.as_ref().is_some_and(|o| o.row == i);
            let elsewhere = |p: &Located| !here && own.as_ref().is_some_and(|o| o.place.first == p.first);
            let others = others.iter().filter(|p| !elsewhere(p)).cloned().collect();
            // The place of the toll is often a village, where the row has what lies around it.
            let sharp = own.as_ref().map(|o| o.place).filter(|p| here && is_sharper(ctx, p, scene));
            one.places = [vec![sharp.unwrap_or(scene).clone()], others].concat();
            one.toll_shared = ordered.is_none() && shared.facts.iter().any(|f| f.founds());
            let told = |f: &Fact| matches!(f.said, Said::None | Said::NotKnown | Said::Told);
            one.facts.retain(|f| told(f) || here && of_own(f));
            one.facts.extend(ordered.iter().flat_map(|facts| facts[i].clone()));
            one.of_row = i > 0;
            if respective {
                one.whens = unit.whens.iter().filter(|w| w.own).nth(i).cloned().into_iter().collect();
            }
            one.link = if i == 0 || unit.link == Link::Beside { unit.link } else { Link::Another };
            out.push(one);
        }
    }
    (out, tallies)
}

/// The toll of one place of a row.
struct Own<'u> {
    row: usize,
    /// Tokens from here to the place count its victims.
    from: usize,
    place: &'u Located,
}

/// Tokens from the last count of a toll to its place.
const THERE_MAX: usize = 8;

/// «قذائف على عابدين والهبيط، وقتل راع وجرح ثلاثة في الهبيط»: the toll names its place, one of the row.
fn told_there<'u>(ctx: &Ctx, unit: &'u Unit, rows: &[&Located]) -> Option<Own<'u>> {
    let from = rows.iter().map(|r| r.end).max()?;
    let counts: Vec<&Fact> = unit.facts.iter().filter(|f| f.founds() && f.first >= from).collect();
    let end = counts.iter().map(|f| f.end).max()?;
    // «35 قتيلاً …: 28 في العاصمة»: the one count is of the place, and not the other.
    let twice = |f: &Fact| counts.iter().filter(|g| g.kind == f.kind).count() > 1;
    if counts.iter().any(|f| twice(f)) {
        return None;
    }
    let in_it = |p: &Located| {
        let glued = ctx.a.at(p.first).any(|m| m.clitics.preposition != '\0');
        let verb = ctx.all(end..p.first, ctx.l.verb).any(|m| m.form.part != Part::Noun);
        (glued || ctx.before(p.first, ctx.l.prep_in).is_some()) && !verb
    };
    let near = |p: &&Located| (end..end + THERE_MAX).contains(&p.first);
    let scene = |p: &&Located| matches!(p.role, PlaceRole::Scene | PlaceRole::Loose) && in_it(p);
    let place = unit.places.iter().filter(near).find(scene)?;
    let mut same = (0..rows.len()).filter(|i| place::compatible(ctx, rows[*i], place));
    let row = same.next().filter(|_| same.next().is_none())?;
    Some(Own { row, from, place })
}

fn is_sharper(ctx: &Ctx, p: &Located, around: &Located) -> bool {
    let kind = |l: &Located| l.candidates.first().map(|id| &*ctx.res.gazetteer.get(*id).kind);
    let settled = |l: &Located| matches!(kind(l), Some("city" | "town" | "village"));
    place::sharper(ctx, p, around) || settled(p) && !settled(around)
}

/// Scenes joined by «و» that lie in different towns.
fn rows<'u>(ctx: &Ctx, unit: &'u Unit) -> Vec<&'u Located> {
    if let Some(pair) = first_and_second(ctx, unit) {
        return pair;
    }
    let mut best: Vec<&Located> = vec![];
    // «قتل أربعة في قارة خلال القصف الذي استهدف دمشق وحمص»: what is told is of the town told first.
    let settled = |p: &&Located| p.role == PlaceRole::Scene && !p.directed && place::level(ctx, p) <= 4;
    let first = unit.places.iter().find(|p| p.role == PlaceRole::Scene).filter(settled);
    let told_apart = |row: &[&Located]| {
        first.is_some_and(|f| row.iter().all(|p| p.first != f.first && !place::compatible(ctx, f, p)))
    };
    // The place before the next of the row: one of it, or the region told right behind it.
    let mut tail = None;
    for (i, p) in unit.places.iter().enumerate() {
        if p.role != PlaceRole::Scene || place::level(ctx, p) >= 9 && !all_countries(ctx, unit) {
            continue;
        }
        let behind = tail.is_some() && i > 0 && tail == Some(unit.places[i - 1].first);
        if behind && !p.coordinated && best.last().is_some_and(|b| is_region_of(ctx, b, p)) {
            tail = Some(p.first);
            continue;
        }
        let continues = p.coordinated && behind;
        if best.is_empty() || !continues {
            if best.len() >= 2 {
                break;
            }
            best = vec![p];
        } else if (told_as_several(ctx, best[0]) || best.iter().all(|b| !place::compatible(ctx, b, p)))
            && !place::is_between(p)
        {
            best.push(p);
        } else {
            continue;
        }
        tail = Some(p.first);
    }
    // «قرب بلدتي مقراق واللبوة»: one spot near to both.
    let one_spot = best.len() == 2 && ctx.before(best[0].first, ctx.l.near).is_some();
    // «عدد من المواقع، بينها منطقتا الكرول والسماسم»: what was hit is told before.
    let some_of = best.first().is_some_and(|p| ctx.before(p.first, ctx.l.among_them).is_some());
    // «المواجهات بين منطقتي التبانة وجبل محسن»: one front.
    let front = best.first().is_some_and(|p| ctx.before(p.first, ctx.l.range_between).is_some());
    if one_spot || some_of || front || told_apart(&best) { vec![] } else { best }
}

/// «معسكر سيفاري في منطقة موبتي، و…»: what a site lies in, right behind it.
fn is_region_of(ctx: &Ctx, site: &Located, p: &Located) -> bool {
    const BEHIND: usize = 2;
    place::level(ctx, p) >= 7 && place::level(ctx, site) <= 4 && p.first <= site.end + BEHIND
}

/// «معسكري بافو ونيونو», «بلدتي شحور ودير كيفا»: the kind of place says that they are two, whatever the lists know.
fn told_as_several(ctx: &Ctx, l: &Located) -> bool {
    let settled =
        |m: &Mention| matches!(&*ctx.a.entry(m).family, "village" | "town" | "city" | "camp" | "military_base");
    ctx.at(l.first, ctx.l.place_word).is_some_and(|m| m.form.count == Count::Dual && settled(m))
        && place::level(ctx, l) <= 4
}

/// «عمليتان، الأولى قرب … والثانية على …»: the scene behind each ordinal.
fn first_and_second<'u>(ctx: &Ctx, unit: &'u Unit) -> Option<Vec<&'u Located>> {
    let ordinal = |value: f64, from: usize| {
        let definite = |t: usize| ctx.a.at(t).any(|m| m.clitics.article);
        let is = |n: &&marsad_lang::NumberMention| {
            n.kind == NumberKind::Ordinal && n.value == Some(value) && definite(n.core.0)
        };
        ctx.a.numbers_in(from..unit.end).find(is).map(|n| n.core.0)
    };
    let first = ordinal(1.0, unit.first)?;
    let second = ordinal(2.0, first + 1)?;
    let scene = |from: usize, to: usize| {
        unit.places.iter().find(|p| p.role == PlaceRole::Scene && (from..to).contains(&p.first))
    };
    let (a, b) = (scene(first, second)?, scene(second, unit.end)?);
    (!place::compatible(ctx, a, b)).then(|| vec![a, b])
}

fn all_countries(ctx: &Ctx, unit: &Unit) -> bool {
    unit.places.iter().filter(|p| p.role == PlaceRole::Scene).all(|p| place::level(ctx, p) >= 9)
}

/// The toll of several attacks together, as a tally.
pub fn shared_toll(ctx: &Ctx, unit: &Unit) -> Option<Tally> {
    let toll = |kind: Kind| {
        unit.facts.iter().find(|f| f.kind == kind).map_or(Quantity::unknown(), |f| match f.said {
            Said::Count(a) => quantity(a, vec![ctx.evidence(f.first, f.end, "toll-report")]),
            _ => Quantity::unknown(),
        })
    };
    let (killed, wounded) = (toll(Kind::Killed), toll(Kind::Wounded));
    let evidence = [killed.evidence.clone(), wounded.evidence.clone()].concat();
    (!evidence.is_empty()).then_some(Tally {
        kind: TallyKind::TollReport,
        count: Quantity::unknown(),
        from: None,
        to: ctx.anchor.exact(),
        types: vec![unit.event],
        target: None,
        said_by: None,
        killed,
        wounded,
        evidence,
    })
}

/// Points from which a telling counts as an incident: two of date, place, type
/// and victim must be told (coding guide, section 3).
const ENOUGH: i32 = 4;

/// What is reported as news by its words needs less beside it.
const ENOUGH_FOR_NEWS: i32 = 2;

/// In an article, an attack with its kind, day and place is one, in whatever
/// clause it is told («… القلق على الإمدادات بعد أن هاجمت طائرة مسيرة أمس ميناء …»).
const FULLY_TOLD: i32 = 7;

/// The weights were learnt on sentences that stand alone; an article of more
/// than these that names an attack reports one more often than not.
const SENTENCES_ALONE: usize = 3;

/// The events that are told well enough and as news, and the rest as
/// non-incidents. Beside an attack that the document reports, context needs
/// less to be kept.
pub fn accepted(ctx: &Ctx, events: Vec<Event>) -> (Vec<Event>, Vec<NotIncident>) {
    let judged: Vec<Weighed> = events.iter().map(|event| weighed(ctx, event)).collect();
    let needed = Needed::by(ctx, &judged);
    let (mut out, mut weak) = (vec![], vec![]);
    let mut new_index = vec![];
    let mut pointing: Vec<Unit> = vec![];
    for (event, judged) in events.into_iter().zip(judged) {
        let lacks = mishap::told_later(ctx, &event).or_else(|| needed.lacks(&judged, event.kind()));
        new_index.push(lacks.is_none().then_some(out.len()));
        match lacks {
            None => out.push(event),
            Some(reason) => {
                weak.push(set_aside(ctx, &event, reason));
                pointing.extend(event.units.into_iter().skip(1).filter(|u| only_refers(ctx, u)));
            }
        }
    }
    for event in &mut out {
        event.before = event.before.and_then(|(i, days)| Some((new_index[i]?, days)));
        event.beside = event.beside.and_then(|i| new_index[i]);
    }
    // «وتبنى التنظيم الهجوم» had joined what is no incident, and speaks of one that is.
    for unit in pointing {
        corefer::attach(ctx, &mut out, unit);
    }
    (out, weak)
}

/// Points back, and gives neither place nor day nor toll of its own.
fn only_refers(ctx: &Ctx, unit: &Unit) -> bool {
    unit.hits.iter().any(|h| h.anaphoric)
        && unit.scene(ctx).is_none()
        && unit.when().is_none()
        && !unit.facts.iter().any(|f| f.founds())
}

/// What an event of this document needs to count as an incident.
struct Needed {
    told: i32,
    news: i64,
    /// More than sentences that stand alone.
    article: bool,
}

impl Needed {
    fn by(ctx: &Ctx, judged: &[Weighed]) -> Needed {
        let weights = &ctx.res.relevance;
        let sentences = ctx.roles.iter().filter(|r| r.tells_news()).count();
        let alone = sentences <= SENTENCES_ALONE;
        let news = if alone { weights.enough } else { weights.enough_in_article };
        let best = judged.iter().filter(|w| w.news >= news).map(|w| w.told).max().unwrap_or(0);
        match best {
            ENOUGH.. => Needed { told: ENOUGH, news: weights.beside, article: !alone },
            _ if alone => Needed { told: ENOUGH_FOR_NEWS, news, article: false },
            _ => Needed { told: ENOUGH, news, article: true },
        }
    }

    fn lacks(&self, w: &Weighed, kind: EventType) -> Option<&'static str> {
        if w.told < self.told {
            return Some("too_little_told");
        }
        let fully = self.article && w.told >= FULLY_TOLD && !kind.is_vague();
        (w.news < self.news && !fully).then_some("referred_to")
    }
}

/// The event with its weights.
pub fn weighed(ctx: &Ctx, event: &Event) -> Weighed {
    let w = relevance::weighed(ctx, event, weight(ctx, event));
    ctx.note(|| {
        let unit = &event.units[0];
        format!("  told {} of {ENOUGH}, news {} «{}»", w.told, w.news, ctx.quote(unit.first, unit.end))
    });
    ctx.note(|| format!("    {}", w.reasons(ctx)));
    w
}

fn set_aside(ctx: &Ctx, event: &Event, reason: &str) -> NotIncident {
    let u = &event.units[0];
    ctx.note(|| format!("  set aside: {reason} «{}»", ctx.quote(u.first, u.end)));
    NotIncident { reason: reason.to_string(), evidence: vec![ctx.evidence(u.first, u.end, "rule-of-two")] }
}

fn weight(ctx: &Ctx, event: &Event) -> i32 {
    let kind = event.kind();
    let units = &event.units;
    let casualty_only = units.iter().all(|u| u.is_casualty_only());
    let scene = units.iter().find_map(|u| u.scene(ctx));
    let level = scene.map_or(10, |s| place::level(ctx, s));
    let at_sea = scene.is_some_and(|s| place::is_sea(ctx, s));
    let place = match level {
        0..=7 => 2,
        _ if at_sea => 2,
        // «قصفت بلدات إسرائيلية برشقات»: a kind of attack, carried out, on a country.
        8..=9 if !kind.is_vague() && units.iter().flat_map(|u| &u.hits).any(|h| !h.noun) => 2,
        8..=9 => 1,
        _ => 0,
    };
    let dated = units.iter().any(|u| {
        u.whens.iter().any(|w| {
            w.own
                && (w.resolved.precision != DatePrecision::Unknown
                    || w.resolved.weekday.is_some()
                    || ctx.a.times[w.time].is_point())
        })
    });
    // «وتزامن ذلك مع غارات على …» is of the day of what it went with.
    let beside = event.beside.is_some() && units.iter().any(|u| u.link == Link::Beside);
    // «غداة ضربات على خمس قرى في جنوب لبنان»
    let day_told = event.before.is_some() && units.iter().any(|u| matches!(u.link, Link::DaysBefore(1)));
    let dated = dated || beside || day_told || units.iter().any(|u| when::tells_same_day(ctx, u.first, u.end));
    let year_only =
        units.iter().flat_map(|u| &u.whens).filter(|w| w.own).all(|w| w.resolved.precision == DatePrecision::Year);
    let dated_points = if !dated {
        0
    } else if year_only {
        1
    } else {
        2
    };
    // «كما هاجم مستوطنون …» tells of the day of the news before it.
    // «وإلى تعرض رتل آخر للاستهداف» does so too.
    let announced = units.iter().any(|u| !u.whens.is_empty() || u.link == Link::Another || on_another(ctx, u));
    let shared = units.iter().any(|u| u.toll_shared);
    let victims = shared || units.iter().flat_map(|u| &u.facts).any(|f| f.founds());
    let said = units
        .iter()
        .flat_map(|u| &u.facts)
        .any(|f| matches!(f.said, Said::None | Said::NotKnown) && f.kind != Kind::Damage);
    let counted = units.iter().any(|u| crate::munition::counts(ctx, u).each().iter().any(|(_, q)| q.is_counted()));
    let sequence = event.before.is_some() || units.iter().any(|u| ctx.any(u.first..u.end, ctx.l.latest));
    let sequence_told = units.iter().any(|u| matches!(u.link, Link::Earlier | Link::DaysBefore(_)));
    let generic = units.iter().all(|u| !u.hits.is_empty() && u.hits.iter().all(|h| h.plural))
        && !(dated || victims || said || sequence_told && level <= 4);
    let claim = units.iter().any(|u| {
        let s = &ctx.a.sentences[u.sentence];
        let wide = (s.first.max(u.first.saturating_sub(60)), s.end.min(u.end + 60));
        let said = crate::responsibility::responsibility(ctx, wide.0, wide.1);
        !said.points_back && said.claim_of(kind).status == marsad_model::ResponsibilityStatus::Claimed
    });
    let kind_points = match kind {
        EventType::AttackUnspecified => 1,
        EventType::WeaponsSeizure => 2,
        _ => 2,
    };
    // «وصلت الأم إلى المستشفى بعد أن بترت قدمها»: of whatever hurt her, which stands elsewhere.
    if units.iter().all(|u| u.hits.is_empty() && u.facts.iter().all(|f| f.kind == Kind::Wounded)) {
        return 0;
    }
    // A bare death needs a place; one by a named weapon is told well enough.
    if casualty_only && (place == 0 || !victims) && kind.is_vague() {
        return 0;
    }
    if generic && !(units.len() > 1 || level <= 4) {
        return 0;
    }
    // «إن الألغام التي زرعت في المحافظة قتلت 264 خلال السنوات الماضية»
    let facts = || units.iter().flat_map(|u| &u.facts);
    let told_of_years = facts().any(|f| f.over_period) && !victims && !said && !dated;
    let by_arms = |h: &Hit| h.casualty_only || h.noun && ctx.is_at(h.head, ctx.l.weapon);
    if told_of_years && units.iter().all(|u| u.hits.iter().all(by_arms)) {
        return 0;
    }
    kind_points
        + place
        + dated_points
        + i32::from(!dated && announced)
        + i32::from(victims) * 2
        + i32::from(said)
        + i32::from(counted)
        + i32::from(sequence)
        + i32::from(claim)
        - i32::from(generic) * 2
}

/// «رتل آخر», right before the word of the attack.
fn on_another(ctx: &Ctx, unit: &Unit) -> bool {
    unit.hits.iter().any(|h| !h.casualty_only && ctx.before(h.first, ctx.l.other_event).is_some())
}

/// New in this report, or context.
pub fn role(ctx: &Ctx, events: &[Event], index: usize) -> Role {
    let event = &events[index];
    let first = &event.units[0];
    let headline = event.units.iter().any(|u| ctx.roles[u.sentence] == marsad_model::SegmentRole::Headline);
    if headline {
        return Role::Main;
    }
    let anniversary = ctx.any(ctx.a.sentences[first.sentence].first..first.end, ctx.l.anniversary);
    let told_as_earlier = event.background || !matches!(first.link, Link::None | Link::Another | Link::Beside);
    let similar = first.hits.iter().any(|h| (h.end..h.end + 2).any(|t| ctx.is_at(t, ctx.l.similar)));
    let old = is_old(ctx, event);
    // «فجر مسلحون أنبوب تصدير النفط» is no report of the market.
    let market = ctx.any(0..first.first.min(60), ctx.l.market_report);
    let court = ctx.any(ctx.a.sentences[first.sentence].first..first.first.max(1), ctx.l.court);
    if anniversary || told_as_earlier || old || similar || (market && index < 4) || court {
        return Role::Background;
    }
    Role::Main
}

/// More than three days before the page, or only a month known.
fn is_old(ctx: &Ctx, event: &Event) -> bool {
    let all = || event.units.iter().flat_map(|u| &u.whens);
    let sharp = all().find(|w| w.own && w.resolved.precision >= DatePrecision::Day);
    let Some(w) = sharp.or(event.units.iter().find_map(|u| u.when())) else { return false };
    if matches!(w.resolved.precision, DatePrecision::Month | DatePrecision::MonthPart | DatePrecision::Year) {
        return true;
    }
    match (w.resolved.latest, ctx.anchor.exact()) {
        (Some(day), Some(today)) if w.resolved.precision >= DatePrecision::Day => {
            day.until(today).is_ok_and(|s| s.get_days() > 3)
        }
        _ => false,
    }
}
