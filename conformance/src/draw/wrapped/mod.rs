//! One commit of an encrypted ratchet tree: what the hub has before it, what the patch touches, what a member sees.
//!
//! | file | what |
//! |---|---|
//! | `view` | places and what is said of each |
//! | `example` | a commit of a small group that is made up |
//! | `patches` | patches from anywhere: a vector file, a log |

mod example;
mod patches;
mod view;

pub use example::{EXAMPLES, example};
pub use patches::patches;
pub(super) use view::Touch;
pub use view::View;
