//! `fork/commit`, `fork/lies`, `fork/history`: whole sessions in which a member, or somebody who joins, sends a malformed commit; every fault of
//! `mls::hostile` and what only a history makes. The client refuses it, stays, loses nothing, and follows what comes
//! instead; one whom a fault does not affect follows it.
//!
//! | file | what |
//! |---|---|
//! | `spoiled` | one fault of a member |
//! | `external` | one fault of somebody who joins |
//! | `unaffected` | fragmented paths, seen by those whose share is right |
//! | `leaving` | faults that who is removed can not see |
//! | `several` | two and three faults in a row |
//! | `histories` | what is wrong for where it comes |
//! | `notes` | what the flags mean |

mod external;
mod histories;
mod leaving;
mod notes;
mod several;
mod spoiled;
mod unaffected;

use super::super::build::{self, MLS, NoteRow, failed, group};
use super::super::client::variants::{play, play_each};
use crate::mls::hostile::{Affects, Fault, Technique};
use crate::mls::member::Result;
use crate::vector::{Case, File, Group};
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// What a commit may hold, and what an external commit may.
pub(in crate::vector::families) const NAME: &str = "fork/commit";
/// What only holding one thing against another finds out: signatures, tags, paths.
pub(in crate::vector::families) const LIES: &str = "fork/lies";
/// Octets, several faults in a row, and what is wrong for where it comes.
pub(in crate::vector::families) const HISTORY: &str = "fork/history";

/// Variants in which a fault is played: those with PublicMessages where it is about a field of theirs.
const fn variants(fault: Fault) -> &'static [usize] {
    if fault.public_only() { &[0, 2] } else { &[0, 1, 2, 3] }
}

fn of(technique: fn(Technique) -> bool) -> impl Iterator<Item = (String, Fault, &'static [usize])> {
    let faults = Fault::all().filter(move |fault| technique(fault.technique()));
    faults.map(|fault| (fault.name().to_owned(), fault, variants(fault)))
}

type Played = (&'static str, Result<Vec<Case>>);

fn files() -> &'static [File; 3] {
    static FILES: OnceLock<[File; 3]> = OnceLock::new();
    FILES.get_or_init(|| {
        let victims = Fault::all().filter(|fault| fault.affects() == Affects::Victims);
        let victims = victims.map(|fault| (format!("{fault}-of-others"), fault, &[0_usize, 1, 2, 3][..]));
        let contents = [
            ("contents that are rewritten", play_each(NAME, of(|t| t == Technique::Content), spoiled::session)),
            ("external commits", play_each(NAME, of(|t| t == Technique::External), external::session)),
        ];
        let lies = [
            ("calls that lie", play_each(LIES, of(|t| t == Technique::Call), spoiled::session)),
            ("paths that are right for the client", play_each(LIES, victims, unaffected::session)),
        ];
        let history = [
            ("octets that are changed", play_each(HISTORY, of(|t| t == Technique::Octets), spoiled::session)),
            ("commits that remove somebody", play_each(HISTORY, leaving::rows(), leaving::session)),
            ("several faults in a row", play(HISTORY, several::SCRIPTS)),
            ("of other epochs, and in false envelopes", play(HISTORY, histories::SCRIPTS)),
        ];
        [made(NAME, contents.into()), made(LIES, lies.into()), made(HISTORY, history.into())]
    })
}

fn made(name: &str, groups: Vec<Played>) -> File {
    let groups = groups.into_iter().map(|(name, played)| match played {
        Ok(cases) => group(name, cases),
        Err(refusal) => failed(name, &refusal),
    });
    let groups: Vec<Group> = groups.collect();
    let flags = groups.iter().flat_map(|group| &group.cases).flat_map(|case| &case.flags);
    let flags: BTreeSet<&str> = flags.map(String::as_str).collect();
    let notes: Vec<NoteRow> = notes::NOTES.iter().filter(|note| flags.contains(note.0)).copied().collect();
    build::file(MLS, name, &notes, groups)
}

/// The file; played once a process.
pub(in crate::vector::families) fn file() -> File {
    let [commit, ..] = files();
    commit.clone()
}

/// The file of [`LIES`].
pub(in crate::vector::families) fn lies() -> File {
    let [_, lies, _] = files();
    lies.clone()
}

/// The file of [`HISTORY`].
pub(in crate::vector::families) fn history() -> File {
    let [.., history] = files();
    history.clone()
}
