//! What a commit and a join cost with encrypted ratchet trees, and with the two designs that they are held against.
//!
//! | file | what |
//! |---|---|
//! | `places` | indices of a tree |
//! | `nodes` | nodes of a ratchet tree, as long as those that a real group has |
//! | `group` | the ratchet tree of a group of any size, and what commits make of it |
//! | `designs` | the tree in the clear, as one encrypted blob, and as an encrypted ratchet tree |
//! | `measure` | one group, all designs: octets and time |
//! | `variants` | what version 0 leaves out: nodes without their epoch, a part of the tree instead of the whole |
//! | `growth` | a line through what was measured |
//! | `table` | octets and times as text of 100 columns |
//! | `plot` | octets as a picture; in `page` with the tables |

mod designs;
mod group;
mod growth;
mod measure;
mod nodes;
mod page;
mod places;
mod plot;
mod table;
mod variants;

pub use designs::{Blob, Octets};
pub use group::Group;
pub use growth::{Line, line};
pub use measure::{Cost, Report, Shape, Suite, Times, Work, measure, report};
pub use nodes::{IDENTITY, Nodes, Source, identity};
pub use page::page;
pub use plot::svg;
pub use table::{leaks, octets, times, variants};
pub use variants::Variants;
