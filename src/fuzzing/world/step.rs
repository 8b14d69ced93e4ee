use arbitrary::Arbitrary;

/// Something happens. Numbers are taken modulo what there is.
#[derive(Clone, Debug, PartialEq, Eq, Arbitrary)]
pub enum Step {
    /// A device refreshes its path.
    Update(u8),
    /// A device removes another.
    Remove(u8, u8),
    /// A device proposes to refresh its leaf.
    Propose(u8),
    /// A device says something.
    Say(u8),
    /// A device asks what is new.
    Look(u8),
    /// A device joins by an external commit, in place of what it has.
    Rejoin(u8),
    /// A packet arrives, whichever was sent first.
    Arrive(u8),
    /// A packet arrives, and will once more.
    Twice(u8),
    /// An answer is lost.
    Lose(u8),
    /// An answer is changed on its way.
    Deceive(u8, Happens),
}

/// What a hub, or a network, does to an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Arbitrary)]
pub enum Happens {
    /// Its last messages are held back.
    Short,
    /// The envelope of a commit names another partition.
    Envelope,
    /// A bit of a message is flipped.
    Flip(u8),
    /// The first message is not there.
    Gap,
    /// Its messages come in another order.
    Order,
}

impl Happens {
    /// Whether the device can not know better, and may go astray. One that is told less is only late.
    #[must_use]
    pub fn deceives(self) -> bool {
        self != Self::Short
    }
}
