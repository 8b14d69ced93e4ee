//! Messages written octet by octet, by hand; what MLS libraries make is walked by the fuzz target's test.

#![allow(clippy::unwrap_used)]

use crate::protocol::{ContentType, Head, MlsMessage, Sender};
use crate::wire::{hex, tls::Reader};

fn octets(text: &str) -> Vec<u8> {
    hex::decode(&text.replace([' ', '\n'], "")).unwrap()
}

fn refusal(text: &str) -> (&'static str, usize, &'static str) {
    let e = MlsMessage::decode(&octets(text)).unwrap_err();
    (e.reason.code(), e.offset, e.field)
}

const LEAF: &str = "01aa 01bb 0001 0161 020001 020001 00 00 020001 01 0000000000000000 ffffffffffffffff 00 01cc";

#[test]
fn private_message() {
    let text = "0001 0002 0167 0000000000000005 03 00 0211220133";
    let message = MlsMessage::decode(&octets(text)).unwrap();
    let head = Head::Private { group_id: b"g".to_vec(), epoch: 5, content: ContentType::Commit };
    assert_eq!(message.head(), &head);
    assert_eq!(message.octets(), octets(text));
}

#[test]
fn public_commit_of_a_member_and_of_a_joiner() {
    let body = format!("00 03 0b 02020909 01 0003 00000001 01 {LEAF} 07 01dd 04 01ee 01ff 01 51 01 52");
    let member = octets(&format!("0001 0001 0167 0000000000000005 01 00000002 {body} 01 53"));
    let mut longer = member.clone();
    longer.push(0);
    let mut r = Reader::new(&longer);
    let message = MlsMessage::read(&mut r).unwrap();
    assert_eq!((message.octets(), r.rest()), (member.as_slice(), [0].as_slice()));
    assert!(matches!(message.head(), Head::Public { sender: Sender::Member(2), content: ContentType::Commit, .. }));

    let joiner = format!("0001 0001 0167 0000000000000005 04 {body}");
    let message = MlsMessage::decode(&octets(&joiner)).unwrap();
    assert!(matches!(message.head(), Head::Public { sender: Sender::NewMemberCommit, .. }));
    let tagged = format!("{joiner} 01 53");
    assert_eq!(refusal(&tagged).0, "wire-trailing");
}

#[test]
fn welcome_and_group_info() {
    let welcome = octets("0001 0003 0001 0e 02 0a0a 01e1 01c1 02 0b0b 01e2 01c2 0199");
    let Head::Welcome { cipher_suite: 1, recipients } = MlsMessage::decode(&welcome).unwrap().head().clone() else {
        panic!("not a Welcome");
    };
    assert_eq!(recipients, [vec![10, 10], vec![11, 11]]);

    let node = format!("29 01 01 {LEAF}");
    let info =
        format!("0001 0004 0001 0001 0167 0000000000000005 01 77 01 88 00 2d 0002 2a {node} 01 66 00000000 01 55");
    let Head::GroupInfo { tree_hash, ratchet_tree, .. } = MlsMessage::decode(&octets(&info)).unwrap().head().clone()
    else {
        panic!("not a GroupInfo");
    };
    assert_eq!((tree_hash, ratchet_tree), (vec![0x77], Some(octets(&node))));
    let broken = info.replace("29 01 01", "29 01 03");
    assert_eq!(refusal(&broken), ("wire-unknown-enum", 29, "node_type"));
}

#[test]
fn what_has_no_form() {
    assert_eq!(refusal("0002 0002"), ("wire-unknown-version", 0, "version"));
    assert_eq!(refusal("0001 0006"), ("wire-unknown-enum", 2, "wire_format"));
    assert_eq!(refusal("0001 0002 0167 0000000000000005 04"), ("wire-unknown-enum", 14, "content_type"));
    let proposal = "0001 0001 0167 0000000000000005 03 00 02 000b 00 01 51";
    assert_eq!(refusal(proposal), ("wire-unknown-proposal-type", 17, "proposal_type"));
    assert!(MlsMessage::decode(&octets(&proposal.replace("000b 00", "000a"))).is_ok());
}

#[test]
fn every_prefix_is_truncated() {
    let key_package = format!("0001 0005 0001 0001 01aa {LEAF} 00 01dd");
    let whole = octets(&key_package);
    assert_eq!(MlsMessage::decode(&whole).unwrap().head(), &Head::KeyPackage { cipher_suite: 1 });
    for end in 0..whole.len() {
        let e = MlsMessage::decode(&whole[..end]).unwrap_err();
        assert_eq!((e.reason.code(), e.offset), ("wire-truncated", end));
    }
}
