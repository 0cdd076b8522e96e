//! Which lines are furniture of the page rather than part of the article?
//!
//! Share buttons, navigation, "read also" with the titles behind it, sources,
//! bylines, photo credits and lines that are nothing but a date. The words are
//! data; here is only where on a line they must stand.

use crate::lines::Line;
use crate::phrases::{Phrases, key};
use marsad_lang::{Annotation, TimeExpr, TimeMention, TokenKind};
use marsad_model::SegmentRole::{self, *};
use std::ops::Range;

/// The role of a line that its own words tell, without looking at others.
pub(crate) fn role(phrases: &Phrases, line: &Line) -> Option<SegmentRole> {
    read_also(phrases, line)
        .or_else(|| sources(phrases, line))
        .or_else(|| button(phrases, line))
        .or_else(|| is_caption(phrases, line).then_some(PhotoCaption))
        .or_else(|| is_byline(phrases, line).then_some(Byline))
        .or_else(|| has_photo_credit(phrases, line).then_some(PhotoCaption))
}

/// «اقرأ أيضا:» alone is a label; with a title behind the colon it is the whole.
fn read_also(phrases: &Phrases, line: &Line) -> Option<SegmentRole> {
    match behind_label(phrases, "read_also", line)? {
        "" => Some(ReadAlsoLabel),
        _ => Some(ReadAlso),
    }
}

/// «المصادر:» alone, or with short names behind the colon.
fn sources(phrases: &Phrases, line: &Line) -> Option<SegmentRole> {
    match behind_label(phrases, "sources_label", line)? {
        "" => Some(SourcesLabel),
        names => (names.split_whitespace().count() <= 6 && !line.ends_sentence()).then_some(Sources),
    }
}

/// What stands behind a label and its colon; empty when nothing does.
fn behind_label<'l>(phrases: &Phrases, list: &str, line: &'l Line) -> Option<&'l str> {
    let label = phrases.opening(list, &line.key)?;
    if label == line.key {
        return Some("");
    }
    let (head, rest) = line.text.split_once([':', '|'])?;
    (key(phrases.res, head) == label).then(|| rest.trim())
}

/// Lines that consist of button labels: «شارك», «الرئيسية / أخبار», "Close".
fn button(phrases: &Phrases, line: &Line) -> Option<SegmentRole> {
    if line.len() > 120 || line.key.is_empty() {
        return None;
    }
    if is_copyright(line) || phrases.opening("rights", &line.key).is_some() {
        return Some(ChromeNav);
    }
    if phrases.opening("promotion", &line.key).is_some() {
        return Some(ChromeShare);
    }
    if is_clock(phrases, &line.key) {
        return Some(ChromeDate);
    }
    let role_of = |key: &str| match () {
        _ if has_figure(key) && phrases.is("counted", &without_figures(key)) => Some(ChromeNav),
        _ if phrases.is("share", key) => Some(ChromeShare),
        _ if phrases.is("nav", key) => Some(ChromeNav),
        _ if phrases.is("close", key) => Some(ChromeClose),
        _ if phrases.is_chrome(key) && !is_byline(phrases, line) => Some(ChromeNav),
        _ => None,
    };
    if let Some(role) = role_of(&line.key) {
        return Some(role);
    }
    let pieces = pieces(phrases, line, &['|', '/', '\u{b7}', '\u{2022}', ':', '>', '\u{bb}']);
    let mut roles = pieces.iter().map(|p| role_of(p));
    let first = roles.next()??;
    roles.all(|r| r.is_some()).then_some(first)
}

fn has_figure(key: &str) -> bool {
    key.bytes().any(|b| b.is_ascii_digit())
}

/// «2418 قراءة», «المشاهدات: 3187»: what is left without the figures.
fn without_figures(key: &str) -> String {
    let word = |w: &&str| !w.bytes().all(|b| b.is_ascii_digit());
    let words: Vec<&str> = key.split(' ').filter(word).collect();
    if words.len() < key.split(' ').count() { words.join(" ") } else { String::new() }
}

/// «20:30 بتوقيت بيروت»: figures and words of the clock.
fn is_clock(phrases: &Phrases, key: &str) -> bool {
    let is_figure = |w: &str| w.bytes().all(|b| b.is_ascii_digit());
    let fits = |w: &str| is_figure(w) || phrases.has_word("date_filler", w);
    if !has_figure(key) {
        return false;
    }
    let words: Vec<&str> = key.split(' ').collect();
    words.len() >= 3 && words.iter().any(|w| is_figure(w)) && words.into_iter().all(fits)
}

fn is_copyright(line: &Line) -> bool {
    line.text.trim_start().starts_with(['\u{a9}', '\u{24b8}'])
}

/// «فريق التحرير», «X – فريق التحرير», «كتب: …», an outlet's name alone.
fn is_byline(phrases: &Phrases, line: &Line) -> bool {
    if line.len() > 70 || line.ends_sentence() {
        return false;
    }
    let pieces = pieces(phrases, line, &['-', '\u{2013}', '\u{2014}', '|', '/', ':']);
    let names_desk = |p: &String| phrases.is("byline", p) || phrases.outlet(p).is_some();
    let short = pieces.iter().all(|p| p.split(' ').count() <= 5);
    let opens = pieces.len() >= 2 && line.text.contains(':') && phrases.is("byline", &pieces[0]);
    short
        && (opens
            || (pieces.iter().any(names_desk)
                && (pieces.len() == 1 || !line.text.trim_end().ends_with(['-', '\u{2013}']))))
}

/// The outlet that a byline names, with the piece of the line that names it.
pub(crate) fn outlet_in(phrases: &Phrases, line: &Line) -> Option<(usize, usize, usize)> {
    let mut at = 0;
    for piece in line.text.split(is_byline_sign) {
        let from = at + piece.len() - piece.trim_start().len();
        if let Some(outlet) = phrases.outlet(&key(phrases.res, piece)) {
            return Some((outlet, from, from + piece.trim().len()));
        }
        at += piece.len();
        at += line.text[at..].chars().next().map_or(0, char::len_utf8);
    }
    None
}

fn is_byline_sign(c: char) -> bool {
    matches!(c, '-' | '\u{2013}' | '\u{2014}' | '|' | '/' | ':')
}

/// «… (رويترز)»: a credit in brackets ends the line.
fn has_photo_credit(phrases: &Phrases, line: &Line) -> bool {
    let Some(inner) = line.bracket_at_end() else { return false };
    if line.text.trim_end().ends_with('.') || line.len() > 400 {
        return false;
    }
    let inner = key(phrases.res, inner);
    let pieces = inner.split(' ').count();
    phrases.is("credit", &inner)
        || (pieces <= 4 && phrases.list("credit").iter().any(|c| format!(" {inner} ").contains(&format!(" {c} "))))
}

/// «(الصورة: … - وكالات)»: nothing but a caption in brackets.
fn is_caption(phrases: &Phrases, line: &Line) -> bool {
    let inner = line.text.trim().strip_prefix('(').and_then(|t| t.strip_suffix(')'));
    let label = inner.and_then(|t| t.split_once(':')).map(|(label, _)| key(phrases.res, label));
    label.is_some_and(|l| phrases.is("caption_label", &l))
}

/// The keys of the parts of a short line that signs set apart.
fn pieces(phrases: &Phrases, line: &Line, signs: &[char]) -> Vec<String> {
    if !line.text.contains(signs) {
        return if line.key.is_empty() { vec![] } else { vec![line.key.clone()] };
    }
    line.text.split(signs).map(|p| key(phrases.res, p)).filter(|p| !p.is_empty()).collect()
}

/// The full date on a line that is nothing but a date, its label, a clock time
/// and perhaps the outlet's name.
pub(crate) fn date_line<'a>(phrases: &Phrases, a: &'a Annotation, line: &Line) -> Option<&'a TimeMention> {
    if line.len() > 100 || line.key.is_empty() {
        return None;
    }
    let tokens = tokens_of(a, line);
    let time = a.times.iter().find(|t| tokens.contains(&t.first) && full_date(t).is_some())?;
    let outlet: Vec<&str> = line_outlet_words(phrases, line);
    let says_more = tokens.clone().any(|i| {
        let inside = a.times.iter().any(|t| (t.first..t.end).contains(&i));
        let word = a.tokens.text(i);
        a.tokens.list[i].kind == TokenKind::Word
            && !inside
            && !phrases.has_word("date_label", word)
            && !phrases.has_word("date_filler", word)
            && !outlet.contains(&word)
            && a.get(i, "agency").is_none()
    });
    (!says_more || in_cell_of_its_own(a, &tokens, time)).then_some(time)
}

/// «القسم الاقتصادي الإثنين 18 جويلية 2022، 11:04 قرئ 3.412 مرة»: the first full date of a short line
/// that signs and counts. Only where the layout says that the line stands beside the article.
pub(crate) fn date_among_labels<'a>(a: &'a Annotation, line: &Line) -> Option<&'a TimeMention> {
    const LABELS_MAX: u32 = 160;
    let tokens = tokens_of(a, line);
    let short = line.len() <= LABELS_MAX && !line.ends_sentence();
    a.times.iter().find(|t| short && tokens.contains(&t.first) && full_date(t).is_some())
}

/// «| 23 أغسطس 2023 | اسم الكاتب»: bars set the date apart from a few words beside it.
fn in_cell_of_its_own(a: &Annotation, line: &Range<usize>, time: &TimeMention) -> bool {
    let t = &a.tokens;
    let bar = |i: usize| t.is_sign(i, "|");
    let before = line.start == time.first || bar(time.first - 1);
    let behind = line.end == time.end || bar(time.end);
    let barred = before && behind && line.clone().any(bar);
    let words = line.clone().filter(|i| !(time.first..time.end).contains(i) && t.is_word(*i)).count();
    barred && words <= BESIDE_A_DATE
}

/// So many words may stand beside a date in cells of their own: an author, a rubric.
const BESIDE_A_DATE: usize = 5;

fn line_outlet_words<'p>(phrases: &'p Phrases, line: &Line) -> Vec<&'p str> {
    outlet_in(phrases, line)
        .map_or(vec![], |(i, ..)| phrases.res.outlets[i].names.iter().flat_map(|n| n.split(' ')).collect())
}

/// Year, month and day, when an expression gives all three.
pub(crate) fn full_date(time: &TimeMention) -> Option<jiff::civil::Date> {
    match time.expr {
        TimeExpr::Date { year: Some(y), month: Some(m), day: Some(d), .. } => jiff::civil::Date::new(y, m, d).ok(),
        _ => None,
    }
}

/// The tokens of a line.
pub(crate) fn tokens_of(a: &Annotation, line: &Line) -> Range<usize> {
    let first = a.tokens.list.partition_point(|t| t.span.start < line.span.start);
    let end = a.tokens.list.partition_point(|t| t.span.start < line.span.end);
    first..end
}
