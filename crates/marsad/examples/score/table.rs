//! How do the figures look beside their floors and goals?

use super::figures::Figure;
use super::floors::{Bounds, Set, Standing};
use std::fmt::{Display, Formatter, Result};

/// One figure that was measured.
pub struct Row<'a> {
    pub set: &'a Set,
    pub bounds: &'a Bounds,
    pub figure: Figure,
}

/// All of them, and what could not be measured.
#[derive(Default)]
pub struct Table<'a> {
    rows: Vec<Row<'a>>,
    notes: Vec<String>,
}

impl<'a> Table<'a> {
    pub fn row(&mut self, row: Row<'a>) {
        self.rows.push(row);
    }

    pub fn note(&mut self, note: String) {
        self.notes.push(note);
    }

    pub fn count(&self, standing: Standing) -> usize {
        self.rows.iter().filter(|r| r.standing() == standing).count()
    }
}

impl Row<'_> {
    fn standing(&self) -> Standing {
        self.bounds.standing(self.figure)
    }

    fn remark(&self) -> String {
        match self.standing() {
            Standing::Fell => "BELOW ITS FLOOR".to_string(),
            Standing::Short => format!("{:.3} short", (self.bounds.goal.unwrap_or(0.0) - self.figure.value).abs()),
            Standing::Well if self.bounds.goal.is_some() => "reached".to_string(),
            Standing::Well => String::new(),
        }
    }
}

impl Display for Table<'_> {
    fn fmt(&self, out: &mut Formatter) -> Result {
        writeln!(out, "{:<24} {:<28} {:>6} {:>6} {:>7} {:>6}", "set", "figure", "value", "of", "floor", "goal")?;
        let mut last = "";
        for row in &self.rows {
            let set = if row.set.name == last { "" } else { row.set.name.as_str() };
            last = &row.set.name;
            let bound = |at: Option<f64>, mark| at.map_or("-".to_string(), |at| format!("{mark}{at:.3}"));
            let (floor, goal) = if row.bounds.is_rate { ("≤", "≤") } else { ("", "") };
            let of = row.figure.of.map_or("-".to_string(), |n| n.to_string());
            let figure = &row.bounds.figure;
            let line = format!(
                "{set:<24} {figure:<28} {:>6.3} {of:>6} {:>7} {:>6}  {}",
                row.figure.value,
                bound(row.bounds.floor, floor),
                bound(row.bounds.goal, goal),
                row.remark()
            );
            writeln!(out, "{}", line.trim_end())?;
        }
        self.notes.iter().try_for_each(|note| writeln!(out, "{note}"))?;
        let (fell, short) = (self.count(Standing::Fell), self.count(Standing::Short));
        writeln!(out, "{} figures: {fell} below their floors, {short} short of their goals", self.rows.len())
    }
}
