//! Long histories by chance, and wrong ones that must be reported.

use super::attacker::Trials;
use super::group::{Seen, World, Wrong};
use mimicheck::protocol::CipherSuite;

/// A history of so many commits; at the end everybody opens what can be opened of all that there ever was.
fn history(seed: &str, suite: CipherSuite, commits: usize, wrong: Wrong) -> Result<(Seen, [usize; 3]), String> {
    let mut world = World::new(seed, suite, wrong);
    for step in 0..commits {
        world.step().map_err(|e| format!("step {step}: {e}"))?;
    }
    let sealed = (commits > 60).then_some(&world.sealed);
    let mut trials = Trials::new(&world.setup, &world.archive, sealed);
    for (name, kept) in &world.kept {
        trials.exactly(name, kept)?;
    }
    Ok((world.seen, [world.sealed.len(), world.archive.len(), world.kept.len()]))
}

#[test]
fn long_histories_hold() {
    for seed in ["one", "two"] {
        let (seen, [keys, nodes, devices]) = history(seed, CipherSuite::X25519, 200, Wrong::Honest).unwrap();
        println!("{seed}: {seen:?}, {keys} keys, {nodes} nodes, {devices} devices");
        let Seen { commits, forks, retries, welcomed, helped, grown, cut, removed } = seen;
        assert!(commits == 200 && forks > 2 && retries > 10 && welcomed > 10, "{seen:?}");
        assert!(helped > 10 && grown > 3 && cut > 3 && removed > 50, "{seen:?}");
        // All that anybody encrypted is somewhere in the hub's archive.
        assert!(keys == nodes && nodes > 1000 && devices > 30);
    }
}

#[test]
fn other_suites_hold() {
    for suite in [CipherSuite::P256, CipherSuite::X_WING] {
        history("suites", suite, 40, Wrong::Honest).unwrap();
    }
}

#[test]
fn wrong_histories_are_reported() {
    for (wrong, what) in [
        (Wrong::SecretOfBefore, "a joiner does not open the tree"),
        (Wrong::SecretForGood, "of no tree of its epochs"),
        (Wrong::Whole, "more than"),
        (Wrong::Loses, "the hub refuses"),
        (Wrong::Hides, "the hub refuses"),
        (Wrong::Differs, "computes another patch"),
        (Wrong::Stale, "a joiner does not open the tree"),
        (Wrong::TellsRemoved, "of no tree of its epochs"),
        (Wrong::Forgets, "does not open node"),
    ] {
        let said = history("wrong", CipherSuite::X25519, 40, wrong).map(drop).unwrap_err();
        assert!(said.contains(what), "{wrong:?}: {said}");
    }
}
