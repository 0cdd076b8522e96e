//! Is a saved page read as its article would be, and nothing else on it?
//!
//! The pages of `corpus/pages` are modelled on the layouts of real outlets, with
//! words of our own; their labels say what a visitor reads and when it was
//! published.

use assert_cmd::Command;
use marsad_ingest::{Ingester, RawArticle};
use marsad_model::{Reading, Retrieval, SegmentRole};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn the_own_pages_are_read_as_well_as_before() {
    let list = root().join("corpus/pages/pages.jsonl");
    let out = Command::cargo_bin("marsad").unwrap().args(["--json", "eval", "pages"]).arg(&list).output().unwrap();
    let figures: BTreeMap<String, Value> = String::from_utf8(out.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .map(|row| (row["figure"].as_str().unwrap().to_string(), row))
        .collect();
    let share = |figure: &str| figures[figure]["share"].as_f64().unwrap();
    assert!(share("body 0.90") == 1.0, "the worst page: {figures:#?}");
    assert!(share("body 0.97") >= 0.85, "more than the median page: {figures:#?}");
    assert!(share("date") == 1.0, "{figures:#?}");
    assert!(figures["told by the article"]["right"].as_u64().unwrap() > 200, "{figures:#?}");
}

/// Every page of the corpus, read.
fn readings() -> Vec<Reading> {
    let res = marsad::resources(None).unwrap();
    let (reader, ingester) = (marsad_extract::Reader::new(&res).unwrap(), Ingester::new(&res));
    let folder = root().join("corpus/pages");
    let rows = std::fs::read_to_string(folder.join("pages.jsonl")).unwrap();
    let read = |line: &str| {
        let row: Value = serde_json::from_str(line).unwrap();
        let told = |key: &str| row[key].as_str().map(str::to_string);
        let raw = std::fs::read(folder.join(told("file").unwrap())).unwrap();
        let retrieval = Retrieval { url: told("url"), content_type: told("content_type"), ..Retrieval::default() };
        let article = RawArticle::from_page(row["file"].as_str().unwrap(), raw, retrieval).unwrap();
        marsad::read_one(&reader, &ingester, article).unwrap()
    };
    rows.lines().map(read).collect()
}

#[test]
fn nothing_but_the_article_founds_an_incident() {
    for reading in readings() {
        let segments = &reading.document.segments;
        let role_at =
            |place: u32| segments.iter().find(|s| s.span.start <= place && place < s.span.end).map(|s| s.role);
        for incident in &reading.incidents {
            for evidence in incident.event.evidence() {
                let role = role_at(evidence.span.start).expect("evidence lies in a segment");
                let is_chrome = !role.tells_news() && !role.repeats_news();
                assert!(!is_chrome, "{}: {} stands in {}", reading.document.source, evidence.rule, role.name());
            }
        }
    }
}

#[test]
fn segments_of_a_page_are_in_order_and_hold_no_markup() {
    for reading in readings() {
        let text: Vec<char> = reading.document.text.chars().collect();
        let segments = &reading.document.segments;
        assert!(segments.windows(2).all(|w| w[0].span.end <= w[1].span.start), "{}", reading.document.source);
        for segment in segments.iter().filter(|s| s.role.tells_news()) {
            let told: String = text[segment.span.start as usize..segment.span.end as usize].iter().collect();
            assert!(!told.contains('<'), "{}: {told}", reading.document.source);
        }
        assert!(segments.iter().any(|s| s.role == SegmentRole::Body), "{}", reading.document.source);
    }
}

/// The sample articles between menus, related titles, comments and a footer of another year read as they do alone.
#[test]
fn an_article_reads_the_same_inside_a_page() {
    let res = marsad::resources(None).unwrap();
    let (reader, ingester) = (marsad_extract::Reader::new(&res).unwrap(), Ingester::new(&res));
    let mut compared = 0;
    for folder in [root().join("examples/articles"), root().join("../shared/gold/seeds")] {
        let Ok(files) = std::fs::read_dir(&folder) else { continue };
        let texts = files.map(|f| f.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "txt"));
        for path in texts {
            let text = std::fs::read_to_string(&path).unwrap();
            let plain = marsad::read_one(&reader, &ingester, RawArticle::from_text("a", &text)).unwrap();
            let page = RawArticle::from_page("a", page_around(&text).into_bytes(), Retrieval::default()).unwrap();
            let wrapped = marsad::read_one(&reader, &ingester, page).unwrap();
            assert_eq!(told(&plain), told(&wrapped), "{}", path.display());
            compared += 1;
        }
    }
    assert!(compared >= 14);
}

/// What a reading tells, without the places where it stands.
fn told(reading: &Reading) -> Vec<String> {
    let count = |q: &marsad_model::Quantity| (q.status, q.value, q.min, q.max);
    let incident = |i: &marsad_model::Incident| {
        let place = i.place.as_ref().map(|p| p.name_en.to_string());
        let (killed, wounded) = (count(&i.casualties.killed), count(&i.casualties.wounded));
        format!(
            "{:?} {:?} {:?} {:?} {place:?} {killed:?} {wounded:?}",
            i.event_type(),
            i.role,
            i.date.earliest,
            i.date.latest
        )
    };
    let mut out: Vec<String> = reading.incidents.iter().map(incident).collect();
    let tallies = reading.tallies.iter().map(|t| format!("{:?} {:?} {:?} {:?}", t.kind, count(&t.count), t.from, t.to));
    out.extend(tallies);
    out.push(format!("{:?} {:?}", reading.document.published.earliest, reading.document.published.latest));
    out
}

fn page_around(text: &str) -> String {
    let body: String =
        text.lines().map(|line| format!("<p>{}</p>\n", line.replace('&', "&amp;").replace('<', "&lt;"))).collect();
    format!(
        r#"<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>موقع إخباري</title></head><body>
        <header class="site-header"><nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/iraq">العراق</a></li></ul></nav>
        <div class="ticker">عاجل: مقتل 14 شخصا بانفجار سيارة مفخخة في مقديشو</div></header>
        <main><article class="post"><div class="post-content">{body}</div>
        <div class="share-buttons"><a href="/f">فيسبوك</a> <a href="/x">تويتر</a></div>
        <section class="related-posts"><h3>اقرأ أيضا</h3><ul><li><a href="/1">مقتل 30 جنديا بهجوم على معسكر في شبوة</a></li>
        <li><a href="/2">سقوط 9 صواريخ على مطار دمشق</a></li></ul></section></article>
        <section id="comments"><h3>التعليقات</h3><p>أبو محمد: يوم أمس قتل 12 شخصا بقصف على السوق عندنا في درعا والله المستعان على كل حال.</p></section></main>
        <aside class="sidebar"><h3>الأكثر قراءة</h3><ol><li><a href="/3">إصابة 7 أشخاص بانفجار عبوة في كركوك</a></li></ol></aside>
        <footer>جميع الحقوق محفوظة © 2024</footer></body></html>"#
    )
}
