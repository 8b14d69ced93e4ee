use super::input::{approval, flag, numbers, octets_list, optional_octets, small};
use super::json;
use crate::adapter::Answer;
use crate::adapter::input::{BadInput, member, octets, optional, optional_text, text};
use crate::adapter::policy as told;
use crate::adapter::session::Session;
use crate::client::policy;
use crate::mls::member::{
    Client, CommitOut, Engine, Listed, Member, Plan, Position, PrivateKeys, Proposal, Received, Refusal, Settings,
    Staged,
};
use crate::policy::Known;
use crate::protocol::{CipherSuite, Head, MaskedPartitionKey, MlsMessage};
use crate::reason::{delivery, mls};
use crate::recovery::Approval;
use crate::wire::hex;
use serde_json::{Value, json};
use std::rc::Rc;

/// Every operation of a client.
pub(in crate::adapter) const OPERATIONS: &[&str] = &[
    "client/commit",
    "client/create",
    "client/external-join",
    "client/group-info",
    "client/join",
    "client/key-package",
    "client/members",
    "client/new",
    "client/policy",
    "client/process",
    "client/propose",
    "client/send",
    "client/state",
];

/// Refused by the client, or an input of the wrong shape.
enum Stop {
    Refused(Refusal),
    Bad(BadInput),
    /// Something that the engine does not have.
    Unsupported(&'static str),
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<BadInput> for Stop {
    fn from(bad: BadInput) -> Self {
        Self::Bad(bad)
    }
}

type Result<T> = std::result::Result<T, Stop>;

/// One client, in at most one group.
pub(in crate::adapter) struct ClientSession {
    engine: Rc<dyn Engine>,
    device: Option<(Box<dyn Client>, CipherSuite)>,
    group: Group,
    /// What it knows of the room's policy in the epoch that it is in; nothing until it is told.
    known: Option<Known>,
}

/// The client and its group.
enum Group {
    /// It is in none yet.
    None,
    /// It is in one; octets of its own pending commit.
    In(Box<dyn Member>, Option<Vec<u8>>),
    /// It was removed.
    Removed,
}

impl Session for ClientSession {
    fn answer(&mut self, op: &str, input: &Value) -> std::result::Result<Answer, BadInput> {
        match self.operation(op, input) {
            Ok(out) => Ok(Answer::Ok(out)),
            Err(Stop::Refused(refusal)) => Ok(Answer::reject(refusal.reason, refusal, None)),
            Err(Stop::Bad(bad)) => Err(bad),
            Err(Stop::Unsupported(what)) => Ok(Answer::Unsupported(what.to_owned())),
        }
    }
}

impl ClientSession {
    /// A client that is nobody yet.
    pub(in crate::adapter) fn new(engine: Rc<dyn Engine>) -> Self {
        Self { engine, device: None, group: Group::None, known: None }
    }

    fn operation(&mut self, op: &str, input: &Value) -> Result<Value> {
        match op {
            "client/new" => self.make(input),
            "client/key-package" => Ok(json!({"key_package": hex::encode(&self.device()?.key_package()?)})),
            "client/create" => {
                let (group_id, approval) = (octets(input, "group_id")?, approval(input)?);
                self.may_enter(approval.as_ref())?;
                if let (Group::In(..), Some(approval)) = (&self.group, &approval) {
                    approval.names(&group_id).map_err(|why| refused(why, "the user has agreed to another group"))?;
                }
                let member = self.device()?.create(&group_id)?;
                self.enter(member)
            }
            "client/join" => self.join(input),
            "client/external-join" => {
                let (group_info, tree) = (octets(input, "group_info")?, optional_octets(input, "ratchet_tree")?);
                let approval = approval(input)?;
                self.may_enter(approval.as_ref())?;
                let mut device = self.device()?.copy();
                let (member, out) = device.external_join(&group_info, tree.as_deref())?;
                self.may_be_at(approval.as_ref(), &out.next)?;
                *self.device()? = device;
                self.group = Group::In(member, None);
                Ok(json::commit(&out))
            }
            "client/policy" => {
                let known = told::known(input)?;
                let blind = |member: &dyn Member| !member.reads_application_data();
                if optional(input, "policy").is_none()
                    && matches!(&self.group, Group::In(member, _) if blind(member.as_ref()))
                {
                    return Err(Stop::Unsupported("this engine does not read what a group keeps for applications"));
                }
                self.known = Some(match &self.group {
                    Group::In(member, _) => policy::here(known, member.as_ref()),
                    Group::None | Group::Removed => known,
                });
                Ok(json!({}))
            }
            "client/process" => self.process(input),
            "client/members" => {
                let member = self.member()?;
                let listed = |m: Listed| json!({"leaf": m.leaf, "identity": hex::encode(&m.identity)});
                let members: Vec<_> = member.members().into_iter().map(listed).collect();
                Ok(json!({"leaf": member.leaf(), "members": members}))
            }
            "client/state" => Ok(json::state(&self.member()?.position()?)),
            "client/commit" => {
                let plan = Plan {
                    add: octets_list(input, "add")?,
                    remove: numbers(input, "remove")?,
                    update: flag(input, "update")?,
                    ..Plan::default()
                };
                let known = self.known.clone();
                let member = self.member()?;
                let out = member.commit(&plan)?;
                if let Some(known) = known
                    && let Err(refusal) = policy::own(&known, member.as_ref(), &out)
                {
                    member.drop_own();
                    return Err(refusal.into());
                }
                self.pend(&out);
                Ok(json::commit(&out))
            }
            "client/propose" => {
                let proposal = proposal(input)?;
                Ok(json!({"message": hex::encode(&self.member()?.propose(&proposal)?)}))
            }
            "client/send" => {
                let data = octets(input, "data")?;
                let known = self.known.clone();
                let member = self.member()?;
                if let Some(known) = known {
                    policy::message(&known, &member.members(), member.leaf())?;
                }
                Ok(json!({"message": hex::encode(&member.send(&data, &[])?)}))
            }
            "client/group-info" => {
                let (group_info, tree) = self.member()?.group_info()?;
                Ok(json!({"group_info": hex::encode(&group_info), "ratchet_tree": hex::encode(&tree)}))
            }
            _ => Err(BadInput(format!("a client has no operation {op}")).into()),
        }
    }

    fn make(&mut self, input: &Value) -> Result<Value> {
        let settings = Settings {
            identity: octets(input, "identity")?,
            suite: CipherSuite(small(input, "cipher_suite")?),
            seed: optional_text(input, "seed")?.unwrap_or_default().to_owned(),
            encrypt_handshake: flag(input, "encrypt_handshake")?,
            application: None,
        };
        if self.device.is_some() {
            return Err(no_state("this session has a client already"));
        }
        let mut device = self.engine.client(&settings)?;
        let key_package = device.key_package()?;
        self.device = Some((device, settings.suite));
        Ok(json!({"key_package": hex::encode(&key_package)}))
    }

    fn join(&mut self, input: &Value) -> Result<Value> {
        let (welcome, tree) = (octets(input, "welcome")?, optional_octets(input, "ratchet_tree")?);
        let approval = approval(input)?;
        self.may_enter(approval.as_ref())?;
        if optional(input, "key_package").is_none() {
            let mut device = self.device()?.copy();
            let member = device.join(&welcome, tree.as_deref())?;
            self.may_be_at(approval.as_ref(), &member.position()?)?;
            *self.device()? = device;
            return self.enter(member);
        }
        let keys = PrivateKeys {
            suite: CipherSuite(small(input, "cipher_suite")?),
            key_package: octets(input, "key_package")?,
            signature: octets(input, "signature_priv")?,
            encryption: octets(input, "encryption_priv")?,
            init: octets(input, "init_priv")?,
            encrypt_handshake: false,
        };
        let mut device = self.engine.restore(&keys)?;
        let member = device.join(&welcome, tree.as_deref())?;
        self.may_be_at(approval.as_ref(), &member.position()?)?;
        let out = self.enter(member)?;
        self.device = Some((device, keys.suite));
        Ok(out)
    }

    fn process(&mut self, input: &Value) -> Result<Value> {
        let message = octets(input, "message")?;
        let masked = optional_octets(input, "next_partition_key")?;
        let group_info = optional_octets(input, "group_info")?;
        let suite = self.device.as_ref().map(|(_, suite)| *suite);
        let before = self.member()?.members();
        if let Group::In(member, pending) = &mut self.group
            && pending.as_ref() == Some(&message)
        {
            member.merge_own()?;
            *pending = None;
            self.known = self.known.take().map(|known| policy::here(known, member.as_ref()));
            let (added, removed) = difference(&before, &member.members());
            return Ok(json::processed_commit(Some(member.leaf()), added, removed, Some(&member.position()?)));
        }
        let known = self.known.clone();
        let member = self.member()?;
        let staged = match member.process(&message)? {
            Received::Application { sender, data, .. } => {
                if let Some(known) = known {
                    policy::message(&known, &before, sender)?;
                }
                let state = json::state(&member.position()?);
                return Ok(
                    json!({"content": "application", "sender": sender, "data": hex::encode(&data), "state": state}),
                );
            }
            Received::Proposal { sender } => {
                return Ok(json!({"content": "proposal", "sender": sender, "state": json::state(&member.position()?)}));
            }
            Received::Commit(staged) => staged,
        };
        if !envelope_fits(&staged, suite, masked, group_info.as_deref()) {
            member.discard();
            let said = "the envelope of the commit is not what the commit leads to".to_owned();
            return Err(Refusal { reason: delivery::ENVELOPE_MISMATCH, said }.into());
        }
        if let Some(known) = &known
            && let Err(refusal) = policy::commit(known, &before, &staged)
        {
            member.discard();
            return Err(refusal.into());
        }
        member.merge()?;
        if !staged.removes_me {
            let next = known.map(|known| policy::here(known, member.as_ref()));
            self.known = next;
        }
        if staged.removes_me {
            self.group = Group::Removed;
        } else if let Group::In(_, pending) = &mut self.group {
            *pending = None;
        }
        Ok(json::processed_commit(staged.committer, staged.added, staged.removed, staged.next.as_ref()))
    }

    fn device(&mut self) -> Result<&mut Box<dyn Client>> {
        self.device.as_mut().map(|(device, _)| device).ok_or_else(|| no_state("this session has no client yet"))
    }

    fn member(&mut self) -> Result<&mut Box<dyn Member>> {
        match &mut self.group {
            Group::In(member, _) => Ok(member),
            Group::None => Err(refused(mls::NOT_A_MEMBER, "this client is in no group")),
            Group::Removed => Err(refused(mls::NOT_A_MEMBER, "this client was removed from its group")),
        }
    }

    /// Whether the client may come into a group: it is in none, or its user has agreed to give up the one that it is in.
    fn may_enter(&self, approval: Option<&Approval>) -> Result<()> {
        match (&self.group, approval) {
            (Group::None, _) | (Group::In(..), Some(_)) => Ok(()),
            (Group::In(..), None) => {
                Err(refused(delivery::ALREADY_MEMBER, "nobody has agreed that it gives up its group"))
            }
            (Group::Removed, _) => Err(no_state("this session has had its group already")),
        }
    }

    /// Whether this is the place for which it may give up its group.
    fn may_be_at(&self, approval: Option<&Approval>, position: &Position) -> Result<()> {
        let (Group::In(..), Some(approval)) = (&self.group, approval) else { return Ok(()) };
        approval
            .permits(&position.group_id, position.epoch, &position.epoch_authenticator)
            .map_err(|why| refused(why, &format!("in epoch {}", position.epoch)))
    }

    fn enter(&mut self, member: Box<dyn Member>) -> Result<Value> {
        let state = json::state(&member.position()?);
        self.group = Group::In(member, None);
        Ok(state)
    }

    fn pend(&mut self, out: &CommitOut) {
        if let Group::In(_, pending) = &mut self.group {
            *pending = Some(out.commit.clone());
        }
    }
}

/// Section 4.4 of the delivery draft: what came beside a commit is what the commit leads to. A commit that removes
/// the client leads it nowhere, so there is nothing to compare.
fn envelope_fits(
    staged: &Staged,
    suite: Option<CipherSuite>,
    masked: Option<Vec<u8>>,
    group_info: Option<&[u8]>,
) -> bool {
    let Some(next) = &staged.next else { return true };
    let key_fits = masked.is_none_or(|given| {
        suite.and_then(|suite| next.partition_key.masked(suite)) == Some(MaskedPartitionKey(given))
    });
    let info_fits = group_info.is_none_or(|octets| match MlsMessage::decode(octets).as_ref().map(MlsMessage::head) {
        Ok(Head::GroupInfo { group_context, .. }) => *group_context == next.group_context,
        _ => false,
    });
    key_fits && info_fits
}

fn proposal(input: &Value) -> Result<Proposal> {
    Ok(match text(input, "kind")? {
        "add" => Proposal::Add(octets(input, "key_package")?),
        "remove" => Proposal::Remove(small(input, "leaf")?),
        "update" => Proposal::Update,
        "self-remove" => Proposal::SelfRemove,
        _ => {
            let given = member(input, "kind")?;
            return Err(BadInput(format!("\"kind\" is {given}: add, remove, update or self-remove")).into());
        }
    })
}

/// Who is there after and was not before, and the leaves of those for whom it is the other way round.
fn difference(before: &[Listed], after: &[Listed]) -> (Vec<Vec<u8>>, Vec<u32>) {
    let added = after.iter().filter(|m| !before.contains(m)).map(|m| m.identity.clone()).collect();
    let removed = before.iter().filter(|m| !after.contains(m)).map(|m| m.leaf).collect();
    (added, removed)
}

fn refused(reason: crate::reason::Reason, said: &str) -> Stop {
    Stop::Refused(Refusal { reason, said: said.to_owned() })
}

fn no_state(said: &str) -> Stop {
    refused(delivery::NO_STATE, said)
}
