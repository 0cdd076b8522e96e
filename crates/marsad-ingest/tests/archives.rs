//! Which articles come out of web archives, feeds, lists, messages and ZIP files, whole and damaged?

use flate2::Compression;
use flate2::write::GzEncoder;
use marsad_ingest::{Item, RawArticle, articles};
use std::io::Write;
use std::path::{Path, PathBuf};

const PAGE: &str = "<html><head><title>خبر</title></head><body><h1>انفجار عبوة في بعقوبة</h1><p>انفجرت عبوة ناسفة قرب دورية للشرطة شمال بعقوبة صباح الأربعاء وأصيب شرطيان بجروح.</p></body></html>";

fn put(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

fn items(path: &Path) -> Vec<Item> {
    articles(path.to_str().unwrap()).unwrap().collect()
}

/// What came out, a word an item: the source of an article, the code of what was skipped.
fn told(path: &Path) -> Vec<String> {
    let word = |item: Item| match item {
        Item::Article(article) => article.source,
        Item::Skipped(skipped) => skipped.code.to_string(),
    };
    items(path).into_iter().map(word).collect()
}

/// Codes of what was skipped without a word on what to do.
fn without_hint(path: &Path) -> Vec<&'static str> {
    let skipped = items(path).into_iter().filter_map(|item| match item {
        Item::Skipped(skipped) if skipped.hint.is_none() => Some(skipped.code),
        _ => None,
    });
    skipped.collect()
}

fn first(path: &Path) -> RawArticle {
    let found = items(path).into_iter().find_map(|item| if let Item::Article(a) = item { Some(a) } else { None });
    found.expect("an article").opened().expect("a page with text")
}

fn zipped(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(vec![], Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn record(kind: &str, url: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2023-05-18T10:00:00Z\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn response(headers: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 200 OK\r\n{headers}\r\n").as_bytes(), body].concat()
}

fn page_record(url: &str) -> Vec<u8> {
    record("response", url, &response("Content-Type: text/html; charset=utf-8\r\n", PAGE.as_bytes()))
}

#[test]
fn a_web_archive_is_read_record_by_record() {
    let folder = tempfile::tempdir().unwrap();
    let other = |status: &str| format!("HTTP/1.1 {status}\r\nContent-Type: text/html\r\n\r\n<p>x").into_bytes();
    let records = [
        record("warcinfo", "", b"software: a writer\r\n"),
        record("request", "https://a.example/1", b"GET / HTTP/1.1\r\n\r\n"),
        page_record("https://a.example/1"),
        record("response", "https://a.example/2", &response("Content-Type: image/png\r\n", b"\x89PNG")),
        record("response", "https://a.example/3", &other("404 Not Found")),
        page_record("https://a.example/4"),
    ];
    let plain = put(folder.path(), "a.warc", &records.concat());
    let expected = ["https://a.example/1", "no_page", "no_page", "https://a.example/4"];
    assert_eq!(told(&plain), expected);
    let members: Vec<u8> = records.iter().flat_map(|r| zipped(r)).collect();
    let packed = put(folder.path(), "b.warc.gz", &members);
    assert_eq!(told(&packed), expected);
    assert_eq!(told(&put(folder.path(), "c.warc.gz", &zipped(&records.concat()))), expected, "packed as a whole");
    let article = first(&packed);
    let retrieval = &article.retrieval;
    assert_eq!(retrieval.fetched.as_deref(), Some("2023-05-18T10:00:00Z"));
    assert_eq!(retrieval.content_type.as_deref(), Some("text/html; charset=utf-8"));
    let offset = retrieval.offset.unwrap() as usize;
    assert_eq!(&members[offset..offset + 2], [0x1f, 0x8b], "the member of the record begins there");
    assert_eq!(article.raw, PAGE.as_bytes());
    assert!(article.text.starts_with("انفجار عبوة في بعقوبة\n"));
    let offset = first(&plain).retrieval.offset.unwrap() as usize;
    assert!(records.concat()[offset..].starts_with(b"WARC/1.1"));
}

#[test]
fn a_damaged_record_costs_no_more_than_itself() {
    let folder = tempfile::tempdir().unwrap();
    let good = |n: u32| page_record(&format!("https://a.example/{n}"));
    let unsized_record = b"WARC/1.0\r\nWARC-Type: response\r\n\r\nno length\r\n\r\n".to_vec();
    let lying = String::from_utf8(good(9)).unwrap().replace("Content-Length: ", "Content-Length: 9").into_bytes();
    let garbage = b"\x00\x01garbage without any sense\n".to_vec();
    let plain = [good(1), unsized_record.clone(), good(2), garbage, good(3)].concat();
    let expected = ["https://a.example/1", "bad_record", "https://a.example/2", "bad_record", "https://a.example/3"];
    assert_eq!(told(&put(folder.path(), "a.warc", &plain)), expected);
    assert_eq!(told(&put(folder.path(), "b.warc", &[good(1), lying].concat())), ["https://a.example/1", "bad_record"]);

    let mut broken = zipped(&good(2));
    let middle = broken.len() / 2;
    broken[middle..middle + 20].fill(0xff);
    let packed = [zipped(&good(1)), broken, zipped(&good(3))].concat();
    let found = told(&put(folder.path(), "c.warc.gz", &packed));
    assert_eq!(
        (found.first().unwrap().as_str(), found.last().unwrap().as_str()),
        ("https://a.example/1", "https://a.example/3")
    );
    assert!(found.contains(&"bad_record".to_string()), "{found:?}");
    let cut = [zipped(&good(1)), zipped(&good(2))[..100].to_vec()].concat();
    assert_eq!(told(&put(folder.path(), "d.warc.gz", &cut)), ["https://a.example/1", "bad_record"]);
    for item in items(&put(folder.path(), "e.warc", &plain)) {
        let Item::Skipped(skipped) = item else { continue };
        assert!(skipped.source.contains("e.warc@") && skipped.hint.is_some(), "{skipped:?}");
    }
    assert_eq!(told(&put(folder.path(), "g.warc.gz", b"")), ["empty"]);
    for bytes in [&b"\x1f\x8b"[..], b"WARC/1.0", b"\r\n\r\n\r\n", b"\x1f\x8b\x08\x00\x00"] {
        assert!(told(&put(folder.path(), "f.warc.gz", bytes)).iter().all(|t| t == "bad_record"), "{bytes:?}");
    }
}

#[test]
fn headers_of_the_server_are_honoured() {
    let folder = tempfile::tempdir().unwrap();
    let (bytes, _, _) = encoding_rs::WINDOWS_1256.encode(PAGE);
    let chunks = |body: &[u8]| [format!("{:x}\r\n", body.len()).as_bytes(), body, b"\r\n0\r\n\r\n"].concat();
    let cases = [
        response("Content-Type: text/html; charset=windows-1256\r\n", &bytes),
        response("Content-Type: text/html\r\nContent-Encoding: gzip\r\n", &zipped(PAGE.as_bytes())),
        response("Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n", &chunks(PAGE.as_bytes())),
        response(
            "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
            &chunks(&zipped(PAGE.as_bytes())),
        ),
        response("", PAGE.as_bytes()),
    ];
    for (i, case) in cases.iter().enumerate() {
        let path = put(folder.path(), &format!("{i}.warc"), &record("response", "https://a.example/1", case));
        assert!(first(&path).text.contains("انفجرت عبوة ناسفة"), "case {i}");
    }
    let bomb = zipped(&vec![b' '; 80 << 20]);
    let path =
        put(folder.path(), "bomb.warc", &record("response", "u://b", &response("Content-Encoding: gzip\r\n", &bomb)));
    assert_eq!(told(&path), ["bad_record"]);
}

#[test]
fn feeds_give_an_article_an_entry() {
    let folder = tempfile::tempdir().unwrap();
    let rss = r#"<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
        <title>موقع الأخبار</title><item><title>قصف على &amp;quot;الحي&amp;quot;</title><link>https://a.example/1</link>
        <pubDate>Wed, 17 May 2023 23:30:00 +0300</pubDate><description>ملخص</description>
        <content:encoded><![CDATA[<p>سقطت <b>ثلاث</b> قذائف على الحي وأصيب مدنيان.</p>]]></content:encoded></item>
        <item><title>بلا نص</title></item></channel></rss>"#;
    let path = put(folder.path(), "a.xml", rss.as_bytes());
    let article = first(&path);
    assert_eq!((article.source.as_str(), article.outlet.as_deref()), ("https://a.example/1", Some("موقع الأخبار")));
    assert_eq!(article.published.unwrap().0.to_string(), "2023-05-17", "the day as it is written");
    assert!(article.text.contains("سقطت ثلاث قذائف"), "{}", article.text);
    assert!(article.retrieval.file.as_deref().unwrap().ends_with("a.xml"));
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>ق</title><id>x</id><updated>2023-05-17T10:00:00Z</updated><entry><id>1</id>
        <title>عنوان</title><link href="https://a.example/2"/><updated>2023-05-17T10:00:00+03:00</updated>
        <content type="html">&lt;p&gt;انفجرت عبوة&lt;/p&gt;</content></entry></feed>"#;
    assert!(first(&put(folder.path(), "b.atom", atom.as_bytes())).text.contains("انفجرت عبوة"));
    assert_eq!(told(&put(folder.path(), "c.xml", &rss.as_bytes()[..400])), ["bad_feed"]);
    let opml = r#"<opml version="2.0"><body><outline xmlUrl="https://a.example/feed"/></body></opml>"#;
    assert_eq!(told(&put(folder.path(), "d.opml", opml.as_bytes())), ["no_page"]);
    let entities = r#"<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
        <rss version="2.0"><channel><title>t</title><item><title>&c;</title><link>https://a.example/9</link></item></channel></rss>"#;
    let found = told(&put(folder.path(), "e.rss", entities.as_bytes()));
    assert!(found == ["bad_feed"] || found == ["https://a.example/9"], "{found:?}");
}

#[test]
fn exports_and_lists_are_read_as_a_stream() {
    let folder = tempfile::tempdir().unwrap();
    let export = r#"{"name":"قناة الخبر","type":"public_channel","id":1,"messages":[
        {"id":7,"type":"message","date":"2023-05-17T08:30:00","date_unixtime":"1684301400","text":["قصف على ",{"type":"hashtag","text":"\#درعا"}," وسقوط جرحى"]},
        {"id":8,"type":"service","date":"2023-05-17T09:00:00","text":""},
        {"id":9,"type":"message","date":"2023-05-18T08:30:00","forwarded_from":"قناة أخرى","text":"انفجار في إعزاز"}]}"#;
    let path = put(folder.path(), "result.json", export.replace("\\#", "#").as_bytes());
    let found = told(&path);
    assert_eq!((found.len(), found[1].as_str()), (3, "empty"));
    assert!(found[0].ends_with("result.json#7"));
    let article = first(&path);
    assert_eq!(article.text, "قصف على #درعا وسقوط جرحى");
    assert_eq!(
        (article.outlet.as_deref(), article.published.unwrap().0.to_string()),
        (Some("قناة الخبر"), "2023-05-17".into())
    );
    let list =
        r#"[{"url":"https://a.example/1","text":"خبر","date_publish":"2023-05-17"},3,{"html":"<p>خبر من صفحة</p>"}]"#;
    let found = told(&put(folder.path(), "list.json", list.as_bytes()));
    assert_eq!(found[..2], ["https://a.example/1", "bad_json"]);
    assert_eq!(told(&put(folder.path(), "cut.json", &list.as_bytes()[..75])), ["https://a.example/1", "bad_json"]);
    assert_eq!(told(&put(folder.path(), "other.json", b"{\"a\":1}")), ["unknown_format"]);
    assert_eq!(told(&put(folder.path(), "none.json", b"nothing")), ["bad_json"]);
    assert_eq!(without_hint(folder.path()), ["empty"]);
}

/// The lists of a package repeat its pages; a folder that only looks like one is read as it is.
#[test]
fn of_a_package_the_web_archives_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let told_of = |archive: &str| {
        let path = folder.path().join("a.wacz");
        let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
        let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        let pages = "{\"format\":\"json-pages-1.0\"}\n{\"url\":\"https://a.example/1\",\"text\":\"خبر\"}\n";
        let entries: [(&str, &[u8]); 3] = [
            (archive, &zipped(&page_record("https://a.example/1"))),
            ("datapackage.json", b"{}"),
            ("pages/pages.jsonl", pages.as_bytes()),
        ];
        for (name, bytes) in entries {
            zip.start_file(name, stored).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap();
        told(&path).len()
    };
    assert_eq!(told_of("archive/data.warc.gz"), 1);
    assert_eq!(told_of("data.warc.gz"), 4);
}

#[test]
fn pages_lie_in_lists_and_zip_files_and_messages() {
    let folder = tempfile::tempdir().unwrap();
    let line = serde_json::json!({"url": "https://a.example/1", "html": PAGE, "crawled_at": "2023-05-18"}).to_string();
    let path = put(folder.path(), "a.jsonl", format!("{line}\n").as_bytes());
    let article = first(&path);
    assert!(article.page.is_some() && article.text.contains("انفجرت"));
    assert_eq!((article.raw.as_slice(), article.retrieval.fetched.as_deref()), (line.as_bytes(), Some("2023-05-18")));
    assert_eq!(told(&put(folder.path(), "b.jsonl.gz", &zipped(line.as_bytes()))), ["https://a.example/1"]);

    let mut zip = zip::ZipWriter::new(std::fs::File::create(folder.path().join("c.zip")).unwrap());
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let packed = zip::write::SimpleFileOptions::default();
    let warc: Vec<u8> = zipped(&page_record("https://a.example/7"));
    let entries: [(&str, &[u8], _); 5] = [
        ("z/b.html", PAGE.as_bytes(), packed),
        ("a.txt", "خبر قصير".as_bytes(), packed),
        ("data.warc.gz", &warc, stored),
        ("__MACOSX/x.html", b"<p>x", packed),
        ("pic.png", b"\x89PNG", packed),
    ];
    for (name, bytes, options) in entries {
        zip.start_file(name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
    let found = told(&folder.path().join("c.zip"));
    assert!(found[0].ends_with("c.zip/a.txt") && found[3].ends_with("c.zip/z/b.html"), "{found:?}");
    assert_eq!(found[1..3], ["https://a.example/7", "unknown_format"]);
    let whole = std::fs::read(folder.path().join("c.zip")).unwrap();
    assert_eq!(told(&put(folder.path(), "d.zip", &whole[..whole.len() / 2])), ["bad_archive"]);
    // One byte of a packed entry is damaged: the others are read, and it is said what to do.
    let mut hurt = whole.clone();
    hurt[60] ^= 0xff;
    let hurt = put(folder.path(), "e.zip", &hurt);
    assert_eq!(told(&hurt)[1..3], ["https://a.example/7", "unknown_format"]);
    assert!(without_hint(folder.path()).is_empty());

    let mail = format!(
        "From: \"نشرة\" <a@a.example>\r\nDate: Wed, 17 May 2023 10:00:00 +0300\r\nSubject: x\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/html; charset=utf-8\r\n\r\n{PAGE}\r\n"
    );
    let article = first(&put(folder.path(), "e.eml", mail.as_bytes()));
    assert_eq!(article.published.unwrap().0.to_string(), "2023-05-17");
    assert!(article.text.contains("انفجرت عبوة"));
    let saved = format!(
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://a.example/2023/05/17/x\r\nSubject: x\r\nDate: Thu, 1 Jan 2026 10:00:00 -0000\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{PAGE}\r\n--b--\r\n"
    );
    let article = first(&put(folder.path(), "f.mhtml", saved.as_bytes()));
    assert_eq!((article.published, article.source.as_str()), (None, "https://a.example/2023/05/17/x"));
}

#[test]
fn a_line_of_a_hundred_megabytes_is_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    let mut file = std::fs::File::create(folder.path().join("a.jsonl")).unwrap();
    file.write_all(b"{\"text\":\"").unwrap();
    (0..100).for_each(|_| file.write_all(&[b'x'; 1 << 20]).unwrap());
    file.write_all("\"}\n{\"url\":\"https://a.example/1\",\"text\":\"خبر\"}\n".as_bytes()).unwrap();
    assert_eq!(told(&folder.path().join("a.jsonl")), ["too_long", "https://a.example/1"]);
}

/// The archives of an independent writer, where it is installed: `make peers` puts it beside the build.
#[test]
fn archives_of_other_writers_are_read() {
    let Some(python) = std::env::var_os("MARSAD_PEERS").map(PathBuf::from).filter(|p| p.is_file()) else {
        println!("nothing to compare with: set MARSAD_PEERS to a python3 that has warcio (make peers)");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "page.html", PAGE.as_bytes());
    let script = r#"
import sys, io
from warcio.warcwriter import WARCWriter
from warcio.statusandheaders import StatusAndHeaders
page = open(sys.argv[1], 'rb').read()
for name, packed, version in (('a.warc.gz', True, '1.0'), ('b.warc', False, '1.1')):
    with open(sys.argv[2] + '/' + name, 'wb') as out:
        writer = WARCWriter(out, gzip=packed, warc_version=version)
        writer.write_record(writer.create_warcinfo_record(name, {'software': 'a test'}))
        for i in range(3):
            head = StatusAndHeaders('200 OK', [('Content-Type', 'text/html; charset=utf-8')], protocol='HTTP/1.1')
            url = f'https://peer.example/{i}'
            writer.write_record(writer.create_warc_record(url, 'response', payload=io.BytesIO(page), http_headers=head))
        writer.write_record(writer.create_warc_record('https://peer.example/r', 'resource', payload=io.BytesIO(page), warc_content_type='text/html'))
"#;
    let page = folder.path().join("page.html");
    let status =
        std::process::Command::new(python).args(["-c", script]).arg(&page).arg(folder.path()).status().unwrap();
    assert!(status.success());
    let expected =
        ["https://peer.example/0", "https://peer.example/1", "https://peer.example/2", "https://peer.example/r"];
    for name in ["a.warc.gz", "b.warc"] {
        let path = folder.path().join(name);
        assert_eq!(told(&path), expected, "{name}");
        assert_eq!(first(&path).raw, PAGE.as_bytes());
    }
}

/// What `wget` archives of a server on this machine, where it is installed.
#[test]
fn archives_of_wget_are_read() {
    use std::io::Read;
    if std::process::Command::new("wget").arg("--version").output().is_err() {
        println!("nothing to compare with: wget is not installed");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let server = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/2023/05/17/story", server.local_addr().unwrap());
    let serving = std::thread::spawn(move || {
        let (mut client, _) = server.accept().unwrap();
        let _ = client.read(&mut [0; 4096]).unwrap();
        let body = format!("{:x}\r\n{PAGE}\r\n0\r\n\r\n", PAGE.len());
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
        client.write_all(format!("{head}{body}").as_bytes()).unwrap();
    });
    let archive = folder.path().join("w");
    let out = folder.path().join("out");
    let status = std::process::Command::new("wget")
        .args(["-q", "--no-proxy", "--warc-file"])
        .arg(&archive)
        .arg("-O")
        .arg(&out)
        .arg(&address)
        .status()
        .unwrap();
    serving.join().unwrap();
    assert!(status.success());
    let article = first(&folder.path().join("w.warc.gz"));
    assert_eq!(article.source, address);
    assert!(article.text.contains("انفجرت عبوة ناسفة"), "{}", article.text);
}
