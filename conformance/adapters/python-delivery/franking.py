"""docs/spec/franking.md: tags, franks and reports, written from that page.

Of MIMI content only what a frank needs is read: the salt and two extensions, strictly; the rest is walked over.
"""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import constant_time, hashes, hmac, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

import tls
from delivery import octets
from tls import Malformed, Octets

FRANK_AAD = 0x0020
LABEL = b"MLS 1.0 FrankingIntegrityTBS"
ED25519, P256 = (1, 3, 79), (2,)


def mac(key, *parts):
    made = hmac.HMAC(key, hashes.SHA256())
    for part in parts:
        made.update(part)
    return made.finalize()


# Section 1: signatures

def private_key(suite, private):
    if len(private) != 32:
        raise Malformed("no private key")
    if suite in ED25519:
        return ed25519.Ed25519PrivateKey.from_private_bytes(private)
    if suite in P256:
        return ec.derive_private_key(int.from_bytes(private, "big"), ec.SECP256R1())
    raise Malformed(f"no signatures of suite {suite}")


def public_octets(key):
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return key.public_key().public_bytes_raw()
    return key.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def sign_content(content):
    return tls.opaque(LABEL) + tls.opaque(content)


def sign(key, content):
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return key.sign(sign_content(content))
    return key.sign(sign_content(content), ec.ECDSA(hashes.SHA256(), deterministic_signing=True))


def verify(suite, public, content, signature):
    try:
        if suite in ED25519:
            ed25519.Ed25519PublicKey.from_public_bytes(public).verify(signature, sign_content(content))
        elif suite in P256:
            if len(public) != 65:
                raise Malformed("no uncompressed point")
            key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)
            key.verify(signature, sign_content(content), ec.ECDSA(hashes.SHA256()))
        else:
            raise Malformed(f"no signatures of suite {suite}")
    except InvalidSignature:
        raise Malformed("the signature does not verify") from None


# Section 2: the message

class Cbor:
    """Just enough of deterministic CBOR."""

    def __init__(self, content):
        self.r = Octets(content)

    def head(self):
        first = self.r.uint(1)
        major, info = first >> 5, first & 31
        if info < 24:
            return major, info
        if info > 27:
            raise Malformed("no definite length")
        width = 1 << (info - 24)
        value = self.r.uint(width)
        if major < 7 and value < {1: 24, 2: 1 << 8, 4: 1 << 16, 8: 1 << 32}[width]:
            raise Malformed("a head that is not the shortest")
        return major, value

    def of(self, wanted):
        major, value = self.head()
        if major != wanted:
            raise Malformed(f"major type {major} where {wanted} belongs")
        return value

    def text(self):
        return self.r.take(self.of(3)).decode("utf-8")

    def skip(self):
        """Any item: its octets."""
        start = self.r.at
        major, value = self.head()
        if major in (2, 3):
            self.r.take(value)
        for _ in range({4: value, 5: 2 * value, 6: 1}.get(major, 0)):
            self.skip()
        return self.r.octets[start:self.r.at]


def content_of(content):
    """Salt, sender and room."""
    c = Cbor(content)
    if c.of(4) != 7:
        raise Malformed("not seven items")
    salt = c.r.take(c.of(2))
    if len(salt) != 16:
        raise Malformed("a salt of another length")
    for _ in range(4):
        c.skip()
    named, last = {}, b""
    for _ in range(c.of(5)):
        key = c.skip()
        if key <= last:
            raise Malformed("keys out of order")
        last = key
        if key in (b"\1", b"\2"):
            named[key] = c.text()
        else:
            c.skip()
    if c.skip()[:1] not in (b"\x83", b"\x85", b"\x8f"):
        raise Malformed("no part")
    c.r.end()
    if len(named) < 2:
        raise Malformed("sender or room is missing")
    return salt, named[b"\1"], named[b"\2"]


def read(data, framed):
    """Tag, sender and room of application data."""
    content = data
    if framed:
        r = Octets(data)
        r.opaque()
        content = r.opaque()
        r.end()
    salt, sender, room = content_of(content)
    return mac(salt, data), sender, room


def find_tag(authenticated_data):
    if not authenticated_data:
        return None
    last, found = -1, None
    for number, data in Octets(authenticated_data).each(lambda r: (r.uint(2), r.opaque())):
        if number <= last:
            raise Malformed("components out of order")
        last = number
        if number == FRANK_AAD:
            if len(data) != 32:
                raise Malformed("not 32 octets of tag")
            found = data
    return found


# What franks are over

def context_of(sender, room, time):
    return tls.opaque(sender.encode("utf-8")) + tls.opaque(room.encode("utf-8")) + time.to_bytes(8, "big")


def read_frank(text):
    r = Octets(octets(text))
    found = r.take(32), r.uint(2), r.opaque()
    r.end()
    return found


def read_agent(text):
    r = Octets(octets(text))
    key, (credential, _) = r.opaque(), r.walked(tls.credential)
    r.end()
    return key, credential


def domain_of(credential):
    r = Octets(credential)
    if r.uint(2) != 1:
        raise Malformed("no basic credential")
    scheme, mark, rest = r.opaque().decode("utf-8").partition("://")
    for end in "/?#":
        rest = rest.partition(end)[0]
    if scheme.lower() != "mimi" or not mark or not rest:
        raise Malformed("no domain")
    return rest


# The operations

def franking_tag(given):
    tag, _, _ = read(octets(given["application_data"]), given.get("framed", False))
    item = FRANK_AAD.to_bytes(2, "big") + tls.opaque(tag)
    return {"franking_tag": tag.hex(), "authenticated_data": tls.opaque(item).hex()}


def frank(given):
    if given["franking_agent"] is None:
        return {"frank": None}
    agent, _ = read_agent(given["franking_agent"])
    suite = given["cipher_suite"]
    key = private_key(suite, octets(given["signature_priv"]))
    tag = find_tag(octets(given["authenticated_data"]))
    if tag is None or agent != public_octets(key):
        return {"frank": None}
    context = context_of(given["sender_uri"], given["room_uri"], given["accepted_timestamp"])
    head = mac(octets(given["hub_key"]), tag, context) + suite.to_bytes(2, "big")
    return {"frank": (head + tls.opaque(sign(key, head + context))).hex()}


def verify_frank(given):
    if given["frank"] is None or given["franking_agent"] is None:
        raise Malformed("no frank, or nobody who franks")
    server_frank, suite, signature = read_frank(given["frank"])
    tag = find_tag(octets(given["authenticated_data"]))
    if tag is None:
        raise Malformed("no tag")
    if suite != given["cipher_suite"]:
        raise Malformed("another suite")
    key, credential = read_agent(given["franking_agent"])
    if domain_of(credential).lower() != given["hub_domain"].lower():
        raise Malformed("another domain")
    expected, sender, room = read(octets(given["application_data"]), given.get("framed", False))
    context = context_of(sender, room, given["accepted_timestamp"])
    verify(suite, key, server_frank + suite.to_bytes(2, "big") + context, signature)
    if (expected, sender, room) != (tag, given["sender_uri"], given["room_uri"]):
        raise Malformed("the tag, the sender or the room differs")
    return {"context": context.hex()}


def verify_report(given):
    server_frank, suite, signature = read_frank(given["frank"])
    tag, sender, room = read(octets(given["message_content"]), given.get("framed", False))
    context = context_of(sender, room, given["accepted_timestamp"])
    if not constant_time.bytes_eq(mac(octets(given["hub_key"]), tag, context), server_frank):
        raise Malformed("not this hub's frank")
    signed = server_frank + suite.to_bytes(2, "big") + context
    verify(suite, octets(given["franking_signature_key"]), signed, signature)
    if given.get("alleged_abuser_uri") not in (None, sender) or given.get("room_uri") not in (None, room):
        raise Malformed("the report is about something else")
    return {"context": context.hex()}
