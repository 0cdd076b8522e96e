//! What does the `marsad` command do with its arguments?
//!
//! One file a verb. A verb returns [`Done`] or an [`Error`]; here they become
//! the exit code: 0 all well, 1 something was found that needs attention, 2 the
//! command could not do its work, 3 part of the input could not be read. The
//! words of fixed phrases are data (`messages/en.toml`, `messages/ar.toml`).

mod args;
mod articles;
mod audit;
mod claims;
mod console;
mod data;
mod decide;
mod derived;
mod doctor;
mod eval;
mod export;
mod extract;
mod fields;
mod geonames;
mod ingest;
mod ledger;
mod list;
mod log;
mod messages;
mod near;
mod owners;
mod placeholders;
mod quotes;
mod show;
mod stores;
mod templates;
mod tree;
mod values;
mod watch;

pub use args::command;

use crate::Error;
use args::{Args, Verb};
use clap::Parser;
use console::Console;
use std::process::ExitCode;

/// How a verb ended when it did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Done {
    Well,
    /// A check found something.
    WithFindings,
    /// Some of the input could not be read.
    Partly,
}

/// Reads the arguments of the process, does what they say, and returns the exit code.
pub fn main() -> ExitCode {
    let args = Args::parse();
    let console = Console::new(&args.common);
    let done = with_threads(args.common.threads(), || run(&args.verb, &console));
    match done {
        Ok(Done::Well) => ExitCode::SUCCESS,
        Ok(Done::WithFindings) => ExitCode::from(1),
        Ok(Done::Partly) => ExitCode::from(3),
        // The reader of a pipe went away (`marsad extract … | head`): nobody is left to tell.
        Err(error) if error.code() == "broken_pipe" => ExitCode::SUCCESS,
        Err(error) => {
            console.error(&error);
            ExitCode::from(2)
        }
    }
}

fn run(verb: &Verb, console: &Console) -> Result<Done, Error> {
    match verb {
        Verb::Ingest(args) => ingest::run(args, console),
        Verb::Merge(args) => decide::merge(args, console),
        Verb::Split(args) => decide::split(args, console),
        Verb::Set(args) => decide::set(args, console),
        Verb::Link(args) => decide::link(args, console),
        Verb::Retract(args) => decide::retract(args, console),
        Verb::Undo(args) => decide::undo(args, console),
        Verb::Log(args) => log::log(args, console),
        Verb::Diff(args) => log::diff(args, console),
        Verb::Audit(args) => audit::run(args, console),
        Verb::Watch(args) => watch::run(args, console),
        Verb::Ledger(args) => ledger::run(args, console),
        Verb::Extract(args) => extract::run(args, console),
        Verb::List(args) => list::run(args, console),
        Verb::Show(args) => show::run(args, console),
        Verb::Export(args) => export::run(args, console),
        Verb::Data(args) => data::run(args, console),
        Verb::Eval(args) => eval::run(args, console),
        Verb::Doctor => doctor::run(console),
    }
}

/// All parallel work of the closure happens on so many threads.
fn with_threads<T: Send>(threads: usize, work: impl FnOnce() -> Result<T, Error> + Send) -> Result<T, Error> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.map_err(|e| Error::new("threads", e.to_string()))?.install(work)
}
