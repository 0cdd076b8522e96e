//! What was read from one document?

use crate::{Document, Evidence, Incident, Quantity, RuleId, Span};
use jiff::civil::Date;

/// Everything that was read from one document.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    pub document: Document,
    pub incidents: Vec<Incident>,
    pub tallies: Vec<Tally>,
    pub not_incidents: Vec<NotIncident>,
    /// What the text names, before any event is read.
    pub mentions: Vec<TextMention>,
    pub quotes: Vec<Quote>,
    pub diagnostics: Vec<Diagnostic>,
    /// Sorted hashes of folded word 5-grams of the news text: enough to see
    /// that two documents share wire copy without keeping their words.
    pub fingerprint: Vec<u64>,
    /// One line a rule application, in the order in which they were applied:
    /// what `--explain` prints.
    pub derivation: Vec<String>,
}

/// A cumulative claim ("about 50 attacks since January"); never an incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    pub kind: TallyKind,
    pub count: Quantity,
    pub from: Option<Date>,
    pub to: Option<Date>,
    /// Event types counted; empty means any.
    pub types: Vec<crate::EventType>,
    pub target: Option<String>,
    pub said_by: Option<String>,
    pub killed: Quantity,
    pub wounded: Quantity,
    pub evidence: Vec<Evidence>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TallyKind {
    CountSince,
    CountInPastPeriod,
    OrdinalInWindow,
    HabitualUncounted,
    Lull,
    TollReport,
}

impl TallyKind {
    pub const ALL: &'static [(TallyKind, &'static str)] = &[
        (TallyKind::CountSince, "count_since"),
        (TallyKind::CountInPastPeriod, "count_in_past_period"),
        (TallyKind::OrdinalInWindow, "ordinal_in_window"),
        (TallyKind::HabitualUncounted, "habitual_uncounted"),
        (TallyKind::Lull, "lull"),
        (TallyKind::TollReport, "toll_report"),
    ];

    pub fn name(self) -> &'static str {
        TallyKind::ALL.iter().find(|(k, _)| *k == self).expect("all kinds are listed").1
    }

    pub fn from_name(name: &str) -> Option<TallyKind> {
        TallyKind::ALL.iter().find(|(_, n)| *n == name).map(|(k, _)| *k)
    }
}

/// A stretch that looks like an attack and is none: threat, exercise, match …
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotIncident {
    pub reason: String,
    pub evidence: Vec<Evidence>,
}

/// A stretch in quotation marks with its speaker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    pub speaker: Option<String>,
    pub cue: Option<Evidence>,
    pub content: Span,
}

/// A time, number, place, actor or weapon that the text names.
#[derive(Clone, Debug, PartialEq)]
pub struct TextMention {
    /// `time`, `number`, `place`, `actor`, `weapon` …
    pub kind: String,
    pub span: Span,
    pub id: Option<RuleId>,
    /// TIMEX3 value of a time.
    pub timex: Option<String>,
    /// Value of a number.
    pub value: Option<f64>,
}

/// Something that a reader of the output should know about the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code such as `crawl_date` or `not_arabic`.
    pub code: String,
    pub message: String,
    pub hint: Option<String>,
    pub evidence: Vec<Evidence>,
}
