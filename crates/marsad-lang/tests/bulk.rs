//! What do generated tables of places add, and what do they leave alone?

use marsad_lang::{Class, Resources, annotate};

/// The shipped data with one more table over it.
fn with_table(rows: &[&str]) -> Resources {
    let mut files = marsad_lang::testing::files();
    files.push(("gazetteer/bulk/test.tsv".to_string(), rows.join("\n")));
    Resources::load(&files).expect("the data loads")
}

fn places(res: &Resources, text: &str) -> Vec<String> {
    let a = annotate(res, text);
    let named = a.mentions.iter().filter(|m| a.class(m) == Class::Place);
    named.map(|m| a.entry(m).id.to_string()).collect()
}

const ROW: &str = "import/iq/1\tvillage\tiq/anbar\tTest\t33.5\t42.5\t3\t0\tزرقونة الشرقية|~زرقونة";

#[test]
fn a_row_is_a_place_with_parent_and_point() {
    let res = with_table(&["# a comment", ROW]);
    let id = res.gazetteer.find("import/iq/1").expect("the row is there");
    let place = res.gazetteer.get(id);
    assert_eq!((&*place.country, place.level), ("IQ", 4));
    assert_eq!(place.point.map(|p| p.accuracy_km), Some(3.0));
    assert_eq!(places(&res, "سقط صاروخ على زرقونة الشرقية"), ["import/iq/1"]);
}

#[test]
fn a_name_with_a_tilde_counts_where_a_place_is_expected() {
    let res = with_table(&[ROW]);
    assert_eq!(places(&res, "رأى زرقونة أمس"), Vec::<String>::new());
    assert_eq!(places(&res, "سقط صاروخ في زرقونة أمس"), ["import/iq/1"]);
}

#[test]
fn what_was_written_by_hand_stays() {
    let res = with_table(&["iq/anbar/ain-al-asad\tvillage\tiq\tWrong\t1\t1\t1\t0\tعين الأسد"]);
    let base = res.gazetteer.get(res.gazetteer.find("iq/anbar/ain-al-asad").expect("shipped"));
    assert_eq!(&*base.kind, "military_base");
}

#[test]
fn a_row_that_cannot_be_read_names_file_and_entry() {
    let mut files = marsad_lang::testing::files();
    files.push(("gazetteer/bulk/test.tsv".to_string(), "import/iq/1\tvillage\tiq".to_string()));
    let error = Resources::load(&files).err().expect("three cells are too few");
    assert!(error.to_string().contains("gazetteer/bulk/test.tsv") && error.to_string().contains("9"), "{error}");
}

#[test]
fn spaces_at_open_joints_and_hashtags_make_no_difference() {
    let res = with_table(&[]);
    let spaced = places(&res, "قصف على معرة النعمان");
    assert!(spaced.contains(&"sy/idlib/maarat-al-numan".to_string()), "{spaced:?}");
    for other in ["قصف على معرةالنعمان", "قصف على #معرة_النعمان", "قصف على مدينة #معرة_النعمان"]
    {
        assert_eq!(places(&res, other), spaced, "{other}");
    }
}
