//! Which dates do the reports of an incident give one another?
//!
//! They stand under the values, apart from what the reports say themselves: which report leaves what open, which days
//! follow, and the words of the report from whose date they follow. Reports of which the same follows share a line.

use super::console::Console;
use super::quotes::Quotes;
use super::values;
use marsad_store::wire::{DerivedDate, Resolved};

/// So many of the basis' sentences are quoted.
const QUOTED_MAX: usize = 2;

/// The section, empty where nothing was concluded.
pub fn text(resolved: &Resolved, quotes: &Quotes, name_of: impl Fn(&str) -> String, console: &Console) -> String {
    let mut groups: Vec<(&DerivedDate, Vec<String>)> = vec![];
    for date in &resolved.derived_dates {
        let name = name_of(&date.document);
        match groups.iter_mut().find(|(first, _)| says_same(first, date)) {
            Some((_, names)) => names.push(name),
            None => groups.push((date, vec![name])),
        }
    }
    if groups.is_empty() {
        return String::new();
    }
    let mut out = format!("\n{}\n", console.say("section.derived", &[]));
    for (date, mut names) in groups {
        names.dedup();
        let mut basis: Vec<String> = date.basis.iter().map(|document| name_of(document)).collect();
        basis.dedup();
        let parts: [(&str, &dyn std::fmt::Display); 3] = [
            ("whom", &console.list(&names)),
            ("days", &values::span(&date.earliest, &date.latest)),
            ("basis", &console.list(&basis)),
        ];
        out += &format!("  {}\n", console.say(&format!("section.derived_{}", date.of), &parts));
        let sentences = date.evidence.iter().filter_map(|span| quotes.sentence(span, console));
        sentences.take(QUOTED_MAX).for_each(|sentence| out += &format!("    {sentence}\n"));
    }
    out
}

fn says_same(a: &DerivedDate, b: &DerivedDate) -> bool {
    (&a.of, &a.earliest, &a.latest, &a.basis) == (&b.of, &b.earliest, &b.latest, &b.basis)
}
