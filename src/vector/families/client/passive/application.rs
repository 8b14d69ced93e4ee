use super::super::script::{About, Commit, Script};
use super::super::variants::{Play, Stage};
use crate::mls::member::Result;
use crate::reason::mls;
use crate::vector::Case;

pub(super) const SCRIPTS: &[(&str, Play)] =
    &[("message-twice", twice), ("messages-out-of-order", disorder), ("message-of-the-past", past)];

fn twice(stage: &mut Stage) -> Result<Case> {
    let Stage { world, dora } = stage;
    let joined = world.add("alice", &["bob"], &[dora])?;
    let about = About {
        name: "",
        comment: "An application message comes twice; the second time its key is gone. Others are not lost by it.",
        flags: &["replay", "state-after-refusal"],
        requirements: &["rfc9420:9.2:generation-once", "rfc9750:8.4.2:nothing-injected"],
    };
    let mut script = Script::join(&about, dora, &joined);
    let (alice, bob) = (world.leaf("alice")?, world.leaf("bob")?);
    let (first, second) = (world.send("bob", b"first")?, world.send("bob", b"second")?);
    let reasons = &[mls::SECRET_REUSED, mls::UNDECRYPTABLE, mls::MLS_OTHER];
    script = script.read("", bob, &first, b"first");
    script = script.refuse("The same again.", &first, reasons);
    script = script.read("", bob, &second, b"second");
    script = script.refuse("The first, for the third time.", &first, reasons);
    let other = world.send("alice", b"another sender")?;
    Ok(script.read("", alice, &other, b"another sender").stays().done())
}

fn disorder(stage: &mut Stage) -> Result<Case> {
    let Stage { world, dora } = stage;
    let joined = world.add("alice", &["bob"], &[dora])?;
    let about = About {
        name: "",
        comment: "Five messages of one sender come in another order, inside one epoch; each is read once.",
        flags: &["out-of-order"],
        requirements: &["rfc9420:15.3:out-of-order", "rfc9750:5.2:order-tolerance", "rfc9750:5.2.2:clients-reconcile"],
    };
    let mut script = Script::join(&about, dora, &joined);
    let bob = world.leaf("bob")?;
    let words: [&[u8]; 5] = [b"one", b"two", b"three", b"four", b"five"];
    let messages = words.iter().map(|word| world.send("bob", word)).collect::<Result<Vec<_>>>()?;
    for place in [2, 0, 4, 1, 3] {
        if let (Some(message), Some(word)) = (messages.get(place), words.get(place)) {
            script = script.read("", bob, message, word);
        }
    }
    Ok(script.stays().done())
}

fn past(stage: &mut Stage) -> Result<Case> {
    let Stage { world, dora } = stage;
    let joined = world.add("alice", &["bob"], &[dora])?;
    let about = About {
        name: "",
        comment: "A message of the epoch before comes after the commit: a client may keep the keys for it, or not.",
        flags: &["out-of-order"],
        requirements: &["rfc9420:15.3:past-epochs"],
    };
    let mut script = Script::join(&about, dora, &joined);
    let (alice, bob) = (Some(world.leaf("alice")?), world.leaf("bob")?);
    let late = world.send("bob", b"late")?;
    let out = world.update("alice")?;
    script = script.follow("", &Commit { out: &out, sender: alice, added: &[], removed: &[] });
    let because = "how long keys of past epochs are kept is the application's choice";
    script = script.may_read("The message of the epoch before.", bob, &late, b"late", because);
    let said = world.send("bob", b"now")?;
    Ok(script.read("One of this epoch.", bob, &said, b"now").stays().done())
}
