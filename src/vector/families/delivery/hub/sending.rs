use super::scene::{ANN, BEN, CAT, GROUP, OTHER_GROUP, SUITE, Scene, Sent, commit, key, says, says_in};
use crate::reason::{delivery as reason, mls};
use crate::vector::forge::traffic::{self, From, Kind};
use crate::vector::{Case, Verdict};
use crate::wire::hex;

const SEQUENCE: &str = "4.2:sequenced";
const RULES: &str = "3:no-hard-rules";
const KINDS: &str = "4.2:message-format";

pub(super) fn cases() -> Vec<Case> {
    [taken(), unknown_keys(), refused(), members()].concat()
}

fn with(message: Vec<u8>) -> Sent {
    Sent { message, ..says(0, "") }
}

fn public(kind: Kind) -> Vec<u8> {
    traffic::public_message(GROUP, 0, From::Member(0), kind, b"")
}

fn taken() -> Vec<Case> {
    let proposal = with(traffic::private_message(GROUP, 0, Kind::Proposal, b"sealed"));
    let in_public = with(public(Kind::Proposal));
    let empty = with(traffic::private_message(GROUP, 0, Kind::Application, b""));
    let late = with(traffic::private_message(GROUP, 7, Kind::Application, b"epoch 7"));
    let (one, two) = (says(0, "one"), says(0, "two"));
    vec![
        Scene::new("send-proposals", "Proposals in either framing are sequenced as they are.", "framing", KINDS)
            .send(ANN, &proposal)
            .send(BEN, &in_public)
            .receive(0, 0, &[&proposal, &in_public])
            .end(),
        Scene::new("send-empty-ciphertext", "What is inside is not for the hub to weigh.", "framing", KINDS)
            .send(ANN, &empty)
            .receive(0, 0, &[&empty])
            .end(),
        Scene::new(
            "send-other-epoch",
            "A message of epoch 7 where the first epoch is.",
            "framing",
            "6:unambiguously-invalid",
        )
        .send_either(&late, &[], &[mls::WRONG_EPOCH])
        .end(),
        Scene::new("send-from-anybody", "A provider that was never heard of may have a member.", "providers", SEQUENCE)
            .send(CAT, &one)
            .receive(0, 0, &[&one])
            .end(),
        Scene::new("send-same-octets-twice", "The same message again.", "replay", SEQUENCE)
            .open("4.2:repeated")
            .send(ANN, &one)
            .send(ANN, &one)
            .receive(0, 0, &[&one, &one])
            .contested(&[
                (Verdict::Accept, "Every message is sequenced; members recognise a replay."),
                (Verdict::Accept, "A hub that recognises the octets need not keep them twice."),
            ]),
        Scene::new("send-after-receive", "Reading does not close a partition.", "order", SEQUENCE)
            .send(ANN, &one)
            .receive(0, 0, &[&one])
            .send(ANN, &two)
            .receive(0, 0, &[&one, &two])
            .end(),
    ]
}

fn unknown_keys() -> Vec<Case> {
    let (app, other) = (says(9, "nobody led here"), says(8, "nor here"));
    let proposal = Sent { message: traffic::private_message(GROUP, 3, Kind::Proposal, b"x"), ..says(9, "") };
    let (onward, after) = (commit(5, 9, 8), says_in(6, 8, "after it"));
    let zero = Sent { to: 0, ..says(0, "") };
    vec![
        Scene::new("send-unknown-key", "A key that no commit led to is no reason to refuse.", "unknown-key", RULES)
            .send(ANN, &app)
            .receive(9, 0, &[&app])
            .must(),
        Scene::new("send-unknown-key-proposal", "The same with a proposal.", "unknown-key", RULES)
            .send(ANN, &proposal)
            .receive(9, 0, &[&proposal])
            .must(),
        Scene::new("send-unknown-key-commit", "The same with a commit, which leads on.", "unknown-key", RULES)
            .send(ANN, &onward)
            .send(ANN, &after)
            .receive(9, 0, &[&onward])
            .receive(8, 0, &[&after])
            .must(),
        Scene::new("send-unknown-keys-apart", "Two unknown keys are two partitions.", "unknown-key", RULES)
            .send(ANN, &app)
            .send(ANN, &other)
            .send(BEN, &zero)
            .receive(8, 0, &[&other])
            .receive(9, 0, &[&app])
            .receive(0, 0, &[&zero])
            .must(),
    ]
}

fn refused() -> Vec<Case> {
    let elsewhere = with(traffic::private_message(OTHER_GROUP, 0, Kind::Application, b"elsewhere"));
    let (one, two) = (says(0, "one"), says(0, "two"));
    let fits = commit(0, 0, 1);
    let bad = commit(0, 0, 1).with_info(traffic::group_info(1, GROUP, 1, None));
    let welcome = traffic::welcome(1, &[b"ref"]);
    let kinds = |name, comment, octets: &[u8]| {
        let request = traffic::send_request(octets, &key(0), None);
        Scene::new(name, comment, "framing", KINDS)
            .octets_refused(&request, &[reason::NOT_A_GROUP_MESSAGE])
            .send(ANN, &one)
            .receive(0, 0, &[&one])
            .end()
    };
    let key_package = [vec![0, 1, 0, 5], traffic::key_package(1, b"ann")].concat();
    vec![
        Scene::new("send-unknown-group", "A group that the hub does not host.", "unknown-group", "4.2:unknown-group")
            .send_refused(ANN, &elsewhere, &[reason::UNKNOWN_GROUP])
            .end(),
        Scene::empty(
            "send-no-group",
            "A hub without groups.",
            "unknown-group",
            "4.2:unknown-group",
            serde_json::json!({}),
        )
        .send_refused(ANN, &one, &[reason::UNKNOWN_GROUP])
        .end(),
        Scene::new("refusal-keeps-messages", "A refusal loses nothing.", "refusal", SEQUENCE)
            .send(ANN, &one)
            .send_refused(ANN, &bad, &[reason::TREE_NEEDED])
            .send(ANN, &two)
            .receive(0, 0, &[&one, &two])
            .end(),
        Scene::new("refusal-opens-nothing", "A refused commit leads nowhere.", "refusal", "4.2:tree-needed")
            .send_refused(ANN, &bad, &[reason::TREE_NEEDED])
            .info(&super::scene::info(0, "created"))
            .receive(0, 0, &[])
            .end(),
        Scene::new(
            "refusal-then-the-same-mended",
            "What was refused is taken once it is right.",
            "refusal",
            "4.2:tree-needed",
        )
        .send_refused(ANN, &bad, &[reason::TREE_NEEDED])
        .send(ANN, &fits)
        .receive(0, 0, &[&fits])
        .end(),
        kinds("send-welcome", "A Welcome is no message of a group.", &welcome),
        kinds("send-group-info", "A GroupInfo is no message of a group.", &traffic::group_info(1, GROUP, 0, None)),
        kinds("send-key-package", "A KeyPackage is no message of a group.", &key_package),
        Scene::new(
            "send-application-in-clear",
            "Application data in a PublicMessage.",
            "framing",
            "rfc9420:6:application-private",
        )
        .send_either(&with(public(Kind::Application)), &[], &[mls::WRONG_WIRE_FORMAT])
        .end(),
    ]
}

/// What providers cannot know: how many users send, and who of them is a member still.
fn members() -> Vec<Case> {
    let many: Vec<Sent> = (0..120).map(|n| says(0, &format!("message {n}"))).collect();
    let many: Vec<&Sent> = many.iter().collect();
    let (proposal, leads_on) = (with(public(Kind::Proposal)), commit(0, 0, 1));
    let (late, after) = (says(0, "still here"), says(1, "after the removal"));
    let cut = traffic::receive_request(&masked_head(1), 0);
    let asks = serde_json::json!({"from": CAT, "group_id": hex::encode(GROUP), "request": hex::encode(&cut)});
    let nothing = serde_json::json!({"response": hex::encode(&traffic::receive_response(&[], &[]))});
    vec![
        Scene::new(
            "send-many-of-one-provider",
            "A hundred and twenty messages of one provider in a row: what its users send is not for the hub to ration.",
            "providers",
            "6:no-remote-rate-limit",
        )
        .send_all(&many)
        .receive(0, 90, many.get(90..).unwrap_or_default())
        .must(),
        Scene::new(
            "removed-sends-on",
            "Whoever was removed can send by the group's id, to the partition that it knows; the masked key is no key.",
            "apart",
            "3:removed-user",
        )
        .send(ANN, &leads_on)
        .send(ANN, &after)
        .send(CAT, &late)
        .receive(0, 0, &[&leads_on, &late])
        .answers("hub/receive", asks, nothing)
        .receive(1, 0, &[&after])
        .end(),
        Scene::new(
            "proposal-before-commit",
            "Proposals were sequenced before the commit that may refer to them, and come before it.",
            "order",
            "rfc9750:5.2:proposals-before-commit",
        )
        .send(BEN, &proposal)
        .send(CAT, &with(traffic::private_message(GROUP, 0, Kind::Proposal, b"sealed")))
        .send(ANN, &leads_on)
        .receive(0, 0, &[&proposal, &with(traffic::private_message(GROUP, 0, Kind::Proposal, b"sealed")), &leads_on])
        .end(),
    ]
}

/// The first octets of a masked key, as many as a key has.
fn masked_head(n: u8) -> [u8; 16] {
    let masked = super::scene::masked(SUITE, n);
    std::array::from_fn(|i| masked.get(i).copied().unwrap_or_default())
}
