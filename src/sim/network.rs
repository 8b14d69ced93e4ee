use crate::entropy::Stream;
use serde::{Deserialize, Serialize};

/// How packets between providers travel. Those between a device and its provider are never lost nor overtaken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Network {
    /// Each arrives after 10 ms.
    #[default]
    InOrder,
    /// Each arrives after 1 to 100 ms, so that they overtake one another.
    Reorder,
    /// Each arrives after 10 ms, and once more after 15.
    Duplicate,
    /// Every other one on average is lost; its sender tries again after 50 ms until it arrives.
    DropThenRetry,
    /// Each arrives after so many milliseconds.
    Delay(u64),
}

/// Milliseconds between a device and its provider.
pub(super) const NEAR: u64 = 1;
const FAR: u64 = 10;
const AGAIN: u64 = 5;
const RETRY: u64 = 50;
/// After so many losses in a row a packet arrives.
const PATIENCE: u64 = 8;

impl Network {
    /// After how many milliseconds the copies of a packet arrive.
    pub(super) fn arrivals(self, chance: &mut Stream) -> Vec<u64> {
        match self {
            Self::InOrder => vec![FAR],
            Self::Reorder => vec![1 + chance.below(100)],
            Self::Duplicate => vec![FAR, FAR + AGAIN],
            Self::DropThenRetry => {
                let lost = (0..PATIENCE).take_while(|_| chance.below(2) == 0).count();
                let waited = u64::try_from(lost).unwrap_or(PATIENCE).saturating_mul(RETRY);
                vec![FAR.saturating_add(waited)]
            }
            Self::Delay(milliseconds) => vec![milliseconds],
        }
    }
}
