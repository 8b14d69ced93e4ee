#![allow(clippy::unwrap_used, reason = "tests")]

use super::{Crypto, Kept, Provider, SUITES, SignatureKeys};
use crate::entropy::Seed;
use openmls_traits::OpenMlsProvider;
use openmls_traits::crypto::OpenMlsCrypto;
use openmls_traits::random::OpenMlsRand;
use openmls_traits::signatures::Signer;

fn provider(seed: &str) -> Provider {
    Provider::new(Seed::new(seed).stream("provider"), &Kept::default())
}

/// Seals to a derived key, opens again, and gives what was sealed.
fn sealed(crypto: &impl OpenMlsCrypto, suite: usize, pt: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let config = || SUITES[suite].hpke_config();
    let pair = crypto.derive_hpke_keypair(config(), &[7; 64]).unwrap();
    let sealed = crypto.hpke_seal(config(), &pair.public, b"info", b"aad", pt).unwrap();
    assert_eq!(crypto.hpke_open(config(), &sealed, &pair.private, b"info", b"aad").unwrap(), pt);
    assert!(crypto.hpke_open(config(), &sealed, &pair.private, b"info", b"other").is_err());
    (sealed.kem_output.as_slice().to_vec(), sealed.ciphertext.as_slice().to_vec())
}

#[test]
fn seals_are_decided_by_seed_and_content() {
    for suite in 0..SUITES.len() {
        let (one, again, other) = (provider("one"), provider("one"), provider("other"));
        let first = sealed(one.crypto(), suite, b"first");
        let second = sealed(one.crypto(), suite, b"second");
        // In another order, and on another thread.
        assert_eq!(
            std::thread::scope(|s| s.spawn(|| sealed(again.crypto(), suite, b"second")).join().unwrap()),
            second
        );
        assert_eq!(sealed(again.crypto(), suite, b"first"), first);
        assert_ne!(first.0, second.0);
        assert_ne!(sealed(other.crypto(), suite, b"first").0, first.0);
    }
}

#[test]
fn exports_agree_and_differ_from_call_to_call() {
    for suite in SUITES {
        let config = || suite.hpke_config();
        let (one, again) = (provider("one"), provider("one"));
        let pair = one.crypto().derive_hpke_keypair(config(), &[7; 64]).unwrap();
        let setup =
            |p: &Provider| p.crypto().hpke_setup_sender_and_export(config(), &pair.public, b"i", b"c", 32).unwrap();
        let (enc, secret) = setup(&one);
        let received = one.crypto().hpke_setup_receiver_and_export(config(), &enc, &pair.private, b"i", b"c", 32);
        assert_eq!(received.unwrap()[..], secret[..]);
        assert_ne!(setup(&one).0, enc);
        assert_eq!(setup(&again).0, enc);
    }
}

#[test]
fn signatures_verify_and_are_the_same_twice() {
    for suite in SUITES {
        let keys = SignatureKeys::generate(suite, &mut Seed::new("a").stream("keys")).unwrap();
        let signature = keys.sign(b"payload").unwrap();
        assert_eq!(keys.sign(b"payload").unwrap(), signature);
        let scheme = keys.signature_scheme();
        let verify = |data: &[u8]| Crypto::plain().verify_signature(scheme, data, keys.public(), &signature);
        verify(b"payload").unwrap();
        assert!(verify(b"another").is_err());
        assert_eq!(SignatureKeys::from_private(scheme, keys.private()).unwrap(), keys);
        assert!(SignatureKeys::from_private(scheme, &keys.private()[1..]).is_none());
    }
    let p256 = SUITES[1].signature_algorithm();
    assert!(SignatureKeys::from_private(p256, &[0; 32]).is_none());
    assert!(SignatureKeys::from_private(p256, &[0xff; 32]).is_none());
}

#[test]
fn a_stream_is_rewound_and_storage_is_a_value() {
    let p = provider("one");
    let before = p.stream();
    let drawn = p.rand().random_vec(40).unwrap();
    p.rewind(before);
    assert_eq!(p.rand().random_vec(40).unwrap(), drawn);

    p.storage().values.write().unwrap().insert(b"k".to_vec(), b"v".to_vec());
    let one = p.kept();
    p.storage().values.write().unwrap().insert(b"l".to_vec(), b"w".to_vec());
    let two = p.kept();
    assert_eq!((one.octets(), two.octets()), (2, 4));
    assert_eq!(Kept::of(&two.lay_out()), two);
    assert_eq!(two.still_in(&one), one);
    assert_eq!(two.since(&one).octets(), 2);
    p.storage().values.write().unwrap().remove(b"k".as_slice());
    assert_eq!(one.still_in(&p.kept()), Kept::default());
}
