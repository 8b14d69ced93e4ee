//! Answers that other implementations gave, and what holds for every frank.

use super::*;
use crate::entropy::Seed;
use crate::protocol::Structure;
use crate::protocol::room::{Credential, Frank, FrankingAgentData, Octets};
use crate::reason::franking as reason;
use crate::wire::hex;

const HUB_KEY: [u8; 32] = [7; 32];
const PRIVATE: [u8; 32] = [9; 32];
const ALICE: &str = "mimi://b.example/u/alice";
const ROOM: &str = "mimi://hub.example/r/clubhouse";

/// A text by Alice, written by hand.
fn message(salt: u8, letter: u8) -> Vec<u8> {
    let head =
        [&[0x87, 0x50][..], &[salt; 16], &[0xf6, 0x40, 0xf6, 0xf6, 0xa2, 1, 0x78, 24], ALICE.as_bytes()].concat();
    let room = [&[2, 0x78, 30][..], ROOM.as_bytes()].concat();
    let body = [&[0x85, 1, 0x60, 1, 0x6a][..], b"text/plain", &[0x41, letter]].concat();
    [head, room, body].concat()
}

fn agent(suite: u16) -> FrankingAgentData {
    let credential = [&[0, 1, 18][..], b"mimi://hub.example"].concat();
    let key = super::signature::SigningKey::of(suite, &PRIVATE).unwrap().public();
    FrankingAgentData { franking_signature_key: Octets(key), credential: Credential::decode(&credential).unwrap() }
}

fn stamped(suite: u16, message: &[u8], time: u64) -> Frank {
    let content = FrankedContent::read(message, Framing::Bare).unwrap();
    let context = Context { sender_uri: ALICE.into(), room_uri: ROOM.into(), accepted_timestamp: time };
    let data = authenticated_data(content.franking_tag);
    let hub = Hub { hub_key: &HUB_KEY, franking_private_key: &PRIVATE };
    let submitted = Submitted { authenticated_data: &data, context };
    hub.frank(suite, Some(&agent(suite)), &submitted).unwrap().unwrap()
}

fn received(suite: u16, message: &[u8], frank: Option<&Frank>, time: u64) -> Result<Context, crate::reason::Reason> {
    let tag = FrankedContent::read(message, Framing::Bare).map_or([0; 32], |content| content.franking_tag);
    verified(suite, message, &authenticated_data(tag), frank, time)
}

fn verified(
    suite: u16,
    message: &[u8],
    authenticated_data: &[u8],
    frank: Option<&Frank>,
    time: u64,
) -> Result<Context, crate::reason::Reason> {
    let received = Received {
        cipher_suite: suite,
        franking_agent: Some(&agent(suite)),
        hub_domain: "hub.example",
        authenticated_data,
        application_data: message,
        framing: Framing::Bare,
        sender_uri: ALICE,
        room_uri: ROOM,
        accepted_timestamp: time,
        frank,
    };
    received.verify()
}

fn reported(message: &[u8], frank: &Frank, time: u64) -> Result<Context, crate::reason::Reason> {
    let report = Report {
        hub_key: &HUB_KEY,
        franking_signature_key: &agent(frank.franking_signature_ciphersuite).franking_signature_key.0,
        message_content: message,
        framing: Framing::Bare,
        frank,
        accepted_timestamp: time,
        alleged_abuser_uri: None,
        room_uri: None,
    };
    report.verify()
}

/// Computed with Python's `hmac` and with OpenSSL.
#[test]
fn known_answers() {
    let content = FrankedContent::read(&message(5, b'A'), Framing::Bare).unwrap();
    assert_eq!(hex::encode(&content.franking_tag), "fdbd86e9666395839766fca008afb749ad9251734839904d533dcfaaa52319e5");
    assert_eq!((content.sender_uri.as_str(), content.room_uri.as_str()), (ALICE, ROOM));
    let frank = stamped(1, &message(5, b'A'), 1_700_000_000_123);
    assert_eq!(
        hex::encode(&frank.encode().unwrap()),
        "ccb02c585df938ef16fe87aa1398cb1ad0224fd00a3e968654c5aaaaf31b2776000140405660842671201adb1d34751b7e3a\
         1649bf017892483cd0a2fb4e856ec59448955b386bbad0b5f4fc09e56280e9fa420c10f51756bc079993a155cb1a079b1e0b"
    );
}

#[test]
fn franks_are_verified_and_reports_confirmed() {
    for suite in [1, 2, 3, 79] {
        let (message, time) = (message(5, b'A'), 1_700_000_000_123);
        let frank = stamped(suite, &message, time);
        let context = received(suite, &message, Some(&frank), time).unwrap();
        assert_eq!(reported(&message, &frank, time), Ok(context));
        assert_eq!(received(suite, &message, None, time), Err(reason::NO_FRANK));
        assert_eq!(received(suite, &message, Some(&frank), time + 1), Err(reason::FRANK_SIGNATURE_WRONG));
        assert_eq!(reported(&message, &frank, time + 1), Err(reason::SERVER_FRANK_DIFFERS));
    }
}

/// What the draft's signature leaves open: a follower can exchange what the hub said of two messages of one sender.
#[test]
fn swapped_franks_verify_and_no_report_of_them_is_confirmed() {
    let ((one, two), (early, late)) = ((message(5, b'A'), message(6, b'B')), (1000, 2000));
    let (first, second) = (stamped(1, &one, early), stamped(1, &two, late));
    assert!(received(1, &one, Some(&second), late).is_ok() && received(1, &two, Some(&first), early).is_ok());
    assert_eq!(reported(&one, &second, late), Err(reason::SERVER_FRANK_DIFFERS));
    assert_eq!(reported(&two, &first, early), Err(reason::SERVER_FRANK_DIFFERS));
}

/// Every bit of a message, of its authenticated data and of its frank is bound: none can differ.
#[test]
fn no_bit_can_be_changed() {
    let (message, time) = (message(5, b'A'), 1_700_000_000_123);
    let frank = stamped(1, &message, time);
    let tag = FrankedContent::read(&message, Framing::Bare).unwrap().franking_tag;
    let (data, octets) = (authenticated_data(tag), frank.encode().unwrap());
    let flipped = |octets: &[u8], bit: usize| {
        let mut octets = octets.to_vec();
        octets[bit / 8] ^= 1 << (bit % 8);
        octets
    };
    for bit in 0..message.len() * 8 {
        let other = flipped(&message, bit);
        assert!(verified(1, &other, &data, Some(&frank), time).is_err(), "message, bit {bit}");
        assert!(reported(&other, &frank, time).is_err(), "report, bit {bit}");
    }
    for bit in 0..data.len() * 8 {
        assert!(verified(1, &message, &flipped(&data, bit), Some(&frank), time).is_err(), "data, bit {bit}");
    }
    for bit in 0..octets.len() * 8 {
        if let Ok(other) = Frank::decode(&flipped(&octets, bit)) {
            assert!(verified(1, &message, &data, Some(&other), time).is_err(), "frank, bit {bit}");
        }
    }
}

/// Octets of any kind are taken or refused, and a tag is found where it was put.
#[test]
fn any_authenticated_data_are_read_or_refused() {
    let mut stream = Seed::new("franking").stream("authenticated data");
    let (mut refused, mut without) = (0, 0);
    for _ in 0..20_000 {
        let length = usize::from(stream.array::<1>()[0] % 48);
        let mut data = stream.array::<48>()[..length].to_vec();
        // A plausible length, so that more than the first octet is looked at.
        if let [first, rest @ ..] = data.as_mut_slice() {
            *first = u8::try_from(rest.len()).unwrap();
        }
        match tag_in(&data) {
            Ok(Some(_)) => panic!("a tag of 32 random octets"),
            Ok(None) => without += 1,
            Err(_) => refused += 1,
        }
    }
    assert!(refused > 10_000 && without > 100, "{refused} refused, {without} without");
    assert_eq!(tag_in(&authenticated_data([3; 32])), Ok(Some([3; 32])));
}
