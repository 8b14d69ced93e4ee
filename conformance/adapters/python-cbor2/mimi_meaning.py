"""What MIMI content means (draft-ietf-mimi-content-08): the operations beyond the codec in mimi_content.py."""

import hashlib
import re

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

import mimi_content as mimi
from mimi_content import Invalid, check

LIMITS = {"future_ms": 300_000, "floor_ms": None, "past_s": 31_536_000, "horizon_s": 31_536_000, "max_octets": None}
KNOWN_ID_HASH = "01"  # SHA-256, the first octet of a message ID (section 3.3)

# IANA Named Information Hash Algorithm Registry: the name in hashlib, and how many octets are kept.
HASHES = {1: ("sha256", 32), 2: ("sha256", 16), 3: ("sha256", 15), 4: ("sha256", 12), 5: ("sha256", 8),
          6: ("sha256", 4), 7: ("sha384", 48), 8: ("sha512", 64), 9: ("sha3_224", 28), 10: ("sha3_256", 32),
          11: ("sha3_384", 48), 12: ("sha3_512", 64)}
# IANA AEAD Algorithms: the octets of the key. The nonces of RFC 5116 have 12 octets, the tags 16.
GCM_KEYS = {1: 16, 2: 32}
# Not the end of a longer scheme, nor the start of a longer host.
CID = re.compile(rb"(?<![A-Za-z0-9+.-])cid:(0|[1-9][0-9]{0,8})@local\.invalid(?![\w-]|\.\w)")


def flat(part):
    """The part and what is in it, by part index (section 4.4)."""
    return [part] + [inner for child in part.get("parts", []) for inner in flat(child)]


# --- content/judge: section 9.1 ---

def judge(given):
    data = bytes.fromhex(given["cbor"])
    limits = {**LIMITS, **given.get("limits", {})}
    check(limits["max_octets"] is None or len(data) <= limits["max_octets"], "the document is too large")
    msg = mimi.message(data)
    check(given["sender_is_member"], "the sender is not a member")
    try:
        own_id = mimi.message_id(given)
    except Invalid:  # no URI: no message ID, and no duplicate is seen
        own_id = None
    check(own_id is None or own_id not in given["seen"], "a message ID that was seen before")
    for name in ("replaces", "in_reply_to"):
        check(msg[name] is None or msg[name].startswith(KNOWN_ID_HASH), f"{name}: unknown hash algorithm")

    accepted, now = given["accepted_ms"], given["now_ms"]
    check(accepted <= now + limits["future_ms"], "accepted in the future")
    check(accepted >= given["room_created_ms"], "accepted before the room existed")
    check(limits["floor_ms"] is None or accepted >= limits["floor_ms"], "accepted before any message could exist")

    expires = msg["expires"]
    if expires and expires["relative"]:
        check(expires["time"] <= limits["horizon_s"], "expires too far ahead")
    elif expires:
        ahead_ms = expires["time"] * 1000 - now
        check(ahead_ms >= -limits["past_s"] * 1000, "expired too long ago")
        check(ahead_ms <= limits["horizon_s"] * 1000, "expires too far ahead")

    check(len(msg["topic_id"]) // 2 <= 4096, "a very long topicId")
    check(len(flat(msg["body"])) <= 1024, "too many body parts")
    return {}


# --- content/process: section 4.4 ---

def process(given):
    body = mimi.message(bytes.fromhex(given["cbor"]))["body"]
    index_of = {id(part): index for index, part in enumerate(flat(body))}

    def leaves(part):
        """The leaves that a receiver would handle; none when it cannot process the part."""
        if part["cardinality"] == "null":
            return []
        if part["cardinality"] != "multi":
            return [part] if part["content_type"] in given["supported"] else []
        chosen = [leaves(child) for child in part["parts"]]
        if part["semantics"] == "choose-one":
            return next(filter(None, chosen), [])
        if part["semantics"] == "single-unit" and not all(chosen):
            return []
        return sum(chosen, [])

    handled, skipped, referenced = [], [], set()
    for leaf in leaves(body):
        index = index_of[id(leaf)]
        if index in referenced:
            skipped.append(index)
            continue
        handled.append(index)
        content = bytes.fromhex(leaf.get("content", ""))
        for number in CID.findall(content):
            referenced.add(int(number))
    return {"process": handled, "skipped": skipped}


# --- content/external: section 4.5 ---

def external(given):
    parts = flat(mimi.message(bytes.fromhex(given["cbor"]))["body"])
    check(given["index"] < len(parts), "no such part")
    part = parts[given["index"]]
    check(part["cardinality"] == "external", "not an external part")
    fetched = bytes.fromhex(given["fetched"])
    check(part["expires"] == 0 or given["now_s"] <= part["expires"], "the external content has expired")
    check(int(part["size"]) in (0, len(fetched)), "not the size that was announced")
    if part["hash_alg"] != 0 or part["content_hash"]:
        check(part["hash_alg"] in HASHES, "unknown hash algorithm")
        name, kept = HASHES[part["hash_alg"]]
        found = hashlib.new(name, fetched).digest()[:kept].hex()
        check(found == part["content_hash"], "not the hash that was announced")

    key, nonce, aad = (bytes.fromhex(part[name]) for name in ("key", "nonce", "aad"))
    if part["enc_alg"] == 0:
        check(not (key or nonce or aad), "key, nonce or aad without an algorithm")
        return {"plaintext": fetched.hex()}
    check(part["enc_alg"] in GCM_KEYS, "unknown AEAD algorithm")
    check(len(key) == GCM_KEYS[part["enc_alg"]] and len(nonce) == 12, "length of the key or the nonce")
    try:
        return {"plaintext": AESGCM(key).decrypt(nonce, fetched, aad).hex()}
    except InvalidTag as error:
        raise Invalid("the content does not decrypt") from error


# --- content/nohtml: section 7.1.1, and section 6.10 of GFM 0.29 ---

HTML_TAG = re.compile(r"""
    < (?: [A-Za-z][A-Za-z0-9-]*                                              # open tag
          (?: {ws}+ [A-Za-z_:][A-Za-z0-9_.:-]*
              (?: {ws}*={ws}* (?: [^\ \t\n\v\f\r"'=<>`]+ | '[^']*' | "[^"]*" ) )? )*
          {ws}* /? >
        | / [A-Za-z][A-Za-z0-9-]* {ws}* >                                    # closing tag
        | !-- (?! >|-> ) (?: (?!--). )* (?<! (?<!!-)- ) -->                  # comment
        | \? (?: (?!\?>). )* \?>                                             # processing instruction
        | ![A-Z]+ {ws}+ [^>]* >                                              # declaration
        | !\[CDATA\[ (?: (?!\]\]>). )* \]\]> )                               # CDATA section
    """.replace("{ws}", r"[\ \t\n\v\f\r]"), re.VERBOSE | re.DOTALL)


def nohtml(given):
    """Goes from the right: whether a tag starts here depends on what follows, as it is after its own replacements."""
    text = given["markdown"]
    start = text.rfind("<")
    while start >= 0:
        before = text[:start]
        backslashes = len(before) - len(before.rstrip("\\"))
        if backslashes % 2 == 0 and HTML_TAG.match(text, start):
            text = before + "&lt;" + text[start + 1:]
        start = text.rfind("<", 0, start)
    return {"escaped": text}
