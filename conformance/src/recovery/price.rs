use super::play::play;
use super::setting::{Setting, Way};
use super::split::Split;
use mimicheck::mls::member::Refusal;
use serde::Serialize;

/// What one run came to. Octets are those of the delivery draft's structures between a device and its provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Price {
    /// The fork.
    #[serde(flatten)]
    pub setting: Setting,
    /// What was done, as [`Way::name`].
    pub way: &'static str,
    /// Users who had to agree.
    pub asked: usize,
    /// Exchanges that can not begin before the one before has arrived; people are not counted.
    pub rounds: usize,
    /// Commits that the group has followed.
    pub commits: usize,
    /// Members of the group at the end.
    pub together: usize,
    /// Octets that all devices have sent.
    pub sent: usize,
    /// Octets that all devices have received.
    pub received: usize,
    /// Octets that the device has received which has received most.
    pub most: usize,
    /// Of those who had to be together: how many are not.
    pub lost: usize,
    /// Members before the fork who are not in the group at the end.
    pub outside: usize,
    /// One message was said on each branch meanwhile: how often a member could not read one, and never can.
    pub unread: usize,
    /// Of the states that all members had when the recovery began: how many still read what is said at its end.
    pub eyes: usize,
}

impl Price {
    /// Octets that a device has received on average, of those that are in the group at the end.
    #[must_use]
    pub fn mean(&self) -> usize {
        self.received.div_ceil(self.together.max(1))
    }
}

/// Every way out of every one of these forks, in their order. Forks are played side by side.
///
/// # Errors
/// A member refuses what it must take.
pub fn prices(settings: &[Setting], jobs: usize) -> Result<Vec<Price>, Refusal> {
    let next = std::sync::Mutex::new(0_usize);
    let take = || {
        let mut next = next.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let at = *next;
        *next += 1;
        at
    };
    let done = std::sync::Mutex::new(vec![]);
    std::thread::scope(|scope| {
        for _ in 0..jobs.max(1) {
            scope.spawn(|| {
                // The large ones first: they take longest.
                loop {
                    let at = take();
                    let Some(place) = settings.len().checked_sub(at + 1) else { return };
                    let Some(setting) = settings.get(place) else { return };
                    let told = one(*setting);
                    done.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((place, told));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    done.sort_by_key(|(place, _)| *place);
    let mut all = vec![];
    for (_, told) in done {
        all.extend(told?);
    }
    Ok(all)
}

/// Every way out of one fork.
fn one(setting: Setting) -> Result<Vec<Price>, Refusal> {
    let split = Split::new(setting)?;
    let possible = |way: &Way| *way != Way::MinorityReboots || setting.away > 1;
    Way::ALL.into_iter().filter(possible).map(|way| play(&split, way)).collect()
}
