//! The abstract group. It knows no octets, no keys and no messages.

use proptest::prelude::*;
use proptest_state_machine::ReferenceStateMachine;
use std::collections::BTreeSet;

/// Honest devices.
pub const HONEST: usize = 4;
/// The one that lies now and then.
pub const LIAR: usize = 4;

/// What may happen. Devices are named by their places.
#[derive(Clone, Debug, PartialEq)]
pub enum Happening {
    /// A device says something.
    Say(usize),
    /// These commit at once; the hub hears them in this order.
    Race(Vec<usize>),
    /// A device proposes to refresh its leaf, and another commits.
    Propose(usize, usize),
    /// The hub gives one device a commit of another in a false envelope.
    Envelope { by: usize, to: usize },
    /// A device comes in anew by an external commit.
    Rejoin(usize),
    /// The liar makes a commit that everybody refuses, an honest device commits, and the liar comes in anew.
    Fault(usize),
    /// Answers are asked for, delayed, doubled and lost; seeds say which.
    Noise(Vec<(u8, u8)>),
    /// One removes another.
    Remove(usize, usize),
}

/// Who is where.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Epoch of those who are together.
    pub epoch: u64,
    /// Whether the hub heard a commit after the one that they followed: then what it calls most recent, and gives to
    /// those who join (draft-mcmillion-mimi-delivery-service section 4.5), is an epoch that nobody is in.
    pub dead_end: bool,
    /// Who is together.
    pub together: BTreeSet<usize>,
    /// Who was removed.
    pub out: BTreeSet<usize>,
    /// How much each has heard while it was with the others, and since it came.
    pub heard: [usize; 5],
}

impl ReferenceStateMachine for Model {
    type State = Self;
    type Transition = Happening;

    fn init_state() -> BoxedStrategy<Self> {
        Just(Self { epoch: 1, dead_end: false, together: (0..=LIAR).collect(), out: BTreeSet::new(), heard: [0; 5] })
            .boxed()
    }

    fn transitions(_: &Self) -> BoxedStrategy<Happening> {
        let device = || 0..=LIAR;
        let honest = || 0..HONEST;
        prop_oneof![
            6 => device().prop_map(Happening::Say),
            6 => prop::collection::vec(device(), 1..4).prop_map(Happening::Race),
            3 => (device(), device()).prop_map(|(by, other)| Happening::Propose(by, other)),
            2 => (honest(), honest()).prop_map(|(by, to)| Happening::Envelope { by, to }),
            4 => device().prop_map(Happening::Rejoin),
            3 => any::<prop::sample::Index>().prop_map(|n| Happening::Fault(n.index(1000))),
            5 => prop::collection::vec((0..4u8, any::<u8>()), 1..12).prop_map(Happening::Noise),
            1 => (honest(), honest()).prop_map(|(by, whom)| Happening::Remove(by, whom)),
        ]
        .boxed()
    }

    fn preconditions(state: &Self, happening: &Happening) -> bool {
        let here = |place: &usize| state.together.contains(place);
        match happening {
            Happening::Say(by) => here(by),
            Happening::Race(all) => all.iter().all(here) && all.iter().collect::<BTreeSet<_>>().len() == all.len(),
            Happening::Propose(by, other) => by != other && here(by) && here(other),
            Happening::Envelope { by, to } => by != to && here(by) && here(to) && state.honest() > 2,
            Happening::Rejoin(who) => !state.out.contains(who) && (!state.dead_end || state.honest() > 2),
            Happening::Fault(_) => here(&LIAR),
            Happening::Noise(_) => true,
            // Some must be left to go on with.
            Happening::Remove(by, whom) => by != whom && here(by) && here(whom) && state.out.is_empty(),
        }
    }

    fn apply(mut state: Self, happening: &Happening) -> Self {
        match happening {
            Happening::Say(by) => {
                for place in state.together.iter().filter(|place| *place != by) {
                    state.heard[*place] += 1;
                }
            }
            // The first wins, and nobody does again what is lost.
            Happening::Race(all) => {
                state.epoch += 1;
                state.dead_end = all.len() > 1;
            }
            Happening::Propose(..) => {
                state.epoch += 1;
                state.dead_end = false;
            }
            Happening::Envelope { to, .. } => {
                state.epoch += 1;
                state.dead_end = false;
                state.together.remove(to);
            }
            Happening::Rejoin(who) if state.dead_end => drop(state.together.remove(who)),
            Happening::Rejoin(who) => {
                state.epoch += 1;
                state.together.insert(*who);
                state.heard[*who] = 0;
            }
            Happening::Fault(_) => {
                state.epoch += 2;
                state.dead_end = false;
                state.heard[LIAR] = 0;
            }
            Happening::Noise(_) => {}
            Happening::Remove(_, whom) => {
                state.epoch += 1;
                state.dead_end = false;
                state.together.remove(whom);
                state.out.insert(*whom);
            }
        }
        state
    }
}

impl Model {
    /// How many honest devices are together.
    fn honest(&self) -> usize {
        self.together.iter().filter(|place| **place < HONEST).count()
    }
}
