use super::meter::Meter;
use super::price::Price;
use super::setting::Way;
use super::split::{GROUP, Person, Split, broken};
use super::stolen::Stolen;
use mimicheck::client::key_package_ref;
use mimicheck::mls::member::{CommitOut, Plan, Position, Result};
use mimicheck::protocol::{
    CipherSuite, CommitData, Delivered, Epoch, ExternalJoinRequest, GroupInfoRequest, GroupInfoResponse, Head,
    KeyPackageRequest, KeyPackageResponse, MlsMessage, ReceiveRequest, ReceiveResponse, SendRequest, ServiceProviderId,
    WelcomeData,
};
use mimicheck::recovery::{self, Action, Approval, Decision, Rule, Strategy, decide};
use std::collections::BTreeSet;

/// Octets of `version` and `wire_format` before a KeyPackage.
const FRAME: usize = 4;
const PROVIDER: &[u8] = b"a.example";

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

    /// Fetches a KeyPackage of each.
    fn invited(&mut self, by: usize, who: &[usize]) -> Result<Plan> {
        let mut plan = Plan::default();
        self.meter.rounds += 1;
        for at in who {
            let person = self.split.person(*at)?;
            let key_package = person.device.key_package()?;
            let request = KeyPackageRequest {
                user_id: person.name.clone(),
                bearer_token: vec![0; 16],
                version: 1,
                cipher_suite: self.split.setting.suite,
            };
            let bare = key_package.get(FRAME..).unwrap_or_default().to_vec();
            self.meter.sends(by, &request)?;
            self.meter.receives(by, &KeyPackageResponse { key_package: bare })?;
            plan.add.push(key_package);
        }
        Ok(plan)
    }

    /// A commit, sent to the hub, and delivered to all of these.
    fn committed(&mut self, by: usize, plan: &Plan, there: &[usize]) -> Result<CommitOut> {
        let here = self.split.person(by)?.member.position()?;
        let out = self.split.commit(by, plan, there)?;
        let group_info = Some(self.published(by, &out)?);
        let welcome_data =
            out.welcome.as_deref().map(|welcome| addressed(&plan.add, welcome, here.clone())).transpose()?;
        let commit_data =
            CommitData { next_partition_key: out.next.partition_key, group_info: group_info.clone(), welcome_data };
        let request = SendRequest {
            message: message(&out.commit)?,
            partition_key: here.partition_key,
            commit_data: Some(commit_data),
        };
        self.meter.sends(by, &request)?;
        self.delivered(there, &here, &out, group_info)?;
        Ok(out)
    }

    /// What the others receive, and what passes by whoever has stolen states.
    fn delivered(
        &mut self,
        there: &[usize],
        here: &Position,
        out: &CommitOut,
        group_info: Option<MlsMessage>,
    ) -> Result<()> {
        let masked = out.next.partition_key.masked(CipherSuite(self.split.setting.suite));
        let masked = masked.ok_or_else(|| broken("a suite without a hash"))?;
        let delivered = Delivered { message: message(&out.commit)?, commit: Some((masked, group_info)) };
        let response = ReceiveResponse { epoch: Epoch { messages: vec![delivered] }, hints: vec![] };
        for at in there {
            self.meter.sends(*at, &ReceiveRequest { partition_key: here.partition_key, counter: 0 })?;
            self.meter.receives(*at, &response)?;
        }
        self.meter.rounds += 1;
        self.meter.commits += 1;
        if here.group_id == GROUP {
            self.stolen.follow(&out.commit)?;
        }
        Ok(())
    }

    /// A hub that can read handshakes knows the tree; another one needs it in the GroupInfo.
    fn published(&mut self, by: usize, out: &CommitOut) -> Result<MlsMessage> {
        if !self.split.setting.private {
            return message(&out.group_info);
        }
        message(&self.split.person(by)?.member.group_info_with_tree()?)
    }

    /// These get the Welcome, and ask for the tree.
    fn welcomed(&mut self, who: &[usize], out: &CommitOut) -> Result<()> {
        let welcome = out.welcome.clone().unwrap_or_default();
        self.meter.rounds += 1;
        for at in who {
            self.meter.receives_octets(*at, welcome.len());
            self.told_tree(*at, out)?;
            let person = self.split.person(*at)?;
            person.member = person.device.join(&welcome, Some(&out.ratchet_tree))?;
            self.agreed(*at)?;
        }
        Ok(())
    }

    /// The GroupInfo and tree that a hub gives to who asks.
    fn told_tree(&mut self, who: usize, out: &CommitOut) -> Result<()> {
        self.meter.sends(who, &GroupInfoRequest { group_id: out.next.group_id.clone() })?;
        let response =
            GroupInfoResponse { group_info: message(&out.group_info)?, ratchet_tree: Some(out.ratchet_tree.clone()) };
        self.meter.receives(who, &response)
    }

    /// One member joins externally; these and itself see it.
    fn rejoined(&mut self, at: usize, there: &[usize]) -> Result<()> {
        let host = *there.first().ok_or_else(|| broken("nobody is there"))?;
        let here = self.split.person(host)?.member.position()?;
        let (info, tree) = self.split.person(host)?.member.group_info()?;
        self.meter.rounds += 1;
        self.meter.sends(at, &GroupInfoRequest { group_id: here.group_id.clone() })?;
        let response = GroupInfoResponse { group_info: message(&info)?, ratchet_tree: Some(tree.clone()) };
        self.meter.receives(at, &response)?;
        let person = self.split.person(at)?;
        let (member, out) = person.device.external_join(&info, Some(&tree))?;
        person.member = member;
        self.agreed(at)?;
        self.split.follow(there.iter().copied(), &out.commit)?;
        let group_info = Some(self.published(at, &out)?);
        let commit_data = CommitData {
            next_partition_key: out.next.partition_key,
            group_info: group_info.clone(),
            welcome_data: None,
        };
        self.meter.sends(at, &ExternalJoinRequest { message: message(&out.commit)?, commit_data })?;
        self.delivered(there, &here, &out, group_info)
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

fn message(octets: &[u8]) -> Result<MlsMessage> {
    MlsMessage::decode(octets).map_err(|e| broken(&e.to_string()))
}

/// The Welcome with a provider for each entry; all have one here.
fn addressed(added: &[Vec<u8>], welcome: &[u8], here: Position) -> Result<WelcomeData> {
    let welcome = message(welcome)?;
    let Head::Welcome { recipients, cipher_suite } = welcome.head() else { return Err(broken("no Welcome")) };
    let suite = CipherSuite(*cipher_suite);
    let known: BTreeSet<Vec<u8>> = added.iter().filter_map(|k| key_package_ref(suite, k)).collect();
    if recipients.len() != known.len() || !recipients.iter().all(|r| known.contains(r)) {
        return Err(broken(&format!("a Welcome for others, after epoch {}", here.epoch)));
    }
    let service_providers = vec![ServiceProviderId(PROVIDER.to_vec()); recipients.len()];
    Ok(WelcomeData { welcome, service_providers })
}

#[cfg(test)]
mod tests;
