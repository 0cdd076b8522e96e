//! Does a WACZ package hold its captures as they were kept, where its index says, and the same bytes each time?
//!
//! Checked with our own reader and, where they are installed, with the official validator and
//! with warcio: `make peers` puts them beside the build.

#![cfg(feature = "fetch")]

use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;
use marsad_ingest::fetch::{
    About, Capture, Exchange, Fetched, Keeper, Packed, Place, WaczError, cut, surt, write_wacz,
};
use marsad_ingest::{Item, articles};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use zip::{CompressionMethod, ZipArchive};

const DATE: &str = "2023-05-18T10:00:00Z";
const PAGE: &str = "<html><head><title>خبر</title></head><body><h1>انفجار عبوة في بعقوبة</h1>\
                    <p>انفجرت عبوة ناسفة قرب دورية للشرطة شمال بعقوبة صباح الأربعاء وأصيب شرطيان بجروح.</p></body></html>";

fn about() -> About {
    About {
        software: "marsad test".to_string(),
        title: "مصادر حادث بعقوبة".to_string(),
        description: Some("Two pages and how they were reached.".to_string()),
        created: "2023-06-01T12:30:10+03:00".to_string(),
    }
}

fn zipped(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(vec![], Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn answer(url: &str, status: u16, headers: &[(&str, &str)], raw: &[u8]) -> Fetched {
    let headers = headers.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    Fetched { url: url.to_string(), status, headers, raw: raw.to_vec() }
}

/// A redirect, two pages of which one came packed, and a picture.
fn answers() -> [Fetched; 4] {
    let html = ("Content-Type", "text/html; charset=utf-8");
    let packed = zipped(PAGE.as_bytes());
    [
        answer("https://www.news.example/1", 301, &[("Location", "https://www.news.example/2023/1/")], b""),
        answer("https://www.news.example/2023/1/", 200, &[html, ("Content-Encoding", "gzip")], &packed),
        answer("http://news.example/%D8%AE%D8%A8%D8%B1?b=2&a=1", 200, &[html], PAGE.as_bytes()),
        answer("http://news.example:8080/A.png", 200, &[("Content-Type", "image/png")], b"\x89PNG"),
    ]
}

fn keep(warc: &Path, answers: &[Fetched]) -> Vec<Place> {
    let asked = [("User-Agent".to_string(), "marsad-test".to_string())];
    let exchanges: Vec<Exchange> =
        answers.iter().map(|fetched| Exchange { fetched, asked: &asked, date: DATE }).collect();
    Keeper::open(warc, "marsad test", DATE).unwrap().keep(&exchanges).unwrap()
}

fn capture(warc: &Path, offset: u64, title: Option<&str>) -> Capture {
    Capture { warc: warc.to_path_buf(), offset, title: title.map(str::to_string), is_page: title.is_some() }
}

/// The captures of [`answers`], the first two in one file and the others in another.
fn captures(folder: &Path) -> Vec<Capture> {
    let answers = answers();
    let (a, b) = (folder.join("a.warc.gz"), folder.join("b.warc.gz"));
    let (first, second) = (keep(&a, &answers[..2]), keep(&b, &answers[2..]));
    vec![
        capture(&a, first[0].offset, None),
        capture(&a, first[1].offset, Some("انفجار عبوة في بعقوبة")),
        capture(&b, second[0].offset, Some("خبر")),
        capture(&b, second[1].offset, None),
    ]
}

fn packed(captures: &[Capture]) -> (Packed, Vec<u8>) {
    let mut out = Cursor::new(vec![]);
    let packed = write_wacz(&mut out, captures, &about()).unwrap();
    (packed, out.into_inner())
}

fn file(package: &[u8], name: &str) -> Vec<u8> {
    let mut zip = ZipArchive::new(Cursor::new(package)).unwrap();
    let mut bytes = vec![];
    zip.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

fn json(package: &[u8], name: &str) -> Value {
    serde_json::from_slice(&file(package, name)).unwrap()
}

/// Key, moment and fields of each line of the index.
fn index(package: &[u8]) -> Vec<(String, String, Value)> {
    let text = String::from_utf8(file(package, "indexes/index.cdx")).unwrap();
    let line = |line: &str| {
        let parts: Vec<&str> = line.splitn(3, ' ').collect();
        (parts[0].to_string(), parts[1].to_string(), serde_json::from_str(parts[2]).unwrap())
    };
    text.lines().map(line).collect()
}

fn number(fields: &Value, name: &str) -> usize {
    fields[name].as_str().unwrap().parse().unwrap()
}

fn sha256(bytes: &[u8]) -> String {
    let digits: String = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
    format!("sha256:{digits}")
}

/// The record of a packed member.
fn record(mut member: &[u8]) -> String {
    let mut bytes = vec![];
    GzDecoder::new(&mut member).read_to_end(&mut bytes).unwrap();
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn the_index_leads_to_each_record_as_it_was_kept() {
    let folder = tempfile::tempdir().unwrap();
    let (told, package) = packed(&captures(folder.path()));
    assert_eq!((told.captures, told.pages), (4, 2));
    let archive = file(&package, "archive/data.warc.gz");
    assert!(record(&archive).starts_with("WARC/1.1\r\nWARC-Type: warcinfo\r\n"));
    let lines = index(&package);
    let keys: Vec<&str> = lines.iter().map(|(key, _, _)| key.as_str()).collect();
    assert_eq!(
        keys,
        [
            "example,news)/%d8%ae%d8%a8%d8%b1?a=1&b=2",
            "example,news)/1",
            "example,news)/2023/1",
            "example,news:8080)/a.png"
        ]
    );
    let sources = [folder.path().join("a.warc.gz"), folder.path().join("b.warc.gz")].map(|p| std::fs::read(p).unwrap());
    for (key, moment, fields) in lines {
        let url = fields["url"].as_str().unwrap();
        let fetched = answers().into_iter().find(|fetched| fetched.url == url).unwrap();
        assert_eq!((key, moment.as_str()), (surt(url), "20230518100000"));
        assert_eq!(fields["status"], fetched.status.to_string());
        assert_eq!(fields["digest"], sha256(&fetched.raw));
        assert_eq!(fields["filename"], "data.warc.gz");
        let (offset, length) = (number(&fields, "offset"), number(&fields, "length"));
        let member = &archive[offset..offset + length];
        let head = format!("WARC-Target-URI: {url}\r\n");
        let text = record(member);
        assert!(text.contains("WARC-Type: response\r\n") && text.contains(&head), "{text}");
        assert!(sources.iter().any(|source| source.windows(length).any(|window| window == member)), "{url}");
        let request = record(&archive[offset + length..]);
        assert!(request.contains("WARC-Type: request\r\n") && request.contains(&head), "{request}");
    }
    let (_, _, redirect) = &index(&package)[1];
    assert_eq!((redirect.get("mime"), &redirect["status"]), (None, &Value::from("301")));
    assert_eq!(index(&package)[2].2["mime"], "text/html");
}

#[test]
fn the_manifest_has_the_hash_of_every_file() {
    let folder = tempfile::tempdir().unwrap();
    let (told, package) = packed(&captures(folder.path()));
    let mut zip = ZipArchive::new(Cursor::new(&package)).unwrap();
    let stored = zip.by_name("archive/data.warc.gz").unwrap().compression();
    assert_eq!(stored, CompressionMethod::Stored, "players read single records");
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    let manifest = json(&package, "datapackage.json");
    let mut listed: Vec<&str> = vec![];
    for resource in manifest["resources"].as_array().unwrap() {
        let path = resource["path"].as_str().unwrap();
        let bytes = file(&package, path);
        assert_eq!((&resource["hash"], &resource["bytes"]), (&sha256(&bytes).into(), &bytes.len().into()));
        listed.push(path);
    }
    assert_eq!(listed, ["archive/data.warc.gz", "indexes/index.cdx", "pages/pages.jsonl"]);
    assert_eq!(names, [&listed[..], &["datapackage.json", "datapackage-digest.json"]].concat());
    let said = ["profile", "wacz_version", "software", "title", "created"].map(|name| manifest[name].as_str().unwrap());
    assert_eq!(said, ["data-package", "1.1.1", "marsad test", "مصادر حادث بعقوبة", "2023-06-01T09:30:10Z"]);
    let digest = json(&package, "datapackage-digest.json");
    assert_eq!(digest["path"], "datapackage.json");
    assert_eq!(digest["hash"], sha256(&file(&package, "datapackage.json")));
    assert_eq!(digest["hash"], format!("sha256:{}", told.sha256));
}

#[test]
fn the_list_of_pages_names_those_to_begin_with() {
    let folder = tempfile::tempdir().unwrap();
    let (_, package) = packed(&captures(folder.path()));
    let text = String::from_utf8(file(&package, "pages/pages.jsonl")).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[0]["format"], "json-pages-1.0");
    let page = |line: &Value| ["url", "ts", "title"].map(|name| line[name].as_str().unwrap().to_string());
    assert_eq!(
        lines[1..].iter().map(page).collect::<Vec<_>>(),
        [
            ["http://news.example/%D8%AE%D8%A8%D8%B1?b=2&a=1", DATE, "خبر"],
            ["https://www.news.example/2023/1/", DATE, "انفجار عبوة في بعقوبة"],
        ]
    );
    assert_ne!(lines[1]["id"], lines[2]["id"]);
    let untitled: Vec<Capture> =
        captures(&folder.path().join(".")).into_iter().map(|c| Capture { title: None, is_page: true, ..c }).collect();
    let (told, package) = packed(&untitled);
    assert_eq!(told.pages, 4);
    assert!(!String::from_utf8(file(&package, "pages/pages.jsonl")).unwrap().contains("null"));
}

#[test]
fn the_same_captures_give_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let given = captures(folder.path());
    let package = packed(&given);
    let mut again: Vec<Capture> = given.iter().rev().cloned().collect();
    again.extend(given.iter().map(|c| Capture { title: None, is_page: false, ..c.clone() }));
    assert_eq!(packed(&again), package);
    // What is kept behind a capture, and where the file lies, is no part of it.
    let moved = tempfile::tempdir().unwrap();
    for name in ["a.warc.gz", "b.warc.gz"] {
        std::fs::copy(folder.path().join(name), moved.path().join(name)).unwrap();
        keep(&moved.path().join(name), &[answer("http://news.example/later", 200, &[], b"x")]);
    }
    let elsewhere = |c: &Capture| Capture { warc: moved.path().join(c.warc.file_name().unwrap()), ..c.clone() };
    assert_eq!(packed(&given.iter().map(elsewhere).collect::<Vec<_>>()), package);
}

#[test]
fn a_package_is_read_as_a_web_archive() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.wacz");
    std::fs::write(&path, packed(&captures(folder.path())).1).unwrap();
    let mut read = vec![];
    for item in articles(path.to_str().unwrap()).unwrap() {
        match item {
            Item::Article(article) => read.push((article.source.clone(), article.opened().unwrap().text)),
            // The redirect and the picture; the package's own lists are no articles and not spoken of.
            Item::Skipped(skipped) => assert_eq!(skipped.code, "no_page", "{skipped:?}"),
        }
    }
    let urls: Vec<&str> = read.iter().map(|(url, _)| url.as_str()).collect();
    assert_eq!(urls, ["https://www.news.example/2023/1/", "http://news.example/%D8%AE%D8%A8%D8%B1?b=2&a=1"]);
    assert!(read.iter().all(|(_, text)| text.contains("انفجرت عبوة ناسفة")));
}

/// A crash between an answer and its request leaves the answer.
#[test]
fn an_answer_without_its_request_is_packed_alone() {
    let folder = tempfile::tempdir().unwrap();
    let warc = folder.path().join("a.warc.gz");
    let place = keep(&warc, &answers()[1..2])[0];
    let given = [capture(&warc, place.offset, None)];
    let end = place.offset + place.length;
    let lengths = [std::fs::metadata(&warc).unwrap().len(), end + 9, end].map(|length| {
        cut(&warc, length).unwrap();
        file(&packed(&given).1, "archive/data.warc.gz").len()
    });
    assert!(lengths[0] > lengths[1] && lengths[1] == lengths[2], "{lengths:?}");
    cut(&warc, end - 1).unwrap();
    assert!(matches!(write_wacz(Cursor::new(vec![]), &given, &about()), Err(WaczError::Capture { .. })));
}

#[test]
fn what_cannot_be_packed_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let given = captures(folder.path());
    let error =
        |captures: &[Capture], about: &About| write_wacz(Cursor::new(vec![]), captures, about).expect_err("no package");
    assert_eq!(error(&[], &about()).code(), "nothing_to_pack");
    for created in ["yesterday", "1979-12-31T23:59:59Z", "2108-01-01T00:00:00Z"] {
        let error = error(&given, &About { created: created.to_string(), ..about() });
        assert!(error.code() == "bad_date" && error.to_string().contains(created), "{error}");
    }
    let astray = Capture { offset: given[1].offset + 1, ..given[1].clone() };
    let gone = Capture { warc: folder.path().join("gone.warc.gz"), ..given[1].clone() };
    for (capture, hint) in [(astray, "damaged"), (gone, "copy")] {
        let named = format!("{}: no capture can be packed from byte {}", capture.warc.display(), capture.offset);
        let error = error(&[capture], &about());
        assert!(error.code() == "bad_capture" && error.to_string().starts_with(&named), "{error}");
        assert!(error.hint().contains(hint), "{}", error.hint());
    }
    let full = write_wacz(Cursor::new(&mut [0; 64][..]), &given, &about()).expect_err("no room");
    let late = write_wacz(Late(Cursor::new(vec![])), &given, &about()).expect_err("no room");
    assert_eq!([full.code(), late.code()], ["unwritten"; 2]);
}

/// A disk whose lack of room shows only when the buffer is emptied.
struct Late(Cursor<Vec<u8>>);

impl Write for Late {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Err(io::ErrorKind::StorageFull.into())
    }
}

impl Seek for Late {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.seek(to)
    }
}

/// The official validator, warcio at the places of the index, and another program's index of the same records.
#[test]
fn other_programs_agree() {
    const CHECK: &str = r#"
import io, json, sys, zipfile
from cdxj_indexer.main import CDXJIndexer
from wacz.main import main
from warcio.archiveiterator import ArchiveIterator
assert main(['validate', '-f', sys.argv[1]]) == 0
package = zipfile.ZipFile(sys.argv[1])
lines = [line.split(' ', 2) for line in package.read('indexes/index.cdx').decode().splitlines()]
for key, moment, fields in lines:
    fields = json.loads(fields)
    stream = io.BytesIO(package.read('archive/' + fields['filename'])[int(fields['offset']):])
    found = ArchiveIterator(stream, check_digests='raise')
    record = next(found)
    record.content_stream().read()
    assert record.rec_type == 'response' and record.rec_headers['WARC-Target-URI'] == fields['url'], fields
    assert record.rec_headers['WARC-Payload-Digest'] == fields['digest'], fields
    request = next(found)
    assert request.rec_type == 'request' and found.get_record_offset() == int(fields['length']), fields
for record in ArchiveIterator(package.open('archive/data.warc.gz'), check_digests='raise'):
    record.content_stream().read()
package.extract('archive/data.warc.gz', sys.argv[2])
theirs = io.StringIO()
CDXJIndexer(theirs, [sys.argv[2] + '/archive/data.warc.gz'], sort=True, records='response').process_all()
theirs = [line.split(' ', 2) for line in theirs.getvalue().splitlines()]
parsed = lambda lines: [(key, moment, json.loads(fields)) for key, moment, fields in lines]
assert parsed(theirs) == parsed(lines), (theirs, lines)
"#;
    let peer = std::env::var_os("MARSAD_PEERS").map(PathBuf::from).filter(|p| p.is_file());
    let has_them = |python: &PathBuf| {
        Command::new(python).args(["-c", "import wacz, warcio, cdxj_indexer"]).output().unwrap().status.success()
    };
    let Some(python) = peer.filter(has_them) else {
        println!("nothing to compare with: set MARSAD_PEERS to a python3 that has wacz (make peers)");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.wacz");
    std::fs::write(&path, packed(&captures(folder.path())).1).unwrap();
    let out = Command::new(python).args(["-c", CHECK]).arg(&path).arg(folder.path()).output().unwrap();
    let said = [out.stdout, out.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    assert!(out.status.success() && said.contains("the passed WACZ is valid"), "{said}");
}
