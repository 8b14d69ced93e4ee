"""docs/spec/room.md: structures as values, written from that page."""

import tls
from delivery import OPAQUE, Kind, fixed, octets, optional, said_of, uint, vector, walked
from tls import Malformed, Octets


def code(*known):
    def write(value):
        if value not in known:
            raise Malformed(f"{value} is none of {known}")
        return bytes([value])
    return Kind(lambda r: r.one_of(1, *known), write)


def text_of(content):
    text = content.decode("utf-8")
    if "\0" in text:
        raise Malformed("a null in a text")
    return text


def write_text(value):
    text_of(value.encode("utf-8"))
    return tls.opaque(value.encode("utf-8"))


TEXT = Kind(lambda r: text_of(r.opaque()), write_text)
PROTOCOL = code(1)
KEY_PACKAGE, WELCOME, CREDENTIAL = walked(tls.key_package), walked(tls.welcome), walked(tls.credential)
GROUP_INFO, TREE, EXTENSIONS = walked(tls.group_info), walked(tls.ratchet_tree), walked(tls.extensions)
SUITES = vector(uint(2))


def record(*fields, check=lambda value: None, arms=lambda value: ()):
    """Fields in order; `arms` says which follow, from those before."""
    def read(r):
        value = {}
        for name, kind in fields:
            value[name] = kind.read(r)
        for name, kind in arms(value):
            value[name] = kind.read(r)
        check(value)
        return value

    def write(value):
        check(value)
        return b"".join(kind.write(value[name]) for name, kind in (*fields, *arms(value)))
    return Kind(read, write)


def by_code(name, arms):
    return lambda value: arms[value[name]]


def message(*wanted):
    """An MLSMessage that is one of these (kind, content type)."""
    def check(said):
        if (said["is"], said.get("content")) not in wanted:
            raise Malformed(f"not one of {wanted}")
    return walked(tls.mls_message, check)


def by_message(name, arms):
    def chosen(value):
        said = said_of(value[name])
        return arms.get((said["is"], said.get("content")), ())
    return chosen


def treeless(said):
    if said["tree"]:
        raise Malformed("a tree inside the GroupInfo")


def suites_listed(value):
    if not value["acceptable_ciphersuites"]:
        raise Malformed("no cipher suite")


def clients_allowed(value):
    if value["clients"] and value["user_status"] not in (0, 1, 3):
        raise Malformed("clients of a failure")


APPLICATION, WELCOMED = ("PrivateMessage", 1), ("Welcome", None)
PROPOSAL, COMMIT = ("PublicMessage", 2), ("PublicMessage", 3)
PROPOSALS = vector(message(PROPOSAL))
TREE_OPTION = record(("representation", code(1, 2, 3, 4)), arms=by_code("representation", {
    1: (("ratchet_tree", TREE),),
    2: (("ratchet_tree_url", OPAQUE), ("tree_signature", OPAQUE)),
    3: (("tree_signature", OPAQUE),),
    4: (),
}))
PARTIAL = record(("ratchet_tree_presence", code(0, 1, 2, 3)), ("group_info_extensions", EXTENSIONS), ("signature", OPAQUE))
INFO_OPTION = record(("representation", code(1, 2)), arms=by_code("representation", {
    1: (("group_info", GROUP_INFO),), 2: (("partial_group_info", PARTIAL),)}))
FRANK = record(("server_frank", fixed(32)), ("franking_signature_ciphersuite", uint(2)),
               ("franking_integrity_signature", OPAQUE))
CLIENT = record(("client_status", code(0, 1, 2)), ("client_uri", OPAQUE), arms=by_code("client_status", {
    0: (("key_package", KEY_PACKAGE),), 1: (), 2: (("client_capabilities", optional(walked(tls.capabilities))),)}))
FANOUT = record(("timestamp", uint(8)), ("message", message(APPLICATION, WELCOMED, PROPOSAL, COMMIT)),
                arms=by_message("message", {
                    APPLICATION: (("frank", optional(FRANK)),),
                    WELCOMED: (("ratchet_tree_option", TREE_OPTION),),
                    PROPOSAL: (("more_proposals", PROPOSALS),),
                    COMMIT: (("external_proposals", PROPOSALS),),
                }))
SENDER = record(("signature_key", OPAQUE), ("credential", CREDENTIAL))
PENDING = record(("proposal", message(PROPOSAL)), ("hub_accepted_time", uint(8)))
USER_ROLE = record(("user", OPAQUE), ("role_index", uint(4)))
DESCRIPTION = record(("media_type", OPAQUE), ("language_tag", OPAQUE), ("description_content", OPAQUE))


def read_to_the_end(r):
    found = [FANOUT.read(r)]
    while r.at < len(r.octets):
        found.append(FANOUT.read(r))
    return {"messages": found}


STRUCTURES = {
    "KeyMaterialRequest": record(
        ("protocol", PROTOCOL), ("requesting_user", OPAQUE), ("target_user", OPAQUE), ("room_id", OPAQUE),
        ("acceptable_ciphersuites", SUITES),
        ("required_capabilities", record(("extension_types", SUITES), ("proposal_types", SUITES),
                                         ("credential_types", SUITES))),
        ("requester_signature_key", OPAQUE), ("requester_credential", CREDENTIAL),
        ("key_material_request_signature", OPAQUE), check=suites_listed),
    "KeyMaterialResponse": record(("protocol", PROTOCOL), ("user_status", code(*range(8))), ("user_uri", OPAQUE),
                                  ("clients", vector(CLIENT)), check=clients_allowed),
    "HandshakeBundle": record(("proposal_or_commit", message(PROPOSAL, COMMIT)), arms=by_message("proposal_or_commit", {
        COMMIT: (("welcome", optional(WELCOME)), ("group_info_option", INFO_OPTION), ("ratchet_tree_option", TREE_OPTION)),
        PROPOSAL: (("more_proposals", PROPOSALS),),
    })),
    "UpdateRoomResponse": record(("response_code", code(0, 1, 2, 3)), ("error_description", TEXT),
                                 arms=by_code("response_code", {
                                     0: (("accepted_timestamp", uint(8)),), 1: (("current_epoch", uint(8)),), 2: (),
                                     3: (("invalid_proposals", vector(OPAQUE)),)})),
    "SubmitMessageRequest": record(("protocol", PROTOCOL), ("app_message", message(APPLICATION)), ("sending_uri", OPAQUE)),
    "SubmitMessageResponse": record(("protocol", PROTOCOL), ("status_code", code(0, 1, 2)), arms=by_code("status_code", {
        0: (("accepted_timestamp", uint(8)), ("frank", optional(FRANK))), 1: (), 2: (("current_epoch", uint(8)),)})),
    "Frank": FRANK,
    "FrankAAD": record(("franking_tag", fixed(32))),
    "FrankingAgentData": record(("franking_signature_key", OPAQUE), ("credential", CREDENTIAL)),
    "FanoutMessage": FANOUT,
    "NotifyRequest": Kind(read_to_the_end, lambda value: b"".join(map(FANOUT.write, value["messages"]))),
    "GroupInfoRequest": record(
        ("protocol", PROTOCOL), ("cipher_suite", uint(2)), ("requesting_signature_key", OPAQUE),
        ("requesting_credential", CREDENTIAL), ("group_info_public_key", OPAQUE), ("joining_code", OPAQUE),
        ("signature", OPAQUE)),
    "GroupInfoResponse": record(("version", PROTOCOL), ("room_id", OPAQUE), ("status", code(1, 2, 3)),
                                arms=by_code("status", {
                                    1: (("cipher_suite", uint(2)), ("hub_sender", SENDER),
                                        ("encrypted_groupinfo_and_tree", walked(tls.hpke_ciphertext)),
                                        ("signature", OPAQUE)),
                                    2: (), 3: ()})),
    "GroupInfoRatchetTreeTBE": record(("group_info", walked(tls.group_info, treeless)),
                                      ("ratchet_tree_option", TREE_OPTION), ("pending_proposals", vector(PENDING))),
    "ParticipantListData": record(("participants", vector(USER_ROLE))),
    "ParticipantListUpdate": record(
        ("changed_role_participants", vector(record(("user_index", uint(4)), ("role_index", uint(4))))),
        ("removed_indices", vector(uint(4))), ("added_participants", vector(USER_ROLE))),
    "RoomMetaData": record(("room_uri", OPAQUE), ("room_name", TEXT), ("room_descriptions", vector(DESCRIPTION)),
                           ("room_avatar", OPAQUE), ("room_subject", TEXT), ("room_mood", TEXT)),
}


def decode(given):
    r = Octets(octets(given["octets"]))
    value = STRUCTURES[given["structure"]].read(r)
    r.end()
    return {"value": value}


def encode(given):
    return {"octets": STRUCTURES[given["structure"]].write(given["value"]).hex()}
