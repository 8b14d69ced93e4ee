use super::octets;
use crate::delivery::{CreateGroup, Input};
use crate::protocol::{
    ContentType, Delivered, ExternalJoinRequest, GroupInfoRequest, GroupInfoResponse, Head, MlsMessage, ReceiveRequest,
    ReceiveResponse, SendRequest, WelcomeInitRequest,
};
use crate::reason::Reason;

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
    Receive { group_id: Vec<u8>, request: ReceiveRequest },
}

/// What it is answered.
#[derive(Clone, Debug)]
pub(super) enum Reply {
    Done,
    Received(ReceiveResponse),
    GroupInfo(GroupInfoResponse),
}

impl From<Request> for Input {
    fn from(request: Request) -> Self {
        match request {
            Request::Create(new) => Self::CreateGroup(new),
            Request::Send(send) => Self::Send(send),
            Request::ExternalJoin(join) => Self::ExternalJoin(join),
            Request::GroupInfo(ask) => Self::GroupInfo(ask),
            Request::Receive { group_id, request } => Self::Receive { group_id, request },
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
            },
            Self::Answer { answer, .. } => match answer {
                Ok(Reply::Done) => "done",
                Ok(Reply::Received(_)) => "ReceiveResponse",
                Ok(Reply::GroupInfo(_)) => "GroupInfoResponse",
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
                Request::Create(new) => new.group_info.as_ref().map_or("group", |i| kind(i)).to_owned(),
                Request::Send(request) => sent(request),
                Request::ExternalJoin(_) => "external commit".to_owned(),
                Request::GroupInfo(_) => String::new(),
                Request::Receive { request, .. } => format!("from {}", request.counter),
            },
            Self::Answer { answer, .. } => match answer {
                Ok(Reply::Done) => String::new(),
                Ok(Reply::Received(response)) => received(response),
                Ok(Reply::GroupInfo(r)) => match r.ratchet_tree {
                    Some(_) => format!("{} + tree", kind(&r.group_info)),
                    None => kind(&r.group_info).to_owned(),
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

    /// Its octets; empty where the draft has no form for it.
    pub fn octets(&self) -> Vec<u8> {
        match self {
            Self::Request { request, .. } => match request {
                Request::Create(new) => new.group_info.as_ref().map(|i| i.octets().to_vec()).unwrap_or_default(),
                Request::Send(request) => octets::send(request),
                Request::ExternalJoin(request) => octets::external_join(request),
                Request::GroupInfo(request) => octets::vector(&request.group_id),
                Request::Receive { request, .. } => octets::receive(request),
            },
            Self::Answer { answer, .. } => match answer {
                Ok(Reply::Received(response)) => octets::received(response),
                Ok(Reply::GroupInfo(response)) => octets::group_info(response),
                Ok(Reply::Done) | Err(_) => vec![],
            },
            Self::WelcomeInit(request) => octets::welcome_init(request),
            Self::WelcomeAnswer { .. } => vec![],
            Self::Welcome(welcome) => welcome.octets().to_vec(),
            Self::Push { response, .. } => octets::received(response),
        }
    }
}
