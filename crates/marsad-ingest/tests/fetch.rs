//! Does the fetcher keep its limits, and does no address lead it inward?
//!
//! Against a real server on this machine, which is allowed by its address.

#![cfg(feature = "fetch")]

use flate2::Compression;
use flate2::write::GzEncoder;
use marsad_ingest::fetch::{
    Exchange, FetchError, Fetcher, Guard, Keeper, Limits, Place, Refused, Resolve, Tail, cut, read, read_from,
};
use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// A server that answers each path as the test says; it ends with the test's process.
struct Server {
    address: SocketAddr,
    asked: Arc<AtomicUsize>,
}

impl Server {
    fn start(answer: impl Fn(&str) -> Vec<u8> + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Arc::new(AtomicUsize::new(0));
        let (answer, count) = (Arc::new(answer), asked.clone());
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let (answer, count) = (answer.clone(), count.clone());
                std::thread::spawn(move || serve(client, answer.as_ref(), &count));
            }
        });
        Server { address, asked }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    fn fetcher(&self) -> Fetcher {
        self.fetcher_with(Limits { redirects: 3, bytes: 64 << 10, time: Duration::from_secs(2) })
    }

    fn fetcher_with(&self, limits: Limits) -> Fetcher {
        Fetcher::new("marsad-test", Guard::allowing(vec![self.address]), limits, Names(vec![], AtomicUsize::new(0)))
    }
}

fn serve(mut client: TcpStream, answer: &(dyn Fn(&str) -> Vec<u8> + Send + Sync), count: &AtomicUsize) {
    let mut lines = BufReader::new(client.try_clone().unwrap()).lines();
    let Some(Ok(first)) = lines.next() else { return };
    while lines.next().is_some_and(|line| line.is_ok_and(|l| !l.is_empty())) {}
    count.fetch_add(1, Ordering::Relaxed);
    let path = first.split(' ').nth(1).unwrap_or_default();
    if path == "/slow" {
        std::thread::sleep(Duration::from_secs(20));
    }
    // A client that has seen enough closes first.
    let _ = client.write_all(&answer(path));
}

fn ok(headers: &str, body: &[u8]) -> Vec<u8> {
    [
        format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n", body.len()).as_bytes(),
        body,
    ]
    .concat()
}

fn moved(to: &str) -> Vec<u8> {
    format!("HTTP/1.1 302 Found\r\nConnection: close\r\nContent-Length: 0\r\nLocation: {to}\r\n\r\n").into_bytes()
}

/// Answers in turn, the last for ever; counts the questions.
struct Names(Vec<SocketAddr>, AtomicUsize);

impl Resolve for Names {
    fn resolve(&self, _: &str, _: u16) -> io::Result<Vec<SocketAddr>> {
        let asked = self.1.fetch_add(1, Ordering::Relaxed);
        let answer = self.0.get(asked).or(self.0.last()).ok_or(io::Error::from(io::ErrorKind::NotFound))?;
        Ok(vec![*answer])
    }
}

#[test]
fn an_answer_is_kept_as_it_was_sent() {
    let mut packer = GzEncoder::new(vec![], Compression::default());
    packer.write_all("<p>خبر".as_bytes()).unwrap();
    let packed = packer.finish().unwrap();
    let sent = packed.clone();
    let server = Server::start(move |_| ok("Content-Encoding: gzip\r\nETag: \"x\"\r\n", &sent));
    let answer = server.fetcher().get(&server.url("/a"), &[("Accept-Encoding", "gzip")]).unwrap();
    assert_eq!((answer.status, answer.header("etag")), (200, Some("\"x\"")));
    assert_eq!(answer.raw, packed);
    assert_eq!(answer.body().unwrap(), "<p>خبر".as_bytes());
}

#[test]
fn each_redirect_is_checked_anew() {
    let server = Server::start(|path| match path {
        "/inward" => moved("http://169.254.169.254/latest/meta-data/"),
        "/short" => moved("http://2130706433:1/"),
        "/file" => moved("file:///etc/passwd"),
        "/round" => moved("/round"),
        "/relative" => moved("page"),
        _ => ok("", b"page"),
    });
    let get = |path: &str| server.fetcher().get(&server.url(path), &[]);
    for path in ["/inward", "/short", "/file"] {
        assert!(matches!(get(path), Err(FetchError::Refused(_))), "{path}");
    }
    assert!(matches!(get("/round"), Err(FetchError::TooManyRedirects(3))));
    let answer = get("/relative").unwrap();
    assert_eq!((answer.url, answer.raw.as_slice()), (server.url("/page"), b"page".as_slice()));
}

#[test]
fn a_name_is_asked_once_and_its_answer_is_what_is_reached() {
    let server = Server::start(|_| ok("", b"page"));
    let inward = SocketAddr::new("10.0.0.1".parse().unwrap(), server.address.port());
    let names = Names(vec![server.address, inward], AtomicUsize::new(0));
    let limits = Limits { time: Duration::from_secs(2), ..Limits::default() };
    let fetcher = Fetcher::new("marsad-test", Guard::allowing(vec![server.address]), limits, names);
    let url = format!("http://rebinding.example:{}/", server.address.port());
    assert_eq!(fetcher.get(&url, &[]).unwrap().raw, b"page", "the first answer was checked and is where it went");
    match fetcher.get(&url, &[]) {
        Err(FetchError::Refused(Refused::LeadsInward { address, .. })) => assert_eq!(address, inward.ip()),
        other => panic!("{other:?}"),
    }
    assert_eq!(server.asked.load(Ordering::Relaxed), 1);
}

#[test]
fn size_and_time_have_limits() {
    let server = Server::start(|_| ok("", &vec![b'x'; 1 << 20]));
    assert!(matches!(server.fetcher().get(&server.url("/big"), &[]), Err(FetchError::TooLarge(_))));
    assert!(matches!(server.fetcher().get(&server.url("/slow"), &[]), Err(FetchError::TimedOut)));
    let endless =
        Server::start(|_| b"HTTP/1.1 200 OK\r\nX: y\r\n".iter().copied().chain(b"X: y\r\n".repeat(200_000)).collect());
    assert!(matches!(endless.fetcher().get(&endless.url("/"), &[]), Err(FetchError::Network(_))));
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let fetcher =
        Fetcher::new("marsad-test", Guard::allowing(vec![gone]), Limits::default(), Names(vec![], AtomicUsize::new(0)));
    assert!(matches!(fetcher.get(&format!("http://{gone}/"), &[]), Err(FetchError::Network(_))));
    assert!(matches!(fetcher.get("http://no-such.example/", &[]), Err(FetchError::NoSuchHost(_))));
}

#[test]
fn a_status_is_an_answer() {
    let server = Server::start(|_| b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n".to_vec());
    let answer = server.fetcher().get(&server.url("/"), &[("If-None-Match", "\"x\"")]).unwrap();
    assert_eq!((answer.status, answer.raw.len()), (304, 0));
}

/// What was fetched is in the archive as it was sent, and reads as a page from there.
#[test]
fn an_answer_is_kept_as_a_web_archive() {
    let page = "<html><body><h1>انفجار عبوة</h1><p>انفجرت عبوة ناسفة قرب دورية شمال بعقوبة وأصيب شرطيان بجروح.</p></body></html>";
    let server = Server::start(move |_| ok("Content-Type: text/html; charset=utf-8\r\n", page.as_bytes()));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.warc.gz");
    let answer = server.fetcher().get(&server.url("/2023/05/17/a?x=1"), &[]).unwrap();
    let asked = [("User-Agent".to_string(), "marsad-test".to_string())];
    let keep = |seconds: usize| {
        let mut keeper = Keeper::open(&path, "marsad test", "2023-05-18T10:00:00Z").unwrap();
        let date = format!("2023-05-18T10:00:0{seconds}Z");
        keeper.keep(&[Exchange { fetched: &answer, asked: &asked, date: &date }]).unwrap()[0]
    };
    let places: Vec<Place> = (0..2).map(keep).collect();
    let read: Vec<_> = marsad_ingest::articles(path.to_str().unwrap())
        .unwrap()
        .map(|item| if let marsad_ingest::Item::Article(a) = item { a } else { panic!("{item:?}") })
        .collect();
    assert_eq!(read.len(), 2);
    assert_eq!(read[1].retrieval.offset, Some(places[1].offset));
    assert_eq!(read[0].raw, page.as_bytes());
    assert_eq!(read[0].source, server.url("/2023/05/17/a?x=1"));
    let peer = std::env::var_os("MARSAD_PEERS").map(std::path::PathBuf::from).filter(|p| p.is_file());
    let Some(python) = peer else {
        println!("not read by another program: set MARSAD_PEERS to a python3 that has warcio (make peers)");
        return;
    };
    let script = "import sys\nfrom warcio.archiveiterator import ArchiveIterator\nfor r in ArchiveIterator(open(sys.argv[1], 'rb'), check_digests='raise'):\n    r.content_stream().read(); print(r.rec_type, r.rec_headers.get_header('WARC-Target-URI'))";
    let out = std::process::Command::new(python).args(["-c", script]).arg(&path).output().unwrap();
    let said = String::from_utf8(out.stdout).unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    assert_eq!(said.lines().filter(|l| l.starts_with("response http")).count(), 2, "{said}");
}

/// A crash may tear the last record and lose what was noted of the ones before it.
#[test]
fn what_a_crash_left_is_read_again_and_its_torn_end_is_cut() {
    let server = Server::start(|path| ok("Content-Type: text/html\r\nX: \"y\"\r\n", path.as_bytes()));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.warc.gz");
    let answers = ["/a", "/b", "/c"].map(|p| server.fetcher().get(&server.url(p), &[]).unwrap());
    let exchange = |fetched| Exchange { fetched, asked: &[], date: "2023-05-18T10:00:00Z" };
    let mut keeper = Keeper::open(&path, "marsad test", "2023-05-18T10:00:00Z").unwrap();
    let places = keeper.keep(&answers.each_ref().map(exchange)).unwrap();
    let found = |from: u64| {
        let mut found = vec![];
        let end = read_from(&path, from, |kept| {
            found.push((kept.place, String::from_utf8(kept.fetched.raw).unwrap()));
            Ok(())
        });
        (found, end.unwrap())
    };
    let named = |i: usize| (places[i], ["/a", "/b", "/c"][i].to_string());
    let whole = keeper.end().unwrap();
    assert_eq!(found(places[1].offset), (vec![named(1), named(2)], (whole, Tail::Whole)));
    assert_eq!(found(whole), (vec![], (whole, Tail::Whole)));
    let kept = read(&path, places[1].offset).unwrap();
    assert_eq!((kept.fetched.url.as_str(), kept.fetched.header("x")), (server.url("/b").as_str(), Some("\"y\"")));
    assert!(read(&path, places[1].offset + 1).is_err() && read(&path, whole).is_err());

    let torn = places[2].offset + places[2].length - 5;
    cut(&path, torn).unwrap();
    let (left, (end, tail)) = found(0);
    assert_eq!((left, tail), (vec![named(0), named(1)], Tail::Torn));
    assert_eq!(end, places[2].offset, "the request of the one before is whole");
    cut(&path, end).unwrap();
    let again = keeper.keep(&[exchange(&answers[2])]).unwrap();
    assert_eq!(found(end).0, [(again[0], "/c".to_string())]);
}
