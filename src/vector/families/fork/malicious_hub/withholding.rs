use super::scene::{Answer, Came, Knows, Scene, answer, commit, hint, masked, plain};
use crate::mls::member::{Plan, Proposal, Result};
use crate::reason::mls;
use crate::vector::Case;
use crate::vector::families::client::variants::{Play, Stage};

pub(super) const SCRIPTS: &[(&str, Play)] = &[
    ("commit-withheld", commit_withheld),
    ("commit-withheld-and-hinted-at", hinted),
    ("commit-withheld-and-others-heard", heard),
    ("message-withheld", message),
    ("proposal-withheld", proposal),
    ("removal-withheld", removal),
    ("answer-with-a-gap", gap),
];

fn commit_withheld(stage: &mut Stage) -> Result<Case> {
    let comment = "The hub withholds a commit. The client can not know, until a member says where it is and the hub still \
                   says that there is nothing.";
    let rules = &["forks-1:4:silence-is-silence", "forks-1:4:report-from-ahead", "rfc9750:5.2:partition-detected"];
    let scene = Scene::join(stage, (comment, "withholding", rules))?;
    let out = stage.world.update("alice")?;
    let said = stage.world.send("bob", b"after it")?;
    let scene = scene.gets("", answer([]), &[]).gets("", answer([]), &[]);
    let scene = scene.together("Silence alone is silence.", &[]);
    let scene = scene.told("", "bob", &out.next, true).together("Somebody may be faster.", &[]);
    let scene = scene.gets("The hub says that there is nothing more.", answer([]), &[]).knows(
        "",
        &Knows {
            standing: "doubt",
            known: Some((1, 3)),
            signs: &[("report", "suspicion", Some("bob"), (1, 2), (1, 3))],
            ..Knows::default()
        },
    );
    let scene = scene.goes("The commit, late.", answer([commit(&out)]), &[Came::Follows], &out, 0);
    let scene = scene.together("It is over: the report was of this epoch.", &["alice", "bob"]);
    Ok(scene.gets("Nothing is lost.", answer([plain(&said)]), &[Came::Says("bob", b"after it")]).done())
}

fn hinted(stage: &mut Stage) -> Result<Case> {
    let comment = "The hub withholds a commit, and hints at the partition to which it leads.";
    let scene = Scene::join(stage, (comment, "withholding", &["forks-1:4:hint", "4.4:hints-others"]))?;
    let out = stage.world.update("alice")?;
    let said = stage.world.send("bob", b"in the next epoch")?;
    let given = hint(masked(&out.next), [plain(&said)]);
    let scene = scene.gets("", given, &[]).together("A client that lags behind gets this from every hub.", &[]);
    let scene = scene.gets("Nothing leads there.", answer([]), &[]).knows(
        "The hub's word, and no more.",
        &Knows {
            standing: "doubt",
            known: Some((1, 2)),
            signs: &[("hint", "suspicion", None, (1, 1), (1, 2))],
            ..Knows::default()
        },
    );
    let came = &[Came::Follows, Came::Says("bob", b"in the next epoch")];
    let scene = scene.goes("The commit, late: what the hint held is read.", answer([commit(&out)]), came, &out, 1);
    Ok(scene.together("", &["alice", "bob"]).done())
}

fn heard(stage: &mut Stage) -> Result<Case> {
    let comment = "The hub withholds a commit, and gives messages of the next epoch as if they were of this one.";
    let rules = &["forks-1:4:unreadable", "forks-1:4:report-from-ahead"];
    let scene = Scene::join(stage, (comment, "withholding", rules))?;
    let out = stage.world.update("alice")?;
    let said = stage.world.send("bob", b"in the next epoch")?;
    let unreadable = ("unreadable", "suspicion", None, (1, 1), (1, 1));
    let scene = scene
        .gets("", answer([plain(&said)]), &[Came::Ignores])
        .knows("At once.", &Knows { standing: "doubt", known: Some((1, 1)), signs: &[unreadable], ..Knows::default() });
    let scene = scene.gets("", answer([]), &[]).told("", "bob", &out.next, true);
    let scene = scene.gets("", answer([]), &[]).knows(
        "",
        &Knows {
            standing: "doubt",
            known: Some((1, 1)),
            signs: &[unreadable, ("report", "suspicion", Some("bob"), (1, 2), (1, 3))],
            ..Knows::default()
        },
    );
    let scene = scene.goes("", answer([commit(&out)]), &[Came::Follows], &out, 0);
    let scene = scene.gets("In its place.", answer([plain(&said)]), &[Came::Says("bob", b"in the next epoch")]);
    Ok(scene.together("", &["alice", "bob"]).done())
}

fn message(stage: &mut Stage) -> Result<Case> {
    let comment = "The hub withholds an application message for ever. The next one is read, and nobody knows.";
    let rules = &["forks-1:4:silence-is-silence"];
    let scene = Scene::join(stage, (comment, "withholding", rules))?;
    stage.world.send("alice", b"never comes")?;
    let said = stage.world.send("alice", b"second")?;
    let scene = scene.gets("", answer([plain(&said)]), &[Came::Says("alice", b"second")]);
    Ok(scene.together("", &["alice"]).done())
}

fn proposal(stage: &mut Stage) -> Result<Case> {
    let comment = "The hub withholds a proposal; the commit that refers to it can not be followed, until both come.";
    let rules = &["forks-1:4:unreadable", "rfc9750:5.2:proposals-before-commit"];
    let scene = Scene::join(stage, (comment, "withholding", rules))?;
    let frank = stage.world.keys("frank")?;
    let proposal = stage.world.propose("bob", &Proposal::Add(frank.key_package))?;
    let out = stage.world.commit("alice", &Plan::default())?;
    let scene = scene.gets("", answer([commit(&out)]), &[Came::Ignores]).knows(
        "",
        &Knows {
            standing: "doubt",
            known: Some((1, 1)),
            signs: &[("unreadable", "suspicion", None, (1, 1), (1, 1))],
            ..Knows::default()
        },
    );
    let both = answer([plain(&proposal), commit(&out)]);
    let scene = scene.goes("Both.", both, &[Came::Proposes, Came::Follows], &out, 0);
    Ok(scene.together("", &["alice"]).done())
}

fn removal(stage: &mut Stage) -> Result<Case> {
    let comment = "The hub withholds from a client the commit that removes it.";
    let rules = &["forks-1:4:silence-is-silence", "forks-1:4:report-from-ahead", "forks-1:4:removed"];
    let scene = Scene::join(stage, (comment, "withholding", rules))?;
    let out = stage.world.remove("alice", &["dora"])?;
    let scene = scene.gets("", answer([]), &[]).together("", &[]);
    let scene = scene.told("", "erin", &out.next, true).gets("", answer([]), &[]).knows(
        "",
        &Knows {
            standing: "doubt",
            known: Some((1, 2)),
            signs: &[("report", "suspicion", Some("erin"), (1, 1), (1, 2))],
            ..Knows::default()
        },
    );
    let scene = scene.ends("The commit, late.", answer([commit(&out)]));
    Ok(scene.outside("Who is in no group knows of no fork of it.", &[mls::NOT_A_MEMBER]).done())
}

fn gap(stage: &mut Stage) -> Result<Case> {
    let comment = "The hub answers with the second message of a partition to a client that has not had the first.";
    let rules = &["forks-1:4:nothing-skipped", "4.4:counter-received", "4.4:processed-in-order"];
    let scene = Scene::join(stage, (comment, "withholding", rules))?;
    let out = stage.world.copy().update("alice")?;
    let (first, second) = (stage.world.send("bob", b"first")?, stage.world.send("carol", b"second")?);
    let from_one = |messages: Vec<_>| Answer { first: Some(1), ..answer(messages) };
    let scene = scene.gets("It asks for the first.", from_one(vec![plain(&second)]), &[]);
    let scene = scene.gets("Nor does it follow a commit from there.", from_one(vec![commit(&out)]), &[]);
    let scene = scene.together("", &[]);
    let came = &[Came::Says("bob", b"first"), Came::Says("carol", b"second")];
    let scene = scene.gets("Both, in their order.", answer([plain(&first), plain(&second)]), came);
    Ok(scene.together("", &["bob", "carol"]).done())
}
