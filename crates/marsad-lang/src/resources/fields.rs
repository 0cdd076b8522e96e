//! What stands under a key of an entry?
//!
//! Errors name file, entry and key, for the person who edits the data.

use crate::error::Error;
use crate::lexicon::Count;
use jiff::civil::Date;
use marsad_model::Point;
use toml::{Table, Value};

/// The keys of one entry, with errors that name file and entry.
pub(super) struct Fields<'a> {
    pub(super) file: &'a str,
    pub(super) id: &'a str,
    pub(super) table: &'a Table,
}

impl Fields<'_> {
    pub(super) fn error(&self, key: &str, message: &str) -> Error {
        Error::data(self.file, self.id, format!("{key}: {message}"))
    }

    pub(super) fn string(&self, key: &str) -> Option<String> {
        self.table.get(key).and_then(Value::as_str).map(str::to_string)
    }

    pub(super) fn must(&self, key: &str) -> Result<String, Error> {
        self.string(key).ok_or_else(|| self.error(key, "expected a string"))
    }

    pub(super) fn flag(&self, key: &str) -> bool {
        self.table.get(key).and_then(Value::as_bool).unwrap_or(false)
    }

    /// A string or a list of strings; empty when absent.
    pub(super) fn texts(&self, key: &str) -> Result<Vec<String>, Error> {
        match self.table.get(key) {
            None => Ok(vec![]),
            Some(Value::String(s)) => Ok(vec![s.clone()]),
            Some(Value::Array(items)) => {
                let strings: Option<Vec<String>> = items.iter().map(|v| v.as_str().map(str::to_string)).collect();
                strings.ok_or_else(|| self.error(key, "expected a list of strings"))
            }
            Some(_) => Err(self.error(key, "expected a string or a list of strings")),
        }
    }

    pub(super) fn count(&self, key: &str) -> Result<Count, Error> {
        match self.string(key).as_deref() {
            None | Some("singular") => Ok(Count::Singular),
            Some("dual") => Ok(Count::Dual),
            Some("plural") => Ok(Count::Plural),
            Some(_) => Err(self.error(key, "expected singular, dual or plural")),
        }
    }

    pub(super) fn date(&self, key: &str) -> Result<Option<Date>, Error> {
        let Some(value) = self.table.get(key) else { return Ok(None) };
        let date = value.as_datetime().and_then(|d| d.date);
        let date = date.and_then(|d| Date::new(d.year as i16, d.month as i8, d.day as i8).ok());
        date.map(Some).ok_or_else(|| self.error(key, "expected a date such as 2021-07-29"))
    }

    pub(super) fn point(&self) -> Result<Option<Point>, Error> {
        let Some(value) = self.table.get("point") else { return Ok(None) };
        let pair: Option<Vec<f64>> = value.as_array().map(|a| a.iter().filter_map(number).collect());
        let Some([lat, lon]) = pair.as_deref() else {
            return Err(self.error("point", "expected [latitude, longitude]"));
        };
        if !(-90.0..=90.0).contains(lat) || !(-180.0..=180.0).contains(lon) {
            return Err(self.error("point", "latitude lies between -90 and 90, longitude between -180 and 180"));
        }
        let accuracy_km = self.table.get("radius_km").and_then(number).unwrap_or(10.0);
        Ok(Some(Point { lat: *lat, lon: *lon, accuracy_km }))
    }
}

pub(super) fn number(value: &Value) -> Option<f64> {
    value.as_float().or_else(|| value.as_integer().map(|i| i as f64))
}
