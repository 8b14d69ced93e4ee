use crate::delivery::{CreateGroup, Hints, Input, Limits, Pushes, Settings, Upload};
use crate::protocol::{
    CipherSuite, CommitData, ExternalJoinRequest, GroupInfoRequest, KeyPackageRequest, MlsMessage, PartitionKey,
    ReceiveRequest, SendRequest, ServiceProviderId, WelcomeData,
};
use crate::vector::forge::traffic::{self, From, Kind};
use arbitrary::{Arbitrary, Result, Unstructured};

/// Providers; the first is the hub itself.
pub const PROVIDERS: [&str; 3] = ["hub.example", "a.example", "b.example"];
/// Groups; a hub has room for two of them.
pub const GROUPS: [&str; 3] = ["first", "second", "nowhere"];

/// What a hub is asked, one after the other, and how it was set up. Numbers are taken modulo what there is.
#[derive(Clone, Debug, Default, Arbitrary)]
pub struct Requests {
    /// Whether it gives hints.
    pub hints: bool,
    /// Whether it pushes.
    pub pushes: bool,
    /// How small its limits are, from 0 to 3.
    pub room: u8,
    /// What it is asked.
    pub asked: Vec<Asked>,
}

/// One request, and who makes it.
#[derive(Clone, Debug, Arbitrary)]
pub struct Asked {
    /// Who.
    pub from: u8,
    /// What.
    pub what: What,
}

/// One request.
#[derive(Clone, Debug, Arbitrary)]
pub enum What {
    /// A group is created.
    Create {
        /// Which.
        group: u8,
        /// Whether with a GroupInfo, and whether that has a tree.
        info: Info,
    },
    /// A message is sent.
    Send {
        /// To which group.
        group: u8,
        /// To which partition.
        partition: u8,
        /// What.
        body: Body,
    },
    /// Somebody joins.
    Join {
        /// Which group.
        group: u8,
        /// What it leads to.
        commit: Commit,
    },
    /// Messages are asked for.
    Receive {
        /// Of which group.
        group: u8,
        /// Of which partition.
        partition: u8,
        /// Without how many.
        counter: u8,
    },
    /// A GroupInfo is asked for.
    Info {
        /// Of which group.
        group: u8,
    },
    /// A question is answered.
    Answer {
        /// How.
        accept: bool,
    },
    /// KeyPackages are uploaded.
    Upload {
        /// Whose.
        user: u8,
        /// Which.
        once: Vec<u8>,
        /// Of last resort.
        last: Option<u8>,
    },
    /// A KeyPackage is asked for.
    KeyPackage {
        /// Whose.
        user: u8,
        /// Of which cipher suite.
        suite: u8,
    },
    /// A branch is ended.
    Terminate {
        /// Of which group.
        group: u8,
        /// Which.
        partition: u8,
    },
}

/// What a message carries.
#[derive(Clone, Debug, Arbitrary)]
pub enum Body {
    /// Application data of so many octets.
    Application(u8),
    /// A proposal.
    Proposal,
    /// A commit.
    Commit(Commit),
    /// A commit without CommitData.
    CommitAlone,
    /// Application data with CommitData.
    Dressed(Commit),
}

/// What a commit leads to.
#[derive(Clone, Debug, Arbitrary)]
pub struct Commit {
    /// Which partition.
    pub next: u8,
    /// Its GroupInfo.
    pub info: Info,
    /// Providers of those it adds.
    pub added: Vec<u8>,
    /// One provider too many.
    pub miscounted: bool,
}

/// A GroupInfo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Arbitrary)]
pub enum Info {
    /// None.
    Absent,
    /// With a tree.
    Whole,
    /// Without a tree.
    Treeless,
    /// Of another group.
    Foreign,
}

/// Requests out of any octets.
#[must_use]
pub fn hub_requests(octets: &[u8]) -> Requests {
    let mut u = Unstructured::new(octets);
    requests(&mut u).unwrap_or_default()
}

fn requests(u: &mut Unstructured<'_>) -> Result<Requests> {
    let mut requests = Requests { hints: u.arbitrary()?, pushes: u.arbitrary()?, room: u.arbitrary()?, asked: vec![] };
    while !u.is_empty() && requests.asked.len() < 64 {
        // When the octets run out, what was asked so far is the input.
        let Ok(asked) = u.arbitrary() else { break };
        requests.asked.push(asked);
    }
    Ok(requests)
}

/// The name at this place, modulo how many there are.
#[must_use]
pub fn pick<'a>(names: &[&'a str], place: u8) -> &'a str {
    let place = usize::from(place).checked_rem(names.len()).unwrap_or(0);
    names.get(place).copied().unwrap_or_default()
}

/// A partition key, of few.
#[must_use]
pub fn key(partition: u8) -> PartitionKey {
    PartitionKey([partition % 6; 16])
}

/// A provider.
#[must_use]
pub fn provider(place: u8) -> ServiceProviderId {
    ServiceProviderId(pick(&PROVIDERS, place).as_bytes().to_vec())
}

impl Requests {
    /// How the hub is set up: tightly, so that limits are met.
    #[must_use]
    pub fn settings(&self) -> Settings {
        let room = usize::from(self.room % 4) + 1;
        let limits = Limits {
            max_message: 1024,
            max_groups: 2,
            max_partitions: room * 3,
            max_messages_per_partition: room * 4,
            max_octets_per_group: room * 4000,
            max_pending_welcomes: room,
            max_followers: room,
            max_octets_in_sight: room * 4000,
            max_key_package_sets: room,
            max_key_packages: room,
        };
        Settings {
            limits,
            hints: if self.hints { Hints::All } else { Hints::None },
            pushes: if self.pushes { Pushes::Followers } else { Pushes::Never },
            ..Settings::new(provider(0))
        }
    }
}

/// Reads what the forge wrote; an oracle holds that it can be read.
fn read(octets: &[u8]) -> Option<MlsMessage> {
    MlsMessage::decode(octets).ok()
}

fn info(group: &str, epoch: u64, info: Info) -> Option<Option<MlsMessage>> {
    let tree = traffic::ratchet_tree(b"leaf");
    match info {
        Info::Absent => Some(None),
        Info::Whole => read(&traffic::group_info(1, group.as_bytes(), epoch, Some(&tree))).map(Some),
        Info::Treeless => read(&traffic::group_info(1, group.as_bytes(), epoch, None)).map(Some),
        Info::Foreign => read(&traffic::group_info(1, b"foreign", epoch, Some(&tree))).map(Some),
    }
}

impl Commit {
    fn data(&self, group: &str) -> Option<CommitData> {
        let references: Vec<[u8; 1]> = self.added.iter().map(|p| [*p]).collect();
        let references: Vec<&[u8]> = references.iter().map(|r| r.as_slice()).collect();
        let welcome_data = if self.added.is_empty() {
            None
        } else {
            let extra = self.miscounted.then_some(0);
            let service_providers = self.added.iter().copied().chain(extra).map(provider).collect();
            Some(WelcomeData { welcome: read(&traffic::welcome(1, &references))?, service_providers })
        };
        Some(CommitData { next_partition_key: key(self.next), group_info: info(group, 1, self.info)?, welcome_data })
    }
}

impl Asked {
    /// The request as the hub gets it; `unique` tells its message from all others. `None` if what the forge wrote
    /// cannot be read.
    #[must_use]
    pub fn input(&self, unique: u64) -> Option<Input> {
        let mark = unique.to_be_bytes();
        let name = |group: u8| pick(&GROUPS, group);
        Some(match &self.what {
            What::Create { group, info: kind } => Input::CreateGroup(CreateGroup {
                group_id: name(*group).into(),
                suite: CipherSuite::X25519,
                partition_key: key(0),
                group_info: info(name(*group), 0, *kind)?,
                ratchet_tree: None,
                room: None,
            }),
            What::Send { group, partition, body } => {
                let (kind, length, commit) = match body {
                    Body::Application(length) => (Kind::Application, *length, None),
                    Body::Proposal => (Kind::Proposal, 0, None),
                    Body::Commit(commit) => (Kind::Commit, 0, Some(commit)),
                    Body::CommitAlone => (Kind::Commit, 0, None),
                    Body::Dressed(commit) => (Kind::Application, 0, Some(commit)),
                };
                let ciphertext = [&mark[..], &vec![0; usize::from(length) * 5]].concat();
                let message = traffic::private_message(name(*group).as_bytes(), 0, kind, &ciphertext);
                let commit_data = match commit {
                    None => None,
                    Some(commit) => Some(commit.data(name(*group))?),
                };
                Input::Send(SendRequest { message: read(&message)?, partition_key: key(*partition), commit_data })
            }
            What::Join { group, commit } => {
                let message = traffic::public_message(name(*group).as_bytes(), 0, From::Joiner, Kind::Commit, &mark);
                Input::ExternalJoin(ExternalJoinRequest {
                    message: read(&message)?,
                    commit_data: commit.data(name(*group))?,
                })
            }
            What::Receive { group, partition, counter } => Input::Receive {
                group_id: name(*group).into(),
                request: ReceiveRequest { partition_key: key(*partition), counter: u32::from(*counter % 20) },
            },
            What::Info { group } => Input::GroupInfo(GroupInfoRequest { group_id: name(*group).into() }),
            What::Answer { accept } => Input::WelcomeAnswer { accept: *accept },
            What::Upload { user, once, last } => Input::Upload(Upload {
                user_id: vec![user % 2],
                bearer_token: b"token".to_vec(),
                key_packages: once.iter().map(|n| traffic::key_package(u16::from(1 + n % 2), &[n % 16])).collect(),
                last_resort: last.map(|n| traffic::key_package(u16::from(1 + n % 2), &[n % 16])),
            }),
            What::KeyPackage { user, suite } => Input::KeyPackage(KeyPackageRequest {
                user_id: vec![user % 2],
                bearer_token: b"token".to_vec(),
                version: 1,
                cipher_suite: u16::from(1 + suite % 2),
            }),
            What::Terminate { group, partition } => {
                Input::Terminate { group_id: name(*group).into(), partition_key: key(*partition) }
            }
        })
    }
}
