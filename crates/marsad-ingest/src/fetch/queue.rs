//! Who is asked next, and how long is a host left in peace?
//!
//! Many connections, one a host: between two requests to a host lies the delay
//! that it asks for, or our own when that is longer. Its robots file is fetched
//! first and asked before each address. A redirect comes back as an answer, so
//! that the host that it leads to is asked in the same way. A worker that has an
//! answer waits until it was taken care of: when the process is killed, no more
//! answers are lost than there are connections.

use super::silence::{Fault, fault};
use super::{FetchError, Fetched, Fetcher, Refused, Robots};
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// A robots file is asked for again after so long (RFC 9309, 2.4).
const ROBOTS_KEPT: SignedDuration = SignedDuration::from_hours(24);
/// A host whose robots file cannot be reached is asked again after so long.
const ROBOTS_RETRY: SignedDuration = SignedDuration::from_hours(1);

/// How hosts are treated.
#[derive(Clone, Debug)]
pub struct Manners {
    /// The word by which robots files call us.
    pub agent: String,
    /// Between two requests to a host that does not ask for more.
    pub delay: Duration,
    /// How many hosts are asked at a time.
    pub connections: usize,
}

/// What an address is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Feed,
    Page,
    Robots,
}

/// An address to be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// For whom: the address that stood in the list or feed.
    pub subject: String,
    pub kind: Kind,
    /// What is asked for: the subject, or where redirects led.
    pub url: String,
    /// Redirects so far.
    pub hops: usize,
    /// What the last answer said of its version: `ETag` and `Last-Modified`.
    pub etag: Option<String>,
    pub last_modified: Option<String>,
}

impl Task {
    /// The first request for an address.
    pub fn new(kind: Kind, url: &str) -> Task {
        Task { subject: url.to_string(), kind, url: url.to_string(), hops: 0, etag: None, last_modified: None }
    }

    /// The request that a redirect makes necessary.
    pub fn moved(&self, to: String) -> Task {
        Task { url: to, hops: self.hops + 1, ..self.clone() }
    }

    fn headers(&self) -> Vec<(String, String)> {
        let accept = match self.kind {
            Kind::Feed => "application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.8",
            Kind::Page => "text/html, application/xhtml+xml, */*;q=0.8",
            Kind::Robots => "text/plain, */*;q=0.8",
        };
        let fixed = [("Accept", accept), ("Accept-Encoding", "gzip"), ("Accept-Language", "ar, *;q=0.5")];
        let version = [("If-None-Match", &self.etag), ("If-Modified-Since", &self.last_modified)];
        let version = version.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?)));
        fixed.into_iter().chain(version).map(|(name, value)| (name.to_string(), value.to_string())).collect()
    }
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum NoAnswer {
    #[error("{0}")]
    Failed(#[from] FetchError),
    #[error("the robots file forbids it")]
    Forbidden,
    /// A server that fails or cannot be reached forbids everything.
    #[error("the robots file cannot be had")]
    NoRobots(Fault),
}

/// What came of a task.
#[derive(Debug)]
pub struct Answer {
    pub task: Task,
    /// The headers of the request.
    pub asked: Vec<(String, String)>,
    pub at: Timestamp,
    pub result: Result<Fetched, NoAnswer>,
    /// The worker goes on when this is dropped.
    _worker: Option<Sender<()>>,
}

impl Answer {
    /// An answer that was kept earlier.
    pub fn kept(task: Task, at: Timestamp, fetched: Fetched) -> Answer {
        Answer { task, asked: vec![], at, result: Ok(fetched), _worker: None }
    }

    /// The answer, kept for later while its worker goes on.
    pub(super) fn released(self) -> Answer {
        Answer { _worker: None, ..self }
    }
}

/// Fetches on many threads, each host in peace.
pub struct Crawler {
    shared: Arc<Shared>,
    answers: Receiver<Answer>,
    workers: Vec<JoinHandle<()>>,
}

struct Shared {
    fetcher: Fetcher,
    manners: Manners,
    queue: Mutex<Queue>,
    changed: Condvar,
}

#[derive(Default)]
struct Queue {
    hosts: BTreeMap<String, Host>,
    /// By origin: scheme, host and port.
    robots: HashMap<String, Standing>,
    /// Tasks that a worker has, answers not yet taken care of.
    under_way: usize,
    closed: bool,
}

#[derive(Default)]
struct Host {
    tasks: VecDeque<Task>,
    is_busy: bool,
    /// Not before.
    next: Option<Instant>,
}

#[derive(Clone)]
struct Standing {
    robots: Robots,
    /// Why the file cannot be had, when it cannot.
    barrier: Option<Barrier>,
    until: Timestamp,
}

#[derive(Clone)]
enum Barrier {
    Fault(Fault),
    /// Its name leads inward.
    Refused(Refused),
}

enum Job {
    /// The robots file of this origin.
    Robots(Task, String),
    Fetch(Task),
    Turned(Task, NoAnswer),
}

impl Crawler {
    /// Starts the workers; they wait for tasks.
    pub fn start(fetcher: Fetcher, manners: Manners) -> Crawler {
        let connections = manners.connections.max(1);
        let shared = Shared { fetcher, manners, queue: Mutex::default(), changed: Condvar::new() };
        let (shared, (to_here, answers)) = (Arc::new(shared), sync_channel(connections));
        let worker = |_| {
            let (shared, to_here) = (shared.clone(), to_here.clone());
            std::thread::spawn(move || shared.work(&to_here))
        };
        let workers = (0..connections).map(worker).collect();
        Crawler { shared, answers, workers }
    }

    /// What a robots file said earlier, so that it need not be fetched again.
    pub fn know_robots(&self, place: &str, robots: Robots, asked: Timestamp) {
        let until = robots_until(&robots, asked);
        self.shared.queue().robots.insert(origin(place), Standing { robots, barrier: None, until });
    }

    /// Puts tasks at the end of their hosts' queues.
    pub fn add(&self, tasks: Vec<Task>) {
        let mut queue = self.shared.queue();
        for task in tasks {
            queue.hosts.entry(host(&task.url)).or_default().tasks.push_back(task);
        }
        self.shared.changed.notify_all();
    }

    /// The answers that are there; waits so long for the first one. Dropping an answer says
    /// that it was taken care of.
    pub fn answers(&self, wait: Duration) -> Vec<Answer> {
        match self.answers.recv_timeout(wait) {
            Ok(first) => std::iter::once(first).chain(self.answers.try_iter()).collect(),
            Err(RecvTimeoutError::Timeout) => vec![],
            Err(RecvTimeoutError::Disconnected) => unreachable!("the workers end with the crawler"),
        }
    }

    /// Forgets what waits to be fetched; returns for whom.
    pub fn clear(&self) -> Vec<Task> {
        let mut queue = self.shared.queue();
        queue.hosts.values_mut().flat_map(|host| std::mem::take(&mut host.tasks)).collect()
    }

    /// Forgets what became of a robots file: that it could not be had was not its host's fault.
    pub fn forget_robots(&self, place: &str) {
        self.shared.queue().robots.remove(&origin(place));
    }

    /// True when nothing is left to fetch and every answer was taken care of.
    pub fn is_idle(&self) -> bool {
        let queue = self.shared.queue();
        queue.under_way == 0 && queue.hosts.values().all(|h| h.tasks.is_empty())
    }

    /// How many addresses wait or are being fetched.
    pub fn waiting(&self) -> usize {
        let queue = self.shared.queue();
        queue.under_way + queue.hosts.values().map(|h| h.tasks.len()).sum::<usize>()
    }
}

impl Drop for Crawler {
    fn drop(&mut self) {
        self.shared.queue().closed = true;
        self.shared.changed.notify_all();
        // A worker may stand before a full channel, or wait for its answer to be taken.
        let (_, nobody) = sync_channel(0);
        drop(std::mem::replace(&mut self.answers, nobody));
        for worker in self.workers.drain(..) {
            let _ = worker.join(); // a worker that panicked has said so
        }
    }
}

impl Shared {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().expect("no worker panics while it holds the queue")
    }

    fn work(&self, to: &SyncSender<Answer>) {
        while let Some((host, job)) = self.take() {
            let (answer, taken, is_request) = self.done(job);
            let is_closed = to.send(answer).is_err();
            // Nobody sends: the other end is dropped with the answer.
            let _ = taken.recv();
            self.release(&host, is_request);
            if is_closed {
                return;
            }
        }
    }

    /// Waits for a host that may be asked.
    fn take(&self) -> Option<(String, Job)> {
        let mut queue = self.queue();
        loop {
            if queue.closed {
                return None;
            }
            let now = Instant::now();
            if let Some(host) = queue.ready(now) {
                return Some((host.clone(), queue.job(&host, &self.fetcher)));
            }
            let wait = queue.next(now).map_or(Duration::from_secs(1), |at| at.saturating_duration_since(now));
            let wait = wait.clamp(Duration::from_millis(1), Duration::from_secs(1));
            queue = self.changed.wait_timeout(queue, wait).expect("no worker panics while it holds the queue").0;
        }
    }

    fn done(&self, job: Job) -> (Answer, Receiver<()>, bool) {
        let (task, asked, result, is_request) = match job {
            Job::Turned(task, why) => (task, vec![], Err(why), false),
            Job::Fetch(task) => {
                let asked = task.headers();
                let result = self.fetcher.get_one(&task.url, &borrowed(&asked));
                (task, asked, result.map_err(NoAnswer::from), true)
            }
            Job::Robots(task, origin) => {
                let asked = task.headers();
                let result = self.fetcher.get(&task.url, &borrowed(&asked));
                let robots = Robots::of(&result, &self.manners.agent);
                let until = robots_until(&robots, Timestamp::now());
                let result = result.map_err(NoAnswer::from);
                let barrier = match &result {
                    Err(NoAnswer::Failed(FetchError::Refused(why))) => Some(Barrier::Refused(why.clone())),
                    Err(why) => Some(Barrier::Fault(fault(why))),
                    Ok(_) => (!robots.is_reachable()).then_some(Barrier::Fault(Fault::Theirs)),
                };
                self.queue().robots.insert(origin, Standing { robots, barrier, until });
                (task, asked, result, true)
            }
        };
        let (worker, taken) = channel();
        (Answer { task, asked, at: Timestamp::now(), result, _worker: Some(worker) }, taken, is_request)
    }

    fn release(&self, name: &str, was_asked: bool) {
        let mut queue = self.queue();
        queue.under_way -= 1;
        let asked_for = queue.delay(name);
        if let Some(host) = queue.hosts.get_mut(name) {
            host.is_busy = false;
            if was_asked {
                host.next = Some(Instant::now() + asked_for.max(self.manners.delay));
            }
        }
        self.changed.notify_all();
    }
}

impl Queue {
    /// Of the hosts that may be asked the one that waits longest.
    fn ready(&self, now: Instant) -> Option<String> {
        let may = |host: &Host| !host.is_busy && !host.tasks.is_empty() && host.next.is_none_or(|at| at <= now);
        let ready = self.hosts.iter().filter(|(_, host)| may(host));
        ready.min_by_key(|(_, host)| host.next).map(|(name, _)| name.clone())
    }

    /// When a host may be asked next.
    fn next(&self, now: Instant) -> Option<Instant> {
        let waiting = self.hosts.values().filter(|h| !h.is_busy && !h.tasks.is_empty());
        waiting.map(|h| h.next.unwrap_or(now)).min()
    }

    /// What there is to do at a host: its robots file first.
    fn job(&mut self, name: &str, fetcher: &Fetcher) -> Job {
        self.under_way += 1;
        let host = self.hosts.get_mut(name).expect("a host that is ready is there");
        host.is_busy = true;
        let task = host.tasks.pop_front().expect("a host that is ready has tasks");
        if let Err(why) = fetcher.allowed(&task.url) {
            return Job::Turned(task, FetchError::Refused(why).into());
        }
        let (origin, now) = (origin(&task.url), Timestamp::now());
        let Some(standing) = self.robots.get(&origin).filter(|s| s.until > now) else {
            let place = Robots::place(&task.url).unwrap_or_default();
            host.tasks.push_front(task);
            return Job::Robots(Task::new(Kind::Robots, &place), origin);
        };
        match &standing.barrier {
            Some(Barrier::Refused(why)) => Job::Turned(task, FetchError::Refused(why.clone()).into()),
            Some(Barrier::Fault(fault)) => Job::Turned(task, NoAnswer::NoRobots(*fault)),
            None if !standing.robots.allows(&task.url) => Job::Turned(task, NoAnswer::Forbidden),
            None => Job::Fetch(task),
        }
    }

    /// How long a host asks to be left in peace, whichever of its origins says so.
    fn delay(&self, name: &str) -> Duration {
        let of_host = self.robots.iter().filter(|(origin, _)| host(origin) == name);
        of_host.filter_map(|(_, standing)| standing.robots.delay()).max().unwrap_or_default()
    }
}

fn robots_until(robots: &Robots, asked: Timestamp) -> Timestamp {
    asked + if robots.is_reachable() { ROBOTS_KEPT } else { ROBOTS_RETRY }
}

fn borrowed(headers: &[(String, String)]) -> Vec<(&str, &str)> {
    headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// The host of an address, whatever its port: one machine is asked once at a time.
pub(super) fn host(address: &str) -> String {
    let url = url::Url::parse(address).ok();
    url.and_then(|u| u.host_str().map(str::to_string)).unwrap_or_default()
}

fn origin(address: &str) -> String {
    url::Url::parse(address).map(|u| u.origin().ascii_serialization()).unwrap_or_default()
}
