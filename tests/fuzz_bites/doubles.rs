//! Members, devices and hubs that are wrong in one way, for tests of oracles and of walks.

#![allow(dead_code, reason = "each test takes what it needs")]

use mimicheck::delivery::{Edge, Effect, Effects, Hub, Input, Refused, Response};
use mimicheck::entropy::Time;
use mimicheck::fuzzing::world::{EitherHub, Hosting, Person, Setting, people};
use mimicheck::mls::member::{
    Client, CommitOut, Listed, Member, Plan, Position, PrivateKeys, Proposal, Received, Result,
};
use mimicheck::mls::{open, second};
use mimicheck::protocol::ServiceProviderId;

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Wrong {
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
    /// Says that its epoch is another than that of others with its partition key.
    Forks,
    /// Takes what others say for something else.
    Deaf,
    /// Refuses every commit of others.
    Stubborn,
}

pub struct Double {
    pub inner: Box<dyn Member>,
    pub wrong: Wrong,
    pub refused: bool,
}

impl Member for Double {
    fn position(&self) -> Result<Position> {
        let mut position = self.inner.position()?;
        if self.wrong == Wrong::Moves && self.refused {
            position.epoch += 1;
        }
        if self.wrong == Wrong::Forks {
            position.epoch_authenticator.reverse();
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
            Ok(Received::Application { .. }) if self.wrong == Wrong::Deaf => {
                return Ok(Received::Proposal { sender: None });
            }
            Ok(Received::Commit(_)) if self.wrong == Wrong::Stubborn => {
                self.inner.discard();
                self.inner.process(b"").map(drop).unwrap_err()
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

    fn group_info_with_tree(&mut self) -> Result<Vec<u8>> {
        self.inner.group_info_with_tree()
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

/// A device whose members are wrong.
pub struct DoubleClient(pub Box<dyn Client>, pub Wrong);

impl DoubleClient {
    fn double(&self, inner: Box<dyn Member>) -> Box<dyn Member> {
        Box::new(Double { inner, wrong: self.1, refused: false })
    }
}

impl Client for DoubleClient {
    fn key_package(&mut self) -> Result<Vec<u8>> {
        self.0.key_package()
    }

    fn private_keys(&self, key_package: &[u8]) -> Result<PrivateKeys> {
        self.0.private_keys(key_package)
    }

    fn create(&mut self, group_id: &[u8]) -> Result<Box<dyn Member>> {
        let member = self.0.create(group_id)?;
        Ok(self.double(member))
    }

    fn join(&mut self, welcome: &[u8], tree: Option<&[u8]>) -> Result<Box<dyn Member>> {
        let member = self.0.join(welcome, tree)?;
        Ok(self.double(member))
    }

    fn external_join(&mut self, info: &[u8], tree: Option<&[u8]>) -> Result<(Box<dyn Member>, CommitOut)> {
        let (member, out) = self.0.external_join(info, tree)?;
        Ok((self.double(member), out))
    }

    fn welcome_group(&self, welcome: &[u8]) -> Result<Vec<u8>> {
        self.0.welcome_group(welcome)
    }

    fn copy(&self) -> Box<dyn Client> {
        Box::new(Self(self.0.copy(), self.1))
    }
}

/// Four, of whom one (with either library) is wrong.
pub fn cast(setting: Setting, wrong: Wrong, place: usize) -> Vec<Person> {
    let mut all = people([&open::engine(), &second::engine()], setting, None).unwrap();
    let (name, device) = all.remove(place);
    all.insert(place, (name, Box::new(DoubleClient(device, wrong))));
    all
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum WrongHub {
    Honest,
    /// Says that it put a message somewhere, and did not.
    Forgets,
    /// Gives messages in another order to every other who asks.
    Equivocates,
    /// Is another once it has refused something.
    Changes,
    /// Holds the last message back for good.
    Withholds,
    /// Does not know where commits lead.
    Blindfolded,
}

#[derive(Clone, PartialEq)]
pub struct DoubleHub {
    pub inner: EitherHub,
    pub wrong: WrongHub,
    pub asked: u32,
}

impl Hosting for DoubleHub {
    fn edges(&self, group_id: &[u8]) -> Vec<Edge> {
        if self.wrong == WrongHub::Blindfolded { vec![] } else { self.inner.edges(group_id) }
    }
}

impl Hub for DoubleHub {
    fn step(
        &mut self,
        now: Time,
        from: &ServiceProviderId,
        input: Input,
        out: &mut Effects,
    ) -> std::result::Result<(), Refused> {
        if self.wrong == WrongHub::Forgets && matches!(&input, Input::Send(request) if request.commit_data.is_none()) {
            return self.inner.clone().step(now, from, input, out);
        }
        let done = self.inner.step(now, from, input, out);
        if done.is_err() && self.wrong == WrongHub::Changes {
            self.asked += 1;
        }
        for effect in out.iter_mut() {
            let Effect::Respond(Response::Received(response)) = effect else { continue };
            let messages = &mut response.epoch.messages;
            self.asked += 1;
            match self.wrong {
                WrongHub::Equivocates if self.asked.is_multiple_of(2) => messages.reverse(),
                WrongHub::Withholds => drop(messages.pop()),
                _ => {}
            }
        }
        done
    }
}
