//! What is done with an answer, in which order?
//!
//! It is kept in a WARC file that is flushed, then written in the ledger with
//! all that follows from it, and only then may its host be asked again. What a
//! crash left in the file and not in the ledger is taken in the same way when
//! the file is opened again.

use super::moment;
use super::reading::ReadPages;
use crate::Error;
use crate::cli::console::Console;
use jiff::{SignedDuration, Timestamp};
use marsad_ingest::fetch::{
    self, Answer, Crawler, Exchange, Fetched, Keeper, Kept, Kind, Pace, Place, Robots, Silence, State, Tail, Task,
    Verdict,
};
use marsad_ingest::{FeedEntry, FeedRead};
use marsad_store::{Address, Capture, Store, Visit};
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// A WARC file grows no longer than this, and a little.
const WARC_BYTES: u64 = 1 << 30;

/// Keeps answers and decides what is asked next.
pub struct Desk<'d> {
    pub store: Store,
    pub silence: Silence,
    pub counts: Counts,
    pace: Pace,
    feeds_only: bool,
    folder: PathBuf,
    /// The file that answers are added to.
    open: Option<(String, Keeper)>,
    /// Addresses that the crawler has.
    under_way: HashSet<String>,
    console: &'d Console,
}

/// What came of it so far.
#[derive(Default)]
pub struct Counts {
    pub feeds: usize,
    pub feeds_failed: usize,
    pub pages: usize,
    pub pages_failed: usize,
    pub documents: usize,
    pub skipped: usize,
    pub incidents: usize,
}

/// An answer with what is to be done about it.
struct Judged {
    answer: Answer,
    address: Address,
    verdict: Verdict,
    named: Vec<Address>,
    is_unchanged: bool,
    /// Where it is kept, when it is.
    capture: Option<Capture>,
}

impl<'d> Desk<'d> {
    /// Takes up the store where it was left.
    ///
    /// # Errors
    /// When the store or its captures cannot be read or written.
    pub fn open(store: Store, pace: Pace, feeds_only: bool, console: &'d Console) -> Result<Desk<'d>, Error> {
        let folder = store.captures_dir();
        let mut desk = Desk {
            store,
            silence: Silence::default(),
            counts: Counts::default(),
            pace,
            feeds_only,
            folder,
            open: None,
            under_way: HashSet::new(),
            console,
        };
        desk.take_up()?;
        Ok(desk)
    }

    /// Tells the crawler what robots files said less than a day ago.
    pub fn introduce(&self, crawler: &Crawler, agent: &str) -> Result<(), Error> {
        for address in self.store.addresses(Some("robots"), Some(State::Kept.name()))? {
            let Some(capture) = &address.capture else { continue };
            let Ok(fetched) = capture.fetched.parse::<Timestamp>() else { continue };
            if Timestamp::now().duration_since(fetched) < SignedDuration::from_hours(24)
                && let Ok(kept) = fetch::read(&self.folder.join(&capture.warc), capture.offset)
            {
                crawler.know_robots(&address.url, Robots::of(&Ok(kept.fetched), agent), fetched);
            }
        }
        Ok(())
    }

    /// What is to be asked now and is not under way.
    pub fn due(&mut self, now: Timestamp) -> Result<Vec<Task>, Error> {
        let due = self.store.due(&moment(now))?;
        Ok(due.into_iter().filter(|a| self.under_way.insert(a.url.clone())).filter_map(|a| task(&a)).collect())
    }

    /// Tasks that will not be done now.
    pub fn forget(&mut self, tasks: Vec<Task>) {
        for task in tasks {
            self.under_way.remove(&task.subject);
        }
    }

    /// Takes care of answers; returns what is to be asked next.
    ///
    /// # Errors
    /// When they cannot be kept or written down: then nothing of them is in the ledger, and
    /// they are asked for again or found in the file.
    pub fn take(&mut self, answers: Vec<Answer>) -> Result<Vec<Task>, Error> {
        let known = self.silence.sorted(answers);
        let mut tasks = self.settle_known(known)?;
        if self.silence.wants_witness() {
            let witness = self.store.last_heard()?;
            let known = self.silence.asked(witness.as_ref().map(|w| w.url.as_str()));
            tasks.extend(self.settle_known(known)?);
            tasks.extend(witness.filter(|w| self.under_way.insert(w.url.clone())).and_then(|w| task(&w)));
        }
        Ok(tasks)
    }

    /// Takes care of what was held back when nothing more is to come.
    ///
    /// # Errors
    /// As [`Desk::take`].
    pub fn settle(&mut self) -> Result<Vec<Task>, Error> {
        let known = self.silence.settled();
        self.settle_known(known)
    }

    /// Adds what was read to the counts; true when there is something new.
    pub fn count(&mut self, read: &ReadPages) -> bool {
        self.counts.documents += read.documents;
        self.counts.skipped += read.skipped;
        read.documents > 0
    }

    fn settle_known(&mut self, known: Vec<(Answer, bool)>) -> Result<Vec<Task>, Error> {
        let mut named = HashSet::new();
        let judged = known.into_iter().map(|(answer, is_ours)| self.judged(answer, is_ours, &mut named));
        let mut judged = judged.collect::<Result<Vec<_>, _>>()?;
        self.keep(&mut judged)?;
        self.write_down(judged)
    }

    /// What an answer means. `named` are the addresses that others of the same batch name.
    fn judged(&self, answer: Answer, is_ours: bool, named: &mut HashSet<String>) -> Result<Judged, Error> {
        let subject = &answer.task.subject;
        let fresh = || Address { url: subject.clone(), first_seen: moment(answer.at), ..Address::default() };
        let address = self.store.address(subject)?.unwrap_or_else(fresh);
        let failures = address.failures;
        let verdict = match is_ours {
            true => self.pace.postponed(&answer, failures),
            false => self.pace.verdict(&answer, failures),
        };
        let mut judged = Judged { verdict, named: vec![], is_unchanged: false, capture: None, address, answer };
        let Ok(fetched) = &judged.answer.result else { return Ok(judged) };
        if judged.verdict.state != State::Kept {
            return Ok(judged);
        }
        match judged.answer.task.kind {
            Kind::Robots => {}
            Kind::Feed if fetched.status == 304 => judged.is_unchanged = true,
            Kind::Feed => self.judge_feed(&mut judged, named)?,
            Kind::Page if !is_page(fetched) => {
                let so = format!("not a page: {}", fetched.header("content-type").unwrap_or_default());
                let never =
                    Verdict { state: State::Gone, reason: Some("no_page"), message: Some(so), ..judged.verdict };
                judged.verdict = Verdict { keep: false, next: None, ..never };
            }
            Kind::Page => {}
        }
        Ok(judged)
    }

    fn judge_feed(&self, judged: &mut Judged, named: &mut HashSet<String>) -> Result<(), Error> {
        let answer = &judged.answer;
        let Ok(fetched) = &answer.result else { return Ok(()) };
        let retrieval = marsad_model::Retrieval { url: Some(fetched.url.clone()), ..Default::default() };
        let body = fetched.body();
        let read = body.and_then(|body| {
            marsad_ingest::feed(&answer.task.subject, &body, &retrieval).map_err(|skipped| skipped.message)
        });
        let feed = match read {
            Ok(feed) => feed,
            Err(why) => {
                let spoilt = self.pace.spoilt(answer, judged.address.failures, "bad_feed", why);
                // What a server says again and again need not be kept again and again.
                judged.verdict = Verdict { keep: judged.address.failures == 0, ..spoilt };
                return Ok(());
            }
        };
        let own = feed.minutes_fresh.map(|minutes| SignedDuration::from_mins(i64::from(minutes)));
        judged.verdict.next = Some(self.pace.feed_next(answer, own));
        judged.named = self.new_pages(&feed, answer, named)?;
        // Kept only for what it says anew.
        let is_first = judged.address.capture.is_none();
        judged.verdict.keep = is_first || !judged.named.is_empty();
        judged.is_unchanged = !judged.verdict.keep;
        judged.address.title = judged.address.title.take().or(feed.title);
        Ok(())
    }

    /// The entries of a feed that nobody named before.
    fn new_pages(&self, feed: &FeedRead, answer: &Answer, named: &mut HashSet<String>) -> Result<Vec<Address>, Error> {
        let mut pages = vec![];
        for entry in &feed.entries {
            let page = self.page(entry, answer);
            if self.store.address(&page.url)?.is_none() && named.insert(page.url.clone()) {
                pages.push(page);
            }
        }
        Ok(pages)
    }

    fn page(&self, entry: &FeedEntry, answer: &Answer) -> Address {
        let address = entry.url.as_deref().and_then(fetch::plain_address);
        let is_in_feed = address.is_none() || entry.is_whole || self.feeds_only;
        let at = moment(answer.at);
        let state = if is_in_feed { State::Kept } else { State::Waiting };
        Address {
            url: address.unwrap_or_else(|| entry_address(&answer.task.subject, entry)),
            kind: "page".to_string(),
            state: state.name().to_string(),
            feed: Some(answer.task.subject.clone()),
            title: entry.title.clone(),
            published: entry.article.published.map(|(first, _)| first.to_string()),
            first_seen: at.clone(),
            next: (!is_in_feed).then_some(at),
            is_in_feed,
            ..Address::default()
        }
    }

    /// Puts what is worth it on the disk.
    fn keep(&mut self, judged: &mut [Judged]) -> Result<(), Error> {
        let dates: Vec<String> = judged.iter().map(|j| moment(j.answer.at)).collect();
        let mut to_keep = vec![];
        for (i, judged) in judged.iter().enumerate() {
            if let Ok(fetched) = &judged.answer.result
                && judged.verdict.keep
                && judged.capture.is_none()
            {
                to_keep.push((i, Exchange { fetched, asked: &judged.answer.asked, date: &dates[i] }));
            }
        }
        if to_keep.is_empty() {
            return Ok(());
        }
        let exchanges: Vec<Exchange> = to_keep.iter().map(|(_, exchange)| *exchange).collect();
        let (name, keeper) = opened(&mut self.open, &self.folder, &dates[to_keep[0].0])?;
        let path = keeper.path().to_path_buf();
        let places = keeper.keep(&exchanges).map_err(|e| Error::io(&path, e))?;
        let numbers: Vec<usize> = to_keep.iter().map(|(i, _)| *i).collect();
        let captures = places.iter().zip(&numbers).map(|(place, i)| capture(name, &path, *place, &dates[*i]));
        let captures = captures.collect::<Result<Vec<_>, _>>()?;
        for (i, capture) in numbers.into_iter().zip(captures) {
            judged[i].capture = Some(capture);
        }
        Ok(())
    }

    /// Writes the ledger; returns what is to be asked next. The answers are let go of at the
    /// end, and with them their workers.
    fn write_down(&mut self, judged: Vec<Judged>) -> Result<Vec<Task>, Error> {
        let visits: Vec<Visit> = judged.iter().map(visit).collect();
        self.store.record_visits(&visits)?;
        let mut tasks = vec![];
        for (judged, visit) in judged.iter().zip(&visits) {
            self.count_visit(judged);
            match &judged.verdict.moved_to {
                Some(to) => tasks.push(judged.answer.task.moved(to.clone())),
                None => {
                    self.under_way.remove(&judged.answer.task.subject);
                }
            }
            let new = visit.named.iter().filter(|page| page.next.is_some());
            let new = new.filter(|page| self.under_way.insert(page.url.clone()));
            tasks.extend(new.filter_map(task));
        }
        Ok(tasks)
    }

    fn count_visit(&mut self, judged: &Judged) {
        let is_well = judged.verdict.state == State::Kept;
        let counted = match (judged.answer.task.kind, is_well) {
            _ if judged.verdict.moved_to.is_some() => return,
            (Kind::Feed, true) => &mut self.counts.feeds,
            (Kind::Feed, false) => &mut self.counts.feeds_failed,
            (Kind::Page, true) => &mut self.counts.pages,
            (Kind::Page, false) => &mut self.counts.pages_failed,
            (Kind::Robots, _) => return,
        };
        *counted += 1;
        if judged.answer.task.kind == Kind::Feed && !is_well {
            let why = judged.verdict.message.as_deref().unwrap_or_default();
            let values: [(&str, &dyn std::fmt::Display); 3] = [
                ("url", &judged.answer.task.subject),
                ("why", &why),
                ("code", &judged.verdict.reason.unwrap_or_default()),
            ];
            self.console.note(&self.console.say("note.feed_failed", &values));
        }
    }

    /// Reads again what lies in the files and not in the ledger.
    fn take_up(&mut self) -> Result<(), Error> {
        let mut last = None;
        for name in captures(&self.folder)? {
            let path = self.folder.join(&name);
            let from = self.store.captured_until(&name)?;
            let length = std::fs::metadata(&path).map_err(|e| Error::io(&path, e))?.len();
            last = match length < from {
                true => None, // the ledger knows of more than there is: `doctor` says what is missing
                false => self.take_up_file(&name, &path, from)?,
            };
        }
        if let Some(name) = last {
            let path = self.folder.join(&name);
            let keeper = Keeper::open(&path, &software(), "").map_err(|e| Error::io(&path, e))?;
            self.open = Some((name, keeper));
        }
        Ok(())
    }

    /// Returns the file when it may be added to.
    fn take_up_file(&mut self, name: &str, path: &Path, from: u64) -> Result<Option<String>, Error> {
        let mut found = vec![];
        let (end, tail) = fetch::read_from(path, from, |kept| {
            found.push(kept);
            Ok(())
        })
        .map_err(|e| Error::io(path, e))?;
        for kept in found {
            self.take_up_answer(name, path, kept)?;
        }
        if tail == Tail::Torn {
            fetch::cut(path, end).map_err(|e| Error::io(path, e))?;
        }
        // A file without a record would lack the one that says who writes.
        Ok((tail != Tail::Damaged && end > 0).then(|| name.to_string()))
    }

    fn take_up_answer(&mut self, name: &str, path: &Path, kept: Kept) -> Result<(), Error> {
        let Ok(at) = kept.date.parse::<Timestamp>() else { return Ok(()) };
        let known = self.store.address_asking(&kept.fetched.url)?;
        let is_robots = kept.fetched.url.ends_with("/robots.txt");
        let fresh = || Task::new(if is_robots { Kind::Robots } else { Kind::Page }, &kept.fetched.url);
        let task = known.as_ref().and_then(task).unwrap_or_else(fresh);
        let capture = capture(name, path, kept.place, &kept.date)?;
        let answer = Answer::kept(task, at, kept.fetched);
        let mut judged = self.judged(answer, false, &mut HashSet::new())?;
        judged.capture = Some(capture);
        self.write_down(vec![judged])?;
        self.under_way.clear();
        Ok(())
    }
}

fn task(address: &Address) -> Option<Task> {
    let kind = match address.kind.as_str() {
        "feed" => Kind::Feed,
        "page" => Kind::Page,
        "robots" => Kind::Robots,
        _ => return None,
    };
    Some(Task {
        subject: address.url.clone(),
        kind,
        url: address.moved_to.clone().unwrap_or_else(|| address.url.clone()),
        hops: address.hops as usize,
        etag: address.etag.clone(),
        last_modified: address.last_modified.clone(),
    })
}

/// The address as it stands after the answer, and what was done.
fn visit(judged: &Judged) -> Visit {
    let Judged { answer, verdict, capture, .. } = judged;
    let fetched = answer.result.as_ref().ok();
    let is_well = verdict.state == State::Kept;
    let header = |name: &str| fetched.filter(|f| is_well && f.status != 304)?.header(name).map(str::to_string);
    let address = Address {
        kind: kind(answer.task.kind).to_string(),
        state: verdict.state.name().to_string(),
        reason: verdict.reason.map(str::to_string),
        message: verdict.message.clone(),
        tries: judged.address.tries + 1,
        failures: verdict.failures,
        status: fetched.map(|f| f.status),
        etag: header("etag").or_else(|| judged.address.etag.clone()),
        last_modified: header("last-modified").or_else(|| judged.address.last_modified.clone()),
        hops: if verdict.moved_to.is_some() { answer.task.hops as u32 + 1 } else { 0 },
        moved_to: verdict.moved_to.clone(),
        asked: Some(moment(answer.at)),
        next: verdict.next.map(moment),
        capture: capture.clone().filter(|_| is_well).or_else(|| judged.address.capture.clone()),
        ..judged.address.clone()
    };
    let in_feed = |page: &Address| Address { capture: capture.clone().filter(|_| page.is_in_feed), ..page.clone() };
    Visit {
        address,
        url: answer.task.url.clone(),
        at: moment(answer.at),
        capture: capture.clone(),
        is_unchanged: judged.is_unchanged,
        named: judged.named.iter().map(in_feed).collect(),
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Feed => "feed",
        Kind::Page => "page",
        Kind::Robots => "robots",
    }
}

/// An entry without an address is told from others by what it says.
pub fn entry_address(feed: &str, entry: &FeedEntry) -> String {
    format!("{feed}#{}", &entry.article.sha256()[..16])
}

fn is_page(fetched: &Fetched) -> bool {
    let content_type = fetched.header("content-type").unwrap_or("text/html").to_ascii_lowercase();
    ["text/", "html", "xml"].iter().any(|word| content_type.contains(word))
}

/// The file that is added to: a new one where there is none or it is long.
fn opened<'o>(
    open: &'o mut Option<(String, Keeper)>,
    folder: &Path,
    date: &str,
) -> Result<(&'o str, &'o mut Keeper), Error> {
    let is_long = |keeper: &mut Keeper| keeper.end().is_ok_and(|end| end >= WARC_BYTES);
    if open.as_mut().is_none_or(|(_, keeper)| is_long(keeper)) {
        let name = free_name(folder, date);
        let path = folder.join(&name);
        let keeper = Keeper::open(&path, &software(), date).map_err(|e| Error::io(&path, e))?;
        *open = Some((name, keeper));
    }
    let (name, keeper) = open.as_mut().expect("opened above");
    Ok((name.as_str(), keeper))
}

/// `marsad-20240501T100000Z.warc.gz`: names sort by time.
fn free_name(folder: &Path, date: &str) -> String {
    let stamp: String = date.chars().filter(|c| !matches!(c, '-' | ':')).collect();
    let names =
        (0..).map(|n| if n == 0 { format!("marsad-{stamp}.warc.gz") } else { format!("marsad-{stamp}-{n}.warc.gz") });
    names.into_iter().find(|name| !folder.join(name).exists()).expect("one of endless names is free")
}

fn captures(folder: &Path) -> Result<Vec<String>, Error> {
    let list = || {
        let entries = std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
        let mut names: Vec<String> = entries.iter().map(|e| e.file_name().to_string_lossy().into_owned()).collect();
        names.retain(|name| name.ends_with(".warc.gz"));
        names.sort();
        Ok(names)
    };
    list().map_err(|e| Error::io(folder, e))
}

fn capture(name: &str, path: &Path, place: Place, fetched: &str) -> Result<Capture, Error> {
    let sha256 = fetch::digest(path, place).map_err(|e| Error::io(path, e))?;
    Ok(Capture {
        warc: name.to_string(),
        offset: place.offset,
        length: place.length,
        sha256,
        fetched: fetched.to_string(),
    })
}

fn software() -> String {
    format!("marsad {}", crate::VERSION)
}
