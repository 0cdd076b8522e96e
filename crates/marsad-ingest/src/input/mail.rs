//! Which article does a message or a page saved as one file hold?
//!
//! Newsletters (`.eml`) and pages that browsers save as `.mhtml` are both MIME:
//! parts behind one another, the page among them.

use crate::article::{Item, Markup, RawArticle, Skipped};
use crate::given;
use mail_parser::{Message, MessageParser, MimeHeaders};
use marsad_model::Retrieval;

/// The article of a message.
pub(super) fn item(file: &str, bytes: Vec<u8>) -> Item {
    let Some(message) = MessageParser::default().parse(&bytes) else {
        return Item::Skipped(Skipped::new(file, "not_text", "these bytes are no message"));
    };
    let url = ["Snapshot-Content-Location", "Content-Location"].iter().find_map(|h| header(&message, h));
    let retrieval = Retrieval {
        url: url.filter(|u| u.contains("://")),
        file: Some(file.to_string()),
        content_type: Some("text/html; charset=utf-8".to_string()),
        ..Retrieval::default()
    };
    let saved = message.subject().is_none() || retrieval.url.is_some();
    let body = message.parts.iter().find(|p| p.is_content_type("text", "html")).and_then(|p| p.text_contents());
    let Some(markup) = body.map(str::to_string).or_else(|| message.body_html(0).map(|b| b.into_owned())) else {
        return Item::Skipped(Skipped::new(file, "empty", "the message has no text"));
    };
    let (published, outlet) = match saved {
        // The date of a saved page is that of the visit.
        true => (None, None),
        false => {
            let sender = message.from().and_then(|f| f.first()).and_then(|a| a.name()).map(str::to_string);
            (message.date().and_then(|d| given::days(&d.to_rfc3339())), sender)
        }
    };
    let source = retrieval.url.clone().unwrap_or_else(|| file.to_string());
    let page = RawArticle::page(&source, vec![], retrieval);
    let markup = Markup::Apart(markup.into_bytes());
    drop(message);
    Item::Article(RawArticle { raw: bytes, markup, published, outlet, ..page })
}

fn header(message: &Message, name: &str) -> Option<String> {
    message.header_raw(name).map(|v| v.trim().trim_matches(['<', '>']).to_string()).filter(|v| !v.is_empty())
}
