//! Which figures were measured?
//!
//! A figure has a name such as `incident f1`, a value between 0 and 1, and the
//! number of cases it stands on. Scorers print them in three forms; all become
//! one here.

use serde_json::Value;

/// Figures by name, in the order in which they came.
#[derive(Default, Debug)]
pub struct Figures(Vec<(String, Figure)>);

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    pub value: f64,
    /// How many cases it stands on, where the scorer tells.
    pub of: Option<usize>,
}

impl Figures {
    pub fn add(&mut self, name: &str, value: f64, of: usize) {
        self.0.push((name.to_string(), Figure { value, of: Some(of) }));
    }

    pub fn get(&self, name: &str) -> Option<Figure> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, figure)| *figure)
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// From one JSON object (`{"incident": {"f1": .9, "gold": 160}, "false_alarm_rate": 0}`) or from lines of
    /// `{"figure": "attack told", "right": 300, "of": 431}`; of those lines `all share` is what they come to together.
    ///
    /// # Errors
    /// When it is neither.
    pub fn parse(printed: &str) -> Result<Figures, String> {
        let mut figures = Figures::default();
        let (mut right, mut of) = (0, 0);
        for value in serde_json::Deserializer::from_str(printed).into_iter::<Value>() {
            let value = value.map_err(|e| format!("no JSON came: {e}"))?;
            let object = value.as_object().ok_or("no JSON object came")?;
            match object.get("figure").and_then(Value::as_str) {
                Some(name) => figures.group(name, &value),
                None => object.iter().for_each(|(name, value)| figures.group(name, value)),
            }
            right += object.get("right").and_then(Value::as_u64).unwrap_or(0) as usize;
            of += object.get("of").and_then(Value::as_u64).unwrap_or(0) as usize;
        }
        if of > 0 {
            figures.add("all share", right as f64 / of as f64, of);
        }
        Ok(figures)
    }

    /// The numbers of one group, or the group itself where it is a number.
    fn group(&mut self, name: &str, value: &Value) {
        if let Some(value) = value.as_f64() {
            self.0.push((name.to_string(), Figure { value, of: None }));
        }
        let whole = ["of", "gold", "documents"].iter().find_map(|key| value.get(key)?.as_u64()).map(|n| n as usize);
        for (key, part) in value.as_object().into_iter().flatten() {
            let counts = matches!(key.as_str(), "of" | "gold" | "read" | "documents" | "invented" | "refused");
            let Some(part) = part.as_f64().filter(|_| !counts) else { continue };
            // A count of right cases becomes their share.
            let share = matches!(key.as_str(), "right" | "found");
            let value = if share { part / whole.unwrap_or(1).max(1) as f64 } else { part };
            self.0.push((format!("{name} {key}"), Figure { value, of: whole }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_scorers_forms_become_figures() {
        let gold = r#"{"incident": {"precision": 0.9, "f1": 0.95, "gold": 160, "read": 152}, "false_alarm_rate": 0.1, "killed": {"f1": null}}"#;
        let figures = Figures::parse(gold).unwrap();
        assert_eq!(figures.get("incident f1"), Some(Figure { value: 0.95, of: Some(160) }));
        assert_eq!(figures.get("false_alarm_rate"), Some(Figure { value: 0.1, of: None }));
        assert_eq!((figures.get("incident read"), figures.get("killed f1")), (None, None));

        let mentions = Figures::parse(r#"{"time": {"found": 48, "right": 36, "of": 48}}"#).unwrap();
        assert_eq!(mentions.get("time right"), Some(Figure { value: 0.75, of: Some(48) }));

        let lines =
            "{\"figure\":\"a b\",\"right\":1,\"share\":0.5,\"of\":2}\n{\"figure\":\"c\",\"right\":2,\"of\":2}\n";
        let lines = Figures::parse(lines).unwrap();
        assert_eq!(lines.get("a b share"), Some(Figure { value: 0.5, of: Some(2) }));
        assert_eq!(lines.get("all share"), Some(Figure { value: 0.75, of: Some(4) }));
        assert!(Figures::parse("right 3 of 4").is_err());
    }
}
