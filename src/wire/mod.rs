//! Bounded reading and canonical writing of what crosses a boundary.

pub mod hex;
