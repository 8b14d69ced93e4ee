//! Worlds of devices and a hub.

use super::doubles::{DoubleHub, Wrong, WrongHub, cast};
use mimicheck::entropy::Seed;
use mimicheck::fuzzing::generators::{Deed, fork_world};
use mimicheck::fuzzing::memory::Memory;
use mimicheck::fuzzing::oracles::{LIAR, faulted, walked};
use mimicheck::fuzzing::world::{EitherHub, Happens, Person, Setting, Step, World, built, people, somebody};
use mimicheck::mls::hostile::{self, Fault, Saboteur};
use mimicheck::mls::{open, second};

fn world(setting: Setting, people: Vec<Person>, wrong: WrongHub) -> World<DoubleHub> {
    let mut world =
        built(people, setting, DoubleHub { inner: setting.hub(), wrong: WrongHub::Honest, asked: 0 }).unwrap();
    world.hub.wrong = wrong;
    world.hub.asked = 0;
    world
}

/// Two say something and two commit, all before anybody has heard of it.
fn story() -> Vec<Step> {
    vec![Step::Say(0), Step::Say(1), Step::Update(2), Step::Update(3), Step::Say(1), Step::Look(0), Step::Arrive(0)]
}

#[test]
fn wrong_members_are_reported_and_honest_ones_are_not() {
    for setting in Setting::ALL {
        for place in [2, 3] {
            walked(world(setting, cast(setting, Wrong::Honest, place), WrongHub::Honest), &story()).unwrap();
            for (wrong, words) in
                [(Wrong::Deaf, "was lost"), (Wrong::Stubborn, "another in"), (Wrong::Stays, "another in")]
            {
                let mut steps = story();
                // Somebody else's commit comes first.
                steps.insert(0, Step::Update(0));
                let what = walked(world(setting, cast(setting, wrong, place), WrongHub::Honest), &steps).unwrap_err();
                assert!(what.contains(words), "{wrong:?}: {what}");
            }
            let what = built(cast(setting, Wrong::Forks, place), setting, setting.hub()).map(|w| walked(w, &story()));
            assert!(what.unwrap().unwrap_err().contains("one partition key, and two places"));
        }
    }
}

#[test]
fn wrong_hubs_are_reported() {
    for setting in Setting::ALL {
        let cast = || cast(setting, Wrong::Honest, 2);
        for (wrong, words, steps) in [
            (WrongHub::Forgets, "was lost", vec![Step::Say(1)]),
            (WrongHub::Equivocates, "", story()),
            (WrongHub::Withholds, "was lost", vec![Step::Say(1)]),
        ] {
            let said = walked(world(setting, cast(), wrong), &steps);
            assert!(said.as_ref().is_err_and(|what| what.contains(words)), "{wrong:?} {setting:?}: {said:?}");
        }
        // What is refused: a message for a group that the hub does not have.
        let mut lost = world(setting, cast(), WrongHub::Changes);
        lost.hub.inner = setting.hub();
        let what = walked(lost, &story()).unwrap_err();
        assert!(what.contains("the hub refused"), "{what}");
    }
}

/// One device is as it was at the beginning, and has been told nothing.
#[test]
fn who_is_alone_without_anybody_knowing_is_reported() {
    for setting in Setting::ALL {
        for (wrong, known) in [(WrongHub::Honest, true), (WrongHub::Blindfolded, false)] {
            let mut world = world(setting, cast(setting, Wrong::Honest, 2), wrong);
            let mut early = world.seats[3].copy();
            early.known.deceived = true;
            world.step(&Step::Update(0)).unwrap();
            world.quiet().unwrap();
            world.seats[3] = early;
            let said = world.at_last();
            assert_eq!(said.is_ok(), known, "{wrong:?}: {said:?}");
        }
    }
}

#[test]
fn members_who_are_wrong_about_malformed_commits_are_reported() {
    for setting in Setting::ALL {
        let deeds = [Deed { before: vec![], fault: Fault::WrongConfirmationTag }];
        for place in [2, 3] {
            for (wrong, reported) in [(Wrong::Honest, false), (Wrong::Sulks, true), (Wrong::Stubborn, true)] {
                let saboteur = Saboteur::new();
                let mut all = cast(setting, wrong, place);
                all.push(somebody(&hostile::engine(&saboteur), setting, LIAR).unwrap());
                let mut world = built(all, setting, setting.hub()).unwrap();
                world.seats[4].known.liar = true;
                let said = faulted(world, &saboteur, setting, &deeds);
                assert_eq!(said.is_err(), reported, "{wrong:?}: {said:?}");
            }
        }
    }
}

/// A walk by memory is the walk itself.
#[test]
fn memory_of_worlds_shows_in_nothing() {
    for setting in Setting::ALL {
        let fresh = |memory: Option<&Memory>| {
            let people = people([&open::engine(), &second::engine()], setting, memory).unwrap();
            built(people, setting, setting.hub()).unwrap()
        };
        let memory = Memory::default();
        let (known, alone) = (fresh(Some(&memory)), fresh(None));
        let mut stream = Seed::new("fuzz-bites").stream("worlds");
        for _ in 0..12 {
            let steps = fork_world(&stream.octets(60));
            let (mut known, mut alone) = (known.copy(), alone.copy());
            for step in &steps {
                assert_eq!(known.step(step), alone.step(step));
            }
            assert_eq!(known.quiet(), alone.quiet());
            assert_eq!(known.sequenced, alone.sequenced);
            for (known, alone) in known.seats.iter().zip(&alone.seats) {
                assert_eq!(known.device.position(), alone.device.position());
                assert_eq!(known.known, alone.known);
            }
        }
    }
}

/// Random walks mean something only if groups get on, devices go astray, and messages are heard.
#[test]
fn worlds_get_somewhere() {
    let mut stream = Seed::new("fuzz-bites").stream("somewhere");
    let (mut moved, mut heard, mut deceived, mut astray, mut joined, mut out) = (0, 0, 0, 0, 0, 0);
    for n in 0..160 {
        let setting = Setting::ALL[n % 4];
        let people = people([&open::engine(), &second::engine()], setting, None).unwrap();
        let mut world: World<EitherHub> = built(people, setting, setting.hub()).unwrap();
        let steps = fork_world(&stream.octets(90));
        for step in &steps {
            world.step(step).unwrap();
        }
        world.quiet().unwrap_or_else(|e| panic!("{setting:?}: {e}: {steps:?}"));
        let main = world.seats.iter().find(|s| s.is_plain()).and_then(|s| s.device.position().cloned());
        for seat in &world.seats {
            moved += seat.known.been.len() - 1;
            heard += seat.known.heard.len();
            deceived += usize::from(seat.known.deceived);
            joined += usize::from(seat.known.joined);
            out += usize::from(seat.known.out);
            astray += usize::from(main.is_some() && !seat.known.out && seat.device.position() != main.as_ref());
        }
    }
    let found = [moved, heard, deceived, astray, joined, out];
    assert!(found.iter().zip([400, 300, 40, 10, 40, 20]).all(|(n, least)| *n >= least), "{found:?}");
    assert!(Happens::Envelope.deceives() && !Happens::Short.deceives());
}
