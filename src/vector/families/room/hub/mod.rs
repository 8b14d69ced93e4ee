//! `room/hub`: what a hub answers to a sequence of requests about a room, and a follower to what it is told (sections 5.3
//! to 5.6, 7.1 to 7.6).
//!
//! | file | what |
//! |---|---|
//! | `town` | the group of a room and the people in it |
//! | `story` | what the sequences are written with |
//! | `opening`, `commits`, `people`, `proposals`, `messages`, `joining`, `follower` | sequences |
//! | `notes` | what the flags mean |

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
use crate::vector::families::build::{self, failed, group};
use crate::vector::{Case, File};
use std::sync::OnceLock;
use story::{Story, Tale};
use town::{Ground, Town};

pub(in crate::vector::families) const NAME: &str = "room/hub";

const CHAPTERS: &[(&str, &[Tale])] = &[
    ("opening a room", opening::TALES),
    ("commits", commits::TALES),
    ("participants", people::TALES),
    ("proposals", proposals::TALES),
    ("messages", messages::TALES),
    ("joining from outside", joining::TALES),
];

fn told(town: &Town, tales: &[Tale]) -> Result<Vec<Case>> {
    let tell = |tale: &Tale| {
        let mut story = Story::begin(town, tale)?;
        (tale.4)(&mut story)?;
        Ok(story.end())
    };
    tales.iter().map(tell).collect()
}

/// The file; told once a process.
pub(in crate::vector::families) fn file() -> File {
    static FILE: OnceLock<File> = OnceLock::new();
    FILE.get_or_init(|| {
        let chapter = |town: &Town, (name, tales): &(&str, &[Tale])| match told(town, tales) {
            Ok(cases) => group(name, cases),
            Err(refusal) => failed(name, &refusal),
        };
        let mut groups = match Town::new(Ground::default()) {
            Ok(town) => CHAPTERS.iter().map(|tales| chapter(&town, tales)).collect(),
            Err(refusal) => vec![failed("the town", &refusal)],
        };
        groups.push(group("what a follower is told", follower::cases()));
        build::file(build::PROTOCOL, NAME, notes::NOTES, groups)
    })
    .clone()
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
