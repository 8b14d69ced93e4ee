//! Members.

use super::doubles::{Double, Wrong};
use mimicheck::entropy::Seed;
use mimicheck::fuzzing::generators::{Scene, Spoken, client_messages, scene};
use mimicheck::fuzzing::oracles::{Listener, Remembered, speak};
use mimicheck::mls::member::{Engine, Member, Received};

/// What the oracle says of such a member that is told these messages.
fn said(scene: &Scene, wrong: Wrong, messages: &[&[u8]]) -> std::result::Result<(), String> {
    let messages: Vec<_> = messages.iter().map(|octets| Spoken { octets: octets.to_vec() }).collect();
    let double = || -> Box<dyn Member> { Box::new(Double { inner: scene.subject.copy(), wrong, refused: false }) };
    let said = speak(scene, double(), &messages, true);
    let remembered = Remembered::new(double());
    for _ in 0..2 {
        assert_eq!(
            speak(scene, remembered.copy(true), &messages, true).is_err(),
            said.is_err(),
            "memory hides something"
        );
    }
    said
}

fn every_scene(check: impl Fn(&Scene)) {
    let engines: [&dyn Engine; 2] = [&mimicheck::mls::open::engine(), &mimicheck::mls::second::engine()];
    for (engine, private) in engines.into_iter().flat_map(|engine| [(engine, false), (engine, true)]) {
        check(&scene(engine, private).unwrap());
    }
}

#[test]
fn wrong_members_are_reported_and_honest_ones_are_not() {
    every_scene(|scene| {
        let mut changed = scene.good.clone();
        *changed.last_mut().unwrap() ^= 1;
        for (wrong, messages, told) in [
            (Wrong::Takes, vec![changed.as_slice()], "nobody sent it"),
            (Wrong::Moves, vec![changed.as_slice()], "the position changed"),
            (Wrong::Sulks, vec![changed.as_slice()], "the good commit is refused"),
            (Wrong::Misleads, vec![scene.good.as_slice()], "leads elsewhere"),
            (Wrong::Stays, vec![scene.good.as_slice()], "staged and not merged"),
        ] {
            said(scene, Wrong::Honest, &messages).unwrap();
            let what = said(scene, wrong, &messages).unwrap_err();
            assert!(what.contains(told), "{wrong:?}: {what}");
        }
    });
}

#[test]
fn what_was_left_over_from_refusals_serves_for_good_messages() {
    every_scene(|scene| {
        let broken: Vec<Vec<u8>> = scene
            .valid
            .iter()
            .chain([&scene.good])
            .map(|octets| {
                let mut changed = octets.clone();
                *changed.last_mut().unwrap() ^= 1;
                changed
            })
            .collect();
        for valid in &scene.valid {
            let mut fresh = scene.subject.copy();
            let alone = fresh.process(valid).is_ok();
            let mut tried = scene.subject.copy();
            broken.iter().for_each(|octets| assert!(tried.process(octets).is_err()));
            assert_eq!(tried.process(valid).is_ok(), alone);
        }
    });
}

#[test]
fn memory_shows_in_nothing() {
    every_scene(|scene| {
        let remembered = Remembered::new(scene.subject.copy());
        let mut stream = Seed::new("fuzz-bites").stream("memory");
        let (mut accepted, mut refused) = (0, 0);
        for n in 0..200 {
            let mut octets = stream.octets(24);
            // Every second input begins with messages as they are.
            if n % 2 == 0 {
                octets[1] = 0;
                octets[3] = 0;
            }
            let (mut fresh, mut knowing) = (scene.subject.copy(), remembered.copy(n % 3 == 0));
            for message in client_messages(&octets, scene) {
                let (alone, known) = (fresh.process(&message.octets), knowing.process(&message.octets));
                match (&alone, &known) {
                    (Ok(alone), Ok(known)) => assert_eq!(alone, known),
                    (Err(alone), Err(known)) => assert_eq!(alone.reason, known.reason),
                    _ => panic!("{alone:?}, and by memory {known:?}"),
                }
                *(if alone.is_ok() { &mut accepted } else { &mut refused }) += 1;
                if let Ok(Received::Commit(_)) = alone {
                    fresh.merge().unwrap();
                    knowing.merge().unwrap();
                }
                assert_eq!(Listener::position(&fresh).ok(), knowing.position().ok());
            }
        }
        assert!(accepted > 30 && refused > 30, "{accepted} accepted, {refused} refused");
    });
}
