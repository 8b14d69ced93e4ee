//! Delivery services (draft-mcmillion-mimi-delivery-service-00): hubs that sequence, and providers that follow them.
//!
//! Nothing here has a secret: this room may not name `mls::member`, `content` or `pseudonym`. A hub never decides
//! which commit is right; it keeps messages apart by partition key and says where each commit leads.
//!
//! | file | what |
//! |---|---|
//! | `hub` | the shape of every hub: input, effects, refusals |
//! | `limits` | every bound on what a hub keeps, and what it keeps |
//! | `host` | what both hubs do: groups, partitions, Welcomes, KeyPackages |
//! | `sight` | what a hub can see of a message, and so refuse |
//! | `blind` | the hub that sees partition keys and sizes |
//! | `tracking` | the hub that reads handshakes, branch by branch |
//! | `forks` | the graph of a group's forks, reports of members, which branch is ended by rule |
//! | `follower` | the provider of users whose groups others host |
//! | `key_material` | key material of draft-ietf-mimi-protocol-06 at the provider of whom it is of |
//! | `trees` | a hub that keeps encrypted trees beside commits |
//! | `room` | a room of draft-ietf-mimi-protocol-06 at its hub, and who follows it |

mod blind;
mod follower;
mod forks;
mod host;
mod hub;
mod key_material;
mod limits;
mod room;
mod sight;
mod tracking;
mod trees;

#[cfg(test)]
mod tests;

pub use blind::{Blind, Nothing};
pub use follower::{Follower, FollowerEffect, FollowerInput, FollowerLimits, FollowerSettings};
pub use forks::{Claim, Finding, PictureOfFork, PictureOfForks, PictureOfPartition, Termination, Weight, weigh};
pub use host::{Edge, Host};
pub use hub::{CreateGroup, Effect, Effects, Hints, Hub, Input, Pushes, Refused, Response, Settings, Upload};
pub use key_material::{Consent, Holder, KeyDesk, KeyService, KeySettings, Verify};
pub use limits::{Limits, Usage};
pub use room::{
    Notified, Owner, Participant, Received, Room, RoomAnswer, RoomEffect, RoomHub, RoomInput, RoomKeys, RoomSettings,
    RoomView, Roster,
};
pub use sight::{Sight, Tree};
#[cfg(feature = "mls")]
pub use tracking::TrackingHub;
pub use tracking::{Branches, Horizon, Looked, Tracking, View};
pub use trees::{TreeSettings, WithTrees};
