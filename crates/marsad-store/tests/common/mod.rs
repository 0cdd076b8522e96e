//! Which readings do the tests work on?
//!
//! One reading with every field filled, and short ones that differ in a number.
#![allow(dead_code)] // each test file uses its own part

use jiff::civil::{Weekday, date};
use marsad_model::vocabulary::InterceptionStatus;
use marsad_model::*;
use marsad_store::wire::Telling;
use marsad_store::{Provenance, ResolvedIncident};

/// "Four Katyusha rockets fell near the US embassy in Baghdad at dawn on Thursday."
pub const TEXT: &str = "سقطت أربعة صواريخ كاتيوشا قرب السفارة الأمريكية في بغداد فجر الخميس";

/// Evidence for the first place where `words` stand in `text`.
pub fn evidence(text: &str, words: &str, rule: &str) -> Vec<Evidence> {
    let byte = text.find(words).unwrap_or_else(|| panic!("{words} is not in the text"));
    let start = text[..byte].chars().count() as u32;
    vec![Evidence::new(Span::new(start, start + words.chars().count() as u32), rule)]
}

fn said(words: &str, rule: &str) -> Vec<Evidence> {
    evidence(TEXT, words, rule)
}

fn sourced(value: &str, words: &str) -> Sourced<String> {
    Sourced::with_all(value.to_string(), said(words, "text")).unwrap()
}

pub fn place(relation: Relation, evidence: Vec<Evidence>) -> Place {
    let link = |id: &str, kind: &str, name_en: &str, name_ar: &str| PlaceLink {
        id: Some(id.into()),
        kind: kind.into(),
        name_en: name_en.into(),
        name_ar: name_ar.into(),
    };
    Place {
        id: Some("iq/baghdad/us-embassy".into()),
        name_en: "US Embassy, Baghdad".into(),
        names_en: vec!["Embassy of the United States, Baghdad".into()],
        name_ar: "السفارة الأمريكية".into(),
        relation,
        chain: vec![
            link("iq/baghdad/us-embassy", "embassy", "US Embassy, Baghdad", "السفارة الأمريكية"),
            link("iq/baghdad", "governorate", "Baghdad", "بغداد"),
            link("iq", "country", "Iraq", "العراق"),
        ],
        country: "IQ".into(),
        point: Some(Point { lat: 33.2989, lon: 44.3961, accuracy_km: 1.0 }),
        evidence,
    }
}

/// A reading in which no field is at its default.
pub fn full_reading() -> Reading {
    Reading {
        document: full_document(),
        incidents: vec![full_incident()],
        tallies: vec![full_tally()],
        not_incidents: vec![NotIncident { reason: "threat".into(), evidence: said("السفارة", "threat/warn") }],
        mentions: full_mentions(),
        quotes: vec![Quote {
            speaker: Some("الناطق".into()),
            cue: Some(said("سقطت", "speech/said")[0].clone()),
            content: Span::new(5, 10),
        }],
        diagnostics: vec![Diagnostic {
            code: "crawl_date".into(),
            message: "the page date is later than the news".into(),
            hint: Some("give --published".into()),
            evidence: said("الخميس", "chrome"),
        }],
        fingerprint: vec![1, u64::MAX],
        derivation: vec![],
    }
}

fn full_document() -> Document {
    Document {
        id: "seed-1".into(),
        source: "seeds/001.txt".into(),
        sha256: sha256_of(TEXT),
        text: TEXT.into(),
        language: "ar".into(),
        title: Some(sourced("سقطت أربعة صواريخ", "سقطت أربعة صواريخ")),
        outlet: Some(sourced("السفارة", "السفارة")),
        outlet_given: Some("example.org".into()),
        retrieval: Retrieval {
            url: Some("https://example.org/1".into()),
            file: Some("a.warc.gz".into()),
            offset: Some(4096),
            fetched: Some("2021-07-29T10:00:00Z".into()),
            content_type: Some("text/html".into()),
        },
        published: Published {
            earliest: Some(date(2021, 7, 29)),
            latest: Some(date(2021, 7, 29)),
            weekday: Some(Weekday::Thursday),
            method: PublishedMethod::DateLine,
            evidence: said("الخميس", "date-line"),
            rejected: vec![RejectedDate {
                date: date(2024, 3, 29),
                reason: "crawl_date: no Thursday".into(),
                evidence: said("فجر", "chrome"),
            }],
        },
        segments: vec![Segment { role: SegmentRole::Body, span: Span::new(0, TEXT.chars().count() as u32) }],
    }
}

fn full_incident() -> Incident {
    let four = || Quantity { approx: true, max: Some(5), ..Quantity::at_least(4, said("أربعة", "number/word")) };
    let event = Sourced::with_all(EventType::RocketAttack, said("سقطت", "trigger/rockets-fell")).unwrap();
    Incident {
        sub_type: Some("katyusha".into()),
        tags: vec!["assassination".into()],
        role: Role::Background,
        epistemic: Epistemic::Contested,
        date: DateValue {
            earliest: Some(date(2021, 7, 29)),
            latest: Some(date(2021, 7, 29)),
            precision: DatePrecision::PartOfDay,
            time_of_day: Some(TimeOfDay::Dawn),
            weekday: Some(Weekday::Thursday),
            derivation: "weekday before publication".into(),
            evidence: said("فجر الخميس", "time/weekday"),
        },
        place: Some(place(Relation::Near, said("السفارة الأمريكية", "place/us-embassy"))),
        weapons: vec![Weapon {
            id: "katyusha".into(),
            name_en: "Katyusha rocket".into(),
            evidence: said("كاتيوشا", "weapon/katyusha"),
        }],
        munitions: Munitions { launched: four(), landed: four(), intercepted: four(), unfired: four(), used: four() },
        interception: Interception {
            status: InterceptionStatus::Partial,
            system: Some("C-RAM".into()),
            evidence: said("قرب", "interception"),
        },
        launch_site: Some(LaunchSite {
            value: Some("بغداد".into()),
            place_id: Some("iq/baghdad".into()),
            launcher_found: true,
            evidence: said("بغداد", "launch-site"),
        }),
        target: Some(Target {
            value: "السفارة".into(),
            class: Some("embassy".into()),
            evidence: said("السفارة", "target/embassy"),
        }),
        casualties: Casualties {
            killed: Quantity::none(said("سقطت", "casualties/none")),
            wounded: Quantity { status: QuantityStatus::Inferred, ..four() },
            pooled: Quantity::not_known(said("سقطت", "casualties/not-known")),
            perpetrators_killed: Quantity::unknown(),
            by_group: vec![GroupToll { group: "civilians".into(), killed: Quantity::unknown(), wounded: four() }],
        },
        damage: Damage {
            status: DamageStatus::Stated,
            value: Some("minor".into()),
            evidence: said("قرب", "damage/minor"),
        },
        claimed_by: ClaimedBy {
            status: ResponsibilityStatus::ExplicitNoClaim,
            actor: Some("nobody".into()),
            evidence: said("سقطت", "claim/none"),
        },
        perpetrator: Some(sourced("a group", "صواريخ")),
        blamed_on: vec![Blame {
            actor: "factions".into(),
            by: Some("Washington".into()),
            strength: BlameStrength::HabitualPattern,
            evidence: said("صواريخ", "blame/habit"),
        }],
        attribution: vec![Attribution {
            source: "مصدر أمني".into(),
            kind: SourceKind::Anonymous,
            evidence: said("سقطت", "source/security"),
        }],
        mentions: [said("سقطت", "trigger/rockets-fell"), said("صواريخ", "trigger/plural")].concat(),
        links: vec![Link {
            kind: Sourced::with_all(LinkKind::FollowUpOf, said("قرب", "links/hours-after")).unwrap(),
            to: "i2".into(),
        }],
        ..Incident::new("i1", event)
    }
}

fn full_tally() -> Tally {
    Tally {
        kind: TallyKind::CountSince,
        count: Quantity { approx: true, ..Quantity::exactly(50, said("أربعة", "tally/since")) },
        from: Some(date(2021, 1, 1)),
        to: Some(date(2021, 7, 29)),
        types: vec![EventType::RocketAttack],
        target: Some("US interests".into()),
        said_by: Some("Washington".into()),
        killed: Quantity::at_least(3, said("صواريخ", "tally/killed")),
        wounded: Quantity::some(said("صواريخ", "tally/wounded")),
        evidence: said("أربعة صواريخ", "tally/since"),
    }
}

fn full_mentions() -> Vec<TextMention> {
    let span = |words: &str| said(words, "")[0].span;
    let mention = |kind: &str, words: &str| TextMention {
        kind: kind.into(),
        span: span(words),
        id: None,
        timex: None,
        value: None,
    };
    vec![
        TextMention { timex: Some("2021-07-29".into()), ..mention("time", "الخميس") },
        TextMention { value: Some(4.0), ..mention("number", "أربعة") },
        TextMention { value: Some(2.5), ..mention("number", "أربعة") },
        TextMention { id: Some("katyusha".into()), ..mention("weapon", "كاتيوشا") },
    ]
}

pub fn sha256_of(text: &str) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A document that tells one rocket attack with so many killed, on this text.
pub fn short_reading(id: &str, killed: u32) -> Reading {
    let text = format!("مقتل {killed} في سقوط صواريخ على بغداد"); // "N killed as rockets fall on Baghdad"
    let event = Sourced::with_all(EventType::RocketAttack, evidence(&text, "صواريخ", "trigger/rockets")).unwrap();
    let incident = Incident {
        date: DateValue::day(date(2021, 7, 29), "given", vec![]),
        place: Some(place(Relation::In, evidence(&text, "بغداد", "place/baghdad"))),
        casualties: Casualties {
            killed: Quantity::exactly(killed, evidence(&text, &killed.to_string(), "number/digits")),
            ..Casualties::default()
        },
        ..Incident::new("i1", event)
    };
    let sha256 = sha256_of(&text);
    Reading {
        document: Document {
            id: id.into(),
            source: format!("{id}.txt"),
            sha256,
            text,
            language: "ar".into(),
            title: None,
            outlet: None,
            outlet_given: Some(format!("{id}.example")),
            retrieval: Default::default(),
            published: Published::default(),
            segments: vec![],
        },
        incidents: vec![incident],
        tallies: vec![],
        not_incidents: vec![],
        mentions: vec![],
        quotes: vec![],
        diagnostics: vec![],
        fingerprint: vec![3, 5],
        derivation: vec![],
    }
}

pub fn read_by(version: &str) -> Provenance {
    Provenance { program_version: version.into(), resource_fingerprint: "data-1".into() }
}

pub fn telling(document: &str, voice: u32) -> Telling {
    Telling { document: document.into(), incident: "i1".into(), voice, ..Telling::default() }
}

/// One incident told by these documents; the first one's values are shown.
pub fn resolved(documents: &[&str], killed: u32) -> ResolvedIncident {
    let shown = short_reading(documents[0], killed).incidents.remove(0);
    let tellings = documents.iter().zip(1..).map(|(document, voice)| telling(document, voice)).collect();
    ResolvedIncident::new(shown, tellings)
}
