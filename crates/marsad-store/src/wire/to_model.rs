//! How does a printed reading become a reading of the model again?
//!
//! Stored readings are resolved again when more documents arrive, and rows that
//! people coded enter the same way. Words outside the closed vocabularies are
//! an error that names the document, the field and the word; a missing value is
//! "unknown".

use super::names::{self, Names};
use super::*;
use crate::Error;
use jiff::civil::{Date, Weekday};
use marsad_model as model;
use model::{Evidence, Sourced};

impl Reading {
    /// The reading as the nouns of the model, with `text` as the decoded source
    /// text. The fingerprint and the derivation are no part of the format: they
    /// come back empty.
    ///
    /// # Errors
    /// `bad_reading` when a word is none of the format's, a date is no date, or
    /// a value that needs evidence has none.
    ///
    /// ```
    /// use marsad_store::wire;
    /// let line = r#"{"schema": "marsad.reading/1", "document": {"id": "a", "published": {"method": "given"}}}"#;
    /// let reading: wire::Reading = serde_json::from_str(line)?;
    /// assert_eq!(reading.to_model("").unwrap().document.id, "a");
    ///
    /// let line = line.replace("given", "guessed");
    /// let reading: wire::Reading = serde_json::from_str(&line)?;
    /// let error = reading.to_model("").unwrap_err();
    /// assert_eq!(error.to_string(), "a: published.method: no such word: guessed");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn to_model(&self, text: &str) -> Result<model::Reading, Error> {
        let within = |e: Problem| Error::bad_reading(&self.document.id, e.0);
        self.checked_schema().and_then(|()| self.nouns(text)).map_err(within)
    }

    fn checked_schema(&self) -> Result<(), Problem> {
        if self.schema == SCHEMA { Ok(()) } else { problem("schema", "not marsad.reading/1", &self.schema) }
    }

    fn nouns(&self, text: &str) -> Result<model::Reading, Problem> {
        Ok(model::Reading {
            document: document(&self.document, text)?,
            incidents: all(&self.incidents, incident)?,
            tallies: all(&self.tallies, tally)?,
            not_incidents: all(&self.not_incidents, not_incident)?,
            mentions: all(self.mentions.as_deref().unwrap_or_default(), mention)?,
            quotes: all(&self.quotes, quote)?,
            diagnostics: all(&self.diagnostics, diagnostic)?,
            fingerprint: vec![],
            derivation: vec![],
        })
    }
}

/// What is wrong with a reading, before the document's id is added.
struct Problem(String);

fn problem<T>(field: &str, what: &str, found: &str) -> Result<T, Problem> {
    Err(Problem(format!("{field}: {what}: {found}")))
}

fn all<W, M>(rows: &[W], one: impl Fn(&W) -> Result<M, Problem>) -> Result<Vec<M>, Problem> {
    rows.iter().map(one).collect()
}

fn document(row: &Document, text: &str) -> Result<model::Document, Problem> {
    Ok(model::Document {
        id: row.id.clone(),
        source: row.source.clone(),
        sha256: row.sha256.clone(),
        text: text.to_string(),
        language: row.language.clone(),
        title: sourced_text(row.title.as_ref())?,
        outlet: sourced_text(row.outlet.as_ref())?,
        outlet_given: row.outlet_given.clone().or_else(|| given_outlet(row)),
        published: published(&row.published)?,
        retrieval: retrieval(&row.retrieval),
        segments: all(&row.segments, segment)?,
    })
}

/// A value without evidence was given beside the text, not read from it.
fn sourced_text(row: Option<&Text>) -> Result<Option<Sourced<String>>, Problem> {
    let Some(Text { value: Some(value), evidence }) = row else { return Ok(None) };
    Ok(Sourced::with_all(value.clone(), spans(evidence)?))
}

fn given_outlet(row: &Document) -> Option<String> {
    row.outlet.as_ref().filter(|o| o.evidence.is_empty()).and_then(|o| o.value.clone())
}

fn retrieval(row: &Retrieval) -> model::Retrieval {
    let Retrieval { url, file, offset, fetched, content_type } = row.clone();
    model::Retrieval { url, file, offset, fetched, content_type }
}

fn published(row: &Published) -> Result<model::Published, Problem> {
    let rejected = |r: &Rejected| {
        let day = date("published.rejected", Some(&r.date))?;
        let Some(date) = day else { return problem("published.rejected", "no date", &r.reason) };
        Ok(model::RejectedDate { date, reason: r.reason.clone(), evidence: spans(&r.evidence)? })
    };
    Ok(model::Published {
        earliest: date("published.earliest", row.earliest.as_deref())?,
        latest: date("published.latest", row.latest.as_deref())?,
        weekday: weekday("published.weekday", row.weekday.as_deref())?,
        method: word("published.method", names::METHODS, &row.method)?,
        evidence: spans(&row.evidence)?,
        rejected: all(&row.rejected, rejected)?,
    })
}

fn segment(row: &Segment) -> Result<model::Segment, Problem> {
    let role = known("segments.role", &row.role, model::SegmentRole::from_name)?;
    Ok(model::Segment { role, span: bounds(row.start, row.end)? })
}

fn incident(row: &Incident) -> Result<model::Incident, Problem> {
    Ok(model::Incident {
        id: row.id.clone(),
        event: event(row)?,
        sub_type: row.sub_type.clone(),
        tags: row.tags.clone(),
        role: known("role", &row.role, model::Role::from_name)?,
        epistemic: known("epistemic", &row.epistemic, model::Epistemic::from_name)?,
        date: date_value(&row.date)?,
        place: row.place.as_ref().map(place).transpose()?,
        weapons: all(&row.weapons, weapon)?,
        munitions: munitions(&row.munitions)?,
        interception: interception(&row.interception)?,
        launch_site: row.launch_site.as_ref().map(launch_site).transpose()?,
        target: row.target.as_ref().map(target).transpose()?,
        casualties: casualties(&row.casualties)?,
        damage: damage(&row.damage)?,
        claimed_by: claimed_by(&row.claimed_by)?,
        perpetrator: row.perpetrator.as_ref().map(perpetrator).transpose()?,
        blamed_on: all(&row.blamed_on, blame)?,
        attribution: all(&row.attribution, attribution)?,
        mentions: spans(&row.mentions)?,
        links: all(&row.links, link)?,
    })
}

fn link(row: &Link) -> Result<model::Link, Problem> {
    let kind = known("links.kind", &row.kind, model::LinkKind::from_name)?;
    match Sourced::with_all(kind, spans(&row.evidence)?) {
        Some(kind) => Ok(model::Link { kind, to: row.incident.clone() }),
        None => problem("links", "without evidence to", &row.incident),
    }
}

/// The type rests on its own evidence, or on the mentions where a reading made
/// elsewhere does not have the extra key.
fn event(row: &Incident) -> Result<Sourced<model::EventType>, Problem> {
    let event = known("type", &row.event, model::EventType::from_name)?;
    let evidence = if row.type_evidence.is_empty() { &row.mentions } else { &row.type_evidence };
    match Sourced::with_all(event, spans(evidence)?) {
        Some(sourced) => Ok(sourced),
        None => problem("type", "without evidence in incident", &row.id),
    }
}

fn date_value(row: &DateValue) -> Result<model::DateValue, Problem> {
    Ok(model::DateValue {
        earliest: date("date.earliest", row.earliest.as_deref())?,
        latest: date("date.latest", row.latest.as_deref())?,
        precision: word("date.precision", names::PRECISIONS, &row.precision)?,
        time_of_day: optional(&row.time_of_day, |w| word("date.time_of_day", names::TIMES_OF_DAY, w))?,
        weekday: weekday("date.weekday", row.weekday.as_deref())?,
        derivation: row.derivation.clone().unwrap_or_default(),
        evidence: spans(&row.evidence)?,
    })
}

/// The place of a decision; `None` when it is none.
pub(crate) fn to_place(row: &serde_json::Value) -> Option<model::Place> {
    let row: Place = serde_json::from_value(row.clone()).ok().filter(|row: &Place| row.id.is_some())?;
    place(&row).ok()
}

fn place(row: &Place) -> Result<model::Place, Problem> {
    let relation = row.relation.as_deref().unwrap_or(model::Relation::In.name());
    Ok(model::Place {
        id: row.id.as_deref().map(Into::into),
        name_en: row.name_en.as_deref().unwrap_or_default().into(),
        names_en: row.names.iter().map(|n| n.as_str().into()).collect(),
        name_ar: row.name_ar.as_deref().unwrap_or_default().into(),
        relation: known("place.relation", relation, model::Relation::from_name)?,
        chain: row.chain.iter().map(place_link).collect(),
        country: row.country.as_deref().unwrap_or_default().into(),
        point: row.point.map(|p| model::Point { lat: p.lat, lon: p.lon, accuracy_km: p.accuracy_km }),
        evidence: spans(&row.evidence)?,
    })
}

fn place_link(row: &PlaceLink) -> model::PlaceLink {
    model::PlaceLink {
        id: row.id.as_deref().map(Into::into),
        kind: row.kind.as_str().into(),
        name_en: row.name_en.as_str().into(),
        name_ar: row.name_ar.as_str().into(),
    }
}

fn weapon(row: &Weapon) -> Result<model::Weapon, Problem> {
    let name_en = row.name_en.as_deref().unwrap_or_default().into();
    Ok(model::Weapon { id: row.id.as_str().into(), name_en, evidence: spans(&row.evidence)? })
}

fn munitions(row: &Munitions) -> Result<model::Munitions, Problem> {
    Ok(model::Munitions {
        launched: quantity(&row.launched)?,
        landed: quantity(&row.landed)?,
        intercepted: quantity(&row.intercepted)?,
        unfired: quantity(&row.unfired)?,
        used: quantity(&row.used)?,
    })
}

fn interception(row: &Interception) -> Result<model::Interception, Problem> {
    let status = known("interception.status", &row.status, model::vocabulary::InterceptionStatus::from_name)?;
    Ok(model::Interception { status, system: row.system.clone(), evidence: spans(&row.evidence)? })
}

fn launch_site(row: &LaunchSite) -> Result<model::LaunchSite, Problem> {
    Ok(model::LaunchSite {
        value: row.value.clone(),
        place_id: row.place_id.as_deref().map(Into::into),
        launcher_found: row.launcher_found,
        evidence: spans(&row.evidence)?,
    })
}

fn target(row: &Target) -> Result<model::Target, Problem> {
    Ok(model::Target { value: row.value.clone(), class: row.class.clone(), evidence: spans(&row.evidence)? })
}

fn casualties(row: &Casualties) -> Result<model::Casualties, Problem> {
    let group = |toll: &GroupToll| {
        let (killed, wounded) = (quantity(&toll.killed)?, quantity(&toll.wounded)?);
        Ok(model::GroupToll { group: toll.group.clone(), killed, wounded })
    };
    Ok(model::Casualties {
        killed: quantity(&row.killed)?,
        wounded: quantity(&row.wounded)?,
        pooled: quantity(&row.pooled)?,
        perpetrators_killed: quantity(&row.perpetrators_killed)?,
        by_group: all(&row.by_group, group)?,
    })
}

fn damage(row: &Damage) -> Result<model::Damage, Problem> {
    let status = word("damage.status", names::DAMAGE_STATUSES, &row.status)?;
    Ok(model::Damage { status, value: row.value.clone(), evidence: spans(&row.evidence)? })
}

fn claimed_by(row: &ClaimedBy) -> Result<model::ClaimedBy, Problem> {
    let status = word("claimed_by.status", names::CLAIM_STATUSES, &row.status)?;
    Ok(model::ClaimedBy { status, actor: row.actor.clone(), evidence: spans(&row.evidence)? })
}

fn perpetrator(row: &Actor) -> Result<Sourced<String>, Problem> {
    match Sourced::with_all(row.actor.clone(), spans(&row.evidence)?) {
        Some(sourced) => Ok(sourced),
        None => problem("perpetrator", "without evidence", &row.actor),
    }
}

fn blame(row: &Blame) -> Result<model::Blame, Problem> {
    let strength = word("blamed_on.strength", names::STRENGTHS, &row.strength)?;
    Ok(model::Blame { actor: row.actor.clone(), by: row.by.clone(), strength, evidence: spans(&row.evidence)? })
}

fn attribution(row: &Attribution) -> Result<model::Attribution, Problem> {
    let kind = known("attribution.kind", &row.kind, model::SourceKind::from_name)?;
    Ok(model::Attribution { source: row.source.clone(), kind, evidence: spans(&row.evidence)? })
}

fn quantity(row: &Quantity) -> Result<model::Quantity, Problem> {
    Ok(model::Quantity {
        value: row.value,
        min: row.min,
        max: row.max,
        approx: row.approx,
        status: word("quantity.status", names::QUANTITY_STATUSES, &row.status)?,
        evidence: spans(&row.evidence)?,
    })
}

fn tally(row: &Tally) -> Result<model::Tally, Problem> {
    Ok(model::Tally {
        kind: known("tallies.kind", &row.kind, model::TallyKind::from_name)?,
        count: quantity(&row.count)?,
        from: date("tallies.from", row.from.as_deref())?,
        to: date("tallies.to", row.to.as_deref())?,
        types: all(&row.types, |t| known("tallies.types", t, model::EventType::from_name))?,
        target: row.target.clone(),
        said_by: row.said_by.clone(),
        killed: quantity(&row.killed)?,
        wounded: quantity(&row.wounded)?,
        evidence: spans(&row.evidence)?,
    })
}

fn not_incident(row: &NotIncident) -> Result<model::NotIncident, Problem> {
    Ok(model::NotIncident { reason: row.reason.clone(), evidence: spans(&row.evidence)? })
}

fn mention(row: &Mention) -> Result<model::TextMention, Problem> {
    Ok(model::TextMention {
        kind: row.kind.clone(),
        span: bounds(row.start, row.end)?,
        id: row.id.as_deref().map(Into::into),
        timex: row.timex.clone(),
        value: row.value.as_ref().and_then(Number::as_f64),
    })
}

fn quote(row: &Quote) -> Result<model::Quote, Problem> {
    Ok(model::Quote {
        speaker: row.speaker.clone(),
        cue: row.cue.as_ref().map(evidence).transpose()?,
        content: bounds(row.content.start, row.content.end)?,
    })
}

fn diagnostic(row: &Diagnostic) -> Result<model::Diagnostic, Problem> {
    Ok(model::Diagnostic {
        code: row.code.clone(),
        message: row.message.clone(),
        hint: row.hint.clone(),
        evidence: spans(&row.evidence)?,
    })
}

fn spans(rows: &[Span]) -> Result<Vec<Evidence>, Problem> {
    all(rows, evidence)
}

fn evidence(row: &Span) -> Result<Evidence, Problem> {
    Ok(Evidence::new(bounds(row.start, row.end)?, row.rule.as_deref().unwrap_or_default()))
}

fn bounds(start: u32, end: u32) -> Result<model::Span, Problem> {
    if end < start {
        return problem("span", "ends before it starts", &format!("{start}..{end}"));
    }
    Ok(model::Span::new(start, end))
}

fn date(field: &str, word: Option<&str>) -> Result<Option<Date>, Problem> {
    let Some(word) = word else { return Ok(None) };
    word.parse().map(Some).or_else(|_| problem(field, "no such date", word))
}

fn weekday(field: &str, word: Option<&str>) -> Result<Option<Weekday>, Problem> {
    word.map(|w| known(field, w, model::weekday_from_name)).transpose()
}

fn optional<M>(row: &Option<String>, one: impl Fn(&str) -> Result<M, Problem>) -> Result<Option<M>, Problem> {
    row.as_deref().map(one).transpose()
}

/// The value of a word in a table; an absent word has the first value, which
/// is the unknown one in every table.
fn word<T: Copy>(field: &str, table: Names<T>, word: &str) -> Result<T, Problem> {
    if word.is_empty() {
        return Ok(table[0].0);
    }
    known(field, word, |w| names::value(table, w))
}

fn known<T>(field: &str, word: &str, find: impl Fn(&str) -> Option<T>) -> Result<T, Problem> {
    find(word).map_or_else(|| problem(field, "no such word", word), Ok)
}
