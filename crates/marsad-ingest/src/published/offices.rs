//! Who is in office in this text, and when can it have been written?
//!
//! "The Iraqi prime minister X" was written in X's term; "the former president
//! Y" after Y's. A bare name says nothing, and an office recalled from another
//! time («في عهد الرئيس …») does not either.

use crate::phrases::Phrases;
use jiff::civil::Date;
use marsad_lang::{Annotation, Class, Mention, Term, TimeExpr};
use marsad_model::{Evidence, Span};
use std::ops::Range;

/// A person whom the text has in office, or out of it.
pub(super) struct Tenure {
    pub person: String,
    pub office: String,
    /// When such a text can have been written; `None`: until now.
    pub spans: Vec<(Date, Option<Date>)>,
    pub former: bool,
    pub evidence: Evidence,
    /// How often the text says it.
    pub times: usize,
}

/// The tenures that news text names, most frequent first.
pub(super) fn tenures(phrases: &Phrases, a: &Annotation, news: &[Range<usize>]) -> Vec<Tenure> {
    let reader = Reader { phrases, a };
    let mut out: Vec<Tenure> = vec![];
    for m in news.iter().flat_map(|n| a.within(n.clone())).filter(|m| a.class(m) == Class::Person) {
        if out.iter().any(|t| t.evidence.span.end == reader.span(m).end) {
            continue;
        }
        let Some(tenure) = reader.tenure(m) else { continue };
        match out.iter_mut().find(|t| t.spans == tenure.spans && t.former == tenure.former) {
            Some(known) => known.times += 1,
            None => out.push(tenure),
        }
    }
    out.sort_by_key(|t| std::cmp::Reverse(t.times));
    out
}

impl Tenure {
    /// The part of `span` in which the text can have been written; `None` when
    /// there is none: then it recalls another time.
    pub fn narrow(&self, span: (Date, Date), horizon: Date) -> Option<(Date, Date)> {
        let parts = self.spans.iter().filter_map(|(from, to)| {
            let part = (span.0.max(*from), span.1.min(to.unwrap_or(horizon)));
            (part.0 < part.1).then_some(part)
        });
        parts.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
    }

    /// True when some day of the span lies in the term, give or take a fortnight:
    /// the title comes and goes with elections and ceremonies.
    pub fn allows(&self, earliest: Date, latest: Date) -> bool {
        let slack = jiff::Span::new().days(14);
        self.spans.iter().any(|(from, to)| {
            latest >= from.saturating_sub(slack) && to.is_none_or(|to| earliest <= to.saturating_add(slack))
        })
    }
}

struct Reader<'p, 'r> {
    phrases: &'p Phrases<'r>,
    a: &'p Annotation<'r>,
}

/// What stands before a name.
struct Before {
    office: Option<String>,
    nation: Option<String>,
    former: bool,
    first: usize,
}

impl Reader<'_, '_> {
    fn span(&self, m: &Mention) -> Span {
        self.a.mention_span(m)
    }

    fn tenure(&self, m: &Mention) -> Option<Tenure> {
        let mut before = self.before(m);
        let person = self.a.entry(m).en.to_string();
        let terms = self.terms(m, &before);
        if terms.is_empty() {
            return None;
        }
        let seen = |from: usize| Evidence::new(self.a.span(from, m.end), "office");
        if self.took_office(before.first) {
            let from = terms.iter().map(|t| t.from).min()?;
            let office = terms[0].office.clone();
            let evidence = seen(before.first - 1);
            return Some(Tenure { person, office, spans: vec![(from, None)], former: false, evidence, times: 1 });
        }
        let office = before.office.take()?;
        if self.is("bygone", before.first.wrapping_sub(1)) || self.in_dated_sentence(m, &terms) {
            return None;
        }
        let former = before.former || self.is("former", m.end);
        let spans = match former {
            true => vec![(terms.iter().filter_map(|t| t.to).min()?, None)],
            false => terms.iter().map(|t| (t.from, t.to)).collect(),
        };
        Some(Tenure { person, office, spans, former, evidence: seen(before.first), times: 1 })
    }

    /// Terms of all people of this name that fit office and nation.
    fn terms(&self, m: &Mention, before: &Before) -> Vec<&Term> {
        let same: Vec<u32> = self.a.at(m.first).filter(|n| n.end == m.end).map(|n| n.form.entry).collect();
        let nation_fits = |t: &Term| before.nation.as_deref().is_none_or(|n| n == t.country);
        let office_fits = |t: &Term| before.office.as_deref().is_none_or(|o| o == t.office);
        let leads = |t: &Term| before.office.is_some() || matches!(t.office.as_str(), "president" | "prime_minister");
        let terms = &self.a.res.terms;
        terms.iter().filter(|t| same.contains(&t.person) && nation_fits(t) && office_fits(t) && leads(t)).collect()
    }

    /// Reads backwards: titles, nationality, "former", then the office.
    fn before(&self, m: &Mention) -> Before {
        let mut out = Before { office: None, nation: None, former: false, first: m.first };
        while out.first > 0 && self.a.tokens.is_word(out.first - 1) {
            let at = out.first - 1;
            if self.is("former", at) {
                out.former = true;
            } else if let Some(nation) = self.nation(at) {
                out.nation = Some(nation);
            } else if !self.is("honorific", at) {
                break;
            }
            out.first = at;
        }
        if let Some((office, first)) = self.office_ending_at(out.first).or_else(|| self.office_ending_at(m.first)) {
            (out.office, out.first) = (Some(office), first);
        }
        out
    }

    /// «العراقي», or the country itself («رئيس وزراء العراق»).
    fn nation(&self, at: usize) -> Option<String> {
        let adjective = self.a.get(at, "nationality").map(|n| self.a.entry(n).family.to_string());
        adjective.or_else(|| {
            let place = self.a.at(at).find(|p| self.a.class(p) == Class::Place && p.end == at + 1)?;
            let record = self.a.res.gazetteer.get(self.a.res.place_of(place.form.entry)?);
            (&*record.kind == "country").then(|| record.country.to_string())
        })
    }

    /// The longest office phrase whose last word is the token before `end`.
    fn office_ending_at(&self, end: usize) -> Option<(String, usize)> {
        let mut best: Option<(String, usize)> = None;
        for (office, phrases) in self.phrases.lists("office_") {
            for phrase in phrases {
                let (lead, last) = phrase.rsplit_once(' ').unwrap_or(("", phrase));
                if end == 0 || !self.reads(end - 1, last, lead.is_empty()) {
                    continue;
                }
                let Some(first) = end.checked_sub(phrase.split(' ').count()) else { continue };
                let fits = phrase.rsplit(' ').zip((first..end).rev()).all(|(w, at)| self.reads(at, w, at == first));
                if fits && best.as_ref().is_none_or(|(_, known)| first < *known) {
                    best = Some((office.to_string(), first));
                }
            }
        }
        best
    }

    /// The token is this word, a glued و or preposition aside.
    fn reads(&self, token: usize, word: &str, may_be_glued: bool) -> bool {
        let text = self.a.tokens.text_or_empty(token);
        let clitics = &self.a.res.lexicon.clitics;
        let swallowed = || {
            let bare = word.strip_prefix(clitics.article.as_str())?;
            let rest = text.trim_start_matches(clitics.conjunctions.as_slice());
            rest.strip_prefix(clitics.swallowing)?.strip_prefix(clitics.swallowing).map(|r| r == bare)
        };
        let glued = |text: &str| {
            let lead = text.strip_suffix(word)?;
            let letters = |c: char| clitics.conjunctions.contains(&c) || clitics.prepositions.contains(&c);
            Some(lead.chars().count() <= 2 && lead.chars().all(letters))
        };
        text == word || (may_be_glued && (glued(text) == Some(true) || swallowed() == Some(true)))
    }

    /// «منذ تسلّم بايدن السلطة»
    fn took_office(&self, first: usize) -> bool {
        first > 1 && self.is("took_office", first - 1) && self.is("since", first - 2)
    }

    /// A sentence with a year of this term tells of that year.
    fn in_dated_sentence(&self, m: &Mention, terms: &[&Term]) -> bool {
        let Some(sentence) = self.a.sentences.iter().find(|s| (s.first..s.end).contains(&m.first)) else {
            return false;
        };
        self.a.times.iter().filter(|t| (sentence.first..sentence.end).contains(&t.first)).any(|t| {
            let (TimeExpr::Date { year, .. } | TimeExpr::Year { year, .. }) = t.expr else { return false };
            let inside = |y: i16, t: &&Term| y >= t.from.year() && t.to.is_none_or(|to| y <= to.year());
            year.is_some_and(|y| terms.iter().any(|t| inside(y, t)))
        })
    }

    fn is(&self, list: &str, token: usize) -> bool {
        self.phrases.is(list, self.a.tokens.text_or_empty(token))
    }
}
