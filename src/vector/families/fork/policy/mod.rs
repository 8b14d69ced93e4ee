//! `fork/policy`: what a room allows, rule by rule, as `policy/judge`. `fork/policy-sessions`: clients that are sent perfect
//! commits against it.
//!
//! | file | what |
//! |---|---|
//! | `scene` | what the tables are written with |
//! | `adding`, `removing`, `roles`, `joining` | users, clients and their roles |
//! | `rewriting` | the policy itself, and metadata |
//! | `counting` | limits |
//! | `whole` | messages, who commits, and a commit as one |
//! | `sessions` | clients that were told a policy, in groups of every library |
//! | `in_band`, `house` | clients of groups that keep their policy themselves |
//! | `notes` | what the flags mean |

mod adding;
mod counting;
pub(in crate::vector::families) mod house;
mod in_band;
mod joining;
mod notes;
mod removing;
mod rewriting;
mod roles;
pub(in crate::vector::families) mod scene;
mod sessions;
mod whole;

pub(super) use scene::BANNED;
pub(super) use sessions::policy as told;

use crate::vector::families::build::{self, failed, group};
use crate::vector::families::client::variants::play_half;
use crate::vector::{File, Group};
use std::sync::OnceLock;

/// The family of rules, each alone.
pub(in crate::vector::families) const NAME: &str = "fork/policy";
/// The family of sessions.
pub(in crate::vector::families) const SESSIONS: &str = "fork/policy-sessions";

/// The rules.
pub(in crate::vector::families) fn file() -> File {
    let mut groups = vec![];
    groups.extend(adding::groups());
    groups.extend(removing::groups());
    groups.extend(roles::groups());
    groups.extend(joining::groups());
    groups.extend(whole::groups());
    groups.extend(counting::groups());
    groups.extend(rewriting::groups());
    made(NAME, groups)
}

/// The sessions; played once a process.
pub(in crate::vector::families) fn sessions() -> File {
    static FILE: OnceLock<File> = OnceLock::new();
    FILE.get_or_init(played).clone()
}

fn played() -> File {
    let played = [
        ("clients that were told a policy", play_half(SESSIONS, sessions::SCRIPTS)),
        ("clients in groups that keep their policy", in_band::cases(SESSIONS)),
    ];
    let groups = played.map(|(name, made)| match made {
        Ok(cases) => group(name, cases),
        Err(refusal) => failed(name, &refusal),
    });
    made(SESSIONS, groups.into())
}

/// The file, with the notes of the flags that are in it.
fn made(family: &str, groups: Vec<Group>) -> File {
    let has =
        |flag: &str| groups.iter().flat_map(|group| &group.cases).any(|case| case.flags.iter().any(|f| f == flag));
    let notes: Vec<_> = notes::NOTES.iter().filter(|(flag, ..)| has(flag)).copied().collect();
    build::file(build::ROOM_POLICY, family, &notes, groups)
}
