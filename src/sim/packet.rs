use crate::delivery::{CreateGroup, Input};
use crate::protocol::{
    ContentType, Delivered, ExternalJoinRequest, ForkReport, GroupInfoRequest, GroupInfoResponse, Head, MlsMessage,
    ReceiveRequest, ReceiveResponse, SendRequest, Structure, WelcomeInitRequest,
};
use crate::reason::Reason;
use crate::tree::{EncryptedTreePatch, Patched, TreeMarksResponse, TreeRepair, TreeRequest, TreesResponse};

/// What one party says to another.
#[derive(Clone, Debug)]
pub(super) enum Packet {
    /// A device to its provider, and a provider to the hub for it.
    Request { device: String, request: Request },
    /// The way back.
    Answer { device: String, asked: Request, answer: Result<Reply, Reason> },
    /// A hub to a provider.
    WelcomeInit(WelcomeInitRequest),
    /// A provider to a hub.
    WelcomeAnswer { accept: bool },
    /// A hub to a provider, and a provider to a device.
    Welcome(MlsMessage),
    /// A hub to a provider, and a provider to its devices.
    Push { group_id: Vec<u8>, response: ReceiveResponse },
}

/// What a device asks.
#[derive(Clone, Debug)]
pub(super) enum Request {
    Create(CreateGroup),
    Send(SendRequest),
    ExternalJoin(ExternalJoinRequest),
    GroupInfo(GroupInfoRequest),
    Receive {
        group_id: Vec<u8>,
        request: ReceiveRequest,
    },
    Report {
        group_id: Vec<u8>,
        report: ForkReport,
    },
    /// One of the first three, with the patch of the group's encrypted tree.
    Patched {
        request: Box<Self>,
        patch: EncryptedTreePatch,
    },
    Trees(TreeRequest),
    TreeMarks(TreeRequest),
    RepairTree(TreeRepair),
}

/// What it is answered.
#[derive(Clone, Debug)]
pub(super) enum Reply {
    Done,
    Received(ReceiveResponse),
    GroupInfo(GroupInfoResponse),
    Trees(TreesResponse),
    TreeMarks(TreeMarksResponse),
}

impl From<Request> for Input {
    fn from(request: Request) -> Self {
        match request {
            Request::Create(new) => Self::CreateGroup(new),
            Request::Send(send) => Self::Send(send),
            Request::ExternalJoin(join) => Self::ExternalJoin(join),
            Request::GroupInfo(ask) => Self::GroupInfo(ask),
            Request::Receive { group_id, request } => Self::Receive { group_id, request },
            Request::Report { group_id, report } => Self::Report { group_id, report },
            Request::Patched { request, patch } => Self::Patched { request: Box::new((*request).into()), patch },
            Request::Trees(ask) => Self::Trees(ask),
            Request::TreeMarks(ask) => Self::TreeMarks(ask),
            Request::RepairTree(repair) => Self::RepairTree(repair),
        }
    }
}

/// What a message is, in a word.
pub(super) fn kind(message: &MlsMessage) -> &'static str {
    match message.head() {
        Head::Public { content, .. } | Head::Private { content, .. } => match content {
            ContentType::Application => "application",
            ContentType::Proposal => "proposal",
            ContentType::Commit => "commit",
        },
        Head::Welcome { .. } => "Welcome",
        Head::GroupInfo { ratchet_tree: Some(_), .. } => "GroupInfo with tree",
        Head::GroupInfo { .. } => "GroupInfo",
        Head::KeyPackage { .. } => "KeyPackage",
    }
}

fn kinds(messages: &[Delivered]) -> String {
    messages.iter().map(|d| kind(&d.message)).collect::<Vec<_>>().join(", ")
}

fn received(response: &ReceiveResponse) -> String {
    let hints = response.hints.iter().map(|h| format!("hint: {}", kinds(&h.epoch.messages)));
    let here = Some(kinds(&response.epoch.messages)).filter(|k| !k.is_empty());
    here.into_iter().chain(hints).collect::<Vec<_>>().join("; ")
}

fn sent(request: &SendRequest) -> String {
    let data = request.commit_data.as_ref();
    let welcome = if data.is_some_and(|d| d.welcome_data.is_some()) { " + Welcome" } else { "" };
    let info = data.and_then(|d| d.group_info.as_ref()).map(|i| format!(" + {}", kind(i))).unwrap_or_default();
    format!("{}{info}{welcome}", kind(&request.message))
}

impl Packet {
    /// Name of the structure; in lower case where the draft has none.
    pub fn what(&self) -> &'static str {
        match self {
            Self::Request { request, .. } => match request {
                Request::Create(_) => "create",
                Request::Send(_) => "SendRequest",
                Request::ExternalJoin(_) => "ExternalJoinRequest",
                Request::GroupInfo(_) => "GroupInfoRequest",
                Request::Receive { .. } => "ReceiveRequest",
                Request::Report { .. } => "ForkReport",
                Request::Patched { request, .. } => match **request {
                    Request::Create(_) => "create + patch",
                    Request::ExternalJoin(_) => "ExternalJoinRequest + patch",
                    _ => "SendRequest + patch",
                },
                Request::Trees(_) => "TreeRequest",
                Request::TreeMarks(_) => "TreeMarksRequest",
                Request::RepairTree(_) => "TreeRepair",
            },
            Self::Answer { answer, .. } => match answer {
                Ok(Reply::Done) => "done",
                Ok(Reply::Received(_)) => "ReceiveResponse",
                Ok(Reply::GroupInfo(_)) => "GroupInfoResponse",
                Ok(Reply::Trees(_)) => "TreesResponse",
                Ok(Reply::TreeMarks(_)) => "TreeMarksResponse",
                Err(_) => "refused",
            },
            Self::WelcomeInit(_) => "WelcomeInitRequest",
            Self::WelcomeAnswer { .. } => "answer",
            Self::Welcome(_) => "Welcome",
            Self::Push { .. } => "ReceiveResponse",
        }
    }

    /// What it carries, in words.
    pub fn about(&self) -> String {
        match self {
            Self::Request { request, .. } => match request {
                Request::Patched { request, patch } => format!("{} + {}", asks(request), nodes(patch.nodes.len())),
                plain => asks(plain),
            },
            Self::Answer { answer, .. } => match answer {
                Ok(Reply::Done) => String::new(),
                Ok(Reply::Received(response)) => received(response),
                Ok(Reply::GroupInfo(r)) => match r.ratchet_tree {
                    Some(_) => format!("{} + tree", kind(&r.group_info)),
                    None => kind(&r.group_info).to_owned(),
                },
                Ok(Reply::Trees(r)) => {
                    let all: Vec<_> = r.trees.iter().map(|tree| nodes(tree.nodes.len())).collect();
                    all.join(", ")
                }
                Ok(Reply::TreeMarks(r)) => match r.marks.len() {
                    1 => "1 mark".to_owned(),
                    n => format!("{n} marks"),
                },
                Err(reason) => reason.code().to_owned(),
            },
            Self::WelcomeInit(request) => match request.key_package_refs.len() {
                1 => "1 KeyPackage".to_owned(),
                n => format!("{n} KeyPackages"),
            },
            Self::WelcomeAnswer { accept } => if *accept { "yes" } else { "no" }.to_owned(),
            Self::Welcome(_) => String::new(),
            Self::Push { response, .. } => received(response),
        }
    }

    /// Its octets, and the packet that these octets are: what arrives is what they say, and nothing else. Where the
    /// draft has no form for it, it has no octets and arrives as it is; a new group is shown by its GroupInfo.
    pub fn crosses(self) -> Result<(Vec<u8>, Self), Unfit> {
        Ok(match self {
            Self::Request { device, request } => {
                let (octets, request) = request.crosses()?;
                (octets, Self::Request { device, request })
            }
            Self::Answer { device, asked, answer: Ok(Reply::Received(response)) } => {
                let (octets, response) = through(&response)?;
                (octets, Self::Answer { device, asked, answer: Ok(Reply::Received(response)) })
            }
            Self::Answer { device, asked, answer: Ok(Reply::GroupInfo(response)) } => {
                let (octets, response) = through(&response)?;
                (octets, Self::Answer { device, asked, answer: Ok(Reply::GroupInfo(response)) })
            }
            Self::Answer { device, asked, answer: Ok(Reply::Trees(response)) } => {
                let (octets, response) = through(&response)?;
                (octets, Self::Answer { device, asked, answer: Ok(Reply::Trees(response)) })
            }
            Self::Answer { device, asked, answer: Ok(Reply::TreeMarks(response)) } => {
                let (octets, response) = through(&response)?;
                (octets, Self::Answer { device, asked, answer: Ok(Reply::TreeMarks(response)) })
            }
            Self::WelcomeInit(request) => {
                let (octets, request) = through(&request)?;
                (octets, Self::WelcomeInit(request))
            }
            Self::Welcome(welcome) => {
                let octets = welcome.octets().to_vec();
                let welcome =
                    MlsMessage::decode(&octets).map_err(|e| Unfit { reason: e.reason, said: e.to_string() })?;
                (octets, Self::Welcome(welcome))
            }
            Self::Push { group_id, response } => {
                let (octets, response) = through(&response)?;
                (octets, Self::Push { group_id, response })
            }
            plain @ (Self::Answer { .. } | Self::WelcomeAnswer { .. }) => (vec![], plain),
        })
    }
}

/// Why a packet has no octets, or these are not read back.
pub(super) struct Unfit {
    pub reason: Reason,
    pub said: String,
}

/// What a request is about, in words.
fn asks(request: &Request) -> String {
    match request {
        Request::Create(new) => new.group_info.as_ref().map_or("group", |i| kind(i)).to_owned(),
        Request::Send(request) => sent(request),
        Request::ExternalJoin(_) => "external commit".to_owned(),
        Request::GroupInfo(_) | Request::Trees(_) | Request::TreeMarks(_) => String::new(),
        Request::Report { report, .. } => format!("epoch {}", report.epoch),
        Request::Receive { request, .. } => format!("from {}", request.counter),
        Request::RepairTree(repair) => nodes(repair.patch.nodes.len()),
        Request::Patched { request, .. } => asks(request),
    }
}

fn nodes(count: usize) -> String {
    if count == 1 { "1 node".to_owned() } else { format!("{count} nodes") }
}

impl Request {
    /// Without the patch.
    pub fn plain(&self) -> &Self {
        match self {
            Self::Patched { request, .. } => request.plain(),
            plain => plain,
        }
    }

    fn crosses(self) -> Result<(Vec<u8>, Self), Unfit> {
        Ok(match self {
            Self::Create(new) => {
                (new.group_info.as_ref().map(|i| i.octets().to_vec()).unwrap_or_default(), Self::Create(new))
            }
            Self::Send(send) => {
                let (octets, send) = through(&send)?;
                (octets, Self::Send(send))
            }
            Self::ExternalJoin(join) => {
                let (octets, join) = through(&join)?;
                (octets, Self::ExternalJoin(join))
            }
            Self::GroupInfo(ask) => {
                let (octets, ask) = through(&ask)?;
                (octets, Self::GroupInfo(ask))
            }
            Self::Receive { group_id, request } => {
                let (octets, request) = through(&request)?;
                (octets, Self::Receive { group_id, request })
            }
            Self::Report { group_id, report } => {
                let (octets, report) = through(&report)?;
                (octets, Self::Report { group_id, report })
            }
            Self::Patched { request, patch } => match *request {
                Self::Send(request) => {
                    let (octets, Patched { request, patch }) = through(&Patched { request, patch })?;
                    (octets, Self::Patched { request: Box::new(Self::Send(request)), patch })
                }
                Self::ExternalJoin(request) => {
                    let (octets, Patched { request, patch }) = through(&Patched { request, patch })?;
                    (octets, Self::Patched { request: Box::new(Self::ExternalJoin(request)), patch })
                }
                other => {
                    let ((mut octets, request), (behind, patch)) = (other.crosses()?, through(&patch)?);
                    octets.extend(behind);
                    (octets, Self::Patched { request: Box::new(request), patch })
                }
            },
            Self::Trees(ask) => {
                let (octets, ask) = through(&ask)?;
                (octets, Self::Trees(ask))
            }
            Self::TreeMarks(ask) => {
                let (octets, ask) = through(&ask)?;
                (octets, Self::TreeMarks(ask))
            }
            Self::RepairTree(repair) => {
                let (octets, repair) = through(&repair)?;
                (octets, Self::RepairTree(repair))
            }
        })
    }
}

/// A structure as octets, and what is read of them.
pub(super) fn through<S: Structure>(structure: &S) -> Result<(Vec<u8>, S), Unfit> {
    let octets = structure.encode().map_err(|e| Unfit { reason: e.reason, said: e.to_string() })?;
    let read = S::decode(&octets).map_err(|e| Unfit { reason: e.reason, said: e.to_string() })?;
    Ok((octets, read))
}
