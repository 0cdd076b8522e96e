//! What does a visitor of this page read, and which part of it is the article?
//!
//! [`page`] turns the decoded markup into readable lines: the article, its
//! headline, and what stands beside them that may date or sign it. Everything
//! else on the page is left out of the text and keeps its role, so that menus,
//! related titles and comments found no fact. Roles that need the words of a
//! line are given later, as for plain text.

mod content;
mod facts;
mod source;
mod tags;
mod walk;

pub(crate) use facts::{DateKind, Facts, Found};
pub use source::SourceMap;
pub(crate) use source::unseen;

use crate::article::note;
use marsad_model::{Diagnostic, Reading, Segment, SegmentRole, Span};
use source::CodePoints;
use tags::Zone;
use walk::{Block, Scope, Walked};

/// A page as it was fetched, with the way back from its readable text.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The decoded page: what spans count in the end.
    pub source: String,
    pub(crate) map: SourceMap,
    /// One for each line of the readable text.
    pub(crate) hints: Vec<Hint>,
    /// What the text leaves out, in places of the source.
    left_out: Vec<Segment>,
    pub(crate) facts: Facts,
}

/// What the layout tells of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Hint {
    /// The role, whatever the line says.
    pub role: Option<SegmentRole>,
    /// The role, where its words do not tell another.
    pub otherwise: Option<SegmentRole>,
    /// A date on this line may be the article's.
    pub dates: bool,
    /// Between headline and first paragraph, where a date is the article's whatever else the line says.
    pub beside: bool,
    /// In the head of the page, where the day of the visit stands.
    pub top: bool,
}

/// A page made readable.
pub(crate) struct Readable {
    pub text: String,
    pub page: Page,
    pub notes: Vec<Diagnostic>,
}

/// Seen text shorter than this, with more hidden, means that a script shows the article.
const SEEN_MIN: usize = 400;
/// When less of the text than this, in hundredths, lies outside of menus, lists and comments,
/// one of these is misnamed.
const COPIED_MIN: usize = 35;
/// A label or date stands so near behind the article that it is its own.
const BEHIND_MAX: usize = 3;
/// What stands so near above the headline or the article belongs to it.
const HEAD_MAX: usize = 3;
/// A headline has no fewer characters.
const HEADLINE_MIN: usize = 10;
const HEADLINE_BYTES_MAX: usize = 600;
/// A line between headline and article that is a standfirst rather than a label.
const STANDFIRST_MIN: usize = 50;
const PARAGRAPH_MIN: usize = 60;
/// A line with the date of the page, above the article.
const STAMP_MAX: usize = 100;
const CAPTION_MAX: usize = 200;
/// A linked line that is the title of another story rather than a paragraph in a link.
const LINK_MAX: usize = 250;
/// Figures and names in a table.
const CELL_MAX: usize = 25;

/// Makes a decoded page readable.
pub(crate) fn page(source: String) -> Readable {
    let walked = walked(&source);
    let main = content::article(&walked);
    let zones = content::zones(&walked, &main);
    let points = CodePoints::new(&source);
    let first = main.iter().position(|m| *m).unwrap_or(0);
    let mut facts = facts::facts(&source, &walked, &points);
    let layout = Layout::new(&walked.blocks, &main, &zones);
    let headline = layout.headline(facts.title.as_ref());
    let top = headline.unwrap_or(first).saturating_sub(HEAD_MAX);
    let near = |block: usize| (top..=first + 1).contains(&block) || main.get(block).is_some_and(|m| *m);
    facts::add_times(&mut facts, &source, &walked, &points, near);
    let hints: Vec<Option<Hint>> = (0..walked.blocks.len()).map(|i| layout.hint(i, headline)).collect();
    let (text, map, kept) = text_of(&walked.blocks, &hints, &points);
    let left_out = left_out(&walked.blocks, &hints, &layout, &points);
    let notes = notes(&walked);
    Readable { text, page: Page { map, hints: kept, left_out, facts, source }, notes }
}

/// Walks through a page, again where the first way left out what seems to be its article.
fn walked(source: &str) -> Walked {
    let mut scope = Scope::default();
    let mut walked = walk::walk(source, scope);
    let seen = |walked: &Walked| walked.blocks.iter().map(|b| b.chars - b.linked).sum::<usize>();
    if seen(&walked) < SEEN_MIN && walked.hidden > SEEN_MIN {
        scope.with_hidden = true;
        walked = walk::walk(source, scope);
    }
    let told: usize = walked.blocks.iter().map(|b| b.text.len() - b.linked).sum();
    if walked.copied * 100 < told * COPIED_MIN {
        walked = walk::walk(source, Scope { copy_all: true, ..scope });
    }
    walked
}

/// The text that a stretch of markup shows, line by line: for quotes from pages.
///
/// ```
/// assert_eq!(marsad_ingest::visible_text("سقط <b>صاروخان</b>&nbsp;هنا"), "سقط صاروخان هنا");
/// ```
pub fn visible_text(markup: &str) -> String {
    walk::walk(markup, Scope { with_hidden: true, ..Scope::default() })
        .blocks
        .iter()
        .map(|b| b.text.as_str())
        .collect::<Vec<_>>()
        .join("\n")
}

impl Page {
    /// Moves what was read in the text to its places in the page; the document
    /// becomes the page as it was fetched.
    pub fn locate(self, reading: &mut Reading) {
        let lines = std::mem::take(&mut reading.document.segments);
        reading.map_spans(|span| self.map.to_source(span));
        let kept = lines.into_iter().map(|s| (s.role, self.map.pieces(s.span)));
        let left = self.left_out.into_iter().map(|s| (s.role, vec![s.span]));
        let mut lines: Vec<(SegmentRole, Vec<Span>)> = kept.chain(left).filter(|(_, p)| !p.is_empty()).collect();
        lines.sort_by_key(|(_, pieces)| pieces[0]);
        reading.document.segments = segments(&lines);
        reading.document.text = self.source;
    }
}

/// A segment for each stretch of text; between two lines, where the page has
/// markup, a blank one, so that lines can be told apart from their pieces.
fn segments(lines: &[(SegmentRole, Vec<Span>)]) -> Vec<Segment> {
    let mut out: Vec<Segment> = vec![];
    for (role, pieces) in lines {
        let gap = out.last().map(|s| s.span.end).filter(|end| *end < pieces[0].start);
        out.extend(gap.map(|end| Segment { role: SegmentRole::Blank, span: Span::new(end, pieces[0].start) }));
        out.extend(pieces.iter().map(|span| Segment { role: *role, span: *span }));
    }
    out
}

struct Layout<'w> {
    blocks: &'w [Block],
    main: &'w [bool],
    zones: &'w [Vec<Zone>],
    /// First and last line of the article.
    first: usize,
    last: usize,
    /// The first two lines of the article that are paragraphs; its first line where there are fewer.
    paragraphs: [usize; 2],
}

impl<'w> Layout<'w> {
    fn new(blocks: &'w [Block], main: &'w [bool], zones: &'w [Vec<Zone>]) -> Layout<'w> {
        let first = main.iter().position(|m| *m).unwrap_or(0);
        let last = main.iter().rposition(|m| *m).unwrap_or(0);
        let mut long = (first..blocks.len()).filter(|i| main[*i] && blocks[*i].chars >= PARAGRAPH_MIN);
        let paragraphs = [long.next().unwrap_or(first), long.next().unwrap_or(first)];
        Layout { blocks, main, zones, first, last, paragraphs }
    }

    /// The line that is the headline: the one above the article or at its begin that has most
    /// words of the page's title; where none has, the last first-level heading above it.
    fn headline(&self, title: Option<&Found>) -> Option<usize> {
        if !self.main.contains(&true) {
            return None;
        }
        let open = |i: &usize| self.blocks[*i].chars >= HEADLINE_MIN && !self.is_elsewhere(*i);
        let reach = (self.first + BEHIND_MAX).min(self.last);
        let title = title.map(|t| distinct_words(&t.value)).unwrap_or_default();
        let told = |i: usize| (i, common_words(&self.blocks[i].text, &title));
        let rank = |(i, told): &(usize, usize)| (self.blocks[*i].heading.is_some(), *told, *i);
        let named = (0..=reach).filter(open).map(told).filter(|(_, told)| *told >= 2).max_by_key(rank).map(|(i, _)| i);
        let top = |i: &usize| self.blocks[*i].heading == Some(1);
        named.or_else(|| (0..=reach).filter(open).rfind(top))
    }

    /// In a region that is not the article's.
    fn is_elsewhere(&self, i: usize) -> bool {
        self.zones[i].iter().any(|z| z.is_chrome())
    }

    /// What the layout says of a line; `None` leaves it out of the text.
    fn hint(&self, i: usize, headline: Option<usize>) -> Option<Hint> {
        let block = &self.blocks[i];
        if headline == Some(i) {
            return Some(Hint { role: Some(SegmentRole::Headline), ..Hint::default() });
        }
        let (first, last) = (self.first, self.last);
        let zone = |z: Zone| self.zones[i].contains(&z);
        let between = headline.is_some_and(|h| (h..=self.paragraphs[0]).contains(&i));
        if self.main[i] {
            let beside = headline.is_some_and(|h| (h..=self.paragraphs[1]).contains(&i));
            return Some(self.in_article(i, headline.is_some_and(|h| i <= h) || between, beside));
        }
        if self.is_elsewhere(i) {
            return None;
        }
        if zone(Zone::Caption) || between && self.is_under_image(i) {
            let caption = Hint { role: Some(SegmentRole::PhotoCaption), ..Hint::default() };
            return (i >= headline.unwrap_or(first) && i <= last).then_some(caption);
        }
        let signed = zone(Zone::Date) || zone(Zone::Byline);
        if between && block.chars >= STANDFIRST_MIN && block.linked * 2 < block.chars && !signed {
            return Some(Hint { dates: true, beside: true, ..Hint::default() });
        }
        let behind = i > last && i - last <= BEHIND_MAX && signed;
        let above = i < first && block.chars <= STAMP_MAX && block.linked == 0;
        let top = i + HEAD_MAX < headline.unwrap_or(first);
        let label =
            Hint { otherwise: Some(SegmentRole::ChromeNav), dates: true, beside: between || behind, top, role: None };
        (between || behind || above).then_some(label)
    }

    /// A short line under a picture, apart from the article's lines.
    fn is_under_image(&self, i: usize) -> bool {
        let block = &self.blocks[i];
        let alone = |j: Option<&Block>| j.is_none_or(|b| b.container != block.container);
        let stop = block.text.trim_end().ends_with('.');
        let apart = alone(i.checked_sub(1).and_then(|j| self.blocks.get(j))) && alone(self.blocks.get(i + 1));
        let signs = self.zones[i].iter().any(|z| matches!(z, Zone::Date | Zone::Byline));
        block.under_image && apart && !signs && block.chars <= CAPTION_MAX && !stop && block.heading.is_none()
    }

    fn in_article(&self, i: usize, above: bool, beside: bool) -> Hint {
        let block = &self.blocks[i];
        let zone = |z: &Zone| role_of(*z).filter(|r| *r != SegmentRole::Byline);
        let of_zone = self.zones[i].iter().find_map(zone);
        let signs = self.zones[i].contains(&Zone::Byline);
        let link = content::is_link(block) && block.chars < LINK_MAX;
        let wordless = !block.text.chars().any(is_arabic);
        let role = match () {
            () if of_zone.is_some() => of_zone,
            () if link => Some(SegmentRole::ReadAlso),
            () if wordless => Some(SegmentRole::ChromeNav),
            () if self.is_under_image(i) => Some(SegmentRole::PhotoCaption),
            () => None,
        };
        // Short lines above the first paragraph sign and date it; those in cells are figures of a table.
        let label = above && block.chars < STANDFIRST_MIN || block.in_cell && block.chars <= CELL_MAX;
        let otherwise = match () {
            () if signs => Some(SegmentRole::Byline),
            () => label.then_some(SegmentRole::ChromeNav),
        };
        Hint { role, otherwise, dates: role.is_none(), beside, top: false }
    }
}

/// The role that a zone gives to the lines in it.
fn role_of(zone: Zone) -> Option<SegmentRole> {
    Some(match zone {
        Zone::Share => SegmentRole::ChromeShare,
        Zone::Related => SegmentRole::ReadAlso,
        Zone::Caption => SegmentRole::PhotoCaption,
        Zone::Byline => SegmentRole::Byline,
        Zone::Embed => SegmentRole::PullQuote,
        Zone::Navigation | Zone::Comments | Zone::Tags | Zone::Advert | Zone::Ticker | Zone::Footer => {
            SegmentRole::ChromeNav
        }
        Zone::Date | Zone::Header | Zone::Heading => return None,
    })
}

/// The readable text of the lines that have a hint, its map, and their hints.
fn text_of(blocks: &[Block], hints: &[Option<Hint>], points: &CodePoints) -> (String, SourceMap, Vec<Hint>) {
    let (mut text, mut map, mut kept) = (String::new(), SourceMap::default(), vec![]);
    let mut before: Option<(&Block, Hint)> = None;
    for (block, hint) in blocks.iter().zip(hints) {
        let Some(hint) = hint else {
            before = None;
            continue;
        };
        let place = points.at(block.pieces.first().map_or(0, |p| p.bytes.start));
        let goes_on = before.is_some_and(|(b, h)| h == *hint && goes_on(b, block));
        if !kept.is_empty() {
            text.push(if goes_on { ' ' } else { '\n' });
            map.push(1, place, 0);
        }
        if !goes_on {
            kept.push(*hint);
        }
        text.push_str(&block.text);
        for piece in &block.pieces {
            let span = points.span(piece.bytes.clone());
            map.push(piece.chars, span.start, span.len());
        }
        before = Some((block, *hint));
    }
    (text, map, kept)
}

/// Old pages break their lines by hand: one break after a long line without a stop is a space.
fn goes_on(before: &Block, block: &Block) -> bool {
    const LONG: usize = 60;
    let stop = before
        .text
        .trim_end_matches(['"', '\u{bb}', ')', ' '])
        .ends_with(['.', '!', '?', '\u{61f}', ':', '\u{61b}', '\u{2026}']);
    block.breaks == 1 && block.container == before.container && before.chars >= LONG && !stop
}

fn left_out(blocks: &[Block], hints: &[Option<Hint>], layout: &Layout, points: &CodePoints) -> Vec<Segment> {
    let out = |(i, block): (usize, &Block)| {
        let role = layout.zones[i].iter().find_map(|z| role_of(*z)).unwrap_or(SegmentRole::ChromeNav);
        let start = block.pieces.first().map_or(0, |p| p.bytes.start);
        let end = block.pieces.last().map_or(start, |p| p.bytes.end);
        Segment { role, span: points.span(start..end) }
    };
    blocks.iter().enumerate().filter(|(i, _)| hints[*i].is_none()).map(out).collect()
}

/// A letter of the Arabic script, in its own block or as a presentation form.
fn is_arabic(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{64a}' | '\u{66e}'..='\u{6d3}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// The words of two letters and more.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().nth(1).is_some())
}

/// The same, each once and in order.
fn distinct_words(text: &str) -> Vec<&str> {
    let mut words: Vec<&str> = words(text).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// How many words a line shares with the title, if most words of the shorter are the other's too; one is as good as none.
fn common_words(line: &str, title: &[&str]) -> usize {
    let is_told = |w: &&str| title.binary_search(w).is_ok();
    // A paragraph is no headline, whatever it shares; most other lines share nothing and are left without sorting.
    if title.is_empty() || line.len() > HEADLINE_BYTES_MAX || words(line).filter(is_told).nth(1).is_none() {
        return 0;
    }
    let line = distinct_words(line);
    let common = line.iter().filter(|w| is_told(w)).count();
    let most = common * 10 >= line.len().min(title.len()) * 7 && line.len() <= title.len() * 2 + 2;
    if most { common } else { 0 }
}

fn notes(walked: &Walked) -> Vec<Diagnostic> {
    let deep = walked.too_deep.then(|| {
        let hint = "the page may be broken; what lies deeper was not read";
        note("page_too_deep", "elements are nested more than 512 deep".to_string(), Some(hint))
    });
    let cut = walked.cut.then(|| {
        let message = format!("the page has more than {} lines; the others were not read", walk::BLOCKS_MAX);
        note("page_cut", message, Some("this is an archive or a listing; give its articles one by one"))
    });
    deep.into_iter().chain(cut).collect()
}

/// A span of the readable text that stands for a place of the page outside it.
pub(crate) fn outside(found: &Found) -> Span {
    unseen(found.span)
}
