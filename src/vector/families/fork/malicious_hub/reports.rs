use super::scene::{Came, Knows, Scene, answer, commit, hint, plain};
use crate::mls::member::{Position, Result};
use crate::reason::mls;
use crate::vector::Case;
use crate::vector::families::client::variants::{Play, Stage};

pub(super) const SCRIPTS: &[(&str, Play)] = &[
    ("lying-hint", lying_hint),
    ("report-of-nobody-in-particular", not_authentic),
    ("report-that-agrees", agrees),
    ("report-of-an-epoch-before", before),
    ("report-that-is-none", none),
    ("member-comes-back", comes_back),
];

/// The same epoch by its number, and another by its authenticator.
fn elsewhere(here: &Position) -> Position {
    let epoch_authenticator = here.epoch_authenticator.iter().map(|octet| !octet).collect();
    Position { epoch_authenticator, ..here.clone() }
}

fn lying_hint(stage: &mut Stage) -> Result<Case> {
    let comment = "The hub hints at a partition that there is not. The client does not go there, asks nobody to let it in, and believes \
                   of nobody that they are there.";
    let rules = &["forks-1:4:hint", "forks-1:4:nothing-by-itself", "5:no-automatic-rejoin"];
    let scene = Scene::join(stage, (comment, "hints", rules))?;
    let said = stage.world.send("bob", b"said here")?;
    let scene = scene.gets("", hint(vec![0xbd; 32], [plain(&said)]), &[]).together("", &[]);
    let knows = |known, seen| (Some(known), [("hint", "suspicion", None, (1, 1), seen)]);
    let (known, signs) = knows((1, 2), (1, 2));
    let scene = scene.gets("", answer([]), &[]);
    let scene = scene.knows("", &Knows { standing: "doubt", known, signs: &signs, ..Knows::default() });
    let scene = scene.gets("It is read here.", answer([plain(&said)]), &[Came::Says("bob", b"said here")]);
    let out = stage.world.update("alice")?;
    let scene = scene.goes("", answer([commit(&out)]), &[Came::Follows], &out, 0);
    let scene = scene.together("What lies ahead may lead there.", &["alice"]);
    let scene = scene.gets("It does not.", answer([]), &[]);
    let (known, signs) = knows((2, 5), (2, 5));
    let scene = scene.knows("", &Knows { standing: "doubt", known, signs: &signs, ..Knows::default() });
    Ok(scene.done())
}

fn not_authentic(stage: &mut Stage) -> Result<Case> {
    let comment = "Somebody says in a member's name that it is elsewhere. Then the member says so itself.";
    let scene = Scene::join(stage, (comment, "reports", &["forks-1:4:report", "forks-1:4:proof"]))?;
    let other = elsewhere(scene.position());
    let report = |proof| ("report", proof, Some("carol"), (1, 0), (1, 0));
    let scene = scene.told("Anybody could have.", "carol", &other, false).knows(
        "",
        &Knows { standing: "doubt", known: Some((1, 0)), signs: &[report("suspicion")], ..Knows::default() },
    );
    let scene = scene.told("", "carol", &other, true).knows(
        "",
        &Knows {
            standing: "alone",
            known: Some((1, 0)),
            elsewhere: &["carol"],
            signs: &[report("certain")],
            ..Knows::default()
        },
    );
    let scene = scene.told("Less than what is known takes nothing back.", "carol", &other, false).knows(
        "",
        &Knows {
            standing: "alone",
            known: Some((1, 0)),
            elsewhere: &["carol"],
            signs: &[report("certain")],
            ..Knows::default()
        },
    );
    Ok(scene.done())
}

fn agrees(stage: &mut Stage) -> Result<Case> {
    let comment = "A member says that it is in the same epoch.";
    let scene = Scene::join(stage, (comment, "reports", &["forks-1:4:report", "forks-1:4:together"]))?;
    let here = scene.position().clone();
    let scene = scene.told("", "bob", &here, false).together("Anybody could have said so.", &[]);
    let scene = scene.told("", "bob", &here, true).together("", &["bob"]);
    let other = elsewhere(&here);
    let scene = scene.told("", "erin", &other, true).knows(
        "Whoever was heard before is to be heard again.",
        &Knows {
            standing: "alone",
            known: Some((1, 0)),
            elsewhere: &["erin"],
            signs: &[("report", "certain", Some("erin"), (1, 0), (1, 0))],
            ..Knows::default()
        },
    );
    let scene = scene.told("", "bob", &here, true).knows(
        "",
        &Knows {
            standing: "apart",
            known: Some((1, 0)),
            here: &["bob"],
            elsewhere: &["erin"],
            signs: &[("report", "certain", Some("erin"), (1, 0), (1, 0))],
        },
    );
    let scene = scene.told("", "erin", &here, true).together("It is here after all.", &["bob", "erin"]);
    Ok(scene.done())
}

fn before(stage: &mut Stage) -> Result<Case> {
    let comment =
        "Reports of epochs that are over: one that fits says nothing of now, one that does not says since when.";
    let scene = Scene::join(stage, (comment, "reports", &["forks-1:4:report", "forks-1:4:since"]))?;
    let first = scene.position().clone();
    let zero = Position { epoch: 0, ..first.clone() };
    let out = stage.world.update("alice")?;
    let scene = scene.goes("", answer([commit(&out)]), &[Came::Follows], &out, 0);
    let scene = scene.told("Of the epoch before.", "bob", &first, true).together("", &["alice"]);
    let scene = scene.told("Of an epoch that the client was not in.", "bob", &zero, true).together("", &["alice"]);
    let scene = scene.told("", "bob", &elsewhere(&first), true).knows(
        "",
        &Knows {
            standing: "alone",
            known: Some((2, 1)),
            elsewhere: &["bob"],
            signs: &[("report", "certain", Some("bob"), (1, 0), (2, 1))],
            ..Knows::default()
        },
    );
    let scene = scene.told("It takes nothing back.", "bob", &first, true).knows(
        "",
        &Knows {
            standing: "alone",
            known: Some((2, 1)),
            elsewhere: &["bob"],
            signs: &[("report", "certain", Some("bob"), (1, 0), (2, 1))],
            ..Knows::default()
        },
    );
    Ok(scene.done())
}

fn none(stage: &mut Stage) -> Result<Case> {
    let comment = "What says nothing of this group's members is no report.";
    let scene = Scene::join(stage, (comment, "reports", &["forks-1:4:report"]))?;
    let other = elsewhere(scene.position());
    let group = Position { group_id: b"another room".to_vec(), ..other.clone() };
    let scene = scene.not_told("Of another group.", "bob", &group, &[mls::WRONG_GROUP]);
    let scene = scene.not_told("Of somebody who is not there.", "frank", &other, &[mls::UNKNOWN_SENDER]);
    let scene = scene.not_told("Of the client itself.", "dora", &other, &[mls::UNKNOWN_SENDER]);
    Ok(scene.together("", &[]).done())
}

fn comes_back(stage: &mut Stage) -> Result<Case> {
    let comment = "A member that was elsewhere makes the next commit here.";
    let scene = Scene::join(stage, (comment, "reports", &["forks-1:4:over", "forks-1:4:report"]))?;
    let other = elsewhere(scene.position());
    let alone = Knows {
        standing: "alone",
        known: Some((1, 0)),
        elsewhere: &["carol"],
        signs: &[("report", "certain", Some("carol"), (1, 0), (1, 0))],
        ..Knows::default()
    };
    let scene = scene.told("", "carol", &other, true).knows("", &alone);
    let said = stage.world.send("carol", b"on the way for long")?;
    let scene = scene.gets("", answer([plain(&said)]), &[Came::Says("carol", b"on the way for long")]);
    let scene = scene.knows("It may have been said before.", &alone);
    let out = stage.world.update("carol")?;
    let scene = scene.goes("", answer([commit(&out)]), &[Came::Follows], &out, 0);
    Ok(scene.together("Nobody makes a commit of an epoch that it has left for another branch.", &["carol"]).done())
}
