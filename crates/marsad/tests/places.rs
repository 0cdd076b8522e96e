//! Are lists of places from elsewhere read, laid over the gazetteer, and is reading measured against them?
//!
//! Each test writes the tiny file that a user would bring.

mod common;

use common::{Bench, Ran};
use std::io::Write;

/// One line of a country dump of GeoNames: id, name, other names, point, class, code, country, inhabitants.
fn dump_line(id: &str, name: &str, others: &str, (lat, lon): (&str, &str), code: (&str, &str), people: &str) -> String {
    let cells = [
        id,
        name,
        name,
        others,
        lat,
        lon,
        code.0,
        code.1,
        "IQ",
        "",
        "01",
        "",
        "",
        "",
        people,
        "",
        "50",
        "Asia/Baghdad",
        "2024-01-01",
    ];
    cells.join("\t")
}

fn dump() -> String {
    [
        dump_line("900001", "Zarqunah", "Zarquna,زرقونة", ("33.90", "42.10"), ("P", "PPL"), "7000"),
        dump_line("900002", "Wadi Mirjanun", "", ("33.10", "41.20"), ("H", "STM"), "0"),
        dump_line("900003", "Baghdad", "بغداد", ("33.34", "44.40"), ("P", "PPLC"), "7000000"),
        dump_line("900004", "Mirjanuniyah", "", ("32.10", "45.90"), ("P", "PPL"), "0"),
    ]
    .join("\n")
}

const ALTERNATES: &str = "1\t900004\tar\tمرجانونية\t1\n2\t900004\ten\tMirjanuniyah\n3\t900001\tar\tقرطاجونة\t\t\t\t1\n";

fn import(bench: &Bench, args: &[&str]) -> Ran {
    bench.marsad(&[&["data", "import-geonames"], args].concat())
}

fn rows(out: &str) -> Vec<Vec<String>> {
    out.lines().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').map(str::to_string).collect()).collect()
}

#[test]
fn a_dump_with_alternate_names_becomes_a_table() {
    let bench = Bench::new();
    let (dump, names) = (bench.file("IQ.txt", dump()), bench.file("alternateNamesV2.txt", ALTERNATES));
    let ran = import(&bench, &[&dump, "--alternate", &names]).ends_with(0);
    let rows = rows(&ran.out);
    let ids: Vec<&str> = rows.iter().map(|r| r[0].as_str()).collect();
    assert_eq!(ids, ["geonames/900001", "geonames/900004"], "Baghdad is in the gazetteer, a stream is no place");
    assert_eq!((rows[0][1].as_str(), rows[0][7].as_str(), rows[0][8].as_str()), ("town", "7000", "زرقونة"));
    assert_eq!(rows[1][8], "مرجانونية", "an Arabic name from the alternate names; historic ones are left out");
    assert!(rows.iter().all(|r| r[2] == "iq" || r[2].starts_with("iq/")));
    assert!(
        ran.err.contains("2 places; 2 lines left out") && ran.err.contains("in the gazetteer already"),
        "{}",
        ran.err
    );
}

#[test]
fn an_archive_is_read_like_the_table_in_it() {
    let bench = Bench::new();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(vec![]));
    for (name, text) in [("readme.txt", "about".to_string()), ("IQ.txt", dump())] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    let packed = bench.file("IQ.zip", zip.finish().unwrap().into_inner());
    let plain = bench.file("IQ.txt", dump());
    let (a, b) = (import(&bench, &[&packed]).ends_with(0), import(&bench, &[&plain]).ends_with(0));
    assert_eq!(rows(&a.out), rows(&b.out));
    let broken = bench.file("broken.zip", "no archive");
    import(&bench, &[&broken]).ends_with(2).says(&["error[import]", "broken.zip", "unpack it"]);
}

#[test]
fn a_list_with_headings_becomes_a_table_that_data_lays_over() {
    let bench = Bench::new();
    let list = "name_ar,name_en,cc,lat,lon,population,kind\n\
                قرية زرقونة,Zarqunah,IQ,33.90,42.10,,village\n\
                زرقونه,Zarquneh,IQ,33.91,42.11,1200,\n\
                المدينة,The City,IQ,33.0,43.0,,city\n\
                مرجانونة,Nowhere,IQ,far,43.0,,\n";
    let list = bench.file("list.csv", list);
    let table = bench.path("overlay/gazetteer/bulk/list.tsv");
    let ran = import(&bench, &[&list, "-o", table.to_str().unwrap()]).ends_with(0);
    ran.says(&["1 places; 3 lines left out", "told twice", "no latitude", "line 5"]);
    let rows = rows(&std::fs::read_to_string(&table).unwrap());
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0][1].as_str(), rows[0][7].as_str(), rows[0][8].as_str()), ("village", "1200", "زرقونة"));
    let overlay = bench.path("overlay").to_string_lossy().into_owned();
    let args = ["extract", "-", "--mentions", "--data", &overlay];
    let reading = bench.run(&args, "قتل جنديان في هجوم على قرية زرقونة في العراق.").ends_with(0).json().remove(0);
    assert_eq!(reading["incidents"][0]["place"]["id"].as_str(), Some(rows[0][0].as_str()));
}

#[test]
fn what_cannot_be_read_is_said_with_file_line_and_what_to_do() {
    let bench = Bench::new();
    let short = bench.file("IQ.txt", "900001\tZarqunah\n");
    import(&bench, &[&short]).ends_with(2).says(&["IQ.txt, line 1", "19 tab-separated columns", "what to do"]);
    let no_point = bench.file("XX.txt", dump().replace("33.90", "north"));
    import(&bench, &[&no_point]).ends_with(2).says(&["XX.txt, line 1", "latitude"]);
    let headless = bench.file("list.csv", "name,lat,lon\nx,1,2\n");
    import(&bench, &[&headless]).ends_with(2).says(&["list.csv, line 1", "no column name_ar", "name_ar,name_en,cc"]);
    let bytes = bench.file("bytes.txt", [0xff, 0xfe, b'\n']);
    import(&bench, &[&bytes]).ends_with(2).says(&["bytes.txt, line 1", "UTF-8"]);
    import(&bench, &["nowhere.zip"]).ends_with(2).says(&["error[io]", "nowhere.zip"]);
}

#[test]
fn headlines_and_posts_are_judged() {
    let bench = Bench::new();
    let titles = "ref,title_ar,place_ar,lat,lon\n\
                  a,غارة على مدينة سراقب بريف إدلب,سراقب,\"35°51'50.0\"\"N\",36.80\n\
                  b,غارة على مدينة سراقب بريف إدلب,سراقب,30.0,36.80\n\
                  c,زيارة بلا مكان,سراقب,30.0,36.80\n";
    let file = bench.file("titles.csv", titles);
    let refused = bench.file("refused.toml", "[wrong]\nwhy = \"the point is wrong\"\nids = [\"b\"]\n");
    let figures = bench.marsad(&["eval", "places", &file, "--refused", &refused]).ends_with(0).json();
    let of = |n: usize| ["right", "of", "refused"].map(|k| figures[n][k].as_u64().unwrap());
    assert_eq!((figures[0]["figure"].as_str().unwrap(), of(0)), ("headline within 10 km", [1, 2, 1]));

    let post = |mention: &str, start: usize, kind: &str, name: &str, point: (&str, &str)| {
        let end = start + mention.chars().count();
        let text = "أمطار مصرية على #حفر_الباطن في السعودية، وأخرى في مصر";
        serde_json::json!({"text": text, "mention": mention, "start": start, "end": end, "type": kind, "lat": point.0,
            "lon": point.1, "display_name": name, "country": if mention == "مصر" { "eg" } else { "sa" }})
        .to_string()
    };
    let posts = [
        post("حفر_الباطن", 17, "Province", "محافظة حفر الباطن, السعودية", ("28.08", "46.25")),
        post("السعودية", 31, "Country", "السعودية", ("25.6", "42.3")),
        // The letters at 6 are those of another word.
        post("مصر", 6, "Country", "مصر", ("26.2", "29.2")),
    ];
    let file = bench.file("posts.jsonl", posts.join("\n"));
    let figures = bench.marsad(&["eval", "places", &file]).ends_with(0).json();
    let shares: Vec<(&str, u64)> =
        figures.iter().map(|f| (f["figure"].as_str().unwrap(), f["right"].as_u64().unwrap())).collect();
    assert_eq!(shares, [("post within 20 km", 3), ("post, provinces by point", 2)]);
}
