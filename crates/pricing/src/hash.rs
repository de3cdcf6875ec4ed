//! Hashes: SHA-256 for price books, and a quick one for quotes over a plain binary form of their values.
//!
//! A quote's hash tells apart, it does not protect: the server computes its own and trusts no other, and what must not be forged is signed. So it
//! is XXH64 twice with two seeds, 128 bits, which costs a browser less than a microsecond where SHA-256 costs dozens. The form is defined here and by nothing else: numbers as 8 bytes, the low byte first; texts and lists with their length in front; true and
//! false, and whether an option holds something, as one byte.
//! Source of the algorithm: the xxHash specification, <https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md>.

use sha2::{Digest, Sha256};

/// SHA-256 of bytes, as 64 hexadecimal digits.
pub(crate) fn hash_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half)]);
        hex.extend([digit(byte >> 4), digit(byte & 15)]);
        hex
    })
}

const PRIME_1: u64 = 0x9e37_79b1_85eb_ca87;
const PRIME_2: u64 = 0xc2b2_ae3d_27d4_eb4f;
const PRIME_3: u64 = 0x1656_67b1_9e37_79f9;
const PRIME_4: u64 = 0x85eb_ca77_c2b2_ae63;
const PRIME_5: u64 = 0x27d4_eb2f_1656_67c5;

fn round(lane: u64, input: u64) -> u64 {
    lane.wrapping_add(input.wrapping_mul(PRIME_2)).rotate_left(31).wrapping_mul(PRIME_1)
}

/// The first eight bytes, the low one first, and what follows them.
fn word(bytes: &[u8]) -> Option<(u64, &[u8])> {
    bytes.split_first_chunk::<8>().map(|(word, rest)| (u64::from_le_bytes(*word), rest))
}

/// The four lanes before the first block.
fn lanes_of(seed: u64) -> [u64; 4] {
    let start = seed.wrapping_add(PRIME_1);
    [start.wrapping_add(PRIME_2), seed.wrapping_add(PRIME_2), seed, seed.wrapping_sub(PRIME_1)]
}

/// The four lanes run over whole blocks of 32 bytes.
fn run(lanes: &mut [u64; 4], blocks: std::slice::ChunksExact<u8>) {
    for mut block in blocks {
        for lane in &mut *lanes {
            let Some((input, rest)) = word(block) else { break };
            *lane = round(*lane, input);
            block = rest;
        }
    }
}

/// What comes of the lanes, of the length of all, and of the bytes behind the last whole block.
fn end(lanes: [u64; 4], seed: u64, length: u64, mut rest: &[u8]) -> u64 {
    let turns = [1, 7, 12, 18];
    let merged = lanes.iter().zip(turns).fold(0_u64, |sum, (lane, turn)| sum.wrapping_add(lane.rotate_left(turn)));
    let merged =
        lanes.iter().fold(merged, |sum, lane| (sum ^ round(0, *lane)).wrapping_mul(PRIME_1).wrapping_add(PRIME_4));
    let mut hash = if length >= 32 { merged } else { seed.wrapping_add(PRIME_5) };
    hash = hash.wrapping_add(length);
    while let Some((input, after)) = word(rest) {
        hash = (hash ^ round(0, input)).rotate_left(27).wrapping_mul(PRIME_1).wrapping_add(PRIME_4);
        rest = after;
    }
    if let Some((half, after)) = rest.split_first_chunk::<4>() {
        let input = u64::from(u32::from_le_bytes(*half)).wrapping_mul(PRIME_1);
        hash = (hash ^ input).rotate_left(23).wrapping_mul(PRIME_2).wrapping_add(PRIME_3);
        rest = after;
    }
    for byte in rest {
        hash = (hash ^ u64::from(*byte).wrapping_mul(PRIME_5)).rotate_left(11).wrapping_mul(PRIME_1);
    }
    hash = (hash ^ (hash >> 33)).wrapping_mul(PRIME_2);
    hash = (hash ^ (hash >> 29)).wrapping_mul(PRIME_3);
    hash ^ (hash >> 32)
}

fn xxh64(bytes: &[u8], seed: u64) -> u64 {
    let (mut lanes, blocks) = (lanes_of(seed), bytes.chunks_exact(32));
    let rest = blocks.remainder();
    run(&mut lanes, blocks);
    end(lanes, seed, bytes.len() as u64, rest)
}

/// One number more into a digest: the round of XXH64.
#[inline]
pub(crate) fn fold(digest: u64, number: u64) -> u64 {
    round(digest, number)
}

/// A hash that tells short texts apart.
pub(crate) fn quick(bytes: &[u8]) -> u64 {
    xxh64(bytes, 0)
}

/// Takes the plain form as it comes, and hashes it twice.
#[derive(Debug)]
pub(crate) struct Feed {
    /// The lanes of both hashes.
    lanes: [[u64; 4]; 2],
    /// What is not hashed yet.
    buffer: [u8; ROOM],
    filled: usize,
    /// All bytes so far.
    length: u64,
}

/// The bytes that are taken before they are hashed.
const ROOM: usize = 1024;
/// The seeds of both hashes.
const SEEDS: [u64; 2] = [0, PRIME_5];

/// A value that has a plain form.
pub(crate) trait Plain {
    /// Appends the value's plain form.
    fn feed(&self, feed: &mut Feed);
}

impl Feed {
    pub(crate) fn new() -> Self {
        Self { lanes: SEEDS.map(lanes_of), buffer: [0; ROOM], filled: 0, length: 0 }
    }

    /// Appends a value and hands itself on.
    pub(crate) fn and(&mut self, value: &(impl Plain + ?Sized)) -> &mut Self {
        value.feed(self);
        self
    }

    /// Appends the length of a list, whose parts follow.
    pub(crate) fn count(&mut self, length: usize) -> &mut Self {
        self.append(&(length as u64).to_le_bytes());
        self
    }

    /// Appends several numbers.
    pub(crate) fn numbers<const COUNT: usize>(&mut self, numbers: [i64; COUNT]) -> &mut Self {
        self.append(numbers.map(i64::to_le_bytes).as_flattened());
        self
    }

    #[inline]
    fn append(&mut self, bytes: &[u8]) {
        if bytes.len() > ROOM - self.filled {
            return bytes.chunks(ROOM / 2).for_each(|bytes| self.make_room_for(bytes));
        }
        self.buffer[self.filled..self.filled + bytes.len()].copy_from_slice(bytes);
        self.filled += bytes.len();
    }

    /// Appends no more than half of what there is room for, after hashing what came before.
    #[cold]
    fn make_room_for(&mut self, bytes: &[u8]) {
        let blocks = self.buffer[..self.filled].chunks_exact(32);
        let rest = blocks.remainder().len();
        self.lanes.iter_mut().for_each(|lanes| run(lanes, blocks.clone()));
        self.length += (self.filled - rest) as u64;
        self.buffer.copy_within(self.filled - rest..self.filled, 0);
        self.filled = rest;
        self.append(bytes);
    }

    /// The hash as 32 hexadecimal digits.
    pub(crate) fn hash(&self) -> String {
        format!("{:032x}", self.fingerprint())
    }

    /// The hash as a number.
    pub(crate) fn fingerprint(&self) -> u128 {
        u128::from(self.end(0)) << 64 | u128::from(self.end(1))
    }

    fn end(&self, which: usize) -> u64 {
        let mut lanes = self.lanes[which];
        let blocks = self.buffer[..self.filled].chunks_exact(32);
        let rest = blocks.remainder();
        run(&mut lanes, blocks);
        end(lanes, SEEDS[which], self.length + self.filled as u64, rest)
    }
}

impl Plain for i64 {
    fn feed(&self, feed: &mut Feed) {
        feed.append(&self.to_le_bytes());
    }
}

impl Plain for bool {
    fn feed(&self, feed: &mut Feed) {
        feed.append(&[u8::from(*self)]);
    }
}

impl Plain for str {
    fn feed(&self, feed: &mut Feed) {
        feed.count(self.len());
        feed.append(self.as_bytes());
    }
}

impl<T: Plain> Plain for [T] {
    fn feed(&self, feed: &mut Feed) {
        feed.count(self.len());
        self.iter().for_each(|one| one.feed(feed));
    }
}

impl<T: Plain> Plain for Option<T> {
    fn feed(&self, feed: &mut Feed) {
        feed.and(&self.is_some());
        self.iter().for_each(|one| one.feed(feed));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_feed_is_hashed_as_its_bytes(texts in prop::collection::vec(".{0,90}", 0..60), long in 0..5000_usize, numbers in any::<[i64; 3]>()) {
            let (mut feed, mut bytes) = (Feed::new(), Vec::new());
            for text in texts.iter().chain([&"x".repeat(long)]) {
                feed.and(text.as_str()).and(&true).numbers(numbers);
                bytes.extend_from_slice(&(text.len() as u64).to_le_bytes());
                bytes.extend_from_slice(text.as_bytes());
                bytes.push(1);
                numbers.iter().for_each(|number| bytes.extend_from_slice(&number.to_le_bytes()));
                let expected = SEEDS.map(|seed| u128::from(xxh64(&bytes, seed)));
                prop_assert_eq!(feed.fingerprint(), expected[0] << 64 | expected[1]);
            }
        }
    }

    /// The values that the reference implementation gives, as printed by PyPI's `xxhash` 3.
    #[test]
    fn the_quick_hash_is_xxh64() {
        let bytes: Vec<u8> = (0..101).collect();
        let rows = [
            (0, 0, 0xef46_db37_51d8_e999),
            (1, 0, 0xe934_a84a_db05_2768),
            (4, 0, 0xffce_d860_4453_cc1e),
            (14, 0, 0x5cda_8b69_bbfc_1d45),
            (32, 0, 0xcbf5_9c51_16ff_32b4),
            (101, 0, 0xe990_3849_5f85_381e),
            (101, PRIME_5, 0xd92b_7684_6ef0_7010),
            (37, PRIME_5, 0xa4a5_142a_e37a_8209),
        ];
        for (length, seed, expected) in rows {
            assert_eq!(xxh64(&bytes[..length], seed), expected, "{length} bytes, seed {seed:x}");
        }
    }
}
