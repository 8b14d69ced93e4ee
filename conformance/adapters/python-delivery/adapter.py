#!/usr/bin/env python3
"""Adapter for mimicheck (../../README.md) around delivery.py, room.py, follower.py, hub.py and franking.py."""

import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(HERE, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
if os.path.exists(PYTHON) and os.path.realpath(sys.prefix) != os.path.realpath(VENV):
    os.execv(PYTHON, [PYTHON, os.path.abspath(__file__), *sys.argv[1:]])

try:
    import cryptography

    import delivery
    import follower
    import franking
    import hub
    import room
except ImportError as missing:
    sys.exit(f"{missing}: run {os.path.join(HERE, 'setup.sh')}")

OPERATIONS = {
    "delivery/decode": delivery.decode,
    "delivery/encode": delivery.encode,
    "delivery/partition-key": delivery.partition_key,
    "room/decode": room.decode,
    "room/encode": room.encode,
    "room/frank": franking.frank,
    "room/franking-tag": franking.franking_tag,
    "room/verify-frank": franking.verify_frank,
    "room/verify-report": franking.verify_report,
}


SESSIONS, STEPS = {}, {**follower.OPERATIONS, **hub.OPERATIONS}


def answer(request):
    if request["op"] == "hello":
        return {"ok": {"name": "python-delivery", "version": cryptography.__version__, "language": "Python",
                       "ops": [*OPERATIONS, *STEPS]}}
    if request["op"] == "end":
        SESSIONS.pop(request["session"], None)
        return {"ok": {}}
    if request["op"] not in OPERATIONS and request["op"] not in STEPS:
        return {"unsupported": f"no operation {request['op']}"}
    try:
        if request["op"] in STEPS:
            begin = hub.Hub if request["op"].startswith("hub/") else follower.Follower
            held = SESSIONS.setdefault(request["session"], begin())
            return {"ok": STEPS[request["op"]](held, request["in"])}
        return {"ok": OPERATIONS[request["op"]](request["in"])}
    except hub.Unsupported as unsupported:
        return {"unsupported": str(unsupported)}
    except (delivery.Malformed, ValueError, KeyError, TypeError, OverflowError) as error:
        return {"reject": {"message": f"{type(error).__name__}: {error}"}}


for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps({"id": request["id"], **answer(request)}), flush=True)
