"""What a room allows, after docs/spec/policy.md and nothing else."""


class Denied(Exception):
    pass


def claims_of(actor):
    return {tuple(pair) for pair in actor.get("claims") or []}


def readable(role):
    """Capabilities and changes as lists."""
    changes = [change.split(">") for change in (role.get("changes") or "").split()]
    return {**role, "capabilities": role["capabilities"].split(),
            "changes": [{"from": int(old), "to": [int(index) for index in new.split(",")]} for old, new in changes]}


class Room:
    """A room before a commit."""

    def __init__(self, policy, participants, clients):
        self.roles = {}
        for role in map(readable, policy["roles"]):
            self.roles.setdefault(role["role"], role)
        self.entries = policy.get("preauthorized") or []
        self.base = policy.get("base") or {}
        self.listed = {entry["user"]: entry["role"] for entry in participants}
        self.owner = {entry["client"]: entry["user"] for entry in clients}

    def banned(self, index):
        return index == 1 and self.roles.get(1, {}).get("name") == "banned"

    def silent(self, index):
        return not self.roles.get(index, {}).get("capabilities")

    def first_match(self, claims):
        for entry in self.entries:
            if {tuple(pair) for pair in entry["claims"]} <= claims:
                return entry["role"] if entry["role"] in self.roles and entry["role"] != 0 else None
        return None


class Actor:
    """Section 2."""

    def __init__(self, room, actor):
        self.kind, self.claims = actor["as"], claims_of(actor)
        self.client = actor.get("client")
        self.name = actor.get("name")
        self.user = {"member": room.owner.get(self.client), "joiner": actor.get("user")}.get(self.kind)
        self.is_listed = self.user in room.listed
        if self.is_listed:
            self.index = room.listed[self.user]
        elif self.kind == "member":
            self.index = None
        else:
            self.index = room.first_match(self.claims)
        self.role = room.roles.get(self.index)

    @property
    def identity(self):
        return ("user", self.user) if self.user is not None else (self.kind, self.client, self.name)

    def has(self, capability):
        names = (self.role or {}).get("capabilities", [])
        return capability in names or (capability == "canUnban" and "canUnBan" in names)

    def lists(self, source, target):
        changes = (self.role or {}).get("changes") or []
        return any(change["from"] == source and target in change["to"] for change in changes)

    @property
    def inside(self):
        return self.is_listed or self.kind == "external"


def need(condition, why):
    if not condition:
        raise Denied(why)


def check_message(room, sender):
    need(sender.kind == "member" and sender.is_listed and sender.has("canSendMessage"), "may not send")


class Commit:
    """Section 4."""

    def __init__(self, room, committer, proposals):
        self.room, self.committer = room, committer
        self.proposals = [(Actor(room, p["by"]) if p.get("by") else committer, p) for p in proposals]

    def updates(self, actor=None):
        return [p for who, p in self.proposals
                if p["kind"] == "participants" and (actor is None or who.identity == actor.identity)]

    def adds_to_list(self, actor, user):
        return any(entry["user"] == user for p in self.updates(actor) for entry in p.get("added") or [])

    def ends(self, actor, user):
        for p in self.updates(actor):
            if user in (p.get("removed") or []):
                return True
            for entry in p.get("changed") or []:
                if entry["user"] == user and self.room.banned(entry["role"]) and actor.has("canBan"):
                    return True
        return False

    def check(self):
        self.check_committer()
        for actor, proposal in self.proposals:
            self.check_proposal(actor, proposal)
        self.check_together()
        self.check_after()

    def check_coming(self, actor):
        if actor.is_listed:
            need(actor.has("canAddOwnClient"), "may not add own client")
        else:
            need(self.adds_to_list(actor, actor.user), "joins without being listed")

    def check_committer(self):
        actor = self.committer
        need(actor.kind != "external", "an external sender commits")
        if actor.kind == "joiner":
            self.check_coming(actor)
        else:
            need(actor.is_listed and not self.room.silent(actor.index), "may not commit")

    def check_proposal(self, actor, proposal):
        kind = proposal["kind"]
        if kind == "add":
            if proposal["user"] != actor.user:
                need(self.adds_to_list(actor, proposal["user"]), "adds a client of another")
            elif actor.kind == "member":
                need(actor.has("canAddOwnClient"), "may not add own client")
            else:
                self.check_coming(actor)
        elif kind in ("remove", "self-remove"):
            self.check_remove(actor, proposal)
        elif kind in ("update", "psk", "group-context-extensions"):
            if actor.kind == "external":
                need(actor.role and actor.role["capabilities"], "an external sender without a role")
            elif actor.kind == "member":
                need(actor.is_listed and not self.room.silent(actor.index), "without capabilities")
        elif kind == "reinit":
            need(actor.inside and actor.has("canSendMLSReinitProposal"), "may not reinit")
        elif kind == "participants":
            self.check_list(actor, proposal)
        elif kind in ("roles", "preauthorized", "base"):
            capability = {"roles": "canChangeRoleDefinitions", "preauthorized": "canChangePreauthorizedUserList",
                          "base": "canChangeRoomMembershipStyle"}[kind]
            need(actor.inside and actor.has(capability), f"may not change {kind}")
        elif kind == "metadata":
            for field in proposal["fields"]:
                need(actor.inside and actor.has("canChangeRoom" + field.capitalize()), f"may not change {field}")
        else:
            raise ValueError(kind)

    def check_remove(self, actor, proposal):
        if proposal["kind"] == "self-remove":
            need(actor.kind == "member", "only members remove themselves")
        client = actor.client if proposal["kind"] == "self-remove" else proposal["client"]
        need(client in self.room.owner, "no such client")
        user = self.room.owner[client]
        if self.ends(actor, user):
            return
        if user != actor.user:
            return need(actor.has("canKick") and actor.inside, "may not kick")
        powerless = actor.kind == "member" and (not actor.is_listed or self.room.silent(actor.index))
        need(actor.has("canRemoveOwnClient") or actor.kind == "joiner" or powerless, "may not remove own client")

    def check_list(self, actor, proposal):
        room, fixed = self.room, self.room.base.get("fixed_membership", False)
        for entry in proposal.get("added") or []:
            user, role = entry["user"], entry["role"]
            need(not fixed and user not in room.listed and role != 0 and role in room.roles, "no such addition")
            if user == actor.user:
                nobody = room.roles.get(0, {})
                opened = "canOpenJoin" in nobody.get("capabilities", []) and any(
                    change["from"] == 0 and role in change["to"] for change in nobody.get("changes") or [])
                invited = (room.first_match(actor.claims) == role
                           and "canJoinIfPreauthorized" in room.roles[role]["capabilities"])
                need(actor.kind == "joiner" and (opened or invited), "may not join")
            else:
                adds = actor.has("canAddParticipant") or (room.banned(role) and actor.has("canBan"))
                need(actor.inside and adds and actor.lists(0, role), "may not add")
        for user in proposal.get("removed") or []:
            need(not fixed and user in room.listed, "no such removal")
            if user == actor.user:
                need(actor.kind == "member" and actor.has("canRemoveSelf") and actor.lists(actor.index, 0), "may not leave")
            else:
                need(actor.inside and actor.has("canRemoveParticipant") and actor.lists(room.listed[user], 0),
                     "may not remove")
        for entry in proposal.get("changed") or []:
            user, role = entry["user"], entry["role"]
            need(user in room.listed and role != 0 and role in room.roles, "no such change")
            if user == actor.user:
                need(actor.has("canChangeOwnRole") and room.first_match(actor.claims) == role, "may not take the role")
                continue
            old = room.listed[user]
            may = actor.has("canChangeUserRole")
            may = may or (room.banned(role) and actor.has("canBan"))
            may = may or (room.banned(old) and not room.banned(role) and actor.has("canUnban"))
            need(actor.inside and may and actor.lists(old, role), "may not change the role")

    def check_together(self):
        users = []
        for p in self.updates():
            users += [entry["user"] for entry in (p.get("changed") or []) + (p.get("added") or [])]
            users += p.get("removed") or []
        need(len(users) == len(set(users)), "a user twice")
        of_kind = {kind: [p for _, p in self.proposals if p["kind"] == kind]
                   for kind in ("roles", "preauthorized", "base", "metadata")}
        need(all(len(found) <= 1 for found in of_kind.values()), "replaced twice")
        need(not (of_kind["roles"] and self.updates()), "roles and list")
        more = any(p.get("changed") or p.get("added") for p in self.updates())
        need(not (of_kind["preauthorized"] and more), "preauthorized and list")
        for p in of_kind["roles"]:
            indices = [role["role"] for role in p["roles"]]
            need(len(indices) == len(set(indices)), "an index twice")
            need(set(self.room.listed.values()) <= set(indices), "a role in use is gone")
            for role in map(readable, p["roles"]):
                if role["role"] != 0:
                    need("canOpenJoin" not in role["capabilities"], "open join of another role")
                    if self.room.base.get("fixed_membership") and role.get("name") != "banned":
                        need("canAddParticipant" not in role["capabilities"], "an adder where membership is fixed")

    def check_after(self):
        room, listed, clients = self.room, dict(self.room.listed), dict(self.room.owner)
        base, came, ended = room.base, [], set()
        for actor, p in self.proposals:
            if p["kind"] == "remove":
                clients.pop(p["client"], None)
            elif p["kind"] == "self-remove":
                clients.pop(actor.client, None)
        for _, p in self.proposals:
            if p["kind"] == "add":
                came.append(p["user"])
            elif p["kind"] == "base":
                base = p["base"]
            elif p["kind"] == "participants":
                for user in p.get("removed") or []:
                    listed.pop(user, None)
                    ended.add(user)
                for entry in (p.get("changed") or []) + (p.get("added") or []):
                    listed[entry["user"]] = entry["role"]
                    if room.banned(entry["role"]):
                        ended.add(entry["user"])
        if self.committer.kind == "joiner":
            came.append(self.committer.user)
        owners = list(clients.values()) + came
        before = list(room.owner.values())
        for user in came:
            need(user in listed and not room.silent(listed[user]), "a client of nobody, or of who is banned")
        need(not any(user in owners for user in ended), "clients remain")
        for index, role in room.roles.items():
            for name, active in (("participants", False), ("active", True)):
                def count(people, present):
                    return sum(1 for user, has in people.items() if has == index and (not active or user in present))
                was, now, span = count(room.listed, before), count(listed, owners), role.get(name) or {}
                need(now <= was or span.get("most") is None or now <= span["most"], "too many")
                need(now >= was or now >= (span.get("least") or 0), "too few")
        if not base.get("multi_device", True):
            for user in came:
                need(owners.count(user) <= max(1, before.count(user)), "a second client")
        limit = base.get("max_clients")
        need(limit is None or len(owners) <= max(limit, len(before)), "too many clients")
        limit = base.get("max_users")
        users, had = (sum(1 for role in people.values() if not room.banned(role)) for people in (listed, room.listed))
        need(limit is None or users <= max(limit, had), "too many users")


def judge(given):
    room = Room(given["policy"], given["participants"], given["clients"])
    actor = Actor(room, given["actor"])
    if given.get("commit") is None:
        check_message(room, actor)
    else:
        Commit(room, actor, given["commit"]).check()
    return {}
