//! How does one look into packed bytes without unpacking them all?
//!
//! A short text needs a few of the many thousand names that the tables hold.
//! [`Numbers`] are read where they lie; the items of a [`Shelf`] are unpacked
//! one by one, each when it is first asked for. Both can also be made anew,
//! from data files.

use crate::packed::{Packed, Packer, Unpacker};
use std::borrow::Cow;
use std::sync::OnceLock;

/// Bytes that are part of the program, or were just made.
pub(crate) type Bytes = Cow<'static, [u8]>;

impl Packed for Bytes {
    fn pack(&self, out: &mut Packer) {
        self.len().pack(out);
        out.bytes(self);
    }

    fn unpack(from: &mut Unpacker) -> Bytes {
        let length = usize::unpack(from);
        Cow::Borrowed(from.bytes(length))
    }
}

/// A list of numbers, four bytes each.
#[derive(Default)]
pub(crate) struct Numbers(Bytes);

impl Numbers {
    pub(crate) fn get(&self, at: usize) -> u32 {
        let bytes = &self.0[at * 4..at * 4 + 4];
        u32::from_le_bytes(bytes.try_into().expect("four bytes were cut"))
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len() / 4
    }

    /// Of a list of ends, where the part `at` begins and ends.
    pub(crate) fn part(&self, at: usize) -> std::ops::Range<usize> {
        let start = if at == 0 { 0 } else { self.get(at - 1) };
        start as usize..self.get(at) as usize
    }
}

impl FromIterator<u32> for Numbers {
    fn from_iter<I: IntoIterator<Item = u32>>(numbers: I) -> Numbers {
        Numbers(numbers.into_iter().flat_map(u32::to_le_bytes).collect::<Vec<u8>>().into())
    }
}

impl Packed for Numbers {
    fn pack(&self, out: &mut Packer) {
        self.0.pack(out);
    }

    fn unpack(from: &mut Unpacker) -> Numbers {
        Numbers(Packed::unpack(from))
    }
}

/// A list of items that may still be packed.
pub(crate) struct Shelf<T>(State<T>);

enum State<T> {
    Made(Vec<T>),
    Packed {
        /// Where each item ends in `bytes`.
        ends: Numbers,
        bytes: Bytes,
        unpacked: Vec<OnceLock<Box<T>>>,
    },
}

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Shelf(State::Made(vec![]))
    }
}

impl<T: Packed> Shelf<T> {
    pub(crate) fn len(&self) -> usize {
        match &self.0 {
            State::Made(items) => items.len(),
            State::Packed { unpacked, .. } => unpacked.len(),
        }
    }

    pub(crate) fn get(&self, at: usize) -> &T {
        match &self.0 {
            State::Made(items) => &items[at],
            State::Packed { ends, bytes, unpacked } => unpacked[at].get_or_init(|| {
                let Cow::Borrowed(bytes) = bytes else { unreachable!("unpacked bytes are part of the program") };
                Box::new(T::unpack(&mut Unpacker::new(&bytes[ends.part(at)])))
            }),
        }
    }

    /// The items, to be added to and changed.
    ///
    /// # Panics
    /// When they are packed: what the program carries is whole.
    pub(crate) fn made(&mut self) -> &mut Vec<T> {
        match &mut self.0 {
            State::Made(items) => items,
            State::Packed { .. } => panic!("packed tables are not changed"),
        }
    }
}

impl<T: Packed> Packed for Shelf<T> {
    fn pack(&self, out: &mut Packer) {
        let mut items = Packer::default();
        let mut ends = vec![];
        for at in 0..self.len() {
            self.get(at).pack(&mut items);
            ends.push(items.len() as u32);
        }
        ends.into_iter().collect::<Numbers>().pack(out);
        Bytes::Owned(items.finish()).pack(out);
    }

    fn unpack(from: &mut Unpacker) -> Shelf<T> {
        let (ends, bytes) = (Numbers::unpack(from), Bytes::unpack(from));
        let unpacked = (0..ends.len()).map(|_| OnceLock::new()).collect();
        Shelf(State::Packed { ends, bytes, unpacked })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shelf_gives_what_was_put_on_it() {
        let mut shelf = Shelf::default();
        for word in ["بغداد", "", "أربيل"] {
            shelf.made().push(word.to_string());
        }
        let mut out = Packer::default();
        shelf.pack(&mut out);
        let bytes: &'static [u8] = out.finish().leak();
        let back = Shelf::<String>::unpack(&mut Unpacker::new(bytes));
        assert_eq!((0..back.len()).map(|at| back.get(at).as_str()).collect::<Vec<_>>(), ["بغداد", "", "أربيل"]);
        let mut again = Packer::default();
        back.pack(&mut again);
        assert_eq!(again.finish(), bytes);
    }

    #[test]
    fn numbers_are_read_where_they_lie() {
        let numbers: Numbers = [3, 3, 70_000].into_iter().collect();
        assert_eq!((numbers.len(), numbers.get(2)), (3, 70_000));
        assert_eq!([numbers.part(0), numbers.part(1), numbers.part(2)], [0..3, 3..3, 3..70_000]);
    }
}
