//! The hub of a group whose handshakes are encrypted: it knows partition keys and sizes, and who asked.

use super::sight::{Sight, Tree};
use super::{CreateGroup, Host, Refused, Settings};
use crate::protocol::{CommitData, MlsMessage, PartitionKey};

/// A hub that looks at nothing but what section 4 needs.
pub type Blind = Host<Nothing>;

/// Sees nothing, and can infer no tree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Nothing;

impl Blind {
    /// A hub without groups.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self::with(settings, Nothing)
    }
}

impl Sight for Nothing {
    type Group = ();
    type Insight = ();

    fn create(&self, _: &CreateGroup) -> Result<(), Refused> {
        Ok(())
    }

    fn look(&self, (): &(), _: &PartitionKey, _: &MlsMessage, _: Option<&CommitData>) -> Result<(), Refused> {
        Ok(())
    }

    fn infer_tree(&self, (): &(), _: &MlsMessage) -> Option<Tree> {
        None
    }

    fn learn(&self, (): &mut (), _: &PartitionKey, (): ()) {}
}
