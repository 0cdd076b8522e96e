//! What does an answer mean for its address, and when is it asked again?
//!
//! One table for all: a page that is there is asked for once, a feed again and
//! again; what fails is asked again after longer and longer times, with a
//! jitter that the address itself gives, so that the same ledger goes on in the
//! same way. A silence that is our own is no site's failure.

use super::queue::{Answer, Kind, NoAnswer};
use super::{FetchError, Fetched};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

/// How an address stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Known, and not asked for yet.
    Waiting,
    /// Its answer is kept.
    Kept,
    /// No answer that is of use, so far.
    Failed,
    /// It will not come back, or was given up.
    Gone,
    /// The robots file of its host forbids it.
    Forbidden,
    /// It leads to where nothing is fetched from.
    Refused,
}

impl State {
    pub const ALL: [State; 6] =
        [State::Waiting, State::Kept, State::Failed, State::Gone, State::Forbidden, State::Refused];

    /// Its name in the ledger.
    pub fn name(self) -> &'static str {
        match self {
            State::Waiting => "waiting",
            State::Kept => "kept",
            State::Failed => "failed",
            State::Gone => "gone",
            State::Forbidden => "forbidden",
            State::Refused => "refused",
        }
    }

    /// The state of this name.
    pub fn from_name(name: &str) -> Option<State> {
        State::ALL.into_iter().find(|s| s.name() == name)
    }
}

/// What was decided about an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub state: State,
    /// A word of the closed list below; `None` when all is well.
    pub reason: Option<&'static str>,
    /// The same in words, with what the server or the network said.
    pub message: Option<String>,
    /// Failures in a row, this one included.
    pub failures: u32,
    /// When it is asked again; `None`: never.
    pub next: Option<Timestamp>,
    /// The answer is worth keeping.
    pub keep: bool,
    /// Where to go on instead.
    pub moved_to: Option<String>,
}

/// How long between two questions.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// To a feed that answers.
    pub feeds: SignedDuration,
    /// After the first failure; doubled with each further one.
    pub retry: SignedDuration,
    /// Never longer than this.
    pub longest: SignedDuration,
    /// A page that failed so often in a row is given up.
    pub page_failures_max: u32,
    /// Redirects that are followed.
    pub redirects: usize,
}

impl Default for Pace {
    fn default() -> Pace {
        Pace {
            feeds: SignedDuration::from_mins(15),
            retry: SignedDuration::from_mins(5),
            longest: SignedDuration::from_hours(24),
            page_failures_max: 8,
            redirects: 5,
        }
    }
}

impl Pace {
    /// What an answer means for an address that failed so often in a row before.
    pub fn verdict(&self, answer: &Answer, failures: u32) -> Verdict {
        match &answer.result {
            Ok(fetched) => self.answered(answer, fetched, failures),
            Err(why) => self.unanswered(answer, why, failures),
        }
    }

    /// An address whose server answered, but not with what it should have.
    pub fn spoilt(&self, answer: &Answer, failures: u32, reason: &'static str, message: String) -> Verdict {
        Verdict { keep: true, ..self.failed(answer, failures, reason, message) }
    }

    /// No network: the address stands as before, and is asked again soon.
    pub fn postponed(&self, answer: &Answer, failures: u32) -> Verdict {
        let next = Some(answer.at + self.jittered(self.retry, &answer.task.subject, failures));
        let message = Some("there was no network here".to_string());
        Verdict { failures, next, message, ..self.so(State::Waiting, Some("no_network")) }
    }

    /// A feed that answers is asked again after its own interval, when that is longer than ours.
    pub fn feed_next(&self, answer: &Answer, own: Option<SignedDuration>) -> Timestamp {
        let interval = own.unwrap_or_default().max(self.feeds).min(self.longest);
        answer.at + self.jittered(interval, &answer.task.subject, 0)
    }

    fn answered(&self, answer: &Answer, fetched: &Fetched, failures: u32) -> Verdict {
        let is_robots = answer.task.kind == Kind::Robots;
        let message = format!("the server answered {}", fetched.status);
        match (fetched.status, fetched.moved_to()) {
            _ if is_robots => Verdict { keep: true, ..self.so(State::Kept, None) },
            (_, Ok(Some(_))) if answer.task.hops >= self.redirects => {
                let message = format!("more than {} redirects", self.redirects);
                self.spoilt(answer, failures, "too_many_redirects", message)
            }
            (_, Ok(Some(to))) => {
                let next = Some(answer.at);
                Verdict { keep: true, moved_to: Some(to), failures, next, ..self.so(State::Waiting, Some("moved")) }
            }
            (_, Err(e)) => self.spoilt(answer, failures, "lost_redirect", e.to_string()),
            (304, _) if answer.task.kind == Kind::Feed => {
                Verdict { next: Some(self.feed_next(answer, None)), ..self.so(State::Kept, None) }
            }
            (200, _) => {
                let next = (answer.task.kind == Kind::Feed).then(|| self.feed_next(answer, None));
                Verdict { next, keep: true, ..self.so(State::Kept, None) }
            }
            (410, _) => Verdict { message: Some(message), keep: true, ..self.so(State::Gone, Some("http_410")) },
            (429 | 503, _) => {
                let asked_for = retry_after(fetched, answer.at).unwrap_or_default().min(self.longest);
                let verdict = self.failed(answer, failures, http_reason(fetched.status), message);
                let next = verdict.next.map(|next| next.max(answer.at + asked_for));
                Verdict { next, ..verdict }
            }
            (status, _) => self.failed(answer, failures, http_reason(status), message),
        }
    }

    fn unanswered(&self, answer: &Answer, why: &NoAnswer, failures: u32) -> Verdict {
        let message = why.to_string();
        let fetch = match why {
            // Not the page's failure, so it is never given up for this alone.
            NoAnswer::NoRobots(_) => {
                let next = Some(answer.at + self.jittered(SignedDuration::from_mins(61), &answer.task.subject, 0));
                let so = self.so(State::Failed, Some("no_robots"));
                return Verdict { message: Some(message), failures, next, ..so };
            }
            NoAnswer::Forbidden => {
                let next = Some(answer.at + self.jittered(self.longest, &answer.task.subject, 0));
                let so = self.so(State::Forbidden, Some("robots"));
                return Verdict { message: Some(message), failures, next, ..so };
            }
            NoAnswer::Failed(fetch) => fetch,
        };
        let reason = match fetch {
            FetchError::Refused(_) => {
                return Verdict { message: Some(message), ..self.so(State::Refused, Some("refused_address")) };
            }
            FetchError::TooManyRedirects(_) => "too_many_redirects",
            FetchError::LostRedirect => "lost_redirect",
            FetchError::TooLarge(_) => "too_large",
            FetchError::TimedOut => "timed_out",
            FetchError::NoSuchHost(_) => "no_such_host",
            FetchError::NoWay(_) => "no_way",
            FetchError::Network(_) => "network",
        };
        self.failed(answer, failures, reason, message)
    }

    fn failed(&self, answer: &Answer, failures: u32, reason: &'static str, message: String) -> Verdict {
        let failures = failures + 1;
        let message = Some(message);
        if answer.task.kind == Kind::Page && failures >= self.page_failures_max {
            return Verdict { failures, message, ..self.so(State::Gone, Some(reason)) };
        }
        let doubled = self.retry.as_secs().saturating_mul(1 << (failures - 1).min(20));
        let wait = SignedDuration::from_secs(doubled).min(self.longest);
        let next = Some(answer.at + self.jittered(wait, &answer.task.subject, failures));
        Verdict { failures, message, next, ..self.so(State::Failed, Some(reason)) }
    }

    fn so(&self, state: State, reason: Option<&'static str>) -> Verdict {
        Verdict { state, reason, message: None, failures: 0, next: None, keep: false, moved_to: None }
    }

    /// Up to a tenth longer, so that what failed together does not come back together.
    fn jittered(&self, wait: SignedDuration, address: &str, failures: u32) -> SignedDuration {
        let hash = Sha256::new().chain_update(address).chain_update(failures.to_le_bytes()).finalize();
        let share = i64::from(u16::from_le_bytes([hash[0], hash[1]]));
        wait + SignedDuration::from_millis((wait.as_millis() as i64 / 10) * share / i64::from(u16::MAX))
    }
}

/// `Retry-After`: seconds, or a date.
fn retry_after(fetched: &Fetched, now: Timestamp) -> Option<SignedDuration> {
    let value = fetched.header("retry-after")?.trim();
    if let Ok(seconds) = value.parse::<u32>() {
        return Some(SignedDuration::from_secs(i64::from(seconds)));
    }
    let at = jiff::fmt::rfc2822::parse(value).ok()?.timestamp();
    Some(at.duration_since(now).max(SignedDuration::ZERO))
}

fn http_reason(status: u16) -> &'static str {
    match status {
        401 | 402 | 403 | 407 | 451 => "http_forbidden",
        404 => "http_404",
        429 => "http_429",
        400..500 => "http_4xx",
        503 => "http_503",
        500..600 => "http_5xx",
        _ => "http_other",
    }
}

#[cfg(test)]
mod tests {
    use super::super::Task;
    use super::*;

    const AT: Timestamp = Timestamp::UNIX_EPOCH;

    fn answer(kind: Kind, status: u16, headers: &[(&str, &str)]) -> Answer {
        let url = "https://a.example/1".to_string();
        let headers = headers.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect();
        Answer::kept(Task::new(kind, &url), AT, Fetched { url, status, headers, raw: vec![] })
    }

    fn told(verdict: &Verdict) -> (State, Option<&'static str>, bool) {
        (verdict.state, verdict.reason, verdict.next.is_some())
    }

    fn minutes(verdict: &Verdict) -> i64 {
        verdict.next.unwrap().duration_since(AT).as_mins()
    }

    #[test]
    fn what_a_status_means() {
        let pace = Pace::default();
        for (kind, status, state, reason, is_asked_again) in [
            (Kind::Feed, 200, State::Kept, None, true),
            (Kind::Feed, 304, State::Kept, None, true),
            (Kind::Page, 200, State::Kept, None, false),
            (Kind::Page, 404, State::Failed, Some("http_404"), true),
            (Kind::Feed, 410, State::Gone, Some("http_410"), false),
            (Kind::Page, 403, State::Failed, Some("http_forbidden"), true),
            (Kind::Page, 500, State::Failed, Some("http_5xx"), true),
            (Kind::Feed, 302, State::Failed, Some("lost_redirect"), true),
            (Kind::Page, 204, State::Failed, Some("http_other"), true),
            (Kind::Robots, 404, State::Kept, None, false),
        ] {
            let verdict = pace.verdict(&answer(kind, status, &[]), 0);
            assert_eq!(told(&verdict), (state, reason, is_asked_again), "{kind:?} {status}");
        }
    }

    #[test]
    fn a_redirect_goes_on_until_there_are_too_many() {
        let pace = Pace::default();
        let mut moved = answer(Kind::Page, 301, &[("location", "/2")]);
        assert_eq!(pace.verdict(&moved, 3).moved_to.as_deref(), Some("https://a.example/2"));
        moved.task.hops = 5;
        assert_eq!(told(&pace.verdict(&moved, 0)), (State::Failed, Some("too_many_redirects"), true));
    }

    #[test]
    fn failures_are_asked_again_after_longer_and_longer_times() {
        let pace = Pace::default();
        let after = |failures| minutes(&pace.verdict(&answer(Kind::Feed, 500, &[]), failures));
        let waits: Vec<i64> = (0..12).map(after).collect();
        assert!(waits.windows(2).all(|w| w[0] <= w[1] || w[0] >= 24 * 60), "{waits:?}");
        assert!((5..=6).contains(&waits[0]) && (10..=11).contains(&waits[1]) && (1440..=1584).contains(&waits[11]));
        assert_eq!(after(3), waits[3], "the jitter comes from the address");
        let given_up = pace.verdict(&answer(Kind::Page, 500, &[]), 7);
        assert_eq!(told(&given_up), (State::Gone, Some("http_5xx"), false));
    }

    #[test]
    fn a_server_that_says_when_is_not_asked_before() {
        let pace = Pace::default();
        let wait = |value: &str| minutes(&pace.verdict(&answer(Kind::Feed, 503, &[("retry-after", value)]), 0));
        assert_eq!(wait("7200"), 120);
        assert_eq!(wait("Thu, 01 Jan 1970 03:00:00 GMT"), 180);
        assert_eq!(wait("99999999"), 24 * 60, "not for ever");
        assert!((5..=6).contains(&wait("soon")));
    }

    #[test]
    fn without_network_nothing_counts() {
        let verdict = Pace::default().postponed(&answer(Kind::Page, 200, &[]), 3);
        assert_eq!((verdict.failures, told(&verdict)), (3, (State::Waiting, Some("no_network"), true)));
    }
}
