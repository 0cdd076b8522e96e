//! Under which key does the index of a web archive list an address?
//!
//! Under one that is the same for all spellings of the address, and beside
//! those of its neighbours: the host from its end, then path and query. Players
//! look captures up by it, so that it follows the Python package `surt`, which
//! pywb and py-wacz use; what that does to session ids of ASP and ColdFusion
//! is left out.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode, percent_encode};
use url::Url;

/// What is escaped in a key beside bytes that are no ASCII.
const ESCAPED: &AsciiSet = &CONTROLS.add(b' ').add(b'#').add(b'%');

/// Parameters of a query that name a visitor when 32 letters and digits follow, the longer names first.
const SESSIONS: [&str; 3] = ["jsessionid=", "phpsessid=", "sid="];
const SESSION_LENGTH: usize = 32;

/// The key of an address in an index: Sort-friendly URI Reordering Transform.
///
/// The scheme, `www.`, a default port, a trailing slash and the fragment make no difference,
/// nor do capital letters and the order of a query. What is no address with a host is its own
/// key, without spaces.
///
/// ```
/// use marsad_ingest::fetch::surt;
/// assert_eq!(surt("https://www.News.example:443/2023/05/?b=2&a=1"), "example,news)/2023/05?a=1&b=2");
/// assert_eq!(surt("http://news.example/خبر"), "example,news)/%d8%ae%d8%a8%d8%b1");
/// assert_eq!(surt("urn:x:A b"), "urn:x:a%20b");
/// ```
pub fn surt(address: &str) -> String {
    match Url::parse(address) {
        Ok(url) if url.has_host() => [host(&url), path(&url), query(&url)].concat(),
        _ => escaped(address.as_bytes()),
    }
}

fn host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']', '.']);
    let labels: Vec<&str> = without_www(host).rsplit('.').collect();
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    format!("{}{port})", labels.join(","))
}

/// Without `www.`, `www2.` and the like.
fn without_www(host: &str) -> &str {
    let behind = |rest: &'_ str| rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = host.strip_prefix("www").map(|rest| &rest[rest.len() - behind(rest)..]);
    rest.and_then(|rest| rest.strip_prefix('.')).unwrap_or(host)
}

fn path(url: &Url) -> String {
    let path = escaped(&unescaped(url.path()));
    let steps: Vec<&str> = path.split('/').filter(|step| !step.is_empty()).collect();
    format!("/{}", steps.join("/"))
}

fn query(url: &Url) -> String {
    let query = escaped(&unescaped(url.query().unwrap_or_default()));
    let query = SESSIONS.iter().fold(query, |query, name| without_session(query, name));
    // A key sorts before its continuation: `a=1` before `a-b=1`.
    let mut pairs: Vec<(&str, Option<&str>)> = query.split('&').map(key_and_value).collect();
    pairs.sort_unstable();
    let written: Vec<String> = pairs.into_iter().map(|(key, value)| written(key, value)).collect();
    if query.is_empty() { query } else { format!("?{}", written.join("&")) }
}

fn key_and_value(pair: &str) -> (&str, Option<&str>) {
    pair.split_once('=').map_or((pair, None), |(key, value)| (key, Some(value)))
}

fn written(key: &str, value: Option<&str>) -> String {
    value.map_or(key.to_string(), |value| format!("{key}={value}"))
}

/// Without the last parameter of this name that holds a session id.
fn without_session(query: String, name: &str) -> String {
    let is_session = |value: &str| {
        value.len() >= SESSION_LENGTH
            && value.bytes().take(SESSION_LENGTH).all(|b| b.is_ascii_alphanumeric())
            && matches!(value.as_bytes().get(SESSION_LENGTH), None | Some(b'&'))
    };
    let found = query.rmatch_indices(name).map(|(at, _)| at).find(|at| is_session(&query[at + name.len()..]));
    let Some(at) = found else { return query };
    let rest = &query[at + name.len() + SESSION_LENGTH..];
    [&query[..at], rest.trim_start_matches('&')].concat()
}

/// Without escapes, however often they were escaped themselves.
fn unescaped(text: &str) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    loop {
        let once: Vec<u8> = percent_decode(&bytes).collect();
        if once == bytes {
            return bytes;
        }
        bytes = once;
    }
}

fn escaped(bytes: &[u8]) -> String {
    percent_encode(bytes, ESCAPED).to_string().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;
    use std::process::Command;

    /// The keys that the Python package gives (version 0.3.1).
    const KEYS: &[(&str, &str)] = &[
        ("https://www.Example.com:443/A/B/?b=2&a=1&c", "com,example)/a/b?a=1&b=2&c"),
        ("http://example.org:8080/", "org,example:8080)/"),
        ("http://example.org:443", "org,example:443)/"),
        ("http://a.example/x?", "example,a)/x"),
        ("http://a.example/x#f", "example,a)/x"),
        ("http://a.example/a/?", "example,a)/a"),
        ("http://a.example//a//b/../c", "example,a)/a/c"),
        ("http://www12.a.example/%D9%85%D8%B1/?q=%D9%85", "example,a)/%d9%85%d8%b1?q=%d9%85"),
        ("http://a.example/خبر?س=1", "example,a)/%d8%ae%d8%a8%d8%b1?%d8%b3=1"),
        ("http://خبر.example/", "example,xn--ngblk)/"),
        ("http://www.example/", "example)/"),
        ("http://wwwa.example/", "example,wwwa)/"),
        ("http://a.example./", "example,a)/"),
        ("http://a_b.example/x", "example,a_b)/x"),
        ("https://u:p@a.example/", "example,a)/"),
        ("http://127.0.0.1:81/a", "1,0,0,127:81)/a"),
        ("http://2130706433/x", "1,0,0,127)/x"),
        ("http://[::1]:80/x", "::1)/x"),
        ("http://a.example/a%20b%25c", "example,a)/a%20b%25c"),
        ("http://a.example/%2525", "example,a)/%25"),
        ("http://a.example/%0a%20x", "example,a)/%0a%20x"),
        ("http://a.example/a%23b?c=%23d", "example,a)/a%23b?c=%23d"),
        ("http://a.example/a%2fb%3fc", "example,a)/a/b?c"),
        ("http://a.example/?a=1&a-b=2&a", "example,a)/?a&a=1&a-b=2"),
        ("http://a.example/a?x=%26y", "example,a)/a?x=&y"),
        ("http://a.example/a?&&b&", "example,a)/a?&&&b"),
        ("http://a.example/x?A=%d9%8a+B|[]{}^`", "example,a)/x?a=%d9%8a+b|[]{}^`"),
        ("http://a.example/?x=1&PHPSESSID=0123456789abcdef0123456789ABCDEF&y", "example,a)/?x=1&y"),
        ("http://a.example/?x=1&sid=0123456789abcdef0123456789abcdef", "example,a)/?&x=1"),
        ("http://a.example/?sid=0123456789abcdef0123456789abcdef", "example,a)/"),
        (
            "http://a.example/?sid=0123456789abcdef0123456789abcdef0",
            "example,a)/?sid=0123456789abcdef0123456789abcdef0",
        ),
    ];

    #[test]
    fn spellings_of_an_address_have_one_key() {
        for (address, key) in KEYS {
            assert_eq!(surt(address), *key, "{address}");
        }
    }

    /// The package itself, where it is installed: `make peers` puts it beside the build.
    #[test]
    fn keys_are_those_of_the_python_package() {
        let Some(python) = std::env::var_os("MARSAD_PEERS").map(PathBuf::from).filter(|p| p.is_file()) else {
            println!("nothing to compare with: set MARSAD_PEERS to a python3 that has surt (make peers)");
            return;
        };
        let script = "import sys, surt\nfor a in sys.argv[1:]: print(surt.surt(a))";
        let out = Command::new(python).args(["-c", script]).args(KEYS.iter().map(|(a, _)| a)).output().unwrap();
        if String::from_utf8_lossy(&out.stderr).contains("No module named") {
            println!("nothing to compare with: this python3 has no surt (make peers)");
            return;
        }
        let keys: Vec<&str> = KEYS.iter().map(|(_, key)| *key).collect();
        assert_eq!(String::from_utf8(out.stdout).unwrap().lines().collect::<Vec<_>>(), keys);
    }
}
