use crate::delivery::{Blind, Edge, Effects, Hub, Input, Refused, TrackingHub};
use crate::entropy::Time;
use crate::protocol::ServiceProviderId;

/// A hub that can be walked: copied, compared with what it was, and asked where commits lead.
pub trait Hosting: Hub + Clone + PartialEq {
    /// Where the commits of a group lead.
    fn edges(&self, group_id: &[u8]) -> Vec<Edge>;
}

/// A hub of either kind.
#[derive(Clone, Debug, PartialEq)]
pub enum EitherHub {
    /// It knows partition keys and sizes.
    Blind(Box<Blind>),
    /// It reads handshakes.
    Tracking(Box<TrackingHub>),
}

impl Hub for EitherHub {
    fn step(&mut self, now: Time, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Result<(), Refused> {
        match self {
            Self::Blind(hub) => hub.step(now, from, input, out),
            Self::Tracking(hub) => hub.step(now, from, input, out),
        }
    }
}

impl Hosting for EitherHub {
    fn edges(&self, group_id: &[u8]) -> Vec<Edge> {
        match self {
            Self::Blind(hub) => hub.edges(group_id).collect(),
            Self::Tracking(hub) => hub.edges(group_id).collect(),
        }
    }
}
