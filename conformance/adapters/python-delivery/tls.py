"""The structures of docs/spec/delivery.md, sections 1 to 3, written from that page alone.

A structure is described by data: a function that reads it, and one that writes it. Reading an MLS structure means to
walk it; what was walked is taken as octets.
"""


class Malformed(Exception):
    """Octets, or a value, that are not the structure that they should be."""


class Octets:
    """Octets that are read from the front."""

    def __init__(self, octets):
        self.octets, self.at = octets, 0

    def take(self, count):
        if count > len(self.octets) - self.at:
            raise Malformed("truncated")
        self.at += count
        return self.octets[self.at - count:self.at]

    def uint(self, width):
        return int.from_bytes(self.take(width), "big")

    def one_of(self, width, *known):
        value = self.uint(width)
        if value not in known:
            raise Malformed(f"{value} is none of {known}")
        return value

    def opaque(self):
        width = {0: 1, 1: 2, 2: 4}.get(self.peek() >> 6)
        if width is None:
            raise Malformed("a length of eight octets")
        length = self.uint(width) & (2 ** (8 * width - 2) - 1)
        if width > 1 and length < {2: 64, 4: 16384}[width]:
            raise Malformed("a length that is not minimal")
        return self.take(length)

    def peek(self):
        if self.at == len(self.octets):
            raise Malformed("truncated")
        return self.octets[self.at]

    def each(self, read):
        inner, found = Octets(self.opaque()), []
        while inner.at < len(inner.octets):
            found.append(read(inner))
        return found

    def optional(self, read):
        return read(self) if self.one_of(1, 0, 1) else None

    def walked(self, walk):
        """What `walk` walks over: its octets, and what it says of them."""
        start = self.at
        said = walk(self)
        return self.octets[start:self.at], said

    def end(self):
        if self.at < len(self.octets):
            raise Malformed("octets are left over")


def opaque(content):
    length = len(content)
    for width, limit in ((1, 64), (2, 16384), (4, 2 ** 30)):
        if length < limit:
            return (length | {1: 0, 2: 0x4000, 4: 0x80000000}[width]).to_bytes(width, "big") + content
    raise Malformed("too long")


# Section 3: where an MLSMessage ends. Each function says what somebody else needs to know.

def mls_message(r):
    r.one_of(2, 1)
    return {1: public_message, 2: private_message, 3: welcome, 4: group_info,
            5: lambda r: key_package(r) or {"is": "KeyPackage"}}[r.one_of(2, 1, 2, 3, 4, 5)](r)


def public_message(r):
    r.opaque(), r.uint(8)
    sender = r.one_of(1, 1, 2, 3, 4)
    if sender in (1, 2):
        r.uint(4)
    r.opaque()
    content = r.one_of(1, 1, 2, 3)
    {1: Octets.opaque, 2: proposal, 3: commit}[content](r)
    r.opaque()
    if content == 3:
        r.opaque()
    if sender == 1:
        r.opaque()
    return {"is": "PublicMessage", "content": content, "commit": content == 3, "joins": sender == 4}


def private_message(r):
    r.opaque(), r.uint(8)
    content = r.one_of(1, 1, 2, 3)
    r.opaque(), r.opaque(), r.opaque()
    return {"is": "PrivateMessage", "content": content, "commit": content == 3}


def welcome(r):
    r.uint(2)
    secrets = r.each(lambda r: (r.opaque(), hpke_ciphertext(r)))
    r.opaque()
    return {"is": "Welcome", "secrets": len(secrets)}


def group_info(r):
    r.one_of(2, 1), r.uint(2), r.opaque(), r.uint(8), r.opaque(), r.opaque(), extensions(r)
    tree = False
    for kind, data in r.each(lambda r: (r.uint(2), r.opaque())):
        if kind == 2:
            tree = True
            inner = Octets(data)
            ratchet_tree(inner)
            inner.end()
    r.opaque(), r.uint(4), r.opaque()
    return {"is": "GroupInfo", "tree": tree}


def commit(r):
    r.each(lambda r: proposal(r) if r.one_of(1, 1, 2) == 1 else r.opaque())
    r.optional(update_path)


def update_path(r):
    leaf_node(r)
    r.each(lambda r: (r.opaque(), r.each(hpke_ciphertext)))


def hpke_ciphertext(r):
    r.opaque(), r.opaque()


def proposal(r):
    kind = r.one_of(2, *range(1, 11))
    if kind == 1:
        key_package(r)
    elif kind == 2:
        leaf_node(r)
    elif kind == 3:
        r.uint(4)
    elif kind == 4:
        pre_shared_key_id(r)
    elif kind == 5:
        r.opaque(), r.uint(2), r.uint(2), extensions(r)
    elif kind == 6:
        r.opaque()
    elif kind == 7:
        extensions(r)
    elif kind == 8:
        r.uint(2)
        if r.one_of(1, 1, 2) == 1:
            r.opaque()
    elif kind == 9:
        r.uint(2), r.opaque()


def pre_shared_key_id(r):
    kind = r.one_of(1, 1, 2, 3)
    if kind == 1:
        r.opaque()
    elif kind == 2:
        r.one_of(1, 1, 2, 3), r.opaque(), r.uint(8)
    else:
        r.uint(2), r.opaque()
    r.opaque()


def key_package(r):
    r.one_of(2, 1), r.uint(2), r.opaque(), leaf_node(r), extensions(r), r.opaque()


def leaf_node(r):
    r.opaque(), r.opaque()
    credential(r), capabilities(r)
    source = r.one_of(1, 1, 2, 3)
    if source == 1:
        r.uint(8), r.uint(8)
    elif source == 3:
        r.opaque()
    extensions(r), r.opaque()


def credential(r):
    if r.uint(2) == 2:
        r.each(Octets.opaque)
    else:
        r.opaque()


def capabilities(r):
    for _ in range(5):
        r.each(lambda r: r.uint(2))


def extensions(r):
    r.each(lambda r: (r.uint(2), r.opaque()))


def ratchet_tree(r):
    r.each(lambda r: r.optional(node))


def node(r):
    if r.one_of(1, 1, 2) == 1:
        leaf_node(r)
    else:
        r.opaque(), r.opaque(), r.each(lambda r: r.uint(4))
