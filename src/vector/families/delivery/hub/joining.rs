use super::scene::{ANN, BEN, CAT, GROUP, OTHER_GROUP, SUITE, Scene, Sent, commit, info, joins, says};
use crate::reason::delivery as reason;
use crate::vector::forge::traffic::{self, From, Kind};
use crate::vector::{Case, Verdict};
use serde_json::json;

const RECENT: &str = "4.5:most-recent-key";
const VALID: &str = "4.5:validates-request";
const INFO: &str = "4.5:group-info-request";

/// After a fork, which epoch is the most recent.
const WHICH: [(Verdict, &str); 2] = [
    (Verdict::Accept, "The most recent key is that of the latest commit, by time of sequencing."),
    (Verdict::Accept, "It is that of the branch that most members follow, or of the highest epoch."),
];

pub(super) fn cases() -> Vec<Case> {
    [join(), refused(), infos()].concat()
}

fn to(sent: Sent, partition: u8) -> Sent {
    Sent { to: partition, ..sent }
}

fn join() -> Vec<Case> {
    let (left, right) = (commit(0, 0, 1), commit(0, 0, 2));
    let scene = |name, comment| Scene::new(name, comment, "external-join", RECENT);
    let (at_start, later, chained) = (joins(0, 3), to(joins(1, 3), 1), to(joins(1, 4), 3));
    vec![
        scene("join-first-epoch", "A group without commits has one partition.")
            .join(CAT, &at_start, 0)
            .receive(0, 0, &[&at_start])
            .end(),
        scene("join-after-commit", "It goes to the partition that the last commit began.")
            .send(ANN, &left)
            .join(CAT, &later, 1)
            .receive(0, 0, &[&left])
            .receive(1, 0, &[&later])
            .end(),
        scene("join-after-join", "An external commit is a commit: the next one follows it.")
            .join(CAT, &at_start, 0)
            .join(BEN, &chained, 3)
            .receive(0, 0, &[&at_start])
            .receive(3, 0, &[&chained])
            .end(),
        scene("join-not-to-unknown-key", "Messages to a key that no commit led to do not move the group.")
            .send(ANN, &left)
            .send(ANN, &says(9, "nobody led here"))
            .join(CAT, &later, 1)
            .end(),
        scene("join-not-to-busiest", "Nor do messages that come later.")
            .send(ANN, &left)
            .send_all(&[&says(0, "x"), &says(0, "y"), &says(0, "z")])
            .join(CAT, &later, 1)
            .end(),
        scene("join-then-talk", "The joiner sends to the partition that its commit began.")
            .join(CAT, &at_start, 0)
            .send(CAT, &says(3, "hello"))
            .receive(3, 0, &[&says(3, "hello")])
            .end(),
        scene("join-after-fork", "With two branches, the one that was begun last.")
            .open("4.5:which-is-most-recent")
            .send(ANN, &left)
            .send(BEN, &right)
            .join(CAT, &to(joins(1, 3), 2), 2)
            .contested(&WHICH),
        scene("join-after-late-commit-to-old-epoch", "A commit to an old epoch begins the most recent partition.")
            .open("4.5:which-is-most-recent")
            .send_all(&[&left, &commit(1, 1, 4), &right])
            .join(CAT, &to(joins(1, 3), 2), 2)
            .contested(&WHICH),
        Scene::new(
            "join-stale-group-info",
            "The GroupInfo that it joined by is of an older epoch.",
            "external-join",
            VALID,
        )
        .open("4.5:validation")
        .send(ANN, &left)
        .join(CAT, &to(joins(0, 3), 1), 1)
        .contested(&[
            (Verdict::Accept, "A hub that cannot say which epoch a partition is leaves it to the members."),
            (Verdict::Reject, "The epoch of the most recent partition is known: one more than the commit's."),
        ]),
    ]
}

fn refused() -> Vec<Case> {
    let member = |message| Sent { message, ..joins(0, 3) };
    let in_group = |group| traffic::public_message(group, 0, From::Joiner, Kind::Commit, b"");
    let no_tree = joins(0, 3).with_info(traffic::group_info(SUITE, GROUP, 1, None));
    let refused = |name, comment, sent: &Sent, reasons: &[crate::reason::Reason]| {
        Scene::new(name, comment, "external-join", VALID)
            .join_refused(sent, reasons)
            .receive(0, 0, &[])
            .join(CAT, &joins(0, 4), 0)
            .end()
    };
    vec![
        refused(
            "join-unknown-group",
            "A group that the hub does not host.",
            &member(in_group(OTHER_GROUP)),
            &[reason::UNKNOWN_GROUP],
        ),
        refused(
            "join-by-member",
            "A member's commit is no external one.",
            &member(traffic::public_message(GROUP, 0, From::Member(1), Kind::Commit, b"")),
            &[reason::NOT_AN_EXTERNAL_COMMIT],
        ),
        refused(
            "join-in-private-message",
            "Whoever is no member cannot encrypt.",
            &member(traffic::private_message(GROUP, 0, Kind::Commit, b"sealed")),
            &[reason::NOT_A_PUBLIC_MESSAGE, reason::NOT_AN_EXTERNAL_COMMIT],
        ),
        refused("join-without-tree", "Its GroupInfo needs a tree like any other.", &no_tree, &[reason::TREE_NEEDED]),
    ]
}

fn infos() -> Vec<Case> {
    let (left, bare) = (commit(0, 0, 1), commit(1, 1, 2).bare());
    let scene = |name, comment| Scene::new(name, comment, "group-info", INFO);
    let no_tree = traffic::group_info(SUITE, GROUP, 0, None);
    let tree = traffic::ratchet_tree(b"created");
    let created = info(0, "created");
    vec![
        scene("info-of-creation", "That of the first epoch.").info(&created).info(&created).end(),
        scene("info-after-commit", "That of the epoch which the last commit began.")
            .send(ANN, &left)
            .info(&info(1, "0 to 1"))
            .end(),
        scene("info-after-commits", "Each commit brings its own.")
            .send_all(&[&left, &commit(1, 1, 2)])
            .info(&info(2, "1 to 2"))
            .end(),
        scene("info-not-moved-by-messages", "Messages do not change it.")
            .send_all(&[&left, &says(0, "x"), &says(9, "y")])
            .info(&info(1, "0 to 1"))
            .end(),
        scene("info-after-fork", "With two branches, that of the one that was begun last.")
            .open("4.5:which-is-most-recent")
            .send_all(&[&left, &commit(0, 0, 2)])
            .info(&info(1, "0 to 2"))
            .contested(&WHICH),
        scene("info-not-published", "The most recent epoch has none, and that of an older one cannot be joined by.")
            .open("4.5:none-published")
            .send_all(&[&left, &bare])
            .info_refused(GROUP, &[reason::NO_GROUP_INFO])
            .contested(&[
                (Verdict::Reject, "There is none: what it could give describes another epoch."),
                (Verdict::Accept, "It gives the latest that it has."),
            ]),
        Scene::empty("info-never-published", "A group needs none.", "group-info", "4.5:group-info-optional", json!({}))
            .create(GROUP, SUITE, None)
            .info_refused(GROUP, &[reason::NO_GROUP_INFO])
            .join(CAT, &joins(0, 3), 0)
            .end(),
        scene("info-unknown-group", "A group that the hub does not host.")
            .info_refused(OTHER_GROUP, &[reason::UNKNOWN_GROUP])
            .end(),
        Scene::empty("info-tree-beside", "A tree that came beside it may be given so.", "group-info", INFO, json!({}))
            .create_with_tree(&no_tree, &tree)
            .info_with_tree(&no_tree, &tree)
            .end(),
    ]
}
