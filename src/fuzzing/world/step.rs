use arbitrary::{Arbitrary, Result, Unstructured};

/// Something happens. Numbers are taken modulo what there is.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// An answer is lost, whichever was given first.
    Lose(u8),
    /// An answer with messages is changed on its way.
    Deceive(u8, Happens),
}

impl<'a> Arbitrary<'a> for Step {
    /// Two octets, or three. Of all kinds, arrivals are the most frequent: little happens without them.
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let (kind, who) = (u8::arbitrary(u)? % 32, u8::arbitrary(u)?);
        Ok(match kind {
            0..=3 => Self::Update(who),
            4..=7 => Self::Say(who),
            8..=11 => Self::Look(who),
            12..=13 => Self::Propose(who),
            14 => Self::Remove(who % 8, who / 8),
            15 => Self::Rejoin(who),
            16 => Self::Twice(who),
            17 => Self::Lose(who),
            18..=21 => Self::Deceive(who, Happens::arbitrary(u)?),
            _ => Self::Arrive(who),
        })
    }
}

/// What a hub, or a network, does to an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

impl<'a> Arbitrary<'a> for Happens {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let kind = u8::arbitrary(u)?;
        Ok(match kind % 8 {
            0 | 1 => Self::Short,
            2 | 3 => Self::Envelope,
            4 => Self::Gap,
            5 => Self::Order,
            _ => Self::Flip(kind / 8),
        })
    }
}

impl Happens {
    /// Whether the device can not know better, and may go astray. One that is told less is only late.
    #[must_use]
    pub fn deceives(self) -> bool {
        self != Self::Short
    }
}
