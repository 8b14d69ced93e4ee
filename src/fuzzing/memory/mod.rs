//! Devices that need not do twice what others like them did.
//!
//! What a member does is decided by where it is and by what it is told, to the octet. So where each call led from each
//! place is kept, and whoever makes the same call there goes by memory: a walk costs what is new in it. Refusals are
//! kept like all else, with whatever they left behind.
//!
//! | file | what |
//! |---|---|
//! | `place` | a place, and where calls led from there |
//! | `member` | a member who goes by memory |
//! | `client` | a device whose members do |

mod client;
mod member;
mod place;

pub use client::remembering;
pub use place::Memory;
