//! What do the words of an Arabic text say, before any event is read?
//!
//! Folding with an exact map to the source, tokens with their clitics, numbers,
//! times, names from lexicons and gazetteer, sentences and clauses. All
//! knowledge of the language comes in as `(name, contents)` pairs of data
//! files; this crate opens no file and knows no event.

mod annotate;
mod bracket;
pub mod check;
mod error;
mod fold;
mod gazetteer;
mod inflect;
mod labels;
mod lexicon;
mod link;
pub mod measure;
mod mend;
mod numeral;
mod packed;
mod pattern;
mod quotation;
mod resources;
mod romanize;
mod sentence;
mod shelf;
mod sound;
mod standing;
pub mod testing;
pub mod time;
mod token;
mod trie;
mod weights;

pub use annotate::{Amount, Annotation, Mention, annotate};
pub use error::Error;
pub use fold::{FoldTable, Folded};
pub use gazetteer::{Gazetteer, PlaceId, PlaceRecord};
pub use lexicon::{Class, Count, Entry, EntryId, Form, Label, LabelSet, Lexicon, Part};
pub use link::LinkRule;
pub use numeral::{NumberKind, NumberMention};
pub use pattern::{Found, Pattern, TriggerRule};
pub use resources::{MeansRule, Outlet, Resources, Term};
pub use sentence::{Clause, Opening, Sentence};
pub use time::{Anchor, TimeExpr, TimeMention};
pub use token::{Clitics, Token, TokenKind, Tokens, is_letter};
pub use weights::Weights;
