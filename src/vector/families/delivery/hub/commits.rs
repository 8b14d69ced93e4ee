use super::scene::{ANN, BEN, GROUP, OTHER_GROUP, SUITE, Scene, Sent, commit, info, says};
use crate::reason::delivery as reason;
use crate::vector::Case;
use crate::vector::forge::traffic::{self, From, Kind};

const MASKED: &str = "4.4:masked-partition-key";
const FORKS: &str = "5:forks-supported";
const RULES: &str = "3:no-hard-rules";
const TREE: &str = "4.2:tree-needed";

pub(super) fn cases() -> Vec<Case> {
    [carried(), forks(), infos()].concat()
}

/// A group of another cipher suite: its hash masks the keys.
fn in_suite(suite: u16, name: &str, comment: &str) -> Case {
    let mut sent = commit(0, 0, 1).bare();
    sent.suite = suite;
    Scene::empty(name, comment, "masked-key", MASKED, serde_json::json!({}))
        .create(GROUP, suite, None)
        .send(ANN, &sent)
        .receive(0, 0, &[&sent])
        .end()
}

fn carried() -> Vec<Case> {
    let (full, bare) = (commit(0, 0, 1), commit(0, 0, 1).bare());
    let open =
        Sent { message: traffic::public_message(GROUP, 0, From::Member(0), Kind::Commit, b""), ..commit(0, 0, 1) };
    let scene = |name, comment, sent: &Sent| {
        Scene::new(name, comment, "masked-key", MASKED).send(ANN, sent).receive(0, 0, &[sent]).end()
    };
    vec![
        scene("commit-with-group-info", "Members get the masked key of what it begins, and the GroupInfo.", &full),
        scene("commit-without-group-info", "A GroupInfo is optional.", &bare),
        scene("commit-in-public-message", "The same for a commit that anybody can read.", &open),
        in_suite(2, "commit-masked-p256", "SHA-256 masks in suite 2."),
        in_suite(5, "commit-masked-sha512", "SHA-512 masks in suite 5."),
        in_suite(7, "commit-masked-sha384", "SHA-384 masks in suite 7."),
    ]
}

fn forks() -> Vec<Case> {
    let (left, right) = (commit(0, 0, 1), commit(0, 0, 2));
    let (on_left, on_right, behind) = (says(1, "left"), says(2, "right"), says(0, "behind"));
    let (second, third) = (commit(1, 1, 2), commit(2, 2, 3));
    let (back, itself) = (commit(1, 1, 0), commit(0, 0, 0));
    vec![
        Scene::new(
            "fork-both-branches",
            "Two commits of one epoch: both are sequenced, both branches go on.",
            "fork",
            FORKS,
        )
        .send(ANN, &left)
        .send(BEN, &right)
        .send(ANN, &on_left)
        .send(BEN, &on_right)
        .receive(0, 0, &[&left, &right])
        .receive(1, 0, &[&on_left])
        .receive(2, 0, &[&on_right])
        .end(),
        Scene::new(
            "fork-who-stays",
            "A partition goes on after its commits: members may have ignored them.",
            "fork",
            FORKS,
        )
        .send(ANN, &left)
        .send(BEN, &behind)
        .receive(0, 0, &[&left, &behind])
        .end(),
        Scene::new("commits-in-a-row", "Each partition holds its own epoch.", "fork", FORKS)
            .send_all(&[&left, &second, &third])
            .receive(0, 0, &[&left])
            .receive(1, 0, &[&second])
            .receive(2, 0, &[&third])
            .receive(3, 0, &[])
            .end(),
        Scene::new("commit-back", "A commit may name a key that is in use.", "unknown-key", RULES)
            .send_all(&[&left, &back, &behind])
            .receive(0, 0, &[&left, &behind])
            .receive(1, 0, &[&back])
            .must(),
        Scene::new("commit-to-its-own-key", "A commit may even name the key that it is sent to.", "unknown-key", RULES)
            .send_all(&[&itself, &behind])
            .receive(0, 0, &[&itself, &behind])
            .must(),
        Scene::new("commit-opens-before-use", "What a commit begins can be asked for at once.", "fork", FORKS)
            .send(ANN, &left)
            .receive(1, 0, &[])
            .receive(1, 5, &[])
            .end(),
    ]
}

fn infos() -> Vec<Case> {
    let tree = traffic::ratchet_tree(b"0 to 1");
    let without_tree = commit(0, 0, 1).with_info(traffic::group_info(SUITE, GROUP, 1, None));
    let mended = commit(0, 0, 1).with_info(traffic::group_info(SUITE, GROUP, 1, Some(&tree)));
    let other =
        |group: &[u8], suite, epoch| commit(0, 0, 1).with_info(traffic::group_info(suite, group, epoch, Some(&tree)));
    let wrong = |name, comment, sent: &Sent| {
        Scene::new(name, comment, "group-info", "6:unambiguously-invalid")
            .send_either(sent, &[], &[reason::GROUP_INFO_OF_ANOTHER])
            .end()
    };
    let welcome = commit(0, 0, 1).with_info(traffic::welcome(SUITE, &[b"ref"]));
    vec![
        Scene::new("tree-needed", "A blind hub can infer no tree, so the GroupInfo must have one.", "group-info", TREE)
            .send_refused(ANN, &without_tree, &[reason::TREE_NEEDED])
            .receive(0, 0, &[])
            .end(),
        Scene::new("tree-needed-retry", "The same commit is taken with an explicit tree.", "group-info", TREE)
            .send_refused(ANN, &without_tree, &[reason::TREE_NEEDED])
            .send(ANN, &mended)
            .receive(0, 0, &[&mended])
            .info(&traffic::group_info(SUITE, GROUP, 1, Some(&tree)))
            .end(),
        Scene::new("tree-needed-or-no-group-info", "The same commit is taken without a GroupInfo.", "group-info", TREE)
            .send_refused(ANN, &without_tree, &[reason::TREE_NEEDED])
            .send(ANN, &commit(0, 0, 1).bare())
            .receive(0, 0, &[&commit(0, 0, 1).bare()])
            .end(),
        Scene::new(
            "group-info-is-a-welcome",
            "A Welcome where the GroupInfo belongs.",
            "group-info",
            "4.2:group-info-format",
        )
        .send_refused(ANN, &welcome, &[reason::NOT_A_GROUP_INFO])
        .info(&info(0, "created"))
        .end(),
        wrong("group-info-other-group", "A GroupInfo of another group.", &other(OTHER_GROUP, SUITE, 1)),
        wrong("group-info-other-epoch", "A GroupInfo of the epoch before.", &other(GROUP, SUITE, 0)),
        wrong("group-info-other-suite", "A GroupInfo of another cipher suite.", &other(GROUP, 2, 1)),
    ]
}
