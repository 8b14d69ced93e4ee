"""room-follower/*: what a follower makes of requests to notify, after docs/spec/room.md section 10. Unlike the reference it
keeps the requests themselves."""

from collections import OrderedDict

import room


class Follower:
    def __init__(self):
        self.had = None

    def new(self, given):
        if self.had is not None:
            raise ValueError("a session is one follower")
        self.most, self.had = given["remember"], OrderedDict()
        return {}

    def notify(self, given):
        if self.had is None:
            raise ValueError("room-follower/new comes first")
        told = room.decode({"structure": "NotifyRequest", "octets": given["body"]})["value"]["messages"]
        request = (given["from"], given["room_id"], given["body"])
        if request in self.had:
            return {"status": 201, "processed": []}
        self.had[request] = True
        while len(self.had) > self.most:
            self.had.popitem(last=False)
        return {"status": 201, "processed": [fanned["message"] for fanned in told]}


OPERATIONS = {"room-follower/new": Follower.new, "room-follower/notify": Follower.notify}
