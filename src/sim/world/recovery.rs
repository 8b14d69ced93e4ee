//! What people start after a fork: approvals, and the strategies of the room `recovery`.

use super::{Broken, GROUP, Named, Result, World};
use crate::client::Input;
use crate::protocol::CipherSuite;
use crate::reason::recovery as reason;
use crate::recovery::{self, Action, Approval, Ballots, Decision, Evidence, Report, Rule, decide, plan};
use crate::sim::recovering::{By, Recovery, Strategy, To};
use std::collections::BTreeSet;

fn name(identity: &[u8]) -> String {
    String::from_utf8_lossy(identity).into_owned()
}

fn identities(names: &[String]) -> BTreeSet<Vec<u8>> {
    names.iter().map(|name| name.as_bytes().to_vec()).collect()
}

impl World<'_> {
    /// The group that a device is in; the one that everything began with for a device in none.
    pub(super) fn group_of(&self, device: &str) -> Vec<u8> {
        let position = self.devices.get(device).and_then(|actor| actor.device.position());
        position.map_or_else(|| GROUP.to_vec(), |position| position.group_id.clone())
    }

    fn approval(&self, of: &str, to: &To) -> Result<Approval> {
        let place = |name: &String| {
            let position = self.devices.get(name).and_then(|actor| actor.device.position());
            position.ok_or_else(|| Broken(format!("{name} is in no group")))
        };
        Ok(match to {
            To::BranchOf(name) => {
                let place = place(name)?;
                Approval { group_id: place.group_id.clone(), after: place.epoch, epoch_authenticator: None }
            }
            To::PlaceOf(name) => {
                let place = place(name)?;
                let epoch_authenticator = Some(place.epoch_authenticator.clone());
                Approval { group_id: place.group_id.clone(), after: place.epoch.saturating_sub(1), epoch_authenticator }
            }
            To::SuccessorAfter(epoch) => {
                Approval { group_id: self.successor(of, *epoch)?, after: 0, epoch_authenticator: None }
            }
        })
    }

    /// The id of the first successor after an epoch, as this device computes it.
    fn successor(&self, of: &str, epoch: u64) -> Result<Vec<u8>> {
        let link = self.devices.get(of).and_then(|actor| actor.device.link(epoch));
        let id = link.and_then(|link| link.successor(CipherSuite(self.scenario.suite), 0));
        id.ok_or_else(|| Broken(format!("{of} has no link of epoch {epoch}")))
    }

    pub(super) fn approve(&mut self, who: &str, to: &To) -> Result<()> {
        let approval = self.approval(who, to)?;
        self.told(who, Input::Approve(Some(approval)));
        Ok(())
    }

    pub(super) fn re_add(&mut self, by: &str, who: &[String]) -> Result<()> {
        self.awake(by)?;
        let remove = who.iter().map(|name| self.leaf(by, name)).collect::<Result<_>>()?;
        self.commit(by, Named { add: who.to_vec(), remove, ..Named::default() });
        Ok(())
    }

    /// The successor is hosted where the group is: its maker is of the same provider.
    pub(super) fn reboot(&mut self, by: &str, with: &[String], after: u64) -> Result<()> {
        self.awake(by)?;
        let home = self.devices.get(by).map(|actor| actor.provider.clone());
        if home != self.hub {
            return Err(Broken(format!("{by} is of another provider than the hub")));
        }
        let group_id = self.successor(by, after)?;
        self.told(by, Input::Create { group_id: group_id.clone() });
        if self.group_of(by) == group_id {
            self.commit(by, Named { add: with.to_vec(), ..Named::default() });
        }
        Ok(())
    }

    pub(super) fn rejoin(&mut self, by: &str) -> Result<()> {
        self.awake(by)?;
        let group_id = self.group_of(by);
        self.told(by, Input::JoinExternally { group_id });
        Ok(())
    }

    /// Reports, a decision, and what the plan says. Whoever is offline is silent.
    pub(super) fn recover(&mut self, wanted: &Recovery) -> Result<()> {
        let Recovery { by, among, strategy, rule, unwanted } = wanted;
        self.awake(by)?;
        let evidence = self.evidence(by, among)?;
        let survives = match decide(&self.rule(rule)?, &evidence) {
            Decision::Survives(at) => at,
            Decision::Undecided(why) => {
                self.refused(by, reason::UNDECIDED.code(), &format!("{why:?}"));
                return Ok(());
            }
        };
        let strategy = match strategy {
            Strategy::ReAdd => recovery::Strategy::ReAdd,
            Strategy::Reboot => recovery::Strategy::Reboot,
            Strategy::Rejoin => recovery::Strategy::Rejoin,
            Strategy::EvidenceThenReAdd => recovery::Strategy::EvidenceThenReAdd,
        };
        let planned = match plan(strategy, &evidence, survives, by.as_bytes(), &identities(unwanted)) {
            Ok(planned) => planned,
            Err(why) => {
                self.refused(by, why.code(), "no plan");
                return Ok(());
            }
        };
        let successor = strategy == recovery::Strategy::Reboot;
        let common = evidence.common.as_ref().map_or(0, |epoch| epoch.number);
        for action in planned.actions {
            self.act(
                by,
                action,
                if successor { To::SuccessorAfter(common) } else { To::BranchOf(by.clone()) },
                common,
            )?;
        }
        Ok(())
    }

    fn act(&mut self, by: &str, action: Action, to: To, common: u64) -> Result<()> {
        let names = |set: BTreeSet<Vec<u8>>| set.iter().map(|identity| name(identity)).collect::<Vec<_>>();
        match action {
            Action::Report(who) => {
                names(who).iter().for_each(|who| self.noted(who, "says where it is and was"));
                Ok(())
            }
            Action::Approve(who) => names(who).iter().try_for_each(|who| self.approve(who, &to)),
            Action::ReAdd { who, .. } => self.re_add(by, &names(who)),
            Action::Reboot { with, .. } => self.reboot(by, &names(with), common),
            Action::Rejoin(who) => who.iter().try_for_each(|who| {
                self.rejoin(&name(who))?;
                self.settle()
            }),
        }
    }

    fn evidence(&self, by: &str, among: &[String]) -> Result<Evidence> {
        among.iter().try_for_each(|name| self.known(name))?;
        let group_id = self.group_of(by);
        let speaks = among.iter().filter_map(|name| {
            let actor = self.devices.get(name).filter(|actor| actor.online)?;
            let trail = Some(actor.device.trail()).filter(|trail| !trail.is_empty())?;
            Some(Report {
                member: name.as_bytes().to_vec(),
                group_id: actor.device.position()?.group_id.clone(),
                trail,
            })
        });
        Evidence::of(&group_id, &identities(among), &speaks.collect::<Vec<_>>())
            .map_err(|why| Broken(format!("no evidence: {why}")))
    }

    fn rule(&self, rule: &By) -> Result<Rule> {
        let tip = |name: &String| {
            let position = self.devices.get(name).and_then(|actor| actor.device.position());
            position.map(|p| p.epoch_authenticator.clone()).ok_or_else(|| Broken(format!("{name} is in no group")))
        };
        Ok(match rule {
            By::Majority => Rule::Majority,
            By::Operator(name) => Rule::Operator(tip(name)?),
            By::Vote(votes) => {
                let ballot = |(who, whom): (&String, &String)| Ok((who.as_bytes().to_vec(), tip(whom)?));
                Rule::Vote(votes.iter().map(ballot).collect::<Result<Ballots>>()?)
            }
        })
    }
}
