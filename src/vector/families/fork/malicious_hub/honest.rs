use super::scene::{Answer, Came, Scene, answer, commit, hint, masked, plain};
use crate::mls::member::Result;
use crate::vector::Case;
use crate::vector::families::client::variants::{Play, Stage};

pub(super) const SCRIPTS: &[(&str, Play)] = &[
    ("honest-hub", followed),
    ("said-behind-the-commit", late),
    ("hint-of-the-own-partition", own_hint),
    ("hint-of-the-past", past),
];

const RULES: &[&str] = &["forks-1:4:together", "4.4:processed-in-order", "rfc9750:5.2:delivered-to-all"];

fn followed(stage: &mut Stage) -> Result<Case> {
    let comment = "Messages and commits come in their order. The client knows of nothing, and who was heard.";
    let scene = Scene::join(stage, (comment, "knowledge", RULES))?.together("Nobody was heard yet.", &[]);
    let said = stage.world.send("alice", b"one")?;
    let scene = scene.gets("", answer([plain(&said)]), &[Came::Says("alice", b"one")]).together("", &["alice"]);
    let out = stage.world.update("bob")?;
    let scene = scene.goes("", answer([commit(&out)]), &[Came::Follows], &out, 0);
    let scene =
        scene.together("Whoever made the commit is in the epoch that it began; of others nothing is known.", &["bob"]);
    let scene = scene.gets("Nothing new.", answer([]), &[]).together("", &["bob"]);
    Ok(scene.done())
}

fn late(stage: &mut Stage) -> Result<Case> {
    let comment = "A message stands behind the commit that ends its epoch, which is nobody's fault.";
    let scene = Scene::join(stage, (comment, "knowledge", RULES))?;
    let said = stage.world.send("alice", b"late")?;
    let out = stage.world.update("bob")?;
    let both: &[&[Came<'_>]] = &[&[Came::Follows, Came::Says("alice", b"late")], &[Came::Follows, Came::Ignores]];
    let given = answer([commit(&out), plain(&said)]);
    let scene = scene.goes_either("It may be read or not.", &given, both, &out);
    Ok(scene.together("Either way it says nothing of a fork.", &["bob"]).done())
}

fn own_hint(stage: &mut Stage) -> Result<Case> {
    let comment = "The hub hints at the partition that the client is in. The client reads it like an answer, once.";
    let scene = Scene::join(stage, (comment, "hints", &["forks-1:4:hint", "4.4:hints-others"]))?;
    let said = stage.world.send("alice", b"one")?;
    let here = masked(scene.position());
    let scene = scene.hinted_here("", hint(here, [plain(&said)]), &[Came::Says("alice", b"one")], 1);
    let again = Answer { first: Some(0), ..answer([plain(&said)]) };
    let scene = scene.gets("The same message, as the answer to a question that was asked before.", again, &[]);
    Ok(scene.together("", &["alice"]).done())
}

fn past(stage: &mut Stage) -> Result<Case> {
    let comment =
        "The hub hints at the partition from which the client was added: it was never there, and has no need to be.";
    let scene = Scene::join(stage, (comment, "hints", &["forks-1:4:hint-of-the-past", "4.4:hints-others"]))?;
    let past = scene.past();
    let scene = scene.gets("", past, &[]).gets("", answer([]), &[]).together("An honest hub gives that.", &[]);
    let out = stage.world.update("alice")?;
    let scene = scene.goes("", answer([commit(&out)]), &[Came::Follows], &out, 0).gets("", answer([]), &[]);
    Ok(scene.together("", &["alice"]).done())
}
