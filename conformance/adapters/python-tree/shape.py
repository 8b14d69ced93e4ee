"""Trees of encrypted nodes without any key: docs/spec/encrypted-tree.md sections 2, 5 and 7."""

from collections import namedtuple

from node import check_length, read_node, write_node
from octets import Refused, number, opaque

MOST = 1 << 20

Patch = namedtuple("Patch", "group epoch capacity nodes removed root_siv ert_hash ert_tag")
#: `nodes` by index.
Tree = namedtuple("Tree", "group epoch capacity nodes root_siv ert_hash ert_tag")


def level(index):
    return (~index & (index + 1)).bit_length() - 1


def parent(index):
    bit = 1 << level(index)
    return (index | bit) & ~(bit << 1)


def children(index):
    half = 1 << (level(index) - 1)
    return index - half, index + half


def root(capacity):
    return capacity - 1


def inside(index, capacity):
    return index < 2 * capacity - 1


def smallest(leaves):
    """The capacity for leaves at these node indices."""
    highest = max(leaves) // 2
    return 1 << highest.bit_length()


def read_patch(reader):
    return Patch(reader.opaque(), reader.number(8), reader.number(4), reader.vector(read_node),
                 reader.vector(lambda inner: inner.number(4)), reader.opaque(), reader.opaque(), reader.opaque())


def read_tree(reader):
    """A tree as it was said: its nodes in a list."""
    return Tree(reader.opaque(), reader.number(8), reader.number(4), reader.vector(read_node), reader.opaque(),
                reader.opaque(), reader.opaque())


def write(it, removed=None):
    nodes = [it.nodes[index] for index in sorted(it.nodes)] if isinstance(it.nodes, dict) else it.nodes
    head = opaque(it.group) + number(it.epoch, 8) + number(it.capacity, 4) + opaque(b"".join(map(write_node, nodes)))
    if removed is not None:
        head += opaque(b"".join(number(index, 4) for index in removed))
    return head + opaque(it.root_siv) + opaque(it.ert_hash) + opaque(it.ert_tag)


def tree_hash(suite, nodes, index):
    if index not in nodes:
        return b""
    octets = write_node(nodes[index])
    if index % 2:
        octets += b"".join(opaque(tree_hash(suite, nodes, child)) for child in children(index))
    return suite.digest(octets)


def ascending(indices):
    if any(later <= before for before, later in zip(indices, indices[1:])):
        raise Refused("tree-node-order")


def check_head(group, said):
    if said.group != group:
        raise Refused("tree-other-group")
    check_capacity(said.capacity)


def check_capacity(capacity):
    if not 0 < capacity <= MOST or capacity & (capacity - 1):
        raise Refused("tree-capacity")


def check_nodes(said):
    ascending([node.index for node in said.nodes])
    for node in said.nodes:
        if not inside(node.index, said.capacity):
            raise Refused("tree-node-range")
        check_length(node)


def check_shape(suite, capacity, nodes, ert_hash):
    """The last rows of the table: of what is there afterwards."""
    for index in sorted(nodes):
        if index != root(capacity) and parent(index) not in nodes:
            raise Refused("tree-hole")
        if index % 2 and not any(child in nodes for child in children(index)):
            raise Refused("tree-childless")
    if smallest([index for index in nodes if index % 2 == 0]) != capacity:
        raise Refused("tree-capacity")
    if tree_hash(suite, nodes, root(capacity)) != ert_hash:
        raise Refused("tree-hash")


def apply(setup, base, patch, most=None):
    """The tree that a patch makes of another one, or of nothing."""
    if most is not None and sum(len(node.ciphertext) for node in patch.nodes) + 4 * len(patch.removed) > most:
        raise Refused("tree-too-large")
    check_head(setup.group, patch)
    if base is not None and patch.epoch != base.epoch + 1:
        raise Refused("tree-epoch")
    check_nodes(patch)
    fresh = {node.index: node for node in patch.nodes}
    if any(node.epoch != patch.epoch for node in patch.nodes):
        raise Refused("tree-node-epoch")
    if root(patch.capacity) not in fresh:
        raise Refused("tree-root-missing")
    if any(index != root(patch.capacity) and parent(index) not in fresh for index in fresh):
        raise Refused("tree-not-closed")
    held, gone = dict(base.nodes) if base else {}, set(patch.removed)
    ascending(patch.removed)
    for index in patch.removed:
        if index not in held or index in fresh:
            raise Refused("tree-removed-unknown")
        above = parent(index)
        if inside(above, patch.capacity) and above not in fresh and above not in gone:
            raise Refused("tree-removed-parent")
    nodes = {index: node for index, node in held.items() if index not in gone}
    if any(not inside(index, patch.capacity) for index in nodes):
        raise Refused("tree-node-range")
    nodes.update(fresh)
    check_shape(setup.suite, patch.capacity, nodes, patch.ert_hash)
    return Tree(patch.group, patch.epoch, patch.capacity, nodes, patch.root_siv, patch.ert_hash, patch.ert_tag)


def check_tree(setup, said):
    """A whole tree that was served."""
    check_head(setup.group, said)
    check_nodes(said)
    nodes = {node.index: node for node in said.nodes}
    top = root(said.capacity)
    if top not in nodes:
        raise Refused("tree-root-missing")
    if nodes[top].epoch != said.epoch:
        raise Refused("tree-node-epoch")
    for index, node in nodes.items():
        if index != top and parent(index) in nodes and node.epoch > nodes[parent(index)].epoch:
            raise Refused("tree-node-epoch")
    check_shape(setup.suite, said.capacity, nodes, said.ert_hash)
    return said._replace(nodes=nodes)
