//! Reasons of delivery services and of clients towards them (draft-mcmillion-mimi-delivery-service-00).

use super::table::reasons;

reasons! {
    UNKNOWN_GROUP = "unknown-group", Misbehaviour, "ds-00:4.2:unknown-group", "the hub knows no group of this id";
    ENVELOPE_MISMATCH = "envelope-mismatch", Misbehaviour, "ds-00:4.4:ignore-mismatch", "the next partition key or the GroupInfo beside a commit is not what the commit leads to";
    NO_STATE = "no-state", Caller, "", "an operation that this session is not ready for";
}
