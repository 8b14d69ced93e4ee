#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::*;
use crate::fuzzing::generators::{CommitScene, commit_scene};
use crate::mls::{open, second};

fn scene() -> CommitScene {
    commit_scene([&open::engine(), &second::engine()], false).unwrap()
}

#[test]
fn what_is_taken_apart_is_what_is_put_together() {
    let scene = scene();
    for sent in &scene.sent {
        let commit = commit(&sent.octets).unwrap();
        assert_eq!(commit.octets().unwrap(), sent.octets);
        assert!(commit.content.count() > 10);
        assert!((0..commit.content.count()).all(|n| commit.content.clone().node_mut(n).is_some()));
        assert!(commit.content.clone().node_mut(commit.content.count()).is_none());
    }
}

/// Signatures of suite 0x0001 are decided by what is signed, so that of a forger who changed nothing is the sender's.
#[test]
fn seals_are_those_of_the_sender() {
    let scene = scene();
    for (place, sent) in scene.sent.iter().enumerate() {
        let (honest, by) = (sent.fields().unwrap(), sent.by());
        let mut forged =
            Commit { signature: vec![], membership: honest.membership.as_ref().map(|_| vec![]), ..honest.clone() };
        scene.seals.sign_within(&mut forged.content, by.1);
        scene.seals.sign(&mut forged, by.0);
        assert_eq!(forged.octets().unwrap(), sent.octets, "{place}");
    }
    let mut package = scene.key_package.clone();
    scene.seals.sign_within(&mut package, 0);
    assert_eq!(package, scene.key_package);
}
