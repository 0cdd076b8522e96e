//! Do the data files keep their own rules?
//!
//! Hygiene (invisible corruption that no eye sees), duplicates, and the
//! examples of every rule, run as tests. Every finding names file and entry,
//! what was expected and what came.

use crate::annotate::annotate;
use crate::pattern::Pattern;
use crate::resources::Resources;

/// One thing that is wrong with the data.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    pub file: String,
    pub entry: String,
    /// `hygiene`, `duplicate`, `expect`, `reject`, `load`.
    pub kind: &'static str,
    pub message: String,
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, {}: [{}] {}", self.file, self.entry, self.kind, self.message)
    }
}

/// What was looked at, for the closing line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub files: usize,
    pub entries: usize,
    pub forms: usize,
    pub places: usize,
    pub rules: usize,
    pub examples: usize,
}

/// Checks hygiene and runs all examples. Findings come sorted by file.
pub fn check(files: &[(String, String)]) -> (Vec<Finding>, Summary) {
    let mut findings: Vec<Finding> = files.iter().flat_map(|(name, text)| hygiene(name, text)).collect();
    let mut summary = Summary { files: files.len(), ..Summary::default() };
    match Resources::load(files) {
        Err(e) => findings.push(Finding {
            file: e.file().to_string(),
            entry: e.entry().to_string(),
            kind: "load",
            message: e.message().to_string(),
        }),
        Ok(res) => {
            summary.entries = res.lexicon.entry_count();
            summary.forms = res.lexicon.form_count();
            summary.places = res.gazetteer.len();
            for rule in rules(&res) {
                summary.rules += 1;
                summary.examples += examples(&res, &rule, &mut findings);
            }
        }
    }
    findings.sort();
    (findings, summary)
}

fn hygiene(name: &str, text: &str) -> Vec<Finding> {
    // The fold table must name the very letters that are refused elsewhere.
    if name == "ar/fold.toml" {
        return vec![];
    }
    let mut out = vec![];
    for (number, line) in text.lines().enumerate() {
        let mut report = |kind, message: String| {
            out.push(Finding { file: name.to_string(), entry: format!("line {}", number + 1), kind, message });
        };
        for c in line.chars() {
            if let Some(what) = forbidden(c) {
                report("hygiene", format!("{what} (U+{:04X}): write the plain letter", c as u32));
            }
        }
        if let Some(word) = mixed_script_word(line) {
            report("hygiene", format!("{word:?} mixes Arabic and Latin letters in one word"));
        }
        if name.ends_with(".toml") && !line.trim_start().starts_with('#') && latin_after_arabic(line) {
            report("hygiene", "Arabic must come last on its line, or editors show it in the wrong order".to_string());
        }
    }
    out
}

fn forbidden(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => "Arabic presentation form",
        '\u{640}' => "tatweel",
        '\u{64b}'..='\u{652}' | '\u{670}' => "vowel sign",
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}' | '\u{feff}' => {
            "invisible direction or joining mark"
        }
        '\u{653}'..='\u{655}' => "combining hamza or madda: not in composed form (NFC)",
        _ => return None,
    })
}

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{64a}' | '\u{66e}'..='\u{6d3}')
}

fn mixed_script_word(line: &str) -> Option<&str> {
    line.split(|c: char| !c.is_alphabetic())
        .find(|w| w.chars().any(is_arabic) && w.chars().any(|c| c.is_ascii_alphabetic()))
}

/// Outside of comments, nothing Latin may follow an Arabic string on its line.
/// Inside one string both may stand, as in the names of bases and television stations.
fn latin_after_arabic(line: &str) -> bool {
    let code = line.split(" #").next().unwrap_or(line);
    let mut parts = code.split('"').enumerate();
    let arabic = parts.by_ref().any(|(i, part)| i % 2 == 1 && part.chars().any(is_arabic));
    arabic && parts.any(|(_, part)| part.chars().any(|c| c.is_ascii_alphabetic()))
}

/// A rule of whatever kind, as far as its examples go.
struct Rule<'r> {
    file: &'r str,
    id: &'r str,
    patterns: &'r [Pattern],
    /// The facts that are wanted, with the texts that must give them.
    expect: Vec<(&'r str, &'r [String])>,
    reject: &'r [String],
}

fn rules(res: &Resources) -> impl Iterator<Item = Rule<'_>> {
    let triggers = res.triggers.iter().map(|r| Rule {
        file: &r.file,
        id: &r.id,
        patterns: &r.patterns,
        expect: r.expect.iter().map(|(wanted, texts)| (wanted.as_str(), texts.as_slice())).collect(),
        reject: &r.reject,
    });
    let links = res.links.iter().map(|r| Rule {
        file: &r.file,
        id: &r.id,
        patterns: &r.patterns,
        expect: vec![("", &r.expect)],
        reject: &r.reject,
    });
    triggers.chain(links)
}

/// Runs the examples of one rule and returns how many there were.
fn examples(res: &Resources, rule: &Rule, findings: &mut Vec<Finding>) -> usize {
    let mut count = 0;
    let mut report = |kind, message: String| {
        findings.push(Finding { file: rule.file.to_string(), entry: rule.id.to_string(), kind, message });
    };
    for (wanted, texts) in &rule.expect {
        for text in *texts {
            count += 1;
            match read_example(res, rule, text) {
                None => report("expect", format!("{text:?} should match but did not")),
                Some(got) => {
                    for fact in wanted.split_whitespace().filter(|fact| !got.iter().any(|g| g == fact)) {
                        report("expect", format!("{text:?} should give {fact} but gave {}", got.join(" ")));
                    }
                }
            }
        }
    }
    for text in rule.reject {
        count += 1;
        if let Some(got) = read_example(res, rule, text) {
            report("reject", format!("{text:?} should not match but gave {}", got.join(" ")));
        }
    }
    count
}

/// The facts that a rule reads in an example: `role=id`, and `count=n` for the
/// weapon; `None` when it does not match.
fn read_example(res: &Resources, rule: &Rule, text: &str) -> Option<Vec<String>> {
    let a = annotate(res, text);
    for sentence in &a.sentences {
        for at in sentence.first..sentence.end {
            let Some(found) = rule.patterns.iter().find_map(|p| p.match_at(&a, at, sentence.end)) else { continue };
            let mut facts = vec![];
            for (role, index) in &found.roles {
                let m = &a.mentions[*index];
                facts.push(format!("{role}={}", a.best_entry(m).id));
                if let Some(n) = m.quantity.and_then(|q| q.value) {
                    facts.push(format!("count={n}"));
                }
            }
            return Some(facts);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_corruption_is_named() {
        let text = "[ten]\nar = \"\u{fecb}\u{feb8}\"\n";
        let findings = hygiene("ar/words/x.toml", text);
        assert!(findings.iter().all(|f| f.kind == "hygiene" && f.entry == "line 2"));
        assert_eq!(findings.len(), 2);
    }

    #[test]
    fn arabic_comes_last() {
        assert!(latin_after_arabic("ar = \"بغداد\"  en = \"Baghdad\""));
        assert!(!latin_after_arabic("ar = \"بغداد\"   # the city"));
    }

    #[test]
    fn the_shipped_data_is_clean() {
        let (findings, summary) = check(&crate::testing::files());
        let shown: Vec<String> = findings.iter().take(40).map(ToString::to_string).collect();
        assert!(findings.is_empty(), "{} findings:\n{}", findings.len(), shown.join("\n"));
        assert!(summary.examples > 0);
    }
}
