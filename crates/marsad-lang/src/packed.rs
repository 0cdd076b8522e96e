//! How do the tables of [`Resources`](crate::Resources) become bytes, and bytes tables again?
//!
//! Reading the data files takes several times longer than reading a short
//! text; so the program carries their tables ready-made. The bytes are for the
//! program that they were built with and for no other: nothing in them is
//! checked, and no field is named. [`packed!`] lists the fields of a struct, so
//! that the compiler asks for a new one.
//!
//! Texts stand once, in front of everything else; whatever names one gives its
//! number. Numbers are written seven bits a byte, the lowest first.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// What can be written and read back.
pub(crate) trait Packed: Sized {
    fn pack(&self, out: &mut Packer);
    fn unpack(from: &mut Unpacker) -> Self;
}

/// Writes.
#[derive(Default)]
pub(crate) struct Packer {
    body: Vec<u8>,
    texts: Vec<String>,
    numbers: HashMap<String, u64>,
}

impl Packer {
    pub(crate) fn finish(self) -> Vec<u8> {
        let mut head = Packer::default();
        head.number(self.texts.len() as u64);
        self.texts.iter().for_each(|text| head.number(text.len() as u64));
        let texts = self.texts.iter().flat_map(|text| text.bytes());
        head.body.into_iter().chain(texts).chain(self.body).collect()
    }

    fn number(&mut self, mut n: u64) {
        while n >= 0x80 {
            self.body.push(n as u8 | 0x80);
            n >>= 7;
        }
        self.body.push(n as u8);
    }

    fn text(&mut self, text: &str) {
        let number = match self.numbers.get(text) {
            Some(known) => *known,
            None => {
                let fresh = self.texts.len() as u64;
                self.texts.push(text.to_string());
                self.numbers.insert(text.to_string(), fresh);
                fresh
            }
        };
        self.number(number);
    }
}

/// Reads what a [`Packer`] of the same program wrote.
pub(crate) struct Unpacker {
    rest: &'static [u8],
    texts: Vec<&'static str>,
    shared: Vec<Option<Arc<str>>>,
}

impl Unpacker {
    pub(crate) fn new(bytes: &'static [u8]) -> Unpacker {
        let mut from = Unpacker { rest: bytes, texts: vec![], shared: vec![] };
        let count = from.number() as usize;
        let lengths: Vec<usize> = (0..count).map(|_| from.number() as usize).collect();
        let (all, rest) = from.rest.split_at(lengths.iter().sum());
        let mut all = std::str::from_utf8(all).expect("texts were packed as UTF-8");
        let cut = lengths.into_iter().map(|length| {
            let (text, more) = all.split_at(length);
            all = more;
            text
        });
        from.texts = cut.collect();
        from.shared = vec![None; count];
        from.rest = rest;
        from
    }

    fn byte(&mut self) -> u8 {
        let (first, rest) = self.rest.split_first().expect("as many bytes as were packed");
        self.rest = rest;
        *first
    }

    fn number(&mut self) -> u64 {
        let (mut n, mut shift) = (0, 0);
        loop {
            let byte = self.byte();
            n |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return n;
            }
            shift += 7;
        }
    }

    fn text(&mut self) -> &'static str {
        let number = self.number() as usize;
        self.texts[number]
    }
}

/// `packed!(struct Point { lat, lon })` and `packed!(enum Count { Singular, Dual })`, with all fields and variants.
macro_rules! packed {
    (struct $name:ident { $($field:ident),+ $(,)? }) => {
        impl crate::packed::Packed for $name {
            fn pack(&self, out: &mut crate::packed::Packer) {
                let $name { $($field),+ } = self;
                $(crate::packed::Packed::pack($field, out);)+
            }

            fn unpack(from: &mut crate::packed::Unpacker) -> $name {
                $(let $field = crate::packed::Packed::unpack(from);)+
                $name { $($field),+ }
            }
        }
    };
    (enum $name:ident { $($variant:ident),+ $(,)? }) => {
        impl crate::packed::Packed for $name {
            fn pack(&self, out: &mut crate::packed::Packer) {
                // Exhaustive, so that a new variant is asked for.
                match self { $($name::$variant => {})+ }
                let all = [$($name::$variant),+];
                let at = all.iter().position(|v| v == self).expect("listed");
                crate::packed::Packed::pack(&(at as u8), out);
            }

            fn unpack(from: &mut crate::packed::Unpacker) -> $name {
                const ALL: &[$name] = &[$($name::$variant),+];
                let at: u8 = crate::packed::Packed::unpack(from);
                ALL[at as usize].clone()
            }
        }
    };
}
pub(crate) use packed;

macro_rules! numbers {
    ($($kind:ty),+) => {$(
        impl Packed for $kind {
            fn pack(&self, out: &mut Packer) {
                out.number(*self as u64);
            }

            fn unpack(from: &mut Unpacker) -> $kind {
                from.number() as $kind
            }
        }
    )+};
}
numbers!(u8, u16, u32, u64, usize);

impl Packed for i64 {
    fn pack(&self, out: &mut Packer) {
        // Zigzag: small numbers of either sign stay short.
        out.number(((self << 1) ^ (self >> 63)) as u64);
    }

    fn unpack(from: &mut Unpacker) -> i64 {
        let n = from.number();
        (n >> 1) as i64 ^ -((n & 1) as i64)
    }
}

impl Packed for bool {
    fn pack(&self, out: &mut Packer) {
        u8::from(*self).pack(out);
    }

    fn unpack(from: &mut Unpacker) -> bool {
        from.byte() != 0
    }
}

impl Packed for f64 {
    fn pack(&self, out: &mut Packer) {
        out.body.extend(self.to_le_bytes());
    }

    fn unpack(from: &mut Unpacker) -> f64 {
        let (bytes, rest) = from.rest.split_first_chunk().expect("as many bytes as were packed");
        from.rest = rest;
        f64::from_le_bytes(*bytes)
    }
}

impl Packed for char {
    fn pack(&self, out: &mut Packer) {
        out.number(u64::from(*self));
    }

    fn unpack(from: &mut Unpacker) -> char {
        char::from_u32(from.number() as u32).expect("packed as a char")
    }
}

impl Packed for String {
    fn pack(&self, out: &mut Packer) {
        out.text(self);
    }

    fn unpack(from: &mut Unpacker) -> String {
        from.text().to_string()
    }
}

impl Packed for Arc<str> {
    fn pack(&self, out: &mut Packer) {
        out.text(self);
    }

    /// One allocation a text, however often it is named.
    fn unpack(from: &mut Unpacker) -> Arc<str> {
        let number = from.number() as usize;
        from.shared[number].get_or_insert_with(|| from.texts[number].into()).clone()
    }
}

/// A text that the lookup tables borrow from the packed bytes, or own when they were made from files.
pub(crate) type Text = Cow<'static, str>;

impl Packed for Text {
    fn pack(&self, out: &mut Packer) {
        out.text(self);
    }

    fn unpack(from: &mut Unpacker) -> Text {
        Cow::Borrowed(from.text())
    }
}

impl<T: Packed> Packed for Option<T> {
    fn pack(&self, out: &mut Packer) {
        self.is_some().pack(out);
        self.iter().for_each(|value| value.pack(out));
    }

    fn unpack(from: &mut Unpacker) -> Option<T> {
        bool::unpack(from).then(|| T::unpack(from))
    }
}

impl<T: Packed> Packed for Vec<T> {
    fn pack(&self, out: &mut Packer) {
        self.len().pack(out);
        self.iter().for_each(|value| value.pack(out));
    }

    fn unpack(from: &mut Unpacker) -> Vec<T> {
        let length = usize::unpack(from);
        (0..length).map(|_| T::unpack(from)).collect()
    }
}

impl<A: Packed, B: Packed> Packed for (A, B) {
    fn pack(&self, out: &mut Packer) {
        self.0.pack(out);
        self.1.pack(out);
    }

    fn unpack(from: &mut Unpacker) -> (A, B) {
        let a = A::unpack(from);
        (a, B::unpack(from))
    }
}

impl<K: Packed + Ord, V: Packed> Packed for BTreeMap<K, V> {
    fn pack(&self, out: &mut Packer) {
        self.len().pack(out);
        for (key, value) in self {
            key.pack(out);
            value.pack(out);
        }
    }

    fn unpack(from: &mut Unpacker) -> BTreeMap<K, V> {
        let length = usize::unpack(from);
        (0..length).map(|_| <(K, V)>::unpack(from)).collect()
    }
}

impl Packed for jiff::civil::Date {
    fn pack(&self, out: &mut Packer) {
        (i64::from(self.year()), (self.month() as u8, self.day() as u8)).pack(out);
    }

    fn unpack(from: &mut Unpacker) -> jiff::civil::Date {
        let (year, (month, day)) = <(i64, (u8, u8))>::unpack(from);
        jiff::civil::Date::new(year as i16, month as i8, day as i8).expect("packed as a date")
    }
}

impl Packed for marsad_model::Point {
    fn pack(&self, out: &mut Packer) {
        let marsad_model::Point { lat, lon, accuracy_km } = self;
        [lat, lon, accuracy_km].iter().for_each(|n| n.pack(out));
    }

    fn unpack(from: &mut Unpacker) -> marsad_model::Point {
        let [lat, lon, accuracy_km] = [(); 3].map(|()| f64::unpack(from));
        marsad_model::Point { lat, lon, accuracy_km }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The value, written and read back.
    fn back<T: Packed>(value: &T) -> T {
        let mut out = Packer::default();
        value.pack(&mut out);
        let mut from = Unpacker::new(out.finish().leak());
        let read = T::unpack(&mut from);
        assert!(from.rest.is_empty(), "bytes are left over");
        read
    }

    #[derive(Clone, Debug, PartialEq)]
    enum Side {
        Left,
        Right,
    }
    packed!(
        enum Side {
            Left,
            Right,
        }
    );

    #[test]
    fn enums_keep_their_variants() {
        assert_eq!(back(&vec![Side::Right, Side::Left]), [Side::Right, Side::Left]);
    }

    #[test]
    fn a_text_is_shared_by_all_that_name_it() {
        let name: Arc<str> = "عين الأسد".into();
        let read = back(&vec![name.clone(), name.clone()]);
        assert_eq!(read, [name.clone(), name]);
        assert!(Arc::ptr_eq(&read[0], &read[1]));
    }

    proptest! {
        #[test]
        fn everything_comes_back(
            numbers: Vec<u64>, signed: i64, float in -1e9f64..1e9, flag: Option<bool>, letter: char,
            table: BTreeMap<String, (u16, String)>,
        ) {
            prop_assert_eq!(back(&numbers), numbers);
            prop_assert_eq!(back(&signed), signed);
            prop_assert_eq!(back(&float), float);
            prop_assert_eq!(back(&flag), flag);
            prop_assert_eq!(back(&letter), letter);
            prop_assert_eq!(back(&table), table);
        }
    }
}
