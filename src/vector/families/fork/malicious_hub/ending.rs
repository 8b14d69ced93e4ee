use super::scene::{Came, Knows, Scene, answer, commit, plain};
use crate::mls::member::Result;
use crate::vector::Case;
use crate::vector::families::client::variants::{Play, Stage};
use serde_json::json;

pub(super) const SCRIPTS: &[(&str, Play)] = &[
    ("branch-terminated", terminated),
    ("commit-refused-as-terminated", commit_refused),
    ("own-message-withheld", silence),
    ("own-commit-lost", lost),
    ("said-while-a-commit-waits", queued),
];

const COMMIT: &str = "device/commit";
const REFUSED: &str = "device/refused";

fn terminated(stage: &mut Stage) -> Result<Case> {
    let comment = "The hub takes nothing in this partition any more. The client says so, stays, and does not join anew by itself.";
    let rules = &["5:no-automatic-rejoin", "5:termination-told", "forks-1:4:terminated", "forks-1:4:nothing-by-itself"];
    let scene = Scene::join(stage, (comment, "ended-branch", rules))?;
    let scene = scene.says("", b"is anybody there", &["SendRequest"]);
    let scene = scene.does("", REFUSED, json!({"reason": "branch-terminated"}), &[]);
    let knows = Knows {
        standing: "doubt",
        known: Some((1, 0)),
        signs: &[("terminated", "likely", None, (1, 0), (1, 0))],
        ..Knows::default()
    };
    let scene = scene.knows("", &knows).gets("", answer([]), &[]);
    let scene = scene.knows("", &knows).says("", b"hello?", &["SendRequest"]);
    let scene = scene.does("", REFUSED, json!({"reason": "branch-terminated"}), &[]).knows("", &knows);
    let out = stage.world.update("alice")?;
    let scene = scene.goes("What was there is read.", answer([commit(&out)]), &[Came::Follows], &out, 0);
    Ok(scene.together("Of the next partition nothing was said.", &["alice"]).done())
}

fn commit_refused(stage: &mut Stage) -> Result<Case> {
    let comment = "The hub refuses a commit because the branch is ended, and what waited for it as well.";
    let rules = &["5:no-automatic-rejoin", "forks-1:4:terminated", "forks-1:4:nothing-lost"];
    let scene = Scene::join(stage, (comment, "ended-branch", rules))?;
    let scene = scene.does("", COMMIT, json!({}), &["SendRequest"]).says("It waits.", b"later", &[]);
    let refused = json!({"reason": "branch-terminated"});
    let scene = scene.does("What had waited is sent.", REFUSED, refused, &["SendRequest"]);
    let scene = scene.knows(
        "",
        &Knows {
            standing: "doubt",
            known: Some((1, 0)),
            signs: &[("terminated", "likely", None, (1, 0), (1, 0))],
            ..Knows::default()
        },
    );
    let said = stage.world.send("bob", b"still here")?;
    Ok(scene.gets("Nothing is lost.", answer([plain(&said)]), &[Came::Says("bob", b"still here")]).done())
}

fn silence(stage: &mut Stage) -> Result<Case> {
    let comment = "Something of the client's own does not come back.";
    let rules = &["forks-1:4:silence", "forks-1:4:over"];
    let scene = Scene::join(stage, (comment, "own-messages", rules))?.says("", b"mine", &["SendRequest"]);
    let said = stage.world.send("alice", b"and mine")?;
    let scene = scene.gets("", answer([]), &[]);
    let scene = scene.gets("", answer([plain(&said)]), &[Came::Says("alice", b"and mine")]);
    let scene = scene.together("A hub may be slow.", &["alice"]).gets("", answer([]), &[]).knows(
        "Not so slow.",
        &Knows {
            standing: "doubt",
            known: Some((1, 3)),
            signs: &[("silence", "suspicion", None, (1, 0), (1, 3))],
            ..Knows::default()
        },
    );
    let out = stage.world.update("bob")?;
    let scene = scene.goes("", answer([commit(&out)]), &[Came::Follows], &out, 0);
    Ok(scene.together("It was of an epoch that is over.", &["bob"]).done())
}

fn lost(stage: &mut Stage) -> Result<Case> {
    let comment = "Somebody else's commit comes before the client's own, which is no fork.";
    let rules = &["rfc9750:5.2.1:first-valid-commit", "forks-1:4:together", "forks-1:4:nothing-by-itself"];
    let scene = Scene::join(stage, (comment, "own-messages", rules))?.does("", COMMIT, json!({}), &["SendRequest"]);
    let out = stage.world.update("alice")?;
    let scene = scene.goes("", answer([commit(&out)]), &[Came::Follows], &out, 0).together("", &["alice"]);
    let scene = scene.gets("", answer([]), &[]).gets("", answer([]), &[]).gets("", answer([]), &[]);
    let scene = scene.together("The lost commit is not missed.", &["alice"]);
    Ok(scene.says("", b"and on", &["SendRequest"]).done())
}

fn queued(stage: &mut Stage) -> Result<Case> {
    let comment =
        "What the client's user says while a commit waits is sent in the epoch that follows, whosever commit it was.";
    let rules = &["forks-1:4:nothing-lost"];
    let scene = Scene::join(stage, (comment, "own-messages", rules))?.does("", COMMIT, json!({}), &["SendRequest"]);
    let scene = scene.says("It waits.", b"later", &[]);
    let out = stage.world.update("erin")?;
    let scene = scene.goes_and_sends("", answer([commit(&out)]), &out).together("", &["erin"]);
    let said = stage.world.send("erin", b"go on")?;
    Ok(scene.gets("", answer([plain(&said)]), &[Came::Says("erin", b"go on")]).done())
}
