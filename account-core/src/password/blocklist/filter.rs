//! Whether a text is among very many, without storing the texts: a Bloom filter.
//!
//! `examples/common_passwords.rs` compiles this file as well, to fill the filter.

/// Bits of the filter, 1 MiB: the bits of each byte from the lowest. `README.md` says what is in it.
static BITS: &[u8] = include_bytes!("common_passwords.filter");

/// Size of the filter in bits. With 16 places for each of 222,402 entries, 4 of a hundred million other texts are
/// found in it by chance.
pub(super) const SIZE: u64 = 1024 * 1024 * 8;
const PLACES: u64 = 16;

/// FNV-1a, 64 bits: <http://www.isthe.com/chongo/tech/comp/fnv/>.
const OFFSET_BASIS: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0100_0000_01b3;

/// The hash of a text, which grows with it: so every beginning of a text can be looked up on the way.
#[derive(Clone, Copy)]
pub(crate) struct Fingerprint(u64);

impl Fingerprint {
    /// Of the empty text.
    pub(crate) const EMPTY: Self = Self(OFFSET_BASIS);

    /// Appends a character.
    pub(crate) fn push(&mut self, character: char) {
        for byte in character.encode_utf8(&mut [0; 4]).bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(PRIME);
        }
    }

    /// Returns the bits that stand for the text.
    pub(super) fn places(self) -> impl Iterator<Item = u64> {
        let (start, step) = (mixed(self.0), mixed(!self.0) | 1);
        (0..PLACES).map(move |place| scaled(start.wrapping_add(place.wrapping_mul(step))))
    }

    /// Returns whether the text is in the filter, or is taken for one that is.
    pub(crate) fn is_common(self) -> bool {
        self.places().all(|place| {
            let byte = usize::try_from(place / 8).ok().and_then(|index| BITS.get(index));
            byte.is_some_and(|byte| (byte >> (place % 8)) & 1 == 1)
        })
    }
}

impl FromIterator<char> for Fingerprint {
    fn from_iter<I: IntoIterator<Item = char>>(characters: I) -> Self {
        let mut fingerprint = Self::EMPTY;
        characters.into_iter().for_each(|character| fingerprint.push(character));
        fingerprint
    }
}

/// Spreads the hash over all bits: the finalizer of `SplitMix64` (Steele, Lea and Flood, 2014).
const fn mixed(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

/// Maps a hash to a bit of the filter.
fn scaled(hash: u64) -> u64 {
    let product = u128::from(hash) * u128::from(SIZE);
    u64::try_from(product >> 64).unwrap_or(0)
}
