use super::doubles::{DoubleHub, Wrong, WrongHub, cast};
use super::model::{Happening, Model};
use super::real::Real;
use mimicheck::fuzzing::world::{EitherHub, Setting};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest};
use std::marker::PhantomData;

/// Steps of a walk.
const STEPS: usize = 220;

/// A hub and a framing, by place.
struct Walk<const SETTING: usize>(PhantomData<()>);

impl<const SETTING: usize> StateMachineTest for Walk<SETTING> {
    type SystemUnderTest = Real<EitherHub>;
    type Reference = Model;

    fn init_test(_: &Model) -> Real<EitherHub> {
        let setting = Setting::ALL[SETTING];
        Real::new(cast(setting, Wrong::Honest, 2), setting, setting.hub())
    }

    fn apply(mut real: Real<EitherHub>, after: &Model, happening: Happening) -> Real<EitherHub> {
        real.happen(&happening, after).unwrap_or_else(|e| panic!("{happening:?}: {e}"));
        real
    }
}

fn runner(seed: u8) -> TestRunner {
    let config = Config { failure_persistence: None, max_shrink_iters: 24, cases: 1, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]))
}

/// One walk in this setting.
fn walk<const SETTING: usize>(seed: u8) {
    let strategy = Model::sequential_strategy(STEPS);
    let config = Config::default();
    runner(seed)
        .run(&strategy, |(model, happenings, counter)| {
            Walk::<SETTING>::test_sequential(config.clone(), model, happenings, counter);
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_tracking_hub() {
    walk::<0>(1);
}

#[test]
fn a_blind_hub_and_encrypted_handshakes() {
    walk::<1>(2);
}

#[test]
fn a_tracking_hub_that_hints() {
    walk::<2>(3);
}

#[test]
fn a_blind_hub_that_hints() {
    walk::<3>(4);
}

/// What a walk says of a group in which one member, or the hub, is wrong.
fn said(wrong: Wrong, place: usize, wrong_hub: WrongHub, setting: Setting) -> Result<(), String> {
    let hub = DoubleHub { inner: setting.hub(), wrong: WrongHub::Honest, asked: 0 };
    let mut real = Real::new(cast(setting, wrong, place), setting, hub);
    real.world.hub.wrong = wrong_hub;
    let tree = Model::sequential_strategy(STEPS).new_tree(&mut runner(5)).unwrap();
    let (mut model, happenings, _) = tree.current();
    for happening in happenings {
        model = Model::apply(model, &happening);
        real.happen(&happening, &model)?;
    }
    Ok(())
}

#[test]
fn walks_report_wrong_members_and_hubs() {
    // A hub that reads handshakes keeps much away from members.
    let setting = Setting::ALL[1];
    for (wrong, words) in [
        // Each of the invariants: who shares a key shares an epoch; nothing is lost; a refusal harms nobody; all come to
        // one place.
        (Wrong::Forks, "two places"),
        (Wrong::Deaf, "was lost"),
        (Wrong::Sulks, ""),
        (Wrong::Stubborn, ""),
    ] {
        for place in [2, 3] {
            let said = said(wrong, place, WrongHub::Honest, setting);
            assert!(said.as_ref().is_err_and(|what| what.contains(words)), "{wrong:?}, {place}: {said:?}");
        }
    }
    let setting = Setting::ALL[0];
    for (wrong, words) in
        [(WrongHub::Forgets, ""), (WrongHub::Equivocates, ""), (WrongHub::Withholds, ""), (WrongHub::Changes, "")]
    {
        let said = said(Wrong::Honest, 2, wrong, setting);
        assert!(said.as_ref().is_err_and(|what| what.contains(words)), "{wrong:?}: {said:?}");
    }
}

/// A walk that never goes astray, never removes anybody and never meets a fault would hold of anything.
#[test]
fn walks_get_around() {
    for seed in 1..=5 {
        let tree = Model::sequential_strategy(STEPS).new_tree(&mut runner(seed)).unwrap();
        let (mut model, happenings, _) = tree.current();
        assert_eq!(happenings.len(), STEPS);
        let (mut astray, mut faults, mut back) = (0, 0, 0);
        for happening in &happenings {
            let before = model.together.len();
            model = Model::apply(model, happening);
            astray += usize::from(matches!(happening, Happening::Envelope { .. }));
            faults += usize::from(matches!(happening, Happening::Fault(_)));
            back += usize::from(matches!(happening, Happening::Rejoin(_)) && model.together.len() > before);
        }
        assert!(astray >= 3 && back >= 3 && faults >= 5 && model.epoch > 60, "{astray} {back} {faults} {model:?}");
    }
}
