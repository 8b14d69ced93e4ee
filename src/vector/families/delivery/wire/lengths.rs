//! Lengths at their borders; fields that are too long or too short, and the octets that follow them.

use crate::reason::{Reason, wire as reason};
use crate::vector::families::build::group;
use crate::vector::families::structures::rows::{Bad, bad, decodes, encodes};
use crate::vector::forge::delivery::{KEY, group_info_request, key_package_request, welcome_init_request};
use crate::vector::{Case, Group};

pub(super) fn groups() -> Vec<Group> {
    vec![group("lengths at their borders", borders()), group("too long and too short", sizes())]
}

const LENGTH: &str = "rfc9420:2.1.2:minimal-length";
const WHOLE: &str = "rfc9420:2.1:whole";

fn borders() -> Vec<Case> {
    let mut cases = vec![];
    for length in [1, 62, 63, 64, 65, 255, 256, 16383, 16384, 16385] {
        let forged = group_info_request(&vec![0x67; length]);
        let comment = format!("A group id of {length} octets.");
        let (flag, mut rules) = ("border", vec![LENGTH, "4.5:group-info-request"]);
        if length > 255 {
            // Only these tell which octet of a length comes first.
            rules.push("rfc9420:2.1.2:length-order");
        }
        cases.push(decodes(&format!("decode-length-{length}"), &comment, flag, &rules, &forged));
        cases.push(encodes(&format!("encode-length-{length}"), &comment, flag, &rules, &forged));
    }
    for count in [21, 22] {
        let references = vec![[0x4b; 2].as_slice(); count];
        let forged = welcome_init_request(&references);
        let comment = format!("{count} references of 2 octets: {} octets in all.", 3 * count);
        let name = format!("decode-references-{count}");
        cases.push(decodes(&name, &comment, "border", &[LENGTH, "4.3:welcome-init-request"], &forged));
    }
    let two = |n: u16| [(n | 0x4000).to_be_bytes().to_vec(), vec![0x67; usize::from(n)]].concat();
    let four = |n: u16| [(u32::from(n) | 0x8000_0000).to_be_bytes().to_vec(), vec![0x67; usize::from(n)]].concat();
    for (name, octets) in [
        ("0-in-2", two(0)),
        ("63-in-2", two(63)),
        ("0-in-4", four(0)),
        ("63-in-4", four(63)),
        ("64-in-4", four(64)),
        ("16383-in-4", four(16383)),
    ] {
        let comment = format!("A length of {}.", name.replace("-in-", " in so many octets: "));
        cases.push(row(
            &format!("length-{name}"),
            &comment,
            "minimal-length",
            LENGTH,
            "GroupInfoRequest",
            octets,
            reason::WIRE_LENGTH_NOT_MINIMAL,
            0,
        ));
    }
    let eight = [vec![0xc0, 0, 0, 0, 0, 0, 0, 5], b"group".to_vec()].concat();
    let comment = "A length of eight octets, as in QUIC.";
    cases.push(row(
        "length-in-8",
        comment,
        "length-prefix",
        "rfc9420:2.1.2:length-prefix",
        "GroupInfoRequest",
        eight,
        reason::WIRE_LENGTH_PREFIX,
        0,
    ));
    cases
}

#[allow(clippy::too_many_arguments, reason = "a row of a table")]
fn row(
    name: &str,
    comment: &str,
    flag: &str,
    rule: &str,
    structure: &str,
    octets: Vec<u8>,
    reason: Reason,
    offset: usize,
) -> Case {
    let (name, comment, requirements) = (name.to_owned(), comment.to_owned(), &[rule]);
    bad("delivery", Bad { name, comment, flag, requirements, structure, octets, reason, offset: Some(offset) })
}

fn sizes() -> Vec<Case> {
    let (cut, left) = (reason::WIRE_TRUNCATED, reason::WIRE_TRAILING);
    let key = |n: usize| KEY.iter().copied().chain([16]).take(n).collect::<Vec<_>>();
    let request = |n: usize, counter: &[u8]| [key(n), counter.to_vec()].concat();
    let group_id = |length: u8| [vec![length], b"group".to_vec()].concat();
    let flag = "size";
    vec![
        row(
            "group-id-one-less",
            "The length of the group id is one too small.",
            flag,
            WHOLE,
            "GroupInfoRequest",
            group_id(4),
            left,
            5,
        ),
        row(
            "group-id-one-more",
            "The length of the group id is one too large.",
            flag,
            WHOLE,
            "GroupInfoRequest",
            group_id(6),
            cut,
            6,
        ),
        row(
            "group-id-16-bit-length",
            "The length has two octets, as in TLS.",
            flag,
            WHOLE,
            "GroupInfoRequest",
            [vec![0, 5], b"group".to_vec()].concat(),
            left,
            1,
        ),
        row(
            "partition-key-15",
            "A partition key of 15 octets.",
            flag,
            "4.2:partition-key-16",
            "ReceiveRequest",
            request(15, &[0, 0, 0, 7]),
            cut,
            19,
        ),
        row(
            "partition-key-17",
            "A partition key of 17 octets.",
            flag,
            "4.2:partition-key-16",
            "ReceiveRequest",
            request(17, &[0, 0, 0, 7]),
            left,
            20,
        ),
        row(
            "counter-16-bit",
            "A counter of two octets.",
            flag,
            "4.4:receive-request",
            "ReceiveRequest",
            request(16, &[0, 7]),
            cut,
            18,
        ),
        row(
            "counter-64-bit",
            "A counter of eight octets.",
            flag,
            "4.4:receive-request",
            "ReceiveRequest",
            request(16, &[0, 0, 0, 0, 0, 0, 0, 7]),
            left,
            20,
        ),
        row(
            "version-8-bit",
            "A version of one octet.",
            flag,
            "4.1:key-package-request",
            "KeyPackageRequest",
            vec![1, b'u', 1, b't', 1, 0, 1],
            cut,
            7,
        ),
        row(
            "cipher-suite-32-bit",
            "A cipher suite of four octets.",
            flag,
            "4.1:key-package-request",
            "KeyPackageRequest",
            vec![1, b'u', 1, b't', 0, 1, 0, 0, 0, 1],
            left,
            8,
        ),
        row(
            "references-without-lengths",
            "One reference, without a length of its own.",
            flag,
            "4.3:welcome-init-request",
            "WelcomeInitRequest",
            vec![3, 0x4b, 0x4b, 0x4b],
            cut,
            4,
        ),
        row(
            "references-counted",
            "The number of references in place of the length of all.",
            flag,
            "4.3:welcome-init-request",
            "WelcomeInitRequest",
            vec![1, 2, 0x4b, 0x4b],
            cut,
            2,
        ),
        decodes(
            "user-id-with-length-octets",
            "A user id whose octets look like lengths.",
            flag,
            &["4.1:key-package-request"],
            &key_package_request(&[0xff, 0xc0, 0x40, 0x80], &[0xff; 3], 1, 0x004f),
        ),
    ]
}
