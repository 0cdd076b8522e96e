//! How do lines with roles become the segments of a document?

use crate::lines::Line;
use crate::phrases::{Phrases, key};
use crate::roles::Page;
use marsad_model::{Segment, SegmentRole, Span};

/// One segment a line, in order; a share button glued to the end of a
/// paragraph becomes a segment of its own.
pub(crate) fn segments(phrases: &Phrases, page: &Page) -> Vec<Segment> {
    let mut out = Vec::with_capacity(page.lines.len());
    for (line, role) in page.lines.iter().zip(&page.roles) {
        match share_at_end(phrases, line).filter(|_| role.tells_news()) {
            Some(at) => {
                out.push(Segment { role: *role, span: Span::new(line.span.start, at) });
                out.push(Segment { role: SegmentRole::ChromeShare, span: Span::new(at, line.span.end) });
            }
            None => out.push(Segment { role: *role, span: line.span }),
        }
    }
    out
}

/// Where «مشاركة :» begins behind the last full stop of a line.
fn share_at_end(phrases: &Phrases, line: &Line) -> Option<u32> {
    let text = line.text.trim_end().strip_suffix(':')?;
    let stop = text.rfind(['.', '!', '\u{61f}', '\u{2026}'])?;
    let width = text[stop..].chars().next().map_or(1, char::len_utf8);
    let tail = &text[stop + width..];
    (tail.len() < 60 && phrases.is("share", &key(phrases.res, tail)))
        .then(|| line.span.start + line.text[..stop + width].chars().count() as u32)
}
