use super::split::Split;
use mimicheck::mls::member::{Member, Received, Result};

/// State of every member as it was when the recovery began, in the hands of somebody who sees all that is sent. Device keys
/// (signature keys, KeyPackages) are not among it.
pub(super) struct Stolen(Vec<Box<dyn Member>>);

impl Stolen {
    pub fn of(split: &Split) -> Self {
        Self(split.people.iter().map(|person| person.member.copy()).collect())
    }

    /// What was sent in the old group passes by: whoever can follow, follows.
    pub fn follow(&mut self, commit: &[u8]) -> Result<()> {
        for state in &mut self.0 {
            if let Ok(Received::Commit(_)) = state.process(commit) {
                // A state that can not go on stays where it is.
                let _ = state.merge();
            }
        }
        Ok(())
    }

    /// How many of these states read one of these messages, or both.
    pub fn eyes(&mut self, messages: &[Vec<u8>]) -> usize {
        let reads = |state: &mut Box<dyn Member>| messages.iter().filter(|m| state.process(m).is_ok()).count() > 0;
        self.0.iter_mut().map(reads).filter(|reads| *reads).count()
    }
}
