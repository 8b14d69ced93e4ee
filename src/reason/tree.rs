//! Reasons of encrypted trees (`docs/spec/encrypted-tree.md`).

use super::table::reasons;

reasons! {
    // One node
    TREE_NODE_MISSING = "tree-node-missing", Nonconforming, "ert-0:4:leaf-present", "the content of a leaf without a node";
    TREE_CHILD_SECRET_LENGTH = "tree-child-secret-length", Nonconforming, "ert-0:4:child-secrets", "a child's secret that is neither empty nor as long as the suite's hash, or two that are empty";
    TREE_PADDING = "tree-padding", Nonconforming, "ert-0:4:padding", "padding that is not the fewest zeros which fill the block";
    TREE_CIPHERTEXT_LENGTH = "tree-ciphertext-length", Nonconforming, "ert-0:4:padding", "a ciphertext that is not a tag longer than a positive multiple of 256 octets";

    // A patch, as anybody can check it
    TREE_OTHER_GROUP = "tree-other-group", Misbehaviour, "ert-0:7:group", "a patch or a tree of another group";
    TREE_EPOCH = "tree-epoch", Misbehaviour, "ert-0:7:epoch", "a patch whose epoch is not the next one, or a tree of another epoch";
    TREE_CAPACITY = "tree-capacity", Misbehaviour, "ert-0:7:capacity", "a leaf capacity that is not the smallest power of two which covers the leaves, or too large";
    TREE_NODE_ORDER = "tree-node-order", Nonconforming, "ert-0:7:order", "node indices that do not ascend strictly";
    TREE_NODE_RANGE = "tree-node-range", Nonconforming, "ert-0:7:range", "a node outside the capacity";
    TREE_NODE_EPOCH = "tree-node-epoch", Misbehaviour, "ert-0:7:node-epoch", "a node of a patch that carries another epoch, or a child wrapped later than its parent";
    TREE_ROOT_MISSING = "tree-root-missing", Misbehaviour, "ert-0:7:root", "a patch or a tree without its root";
    TREE_NOT_CLOSED = "tree-not-closed", Misbehaviour, "ert-0:7:closed", "a node in a patch whose parent is not";
    TREE_REMOVED_UNKNOWN = "tree-removed-unknown", Misbehaviour, "ert-0:7:removed", "a removed node that the tree did not have, or that the patch has too";
    TREE_REMOVED_PARENT = "tree-removed-parent", Misbehaviour, "ert-0:7:removed-parent", "a removed node whose parent stays as it was";
    TREE_HOLE = "tree-hole", Misbehaviour, "ert-0:7:shape", "a node without its parent";
    TREE_CHILDLESS = "tree-childless", Misbehaviour, "ert-0:7:shape", "a parent without a child";
    TREE_HASH = "tree-hash", Misbehaviour, "ert-0:5:hash", "the hash is not that of the tree";
    TREE_TOO_LARGE = "tree-too-large", Policy, "ert-0:7:limit", "more octets than this side takes";
    TREE_PATCH_MISSING = "tree-patch-missing", Misbehaviour, "ert-0:6:every-commit", "a commit without a patch of the tree";
    TREE_PARTITION_EXISTS = "tree-partition-exists", Misbehaviour, "ert-0:7:new-partition", "a commit to a partition that has a tree already";
    TREE_UNKNOWN_PARTITION = "tree-unknown-partition", Caller, "", "a partition without a tree";
    TREE_PARTITION_LIMIT = "tree-partition-limit", Policy, "ert-0:7:limit", "more partitions than this side keeps trees of";
    TREE_CANDIDATE_LIMIT = "tree-candidate-limit", Policy, "ert-0:7:limit", "more trees of one partition than this side keeps";
    TREE_TOO_OLD = "tree-too-old", Policy, "ert-0:7:retention", "a tree of an epoch that nobody may join any more";

    // What only somebody with keys can check
    TREE_TAG = "tree-tag", Misbehaviour, "ert-0:5:tag", "the tag does not verify";
    TREE_UNDECRYPTABLE = "tree-undecryptable", Misbehaviour, "ert-0:8:open", "a node that does not open";
    TREE_SIV = "tree-siv", Misbehaviour, "ert-0:8:siv", "a node of this epoch whose secret is not the one of its content";
    TREE_CHILD_MISMATCH = "tree-child-mismatch", Misbehaviour, "ert-0:4:child-secrets", "a child that is there without a secret, or a secret without a child";
    TREE_SUITE = "tree-suite", Policy, "", "a cipher suite whose functions are not known";
    TREE_BASE = "tree-base", Caller, "", "a tree of nodes that is none: too many, or a parent above nothing";
}
