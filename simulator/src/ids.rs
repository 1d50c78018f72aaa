//! Identifiers from a seed. Each kind counts for itself, so the third incident has the same
//! `sys_id` whatever else was asked in between.

use serde::{Deserialize, Serialize};

/// What an identifier is for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Kind {
    Incident,
    JournalEntry,
    Record,
    Session,
    StagingRow,
    Token,
    Transaction,
}

/// The source of all identifiers of an instance.
#[derive(Serialize, Deserialize)]
pub(crate) struct Ids {
    seed: u64,
    counts: std::collections::BTreeMap<Kind, u64>,
}

impl Ids {
    pub(crate) fn new(seed: u64) -> Self {
        Self { seed, counts: std::collections::BTreeMap::new() }
    }

    /// 32 lower-case hexadecimal digits.
    pub(crate) fn sys_id(&mut self, kind: Kind) -> String {
        let (first, second) = self.next(kind);
        format!("{first:016x}{second:016x}")
    }

    /// How many identifiers of a kind there are so far.
    pub(crate) fn count(&self, kind: Kind) -> u64 {
        self.counts.get(&kind).copied().unwrap_or_default()
    }

    /// A `sys_id` that depends on the name alone.
    pub(crate) fn sys_id_of(&self, name: &str) -> String {
        let named = name.bytes().fold(self.seed ^ 0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        let first = mixed(named);
        format!("{first:016x}{:016x}", mixed(first ^ self.seed))
    }

    /// 12 hexadecimal digits, as in `X-Transaction-ID`.
    pub(crate) fn transaction(&mut self) -> String {
        let (first, _) = self.next(Kind::Transaction);
        format!("{:012x}", first >> 16)
    }

    /// An access token.
    pub(crate) fn token(&mut self) -> String {
        let half = self.sys_id(Kind::Token);
        half + &self.sys_id(Kind::Token)
    }

    /// A number from 0 up to 1 that belongs to a place in a series.
    pub(crate) fn chance(&self, series: u64, place: u64) -> f64 {
        let drawn = mixed(mixed(self.seed ^ mixed(!series)).wrapping_add(place));
        // 32 bits are exact in a double, and enough.
        let high = u32::try_from(drawn >> 32).unwrap_or_default();
        f64::from(high) / (f64::from(u32::MAX) + 1.0)
    }

    fn next(&mut self, kind: Kind) -> (u64, u64) {
        let count = self.counts.entry(kind).or_default();
        *count = count.wrapping_add(1);
        let stream = mixed(self.seed ^ mixed(kind as u64));
        let first = mixed(stream.wrapping_add(*count));
        (first, mixed(first ^ stream))
    }
}

/// The finaliser of `SplitMix64`: neighbouring numbers in, unrelated ones out.
fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}
