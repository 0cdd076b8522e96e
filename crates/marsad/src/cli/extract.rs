//! What does one article say? Prints one reading a document and touches no store.
//!
//! NDJSON in input order, streamed; with `--explain` the derivation as a tree
//! instead: which rule read which words, step by step.

use super::args::Extract;
use super::articles::each_chunk;
use super::console::{Console, output_error};
use super::{Done, tree};
use crate::{Error, read_one};
use marsad_extract::Reader;
use marsad_ingest::Ingester;
use marsad_model::Reading;
use marsad_store::wire;
use std::io::{BufWriter, Write, stdout};

pub fn run(args: &Extract, console: &Console) -> Result<Done, Error> {
    let res = crate::resources(console.data())?;
    let reader = Reader::new(&res)?;
    let ingester = Ingester::new(&res);
    let reader = if args.explain { reader.explaining() } else { reader };
    let reader = if args.mentions { reader.in_full() } else { reader };
    let mut out = BufWriter::new(stdout().lock());
    let print =
        |reading: Reading| if args.explain { explained(&reading, console) } else { json(&reading, args.mentions) };
    let work = |article| read_one(&reader, &ingester, article).map(print);
    let counts = each_chunk(&args.given, console, work, |texts: Vec<String>| {
        texts.iter().try_for_each(|text| out.write_all(text.as_bytes())).map_err(output_error)?;
        out.flush().map_err(output_error)
    })?;
    let values: [(&str, &dyn std::fmt::Display); 4] = [
        ("read", &counts.read),
        ("skipped", &counts.skipped_total()),
        ("reasons", &counts.reasons()),
        ("seconds", &counts.seconds()),
    ];
    console.note(&console.say("summary.extract", &values));
    Ok(counts.done())
}

fn json(reading: &Reading, with_mentions: bool) -> String {
    let row = wire::reading_with(reading, with_mentions);
    serde_json::to_string(&row).expect("a reading has string keys only") + "\n"
}

fn explained(reading: &Reading, console: &Console) -> String {
    let document = &reading.document;
    let title = document.title.as_ref().map_or("", |t| t.value().as_str());
    let heading = match title {
        "" => document.source.clone(),
        title => format!("{}: {}", document.source, console.isolated(title)),
    };
    format!("{heading}\n{}\n", tree::draw(&reading.derivation))
}
