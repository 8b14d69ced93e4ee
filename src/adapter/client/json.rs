use crate::mls::member::{CommitOut, Position};
use crate::wire::hex;
use serde_json::{Value, json};

/// `STATE`.
pub(super) fn state(position: &Position) -> Value {
    json!({
        "group_id": hex::encode(&position.group_id),
        "epoch": position.epoch,
        "epoch_authenticator": hex::encode(&position.epoch_authenticator),
        "partition_key": hex::encode(&position.partition_key.0),
    })
}

/// `COMMIT`.
pub(super) fn commit(out: &CommitOut) -> Value {
    json!({
        "commit": hex::encode(&out.commit),
        "welcome": out.welcome.as_deref().map(hex::encode),
        "group_info": hex::encode(&out.group_info),
        "ratchet_tree": hex::encode(&out.ratchet_tree),
        "next": state(&out.next),
    })
}

/// What `client/process` answers to a commit.
pub(super) fn processed_commit(
    sender: Option<u32>,
    mut added: Vec<Vec<u8>>,
    mut removed: Vec<u32>,
    next: Option<&Position>,
) -> Value {
    added.sort();
    removed.sort_unstable();
    json!({
        "content": "commit",
        "sender": sender,
        "added": added.iter().map(|identity| hex::encode(identity)).collect::<Vec<_>>(),
        "removed": removed,
        "state": next.map(state),
    })
}
