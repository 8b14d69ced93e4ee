use super::{mutated, poked};
use crate::crypto::{Labelled, SUITES, SignatureKeys};
use crate::delivery::{Limits, Owner, Room, RoomInput, RoomSettings};
use crate::entropy::Seed;
use crate::fuzzing::forger::{self, Commit, Keys, Seals, changed};
use crate::mls::member::{Application, Client, CommitOut, Engine, Member, Plan, Proposal, Refusal, Settings};
use crate::mls::open;
use crate::mls::public::PublicView;
use crate::protocol::room::{Frank, HandshakeBundle, Octets, RoomGroupInfoRequest, SubmitMessageRequest};
use crate::protocol::{CipherSuite, MlsMessage, ServiceProviderId, Structure};
use crate::vector::forge::rooms::{self, Asks, Change, Participants, Tree};
use std::collections::{BTreeMap, BTreeSet};

type Result<T> = std::result::Result<T, String>;

/// The room's hub.
pub const ROOM_HUB: &str = "hub.example";
const ROOM_ID: &str = "mimi://hub.example/r/fuzzing";
const LIST: u16 = 0x22;
const BANNED: u32 = 1;
const MEMBER: u32 = 2;
/// Opens the GroupInfo for who is in no list.
const CODE: &[u8] = b"let me in";
const SUITE: u16 = 1;

/// A room at its hub, and requests that are in order there.
pub struct RoomScene {
    /// The room; never changed, only copied.
    pub room: Room<PublicView, Labelled>,
    /// Requests. The first is a commit, the second a message.
    pub sent: Vec<RoomRequest>,
    seals: Seals,
}

/// A request, as octets and what they are.
#[derive(Clone, Debug)]
pub struct RoomRequest {
    /// Who asks.
    pub from: ServiceProviderId,
    /// What it is.
    pub what: Asking,
    /// Its octets.
    pub octets: Vec<u8>,
    /// Of a bundle with a commit: its fields, the place of its signature key, and what comes behind it.
    made: Option<(Commit, usize, Vec<u8>)>,
}

/// What a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asking {
    /// A HandshakeBundle.
    Update,
    /// A SubmitMessageRequest, and whether the hub has franked it.
    Submit(bool),
    /// A GroupInfoRequest.
    GroupInfo,
    /// A KeyPackageRef.
    Claimed,
    /// The identity of a client.
    Expel,
}

/// A request that is asked, and what it was made of.
#[derive(Clone, Debug)]
pub struct DrawnRequest {
    /// Which of [`RoomScene::sent`].
    pub base: usize,
    /// Whether it is as it was sent.
    pub whole: bool,
    /// The request.
    pub request: RoomRequest,
}

impl RoomRequest {
    /// The input; none where the octets are no such structure.
    #[must_use]
    pub fn input(&self) -> Option<RoomInput> {
        let octets = self.octets.as_slice();
        Some(match self.what {
            Asking::Update => RoomInput::Update(HandshakeBundle::decode(octets).ok()?),
            Asking::Submit(franked) => {
                let frank = Frank {
                    server_frank: [7; 32],
                    franking_signature_ciphersuite: SUITE,
                    franking_integrity_signature: Octets(vec![9; 64]),
                };
                let request = SubmitMessageRequest::decode(octets).ok()?;
                RoomInput::Submit { request, frank: franked.then_some(frank) }
            }
            Asking::GroupInfo => RoomInput::GroupInfo(RoomGroupInfoRequest::decode(octets).ok()?),
            Asking::Claimed => RoomInput::Claimed { reference: octets.to_vec(), provider: self.from.clone() },
            Asking::Expel => RoomInput::Expel { client: octets.to_vec() },
        })
    }
}

impl RoomScene {
    /// Whether whose commit this was made of has signed what the bundle has: a hub verifies no tag. True for all that is
    /// no commit.
    #[must_use]
    pub fn is_signed(&self, asked: &DrawnRequest) -> bool {
        let Some((_, place, _)) = self.sent.get(asked.base).and_then(|sent| sent.made.as_ref()) else { return true };
        let Some(RoomInput::Update(bundle)) = asked.request.input() else { return false };
        let octets = bundle.proposal_or_commit.octets();
        let Ok(mut commit) = forger::commit(octets) else { return false };
        let signature = commit.signature.clone();
        self.seals.sign(&mut commit, *place);
        commit.signature == signature
    }
}

/// Requests at most in one input.
const MOST: usize = 5;
const PROVIDERS: [&str; 5] = ["a.example", "b.example", "c.example", ROOM_HUB, "nowhere.example"];

/// Requests to a room. Of each, the first octet says which it is made of, the second how: as it is, with an octet changed,
/// changed by a seed, sent by another provider, put together from two bundles, or with fields of its commit changed,
/// which then is signed anew, or is not.
#[must_use]
pub fn room_requests(octets: &[u8], scene: &RoomScene) -> Vec<DrawnRequest> {
    let mut rest = octets;
    let mut asked = vec![];
    while let [which, how, tail @ ..] = rest
        && asked.len() < MOST
        && let Some(base) = usize::from(*which).checked_rem(scene.sent.len())
        && let Some(sent) = scene.sent.get(base)
    {
        let (mut request, mut whole) = (sent.clone(), false);
        rest = match (how % 16, tail) {
            (1..=2, [high, low, value, tail @ ..]) => {
                request.octets = poked(&sent.octets, u16::from_be_bytes([*high, *low]), *value);
                tail
            }
            (3, [a, b, c, tail @ ..]) => {
                request.octets = mutated(&sent.octets, &mut Seed::new(&format!("{a} {b} {c}")).stream("room"));
                tail
            }
            (4, [by, tail @ ..]) => {
                let named = usize::from(*by).checked_rem(PROVIDERS.len()).and_then(|place| PROVIDERS.get(place));
                request.from = provider(named.copied().unwrap_or(ROOM_HUB));
                tail
            }
            (5..=6, [other, tail @ ..]) => {
                let other = usize::from(*other).checked_rem(scene.sent.len()).and_then(|place| scene.sent.get(place));
                let behind = other.and_then(|sent| sent.made.as_ref()).map(|(_, _, behind)| behind);
                if let (Some((commit, ..)), Some(behind)) = (&sent.made, behind) {
                    request.octets = bundled(commit, behind);
                }
                tail
            }
            (how @ 7.., tail) => refielded(scene, sent, how, tail, &mut request),
            (_, tail) => {
                whole = true;
                tail
            }
        };
        asked.push(DrawnRequest { base, whole, request });
    }
    asked
}

/// Up to two fields of the commit changed.
fn refielded<'a>(
    scene: &RoomScene,
    sent: &RoomRequest,
    how: u8,
    octets: &'a [u8],
    request: &mut RoomRequest,
) -> &'a [u8] {
    let mut rest = octets;
    let Some((commit, place, behind)) = &sent.made else { return rest };
    let mut commit = commit.clone();
    for _ in 0..=how % 2 {
        let [from, a, b, c, d, tail @ ..] = rest else { break };
        rest = tail;
        let other = usize::from(*from).checked_rem(scene.sent.len()).and_then(|place| scene.sent.get(place));
        let other = other.and_then(|sent| sent.made.as_ref()).map_or(&commit.content, |(commit, ..)| &commit.content);
        commit.content = changed(&commit.content, other, [*a, *b, *c, *d]);
    }
    if how > 8 {
        // Leaf indices of the scene's members are the places of their keys.
        scene.seals.sign_within(&mut commit.content, u32::try_from(*place).unwrap_or_default());
        scene.seals.sign(&mut commit, *place);
    }
    request.octets = bundled(&commit, behind);
    rest
}

/// A bundle of these; what can not be written is empty.
fn bundled(commit: &Commit, behind: &[u8]) -> Vec<u8> {
    commit.octets().map(|commit| [commit.as_slice(), behind].concat()).unwrap_or_default()
}

fn provider(name: &str) -> ServiceProviderId {
    ServiceProviderId(name.as_bytes().to_vec())
}

fn said(e: Refusal) -> String {
    format!("the room can not be made: {e}")
}

fn unread(e: impl std::fmt::Display) -> String {
    format!("the room can not be read: {e}")
}

fn home(name: &str) -> String {
    format!("{}.example", name.get(..1).unwrap_or("h"))
}

fn user(name: &str) -> String {
    format!("mimi://{}/u/{}", home(name), name.split('-').next().unwrap_or_default())
}

fn identity(name: &str) -> Vec<u8> {
    format!("mimi://{}/d/{name}", home(name)).into_bytes()
}

const HUB_SEED: [u8; 32] = [0x48; 32];
const ASKER_SEED: [u8; 32] = [0x41; 32];

fn updated(component: u16, before: Option<&[u8]>, updates: &[&[u8]]) -> Option<Vec<u8>> {
    let mut data = before.unwrap_or(&[0]).to_vec();
    for update in updates {
        data = if component == LIST { Participants::after(&data, update) } else { update.to_vec() };
    }
    Some(data)
}

fn device(name: &str) -> Result<Box<dyn Client>> {
    let list = ["alice", "bob", "cathy"].map(|name| (user(name).into_bytes(), MEMBER)).to_vec();
    let application = Application {
        external_senders: vec![(rooms::public_key(&HUB_SEED), ROOM_HUB.as_bytes().to_vec())],
        data: vec![(LIST, Participants(list).octets())],
        update: updated,
    };
    let settings = Settings {
        identity: identity(name),
        suite: CipherSuite(SUITE),
        seed: format!("room_requests {name}"),
        encrypt_handshake: false,
        application: Some(application),
    };
    open::engine().client(&settings).map_err(said)
}

fn settings() -> RoomSettings {
    let names = ["alice-laptop", "bob-phone", "bob-laptop", "bob-tablet", "cathy-laptop", "dave-phone"];
    let owner = |name: &&str| (identity(name), Owner { user: user(name).into_bytes(), signature_key: None });
    let limits = Limits {
        max_message: 1 << 15,
        max_messages_per_partition: 4,
        max_octets_per_group: 1 << 14,
        max_pending_welcomes: 2,
        ..Limits::default()
    };
    RoomSettings {
        room_id: ROOM_ID.as_bytes().to_vec(),
        hub: provider(ROOM_HUB),
        limits,
        max_participants: 8,
        past_epochs: 1,
        silent_roles: BTreeSet::from([BANNED]),
        clients: names.iter().map(owner).collect::<BTreeMap<_, _>>(),
        joining_codes: BTreeSet::from([CODE.to_vec()]),
    }
}

/// What stands behind the commit in its bundle: Welcome, whole GroupInfo, and that the hub has the tree.
fn behind(out: &CommitOut, partial: bool) -> Vec<u8> {
    let info = if partial { rooms::partial(&out.group_info) } else { rooms::full(&out.group_info) };
    let whole = rooms::commit_bundle(&out.commit, out.welcome.as_deref(), &info, &Tree::Hub);
    whole.get(out.commit.len()..).unwrap_or_default().to_vec()
}

fn update(out: &CommitOut, from: &str, place: usize, partial: bool) -> Result<RoomRequest> {
    let (commit, behind) = (forger::commit(&out.commit).map_err(unread)?, behind(out, partial));
    let octets = [out.commit.as_slice(), &behind].concat();
    let made = Some((commit, place, behind));
    Ok(RoomRequest { from: provider(from), what: Asking::Update, octets, made })
}

fn plain(from: &str, what: Asking, octets: Vec<u8>) -> RoomRequest {
    RoomRequest { from: provider(from), what, octets, made: None }
}

/// A scene: alice, bob and cathy are in the group, a client each, at three providers. Bob has two more, and dave is nobody yet.
///
/// # Errors
/// What the library or the hub refused.
pub fn room_scene() -> Result<RoomScene> {
    let names = ["alice-laptop", "bob-phone", "cathy-laptop", "bob-tablet", "bob-laptop", "dave-phone"];
    let mut devices = names.iter().map(|name| device(name)).collect::<Result<Vec<_>>>()?;
    let mut packages = vec![];
    let mut holders = vec![];
    for device in &mut devices {
        let package = device.key_package().map_err(said)?;
        holders.push(device.private_keys(&package).map_err(said)?);
        packages.push(package);
    }
    let [alice, bob, cathy, tablet, laptop, dave] =
        <[_; 6]>::try_from(packages).map_err(|_| "the room has another cast".to_owned())?;
    let [alices, bobs, cathys, tablets, ..] = devices.as_mut_slice() else { return Err("nobody is there".into()) };
    drop((alice, tablet));
    let mut alice = alices.create(b"group of a room").map_err(said)?;
    let added = alice.commit(&Plan { add: vec![bob, cathy], ..Plan::default() }).map_err(said)?;
    alice.merge_own().map_err(said)?;
    let welcome = added.welcome.clone().unwrap_or_default();
    let bob = bobs.join(&welcome, Some(&added.ratchet_tree)).map_err(said)?;
    let cathy = cathys.join(&welcome, Some(&added.ratchet_tree)).map_err(said)?;
    let position = alice.position().map_err(said)?;
    let init = holders.get(1).map(|keys| keys.init.clone()).unwrap_or_default();
    let membership = forger::membership_key(&welcome, &init, &position.group_context);
    let seals = Seals {
        keys: Keys::of(&holders.iter().collect::<Vec<_>>()).ok_or("the room's keys are of another suite")?,
        membership: membership.ok_or("the room's Welcome does not open")?,
        context: position.group_context.clone(),
        group_id: position.group_id.clone(),
    };
    let (info, tree) = alice.group_info().map_err(said)?;
    let scheme = SUITES.into_iter().find(|suite| u16::from(*suite) == SUITE).map(|suite| suite.signature_algorithm());
    let keys = scheme.and_then(|scheme| SignatureKeys::from_private(scheme, &HUB_SEED));
    let keys = Labelled::new(keys.ok_or("the hub has no key")?, Seed::new("room_requests").stream("hub"));
    let room = Room::open(settings(), keys, &MlsMessage::decode(&info).map_err(unread)?, &tree);
    let room = room.map_err(|e| format!("the room is not opened: {e}"))?;

    let commit = |member: &dyn Member, plan: Plan| member.copy().commit(&plan).map_err(said);
    let refresh = || Plan { update: true, ..Plan::default() };
    let list = |change: Change, plan: Plan| Plan { updates: vec![(LIST, change.octets())], ..plan };
    let adds_dave = Change { added: vec![(user("dave"), MEMBER)], ..Change::default() };
    let drops_cathy = Change { removed: vec![2], ..Change::default() };
    let bans_cathy = Change { roles: vec![(2, BANNED)], ..Change::default() };
    let kick = || Plan { remove: vec![cathy.leaf()], ..Plan::default() };
    let joined = tablets.external_join(&info, Some(&tree)).map_err(said)?;
    let mut speaking = alice.copy();
    let message = speaking.send(b"hello", b"").map_err(said)?;
    let (a, b, c) = ("a.example", "b.example", "c.example");
    let mut sent = vec![
        update(&commit(alice.as_ref(), refresh())?, a, 0, false)?,
        plain(a, Asking::Submit(false), rooms::submit(&message, &user("alice"))),
        plain(a, Asking::Submit(true), rooms::submit(&message, &user("alice"))),
        update(&commit(bob.as_ref(), refresh())?, b, 1, true)?,
        update(&commit(cathy.as_ref(), refresh())?, c, 2, false)?,
        update(&commit(bob.as_ref(), Plan { add: vec![laptop], ..Plan::default() })?, b, 1, false)?,
        update(
            &commit(alice.as_ref(), list(adds_dave, Plan { add: vec![dave.clone()], ..Plan::default() }))?,
            a,
            0,
            false,
        )?,
        update(&commit(alice.as_ref(), list(drops_cathy, kick()))?, a, 0, true)?,
        update(&commit(alice.as_ref(), list(bans_cathy, Plan::default()))?, a, 0, false)?,
        update(&commit(bob.as_ref(), kick())?, b, 1, false)?,
        update(&joined.1, b, 3, false)?,
    ];
    let proposals = [
        (bob.copy().propose(&Proposal::Remove(cathy.leaf())), b),
        (cathy.copy().propose(&Proposal::SelfRemove), c),
        (alice.copy().propose(&Proposal::Add(dave)), a),
        (bob.copy().propose(&Proposal::Update), b),
    ];
    for (proposal, from) in proposals {
        let proposal = proposal.map_err(said)?;
        let twice = rooms::proposal_bundle(&proposal, std::slice::from_ref(&proposal));
        sent.push(plain(from, Asking::Update, rooms::proposal_bundle(&proposal, &[])));
        sent.push(plain(from, Asking::Update, twice));
    }
    let (hpke_key, _) = rooms::hpke_key(&ASKER_SEED).ok_or("no key to seal to")?;
    let asks = |name: &str, code: &[u8]| Asks {
        suite: SUITE,
        signature_key: ASKER_SEED,
        identity: identity(name),
        hpke_key: hpke_key.clone(),
        code: code.to_vec(),
    };
    sent.extend([
        plain(b, Asking::GroupInfo, asks("bob-tablet", b"").octets()),
        plain("z.example", Asking::GroupInfo, asks("zoe-phone", CODE).octets()),
        plain("z.example", Asking::GroupInfo, asks("zoe-phone", b"wrong").octets()),
        plain(b, Asking::Claimed, vec![0x61; 32]),
        plain("d.example", Asking::Claimed, vec![0x62; 32]),
        plain(ROOM_HUB, Asking::Expel, identity("cathy-laptop")),
        plain(ROOM_HUB, Asking::Expel, identity("bob-phone")),
        plain(ROOM_HUB, Asking::Expel, identity("dave-phone")),
    ]);
    Ok(RoomScene { room, sent, seals })
}
