//! Which articles come out of files, folders and lines, and what is skipped?

use marsad_ingest::{Item, RawArticle, articles, total_bytes};
use std::path::Path;

fn items(path: &Path) -> Vec<Item> {
    articles(path.to_str().unwrap()).unwrap().collect()
}

fn codes(items: &[Item]) -> Vec<&str> {
    items
        .iter()
        .map(|i| match i {
            Item::Article(_) => "article",
            Item::Skipped(s) => s.code,
        })
        .collect()
}

fn one(path: &Path) -> RawArticle {
    match items(path).remove(0) {
        Item::Article(a) => a,
        Item::Skipped(s) => panic!("{s:?}"),
    }
}

#[test]
fn a_text_is_kept_to_the_letter() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.txt");
    std::fs::write(&file, "سطر\r\n\u{a0}\nسطر ").unwrap();
    let a = one(&file);
    assert_eq!((a.text.as_str(), a.id, a.source.as_str()), ("سطر\r\n\u{a0}\nسطر ", None, file.to_str().unwrap()));
}

#[test]
fn a_folder_is_read_in_order_and_says_what_it_leaves_out() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    put("b.txt", "خبر".as_bytes());
    put("a.jsonl", "{\"text\":\"خبر\"}\nnot json\n\n[1]\n{\"title\":\"ع\"}\n{\"html\":\"<p>\"}\n".as_bytes());
    put("c.txt", b" \n");
    put("d.html", b"<p>");
    put("e.txt", b"PK\x03\x04");
    put("f.warc.gz", b"");
    put("g.json", b"{}");
    put(".hidden", b"x");
    let found = items(folder.path());
    let expected = [
        "article",
        "bad_json",
        "bad_json",
        "no_text",
        "article",
        "article",
        "empty",
        "article",
        "not_text",
        "empty",
        "unknown_format",
    ];
    assert_eq!(codes(&found), expected);
    let Item::Skipped(bad) = &found[1] else { panic!() };
    assert!(bad.source.ends_with("a.jsonl:2") && bad.message.contains("line 2"), "{bad:?}");
    let mut reading = articles(folder.path().to_str().unwrap()).unwrap();
    reading.by_ref().for_each(drop);
    assert_eq!(Some(reading.bytes_read()), total_bytes(folder.path().to_str().unwrap()));
}

#[test]
fn a_store_in_the_folder_is_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    let store_in = |dir: &Path| {
        std::fs::create_dir_all(dir.join("raw/ab")).unwrap();
        std::fs::write(dir.join("marsad.db"), "").unwrap();
        std::fs::write(dir.join("raw/ab/abcd"), "خبر").unwrap();
    };
    std::fs::create_dir(folder.path().join("raw")).unwrap();
    std::fs::write(folder.path().join("raw/a.txt"), "خبر").unwrap();
    store_in(&folder.path().join("marsad"));
    assert_eq!(codes(&items(folder.path())), ["article"], "a folder that is only named raw is none");
    let own = tempfile::tempdir().unwrap();
    store_in(own.path());
    std::fs::write(own.path().join("a.txt"), "خبر").unwrap();
    assert_eq!(codes(&items(own.path())), ["article"]);
}

#[test]
fn keys_of_crawlers_are_understood() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.ndjson");
    let line = |json: &str| {
        std::fs::write(&file, json).unwrap();
        one(&file)
    };
    let a = line(r#"{"id":"x","maintext":"خبر","date_publish":"2021-07-29 10:00:00","source_domain":"example.org"}"#);
    assert_eq!((a.id.as_deref(), a.outlet.as_deref()), (Some("x"), Some("example.org")));
    assert_eq!(a.published.unwrap().0.to_string(), "2021-07-29");
    let a = line(r#"{"url":"https://e.org/1","body":"خبر","published":"2022-08","source":{"name":"قناة"},"x":[1]}"#);
    assert_eq!((a.source.as_str(), a.outlet.as_deref()), ("https://e.org/1", Some("قناة")));
    assert_eq!(a.published.unwrap().1.to_string(), "2022-08-31");
    let a = line(r#"{"text":"خبر","published":"soon"}"#);
    assert_eq!((a.published, a.notes[0].code.as_str()), (None, "published_unreadable"));
    assert_eq!(a.raw, r#"{"text":"خبر","published":"soon"}"#.as_bytes());
}

#[test]
fn a_path_that_is_not_there_is_an_error() {
    let error = articles("/no/such/folder").err().unwrap();
    assert!(error.is_not_found() && error.to_string().contains("/no/such/folder"));
    assert_eq!(total_bytes("-"), None);
}
