//! What number stands for some bytes, the same on every machine and in every release?

/// FNV-1a over bytes, 64 bits: to tell names and contents apart where they are not secret and nobody forges them.
///
/// Source of the method: Fowler, Noll, Vo, RFC 9923. The hashers of the standard library may change with each release.
///
/// ```
/// assert_eq!(marsad_model::stable_hash(*b"a"), 0xaf63_dc4c_8601_ec8c);
/// ```
pub fn stable_hash(bytes: impl IntoIterator<Item = u8>) -> u64 {
    bytes.into_iter().fold(0xcbf2_9ce4_8422_2325, |hash, b| (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}
