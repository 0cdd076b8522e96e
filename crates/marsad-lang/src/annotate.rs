//! What does a text name, before any event is read?
//!
//! One pass looks every token up in the lexicon and keeps the longest matches;
//! then numbers, times, counted nouns, sentences and clauses are found over
//! them. The result, [`Annotation`], is all that extraction sees of a text.

use crate::labels::Labels;
use crate::lexicon::{Class, Count, Entry, Form, Label, LabelSet, Part};
use crate::numeral::{NumberKind, NumberMention};
use crate::resources::Resources;
use crate::sentence::{Sentence, sentences};
use crate::standing::Standing;
use crate::time::{TimeExpr, TimeMention};
use crate::token::{Clitics, TokenKind, Tokens};
use marsad_model::Span;
use std::ops::Range;

/// A known word or name in the text.
#[derive(Clone, Debug)]
pub struct Mention {
    /// Tokens of the name itself.
    pub first: usize,
    pub end: usize,
    /// Tokens of the phrase with its number and hedge.
    pub phrase: (usize, usize),
    pub form: Form,
    pub clitics: Clitics,
    /// How many, for countable nouns.
    pub quantity: Option<Amount>,
    /// A more special name inside the phrase («صاروخان من نوع كاتيوشا»).
    pub refined: Option<crate::lexicon::EntryId>,
    /// Class of its entry.
    class: Class,
    /// Labels of its entry and of the more special name: what all readers ask for first.
    pub(crate) labels: LabelSet,
}

/// How many of a counted noun.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount {
    pub value: Option<f64>,
    pub min: Option<f64>,
    pub max: Option<f64>,
    pub approx: bool,
    /// A plural without a number: nothing but "some".
    pub vague: bool,
    /// The number word was there; not only the form of the noun.
    pub worded: bool,
}

impl Amount {
    fn exactly(n: f64) -> Amount {
        Amount { value: Some(n), min: Some(n), max: Some(n), approx: false, vague: false, worded: false }
    }

    fn some() -> Amount {
        Amount { value: None, min: None, max: None, approx: true, vague: true, worded: false }
    }

    pub fn of(number: &NumberMention) -> Amount {
        let vague = number.value.is_none() && number.min.is_none();
        Amount {
            value: number.value,
            min: number.min,
            max: number.max,
            approx: number.approx || vague,
            vague,
            worded: true,
        }
    }
}

/// Tokens with the lexicon's matches: what the grammars of numbers and times read.
pub(crate) struct Words<'a> {
    pub res: &'a Resources,
    pub l: &'a Labels,
    pub tokens: &'a Tokens,
    pub list: Vec<Mention>,
    starts: Starts,
}

/// A text with everything it names.
pub struct Annotation<'r> {
    pub res: &'r Resources,
    pub tokens: Tokens,
    pub mentions: Vec<Mention>,
    starts: Starts,
    standing: Standing,
    pub numbers: Vec<NumberMention>,
    pub times: Vec<TimeMention>,
    pub sentences: Vec<Sentence>,
}

/// Annotates one text.
///
/// ```
/// # let files = marsad_lang::testing::files();
/// let res = marsad_lang::Resources::load(&files).unwrap();
/// // "Two Katyusha rockets fell": the dual is a number.
/// let text = "سقط صاروخان من نوع كاتيوشا";
/// let a = marsad_lang::annotate(&res, text);
/// let weapon = a.mentions.iter().find(|m| a.is(m, "weapon")).unwrap();
/// assert_eq!(weapon.quantity.unwrap().value, Some(2.0));
/// assert_eq!(&*a.best_entry(weapon).id, "katyusha");
/// ```
pub fn annotate<'r>(res: &'r Resources, text: &str) -> Annotation<'r> {
    let tokens = crate::quotation::without_marks_of_names(Tokens::new(&res.fold, text));
    let tokens = crate::bracket::without_brackets_of_numbers(&res.lexicon, tokens);
    let tokens = crate::mend::mended(&res.lexicon, tokens);
    let mut words = Words::new(res, &tokens);
    let numbers = crate::numeral::numbers(&words);
    let times = crate::time::times(&words, &numbers);
    count_nouns(&mut words, &outside_dates(&numbers, &times));
    let mut mentions = words.list;
    for m in mentions.iter_mut() {
        m.refined.iter().for_each(|special| m.labels.extend(&res.lexicon.entry(*special).labels));
    }
    let starts = words.starts;
    let standing = Standing::of(&mentions);
    let sentences = sentences(res, &tokens, (&mentions, &starts), &times);
    Annotation { res, tokens, mentions, starts, standing, numbers, times, sentences }
}

/// «الموافق 13/05/2021 صاروخا»: the numbers of a date count no noun behind it.
fn outside_dates(numbers: &[NumberMention], times: &[TimeMention]) -> Vec<NumberMention> {
    let dates = |t: &&TimeMention| matches!(t.expr, TimeExpr::Date { year: Some(_), .. });
    let mut rest = times.iter().filter(dates).peekable();
    let outside = |n: &&NumberMention| {
        while rest.next_if(|t| t.end <= n.core.0).is_some() {}
        rest.peek().is_none_or(|t| n.core.0 < t.first)
    };
    numbers.iter().filter(outside).cloned().collect()
}

impl<'a> Words<'a> {
    fn new(res: &'a Resources, tokens: &'a Tokens) -> Words<'a> {
        let list = longest(res, tokens);
        let starts = Starts::of(&list, tokens.len());
        let mut words = Words { res, l: &res.labels, tokens, list, starts };
        words.drop_weak();
        words
    }

    /// Mentions that start at a token.
    pub fn at(&self, token: usize) -> std::slice::Iter<'_, Mention> {
        self.list[self.starts.at(token)].iter()
    }

    pub fn entry(&self, m: &Mention) -> &'a Entry {
        self.res.lexicon.entry(m.form.entry)
    }

    pub fn class(&self, m: &Mention) -> Class {
        m.class
    }

    /// True when a mention with this label starts at the token.
    pub fn has(&self, token: usize, label: Label) -> bool {
        self.get(token, label).is_some()
    }

    pub fn get(&self, token: usize, label: Label) -> Option<&Mention> {
        self.at(token).find(|m| m.labels.contains(&label))
    }

    /// The mention with this label that ends right before the token.
    pub fn ending_at(&self, token: usize, label: Label) -> Option<&Mention> {
        (token.saturating_sub(4)..token)
            .find_map(|first| self.at(first).find(|m| m.end == token && m.labels.contains(&label)))
    }

    /// A weak name counts only where a place is expected.
    fn drop_weak(&mut self) {
        let keep: Vec<bool> = self
            .list
            .iter()
            .map(|m| {
                (m.form.part != Part::Weak || self.class(m) == Class::Month || self.expects_name(m))
                    && !self.is_part_of_day(m)
                    && !self.is_between(m)
            })
            .collect();
        let mut keep = keep.iter();
        self.list.retain(|_| *keep.next().expect("one flag a mention"));
        self.starts = Starts::of(&self.list, self.tokens.len());
    }

    /// «فجر الخميس» is a dawn, not a verb: before a day the reading as part of
    /// the day stands alone.
    fn is_part_of_day(&self, m: &Mention) -> bool {
        let verb = matches!(m.form.part, Part::Perfect | Part::Passive | Part::Imperfect);
        verb && self.has(m.first, self.l.part_of_day)
            && (self.has(m.end, self.l.relative_day)
                || self.has(m.end, self.l.day_word)
                || self.has(m.end, self.l.weekday))
    }

    /// «بين غاو وكيدال» and not «بيّن المصدر أن …»: what is told need not be far.
    fn is_between(&self, m: &Mention) -> bool {
        let verb = matches!(m.form.part, Part::Perfect | Part::Passive);
        verb && self.has(m.first, self.l.range_between)
            && !(m.end..m.end + CONTENT_REACH).any(|t| self.has(t, self.l.content_that))
    }

    fn expects_name(&self, m: &Mention) -> bool {
        let l = self.l;
        let is_place = self.class(m) == Class::Place;
        let quoted = m.first > 0 && ["\"", "«", "“", "("].iter().any(|s| self.tokens.is_sign(m.first - 1, s));
        let announced = is_place
            && ([l.place_word, l.prep_place, l.direction]
                .iter()
                .any(|label| self.ending_at(m.first, *label).is_some())
                || quoted && self.ending_at(m.first - 1, self.l.place_word).is_some());
        // «X وY», «حلب – حيان:».
        let dash = m.first > 0 && ["-", "–", "/", "|"].iter().any(|s| self.tokens.is_sign(m.first - 1, s));
        let behind = if dash { m.first - 1 } else { m.first };
        let in_row = (m.clitics.conjunction || dash) && is_place && self.ending_at(behind, self.l.place).is_some();
        let glued = m.clitics.preposition != '\0' && self.res.lexicon.clitics.is_locative(m.clitics.preposition);
        let announces_group = [l.group_word, l.force_word, l.bombard, l.raid, l.weapon, l.targeting, l.massacre];
        let by = self.behind_adjectives(m);
        let named =
            self.class(m) == Class::Actor && announces_group.iter().any(|label| self.ending_at(by, *label).is_some());
        // «مدينة قارة» says itself what it is.
        let itself = is_place && m.end > m.first + 1 && self.has(m.first, self.l.place_word);
        announced || itself || in_row || is_place && (glued || self.heads_a_line(m)) || named
    }

    /// «سبها: مقتل مدني …»: a city before a colon at the head of a sentence; a town or a quarter may be somebody's name.
    fn heads_a_line(&self, m: &Mention) -> bool {
        let ends = |t: usize| [".", "!", "؟", "|", "•"].iter().any(|s| self.tokens.is_sign(t, s));
        let head = m.first == 0 || ends(m.first - 1) || self.tokens.list[m.first - 1].kind == TokenKind::Newline;
        let city = |m: &Mention| {
            let place = self.res.place_of(m.form.entry).map(|id| self.res.gazetteer.get(id));
            place.is_some_and(|p| matches!(&*p.kind, "city" | "governorate"))
        };
        head && self.tokens.is_sign(m.end, ":") && city(m)
    }

    /// «قصف مدفعي للنظام»: the end of the noun whose doer hangs on «لـ», or the start of the mention.
    fn behind_adjectives(&self, m: &Mention) -> usize {
        let mut at = m.first;
        if m.clitics.preposition == self.res.lexicon.clitics.swallowing {
            while let Some(adjective) = self.ending_at(at, self.l.act_adjective) {
                at = adjective.first;
            }
        }
        at
    }
}

/// So many tokens behind a verb of speech begins what is said: its speaker stands between.
const CONTENT_REACH: usize = 12;

/// Where in the list of mentions those of each token begin.
pub(crate) struct Starts(Vec<u32>);

impl Starts {
    /// Of a list in the order of first tokens. One more entry at the end holds its length.
    fn of(list: &[Mention], tokens: usize) -> Starts {
        let mut starts = vec![list.len() as u32; tokens + 1];
        let mut next = list.len();
        for token in (0..tokens).rev() {
            while next > 0 && list[next - 1].first >= token {
                next -= 1;
            }
            starts[token] = next as u32;
        }
        Starts(starts)
    }

    /// The mentions that start at a token, as places in the list; none beyond the last token.
    pub(crate) fn at(&self, token: usize) -> Range<usize> {
        match self.0.get(token..) {
            Some([from, to, ..]) => *from as usize..*to as usize,
            _ => 0..0,
        }
    }

    /// Those that start within a range of tokens.
    fn within(&self, tokens: Range<usize>) -> Range<usize> {
        let last = self.0.len() - 1;
        let from = self.0[tokens.start.min(last)] as usize;
        from..(self.0[tokens.end.min(last)] as usize).max(from)
    }
}

/// All matches, without those that lie inside a longer one and without
/// readings that need more clitics than another reading of the same tokens.
fn longest(res: &Resources, tokens: &Tokens) -> Vec<Mention> {
    let mut out: Vec<Mention> = vec![];
    let mut here: Vec<crate::lexicon::Match> = vec![];
    let mut scratch = String::new();
    let mut covered = 0;
    // End of the phrase of common words that covers the tokens at hand.
    let mut phrase = 0;
    let is_place = |m: &crate::lexicon::Match| res.lexicon.entry(m.form.entry).class == Class::Place;
    for first in 0..tokens.len() {
        if tokens.list[first].kind != TokenKind::Word {
            continue;
        }
        here.clear();
        res.lexicon.matches_at(tokens, first, &mut scratch, &mut |m| {
            // A name takes no pronoun: «دوريته» is no form of a place «دوري».
            let class = res.lexicon.entry(m.form.entry).class;
            let takes_pronoun = matches!(class, Class::Word | Class::Weapon | Class::Target | Class::People);
            // Nor an article that is not its own: «الجنين» is no «جنين».
            let own_article = !m.clitics.article || !matches!(class, Class::Place | Class::Person);
            // «المحلي» is no «محلي …» (the two shops of): what governs a noun has no article.
            let governs = !m.clitics.article || m.form.part != Part::Construct;
            // «كنيس» is no «نيس»: names come after the prepositions of place alone.
            let as_like = m.clitics.preposition == res.lexicon.clitics.likeness;
            let future_verb = !m.clitics.future || m.form.part == Part::Imperfect;
            // «القصف», «بقصف»: no finite verb has an article, and none in the perfect a preposition.
            let perfect = matches!(m.form.part, Part::Perfect | Part::Passive);
            let finite = perfect || m.form.part == Part::Imperfect;
            let noun_only = finite && m.clitics.article || perfect && m.clitics.preposition != '\0';
            // «شقيقاه» are two: the ending of one in the accusative takes no pronoun.
            let owned_accusative = m.form.part == Part::Indefinite && m.clitics.pronoun;
            if (takes_pronoun || !m.clitics.pronoun)
                && !owned_accusative
                && !noun_only
                && own_article
                && governs
                && future_verb
                && (takes_pronoun || !as_like)
            {
                here.push(m);
            }
        });
        let Some(end) =
            here.iter().filter(|m| m.form.part != Part::Weak).map(|m| m.end).max().or(here.iter().map(|m| m.end).max())
        else {
            continue;
        };
        let weight = |m: &crate::lexicon::Match| {
            let c = &m.clitics;
            u8::from(c.conjunction) + u8::from(c.preposition != '\0') + u8::from(c.future) * 2 + u8::from(c.pronoun) * 2
        };
        // «فأصابه» hit him, and is no «فإصابة»; where the text dots no ending, it may be either.
        let hits_him = |m: &crate::lexicon::Match| {
            let finite = matches!(m.form.part, Part::Perfect | Part::Imperfect);
            m.end == end && finite && m.clitics.pronoun && m.clitics.one && m.clitics.conjunction
        };
        let hit = here.iter().any(hits_him) && !tokens.is_dotted(end - 1);
        if hit && tokens.dots_endings() {
            here.retain(|m| m.clitics.pronoun || m.end != end);
        }
        let plain = |m: &&crate::lexicon::Match| m.end == end && m.form.part != Part::Weak;
        let fewest = here.iter().filter(plain).map(weight).min().unwrap_or(u8::MAX);
        for m in &here {
            let kept = match m.form.part {
                Part::Weak => m.end > end || m.end == end && weight(m) <= fewest,
                _ => m.end == end && (weight(m) == fewest || hit && hits_him(m)),
            };
            // «انفجار مرفأ بيروت» is a phrase of its own, and still names Beirut.
            let inside = m.end <= phrase && m.form.part != Part::Weak && is_place(m);
            if kept && (m.end > covered || inside) {
                out.push(mention(res, m));
            }
        }
        if end > covered {
            let of_words = here
                .iter()
                .any(|m| m.end == end && end > first + 1 && res.lexicon.entry(m.form.entry).class == Class::Word);
            phrase = if of_words { end } else { 0 };
        }
        covered = covered.max(end);
    }
    out
}

fn mention(res: &Resources, m: &crate::lexicon::Match) -> Mention {
    let entry = res.lexicon.entry(m.form.entry);
    Mention {
        first: m.first,
        end: m.end,
        phrase: (m.first, m.end),
        form: m.form,
        clitics: m.clitics,
        quantity: None,
        refined: None,
        class: entry.class,
        labels: entry.labels,
    }
}

/// Gives every countable noun its number: word, digits, dual, or the bare form.
fn count_nouns(words: &mut Words, numbers: &[NumberMention]) {
    for i in 0..words.list.len() {
        if !words.is_countable(i) {
            continue;
        }
        words.refine(i);
        let m = &words.list[i];
        if words.is_adjective(m) {
            continue;
        }
        let (amount, phrase) = words.amount(m, numbers);
        words.list[i].quantity = Some(amount);
        words.list[i].phrase = phrase;
    }
}

impl Words<'_> {
    fn is_countable(&self, i: usize) -> bool {
        let m = &self.list[i];
        matches!(self.class(m), Class::Weapon | Class::People) || self.labelled(m, self.l.countable)
    }

    fn labelled(&self, m: &Mention, label: Label) -> bool {
        m.labels.contains(&label)
    }

    /// «قصف صاروخي على …»: spelt as the dual before a noun («صاروخي كاتيوشا»),
    /// but governing none.
    fn is_adjective(&self, m: &Mention) -> bool {
        let alone = m.form.part == crate::lexicon::Part::Construct && m.end == m.first + 1 && m.refined.is_none();
        if !alone || self.class(m) != Class::Weapon {
            return false;
        }
        let l = self.l;
        let attack =
            [l.attack, l.bombard, l.strike, l.raid].iter().any(|label| self.ending_at(m.first, *label).is_some());
        let mut next = self.at(m.end).peekable();
        let function_word = next.peek().is_some() && next.all(|n| self.class(n) == Class::Word);
        attack || function_word || !self.tokens.is_word(m.end)
    }

    /// «صاروخان من نوع كاتيوشا», «صواريخ غراد», «قذائف كاتيوشا»: the noun is
    /// counted, the name behind it says of which kind.
    fn refine(&mut self, i: usize) {
        let m = &self.list[i];
        if self.class(m) != Class::Weapon || self.labelled(m, self.l.weapon_name) {
            return;
        }
        if let Some((entry, end)) = self.unmanned(m) {
            self.list[i].refined = Some(entry);
            self.list[i].end = end;
            self.list[i].phrase.1 = end;
            return;
        }
        let mut at = m.end;
        if let Some(kind) = self.get(at, self.l.of_kind) {
            at = kind.end;
        }
        let name = self
            .at(at)
            .find(|n| self.class(n) == Class::Weapon && self.labelled(n, self.l.weapon_name) && !n.clitics.conjunction);
        let Some((entry, end)) = name.map(|n| (n.form.entry, n.end)) else { return };
        self.list[i].refined = Some(entry);
        self.list[i].end = end;
        self.list[i].phrase.1 = end;
    }

    /// «طائرة أمريكية بدون طيار»: a nationality may stand inside the name.
    fn unmanned(&self, m: &Mention) -> Option<(crate::lexicon::EntryId, usize)> {
        let between = self.get(m.end, self.l.nationality).filter(|_| self.labelled(m, self.l.airplane))?;
        let tail = self.get(between.end, self.l.unmanned)?;
        Some((self.res.lexicon.weapon("drone")?, tail.end))
    }

    fn amount(&self, m: &Mention, numbers: &[NumberMention]) -> (Amount, (usize, usize)) {
        let by_end = numbers.partition_point(|n| n.core.1 < m.first);
        let before = numbers[by_end..].iter().find(|n| n.core.1 == m.first && n.kind != NumberKind::Fraction);
        let prefix_blocks = m.clitics.conjunction || m.clitics.preposition != '\0';
        if let Some(n) = before.filter(|n| !prefix_blocks && (n.kind != NumberKind::Ordinal)) {
            let (amount, end) = self.hedged_after(Amount::of(n), m.end);
            return (amount, (n.first, end));
        }
        // «عدة صواريخ», «آلاف من …» keep the vague number with «من» between.
        let from = numbers.partition_point(|n| n.core.1 + 1 < m.first);
        if let Some(n) = numbers[from..].iter().find(|n| n.core.1 + 1 == m.first && n.kind != NumberKind::Ordinal) {
            let plural = matches!(m.form.count, Count::Plural | Count::DualOrPlural);
            if self.has(n.core.1, self.l.from) && plural {
                return (Amount::of(n), (n.first, m.end));
            }
        }
        // «متعاقدين أجنبيين اثنين»: an adjective may stand between.
        let next =
            if m.form.count == Count::DualOrPlural && self.has(m.end, self.l.national) { m.end + 1 } else { m.end };
        // «طفلة وأحد الجنود»: what is joined counts the next one.
        let joined = |n: &&NumberMention| self.at(n.core.0).any(|w| w.clitics.conjunction);
        let two = |n: &&NumberMention| {
            (n.core.0 == m.end || n.core.0 == next && n.value == Some(2.0)) && !joined(n) && !self.counts_next(n)
        };
        let after = numbers[by_end..].iter().find(|n| two(n) && n.value.is_some_and(|v| v <= 2.0));
        // «أفراد أسرة واحدة»: one family.
        let counts = |n: &&NumberMention| m.form.count != Count::Plural || n.value != Some(1.0);
        if let Some(n) =
            after.filter(|n| n.kind == NumberKind::Cardinal && !self.tokens.is_number(n.core.0) && counts(n))
        {
            let (amount, end) = self.hedged_after(Amount::of(n), n.core.1);
            return (amount, (m.phrase.0, end));
        }
        // «وأطفاله الثلاثة»: a number with the article behind a plural with its owner.
        let owned = m.clitics.pronoun && matches!(m.form.count, Count::Plural | Count::DualOrPlural);
        let definite = |n: &&NumberMention| self.at(n.core.0).any(|w| w.clitics.article);
        let these = numbers[by_end..].iter().find(|n| n.core.0 == m.end && n.kind == NumberKind::Cardinal);
        if let Some(n) = these.filter(|n| owned && definite(n)) {
            return (Amount::of(n), (m.phrase.0, n.core.1));
        }
        let (amount, end) = self.hedged_after(self.bare(m), m.end);
        (amount, (m.phrase.0, end))
    }

    /// «وأحد الجنود», which is written like «واحد»: one of those named behind.
    fn counts_next(&self, n: &NumberMention) -> bool {
        n.value == Some(1.0)
            && self
                .at(n.core.1)
                .any(|w| self.class(w) == Class::People && matches!(w.form.count, Count::Plural | Count::DualOrPlural))
    }

    /// «ثلاثة صواريخ على الأقل»: a bound may stand behind the noun.
    fn hedged_after(&self, amount: Amount, end: usize) -> (Amount, usize) {
        let Some(m) = (end..=end + 1).find_map(|t| self.get(t, self.l.hedge_at_least_after)) else {
            return (amount, end);
        };
        match amount.value {
            Some(value) => (Amount { min: Some(value), max: None, ..amount }, m.end),
            None => (amount, end),
        }
    }

    /// What the form alone says: dual two, singular one, plural some.
    fn bare(&self, m: &Mention) -> Amount {
        match m.form.count {
            Count::Singular => Amount::exactly(1.0),
            Count::Dual => Amount { worded: true, ..Amount::exactly(2.0) },
            Count::Plural => Amount::some(),
            // «متعاقدَين»: a fatha before the last two letters marks the dual.
            Count::DualOrPlural if self.tokens.has_fatha(m.first) => Amount { worded: true, ..Amount::exactly(2.0) },
            Count::DualOrPlural => Amount::some(),
        }
    }
}

impl<'r> Annotation<'r> {
    /// Mentions that start at a token.
    pub fn at(&self, token: usize) -> std::slice::Iter<'_, Mention> {
        self.mentions[self.starts.at(token)].iter()
    }

    pub fn entry(&self, m: &Mention) -> &'r Entry {
        self.res.lexicon.entry(m.form.entry)
    }

    /// The entry that says most: the special name where there is one.
    pub fn best_entry(&self, m: &Mention) -> &'r Entry {
        self.res.lexicon.entry(m.refined.unwrap_or(m.form.entry))
    }

    pub fn class(&self, m: &Mention) -> Class {
        m.class
    }

    pub fn has_label(&self, m: &Mention, label: Label) -> bool {
        m.labels.contains(&label)
    }

    /// Labels of the entry of a mention and of its more special name.
    pub fn labels<'m>(&self, m: &'m Mention) -> &'m LabelSet {
        &m.labels
    }

    /// True when any mention of the text carries the label.
    pub fn has_any(&self, label: Label) -> bool {
        !self.standing.is_absent(label)
    }

    /// True when the mention carries a label of this name.
    pub fn is(&self, m: &Mention, label: &str) -> bool {
        self.res.lexicon.label(label).is_some_and(|l| self.has_label(m, l))
    }

    /// Mentions that start within a range of tokens, with their place in `mentions`.
    pub fn indexed_within(&self, tokens: Range<usize>) -> impl Iterator<Item = (usize, &Mention)> {
        let places = self.starts.within(tokens);
        places.clone().zip(&self.mentions[places])
    }

    /// The first mention with this label that starts at the token.
    pub fn get(&self, token: usize, label: &str) -> Option<&Mention> {
        self.at(token).next()?;
        let label = self.res.lexicon.label(label)?;
        self.at(token).find(|m| self.has_label(m, label))
    }

    /// True when the token alone may be read as a word with this label, also inside a longer name («ريف» in «ريف حمص»).
    pub fn may_be(&self, token: usize, label: Label) -> bool {
        self.alone(token, label).is_some()
    }

    /// The entry with this label that the token alone may be, also inside a longer name.
    pub fn alone(&self, token: usize, label: Label) -> Option<&'r Entry> {
        let entries = self.names_between(token, token + 1);
        entries.into_iter().map(|e| self.res.lexicon.entry(e)).find(|e| e.labels.contains(&label))
    }

    /// How many the token alone means as a word with this label, also inside a longer name: one for «جندي» of «جندي أميركي».
    pub fn count_alone(&self, token: usize, label: Label) -> Option<crate::lexicon::Count> {
        let mut found = None;
        let keep = |m: crate::lexicon::Match| {
            if m.end == token + 1 && self.res.lexicon.entry(m.form.entry).labels.contains(&label) {
                found = found.or(Some(m.form.count));
            }
        };
        self.res.lexicon.matches_at(&self.tokens, token, &mut String::new(), &mut { keep });
        found
    }

    /// The entries that have the tokens as a name, also inside a longer one.
    pub fn names_between(&self, first: usize, end: usize) -> Vec<crate::lexicon::EntryId> {
        let mut found = vec![];
        let keep = |m: crate::lexicon::Match| {
            if m.end == end {
                found.push(m.form.entry)
            }
        };
        self.res.lexicon.matches_at(&self.tokens, first, &mut String::new(), &mut { keep });
        found
    }

    /// The mention with this label that ends right before the token.
    pub fn ending_at(&self, token: usize, label: &str) -> Option<&Mention> {
        let label = self.res.lexicon.label(label)?;
        (token.saturating_sub(5)..token)
            .find_map(|first| self.at(first).find(|m| m.end == token && self.has_label(m, label)))
    }

    /// Mentions that start within a range of tokens.
    pub fn within(&self, tokens: Range<usize>) -> std::slice::Iter<'_, Mention> {
        self.mentions[self.starts.within(tokens)].iter()
    }

    /// Mentions with the label that start within a range of tokens.
    pub fn labelled(&self, tokens: Range<usize>, label: Label) -> impl DoubleEndedIterator<Item = &Mention> {
        let places = self.standing.within(self.starts.within(tokens), label);
        places.iter().map(|place| &self.mentions[*place as usize])
    }

    /// The sentence in which a token stands; none behind the last.
    pub fn sentence_at(&self, token: usize) -> Option<&Sentence> {
        self.sentences.get(self.sentences.partition_point(|s| s.end <= token))
    }

    /// Times that begin within a range of tokens.
    pub fn times_in(&self, range: Range<usize>) -> impl Iterator<Item = (usize, &TimeMention)> {
        let from = self.times.partition_point(|t| t.first < range.start);
        self.times[from..].iter().take_while(move |t| t.first < range.end).enumerate().map(move |(i, t)| (from + i, t))
    }

    /// «ليوم الجمعة 19-11-2021»: a full day that hangs on «لـ», as bulletins head
    /// what they list.
    pub fn is_bulletin_day(&self, time: &TimeMention) -> bool {
        let dated = matches!(time.expr, crate::time::TimeExpr::Date { day: Some(_), month: Some(_), .. });
        let swallowing = self.res.lexicon.clitics.swallowing;
        let hung = self.tokens.text_or_empty(time.first).starts_with(swallowing)
            && self.at(time.first).any(|m| m.clitics.preposition == swallowing);
        dated && hung
    }

    /// Numbers whose digits or words begin within a range of tokens.
    pub fn numbers_in(&self, range: Range<usize>) -> impl Iterator<Item = &NumberMention> {
        let from = self.numbers.partition_point(|n| n.core.0 < range.start);
        self.numbers[from..].iter().take_while(move |n| n.core.0 < range.end)
    }

    /// The same, with no sentence that reaches over one of these code points, which are in order: where one part of a
    /// page ends and the next begins, no full stop need stand.
    ///
    /// ```
    /// # let res = marsad_lang::Resources::load(&marsad_lang::testing::files()).unwrap();
    /// // A headline and the article behind it: "fire in a market", "firemen said …".
    /// let a = marsad_lang::annotate(&res, "حريق في السوق قال رجال الإطفاء");
    /// assert_eq!(a.sentences.len(), 1);
    /// assert_eq!(a.parted_at([14]).sentences.len(), 2);
    /// ```
    pub fn parted_at(mut self, starts: impl IntoIterator<Item = u32>) -> Annotation<'r> {
        let token = |start: u32| self.tokens.list.partition_point(|t| t.span.start < start);
        let borders: Vec<usize> = starts.into_iter().map(token).collect();
        self.sentences = crate::sentence::parted(self.sentences, &borders);
        self
    }

    /// Source span of tokens, without the clitics glued before the first.
    pub fn span(&self, first: usize, end: usize) -> Span {
        self.tokens.span(first, end)
    }

    /// Source span of a mention, a glued و or preposition left out.
    pub fn mention_span(&self, m: &Mention) -> Span {
        let span = self.tokens.span(m.first, m.end);
        let glued = u32::from(m.clitics.conjunction) + u32::from(m.clitics.preposition != '\0');
        Span::new((span.start + glued).min(span.end), span.end)
    }
}
