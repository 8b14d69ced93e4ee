//! Hubs that sign, verify and encrypt otherwise.

use super::bent::{Signs, signing};
use crate::faulty::bug::{Fault, Row};
use mimicheck::crypto::Labelled;

/// A way to sign with its own functions.
macro_rules! signs {
    ($name:ident { $($body:tt)* }) => {
        #[derive(Clone, Debug, PartialEq)]
        struct $name;

        impl Signs for $name {
            $($body)*
        }
    };
}

signs!(Trusting {
    fn verify(_: u16, _: &[u8], _: &str, _: &[u8], _: &[u8]) -> bool {
        true
    }
});

signs!(AnyLabel {
    fn verify(suite: u16, key: &[u8], label: &str, content: &[u8], signature: &[u8]) -> bool {
        [label, "GroupInfoResponseTBS"].iter().any(|label| Labelled::verify(suite, key, label, content, signature))
    }
});

signs!(WithoutCode {
    fn verify(suite: u16, key: &[u8], label: &str, content: &[u8], signature: &[u8]) -> bool {
        // The joining code stands last, in a vector of fewer than 64 octets.
        let bare = (0..content.len().min(64)).find_map(|n| {
            let (rest, code) = content.split_at_checked(content.len().checked_sub(n)?)?;
            let (_, length) = rest.split_last().map(|(last, rest)| (rest, *last))?;
            (usize::from(length) == code.len()).then(|| [rest.get(..rest.len() - 1).unwrap_or_default(), &[0]].concat())
        });
        bare.into_iter().chain([content.to_vec()]).any(|c| Labelled::verify(suite, key, label, &c, signature))
    }
});

signs!(RequestLabel {
    fn sign(keys: &Labelled, label: &str, content: &[u8]) -> Option<Vec<u8>> {
        keys.sign(if label == "GroupInfoResponseTBS" { "GroupInfoRequestTBS" } else { label }, content)
    }
});

signs!(WithoutRoom {
    fn seal(keys: &Labelled, (suite, key): (u16, &[u8]), (label, _): (&str, &[u8]), pt: &[u8]) -> Option<Vec<u8>> {
        keys.seal(suite, key, label, &[], pt)
    }
});

signs!(ShortLabel {
    fn seal(keys: &Labelled, (suite, key): (u16, &[u8]), (_, context): (&str, &[u8]), pt: &[u8]) -> Option<Vec<u8>> {
        keys.seal(suite, key, "GroupInfo encryption", context, pt)
    }
});

signs!(BareProposal {
    fn sign(keys: &Labelled, label: &str, content: &[u8]) -> Option<Vec<u8>> {
        // Without the version that stands before the content.
        let short = if label == "FramedContentTBS" { content.get(2..).unwrap_or_default() } else { content };
        keys.sign(label, short)
    }
});

const LABELS: &str = "labels that both ends of one library agree on";

pub(in crate::faulty) const BUGS: &[Row] = &[
    (
        "room-info-unverified",
        "gives the GroupInfo without looking at the signature",
        "a check that is left to somebody else",
        Fault::Room(signing::<Trusting>),
    ),
    (
        "room-info-any-label",
        "takes a request that was signed for something else",
        LABELS,
        Fault::Room(signing::<AnyLabel>),
    ),
    (
        "room-code-unsigned",
        "leaves the joining code out of what is signed",
        "an optional field that the signature forgets",
        Fault::Room(signing::<WithoutCode>),
    ),
    (
        "room-response-label",
        "signs responses under the label of requests",
        LABELS,
        Fault::Room(signing::<RequestLabel>),
    ),
    (
        "room-context-missing",
        "encrypts a GroupInfo without the room as context",
        "context that is left empty",
        Fault::Room(signing::<WithoutRoom>),
    ),
    ("room-encryption-label", "encrypts under a shorter label", LABELS, Fault::Room(signing::<ShortLabel>)),
    (
        "room-proposal-signed-short",
        "signs its proposals without the version in front",
        "a structure that is signed where its framing should be",
        Fault::Room(signing::<BareProposal>),
    ),
];
