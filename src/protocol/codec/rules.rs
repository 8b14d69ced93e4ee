use crate::protocol::{ContentType, Head, HintedEpoch, MaskedPartitionKey, MlsMessage, Sender, ServiceProviderId};
use crate::reason::{Reason, delivery as reason};
use std::collections::BTreeSet;

/// A rule that is kept, or the reason that says which is not.
pub type Rule = Result<(), Reason>;

const fn check(holds: bool, reason: Reason) -> Rule {
    if holds { Ok(()) } else { Err(reason) }
}

/// "PublicMessage or PrivateMessage" (sections 4.2 and 4.4).
pub fn group_message(message: &MlsMessage) -> Rule {
    check(content_type(message).is_some(), reason::NOT_A_GROUP_MESSAGE)
}

/// "Welcome" (section 4.2).
pub fn welcome(message: &MlsMessage) -> Rule {
    check(matches!(message.head(), Head::Welcome { .. }), reason::NOT_A_WELCOME)
}

/// "GroupInfo" (sections 4.2, 4.4 and 4.5).
pub fn group_info(message: &MlsMessage) -> Rule {
    check(matches!(message.head(), Head::GroupInfo { .. }), reason::NOT_A_GROUP_INFO)
}

/// "PublicMessage" (section 4.5), and the commit of somebody who joins by it (RFC 9420 section 12.4.3.2).
pub fn external_commit(message: &MlsMessage) -> Rule {
    match message.head() {
        Head::Public { sender: Sender::NewMemberCommit, content: ContentType::Commit, .. } => Ok(()),
        Head::Public { .. } => Err(reason::NOT_AN_EXTERNAL_COMMIT),
        _ => Err(reason::NOT_A_PUBLIC_MESSAGE),
    }
}

/// "MUST be the same length as the `secrets` array of the Welcome message" (section 4.2).
pub fn providers(welcome: &MlsMessage, providers: &[ServiceProviderId]) -> Rule {
    let Head::Welcome { recipients, .. } = welcome.head() else { return Err(reason::NOT_A_WELCOME) };
    check(recipients.len() == providers.len(), reason::SERVICE_PROVIDER_COUNT)
}

/// "The same epoch may not be referenced twice separately" (section 4.4): `hint` after those whose keys were `seen`.
pub fn epoch_once(seen: &mut BTreeSet<MaskedPartitionKey>, hint: &HintedEpoch) -> Rule {
    check(seen.insert(hint.masked_partition_key.clone()), reason::DUPLICATE_EPOCH)
}

/// Of a group message: whether it is a commit, with which the draft's `select` has further fields.
pub fn is_commit(message: &MlsMessage) -> bool {
    content_type(message) == Some(ContentType::Commit)
}

/// That the fields of a commit are there with a commit, and only then (sections 4.2 and 4.4).
pub fn commit_fields(message: &MlsMessage, present: bool) -> Rule {
    check(is_commit(message) == present, reason::COMMIT_DATA_MISMATCH)
}

fn content_type(message: &MlsMessage) -> Option<ContentType> {
    match message.head() {
        Head::Public { content, .. } | Head::Private { content, .. } => Some(*content),
        _ => None,
    }
}
