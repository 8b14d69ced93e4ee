"""What a sequence of MIMI messages amounts to (draft-ietf-mimi-content-08, sections 5.3, 5.5-5.8, 5.11, 9.3)."""

import mimi_content as mimi


def thread(given):
    entries = {}  # message ID of a first instance → what became of the message
    first_of = {}  # message ID of a version → message ID of its first instance
    seen, unresolved, ignored = set(), [], []
    policy = given.get("policy") or {}

    def apply(message_id, msg, received):
        """Takes one message in; returns why it is ignored, if it is."""
        if message_id in seen:
            return "duplicate-message-id"
        replaced = msg["replaces"]
        if replaced is None:
            entries[message_id] = new_entry(message_id, msg, received)
            first_of[message_id] = message_id
        elif replaced in first_of:
            return replace(entries[first_of[replaced]], message_id, msg, received["sender_uri"])
        else:
            unresolved.append({"id": message_id, "replaces": replaced})
        return None

    def replace(entry, message_id, msg, sender):
        is_delete = msg["body"]["cardinality"] == "null"
        if sender != entry["sender_uri"] and sender not in policy.get("deleters" if is_delete else "editors", []):
            return "delete-not-authorized" if is_delete else "edit-not-authorized"
        if msg["replaces"] != entry["id"]:
            return "replaces-not-first-instance"
        if is_delete:
            entry["deleted"] = True
        elif entry["deleted"]:
            return "edit-after-delete"
        else:
            entry["versions"].append(message_id)
        first_of[message_id] = entry["id"]
        return None

    for message_id, msg, received in in_order(given):
        reason = "undecodable" if message_id is None else apply(message_id, msg, received)
        seen.add(message_id)
        if reason is not None:
            ignored.append({"id": message_id, "reason": reason})

    for entry in entries.values():
        gone = "deleted" if entry["deleted"] else "expired" if has_expired(entry, given["now_ms"]) else None
        entry["state"] = gone or "live"
        entry["current"] = None if gone else entry["versions"][-1]
    for entry in entries.values():
        if entry["in_reply_to"] is not None:
            entry["in_reply_to"] = reply = reply_to(entry["in_reply_to"], first_of, entries)
            if entry["kind"] == "reaction" and entry["state"] == "live" and reply["target"] is not None:
                entries[reply["target"]]["reactions"].append(entry["id"])

    topics = {}
    for entry in entries.values():
        if entry["topic_id"]:
            topics.setdefault(entry["topic_id"], []).append(entry["id"])
    shown = ("id", "kind", "sender_uri", "state", "current", "versions", "topic_id", "in_reply_to", "reactions")
    return {"messages": [{name: entry[name] for name in shown} for entry in entries.values()],
            "unresolved": unresolved, "ignored": ignored,
            "topics": [{"topic_id": topic, "ids": ids} for topic, ids in sorted(topics.items())]}


def in_order(given):
    """Each message with its ID (section 5.11); what does not decode has neither."""
    found = []
    for received in given["messages"]:
        uris = {"sender_uri": received["sender_uri"], "room_uri": given["room_uri"]}
        try:
            msg = mimi.message(bytes.fromhex(received["cbor"]))
            message_id = mimi.message_id({"cbor": received["cbor"], **uris})
        except (mimi.Invalid, ValueError):
            msg, message_id = None, None
        found.append((message_id, msg, received))
    return sorted(found, key=lambda item: (item[2]["accepted_ms"], item[0] or ""))


def new_entry(message_id, msg, received):
    return {"id": message_id, "kind": "reaction" if msg["body"]["disposition"] == 2 else "message",
            "sender_uri": received["sender_uri"], "versions": [message_id], "topic_id": msg["topic_id"],
            "in_reply_to": msg["in_reply_to"], "reactions": [], "deleted": False,
            "expires": msg["expires"], "read_ms": received["read_ms"]}


def has_expired(entry, now_ms):
    expires = entry["expires"]
    if expires is None or expires["relative"] and entry["read_ms"] is None:
        return False
    start_ms = entry["read_ms"] if expires["relative"] else 0
    return now_ms >= start_ms + expires["time"] * 1000


def reply_to(replied, first_of, entries):
    target = first_of.get(replied)
    if target is None:
        status = "unknown"
    elif entries[target]["state"] != "live":
        status = entries[target]["state"]
    else:
        status = "current" if replied == entries[target]["current"] else "superseded"
    return {"id": replied, "target": target, "status": status}
