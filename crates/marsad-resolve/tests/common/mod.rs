//! Which few words describe a claim in a test?
//!
//! `told("doc i1", RocketAttack).on("2021-05-04").at(AIN_AL_ASAD)`: a claim without text, place by a small invented
//! gazetteer.
#![allow(dead_code)] // each test file uses its own part

use jiff::civil::Date;
use marsad_model::*;
use marsad_resolve::{Claim, Resolved, resolve};
use std::sync::Arc;

/// Places from the place itself up, `kind:id` each; country code last.
pub type Chain = &'static [&'static str];
pub const AIN_AL_ASAD: Chain = &["military_base:asad", "governorate:anbar", "country:IQ"];
pub const VICTORIA: Chain =
    &["military_base:victoria", "airport:bgw", "city:baghdad", "governorate:baghdad-gov", "country:IQ"];
pub const BAGHDAD_AIRPORT: Chain = &["airport:bgw", "city:baghdad", "governorate:baghdad-gov", "country:IQ"];
pub const EMBASSY: Chain = &["embassy:embassy", "city:baghdad", "governorate:baghdad-gov", "country:IQ"];
pub const BALAD: Chain = &["military_base:balad", "governorate:salahaddin", "country:IQ"];
pub const JRAISHAN: Chain = &["border_area:jraishan", "governorate:basra", "country:IQ"];
pub const ANBAR: Chain = &["governorate:anbar", "country:IQ"];
pub const IRAQ: Chain = &["country:IQ"];
pub const MARKET_A: Chain = &["market:market-a", "town:town-a", "governorate:north-kordofan", "country:SD"];
pub const MARKET_B: Chain = &["market:market-b", "town:town-b", "governorate:north-kordofan", "country:SD"];

/// A claim named `document incident`.
pub fn told(name: &str, event: EventType) -> Telling {
    let (document, incident) = name.split_once(' ').expect("document, space, incident");
    Telling(Claim::coded(document, incident, event, "test"))
}

#[derive(Clone, Debug)]
pub struct Telling(pub Claim);

impl Telling {
    pub fn on(mut self, day: &str) -> Telling {
        self.0.incident.date = DateValue::day(day.parse().unwrap(), "test", vec![]);
        self
    }

    pub fn between(mut self, first: &str, last: &str, precision: DatePrecision) -> Telling {
        let (earliest, latest) = (first.parse().ok(), last.parse().ok());
        self.0.incident.date = DateValue { earliest, latest, precision, ..DateValue::unknown() };
        self
    }

    pub fn weekday(mut self, name: &str) -> Telling {
        self.0.incident.date.weekday = weekday_from_name(name);
        self
    }

    pub fn at(mut self, chain: Chain) -> Telling {
        self.0.incident.place = Some(place(chain));
        self
    }

    pub fn point(mut self, lat: f64, lon: f64, accuracy_km: f64) -> Telling {
        self.0.incident.place.as_mut().unwrap().point = Some(Point { lat, lon, accuracy_km });
        self
    }

    pub fn killed(mut self, n: u32) -> Telling {
        self.0.incident.casualties.killed = Quantity::exactly(n, vec![]);
        self
    }

    pub fn wounded(mut self, n: u32) -> Telling {
        self.0.incident.casualties.wounded = Quantity::exactly(n, vec![]);
        self
    }

    pub fn weapon(mut self, id: &str) -> Telling {
        self.0.incident.weapons.push(Weapon { id: id.into(), name_en: id.into(), evidence: vec![] });
        self
    }

    pub fn source(mut self, kind: SourceKind, source: &str) -> Telling {
        self.0.incident.attribution.push(Attribution { source: source.into(), kind, evidence: vec![] });
        self
    }

    pub fn assassination_of(mut self, name: &str) -> Telling {
        self.0.incident.tags = vec!["assassination".into()];
        self.0.incident.target = Some(Target { value: name.into(), class: None, evidence: vec![] });
        self
    }

    pub fn background(mut self) -> Telling {
        self.0.incident.role = Role::Background;
        self
    }

    pub fn published(self, day: &str) -> Telling {
        let day: Date = day.parse().unwrap();
        Telling(self.0.with_published(day))
    }

    /// A text of consecutive shingles.
    pub fn text(self, shingles: std::ops::Range<u64>) -> Telling {
        Telling(self.0.with_fingerprint(shingles.collect()))
    }
}

pub fn place(chain: Chain) -> Place {
    let link = |link: &&str| {
        let (kind, id) = link.split_once(':').unwrap();
        PlaceLink { id: Some(id.into()), kind: kind.into(), name_en: id.into(), name_ar: "".into() }
    };
    let links: Vec<PlaceLink> = chain.iter().map(link).collect();
    Place {
        id: links[0].id.clone(),
        name_en: links[0].name_en.clone(),
        names_en: vec![],
        name_ar: "".into(),
        relation: Relation::In,
        country: links.last().and_then(|l| l.id.clone()).unwrap_or_else(|| Arc::from("")),
        chain: links,
        point: None,
        evidence: vec![],
    }
}

/// Resolves and shows the clusters as `doc#i1 doc#i2 | doc#i3`.
pub fn shown(tellings: &[Telling]) -> String {
    let claims: Vec<Claim> = tellings.iter().map(|t| t.0.clone()).collect();
    let keys =
        |r: &Resolved| r.members.iter().map(|m| format!("{}#{}", m.document, m.incident)).collect::<Vec<_>>().join(" ");
    resolve(&claims).iter().map(keys).collect::<Vec<_>>().join(" | ")
}

pub fn resolved(tellings: &[Telling]) -> Vec<Resolved> {
    resolve(&tellings.iter().map(|t| t.0.clone()).collect::<Vec<_>>())
}

#[track_caller]
pub fn check(tellings: &[Telling], expected: &str) {
    assert_eq!(shown(tellings), expected);
}
