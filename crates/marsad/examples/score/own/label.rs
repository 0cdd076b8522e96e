//! What should have been read from a text, and what was?
//!
//! Labels (`corpus/README.md`) and readings become the same form here, so that
//! they can be held side by side.

use jiff::civil::Date;
use marsad::model::{EventType, Incident, Quantity, QuantityStatus, Role};
use serde_json::Value;

/// The labels of one text.
pub struct Labels {
    pub incidents: Vec<Label>,
    /// The coder did not list everything that is told as background.
    pub more_background: bool,
}

/// One incident of a text, as the coder has it.
pub struct Label {
    pub event: EventType,
    pub role: Role,
    /// First and last day that agree with the label; open when the text gives none.
    pub days: Option<(Date, Date)>,
    /// The day itself is told, not a month or a year.
    pub day_is_told: bool,
    /// The place, then what it lies in.
    pub places: Vec<String>,
    pub also_right: Vec<String>,
    pub country: Option<String>,
    pub killed: Count,
    pub wounded: Count,
    pub weapon: String,
    pub optional: bool,
    /// The toll is told of several incidents together: it is none of theirs.
    pub toll_is_shared: bool,
    pub unscored: Vec<String>,
}

/// The same of one incident that was read.
pub struct Told {
    pub event: EventType,
    pub role: Role,
    pub first: Option<Date>,
    pub day_is_told: bool,
    pub names: Vec<String>,
    pub chain: Vec<String>,
    pub country: Option<String>,
    pub killed: Count,
    pub wounded: Count,
    /// Ids and names of the weapons, lower case.
    pub weapons: String,
    /// Each number of munitions that was read.
    pub munitions: Vec<Count>,
}

/// A number of people or things. An upper bound of `None` is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    Silent,
    NotKnown,
    /// A plural without a number.
    Some,
    Zero,
    Between(u32, Option<u32>),
}

impl Labels {
    /// # Panics
    /// When the labels are not of the form of `corpus/README.md`: a mistake of the corpus, not of the reading.
    pub fn of(row: &Value) -> Labels {
        let labels = &row["labels"];
        let incidents = labels["incidents"].as_array().expect("a list of incidents");
        Labels {
            incidents: incidents.iter().map(Label::of).collect(),
            more_background: labels["has_background_incident"] == true,
        }
    }
}

impl Label {
    fn of(label: &Value) -> Label {
        let text = |key: &str| label[key].as_str();
        let texts = |key: &str| -> Vec<String> {
            label[key].as_array().into_iter().flatten().filter_map(|v| Some(v.as_str()?.to_string())).collect()
        };
        let event = text("type").and_then(EventType::from_name).expect("a type of the closed list");
        let first = text("date").and_then(|d| bounds(d).map(|(first, _)| first));
        let last = text("date_end").or(text("date")).and_then(|d| bounds(d).map(|(_, last)| last));
        Label {
            event,
            role: if text("role") == Some("background") { Role::Background } else { Role::Main },
            days: first.zip(last),
            day_is_told: matches!(text("date_precision"), Some("day" | "part_of_day")),
            places: places(text("place").unwrap_or_default()),
            also_right: texts("place_also"),
            country: text("country").and_then(country).map(str::to_string),
            killed: Count::of(&label["killed"]),
            wounded: Count::of(&label["wounded"]),
            weapon: text("weapon").unwrap_or_default().to_lowercase(),
            optional: label["optional"] == true || is_optional(event),
            toll_is_shared: label["shared_toll"] == true,
            unscored: texts("unscored"),
        }
    }

    pub fn is_scored(&self, field: &str) -> bool {
        !self.unscored.iter().any(|u| u == field)
    }
}

impl Told {
    pub fn of(incident: &Incident) -> Told {
        let place = incident.place.as_ref();
        let id = place.and_then(|p| p.id.as_deref()).and_then(|id| id.rsplit('/').next());
        let names = place.into_iter().flat_map(|p| std::iter::once(&p.name_en).chain(&p.names_en));
        let names = names.map(|n| n.to_string()).chain(id.map(|id| id.replace('-', " ")));
        let weapons = incident.weapons.iter().map(|w| format!("{} {}", w.id, w.name_en));
        let munitions = incident.munitions.each();
        Told {
            event: incident.event_type(),
            role: incident.role,
            first: incident.date.earliest,
            day_is_told: incident.date.exact_day().is_some(),
            names: names.filter(|n| !n.is_empty()).collect(),
            chain: place.into_iter().flat_map(|p| &p.chain).map(|l| l.name_en.to_string()).collect(),
            country: place.map(|p| p.country.to_string()).filter(|c| !c.is_empty()),
            killed: Count::read(&incident.casualties.killed),
            wounded: Count::read(&incident.casualties.wounded),
            weapons: weapons.collect::<Vec<_>>().join(" ").to_lowercase(),
            munitions: munitions.iter().map(|(_, q)| Count::read(q)).filter(Count::has_number).collect(),
        }
    }
}

/// Found weapons and downed aircraft: coded, never scored.
pub fn is_optional(event: EventType) -> bool {
    matches!(event, EventType::WeaponsSeizure | EventType::AircraftDowned)
}

impl Count {
    fn of(label: &Value) -> Count {
        let number = |v: &Value| v.as_u64().map(|n| n as u32);
        match label {
            Value::Number(_) => number(label).map_or(Count::Silent, Count::exactly),
            Value::String(said) if said == "explicit_none" => Count::Zero,
            Value::String(said) if said == "explicit_unknown" => Count::NotKnown,
            Value::String(_) => Count::Some,
            Value::Object(o) => match o.get("approx").and_then(number) {
                Some(about) => Count::exactly(about),
                None => Count::Between(number(&label["min"]).unwrap_or(0), number(&label["max"])),
            },
            _ => Count::Silent,
        }
    }

    fn read(read: &Quantity) -> Count {
        match read.status {
            QuantityStatus::Unknown => Count::Silent,
            QuantityStatus::ExplicitUnknown => Count::NotKnown,
            QuantityStatus::ExplicitNone => Count::Zero,
            QuantityStatus::Stated | QuantityStatus::Inferred => match (read.value, read.min, read.max) {
                (Some(about), _, _) if read.approx => Count::exactly(about),
                (Some(n), None, None) => Count::exactly(n),
                (None, None, None) => Count::Some,
                (_, min, max) => Count::Between(min.unwrap_or(0), max),
            },
        }
    }

    fn exactly(n: u32) -> Count {
        Count::Between(n, Some(n))
    }

    pub fn has_number(&self) -> bool {
        matches!(self, Count::Between(..))
    }

    /// True when the number that was read is the label's.
    pub fn is_met_by(self, read: Count) -> bool {
        match (self, read) {
            (Count::Zero, read) => matches!(read, Count::Zero | Count::Between(0, Some(0))),
            (Count::Some, Count::Some) => true,
            (Count::Some, Count::Between(min, max)) => max != Some(min),
            // "At least 20" and "more than 20" are one apart.
            (Count::Between(min, None), Count::Between(n, max)) => {
                (n == min || n == min + 1) && max.is_none_or(|max| max >= min)
            }
            (Count::Between(min, max), Count::Between(n, m)) => n == min && (m == max || m.is_none()),
            _ => false,
        }
    }
}

/// First and last day of `2021-07-29`, `2021-07`, `2021`.
fn bounds(date: &str) -> Option<(Date, Date)> {
    match date.len() {
        4 => Some((format!("{date}-01-01").parse().ok()?, format!("{date}-12-31").parse().ok()?)),
        7 => {
            let first: Date = format!("{date}-01").parse().ok()?;
            Some((first, first.last_of_month()))
        }
        _ => date.parse().ok().map(|day| (day, day)),
    }
}

fn places(written: &str) -> Vec<String> {
    let parts = written.split([',', '/']).flat_map(|p| p.split(" and ")).flat_map(|p| p.split(" between "));
    parts.map(|p| p.trim().to_string()).filter(|p| !p.is_empty()).collect()
}

#[rustfmt::skip]
const COUNTRIES: &[(&str, &str)] = &[
    ("iraq", "IQ"), ("syria", "SY"), ("yemen", "YE"), ("saudi arabia", "SA"), ("palestine", "PS"), ("israel", "IL"),
    ("lebanon", "LB"), ("sudan", "SD"), ("somalia", "SO"), ("egypt", "EG"), ("libya", "LY"), ("pakistan", "PK"),
    ("tunisia", "TN"), ("uae", "AE"), ("burkina faso", "BF"), ("nigeria", "NG"), ("mali", "ML"), ("india", "IN"),
    ("red sea", "XX"), ("iran", "IR"), ("turkey", "TR"), ("afghanistan", "AF"), ("jordan", "JO"), ("algeria", "DZ"),
    ("south sudan", "SS"), ("chad", "TD"), ("niger", "NE"), ("kuwait", "KW"),
];

fn country(name: &str) -> Option<&'static str> {
    let name = name.split('/').next()?.trim().to_lowercase();
    COUNTRIES.iter().find(|(n, _)| *n == name).map(|(_, iso)| *iso)
}
