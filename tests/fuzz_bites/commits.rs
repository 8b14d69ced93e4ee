//! Members and hubs that hear commits, and two libraries that should agree.

use super::doubles::{Double, Wrong};
use mimicheck::delivery::{Effects, Hub, Input, Refused, TrackingHub};
use mimicheck::entropy::{Seed, Time};
use mimicheck::fuzzing::generators::{CommitScene, Told, commit_scene, commits};
use mimicheck::fuzzing::oracles::{DIFFERENCES, Sees, agree, engines_agree, hear};
use mimicheck::mls::member::Member;
use mimicheck::protocol::ServiceProviderId;
use mimicheck::reason::mls as reason;
use mimicheck::wire::hex;

fn scene(private: bool) -> CommitScene {
    commit_scene([&mimicheck::mls::open::engine(), &mimicheck::mls::second::engine()], private).unwrap()
}

fn double(member: &dyn Member, wrong: Wrong) -> Box<dyn Member> {
    Box::new(Double { inner: member.copy(), wrong, refused: false })
}

fn as_it_is(scene: &CommitScene, base: usize) -> Told {
    Told { base, octets: scene.sent[base].octets.clone() }
}

fn changed(scene: &CommitScene, base: usize) -> Told {
    let mut told = as_it_is(scene, base);
    *told.octets.last_mut().unwrap() ^= 1;
    told
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum WrongHub {
    Honest,
    /// Refuses what members take.
    Refuses,
    /// Is another once it has refused something.
    Changes,
    /// Says something beside a refusal.
    Babbles,
    /// Says that it took a commit, and does nothing.
    Forgets,
    /// Takes nothing more once it has refused something.
    Sulks,
}

#[derive(Clone, PartialEq)]
struct DoubleHub {
    inner: TrackingHub,
    wrong: WrongHub,
    refused: u32,
}

impl Sees for DoubleHub {
    fn in_sight(&self, scene: &CommitScene) -> usize {
        self.inner.in_sight(scene)
    }
}

impl Hub for DoubleHub {
    fn step(&mut self, now: Time, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Result<(), Refused> {
        let no = || Err(Refused::new(reason::BAD_SIGNATURE, "no"));
        match self.wrong {
            WrongHub::Refuses => return no(),
            WrongHub::Sulks if self.refused > 0 => return no(),
            WrongHub::Forgets => {
                let mut copy = self.inner.clone();
                return copy.step(now, from, input, &mut vec![]);
            }
            _ => {}
        }
        let done = self.inner.step(now, from, input, out);
        if done.is_err() {
            match self.wrong {
                WrongHub::Changes => self.refused += 1,
                WrongHub::Babbles => {
                    out.push(mimicheck::delivery::Effect::Respond(mimicheck::delivery::Response::Done))
                }
                // A hub that sulks does not show it: the change is in what it does next.
                WrongHub::Sulks => self.wrong = WrongHub::Refuses,
                _ => {}
            }
        }
        done
    }
}

#[test]
fn wrong_members_and_hubs_are_reported_and_honest_ones_are_not() {
    let scene = scene(false);
    // A signature that is wrong is what a hub sees.
    let mut signed_wrong = as_it_is(&scene, 1);
    let from_the_end = 33 + 33 + 1;
    let at = signed_wrong.octets.len() - from_the_end - 3;
    signed_wrong.octets[at] ^= 1;
    for subject in &scene.subjects {
        for (wrong, told, goes_on, words) in [
            (Wrong::Takes, vec![changed(&scene, 0)], true, "accepted as"),
            (Wrong::Moves, vec![changed(&scene, 0)], true, "the position changed"),
            (Wrong::Sulks, vec![changed(&scene, 0)], true, "the good commit is refused"),
            (Wrong::Misleads, vec![as_it_is(&scene, 0)], false, "leads elsewhere"),
            (Wrong::Stays, vec![as_it_is(&scene, 0)], false, "staged and not merged"),
        ] {
            let none = None::<TrackingHub>;
            hear(&scene, double(subject.as_ref(), Wrong::Honest), none.clone(), &told, goes_on).unwrap();
            let what = hear(&scene, double(subject.as_ref(), wrong), none, &told, goes_on).unwrap_err();
            assert!(what.contains(words), "{wrong:?}: {what}");
        }
        for (wrong, told, goes_on, words) in [
            (WrongHub::Refuses, vec![as_it_is(&scene, 0)], false, "the hub refuses it"),
            (WrongHub::Changes, vec![signed_wrong.clone()], false, "and changed"),
            (WrongHub::Babbles, vec![signed_wrong.clone()], false, "with effects"),
            (WrongHub::Forgets, vec![as_it_is(&scene, 0)], false, "nothing came of it"),
            (WrongHub::Sulks, vec![signed_wrong.clone()], true, "refused"),
        ] {
            let hub = |wrong| Some(DoubleHub { inner: scene.hub.clone(), wrong, refused: 0 });
            let member = || double(subject.as_ref(), Wrong::Honest);
            hear(&scene, member(), hub(WrongHub::Honest), &told, goes_on).unwrap();
            let what = hear(&scene, member(), hub(wrong), &told, goes_on).unwrap_err();
            assert!(what.contains(words), "{wrong:?}: {what}");
        }
    }
}

#[test]
fn libraries_that_differ_are_reported() {
    let scene = scene(false);
    let [first, second] = &scene.subjects;
    for (wrong, told, words) in [
        (Wrong::Takes, changed(&scene, 0), "refused by the"),
        (Wrong::Stubborn, as_it_is(&scene, 0), "refused by the"),
        (Wrong::Forks, as_it_is(&scene, 0), "they come apart"),
        (Wrong::Misleads, as_it_is(&scene, 0), "to None"),
    ] {
        let told = [told];
        let honest = |member: &dyn Member| double(member, Wrong::Honest);
        agree(&told, honest(first.as_ref()), honest(second.as_ref())).unwrap();
        for what in [
            agree(&told, double(first.as_ref(), wrong), honest(second.as_ref())),
            agree(&told, honest(first.as_ref()), double(second.as_ref(), wrong)),
        ] {
            let what = what.unwrap_err();
            assert!(what.contains(words), "{wrong:?}: {what}");
        }
    }
}

/// Each allowed difference is one: without its row, the input that shows it is a finding. So a library that mends its
/// ways makes this fail, and the row goes.
#[test]
fn every_allowed_difference_is_shown_by_its_input() {
    for difference in DIFFERENCES {
        let octets = hex::decode(difference.shown_by).unwrap();
        assert_eq!(engines_agree(&octets), Ok(()), "{}", difference.what);
        let key_package = mimicheck::fuzzing::generators::key_packages(&octets[1..], &scene(false));
        let proposal = mimicheck::mls::member::Proposal::Add(key_package);
        let said: Vec<_> = scene(false).committers.iter_mut().map(|member| member.propose(&proposal)).collect();
        let [open, other] = said.try_into().unwrap();
        let (refused, taken) = if difference.first_refuses { (open, other) } else { (other, open) };
        assert!(refused.unwrap_err().said.contains(difference.says), "{}", difference.what);
        taken.unwrap();
    }
}

/// A member whom a commit removes can check less of it than others (RFC 9420 section 12.4.2): one that nobody else takes,
/// as its confirmation tag belongs to no epoch, takes such a member out of the group. True of both libraries.
#[test]
fn whoever_is_removed_believes_a_commit_that_nobody_else_takes() {
    let scene = scene(false);
    for (base, removed) in [(8, 0), (9, 1)] {
        let mut commit = scene.sent[base].fields().unwrap().clone();
        commit.confirmation[0] ^= 1;
        scene.seals.tag(&mut commit);
        let octets = commit.octets().unwrap();
        for (place, subject) in scene.subjects.iter().enumerate() {
            let said = subject.copy().process(&octets);
            match place == removed {
                true => drop(said.unwrap()),
                false => assert_eq!(said.unwrap_err().reason, reason::BAD_CONFIRMATION_TAG),
            }
        }
    }
}

#[test]
fn memory_of_commits_shows_in_nothing() {
    let scene = scene(false);
    let mut stream = Seed::new("fuzz-bites").stream("commits");
    for subject in &scene.subjects {
        let remembered = mimicheck::fuzzing::oracles::Remembered::new(subject.copy());
        for n in 0..60 {
            let told = commits(&stream.octets(24), &scene);
            let none = None::<TrackingHub>;
            let alone = hear(&scene, subject.copy(), none.clone(), &told, true);
            assert_eq!(hear(&scene, remembered.copy(n % 2 == 0), none, &told, true), alone);
        }
    }
}
