//! What crosses between devices and their hub, and what it weighs.

use super::super::split::{GROUP, broken};
use super::Play;
use mimicheck::client::key_package_ref;
use mimicheck::mls::member::{CommitOut, Plan, Position, Result};
use mimicheck::protocol::{
    CipherSuite, CommitData, Delivered, Epoch, ExternalJoinRequest, GroupInfoRequest, GroupInfoResponse, Head,
    KeyPackageRequest, KeyPackageResponse, MlsMessage, ReceiveRequest, ReceiveResponse, SendRequest, ServiceProviderId,
    WelcomeData,
};
use std::collections::BTreeSet;

/// Octets of `version` and `wire_format` before a KeyPackage.
const FRAME: usize = 4;
const PROVIDER: &[u8] = b"a.example";

impl Play {
    /// Fetches a KeyPackage of each.
    pub(super) fn invited(&mut self, by: usize, who: &[usize]) -> Result<Plan> {
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
    pub(super) fn committed(&mut self, by: usize, plan: &Plan, there: &[usize]) -> Result<CommitOut> {
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
    pub(super) fn welcomed(&mut self, who: &[usize], out: &CommitOut) -> Result<()> {
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
    pub(super) fn rejoined(&mut self, at: usize, there: &[usize]) -> Result<()> {
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
