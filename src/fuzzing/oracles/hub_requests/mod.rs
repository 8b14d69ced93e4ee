//! A hub against a model that is a list and a few maps: nobody gets a message of another partition, the order is
//! kept, a refusal changes nothing, what is refused is refused for a reason that the model knows, and no bound is passed.
//!
//! | file | what |
//! |---|---|
//! | `check` | request by request |
//! | `model` | what must come of it, written to be obvious and slow |

mod check;
mod model;

pub use check::{Asking, ask, hub_requests};
