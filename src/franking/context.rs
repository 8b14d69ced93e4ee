use super::mac;
use crate::protocol::room::Frank;
use crate::reason::{Reason, delivery};
use crate::wire::tls::{TooLong, Writer};

/// The label that a frank is signed with.
pub const LABEL: &str = "FrankingIntegrityTBS";

/// ServerFrankingContext (section 5.4.1.2): what a hub vouches for beside the tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// The sender that was asserted to the hub.
    pub sender_uri: String,
    /// The room that it was sent to.
    pub room_uri: String,
    /// When the hub accepted it, in milliseconds since 1970.
    pub accepted_timestamp: u64,
}

impl Context {
    /// Its octets: two `opaque<V>` and a `uint64`.
    ///
    /// # Errors
    /// `vector-too-long`.
    pub fn encode(&self) -> Result<Vec<u8>, Reason> {
        self.write().map_err(too_long)
    }

    fn write(&self) -> Result<Vec<u8>, TooLong> {
        let mut w = Writer::new();
        w.opaque(self.sender_uri.as_bytes(), "sender_uri")?
            .opaque(self.room_uri.as_bytes(), "room_uri")?
            .u64(self.accepted_timestamp);
        Ok(w.into_octets())
    }

    /// `server_frank`: HMAC-SHA256 over tag and context, with a key that only the hub has.
    ///
    /// # Errors
    /// `vector-too-long`.
    pub(super) fn server_frank(&self, hub_key: &[u8], tag: &[u8; 32]) -> Result<[u8; 32], Reason> {
        Ok(mac::hmac(hub_key, &[tag, &self.encode()?]))
    }

    /// Whether a frank has the `server_frank` that the hub makes for this tag.
    ///
    /// # Errors
    /// `vector-too-long`.
    pub(super) fn made(&self, hub_key: &[u8], tag: &[u8; 32], frank: &Frank) -> Result<bool, Reason> {
        Ok(mac::is_hmac(hub_key, &[tag, &self.encode()?], &frank.server_frank))
    }

    /// FrankingIntegrityTBS: server frank, cipher suite, context. The tag is not in it.
    ///
    /// # Errors
    /// `vector-too-long`.
    pub(super) fn to_be_signed(&self, server_frank: &[u8; 32], suite: u16) -> Result<Vec<u8>, Reason> {
        let mut w = Writer::new();
        w.raw(server_frank).u16(suite).raw(&self.encode()?);
        Ok(w.into_octets())
    }
}

pub(super) fn too_long(_: TooLong) -> Reason {
    delivery::VECTOR_TOO_LONG
}
