//! The families of encrypted ratchet trees (`docs/spec/encrypted-tree.md`). What is expected comes from `forge::tree`, which
//! shares no code with `crate::tree`, and from the documents; nodes and secrets of real groups from OpenMLS.
//!
//! | file | what |
//! |---|---|
//! | `scene` | histories of trees, in few words and of real groups |
//! | `keys` | `tree/keys`: from an epoch's secret to the key of a node |
//! | `node` | `tree/node`: one node wrapped and opened |
//! | `longer` | nodes of suites with longer hashes and keys |
//! | `patch` | `tree/patch`: what members make of commits |
//! | `join` | `tree/join`: what joiners make of trees |
//! | `hub` | `tree/hub`: what hubs make of patches |
//! | `member` | `tree/member`: clients in such groups, and their hub |
//! | `notes` | what the flags mean |

pub(super) mod hub;
pub(super) mod join;
pub(super) mod keys;
mod longer;
pub(super) mod member;
pub(super) mod node;
mod notes;
pub(super) mod patch;
mod scene;
