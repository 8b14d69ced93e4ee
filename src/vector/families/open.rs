//! Which entries with readings contested cases show, where the rule that they are named for has none of its own.
//!
//! A case that says `contested` has to say what is open, and the ledger has to have it: `mimicheck lint` holds every
//! case against that, and a test here that no row of this table is left over.

use super::build::AlsoRow;
use crate::vector::{Case, Group};

/// Family, and its rows: the entry's whole id, and the names of the cases.
pub(super) const OPEN: &[(&str, &[AlsoRow])] = &[
    (
        "content/decode",
        &[
            ("content-08:6.2:nan-beside-typed-arrays", &["nan-item-in-tag-80"]),
            ("content-08:4.3:tag-content", &["bignum-of-text", "value-tag-time-of-text", "value-tag-uri-of-bytes"]),
            ("content-08:6.3:bignum-depth", &["extension-bignum-at-5"]),
        ],
    ),
    (
        "content/external",
        &[("content-08:4.5:no-enc-checked", &["clear-with-key", "clear-with-nonce", "clear-with-aad"])],
    ),
    (
        "content/part-index",
        &[(
            "content-08:4.4:cid-spellings",
            &[
                "cid-leading-zero",
                "cid-leading-zeros",
                "cid-scheme-upper-case",
                "cid-host-upper-case",
                "cid-index-percent-encoded",
                "cid-at-percent-encoded",
                "cid-dot-percent-encoded",
            ],
        )],
    ),
    (
        "content/thread",
        &[
            ("content-08:5.6:delete-of-version", &["delete-names-later-version"]),
            ("content-08:5.6:delete-again", &["delete-twice"]),
            ("content-08:5.6:delete-and-expiry", &["delete-then-expired", "expired-then-deleted"]),
            ("content-08:5.6:reactions-stay", &["reaction-to-deleted"]),
            ("content-08:4.1:reply-to-ignored", &["reply-to-ignored-edit"]),
        ],
    ),
    (
        "delivery/partition-key",
        &[("ds-00:3:unknown-suite", &["suite-unassigned", "suite-private-use", "suite-largest"])],
    ),
    (
        "delivery/wire",
        &[
            ("rfc9420:12.1:proposal-types", &["proposal-grease", "proposal-private-use", "proposal-largest"]),
            (
                "ds-00:4.2:mls-extensions",
                &[
                    "proposal-app-data-update",
                    "proposal-app-data-remove",
                    "proposal-app-ephemeral",
                    "proposal-self-remove",
                ],
            ),
            (
                "ds-00:4.2:tree-walked",
                &["group-info-tree-presence", "group-info-tree-node-type", "group-info-tree-trailing"],
            ),
            ("ds-00:4.2:extension-rules", &["group-info-tree-extension-twice"]),
            ("ds-00:4.5:joiner-is-sender", &["external-join-request-member-commit"]),
        ],
    ),
    (
        "room/franking",
        &[
            ("protocol-06:5.4.1.1:what-is-a-uri", &["tag-of-empty-uris", "tag-of-uris-beyond-ascii"]),
            ("protocol-06:5.4.1.1:safe-aad-others", &["verify-components-out-of-order", "verify-two-tags"]),
            ("protocol-06:5.4.1.2:short-hub-key", &["frank-key-of-1-octet"]),
            ("protocol-06:5.4.1.2:agent-malformed", &["frank-agent-cut"]),
        ],
    ),
    ("room/key-material", &[("protocol-06:5.2:all-exhausted", &["expired-welcome"])]),
];

/// Names the entries in the cases of a family; ids are whole already.
pub(super) fn name(family: &str, groups: &mut [Group]) {
    let rows = OPEN.iter().filter(|(of, _)| *of == family).flat_map(|(_, rows)| *rows);
    for (rule, names) in rows {
        let shows = |case: &&mut Case| case.id.rsplit('/').next().is_some_and(|name| names.contains(&name));
        for case in groups.iter_mut().flat_map(|group| &mut group.cases).filter(shows) {
            case.requirements.push((*rule).to_owned());
        }
    }
}
