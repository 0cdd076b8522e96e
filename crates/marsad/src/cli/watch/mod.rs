//! How are feeds watched without harm and without loss?
//!
//! One loop: what is due goes to the crawler; answers are kept, then written in
//! the ledger, then read. A process that is killed goes on where it stopped:
//! what was kept is not fetched again, and what was not read yet is read.

mod desk;
mod reading;

use super::Done;
use super::args::Watch;
use super::console::Console;
use crate::{Error, Resolution};
use desk::Desk;
use jiff::{SignedDuration, Timestamp};
use marsad_ingest::fetch::{Answer, Crawler, Fetcher, Guard, Limits, Manners, Pace, System};
use marsad_ingest::{FeedAddress, feeds_in};
use marsad_store::Store;
use reading::Readers;
use std::fmt::Display;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// The word by which robots files call us.
const AGENT: &str = "marsad";
/// What is due is looked up so often.
const LOOK: Duration = Duration::from_secs(5);
/// Without network all rests so long before the next attempt.
const REST: Duration = Duration::from_secs(60);
/// Answers are waited for so long.
const WAIT: Duration = Duration::from_millis(200);
/// So many answers are kept before pages are read, and so many pages are read at once.
const READ_AT_ONCE: usize = 64;

pub fn run(args: &Watch, console: &Console) -> Result<Done, Error> {
    let feeds = feeds(args)?;
    let res = crate::resources(console.data())?;
    let readers = Readers::new(&res)?;
    let mut store = Store::open_or_create(&console.store)?;
    let _lock = lock(&store.captures_dir(), console)?;
    store.watch_feeds(&feeds, &moment(Timestamp::now()))?;
    let mut round = Round {
        desk: Desk::open(store, pace(args), args.feeds_only, console)?,
        readers,
        resolution: Resolution::default(),
        console,
        stop: stopped_by_user(),
        is_once: args.once,
        may_be_unread: true,
        is_unresolved: true,
    };
    let crawler = Crawler::start(fetcher(args), manners(args));
    round.desk.introduce(&crawler, AGENT)?;
    round.go_on(&crawler)?;
    round.end(&crawler)
}

/// The feeds of all lists, each once.
fn feeds(args: &Watch) -> Result<Vec<(String, Option<String>)>, Error> {
    let mut feeds: Vec<FeedAddress> = vec![];
    for list in &args.lists {
        if list.contains("://") {
            feeds.push(FeedAddress { url: list.clone(), title: None });
            continue;
        }
        let path = Path::new(list);
        let bytes = std::fs::read(path).map_err(|e| Error::io(path, e))?;
        feeds.extend(feeds_in(list, &bytes).map_err(unreadable)?);
    }
    let mut seen = std::collections::BTreeSet::new();
    feeds.retain(|feed| seen.insert(feed.url.clone()));
    Ok(feeds.into_iter().map(|feed| (feed.url, feed.title)).collect())
}

fn unreadable(list: marsad_ingest::Skipped) -> Error {
    let error = Error::new(list.code, format!("{}: {}", list.source, list.message));
    match list.hint {
        Some(hint) => error.with_hint(hint),
        None => error,
    }
}

fn fetcher(args: &Watch) -> Fetcher {
    let user_agent = format!("{AGENT}/{} (+{})", crate::VERSION, args.contact);
    let limits = Limits { time: Duration::from_secs_f64(args.timeout), ..Limits::default() };
    Fetcher::new(&user_agent, Guard::allowing(args.allow.clone()), limits, System)
}

fn manners(args: &Watch) -> Manners {
    let delay = Duration::from_secs_f64(args.delay);
    Manners { agent: AGENT.to_string(), delay, connections: usize::from(args.connections) }
}

fn pace(args: &Watch) -> Pace {
    Pace { feeds: SignedDuration::from_mins(i64::from(args.every)), ..Pace::default() }
}

/// Two that watch would mix their answers in one file.
fn lock(folder: &Path, console: &Console) -> Result<File, Error> {
    std::fs::create_dir_all(folder).map_err(|e| Error::of_store(folder, e))?;
    let path = folder.join("lock");
    let file = File::create(&path).map_err(|e| Error::of_store(&path, e))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => {
            let message = format!("{}: another marsad watch writes to this store", console.store.display());
            Err(Error::new("watched", message).with_hint("stop it, or give another store with --store"))
        }
        Err(std::fs::TryLockError::Error(e)) => Err(Error::io(&path, e)),
    }
}

/// Set when the user asks for an end; a second time ends at once.
fn stopped_by_user() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let said = stop.clone();
    // Where no handler can be set the signal ends the process, which loses nothing.
    let _ = ctrlc::set_handler(move || {
        if said.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    });
    stop
}

struct Round<'r> {
    desk: Desk<'r>,
    readers: Readers<'r>,
    /// Kept from round to round.
    resolution: Resolution,
    console: &'r Console,
    stop: Arc<AtomicBool>,
    is_once: bool,
    /// Something was kept since pages were read.
    may_be_unread: bool,
    /// Something was read since incidents were resolved.
    is_unresolved: bool,
}

impl Round<'_> {
    fn go_on(&mut self, crawler: &Crawler) -> Result<(), Error> {
        let (mut looked, mut taken) = (Instant::now(), 0);
        self.look(crawler)?;
        while !self.is_stopped() {
            let answers = crawler.answers(WAIT);
            let is_quiet = answers.is_empty();
            taken += answers.len();
            self.take(crawler, answers)?;
            if taken >= READ_AT_ONCE {
                taken = 0;
                self.read()?;
            }
            if self.desk.silence.is_ours() {
                self.without_network(crawler)?;
            } else if is_quiet && crawler.is_idle() {
                crawler.add(self.desk.settle()?);
                self.read()?;
                self.resolve()?;
            }
            if self.is_once && is_quiet && crawler.is_idle() {
                return Ok(());
            }
            if looked.elapsed() >= LOOK && !self.is_once {
                looked = Instant::now();
                self.look(crawler)?;
            }
        }
        Ok(())
    }

    /// What is under way is still taken care of.
    fn end(mut self, crawler: &Crawler) -> Result<Done, Error> {
        self.desk.forget(crawler.clear());
        while !crawler.is_idle() {
            let answers = crawler.answers(WAIT);
            let tasks = self.desk.take(answers)?;
            self.desk.forget(tasks);
        }
        self.desk.settle()?;
        self.read()?;
        self.resolve()?;
        self.say()
    }

    fn say(&self) -> Result<Done, Error> {
        let counts = &self.desk.counts;
        let values: [(&str, &dyn Display); 8] = [
            ("feeds", &counts.feeds),
            ("failed", &counts.feeds_failed),
            ("pages", &counts.pages),
            ("pages_failed", &counts.pages_failed),
            ("documents", &counts.documents),
            ("skipped", &counts.skipped),
            ("incidents", &counts.incidents),
            ("next", &self.desk.store.next_due()?.unwrap_or_else(|| "–".to_string())),
        ];
        self.console.note(&self.console.say("summary.watch", &values));
        let failed = counts.feeds_failed + counts.pages_failed > 0 || self.desk.silence.is_ours();
        Ok(if failed { Done::Partly } else { Done::Well })
    }

    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Hands over what is due.
    fn look(&mut self, crawler: &Crawler) -> Result<(), Error> {
        crawler.add(self.desk.due(Timestamp::now())?);
        Ok(())
    }

    fn take(&mut self, crawler: &Crawler, answers: Vec<Answer>) -> Result<(), Error> {
        if !answers.is_empty() {
            self.may_be_unread = true;
            crawler.add(self.desk.take(answers)?);
        }
        Ok(())
    }

    /// Nothing is asked for a while; a single round ends here.
    fn without_network(&mut self, crawler: &Crawler) -> Result<(), Error> {
        self.console.note(&self.console.say("note.no_network", &[]));
        self.desk.forget(crawler.clear());
        self.read()?;
        if self.is_once {
            self.stop.store(true, Ordering::Relaxed);
            return Ok(());
        }
        let until = Instant::now() + REST;
        while Instant::now() < until && !self.is_stopped() {
            let tasks = self.desk.take(crawler.answers(WAIT))?;
            self.desk.forget(tasks);
        }
        self.desk.silence.try_again();
        self.look(crawler)
    }

    /// Reads all that was kept and not read.
    fn read(&mut self) -> Result<(), Error> {
        self.desk.store.set_time(&moment(Timestamp::now()))?;
        while std::mem::take(&mut self.may_be_unread) {
            let read = self.readers.read_some(&mut self.desk.store, READ_AT_ONCE)?;
            self.is_unresolved |= self.desk.count(&read);
            self.may_be_unread = read.pages == READ_AT_ONCE;
        }
        Ok(())
    }

    fn resolve(&mut self) -> Result<(), Error> {
        if std::mem::take(&mut self.is_unresolved) {
            self.desk.store.set_time(&moment(Timestamp::now()))?;
            self.desk.counts.incidents = self.resolution.bring_up(&mut self.desk.store)?.ids.len();
        }
        Ok(())
    }
}

/// As the ledger writes times.
fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
