use super::NAME;
use crate::vector::families::build::stream;
use crate::vector::forge::franking::{Signer, agent, basic, context, framed, frank, hmac, safe_aad, sign_content};
use crate::vector::forge::{Extension, Message, Part, text};
use crate::wire::hex;
use serde_json::{Value, json};

pub(super) const ALICE: &str = "mimi://b.example/u/alice";
pub(super) const BOB: &str = "mimi://c.example/u/bob";
pub(super) const ROOM: &str = "mimi://hub.example/r/clubhouse";
pub(super) const LABEL: &str = "MLS 1.0 FrankingIntegrityTBS";
/// ComponentID of `frank_aad`.
pub(super) const FRANK_AAD: u16 = 0x0020;

/// A franked message with all that is around it; whatever is changed, what follows from it is computed of it.
#[derive(Clone, Debug)]
pub(super) struct Scene {
    pub suite: u16,
    pub signer: Signer,
    pub hub_key: Vec<u8>,
    pub message: Message,
    /// The media type of the framing, in a group that has one.
    pub media_type: Option<String>,
    /// The sender as it is asserted to the hub, and as in its credential.
    pub sender: String,
    /// The room that the message is sent to.
    pub room: String,
    pub time: u64,
    pub hub_domain: String,
    /// The credential of the franking agent.
    pub credential: Vec<u8>,
}

/// The extensions that say whom and where a message is from.
pub(super) fn claims(sender: &str, room: &str) -> Vec<Extension> {
    vec![Extension::new(1, text(sender)), Extension::new(2, text(room))]
}

impl Scene {
    /// A text by Alice, in suite 1. Keys and salt are of the name.
    pub(super) fn new(name: &str) -> Self {
        let mut stream = stream(&format!("{NAME}/{name}"));
        let message = Message {
            extensions: claims(ALICE, ROOM),
            ..Message::new(stream.array::<16>(), Part::single("text/markdown;variant=GFM-MIMI", "Hi *all*"))
        };
        Self {
            suite: 1,
            signer: Signer::Ed25519(stream.array()),
            hub_key: stream.array::<32>().to_vec(),
            message,
            media_type: None,
            sender: ALICE.into(),
            room: ROOM.into(),
            time: 1_700_000_000_123,
            hub_domain: "hub.example".into(),
            credential: basic(b"mimi://hub.example"),
        }
    }

    /// The same in suite 2.
    pub(super) fn p256(name: &str) -> Self {
        let scene = Self::new(name);
        Self { suite: 2, signer: Signer::P256(*scene.signer.private()), ..scene }
    }

    /// The same with this body.
    pub(super) fn body(mut self, body: Part) -> Self {
        self.message.body = body;
        self
    }

    /// The same between this sender and this room, in the message and around it.
    pub(super) fn between(mut self, sender: &str, room: &str) -> Self {
        self.message.extensions = claims(sender, room);
        (self.sender, self.room) = (sender.into(), room.into());
        self
    }

    pub(super) fn content(&self) -> Vec<u8> {
        self.message.item().octets()
    }

    pub(super) fn application_data(&self) -> Vec<u8> {
        self.media_type.as_ref().map_or_else(|| self.content(), |kind| framed(kind, &self.content()))
    }

    pub(super) fn tag(&self) -> Vec<u8> {
        hmac(&self.message.salt, &self.application_data())
    }

    pub(super) fn aad(&self) -> Vec<u8> {
        safe_aad(&[(FRANK_AAD, &self.tag())])
    }

    pub(super) fn context(&self) -> Vec<u8> {
        context(&self.sender, &self.room, self.time)
    }

    pub(super) fn server_frank(&self) -> Vec<u8> {
        hmac(&self.hub_key, &[self.tag(), self.context()].concat())
    }

    /// FrankingIntegrityTBS.
    pub(super) fn to_be_signed(&self) -> Vec<u8> {
        [self.server_frank(), self.suite.to_be_bytes().to_vec(), self.context()].concat()
    }

    pub(super) fn signature(&self) -> Vec<u8> {
        self.signer.sign(&sign_content(LABEL, &self.to_be_signed()))
    }

    /// The frank with another signature.
    pub(super) fn frank_of(&self, signature: &[u8]) -> Vec<u8> {
        frank(&self.server_frank(), self.suite, signature)
    }

    pub(super) fn frank(&self) -> Vec<u8> {
        self.frank_of(&self.signature())
    }

    pub(super) fn agent(&self) -> Vec<u8> {
        agent(&self.signer.public(), &self.credential)
    }

    /// Input of `room/franking-tag`.
    pub(super) fn tag_input(&self) -> Value {
        framing(json!({"application_data": hex::encode(&self.application_data())}), self.media_type.is_some())
    }

    /// Its output.
    pub(super) fn tag_output(&self) -> Value {
        json!({"franking_tag": hex::encode(&self.tag()), "authenticated_data": hex::encode(&self.aad())})
    }

    /// Input of `room/frank`.
    pub(super) fn hub_input(&self) -> Value {
        json!({
            "cipher_suite": self.suite,
            "hub_key": hex::encode(&self.hub_key),
            "signature_priv": hex::encode(self.signer.private()),
            "franking_agent": hex::encode(&self.agent()),
            "authenticated_data": hex::encode(&self.aad()),
            "sender_uri": self.sender,
            "room_uri": self.room,
            "accepted_timestamp": self.time,
        })
    }

    /// Its output.
    pub(super) fn hub_output(&self) -> Value {
        json!({"frank": hex::encode(&self.frank())})
    }

    /// Input of `room/verify-frank`.
    pub(super) fn received(&self) -> Value {
        let input = json!({
            "cipher_suite": self.suite,
            "franking_agent": hex::encode(&self.agent()),
            "hub_domain": self.hub_domain,
            "authenticated_data": hex::encode(&self.aad()),
            "application_data": hex::encode(&self.application_data()),
            "sender_uri": self.sender,
            "room_uri": self.room,
            "accepted_timestamp": self.time,
            "frank": hex::encode(&self.frank()),
        });
        framing(input, self.media_type.is_some())
    }

    /// Input of `room/verify-report`.
    pub(super) fn reported(&self) -> Value {
        let input = json!({
            "hub_key": hex::encode(&self.hub_key),
            "franking_signature_key": hex::encode(&self.signer.public()),
            "message_content": hex::encode(&self.application_data()),
            "frank": hex::encode(&self.frank()),
            "accepted_timestamp": self.time,
        });
        framing(input, self.media_type.is_some())
    }

    /// What receivers and hubs answer that find everything right.
    pub(super) fn confirmed(&self) -> Value {
        json!({"context": hex::encode(&self.context())})
    }
}

fn framing(mut input: Value, framed: bool) -> Value {
    if framed {
        set(&mut input, "framed", true.into());
    }
    input
}

fn set(input: &mut Value, name: &str, value: Value) {
    if let Some(members) = input.as_object_mut() {
        members.insert(name.to_owned(), value);
    }
}

/// An input with another member.
pub(super) fn with(mut input: Value, name: &str, value: impl Into<Value>) -> Value {
    set(&mut input, name, value.into());
    input
}

/// An input with other octets.
pub(super) fn with_octets(input: Value, name: &str, octets: impl AsRef<[u8]>) -> Value {
    with(input, name, hex::encode(octets.as_ref()))
}

/// Octets with the lowest bit of this one changed.
pub(super) fn flipped(mut octets: Vec<u8>, at: usize) -> Vec<u8> {
    if let Some(octet) = octets.get_mut(at) {
        *octet ^= 1;
    }
    octets
}
