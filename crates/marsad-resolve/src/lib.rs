//! Which claims of many documents tell the same incident, and do the tallies fit?
//!
//! [`resolve`] turns [`Claim`]s into [`Resolved`] incidents: blocking finds the pairs worth comparing, comparison
//! gives each pair points by the named [`levels`], clustering joins pairs without ever joining two claims that
//! contradict each other, and merging chooses a value for each field by a named rule while it keeps every other value
//! as a [`Conflict`]. [`audit`] then checks cumulative claims ("the third attack in three days") against the result.
//!
//! A [`Resolver`] does the same for claims that keep coming, and holds of each only what is compared.
//!
//! What it does not know: text, language, files, the clock. Places come as gazetteer ids and points, documents as
//! fingerprints, so that rows coded by people ([`Claim::coded`]) are merged by the same code as readings. Scores are
//! integers and the result does not depend on the order of the claims.
//!
//! Two outlets report one attack and differ on the toll:
//!
//! ```
//! use jiff::civil::date;
//! use marsad_model::{DateValue, EventType, Place, PlaceLink, Quantity, Relation};
//! use marsad_resolve::{Claim, resolve};
//!
//! let base = Place {
//!     id: Some("iq/anbar/ain-al-asad".into()),
//!     name_en: "Ain al-Asad Air Base".into(),
//!     names_en: vec![],
//!     name_ar: "".into(),
//!     relation: Relation::In,
//!     chain: vec![PlaceLink {
//!         id: Some("iq/anbar/ain-al-asad".into()),
//!         kind: "military_base".into(),
//!         name_en: "Ain al-Asad Air Base".into(),
//!         name_ar: "".into(),
//!     }],
//!     country: "IQ".into(),
//!     point: None,
//!     evidence: vec![],
//! };
//! let told = |document: &str, wounded: u32| {
//!     let mut claim = Claim::coded(document, "i1", EventType::RocketAttack, "example");
//!     claim.incident.date = DateValue::day(date(2021, 5, 4), "coded", vec![]);
//!     claim.incident.place = Some(base.clone());
//!     claim.incident.casualties.wounded = Quantity::exactly(wounded, vec![]);
//!     claim
//! };
//!
//! let incidents = resolve(&[told("morning", 4), told("evening", 12)]);
//! assert_eq!(incidents.len(), 1);
//! assert_eq!(incidents[0].voices, 2);
//! assert_eq!(incidents[0].conflicts[0].field, "wounded"); // 4 and 12 are both kept
//! ```

mod agree;
mod apart;
mod audit;
mod block;
mod claim;
mod cluster;
mod company;
mod compare;
mod component;
mod decide;
mod derived;
mod facts;
mod grade;
mod group;
mod judge;
mod kept;
mod lean;
mod ledger;
pub mod levels;
mod link;
mod merge;
mod place;
mod resolve;
mod resolver;
mod rollup;
mod said;
mod series;
mod text;
mod toll;
mod voice;
mod when;
mod wire;

pub use apart::{Apart, Erring};
pub use audit::{Audit, TallyClaim, Verdict, audit};
pub use claim::Claim;
pub use compare::{Explanation, explain};
pub use decide::{Decided, retracted};
pub use derived::{Dated, DerivedDate};
pub use grade::Grade;
pub use group::{Changed, Group};
pub use kept::{Damaged, kept};
pub use link::{Link, LinkTelling};
pub use resolve::{Conflict, ConflictValue, Member, PairReason, Resolved, nearest, resolve, resolve_with};
pub use resolver::Resolver;
pub use rollup::Rollup;
pub use series::{Agreement, Beside, Compared, Relation, series};
