use super::both::excerpt;
use super::differ::excuse;
use super::kept::{Kept, kept, one_in};
use crate::fuzzing::generators::{CommitScene, Told, commits, key_packages};
use crate::fuzzing::oracles::Listener;
use crate::fuzzing::{Verdict, holds};
use crate::mls::member::{Member, Plan, Position, Proposal, Received, Refusal};

/// The same octets for both libraries. The first octet chooses what they are: a KeyPackage whose device signed what it
/// should not have (one in four), or commits, one in eight of them encrypted.
///
/// # Errors
/// What does not hold, in words.
pub fn engines_agree(octets: &[u8]) -> Verdict {
    let (first, rest) = octets.split_first().map_or((0, octets), |(first, rest)| (*first, rest));
    if first % 4 == 3 {
        let kept = kept(false)?;
        return added(&kept.scene, &key_packages(rest, &kept.scene));
    }
    let private = first % 8 == 6;
    let kept = kept(private)?;
    let told = commits(rest, &kept.scene);
    let run = |kept: &Kept, strict: bool| {
        let [first, second] = &kept.subjects;
        agree(&told, first.copy(strict), second.copy(strict))
    };
    let Err(what) = run(&kept, one_in(octets, 8)) else { return Ok(()) };
    run(&Kept::fresh(private)?, true)?;
    Err(format!("only after earlier inputs: {what}"))
}

/// What two members in the same epoch, each with another library, make of the same commits.
///
/// # Errors
/// What does not hold, in words.
pub fn agree<A: Listener, B: Listener>(told: &[Told], mut first: A, mut second: B) -> Verdict {
    for (place, told) in told.iter().enumerate() {
        let what = || format!("commit {place} (of {}): {}", told.base, excerpt(&told.octets));
        let (one, other) = match (first.process(&told.octets), second.process(&told.octets)) {
            (Ok(one), Ok(other)) => (one, other),
            // Who is removed has no secret of the next epoch and believes more than others (RFC 9420 section 12.4.2).
            (Ok(Received::Commit(staged)), Err(_)) | (Err(_), Ok(Received::Commit(staged))) if staged.removes_me => {
                return Ok(());
            }
            (one, other) => {
                alike(one, other).map_err(|e| format!("{}: {e}", what()))?;
                holds(position(&first)? == position(&second)?, || format!("{}: refused, and apart", what()))?;
                continue;
            }
        };
        let (Received::Commit(one), Received::Commit(other)) = (one, other) else {
            return Err(format!("{}: taken for something else than a commit", what()));
        };
        let told_alike = (one.committer, &one.added, &one.removed, &one.aad)
            == (other.committer, &other.added, &other.removed, &other.aad);
        holds(told_alike, || format!("{}: {one:?}, and {other:?}", what()))?;
        if one.removes_me || other.removes_me {
            return Ok(());
        }
        holds(one.next == other.next, || format!("{}: to {:?}, and to {:?}", what(), one.next, other.next))?;
        for merged in [first.merge(), second.merge()] {
            merged.map_err(|e| format!("{}: staged and not merged: {e}", what()))?;
        }
        return holds(position(&first)? == position(&second)?, || format!("{}: they come apart", what()));
    }
    Ok(())
}

fn position(member: &impl Listener) -> Result<Position, String> {
    member.position().map_err(|e| format!("no position: {e}"))
}

/// Whether both accept or both refuse, or differ as they may. Whether both accepted.
fn alike<T, U>(first: Result<T, Refusal>, second: Result<U, Refusal>) -> Result<bool, String> {
    match (first, second) {
        (Ok(_), Ok(_)) => Ok(true),
        (Err(_), Err(_)) => Ok(false),
        (Ok(_), Err(refusal)) if excuse(false, &refusal).is_some() => Ok(false),
        (Err(refusal), Ok(_)) if excuse(true, &refusal).is_some() => Ok(false),
        (Ok(_), Err(refusal)) => Err(format!("accepted by the first, refused by the second: {refusal}")),
        (Err(refusal), Ok(_)) => Err(format!("refused by the first, accepted by the second: {refusal}")),
    }
}

/// A KeyPackage, added by a member of either library: both refuse it, or each follows the other's commit.
fn added(scene: &CommitScene, key_package: &[u8]) -> Verdict {
    let what = |e: String| format!("KeyPackage {}: {e}", crate::wire::hex::encode(key_package));
    let [alice, bob] = &scene.committers;
    let add = || Plan { add: vec![key_package.to_vec()], ..Plan::default() };
    let proposes = |member: &dyn Member| member.copy().propose(&Proposal::Add(key_package.to_vec()));
    if !alike(proposes(alice.as_ref()), proposes(bob.as_ref())).map_err(what)? {
        return Ok(());
    }
    for (committer, other) in [(alice, bob), (bob, alice)] {
        let made = committer.copy().commit(&add()).map_err(|e| what(format!("proposed and not committed: {e}")))?;
        let followed = other.copy().process(&made.commit);
        let received = followed.map_err(|e| what(format!("one library adds it, the other refuses that: {e}")))?;
        let Received::Commit(staged) = received else { return Err(what(format!("{received:?} for a commit"))) };
        holds(staged.next.as_ref() == Some(&made.next), || what("they come apart".into()))?;
    }
    Ok(())
}
