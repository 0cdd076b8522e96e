//! Does watching lose nothing, fetch nothing twice, and obey?
//!
//! The real command against a real server on this machine: five hundred feeds,
//! more than twenty of which fail in as many ways, and a process that is killed.

use marsad_ingest::fetch;
use marsad_store::{Address, Store, Visit};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Many addresses are hosts of their own; Linux has them all, others have one.
const HOSTS: u8 = if cfg!(target_os = "linux") { 20 } else { 1 };
const FEEDS: usize = 500;
const PAGES: usize = 2;
const CONNECTIONS: usize = 8;
const DELAY: Duration = Duration::from_millis(4);

#[derive(Clone, Debug)]
struct Request {
    url: String,
    at: Instant,
    is_conditional: bool,
    user_agent: String,
}

/// A server on several addresses that writes down what it is asked; it ends with the test's process.
struct Server {
    addresses: Vec<SocketAddr>,
    asked: Arc<Mutex<Vec<Request>>>,
}

type Answering = dyn Fn(&str, &str) -> Vec<u8> + Send + Sync;

impl Server {
    fn start(hosts: u8, answer: impl Fn(&str, &str) -> Vec<u8> + Send + Sync + 'static) -> Server {
        let asked = Arc::new(Mutex::new(vec![]));
        let answer: Arc<Answering> = Arc::new(answer);
        let listen = |n: u8| {
            let listener = TcpListener::bind((Ipv4Addr::new(127, 0, 0, n), 0)).unwrap();
            let address = listener.local_addr().unwrap();
            let (asked, answer) = (asked.clone(), answer.clone());
            std::thread::spawn(move || {
                for client in listener.incoming().flatten() {
                    let (asked, answer) = (asked.clone(), answer.clone());
                    std::thread::spawn(move || serve(client, address, answer.as_ref(), &asked));
                }
            });
            address
        };
        Server { addresses: (1..=hosts).map(listen).collect(), asked }
    }

    fn url(&self, host: usize, path: &str) -> String {
        format!("http://{}{path}", self.addresses[host % self.addresses.len()])
    }

    fn asked(&self) -> Vec<Request> {
        self.asked.lock().unwrap().clone()
    }

    fn forget(&self) {
        self.asked.lock().unwrap().clear();
    }

    fn watch(&self, store: &Path, lists: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_marsad"));
        command.arg("watch").args(lists).arg("--store").arg(store);
        command.args(["--once", "--contact", "desk@marsad.example", "--timeout", "2"]);
        command.args(["--delay", &DELAY.as_secs_f64().to_string(), "--connections", &CONNECTIONS.to_string()]);
        for address in &self.addresses {
            command.args(["--allow-address", &address.to_string()]);
        }
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        command
    }
}

fn serve(mut client: TcpStream, here: SocketAddr, answer: &Answering, asked: &Mutex<Vec<Request>>) {
    let lines = BufReader::new(client.try_clone().unwrap()).lines();
    let head: Vec<String> = lines.map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
    let Some(path) = head.first().and_then(|line| line.split(' ').nth(1)) else { return };
    let header = |name: &str| {
        let found = head.iter().find_map(|line| line.split_once(':').filter(|(n, _)| n.eq_ignore_ascii_case(name)));
        found.map(|(_, value)| value.trim().to_string())
    };
    let version = header("if-none-match").unwrap_or_default();
    asked.lock().unwrap().push(Request {
        url: format!("http://{here}{path}"),
        at: Instant::now(),
        is_conditional: !version.is_empty(),
        user_agent: header("user-agent").unwrap_or_default(),
    });
    if path.starts_with("/slow") {
        std::thread::sleep(Duration::from_secs(6));
    }
    // A client that was killed, or has seen enough, closes first.
    let _ = client.write_all(&answer(path, &version));
}

fn answer(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n", body.len());
    [head.as_bytes(), body].concat()
}

fn ok(content_type: &str, body: &str) -> Vec<u8> {
    answer("200 OK", &format!("Content-Type: {content_type}\r\n"), body.as_bytes())
}

fn rss(items: &str) -> String {
    format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>خلاصة</title>{items}</channel></rss>")
}

fn page(name: &str) -> String {
    format!(
        "<html lang=ar><head><title>انفجار {name}</title><meta charset=utf-8></head><body><h1>انفجار عبوة قرب بعقوبة {name}</h1>
        <p>انفجرت عبوة ناسفة اليوم الأربعاء قرب دورية للشرطة شمال بعقوبة، وأصيب شرطيان بجروح طفيفة، وفق مصدر أمني، رقم البلاغ {name}.</p></body></html>"
    )
}

/// The whole site: feeds, their pages, and all that goes wrong.
fn site(path: &str, version: &str) -> Vec<u8> {
    let number = || path.trim_start_matches(|c: char| !c.is_ascii_digit());
    match path.trim_start_matches('/').split(['/', '?']).next().unwrap_or_default() {
        "robots.txt" => ok("text/plain", "User-agent: *\nDisallow: /private\n"),
        "feed" if version == "\"v1\"" => answer("304 Not Modified", "", b""),
        "feed" => {
            let item =
                |i: usize| format!("<item><title>خبر</title><link>/page/{}-{i}?utm_source=rss</link></item>", number());
            let items: String = (0..PAGES).map(item).collect();
            let private = "<item><link>/private/1</link></item>";
            let feed = rss(&format!("<link>http://x.example</link>{items}{private}"));
            answer("200 OK", "Content-Type: application/rss+xml\r\nETag: \"v1\"\r\n", feed.as_bytes())
        }
        "page" => ok("text/html; charset=utf-8", &page(number())),
        "missing" => answer("404 Not Found", "", b"no"),
        "gone" => answer("410 Gone", "", b""),
        "broken" => answer("500 Internal Server Error", "", b""),
        "busy" => answer("503 Service Unavailable", "Retry-After: 7200\r\n", b""),
        "many" => answer("429 Too Many Requests", "Retry-After: 60\r\n", b""),
        "login" => answer("403 Forbidden", "", b""),
        "round" => answer("302 Found", &format!("Location: {path}\r\n"), b""),
        "inward" => answer("302 Found", "Location: http://169.254.169.254/latest/\r\n", b""),
        "script" => answer("301 Moved Permanently", "Location: javascript:alert(1)\r\n", b""),
        "lost" => answer("302 Found", "", b""),
        "html" => ok("text/html", "<html><p>no feed"),
        "torn" => ok("application/xml", "<?xml version='1.0'?><rss version='2.0'><channel><item><title>a"),
        "empty" => ok("application/xml", ""),
        "bomb" => {
            use flate2::{Compression, write::GzEncoder};
            let mut packer = GzEncoder::new(vec![], Compression::best());
            (0..200).for_each(|_| packer.write_all(&[b' '; 1 << 20]).unwrap());
            answer("200 OK", "Content-Encoding: gzip\r\n", &packer.finish().unwrap())
        }
        "endless" => answer("200 OK", "", &vec![b' '; 17 << 20]),
        "damaged" => answer("200 OK", "Content-Encoding: gzip\r\n", &[0x1f, 0x8b, 8, 0, 1, 2, 3]),
        "short" => b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\n<rss".to_vec(),
        "garbage" => b"\x00\x01\x02 hello".to_vec(),
        "silent" => vec![],
        "slow" => vec![],
        _ => answer("404 Not Found", "", b""),
    }
}

/// Feeds that fail, each in its way, with the state and reason that the ledger must give.
const FAILING: &[(&str, &str, &str)] = &[
    ("/missing", "failed", "http_404"),
    ("/gone", "gone", "http_410"),
    ("/broken", "failed", "http_5xx"),
    ("/busy", "failed", "http_503"),
    ("/many", "failed", "http_429"),
    ("/login", "failed", "http_forbidden"),
    ("/round", "failed", "too_many_redirects"),
    ("/inward", "refused", "refused_address"),
    ("/script", "refused", "refused_address"),
    ("/lost", "failed", "lost_redirect"),
    ("/html", "failed", "bad_feed"),
    ("/torn", "failed", "bad_feed"),
    ("/empty", "failed", "bad_feed"),
    ("/bomb", "failed", "bad_feed"),
    ("/endless", "failed", "too_large"),
    ("/damaged", "failed", "bad_feed"),
    ("/short", "failed", "network"),
    ("/garbage", "failed", "network"),
    ("/silent", "failed", "network"),
    ("/slow", "failed", "timed_out"),
    ("/private/feed", "forbidden", "robots"),
];
/// The same for whole addresses.
const ELSEWHERE: &[(&str, &str, &str)] = &[
    ("http://169.254.169.254/rss", "refused", "refused_address"),
    ("http://2130706433:9/rss", "refused", "refused_address"),
    ("ftp://files.example/rss", "refused", "refused_address"),
    ("http://localhost:1/rss", "refused", "refused_address"),
];

fn opml(urls: &[String]) -> String {
    let outlines = urls.iter().map(|url| format!("<outline type=\"rss\" text=\"خلاصة\" xmlUrl=\"{url}\"/>\n"));
    format!("<?xml version=\"1.0\"?><opml version=\"2.0\"><body>{}</body></opml>", outlines.collect::<String>())
}

fn kill_after(child: &mut Child, server: &Server, requests: usize) {
    let begin = Instant::now();
    while server.asked().len() < requests {
        assert!(child.try_wait().unwrap().is_none(), "it ended before it was killed");
        assert!(begin.elapsed() < Duration::from_secs(120), "too slow to be killed at request {requests}");
        std::thread::sleep(Duration::from_millis(2));
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

/// Every answer in the WARC files: what must not be asked for again.
fn kept(store: &Path) -> BTreeSet<String> {
    let mut urls = BTreeSet::new();
    let Ok(folder) = std::fs::read_dir(store.join("raw/web")) else { return urls };
    for entry in folder.flatten().filter(|e| e.file_name().to_string_lossy().ends_with(".warc.gz")) {
        fetch::read_from(&entry.path(), 0, |kept| {
            urls.insert(kept.fetched.url);
            Ok(())
        })
        .unwrap();
    }
    urls
}

#[test]
fn five_hundred_feeds_some_broken_and_a_process_that_is_killed() {
    let server = Server::start(HOSTS, site);
    let folder = tempfile::tempdir().unwrap();
    let store_dir = folder.path().join("store");
    let good: Vec<String> = (0..FEEDS - FAILING.len()).map(|i| server.url(i, &format!("/feed/{i}"))).collect();
    let failing: Vec<String> = FAILING.iter().enumerate().map(|(i, (path, ..))| server.url(i, path)).collect();
    let elsewhere = ELSEWHERE.iter().map(|(url, ..)| url.to_string());
    let all: Vec<String> = good.iter().chain(&failing).cloned().chain(elsewhere).collect();
    let list = folder.path().join("feeds.opml");
    std::fs::write(&list, opml(&all)).unwrap();
    let list = list.to_str().unwrap();

    // Killed three times; what is on the disk by then is not asked for again.
    let mut asked_twice: Vec<String> = vec![];
    let mut all_asked: BTreeMap<String, usize> = BTreeMap::new();
    for round in 0..4 {
        let before = kept(&store_dir);
        server.forget();
        let mut child = server.watch(&store_dir, &[list]).spawn().unwrap();
        match round {
            0..3 => kill_after(&mut child, &server, [150, 400, 300][round]),
            _ => {
                let out = child.wait_with_output().unwrap();
                assert_eq!(out.status.code(), Some(3), "{}", String::from_utf8_lossy(&out.stderr));
            }
        }
        for request in server.asked() {
            if before.contains(&request.url) && !request.url.contains("/round") {
                asked_twice.push(request.url.clone());
            }
            *all_asked.entry(request.url.clone()).or_default() += 1;
            assert_eq!(request.user_agent, format!("marsad/{} (+desk@marsad.example)", env!("CARGO_PKG_VERSION")));
        }
        manners(&server.asked());
    }
    assert_eq!(asked_twice, [""; 0], "kept before, and asked again");
    let repeated = |(url, n): &(&String, &usize)| **n > 1 && (url.contains("/feed/") || url.contains("/page/"));
    let repeats: usize = all_asked.iter().filter(repeated).map(|(_, n)| n - 1).sum();
    assert!(repeats <= 3 * CONNECTIONS, "{repeats} asked again: no more than were under way when it was killed");
    assert!(all_asked.keys().all(|url| !url.contains("/private")), "the robots file forbids it");

    // Nothing is lost.
    let store = Store::open(&store_dir).unwrap();
    let addresses: BTreeMap<String, Address> =
        store.addresses(None, None).unwrap().into_iter().map(|a| (a.url.clone(), a)).collect();
    for url in &good {
        assert_eq!(addresses[url].state, "kept", "{url}: {:?}", addresses[url].message);
    }
    let pages: Vec<&Address> = addresses.values().filter(|a| a.url.contains("/page/")).collect();
    assert_eq!(pages.len(), good.len() * PAGES);
    for page in pages {
        assert!(page.document.is_some(), "{}: {} {:?}", page.url, page.state, page.skipped);
    }
    assert_eq!(store.documents().unwrap().len(), good.len() * PAGES);
    let check = store.check().unwrap();
    assert!(check.is_clean(), "{:?}", check.findings);
    assert!(!store.incidents(&Default::default()).unwrap().is_empty());

    // The ledger says what happened.
    let expected = FAILING.iter().zip(&failing).map(|((_, state, reason), url)| (url.as_str(), *state, *reason));
    for (url, state, reason) in expected.chain(ELSEWHERE.iter().copied()) {
        let address = &addresses[url];
        let told = (address.state.as_str(), address.reason.as_deref());
        assert_eq!(told, (state, Some(reason)), "{url}: {:?}", address.message);
        let is_final = matches!(state, "gone" | "refused");
        assert_eq!(address.next.is_none(), is_final, "{url}");
        assert!(!store.visits(Some(url)).unwrap().is_empty(), "{url}");
    }
    let private = addresses.values().filter(|a| a.url.contains("/private/1"));
    assert!(private.clone().count() > 0 && private.clone().all(|a| a.state == "forbidden"));

    // Nothing is due, so nothing is asked; when it is, an unchanged feed is not sent again.
    server.forget();
    let out = server.watch(&store_dir, &[list]).output().unwrap();
    assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stderr));
    assert_eq!(server.asked().len(), 0);
    let size = kept_bytes(&store_dir);
    make_due(store, &good);
    let out = server.watch(&store_dir, &[list]).output().unwrap();
    assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stderr));
    let asked = server.asked();
    assert_eq!(asked.len(), good.len());
    assert!(asked.iter().all(|request| request.is_conditional));
    assert_eq!(kept_bytes(&store_dir), size, "nothing new, nothing kept");
}

/// A host is asked one question at a time, its robots file first.
fn manners(asked: &[Request]) {
    let host = |request: &Request| request.url.split('/').nth(2).unwrap_or_default().to_string();
    let mut hosts: BTreeMap<String, Vec<&Request>> = BTreeMap::new();
    asked.iter().for_each(|request| hosts.entry(host(request)).or_default().push(request));
    for requests in hosts.values() {
        for pair in requests.windows(2) {
            let between = pair[1].at - pair[0].at;
            assert!(between >= DELAY, "{between:?} between {} and {}", pair[0].url, pair[1].url);
        }
    }
}

fn kept_bytes(store: &Path) -> u64 {
    let files = std::fs::read_dir(store.join("raw/web")).unwrap().flatten();
    files.map(|file| file.metadata().unwrap().len()).sum()
}

/// As if the interval of the feeds had passed.
fn make_due(mut store: Store, feeds: &[String]) {
    let due = |url: &String| {
        let address = store.address(url).unwrap().unwrap();
        let address = Address { next: Some("2000-01-01T00:00:00Z".into()), ..address };
        let at = address.asked.clone().unwrap();
        Visit { url: url.clone(), address, at, capture: None, is_unchanged: true, named: vec![] }
    };
    let visits: Vec<Visit> = feeds.iter().map(due).collect();
    store.record_visits(&visits).unwrap();
}

/// The ledger as it was before some answers, and a record that was cut off behind them.
#[test]
fn what_a_crash_left_in_the_file_is_taken_up() {
    let server = Server::start(1, site);
    let folder = tempfile::tempdir().unwrap();
    let store_dir = folder.path().join("store");
    let (first, second) = (server.url(0, "/feed/1"), server.url(0, "/feed/2"));
    let run = |lists: &[&str]| {
        let out = server.watch(&store_dir, lists).output().unwrap();
        String::from_utf8(out.stderr).unwrap()
    };
    run(&[&first]);
    let (database, before) = (store_dir.join("marsad.db"), folder.path().join("before.db"));
    std::fs::copy(&database, &before).unwrap();
    run(&[&first, &second]);
    std::fs::copy(&before, &database).unwrap();
    let warc = std::fs::read_dir(store_dir.join("raw/web")).unwrap().flatten().map(|e| e.path());
    let warc = warc.filter(|path| path.extension().is_some_and(|e| e == "gz")).max().unwrap();
    let whole = std::fs::metadata(&warc).unwrap().len();
    let torn = std::fs::read(&warc).unwrap()[..100].to_vec();
    std::fs::OpenOptions::new().append(true).open(&warc).unwrap().write_all(&torn).unwrap();

    server.forget();
    let said = run(&[&first, &second]);
    assert_eq!(server.asked().len(), 0, "all of it was kept: {said}");
    assert_eq!(std::fs::metadata(&warc).unwrap().len(), whole, "what was torn is cut off");
    let store = Store::open(&store_dir).unwrap();
    assert_eq!(store.documents().unwrap().len(), 2 * PAGES);
    let taken_up = store.address(&second).unwrap().unwrap();
    assert_eq!((taken_up.state.as_str(), taken_up.etag.as_deref()), ("kept", Some("\"v1\"")));
    let check = store.check().unwrap();
    assert!(check.is_clean(), "{:?}", check.findings);

    // What is no longer where it was is said.
    fetch::cut(&warc, whole / 2).unwrap();
    assert!(store.check().unwrap().findings.iter().any(|f| f.code == "capture_missing"));
}

/// Addresses of this machine are asked by no one who did not say so.
#[test]
fn nothing_inward_is_asked_unless_it_is_allowed() {
    let server = Server::start(1, site);
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_marsad"));
    command.args(["watch", &server.url(0, "/feed/1"), "--once", "--contact", "desk@marsad.example", "--store"]);
    let out = command.arg(folder.path().join("store")).output().unwrap();
    assert_eq!(out.status.code(), Some(3));
    let said = String::from_utf8(out.stderr).unwrap();
    assert!(said.contains("no public address [refused_address]"), "{said}");
    assert_eq!(server.asked().len(), 0);
    assert!(matches!(server.addresses[0].ip(), IpAddr::V4(ip) if ip.is_loopback()));
}

/// A feed may carry the article itself, and an entry need not have a page.
#[test]
fn whole_articles_are_read_from_the_feed() {
    let long =
        "انفجرت عبوة ناسفة اليوم الأربعاء قرب دورية للشرطة شمال بعقوبة، وأصيب شرطيان بجروح طفيفة، وفق مصدر أمني. "
            .repeat(9);
    let items = format!(
        "<item><title>انفجار عبوة</title><link>/whole</link><description>{long}</description><pubDate>Wed, 17 May 2023 10:00:00 +0300</pubDate></item>
         <item><title>نفي</title><description>نفت الشرطة وقوع أي انفجار في بعقوبة اليوم.</description></item>
         <item><title>مقتطف</title><link>/teaser</link><description>انفجرت عبوة…</description></item>"
    );
    let feed = rss(&items);
    let server = Server::start(1, move |path, _| match path {
        "/rss" => ok("application/rss+xml", &feed),
        "/teaser" => ok("text/html; charset=utf-8", &page("5")),
        _ => answer("404 Not Found", "", b""),
    });
    let folder = tempfile::tempdir().unwrap();
    let store_dir = folder.path().join("store");
    let out = server.watch(&store_dir, &[&server.url(0, "/rss")]).output().unwrap();
    assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stderr));
    let asked: Vec<String> = server.asked().into_iter().map(|r| r.url).collect();
    assert_eq!(asked, ["/robots.txt", "/rss", "/teaser"].map(|path| server.url(0, path)));
    let store = Store::open(&store_dir).unwrap();
    let read: BTreeMap<String, Option<String>> =
        store.documents().unwrap().into_iter().map(|d| (d.source, d.published_earliest)).collect();
    assert_eq!(read.len(), 3);
    assert_eq!(read[&server.url(0, "/whole")].as_deref(), Some("2023-05-17"));
    let reading = store.readings().unwrap().into_iter().find(|r| r.document.source.ends_with("/teaser")).unwrap();
    let retrieval = reading.document.retrieval;
    assert_eq!(retrieval.url, Some(server.url(0, "/teaser")));
    let (file, offset) = (retrieval.file.unwrap(), retrieval.offset.unwrap());
    assert_eq!(fetch::read(&store_dir.join(file), offset).unwrap().fetched.url, server.url(0, "/teaser"));
}

/// What the ledger prints, for people and for programs.
#[test]
fn the_ledger_is_told() {
    let server = Server::start(1, site);
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store");
    let (good, broken) = (server.url(0, "/feed/1"), server.url(0, "/broken"));
    server.watch(&store, &[&good, &broken]).output().unwrap();
    let ledger = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_marsad"));
        let out = command.arg("ledger").args(args).arg("--store").arg(&store).output().unwrap();
        (out.status.code(), String::from_utf8(out.stdout).unwrap(), String::from_utf8(out.stderr).unwrap())
    };
    let (code, said, _) = ledger(&["--kind", "page", "--state", "kept"]);
    let lines: Vec<serde_json::Value> = said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((code, lines.len()), (Some(0), PAGES));
    assert!(lines.iter().all(|page| page["feed"] == good.as_str() && page["capture"]["offset"].is_u64()));
    let (_, said, counts) = ledger(&["--table", "--lang", "ar"]);
    assert!(said.contains("متعثر") && said.contains("http_5xx") && counts.contains("خلاصة محفوظ: 1"), "{said}{counts}");
    let (_, said, _) = ledger(&[&broken]);
    let visit: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!((visit["status"].as_u64(), visit["state"].as_str()), (Some(500), Some("failed")));
    let (code, _, said) = ledger(&["https://nowhere.example/"]);
    assert!(code == Some(2) && said.contains("error[no_such_address]"), "{said}");
}

/// The page behind an incident leaves the store as it was sent, with the redirect that led to it.
#[test]
fn captures_are_exported_as_a_package() {
    let server = Server::start(1, |path, _| match path {
        "/rss" => ok("application/rss+xml", &rss("<item><link>/old</link></item><item><link>/weather</link></item>")),
        "/old" => answer("301 Moved Permanently", "Location: /new\r\n", b""),
        "/new" => ok("text/html; charset=utf-8", &page("7")),
        "/weather" => {
            ok("text/html; charset=utf-8", "<html lang=ar><h1>طقس</h1><p>طقس مشمس غدا الخميس في أغلب المناطق.")
        }
        _ => answer("404 Not Found", "", b""),
    });
    let folder = tempfile::tempdir().unwrap();
    let (store, package) = (folder.path().join("store"), folder.path().join("pages.wacz"));
    let out = server.watch(&store, &[&server.url(0, "/rss")]).output().unwrap();
    assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stderr));
    let export = |to: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_marsad"));
        let out = command.args(["export", "--as", "wacz", "--store"]).arg(&store).args(to).output().unwrap();
        (out.status.code(), String::from_utf8(out.stderr).unwrap())
    };
    let (code, said) = export(&["-o", package.to_str().unwrap()]);
    assert!(code == Some(0) && said.contains("captures written: 2, pages: 1"), "{said}");
    let articles = marsad_ingest::articles(package.to_str().unwrap()).unwrap();
    let sources: Vec<String> = articles
        .filter_map(|item| if let marsad_ingest::Item::Article(a) = item { Some(a.source) } else { None })
        .collect();
    assert_eq!(sources, [server.url(0, "/new")]);
    let (code, said) = export(&[]);
    assert!(code == Some(2) && said.contains("--output"), "{said}");
    let (code, said) = export(&["-o", package.to_str().unwrap(), "--country", "YE"]);
    assert!(code == Some(2) && said.contains("nothing_to_pack"), "{said}");
    assert!(package.is_file(), "a package that is there is not lost to one that failed");
}

/// Two that watch one store would mix their answers.
#[test]
fn one_store_is_watched_by_one() {
    let server = Server::start(1, site);
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store");
    let url = server.url(0, "/slow");
    let mut first = server.watch(&store, &[&url]).spawn().unwrap();
    let begin = Instant::now();
    while server.asked().len() < 2 && begin.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(5));
    }
    let second = server.watch(&store, &[&url]).output().unwrap();
    assert_eq!(second.status.code(), Some(2));
    assert!(String::from_utf8(second.stderr).unwrap().contains("error[watched]"));
    first.wait().unwrap();
}

#[test]
fn a_list_that_names_no_feed_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("feeds.opml");
    std::fs::write(&list, "<opml version=\"2.0\"><body><outline text=\"a\"/></body></opml>").unwrap();
    let run = |list: &str, contact: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_marsad"));
        command.args(["watch", list, "--once", "--contact", contact, "--store"]);
        let out = command.arg(folder.path().join("store")).output().unwrap();
        (out.status.code(), String::from_utf8(out.stderr).unwrap())
    };
    let (code, said) = run(list.to_str().unwrap(), "desk@marsad.example");
    assert!(code == Some(2) && said.contains("error[bad_list]") && said.contains("feeds.opml"), "{said}");
    let (code, said) = run("no-such.opml", "desk@marsad.example");
    assert!(code == Some(2) && said.contains("error[io]") && said.contains("no-such.opml"), "{said}");
    let (code, said) = run(list.to_str().unwrap(), "me");
    assert!(code == Some(2) && said.contains("desk@example.org"), "{said}");
    assert!(!folder.path().join("store").exists());
}
