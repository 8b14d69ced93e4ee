#!/usr/bin/env python3
"""Adapter for mimicheck (../../README.md) around delivery.py, room.py, follower.py and franking.py."""

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


SESSIONS = {}


def answer(request):
    if request["op"] == "hello":
        return {"ok": {"name": "python-delivery", "version": cryptography.__version__, "language": "Python",
                       "ops": [*OPERATIONS, *follower.OPERATIONS]}}
    if request["op"] == "end":
        SESSIONS.pop(request["session"], None)
        return {"ok": {}}
    if request["op"] not in OPERATIONS and request["op"] not in follower.OPERATIONS:
        return {"unsupported": f"no operation {request['op']}"}
    try:
        if request["op"] in follower.OPERATIONS:
            held = SESSIONS.setdefault(request["session"], follower.Follower())
            return {"ok": follower.OPERATIONS[request["op"]](held, request["in"])}
        return {"ok": OPERATIONS[request["op"]](request["in"])}
    except (delivery.Malformed, ValueError, KeyError, TypeError, OverflowError) as error:
        return {"reject": {"message": f"{type(error).__name__}: {error}"}}


for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps({"id": request["id"], **answer(request)}), flush=True)
