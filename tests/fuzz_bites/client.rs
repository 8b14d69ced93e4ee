//! Members.

use mimicheck::fuzzing::generators::{Scene, Spoken, scene};
use mimicheck::fuzzing::oracles::speak;
use mimicheck::mls::member::{CommitOut, Engine, Listed, Member, Plan, Position, Proposal, Received, Result};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Wrong {
    /// Nothing.
    Honest,
    /// Accepts what it should refuse.
    Takes,
    /// Is elsewhere once it has refused something.
    Moves,
    /// Refuses everything once it has refused something.
    Sulks,
    /// Leads elsewhere than it said.
    Misleads,
    /// Cannot go where it said.
    Stays,
}

struct Double {
    inner: Box<dyn Member>,
    wrong: Wrong,
    refused: bool,
}

impl Member for Double {
    fn position(&self) -> Result<Position> {
        let mut position = self.inner.position()?;
        if self.wrong == Wrong::Moves && self.refused {
            position.epoch += 1;
        }
        Ok(position)
    }

    fn process(&mut self, message: &[u8]) -> Result<Received> {
        let refusal = match self.inner.process(message) {
            Ok(_) if self.wrong == Wrong::Sulks && self.refused => self.inner.process(b"").map(drop).unwrap_err(),
            Ok(Received::Commit(mut staged)) if self.wrong == Wrong::Misleads => {
                staged.next = None;
                return Ok(Received::Commit(staged));
            }
            Ok(received) => return Ok(received),
            Err(_) if self.wrong == Wrong::Takes => return Ok(Received::Proposal { sender: None }),
            Err(refusal) => refusal,
        };
        self.refused = true;
        Err(refusal)
    }

    fn merge(&mut self) -> Result<()> {
        if self.wrong == Wrong::Stays {
            self.inner.discard();
        }
        self.inner.merge()
    }

    fn leaf(&self) -> u32 {
        self.inner.leaf()
    }

    fn members(&self) -> Vec<Listed> {
        self.inner.members()
    }

    fn export(&self, label: &str, context: &[u8], octets: usize) -> Result<Vec<u8>> {
        self.inner.export(label, context, octets)
    }

    fn group_info(&mut self) -> Result<(Vec<u8>, Vec<u8>)> {
        self.inner.group_info()
    }

    fn send(&mut self, data: &[u8], aad: &[u8]) -> Result<Vec<u8>> {
        self.inner.send(data, aad)
    }

    fn propose(&mut self, proposal: &Proposal) -> Result<Vec<u8>> {
        self.inner.propose(proposal)
    }

    fn commit(&mut self, plan: &Plan) -> Result<CommitOut> {
        self.inner.commit(plan)
    }

    fn merge_own(&mut self) -> Result<()> {
        self.inner.merge_own()
    }

    fn drop_own(&mut self) {
        self.inner.drop_own();
    }

    fn discard(&mut self) {
        self.inner.discard();
    }

    fn copy(&self) -> Box<dyn Member> {
        Box::new(Self { inner: self.inner.copy(), ..*self })
    }
}

/// What the oracle says of such a member that is told these messages.
fn said(scene: &Scene, wrong: Wrong, messages: &[&[u8]]) -> std::result::Result<(), String> {
    let messages: Vec<_> = messages.iter().map(|octets| Spoken { octets: octets.to_vec() }).collect();
    speak(scene, Box::new(Double { inner: scene.subject.copy(), wrong, refused: false }), &messages, true)
}

fn every_scene(check: impl Fn(&Scene)) {
    let engines: [&dyn Engine; 2] = [&mimicheck::mls::open::engine(), &mimicheck::mls::second::engine()];
    for (engine, private) in engines.into_iter().flat_map(|engine| [(engine, false), (engine, true)]) {
        check(&scene(engine, private).unwrap());
    }
}

#[test]
fn wrong_members_are_reported_and_honest_ones_are_not() {
    every_scene(|scene| {
        let mut changed = scene.good.clone();
        *changed.last_mut().unwrap() ^= 1;
        for (wrong, messages, told) in [
            (Wrong::Takes, vec![changed.as_slice()], "nobody sent it"),
            (Wrong::Moves, vec![changed.as_slice()], "the position changed"),
            (Wrong::Sulks, vec![changed.as_slice()], "the good commit is refused"),
            (Wrong::Misleads, vec![scene.good.as_slice()], "leads elsewhere"),
            (Wrong::Stays, vec![scene.good.as_slice()], "staged and not merged"),
        ] {
            said(scene, Wrong::Honest, &messages).unwrap();
            let what = said(scene, wrong, &messages).unwrap_err();
            assert!(what.contains(told), "{wrong:?}: {what}");
        }
    });
}

#[test]
fn what_was_left_over_from_refusals_serves_for_good_messages() {
    every_scene(|scene| {
        let broken: Vec<Vec<u8>> = scene
            .valid
            .iter()
            .chain([&scene.good])
            .map(|octets| {
                let mut changed = octets.clone();
                *changed.last_mut().unwrap() ^= 1;
                changed
            })
            .collect();
        for valid in &scene.valid {
            let mut fresh = scene.subject.copy();
            let alone = fresh.process(valid).is_ok();
            let mut tried = scene.subject.copy();
            broken.iter().for_each(|octets| assert!(tried.process(octets).is_err()));
            assert_eq!(tried.process(valid).is_ok(), alone);
        }
    });
}
