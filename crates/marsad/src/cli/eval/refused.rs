//! Which cases do we refuse to be judged by, and why?
//!
//! Other people's cases carry expectations that are wrong, or that a reader of
//! news must not meet («غدا» said by an assistant's user lies ahead, said by a
//! newspaper it may be over). Each is listed by its id with a reason, in TOML:
//!
//! ```toml
//! [future-biased]
//! why = "an assistant's user means the coming day, a report the last one"
//! ids = ["DateTime/Arabic/DateParser#12"]
//! ```

use crate::Error;
use std::collections::BTreeMap;
use std::path::Path;

/// The refused ids with their reasons.
#[derive(Default)]
pub struct Refused(BTreeMap<String, String>);

impl Refused {
    /// None without a file.
    ///
    /// # Errors
    /// `io`, or `refused` when the file is not of the form above.
    pub fn read(path: Option<&Path>) -> Result<Refused, Error> {
        let Some(path) = path else { return Ok(Refused::default()) };
        let text = std::fs::read_to_string(path).map_err(|e| Error::io(path, e))?;
        Refused::parse(&text).map_err(|message| {
            Error::new("refused", format!("{}: {message}", path.display()))
                .with_hint("each table has a why and a list of ids")
        })
    }

    fn parse(text: &str) -> Result<Refused, String> {
        let tables: toml::Table = text.parse().map_err(|e: toml::de::Error| e.to_string())?;
        let mut refused = BTreeMap::new();
        for (name, table) in &tables {
            let why = table.get("why").and_then(|w| w.as_str()).ok_or(format!("{name} has no why"))?;
            let ids = table.get("ids").and_then(|i| i.as_array()).ok_or(format!("{name} has no ids"))?;
            for id in ids {
                let id = id.as_str().ok_or(format!("{name}: an id is no text"))?;
                refused.insert(id.to_string(), why.to_string());
            }
        }
        Ok(Refused(refused))
    }

    pub fn reason(&self, id: &str) -> Option<&str> {
        self.0.get(id).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_needs_its_reason() {
        let good = Refused::parse("[wrong]\nwhy = \"32 May\"\nids = [\"a#1\"]").unwrap();
        assert_eq!(good.reason("a#1"), Some("32 May"));
        assert_eq!(good.reason("a#2"), None);
        assert!(Refused::parse("[wrong]\nids = [\"a#1\"]").is_err());
    }
}
