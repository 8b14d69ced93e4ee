#!/usr/bin/env python3
"""Adapter for mimicheck (../../README.md) around policy.py."""

import json
import platform
import sys

import policy

for line in sys.stdin:
    request = json.loads(line)
    answer = {"unsupported": f"no operation {request['op']}"}
    if request["op"] == "hello":
        answer = {"ok": {"name": "python-policy", "version": platform.python_version(), "language": "Python",
                         "ops": ["policy/judge"]}}
    elif request["op"] == "policy/judge":
        try:
            answer = {"ok": policy.judge(request["in"])}
        except policy.Denied as denied:
            answer = {"reject": {"message": str(denied)}}
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            answer = {"reject": {"message": f"{type(error).__name__}: {error}"}}
    print(json.dumps({"id": request["id"], **answer}), flush=True)
