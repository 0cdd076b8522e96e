//! How does an empty entry look, and in which file does it belong?
//!
//! One template a kind, in `templates/`; the words in them that a person must
//! replace are found again by `placeholders.rs`.

use super::args::Kind;

pub const KINDS: [Kind; 6] = [Kind::Trigger, Kind::Place, Kind::Actor, Kind::Weapon, Kind::Outlet, Kind::Word];

pub struct Template {
    pub id: &'static str,
    folder_or_file: &'static str,
    pub entry: &'static str,
}

impl Template {
    /// An outlet has a file of its own, a place its country's folder.
    pub fn file(&self, id: &str) -> String {
        let country = id.split('/').next().unwrap_or(id);
        self.folder_or_file.replace("{id}", id).replace("{country}", country)
    }
}

/// The template of a kind.
pub fn template(kind: Kind) -> Template {
    let (id, folder_or_file, entry) = match kind {
        Kind::Trigger => ("my-trigger", "ar/triggers/own.toml", include_str!("../../templates/trigger.toml")),
        Kind::Place => ("xx/region/place", "gazetteer/{country}/own.toml", include_str!("../../templates/place.toml")),
        Kind::Actor => ("my-actor", "ar/lexicon/actor/own.toml", include_str!("../../templates/actor.toml")),
        Kind::Weapon => ("my-weapon", "ar/lexicon/weapon.toml", include_str!("../../templates/weapon.toml")),
        Kind::Outlet => ("my-outlet", "outlets/{id}.toml", include_str!("../../templates/outlet.toml")),
        Kind::Word => ("my-word", "ar/words/own.toml", include_str!("../../templates/word.toml")),
    };
    Template { id, folder_or_file, entry }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_is_toml_with_the_id() {
        for kind in KINDS {
            let template = template(kind);
            let table: toml::Table = template.entry.replace("{id}", "ab").parse().unwrap();
            assert!(table.contains_key("ab"), "{kind:?}");
        }
    }
}
