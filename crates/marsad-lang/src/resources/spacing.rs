//! How else may the words of a place name be spaced?
//!
//! Where a letter does not join the next one, the eye sees no difference
//! between «معرة النعمان» and «معرةالنعمان», and writers leave the space out or
//! put one in («كفرنبل», «كفر نبل»). Both spellings of a name are known then.

/// The letters and first words that decide, from `ar/words/clitics.toml`.
#[derive(Default)]
pub(crate) struct Spacing {
    /// Letters that do not join the next one.
    pub unjoined: Vec<char>,
    /// First words of compound names that end in such a letter.
    pub heads: Vec<String>,
}

impl Spacing {
    /// The name with its open joints closed, or its first word set apart.
    pub fn other_spellings(&self, name: &str) -> impl Iterator<Item = String> + use<> {
        [self.closed(name), self.opened(name)].into_iter().flatten()
    }

    fn closed(&self, name: &str) -> Option<String> {
        let mut out = String::with_capacity(name.len());
        for word in name.split(' ') {
            if !out.is_empty() && !out.ends_with(self.unjoined.as_slice()) {
                out.push(' ');
            }
            out.push_str(word);
        }
        (out.len() < name.len()).then_some(out)
    }

    /// Behind the first word at least three letters must stand.
    fn opened(&self, name: &str) -> Option<String> {
        if name.contains(' ') {
            return None;
        }
        let split = self.heads.iter().find_map(|h| Some((h, name.strip_prefix(h.as_str())?)));
        split.filter(|(_, rest)| rest.chars().count() >= 3).map(|(head, rest)| format!("{head} {rest}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_joints_are_written_either_way() {
        let spacing = Spacing {
            unjoined: "اأإآدذرزوةى".chars().collect(), heads: vec!["كفر".into(), "دير".into()]
        };
        let check = |name: &str, expected: &[&str]| {
            assert_eq!(spacing.other_spellings(name).collect::<Vec<_>>(), expected, "{name}");
        };
        check("معرة النعمان", &["معرةالنعمان"]);
        check("كفرنبل", &["كفر نبل"]);
        check("دير الزور", &["ديرالزور"]);
        check("خان شيخون", &[]);
        check("كفرة", &[]);
    }
}
