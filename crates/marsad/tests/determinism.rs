//! Does the same input give the same bytes, whatever the threads and the order?

mod common;

use common::{Bench, examples, repository};

#[test]
fn threads_make_no_difference() {
    let bench = Bench::new();
    let one = bench.marsad(&["extract", "--mentions", "--threads", "1", &examples()]).ends_with(0);
    let two = bench.marsad(&["extract", "--mentions", "--threads", "2", &examples()]).ends_with(0);
    assert!(one.out == two.out, "one thread and two threads print different readings");
    assert_eq!(one.out.lines().count(), 14);
}

#[test]
fn the_order_of_the_articles_makes_no_difference() {
    let mut files: Vec<String> = std::fs::read_dir(examples())
        .unwrap()
        .map(|item| item.unwrap().path().to_string_lossy().into_owned())
        .collect();
    files.sort();
    let forwards = exported(&files, "1");
    files.reverse();
    assert_eq!(forwards, exported(&files, "2"), "backwards");
    files.rotate_left(5);
    assert_eq!(forwards, exported(&files, "2"), "from the middle");
}

/// With `--data` the tables are made from the files, without it they are part of the program.
#[test]
fn ready_made_tables_read_as_the_files_do() {
    let bench = Bench::new();
    let overlay = bench.path("empty");
    std::fs::create_dir(&overlay).unwrap();
    let overlay = overlay.to_string_lossy();
    for verb in [vec!["extract", "--mentions"], vec!["extract", "--explain"]] {
        let corpus = repository("corpus/ledes");
        let ready_made = bench.marsad(&[verb.as_slice(), &[&corpus]].concat()).ends_with(0);
        let from_files = bench.marsad(&[verb.as_slice(), &["--data", &overlay, &corpus]].concat()).ends_with(0);
        assert!(ready_made.out == from_files.out, "{verb:?}: the ready-made tables read otherwise than the files");
        assert!(ready_made.out.lines().count() >= 500);
    }
    let fingerprint = |args: &[&str]| bench.marsad(args).json()[0]["data"]["fingerprint"].clone();
    assert_eq!(fingerprint(&["doctor", "--json"]), fingerprint(&["doctor", "--json", "--data", &overlay]));
}

/// All three exports after one ingest of the files in this order.
fn exported(files: &[String], threads: &str) -> Vec<String> {
    let bench = Bench::new();
    let mut args = vec!["ingest", "--threads", threads];
    args.extend(files.iter().map(String::as_str));
    bench.marsad(&args).ends_with(0);
    ["csv", "geojson", "ndjson"].iter().map(|form| bench.marsad(&["export", "--as", form]).ends_with(0).out).collect()
}
