//! Devices of both libraries, a hub and what is under way between them, to be walked at random; and what must hold of
//! it whatever happens.
//!
//! | file | what |
//! |---|---|
//! | `step` | what may happen next |
//! | `seat` | a device, and what is known of it |
//! | `hubs` | the hub, and what a wrong one may be asked instead |
//! | `build` | a group of four, told by their devices and the hub alone |
//! | `walk` | one step after the other, until all is quiet |
//! | `carry` | packets between devices and the hub |
//! | `deceive` | what a hub may do to an answer |
//! | `holds` | the invariants |

mod build;
mod carry;
mod deceive;
mod holds;
mod hubs;
mod seat;
mod step;
mod walk;

pub use build::{Person, Setting, built, people, somebody};
pub use hubs::{EitherHub, Hosting};
pub use seat::{Known, Seat};
pub use step::{Happens, Step};
pub use walk::World;
