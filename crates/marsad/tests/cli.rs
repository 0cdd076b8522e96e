//! Does the command do what its help says, also when the input is bad?
//!
//! Runs the real binary. Each test names what a user would have done.

mod common;

use common::{Bench, examples};
use serde_json::Value;

const ATTACK: &str =
    "انفجرت سيارة مفخخة اليوم الأحد في مدينة الصدر شرقي بغداد، ما أدى إلى مقتل سبعة أشخاص وإصابة 15 آخرين.";

#[test]
fn extract_prints_one_reading_a_document_in_order() {
    let ran = Bench::new().marsad(&["extract", &examples()]).ends_with(0).says(&["14 read", "0 skipped"]);
    let sources: Vec<String> =
        ran.json().iter().map(|r| r["document"]["source"].as_str().unwrap().to_string()).collect();
    assert_eq!(sources.len(), 14);
    assert!(sources.is_sorted());
}

#[test]
fn extract_reads_standard_input_with_a_given_date_and_outlet() {
    let args = ["extract", "-", "--published", "2022-01-16", "--outlet", "Example Daily"];
    let reading = Bench::new().run(&args, ATTACK).ends_with(0).json().remove(0);
    assert_eq!(reading["document"]["published"]["earliest"], "2022-01-16");
    assert_eq!(reading["document"]["outlet"]["value"], "Example Daily");
    let line = serde_json::json!({"id": "a1", "text": ATTACK, "published": "2022-01-16"}).to_string();
    let reading = Bench::new().run(&["extract", "-", "--published", "2001-01-01"], &line).ends_with(0).json().remove(0);
    assert_eq!(reading["document"]["id"], "a1");
    assert_eq!(reading["document"]["published"]["earliest"], "2022-01-16", "the article's own date wins");
}

#[test]
fn a_page_is_told_in_its_own_places_and_kept_as_it_was() {
    let bench = Bench::new();
    let page = format!(
        "<html><head><meta charset=utf-8><link rel=canonical href=\"https://a.example/2022/01/16/x\"></head><body><nav><a href=/>الرئيسية</a></nav>\
         <h1>انفجار في مدينة الصدر</h1><p>{}</p><aside>مقتل 40 شخصا في تفجير آخر</aside></body></html>",
        ATTACK.replace("سبعة أشخاص", "<b>سبعة</b>&nbsp;أشخاص")
    );
    let file = bench.file("page.html", &page);
    let reading = bench.marsad(&["extract", &file]).ends_with(0).json().remove(0);
    assert_eq!(reading["document"]["published"]["earliest"], "2022-01-16");
    let killed = &reading["incidents"][0]["casualties"]["killed"];
    assert_eq!(killed["value"], 7);
    let span = &killed["evidence"][0];
    let (start, end) = (span["start"].as_u64().unwrap() as usize, span["end"].as_u64().unwrap() as usize);
    let quoted: String = page.chars().skip(start).take(end - start).collect();
    assert_eq!(span["exact"], quoted);
    assert!(quoted.contains("<b>سبعة</b>&nbsp;أشخاص"), "{quoted}");
    bench.marsad(&["ingest", &file]).ends_with(0).says(&["1 new"]);
    bench.marsad(&["ingest", &file]).ends_with(0).says(&["1 unchanged"]);
}

#[test]
fn everything_skipped_is_a_line_of_the_report() {
    let bench = Bench::new();
    let lines: String = (0..30).map(|_| "not json\n").collect();
    bench.file("in/a.jsonl", format!("{lines}{{\"text\":\"{ATTACK}\"}}\n"));
    bench.file("in/b.warc", "WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 9999\r\n\r\ncut off");
    let report = bench.path("report.jsonl");
    let folder = bench.path("in").to_string_lossy().into_owned();
    bench.marsad(&["extract", &folder, "--report", &report.to_string_lossy()]).ends_with(3).says(&["1 read"]);
    let rows: Vec<Value> =
        std::fs::read_to_string(report).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(rows.iter().filter(|r| r["code"] == "bad_json").count(), 30, "all, not the twenty that are shown");
    let record = rows.iter().find(|r| r["code"] == "bad_record").unwrap();
    assert!(record["source"].as_str().unwrap().ends_with("b.warc@0"), "{record}");
    assert!(record["message"].as_str().unwrap().contains("cut off"), "{record}");
}

#[test]
fn explain_prints_a_tree_and_no_json() {
    let ran = Bench::new().run(&["extract", "--explain", "-"], ATTACK).ends_with(0);
    assert!(ran.out.contains("├─ ") || ran.out.contains("└─ "), "{}", ran.out);
    assert!(!ran.out.contains("\"schema\""));
}

#[test]
fn ingest_twice_changes_nothing() {
    let bench = Bench::new();
    bench.marsad(&["ingest", &examples()]).ends_with(0).says(&["14 new"]);
    let before = bench.marsad(&["export", "--as", "ndjson"]).ends_with(0).out;
    bench.marsad(&["ingest", &examples()]).ends_with(0).says(&["0 new", "0 changed", "14 unchanged", "0 of them new"]);
    assert_eq!(bench.marsad(&["export", "--as", "ndjson"]).out, before);
    assert!(!before.is_empty());
}

#[test]
fn the_store_in_the_folder_is_no_article() {
    let bench = Bench::new();
    bench.file("a.txt", ATTACK);
    bench.marsad(&["ingest", "."]).ends_with(0).says(&["1 new"]);
    bench.marsad(&["ingest", "."]).ends_with(0).says(&["0 new", "1 unchanged"]);
}

#[test]
fn the_same_bytes_are_the_same_document_wherever_they_come_from() {
    let bench = Bench::new();
    let file = bench.file("a.txt", ATTACK);
    let says = |args: &[&str], stdin: &str, words: &str| drop(bench.run(args, stdin).ends_with(0).says(&[words]));
    says(&["ingest", &file], "", "1 new");
    says(&["ingest", "-"], ATTACK, "0 changed, 1 unchanged");
    says(&["ingest", &bench.file("moved/b.txt", ATTACK)], "", "0 changed, 1 unchanged");
    says(&["ingest", "-", "--outlet", "Example Daily"], ATTACK, "1 changed");
    says(&["ingest", "-", "--outlet", "Example Daily"], ATTACK, "1 unchanged");
    says(&["ingest", "-", "--outlet", "Example Daily", "--published", "2022-01-16"], ATTACK, "1 changed");
    says(&["ingest", "-", "--outlet", "Example Daily", "--published", "2022-01-16"], ATTACK, "1 unchanged");
    says(&["ingest", &file], "", "1 changed");
}

#[test]
fn open_dates_are_listed_where_they_may_lie() {
    let bench = Bench::new();
    bench.run(&["ingest", "-", "--published", "2022-01-16"], ATTACK).ends_with(0);
    bench.run(&["ingest", "-"], "أصيب ثلاثة جنود بانفجار عبوة ناسفة قرب بعقوبة في محافظة ديالى.").ends_with(0);
    let types = |args: &[&str]| {
        let found = bench.marsad(&[&["list"], args].concat()).ends_with(0).json();
        found.iter().map(|i| i["type"].as_str().unwrap().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(types(&["--since", "2022-01", "--until", "2022"]), ["car_bomb", "ied"]);
    assert_eq!(types(&["--until", "2021-12-31"]), ["ied"]);
    assert_eq!(types(&["--since", "2022", "--dated"]), ["car_bomb"]);
    for wrong in ["2021-13-40", "yesterday"] {
        bench.marsad(&["list", "--since", wrong]).ends_with(2).says(&["write it as 2021-07-29, 2021-07 or 2021"]);
    }
}

#[test]
fn an_incident_is_shown_in_arabic_words() {
    let bench = Bench::new();
    bench.run(&["ingest", "-", "--published", "2022-01-16"], ATTACK).ends_with(0);
    let id = bench.marsad(&["list"]).json()[0]["id"].as_str().unwrap().to_string();
    let page = bench.marsad(&["show", &id, "--table", "--lang", "ar", "--sources"]).ends_with(0).out;
    for words in ["سيارة مفخخة", "، خبر", "خبر واحد، صوت مستقل واحد"] {
        assert!(page.contains(words), "{words} is missing in\n{page}");
    }
    let page = bench.marsad(&["show", &id, "--table", "--sources"]).ends_with(0).out;
    assert!(page.contains("1 report, 1 independent voice\n"), "{page}");
}

#[test]
fn list_filters_and_prints_json_or_a_table() {
    let bench = Bench::new();
    bench.marsad(&["ingest", &examples()]).ends_with(0);
    let all = bench.marsad(&["list"]).ends_with(0).json();
    let bombs = bench.marsad(&["list", "--type", "car_bomb"]).ends_with(0).json();
    assert!(!bombs.is_empty() && bombs.len() < all.len());
    assert!(bombs.iter().all(|b| b["type"] == "car_bomb"));
    assert_eq!(bench.marsad(&["list", "--limit", "2"]).json().len(), 2);
    let saudi = bench.marsad(&["list", "--country", "sa"]).json();
    assert!(saudi.iter().all(|i| i["place"]["country"] == "SA"));
    let near = bench.marsad(&["list", "--near", "33.3,44.4,30"]).json();
    assert!(near.iter().all(|i| i["place"]["point"].is_object()) && near.len() < all.len());
    let deadly = bench.marsad(&["list", "--killed", "7", "--since", "2022-01-01", "--until", "2022-12-31"]).json();
    assert!(deadly.iter().all(|i| i["casualties"]["killed"]["value"].as_u64() >= Some(7)));
    let within = bench.marsad(&["list", "--within", "iq"]).json();
    assert!(within.iter().all(|i| i["place"]["country"] == "IQ") && !within.is_empty());
    let table = bench.marsad(&["list", "--table"]).ends_with(0).out;
    assert_eq!(table.lines().count(), all.len() + 1);
    assert!(!table.contains('\u{2068}'), "files and pipes get no isolates");
}

#[test]
fn show_tells_sources_conflicts_and_reasons() {
    let bench = Bench::new();
    bench.marsad(&["ingest", &examples()]).ends_with(0);
    let incidents = bench.marsad(&["list"]).json();
    let most = incidents.iter().max_by_key(|i| i["tellings"].as_array().unwrap().len()).unwrap();
    let id = most["id"].as_str().unwrap();
    assert_eq!(&bench.marsad(&["show", id]).ends_with(0).json()[0], most);
    let page = bench.marsad(&["show", &id[..6], "--table", "--sources", "--conflicts", "--why"]).ends_with(0).out;
    for words in [id, "Sources:", "voice 1", "Conflicts", "points"] {
        assert!(page.contains(words), "{words} is missing in\n{page}");
    }
    bench.marsad(&["show", "m-nosuchid"]).ends_with(2).says(&["unknown_incident", "marsad list"]);
    bench.marsad(&["show", "'; DROP TABLE incidents"]).ends_with(2).says(&["unknown_incident"]);
}

#[test]
fn show_tells_which_voices_kept_two_incidents_apart() {
    let said = |killed, wounded| {
        [
            format!("انفجرت سيارة مفخخة في مطار أربيل يوم الاثنين 3 مايو 2021، وقتل {killed} أشخاص وأصيب {wounded}."),
            format!("قتل {killed} أشخاص وأصيب {wounded} آخرون بانفجار سيارة مفخخة في مطار أربيل، الاثنين 3 مايو 2021."),
            format!("تفجير سيارة مفخخة في مطار أربيل الاثنين 3 مايو 2021 يقتل {killed} أشخاص ويصيب {wounded}."),
        ]
    };
    let page = |texts: &[String], more: &[&str]| {
        let bench = Bench::new();
        let line = |(text, n): (&String, u32)| {
            serde_json::json!({"id": format!("d{n}"), "text": text, "published": "2021-05-03", "outlet": format!("Outlet {n}")})
                .to_string()
        };
        let lines: Vec<String> = texts.iter().zip(0..).map(line).collect();
        bench.marsad(&["ingest", &bench.file("articles.jsonl", lines.join("\n"))]).ends_with(0);
        let incidents = bench.marsad(&["list"]).json();
        let id = incidents[0]["id"].as_str().unwrap();
        (incidents.len(), bench.marsad(&[&["show", id, "--table", "--why"], more].concat()).ends_with(0).out)
    };
    let both = [said(5, 9), said(11, 21)].concat();
    let (count, english) = page(&both, &[]);
    assert_eq!(count, 2, "{english}");
    for words in ["kept apart although all pairs have a mean of", "killed: 6 voices, of which 3 at least would err"] {
        assert!(english.contains(words), "{words} is missing in\n{english}");
    }
    let arabic = page(&both, &["--lang", "ar"]).1;
    assert!(arabic.contains("القتلى: عدد الأصوات 6، ولو كانت الحادثتان واحدة لأخطأ منها 3 على الأقل"), "{arabic}");
    // One voice alone may err: then they are one incident, and nothing was kept apart.
    let (count, one) = page(&both[..4], &[]);
    assert!(count == 1 && !one.contains("kept apart although"), "{one}");
}

#[test]
fn export_writes_all_forms_and_files() {
    let bench = Bench::new();
    bench.marsad(&["ingest", &examples()]).ends_with(0);
    let count = bench.marsad(&["list"]).json().len();
    let csv = bench.marsad(&["export", "--as", "csv", "--bom"]).ends_with(0).out;
    assert!(csv.starts_with("\u{feff}id,type,"));
    let map: Value = serde_json::from_str(&bench.marsad(&["export", "--as", "geojson"]).out).unwrap();
    assert_eq!(map["features"].as_array().unwrap().len(), count);
    let file = bench.path("out.ndjson");
    let to = file.to_string_lossy().into_owned();
    assert_eq!(bench.marsad(&["export", "--as", "ndjson", "-o", &to]).ends_with(0).out, "");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), bench.marsad(&["list"]).out);
    bench.marsad(&["export", "--as", "ndjson", "--bom"]).ends_with(2).says(&["--bom"]);
    bench.marsad(&["export", "--as", "csv", "-o", "no/such/folder/x.csv"]).ends_with(2).says(&["no/such/folder/x.csv"]);
}

#[test]
fn doctor_reports_with_and_without_a_store() {
    let bench = Bench::new();
    let report = bench.marsad(&["doctor", "--json"]).json().remove(0);
    assert_eq!(report["store"], Value::Null);
    assert!(report["data"]["forms"].as_u64() > Some(1_000));
    bench.marsad(&["ingest", &examples()]).ends_with(0);
    let report = bench.marsad(&["doctor", "--json"]).json().remove(0);
    assert_eq!(report["store"]["rows"]["documents"], 14);
    assert_eq!(report["store"]["findings"], serde_json::json!([]));
    assert_eq!(report["store"]["stale_documents"], 0);
    let table = bench.marsad(&["doctor"]).out;
    assert!(table.starts_with("version  ") && !table.contains('{'), "a table also into a pipe: {table}");
}

#[test]
fn data_check_finds_and_names_what_is_wrong() {
    let bench = Bench::new();
    let entry = "[\"xx-bad\"]\nen = \"x\"\nar = \"كلـمة\"\n";
    bench.file("own/ar/words/own.toml", entry);
    let ran = bench.marsad(&["data", "check", "--data", "own"]).ends_with(1);
    assert!(ran.out.contains("ar/words/own.toml, line 3: [hygiene]"), "{}", ran.out);
    let findings = bench.marsad(&["data", "check", "--data", "own", "--json"]).ends_with(1).json();
    assert!(findings.iter().any(|f| f["kind"] == "hygiene" && f["file"] == "ar/words/own.toml"));
    bench.file("own/ar/words/own.toml", "[broken\n");
    bench.marsad(&["extract", &examples(), "--data", "own"]).ends_with(2).says(&["ar/words/own.toml", "data check"]);
}

#[test]
fn data_new_writes_entries_that_load() {
    let bench = Bench::new();
    let before = bench.marsad(&["data", "check"]);
    for kind in ["trigger", "place", "actor", "weapon", "outlet", "word"] {
        assert!(bench.marsad(&["data", "new", kind]).ends_with(0).out.starts_with("# "), "{kind}");
        let id = if kind == "place" { "iq/test/place".to_string() } else { format!("test-{kind}") };
        bench.marsad(&["data", "new", kind, &id, "--data", "own"]).ends_with(0).says(&["own/"]);
        bench.marsad(&["data", "new", kind, &id, "--data", "own"]).ends_with(2).says(&["duplicate"]);
    }
    let after = bench.marsad(&["data", "check", "--data", "own"]).ends_with(1);
    let (unfilled, others): (Vec<&str>, Vec<&str>) = after.out.lines().partition(|l| l.contains("[placeholder]"));
    assert_eq!(others.join("\n"), before.out.trim_end(), "new entries bring no other findings");
    assert!(unfilled.len() >= 6, "each kind has words to replace: {unfilled:?}");
    let types = bench.marsad(&["data", "new", "--types"]).ends_with(0).out;
    assert!(types.contains("mine_uxo            mine or unexploded ordnance"), "{types}");
    assert_eq!(bench.marsad(&["data", "new", "--types", "--lang", "ar", "--json"]).json()[0]["label"], "هجوم صاروخي");
    bench.marsad(&["data", "new"]).ends_with(2);
    bench.marsad(&["data", "new", "weapon", "Not an id"]).ends_with(2).says(&["bad_id"]);
}

#[test]
fn a_mistyped_path_is_an_error_and_makes_no_store() {
    let bench = Bench::new();
    bench.marsad(&["ingest", "no/such/file.txt"]).ends_with(2).says(&[
        "error[unreadable]",
        "no/such/file.txt",
        "what to do",
    ]);
    assert!(!bench.path("store").exists());
    bench.marsad(&["list"]).ends_with(2).says(&["not_a_store", "marsad ingest"]);
}

#[test]
fn a_vanished_file_does_not_stop_the_others() {
    let bench = Bench::new();
    let ran = bench.marsad(&["extract", "gone.txt", &examples()]).ends_with(3).says(&["gone.txt", "unreadable 1"]);
    assert_eq!(ran.json().len(), 14);
    bench.file("folder/a.txt", ATTACK);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("nowhere.txt", bench.path("folder/b.txt")).unwrap();
        let ran = bench.marsad(&["ingest", "folder"]).ends_with(3).says(&["b.txt", "unreadable 1", "1 new"]);
        assert!(!ran.err.contains("مفخخة"), "messages name files, not their words");
    }
}

#[test]
fn an_empty_file_and_an_empty_folder_are_said() {
    let bench = Bench::new();
    let empty = bench.file("empty.txt", "");
    bench.marsad(&["extract", &empty]).ends_with(3).says(&["empty.txt", "[empty]"]);
    std::fs::create_dir(bench.path("folder")).unwrap();
    bench.marsad(&["extract", "folder"]).ends_with(2).says(&["no_articles", "folder", ".jsonl"]);
    bench.marsad(&["ingest", "folder"]).ends_with(2).says(&["no_articles"]);
    bench.marsad(&["extract", &empty, &examples()]).ends_with(0).says(&["empty 1"]);
}

#[test]
fn bytes_that_are_no_utf8_are_read_or_skipped_but_never_fatal() {
    let bench = Bench::new();
    let mut bytes = ATTACK.as_bytes().to_vec();
    bytes.extend([0xff, 0xfe, b'\n']);
    let file = bench.file("broken.txt", &bytes);
    let ran = bench.marsad(&["extract", &file]).ends_with(0);
    assert_eq!(ran.json().len(), 1);
    let picture = bench.file("picture.txt", [0x89, b'P', b'N', b'G', 0, 0, 0, 1, 0, 0]);
    bench.marsad(&["extract", &picture]).ends_with(3).says(&["picture.txt", "not_text"]);
    bench.marsad(&["extract", &picture, &file]).ends_with(3).says(&["1 read", "not_text 1"]);
    let lines = bench.file("lines.jsonl", format!("{{\"text\": \"{ATTACK}\"}}\nnot json\n"));
    let ran = bench.marsad(&["extract", &lines]).ends_with(3).says(&["lines.jsonl:2", "bad_json"]);
    assert_eq!(ran.json().len(), 1);
}

#[test]
fn other_languages_are_counted_and_said() {
    let bench = Bench::new();
    let english = bench
        .file("en.txt", "A car bomb exploded in Baghdad on Sunday, killing seven people, officials said. ".repeat(5));
    let persian = bench.file(
        "fa.txt",
        "وزارت کشور اعلام کرد که در پی این حادثه هیچ گزارشی از تلفات دریافت نشده است و نیروهای پلیس به محل رفتند. "
            .repeat(5),
    );
    let ran = bench.marsad(&["extract", &english, &persian, &examples()]).ends_with(0);
    let ran = ran.says(&["en.txt", "fa.txt", "not_arabic 2"]);
    assert_eq!(ran.json().len(), 14);
}

#[test]
fn a_store_under_a_regular_file_is_an_error_that_names_it() {
    let bench = Bench::new();
    let file = bench.file("plain.txt", ATTACK);
    let store = format!("{file}/store");
    bench.marsad(&["ingest", &file, "--store", &store]).ends_with(2).says(&["plain.txt/store", "what to do"]);
    bench.marsad(&["list", "--store", &store]).ends_with(2).says(&["not_a_store"]);
}

#[test]
fn fifty_megabytes_on_one_line_do_not_stop_the_others() {
    let bench = Bench::new();
    let long = bench.file("long.txt", ATTACK.replace('.', "، ").repeat(50_000_000 / ATTACK.len()));
    let ran = bench.marsad(&["extract", &long, &examples()]).ends_with(3).says(&["long.txt", "too_long 1"]);
    assert_eq!(ran.json().len(), 14);
}

#[test]
fn an_article_of_a_hundred_kilobytes_is_read() {
    let bench = Bench::new();
    let quiet = "وقال المتحدث إن العمل جار في المدينة كما كان من قبل. ";
    let long = bench.file("long.txt", format!("{ATTACK}\n{}", quiet.repeat(100_000 / quiet.len())));
    let reading = bench.marsad(&["extract", &long]).ends_with(0).json().remove(0);
    assert_eq!(reading["incidents"][0]["type"], "car_bomb");
}

#[test]
fn wrong_usage_ends_with_two_and_arabic_is_spoken_on_request() {
    let bench = Bench::new();
    for args in [&["extract"][..], &["frobnicate"], &["list", "--type", "nonsense"], &["list", "--near", "1,2"]] {
        bench.marsad(args).ends_with(2);
    }
    bench.marsad(&["list", "--lang", "ar"]).ends_with(2).says(&["خطأ[not_a_store]", "ما العمل"]);
    assert_eq!(bench.marsad(&["extract", "--quiet", &examples()]).ends_with(0).err, "");
}

#[test]
fn cases_of_an_unknown_form_are_an_error_and_no_figure() {
    let bench = Bench::new();
    let (nothing, other) = (bench.file("nothing.jsonl", "\n"), bench.file("other.jsonl", r#"{"id": "x"}"#));
    let unlabelled = bench.file("labels.jsonl", r#"{"text": "x", "label": "perhaps"}"#);
    for kind in ["times", "places", "events"] {
        bench.marsad(&["eval", kind, &nothing]).ends_with(2).says(&["error[cases]", "nothing.jsonl: no cases"]);
        bench.marsad(&["eval", kind, &other]).ends_with(2).says(&[
            "other.jsonl, case 1",
            "what to do",
            "docs/commands.md",
        ]);
    }
    bench.marsad(&["eval", "events", &unlabelled]).ends_with(2).says(&["labels.jsonl, case 1", "difficult no"]);
}
