//! What the draft leaves open: octets that another honest reading makes something else of.

use crate::reason::wire as reason;
use crate::vector::families::build::group;
use crate::vector::families::structures::rows::{Bad, bad, decodes};
use crate::vector::forge::delivery::{
    Forged, KEY, MASKED, NEXT, delivered, delivered_commit, epoch, group_info_response, hinted_epoch,
    key_package_request, receive_response, send_request,
};
use crate::vector::forge::mls::{self, SentBy};
use crate::vector::forge::tls::opaque;
use crate::vector::{Case, Group, Verdict};

pub(super) fn groups() -> Vec<Group> {
    vec![group("partition keys with a length", prefixed()), group("other readings", others())]
}

const KEY_RULE: &str = "4.2:partition-key-syntax";

fn prefixed() -> Vec<Case> {
    let row = |name: &str, comment: &str, structure: &'static str, octets: Vec<u8>, reason, offset: Option<usize>| {
        let (name, comment) = (name.to_owned(), comment.to_owned());
        let requirements = &[KEY_RULE];
        bad(
            "delivery",
            Bad { name, comment, flag: "partition-key-syntax", requirements, structure, octets, reason, offset },
        )
        .contested(&[
            (Verdict::Reject, "`opaque PartitionKey<16>` stands for an array of 16 octets, which has no length."),
            (Verdict::Accept, "`opaque PartitionKey<16>` stands for a vector, which has a length of one octet."),
        ])
    };
    let message = mls::private(1).octets();
    let end = message.len() + 16;
    let commit = [vec![16], NEXT.to_vec(), vec![0, 0]].concat();
    vec![
        row(
            "receive-request-prefixed-key",
            "An octet 16 before the partition key.",
            "ReceiveRequest",
            [vec![16], KEY.to_vec(), vec![0, 0, 0, 7]].concat(),
            reason::WIRE_TRAILING,
            Some(20),
        ),
        row(
            "receive-request-prefixed-key-16-bit",
            "Two octets 0 and 16 before the partition key.",
            "ReceiveRequest",
            [vec![0, 16], KEY.to_vec(), vec![0, 0, 0, 7]].concat(),
            reason::WIRE_TRAILING,
            Some(20),
        ),
        row(
            "send-request-prefixed-key",
            "An octet 16 before the partition key.",
            "SendRequest",
            [message, vec![16], KEY.to_vec()].concat(),
            reason::WIRE_TRAILING,
            Some(end),
        ),
        row(
            "commit-data-prefixed-key",
            "An octet 16 before the next partition key.",
            "CommitData",
            commit,
            reason::WIRE_BAD_OPTIONAL,
            Some(16),
        ),
    ]
}

fn others() -> Vec<Case> {
    let accepted = |name, comment, flag, rule: &str, forged: &Forged, readings: [&str; 2]| {
        let [accept, reject] = readings;
        let case = decodes(name, comment, flag, &[rule], forged);
        case.contested(&[(Verdict::Accept, accept), (Verdict::Reject, reject)])
    };
    let application = || mls::public(SentBy::Member, 1, [opaque("application_data", b"in the clear")]);
    let clear = [
        "Nothing in the structure forbids it; whether members take it is for them to say.",
        "RFC 9420 section 6 does not allow application data in a PublicMessage.",
    ];
    let mask = [
        "How long a hash is depends on the group's cipher suite, which the structure does not say.",
        "A masked key is a hash, and no hash is so long.",
    ];
    let tree = mls::extension(2, &mls::ratchet_tree().octets());
    let both = group_info_response(mls::group_info([tree.clone()]), Some(mls::ratchet_tree()));
    let twice = group_info_response(mls::group_info([tree.clone(), tree]), None);
    let hint = hinted_epoch(&[], epoch(vec![]));
    let commit_only = "The masked key of a commit is no reference to its epoch.";
    let referenced = receive_response(
        epoch(vec![delivered_commit(mls::private(3), &MASKED, None)]),
        vec![hinted_epoch(&MASKED, epoch(vec![]))],
    );
    vec![
        accepted(
            "send-request-public-application",
            "Application data in a PublicMessage.",
            "public-application",
            "4.2:public-application",
            &send_request(application(), None),
            clear,
        ),
        accepted(
            "message-public-application",
            "Application data in a PublicMessage.",
            "public-application",
            "4.2:public-application",
            &delivered(application()),
            clear,
        ),
        accepted(
            "message-mask-empty",
            "A masked key without octets.",
            "mask-length",
            "4.4:mask-length",
            &delivered_commit(mls::private(3), &[], None),
            mask,
        ),
        accepted(
            "message-mask-31",
            "A masked key of 31 octets.",
            "mask-length",
            "4.4:mask-length",
            &delivered_commit(mls::private(3), &[0xa1; 31], None),
            mask,
        ),
        accepted("hint-mask-empty", "A masked key without octets.", "mask-length", "4.4:mask-length", &hint, mask),
        accepted(
            "key-package-request-version-2",
            "A KeyPackage of version 2 is asked for.",
            "requested-version",
            "4.1:unknown-version",
            &key_package_request(b"alice", b"token", 2, 1),
            [
                "A version is a number; that there is no such KeyPackage is for the answer to say.",
                "There is no version 2.",
            ],
        ),
        accepted(
            "group-info-response-two-trees",
            "A tree in the GroupInfo, and the same beside it.",
            "two-trees",
            "4.5:two-trees",
            &both,
            [
                "A tree too many does no harm.",
                "The hub may send a tree if there is none in the GroupInfo, and only then.",
            ],
        ),
        accepted(
            "group-info-tree-extension-twice",
            "Two extensions ratchet_tree in one GroupInfo.",
            "two-trees",
            "rfc9420:13.4:extension-once",
            &twice,
            ["What extensions mean is for those who join to judge.", "RFC 9420 allows one extension of each type."],
        ),
        accepted(
            "epoch-begun-and-hinted",
            "A commit names the epoch that a hint is about.",
            "epoch-once-open",
            "4.4:what-refers",
            &referenced,
            [commit_only, "The epoch is referenced by the commit and by the hint, that is twice."],
        ),
        both_keys(),
    ]
}

/// A hint may well be about the epoch that was asked for; the response alone does not say.
fn both_keys() -> Case {
    let hints = vec![hinted_epoch(&MASKED, epoch(vec![delivered(mls::private(1))]))];
    let forged = receive_response(epoch(vec![delivered(mls::private(1))]), hints);
    let comment = "The message of the epoch asked for is in a hint, too.";
    decodes("epoch-asked-for-and-hinted", comment, "epoch-once-open", &["4.4:what-refers"], &forged).contested(&[
        (Verdict::Accept, "Only who asked knows whether the hint is about the same epoch."),
        (Verdict::Reject, "A message belongs to one epoch, so that the same epoch is referenced twice."),
    ])
}
