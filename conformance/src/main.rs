//! The mimicheck binary.
fn main() {}
