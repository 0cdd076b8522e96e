//! How right is the reading on a file of cases that other people made?
//!
//! One file a kind of case; each knows the forms in which such files come. A
//! case that cannot be judged is refused with its reason and counted apart,
//! never dropped in silence.

mod events;
mod pages;
mod places;
mod refused;
mod times;

use super::Done;
use super::args::{Cases, Eval};
use super::console::{Console, output_error};
use crate::Error;
use refused::Refused;
use serde_json::json;
use std::io::{BufWriter, Write, stdout};
use std::path::Path;

pub fn run(args: &Eval, console: &Console) -> Result<Done, Error> {
    let (cases, kind): (&Cases, &Kind) = match args {
        Eval::Times(cases) => (cases, &times::KIND),
        Eval::Pages(cases) => (cases, &pages::KIND),
        Eval::Places(cases) => (cases, &places::KIND),
        Eval::Events(cases) => (cases, &events::KIND),
    };
    let rows = rows(&cases.file)?;
    kind.check(&cases.file, &rows)?;
    let refused = Refused::read(cases.refused.as_deref())?;
    let sheet = (kind.judge)(&rows, &cases.file, console)?.without(&refused);
    print(&sheet, cases.misses, console).map_err(output_error)?;
    Ok(Done::Well)
}

/// One kind of cases.
struct Kind {
    /// The cases, the list that names them, and where to say something.
    judge: fn(&[Row], &Path, &Console) -> Result<Sheet, Error>,
    /// The row has one of the forms in which such cases come.
    known: fn(&Row) -> bool,
    /// What a row needs, for the hint of the error.
    needs: &'static str,
}

impl Kind {
    /// # Errors
    /// `cases`, where there is nothing to judge or a row has another form: a figure over
    /// rows that were not understood would be no figure.
    fn check(&self, path: &Path, rows: &[Row]) -> Result<(), Error> {
        let message = match rows.iter().position(|row| !(self.known)(row)) {
            Some(i) => format!("{}, case {}: no form that is known", path.display(), i + 1),
            None if rows.is_empty() => format!("{}: no cases", path.display()),
            None => return Ok(()),
        };
        Err(Error::new("cases", message).with_hint(format!("{}; docs/commands.md names the forms", self.needs)))
    }
}

/// One case of a file, whatever its form: a JSON object, or a line of a CSV file under its heading.
type Row = serde_json::Map<String, serde_json::Value>;

/// What came out of a file of cases.
#[derive(Default)]
struct Sheet {
    cases: Vec<Case>,
}

/// One case that was judged.
struct Case {
    id: String,
    /// The figure it counts for, such as `time` or `within 10 km`.
    figure: &'static str,
    outcome: Outcome,
    expected: String,
    got: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Right,
    Wrong,
    /// Read although nothing is there: costs precision.
    Invented,
    /// Rightly not read: counts for neither precision nor recall.
    Silent,
    /// The case's expectation is not ours to meet; the reason is in the list of refusals.
    Refused,
}

/// The figures of one kind of cases.
struct Figure {
    name: &'static str,
    right: usize,
    of: usize,
    invented: usize,
    refused: usize,
}

impl Sheet {
    fn add(&mut self, case: Case) {
        self.cases.push(case);
    }

    /// The same, with the refused cases marked as such.
    fn without(mut self, refused: &Refused) -> Sheet {
        for case in &mut self.cases {
            if refused.reason(&case.id).is_some() {
                case.outcome = Outcome::Refused;
            }
        }
        self
    }

    /// One figure a name, in the order in which the names first came.
    fn figures(&self) -> Vec<Figure> {
        let mut figures: Vec<Figure> = vec![];
        for case in &self.cases {
            let at = figures.iter().position(|f| f.name == case.figure).unwrap_or_else(|| {
                figures.push(Figure { name: case.figure, right: 0, of: 0, invented: 0, refused: 0 });
                figures.len() - 1
            });
            figures[at].count(case.outcome);
        }
        figures
    }
}

impl Figure {
    fn count(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Right => {
                self.right += 1;
                self.of += 1;
            }
            Outcome::Wrong => self.of += 1,
            Outcome::Invented => self.invented += 1,
            Outcome::Silent => {}
            Outcome::Refused => self.refused += 1,
        }
    }

    fn share(&self) -> f64 {
        ratio(self.right, self.of)
    }

    /// The share when refused cases count as misses.
    fn strict(&self) -> f64 {
        ratio(self.right, self.of + self.refused)
    }

    fn precision(&self) -> f64 {
        ratio(self.right, self.right + self.invented)
    }

    /// Harmonic mean of precision and recall.
    fn f1(&self) -> f64 {
        ratio(2 * self.right, self.of + self.right + self.invented)
    }
}

/// 0 of 0 is 0: nothing was shown.
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Objects of a JSON Lines file, or the lines of a CSV file with a heading.
///
/// # Errors
/// `io`, or `cases` with file and line where the file is neither.
fn rows(path: &Path) -> Result<Vec<Row>, Error> {
    let text = std::fs::read_to_string(path).map_err(|e| Error::io(path, e))?;
    if path.extension().is_some_and(|e| e == "csv") { csv_rows(path, &text) } else { json_rows(path, &text) }
}

fn json_rows(path: &Path, text: &str) -> Result<Vec<Row>, Error> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(i, line)| serde_json::from_str(line).map_err(|e| bad_cases(path, i + 1, &e.to_string()))).collect()
}

fn csv_rows(path: &Path, text: &str) -> Result<Vec<Row>, Error> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let heading = reader.headers().map_err(|e| bad_cases(path, 1, &e.to_string()))?.clone();
    let mut rows = vec![];
    for record in reader.records() {
        let record = record.map_err(|e| bad_cases(path, rows.len() + 2, &e.to_string()))?;
        rows.push(heading.iter().zip(&record).map(|(k, v)| (k.to_string(), v.into())).collect());
    }
    Ok(rows)
}

fn bad_cases(path: &Path, line: usize, message: &str) -> Error {
    Error::new("cases", format!("{}, line {line}: {message}", path.display())).with_hint(
        "cases are JSON objects, one a line, or a .csv file with a heading; docs/commands.md names the forms",
    )
}

/// Every key is there, whatever it holds.
fn has(row: &Row, keys: &[&str]) -> bool {
    keys.iter().all(|key| row.contains_key(*key))
}

/// The text of a key, empty when it is not there.
fn text<'a>(row: &'a Row, key: &str) -> &'a str {
    row.get(key).and_then(|v| v.as_str()).unwrap_or_default()
}

/// The number of a key, also where it is written as text.
fn number(row: &Row, key: &str) -> Option<f64> {
    let value = row.get(key)?;
    value.as_f64().or_else(|| value.as_str()?.trim().parse().ok())
}

fn print(sheet: &Sheet, misses: bool, console: &Console) -> std::io::Result<()> {
    let mut out = BufWriter::new(stdout().lock());
    if misses {
        for case in sheet.cases.iter().filter(|c| matches!(c.outcome, Outcome::Wrong | Outcome::Invented)) {
            let Case { id, figure, expected, got, .. } = case;
            writeln!(out, "{}", json!({"id": id, "figure": figure, "expected": expected, "got": got}))?;
        }
    }
    for f in sheet.figures() {
        match console.human {
            true => writeln!(
                out,
                "{:<24} right {:>5} of {:>5} = {:.3}   invented {:>4}   precision {:.3}   F1 {:.3}   refused {:>4}   with them {:.3}",
                f.name,
                f.right,
                f.of,
                f.share(),
                f.invented,
                f.precision(),
                f.f1(),
                f.refused,
                f.strict()
            )?,
            false => writeln!(
                out,
                "{}",
                json!({"figure": f.name, "right": f.right, "of": f.of, "share": f.share(), "invented": f.invented,
                       "precision": f.precision(), "f1": f.f1(), "refused": f.refused, "share_with_refused": f.strict()})
            )?,
        }
    }
    out.flush()
}
