use super::scene::{Came, Knows, Scene, answer, commit, hint, in_envelope, masked, plain};
use crate::mls::member::Result;
use crate::vector::families::client::variants::{Play, Stage};
use crate::vector::families::fork::policy;
use crate::vector::{Case, Verdict};
use serde_json::json;

pub(super) const SCRIPTS: &[(&str, Play)] = &[
    ("false-next-key", false_key),
    ("false-group-info-for-all", false_info),
    ("false-envelope-followed", followed),
    ("commit-against-policy", against_policy),
];

fn false_key(stage: &mut Stage) -> Result<Case> {
    let comment = "The hub alters the next partition key beside a good commit for one client, and everybody else follows it. The client \
                   ignores it, as the draft says, and knows what that means.";
    let rules = &["4.4:ignore-mismatch", "forks-1:4:envelope", "forks-1:4:heard-elsewhere", "forks-1:4:nothing-lost"];
    let scene = Scene::join(stage, (comment, "envelope", rules))?;
    let mut ahead = stage.world.copy();
    let other = stage.world.copy().update("erin")?;
    let out = ahead.update("alice")?;
    let given = in_envelope(&out, masked(&other.next), &out.group_info);
    let envelope = ("envelope", "likely", Some("alice"), (1, 1), (1, 1));
    let scene = scene.gets("", answer([given]), &[Came::Ignores]).knows(
        "At once.",
        &Knows {
            standing: "alone",
            known: Some((1, 1)),
            elsewhere: &["alice"],
            signs: &[envelope],
            ..Knows::default()
        },
    );
    let said = stage.world.send("bob", b"still here")?;
    let scene = scene.gets("", answer([plain(&said)]), &[Came::Says("bob", b"still here")]).knows(
        "",
        &Knows { standing: "apart", known: Some((1, 2)), here: &["bob"], elsewhere: &["alice"], signs: &[envelope] },
    );
    let (one, two) = (ahead.send("alice", b"on we go")?, ahead.send("carol", b"yes")?);
    let alice = ("heard-elsewhere", "certain", Some("alice"), (1, 1), (1, 3));
    let comment =
        "A hint of the branch that was not followed: the client has its keys, and this is no word of the hub's.";
    let scene = scene.gets(comment, hint(masked(&out.next), [plain(&one)]), &[]).knows(
        "",
        &Knows {
            standing: "apart",
            known: Some((1, 2)),
            here: &["bob"],
            elsewhere: &["alice"],
            signs: &[envelope, alice],
        },
    );
    let carol = ("heard-elsewhere", "certain", Some("carol"), (1, 1), (1, 4));
    let scene = scene.gets("", hint(masked(&out.next), [plain(&one), plain(&two)]), &[]);
    let next = stage.world.update("bob")?;
    let scene = scene.goes("", answer([commit(&next)]), &[Came::Follows], &next, 0).knows(
        "",
        &Knows {
            standing: "apart",
            known: Some((1, 2)),
            here: &["bob"],
            elsewhere: &["alice", "carol"],
            signs: &[envelope, alice, carol],
        },
    );
    Ok(scene.done())
}

fn false_info(stage: &mut Stage) -> Result<Case> {
    let comment = "The hub alters the GroupInfo beside a good commit for everybody, so that nobody follows it, its sender included.";
    let rules = &["4.4:ignore-mismatch", "forks-1:4:envelope", "forks-1:4:over", "forks-1:4:nothing-lost"];
    let scene = Scene::join(stage, (comment, "envelope", rules))?;
    let other = stage.world.copy().update("erin")?;
    let out = stage.world.copy().update("alice")?;
    let given = in_envelope(&out, masked(&out.next), &other.group_info);
    let envelope = ("envelope", "likely", Some("alice"), (1, 1), (1, 1));
    let scene = scene.gets("", answer([given]), &[Came::Ignores]).knows(
        "",
        &Knows {
            standing: "alone",
            known: Some((1, 1)),
            elsewhere: &["alice"],
            signs: &[envelope],
            ..Knows::default()
        },
    );
    let said = stage.world.send("alice", b"it did not work")?;
    let scene = scene.gets("", answer([plain(&said)]), &[Came::Says("alice", b"it did not work")]);
    let scene = scene.together("Its sender is here, so it is over.", &["alice"]);
    let out = stage.world.update("alice")?;
    let scene = scene.goes("", answer([commit(&out)]), &[Came::Follows], &out, 0);
    Ok(scene.together("", &["alice"]).done())
}

fn followed(stage: &mut Stage) -> Result<Case> {
    let comment = "A client that follows a good commit in a false envelope, and says so.";
    let rules = &["4.4:envelope-unauthenticated", "forks-1:4:tampered", "forks-1:4:over"];
    let people = &["bob", "carol", "erin"];
    let scene = Scene::join_with(stage, (comment, "envelope", rules), people, &[("envelope", json!("follow"))])?;
    let other = stage.world.copy().update("erin")?;
    let out = stage.world.update("alice")?;
    let given = in_envelope(&out, masked(&other.next), &out.group_info);
    let scene = scene.goes("", answer([given]), &[Came::Follows], &out, 0).knows(
        "Others may have ignored it.",
        &Knows {
            standing: "doubt",
            known: Some((2, 1)),
            here: &["alice"],
            signs: &[("tampered", "suspicion", None, (1, 1), (1, 1))],
            ..Knows::default()
        },
    );
    let out = stage.world.update("bob")?;
    let scene = scene.goes("", answer([commit(&out)]), &[Came::Follows], &out, 0);
    let scene = scene.together("Who makes the next commit has followed it too.", &["bob"]);
    Ok(scene.done().contested(&[
        (Verdict::Accept, "Nobody signs an envelope; a client may follow and report."),
        (Verdict::Reject, "A client ignores a commit in a false envelope, whatever it is set to."),
    ]))
}

fn against_policy(stage: &mut Stage) -> Result<Case> {
    let comment = "A member commits what the room does not allow. It has followed its commit; nobody else should have.";
    let rules = &["6:violation-ignored", "forks-1:4:policy", "forks-1:4:since", "5:unfollowed-commit"];
    let room = policy::told(&[("erin", policy::BANNED)]);
    let scene = Scene::join_with(stage, (comment, "policy", rules), &["bob", "carol"], &[("room", room)])?;
    let mut ahead = stage.world.copy();
    let out = ahead.add("alice", &["erin"], &[])?;
    let sign = ("policy", "likely", Some("alice"), (1, 1), (1, 1));
    let scene = scene.gets("", answer([commit(&out)]), &[Came::Ignores]).knows(
        "It says nothing of the others.",
        &Knows { standing: "apart", known: Some((1, 1)), elsewhere: &["alice"], signs: &[sign], ..Knows::default() },
    );
    let next = stage.world.update("bob")?;
    let scene = scene.goes("", answer([commit(&next)]), &[Came::Follows], &next, 0);
    let report = ("report", "certain", Some("alice"), (1, 1), (2, 2));
    let scene = scene.told("An epoch of the branch that was not followed.", "alice", &out.next, true).knows(
        "",
        &Knows {
            standing: "apart",
            known: Some((1, 1)),
            here: &["bob"],
            elsewhere: &["alice"],
            signs: &[sign, report],
        },
    );
    Ok(scene.done())
}
