#!/usr/bin/env python3
"""Adapter for mimicheck (../../README.md) around mimi_content.py."""

import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(HERE, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
if os.path.exists(PYTHON) and os.path.realpath(sys.prefix) != os.path.realpath(VENV):
    os.execv(PYTHON, [PYTHON, os.path.abspath(__file__), *sys.argv[1:]])

try:
    from importlib.metadata import version

    import mimi_content as mimi
    import mimi_meaning as meaning
    from mimi_thread import thread
except ImportError as missing:
    sys.exit(f"{missing}: run {os.path.join(HERE, 'setup.sh')}")

OPERATIONS = {
    "content/decode": lambda given: {"message": mimi.message(bytes.fromhex(given["cbor"]))},
    "content/encode": lambda given: {"cbor": mimi.encode(given["message"]).hex()},
    "content/message-id": lambda given: {"message_id": mimi.message_id(given)},
    "content/part-index": lambda given: {"parts": mimi.parts(bytes.fromhex(given["cbor"]))},
    "content/resolve-cid": lambda given: {"index": mimi.resolve_cid(given)},
    "content/judge": meaning.judge,
    "content/thread": thread,
    "content/process": meaning.process,
    "content/external": meaning.external,
    "content/nohtml": meaning.nohtml,
}


def answer(request):
    if request["op"] == "hello":
        return {"ok": {"name": "python-cbor2", "version": version("cbor2"), "language": "Python",
                       "ops": list(OPERATIONS)}}
    if request["op"] not in OPERATIONS:
        return {"unsupported": f"no operation {request['op']}"}
    try:
        return {"ok": OPERATIONS[request["op"]](request["in"])}
    except (mimi.Invalid, ValueError, KeyError, TypeError) as error:
        return {"reject": {"message": f"{type(error).__name__}: {error}"}}


for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps({"id": request["id"], **answer(request)}), flush=True)
