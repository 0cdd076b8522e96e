//! How much does each feature weigh?
//!
//! A table of whole numbers by the names of features, with the sums from which
//! a decision is taken (`data/ar/model/`). What a feature is, the crate knows
//! that asks; here are only numbers.

use crate::error::Error;
use crate::packed::packed;
use foldhash::fast::FixedState;
use std::collections::HashMap;
use toml::{Table, Value};

/// Whole-number weights by the names of features.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    of: HashMap<String, i64, FixedState>,
    /// The least sum that suffices.
    pub enough: i64,
    /// The same in an article of many sentences.
    pub enough_in_article: i64,
    /// The least sum that suffices beside something that has enough.
    pub beside: i64,
}

packed!(struct Weights { of, enough, enough_in_article, beside });

impl Weights {
    /// The weight of a feature; one that the table lacks weighs nothing.
    pub fn weight(&self, feature: &str) -> i64 {
        self.of.get(feature).copied().unwrap_or_default()
    }

    /// Takes a table of the file: `decision` has the sums, any other has weights.
    pub(crate) fn add(&mut self, file: &str, id: &str, table: &Table) -> Result<(), Error> {
        for (name, value) in table {
            let number = whole(file, id, name, value)?;
            match (id, name.as_str()) {
                ("decision", "enough") => self.enough = number,
                ("decision", "enough_in_article") => self.enough_in_article = number,
                ("decision", "beside") => self.beside = number,
                ("decision", other) => {
                    return Err(Error::data(
                        file,
                        id,
                        format!("expected enough, enough_in_article or beside, got {other}"),
                    ));
                }
                _ => {
                    self.of.insert(name.clone(), number);
                }
            }
        }
        Ok(())
    }
}

fn whole(file: &str, id: &str, name: &str, value: &Value) -> Result<i64, Error> {
    value
        .as_integer()
        .ok_or_else(|| Error::data(file, id, format!("{name}: expected a whole number, got a {}", value.type_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Weights, Error> {
        let mut weights = Weights::default();
        let tables: Table = text.parse().unwrap();
        for (id, table) in &tables {
            weights.add("w.toml", id, table.as_table().unwrap())?;
        }
        Ok(weights)
    }

    #[test]
    fn a_table_weighs_what_it_names() {
        let w = read("[decision]\nenough = -3\nbeside = -9\n[weights]\n\"verb/told\" = 7").unwrap();
        assert_eq!((w.enough, w.beside, w.weight("verb/told"), w.weight("other")), (-3, -9, 7, 0));
    }

    #[test]
    fn what_is_no_whole_number_is_named() {
        let error = read("[weights]\n\"verb/told\" = 0.5").unwrap_err().to_string();
        assert!(error.contains("verb/told") && error.contains("float"), "{error}");
        assert!(read("[decision]\nenogh = 1").unwrap_err().to_string().contains("enogh"));
    }
}
