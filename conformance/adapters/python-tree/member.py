"""Somebody who holds keys: `tree-member/*`, after docs/spec/encrypted-tree.md sections 6, 8 and 9."""

from collections import namedtuple

from node import Setup
from octets import Reader, Refused, number, opaque, payload, whole
from shape import (Tree, check_tree, children, inside, level, parent, read_tree, root, smallest, tree_hash, write)

BLANK = b"\0"

Help = namedtuple("Help", "group partition epoch capacity root_siv root_secret ert_hash")


def read_help(reader):
    return Help(reader.opaque(), reader.take(16), reader.number(8), reader.number(4), reader.opaque(), reader.opaque(),
                reader.opaque())


class Member:
    def __init__(self):
        #: The tree, and by place the payloads and secrets of its nodes. They change together or not at all.
        self.setup = self.tree = self.payloads = self.secrets = None

    def new(self, given):
        if self.setup is not None:
            raise Refused("no-state", "a session is one member")
        self.setup = Setup(given)
        return {}

    def begun(self):
        if self.tree is None:
            raise Refused("no-state", "there is no tree yet")

    def commit(self, given):
        if (given.get("epoch") is None) == (self.tree is None):
            raise Refused("tree-base", "the first tree has an epoch, others do not")
        suite, epoch = self.setup.suite, given["epoch"] if self.tree is None else self.tree.epoch + 1
        ert_secret = suite.secret(bytes.fromhex(given["ert_secret"]))
        before = self.payloads or {}
        now = self.told(bytes.fromhex(given["payloads"]))
        capacity = smallest([index for index in now if index % 2 == 0])
        removed = sorted(index for index in before if index not in now)
        fresh = {root(capacity)}
        changed = [index for index in now if before.get(index) != now[index]] + removed
        for index in changed:
            if index in now:
                fresh.add(index)
            while inside(parent(index), capacity) and index != root(capacity):
                index = parent(index)
                if index in now:
                    fresh.add(index)
        nodes = {index: node for index, node in self.tree.nodes.items() if index in now} if self.tree else {}
        secrets = {index: secret for index, secret in (self.secrets or {}).items() if index in now}
        for index in sorted(fresh, key=lambda index: (level(index), index)):
            below = [secrets.get(child, b"") for child in children(index)] if index % 2 else []
            nodes[index], secrets[index], siv = self.setup.wrap(ert_secret, epoch, index, now[index], below)
        ert_hash = tree_hash(suite, nodes, root(capacity))
        # The root is wrapped last, so `siv` is its.
        tree = Tree(self.setup.group, epoch, capacity, nodes, siv, ert_hash,
                    suite.tag(ert_secret, self.setup.group, epoch, capacity, ert_hash))
        self.tree, self.payloads, self.secrets = tree, now, secrets
        patch = tree._replace(nodes={index: nodes[index] for index in fresh})
        return {"patch": write(patch, removed).hex()}

    def told(self, octets):
        """Payloads of live places, of those of all places up to the last leaf that is there."""
        inner, all_of_them = Reader(whole(octets, Reader.opaque)), []
        while inner.at < len(inner.octets):
            all_of_them.append(inner.passed(payload(self.setup.kind, len(all_of_them))))
        if len(all_of_them) % 2 == 0 or all_of_them[-1] == BLANK:
            raise Refused("tree-base", "the last place is no leaf that is there")
        live = set()
        for index in range(0, len(all_of_them), 2):
            if all_of_them[index] != BLANK:
                live.add(index)
        capacity = smallest(live)
        for index in list(live):
            while index != root(capacity):
                index = parent(index)
                live.add(index)
        return {index: all_of_them[index] if index < len(all_of_them) else BLANK for index in live}

    def opened(self, tree, root_secret, ert_secret):
        """Payloads and secrets of a tree, from its root down; with the epoch's secret its sivs are looked at."""
        payloads, secrets, suite = {}, {root(tree.capacity): root_secret}, self.setup.suite
        for index in sorted(tree.nodes, key=level, reverse=True):
            node, secret = tree.nodes[index], secrets[index]
            content = self.setup.open(node, secret)
            payloads[index], below = self.setup.parts(index, content)
            if index % 2:
                for child, held in zip(children(index), below):
                    if (child in tree.nodes) != bool(held):
                        raise Refused("tree-child-mismatch")
                    secrets[child] = held
            if ert_secret is not None and node.epoch == tree.epoch:
                siv = suite.node_siv(ert_secret, index, content)
                if secret != suite.node_secret(ert_secret, index, siv):
                    raise Refused("tree-siv")
                if index == root(tree.capacity) and siv != tree.root_siv:
                    raise Refused("tree-siv")
        return payloads, {index: secret for index, secret in secrets.items() if secret}

    def moved(self, tree, payloads, secrets):
        self.tree, self.payloads, self.secrets = tree, payloads, secrets
        last = max(index for index in payloads if index % 2 == 0)
        return {"payloads": opaque(b"".join(payloads.get(index, BLANK) for index in range(last + 1))).hex()}

    def join(self, given):
        suite, said = self.setup.suite, whole(bytes.fromhex(given["tree"]), read_tree)
        ert_secret = suite.secret(bytes.fromhex(given["ert_secret"]))
        if self.tree is not None:
            raise Refused("no-state", "is in the group")
        if said.epoch != given["epoch"]:
            raise Refused("tree-epoch")
        tree = check_tree(self.setup, said)
        if tree.ert_tag != suite.tag(ert_secret, tree.group, tree.epoch, tree.capacity, tree.ert_hash):
            raise Refused("tree-tag")
        root_secret = suite.node_secret(ert_secret, root(tree.capacity), tree.root_siv)
        return self.moved(tree, *self.opened(tree, root_secret, ert_secret))

    def join_with_help(self, given):
        told = whole(bytes.fromhex(given["help"]), read_help)
        said = whole(bytes.fromhex(given["tree"]), read_tree)
        if self.tree is not None:
            raise Refused("no-state", "is in the group")
        if {told.group, said.group} != {self.setup.group}:
            raise Refused("tree-other-group")
        if said.epoch != told.epoch:
            raise Refused("tree-epoch")
        if said.capacity != told.capacity:
            raise Refused("tree-capacity")
        tree = check_tree(self.setup, said)
        if (tree.ert_hash, tree.root_siv) != (told.ert_hash, told.root_siv):
            raise Refused("tree-hash")
        return self.moved(tree, *self.opened(tree, self.setup.suite.secret(told.root_secret), None))

    def help(self, given):
        self.begun()
        key, tree = bytes.fromhex(given["partition_key"]), self.tree
        if len(key) != 16:
            raise Refused("bad-input", "a partition key has 16 octets")
        octets = opaque(tree.group) + key + number(tree.epoch, 8) + number(tree.capacity, 4) + opaque(tree.root_siv)
        return {"help": (octets + opaque(self.secrets[root(tree.capacity)]) + opaque(tree.ert_hash)).hex()}

    def served(self, _given):
        self.begun()
        return {"tree": write(self.tree).hex()}


OPERATIONS = {"tree-member/new": Member.new, "tree-member/commit": Member.commit, "tree-member/join": Member.join,
              "tree-member/join-with-help": Member.join_with_help, "tree-member/help": Member.help,
              "tree-member/tree": Member.served}
