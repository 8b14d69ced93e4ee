//! What the flags of these families mean.

use crate::vector::families::build::{AlsoRow, NoteRow};

/// What the minutes say of the encrypted approach, in cases that would fail without it.
pub(super) const PATCH_ALSO: &[AlsoRow] = &[(
    "minutes-20240605:TREE:logarithmic",
    &["one-of-eight", "first-of-eight", "last-of-eight", "two-of-eight", "seventeen"],
)];

/// The same of joins.
pub(super) const JOIN_ALSO: &[AlsoRow] = &[
    ("minutes-20240605:TREE:small-welcome", &["joins-at-1-x25519", "joins-at-2-p256", "joins-at-3-x-wing"]),
    (
        "minutes-20240605:TREE:no-unassisted-join",
        &[
            "secret-of-the-epoch-before",
            "help-with-another-secret",
            "help-with-a-later-tree",
            "help-for-the-epoch-before",
        ],
    ),
];

const DOCS: &[&str] = &["docs/spec/encrypted-tree.md"];

pub(super) const KEYS: &[NoteRow] = &[
    (
        "derivation",
        "A node secret is not derived from the epoch's secret step by step as the page says.",
        "Nobody else opens the node.",
        "3:node-keys",
        DOCS,
    ),
    (
        "index",
        "The place does not enter the key.",
        "Nodes with one content share key and nonce, and can be swapped.",
        "3:node-keys",
        DOCS,
    ),
    (
        "content",
        "The content does not enter the key, or not all of it.",
        "A fault that wraps twice encrypts two contents under one key and nonce.",
        "3:node-keys",
        DOCS,
    ),
    (
        "input",
        "Secrets of a wrong length or suites without AES-GCM are taken.",
        "Keys that no other implementation has.",
        "3:node-keys",
        DOCS,
    ),
];

pub(super) const NODE: &[NoteRow] = &[
    (
        "padding",
        "Padding is longer or shorter than it has to be, not zero, or not looked at.",
        "The length of a ciphertext tells who stands there, or two implementations make two trees.",
        "4:padding",
        DOCS,
    ),
    (
        "children",
        "Secrets of children are of any length, or a parent has none.",
        "A subtree is lost, or its absence is not seen.",
        "4:child-secrets",
        DOCS,
    ),
    (
        "real-nodes",
        "Nodes of real groups are changed on their way.",
        "The tree hash of the GroupContext does not fit.",
        "4:leaf-present",
        DOCS,
    ),
    ("blank", "Blank leaves are wrapped.", "The service counts places as people.", "4:leaf-present", DOCS),
    (
        "payload",
        "Something stands where the payload has no place for it.",
        "What is no payload is handed to the MLS library.",
        "4:leaf-present",
        DOCS,
    ),
    ("input", "Secrets of a wrong length are taken.", "Keys that no other implementation has.", "3:node-keys", DOCS),
    (
        "binding",
        "Place, epoch, label or group are not in the additional data.",
        "A node of another place, epoch, payload or group passes for this one.",
        "8:open",
        DOCS,
    ),
    (
        "length",
        "The length of a ciphertext is not looked at.",
        "Work is done, or memory is taken, for what can be no node.",
        "4:padding",
        DOCS,
    ),
];

pub(super) const PATCH: &[NoteRow] = &[
    (
        "capacity",
        "The capacity is not the smallest that covers the leaves.",
        "Two members make two trees.",
        "7:capacity",
        DOCS,
    ),
    (
        "root",
        "A commit that changes no payload has no patch.",
        "The tree of the new epoch can not be opened with its secret.",
        "6:every-commit",
        DOCS,
    ),
    (
        "path",
        "More or fewer nodes are wrapped than what changed and what is above it.",
        "The hub refuses the patch, or it grows with the group.",
        "6:path-only",
        DOCS,
    ),
    (
        "wrapped-once",
        "A node is taken from an earlier epoch because its payload is the same.",
        "A member of that epoch alone opens what it must not.",
        "3:wrapped-once",
        DOCS,
    ),
    (
        "removed",
        "Places that went are not named, or those outside the capacity are not.",
        "The hub refuses the patch.",
        "7:removed",
        DOCS,
    ),
    (
        "blank",
        "Parents above blank leaves are wrapped, or their secrets are not empty.",
        "Trees differ from member to member.",
        "4:child-secrets",
        DOCS,
    ),
    (
        "real-nodes",
        "Nodes of real groups are read or compared otherwise.",
        "The patch of a commit is not the one that others compute.",
        "6:path-only",
        DOCS,
    ),
    (
        "input",
        "What is no tree is wrapped, or a refusal moves the member.",
        "A member that was refused something makes wrong patches ever after.",
        "6:path-only",
        DOCS,
    ),
];

pub(super) const JOIN: &[NoteRow] = &[
    (
        "joins",
        "What a joiner keeps is not what members keep.",
        "It makes wrong patches of the next commits.",
        "8:siv",
        DOCS,
    ),
    (
        "helped",
        "Help is not bound to one tree of one epoch, or carries more than it has to.",
        "An outsider opens other trees than the one it joins.",
        "9:help",
        DOCS,
    ),
    ("epoch", "A tree of another epoch is taken.", "A hub serves a stale tree.", "7:epoch", DOCS),
    (
        "tag",
        "The tag is not verified, or after nodes were opened.",
        "A hub mixes trees, and a removed member helps it.",
        "5:tag",
        DOCS,
    ),
    ("hash", "The hash is not computed anew.", "Nodes can be altered that nobody opens at once.", "5:hash", DOCS),
    ("root-siv", "root_siv is believed.", "Work is done for a tree that does not open.", "8:open", DOCS),
    ("group", "A tree of another group is taken.", "Groups with common members are mixed.", "7:group", DOCS),
    (
        "capacity",
        "The capacity is not looked at.",
        "Memory is taken for places that are not there.",
        "7:capacity",
        DOCS,
    ),
    (
        "shape",
        "Holes, parents above nothing, or a missing root are passed over.",
        "Members are missing in the joiner's tree.",
        "7:shape",
        DOCS,
    ),
    ("order", "Nodes may stand in any order, or twice.", "Two implementations read two trees.", "7:order", DOCS),
    ("range", "Nodes outside the capacity are taken.", "Places that no tree has are written.", "7:range", DOCS),
    (
        "node-epoch",
        "The epochs of nodes are not compared.",
        "An old node stands below a parent that does not know it.",
        "7:node-epoch",
        DOCS,
    ),
    (
        "length",
        "The length of a ciphertext is not looked at.",
        "Work is done for what can be no node.",
        "4:padding",
        DOCS,
    ),
    ("octets", "Trees and help are read leniently.", "Two implementations read two trees.", "8:open", DOCS),
    (
        "siv",
        "The sivs of an epoch's nodes are not compared.",
        "A member wraps nodes under keys of its choice, twice under one.",
        "8:siv",
        DOCS,
    ),
    (
        "binding",
        "Secrets of children are not the ones that open them.",
        "A subtree is hidden from some.",
        "8:open",
        DOCS,
    ),
    (
        "children",
        "A child without a secret, or a secret without a child, is passed over.",
        "Members are missing in the joiner's tree.",
        "4:child-secrets",
        DOCS,
    ),
];

pub(super) const HUB: &[NoteRow] = &[
    (
        "shape",
        "Trees with holes or parents above nothing are taken, or sound ones refused.",
        "A joiner can not open the tree.",
        "7:shape",
        DOCS,
    ),
    ("root", "A patch without its root is taken.", "The tree does not open in its epoch.", "7:root", DOCS),
    (
        "capacity",
        "The capacity is not the smallest power of two that covers the leaves.",
        "Two hubs serve two trees.",
        "7:capacity",
        DOCS,
    ),
    (
        "removed",
        "What was removed stays, or what was not there is removed.",
        "The hub's tree is not that of the members.",
        "7:removed",
        DOCS,
    ),
    (
        "removed-parent",
        "A leaf goes below a parent that was not wrapped anew.",
        "The parent still holds its secret.",
        "7:removed-parent",
        DOCS,
    ),
    ("group", "A patch of another group is taken.", "Trees of two groups are mixed.", "7:group", DOCS),
    ("epoch", "Epochs are skipped or repeated.", "A hub serves a tree of an epoch that it is not of.", "7:epoch", DOCS),
    ("order", "Places may stand in any order, or twice.", "Which node counts depends on the hub.", "7:order", DOCS),
    ("range", "Places outside the capacity are taken or kept.", "The hub's tree grows without bound.", "7:range", DOCS),
    (
        "length",
        "The length of a ciphertext is not looked at.",
        "The hub stores what can be no node.",
        "4:padding",
        DOCS,
    ),
    ("node-epoch", "Nodes of a patch may be of other epochs.", "A stale node is brought back.", "7:node-epoch", DOCS),
    (
        "closed",
        "A node comes without what is above it.",
        "Its parent holds the secret of the node before.",
        "7:closed",
        DOCS,
    ),
    ("hash", "The hash is not computed anew.", "The hub serves a tree that nobody takes.", "5:hash", DOCS),
    (
        "partition",
        "Trees are kept by epoch, and not by partition.",
        "Branches of a fork overwrite each other.",
        "7:new-partition",
        DOCS,
    ),
    ("missing", "A commit without a patch is taken.", "Nobody can join that epoch.", "6:every-commit", DOCS),
    (
        "repair",
        "A repair replaces the committer's tree, is refused, or is kept twice.",
        "Whoever comes first, or last, decides what joiners get.",
        "5:patch-is-no-vote",
        DOCS,
    ),
    (
        "retention",
        "Trees are served for ever, or lost with the one that was forgotten.",
        "A late joiner is left without a tree, or the hub without room.",
        "7:retention",
        DOCS,
    ),
    ("limit", "Limits are off by one, or not kept.", "The hub runs out of memory.", "7:limit", DOCS),
    ("octets", "Patches are read leniently.", "Two hubs read two patches.", "7:order", DOCS),
    ("input", "Steps are taken in any order.", "A session's state is lost.", "7:group", DOCS),
];

pub(super) const MEMBER: &[NoteRow] = &[
    (
        "joins",
        "The client does not make the tree of a commit as everybody else makes it.",
        "Its own patches are of another tree, and nobody can join by them.",
        "6:path-only",
        DOCS,
    ),
    (
        "tree",
        "The client goes in by a tree that is not the group's, or gives up where a later one is.",
        "A hub decides whom the client takes for members, or one bad patch keeps joiners out.",
        "8:open",
        DOCS,
    ),
    (
        "patch",
        "The client lets the hub's tree decide what it follows, or leaves a wrong one as it is.",
        "Whoever alters what the hub keeps splits the group, or keeps joiners out.",
        "5:patch-is-no-vote",
        DOCS,
    ),
    (
        "own-commit",
        "The client sends commits without their patch, or of another tree.",
        "The hub refuses the commit, or nobody can join any more.",
        "6:every-commit",
        DOCS,
    ),
];
