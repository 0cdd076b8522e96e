//! Which characters do these bytes mean?
//!
//! UTF-8 first, with or without a byte order mark. Bytes that are not UTF-8 are
//! either UTF-8 with a few damaged places, which are replaced and counted, or
//! an older encoding, which is guessed and named.

use crate::article::note;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};
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
    Some(if is_mostly_utf8(bytes) { damaged(bytes) } else { decoded_as(guess(bytes), bytes) })
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

/// Damage is rare among sound sequences; another encoding has hardly any sound one.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    sound > 5 * broken
}

/// The most likely encoding, for readers of Arabic: where the bytes leave it
/// open, the country-code domain of an Arabic state decides.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(Some(b"iq"), Utf8Detection::Deny)
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
    fn pictures_and_archives_are_no_text() {
        assert!(decode(b"PK\x03\x04 anything").is_none());
        assert!(decode(b"a\0b\0c\0").is_none());
    }
}
