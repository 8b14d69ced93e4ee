use super::forge::*;
use crate::delivery::{Blind, Effect, Input, Limits, Response, Settings, Upload};
use crate::protocol::KeyPackageRequest;
use crate::reason::{Reason, delivery as reason, wire};

fn upload(names: &[&str], last: Option<&str>) -> Upload {
    Upload {
        user_id: b"ann".to_vec(),
        bearer_token: b"token".to_vec(),
        key_packages: names.iter().map(|name| key_package(1, name)).collect(),
        last_resort: last.map(|name| key_package(1, name)),
    }
}

fn request() -> KeyPackageRequest {
    KeyPackageRequest { user_id: b"ann".to_vec(), bearer_token: b"token".to_vec(), version: 1, cipher_suite: 1 }
}

fn take(hub: &mut Blind, request: KeyPackageRequest) -> Result<Vec<u8>, Reason> {
    let out = step(hub, "a.example", Input::KeyPackage(request)).map_err(|r| r.reason)?;
    match &out[0] {
        Effect::Respond(Response::KeyPackage(response)) => Ok(response.key_package.clone()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn each_is_handed_out_once_and_the_last_as_often_as_needed() {
    let mut hub = hub(settings());
    step(&mut hub, HUB, Input::Upload(upload(&["one", "two"], Some("last")))).unwrap();
    for name in ["one", "two", "last", "last"] {
        assert_eq!(take(&mut hub, request()), Ok(key_package(1, name)));
    }
    step(&mut hub, HUB, Input::Upload(upload(&["three"], None))).unwrap();
    assert_eq!(take(&mut hub, request()), Ok(key_package(1, "three")));
    assert_eq!(take(&mut hub, request()), Ok(key_package(1, "last")), "an upload without one leaves the old one");
}

#[test]
fn everything_must_match_and_refusals_are_alike() {
    let mut hub = hub(settings());
    step(&mut hub, HUB, Input::Upload(upload(&["one"], None))).unwrap();
    let others: [fn(&mut KeyPackageRequest); 4] =
        [|r| r.user_id = b"bob".to_vec(), |r| r.bearer_token.clear(), |r| r.version = 2, |r| r.cipher_suite = 2];
    for change in others {
        let mut other = request();
        change(&mut other);
        assert_eq!(take(&mut hub, other), Err(reason::NO_SUCH_KEY_PACKAGE));
    }
    assert_eq!(take(&mut hub, request()), Ok(key_package(1, "one")));
    assert_eq!(take(&mut hub, request()), Err(reason::NO_SUCH_KEY_PACKAGE));
}

#[test]
fn uploads_are_whole_or_nothing() {
    let limits = Limits { max_key_packages: 2, max_key_package_sets: 1, ..Limits::default() };
    let mut hub = hub(Settings { limits, ..settings() });
    let mut bad = |upload| refused(&mut hub, HUB, Input::Upload(upload));
    assert_eq!(bad(upload(&["one", "one"], None)), reason::DUPLICATE_KEY_PACKAGE);
    assert_eq!(bad(upload(&["one"], Some("one"))), reason::DUPLICATE_KEY_PACKAGE);
    assert_eq!(bad(upload(&["1", "2", "3"], None)), reason::EXCEEDS_KEY_PACKAGE_LIMIT);
    assert_eq!(bad(Upload { last_resort: Some(vec![0, 1, 0]), ..upload(&["one"], None) }), wire::WIRE_TRUNCATED);
    let mut two = upload(&["one"], None);
    two.key_packages.push(key_package(2, "one"));
    assert_eq!(bad(two), reason::EXCEEDS_KEY_PACKAGE_LIMIT, "two sets");
    step(&mut hub, HUB, Input::Upload(upload(&["one"], Some("last")))).unwrap();
    for again in [upload(&["one"], None), upload(&["last"], None), upload(&[], Some("one"))] {
        assert_eq!(refused(&mut hub, HUB, Input::Upload(again)), reason::DUPLICATE_KEY_PACKAGE);
    }
    assert_eq!(refused(&mut hub, "a.example", Input::Upload(upload(&["x"], None))), reason::NOT_ALLOWED);
}
