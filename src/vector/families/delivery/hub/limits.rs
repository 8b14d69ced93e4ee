use super::scene::{ANN, BEN, CAT, GROUP, OTHER_GROUP, Scene, Sent, asks, commit, says};
use crate::reason::delivery as reason;
use crate::vector::Case;
use crate::vector::forge::traffic::{self, Kind};
use crate::wire::hex;
use serde_json::{Value, json};

/// What a hub refuses for its size it knows unambiguously.
const RULE: &str = "6:unambiguous-criteria";

fn limited(name: &str, comment: &str, limits: Value) -> Scene {
    Scene::with(name, comment, "limits", RULE, json!({ "limits": limits }))
}

pub(super) fn cases() -> Vec<Case> {
    let [one, two, three] = ["one", "two", "three"].map(|text| says(0, text));
    let large = Sent { message: traffic::private_message(GROUP, 0, Kind::Application, &[0x6c; 20_000]), ..says(0, "") };
    let half = Sent { message: traffic::private_message(GROUP, 0, Kind::Application, &[0x6c; 6_000]), ..says(0, "") };
    let asking = commit(0, 0, 1).adding(&[("r0", BEN)]);
    let more = json!({
        "user_id": hex::encode(b"ann"), "bearer_token": hex::encode(b"token"),
        "key_packages": [hex::encode(&traffic::key_package(1, b"two"))],
    });
    let again = commit(1, 1, 2).adding(&[("r1", CAT)]);
    vec![
        limited(
            "limit-messages",
            "A partition takes as many messages as were allowed.",
            json!({"max_messages_per_partition": 2}),
        )
        .send_all(&[&one, &two])
        .send_refused(ANN, &three, &[reason::EXCEEDS_MESSAGES_LIMIT])
        .receive(0, 0, &[&one, &two])
        .end(),
        limited(
            "limit-messages-of-each",
            "A full partition does not fill another.",
            json!({"max_messages_per_partition": 1}),
        )
        .send(ANN, &one)
        .send_refused(ANN, &two, &[reason::EXCEEDS_MESSAGES_LIMIT])
        .send(ANN, &says(1, "elsewhere"))
        .receive(1, 0, &[&says(1, "elsewhere")])
        .end(),
        limited(
            "limit-partitions",
            "Unknown keys open partitions until there are too many.",
            json!({"max_partitions": 3}),
        )
        .send_all(&[&says(1, "x"), &says(2, "y")])
        .send_refused(ANN, &says(3, "z"), &[reason::EXCEEDS_PARTITION_LIMIT])
        .send_all(&[&says(2, "still"), &one])
        .receive(2, 0, &[&says(2, "y"), &says(2, "still")])
        .end(),
        limited("limit-partitions-of-commits", "So do commits.", json!({"max_partitions": 2}))
            .send(ANN, &commit(0, 0, 1))
            .send_refused(ANN, &commit(1, 1, 2), &[reason::EXCEEDS_PARTITION_LIMIT])
            .send(ANN, &commit(1, 1, 0))
            .receive(1, 0, &[&commit(1, 1, 0)])
            .end(),
        limited("limit-message-size", "A message that is too long.", json!({"max_message": 10_000}))
            .send_refused(ANN, &large, &[reason::EXCEEDS_MESSAGE_LIMIT])
            .send(ANN, &half)
            .receive(0, 0, &[&half])
            .end(),
        limited("limit-octets", "A group that is too large.", json!({"max_octets_per_group": 15_000}))
            .send_all(&[&half, &half])
            .send_refused(ANN, &half, &[reason::EXCEEDS_OCTET_LIMIT])
            .send(ANN, &one)
            .receive(0, 0, &[&half, &half, &one])
            .end(),
        limited("limit-welcomes", "Too many Welcomes that wait.", json!({"max_pending_welcomes": 1}))
            .send_pushing(ANN, &asking, &[asks(BEN, &["r0"])])
            .send_refused(ANN, &again, &[reason::EXCEEDS_WELCOME_LIMIT])
            .receive(1, 0, &[])
            .answer(BEN, false, &[])
            .send_pushing(ANN, &again, &[asks(CAT, &["r1"])])
            .end(),
        limited("limit-groups", "Too many groups.", json!({"max_groups": 1}))
            .create_refused(OTHER_GROUP, &[reason::EXCEEDS_GROUP_LIMIT])
            .send(ANN, &one)
            .end(),
        limited("limit-key-packages", "Too many KeyPackages of a user.", json!({"max_key_packages": 1}))
            .upload("ann", "token", &[traffic::key_package(1, b"one")], None)
            .refused("hub/upload", more, &[reason::EXCEEDS_KEY_PACKAGE_LIMIT])
            .take("ann", "token", 1, &traffic::key_package(1, b"one"))
            .take_refused(("ann", "token"), 1, 1, &[reason::NO_SUCH_KEY_PACKAGE])
            .end(),
        Scene::new(
            "group-created-twice",
            "A group is created once, and keeps its messages.",
            "refusal",
            "4.2:unknown-group",
        )
        .send(ANN, &one)
        .create_refused(GROUP, &[reason::GROUP_EXISTS])
        .receive(0, 0, &[&one])
        .end(),
    ]
}
