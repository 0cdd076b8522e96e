//! What do the names of elements, classes and ids say about a page?
//!
//! Names are English whatever the language of the page. Tables only; the walk
//! in `walk.rs` applies them.

/// What an element does to the text inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    /// Begins and ends a line.
    Block,
    /// Stands inside a line.
    Inline,
    /// Breaks the line and holds nothing: `br`, `hr`.
    Break,
    /// Holds nothing and breaks nothing.
    Void,
    /// Its text is never shown.
    Unread,
}

/// The names of the standard's elements that pages use, so that one name is one string.
const KNOWN: [&str; 92] = [
    "a",
    "abbr",
    "address",
    "amp-img",
    "article",
    "aside",
    "audio",
    "b",
    "base",
    "bdi",
    "blockquote",
    "body",
    "br",
    "button",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "dd",
    "del",
    "details",
    "dir",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "label",
    "legend",
    "li",
    "link",
    "main",
    "map",
    "mark",
    "marquee",
    "menu",
    "meta",
    "nav",
    "noscript",
    "object",
    "ol",
    "option",
    "p",
    "path",
    "picture",
    "pre",
    "q",
    "s",
    "script",
    "section",
    "select",
    "small",
    "source",
    "span",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "th",
    "time",
    "title",
    "tr",
    "ul",
];

/// The name as the one string that all elements of it share.
pub(super) fn known(name: &str) -> Option<&'static str> {
    KNOWN.binary_search(&name).ok().map(|i| KNOWN[i])
}

/// How an element stands in the line; elements nobody knows are blocks when they carry a
/// hyphen, as the custom elements of broadcasters do.
pub(super) fn flow(name: &str) -> Flow {
    match name {
        "br" | "hr" => Flow::Break,
        "area" | "base" | "col" | "embed" | "img" | "input" | "link" | "meta" | "param" | "source" | "track"
        | "wbr" => Flow::Void,
        "script" | "style" | "noscript" | "template" | "svg" | "math" | "iframe" | "object" | "canvas" | "audio"
        | "video" | "map" | "select" | "textarea" | "title" | "datalist" | "noembed" | "noframes" | "dialog"
        | "amp-ad" | "amp-analytics" | "amp-iframe" | "amp-sidebar" | "amp-consent" => Flow::Unread,
        "a" | "abbr" | "acronym" | "b" | "bdi" | "bdo" | "big" | "cite" | "code" | "data" | "del" | "dfn" | "em"
        | "font" | "i" | "ins" | "kbd" | "label" | "mark" | "nobr" | "q" | "rp" | "rt" | "ruby" | "s" | "samp"
        | "small" | "span" | "strike" | "strong" | "sub" | "sup" | "time" | "tt" | "u" | "var" | "picture"
        | "amp-img" => Flow::Inline,
        "address" | "article" | "aside" | "blockquote" | "body" | "head" | "button" | "caption" | "center" | "dd"
        | "details" | "dir" | "div" | "dl" | "dt" | "fieldset" | "figcaption" | "figure" | "footer" | "form" | "h1"
        | "h2" | "h3" | "h4" | "h5" | "h6" | "header" | "hgroup" | "html" | "legend" | "li" | "main" | "menu"
        | "nav" | "ol" | "optgroup" | "option" | "p" | "pre" | "search" | "section" | "summary" | "table" | "tbody"
        | "td" | "tfoot" | "th" | "thead" | "tr" | "ul" | "marquee" => Flow::Block,
        _ if name.contains('-') => Flow::Block,
        _ => Flow::Inline,
    }
}

/// An inline element that parts words where nothing else does: its place is told by a style.
/// Those that only dress letters do not: `<b>`, `<font>`.
pub(super) fn parts_words(name: &str) -> bool {
    matches!(name, "a" | "span" | "time" | "small" | "label" | "cite" | "abbr" | "data")
}

/// An open element of this name ends where another of `next` begins, though no end tag says so.
pub(super) fn is_ended_by(open: &str, next: &str) -> bool {
    match open {
        "p" => flow(next) == Flow::Block || next == "hr",
        "li" => next == "li",
        "dt" | "dd" => matches!(next, "dt" | "dd"),
        "tr" => matches!(next, "tr" | "tbody" | "tfoot"),
        "td" | "th" => matches!(next, "td" | "th" | "tr" | "tbody" | "tfoot"),
        "option" => matches!(next, "option" | "optgroup"),
        _ => false,
    }
}

/// An end tag does not reach through these: `</p>` in a cell closes nothing outside it.
pub(super) fn is_wall(name: &str) -> bool {
    matches!(name, "table" | "td" | "th" | "body" | "html")
}

/// A region of the page that is not the article, told by the names it carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Zone {
    Navigation,
    Share,
    Related,
    Comments,
    Caption,
    Byline,
    Date,
    Tags,
    Advert,
    Ticker,
    Embed,
    Footer,
    /// The head of the article or of the page: neither says what it holds.
    Header,
    Heading,
}

impl Zone {
    /// No line in such a zone belongs to the article, unless it holds most of the page.
    pub fn is_chrome(self) -> bool {
        use Zone::*;
        matches!(self, Navigation | Share | Related | Comments | Tags | Advert | Ticker | Footer)
    }
}

/// The zone that an element opens, by its own name.
pub(super) fn zone_of_element(name: &str) -> Option<Zone> {
    Some(match name {
        "nav" | "menu" | "button" => Zone::Navigation,
        "footer" => Zone::Footer,
        "aside" => Zone::Related,
        "figcaption" | "caption" => Zone::Caption,
        "header" => Zone::Header,
        "time" => Zone::Date,
        "h1" => Zone::Heading,
        "marquee" => Zone::Ticker,
        _ => return None,
    })
}

/// The zone that a word of a class, id or role names.
fn zone_of_word(word: &str) -> Option<Zone> {
    Some(match word {
        "nav" | "navigation" | "navbar" | "menu" | "breadcrumb" | "breadcrumbs" | "submenu" | "megamenu" | "topbar"
        | "pagination" | "toolbar" | "search" | "login" | "cookie" | "cookies" | "consent" | "gdpr" | "skip"
        | "lang" | "language" | "languages" | "complementary" | "banner" | "popup" | "modal" | "overlay" | "toc" => {
            Zone::Navigation
        }
        "share" | "sharing" | "sharedaddy" | "social" | "addtoany" | "addthis" | "sharethis" | "follow" | "print"
        | "socials" | "shares" | "fontsize" | "audio" | "listen" | "player" => Zone::Share,
        "related" | "recommended" | "recommendations" | "recirc" | "recirculation" | "mostread" | "popular"
        | "trending" | "sidebar" | "outbrain" | "taboola" | "latest" | "suggested" | "readmore" | "readalso"
        | "seealso" | "alsoread" | "jp-relatedposts" | "yarpp" | "carousel" | "prevnext" | "nextprev"
        | "inlinerelated" | "newsbox" | "weather" | "prayer" | "currency" | "poll" | "teaser" | "teasers"
        | "mostviewed" | "morenews" => Zone::Related,
        "comment" | "comments" | "commentlist" | "disqus" | "respond" | "replies" | "reply" => Zone::Comments,
        "caption" | "figcaption" | "captions" | "credit" | "credits" | "photocredit" | "copyrights" => Zone::Caption,
        "byline" | "author" | "authors" | "writer" | "bylines" | "reporter" => Zone::Byline,
        "date" | "time" | "datetime" | "timestamp" | "submitted" | "published" | "pubdate" | "postdate"
        | "dateline" => Zone::Date,
        "tags" | "tag" | "keywords" | "tagcloud" | "tagslist" | "hashtags" | "topics" => Zone::Tags,
        "ad" | "ads" | "advert" | "adsbygoogle" | "advertisement" | "sponsored" | "promo" | "newsletter"
        | "subscribe" | "subscription" | "dfp" | "donate" | "apps" | "podcast" => Zone::Advert,
        "ticker" | "breaking" | "urgent" | "newsticker" | "marquee" => Zone::Ticker,
        "twitter" | "tweet" | "instagram" | "fb" | "telegram" => Zone::Embed,
        "footer" | "copyright" | "colophon" | "contentinfo" => Zone::Footer,
        _ => return None,
    })
}

/// Pairs of words that say what neither says alone: `most-read`, `read-also`.
fn zone_of_pair(first: &str, second: &str) -> Option<Zone> {
    Some(match (first, second) {
        ("most", _) | ("more", "news" | "stories" | "from") | ("read" | "see", "also" | "more" | "next") => {
            Zone::Related
        }
        ("also", "read") | ("you", "may" | "might") | ("inline", "related") | ("next" | "prev", "post" | "article") => {
            Zone::Related
        }
        ("posts" | "post", "navigation") | ("cat" | "category", "links") => Zone::Navigation,
        ("box", "author") | ("about", "author") | ("author", "box" | "bio" | "info") => Zone::Byline,
        ("breaking", "news") | ("news", "ticker" | "bar") => Zone::Ticker,
        ("font", "size" | "resize") | ("text", "size" | "resize") | ("copy", "link") | ("short", "link" | "url") => {
            Zone::Share
        }
        ("posted", "on") | ("publish" | "published" | "post" | "entry" | "article", "date" | "time") => Zone::Date,
        ("image" | "img" | "photo" | "media", "caption" | "desc" | "description" | "credit" | "title") => Zone::Caption,
        _ => return None,
    })
}

/// The zone that the class, id or role of an element names, if any. Words are told apart by
/// signs and by capitals: `related-news`, `relatedNews`, `related_news`.
pub(super) fn zone_of_names(names: &str) -> Option<Zone> {
    let mut zone = None;
    for name in names.split_ascii_whitespace() {
        let words = words_of(name);
        // Long names are the machine's: `td-post-content-has-sidebar-layout-…`.
        let told = words.windows(2).find_map(|w| zone_of_pair(&w[0], &w[1])).or_else(|| {
            let whole = zone_of_word(&words.concat());
            whole.or_else(|| words.iter().take(3).find_map(|w| zone_of_word(w)))
        });
        zone = zone.or(told.filter(|_| words.len() <= 5 && !words.iter().any(|w| is_of_layout(w))));
    }
    zone
}

/// Names that tell how a page is laid out, not what stands there: `has-sidebar`, `with-comments`, `no-ads`.
fn is_of_layout(word: &str) -> bool {
    matches!(
        word,
        "has" | "with" | "no" | "without" | "is" | "single" | "body" | "content" | "wrapper" | "layout" | "col"
    )
}

fn words_of(name: &str) -> Vec<String> {
    let mut out = vec![];
    let mut word = String::new();
    let mut was_lower = false;
    for c in name.chars().take(80) {
        let parts = !c.is_ascii_alphanumeric() || c.is_ascii_uppercase() && was_lower;
        if parts && !word.is_empty() {
            out.push(std::mem::take(&mut word));
        }
        if c.is_ascii_alphanumeric() {
            word.push(c.to_ascii_lowercase());
        }
        was_lower = c.is_ascii_lowercase();
    }
    if !word.is_empty() {
        out.push(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_classes_tell_zones() {
        assert_eq!(zone_of_names("box related-news"), Some(Zone::Related));
        assert_eq!(zone_of_names("mostRead"), Some(Zone::Related));
        assert_eq!(zone_of_names("wp-caption-text"), Some(Zone::Caption));
        assert_eq!(zone_of_names("entry-date published"), Some(Zone::Date));
        assert_eq!(zone_of_names("post-1234 has-sidebar"), None);
        assert_eq!(zone_of_names("article__body"), None);
    }

    #[test]
    fn known_names_are_in_order() {
        assert!(KNOWN.is_sorted() && known("ul") == Some("ul") && known("x-y").is_none());
    }

    #[test]
    fn a_paragraph_ends_where_a_block_begins() {
        assert!(is_ended_by("p", "div") && !is_ended_by("p", "b"));
        assert!(is_ended_by("li", "li") && is_ended_by("td", "tr"));
    }
}
