//! What must hold for every input.

pub mod slow;
