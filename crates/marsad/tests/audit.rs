//! Are counts of many attacks laid beside one another as they were told, with their words?
//!
//! The real command on a few sentences.

use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

const TWENTY: (&str, &str) = (
    "april.txt",
    "بغداد - 23 أبريل 2021\nسقط صاروخ من نوع كاتيوشا الخميس على أرض خالية قرب بلد في محافظة صلاح الدين. وتعرضت المصالح الأمريكية في العراق لعشرين هجوما منذ تسلم الرئيس جو بايدن السلطة.",
);
const THIRTY: (&str, &str) = (
    "may.txt",
    "بغداد - 4 مايو 2021\nسقط صاروخان الثلاثاء على قاعدة عين الأسد في العراق. واستهدف نحو ثلاثين هجوما بعبوات ناسفة أو صواريخ المصالح الأمريكية في العراق منذ تسلم الرئيس جو بايدن السلطة.",
);
const TWELVE: (&str, &str) = (
    "later.txt",
    "بغداد - 20 مايو 2021\nسقط صاروخ الأربعاء قرب مطار بغداد. ووقع 12 هجوما في العراق منذ تسلم الرئيس جو بايدن السلطة.",
);
const SECOND: (&str, &str) =
    ("second.txt", "بغداد - 3 مايو 2021\nسقط صاروخ الإثنين على قاعدة بلد الجوية، وهو الهجوم الثاني خلال يومين.");
const FOURTH: (&str, &str) =
    ("fourth.txt", "بغداد - 5 مايو 2021\nسقط صاروخ الأربعاء قرب مطار أربيل، وهو الهجوم الرابع خلال أربعة أيام.");

fn marsad(store: &Path, args: &[&str]) -> String {
    let out = Command::new(env!("CARGO_BIN_EXE_marsad")).args(args).arg("--store").arg(store).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

/// What `audit` says of these articles: one object a tally, and the page for people.
fn audited(articles: &[(&str, &str)]) -> (Vec<Value>, String) {
    let folder = tempfile::tempdir().unwrap();
    let (texts, store) = (folder.path().join("texts"), folder.path().join("store"));
    std::fs::create_dir(&texts).unwrap();
    articles.iter().for_each(|(name, text)| std::fs::write(texts.join(name), text).unwrap());
    marsad(&store, &["ingest", texts.to_str().unwrap()]);
    let lines = marsad(&store, &["audit"]);
    (lines.lines().map(|l| serde_json::from_str(l).unwrap()).collect(), marsad(&store, &["audit", "--table"]))
}

fn of<'a>(audited: &'a [Value], file: &str) -> &'a Value {
    audited.iter().find(|a| a["source"].as_str().unwrap().ends_with(file)).unwrap()
}

#[test]
fn twenty_in_april_and_thirty_in_may_is_consistent() {
    let (audited, page) = audited(&[TWENTY, THIRTY]);
    let (april, may) = (of(&audited, TWENTY.0), of(&audited, THIRTY.0));
    assert_eq!((&april["agreement"], &may["agreement"]), (&json!("first"), &json!("consistent")));
    let compared = &may["compared"].as_array().unwrap()[..];
    assert_eq!(compared.len(), 1);
    assert_eq!((&compared[0]["relation"], &compared[0]["document"]), (&json!("grows"), &april["document"]));
    assert_eq!(compared[0]["claimed"], json!({"min": 20, "max": 20}));
    // Each rests on words that stand where the span says.
    for (tally, text) in
        [(&april["evidence"], TWENTY.1), (&compared[0]["evidence"], TWENTY.1), (&may["evidence"], THIRTY.1)]
    {
        for span in tally.as_array().unwrap() {
            let (start, end) = (span["start"].as_u64().unwrap() as usize, span["end"].as_u64().unwrap() as usize);
            let quoted: String = text.chars().skip(start).take(end - start).collect();
            assert_eq!(span["exact"], quoted.as_str());
        }
    }
    let grown: Vec<&str> = page.lines().skip_while(|l| !l.trim_start().starts_with("consistent")).take(2).collect();
    assert!(grown[0].contains("27–33") && grown[1].trim_start().starts_with("grows from"), "{page}");
    assert!(
        grown[1].contains("20") && grown[1].contains("2021-01-20 … 2021-04-23") && grown[1].contains(TWENTY.0),
        "{page}"
    );
}

#[test]
fn a_count_that_falls_contradicts_those_before() {
    let (audited, page) = audited(&[TWENTY, THIRTY, TWELVE]);
    let later = of(&audited, TWELVE.0);
    assert_eq!(later["agreement"], "contradicted");
    let relations: Vec<&Value> = later["compared"].as_array().unwrap().iter().map(|c| &c["relation"]).collect();
    assert_eq!(relations, ["falls", "falls"], "it counts all kinds, and so those of May too");
    assert!(page.contains("falls from"), "{page}");
}

#[test]
fn an_ordinal_goes_on_from_another_and_the_one_between_is_missed() {
    let (audited, page) = audited(&[SECOND, FOURTH]);
    let fourth = of(&audited, FOURTH.0);
    assert_eq!((&fourth["agreement"], &fourth["compared"][0]["relation"]), (&json!("consistent"), &json!("grows")));
    assert_eq!((&fourth["untold"], &fourth["missing"]), (&json!([3]), &json!(2)));
    assert!(page.contains("told by no count"), "{page}");
}

/// What the store lacks is said, and no agreement is made up.
#[test]
fn a_count_without_another_stands_alone() {
    let (found, page) = audited(&[THIRTY]);
    assert_eq!((&found[0]["agreement"], &found[0]["compared"]), (&json!("alone"), &json!([])));
    assert!(page.contains("no other count"), "{page}");
}
