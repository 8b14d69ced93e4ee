use super::world::{Libraries, Setting, World};
use crate::mls::member::{PrivateKeys, Refusal, Result};
use crate::mls::{open, second};
use crate::protocol::CipherSuite;
use crate::vector::families::build::AlsoRow;
use crate::vector::{Case, Group};
use std::rc::Rc;

/// Makes one session in a world of its own; the name is what it adds to the case's name.
pub(in crate::vector::families) type Play = fn(&mut Stage) -> Result<Case>;

/// A world with a founder, `alice`, and the keys of the client under test, `dora`.
pub(in crate::vector::families) struct Stage {
    /// The group and its people.
    pub world: World,
    /// The client under test.
    pub dora: PrivateKeys,
}

/// A suite and a framing, and the words for them in a case's name.
const VARIANTS: [(CipherSuite, bool, &str); 4] = [
    (CipherSuite::X25519, false, "x25519-public"),
    (CipherSuite::X25519, true, "x25519-private"),
    (CipherSuite::P256, false, "p256-public"),
    (CipherSuite::P256, true, "p256-private"),
];

/// Rules that sessions show beside those that they are named for, by the scripts' names.
pub(in crate::vector::families) fn also(groups: &mut [Group], table: &[AlsoRow]) {
    let named = |case: &Case, name: &str| VARIANTS.iter().any(|(_, _, variant)| case.id == format!("{name}-{variant}"));
    for case in groups.iter_mut().flat_map(|group| &mut group.cases) {
        let shown = table.iter().filter(|(_, names)| names.iter().any(|name| named(case, name)));
        let rules: Vec<_> = shown.map(|(rule, _)| (*rule).to_owned()).collect();
        case.requirements.extend(rules);
    }
}

/// Plays every script in every variant; what a library refuses to play is an error of the family.
pub(in crate::vector::families) fn play(family: &str, scripts: &[(&str, Play)]) -> Result<Vec<Case>> {
    play_in(family, scripts, |_| &[0, 1, 2, 3])
}

/// Plays every script in two variants, which have both suites and both framings, the other two for every other script.
pub(in crate::vector::families) fn play_half(family: &str, scripts: &[(&str, Play)]) -> Result<Vec<Case>> {
    play_in(family, scripts, |place| if place % 2 == 0 { &[0, 3] } else { &[1, 2] })
}

fn play_in(family: &str, scripts: &[(&str, Play)], variants: fn(usize) -> &'static [usize]) -> Result<Vec<Case>> {
    let libraries = Libraries(Rc::new(open::engine()), Rc::new(second::engine()));
    let mut cases = vec![];
    for (place, (name, script)) in scripts.iter().enumerate() {
        for (suite, private, variant) in variants(place).iter().filter_map(|at| VARIANTS.get(*at)).copied() {
            let at = |e: Refusal| Refusal { said: format!("{family}/{name}-{variant}: {}", e.said), ..e };
            let seed = format!("{} {family} {name} {variant}", super::super::build::SEED);
            let setting = Setting { suite, private, seed };
            let world = World::new(libraries.clone(), setting, "alice").map_err(at)?;
            let dora = world.keys("dora").map_err(at)?;
            let mut case = script(&mut Stage { world, dora }).map_err(at)?;
            case.id = format!("{name}-{variant}");
            cases.push(case);
        }
    }
    Ok(cases)
}
