#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::*;
use crate::crypto::SignatureKeys;
use crate::mls::member::{Engine, Plan, Settings};
use crate::mls::{open, second};
use crate::protocol::CipherSuite;
use openmls::group::{MlsGroup, MlsGroupCreateConfig};
use openmls::prelude::{BasicCredential, Ciphersuite, CredentialWithKey, Lifetime};

fn read(octets: &[u8]) -> MlsMessage {
    MlsMessage::decode(octets).unwrap()
}

/// GroupInfo and tree of a group of two.
fn described(engine: &dyn Engine) -> (Vec<u8>, Vec<u8>) {
    let device = |name: &str| {
        let settings = Settings {
            identity: name.into(),
            suite: CipherSuite::X25519,
            seed: format!("public {name}"),
            encrypt_handshake: false,
            application: None,
        };
        engine.client(&settings).unwrap()
    };
    let mut alice = device("alice").create(b"group").unwrap();
    alice.commit(&Plan { add: vec![device("bob").key_package().unwrap()], ..Plan::default() }).unwrap();
    alice.merge_own().unwrap();
    alice.group_info().unwrap()
}

#[test]
fn a_group_info_with_a_bad_signature_says_so() {
    let engines: [&dyn Engine; 2] = [&open::engine(), &second::engine()];
    for engine in engines {
        let (info, tree) = described(engine);
        assert_eq!(PublicView::new(&read(&info), Some(&tree)).unwrap().members().len(), 2);
        // The 64 octets of the signature are the last; a confirmation tag of 32 octets, the signer and two octets of
        // length stand before it.
        for (back, what) in [(1, "the signature's end"), (64, "its front"), (75, "the confirmation tag")] {
            let mut changed = info.clone();
            let at = changed.len() - back;
            changed[at] ^= 1;
            let refused = PublicView::new(&read(&changed), Some(&tree)).unwrap_err();
            assert_eq!(refused.reason, reason::BAD_SIGNATURE, "{what}: {}", refused.said);
        }
        let signer = info.len() - 67;
        assert_eq!(info[signer - 3..=signer], [0, 0, 0, 0], "the signer's leaf");
        let mut nobody = info.clone();
        nobody[signer] = 9;
        assert_eq!(PublicView::new(&read(&nobody), Some(&tree)).unwrap_err().reason, reason::BAD_GROUP_INFO);
    }
}

/// GroupInfo and tree of a group whose only member's leaf has this lifetime.
fn aged(lifetime: Lifetime) -> (Vec<u8>, Vec<u8>) {
    let suite = Ciphersuite::MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519;
    let provider = Provider::new(Seed::new("aged").stream("provider"), &Kept::default());
    let keys = SignatureKeys::generate(suite, &mut Seed::new("aged").stream("keys")).unwrap();
    let credential = BasicCredential::new(b"alice".to_vec()).into();
    let with_key = CredentialWithKey { credential, signature_key: keys.public().into() };
    let config = MlsGroupCreateConfig::builder().ciphersuite(suite).lifetime(lifetime).build();
    let group = MlsGroup::new(&provider, &keys, &config, with_key).unwrap();
    let info = group.export_group_info(provider.crypto(), &keys, false).unwrap();
    (info.tls_serialize_detached().unwrap(), group.export_ratchet_tree().tls_serialize_detached().unwrap())
}

#[test]
fn what_the_clock_decides_has_a_word_of_its_own() {
    for lifetime in [Lifetime::init(0, 1), Lifetime::init(u64::MAX - 1, u64::MAX)] {
        let (info, tree) = aged(lifetime);
        let refused = PublicView::new(&read(&info), Some(&tree)).unwrap_err();
        assert_eq!(refused.reason, reason::OUT_OF_LIFETIME);
        assert!(!refused.said.contains("now="), "{}", refused.said);
    }
    let (info, tree) = aged(Lifetime::init(0, u64::MAX));
    PublicView::new(&read(&info), Some(&tree)).unwrap();
}

#[test]
fn a_view_knows_how_large_it_is() {
    let (info, tree) = described(&open::engine());
    let view = PublicView::new(&read(&info), Some(&tree)).unwrap();
    assert!(view.octets() > info.len() + tree.len(), "{} octets", view.octets());
}
