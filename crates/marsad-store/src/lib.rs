//! Where do readings and incidents live, and in which forms do they leave?
//!
//! [`wire`] is the JSON of `spec/reading.md`: row types for one document's
//! reading and for one resolved incident, in both directions. [`Store`] keeps
//! them in one folder, with the raw bytes by hash and a log of every change.
//! [`export`] writes CSV, GeoJSON and NDJSON.
//!
//! This crate knows SQLite and serde; it neither reads Arabic nor decides which
//! claims belong together (`marsad-extract`, `marsad-resolve`).

mod error;
pub mod export;
mod resolved;
mod store;
pub mod wire;

pub use error::Error;
pub use resolved::{LinkTold, ResolvedDate, ResolvedIncident, ResolvedLink};
pub use store::{
    Address, Article, Capture, Check, Compared, DocumentRow, Facts, Filter, Finding, Incoming, Left, Near, Operation,
    Outcome, Provenance, Replaced, Resolution, Standing, Store, Table, Visit, VisitRow, fingerprint,
};
