//! What a provider is told of its users.

use crate::delivery::limits::Limits;
use std::collections::BTreeMap;

/// VerifyWithLabel (RFC 9420 section 5.1.2): cipher suite, key, label, content, signature.
pub type Verify = fn(u16, &[u8], &str, &[u8], &[u8]) -> bool;

/// How a provider is set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeySettings {
    /// Its users, by URI.
    pub users: BTreeMap<Vec<u8>, Holder>,
    /// Whether noConsent stands for every code that tells something of a user (section 5.2 allows it).
    pub discreet: bool,
    /// Whether it tells what a client supports that has nothing compatible (section 5.2 leaves it to the provider).
    pub tells_capabilities: bool,
    /// What it keeps at most: `max_message`, `max_key_packages` of a client, and KeyPackages given that wait for their
    /// Welcome, `max_pending_welcomes`.
    pub limits: Limits,
}

/// A user.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holder {
    /// URIs of the clients, in the order in which they are answered for.
    pub clients: Vec<Vec<u8>>,
    /// Whom the user lets ask.
    pub consent: Vec<Consent>,
    /// Whether the user is no more.
    pub deleted: bool,
}

/// Leave to ask.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Consent {
    /// The user who may; everybody when absent.
    pub user: Option<Vec<u8>>,
    /// The room for which; every room when absent.
    pub room: Option<Vec<u8>>,
}

/// What leave comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leave {
    Given,
    ForOtherRooms,
    No,
}

impl Holder {
    /// Whether this user may ask for that room.
    pub(super) fn lets(&self, user: &[u8], room: &[u8]) -> Leave {
        let theirs = |consent: &&Consent| consent.user.as_deref().is_none_or(|only| only == user);
        let mut of_user = self.consent.iter().filter(theirs).peekable();
        if of_user.peek().is_none() {
            return Leave::No;
        }
        let here = of_user.any(|consent| consent.room.as_deref().is_none_or(|only| only == room));
        if here { Leave::Given } else { Leave::ForOtherRooms }
    }
}
