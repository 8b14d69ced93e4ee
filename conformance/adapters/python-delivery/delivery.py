"""docs/spec/delivery.md, sections 2, 4 and 5: structures as values, and partition keys."""

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

import tls
from tls import Malformed, Octets

GROUP_MESSAGE = ("PublicMessage", "PrivateMessage")


class Kind:
    """How a field is read into a value, and written."""

    def __init__(self, read, write):
        self.read, self.write = read, write


def octets(text):
    if not isinstance(text, str) or text != text.lower():
        raise Malformed("no lower-case hex")
    return bytes.fromhex(text)


def fixed(length):
    def write(value):
        if len(octets(value)) != length:
            raise Malformed(f"not {length} octets")
        return octets(value)
    return Kind(lambda r: r.take(length).hex(), write)


def uint(width):
    return Kind(lambda r: r.uint(width), lambda value: value.to_bytes(width, "big"))


OPAQUE = Kind(lambda r: r.opaque().hex(), lambda value: tls.opaque(octets(value)))
KEY = fixed(16)


def walked(walk, check=lambda said: None):
    """What is found by walking: its octets."""
    def read(r):
        found, said = r.walked(walk)
        check(said)
        return found.hex()

    def write(value):
        whole = Octets(octets(value))
        read(whole)
        whole.end()
        return whole.octets
    return Kind(read, write)


def message(*kinds):
    def check(said):
        if said["is"] not in kinds:
            raise Malformed(f"a {said['is']}, not one of {kinds}")
    return walked(tls.mls_message, check)


def said_of(value):
    return tls.mls_message(Octets(octets(value)))


def optional(kind):
    return Kind(lambda r: r.optional(kind.read),
                lambda value: b"\0" if value is None else b"\1" + kind.write(value))


def vector(kind):
    return Kind(lambda r: r.each(kind.read), lambda value: tls.opaque(b"".join(map(kind.write, value))))


def structure(*fields, check=lambda value: None, present=lambda name, value: True):
    """Fields in order. `present` says whether a field is there, from those before it; absent ones are None."""
    def read(r):
        value = {}
        for name, kind in fields:
            value[name] = kind.read(r) if present(name, value) else None
        check(value)
        return value

    def write(value):
        found = b""
        for name, kind in fields:
            if present(name, value):
                found += kind.write(value[name])
            elif value[name] is not None:
                raise Malformed(f"{name} does not belong here")
        check(value)
        return found
    return Kind(read, write)


def with_commit(*names):
    return lambda name, value: name not in names or said_of(value["message"])["commit"]


def counted(value):
    if said_of(value["welcome"])["secrets"] != len(value["service_providers"]):
        raise Malformed("not as many providers as secrets")


def joining(value):
    said = said_of(value["message"])
    if not (said["commit"] and said["joins"]):
        raise Malformed("no external commit")


def once(value):
    keys = [hint["masked_partition_key"] for hint in value["hints"]]
    if len(set(keys)) < len(keys):
        raise Malformed("the same epoch twice")


WELCOME_DATA = structure(("welcome", message("Welcome")), ("service_providers", vector(OPAQUE)), check=counted)
COMMIT_DATA = structure(("next_partition_key", KEY), ("group_info", optional(message("GroupInfo"))),
                        ("welcome_data", optional(WELCOME_DATA)))
MESSAGE = structure(("message", message(*GROUP_MESSAGE)), ("next_partition_key", OPAQUE),
                    ("group_info", optional(message("GroupInfo"))),
                    present=with_commit("next_partition_key", "group_info"))
EPOCH = structure(("messages", vector(MESSAGE)))
HINTED_EPOCH = structure(("masked_partition_key", OPAQUE), ("epoch", EPOCH))

STRUCTURES = {
    "KeyPackageRequest": structure(("user_id", OPAQUE), ("bearer_token", OPAQUE), ("version", uint(2)),
                                   ("cipher_suite", uint(2))),
    "KeyPackageResponse": structure(("key_package", walked(tls.key_package))),
    "WelcomeData": WELCOME_DATA,
    "CommitData": COMMIT_DATA,
    "SendRequest": structure(("message", message(*GROUP_MESSAGE)), ("partition_key", KEY), ("commit_data", COMMIT_DATA),
                             present=with_commit("commit_data")),
    "WelcomeInitRequest": structure(("key_package_refs", vector(OPAQUE))),
    "ReceiveRequest": structure(("partition_key", KEY), ("counter", uint(4))),
    "Message": MESSAGE,
    "Epoch": EPOCH,
    "HintedEpoch": HINTED_EPOCH,
    "ReceiveResponse": structure(("epoch", EPOCH), ("hints", vector(HINTED_EPOCH)), check=once),
    "ExternalJoinRequest": structure(("message", message("PublicMessage")), ("commit_data", COMMIT_DATA), check=joining),
    "GroupInfoRequest": structure(("group_id", OPAQUE)),
    "GroupInfoResponse": structure(("group_info", message("GroupInfo")),
                                   ("ratchet_tree", optional(walked(tls.ratchet_tree)))),
}


def decode(given):
    r = Octets(octets(given["octets"]))
    value = STRUCTURES[given["structure"]].read(r)
    r.end()
    return {"value": value}


def encode(given):
    return {"octets": STRUCTURES[given["structure"]].write(given["value"]).hex()}


HASHES = {1: hashes.SHA256, 2: hashes.SHA256, 3: hashes.SHA256, 4: hashes.SHA512, 5: hashes.SHA512, 6: hashes.SHA512,
          7: hashes.SHA384, 79: hashes.SHA256}


def digest(algorithm, content):
    found = hashes.Hash(algorithm)
    found.update(content)
    return found.finalize()


def expand_with_label(algorithm, secret, label, context, length):
    info = length.to_bytes(2, "big") + tls.opaque(b"MLS 1.0 " + label.encode()) + tls.opaque(context)
    return HKDFExpand(algorithm=algorithm, length=length, info=info).derive(secret)


def partition_key(given):
    algorithm = HASHES[given["cipher_suite"]]()
    secret = octets(given["exporter_secret"])
    if len(secret) != algorithm.digest_size:
        raise Malformed("the secret is not as long as the hash")
    derived = expand_with_label(algorithm, secret, given["label"], b"", algorithm.digest_size)
    context = digest(algorithm, octets(given["context"]))
    key = expand_with_label(algorithm, derived, "exported", context, 16)
    return {"partition_key": key.hex(), "masked_partition_key": digest(algorithm, key).hex()}
