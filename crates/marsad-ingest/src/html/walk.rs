//! Which lines of text does a page show, and what stands around them?
//!
//! One pass over the markup with a tokenizer of the HTML standard that tells
//! where each token stands. Lines end where elements of the page's layout begin
//! or end. Beside the lines it gathers what the head says, and writes a
//! simplified copy for the readability library, in which every stretch of text
//! is marked with the number of its line.

use super::tags::{self, Flow, Zone};
use foldhash::fast::FixedState;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
use std::collections::HashMap;
use std::hash::BuildHasher;
use std::ops::Range;

/// What was met on the way through the page. All ranges are bytes of the source.
#[derive(Default)]
pub(super) struct Walked {
    pub blocks: Vec<Block>,
    pub zones: Vec<ZoneElement>,
    pub metas: Vec<Meta>,
    pub times: Vec<TimeElement>,
    /// Contents of `<script type="application/ld+json">`.
    pub json_ld: Vec<Range<usize>>,
    pub title: Option<Range<usize>>,
    /// `<link rel="canonical">`.
    pub canonical: Option<Range<usize>>,
    /// For each container the one that holds it; the page itself is 0.
    parents: Vec<u32>,
    /// The page in few elements, for the readability library.
    pub simple: String,
    /// Elements were nested deeper than is followed.
    pub too_deep: bool,
    /// There was more on the page than is read.
    pub cut: bool,
    /// Characters that a visitor does not see.
    pub hidden: usize,
    /// Characters in the copy.
    pub copied: usize,
}

/// A line of text.
#[derive(Default)]
pub(super) struct Block {
    pub text: String,
    pub pieces: Vec<Piece>,
    pub chars: usize,
    /// Characters inside links.
    pub linked: usize,
    /// The innermost zone, as its place in `Walked::zones`.
    pub zone: Option<u32>,
    /// The element of the layout that holds the line's element, numbered.
    pub container: u32,
    /// The names and classes of the containers from the page down to that one, as one number.
    pub path: u64,
    /// The container has a class: others of its path are alike on purpose.
    pub is_styled: bool,
    pub heading: Option<u8>,
    pub is_item: bool,
    /// Line breaks since the line before; none where an element began.
    pub breaks: u8,
    /// A picture stands right before it.
    pub under_image: bool,
    /// Alone in a cell of a table.
    pub in_cell: bool,
}

/// Characters of a line and the bytes of the source behind them.
pub(super) struct Piece {
    pub chars: u32,
    pub bytes: Range<usize>,
    /// The source has these very characters; else it has a reference or a run of spaces.
    plain: bool,
}

pub(super) struct ZoneElement {
    pub zone: Zone,
    pub parent: Option<u32>,
    /// It or one around it is no part of an article.
    is_chrome: bool,
}

pub(super) struct Meta {
    /// `name`, `property` or `itemprop`, in lower case.
    pub key: String,
    pub content: Range<usize>,
}

/// `<time datetime="…">`, or another element with a machine-readable date.
pub(super) struct TimeElement {
    pub value: Range<usize>,
    /// The line in which it stands.
    pub block: usize,
    pub is_published: bool,
    pub zone: Option<u32>,
}

impl Walked {
    /// The container of a line and those around it, the nearest first.
    pub fn containers_of(&self, block: &Block) -> impl Iterator<Item = u32> {
        let around = |c: &u32| self.parents.get(*c as usize).copied().filter(|_| *c > 0);
        std::iter::successors(Some(block.container), around)
    }
}

/// Elements inside elements are followed so far; browsers stop at 512 too.
const DEPTH_MAX: usize = 512;
/// The copy for the readability library is nested no deeper.
const SIMPLE_DEPTH_MAX: usize = 160;
/// No page of news has so many lines; each has its mark in the copy.
pub(super) const BLOCKS_MAX: usize = 60_000;
/// Attributes of one element that are looked at.
const ATTRIBUTES_MAX: usize = 64;
/// The mark of the first line, the first character of a plane for private use.
const MARK: u32 = 0xF0000;

/// The mark of a line in the copy.
fn mark(block: usize) -> char {
    char::from_u32(MARK + block as u32).expect("a plane for private use holds all marks")
}

/// The line that a character marks.
pub(super) fn marked(c: char) -> Option<usize> {
    (c as u32).checked_sub(MARK).map(|n| n as usize).filter(|n| *n < BLOCKS_MAX)
}

/// What of a page is walked through.
#[derive(Clone, Copy, Default)]
pub(super) struct Scope {
    /// Also what its style hides.
    pub with_hidden: bool,
    /// The copy for the library holds also the regions that call themselves menus, lists, comments.
    pub copy_all: bool,
}

/// Walks through a page.
pub(super) fn walk(source: &str, scope: Scope) -> Walked {
    let mut walk = Walk { scope, ..Walk::new(source) };
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span<usize>| -> Option<()> {
        walk.event(event, span.start..span.end);
        None
    });
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(source, emitter).for_each(drop);
    walk.finish()
}

struct Walk<'s> {
    source: &'s str,
    scope: Scope,
    stack: Vec<Element>,
    /// Open elements beyond the deepest that is followed.
    beyond: usize,
    tag: Tag,
    block: Block,
    space: Option<Range<usize>>,
    breaks: u8,
    /// Ends and beginnings of inline elements since the last character.
    edges: u8,
    image: bool,
    /// Zones of the names met so far: a page has few, many times.
    zones: HashMap<&'s str, Option<Zone>, FixedState>,
    out: Walked,
}

struct Element {
    name: Name,
    flow: Flow,
    zone: Option<u32>,
    container: u32,
    path: u64,
    is_styled: bool,
    unread: bool,
    hidden: bool,
    linked: bool,
    /// Its text is written into the copy.
    copied: bool,
    /// So is its tag: of inline elements the library looks at links only.
    is_written: bool,
}

/// The name of an element: one of the standard's, or its own.
type Name = std::borrow::Cow<'static, str>;

fn name_of(bytes: &[u8]) -> Name {
    let known = std::str::from_utf8(bytes).ok().and_then(tags::known);
    known.map_or_else(|| Name::Owned(String::from_utf8_lossy(bytes).into_owned()), Name::Borrowed)
}

/// The attributes that are looked at.
#[derive(Clone, Copy)]
enum Attribute {
    Class,
    Id,
    Itemprop,
    Role,
    LabelledBy,
    Component,
    TestId,
    Style,
    Hidden,
    Href,
    Rel,
    Type,
    Content,
    Property,
    Name,
    HttpEquiv,
    Datetime,
    Pubdate,
    Timestamp,
    Unixtime,
    Time,
    Date,
    Published,
}

const ATTRIBUTES: [(&str, Attribute); 25] = [
    ("class", Attribute::Class),
    ("id", Attribute::Id),
    ("href", Attribute::Href),
    ("style", Attribute::Style),
    ("content", Attribute::Content),
    ("property", Attribute::Property),
    ("name", Attribute::Name),
    ("itemprop", Attribute::Itemprop),
    ("role", Attribute::Role),
    ("aria-labelledby", Attribute::LabelledBy),
    ("data-component", Attribute::Component),
    ("data-testid", Attribute::TestId),
    ("hidden", Attribute::Hidden),
    ("rel", Attribute::Rel),
    ("type", Attribute::Type),
    ("http-equiv", Attribute::HttpEquiv),
    ("datetime", Attribute::Datetime),
    ("pubdate", Attribute::Pubdate),
    ("data-timestamp", Attribute::Timestamp),
    ("data-unixtime", Attribute::Unixtime),
    ("data-time", Attribute::Time),
    ("data-date", Attribute::Date),
    ("data-datetime", Attribute::Date),
    ("data-published", Attribute::Published),
    ("data-publish-date", Attribute::Published),
];
const ATTRIBUTE_KINDS: usize = Attribute::Published as usize + 1;

/// Those that name what an element holds.
const NAMES: [Attribute; 7] = [
    Attribute::Class,
    Attribute::Id,
    Attribute::Itemprop,
    Attribute::Role,
    Attribute::LabelledBy,
    Attribute::Component,
    Attribute::TestId,
];
/// Those in which the scripts of a page find a date.
const DATES: [Attribute; 5] =
    [Attribute::Timestamp, Attribute::Unixtime, Attribute::Time, Attribute::Date, Attribute::Published];

/// The start tag that is being read.
#[derive(Default)]
struct Tag {
    name: Name,
    /// Where the values of the attributes stand; the first of a name counts.
    values: [Option<(usize, usize)>; ATTRIBUTE_KINDS],
    /// The attribute whose value comes next, when it is looked at.
    wanted: Option<Attribute>,
    many: usize,
}

impl Tag {
    fn begin(&mut self, name: &[u8]) {
        *self = Tag { name: name_of(name), ..Tag::default() };
    }

    fn attribute(&mut self, name: &[u8], end: usize) {
        self.many += 1;
        let known = ATTRIBUTES.iter().find(|(known, _)| known.as_bytes() == name).map(|(_, a)| *a);
        self.wanted = known.filter(|a| self.many <= ATTRIBUTES_MAX && self.values[*a as usize].is_none());
        if let Some(wanted) = self.wanted {
            self.values[wanted as usize] = Some((end, end));
        }
    }

    fn value(&mut self, at: Range<usize>) {
        if let Some(wanted) = self.wanted {
            self.values[wanted as usize] = Some((at.start, at.end));
        }
    }

    fn range(&self, attribute: Attribute) -> Option<Range<usize>> {
        self.values[attribute as usize].map(|(from, to)| from..to)
    }

    fn has(&self, attribute: Attribute) -> bool {
        self.values[attribute as usize].is_some()
    }
}

impl<'s> Walk<'s> {
    fn new(source: &'s str) -> Walk<'s> {
        Walk {
            source,
            scope: Scope::default(),
            stack: vec![],
            beyond: 0,
            tag: Tag::default(),
            block: Block::default(),
            space: None,
            breaks: 0,
            edges: 0,
            image: false,
            zones: HashMap::with_hasher(FixedState::with_seed(0)),
            // The page itself is the first container.
            out: Walked { parents: vec![0], ..Walked::default() },
        }
    }

    fn event(&mut self, event: CallbackEvent<'_>, at: Range<usize>) {
        match event {
            CallbackEvent::OpenStartTag { name } => self.tag.begin(name),
            CallbackEvent::AttributeName { name } => self.tag.attribute(name, at.end),
            CallbackEvent::AttributeValue { .. } => self.tag.value(at),
            CallbackEvent::CloseStartTag { .. } => self.start_tag(),
            CallbackEvent::EndTag { name } => self.end_tag(&name_of(name)),
            CallbackEvent::String { .. } => self.string(at),
            _ => {}
        }
    }

    fn value(&self, attribute: Attribute) -> &'s str {
        self.tag.range(attribute).map_or("", |r| &self.source[r])
    }

    fn start_tag(&mut self) {
        let name = std::mem::take(&mut self.tag.name);
        self.facts_of(&name);
        let flow = tags::flow(&name);
        match flow {
            Flow::Void => {
                self.image |= matches!(&*name, "img" | "amp-img");
                return;
            }
            Flow::Break => {
                self.end_block();
                self.breaks = self.breaks.saturating_add(if name == "hr" { 2 } else { 1 });
                if self.stack.last().is_none_or(|e| e.copied) {
                    self.out.simple.push_str("<br>");
                }
                return;
            }
            Flow::Block | Flow::Inline | Flow::Unread => {}
        }
        while self.stack.last().is_some_and(|e| tags::is_ended_by(&e.name, &name)) {
            self.pop();
        }
        if name == "a" {
            self.close("a");
        }
        if self.stack.len() >= DEPTH_MAX {
            self.beyond += 1;
            self.out.too_deep = true;
            return;
        }
        if flow == Flow::Block {
            self.end_block();
            self.breaks = 0;
        }
        self.image |= matches!(&*name, "picture" | "svg" | "video" | "amp-img");
        self.edges += u8::from(tags::parts_words(&name) && self.edges < 9);
        self.push(name, flow);
    }

    fn push(&mut self, name: Name, flow: Flow) {
        let above = self.stack.last();
        let (zone, container) = above.map_or((None, 0), |e| (e.zone, e.container));
        let (path, is_styled) = above.map_or((0, false), |e| (e.path, e.is_styled));
        let unread = flow == Flow::Unread || above.is_some_and(|e| e.unread);
        let hidden = above.is_some_and(|e| e.hidden) || self.is_hidden() && !matches!(&*name, "html" | "body");
        let linked = name == "a" || above.is_some_and(|e| e.linked);
        let zone = self.zone_of(&name).map_or(zone, |z| {
            let is_chrome = z.is_chrome() || zone.is_some_and(|p| self.out.zones[p as usize].is_chrome);
            self.out.zones.push(ZoneElement { zone: z, parent: zone, is_chrome });
            Some(self.out.zones.len() as u32 - 1)
        });
        let (container, path, is_styled) = if is_container(&name) {
            self.out.parents.push(container);
            let class = self.value(Attribute::Class);
            let path = FixedState::with_seed(path).hash_one((&name, class));
            (self.out.parents.len() as u32 - 1, path, !class.is_empty())
        } else {
            (container, path, is_styled)
        };
        let read = !unread && (!hidden || self.scope.with_hidden);
        let chrome = self.scope.copy_all || !zone.is_some_and(|z| self.out.zones[z as usize].is_chrome);
        let copied = read && chrome && self.stack.len() < SIMPLE_DEPTH_MAX;
        let is_written = copied && (flow == Flow::Block || name == "a");
        if is_written {
            self.copy_start(&name);
        }
        self.stack.push(Element {
            name,
            flow,
            zone,
            container,
            path,
            is_styled,
            unread,
            hidden,
            linked,
            copied,
            is_written,
        });
    }

    fn zone_of(&mut self, name: &str) -> Option<Zone> {
        if matches!(name, "html" | "body" | "main" | "article" | "table" | "tbody") {
            return None;
        }
        // What an element is outranks what it is called, but for the vague ones.
        match tags::zone_of_element(name) {
            Some(zone) if !matches!(zone, Zone::Header | Zone::Related | Zone::Footer) => Some(zone),
            vague => NAMES.iter().find_map(|a| self.zone_of_names(*a)).or(vague),
        }
    }

    fn zone_of_names(&mut self, attribute: Attribute) -> Option<Zone> {
        let names = self.value(attribute);
        if names.is_empty() {
            return None;
        }
        *self.zones.entry(names).or_insert_with(|| tags::zone_of_names(names))
    }

    fn is_hidden(&self) -> bool {
        const UNSEEN: [&str; 6] =
            ["sr-only", "visually-hidden", "screen-reader-text", "print-only", "visible-print", "visible-print-block"];
        let style = self.value(Attribute::Style);
        let is_none = |s: &str| s.trim_start().to_ascii_lowercase().starts_with("none");
        let styled = style.to_ascii_lowercase().contains("display")
            && style.split(';').any(|d| {
                d.split_once(':').is_some_and(|(k, v)| k.trim().eq_ignore_ascii_case("display") && is_none(v))
            });
        styled
            || self.tag.has(Attribute::Hidden)
            || self.value(Attribute::Class).split_ascii_whitespace().any(|c| UNSEEN.contains(&c))
    }

    fn end_tag(&mut self, name: &str) {
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        if name == "br" {
            self.end_block();
            self.breaks = self.breaks.saturating_add(1);
            return;
        }
        self.close(name);
    }

    /// Ends the innermost open element of this name. An inline element that holds blocks, as
    /// a link never closed does, is lifted from around them.
    fn close(&mut self, name: &str) {
        let reach = self.stack.iter().rev().take_while(|e| !tags::is_wall(&e.name) || e.name == name).count();
        let Some(up) = self.stack.iter().rev().take(reach).position(|e| e.name == name) else { return };
        let at = self.stack.len() - 1 - up;
        if tags::flow(name) != Flow::Inline || self.stack[at + 1..].iter().all(|e| e.flow != Flow::Block) {
            (0..=up).for_each(|_| self.pop());
            return;
        }
        let lifted = self.stack.remove(at);
        if name == "a" {
            self.stack[at..].iter_mut().for_each(|e| e.linked = false);
        }
        if lifted.is_written {
            self.out.simple.extend(["</", copied_name(name), ">"]);
        }
    }

    fn pop(&mut self) {
        let Some(element) = self.stack.pop() else { return };
        self.edges += u8::from(tags::parts_words(&element.name) && self.edges < 9);
        if element.flow == Flow::Block {
            self.finish_block(Some(&element));
            self.breaks = 0;
        }
        if element.is_written {
            let end = ["</", copied_name(&element.name), ">"];
            self.out.simple.extend(end);
        }
    }

    fn string(&mut self, at: Range<usize>) {
        let Some(raw) = self.source.get(at.clone()) else { return };
        let Some(element) = self.stack.last() else { return self.text(at) };
        match &*element.name {
            "title" if self.out.title.is_none() && !self.stack.iter().any(|e| e.name == "svg") => {
                self.out.title = Some(at)
            }
            "script" if self.out.json_ld.last().is_some_and(|r| r.is_empty()) => {
                *self.out.json_ld.last_mut().expect("seen above") = at;
            }
            _ if element.unread => {}
            _ if element.hidden && !self.scope.with_hidden => self.out.hidden += raw.trim().chars().count(),
            _ => self.text(at),
        }
    }

    /// Visible text: into the line, and marked into the copy.
    fn text(&mut self, at: Range<usize>) {
        let raw = &self.source[at.clone()];
        if self.out.blocks.len() >= BLOCKS_MAX {
            self.out.cut |= !raw.trim().is_empty();
            return;
        }
        if !raw.trim().is_empty() && self.stack.last().is_none_or(|e| e.copied) {
            self.out.copied += raw.len();
            self.out.simple.push(mark(self.out.blocks.len()));
            // Only characters of the private planes begin with these bytes; the marks are among them.
            match raw.bytes().any(|b| b >= 0xf3) {
                true => self.out.simple.extend(raw.chars().filter(|c| marked(*c).is_none())),
                false => self.out.simple.push_str(raw),
            }
        }
        let mut rest = raw;
        while let Some(c) = rest.chars().next() {
            let start = at.end - rest.len();
            let plain = plain_words(rest);
            if plain > 0 {
                self.words(&rest[..plain], start);
                rest = &rest[plain..];
            } else if c == '&'
                && let Some((width, decoded)) = entity(rest)
            {
                for (i, d) in decoded.chars().enumerate() {
                    // All but the first character of a decoded pair share the place of the whole.
                    self.character(d, if i == 0 { start..start + width } else { start + width..start + width });
                }
                rest = &rest[width..];
            } else {
                self.character(c, start..start + c.len_utf8());
                rest = &rest[c.len_utf8()..];
            }
        }
    }

    /// Characters that stand in the source as they are read: what stands around them concerns the first only.
    fn words(&mut self, words: &str, start: usize) {
        let Some(first) = words.chars().next() else { return };
        self.character(first, start..start + first.len_utf8());
        let rest = &words[first.len_utf8()..];
        let chars = rest.chars().count();
        if chars == 0 {
            return;
        }
        self.block.text.push_str(rest);
        self.block.chars += chars;
        self.block.linked += if self.stack.last().is_some_and(|e| e.linked) { chars } else { 0 };
        let end = start + words.len();
        match self.block.pieces.last_mut() {
            Some(last) if last.plain && last.bytes.end == end - rest.len() => {
                last.chars += chars as u32;
                last.bytes.end = end;
            }
            _ => self.block.pieces.push(Piece { chars: chars as u32, bytes: end - rest.len()..end, plain: true }),
        }
    }

    fn character(&mut self, c: char, at: Range<usize>) {
        if c.is_whitespace() {
            self.space = Some(self.space.take().map_or(at.start, |s| s.start)..at.end);
            return;
        }
        if self.block.text.is_empty() {
            self.space = None;
            let element = self.stack.last();
            self.block.zone = element.and_then(|e| e.zone);
            self.block.container = element.map_or(0, |e| e.container);
            self.block.path = element.map_or(0, |e| e.path);
            self.block.is_styled = element.is_some_and(|e| e.is_styled);
            self.block.breaks = std::mem::take(&mut self.breaks);
            self.block.under_image = std::mem::take(&mut self.image);
        } else if let Some(space) = self.space.take() {
            self.append(' ', space);
        } else if self.is_parted(c) {
            self.append(' ', at.start..at.start);
        }
        self.edges = 0;
        self.append(c, at);
    }

    /// One element ends and another begins between two characters, or a figure meets a
    /// letter there: a visitor sees a gap although the page has no space.
    fn is_parted(&self, c: char) -> bool {
        if self.edges == 0 {
            return false;
        }
        let Some(last) = self.block.text.chars().next_back().filter(|l| l.is_alphanumeric() && c.is_alphanumeric())
        else {
            return false;
        };
        self.edges >= 2 || self.edges == 1 && last.is_numeric() != c.is_numeric()
    }

    fn append(&mut self, c: char, at: Range<usize>) {
        self.block.text.push(c);
        self.block.chars += 1;
        self.block.linked += usize::from(self.stack.last().is_some_and(|e| e.linked));
        let plain = at.len() == c.len_utf8() && self.source[at.clone()].starts_with(c);
        match self.block.pieces.last_mut() {
            Some(last) if plain && last.plain && last.bytes.end == at.start => {
                last.chars += 1;
                last.bytes.end = at.end;
            }
            _ => self.block.pieces.push(Piece { chars: 1, bytes: at, plain }),
        }
    }

    fn end_block(&mut self) {
        self.finish_block(None);
    }

    fn finish_block(&mut self, closing: Option<&Element>) {
        self.space = None;
        if self.block.text.is_empty() {
            return;
        }
        let mut names = closing.into_iter().chain(self.stack.iter().rev()).map(|e| &*e.name);
        let heading = |n: &str| n.strip_prefix('h').and_then(|d| d.parse::<u8>().ok()).filter(|d| (1..=6).contains(d));
        let near: Vec<&str> = names.by_ref().take(4).collect();
        self.block.heading = near.iter().find_map(|n| heading(n));
        self.block.is_item = near.contains(&"li");
        self.block.in_cell = near.first().is_some_and(|n| matches!(*n, "td" | "th"));
        self.out.blocks.push(std::mem::take(&mut self.block));
    }

    fn facts_of(&mut self, name: &str) {
        match name {
            "meta" => self.meta(),
            "link" if self.value(Attribute::Rel).eq_ignore_ascii_case("canonical") && self.out.canonical.is_none() => {
                self.out.canonical = self.tag.range(Attribute::Href);
            }
            "script" if self.value(Attribute::Type).to_ascii_lowercase().contains("ld+json") => {
                self.out.json_ld.push(0..0)
            }
            _ => self.time_element(name),
        }
    }

    fn meta(&mut self) {
        let Some(content) = self.tag.range(Attribute::Content) else { return };
        let keys = [Attribute::Property, Attribute::Name, Attribute::Itemprop, Attribute::HttpEquiv];
        let key = keys.iter().map(|k| self.value(*k)).find(|v| !v.is_empty()).unwrap_or_default().to_ascii_lowercase();
        if !key.is_empty() && self.out.metas.len() < 500 {
            self.out.metas.push(Meta { key, content });
        }
    }

    fn time_element(&mut self, name: &str) {
        let itemprop = self.value(Attribute::Itemprop).to_ascii_lowercase();
        let rdfa = self.value(Attribute::Property).to_ascii_lowercase();
        let dated = itemprop.contains("date") || rdfa.contains("date") || rdfa.contains("dcterms:created");
        let published =
            itemprop.contains("datepublished") || dated && !rdfa.is_empty() || self.tag.has(Attribute::Pubdate);
        let value = match name {
            "time" => self.tag.range(Attribute::Datetime),
            _ if dated => self.tag.range(Attribute::Content).or_else(|| self.tag.range(Attribute::Datetime)),
            _ => DATES.iter().find_map(|a| self.tag.range(*a)),
        };
        let Some(value) = value.filter(|v| !v.is_empty()) else { return };
        if self.out.times.len() < 500 {
            let zone = self.stack.last().and_then(|e| e.zone);
            let zone = self.zone_of(name).filter(|z| *z != Zone::Date && *z != Zone::Header).map_or(zone, |_| zone);
            self.out.times.push(TimeElement { value, block: self.out.blocks.len(), is_published: published, zone });
        }
    }

    fn copy_start(&mut self, name: &str) {
        let names = [("class", self.value(Attribute::Class)), ("id", self.value(Attribute::Id))];
        let out = &mut self.out.simple;
        out.push('<');
        out.push_str(copied_name(name));
        for (key, value) in names.into_iter().filter(|(_, v)| !v.is_empty()) {
            out.extend([" ", key, "=\""]);
            out.extend(value.chars().take(120).filter(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '_')));
            out.push('"');
        }
        if name == "a" {
            out.push_str(" href=\"/\"");
        }
        out.push('>');
    }

    fn finish(mut self) -> Walked {
        while !self.stack.is_empty() {
            self.pop();
        }
        self.end_block();
        self.out.json_ld.retain(|r| !r.is_empty());
        self.out
    }
}

/// Elements that hold lines rather than being one.
fn is_container(name: &str) -> bool {
    tags::flow(name) == Flow::Block
        && !matches!(name, "p" | "li" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "dt" | "dd" | "figcaption" | "tr")
}

/// The readability library knows the elements of the standard only.
fn copied_name(name: &str) -> &str {
    match name {
        "button" | "form" | "fieldset" | "details" | "summary" | "dir" | "center" => "div",
        "time" | "font" | "label" | "data" | "nobr" => "span",
        _ if name.contains('-') || !name.bytes().all(|b| b.is_ascii_alphanumeric()) => "div",
        _ if tags::flow(name) == Flow::Inline && !matches!(name, "a" | "b" | "i" | "em" | "strong" | "u" | "span") => {
            "span"
        }
        _ => name,
    }
}

/// How many bytes at the start of `text` are words with a single space between them: they are read as they stand.
fn plain_words(text: &str) -> usize {
    let mut end = 0;
    for (i, c) in text.char_indices() {
        match c {
            ' ' if end == i && i > 0 => {}
            '&' => break,
            _ if c.is_whitespace() => break,
            _ => end = i + c.len_utf8(),
        }
    }
    end
}

/// A character reference at the start of `text`: its bytes and what it stands for.
fn entity(text: &str) -> Option<(usize, std::borrow::Cow<'_, str>)> {
    const LONGEST: usize = 34;
    let end = text.bytes().take(LONGEST).position(|b| b == b';')? + 1;
    let decoded = html_escape::decode_html_entities(&text[..end]);
    (decoded != text[..end]).then_some((end, decoded))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(html: &str) -> Vec<String> {
        walk(html, Scope::default()).blocks.into_iter().map(|b| b.text).collect()
    }

    #[test]
    fn lines_end_where_blocks_do() {
        assert_eq!(lines("<p>أول<p>ثا<b>ن</b>ٍ <a>رابط</a><ul><li>بند<li>آخر</ul>"), ["أول", "ثانٍ رابط", "بند", "آخر"]);
        assert_eq!(lines("سطر<br>سطر &quot;آخر&quot;&nbsp; &#1593;"), ["سطر", "سطر \"آخر\" ع"]);
        assert_eq!(walk("<a href=x>عنوان<p>نص", Scope::default()).blocks[1].linked, 2);
        assert_eq!(walk("<a name=x><p>نص</a>تتمة<a href=y>ر</a>", Scope::default()).blocks[0].linked, 3);
        assert_eq!(lines("<a>سياسة</a><span>الخميس</span><time>5 أيار</time>ي<b>و</b>م"), ["سياسة الخميس 5 أياريوم"]);
        assert_eq!(lines("<div>أ<script>var x='<p>ب'</script><style>p{}</style>ج</div>"), ["أج"]);
        assert_eq!(lines("<p style='color:red; display : none'>خفي</p><p hidden>خفي</p><p>ظاهر"), ["ظاهر"]);
    }

    #[test]
    fn every_character_has_its_bytes() {
        let html = "<p>قال &laquo;نعم&raquo;\n  <b>ث</b>م &amp; ذهب</p>";
        for block in walk(html, Scope::default()).blocks {
            let mut text = block.text.chars();
            for piece in block.pieces {
                let told: String = text.by_ref().take(piece.chars as usize).collect();
                let raw = &html[piece.bytes];
                let decoded = html_escape::decode_html_entities(raw);
                assert!(
                    told == decoded || told == " " && raw.replace("&nbsp;", " ").trim().is_empty(),
                    "{told:?} is {raw:?}"
                );
            }
        }
    }

    #[test]
    fn the_head_is_gathered() {
        let html = r#"<title>عنوان</title><meta property="og:title" content="عنوان"><link rel=canonical href=/a>
            <script type="application/ld+json">{"a":1}</script><time datetime="2021-05-04">أمس</time>"#;
        let walked = walk(html, Scope::default());
        assert_eq!(&html[walked.title.unwrap()], "عنوان");
        assert_eq!((walked.metas[0].key.as_str(), &html[walked.metas[0].content.clone()]), ("og:title", "عنوان"));
        assert_eq!(&html[walked.json_ld[0].clone()], "{\"a\":1}");
        assert_eq!(&html[walked.times[0].value.clone()], "2021-05-04");
        assert_eq!(&html[walked.canonical.unwrap()], "/a");
    }

    #[test]
    fn depth_and_attributes_are_bounded() {
        let deep = "<div>".repeat(100_000) + "قاع";
        assert!(walk(&deep, Scope::default()).too_deep);
        let wide = format!("<p {}>نص</p>", (0..100_000).map(|i| format!("a{i}=1 ")).collect::<String>());
        assert_eq!(lines(&wide), ["نص"]);
    }
}
