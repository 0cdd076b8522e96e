//! May this address be fetched, by the word of its host?
//!
//! RFC 9309: a file that is not there (4xx) allows everything, a server that
//! fails (5xx) or cannot be reached forbids everything until it answers, and
//! what is longer than 500 KiB is read so far.

use super::{FetchError, Fetched};
use robotxt::{AccessResult, Agent, Robots as Rules};
use std::time::Duration;

/// No host makes us wait longer between two requests.
const DELAY_MAX: Duration = Duration::from_secs(120);

/// What a host allows.
#[derive(Clone, Debug)]
pub struct Robots {
    rules: Rules,
    is_reachable: bool,
}

impl Robots {
    /// Where the robots file of an address lies.
    ///
    /// ```
    /// use marsad_ingest::fetch::Robots;
    /// let place = Robots::place("https://example.org:8443/news/feed.xml?x=1").unwrap();
    /// assert_eq!(place, "https://example.org:8443/robots.txt");
    /// ```
    pub fn place(address: &str) -> Option<String> {
        let url = url::Url::parse(address).ok()?;
        url.join("/robots.txt").ok().map(|u| u.to_string())
    }

    /// What the answer to a request for the robots file means for `agent`, the
    /// first word of the user agent.
    pub fn of(answer: &Result<Fetched, FetchError>, agent: &str) -> Robots {
        let body = answer.as_ref().ok().and_then(|fetched| fetched.body().ok()).unwrap_or_default();
        let mut is_reachable = true;
        let access = match answer {
            Ok(fetched) if (200..300).contains(&fetched.status) => AccessResult::Successful(&body),
            Ok(fetched) if (400..500).contains(&fetched.status) => AccessResult::Unavailable,
            Err(FetchError::TooManyRedirects(_) | FetchError::LostRedirect) => AccessResult::TooManyRedirects,
            _ => {
                is_reachable = false;
                AccessResult::Unreachable
            }
        };
        Robots { rules: Rules::from_access(access, Agent::Exact(agent)), is_reachable }
    }

    /// False when the host could not say what it allows, and so allows nothing.
    pub fn is_reachable(&self) -> bool {
        self.is_reachable
    }

    /// True when this address may be fetched.
    pub fn allows(&self, address: &str) -> bool {
        let Ok(url) = url::Url::parse(address) else { return false };
        self.rules.is_allowed(&url[url::Position::BeforePath..url::Position::AfterQuery])
    }

    /// How long the host asks to wait between two requests.
    pub fn delay(&self) -> Option<Duration> {
        self.rules.crawl_delay().map(|d| d.min(DELAY_MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &str) -> Result<Fetched, FetchError> {
        Ok(Fetched { url: String::new(), status, headers: vec![], raw: body.as_bytes().to_vec() })
    }

    #[test]
    fn a_host_is_taken_at_its_word() {
        let robots = Robots::of(
            &answer(
                200,
                "User-agent: *\nDisallow: /private\nCrawl-delay: 7\n\nUser-agent: marsad\nDisallow: /archive\nAllow: /archive/open\n",
            ),
            "marsad",
        );
        let allows = |path: &str| robots.allows(&format!("https://a.example{path}"));
        assert!(allows("/news?x=1") && allows("/private") && allows("/archive/open/1") && !allows("/archive/1"));
        let others = Robots::of(&answer(200, "User-agent: *\nDisallow: /private\nCrawl-delay: 7\n"), "marsad");
        assert_eq!((others.allows("https://a.example/private"), others.delay()), (false, Some(Duration::from_secs(7))));
    }

    #[test]
    fn no_file_allows_and_no_answer_forbids() {
        let allowed = |answer| Robots::of(&answer, "marsad").allows("https://a.example/x");
        assert!(allowed(answer(404, "")) && allowed(answer(403, "")) && allowed(Err(FetchError::TooManyRedirects(5))));
        assert!(!allowed(answer(503, "")) && !allowed(Err(FetchError::TimedOut)));
    }
}
