//! Any octets → messages for a member in a known epoch: good ones, changed ones, ones of other epochs and branches,
//! and octets that are none.

use super::mutated;
use crate::entropy::Seed;
use crate::mls::member::{Client, Engine, Member, Plan, Proposal, Result, Settings};
use crate::protocol::CipherSuite;

/// A member, and messages that exist around it.
pub struct Scene {
    /// The member that is spoken to; never changed, only copied.
    pub subject: Box<dyn Member>,
    /// A commit that it follows whatever else it has refused.
    pub good: Vec<u8>,
    /// Messages that it may accept as they are, each once and some only after others.
    pub valid: Vec<Vec<u8>>,
    /// Octets of other epochs, branches and kinds, which it must refuse as they are.
    pub wrong: Vec<Vec<u8>>,
}

/// One of [`Scene`]'s messages, as it is or changed, or octets of no origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// The octets.
    pub octets: Vec<u8>,
}

/// Messages at most in one input.
const MOST: usize = 4;

/// Messages for a scene. The first octet of each says which message it is made of, the second how: as it is, with one
/// octet changed at a place that follows, changed in several places by a seed that follows, or made of the octets
/// themselves. Few are left as they are: what a good message costs is paid by the inputs that are worth it.
#[must_use]
pub fn client_messages(octets: &[u8], scene: &Scene) -> Vec<Spoken> {
    let all: Vec<&Vec<u8>> = scene.valid.iter().chain(&scene.wrong).chain([&scene.good]).collect();
    let mut rest = octets;
    let mut spoken = vec![];
    while let [which, how, tail @ ..] = rest
        && spoken.len() < MOST
        && let Some(base) = usize::from(*which).checked_rem(all.len()).and_then(|i| all.get(i))
    {
        let (octets, tail) = match (how % 16, tail) {
            (0, tail) => ((*base).clone(), tail),
            (1..=6, [high, low, value, tail @ ..]) => (poked(base, u16::from_be_bytes([*high, *low]), *value), tail),
            (7..=11, [a, b, c, d, tail @ ..]) => {
                let seed = format!("{a} {b} {c} {d}");
                (mutated(base, &mut Seed::new(&seed).stream("client_messages")), tail)
            }
            (_, tail) => {
                let (own, tail) = tail.split_at(tail.len().min(usize::from(*which)));
                let head = base.get(..usize::from(how / 2).min(base.len())).unwrap_or_default();
                ([head, own].concat(), tail)
            }
        };
        spoken.push(Spoken { octets });
        rest = tail;
    }
    spoken
}

/// One octet changed, counted from the front or, above the middle of the range, from the end.
pub(super) fn poked(base: &[u8], place: u16, value: u8) -> Vec<u8> {
    let mut changed = base.to_vec();
    let at = usize::from(place & 0x7fff).checked_rem(base.len()).unwrap_or_default();
    let at = if place >= 0x8000 { base.len().saturating_sub(1).saturating_sub(at) } else { at };
    if let Some(octet) = changed.get_mut(at) {
        *octet ^= value.max(1);
    }
    changed
}

/// Where a scene is played.
struct Play<'a> {
    engine: &'a dyn Engine,
    private: bool,
}

impl Play<'_> {
    fn device(&self, name: &str) -> Result<Box<dyn Client>> {
        self.engine.client(&Settings {
            identity: name.as_bytes().to_vec(),
            suite: CipherSuite::X25519,
            seed: format!("client_messages {} {name}", self.private),
            encrypt_handshake: self.private,
            application: None,
        })
    }
}

/// A scene with this library: alice, bob and the subject, dora, in an epoch; erin joins from outside.
///
/// # Errors
/// The library's.
pub fn scene(engine: &dyn Engine, private: bool) -> Result<Scene> {
    let play = Play { engine, private };
    let mut alice = play.device("alice")?.create(b"a room")?;
    let (mut bob_device, mut dora_device) = (play.device("bob")?, play.device("dora")?);
    let (for_bob, for_dora) = (bob_device.key_package()?, dora_device.key_package()?);
    let spare = dora_device.key_package()?;
    let added = alice.commit(&Plan { add: vec![for_bob, for_dora], ..Plan::default() })?;
    alice.merge_own()?;
    let welcome = added.welcome.clone().unwrap_or_default();
    let mut bob = bob_device.join(&welcome, Some(&added.ratchet_tree))?;
    let mut subject = dora_device.join(&welcome, Some(&added.ratchet_tree))?;
    let over = alice.commit(&Plan { update: true, ..Plan::default() })?;
    alice.merge_own()?;
    for member in [&mut bob, &mut subject] {
        member.process(&over.commit)?;
        member.merge()?;
    }
    let mut branch = alice.copy();
    let said = [bob.send(b"one", &[])?, bob.send(b"two", &[])?, alice.send(b"three", &[])?];
    let proposal = bob.propose(&Proposal::Update)?;
    let (group_info, tree) = alice.group_info()?;
    let knock = play.device("erin")?.external_join(&group_info, Some(&tree))?.1;
    let good = alice.copy().commit(&Plan { update: true, ..Plan::default() })?.commit;
    let branched = branch.commit(&Plan { update: true, ..Plan::default() })?.commit;
    let by_reference = {
        let mut alice = alice.copy();
        alice.process(&proposal)?;
        alice.commit(&Plan::default())?.commit
    };
    let later = {
        branch.merge_own()?;
        branch.commit(&Plan { update: true, ..Plan::default() })?.commit
    };
    let removal = alice.copy().commit(&Plan { remove: vec![subject.leaf()], ..Plan::default() })?.commit;
    let mut valid = vec![proposal, knock.commit, branched, later, by_reference, removal];
    valid.extend(said);
    let wrong = vec![added.commit, over.commit, welcome, group_info, spare, tree];
    Ok(Scene { subject, good, valid, wrong })
}
