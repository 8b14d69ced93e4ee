use super::place::{Answer, Place};
use crate::mls::member::{CommitOut, Listed, Member, Plan, Position, Proposal, Received, Refusal, Result};
use crate::reason::mls as reason;
use std::rc::Rc;

/// A member who goes by memory.
#[derive(Clone)]
pub(super) struct Walker(pub(super) Rc<Place>);

/// A call was remembered as another: that can not be, as each has its own name.
fn confused<T>() -> Result<T> {
    Err(Refusal { reason: reason::MLS_OTHER, said: "a memory that confuses calls".to_owned() })
}

impl Walker {
    fn go(&mut self, name: u8, given: Vec<u8>, act: impl FnOnce(&mut dyn Member) -> Answer) -> Answer {
        let (answer, next) = self.0.go((name, given), act);
        self.0 = next;
        answer
    }

    fn done(&mut self, name: u8, act: impl FnOnce(&mut dyn Member) -> Result<()>) -> Result<()> {
        match self.go(name, vec![], |m| Answer::Done(act(m))) {
            Answer::Done(done) => done,
            _ => confused(),
        }
    }

    fn octets(
        &mut self,
        name: u8,
        given: Vec<u8>,
        act: impl FnOnce(&mut dyn Member) -> Result<Vec<u8>>,
    ) -> Result<Vec<u8>> {
        match self.go(name, given, |m| Answer::Octets(act(m))) {
            Answer::Octets(octets) => octets,
            _ => confused(),
        }
    }
}

/// What tells one plan or proposal from another.
fn spelled(what: &dyn std::fmt::Debug) -> Vec<u8> {
    format!("{what:?}").into_bytes()
}

impl Member for Walker {
    fn position(&self) -> Result<Position> {
        self.0.position()
    }

    fn leaf(&self) -> u32 {
        self.0.member.leaf()
    }

    fn members(&self) -> Vec<Listed> {
        self.0.member.members()
    }

    fn export(&self, label: &str, context: &[u8], octets: usize) -> Result<Vec<u8>> {
        self.0.member.export(label, context, octets)
    }

    fn group_info(&mut self) -> Result<(Vec<u8>, Vec<u8>)> {
        match self.go(0, vec![], |m| Answer::Pair(m.group_info())) {
            Answer::Pair(pair) => pair,
            _ => confused(),
        }
    }

    fn group_info_with_tree(&mut self) -> Result<Vec<u8>> {
        self.octets(1, vec![], |m| m.group_info_with_tree())
    }

    fn send(&mut self, data: &[u8], aad: &[u8]) -> Result<Vec<u8>> {
        self.octets(2, spelled(&(data, aad)), |m| m.send(data, aad))
    }

    fn propose(&mut self, proposal: &Proposal) -> Result<Vec<u8>> {
        self.octets(3, spelled(proposal), |m| m.propose(proposal))
    }

    fn commit(&mut self, plan: &Plan) -> Result<CommitOut> {
        match self.go(4, spelled(plan), |m| Answer::Commit(Box::new(m.commit(plan)))) {
            Answer::Commit(out) => *out,
            _ => confused(),
        }
    }

    fn merge_own(&mut self) -> Result<()> {
        self.done(5, |m| m.merge_own())
    }

    fn drop_own(&mut self) {
        let _done = self.done(6, |m| {
            m.drop_own();
            Ok(())
        });
    }

    fn process(&mut self, message: &[u8]) -> Result<Received> {
        match self.go(7, message.to_vec(), |m| Answer::Received(m.process(message))) {
            Answer::Received(received) => received,
            _ => confused(),
        }
    }

    fn merge(&mut self) -> Result<()> {
        self.done(8, |m| m.merge())
    }

    fn discard(&mut self) {
        let _done = self.done(9, |m| {
            m.discard();
            Ok(())
        });
    }

    fn copy(&self) -> Box<dyn Member> {
        Box::new(self.clone())
    }
}
