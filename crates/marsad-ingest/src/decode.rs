//! Which characters do these bytes mean?
//!
//! UTF-8 first, with or without a byte order mark. Bytes that are not UTF-8 are
//! either UTF-8 with a few damaged places, which are replaced and counted, or
//! an older encoding, which is guessed and named. What a page or its server
//! declares is one voice among others: Arabic pages are often mislabelled, and
//! the bytes show it.

use crate::article::note;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_8859_6, UTF_8, WINDOWS_1256};
use marsad_model::Diagnostic;

/// Decoded text with what is worth telling about the decoding.
pub(crate) struct Decoded {
    pub text: String,
    pub notes: Vec<Diagnostic>,
}

/// The text of `bytes`; `None` when they are no text.
pub(crate) fn decode(bytes: &[u8]) -> Option<Decoded> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Some(match encoding == UTF_8 {
            true => as_utf8(&bytes[mark..]).unwrap_or_else(|| damaged(&bytes[mark..])),
            false => decoded_as(encoding, bytes),
        });
    }
    if is_binary(bytes) {
        return None;
    }
    if let Some(decoded) = as_utf8(bytes) {
        return Some(decoded);
    }
    Some(if is_mostly_utf8(bytes) { damaged(bytes) } else { decoded_as(guess(bytes, None), bytes) })
}

/// The text of a page, given the encoding that its server names and the
/// top-level domain of its host; `None` when the bytes are no text.
pub(crate) fn decode_page(bytes: &[u8], content_type: Option<&str>, tld: Option<&str>) -> Option<Decoded> {
    // A mark, sound UTF-8 and damaged UTF-8 speak for themselves; what cannot be UTF-8 does not.
    if Encoding::for_bom(bytes).is_some() {
        return decode(bytes);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (!is_binary(bytes)).then(|| Decoded { text: text.to_string(), notes: vec![] });
    }
    if is_mostly_utf8(bytes) {
        return (!is_binary(bytes)).then(|| damaged(bytes));
    }
    let declared = content_type.and_then(charset_in).or_else(|| charset_in(&prefix(bytes)));
    let declared = declared.and_then(|label| Encoding::for_label(label.as_bytes()));
    if declared.is_some_and(|e| e == encoding_rs::UTF_16LE || e == encoding_rs::UTF_16BE) || !is_binary(bytes) {
        let encoding = best(bytes, declared, tld);
        let mut decoded = decoded_as(encoding, bytes);
        if let Some(other) = declared.filter(|d| *d != encoding) {
            let message = format!("the page calls itself {}, its bytes are {}", other.name(), encoding.name());
            decoded.notes = vec![note("mislabelled", message, None)];
        } else if declared.is_some() && !decoded.text.contains('\u{fffd}') {
            decoded.notes.clear();
        }
        return Some(decoded);
    }
    None
}

/// The encoding in which the bytes read best as Arabic: the declared one, unless another is plainly better.
fn best(bytes: &[u8], declared: Option<&'static Encoding>, tld: Option<&str>) -> &'static Encoding {
    let sample = sample(bytes);
    let score = |e: &'static Encoding| arabic(&e.decode_without_bom_handling(&sample).0);
    // Most declarations are right, and right text has an article in every line.
    let told = declared.filter(|e| [WINDOWS_1256, ISO_8859_6].contains(e));
    if let Some(encoding) = told.filter(|e| score(e) * 100 > sample.len() as i64) {
        return encoding;
    }
    let guessed = guess(&sample, tld);
    let first = declared.filter(|e| *e != UTF_8).unwrap_or(guessed);
    let (mut best, mut points) = (first, score(first));
    for other in [guessed, WINDOWS_1256, ISO_8859_6] {
        let found = score(other);
        if found * 10 > points * 11 && found > 0 {
            (best, points) = (other, found);
        }
    }
    best
}

/// The stretches of a page that are not ASCII, as far as they are needed to tell encodings apart.
fn sample(bytes: &[u8]) -> Vec<u8> {
    const ENOUGH: usize = 16_384;
    let is_text = |chunk: &&[u8]| chunk.iter().any(|b| !b.is_ascii());
    bytes.chunks(64).filter(is_text).flatten().copied().take(ENOUGH).collect()
}

/// How much a text looks like Arabic: articles at word starts and common endings, less for what no text has.
fn arabic(text: &str) -> i64 {
    let common = text.matches(" \u{627}\u{644}").count() + text.matches("\u{629} ").count();
    let broken = text.chars().filter(|c| matches!(c, '\u{fffd}' | '\u{80}'..='\u{9f}')).count();
    common as i64 - 3 * broken as i64
}

/// The label behind `charset=` in a header or in the first bytes of a page.
fn charset_in(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let found = |key: &str| {
        let rest = lower[lower.find(key)? + key.len()..].trim_start().strip_prefix('=')?.trim_start();
        let rest = rest.trim_start_matches(['"', '\'']);
        let label: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c)).collect();
        (!label.is_empty()).then_some(label)
    };
    found("charset").or_else(|| found("encoding"))
}

/// The bytes in which a page declares its encoding, as ASCII.
fn prefix(bytes: &[u8]) -> String {
    const DECLARED_WITHIN: usize = 4096;
    bytes[..bytes.len().min(DECLARED_WITHIN)].iter().map(|b| if b.is_ascii() { *b as char } else { ' ' }).collect()
}

fn as_utf8(bytes: &[u8]) -> Option<Decoded> {
    std::str::from_utf8(bytes).ok().map(|text| Decoded { text: text.to_string(), notes: vec![] })
}

fn damaged(bytes: &[u8]) -> Decoded {
    let places = bytes.utf8_chunks().filter(|c| !c.invalid().is_empty()).count();
    let message = format!("{places} damaged UTF-8 sequence(s) were replaced by U+FFFD");
    let hint = "names and numbers at these places may be wrong; fetch the article again if you can";
    Decoded {
        text: String::from_utf8_lossy(bytes).into_owned(),
        notes: vec![note("invalid_utf8", message, Some(hint))],
    }
}

fn decoded_as(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, used, replaced) = encoding.decode(bytes);
    let lost = if replaced { ", with characters that it does not have" } else { "" };
    let message = format!("not UTF-8; decoded as {}{lost}", used.name());
    Decoded { text: text.into_owned(), notes: vec![note("decoded_as", message, None)] }
}

/// Letters of another encoding hardly ever make a sound sequence, and each is a broken one: where most are sound the text is UTF-8 that was
/// damaged, however badly. Read in an older encoding such a page looks like Urdu.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    sound > broken
}

/// The most likely encoding, for readers of Arabic: where the bytes leave it
/// open, the country-code domain of an Arabic state decides.
fn guess(bytes: &[u8], tld: Option<&str>) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let tld = tld.filter(|t| t.len() == 2 && t.bytes().all(|b| b.is_ascii_lowercase())).unwrap_or("iq");
    detector.guess(Some(tld.as_bytes()), Utf8Detection::Deny)
}

/// Zero bytes, the first bytes of well-known binary formats, or many control
/// characters in the first 8 KiB.
fn is_binary(bytes: &[u8]) -> bool {
    const MAGIC: [&[u8]; 6] = [b"%PDF-", b"PK\x03\x04", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"\x7fELF"];
    let head = &bytes[..bytes.len().min(8192)];
    let control = head.iter().filter(|b| b.is_ascii_control() && !b"\t\n\r\x0b\x0c\x1b\x1a".contains(b)).count();
    MAGIC.iter().any(|m| bytes.starts_with(m)) || head.contains(&0) || control * 20 > head.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(d: &Decoded) -> Vec<&str> {
        d.notes.iter().map(|n| n.code.as_str()).collect()
    }

    #[test]
    fn a_byte_order_mark_is_no_text() {
        let d = decode("\u{feff}نص".as_bytes()).unwrap();
        assert_eq!((d.text.as_str(), codes(&d).len()), ("نص", 0));
    }

    #[test]
    fn windows_1256_is_found_and_named() {
        let source = "قال مصدر أمني إن صاروخا سقط قرب المطار دون وقوع إصابات، وفتحت الشرطة تحقيقا";
        let (bytes, _, _) = encoding_rs::WINDOWS_1256.encode(source);
        let d = decode(&bytes).unwrap();
        assert_eq!(d.text, source);
        assert_eq!(codes(&d), ["decoded_as"]);
    }

    #[test]
    fn pages_are_read_whatever_they_call_themselves() {
        let body = "قال مصدر أمني إن القوة عثرت على العبوة في المنطقة الشرقية من المدينة القديمة، وفككتها";
        let page = |label: &str| format!("<meta charset={label}><p>{body}</p>");
        let read = |bytes: &[u8], header| decode_page(bytes, header, Some("example")).unwrap();
        let (bytes, _, _) = WINDOWS_1256.encode(body);
        for label in ["windows-1256", "utf-8", "iso-8859-6", "iso-8859-1"] {
            let head = format!("<meta charset={label}><p>");
            let d = read(&[head.as_bytes(), &bytes].concat(), None);
            assert!(d.text.ends_with(body), "{label}");
            assert_eq!(codes(&d), if label == "windows-1256" { vec![] } else { vec!["mislabelled"] }, "{label}");
        }
        let (bytes, _, _) = ISO_8859_6.encode(body);
        assert!(read(&bytes, Some("text/html; charset=ISO-8859-6")).text.ends_with(body));
        assert!(read(page("windows-1256").as_bytes(), None).text.contains(body), "UTF-8 shows itself");
    }

    #[test]
    fn utf_16_with_a_mark_is_read() {
        let mut bytes = vec![0xff, 0xfe];
        "خبر".encode_utf16().for_each(|u| bytes.extend(u.to_le_bytes()));
        assert_eq!(decode(&bytes).unwrap().text, "خبر");
    }

    #[test]
    fn damage_is_replaced_and_counted() {
        let mut bytes = "انفجرت عبوة ناسفة في بغداد".as_bytes().to_vec();
        bytes[3] = 0xff;
        let d = decode(&bytes).unwrap();
        assert!(d.text.contains('\u{fffd}') && d.text.ends_with("بغداد"));
        assert_eq!(codes(&d), ["invalid_utf8"]);
    }

    #[test]
    fn badly_damaged_utf_8_is_no_older_encoding() {
        let source = "قال مصدر أمني إن صاروخا سقط قرب المطار دون وقوع إصابات، وفتحت الشرطة تحقيقا";
        // Every sixth byte is lost.
        let bytes: Vec<u8> = source.bytes().enumerate().filter(|(i, _)| i % 6 != 5).map(|(_, b)| b).collect();
        let d = decode_page(&bytes, Some("text/html; charset=utf-8"), Some("iq")).unwrap();
        assert!(d.text.contains("إنصا") && d.text.contains('\u{fffd}'), "{}", d.text);
        assert_eq!(codes(&d), ["invalid_utf8"]);
        // A line of windows-1256 with a word of UTF-8 in it is still what most of it is.
        let (old, _, _) = WINDOWS_1256.encode(source);
        let d = decode(&[&old, " خبر".as_bytes()].concat()).unwrap();
        assert!(d.text.starts_with(source), "{}", d.text);
    }

    #[test]
    fn pictures_and_archives_are_no_text() {
        assert!(decode(b"PK\x03\x04 anything").is_none());
        assert!(decode(b"a\0b\0c\0").is_none());
    }
}
