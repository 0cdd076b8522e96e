//! Are the incidents of the five seed articles joined and kept apart as their coder joined them?
//!
//! Beside B-cubed: the pairs of incidents that must not become one, the differences between sources that must stay
//! visible, and the audits of the cumulative claims, all from `links.json`. A coded incident that was not read stays
//! alone.

use super::{Failure, Figures, Sorted, Told, labelled};
use jiff::civil::{Date, date};
use marsad::model::{Quantity, Tally, TallyKind};
use marsad::resolve::{Agreement, TallyClaim, Verdict, audit, series};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// "20 attacks since Biden took office", 23 April 2021.
const EXTERNAL_FROM: Date = date(2021, 1, 20);
const EXTERNAL_TO: Date = date(2021, 4, 23);

/// `files` names `links.json`; the annotations lie beside it.
pub fn measured(told: &Told, files: &[PathBuf]) -> Result<(Figures, Vec<String>), Failure> {
    let links_file = files.iter().find(|f| f.ends_with("links.json")).ok_or("links.json is not among the files")?;
    let links: Value = serde_json::from_str(&std::fs::read_to_string(links_file)?)?;
    let claim_of = claims_of_coded(told, links_file.parent().ok_or("links.json lies in no folder")?)?;
    let seeds = Seeds { told, links, claim_of };
    let (mut figures, mut misses) = (Figures::default(), vec![]);
    let sorted = seeds.sorted();
    sorted.figures("clusters", &mut figures);
    misses.extend(told.misses(&sorted));
    seeds.kept_apart(&mut figures, &mut misses);
    seeds.differences(&mut figures, &mut misses);
    seeds.audits(&mut figures, &mut misses);
    Ok((figures, misses))
}

struct Seeds<'a> {
    told: &'a Told,
    links: Value,
    /// Key of the claim by the id of the coded incident.
    claim_of: BTreeMap<String, String>,
}

impl Seeds<'_> {
    /// `(cluster, coded incident)` of all.
    fn members(&self) -> Vec<(String, String)> {
        let clusters = list(&self.links["clusters"]);
        let of = |c: &Value| list(&c["members"]).iter().map(|m| (text(&c["id"]), text(m))).collect::<Vec<_>>();
        clusters.iter().flat_map(of).collect()
    }

    fn sorted(&self) -> Sorted {
        let mut sorted = Sorted::default();
        for (i, (cluster, coded)) in self.members().into_iter().enumerate() {
            let key = self.claim_of.get(&coded);
            let alone = self.told.incidents.len() + i;
            let got = key.and_then(|k| self.told.incident_of.get(k)).copied().unwrap_or(alone);
            sorted.add(key.unwrap_or(&coded), [cluster], [got]);
        }
        sorted
    }

    /// The incidents in which a cluster is told.
    fn incidents_of(&self, cluster: &str) -> BTreeSet<usize> {
        let members = self.members();
        let keys = members.iter().filter(|(c, _)| c == cluster).filter_map(|(_, coded)| self.claim_of.get(coded));
        keys.filter_map(|k| self.told.incident_of.get(k)).copied().collect()
    }

    fn kept_apart(&self, figures: &mut Figures, misses: &mut Vec<String>) {
        let pairs = list(&self.links["must_not_merge"]);
        let is_kept =
            |pair: &&Value| self.incidents_of(&text(&pair["a"])).is_disjoint(&self.incidents_of(&text(&pair["b"])));
        let (kept, merged): (Vec<&Value>, Vec<&Value>) = pairs.iter().partition(is_kept);
        misses.extend(merged.iter().map(|pair| format!("must not merge {} {}", pair["a"], pair["b"])));
        figures.add("kept apart share", kept.len() as f64 / pairs.len() as f64, pairs.len());
    }

    /// A difference is visible when the tellings of one incident still say it: they differ in the field, or one of
    /// them fills several.
    fn differences(&self, figures: &mut Figures, misses: &mut Vec<String>) {
        let listed = list(&self.links["cross_source_differences"]);
        let (seen, lost): (Vec<&Value>, Vec<&Value>) = listed.iter().partition(|d| self.is_visible(d));
        misses.extend(lost.iter().map(|d| format!("difference not visible {} {}", d["cluster"], d["field"])));
        figures.add("differences visible share", seen.len() as f64 / listed.len() as f64, listed.len());
    }

    fn is_visible(&self, difference: &Value) -> bool {
        let field = text(&difference["field"]);
        let field = field.split(['(', ' ']).next().unwrap_or_default();
        let is_document = |key: &&String| key.len() == 3 && key.starts_with("00");
        let documents: Vec<&String> =
            difference.as_object().into_iter().flatten().map(|(k, _)| k).filter(is_document).collect();
        let incidents = self.incidents_of(&text(&difference["cluster"]));
        let [incident] = incidents.iter().copied().collect::<Vec<_>>()[..] else { return false };
        let members = &self.told.incidents[incident].members;
        let from = |d: &&String| members.iter().find(|m| self.stem(&m.document).starts_with(d.as_str()));
        let told: Vec<_> = documents.iter().filter_map(from).collect();
        let said = |m: &&marsad::resolve::Member| {
            let claim = self.told.claim(&format!("{}#{}", m.document, m.incident));
            self.said(claim, field)
        };
        match told[..] {
            [a, b] => field == "target" || said(&a) != said(&b),
            _ => members.iter().any(|m| self.fills_several(m)),
        }
    }

    fn fills_several(&self, member: &marsad::resolve::Member) -> bool {
        let claim = self.told.claim(&format!("{}#{}", member.document, member.incident));
        let munitions = claim.incident.munitions.each();
        let filled = munitions.iter().filter(|(_, q)| q.is_counted()).count();
        filled + claim.incident.casualties.by_group.len() >= 2
    }

    /// What a telling says of a field, in full, with the words it rests on.
    fn said(&self, claim: &marsad::resolve::Claim, field: &str) -> String {
        let incident = &claim.incident;
        match field {
            "date" | "month" => {
                let quotes: Vec<String> = incident.date.evidence.iter().map(|e| self.quote(claim, e.span)).collect();
                format!(
                    "{:?} {:?} {:?} {quotes:?}",
                    incident.date.earliest, incident.date.latest, incident.date.weekday
                )
            }
            "attribution" => format!("{:?}", incident.attribution.iter().map(|a| &a.source).collect::<Vec<_>>()),
            "damage" => format!("{:?}", incident.damage.status),
            "perpetrator" => {
                let evidence = incident.perpetrator.iter().flat_map(|p| p.evidence());
                let quotes: Vec<String> = evidence.map(|e| self.quote(claim, e.span)).collect();
                format!("{quotes:?} {:?}", incident.blamed_on.iter().map(|b| &b.actor).collect::<Vec<_>>())
            }
            "weapon" => format!("{:?}", incident.weapons.iter().map(|w| &w.id).collect::<Vec<_>>()),
            "killed" => format!("{:?}", incident.casualties.killed.range()),
            _ => String::new(),
        }
    }

    /// The name of the file or row that a document came from, whatever its id.
    fn stem(&self, document: &str) -> &str {
        let reading = self.told.readings.iter().find(|r| r.document.id == document).expect("a member was read");
        match document.starts_with("00") {
            true => &reading.document.id,
            false => reading.document.source.rsplit('/').next().unwrap_or_default(),
        }
    }

    fn quote(&self, claim: &marsad::resolve::Claim, span: marsad::model::Span) -> String {
        let reading = self.told.readings.iter().find(|r| r.document.id == claim.document);
        let text = reading.map_or("", |r| r.document.text.as_str());
        text.chars().skip(span.start as usize).take((span.end - span.start) as usize).collect()
    }

    fn audits(&self, figures: &mut Figures, misses: &mut Vec<String>) {
        let tallies: Vec<TallyClaim> = self.told.readings.iter().flat_map(TallyClaim::from_reading).collect();
        let audits = audit(&tallies, &self.told.incidents);
        let (mut right, mut of) = (usize::from(self.is_series(&tallies)), 1);
        if right == 0 {
            misses.push("series of 20, then 30: expected consistent".to_string());
        }
        for row in list(&self.links["aggregate_audit_expected"]) {
            let Some(expected) = Expected::of(&row) else { continue };
            for (document, kind) in &expected.claims {
                of += 1;
                let ours = audits.iter().filter(|a| self.stem(&a.document).starts_with(document.as_str()));
                let ours = ours.filter(|a| kind_of(&tallies, a) == Some(*kind));
                let said: Vec<String> =
                    ours.map(|a| format!("{} {}", a.verdict.name(), self.clusters(&a.members))).collect();
                let wanted = format!("{} {}", expected.verdict.name(), expected.members.join(" "));
                if said.contains(&wanted) {
                    right += 1;
                } else {
                    misses.push(format!("audit {document} {}: expected {wanted}, got {said:?}", kind.name()));
                }
            }
        }
        figures.add("audits share", right as f64 / of.max(1) as f64, of);
    }

    /// The row about a text that is not among the five, whose count is coded here: it and the two that were read must
    /// be one series.
    fn is_series(&self, tallies: &[TallyClaim]) -> bool {
        let is_of = |t: &&TallyClaim| {
            t.tally.kind == TallyKind::CountSince
                && t.tally.count.value == Some(30)
                && ["001", "004"].iter().any(|name| self.stem(&t.document).starts_with(name))
        };
        let mut told: Vec<TallyClaim> = tallies.iter().filter(is_of).cloned().collect();
        let read = told.len();
        let count = told.first().map(|first| Tally {
            count: Quantity::exactly(20, vec![]),
            from: Some(EXTERNAL_FROM),
            to: Some(EXTERNAL_TO),
            types: vec![],
            ..first.tally.clone()
        });
        let country = told.first().and_then(|first| first.country.clone());
        told.extend(count.map(|tally| TallyClaim { document: "external".to_string(), index: 0, country, tally }));
        let agreements: Vec<Agreement> = series(&told, &self.told.incidents).iter().map(|b| b.agreement).collect();
        let is_first = |a: &&Agreement| **a == Agreement::First;
        let is_well = |a: &&Agreement| **a == Agreement::Consistent;
        read >= 2
            && agreements.iter().filter(is_first).count() == 1
            && agreements.iter().filter(is_well).count() == read
    }

    /// The clusters that audited incidents stand for, sorted. What was read and not coded stands for none.
    fn clusters(&self, members: &[String]) -> String {
        let number = |key: &String| self.told.incidents.iter().position(|i| i.key == *key);
        let ids: BTreeSet<String> = list(&self.links["clusters"]).iter().map(|c| text(&c["id"])).collect();
        let name = |key: &String| {
            let number = number(key);
            let cluster = ids.iter().find(|id| number.is_some_and(|n| self.incidents_of(id).contains(&n)));
            cluster.cloned()
        };
        members.iter().filter_map(name).collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(" ")
    }
}

fn kind_of(tallies: &[TallyClaim], audit: &marsad::resolve::Audit) -> Option<TallyKind> {
    tallies.iter().find(|t| t.document == audit.document && t.index == audit.index).map(|t| t.tally.kind)
}

/// What `links.json` expects of an audit; the row about a text that is not among the five is `Seeds::is_series`.
struct Expected {
    claims: Vec<(String, TallyKind)>,
    members: Vec<String>,
    verdict: Verdict,
}

impl Expected {
    fn of(row: &Value) -> Option<Expected> {
        let kind =
            if text(&row["text"]).contains("since") { TallyKind::CountSince } else { TallyKind::OrdinalInWindow };
        let claim = text(&row["claim"]);
        let documents = claim.split(" = ").filter(|id| id.starts_with("00"));
        let claims: Vec<_> = documents.map(|id| (id[..3].to_string(), kind)).collect();
        let verdict =
            if text(&row["expected"]).contains("confirmed") { Verdict::Confirmed } else { Verdict::UnderCovered };
        (!claims.is_empty()).then(|| Expected {
            claims,
            members: list(&row["db_matches"]).iter().map(text).collect(),
            verdict,
        })
    }
}

/// Coded incidents with the claims that match them.
fn claims_of_coded(told: &Told, folder: &Path) -> Result<BTreeMap<String, String>, Failure> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder)? {
        let file = entry?.path();
        let stem = file.file_stem().and_then(|s| s.to_str()).unwrap_or_default().to_string();
        if file.extension().is_none_or(|e| e != "json") || !stem.starts_with("00") {
            continue;
        }
        let coded: Value = serde_json::from_str(&std::fs::read_to_string(&file)?)?;
        let incidents = list(&coded["incidents"]);
        let row = json!({ "labels": { "incidents": incidents.iter().map(label).collect::<Vec<_>>() } });
        let reading = told.readings.iter().find(|r| r.document.id == stem || r.document.source.contains(&stem));
        let Some(document) = reading.map(|r| r.document.id.clone()) else { continue };
        let matched = labelled::matched(told, &document, &row);
        found.extend(matched.into_iter().map(|(l, key)| (text(&incidents[l]["id"]), key)));
    }
    Ok(found)
}

/// A fully annotated incident as the short label that `own` matches.
fn label(incident: &Value) -> Value {
    let date = &incident["date"];
    let chain = list(&incident["place"]["chain"]);
    let names: Vec<String> = chain.iter().map(|c| text(&c["name_en"])).collect();
    let first = names.first().map(|n| n.split(['(', ',']).next().unwrap_or_default().trim().to_string());
    let event = text(&incident["type"]["value"]);
    let is_type = marsad::model::EventType::from_name(&event).is_some();
    let is_told = date["basis"] != "world";
    json!({
        "type": if is_type { event.as_str() } else { "attack_unspecified" },
        "role": incident["role"],
        "date": if is_told { date["iso"].clone() } else { Value::Null },
        "date_end": if is_told { date["iso_end"].clone() } else { Value::Null },
        "date_precision": date["precision"],
        "place": first,
        "country": names.last(),
        "killed": count(&incident["casualties"]["killed"]),
        "wounded": count(&incident["casualties"]["wounded"]),
    })
}

fn count(quantity: &Value) -> Value {
    match quantity["status"].as_str() {
        Some(none @ ("explicit_none" | "explicit_unknown")) => json!(none),
        Some("stated") if quantity["min"] == quantity["max"] => quantity["value"].clone(),
        Some("stated") => json!({ "min": quantity["min"], "max": quantity["max"] }),
        _ => Value::Null,
    }
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_string()
}
