//! How do the tables of [`Resources`](crate::Resources) become bytes, and bytes tables again?
//!
//! Reading the data files takes several times longer than reading a short
//! text; so the program carries their tables ready-made. The bytes are for the
//! program that they were built with and for no other: nothing in them is
//! checked, and no field is named. [`packed!`] lists the fields of a struct, so
//! that the compiler asks for a new one.
//!
//! Numbers are written seven bits a byte, the lowest first; texts as they are,
//! behind their length. What is looked into where it lies is in `shelf.rs`.

use foldhash::fast::FixedState;
use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::sync::Arc;

/// What can be written and read back.
pub(crate) trait Packed: Sized {
    fn pack(&self, out: &mut Packer);
    fn unpack(from: &mut Unpacker) -> Self;
}

/// Writes.
#[derive(Default)]
pub(crate) struct Packer(Vec<u8>);

impl Packer {
    pub(crate) fn finish(self) -> Vec<u8> {
        self.0
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn number(&mut self, mut n: u64) {
        while n >= 0x80 {
            self.0.push(n as u8 | 0x80);
            n >>= 7;
        }
        self.0.push(n as u8);
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.bytes(text.as_bytes());
    }
}

/// Reads what a [`Packer`] of the same program wrote.
pub(crate) struct Unpacker(&'static [u8]);

impl Unpacker {
    pub(crate) fn new(bytes: &'static [u8]) -> Unpacker {
        Unpacker(bytes)
    }

    pub(crate) fn bytes(&mut self, length: usize) -> &'static [u8] {
        let (bytes, rest) = self.0.split_at(length);
        self.0 = rest;
        bytes
    }

    fn number(&mut self) -> u64 {
        let (mut n, mut shift) = (0, 0);
        loop {
            let byte = self.bytes(1)[0];
            n |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return n;
            }
            shift += 7;
        }
    }

    fn text(&mut self) -> &'static str {
        let length = self.number() as usize;
        std::str::from_utf8(self.bytes(length)).expect("packed as text")
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
        from.bytes(1)[0] != 0
    }
}

impl Packed for f64 {
    fn pack(&self, out: &mut Packer) {
        out.bytes(&self.to_le_bytes());
    }

    fn unpack(from: &mut Unpacker) -> f64 {
        f64::from_le_bytes(from.bytes(8).try_into().expect("eight bytes were cut"))
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

    fn unpack(from: &mut Unpacker) -> Arc<str> {
        from.text().into()
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

/// Packed in the order of the keys.
impl<K: Packed + Ord + Hash, V: Packed> Packed for HashMap<K, V, FixedState> {
    fn pack(&self, out: &mut Packer) {
        let sorted: BTreeMap<&K, &V> = self.iter().collect();
        sorted.len().pack(out);
        for (key, value) in sorted {
            key.pack(out);
            value.pack(out);
        }
    }

    fn unpack(from: &mut Unpacker) -> HashMap<K, V, FixedState> {
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
        assert!(from.0.is_empty(), "bytes are left over");
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
