//! A member and whatever is said to it: nothing but what was really sent is accepted, a refusal changes nothing, and the
//! next good commit is followed.
//!
//! | file | what |
//! |---|---|
//! | `speak` | the scenes, and what holds |
//! | `remembered` | a member that need not take twice what others like it took |

mod remembered;
mod speak;

pub use remembered::{Listener, Remembered};
pub use speak::{client_messages, speak};
