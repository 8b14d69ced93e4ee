use super::{CommitScene, Sent, mutated, poked};
use crate::entropy::Seed;
use crate::fuzzing::forger::changed;

/// One of [`CommitScene::sent`], as it is or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Which it was made of.
    pub base: usize,
    /// The octets.
    pub octets: Vec<u8>,
}

/// Commits at most in one input.
const MOST: usize = 3;

/// Commits for a scene. The first octet of each says which commit it is made of, the second how: as it is, with one
/// octet changed, changed in several places by a seed, or with changed fields. Then it may be left with its old seals,
/// be given a right tag, be signed anew by its sender, and so may what is signed in it.
#[must_use]
pub fn commits(octets: &[u8], scene: &CommitScene) -> Vec<Told> {
    let mut rest = octets;
    let mut told = vec![];
    while let [which, how, tail @ ..] = rest
        && told.len() < MOST
        && let Some(base) = usize::from(*which).checked_rem(scene.sent.len())
        && let Some(sent) = scene.sent.get(base)
    {
        let (made, tail) = match (how % 16, tail) {
            (0, tail) => (sent.octets.clone(), tail),
            (1..=2, [high, low, value, tail @ ..]) => {
                (poked(&sent.octets, u16::from_be_bytes([*high, *low]), *value), tail)
            }
            (3, [a, b, c, d, tail @ ..]) => {
                let seed = format!("{a} {b} {c} {d}");
                (mutated(&sent.octets, &mut Seed::new(&seed).stream("commits")), tail)
            }
            (how, tail) => refielded(scene, sent, how, tail),
        };
        told.push(Told { base, octets: made });
        rest = tail;
    }
    told
}

/// A commit with up to three fields changed, each as four octets say after one that says what is exchanged with what.
fn refielded<'a>(scene: &CommitScene, sent: &Sent, how: u8, octets: &'a [u8]) -> (Vec<u8>, &'a [u8]) {
    let mut rest = octets;
    let Some(mut commit) = sent.fields.clone() else { return (sent.octets.clone(), rest) };
    let changes = if how == 15 { 3 } else { 1 + usize::from(how % 2) };
    for _ in 0..changes {
        let [from, a, b, c, d, tail @ ..] = rest else { break };
        rest = tail;
        let other = usize::from(*from).checked_rem(scene.sent.len()).and_then(|place| scene.sent.get(place));
        let other = other.and_then(|sent| sent.fields.as_ref()).map_or(&commit.content, |commit| &commit.content);
        commit.content = changed(&commit.content, other, [*a, *b, *c, *d]);
    }
    let (place, leaf) = sent.by;
    match how {
        4 => {}
        5 => scene.seals.tag(&mut commit),
        6..=9 => scene.seals.sign(&mut commit, place),
        _ => {
            scene.seals.sign_within(&mut commit.content, leaf);
            scene.seals.sign(&mut commit, place);
        }
    }
    (commit.octets().unwrap_or_default(), rest)
}

/// A KeyPackage (MLSMessage) with as many changes as there are four octets for, three at most, signed anew by its
/// device.
#[must_use]
pub fn key_packages(octets: &[u8], scene: &CommitScene) -> Vec<u8> {
    let (mut made, (changes, _)) = (scene.key_package.clone(), octets.as_chunks::<4>());
    for change in changes.iter().take(3) {
        made = changed(&made, &scene.other_key_package, *change);
    }
    scene.seals.sign_within(&mut made, 0);
    made.octets().unwrap_or_default()
}
