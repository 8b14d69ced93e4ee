//! Named, seeded bugs, and which vectors catch them: how strong the suite is, measured.
//!
//! A faulty adapter is the reference implementation with one bug around it. Nothing in the library knows of
//! bugs: octets are mended before the reference sees them, inputs and answers are changed, or an operation is
//! done anew. Where a bug makes the reference read other octets, its message ids are those of the mended
//! octets; that shows only in cases that the bug fails anyway.
//!
//! | file | what |
//! |---|---|
//! | `bug` | what a bug is, and the table of all |
//! | `adapter` | the implementation that has one |
//! | `item`, `message` | CBOR as it came, and where things are in a message |
//! | `decode` … `process` | the bugs, a table an operation |
//! | `client` | the bugs of clients |
//! | `device` | the bugs of clients with their hub |
//! | `talk` | a session as a bug sees it: what was said before, and the reference |
//! | `delivery` | the bugs of structures of the delivery draft, and of partition keys |
//! | `room` | the bugs of structures of draft-ietf-mimi-protocol |
//! | `franking` | the bugs of franks |
//! | `room_hub` | bugs of rooms at a hub, and of followers |
//! | `hub` | bugs of hubs, which have a state |
//! | `policy` | bugs of room policy |
//! | `matrix` | every bug against every case |

mod adapter;
mod bug;
mod cid;
mod client;
mod decode;
mod delivery;
mod device;
mod encode;
mod external;
mod franking;
mod hub;
mod item;
mod judge;
mod matrix;
mod message;
mod message_id;
mod nohtml;
mod part_index;
mod policy;
mod process;
mod room;
mod room_hub;
mod talk;
mod thread;
mod tree;

pub use adapter::make;
pub use bug::{ALL, Bug, Kind, find};
pub use matrix::{CaseKills, Kill, Matrix, run};
