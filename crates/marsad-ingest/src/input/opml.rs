//! Which feeds does a list of feeds name?
//!
//! OPML as feed readers write it, or a text with one address a line. Lists are
//! edited by hand: an unescaped `&` or a missing end tag costs nothing, so the
//! outlines are read with the tokenizer of HTML and not as strict XML.

use crate::article::Skipped;
use crate::decode::decode_page;
use html5gum::{Token, Tokenizer};

/// A feed of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedAddress {
    pub url: String,
    /// As the list calls it.
    pub title: Option<String>,
}

/// The feeds of a list, each once, in order.
///
/// # Errors
/// When the bytes are no text, or name no feed.
///
/// ```
/// use marsad_ingest::feeds_in;
/// let list = r#"<opml version="2.0"><body><outline text="News"><outline text="A" xmlUrl="https://a.example/rss?x=1&y=2"/></outline></body></opml>"#;
/// let feeds = feeds_in("feeds.opml", list.as_bytes()).unwrap();
/// assert_eq!((feeds[0].url.as_str(), feeds[0].title.as_deref()), ("https://a.example/rss?x=1&y=2", Some("A")));
/// assert_eq!(feeds_in("feeds.txt", b"# mine\nhttps://a.example/rss\n").unwrap().len(), 1);
/// assert_eq!(feeds_in("feeds.opml", b"<opml><body/></opml>").unwrap_err().code, "bad_list");
/// ```
pub fn feeds_in(name: &str, bytes: &[u8]) -> Result<Vec<FeedAddress>, Skipped> {
    let Some(decoded) = decode_page(bytes, None, None) else {
        let skipped = Skipped::new(name, "not_text", "these bytes are no list of feeds");
        return Err(skipped.hint("give an OPML file, or a text with one address a line"));
    };
    let text = decoded.text;
    let mut feeds = if text.contains("<outline") { outlines(&text) } else { lines(&text) };
    let mut seen = std::collections::BTreeSet::new();
    feeds.retain(|feed| seen.insert(feed.url.clone()));
    if feeds.is_empty() {
        let skipped = Skipped::new(name, "bad_list", "the list names no feed");
        return Err(skipped.hint("an outline of a feed has xmlUrl=\"https://…\"; a text has one address a line"));
    }
    Ok(feeds)
}

fn outlines(text: &str) -> Vec<FeedAddress> {
    let outline = |token: Token| {
        let Token::StartTag(tag) = token else { return None };
        let value = |name: &str| {
            let value = tag.attributes.get(name.as_bytes())?;
            let value = String::from_utf8_lossy(value).trim().to_string();
            (!value.is_empty()).then_some(value)
        };
        let url = value("xmlurl").filter(|_| tag.name.as_slice() == b"outline")?;
        Some(FeedAddress { url, title: value("title").or_else(|| value("text")) })
    };
    Tokenizer::new(text).filter_map(|token| token.ok().and_then(outline)).collect()
}

fn lines(text: &str) -> Vec<FeedAddress> {
    let lines = text.lines().map(str::trim).filter(|line| line.contains("://") && !line.starts_with('#'));
    lines.map(|line| FeedAddress { url: line.to_string(), title: None }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_as_they_are_edited() {
        let urls = |list: &str| -> Vec<String> {
            feeds_in("a", list.as_bytes()).map_or(vec![], |feeds| feeds.into_iter().map(|f| f.url).collect())
        };
        let nested =
            "<?xml version='1.0'?><opml><body><outline title='عراق'><outline type=rss XMLURL='http://a.example/1'>
            <outline text='without'/><outline xmlUrl=\"http://b.example/2?x=1&amp;y=2\" text='ب'></body>";
        assert_eq!(urls(nested), ["http://a.example/1", "http://b.example/2?x=1&y=2"]);
        assert_eq!(
            urls("https://a.example/rss\n\n# https://b.example\nhttps://a.example/rss\n"),
            ["https://a.example/rss"]
        );
        assert_eq!(urls("no list at all"), [""; 0]);
    }
}
