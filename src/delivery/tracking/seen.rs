//! The view that a real hub has: that of `mls::public`.

use super::view::{Looked, View};
use crate::delivery::hub::Refused;
use crate::delivery::sight::Tree;
use crate::mls::public::{PublicView, Seen, Unseen};
use crate::protocol::{Held, MlsMessage};

/// A hub that reads handshakes.
pub type TrackingHub = crate::delivery::Host<super::Tracking<PublicView>>;

fn refused(e: Unseen) -> Refused {
    Refused { reason: e.reason, message: e.said }
}

impl View for PublicView {
    fn open(group_info: &MlsMessage, ratchet_tree: Option<&[u8]>) -> Result<Self, Refused> {
        Self::new(group_info, ratchet_tree).map_err(refused)
    }

    fn look(&self, message: &MlsMessage) -> Result<Looked<Self>, Refused> {
        Ok(match self.process(message).map_err(refused)? {
            Seen::Sealed => Looked::Sealed,
            Seen::Proposal(view) => Looked::Here(*view),
            Seen::Commit(view) => Looked::Next(*view),
        })
    }

    fn tree_hash(&self) -> Vec<u8> {
        self.tree_hash().to_vec()
    }

    fn ratchet_tree(&self) -> Tree {
        self.ratchet_tree().to_vec()
    }

    fn octets(&self) -> usize {
        self.octets()
    }

    fn members(&self) -> Vec<(u32, Vec<u8>)> {
        self.members().to_vec()
    }

    fn data(&self, component: u16) -> Option<Vec<u8>> {
        self.application_data(component).map(<[u8]>::to_vec)
    }

    fn joined(&self) -> Vec<Vec<u8>> {
        self.joined().to_vec()
    }

    fn held(&self) -> Vec<Held> {
        self.held().to_vec()
    }
}
