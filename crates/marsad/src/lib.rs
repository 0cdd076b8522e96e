//! How does one read Arabic news into sourced incidents, from bytes to rows?
//!
//! The façade over the stages. [`resources`] builds the tables from the data
//! files inside the program, [`read_one`] makes one reading of one article, and
//! [`resolve_all`] makes incidents of many readings. The stages themselves are
//! re-exported under their short names; they decide everything, this crate
//! nothing. The `marsad` command lives in [`cli`].
//!
//! What one article tells:
//!
//! ```
//! use marsad::ingest::{Ingester, Item, articles};
//! let res = marsad::resources(None)?;
//! let (ingester, reader) = (Ingester::new(&res), marsad::extract::Reader::new(&res)?);
//! let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/articles/03-jamila-car-bomb-first-toll.txt");
//! for item in articles(path)? {
//!     let Item::Article(article) = item else { continue };
//!     let Ok(reading) = marsad::read_one(&reader, &ingester, article) else { continue };
//!     println!("{} incidents in {}", reading.incidents.len(), reading.document.source);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#[cfg(feature = "cli")]
pub mod cli;
mod data;
mod error;
mod pipeline;
mod resolution;

pub use data::{SHIPPED, data_files, files_of, resources};
pub use error::Error;
pub use marsad_extract as extract;
pub use marsad_ingest as ingest;
pub use marsad_lang as lang;
pub use marsad_model as model;
pub use marsad_resolve as resolve;
pub use marsad_store as store;
pub use pipeline::{decided, provenance, read_one, resolve_all, resolve_claims};
pub use resolution::{Nearest, Resolution, check_resolution, nearest_in_store, resolve_store};

/// The version of the program, which readings in a store are marked with.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
