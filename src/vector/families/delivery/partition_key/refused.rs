//! Secrets and suites that give no key.

use super::OP;
use crate::reason::{Reason, delivery as reason};
use crate::vector::families::build::{group, reject};
use crate::vector::{Case, Group, Verdict};
use crate::wire::hex;
use serde_json::json;

pub(super) fn groups() -> Vec<Group> {
    vec![group("secrets of another length", lengths()), group("unknown cipher suites", suites())]
}

fn row(name: &str, comment: &str, flag: &str, rule: &str, suite: u16, length: usize, reason: Reason) -> Case {
    let input = json!({"cipher_suite": suite, "exporter_secret": hex::encode(&vec![0x5e; length]),
        "label": crate::protocol::EXPORTER_LABEL, "context": ""});
    reject(name, comment, &[flag], &[rule], OP, input, reason)
}

fn lengths() -> Vec<Case> {
    let rows =
        [(1, 0), (1, 16), (1, 31), (1, 33), (1, 48), (1, 64), (5, 32), (5, 63), (7, 32), (7, 47), (7, 49), (79, 64)];
    let case = |(suite, length): (u16, usize)| {
        let comment = format!("A secret of {length} octets for cipher suite {suite}.");
        let (name, rule) = (format!("secret-{length}-octets-suite-{suite}"), "rfc9420:8:secret-length");
        let case = row(&name, &comment, "secret-length", rule, suite, length, reason::EXPORTER_SECRET_LENGTH);
        case.contested(&[
            (Verdict::Reject, "An exporter secret has KDF.Nh octets; what has not is none."),
            (Verdict::Accept, "HKDF takes secrets of other lengths, and RFC 9420 asks for no check."),
        ])
    };
    rows.map(case).to_vec()
}

fn suites() -> Vec<Case> {
    let case = |(name, suite): (&str, u16)| {
        let comment = format!("Cipher suite 0x{suite:04x}.");
        row(
            &format!("suite-{name}"),
            &comment,
            "unknown-suite",
            "rfc9420:8.5:exporter",
            suite,
            32,
            reason::UNKNOWN_CIPHER_SUITE,
        )
    };
    let open = |case: Case| {
        case.contested(&[
            (Verdict::Reject, "Nobody has said which hash function this suite has."),
            (Verdict::Accept, "An implementation may have a suite that this one does not know."),
        ])
    };
    let mut cases = vec![case(("reserved", 0)), case(("grease", 0x0a0a))];
    cases.extend([("unassigned", 8), ("private-use", 0xf001), ("largest", 0xffff)].map(case).map(open));
    cases
}
