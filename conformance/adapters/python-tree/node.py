"""One node, wrapped and opened: docs/spec/encrypted-tree.md section 4; and `tree/keys`, `tree/wrap`, `tree/unwrap`."""

from collections import namedtuple

from octets import Reader, Refused, header, number, opaque, payload, whole
from suite import LABELS, TAG, Suite

Node = namedtuple("Node", "index epoch ciphertext")

BLOCK = 256


class Setup:
    """What all nodes of a tree have in common."""

    def __init__(self, given):
        self.suite = Suite(given["cipher_suite"])
        self.kind, self.group = given["payload"], bytes.fromhex(given["group_id"])
        self.label = LABELS[self.kind]

    def aad(self, index, epoch):
        return opaque(self.label) + opaque(self.group) + number(epoch, 8) + number(index, 4)

    def content(self, index, said, secrets):
        """Padded content of a place."""
        whole(said, payload(self.kind, index))
        if index % 2:
            if not any(secrets):
                raise Refused("tree-child-secret-length")
            for secret in secrets:
                if len(secret) not in (0, self.suite.size):
                    raise Refused("tree-child-secret-length")
            said += b"".join(map(opaque, secrets))
        elif said == b"\0":
            raise Refused("tree-node-missing")
        zeros = 0
        while (len(said) + len(header(zeros)) + zeros) % BLOCK:
            zeros += 1
        return said + opaque(bytes(zeros))

    def parts(self, index, content):
        """The payload in a content, and its secrets, of which a leaf has none. What was made of them is made again: so
        nothing can be otherwise than it must."""
        reader = Reader(content)
        said = reader.passed(payload(self.kind, index))
        secrets = [reader.opaque(), reader.opaque()] if index % 2 else []
        reader.opaque()
        reader.end()
        if self.content(index, said, secrets) != content:
            raise Refused("tree-padding")
        return said, secrets

    def wrap(self, ert_secret, epoch, index, said, secrets):
        """The node, its secret and its siv."""
        content = self.content(index, said, secrets)
        siv = self.suite.node_siv(ert_secret, index, content)
        secret = self.suite.node_secret(ert_secret, index, siv)
        return Node(index, epoch, self.suite.seal(secret, self.aad(index, epoch), content)), secret, siv

    def open(self, node, secret):
        check_length(node)
        return self.suite.open(secret, self.aad(node.index, node.epoch), node.ciphertext)


def check_length(node):
    if len(node.ciphertext) <= TAG or (len(node.ciphertext) - TAG) % BLOCK:
        raise Refused("tree-ciphertext-length")


def read_node(reader):
    return Node(reader.number(4), reader.number(8), reader.opaque())


def write_node(node):
    return number(node.index, 4) + number(node.epoch, 8) + opaque(node.ciphertext)


def keys(given):
    suite, index = Suite(given["cipher_suite"]), given["node_index"]
    ert_secret = suite.secret(bytes.fromhex(given["ert_secret"]))
    siv = suite.node_siv(ert_secret, index, bytes.fromhex(given["content"]))
    secret = suite.node_secret(ert_secret, index, siv)
    return {"node_siv": siv.hex(), "node_secret": secret.hex(), "node_key": suite.node_key(secret).hex(),
            "node_nonce": suite.node_nonce(secret).hex()}


def wrap(given):
    setup, index = Setup(given), given["node_index"]
    told = [given.get(side) for side in ("left_secret", "right_secret")]
    if [side is not None for side in told] != [index % 2 == 1] * 2:
        raise Refused("bad-input", "a parent has two secrets, a leaf none")
    secrets = [bytes.fromhex(side) for side in told] if index % 2 else []
    node, secret, _ = setup.wrap(setup.suite.secret(bytes.fromhex(given["ert_secret"])), given["epoch"], index,
                                 bytes.fromhex(given["node"]), secrets)
    return {"encrypted_node": write_node(node).hex(), "node_secret": secret.hex()}


def unwrap(given):
    setup, node = Setup(given), whole(bytes.fromhex(given["encrypted_node"]), read_node)
    secret = setup.suite.secret(bytes.fromhex(given["node_secret"]))
    said, secrets = setup.parts(node.index, setup.open(node, secret))
    left, right = [secret.hex() for secret in secrets] or [None, None]
    return {"node": said.hex(), "left_secret": left, "right_secret": right}
