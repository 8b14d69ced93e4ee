//! Every order of events in small worlds, on an abstract model; what is found is played again on the real clients and hubs.
//!
//! | file | what |
//! |---|---|
//! | `world` | sizes and rules of a world |
//! | `state` | the tree of epochs, the hub's partitions, where members are |
//! | `alike` | states that differ in the numbers of members alone |
//! | `action` | what can happen, in words |
//! | `moves` | what becomes of a state |
//! | `rule` | whom a hub knows to be apart, and which branch it ends |
//! | `property` | what must always hold, and what must happen at least once |
//! | `expected` | in which worlds what does not hold, and why |
//! | `bug` | bugs of the model, one for each property |
//! | `search` | worlds through the model checker, several at a time |
//! | `replay` | a path as a scenario, and its end held against the model's |
//! | `table` | what was found, for people |

mod action;
mod alike;
mod bug;
mod expected;
mod moves;
mod property;
mod replay;
mod rule;
mod search;
mod state;
mod table;
#[cfg(test)]
mod tests;

mod world;

pub use action::Action;
pub use alike::representative;
pub use bug::{ALL as BUGS, Bug};
pub use expected::expected;
pub use property::{ALL as PROPERTIES, Must, Property};
pub use replay::{Played, Replay, play, play_all, scenario};
pub use search::{Found, Report, Verdict, each_of, end, explore, explore_alike, explore_all, kills, walk};
pub use state::{Client, Kind, Node, State};
pub use table::{kill_matrix, text, told};
pub use world::{ATTACKER, Envelope, Explored, Policy, Reports, World};
