//! Key material at the provider of the user who is asked for (draft-ietf-mimi-protocol-06 sections 4.3.1 and 5.2): whose
//! KeyPackages it gives to whom, none twice, and which client a Welcome is for.
//!
//! | file | what |
//! |---|---|
//! | `contract` | users, their clients, and whom they let ask |
//! | `stock` | KeyPackages of a client |
//! | `engine` | the provider's state machine |

mod contract;
mod engine;
mod stock;

pub use contract::{Consent, Holder, KeySettings, Verify};
pub use engine::{KeyDesk, KeyService};
