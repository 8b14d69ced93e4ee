"""Keys of nodes and what is made with them: docs/spec/encrypted-tree.md sections 3 and 5."""

import hashlib
import hmac

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from octets import Refused, number, opaque

#: Hash and octets of the AEAD's key.
SUITES = {1: ("sha256", 16), 2: ("sha256", 16), 4: ("sha512", 32), 5: ("sha512", 32), 7: ("sha384", 32), 79: ("sha256", 16)}
HASHES = {"sha256": hashes.SHA256, "sha384": hashes.SHA384, "sha512": hashes.SHA512}
LABELS = {"ratchet-tree": b"mimi ert 0", "link-keys": b"mimi link 0"}
TAG = 16
NONCE = 12


class Suite:
    def __init__(self, code):
        if code not in SUITES:
            raise Refused("tree-suite", "no suite with AES-GCM")
        self.hash, self.key = SUITES[code]
        self.size = hashlib.new(self.hash).digest_size

    def digest(self, octets):
        return hashlib.new(self.hash, octets).digest()

    def mac(self, key, octets):
        return hmac.new(key, octets, self.hash).digest()

    def expand(self, secret, label, context, length):
        info = number(length, 2) + opaque(b"MLS 1.0 " + label) + opaque(context)
        return HKDFExpand(HASHES[self.hash](), length, info).derive(secret)

    def secret(self, octets):
        """A secret that is told: Nh octets."""
        if len(octets) != self.size:
            raise Refused("tree-base", f"{len(octets)} octets of {self.size}")
        return octets

    def node_siv(self, ert_secret, index, content):
        return self.mac(self.expand(ert_secret, b"ert siv", b"", self.size), number(index, 4) + content)

    def node_secret(self, ert_secret, index, siv):
        return self.expand(ert_secret, b"ert node", number(index, 4) + opaque(siv), self.size)

    def node_key(self, node_secret):
        return self.expand(node_secret, b"ert key", b"", self.key)

    def node_nonce(self, node_secret):
        return self.expand(node_secret, b"ert nonce", b"", NONCE)

    def seal(self, node_secret, aad, content):
        return AESGCM(self.node_key(node_secret)).encrypt(self.node_nonce(node_secret), content, aad)

    def open(self, node_secret, aad, ciphertext):
        try:
            return AESGCM(self.node_key(node_secret)).decrypt(self.node_nonce(node_secret), ciphertext, aad)
        except InvalidTag:
            raise Refused("tree-undecryptable") from None

    def tag(self, ert_secret, group, epoch, capacity, ert_hash):
        key = self.expand(ert_secret, b"ert tag", b"", self.size)
        return self.mac(key, opaque(group) + number(epoch, 8) + number(capacity, 4) + opaque(ert_hash))
