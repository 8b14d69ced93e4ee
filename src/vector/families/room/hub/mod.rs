//! What a hub answers to a sequence of requests about a room (`room/hub`), to those who join from outside (`room/join`), and
//! what a follower makes of what it is told (`room/follower`); sections 5.3 to 5.6, 7.1 to 7.6.
//!
//! | file | what |
//! |---|---|
//! | `town` | the group of a room and the people in it |
//! | `story` | what the sequences are written with |
//! | `opening`, `commits`, `people`, `proposals`, `messages`, `joining`, `follower` | sequences |
//! | `notes` | what the flags mean |

mod allowed;
mod commits;
mod follower;
mod joining;
mod messages;
mod notes;
mod opening;
mod people;
mod proposals;
mod story;
mod town;

use crate::mls::member::Result;
use crate::vector::families::build::{self, NoteRow, failed, group};
use crate::vector::{Case, File, Group};
#[cfg(test)]
pub(in crate::vector::families) use notes::ALSO;
use std::sync::OnceLock;
use story::{Story, Tale};
use town::{Ground, Town};

pub(in crate::vector::families) const NAME: &str = "room/hub";
pub(in crate::vector::families) const JOIN: &str = "room/join";
pub(in crate::vector::families) const FOLLOWER: &str = "room/follower";

const CHAPTERS: &[(&str, &[Tale])] = &[
    ("opening a room", opening::TALES),
    ("commits", commits::TALES),
    ("participants", people::TALES),
    ("proposals", proposals::TALES),
    ("messages", messages::TALES),
    (allowed::NAME, allowed::TALES),
];

fn told(town: &Town, tales: &[Tale]) -> Result<Vec<Case>> {
    let tell = |tale: &Tale| {
        let mut story = Story::begin(town, tale)?;
        (tale.4)(&mut story)?;
        Ok(story.end())
    };
    tales.iter().map(tell).collect()
}

/// Most chapters are about one town; what a room allows needs another.
fn at_home(town: &Town, name: &str, tales: &[Tale]) -> Result<Vec<Case>> {
    if name == allowed::NAME { told(&Town::new(allowed::ground())?, tales) } else { told(town, tales) }
}

const JOINING: &[(&str, &[Tale])] = &[("groupInfo", joining::INFO), ("external commits", joining::COMMITS)];

/// A file with these chapters.
fn book(name: &str, chapters: &[(&str, &[Tale])]) -> File {
    let chapter = |town: &Town, (name, tales): &(&str, &[Tale])| match at_home(town, name, tales) {
        Ok(cases) => group(name, cases),
        Err(refusal) => failed(name, &refusal),
    };
    let mut groups = match Town::new(Ground::default()) {
        Ok(town) => chapters.iter().map(|tales| chapter(&town, tales)).collect(),
        Err(refusal) => vec![failed("the town", &refusal)],
    };
    build::also(&mut groups, notes::ALSO);
    build::file(build::PROTOCOL, name, &flagged(&groups), groups)
}

/// The notes of the flags that occur.
fn flagged(groups: &[Group]) -> Vec<NoteRow> {
    let occurs =
        |flag: &str| groups.iter().flat_map(|group| &group.cases).any(|case| case.flags.iter().any(|f| f == flag));
    notes::NOTES.iter().filter(|(flag, ..)| occurs(flag)).copied().collect()
}

/// `room/hub`; told once a process.
pub(in crate::vector::families) fn file() -> File {
    static FILE: OnceLock<File> = OnceLock::new();
    FILE.get_or_init(|| book(NAME, CHAPTERS)).clone()
}

/// `room/join`; told once a process.
pub(in crate::vector::families) fn join() -> File {
    static FILE: OnceLock<File> = OnceLock::new();
    FILE.get_or_init(|| book(JOIN, JOINING)).clone()
}

/// `room/follower`.
pub(in crate::vector::families) fn follower() -> File {
    let groups = vec![group("what a follower is told", follower::cases())];
    build::file(build::PROTOCOL, FOLLOWER, &flagged(&groups), groups)
}

#[cfg(test)]
mod tests {
    /// A library that refuses would leave an empty group behind.
    #[test]
    fn every_case_is_made() {
        let file = super::file();
        let names: Vec<_> =
            file.groups.iter().filter(|group| group.cases.is_empty()).map(|group| &group.name).collect();
        assert!(names.is_empty(), "{names:?}");
    }
}
