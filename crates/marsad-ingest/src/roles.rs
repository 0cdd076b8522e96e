//! Which part does each line play in its page?
//!
//! First what a line's own words tell (furniture, bylines, credits, dates),
//! then what only its neighbours tell: a repeated line is a copy, a short line
//! without a full stop before the first paragraph is the headline, one between
//! paragraphs a subheading. What nothing else explains is body, since a lost
//! report is worse than a stray line.

use crate::furniture;
use crate::html::Hint;
use crate::lines::Line;
use crate::phrases::Phrases;
use crate::repeats::{Compared, is_opening, repeats};
use marsad_lang::{Annotation, TimeMention};
use marsad_model::SegmentRole::{self, *};

/// The lines of a page with their roles.
pub(crate) struct Page<'t, 'a> {
    pub lines: Vec<Line<'t>>,
    pub roles: Vec<SegmentRole>,
    /// Lines that are nothing but a date; on a page also those with a date between headline and article.
    pub dates: Vec<(usize, &'a TimeMention)>,
    /// What the layout of a page tells of each line.
    hints: Vec<Hint>,
}

impl Page<'_, '_> {
    /// The line stands in the head of its page, where the day of the visit is told.
    pub fn is_top(&self, line: usize) -> bool {
        self.hints.get(line).is_some_and(|h| h.top)
    }

    /// A date on this line may be that of the article.
    pub fn may_date(&self, line: usize) -> bool {
        const STAMP_MAX: u32 = 100;
        self.lines[line].len() <= STAMP_MAX && self.hints.get(line).is_none_or(|h| h.dates)
    }
}

/// A text of one line longer than this is a whole article without its layout.
const SINGLE_LINE_MIN: u32 = 1500;
/// Headlines are shorter than this, subheadings much shorter.
const HEADLINE_MAX: u32 = 200;
const SUBHEADING_MAX: u32 = 100;
const PULL_QUOTE_MAX: u32 = 350;
/// The name of a rubric has no more words.
const RUBRIC_WORDS_MAX: usize = 2;
/// So many titles in a row, none longer than this, are a list of links.
const LINKED_MIN: usize = 3;
const LINKED_MAX: u32 = 150;

/// Gives every line a role. Date lines come out as `ChromeDate`; who believes
/// one turns it into `PubDate`. `hints` are what the layout of a page tells of
/// each line; a plain text has none.
pub(crate) fn page<'t, 'a>(
    phrases: &Phrases,
    a: &'a Annotation,
    lines: Vec<Line<'t>>,
    hints: &[Hint],
    title: Option<&str>,
) -> Page<'t, 'a> {
    let told = |i: usize| hints.get(i).copied().unwrap_or(Hint { dates: hints.is_empty(), ..Hint::default() });
    let date_of = |(i, line): (usize, &Line)| {
        let alone = || furniture::date_line(phrases, a, line).filter(|_| told(i).dates);
        let beside = || furniture::date_among_labels(a, line).filter(|_| told(i).beside);
        Some((i, alone().or_else(beside)?))
    };
    let dates: Vec<(usize, &TimeMention)> = lines.iter().enumerate().filter_map(date_of).collect();
    let roles = (0..lines.len()).map(|i| told(i).role).collect();
    let mut draft = Draft { phrases, lines: &lines, roles, copies: repeats(&lines) };
    dates.iter().for_each(|(i, _)| draft.roles[*i] = Some(ChromeDate));
    draft.own_words();
    draft.otherwise(|i| told(i).otherwise);
    draft.behind_labels();
    draft.captions_without_credit();
    draft.title(title);
    draft.news();
    draft.copied();
    let roles = draft.roles.iter().map(|r| r.unwrap_or(Body)).collect();
    Page { lines, roles, dates, hints: hints.to_vec() }
}

struct Draft<'d, 't> {
    phrases: &'d Phrases<'d>,
    lines: &'d [Line<'t>],
    roles: Vec<Option<SegmentRole>>,
    copies: Vec<Option<usize>>,
}

impl Draft<'_, '_> {
    fn own_words(&mut self) {
        for (i, line) in self.lines.iter().enumerate() {
            if line.is_blank() {
                self.roles[i] = Some(Blank);
            } else if self.roles[i].is_none() {
                self.roles[i] = furniture::role(self.phrases, line);
            }
        }
    }

    /// What the layout tells of lines whose words tell nothing.
    fn otherwise(&mut self, role: impl Fn(usize) -> Option<SegmentRole>) {
        for i in 0..self.lines.len() {
            self.roles[i] = self.roles[i].or_else(|| role(i));
        }
    }

    /// Titles behind "read also", names behind "sources".
    fn behind_labels(&mut self) {
        let mut label = None;
        let mut first = false;
        for (i, line) in self.lines.iter().enumerate() {
            match self.roles[i] {
                Some(Blank) => {}
                Some(ReadAlsoLabel | SourcesLabel) => (label, first) = (self.roles[i], true),
                Some(Byline) if label == Some(SourcesLabel) && first => self.roles[i] = Some(Sources),
                Some(_) => label = None,
                None => {
                    let title = first && line.len() < 150 || !line.ends_sentence() && line.len() < HEADLINE_MAX;
                    match label {
                        Some(ReadAlsoLabel) if title => self.roles[i] = Some(ReadAlso),
                        Some(SourcesLabel) if first && line.words() <= 8 => self.roles[i] = Some(Sources),
                        _ => label = None,
                    }
                    first = false;
                }
            }
        }
    }

    fn captions_without_credit(&mut self) {
        for i in 0..self.lines.len() {
            let bare =
                |j: &usize| self.roles[*j] == Some(PhotoCaption) && is_opening(&self.lines[i].key, &self.lines[*j].key);
            if self.roles[i].is_none() && (0..self.lines.len()).any(|j| bare(&j)) {
                self.roles[i] = Some(CaptionDup);
            }
        }
    }

    /// The line that is the title given beside the text.
    fn title(&mut self, title: Option<&str>) {
        let Some(title) = title.map(|t| crate::phrases::key(self.phrases.res, t)) else { return };
        let open = self.open();
        let found = open.iter().find(|i| self.lines[**i].key == title && open.len() > 1);
        if let Some(&i) = found {
            self.roles[i] = Some(Headline);
        }
    }

    /// Lines without a role that are no copy of another.
    fn open(&self) -> Vec<usize> {
        (0..self.lines.len()).filter(|i| self.roles[*i].is_none() && self.copies[*i].is_none()).collect()
    }

    fn news(&mut self) {
        let open = self.open();
        if let [only] = open[..] {
            let whole = self.lines[only].len() > SINGLE_LINE_MIN && !self.roles.contains(&Some(Headline));
            self.roles[only] = Some(if whole { SingleLineArticle } else { Body });
            return;
        }
        let headline = self.headline(&open);
        let open = self.open();
        self.standfirst(headline, &open);
        self.pull_quotes();
        self.short_lines(headline);
    }

    fn is_short(&self, i: usize) -> bool {
        !self.lines[i].ends_sentence() && self.lines[i].len() <= HEADLINE_MAX && !self.lines[i].is_item()
    }

    /// The first short line before the first paragraph; a question or an
    /// exclamation in its place, or a first line that the page shows twice.
    fn headline(&mut self, open: &[usize]) -> Option<usize> {
        if let Some(given) = self.roles.iter().position(|r| *r == Some(Headline)) {
            return Some(given);
        }
        let first = self.past_rubrics(open)?;
        let line = &self.lines[first];
        let twice = self.copies.contains(&Some(first));
        let asks = !line.text.trim_end().ends_with('.') && line.len() <= 130 && open.len() > 2;
        let found = self.is_short(first) || (line.len() <= HEADLINE_MAX && (twice || asks));
        found.then(|| {
            self.roles[first] = Some(Headline);
            first
        })
    }

    /// One or two words on a line above the headline name the rubric
    /// («سياسة», «شمال أفريقيا»), not the story.
    fn past_rubrics(&mut self, open: &[usize]) -> Option<usize> {
        let rubric = |i: &usize| self.is_short(*i) && self.lines[*i].words() <= RUBRIC_WORDS_MAX;
        let above: Vec<usize> = open.iter().copied().take_while(|i| rubric(i)).collect();
        let first = open.get(above.len()).copied().filter(|i| self.is_short(*i) && open.len() > above.len() + 1);
        match first {
            Some(first) => {
                above.iter().for_each(|i| self.roles[*i] = Some(ChromeNav));
                Some(first)
            }
            None => open.first().copied(),
        }
    }

    /// Sentences between the headline and the date or byline below it.
    fn standfirst(&mut self, headline: Option<usize>, open: &[usize]) {
        let Some(headline) = headline else { return };
        let is_stamp = |i: &usize| matches!(self.roles[*i], Some(ChromeDate | Byline));
        let Some(stamp) = (headline..self.lines.len()).find(is_stamp) else { return };
        let between: Vec<usize> = open.iter().copied().filter(|i| (headline..stamp).contains(i)).collect();
        let body_follows = open.iter().any(|i| *i > stamp && !self.is_short(*i));
        let brief = between.len() <= 2 && between.iter().all(|i| self.lines[*i].len() <= 400);
        if body_follows && brief {
            between.iter().for_each(|i| self.roles[*i] = Some(Standfirst));
        }
    }

    fn pull_quotes(&mut self) {
        let compared = |i: usize| (i, Compared::new(&self.lines[i].key));
        let open: Vec<(usize, Compared)> = self.open().into_iter().map(compared).collect();
        for (i, quote) in &open {
            let line = &self.lines[*i];
            let taken = |(j, other): &(usize, Compared)| {
                j != i && self.lines[*j].len() > line.len() && !self.is_short(*j) && quote.is_quoted_from(other)
            };
            if line.len() <= PULL_QUOTE_MAX && line.words() >= 5 && open.iter().any(taken) {
                self.roles[*i] = Some(PullQuote);
            }
        }
    }

    /// Short lines: below the headline standfirst or caption, between
    /// paragraphs subheadings. In a text of short lines they are the body.
    fn short_lines(&mut self, headline: Option<usize>) {
        let open = self.open();
        let (short, long): (Vec<usize>, Vec<usize>) = open.iter().partition(|i| self.is_short(**i));
        let first_body = long.first().copied();
        let linked = self.linked_below(&open);
        linked.iter().for_each(|i| self.roles[*i] = Some(ReadAlso));
        for &i in short.iter().filter(|i| !linked.contains(i)) {
            let before = first_body.is_some_and(|b| i < b);
            let next = open.iter().copied().find(|j| *j > i);
            let heads = next.is_some_and(|n| long.contains(&n)) && self.lines[i].len() <= SUBHEADING_MAX;
            self.roles[i] = Some(match (before, headline) {
                (true, Some(h)) if self.below_stamp(h, i) => PhotoCaption,
                (true, Some(_)) => Standfirst,
                (false, _) if heads && !self.goes_on(i) && first_body.is_some() && short.len() <= long.len() => {
                    Subheading
                }
                _ => Body,
            });
        }
    }

    /// Titles of other stories below the last paragraph: a run of short lines that no full stop ends. A title may
    /// ask, exclaim or break off; what opens with a dash or a dot is an item of a list and belongs to the story, as
    /// does what opens with «كما» or «وأضاف».
    fn linked_below(&self, open: &[usize]) -> Vec<usize> {
        let is_title = |i: &usize| {
            let line = &self.lines[*i];
            line.len() <= LINKED_MAX && !line.ends_with_stop() && !line.is_item() && !self.goes_on(*i)
        };
        let from = open.iter().rposition(|i| !is_title(i)).map_or(0, |last| last + 1);
        let (story, below) = open.split_at(from);
        let told = story.iter().any(|i| self.lines[*i].len() > SUBHEADING_MAX && !self.is_short(*i));
        if told && below.len() >= LINKED_MIN { below.to_vec() } else { vec![] }
    }

    /// The line opens as one that goes on with the story above it.
    fn goes_on(&self, i: usize) -> bool {
        self.phrases.opening("goes_on", &self.lines[i].key).is_some()
    }

    /// A date or byline stands between the headline and this line.
    fn below_stamp(&self, headline: usize, i: usize) -> bool {
        (headline..i).any(|j| matches!(self.roles[j], Some(ChromeDate | Byline)))
    }

    fn copied(&mut self) {
        for i in 0..self.lines.len() {
            let (None, Some(earlier)) = (self.roles[i], self.copies[i]) else { continue };
            self.roles[i] = Some(match self.roles[earlier] {
                Some(Headline | HeadlineDup) => HeadlineDup,
                Some(PhotoCaption | CaptionDup) => CaptionDup,
                Some(Subheading | SubheadingDup) => SubheadingDup,
                Some(Standfirst | Body | SingleLineArticle | PullQuote) | None => PullQuote,
                Some(other) => other,
            });
        }
    }
}
