//! What did a person decide about the incidents of a store?
//!
//! A decision names tellings, not incidents: which incident a telling belongs
//! to changes when more is read, which words it stands in does not.

use crate::{Epistemic, EventType, LinkKind, Place, Span};
use jiff::civil::Date;

/// One incident as one document tells it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TellingRef {
    pub document: String,
    /// Its id in the document, `i1`, `i2` …, when the decision was made.
    pub incident: String,
    /// Where its event stands in the text: finds it again when the document was read anew and its
    /// incidents are numbered otherwise.
    pub anchor: Option<Span>,
}

/// What a person decided.
#[derive(Clone, Debug, PartialEq)]
pub enum Decision {
    /// These tellings are one incident.
    Same { tellings: Vec<TellingRef> },
    /// These tellings are one incident, and those are others.
    Apart { tellings: Vec<TellingRef>, others: Vec<TellingRef> },
    /// The incident that these tell has this value.
    Set { tellings: Vec<TellingRef>, value: SetValue },
    /// What this document says no longer counts.
    Retract { document: String },
    /// The incident that the first tell stands so to the incident that the second tell.
    Link { tellings: Vec<TellingRef>, to: Vec<TellingRef>, kind: LinkKind },
}

/// A value that a person gave.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SetValue {
    Type(EventType),
    Epistemic(Epistemic),
    /// First and last day.
    Date(Date, Date),
    /// At least and at most.
    Killed(u32, u32),
    Wounded(u32, u32),
    /// With all that is known of it, so that the decision holds whatever becomes of the gazetteer.
    Place(Box<Place>),
}

impl SetValue {
    /// The field that it sets.
    pub fn field(&self) -> &'static str {
        match self {
            SetValue::Type(_) => "type",
            SetValue::Epistemic(_) => "epistemic",
            SetValue::Date(..) => "date",
            SetValue::Killed(..) => "killed",
            SetValue::Wounded(..) => "wounded",
            SetValue::Place(_) => "place",
        }
    }

    /// The value of a field in words: `car_bomb`, `denied`, `2021-07-29` or `2021-07-01..2021-07-31`,
    /// `4` or `20..99`; `None` when they are none. A place is no word: whoever knows the gazetteer makes it a value.
    ///
    /// ```
    /// use marsad_model::SetValue;
    /// assert_eq!(SetValue::read("killed", "4..6"), Some(SetValue::Killed(4, 6)));
    /// assert_eq!(SetValue::read("killed", "4").unwrap().text(), "4");
    /// assert_eq!(SetValue::read("date", "2021-07-30..2021-07-29"), None);
    /// ```
    pub fn read(field: &str, text: &str) -> Option<SetValue> {
        let (first, last) = text.split_once("..").unwrap_or((text, text));
        let counts = || Some((first.parse().ok()?, last.parse().ok()?)).filter(|(a, b): &(u32, u32)| a <= b);
        let days = || Some((first.parse().ok()?, last.parse().ok()?)).filter(|(a, b): &(Date, Date)| a <= b);
        match field {
            "type" => EventType::from_name(text).map(SetValue::Type),
            "epistemic" => Epistemic::ALL.iter().copied().find(|e| e.name() == text).map(SetValue::Epistemic),
            "date" => days().map(|(a, b)| SetValue::Date(a, b)),
            "killed" => counts().map(|(a, b)| SetValue::Killed(a, b)),
            "wounded" => counts().map(|(a, b)| SetValue::Wounded(a, b)),
            _ => None,
        }
    }

    /// The value as [`SetValue::read`] takes it; of a place its id.
    pub fn text(&self) -> String {
        fn between<T: ToString + PartialEq>(a: &T, b: &T) -> String {
            if a == b { a.to_string() } else { format!("{}..{}", a.to_string(), b.to_string()) }
        }
        match self {
            SetValue::Type(event) => event.name().to_string(),
            SetValue::Epistemic(epistemic) => epistemic.name().to_string(),
            SetValue::Date(first, last) => between(first, last),
            SetValue::Killed(low, high) | SetValue::Wounded(low, high) => between(low, high),
            SetValue::Place(place) => place.id.as_ref().unwrap_or(&place.name_en).to_string(),
        }
    }
}
