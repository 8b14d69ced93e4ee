#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::{Call, Does, Edit, Fault, Faults, FaultySigner, Kind, Select};
use crate::crypto::{Kept, Provider, SUITES, SignatureKeys};
use crate::entropy::Seed;
use openmls_traits::OpenMlsProvider;
use openmls_traits::crypto::OpenMlsCrypto;
use openmls_traits::random::OpenMlsRand;
use openmls_traits::signatures::Signer;
use openmls_traits::types::{AeadType, HashType};
use std::collections::BTreeSet;

const UPDATE: &[u8] = b"\x16MLS 1.0 UpdatePathNode\x00";
const WELCOME: &[u8] = b"\x0fMLS 1.0 Welcome\x00";

fn provider(faults: &Faults) -> Provider {
    Provider::under(Seed::new("faults").stream("provider"), &Kept::default(), faults)
}

fn key(n: u8) -> openmls_traits::types::HpkeKeyPair {
    provider(&Faults::none()).crypto().derive_hpke_keypair(SUITES[0].hpke_config(), &[n; 64]).unwrap()
}

fn armed(fault: Fault) -> Faults {
    let faults = Faults::watch();
    assert!(faults.arm(vec![fault]));
    faults
}

#[test]
fn only_the_selected_seal_is_struck() {
    let (bob, carol) = (key(1), key(2));
    let config = || SUITES[0].hpke_config();
    let on = Select::every(Kind::HpkeSeal).labelled("MLS 1.0 UpdatePathNode").about(&bob.public).nth(1);
    let faults = armed(Fault { on, does: Does::Input(Edit::Set(b"other".to_vec())) });
    let p = provider(&faults);
    let seal = |to: &[u8], info| p.crypto().hpke_seal(config(), to, info, b"", b"plain").unwrap();
    let sealed = [
        seal(&bob.public, UPDATE),
        seal(&carol.public, UPDATE),
        seal(&bob.public, WELCOME),
        seal(&bob.public, UPDATE),
        seal(&bob.public, UPDATE),
    ];
    let open = |n: usize, pair: &openmls_traits::types::HpkeKeyPair, info| {
        p.crypto().hpke_open(config(), &sealed[n], &pair.private, info, b"").unwrap()
    };
    assert_eq!(open(0, &bob, UPDATE), b"plain");
    assert_eq!(open(1, &carol, UPDATE), b"plain");
    assert_eq!(open(2, &bob, WELCOME), b"plain");
    assert_eq!(open(3, &bob, UPDATE), b"other");
    assert_eq!(open(4, &bob, UPDATE), b"plain");
    let call =
        Call { kind: Kind::HpkeSeal, label: "MLS 1.0 UpdatePathNode".to_owned(), about: bob.public.clone(), nth: 1 };
    assert_eq!(faults.struck(), std::slice::from_ref(&call));
    assert_eq!(faults.calls().len(), 5);
    assert!(faults.calls().contains(&call));

    // The same call by its name, after it was counted from 0 again.
    assert!(faults.arm(vec![Fault::at(&call, Does::Fail)]));
    assert!(faults.calls().is_empty() && faults.struck().is_empty());
    assert!(p.crypto().hpke_seal(config(), &bob.public, UPDATE, b"", b"plain").is_ok());
    assert!(p.crypto().hpke_seal(config(), &bob.public, UPDATE, b"", b"plain").is_err());
    faults.disarm();
    assert!(p.crypto().hpke_seal(config(), &bob.public, UPDATE, b"", b"plain").is_ok());
    assert_eq!(faults.struck(), [call]);
}

#[test]
fn ciphertext_and_encapsulated_key_are_struck_apart() {
    let bob = key(1);
    let seal = |faults: &Faults| {
        let p = provider(faults);
        let sealed = p.crypto().hpke_seal(SUITES[0].hpke_config(), &bob.public, UPDATE, b"", b"plain").unwrap();
        (sealed.kem_output.as_slice().to_vec(), sealed.ciphertext.as_slice().to_vec())
    };
    let honest = seal(&Faults::none());
    assert_eq!(seal(&Faults::watch()), honest);
    let on = || Select::every(Kind::HpkeSeal);
    let (kem, ciphertext) = seal(&armed(Fault { on: on(), does: Does::Output(Edit::Cut(3)) }));
    assert_eq!((kem, ciphertext), (honest.0.clone(), honest.1[..3].to_vec()));
    let (kem, ciphertext) = seal(&armed(Fault { on: on(), does: Does::Encapsulated(Edit::FlipBit(0)) }));
    assert_eq!((kem[0], &kem[1..]), (honest.0[0] ^ 0x80, &honest.0[1..]));
    assert_eq!(ciphertext, honest.1);
}

#[test]
fn calls_have_the_same_names_whatever_threads_do() {
    let listed = |threads: bool| {
        let faults = Faults::watch();
        let p = provider(&faults);
        let keys: Vec<_> = (0..8).map(key).collect();
        let seal = |n: usize| {
            for _ in 0..3 {
                p.crypto().hpke_seal(SUITES[0].hpke_config(), &keys[n].public, UPDATE, b"", &[1]).unwrap();
            }
        };
        if threads {
            let seal = &seal;
            std::thread::scope(|s| (0..8).rev().for_each(|n| drop(s.spawn(move || seal(n)))));
        } else {
            (0..8).for_each(seal);
        }
        faults.calls()
    };
    let calls = listed(false);
    assert_eq!(calls.iter().collect::<BTreeSet<_>>().len(), 24);
    assert_eq!(listed(true), calls);
}

#[test]
fn the_other_kinds_are_named_and_struck() {
    let named = |act: &dyn Fn(&Provider), kind: Kind, label: &str| {
        let faults = Faults::watch();
        act(&provider(&faults));
        let calls: Vec<_> = faults.calls().into_iter().map(|c| (c.kind, c.label, c.nth)).collect();
        assert_eq!(calls, [(kind, label.to_owned(), 0)]);
    };
    let hash = |input: &'static [u8]| move |p: &Provider| drop(p.crypto().hash(HashType::Sha2_256, input).unwrap());
    named(&hash(b"\x1aMLS 1.0 Proposal Reference\x01p"), Kind::Hash, "MLS 1.0 Proposal Reference");
    named(&hash(b"\x03ekk\x01p\x01s"), Kind::Hash, "parent hash");
    named(&hash(b"\x01\0\0\0\x07\0"), Kind::Hash, "tree hash");
    named(&hash(b"\x01\0\0\0\x07\x01\x02ek\x02skand the rest"), Kind::Hash, "tree hash");
    named(&hash(b"\x02\0\x01l\x01r"), Kind::Hash, "tree hash");
    named(&hash(b"\x02\x01\x02ek\x01p\0\x01l\x01r"), Kind::Hash, "tree hash");
    named(&hash(b"\x02\x01\x02ek\x01p\0\x01l\x01r and more"), Kind::Hash, "");
    named(&hash(b""), Kind::Hash, "");

    let mac = |octets: usize| {
        move |p: &Provider| drop(p.crypto().hmac(HashType::Sha2_256, &[1; 32], &vec![2; octets]).unwrap())
    };
    named(&mac(32), Kind::Hmac, "confirmation tag");
    named(&mac(33), Kind::Hmac, "membership tag");

    let encrypt = |aad: &'static [u8]| {
        move |p: &Provider| {
            drop(p.crypto().aead_encrypt(AeadType::Aes128Gcm, &[1; 16], b"plain", &[2; 12], aad).unwrap());
        }
    };
    named(&encrypt(b""), Kind::AeadEncrypt, "group info");
    named(&encrypt(b"\x01g\0\0\0\0\0\0\0\x09\x01"), Kind::AeadEncrypt, "sender data");
    named(&encrypt(b"\x01g\0\0\0\0\0\0\0\x09\x01\x02aa"), Kind::AeadEncrypt, "message");
    named(&encrypt(b"something else"), Kind::AeadEncrypt, "");
    named(&|p| drop(p.rand().random_vec(4).unwrap()), Kind::Random, "");
}

#[test]
fn signatures_tags_and_hashes_become_wrong() {
    let keys = SignatureKeys::generate(SUITES[0], &mut Seed::new("faults").stream("keys")).unwrap();
    let (scheme, content) = (keys.signature_scheme(), b"\x0bMLS 1.0 TBS\x01c");
    let verify = |payload: &[u8], signature: &[u8]| {
        provider(&Faults::none()).crypto().verify_signature(scheme, payload, keys.public(), signature)
    };
    let signed = |does| {
        let faults = armed(Fault { on: Select::every(Kind::Sign).labelled("MLS 1.0 TBS"), does });
        let signed = FaultySigner::new(keys.clone(), faults.clone()).sign(content);
        assert_eq!(faults.struck().len(), 1);
        signed
    };
    assert!(signed(Does::Fail).is_err());
    assert!(verify(content, &signed(Does::Output(Edit::FlipBit(9))).unwrap()).is_err());
    let another = signed(Does::Input(Edit::Set(b"another".to_vec()))).unwrap();
    assert!(verify(content, &another).is_err());
    verify(b"another", &another).unwrap();

    let digest = |does| {
        provider(&armed(Fault { on: Select::every(Kind::Hash), does })).crypto().hash(HashType::Sha2_256, b"data")
    };
    let honest = |data: &[u8]| provider(&Faults::none()).crypto().hash(HashType::Sha2_256, data).unwrap();
    assert_eq!(digest(Does::Input(Edit::Set(b"other".to_vec()))).unwrap(), honest(b"other"));
    assert_eq!(digest(Does::Output(Edit::Cut(5))).unwrap(), honest(b"data")[..5]);
    assert!(digest(Does::Fail).is_err());
}

#[test]
fn what_changes_nothing_strikes_nothing() {
    for edit in [Edit::Cut(99), Edit::Set(b"data".to_vec())] {
        let faults = armed(Fault { on: Select::every(Kind::Hash), does: Does::Input(edit) });
        provider(&faults).crypto().hash(HashType::Sha2_256, b"data").unwrap();
        assert!(faults.struck().is_empty());
    }
    let faults = armed(Fault { on: Select::every(Kind::Hash), does: Does::Input(Edit::FlipBit(3)) });
    provider(&faults).crypto().hash(HashType::Sha2_256, b"").unwrap();
    assert!(faults.struck().is_empty());
    assert!(!Faults::none().arm(vec![]));
    assert!(Faults::none().calls().is_empty());
}

#[test]
fn random_octets_keep_their_number() {
    let honest = provider(&Faults::none()).rand().random_array::<8>().unwrap();
    for (edit, expected) in
        [(Edit::Set(vec![7; 99]), [7; 8].to_vec()), (Edit::Cut(2), [&honest[..2], &[0; 6]].concat())]
    {
        let on = Select::every(Kind::Random).nth(0);
        let p = provider(&armed(Fault { on, does: Does::Output(edit) }));
        assert_eq!(p.rand().random_array::<8>().unwrap().to_vec(), expected);
        let next = p.rand().random_vec(8).unwrap();
        assert_eq!(next.len(), 8);
        assert_ne!(next, expected);
    }
}
