//! A franked message from a member of one library, over a hub that reads nothing of it, to a member of another.

#![cfg(feature = "fuzzing")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

use mimicheck::franking::{
    Context, Framing, FrankedContent, Hub, Received as Franked, Report, Submitted, authenticated_data,
};
use mimicheck::mls::member::{Engine, Member, Plan, Received, Settings};
use mimicheck::mls::{open, second};
use mimicheck::protocol::room::{Frank, FrankingAgentData, Octets, Protocol, SubmitMessageRequest};
use mimicheck::protocol::{CipherSuite, MlsMessage, Structure};
use mimicheck::reason::franking as reason;
use mimicheck::vector::forge::franking::{Signer, agent, basic};
use mimicheck::vector::forge::{Extension, Message, Part, text};

const ALICE: &str = "mimi://b.example/u/alice";
const BOB: &str = "mimi://c.example/u/bob";
const ROOM: &str = "mimi://hub.example/r/clubhouse";
const PRIVATE: [u8; 32] = [9; 32];
const HUB: Hub<'_> = Hub { hub_key: &[7; 32], franking_private_key: &PRIVATE };
const TIME: u64 = 1_700_000_000_123;

/// Two members, of these engines.
fn members(engines: [&dyn Engine; 2], suite: CipherSuite) -> [Box<dyn Member>; 2] {
    let client = |engine: &dyn Engine, identity: &str| {
        let (identity, seed) = (identity.as_bytes().to_vec(), format!("device {identity}"));
        engine.client(&Settings { identity, suite, seed, encrypt_handshake: false, application: None }).unwrap()
    };
    let mut alice = client(engines[0], ALICE).create(b"group").unwrap();
    let mut bob = client(engines[1], BOB);
    let out = alice.commit(&Plan { add: vec![bob.key_package().unwrap()], ..Plan::default() }).unwrap();
    alice.merge_own().unwrap();
    [alice, bob.join(out.welcome.as_ref().unwrap(), Some(&out.ratchet_tree)).unwrap()]
}

fn content(words: &str) -> Vec<u8> {
    let extensions = vec![Extension::new(1, text(ALICE)), Extension::new(2, text(ROOM))];
    Message { extensions, ..Message::new([5; 16], Part::single("text/plain", words)) }.item().octets()
}

fn identity_of(member: &dyn Member, leaf: u32) -> String {
    let found = member.members().into_iter().find(|known| known.leaf == leaf).unwrap();
    String::from_utf8(found.identity).unwrap()
}

struct Arrived {
    data: Vec<u8>,
    aad: Vec<u8>,
    sender: String,
    frank: Frank,
}

/// Alice sends, the hub franks what it sees, Bob decrypts.
fn sent(alice: &mut dyn Member, bob: &mut dyn Member, suite: u16, agent: &FrankingAgentData, words: &str) -> Arrived {
    let data = content(words);
    let tag = FrankedContent::read(&data, Framing::Bare).unwrap().franking_tag;
    let octets = alice.send(&data, &authenticated_data(tag)).unwrap();
    let app_message = MlsMessage::decode(&octets).unwrap();
    let sending_uri = Octets(ALICE.into());
    let request = SubmitMessageRequest { protocol: Protocol, app_message, sending_uri };
    let request = SubmitMessageRequest::decode(&request.encode().unwrap()).unwrap();
    let submitted = Submitted::of(&request, ROOM, TIME).unwrap();
    let frank = HUB.frank(suite, Some(agent), &submitted).unwrap().unwrap();
    let Received::Application { sender, data: arrived, aad } = bob.process(&octets).unwrap() else { panic!("no data") };
    assert_eq!(arrived, data);
    Arrived { data, aad, sender: identity_of(bob, sender), frank }
}

fn verified(suite: u16, agent: &FrankingAgentData, arrived: &Arrived) -> Result<Context, mimicheck::reason::Reason> {
    let received = Franked {
        cipher_suite: suite,
        franking_agent: Some(agent),
        hub_domain: "hub.example",
        authenticated_data: &arrived.aad,
        application_data: &arrived.data,
        framing: Framing::Bare,
        sender_uri: &arrived.sender,
        room_uri: ROOM,
        accepted_timestamp: TIME,
        frank: Some(&arrived.frank),
    };
    received.verify()
}

#[test]
fn a_frank_goes_from_one_library_to_another() {
    let engines: [&dyn Engine; 2] = [&open::engine(), &second::engine()];
    for (suite, signer) in [(CipherSuite::X25519, Signer::Ed25519(PRIVATE)), (CipherSuite::P256, Signer::P256(PRIVATE))]
    {
        let agent = agent(&signer.public(), &basic(b"mimi://hub.example"));
        let agent = FrankingAgentData::decode(&agent).unwrap();
        for pair in [[engines[0], engines[1]], [engines[1], engines[0]]] {
            let [mut alice, mut bob] = members(pair, suite);
            let first = sent(alice.as_mut(), bob.as_mut(), suite.0, &agent, "Hi");
            let context = verified(suite.0, &agent, &first).unwrap();
            let expected = Context { sender_uri: ALICE.into(), room_uri: ROOM.into(), accepted_timestamp: TIME };
            assert_eq!(context, expected);

            let report = Report {
                hub_key: HUB.hub_key,
                franking_signature_key: &agent.franking_signature_key.0,
                message_content: &first.data,
                framing: Framing::Bare,
                frank: &first.frank,
                accepted_timestamp: TIME,
                alleged_abuser_uri: Some(ALICE),
                room_uri: Some(ROOM),
            };
            assert_eq!(report.verify(), Ok(context));
            let never_said = content("Never said");
            assert_eq!(Report { message_content: &never_said, ..report }.verify(), Err(reason::SERVER_FRANK_DIFFERS));

            // Bob in Alice's name: the hub believes it, the credential does not.
            let forged = sent(bob.as_mut(), alice.as_mut(), suite.0, &agent, "Hi");
            assert_eq!(forged.sender, BOB);
            assert_eq!(verified(suite.0, &agent, &forged), Err(reason::FRANKED_SENDER_DIFFERS));
        }
    }
}

/// A message without authenticated data, and one of another kind, have nothing to be franked with.
#[test]
fn what_has_no_tag_is_not_franked() {
    let engine = open::engine();
    let [mut alice, _] = members([&engine, &engine], CipherSuite::X25519);
    let app_message = MlsMessage::decode(&alice.send(b"no content", b"").unwrap()).unwrap();
    let request = SubmitMessageRequest { protocol: Protocol, app_message, sending_uri: Octets(ALICE.into()) };
    let agent = agent(&Signer::Ed25519(PRIVATE).public(), &basic(b"mimi://hub.example"));
    let agent = FrankingAgentData::decode(&agent).unwrap();
    let submitted = Submitted::of(&request, ROOM, TIME).unwrap();
    assert_eq!(HUB.frank(1, Some(&agent), &submitted), Ok(None));
    let unnamed = SubmitMessageRequest { sending_uri: Octets(vec![0xff]), ..request };
    assert!(Submitted::of(&unnamed, ROOM, TIME).is_err());
}
