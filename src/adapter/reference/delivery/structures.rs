use super::value::{Made, Shown};
use crate::protocol::{
    CommitData, Delivered, Epoch, ExternalJoinRequest, GroupInfoRequest, GroupInfoResponse, HintedEpoch,
    KeyPackageRequest, KeyPackageResponse, ReceiveRequest, ReceiveResponse, SendRequest, WelcomeData,
    WelcomeInitRequest,
};
use crate::wire::tls::WireError;
use serde_json::Value;

/// A structure by its name.
pub(super) struct Named {
    name: &'static str,
    /// Octets to value.
    pub decode: fn(&[u8]) -> Result<Value, WireError>,
    /// Value to octets.
    pub encode: fn(&Value) -> Made<Vec<u8>>,
}

const fn named<S: Shown>() -> Named {
    Named {
        name: S::NAME,
        decode: |octets| S::decode(octets).map(|s| s.shown()),
        encode: |value| Ok(S::made(value)?.encode()?),
    }
}

/// Every structure, in the draft's order.
const ALL: &[Named] = &[
    named::<KeyPackageRequest>(),
    named::<KeyPackageResponse>(),
    named::<WelcomeData>(),
    named::<CommitData>(),
    named::<SendRequest>(),
    named::<WelcomeInitRequest>(),
    named::<ReceiveRequest>(),
    named::<Delivered>(),
    named::<Epoch>(),
    named::<HintedEpoch>(),
    named::<ReceiveResponse>(),
    named::<ExternalJoinRequest>(),
    named::<GroupInfoRequest>(),
    named::<GroupInfoResponse>(),
];

/// The structure of this name.
pub(super) fn find(name: &str) -> Option<&'static Named> {
    ALL.iter().find(|n| n.name == name)
}
