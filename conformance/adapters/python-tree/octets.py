"""The TLS presentation language, as docs/spec/encrypted-tree.md section 1 has it, and nodes of RFC 9420 section 7."""


class Refused(Exception):
    """What is not as it should be, with its code (`mimicheck list reasons`)."""

    def __init__(self, reason, message=""):
        super().__init__(message or reason)
        self.reason = reason


class Reader:
    """Octets that are read from the front."""

    def __init__(self, octets):
        self.octets, self.at = octets, 0

    def take(self, count):
        if count > len(self.octets) - self.at:
            raise Refused("wire-truncated")
        self.at += count
        return self.octets[self.at - count:self.at]

    def number(self, octets):
        return int.from_bytes(self.take(octets), "big")

    def opaque(self):
        first = self.number(1)
        size = 1 << (first >> 6)
        if size == 8:
            raise Refused("wire-length-prefix")
        length = int.from_bytes(bytes([first & 0x3F]) + self.take(size - 1), "big")
        if len(header(length)) != size:
            raise Refused("wire-length-not-minimal")
        return self.take(length)

    def vector(self, read):
        inner, items = Reader(self.opaque()), []
        while inner.at < len(inner.octets):
            items.append(read(inner))
        return items

    def present(self):
        """The first octet of an optional<>."""
        flag = self.number(1)
        if flag > 1:
            raise Refused("wire-unknown-enum", "neither absent nor present")
        return flag == 1

    def passed(self, walk):
        """The octets that `walk` goes over."""
        start = self.at
        walk(self)
        return self.octets[start:self.at]

    def end(self):
        if self.at != len(self.octets):
            raise Refused("wire-trailing", "octets behind the end")


def whole(octets, read):
    reader = Reader(octets)
    value = read(reader)
    reader.end()
    return value


def number(value, octets):
    return value.to_bytes(octets, "big")


def header(length):
    if length < 1 << 6:
        return number(length, 1)
    if length < 1 << 14:
        return number(length | 0x4000, 2)
    if length < 1 << 30:
        return number(length | 0x80000000, 4)
    raise Refused("tree-base", "too long for a vector")


def opaque(octets):
    return header(len(octets)) + octets


def words(count):
    return lambda reader: reader.vector(lambda inner: inner.number(count))


def extension(reader):
    reader.number(2)
    reader.opaque()


def leaf_node(reader):
    reader.opaque()                                                     # encryption_key
    reader.opaque()                                                     # signature_key
    if reader.number(2) == 2:
        reader.vector(Reader.opaque)                                    # a chain of certificates
    else:
        reader.opaque()                                                 # an identity
    for _ in range(5):
        words(2)(reader)                                                # capabilities
    source = reader.number(1)
    if source == 1:
        reader.take(16)                                                 # lifetime
    elif source == 3:
        reader.opaque()                                                 # parent_hash
    elif source != 2:
        raise Refused("wire-unknown-enum", "leaf_node_source")
    reader.vector(extension)
    reader.opaque()                                                     # signature


def parent_node(reader):
    reader.opaque()                                                     # encryption_key
    reader.opaque()                                                     # parent_hash
    words(4)(reader)                                                    # unmerged_leaves


def payload(kind, index):
    """A walk over the payload of a place (section 1), be it blank or not."""
    def walk(reader):
        if not reader.present():
            return
        if kind == "ratchet-tree":
            parent = index % 2
            if reader.number(1) != 1 + parent:
                raise Refused("wire-unknown-enum", "a leaf node at a parent's place, or the other way round")
            (parent_node if parent else leaf_node)(reader)
        elif index % 2:
            raise Refused("wire-unknown-enum", "a parent has no link key")
        else:
            reader.opaque()
    return walk
