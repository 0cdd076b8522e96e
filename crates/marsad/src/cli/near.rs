//! Which places may a person have meant who wrote an id that is none?
//!
//! Ids are compared by their last part, which names the place, and English names as if they were ids; what differs in
//! a few letters is near.

use marsad_lang::Gazetteer;

/// So many are named.
const NAMED_MAX: usize = 5;

/// Ids with the English name behind, the nearest first; among equals those that share more of the id's beginning.
pub fn near_places(gazetteer: &Gazetteer, id: &str) -> Vec<String> {
    let wanted = slug(id.rsplit('/').next().unwrap_or(id));
    let letters_off_max = wanted.chars().count() / 3;
    let far = |place: u32| {
        let record = gazetteer.get(place);
        let own = record.id.rsplit('/').next().unwrap_or(&record.id);
        let names = std::iter::once(&record.en).chain(&record.en_also).map(|name| slug(name));
        let off = names.chain([slug(own)]).map(|name| letters_off(&wanted, &name)).min()?;
        let shared = record.id.chars().zip(id.chars()).take_while(|(a, b)| a == b).count();
        (off <= letters_off_max).then_some((off, std::cmp::Reverse(shared), place))
    };
    let mut near: Vec<_> = (0..gazetteer.len() as u32).filter_map(far).collect();
    near.sort_by_key(|(off, shared, place)| (*off, *shared, gazetteer.get(*place).id.clone()));
    let named = near.into_iter().take(NAMED_MAX).map(|(_, _, place)| gazetteer.get(place));
    named.map(|record| format!("{} ({})", record.id, record.en)).collect()
}

/// As an id is written: small letters and digits, all else a hyphen.
fn slug(name: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    name.chars().map(plain).collect()
}

/// How many letters must be put in, taken out or changed to make one of the other.
fn letters_off(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let changed = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::letters_off;

    #[test]
    fn letters_are_counted() {
        assert_eq!(letters_off("mosul", "mosul"), 0);
        assert_eq!(letters_off("mousl", "mosul"), 2);
        assert_eq!(letters_off("", "mosul"), 5);
        assert_eq!(letters_off("al-qaim", "qaim"), 3);
    }
}
