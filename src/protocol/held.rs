use super::message::Sender;

/// A proposal that a commit holds, by value or by reference, as far as rules about it go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Who proposes: for a proposal by value the committer.
    pub by: Sender,
    /// What.
    pub act: Act,
}

/// What is proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Add; identity of the new client (content of its credential).
    Add(Vec<u8>),
    /// Remove of a leaf.
    Remove(u32),
    /// SelfRemove.
    SelfRemove,
    /// ReInit.
    ReInit,
    /// AppDataUpdate: ComponentID and `update`.
    Data(u16, Vec<u8>),
    /// AppDataUpdate that removes a component.
    DataGone(u16),
    /// Update, PreSharedKey, ExternalInit, GroupContextExtensions and whatever else.
    Other,
}

impl Held {
    /// Octets that it takes.
    #[must_use]
    pub fn octets(&self) -> usize {
        match &self.act {
            Act::Add(identity) => identity.len(),
            Act::Data(_, update) => update.len(),
            _ => 0,
        }
    }
}
