//! Chance that can be had again.

use std::ops::Range;

use uuid::Builder;

use crate::db::{Id, Timestamp};

/// The steps of `SplitMix64`, which spreads any two numbers far apart.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// The chances of one thing: the same each time for the same seed, kind and number.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn of(seed: u64, kind: &str, number: u32) -> Self {
        let kind = kind.bytes().fold(mixed(seed), |state, byte| mixed(state ^ u64::from(byte)));
        Self(mixed(kind ^ u64::from(number)))
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mixed(self.0)
    }

    /// A number of the range, which has at least one.
    pub(super) fn within(&mut self, range: Range<u32>) -> u32 {
        let many = u64::from(range.end.saturating_sub(range.start).max(1));
        range.start + u32::try_from(self.roll() % many).unwrap_or_default()
    }

    /// One of the texts, of which there is at least one.
    pub(super) fn one_of(&mut self, texts: &[&'static str]) -> &'static str {
        let place = self.roll() % (texts.len().max(1) as u64);
        usize::try_from(place).ok().and_then(|place| texts.get(place)).copied().unwrap_or_default()
    }

    /// The identifier of something made then: later ones are greater.
    pub(super) fn id<T>(&mut self, at: Timestamp) -> Id<T> {
        let milliseconds = u64::try_from(at.utc().timestamp_millis()).unwrap_or_default();
        let mut chance = [0; 10];
        chance[..8].copy_from_slice(&self.roll().to_be_bytes());
        chance[8..].copy_from_slice(&self.roll().to_be_bytes()[..2]);
        Id::new(Builder::from_unix_timestamp_millis(milliseconds, &chance).into_uuid())
    }
}

fn mixed(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}
