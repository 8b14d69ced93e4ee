"""MIMI content (draft-ietf-mimi-content-08) on top of cbor2: what adapter.py wraps."""

import hashlib
import io
import re

import cbor2

CARDINALITIES = ["null", "single", "external", "multi"]
SEMANTICS = ["choose-one", "single-unit", "process-all"]
EXTERNAL = ["content_type", "url", "expires", "size", "enc_alg", "key", "nonce", "aad", "hash_alg",
            "content_hash", "description", "filename"]
SAFE = 2**53 - 1
# Tags that cbor2 would turn into Python objects (dates, fractions, sets…); bignums stay its business.
KEPT_TAGS = [0, 1, 4, 5, 25, 28, 29, 30, 35, 36, 37, 52, 54, 100, 256, 258, 260, 261, 1004, 43000, 55799]


class Invalid(Exception):
    """The input is not a conforming MIMI content message."""


def check(condition, message):
    if not condition:
        raise Invalid(message)


# --- CBOR ---

def loads(data):
    stream = io.BytesIO(data)
    keep = {tag: (lambda value, immutable, tag=tag: cbor2.CBORTag(tag, value)) for tag in KEPT_TAGS}
    try:
        value = cbor2.CBORDecoder(stream, semantic_decoders=keep, allow_indefinite=False,
                                  allow_duplicate_keys=False, max_depth=32, read_size=1).decode()
    except Exception as error:  # cbor2 lets some ValueErrors and TypeErrors of its own through
        raise Invalid(f"not CBOR: {error}") from error
    check(not stream.read(1), "octets after the message")
    return value


def head(major, number):
    encoded = bytearray(cbor2.dumps(number))
    encoded[0] |= major << 5
    return bytes(encoded)


def dumps(value):
    """RFC 8949 section 4.2.1; cbor2's canonical=True sorts keys by length first, as RFC 7049 did."""
    if isinstance(value, (list, tuple)):
        return head(4, len(value)) + b"".join(map(dumps, value))
    if isinstance(value, dict):
        pairs = sorted((dumps(k), dumps(v)) for k, v in value.items())
        return head(5, len(pairs)) + b"".join(k + v for k, v in pairs)
    if isinstance(value, cbor2.CBORTag):
        return head(6, value.tag) + dumps(value.value)
    return cbor2.dumps(value, canonical=True)


# --- fields ---

def uint(value, octets, name):
    check(type(value) is int and 0 <= value < 256**octets, f"{name}: not an unsigned integer of {octets} octets")
    return value


def text(value, name):
    check(isinstance(value, str), f"{name}: not a text string")
    return value


def octets(value, name, size=None):
    check(isinstance(value, bytes), f"{name}: not a byte string")
    check(size is None or len(value) == size, f"{name}: not {size} octets")
    return value.hex()


def array(value, size, name):
    check(isinstance(value, (list, tuple)) and len(value) == size, f"{name}: not an array of {size}")
    return value


def message(data):
    """The message JSON of a document."""
    salt, replaces, topic, expires, reply, extensions, body = array(loads(data), 7, "message")
    if expires is not None:
        relative, time = array(expires, 2, "expires")
        check(type(relative) is bool, "expires: relative is not a boolean")
        expires = {"relative": relative, "time": uint(time, 4, "expires")}
    return {
        "salt": octets(salt, "salt", 16),
        "replaces": None if replaces is None else octets(replaces, "replaces", 32),
        "topic_id": octets(topic, "topicId"),
        "expires": expires,
        "in_reply_to": None if reply is None else octets(reply, "inReplyTo", 32),
        "extensions": extension_list(extensions),
        "body": part(body, 1),
    }


def extension_list(extensions):
    check(isinstance(extensions, dict), "extensions: not a map")
    for key, value in extensions.items():
        check(map_key(key) and not isinstance(key, bytes), "extensions: the key is neither integer nor text")
        check(not isinstance(key, str) or 1 <= len(key.encode()) <= 255, "extensions: length of a text key")
        check(key not in (1, 2) or isinstance(value, str), "extensions: a URI that is not text")
        restricted(value, 2)
        check(len(dumps(value)) <= 4095, "extensions: a value of more than 4095 octets")
    return [{"key": key, "value": dumps(value).hex()} for key, value in extensions.items()]


def map_key(key):
    return isinstance(key, (str, bytes)) or type(key) is int and -SAFE <= key <= SAFE


def restricted(value, level):
    """Sections 6.2 and 6.3, for what is inside an extension."""
    if isinstance(value, dict):
        check(all(map(map_key, value)), "extensions: a map key of a type or size that is not allowed")
        inside = value.values()
    elif isinstance(value, (list, tuple)):
        inside = value
    elif isinstance(value, cbor2.CBORTag):
        inside = [value.value]
    else:
        return
    check(level <= 4, "extensions: nested more than 4 levels deep")
    for item in inside:
        restricted(item, level + 1)


def part(value, depth):
    check(depth <= 4, "parts nested more than 4 levels deep")
    check(isinstance(value, (list, tuple)) and len(value) >= 3, "part: not an array of at least 3")
    disposition, language, cardinality, *rest = value
    check(uint(cardinality, 1, "cardinality") < 4, "cardinality: unknown")
    found = {"disposition": uint(disposition, 1, "disposition"), "language": text(language, "language"),
             "cardinality": CARDINALITIES[cardinality]}
    array(rest, [0, 2, 12, 2][cardinality], found["cardinality"] + " part")
    if cardinality == 1:
        found |= {"content_type": text(rest[0], "contentType"), "content": octets(rest[1], "content")}
    elif cardinality == 2:
        widths = {"expires": 4, "size": 8, "enc_alg": 2, "hash_alg": 1}
        for name, field in zip(EXTERNAL, rest):
            if name in widths:
                found[name] = uint(field, widths[name], name)
            else:
                found[name] = (octets if name in ("key", "nonce", "aad", "content_hash") else text)(field, name)
        found["size"] = str(found["size"])
    elif cardinality == 3:
        check(uint(rest[0], 1, "semantics") < 3, "semantics: unknown")
        check(isinstance(rest[1], (list, tuple)) and len(rest[1]) >= 2, "parts: not an array of at least 2")
        found |= {"semantics": SEMANTICS[rest[0]], "parts": [part(p, depth + 1) for p in rest[1]]}
    return found


# --- operations ---

def encode(msg):
    def optional(name):
        return None if msg[name] is None else bytes.fromhex(msg[name])

    def encode_part(p):
        start = [p["disposition"], p["language"], CARDINALITIES.index(p["cardinality"])]
        if p["cardinality"] == "single":
            return [*start, p["content_type"], bytes.fromhex(p["content"])]
        if p["cardinality"] == "external":
            fields = dict(p, size=int(p["size"]))
            for name in ("key", "nonce", "aad", "content_hash"):
                fields[name] = bytes.fromhex(p[name])
            return [*start, *(fields[name] for name in EXTERNAL)]
        if p["cardinality"] == "multi":
            return [*start, SEMANTICS.index(p["semantics"]), [encode_part(child) for child in p["parts"]]]
        return start

    expires = msg["expires"] and [msg["expires"]["relative"], msg["expires"]["time"]]
    keys = [e["key"] for e in msg["extensions"]]
    check(len(set(keys)) == len(keys), "extensions: the same key twice")
    extensions = {e["key"]: loads(bytes.fromhex(e["value"])) for e in msg["extensions"]}
    for extension in msg["extensions"]:
        written = dumps(extensions[extension["key"]]).hex()
        check(written == extension["value"], "extensions: a value that is not deterministic CBOR")
    data = dumps([bytes.fromhex(msg["salt"]), optional("replaces"), bytes.fromhex(msg["topic_id"]), expires,
                  optional("in_reply_to"), extensions, encode_part(msg["body"])])
    message(data)  # refuses what nobody may send
    return data


def message_id(given):
    data = bytes.fromhex(given["cbor"])
    msg = message(data)
    known = {e["key"]: loads(bytes.fromhex(e["value"])) for e in msg["extensions"]}
    hashed = b""
    for name, key in (("sender_uri", 1), ("room_uri", 2)):
        uri = given.get(name, known.get(key))
        check(uri is not None and len(uri.encode()) < 2**16, f"{name}: missing or too long")
        hashed += len(uri.encode()).to_bytes(2, "big") + uri.encode()
    digest = hashlib.sha256(hashed + data + bytes.fromhex(msg["salt"])).digest()
    return (b"\x01" + digest[:31]).hex()


def parts(data):
    found = []

    def walk(p, parent, depth):
        index = len(found)
        found.append({"index": index, "parent": parent, "depth": depth, "cardinality": p["cardinality"]})
        for child in p.get("parts", []):
            walk(child, index, depth + 1)

    walk(message(data)["body"], None, 1)
    return found


def resolve_cid(given):
    match = re.fullmatch(r"cid:(0|[1-9][0-9]{0,8})@local\.invalid", given["uri"])
    found = parts(bytes.fromhex(given["cbor"]))
    check(match, "not a content ID URI of a part")
    index = int(match[1])
    check(index < len(found), "no such part")
    check(found[index]["cardinality"] in ("single", "external"), "neither a single nor an external part")
    return index
