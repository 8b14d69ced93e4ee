//! Runs a scenario through clients and hubs over a network that is an enum, and records all of it.
//!
//! One seed and one scenario give one trace, octet for octet, where the engines are byte-stable. Nothing here decides
//! what is right: a scenario says who must be together at the end, and what must have been refused.
//!
//! | file | what |
//! |---|---|
//! | `scenario` | providers, devices, steps, expectations: plain data |
//! | `room` | roles of rooms that keep them in their group |
//! | `forking` | what a hub may do about forks, and should see of them |
//! | `recovering` | what people start after a fork |
//! | `trace` | what crossed a boundary, what parties did, where devices are |
//! | `network` | when a packet arrives: once, twice, later, not yet |
//! | `packet` | what parties say to each other, and its octets |
//! | `crooked` | what a hub does to a provider that it does not treat as it should |
//! | `crooked_trees` | the same, of encrypted trees |
//! | `faults` | what happens to the next packet of a kind |
//! | `words` | steps and expectations as sentences |
//! | `world` | all parties, and the queue of what is under way |

mod crooked;
mod crooked_trees;
mod faults;
mod forking;
mod network;
mod packet;
mod recovering;
mod room;
mod scenario;
mod trace;
mod words;
mod world;

#[cfg(all(test, feature = "fuzzing"))]
mod tests;

pub use crooked::Misdeed;
pub use forking::{SeenFork, Terminates};
pub use network::Network;
pub use recovering::{By, Recovery, Strategy, To};
pub use scenario::{
    Also, Device, Does, EnvelopeRule, Expect, Fault, Forbids, HubKind, Provider, Publishes, Scenario, Step,
};
pub use trace::{Entry, Place, Trace};
pub use world::{Broken, Engines, run};
