//! How do the stages hand their results to one another?
//!
//! Each function is one arrow of the line in DESIGN.md, or the step between two
//! crates that must not know each other: the resolver's incident becomes the
//! row that the store takes. Nothing is decided here.

use crate::Error;
use marsad_extract::Reader;
use marsad_ingest::{Ingested, Ingester, RawArticle, Skipped};
use marsad_lang::Resources;
use marsad_model::Reading;
use marsad_resolve::{
    Claim, Conflict, ConflictValue, Dated, Decided, DerivedDate, Link, LinkTelling, Member, PairReason, Resolved,
    Rollup,
};
use marsad_store::{LinkTold, Provenance, ResolvedDate, ResolvedIncident, ResolvedLink, Store, wire};

/// Which program reads, with which data: the store asks for it beside every reading.
pub fn provenance(res: &Resources) -> Provenance {
    Provenance { program_version: crate::VERSION.to_string(), resource_fingerprint: res.fingerprint() }
}

/// No article is longer. What is longer is a whole archive on one line, and the
/// work on one line grows faster than its length (2026-11, one line, release build: plain sentences 0.4 s for 1 MB and
/// 10 s for 4 MB; car bombs joined by commas 6.5 s for 1 MB and more than 120 s for 4 MB).
const ARTICLE_BYTES_MAX: usize = 1 << 20;

/// Everything that one article tells.
///
/// # Errors
/// When the article is not one to read (empty, in another language, too long); says why.
pub fn read_one(reader: &Reader, ingester: &Ingester, article: RawArticle) -> Result<Reading, Skipped> {
    let article = article.opened()?;
    if article.text.len() > ARTICLE_BYTES_MAX {
        return Err(too_long(article));
    }
    let (Ingested { document, page, mut diagnostics, skip }, annotation) = ingester.annotated(article);
    if let Some(skipped) = skip {
        return Err(skipped);
    }
    let mut reading = match annotation {
        Some(annotation) => reader.read_annotated(document, annotation),
        None => reader.read(document),
    };
    diagnostics.append(&mut reading.diagnostics);
    reading.diagnostics = diagnostics;
    if let Some(page) = page {
        page.locate(&mut reading);
    }
    Ok(reading)
}

fn too_long(article: RawArticle) -> Skipped {
    Skipped {
        message: format!("{} bytes of text are too long for one article", article.text.len()),
        source: article.source,
        code: "too_long",
        hint: Some("give one article a file, or one a line in a .jsonl file".to_string()),
    }
}

/// The incidents that many readings tell, as rows for the store.
///
/// The order of the readings does not matter; none gives no incident:
///
/// ```
/// assert!(marsad::resolve_all(&[]).is_empty());
/// ```
pub fn resolve_all(readings: &[Reading]) -> Vec<ResolvedIncident> {
    let claims: Vec<Claim> = readings.iter().flat_map(Claim::from_reading).collect();
    resolve_claims(&claims)
}

/// As [`resolve_all`], for callers that keep the claims and let go of the texts.
pub fn resolve_claims(claims: &[Claim]) -> Vec<ResolvedIncident> {
    marsad_resolve::resolve(claims).into_iter().map(row).collect()
}

/// The decisions of people that count, as the resolver takes them.
///
/// # Errors
/// When the log cannot be read.
pub fn decided(store: &Store) -> Result<Vec<Decided>, Error> {
    let decisions = store.decisions()?.into_iter();
    Ok(decisions.map(|(number, decision)| Decided { number, decision }).collect())
}

/// What the resolver merged, as the row that the store takes.
pub(crate) fn row(resolved: Resolved) -> ResolvedIncident {
    let shown_from = resolved.telling_of_field.into_iter();
    ResolvedIncident {
        tellings: resolved.members.into_iter().map(telling).collect(),
        voices: resolved.voices,
        conflicts: resolved.conflicts.into_iter().map(conflict).collect(),
        why: resolved.why.iter().map(why).chain(resolved.decided_by.iter().map(by_hand)).collect(),
        grade: Some(resolved.grade.name().to_string()),
        rollup: wire::Rollups { killed: resolved.killed.map(rollup), wounded: resolved.wounded.map(rollup) },
        links: resolved_links(&resolved.links),
        derived_dates: resolved.derived_dates.into_iter().map(derived_date).collect(),
        shown_from: shown_from.map(|(field, document)| (field.to_string(), document)).collect(),
        ..ResolvedIncident::new(resolved.merged, vec![])
    }
}

fn telling(member: Member) -> wire::Telling {
    wire::Telling {
        document: member.document,
        source: member.source,
        outlet: member.outlet,
        incident: member.incident,
        voice: member.voice,
        ..wire::Telling::default()
    }
}

fn conflict(conflict: Conflict) -> wire::Conflict {
    wire::Conflict {
        field: conflict.field.to_string(),
        values: conflict.values.into_iter().map(conflict_value).collect(),
        preferred: conflict.preferred.into(),
        rule: conflict.rule.to_string(),
    }
}

fn conflict_value(value: ConflictValue) -> wire::ConflictValue {
    wire::ConflictValue { value: value.text.into(), documents: value.documents, said_by: value.said_by }
}

/// How an incident stands to others, as the store takes it.
pub(crate) fn resolved_links(links: &[Link]) -> Vec<ResolvedLink> {
    links.iter().filter_map(link).collect()
}

fn link(link: &Link) -> Option<ResolvedLink> {
    let (document, incident) = link.to.rsplit_once('#')?;
    Some(ResolvedLink {
        kind: link.kind.name().to_string(),
        document: document.to_string(),
        incident: incident.to_string(),
        decided: link.decided_by.map(|number| format!("entry {number} of the log")),
        told_by: link.told_by.iter().cloned().map(link_told).collect(),
    })
}

fn link_told(LinkTelling { document, said_by, evidence }: LinkTelling) -> LinkTold {
    LinkTold { document, said_by, evidence }
}

fn derived_date(date: DerivedDate) -> ResolvedDate {
    let of = match date.of {
        Dated::Incident => "incident",
        Dated::Publication => "publication",
    };
    let (earliest, latest) = (date.earliest.map(|day| day.to_string()), date.latest.map(|day| day.to_string()));
    ResolvedDate { document: date.document, of: of.to_string(), earliest, latest, basis: date.basis }
}

fn rollup(Rollup { low, best, high }: Rollup) -> wire::Rollup {
    wire::Rollup { low, best, high }
}

fn by_hand(entry: &u64) -> String {
    format!("decided by hand: entry {entry} of the log")
}

/// `a#i1 = b#i1: 72 points (type: same +16, place: same site +28, date: same day +28)`
pub(crate) fn why(reason: &PairReason) -> String {
    let levels: Vec<String> = reason.levels.iter().map(|l| format!("{} {:+}", l.label, l.points)).collect();
    format!("{} = {}: {} points ({})", reason.a, reason.b, reason.points, levels.join(", "))
}
