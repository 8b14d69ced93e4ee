mod exchange;

use super::meter::Meter;
use super::price::Price;
use super::setting::Way;
use super::split::{Person, Split, broken};
use super::stolen::Stolen;
use mimicheck::mls::member::Result;
use mimicheck::recovery::{self, Action, Approval, Decision, Rule, Strategy, decide};
use std::collections::BTreeSet;

/// One way out of a split, from its beginning to its end.
struct Play {
    split: Split,
    meter: Meter,
    stolen: Stolen,
    /// Who was asked, and for what.
    asked: BTreeSet<usize>,
    approval: Option<Approval>,
    /// Who has to be together at the end.
    wanted: BTreeSet<usize>,
}

/// Plays it.
///
/// # Errors
/// A member refuses what it must take: then no price is told.
pub(super) fn play(split: &Split, way: Way) -> Result<Price> {
    let split = split.copy();
    let members = split.people.len();
    let mut play = Play {
        stolen: Stolen::of(&split),
        meter: Meter::new(members),
        asked: BTreeSet::new(),
        approval: None,
        wanted: (0..members).collect(),
        split,
    };
    let (strategy, by) = match way {
        Way::All(strategy) => (strategy, 0),
        Way::MinorityReboots => {
            play.wanted = play.split.away.clone();
            (Strategy::Reboot, *play.split.away.first().ok_or_else(|| broken("nobody is away"))?)
        }
    };
    play.carry_out(strategy, by)?;
    play.price(way, by)
}

impl Play {
    fn carry_out(&mut self, strategy: Strategy, by: usize) -> Result<()> {
        let evidence = self.split.evidence()?;
        let me = self.split.person(by)?.name.clone();
        let tip = self.split.person(by)?.member.position()?;
        // Who is right is for people to say: here they say it.
        let Decision::Survives(branch) = decide(&Rule::Operator(tip.epoch_authenticator.clone()), &evidence) else {
            return Err(broken("no branch of this tip"));
        };
        let unwanted = (0..self.split.people.len()).filter(|at| !self.wanted.contains(at));
        let unwanted = unwanted.filter_map(|at| self.split.people.get(at)).map(|p| p.name.clone()).collect();
        let plan = recovery::plan(strategy, &evidence, branch, &me, &unwanted).map_err(|why| broken(why.code()))?;
        let (group_id, after) = match strategy {
            Strategy::Reboot => (self.split.successor.clone(), 0),
            _ => (tip.group_id, tip.epoch),
        };
        self.approval = Some(Approval { group_id, after, epoch_authenticator: None });
        for action in plan.actions {
            self.act(by, action)?;
        }
        Ok(())
    }

    fn act(&mut self, by: usize, action: Action) -> Result<()> {
        let split = &self.split;
        let places = |names: BTreeSet<Vec<u8>>| names.iter().map(|name| split.find(name)).collect::<Result<Vec<_>>>();
        match action {
            Action::Report(who) => {
                let (who, reports) = (places(who)?, split.reports()?);
                self.meter.rounds += 1;
                for at in who.into_iter().filter(|at| *at != by) {
                    let octets = reports.get(at).and_then(|report| report.octets().ok()).map_or(0, |o| o.len());
                    self.meter.sends_octets(at, octets);
                    self.meter.receives_octets(by, octets);
                }
                Ok(())
            }
            Action::Approve(who) => {
                self.asked = places(who)?.into_iter().collect();
                Ok(())
            }
            Action::ReAdd { who, .. } => {
                let who = places(who)?;
                let mut plan = self.invited(by, &who)?;
                plan.any_order = true;
                for at in &who {
                    plan.remove.push(self.split.person(*at)?.member.leaf());
                }
                let out = self.committed(by, &plan, &self.split.side(false))?;
                self.welcomed(&who, &out)
            }
            Action::Reboot { with, .. } => {
                let with = places(with)?;
                let successor = self.split.successor.clone();
                let person = self.split.person(by)?;
                person.member = person.device.create(&successor)?;
                // How a group is made at a hub has no structure: its GroupInfo and tree are what is sent.
                let (info, tree) = person.member.group_info()?;
                self.meter.sends_octets(by, info.len() + tree.len());
                self.meter.rounds += 1;
                let plan = self.invited(by, &with)?;
                let out = self.committed(by, &plan, &[by])?;
                self.welcomed(&with, &out)
            }
            Action::Rejoin(who) => {
                let who = who.iter().map(|name| self.split.find(name)).collect::<Result<Vec<_>>>()?;
                let mut there = self.split.side(false);
                for at in who {
                    self.rejoined(at, &there)?;
                    there.push(at);
                }
                Ok(())
            }
        }
    }

    /// Somebody has come to a new place: its user was asked, and it is what was agreed to.
    fn agreed(&self, at: usize) -> Result<()> {
        let position = self.split.people.get(at).ok_or_else(|| broken("nobody there"))?.member.position()?;
        let approval = self.approval.as_ref().filter(|_| self.asked.contains(&at));
        let approval = approval.ok_or_else(|| broken("nobody was asked"))?;
        let permits = approval.permits(&position.group_id, position.epoch, &position.epoch_authenticator);
        permits.map_err(|why| broken(why.code()))
    }

    fn price(mut self, way: Way, by: usize) -> Result<Price> {
        let end = self.split.person(by)?.member.position()?;
        let at_end = |p: &Person| p.member.position().is_ok_and(|p| p == end);
        let together: Vec<usize> = (0..).zip(&self.split.people).filter(|(_, p)| at_end(p)).map(|(at, _)| at).collect();
        let listed = self.split.person(by)?.member.members().len();
        // Nobody reads what it has sent itself: two of them speak.
        let other = together.iter().copied().find(|at| *at != by).ok_or_else(|| broken("one alone"))?;
        let said = [by, other].map(|at| Ok((at, self.split.person(at)?.member.send(b"said after", &[])?)));
        let [one, two]: [Result<(usize, Vec<u8>)>; 2] = said;
        let said = [one?, two?];
        let heard = self.heard(&said);
        let eyes = self.stolen.eyes(&said.map(|(_, octets)| octets));
        let together = together.len();
        if listed != together {
            return Err(broken("the group has other members than those who are there"));
        }
        Ok(Price {
            setting: self.split.setting,
            way: way.name(),
            asked: self.asked.len(),
            rounds: self.meter.rounds,
            commits: self.meter.commits,
            together,
            sent: self.meter.sent(),
            received: self.meter.received(),
            most: self.meter.most(),
            lost: self.wanted.len().saturating_sub(heard),
            outside: self.split.people.len() - together,
            unread: self.split.unread,
            eyes,
        })
    }

    /// How many of those who have to be together hear all that is said at the end, but for what they said themselves.
    fn heard(&mut self, said: &[(usize, Vec<u8>)]) -> usize {
        let people = &mut self.split.people;
        let hears = |at: &&usize| {
            let mut others = said.iter().filter(|(by, _)| by != *at);
            people.get_mut(**at).is_some_and(|p| others.all(|(_, octets)| p.member.process(octets).is_ok()))
        };
        self.wanted.iter().filter(hears).count()
    }
}

#[cfg(test)]
mod tests;
