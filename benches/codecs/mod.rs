//! The same message, decoded and encoded by others.

pub mod ciborium_typed;
pub mod minicbor_typed;
