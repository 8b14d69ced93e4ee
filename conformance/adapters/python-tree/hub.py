"""A hub of one group's trees: `tree-hub/*`, after docs/spec/encrypted-tree.md section 7. It keeps whole trees."""

from node import Setup
from octets import Refused, whole
from shape import apply, read_patch, write


class Hub:
    def __init__(self):
        self.setup = None

    def new(self, given):
        if self.setup is not None:
            raise Refused("no-state", "a session is one hub")
        limits = given.get("limits") or {}
        self.most = {name: limits.get(name) for name in ("max_octets", "max_candidates", "max_partitions")}
        #: By partition where it comes from, and the trees that it may have, the committer's first; none once forgotten.
        self.origin, self.trees = {}, {}
        self.setup = Setup(given)
        return {}

    def known(self, partition):
        if self.setup is None:
            raise Refused("no-state", "tree-hub/new comes first")
        if partition not in self.trees:
            raise Refused("tree-unknown-partition")
        if not self.trees[partition]:
            raise Refused("tree-too-old")
        return self.trees[partition]

    def patched(self, origin, octets):
        """What the patch makes of the first base that it fits; why it does not fit the first one if it fits none."""
        bases = [None] if origin is None else self.known(origin)
        if octets is None:
            raise Refused("tree-patch-missing")
        patch, why = whole(bytes.fromhex(octets), read_patch), None
        for base in bases:
            try:
                return apply(self.setup, base, patch, self.most["max_octets"])
            except Refused as refused:
                why = why or refused
        raise why

    def commit(self, given):
        if self.setup is None:
            raise Refused("no-state", "tree-hub/new comes first")
        if given["to"] in self.trees:
            raise Refused("tree-partition-exists")
        if self.most["max_partitions"] is not None and len(self.trees) >= self.most["max_partitions"]:
            raise Refused("tree-partition-limit")
        tree = self.patched(given["from"], given["patch"])
        self.origin[given["to"]], self.trees[given["to"]] = given["from"], [tree]
        return {}

    def repair(self, given):
        trees = self.known(given["to"])
        tree = self.patched(self.origin[given["to"]], given["patch"])
        if tree in trees:
            return {}
        if self.most["max_candidates"] is not None and len(trees) >= self.most["max_candidates"]:
            raise Refused("tree-candidate-limit")
        trees.append(tree)
        return {}

    def fetch(self, given):
        return {"trees": [write(tree).hex() for tree in self.known(given["partition"])]}

    def forget(self, given):
        self.known(given["partition"])
        self.trees[given["partition"]] = []
        return {}


OPERATIONS = {"tree-hub/new": Hub.new, "tree-hub/commit": Hub.commit, "tree-hub/repair": Hub.repair,
              "tree-hub/fetch": Hub.fetch, "tree-hub/forget": Hub.forget}
