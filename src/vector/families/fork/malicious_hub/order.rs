use super::scene::{Answer, Came, Knows, Scene, answer, commit, plain};
use crate::mls::member::Result;
use crate::reason::delivery;
use crate::vector::Case;
use crate::vector::families::client::damage;
use crate::vector::families::client::variants::{Play, Stage};

pub(super) const SCRIPTS: &[(&str, Play)] = &[
    ("two-orders", two_orders),
    ("messages-in-another-order", swapped),
    ("message-replayed", replayed),
    ("commit-replayed", commit_replayed),
    ("other-octets-in-one-place", rewritten),
    ("message-damaged", damaged),
    ("partition-of-another-branch", other_partition),
];

fn two_orders(stage: &mut Stage) -> Result<Case> {
    let comment = "Two commits of one epoch: the hub gives the client one of them first, and everybody else the other. Only who asks \
                   the others knows.";
    let rules = &[
        "forks-1:4:report",
        "forks-1:4:since",
        "forks-1:4:standing",
        "rfc9750:5.2:partition-detected",
        "rfc9750:5.2.1:first-valid-commit",
    ];
    let scene = Scene::join(stage, (comment, "equivocation", rules))?;
    let mut branch = stage.world.copy();
    let (lost, out) = (stage.world.update("alice")?, branch.update("bob")?);
    let given = answer([commit(&out), commit(&lost)]);
    let scene = scene.goes("", given, &[Came::Follows, Came::Ignores], &out, 0).together("", &["bob"]);
    let carol = ("report", "certain", Some("carol"), (2, 1), (2, 1));
    let scene = scene.told("", "carol", &lost.next, true).knows(
        "What was heard before says nothing of now.",
        &Knows { standing: "alone", known: Some((2, 1)), elsewhere: &["carol"], signs: &[carol], ..Knows::default() },
    );
    let said = branch.send("bob", b"I am here")?;
    let scene = scene.gets("", answer([plain(&said)]), &[Came::Says("bob", b"I am here")]).knows(
        "",
        &Knows { standing: "apart", known: Some((2, 2)), here: &["bob"], elsewhere: &["carol"], signs: &[carol] },
    );
    let (alice, erin) =
        (("report", "certain", Some("alice"), (2, 1), (2, 2)), ("report", "certain", Some("erin"), (2, 1), (2, 2)));
    let scene = scene.told("", "alice", &lost.next, true).knows(
        "Two and two.",
        &Knows {
            standing: "apart",
            known: Some((2, 2)),
            here: &["bob"],
            elsewhere: &["alice", "carol"],
            signs: &[carol, alice],
        },
    );
    let scene = scene.told("", "erin", &lost.next, true).knows(
        "Three are elsewhere, two are here.",
        &Knows {
            standing: "minority",
            known: Some((2, 2)),
            here: &["bob"],
            elsewhere: &["alice", "carol", "erin"],
            signs: &[carol, alice, erin],
        },
    );
    let next = branch.update("bob")?;
    let scene =
        scene.goes("The branch goes on, which mends nothing.", answer([commit(&next)]), &[Came::Follows], &next, 0);
    Ok(scene
        .knows(
            "",
            &Knows {
                standing: "minority",
                known: Some((2, 2)),
                here: &["bob"],
                elsewhere: &["alice", "carol", "erin"],
                signs: &[carol, alice, erin],
            },
        )
        .done())
}

fn swapped(stage: &mut Stage) -> Result<Case> {
    let comment = "Two messages of one sender come in the other order. MLS bears it, and nobody knows.";
    let rules = &["forks-1:4:silence-is-silence", "rfc9750:5.2:order-tolerance"];
    let scene = Scene::join(stage, (comment, "order", rules))?;
    let (one, two) = (stage.world.send("alice", b"one")?, stage.world.send("alice", b"two")?);
    let came = &[Came::Says("alice", b"two"), Came::Says("alice", b"one")];
    Ok(scene.gets("", answer([plain(&two), plain(&one)]), came).together("", &["alice"]).done())
}

fn replayed(stage: &mut Stage) -> Result<Case> {
    let comment = "A message comes once more in a further place. It is ignored, and says nothing of anybody.";
    let rules = &["forks-1:4:replay"];
    let scene = Scene::join(stage, (comment, "order", rules))?;
    let said = stage.world.send("alice", b"once")?;
    let scene = scene.gets("", answer([plain(&said)]), &[Came::Says("alice", b"once")]);
    let scene = scene.gets("", answer([plain(&said), plain(&said)]), &[Came::Ignores, Came::Ignores]);
    let scene = scene.together("", &["alice"]);
    let said = stage.world.send("bob", b"and on")?;
    Ok(scene.gets("", answer([plain(&said)]), &[Came::Says("bob", b"and on")]).together("", &["alice", "bob"]).done())
}

fn commit_replayed(stage: &mut Stage) -> Result<Case> {
    let comment = "The commit that began an epoch comes once more as a message of that epoch.";
    let rules = &["forks-1:4:unreadable", "forks-1:4:over"];
    let scene = Scene::join(stage, (comment, "order", rules))?;
    let out = stage.world.update("alice")?;
    let scene = scene.goes("", answer([commit(&out)]), &[Came::Follows], &out, 0).together("", &["alice"]);
    let scene = scene.gets("", answer([commit(&out)]), &[Came::Ignores]).knows(
        "",
        &Knows {
            standing: "doubt",
            known: Some((2, 2)),
            signs: &[("unreadable", "suspicion", None, (2, 2), (2, 2))],
            ..Knows::default()
        },
    );
    let out = stage.world.update("carol")?;
    let scene = scene.goes("", answer([commit(&out)]), &[Came::Follows], &out, 0);
    Ok(scene.together("What could not be opened in an epoch that is over says nothing any more.", &["carol"]).done())
}

fn rewritten(stage: &mut Stage) -> Result<Case> {
    let comment = "The hub gives other octets for a place than it gave before: one of the two was a lie.";
    let rules = &["forks-1:4:rewritten", "4.4:messages-in-order"];
    let scene = Scene::join(stage, (comment, "order", rules))?;
    let (one, two) = (stage.world.send("alice", b"one")?, stage.world.send("bob", b"two")?);
    let scene = scene.gets("", answer([plain(&one)]), &[Came::Says("alice", b"one")]);
    let again = Answer { first: Some(0), ..answer([plain(&two)]) };
    let sign = ("rewritten", "likely", None, (1, 2), (1, 2));
    let scene = scene
        .gets("What has a place is not read anew.", again, &[])
        .knows("", &Knows { standing: "doubt", known: Some((1, 2)), signs: &[sign], ..Knows::default() });
    let scene = scene.gets("", answer([plain(&two)]), &[Came::Says("bob", b"two")]);
    let out = stage.world.update("carol")?;
    let scene = scene.goes("", answer([commit(&out)]), &[Came::Follows], &out, 0);
    Ok(scene
        .knows(
            "A hub that has lied has lied, whatever follows.",
            &Knows { standing: "doubt", known: Some((1, 2)), here: &["carol"], signs: &[sign], ..Knows::default() },
        )
        .done())
}

fn damaged(stage: &mut Stage) -> Result<Case> {
    let comment = "The hub damages a message. The true one, which comes later, is read.";
    let rules = &["forks-1:4:unreadable", "forks-1:4:over"];
    let scene = Scene::join(stage, (comment, "order", rules))?;
    let said = stage.world.send("alice", b"whole")?;
    let broken = damage::from_end(&said, 3);
    let unreadable = ("unreadable", "suspicion", None, (1, 1), (1, 1));
    let scene = scene.gets("", answer([plain(&broken)]), &[Came::Ignores]);
    let scene = scene.gets("", answer([plain(&said)]), &[Came::Says("alice", b"whole")]).knows(
        "",
        &Knows { standing: "doubt", known: Some((1, 1)), here: &["alice"], signs: &[unreadable], ..Knows::default() },
    );
    let out = stage.world.update("bob")?;
    let scene = scene.goes("", answer([commit(&out)]), &[Came::Follows], &out, 0);
    Ok(scene.together("", &["bob"]).done())
}

fn other_partition(stage: &mut Stage) -> Result<Case> {
    let comment = "The hub answers for the partition of another branch, which the client never asked for.";
    let scene = Scene::join(stage, (comment, "order", &["forks-1:4:only-asked", "3:only-same-key"]))?;
    let other = stage.world.copy().update("erin")?;
    let scene = scene.refuses_answer("", &other.next, &[delivery::NOT_ASKED]).together("", &[]);
    let out = stage.world.update("alice")?;
    let scene = scene.goes("", answer([commit(&out)]), &[Came::Follows], &out, 0);
    Ok(scene.together("", &["alice"]).done())
}
