//! What are the things that Marsad talks about?
//!
//! The nouns (document, claim, incident, tally …) and the closed vocabularies
//! of DESIGN: plain data without I/O, without serialization and without a word
//! of Arabic. Every other crate depends on this one and on nothing above it.
//!
//! Two rules are held by types here: a value cannot exist without evidence
//! ([`Sourced`]), and *unknown* is not *zero* ([`Quantity`]).

mod decision;
mod document;
mod evidence;
mod hash;
mod incident;
mod link;
mod quantity;
mod reading;
mod spans;
mod text_index;
mod time;
pub mod vocabulary;

pub use decision::{Decision, SetValue, TellingRef};
pub use document::{Document, Published, PublishedMethod, RejectedDate, Retrieval, Segment, SegmentRole};
pub use evidence::{Evidence, RuleId, Sourced, Span};
pub use hash::stable_hash;
pub use incident::{
    Attribution, Blame, BlameStrength, Casualties, ClaimedBy, Damage, DamageStatus, GroupToll, Incident, Interception,
    LaunchSite, Munitions, Place, PlaceLink, Point, ResponsibilityStatus, SourceKind, Target, Weapon,
};
pub use link::{Link, LinkKind};
pub use quantity::{Quantity, QuantityStatus};
pub use reading::{Diagnostic, NotIncident, Quote, Reading, Tally, TallyKind, TextMention};
pub use text_index::TextIndex;
pub use time::{DatePrecision, DateValue, TimeOfDay, weekday_from_name, weekday_name};
pub use vocabulary::{Epistemic, EventType, Family, InterceptionStatus, Relation, Role};
