use super::hub::RememberedHub;
use super::kept::{Kept, kept, one_in};
use crate::delivery::{Hub, TrackingHub};
use crate::entropy::Time;
use crate::fuzzing::generators::{CommitScene, Told, commits, hub_name};
use crate::fuzzing::oracles::Listener;
use crate::fuzzing::{Verdict, holds};
use crate::mls::member::{Position, Received};
use crate::wire::hex;

/// What holds for the commits that these octets stand for. The first octet chooses framing (one in eight is encrypted,
/// where a change of fields reaches nothing) member (one in four has mls-rs) and
/// whether the hub hears it as well (one in eight: it costs most).
///
/// # Errors
/// What does not hold, in words.
pub fn commit_bytes(octets: &[u8]) -> Verdict {
    let (first, rest) = octets.split_first().map_or((0, octets), |(first, rest)| (*first, rest));
    let (private, second, hub) = (first % 8 == 7, first / 8 % 4 == 3, first < 0x20);
    let kept = kept(private)?;
    let told = commits(rest, &kept.scene);
    let (strict, goes_on) = (one_in(octets, 8), one_in(octets, 64));
    let run = |kept: &Kept, strict: bool| {
        let subject = kept.subjects.get(usize::from(second)).ok_or("no such member")?;
        let hub = hub.then(|| kept.hub.copy(strict));
        hear(&kept.scene, subject.copy(strict), hub, &told, goes_on)
    };
    let Err(what) = run(&kept, strict) else { return Ok(()) };
    // Copies of a member share what a library left over from its last refusal; nothing may show of it.
    run(&Kept::fresh(private)?, true)?;
    Err(format!("only after earlier inputs: {what}"))
}

/// All of it, heard by a member who stands where the scene's subjects do, and by a hub as it is there; then the first
/// commit of the scene, if it `goes_on`.
///
/// # Errors
/// What does not hold, in words.
pub fn hear<L: Listener, H: Hub + Clone + PartialEq + Sees>(
    scene: &CommitScene,
    mut member: L,
    mut hub: Option<H>,
    told: &[Told],
    goes_on: bool,
) -> Verdict {
    let at = here(&member)?;
    for (place, told) in told.iter().enumerate() {
        let what =
            || format!("commit {place} (of {}, {} octets: {})", told.base, told.octets.len(), excerpt(&told.octets));
        let taken = match &mut hub {
            None => None,
            Some(hub) => asked(scene, hub, told).map_err(|e| format!("{}: {e}", what()))?,
        };
        match member.process(&told.octets) {
            Err(_) => holds(here(&member)? == at, || format!("{}: refused, and the position changed", what()))?,
            Ok(Received::Commit(staged)) => {
                let sent = scene.sent.iter().any(|sent| sent.octets == told.octets);
                // Who is removed has no secret of the next epoch and can not check the confirmation tag (RFC 9420 section
                // 12.4.2): such a member believes whatever the committer signed, others do not.
                let believed = staged.removes_me && scene.is_signed(told);
                holds(sent || believed, || format!("{}: accepted, and nobody sent it", what()))?;
                // A hub takes what only members can refuse, and puts who joins then where that leads: so of what it says
                // to a commit, the first is what counts.
                let refused = taken == Some(false) && !believed && place == 0;
                holds(!refused, || format!("{}: a member takes it, and the hub refuses it", what()))?;
                member.merge().map_err(|e| format!("{}: staged and not merged: {e}", what()))?;
                if staged.removes_me {
                    return Ok(());
                }
                let at = here(&member)?;
                return holds(staged.next.as_ref() == Some(&at), || format!("{}: leads elsewhere", what()));
            }
            Ok(other) => return Err(format!("{}: accepted as {other:?}", what())),
        }
    }
    if !goes_on {
        return Ok(());
    }
    let Some(good) = scene.sent.first() else { return Err("a scene without commits".into()) };
    let good = Told { base: 0, octets: good.octets.clone() };
    let followed = member.process(&good.octets).and_then(|_| member.merge());
    followed.map_err(|e| format!("after {} refusals the good commit is refused: {e}", told.len()))?;
    let taken = hub.as_mut().map(|hub| asked(scene, hub, &good)).transpose()?.flatten();
    holds(taken != Some(false), || "after what it heard, the hub refuses the good commit".into())
}

/// How many epochs a hub has in sight: what is refused may not change it.
pub trait Sees {
    /// That many, of the scene's group.
    fn in_sight(&self, scene: &CommitScene) -> usize;
}

impl Sees for RememberedHub {
    fn in_sight(&self, scene: &CommitScene) -> usize {
        self.hub().in_sight(scene)
    }
}

impl Sees for TrackingHub {
    fn in_sight(&self, scene: &CommitScene) -> usize {
        self.knowledge(&scene.seals.group_id).map_or(0, crate::delivery::Branches::in_sight)
    }
}

/// Whether the hub takes it; `None` where these octets are no request.
fn asked<H: Hub + Clone + PartialEq + Sees>(
    scene: &CommitScene,
    hub: &mut H,
    told: &Told,
) -> Result<Option<bool>, String> {
    let Some(input) = scene.request(told) else { return Ok(None) };
    let (before, mut out) = (hub.clone(), vec![]);
    match hub.step(Time::default(), &hub_name(), input, &mut out) {
        Err(refused) => {
            holds(*hub == before, || format!("the hub refused ({}), and changed", refused.reason))?;
            holds(out.is_empty(), || format!("the hub refused ({}), with effects", refused.reason))?;
            Ok(Some(false))
        }
        Ok(()) => {
            holds(hub.in_sight(scene) > 0, || "the hub lost sight of the epoch".into())?;
            holds(*hub != before && !out.is_empty(), || "the hub took it, and nothing came of it".into())?;
            Ok(Some(true))
        }
    }
}

fn here(member: &impl Listener) -> Result<Position, String> {
    member.position().map_err(|e| format!("no position: {e}"))
}

pub(super) fn excerpt(octets: &[u8]) -> String {
    hex::encode(octets.get(..octets.len().min(40)).unwrap_or_default())
}
