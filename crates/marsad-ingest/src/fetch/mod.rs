//! How is a page fetched without doing harm?
//!
//! One request at a time, to checked addresses only ([`Guard`]), with limits on
//! redirects, size and time. Each redirect is checked as the first address was.
//! The body comes as the server sent it, packed or not, so that it can be kept;
//! [`Fetched::body`] unpacks it within limits. A [`Crawler`] fetches many
//! addresses and leaves each host in peace between two requests; what an answer
//! means for its address a [`Pace`] says. What was kept is handed on with [`write_wacz`].

mod guard;
mod keep;
mod queue;
mod robots;
mod silence;
mod surt;
mod verdict;
mod wacz;

pub use guard::{Guard, Refused, Resolve, System, is_public};
pub use keep::{Exchange, Keeper, Kept, Place, Tail, cut, digest, read, read_from};
pub use queue::{Answer, Crawler, Kind, Manners, NoAnswer, Task};
pub use robots::Robots;
pub use silence::{Fault, Silence};
pub use surt::surt;
pub use verdict::{Pace, State, Verdict};
pub use wacz::{About, Capture, Packed, WaczError, write_wacz};

use crate::input::http;
use std::fmt;
use std::io::{self, Read};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use ureq::Agent;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use url::Url;

/// An address as it is remembered: without what follows `#`, and without the marks by which
/// a feed counts its readers; `None` when it is none of a page.
///
/// ```
/// use marsad_ingest::fetch::plain_address;
/// let address = plain_address("https://A.example/1?id=7&utm_source=rss#top");
/// assert_eq!(address.as_deref(), Some("https://a.example/1?id=7"));
/// assert_eq!(plain_address("mailto:a@b.example"), None);
/// ```
pub fn plain_address(address: &str) -> Option<String> {
    let mut url = Url::parse(address.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    url.set_fragment(None);
    let is_mark = |pair: &&str| pair.starts_with("utm_");
    let query = url.query().filter(|q| q.split('&').any(|pair| is_mark(&pair))).map(str::to_string);
    if let Some(query) = query {
        let kept: Vec<&str> = query.split('&').filter(|pair| !is_mark(pair)).collect();
        url.set_query((!kept.is_empty()).then(|| kept.join("&")).as_deref());
    }
    Some(url.to_string())
}

/// How much a fetch may cost.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub redirects: usize,
    /// Bytes of a body, as sent.
    pub bytes: usize,
    /// From the question for the name to the last byte.
    pub time: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { redirects: 5, bytes: 16 << 20, time: Duration::from_secs(30) }
    }
}

/// Why nothing was fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error("more than {0} redirects")]
    TooManyRedirects(usize),
    #[error("a redirect without an address")]
    LostRedirect,
    #[error("more than {0} bytes")]
    TooLarge(usize),
    #[error("no answer in time")]
    TimedOut,
    /// The name is not known; or there is no network here.
    #[error("the name {0} cannot be resolved")]
    NoSuchHost(String),
    /// The network knows no way to the host.
    #[error("no way to {0}")]
    NoWay(String),
    #[error("{0}")]
    Network(String),
}

/// What a server answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// Where the answer came from, after all redirects.
    pub url: String,
    pub status: u16,
    /// As the server sent them, in order.
    pub headers: Vec<(String, String)>,
    /// The body as it was sent.
    pub raw: Vec<u8>,
}

impl Fetched {
    /// A header by its name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
    }

    /// Where a redirect leads; `None` when the answer is none.
    ///
    /// # Errors
    /// When it leads nowhere.
    pub fn moved_to(&self) -> Result<Option<String>, FetchError> {
        if !matches!(self.status, 301 | 302 | 303 | 307 | 308) {
            return Ok(None);
        }
        let to = self.header("location").ok_or(FetchError::LostRedirect)?;
        let joined = Url::parse(&self.url).and_then(|url| url.join(to));
        joined.map(|url| Some(url.to_string())).map_err(|_| Refused::NoAddress(to.to_string()).into())
    }

    /// The body, unpacked.
    ///
    /// # Errors
    /// When it is damaged, or unpacks to more than a page can be.
    pub fn body(&self) -> Result<Vec<u8>, String> {
        let encoding = self.header("content-encoding").unwrap_or_default().to_ascii_lowercase();
        http::decoded(&self.raw, &encoding)
    }
}

/// Fetches pages.
#[derive(Clone)]
pub struct Fetcher {
    agent: Agent,
    guard: Guard,
    limits: Limits,
}

impl Fetcher {
    /// `user_agent` says who fetches and how to reach them.
    pub fn new(user_agent: &str, guard: Guard, limits: Limits, names: impl Resolve) -> Fetcher {
        let config = Config::builder()
            .user_agent(user_agent)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            // A proxy of the environment would resolve the names itself.
            .proxy(None)
            .timeout_global(Some(limits.time))
            .max_response_header_size(256 << 10)
            .build();
        let pinned = Pinned { guard: guard.clone(), names: Arc::new(names) };
        Fetcher { agent: Agent::with_parts(config, DefaultConnector::default(), pinned), guard, limits }
    }

    /// The answer to a request with these headers, after redirects.
    ///
    /// # Errors
    /// When an address on the way is refused, a limit is reached, or the network fails. A
    /// status that says the page is gone is an answer, no error.
    pub fn get(&self, address: &str, headers: &[(&str, &str)]) -> Result<Fetched, FetchError> {
        let mut url = self.guard.checked(address)?;
        for _ in 0..=self.limits.redirects {
            let answer = self.once(&url, headers)?;
            match answer.moved_to()? {
                Some(to) => url = self.guard.checked(&to)?,
                None => return Ok(answer),
            }
        }
        Err(FetchError::TooManyRedirects(self.limits.redirects))
    }

    /// Whether the words of an address allow it to be fetched; what its name leads to is seen
    /// when it is.
    ///
    /// # Errors
    /// Why not.
    pub fn allowed(&self, address: &str) -> Result<(), Refused> {
        self.guard.checked(address).map(|_| ())
    }

    /// The answer of this one address; a redirect is an answer, too.
    ///
    /// # Errors
    /// As [`Fetcher::get`].
    pub fn get_one(&self, address: &str, headers: &[(&str, &str)]) -> Result<Fetched, FetchError> {
        self.once(&self.guard.checked(address)?, headers)
    }

    fn once(&self, url: &Url, headers: &[(&str, &str)]) -> Result<Fetched, FetchError> {
        let request = headers.iter().fold(self.agent.get(url.as_str()), |r, (name, value)| r.header(*name, *value));
        let mut answer = request.call().map_err(|e| failed(e, url))?;
        let header = |(n, v): (&ureq::http::HeaderName, &ureq::http::HeaderValue)| {
            (n.as_str().to_string(), String::from_utf8_lossy(v.as_bytes()).into_owned())
        };
        let headers = answer.headers().iter().map(header).collect();
        let mut raw = vec![];
        let reader = answer.body_mut().as_reader();
        reader.take(self.limits.bytes as u64 + 1).read_to_end(&mut raw).map_err(|e| broken(e, url))?;
        if raw.len() > self.limits.bytes {
            return Err(FetchError::TooLarge(self.limits.bytes));
        }
        Ok(Fetched { url: url.to_string(), status: answer.status().as_u16(), headers, raw })
    }
}

fn failed(error: ureq::Error, url: &Url) -> FetchError {
    match error {
        ureq::Error::Timeout(_) => FetchError::TimedOut,
        ureq::Error::HostNotFound => FetchError::NoSuchHost(url.host_str().unwrap_or_default().to_string()),
        ureq::Error::Io(e) => broken(e, url),
        other => FetchError::Network(format!("{}: {other}", url.host_str().unwrap_or_default())),
    }
}

fn broken(error: io::Error, url: &Url) -> FetchError {
    if let Some(refused) = error.get_ref().and_then(|e| e.downcast_ref::<Refused>()) {
        return FetchError::Refused(refused.clone());
    }
    let host = url.host_str().unwrap_or_default();
    match error.kind() {
        io::ErrorKind::TimedOut => FetchError::TimedOut,
        io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable | io::ErrorKind::NetworkDown => {
            FetchError::NoWay(host.to_string())
        }
        _ => FetchError::Network(format!("{host}: {error}")),
    }
}

/// Resolves a name once; the connection goes to the addresses that were checked.
struct Pinned {
    guard: Guard,
    names: Arc<dyn Resolve>,
}

impl fmt::Debug for Pinned {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.debug_struct("Pinned").field("guard", &self.guard).finish_non_exhaustive()
    }
}

impl Resolver for Pinned {
    fn resolve(&self, uri: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
        let default = if uri.scheme_str() == Some("https") { 443 } else { 80 };
        let port = uri.port_u16().unwrap_or(default);
        let found: Vec<SocketAddr> = match host.parse() {
            Ok(ip) => vec![SocketAddr::new(ip, port)],
            Err(_) => self.names.resolve(host, port).map_err(|_| ureq::Error::HostNotFound)?,
        };
        let checked = self.guard.all_allowed(host, found).map_err(|e| ureq::Error::Io(io::Error::other(e)))?;
        let mut out = self.empty();
        checked.into_iter().take(16).for_each(|a| out.push(a));
        if out.is_empty() { Err(ureq::Error::HostNotFound) } else { Ok(out) }
    }
}
