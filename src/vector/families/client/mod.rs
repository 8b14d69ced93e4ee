//! The families of clients: recorded sessions that any client can replay.
//!
//! | file | what |
//! |---|---|
//! | `passive` | a client that only follows: messages to accept and to refuse |
//! | `hostile` | one false message of a member, under its own signature |
//! | `acting` | what a client must not put into a commit of its own |
//! | `package` | KeyPackages taken apart, changed and signed again |
//! | `join` | Welcomes and trees, right and wrong |
//! | `world` | the group around the client: who commits, adds, sends; in `world/again` ways back after a fork |
//! | `script` | what the client is given, step by step, and what it is to say |
//! | `damage` | octets of a message changed where its fields lie |
//! | `lies` | what a member can make wrong under its own signature |
//! | `variants` | every script over suites and framings |

pub(super) mod acting;
pub(super) mod damage;
pub(super) mod hostile;
pub(super) mod join;
mod lies;
mod package;
pub(super) mod passive;
pub(super) mod script;
pub(super) mod variants;
pub(super) mod world;
