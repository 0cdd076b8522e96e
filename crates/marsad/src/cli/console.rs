//! What goes to the screen beside the results, and in which form do results go?
//!
//! Results go to stdout, everything else to stderr: progress only where stderr
//! is a terminal, then a closing line. Notes name files and codes, never words
//! of an article, because articles name victims.

use super::args::Common;
use super::messages::Messages;
use crate::Error;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What all verbs know about the person or program that asked.
pub struct Console {
    pub store: PathBuf,
    pub data: Option<PathBuf>,
    pub messages: Messages,
    pub arabic: bool,
    /// One JSON object a line was asked for.
    pub json: bool,
    /// Print for people: aligned, labelled. Otherwise JSON.
    pub human: bool,
    /// Stdout is a terminal: Arabic is isolated, and may be coloured.
    pub terminal: bool,
    pub color: bool,
    pub quiet: bool,
}

impl Console {
    pub fn new(common: &Common) -> Console {
        let terminal = io::stdout().is_terminal();
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
        Console {
            store: common.store.clone(),
            data: common.data.clone(),
            messages: Messages::of(common.lang),
            arabic: common.lang == super::args::Lang::Ar,
            json: common.json,
            human: common.table || (terminal && !common.json),
            terminal,
            color: terminal && !no_color,
            quiet: common.quiet,
        }
    }

    pub fn data(&self) -> Option<&Path> {
        self.data.as_deref()
    }

    /// One phrase of the catalogue with its values.
    pub fn say(&self, key: &str, values: &[(&str, &dyn Display)]) -> String {
        self.messages.say(key, values)
    }

    /// The word of a key, or the English word where the catalogue has none.
    pub fn word(&self, key: &str, otherwise: &str) -> String {
        self.messages.find(key).unwrap_or(otherwise).to_string()
    }

    /// The label of a word of a closed vocabulary, in the section of that vocabulary.
    pub fn label(&self, section: &str, word: &str) -> String {
        self.word(&format!("{section}.{word}"), &word.replace('_', " "))
    }

    /// Several labels behind one another, with the comma of the language.
    pub fn list(&self, words: &[String]) -> String {
        words.join(&self.say("word.comma", &[]))
    }

    /// Text of a source, fenced off on a terminal so that its direction does not
    /// reorder what stands beside it. Files get no marks.
    pub fn isolated(&self, text: &str) -> String {
        if self.terminal { format!("\u{2068}{text}\u{2069}") } else { text.to_string() }
    }

    /// A line on stderr unless the user asked for quiet.
    pub fn note(&self, line: &str) {
        if !self.quiet {
            to_stderr(line);
        }
    }

    /// What was wrong, where, and what to do; said even when quiet.
    pub fn error(&self, error: &Error) {
        let code = error.code();
        to_stderr(&format!("{}[{code}]: {error}", self.say("word.error", &[])));
        if let Some(translated) = self.messages.find(&format!("error.{code}")) {
            to_stderr(&format!("  {translated}"));
        }
        let hint = self.messages.find(&format!("hint.{code}")).or(error.hint());
        if let Some(hint) = hint {
            to_stderr(&format!("  {}: {hint}", self.say("word.hint", &[])));
        }
    }

    /// A bar over so many bytes, or a count where nobody knows how many come;
    /// invisible unless stderr is a terminal.
    pub fn progress(&self, bytes: Option<u64>) -> ProgressBar {
        if self.quiet || !io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::with_draw_target(bytes, ProgressDrawTarget::stderr_with_hz(5));
        let style = match bytes {
            Some(_) => "{bar:24} {bytes}/{total_bytes}  {bytes_per_sec}  {eta}",
            None => "{spinner} {bytes}  {bytes_per_sec}",
        };
        bar.set_style(ProgressStyle::with_template(style).expect("a constant template"));
        bar.enable_steady_tick(Duration::from_millis(500));
        bar
    }
}

/// Nobody can be told that stderr is closed.
fn to_stderr(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// A failure of writing results, as the error that ends the command.
pub fn output_error(error: io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Error::new("broken_pipe", "the reader of the output went away"),
        _ => Error::io(Path::new("standard output"), error),
    }
}
