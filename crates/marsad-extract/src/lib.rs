//! What does one document tell: which incidents, on whose word, with which
//! tallies?
//!
//! [`Reader::read`] takes a document and gives its [`Reading`]. It sees no other
//! document, no disk and no clock. The order of the work is that of DESIGN:
//! mentions, clauses, triggers, units, events, fields. Every step leaves a line
//! in the derivation, which `marsad extract --explain` prints.

mod another_day;
mod assemble;
mod attribution;
mod casualties;
mod context;
mod corefer;
mod craft;
mod dateline;
mod day;
mod dead_by_name;
mod deed;
mod elided;
mod goes_on;
mod habit;
mod interception;
mod judge;
mod labels;
mod link;
mod listing;
mod means;
mod mishap;
mod munition;
mod names;
mod parts;
mod party;
mod perpetrator;
mod place;
mod quote;
mod recount;
mod refused;
mod relevance;
mod report;
mod responsibility;
mod retort;
mod share;
mod similar;
mod sky;
mod summary;
mod suspect;
mod tally;
mod target;
mod toll;
mod total;
mod trigger;
mod unit;
mod when;

pub use relevance::{Features, Weighed};

use context::Ctx;
use corefer::Event;
use labels::Labels;
use marsad_lang::{Anchor, Annotation, Error, Resources, TimeMention, annotate};
use marsad_model::{DateValue, Document, NotIncident, Reading, SegmentRole, Tally, TextIndex};
pub use place::NamedPlace;
use std::cell::RefCell;
use unit::Unit;

/// Reads documents with one set of resources. Make one and share it between
/// threads: reading is a pure function of document and resources.
pub struct Reader<'r> {
    res: &'r Resources,
    labels: Labels,
    explain: bool,
    in_full: bool,
}

impl<'r> Reader<'r> {
    /// # Errors
    /// When the data lacks a word list that the rules ask for.
    pub fn new(res: &'r Resources) -> Result<Reader<'r>, Error> {
        Ok(Reader { res, labels: Labels::new(res)?, explain: false, in_full: false })
    }

    /// The same reader, which also writes down how it came to each value
    /// ([`Reading::derivation`]); slower.
    pub fn explaining(self) -> Reader<'r> {
        Reader { explain: true, ..self }
    }

    /// The same reader, whose [`Reading::mentions`] hold all that is said of
    /// times and amounts, also what dates or counts no event; slower.
    pub fn in_full(self) -> Reader<'r> {
        Reader { in_full: true, ..self }
    }

    /// Everything that one document tells.
    pub fn read(&self, document: Document) -> Reading {
        let annotation = annotate(self.res, &document.text);
        self.read_annotated(document, annotation)
    }

    /// As [`Reader::read`], with the annotation of the document's text at hand.
    pub fn read_annotated(&self, document: Document, annotation: Annotation<'r>) -> Reading {
        let reading = self.with_context(&document, annotation, |ctx| {
            let told = tell(ctx);
            let incidents = incidents(ctx, &told);
            Reading {
                incidents,
                tallies: told.tallies,
                not_incidents: told.not_incidents,
                mentions: names::mentions(ctx, &told.places, self.in_full),
                quotes: quote::quotes(ctx),
                diagnostics: listing::note(ctx.page.get()).into_iter().collect(),
                fingerprint: names::fingerprint(ctx),
                derivation: ctx.log.as_ref().map(RefCell::take).unwrap_or_default(),
                document: document.clone(),
            }
        });
        Reading { document, ..reading }
    }

    /// The events of a document before they are judged: what the weights of
    /// `ar/model/relevance.toml` are learnt from.
    ///
    /// ```
    /// # let files = marsad_lang::testing::files();
    /// let res = marsad_lang::Resources::load(&files)?;
    /// let reader = marsad_extract::Reader::new(&res)?;
    /// // "Two policemen were killed in an explosion in the city": one event, told by a verb.
    /// let text = "قتل شرطيان في انفجار في المدينة".to_string();
    /// let document = marsad_model::Document {
    ///     id: "a".into(),
    ///     source: "a".into(),
    ///     sha256: "".into(),
    ///     text,
    ///     language: "ar".into(),
    ///     title: None,
    ///     outlet: None,
    ///     outlet_given: None,
    ///     retrieval: Default::default(),
    ///     published: Default::default(),
    ///     segments: vec![],
    /// };
    /// let events = reader.weighed(&document);
    /// assert_eq!(events.len(), 1);
    /// assert!(events[0].features.contains("verb/told"));
    /// # Ok::<(), marsad_lang::Error>(())
    /// ```
    pub fn weighed(&self, document: &Document) -> Vec<Weighed> {
        self.with_context(document, annotate(self.res, &document.text), |ctx| {
            let events = events(ctx, &place::located(ctx)).0;
            events.iter().map(|event| judge::weighed(ctx, event)).collect()
        })
    }

    /// Hands on all that the steps of the reading see.
    fn with_context<T>(&self, document: &Document, annotation: Annotation<'r>, work: impl FnOnce(&Ctx) -> T) -> T {
        let mut annotation = unstamped(annotation, document).parted_at(document.segments.iter().map(|s| s.span.start));
        let published = &document.published;
        let (earliest, latest) = (published.earliest, published.latest);
        let day = Anchor { earliest, latest, horizon: Some(self.res.horizon), written: None };
        let in_news = |t: &&TimeMention| role_at(document, annotation.span(t.first, t.end).start).tells_news();
        let anchor = day.counted_by(annotation.times.iter().filter(in_news));
        marsad_lang::time::with_months_told(&mut annotation.times, &anchor);
        let roles =
            annotation.sentences.iter().map(|s| role_at(document, annotation.span(s.first, s.end).start)).collect();
        let mut ctx = Ctx {
            res: self.res,
            a: &annotation,
            doc: document,
            l: &self.labels,
            anchor,
            roles,
            index: TextIndex::new(&document.text),
            world: None,
            government: Default::default(),
            coalition: Default::default(),
            page: Default::default(),
            log: self.explain.then(Default::default),
        };
        ctx.world = trigger::world_of(&ctx);
        work(&ctx)
    }
}

fn role_at(document: &Document, start: u32) -> SegmentRole {
    let i = document.segments.partition_point(|s| s.span.end <= start);
    document.segments.get(i).map_or(SegmentRole::Body, |s| s.role)
}

/// What the sentences of a document tell, before it is assembled.
struct Told {
    events: Vec<Event>,
    tallies: Vec<Tally>,
    not_incidents: Vec<NotIncident>,
    places: Vec<place::Located>,
}

fn tell(ctx: &Ctx) -> Told {
    let places = place::located(ctx);
    let (events, tallies, mut not_incidents) = events(ctx, &places);
    let (mut events, weak) = judge::accepted(ctx, events);
    day::share(ctx, &mut events);
    elided::share(ctx, &mut events);
    not_incidents.extend(weak);
    Told { events, tallies, not_incidents, places }
}

/// The events of a document, not yet judged.
fn events(ctx: &Ctx, located: &[place::Located]) -> (Vec<Event>, Vec<Tally>, Vec<NotIncident>) {
    let (mut news, mut repeats): (Vec<Unit>, Vec<Unit>) = (vec![], vec![]);
    let (mut tallies, mut not_incidents) = (vec![], vec![]);
    let mut counting = false;
    for (index, sentence) in ctx.a.sentences.iter().enumerate() {
        let role = ctx.roles[index];
        if !role.tells_news() && !role.repeats_news() {
            continue;
        }
        let (hits, rejected) = trigger::hits(ctx, sentence);
        for r in rejected {
            let evidence = vec![ctx.evidence(r.first, r.end, "status")];
            not_incidents.push(NotIncident { reason: r.reason.to_string(), evidence });
        }
        let toll = toll::Told::new(ctx, &sentence.clauses);
        let facts = toll.all();
        let (found, spent) = tally::tallies(ctx, sentence, &hits, &facts);
        let free: Vec<_> = hits.into_iter().enumerate().filter(|(i, _)| !spent.contains(i)).map(|(_, h)| h).collect();
        let mut units = unit::units(ctx, index, &toll, &free, located);
        tallies.extend(parts::by_sum(ctx, sentence, &mut units).filter(|_| role.tells_news()));
        let before = if role.tells_news() { &news } else { &repeats };
        recount::settle(ctx, &mut units, before);
        similar::carry(ctx, &mut units, before);
        similar::carry_on(ctx, &mut units);
        toll::left_out(ctx, &mut units);
        toll::none_of_all(ctx, sentence, &mut units);
        if report::is_month_of_count(ctx, sentence) {
            units.retain(|u| report::tells_its_day(ctx, u));
        }
        counting |= report::counts_over_months(ctx, sentence, &found);
        if counting {
            units.retain(|u| report::tells_apart(ctx, u));
            counting = units.is_empty();
        }
        if let Some(day) = sentence.clauses.last().and_then(|c| when::of_what_was_told(ctx, c)) {
            let told = if role.tells_news() { &mut news } else { &mut repeats };
            day::of_the_last(day, if units.is_empty() { told } else { &mut units });
        }
        let units = if units.iter().all(|u| only_remarks(ctx, u)) {
            toll::none_of_the_last(index, &facts, if role.tells_news() { &mut news } else { &mut repeats });
            vec![]
        } else {
            units
        };
        explain(ctx, index, &units);
        if role.tells_news() {
            tallies.extend(found);
            news.extend(units);
        } else {
            repeats.extend(units);
        }
    }
    let (units, shared) = judge::split(ctx, news, located);
    tallies.extend(shared);
    ctx.page.set(listing::page(ctx, &units));
    let mut events = corefer::events(ctx, units);
    for unit in repeats {
        corefer::attach(ctx, &mut events, unit);
    }
    let (mut events, summed) = summary::folded(ctx, events);
    tallies.extend(summed);
    tallies.extend(total::taken_out(ctx, &mut events));
    (events, tallies, not_incidents)
}

/// «لم تصب السفينة بأضرار وطاقمها بخير»: nothing but who was not hurt, of an attack told before.
fn only_remarks(ctx: &Ctx, unit: &Unit) -> bool {
    unit.is_casualty_only()
        && unit.scene(ctx).is_none()
        && unit.facts.iter().all(|f| matches!(f.said, toll::Said::None | toll::Said::NotKnown))
        && !unit.facts.is_empty()
}

fn incidents(ctx: &Ctx, told: &Told) -> Vec<marsad_model::Incident> {
    let events = told.events.as_slice();
    let mut days: Vec<DateValue> = vec![];
    let mut out = vec![];
    for (i, event) in events.iter().enumerate() {
        let role = judge::role(ctx, events, i);
        let mut incident = assemble::incident(ctx, event, i + 1, &days, role);
        sharpen(ctx, told, event, &mut incident);
        let told_from = || event.units.iter().find_map(|u| place::town_that_tells(ctx, &u.places));
        incident.place = incident.place.or_else(told_from);
        days.push(incident.date.clone());
        ctx.note(|| {
            format!(
                "{} {} {}",
                incident.id,
                incident.event_type().name(),
                incident.place.as_ref().map_or("place open", |p| &p.name_en)
            )
        });
        out.push(incident);
    }
    responsibility::left_over(ctx, events, &mut out);
    goes_on::share_doer(ctx, events, &mut out);
    sky::one_in_the_sky(events, &mut out);
    place::share_country(ctx, &mut out);
    link::link(ctx, events, &mut out);
    out
}

/// A report that tells one event names its village in a sentence of its own («قال مراسلنا إن الإنزال وقع في قرية …»).
fn sharpen(ctx: &Ctx, told: &Told, event: &Event, incident: &mut marsad_model::Incident) {
    let coarse = incident.place.as_ref().and_then(|p| ctx.res.gazetteer.find(p.id.as_deref()?));
    let Some(coarse) = coarse.filter(|_| told.events.len() == 1) else { return };
    let first = event.units[0].first;
    if let Some(sharper) = place::sharper_between(ctx, &told.places, first, ctx.a.tokens.len(), coarse) {
        let mut place = place::resolve(ctx, sharper, None);
        place.evidence.extend(incident.place.take().into_iter().flat_map(|p| p.evidence));
        incident.place = Some(place);
    }
}

fn explain(ctx: &Ctx, index: usize, units: &[Unit]) {
    if units.is_empty() || ctx.log.is_none() {
        return;
    }
    ctx.note(|| format!("sentence {} ({})", index + 1, ctx.roles[index].name()));
    for u in units {
        ctx.note(|| format!("  {} «{}»", u.event.name(), ctx.quote(u.first, u.end)));
        for h in &u.hits {
            ctx.note(|| format!("    {} «{}»", ctx.res.triggers[h.rule].rule, ctx.quote(h.first, h.end)));
        }
        for p in &u.places {
            ctx.note(|| format!("    place {:?} «{}»", p.role, ctx.quote(p.first, p.end)));
        }
        for w in &u.whens {
            let t = &ctx.a.times[w.time];
            ctx.note(|| format!("    time «{}» {}", ctx.quote(t.first, t.end), w.resolved.how));
        }
        for f in &u.facts {
            ctx.note(|| format!("    {} {} «{}»", f.kind, f.said, ctx.quote(f.first, f.end)));
        }
    }
}

/// The page's own date, run into the text, dates no event.
fn unstamped<'r>(mut annotation: Annotation<'r>, document: &Document) -> Annotation<'r> {
    let stamps = document.published.evidence.iter().filter(|e| &*e.rule == "date_line");
    let stamps: Vec<_> = stamps.map(|e| e.span).collect();
    let tokens = &annotation.tokens;
    annotation.times.retain(|t| !stamps.contains(&tokens.span(t.first, t.end)));
    annotation
}
