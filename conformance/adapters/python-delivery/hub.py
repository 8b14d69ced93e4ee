"""hub/*: a hub that knows partition keys and sizes, and the graph of its groups' forks, after docs/spec/forks.md sections 1 to 3.

What that page does not describe is not answered: hubs that read handshakes, limits, hints, and Welcomes.
"""

import delivery
import tls
from tls import Malformed, Octets


class Unsupported(Exception):
    """Something that this hub does not do."""


MOST_REPORTED = 16


def group_of(message):
    r = Octets(delivery.octets(message))
    r.uint(4)
    return r.opaque().hex()


class Partition:
    def __init__(self):
        self.messages, self.children, self.live, self.named_by, self.named_at = [], set(), True, set(), None


class Group:
    def __init__(self, suite, first):
        self.algorithm = delivery.HASHES[suite]
        self.partitions = {first: Partition()}
        self.clock, self.voices, self.reports, self.since, self.joined_at = 0, set(), {}, {}, None

    def masked(self, key):
        return delivery.digest(self.algorithm(), bytes.fromhex(key)).hex()

    def name(self, key, by):
        if key in self.partitions:
            self.clock += 1
            self.partitions[key].named_by.add(by)
            self.partitions[key].named_at = self.clock
            self.voices.add(by)

    def sequence(self, key, message, data):
        partition = self.partitions.get(key, Partition())
        if not partition.live:
            raise Malformed("branch-terminated")
        if data and data["group_info"] and not delivery.said_of(data["group_info"])["tree"]:
            raise Malformed("tree-needed")
        self.partitions[key] = partition
        partition.messages.append((message, data))
        if data:
            self.partitions.setdefault(data["next_partition_key"], Partition())
            partition.children.add(data["next_partition_key"])
            # A commit is the most recent one, whatever it leads from.
            self.joined_at = data["next_partition_key"]

    def branch(self, root):
        found, new = {root}, [root]
        while new:
            for child in self.partitions[new.pop()].children - found:
                found.add(child)
                new.append(child)
        return found

    def branches(self, at):
        """Where the branches of a fork begin, and what is in each; none where it is no fork."""
        found = {}
        for child in self.partitions[at].children - {at}:
            branch = self.branch(child)
            somebody = any(self.partitions[key].live and self.partitions[key].named_at for key in branch)
            if self.partitions[child].live and somebody:
                found[child] = branch
        return found if len(found) > 1 else {}

    def standing(self, lapse, now):
        return {(by, key): report for (by, key), report in self.reports.items()
                if lapse is None or now - report["at"] <= lapse}

    def finding(self, at, lapse):
        branches, standing = self.branches(at), self.standing(lapse, self.clock)
        everything = [key for branch in branches.values() for key in branch]
        said = {}
        for (_, key), report in standing.items():
            said.setdefault(key, set()).add((report["epoch"], report["tag"]))
        if len(everything) > len(set(everything)) or any(len(said.get(key, ())) > 1 for key in everything):
            return "undecidable", None
        speakers = {root: {by for by, key in standing if key in branch} for root, branch in branches.items()}
        heard = [root for root, speak in speakers.items() if speak]
        if not heard:
            return "open", None
        if len(heard) > 1:
            return "undecidable", None
        count = len(speakers[heard[0]])
        if 2 * count <= len(self.voices):
            return "open", None
        return ("majority", heard[0]) if count > 1 else ("undecidable", None)


class Hub:
    def __init__(self):
        self.groups, self.settings = {}, None

    def new(self, given):
        if self.settings is not None:
            raise Malformed("a session is one hub")
        plain = {"kind", "provider", "hints", "termination", "after", "lapse"}
        if given["kind"] != "blind" or given.get("hints", "none") != "none" or not set(given) <= plain:
            raise Unsupported("this hub reads no handshakes, hints at nothing, and has no limits")
        self.settings = given
        return {}

    def create(self, given):
        if given["group_id"] in self.groups:
            raise Malformed("a group that is here")
        if given["from"] != self.settings["provider"]:
            raise Malformed("only the hub's own provider")
        group = Group(given["cipher_suite"], given["partition_key"])
        if given.get("group_info"):
            group.joined_at = given["partition_key"]
        self.groups[given["group_id"]] = group
        return {}

    def group(self, group_id):
        if group_id not in self.groups:
            raise Malformed("unknown-group")
        return self.groups[group_id]

    def read(self, structure, octets):
        return delivery.decode({"structure": structure, "octets": octets})["value"]

    def judge(self, group):
        """After each request that names a partition: what the rule ends."""
        if self.settings.get("termination", "operator") != "minority":
            return
        lapse, since, ended = self.settings.get("lapse"), {}, set()
        for at in group.partitions:
            found, majority = group.finding(at, lapse) if group.branches(at) else (None, None)
            if found != "majority":
                continue
            for root, branch in group.branches(at).items():
                if root == majority:
                    continue
                begun = group.since.get((at, root), group.clock)
                if group.clock - begun >= self.settings.get("after", 0):
                    ended |= branch
                else:
                    since[at, root] = begun
        group.since = since
        for key in ended:
            group.partitions[key].live = False

    def send(self, given):
        request = self.read("SendRequest", given["request"])
        group, data = self.group(group_of(request["message"])), request["commit_data"]
        if data and data["welcome_data"]:
            raise Unsupported("Welcomes")
        group.sequence(request["partition_key"], request["message"], data)
        group.name(request["partition_key"], given["from"])
        self.judge(group)
        return {"pushes": []}

    def external_join(self, given):
        request = self.read("ExternalJoinRequest", given["request"])
        group = self.group(group_of(request["message"]))
        if request["commit_data"]["welcome_data"] or group.joined_at is None:
            raise Unsupported("Welcomes, and joins without a GroupInfo")
        at = group.joined_at
        group.sequence(at, request["message"], request["commit_data"])
        return {"partition_key": at, "pushes": []}

    def receive(self, given):
        request, group = self.read("ReceiveRequest", given["request"]), self.group(given["group_id"])
        key, partition = request["partition_key"], group.partitions.get(request["partition_key"])
        group.name(key, given["from"])
        messages = b""
        for message, data in (partition.messages if partition else [])[request["counter"]:]:
            value = {"message": message, "next_partition_key": data and group.masked(data["next_partition_key"]),
                     "group_info": data and data["group_info"]}
            messages += delivery.MESSAGE.write(value)
        self.judge(group)
        return {"response": (tls.opaque(messages) + tls.opaque(b"")).hex()}

    def terminate(self, given):
        group = self.group(given["group_id"])
        if self.settings.get("termination") == "never":
            raise Malformed("not-allowed")
        if given["partition_key"] not in group.partitions:
            raise Malformed("unknown-partition")
        group.partitions[given["partition_key"]].live = False
        return {}

    def report(self, given):
        r = Octets(delivery.octets(given["report"]))
        key, epoch, tag = r.take(16).hex(), r.uint(8), r.take(32).hex()
        r.end()
        group, by, lapse = self.group(given["group_id"]), given["from"], self.settings.get("lapse")
        if key not in group.partitions:
            return {}
        # The report would be the next tick.
        others = [of for who, of in group.standing(lapse, group.clock + 1) if who == by and of != key]
        if len(others) >= MOST_REPORTED:
            raise Malformed("exceeds-report-limit")
        group.name(key, by)
        group.reports[by, key] = {"epoch": epoch, "tag": tag, "at": group.clock}
        self.judge(group)
        return {}

    def forks(self, given):
        group, lapse = self.group(given["group_id"]), self.settings.get("lapse")
        standing = group.standing(lapse, group.clock)
        partitions = [{
            "partition": group.masked(key), "live": partition.live,
            "voices": sorted(partition.named_by, key=str.encode),
            "idle": None if partition.named_at is None else group.clock - partition.named_at,
            "reports": [{"from": by, "epoch": report["epoch"], "tag": report["tag"]}
                        for (by, of), report in sorted(standing.items(), key=lambda item: item[0][0].encode()) if of == key],
        } for key, partition in group.partitions.items()]
        edges = [{"from": group.masked(key), "to": group.masked(child)}
                 for key, partition in group.partitions.items() for child in partition.children]
        forks = []
        for at in group.partitions:
            branches = group.branches(at)
            if branches:
                found, majority = group.finding(at, lapse)
                forks.append({"at": group.masked(at), "branches": sorted(map(group.masked, branches)), "finding": found,
                              "majority": majority and group.masked(majority)})
        return {"partitions": sorted(partitions, key=lambda p: p["partition"]),
                "edges": sorted(edges, key=lambda e: (e["from"], e["to"])),
                "forks": sorted(forks, key=lambda f: f["at"])}


OPERATIONS = {"hub/new": Hub.new, "hub/create-group": Hub.create, "hub/send": Hub.send, "hub/receive": Hub.receive,
              "hub/external-join": Hub.external_join, "hub/terminate": Hub.terminate, "hub/report": Hub.report,
              "hub/forks": Hub.forks}
