use super::Told;
use crate::delivery::{CreateGroup, Hub, Input, Settings as HubSettings, TrackingHub};
use crate::entropy::Time;
use crate::fuzzing::forger::{self, Commit, Keys, Piece, Seals};
use crate::mls::member::{Client, CommitOut, Engine, Member, Plan, Proposal, Refusal, Settings};
use crate::protocol::{
    CipherSuite, CommitData, ExternalJoinRequest, Head, MlsMessage, PartitionKey, SendRequest, Sender,
    ServiceProviderId,
};

type Result<T> = std::result::Result<T, String>;

/// Two members who are spoken to, a hub that follows, and commits that exist around them.
pub struct CommitScene {
    /// With OpenMLS and with mls-rs; never changed, only copied.
    pub subjects: [Box<dyn Member>; 2],
    /// Hosts the group and reads its handshakes; never changed, only copied.
    pub hub: TrackingHub,
    /// The partition of the epoch.
    pub partition: PartitionKey,
    /// Commits that are valid in the epoch. The first refreshes a path, and everybody follows it.
    pub sent: Vec<Sent>,
    /// What is needed to sign others.
    pub seals: Seals,
    /// Members who commit, with OpenMLS and with mls-rs.
    pub committers: [Box<dyn Member>; 2],
    /// A KeyPackage of somebody who is not there, in its fields.
    pub key_package: Piece,
    /// One of somebody who is there.
    pub other_key_package: Piece,
}

/// A commit that was sent.
pub struct Sent {
    /// The octets.
    pub octets: Vec<u8>,
    /// What goes with it.
    pub data: CommitData,
    /// Its fields, where it is a PublicMessage.
    pub(super) fields: Option<Commit>,
    /// Whose it is: place of the signature key, and leaf.
    pub(super) by: (usize, u32),
}

impl CommitScene {
    /// What a hub is asked with these octets; none where they are no message.
    #[must_use]
    pub fn request(&self, told: &Told) -> Option<Input> {
        let message = MlsMessage::decode(&told.octets).ok()?;
        let data = self.sent.get(told.base)?.data.clone();
        Some(asked(message, self.partition, data))
    }
}

impl CommitScene {
    /// Whether the sender of what it was made of has signed and tagged these octets: signatures of the suite 0x0001 are
    /// decided by what is signed.
    #[must_use]
    pub fn is_signed(&self, told: &Told) -> bool {
        let (Ok(mut commit), Some(sent)) = (forger::commit(&told.octets), self.sent.get(told.base)) else {
            return false;
        };
        self.seals.sign(&mut commit, sent.by.0);
        commit.octets().is_some_and(|octets| octets == told.octets)
    }
}

/// An external commit's own way in, or a message for the partition.
fn asked(message: MlsMessage, partition_key: PartitionKey, commit_data: CommitData) -> Input {
    let external = matches!(message.head(), Head::Public { sender: Sender::NewMemberCommit, .. });
    match external {
        true => Input::ExternalJoin(ExternalJoinRequest { message, commit_data }),
        false => Input::Send(SendRequest { message, partition_key, commit_data: Some(commit_data) }),
    }
}

/// The provider whose hub it is.
#[must_use]
pub fn hub_name() -> ServiceProviderId {
    ServiceProviderId(b"hub.example".to_vec())
}

fn said(e: Refusal) -> String {
    format!("the scene cannot be made: {e}")
}

fn read(octets: &[u8]) -> Result<MlsMessage> {
    MlsMessage::decode(octets).map_err(|e| format!("the scene cannot be read: {e}"))
}

/// People by name, half of them with each library.
struct Cast<'a> {
    engines: [&'a dyn Engine; 2],
    private: bool,
}

impl Cast<'_> {
    fn device(&self, name: &str, second: bool) -> Result<Box<dyn Client>> {
        let [open, other] = self.engines;
        let engine = if second { other } else { open };
        let made = engine.client(&Settings {
            identity: name.as_bytes().to_vec(),
            suite: CipherSuite::X25519,
            seed: format!("commits {} {name}", self.private),
            encrypt_handshake: self.private,
            application: None,
        });
        made.map_err(said)
    }
}

/// A scene: alice and bob commit, dora and frank are spoken to, erin joins from outside, eve may be added. Alice, dora
/// and erin have the first library, bob, frank and eve the second.
///
/// # Errors
/// What a library refused.
pub fn commit_scene(engines: [&dyn Engine; 2], private: bool) -> Result<CommitScene> {
    let cast = Cast { engines, private };
    let mut alice_device = cast.device("alice", false)?;
    let mut others = [cast.device("bob", true)?, cast.device("dora", false)?, cast.device("frank", true)?];
    let mut eve_device = cast.device("eve", true)?;
    let mut erin_device = cast.device("erin", false)?;
    let mut alice = alice_device.create(b"a room").map_err(said)?;
    let mut packages = vec![];
    for device in &mut others {
        packages.push(device.key_package().map_err(said)?);
    }
    let eves = [eve_device.key_package().map_err(said)?, eve_device.key_package().map_err(said)?];
    let mut holders = vec![];
    let alices = alice_device.key_package().map_err(said)?;
    holders.push(alice_device.private_keys(&alices).map_err(said)?);
    for (device, package) in others.iter().zip(&packages) {
        holders.push(device.private_keys(package).map_err(said)?);
    }
    holders.push(eve_device.private_keys(&eves[0]).map_err(said)?);
    let erins = erin_device.key_package().map_err(said)?;
    holders.push(erin_device.private_keys(&erins).map_err(said)?);

    let added = alice.commit(&Plan { add: packages, ..Plan::default() }).map_err(said)?;
    alice.merge_own().map_err(said)?;
    let welcome = added.welcome.clone().unwrap_or_default();
    let mut members = vec![];
    for device in &mut others {
        members.push(device.join(&welcome, Some(&added.ratchet_tree)).map_err(said)?);
    }
    let [mut bob, mut dora, mut frank] =
        <[Box<dyn Member>; 3]>::try_from(members).map_err(|_| "the scene has another cast".to_owned())?;
    let position = alice.position().map_err(said)?;
    let dora_init = holders.get(2).map(|keys| keys.init.clone()).unwrap_or_default();
    let membership = forger::membership_key(&welcome, &dora_init, &position.group_context);
    let seals = Seals {
        keys: Keys::of(&holders.iter().collect::<Vec<_>>()).ok_or("the scene's keys are of another suite")?,
        membership: membership.ok_or("the scene's Welcome does not open")?,
        context: position.group_context.clone(),
        group_id: position.group_id.clone(),
    };

    let mut hub = TrackingHub::tracking(HubSettings::new(hub_name()), 16);
    let (info, tree) = alice.group_info().map_err(said)?;
    let created = Input::CreateGroup(CreateGroup {
        group_id: position.group_id.clone(),
        suite: CipherSuite::X25519,
        partition_key: position.partition_key,
        group_info: Some(read(&info)?),
        ratchet_tree: Some(tree.clone()),
        room: None,
    });
    let partition = position.partition_key;
    let tell = |hub: &mut TrackingHub, input| {
        hub.step(Time::default(), &hub_name(), input, &mut vec![]).map_err(|e| format!("the hub refuses: {e}"))
    };
    tell(&mut hub, created)?;
    let by_value = [alice.copy(), bob.copy()];
    let proposal = bob.propose(&Proposal::Update).map_err(said)?;
    for member in [&mut alice, &mut dora, &mut frank] {
        member.process(&proposal).map_err(said)?;
    }
    let proposed = SendRequest { message: read(&proposal)?, partition_key: partition, commit_data: None };
    tell(&mut hub, Input::Send(proposed))?;

    let update = || Plan { update: true, ..Plan::default() };
    let remove = |leaf| Plan { remove: vec![leaf], ..Plan::default() };
    let add = || Plan { add: vec![eves[0].clone()], ..Plan::default() };
    let removing = |leaf, plan: Plan| Plan { remove: vec![leaf], ..plan };
    let plans = [
        (0, update()),
        (1, update()),
        (0, add()),
        (1, add()),
        (0, remove(bob.leaf())),
        (1, remove(alice.leaf())),
        (0, removing(bob.leaf(), add())),
        (1, removing(alice.leaf(), update())),
        (0, remove(dora.leaf())),
        (1, remove(frank.leaf())),
    ];
    let mut sent = vec![];
    for (place, plan) in plans {
        let Some(member) = by_value.get(place) else { continue };
        let out = member.copy().commit(&plan).map_err(said)?;
        sent.push(Sent::new(&out, (place, member.leaf()))?);
    }
    let by_reference = alice.copy().commit(&Plan::default()).map_err(said)?;
    sent.push(Sent::new(&by_reference, (0, alice.leaf()))?);
    let (erin, knock) = erin_device.external_join(&info, Some(&tree)).map_err(said)?;
    sent.push(Sent::new(&knock, (5, erin.leaf()))?);

    let fields = |octets: &[u8]| forger::key_package(octets).map_err(|e| format!("the scene cannot be read: {e}"));
    Ok(CommitScene {
        subjects: [dora, frank],
        hub,
        partition,
        sent,
        seals,
        committers: by_value,
        key_package: fields(&eves[0])?,
        other_key_package: fields(&alices)?,
    })
}

impl Sent {
    fn new(out: &CommitOut, by: (usize, u32)) -> Result<Self> {
        let welcome_data = match &out.welcome {
            None => None,
            Some(welcome) => Some(crate::protocol::WelcomeData {
                welcome: read(welcome)?,
                service_providers: vec![ServiceProviderId(b"eve.example".to_vec())],
            }),
        };
        let fields = forger::commit(&out.commit).ok();
        let data = CommitData {
            next_partition_key: out.next.partition_key,
            // Of an encrypted commit the hub infers no tree, and takes no GroupInfo without one.
            group_info: fields.is_some().then(|| read(&out.group_info)).transpose()?,
            welcome_data,
        };
        Ok(Self { octets: out.commit.clone(), data, fields, by })
    }

    /// Its fields, where it is a PublicMessage; for those who change them.
    #[must_use]
    pub fn fields(&self) -> Option<&Commit> {
        self.fields.as_ref()
    }

    /// Whose it is: place of the signature key, and leaf.
    #[must_use]
    pub fn by(&self) -> (usize, u32) {
        self.by
    }
}
