//! Any octets → commits for members and a hub in a known epoch: good ones, changed ones, and ones whose fields were
//! changed and which were then signed and tagged anew by who sent them.
//!
//! | file | what |
//! |---|---|
//! | `scene` | members, a hub, and what was really sent |
//! | `told` | what is made of that |

mod scene;
mod told;

use super::{mutated, poked};
pub use scene::{CommitScene, Sent, commit_scene, hub_name};
pub use told::{Told, commits, key_packages};
