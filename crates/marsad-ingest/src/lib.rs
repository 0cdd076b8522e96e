//! Which documents are in these bytes, when were they published, and which part
//! of each page is the news?
//!
//! [`articles`] reads a file, a folder or standard input one article at a time;
//! [`document`] gives an article its language, segments, title, outlet and
//! publication date. Messy text is no error: what was odd comes back as
//! diagnostics, what cannot be read as [`Skipped`]. Claims are not made here.

mod article;
mod decode;
mod document;
mod error;
#[cfg(feature = "fetch")]
pub mod fetch;
mod furniture;
mod given;
mod html;
mod input;
mod language;
mod lines;
mod parts;
mod phrases;
mod published;
mod repeats;
mod roles;
mod segments;

pub use article::{Item, Markup, RawArticle, Skipped};
pub use document::{Ingested, Ingester, document};
pub use error::Error;
pub use given::days;
pub use html::{Page, SourceMap, visible_text};
pub use input::{Articles, FeedAddress, FeedEntry, FeedRead, articles, articles_in, feed, feeds_in, total_bytes};
