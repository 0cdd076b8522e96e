//! Which incidents does a question mean?

use marsad_model::{Epistemic, EventType, Point, Role};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

/// Conditions on incidents; all must hold, an empty one always holds.
///
/// A date that is open passes where it may lie in the days asked for, an unknown
/// bound being no bound, unless [`dated`](Filter::dated) is asked too. Of every
/// other field an unknown value does not pass: a filter by deaths leaves out
/// those of which no number is told.
///
/// ```
/// use marsad_store::Filter;
/// let deadly_rockets_in_iraq = Filter {
///     types: vec![marsad_model::EventType::RocketAttack],
///     countries: vec!["IQ".into()],
///     killed_at_least: Some(1),
///     ..Filter::default()
/// };
/// # let _ = deadly_rockets_in_iraq;
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    pub types: Vec<EventType>,
    /// ISO 3166-1 alpha-2.
    pub countries: Vec<String>,
    /// Incidents that may have happened on this day or later.
    pub since: Option<jiff::civil::Date>,
    /// Incidents that may have happened on this day or earlier.
    pub until: Option<jiff::civil::Date>,
    /// Only incidents of which at least the year is told.
    pub dated: bool,
    /// A place or any place in it, by gazetteer id (`iq/baghdad`).
    pub within: Option<String>,
    pub near: Option<Near>,
    /// The lowest number told is at least this.
    pub killed_at_least: Option<u32>,
    pub weapon: Option<String>,
    pub role: Option<Role>,
    pub epistemic: Vec<Epistemic>,
    /// Told by this document.
    pub document: Option<String>,
    /// Only incidents with a conflict.
    pub conflicts: bool,
    /// At most so many.
    pub limit: Option<usize>,
    /// The id of the last incident of the page before.
    pub after: Option<String>,
}

/// A circle on the earth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Near {
    pub lat: f64,
    pub lon: f64,
    pub distance_km_max: f64,
}

impl Near {
    fn holds(&self, lat: f64, lon: f64) -> bool {
        let point = |lat, lon| Point { lat, lon, accuracy_km: 0.0 };
        point(self.lat, self.lon).distance_km(point(lat, lon)) <= self.distance_km_max
    }
}

impl Filter {
    /// Ids of the incidents that pass, undated ones last.
    pub(super) fn ids(&self, db: &Connection) -> rusqlite::Result<Vec<String>> {
        let (condition, values) = self.condition();
        let order = "ORDER BY date_earliest IS NULL, date_earliest, id";
        let mut rows = db.prepare(&format!("SELECT id, lat, lon FROM incidents WHERE {condition} {order}"))?;
        let rows = rows.query_map(params_from_iter(values), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let rows = rows.collect::<rusqlite::Result<Vec<(String, Option<f64>, Option<f64>)>>>()?;
        let skipped =
            self.after.as_ref().and_then(|id| rows.iter().position(|(row, ..)| row == id)).map_or(0, |i| i + 1);
        let near = |lat: Option<f64>, lon: Option<f64>| match (self.near, lat, lon) {
            (None, ..) => true,
            (Some(near), Some(lat), Some(lon)) => near.holds(lat, lon),
            _ => false,
        };
        let passing = rows.into_iter().skip(skipped).filter(|(_, lat, lon)| near(*lat, *lon)).map(|(id, ..)| id);
        Ok(passing.take(self.limit.unwrap_or(usize::MAX)).collect())
    }

    fn condition(&self) -> (String, Vec<Value>) {
        let mut all = Conditions::default();
        all.one_of("type", self.types.iter().map(|t| t.name().to_string()));
        all.one_of("country", self.countries.iter().cloned());
        all.one_of("epistemic", self.epistemic.iter().map(|e| e.name().to_string()));
        all.one_of("role", self.role.iter().map(|r| r.name().to_string()));
        all.when(self.since, "coalesce(date_latest >= ?, true)", |d| Value::Text(d.to_string()));
        all.when(self.until, "coalesce(date_earliest <= ?, true)", |d| Value::Text(d.to_string()));
        let unknown = self.dated.then(|| Value::Text("unknown".to_string()));
        all.when(unknown, "json_extract(json, '$.date.precision') <> ?", |word| word);
        all.when(self.killed_at_least, "coalesce(killed_min, killed) >= ?", |n| Value::Integer(n.into()));
        all.when(self.within.as_ref(), "instr(place_path, ?)", |id| Value::Text(format!("|{id}|")));
        all.when(self.weapon.as_ref(), "instr(weapons, ?)", |id| Value::Text(format!("|{id}|")));
        let told = "id IN (SELECT incident FROM memberships WHERE document = ?)";
        all.when(self.document.as_ref(), told, |id| Value::Text(id.clone()));
        all.when(self.conflicts.then_some(0), "conflicts > ?", Value::Integer);
        (all.sql, all.values)
    }
}

/// SQL conditions joined with AND, with their values.
struct Conditions {
    sql: String,
    values: Vec<Value>,
}

impl Default for Conditions {
    fn default() -> Self {
        Conditions { sql: "true".to_string(), values: vec![] }
    }
}

impl Conditions {
    fn when<T>(&mut self, value: Option<T>, condition: &str, to_sql: impl Fn(T) -> Value) {
        if let Some(value) = value {
            self.sql += &format!(" AND {condition}");
            self.values.push(to_sql(value));
        }
    }

    fn one_of(&mut self, column: &str, words: impl Iterator<Item = String>) {
        let words: Vec<Value> = words.map(Value::Text).collect();
        if !words.is_empty() {
            self.sql += &format!(" AND {column} IN ({})", vec!["?"; words.len()].join(", "));
            self.values.extend(words);
        }
    }
}
