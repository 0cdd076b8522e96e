//! How is a reading of the model printed?

use super::names::{self, name};
use super::quote::{Quote, TextIndex};
use super::*;
use jiff::civil::Date;
use marsad_model as model;

/// The JSON form of a reading, without the list of mentions.
///
/// ```
/// use marsad_model::{Document, Evidence, NotIncident, Published, Reading, Span};
/// use marsad_store::wire;
/// // "threatened to launch rockets": a threat is no incident.
/// let threat = NotIncident { reason: "threat".into(), evidence: vec![Evidence::new(Span::new(0, 3), "threat/verb")] };
/// let reading = Reading {
///     document: Document {
///         id: "a1".into(), source: "a1.txt".into(), sha256: String::new(), text: "هدد بإطلاق صواريخ".into(),
///         language: "ar".into(), title: None, outlet: None, outlet_given: None, retrieval: Default::default(),
///         published: Published::default(), segments: vec![],
///     },
///     incidents: vec![], tallies: vec![], not_incidents: vec![threat], mentions: vec![], quotes: vec![],
///     diagnostics: vec![], fingerprint: vec![], derivation: vec![],
/// };
/// let json = serde_json::to_value(wire::reading(&reading))?;
/// assert_eq!(json["not_incidents"][0]["evidence"][0]["exact"], "هدد");
/// assert_eq!(json["document"]["published"]["earliest"], serde_json::Value::Null);
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn reading(reading: &model::Reading) -> Reading {
    reading_with(reading, false)
}

/// The JSON form of a reading; `with_mentions` adds what the text names.
pub fn reading_with(reading: &model::Reading, with_mentions: bool) -> Reading {
    let text = TextIndex::new(&reading.document.text);
    Reading {
        schema: SCHEMA.to_string(),
        document: document(&reading.document, &text),
        incidents: reading.incidents.iter().map(|i| incident(i, &text)).collect(),
        tallies: reading.tallies.iter().map(|t| tally(t, &text)).collect(),
        not_incidents: reading.not_incidents.iter().map(|n| not_incident(n, &text)).collect(),
        mentions: with_mentions.then(|| reading.mentions.iter().map(|m| mention(m, &text)).collect()),
        quotes: reading.quotes.iter().map(|q| quote(q, &text)).collect(),
        diagnostics: reading.diagnostics.iter().map(|d| diagnostic(d, &text)).collect(),
    }
}

fn document(document: &model::Document, text: &TextIndex) -> Document {
    let sourced = |value: &model::Sourced<String>| Text {
        value: Some(value.value().clone()),
        evidence: text.spans("document", value.evidence()),
    };
    let given = || document.outlet_given.clone().map(|value| Text { value: Some(value), evidence: vec![] });
    Document {
        id: document.id.clone(),
        source: document.source.clone(),
        sha256: document.sha256.clone(),
        language: document.language.clone(),
        title: document.title.as_ref().map(sourced),
        outlet: document.outlet.as_ref().map(sourced).or_else(given),
        published: published(&document.published, text),
        retrieval: retrieval(&document.retrieval),
        segments: document.segments.iter().map(segment).collect(),
        outlet_given: document.outlet_given.clone(),
    }
}

fn retrieval(retrieval: &model::Retrieval) -> Retrieval {
    let model::Retrieval { url, file, offset, fetched, content_type } = retrieval.clone();
    Retrieval { url, file, offset, fetched, content_type }
}

fn published(published: &model::Published, text: &TextIndex) -> Published {
    let rejected = |r: &model::RejectedDate| Rejected {
        date: r.date.to_string(),
        reason: r.reason.clone(),
        evidence: text.spans("document", &r.evidence),
    };
    Published {
        earliest: date(published.earliest),
        latest: date(published.latest),
        precision: if published.day().is_some() { "day" } else { "unresolved" }.to_string(),
        weekday: published.weekday.map(|w| model::weekday_name(w).to_string()),
        method: name(names::METHODS, published.method),
        evidence: text.spans("document", &published.evidence),
        rejected: published.rejected.iter().map(rejected).collect(),
    }
}

fn segment(segment: &model::Segment) -> Segment {
    Segment { role: segment.role.name().to_string(), start: segment.span.start, end: segment.span.end }
}

pub(super) fn incident(incident: &model::Incident, text: &impl Quote) -> Incident {
    Incident {
        id: incident.id.clone(),
        event: incident.event_type().name().to_string(),
        sub_type: incident.sub_type.clone(),
        tags: incident.tags.clone(),
        role: incident.role.name().to_string(),
        epistemic: incident.epistemic.name().to_string(),
        date: date_value(&incident.date, text),
        place: incident.place.as_ref().map(|p| place(p, text)),
        weapons: incident.weapons.iter().map(|w| weapon(w, text)).collect(),
        munitions: munitions(&incident.munitions, text),
        interception: interception(&incident.interception, text),
        launch_site: incident.launch_site.as_ref().map(|l| launch_site(l, text)),
        target: incident.target.as_ref().map(|t| target(t, text)),
        casualties: casualties(&incident.casualties, text),
        damage: damage(&incident.damage, text),
        claimed_by: claimed_by(&incident.claimed_by, text),
        perpetrator: incident.perpetrator.as_ref().map(|p| perpetrator(p, text)),
        blamed_on: incident.blamed_on.iter().map(|b| blame(b, text)).collect(),
        attribution: incident.attribution.iter().map(|a| attribution(a, text)).collect(),
        mentions: text.spans("mentions", &incident.mentions),
        type_evidence: text.spans("type", incident.event.evidence()),
        links: incident.links.iter().map(|l| link(l, text)).collect(),
    }
}

fn link(link: &model::Link, text: &impl Quote) -> Link {
    let kind = link.kind.value().name().to_string();
    Link { kind, incident: link.to.clone(), evidence: text.spans("links", link.kind.evidence()), ..Link::default() }
}

fn date_value(value: &model::DateValue, text: &impl Quote) -> DateValue {
    DateValue {
        earliest: date(value.earliest),
        latest: date(value.latest),
        precision: name(names::PRECISIONS, value.precision),
        time_of_day: value.time_of_day.map(|t| name(names::TIMES_OF_DAY, t)),
        weekday: value.weekday.map(|w| model::weekday_name(w).to_string()),
        derivation: filled(&value.derivation),
        evidence: text.spans("date", &value.evidence),
    }
}

/// A place that no text tells.
pub(crate) fn place_row(row: &model::Place) -> Place {
    place(&model::Place { evidence: vec![], ..row.clone() }, &TextIndex::new(""))
}

fn place(place: &model::Place, text: &impl Quote) -> Place {
    Place {
        id: place.id.as_deref().map(str::to_string),
        name_en: filled(&place.name_en),
        names: place.names_en.iter().map(|n| n.to_string()).collect(),
        name_ar: filled(&place.name_ar),
        relation: Some(place.relation.name().to_string()),
        chain: place.chain.iter().map(place_link).collect(),
        country: filled(&place.country),
        point: place.point.map(|p| Point { lat: p.lat, lon: p.lon, accuracy_km: p.accuracy_km }),
        evidence: text.spans("place", &place.evidence),
    }
}

fn place_link(link: &model::PlaceLink) -> PlaceLink {
    PlaceLink {
        id: link.id.as_deref().map(str::to_string),
        kind: link.kind.to_string(),
        name_en: link.name_en.to_string(),
        name_ar: link.name_ar.to_string(),
    }
}

fn weapon(weapon: &model::Weapon, text: &impl Quote) -> Weapon {
    Weapon {
        id: weapon.id.to_string(),
        name_en: filled(&weapon.name_en),
        evidence: text.spans("weapons", &weapon.evidence),
    }
}

fn munitions(munitions: &model::Munitions, text: &impl Quote) -> Munitions {
    Munitions {
        launched: quantity("munitions.launched", &munitions.launched, text),
        landed: quantity("munitions.landed", &munitions.landed, text),
        intercepted: quantity("munitions.intercepted", &munitions.intercepted, text),
        unfired: quantity("munitions.unfired", &munitions.unfired, text),
        used: quantity("munitions.used", &munitions.used, text),
    }
}

fn interception(interception: &model::Interception, text: &impl Quote) -> Interception {
    Interception {
        status: interception.status.name().to_string(),
        system: interception.system.clone(),
        evidence: text.spans("interception", &interception.evidence),
    }
}

fn launch_site(site: &model::LaunchSite, text: &impl Quote) -> LaunchSite {
    LaunchSite {
        value: site.value.clone(),
        place_id: site.place_id.as_deref().map(str::to_string),
        launcher_found: site.launcher_found,
        evidence: text.spans("launch_site", &site.evidence),
    }
}

fn target(target: &model::Target, text: &impl Quote) -> Target {
    let evidence = text.spans("target", &target.evidence);
    Target { value: target.value.clone(), class: target.class.clone(), evidence }
}

fn casualties(casualties: &model::Casualties, text: &impl Quote) -> Casualties {
    let group = |toll: &model::GroupToll| GroupToll {
        group: toll.group.clone(),
        killed: quantity("casualties.by_group.killed", &toll.killed, text),
        wounded: quantity("casualties.by_group.wounded", &toll.wounded, text),
    };
    Casualties {
        killed: quantity("casualties.killed", &casualties.killed, text),
        wounded: quantity("casualties.wounded", &casualties.wounded, text),
        pooled: quantity("casualties.pooled", &casualties.pooled, text),
        perpetrators_killed: quantity("casualties.perpetrators_killed", &casualties.perpetrators_killed, text),
        by_group: casualties.by_group.iter().map(group).collect(),
    }
}

fn damage(damage: &model::Damage, text: &impl Quote) -> Damage {
    Damage {
        status: name(names::DAMAGE_STATUSES, damage.status),
        value: damage.value.clone(),
        evidence: text.spans("damage", &damage.evidence),
    }
}

fn claimed_by(claim: &model::ClaimedBy, text: &impl Quote) -> ClaimedBy {
    ClaimedBy {
        status: name(names::CLAIM_STATUSES, claim.status),
        actor: claim.actor.clone(),
        evidence: text.spans("claimed_by", &claim.evidence),
    }
}

fn perpetrator(actor: &model::Sourced<String>, text: &impl Quote) -> Actor {
    Actor { actor: actor.value().clone(), evidence: text.spans("perpetrator", actor.evidence()) }
}

fn blame(blame: &model::Blame, text: &impl Quote) -> Blame {
    Blame {
        actor: blame.actor.clone(),
        by: blame.by.clone(),
        strength: name(names::STRENGTHS, blame.strength),
        evidence: text.spans("blamed_on", &blame.evidence),
    }
}

fn attribution(attribution: &model::Attribution, text: &impl Quote) -> Attribution {
    Attribution {
        source: attribution.source.clone(),
        kind: attribution.kind.name().to_string(),
        evidence: text.spans("attribution", &attribution.evidence),
    }
}

fn quantity(field: &str, quantity: &model::Quantity, text: &impl Quote) -> Quantity {
    Quantity {
        value: quantity.value,
        min: quantity.min,
        max: quantity.max,
        approx: quantity.approx,
        status: name(names::QUANTITY_STATUSES, quantity.status),
        evidence: text.spans(field, &quantity.evidence),
    }
}

fn tally(tally: &model::Tally, text: &TextIndex) -> Tally {
    Tally {
        kind: tally.kind.name().to_string(),
        count: quantity("tally", &tally.count, text),
        from: date(tally.from),
        to: date(tally.to),
        types: tally.types.iter().map(|t| t.name().to_string()).collect(),
        target: tally.target.clone(),
        said_by: tally.said_by.clone(),
        killed: quantity("tally", &tally.killed, text),
        wounded: quantity("tally", &tally.wounded, text),
        evidence: text.spans("tally", &tally.evidence),
    }
}

fn not_incident(not: &model::NotIncident, text: &TextIndex) -> NotIncident {
    NotIncident { reason: not.reason.clone(), evidence: text.spans("not_incidents", &not.evidence) }
}

fn mention(mention: &model::TextMention, text: &TextIndex) -> Mention {
    Mention {
        kind: mention.kind.clone(),
        start: mention.span.start,
        end: mention.span.end,
        exact: text.quote(mention.span).to_string(),
        timex: mention.timex.clone(),
        value: mention.value.and_then(number),
        id: mention.id.as_deref().map(str::to_string),
    }
}

/// Whole numbers without a fraction; not-a-number has no JSON form.
fn number(value: f64) -> Option<Number> {
    const EXACT_MAX: f64 = 9_007_199_254_740_992.0; // 2^53: above it an f64 skips integers
    if value.fract() == 0.0 && value.abs() <= EXACT_MAX {
        return Some(Number::from(value as i64));
    }
    Number::from_f64(value)
}

fn quote(quote: &model::Quote, text: &TextIndex) -> super::Quote {
    super::Quote {
        speaker: quote.speaker.clone(),
        cue: quote.cue.as_ref().map(|e| text.span(e.span, Some(&e.rule))),
        content: text.span(quote.content, None),
    }
}

fn diagnostic(diagnostic: &model::Diagnostic, text: &TextIndex) -> Diagnostic {
    Diagnostic {
        code: diagnostic.code.clone(),
        message: diagnostic.message.clone(),
        hint: diagnostic.hint.clone(),
        evidence: text.spans("diagnostics", &diagnostic.evidence),
    }
}

fn date(date: Option<Date>) -> Option<String> {
    date.map(|d| d.to_string())
}

/// An empty word means "not known", which the format writes as null.
fn filled(word: &str) -> Option<String> {
    (!word.is_empty()).then(|| word.to_string())
}
