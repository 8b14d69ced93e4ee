use super::scene::{ANN, BEN, CAT, GROUP, OTHER_GROUP, Scene, commit, says};
use crate::reason::delivery as reason;
use crate::vector::{Case, Verdict};
use serde_json::json;

const COUNTER: &str = "4.4:counter-skips";
const ORDER: &str = "4.4:messages-in-order";
const APART: &str = "3:only-same-key";

pub(super) fn cases() -> Vec<Case> {
    [plain(), apart(), hints()].concat()
}

fn scene(name: &str, comment: &str, flag: &str, rule: &str) -> Scene {
    Scene::new(name, comment, flag, rule)
}

fn plain() -> Vec<Case> {
    let (one, two, three) = (says(0, "one"), says(0, "two"), says(0, "three"));
    let all = [&one, &two, &three];
    let filled = |name, comment| scene(name, comment, "counter", COUNTER).send_all(&all);
    let many: Vec<_> = (0..40).map(|i| says(0, &format!("message {i}"))).collect();
    let many: Vec<_> = many.iter().collect();
    vec![
        scene("receive-nothing", "A new partition holds nothing.", "counter", COUNTER).receive(0, 0, &[]).end(),
        scene("receive-one", "One message, and all of it.", "order", ORDER)
            .send(ANN, &one)
            .receive(0, 0, &[&one])
            .end(),
        scene("receive-order", "Messages come in the order in which they were sent.", "order", ORDER)
            .send_all(&all)
            .receive(0, 0, &all)
            .end(),
        scene("receive-many", "Forty messages in their order, and the last twenty.", "order", ORDER)
            .send_all(&many)
            .receive(0, 0, &many)
            .receive(0, 20, many.get(20..).unwrap_or_default())
            .end(),
        scene("receive-order-of-providers", "The order is the hub's, whoever sent.", "order", ORDER)
            .send(BEN, &two)
            .send(ANN, &one)
            .send(CAT, &three)
            .receive(0, 0, &[&two, &one, &three])
            .end(),
        filled("counter-one", "One message is skipped.").receive(0, 1, &[&two, &three]).end(),
        filled("counter-all-but-one", "All but the last are skipped.").receive(0, 2, &[&three]).end(),
        filled("counter-at-end", "A user who has all of them gets none.").receive(0, 3, &[]).end(),
        filled("counter-beyond-end", "More are skipped than there are.").receive(0, 4, &[]).end(),
        filled("counter-largest", "The largest counter.").receive(0, u32::MAX, &[]).end(),
        filled("receive-twice", "Asking changes nothing, for anybody.")
            .receive(0, 0, &all)
            .receive(0, 0, &all)
            .receive(0, 2, &[&three])
            .receive(0, 0, &all)
            .end(),
        scene("receive-as-it-grows", "A counter stays right while messages come.", "counter", COUNTER)
            .send(ANN, &one)
            .receive(0, 0, &[&one])
            .send(ANN, &two)
            .receive(0, 1, &[&two])
            .send(BEN, &three)
            .receive(0, 2, &[&three])
            .receive(0, 3, &[])
            .end(),
    ]
}

fn apart() -> Vec<Case> {
    let (here, there) = (says(0, "here"), says(9, "there"));
    let (first, later) = (commit(0, 0, 1), says(1, "later"));
    let twin = |group| crate::vector::forge::traffic::private_message(group, 0, KIND, b"the same key");
    let (mut ours, mut theirs) = (says(0, ""), says(0, ""));
    ours.message = twin(GROUP);
    theirs.message = twin(OTHER_GROUP);
    theirs.group = OTHER_GROUP;
    vec![
        scene("partition-apart", "Messages of a partition are for those who name its key.", "apart", APART)
            .send(ANN, &here)
            .send(ANN, &there)
            .receive(0, 0, &[&here])
            .receive(9, 0, &[&there])
            .end(),
        scene("partition-apart-after-commit", "What follows a commit is in another partition.", "apart", APART)
            .send(ANN, &first)
            .send(ANN, &later)
            .receive(0, 0, &[&first])
            .receive(0, 1, &[])
            .receive(1, 0, &[&later])
            .end(),
        scene("partition-counters-apart", "Each partition is counted for itself.", "apart", COUNTER)
            .send(ANN, &here)
            .send(ANN, &first)
            .send(ANN, &later)
            .receive(1, 1, &[])
            .receive(1, 0, &[&later])
            .receive(0, 1, &[&first])
            .end(),
        scene("groups-apart", "The same key in another group is another partition.", "apart", APART)
            .create(OTHER_GROUP, 1, None)
            .send(ANN, &ours)
            .send(ANN, &theirs)
            .receive_in(GROUP, 0, &[&ours])
            .receive_in(OTHER_GROUP, 0, &[&theirs])
            .end(),
        scene(
            "receive-unknown-partition",
            "A key that the hub has not seen is no reason to refuse.",
            "unknown-key",
            RULES,
        )
        .send(ANN, &here)
        .receive(7, 0, &[])
        .must(),
        scene(
            "receive-unknown-group",
            "A group that the hub does not host.",
            "unknown-group",
            "4.2:unknown-group 4.4:unknown-group",
        )
        .receive_refused(OTHER_GROUP, &[reason::UNKNOWN_GROUP])
        .contested(&[
            (Verdict::Reject, "As with a SendRequest: the hub knows no such group."),
            (Verdict::Accept, "The draft lets only sends be rejected; there is nothing to give."),
        ]),
    ]
}

const RULES: &str = "3:no-hard-rules";
const KIND: crate::vector::forge::traffic::Kind = crate::vector::forge::traffic::Kind::Application;

fn hints() -> Vec<Case> {
    let (first, second) = (commit(0, 0, 1), commit(0, 0, 2));
    let (one, two) = (says(1, "on the first branch"), says(2, "on the second branch"));
    let scene = |name, comment| {
        let scene = Scene::with(name, comment, "hints", "4.4:hints-skip-none 4.4:epoch-once", json!({"hints": "all"}));
        scene.send_all(&[&first, &second, &one, &two])
    };
    let open = |scene: Scene| {
        scene.contested(&[
            (Verdict::Accept, "A hub that is set to hint gives every other partition that holds messages."),
            (Verdict::Accept, "Which epochs are in hints is at the hub's discretion, whatever it is set to."),
        ])
    };
    vec![
        open(
            scene("hints-of-both-branches", "Whoever stays behind a fork is told of both branches, whole.")
                .receive_hinted(0, 2, &[], &[(1, &[&one]), (2, &[&two])]),
        ),
        open(
            scene("hints-not-of-what-is-asked", "The partition asked for is in no hint, even with all of it skipped.")
                .receive_hinted(1, 1, &[], &[(0, &[&first, &second]), (2, &[&two])]),
        ),
        open(
            scene("hints-not-for-strangers", "Whoever names a partition that nobody wrote to is told nothing.")
                .receive_hinted(7, 0, &[], &[]),
        ),
        Scene::new("hints-none", "A hub that does not hint says nothing of a fork.", "hints", "4.4:hints-skip-none")
            .send_all(&[&first, &second, &one, &two])
            .receive(0, 0, &[&first, &second])
            .receive(1, 0, &[&one])
            .end(),
    ]
}
