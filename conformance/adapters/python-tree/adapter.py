#!/usr/bin/env python3
"""Adapter for mimicheck (../../README.md) around node.py, member.py and hub.py."""

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

    import hub
    import member
    import node
    from octets import Refused
except ImportError as missing:
    sys.exit(f"{missing}: run {os.path.join(HERE, 'setup.sh')}")

OPERATIONS = {"tree/keys": node.keys, "tree/wrap": node.wrap, "tree/unwrap": node.unwrap}
KINDS = {"tree-member": (member.Member, member.OPERATIONS), "tree-hub": (hub.Hub, hub.OPERATIONS)}
SESSIONS = {}


def perform(request):
    op, given = request["op"], request["in"]
    if op in OPERATIONS:
        return OPERATIONS[op](given)
    kind, operations = KINDS[op.partition("/")[0]]
    held = SESSIONS.get(request["session"]) or kind()
    if not isinstance(held, kind):
        raise Refused("no-state", "the session is of another kind")
    SESSIONS[request["session"]] = held
    return operations[op](held, given)


def answer(request):
    if request["op"] == "hello":
        ops = [*OPERATIONS, *member.OPERATIONS, *hub.OPERATIONS]
        return {"ok": {"name": "python-tree", "version": cryptography.__version__, "language": "Python", "ops": ops,
                       "reasons": True}}
    if request["op"] == "end":
        SESSIONS.pop(request["session"], None)
        return {"ok": {}}
    if request["op"] not in (*OPERATIONS, *member.OPERATIONS, *hub.OPERATIONS):
        return {"unsupported": f"no operation {request['op']}"}
    try:
        return {"ok": perform(request)}
    except Refused as refused:
        return {"reject": {"reason": refused.reason, "message": f"{refused.reason}: {refused}"}}
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        return {"reject": {"reason": "bad-input", "message": f"{type(error).__name__}: {error}"}}


for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps({"id": request["id"], **answer(request)}), flush=True)
