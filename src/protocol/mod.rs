//! The vocabulary that clients and delivery services share (draft-mcmillion-mimi-delivery-service-00).
//!
//! Octets become these types only through the strict decoders of this room; what they hold of MLS is a
//! [`MlsMessage`], whose octets were walked to the end and whose public fields were read.
//!
//! | file | what |
//! |---|---|
//! | `message` | an MLSMessage as somebody without secrets sees it |
//! | `codec` | octets ⇄ the structures below |
//! | `walk` | the strict walk through it |
//! | `partition` | partition keys, masked and not (section 3) |
//! | `exporter` | a partition key from an exporter secret (RFC 9420 section 8.5) |
//! | `send` | SendRequest, CommitData, WelcomeData, ExternalJoinRequest (sections 4.2 and 4.5) |
//! | `receive` | ReceiveRequest, ReceiveResponse, Epoch, HintedEpoch (section 4.4) |
//! | `join` | WelcomeInitRequest, GroupInfoRequest, GroupInfoResponse (sections 4.3 and 4.5) |
//! | `held` | the proposals of a commit |
//! | `key_package` | KeyPackageRequest, KeyPackageResponse (section 4.1) |
//! | `report` | what a member tells its hub of its epoch (`docs/spec/forks.md`) |
//! | `room` | the structures of draft-ietf-mimi-protocol-06 |

mod codec;
mod exporter;
mod held;
mod join;
mod key_package;
mod message;
mod partition;
mod receive;
mod report;
pub mod room;
mod send;
mod walk;

pub use codec::{EncodeError, Structure};
pub use exporter::expand_with_label;
pub use held::{Act, Held};
pub use join::{GroupInfoRequest, GroupInfoResponse, WelcomeInitRequest};
pub use key_package::{KeyPackageRequest, KeyPackageResponse};
pub use message::{ContentType, Head, MlsMessage, Sender};
pub use partition::{CipherSuite, EXPORTER_LABEL, MaskedPartitionKey, PartitionKey};
pub use receive::{Delivered, Epoch, HintedEpoch, ReceiveRequest, ReceiveResponse};
pub use report::{ForkReport, REPORT_LABEL};
pub use send::{CommitData, ExternalJoinRequest, SendRequest, ServiceProviderId, WelcomeData};
pub use walk::{
    check_key_package, check_ratchet_tree, optional_node, read_hpke_ciphertext, read_leaf_node, read_proposal,
};
