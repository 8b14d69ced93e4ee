#!/usr/bin/env node
// Plays sessions of the adapter against one another, over its own protocol:
//
//     node selftest.mjs [PROGRAM…] [SUITE…]
//
// Sessions of one library show that the adapter keeps the contract, not that the library is right: that is for the
// vectors. With further adapters the clients take turns among them, and the libraries are held against one another.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const own = fileURLToPath(new URL("adapter.mjs", import.meta.url));
const [programs, suites] = [[own], []];
for (const given of process.argv.slice(2)) /^\d+$/.test(given) ? suites.push(Number(given)) : programs.push(given);

class Adapter {
  constructor(program) {
    this.child = spawn(program, { stdio: ["pipe", "pipe", "inherit"] });
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
    this.requests = 0;
    this.ended = new Promise((end) => this.child.on("close", end));
  }
  async ask(op, session, given = {}) {
    const id = ++this.requests;
    this.child.stdin.write(`${JSON.stringify({ id, op, session, in: given })}\n`);
    const { value, done } = await this.lines.next();
    assert(!done, "the adapter has ended");
    const { id: answered, ...answer } = JSON.parse(value);
    assert.equal(answered, id);
    return answer;
  }
}
const adapters = programs.map((program) => new Adapter(program));

const toHex = (text) => Buffer.from(text).toString("hex");
const flip = (hex, from = -1) => {
  const octets = Buffer.from(hex, "hex");
  octets[(octets.length + from) % octets.length] ^= 1;
  return octets.toString("hex");
};

let clients = 0;
class Client {
  static async make(name, setting) {
    const client = new Client();
    client.adapter = adapters[clients % adapters.length];
    client.session = `${name}-${++clients}`;
    client.identity = toHex(name);
    client.key = (await client.do("new", { identity: client.identity, ...setting })).key_package;
    return client;
  }
  ask(op, given) {
    return this.adapter.ask(`client/${op}`, this.session, given);
  }
  async do(op, given) {
    const answer = await this.ask(op, given);
    assert("ok" in answer, `${this.session} ${op}: ${JSON.stringify(answer)}`);
    return answer.ok;
  }
  /** Asks for what must be refused, and holds the state before against the state after. */
  async refuses(op, given, outside = false) {
    const before = outside ? undefined : await this.do("state");
    const answer = await this.ask(op, given);
    assert("reject" in answer, `${this.session} ${op} was not refused: ${JSON.stringify(answer)}`);
    if (!outside) assert.deepEqual(await this.do("state"), before);
  }
  /** Asks for what not every library can do: says whether this one did. */
  async may(op, given, check) {
    const answer = await this.ask(op, given);
    if ("unsupported" in answer) return false;
    check(answer.ok);
    return true;
  }
  hears(message, envelope = {}) {
    return this.do("process", { message, ...envelope });
  }
}

/** The committer takes its own commit back, the others theirs; all must stand where the commit said. */
async function settle(made, committer, others, expected) {
  for (const one of [committer, ...others]) {
    assert.deepEqual(await one.hears(made.commit), { content: "commit", ...expected, state: made.next });
  }
}

async function says(speaker, leaf, listeners, text) {
  const { message } = await speaker.do("send", { data: toHex(text) });
  for (const one of listeners) {
    await one.refuses("process", { message: flip(message) });
    await one.refuses("process", { message: `${message}00` });
    const { state, ...heard } = await one.hears(message);
    assert.deepEqual(heard, { content: "application", sender: leaf, data: toHex(text) });
    assert.deepEqual(state, await one.do("state"));
    await one.refuses("process", { message });
  }
}

async function life(setting) {
  const [alice, bob, carol, dave, erin] = await Promise.all(
    ["alice", "bob", "carol", "dave", "erin"].map((name) => Client.make(name, setting)),
  );
  // Lifetimes are 0 to 2^64-1, so that nothing here runs out.
  assert(alice.key.includes("0000000000000000ffffffffffffffff"));
  await bob.refuses("state", {}, true);
  const start = await alice.do("create", { group_id: "6702" });
  assert.deepEqual([start.group_id, start.epoch, start.partition_key.length], ["6702", 0, 32]);
  await alice.refuses("create", { group_id: "6703" });
  await alice.refuses("new", { identity: "61", ...setting });

  // An Add; the commit stays pending.
  const { key_package: second } = await bob.do("key-package");
  assert.notEqual(second, bob.key);
  await alice.refuses("commit", { add: [flip(second)], remove: [], update: false });
  const first = await alice.do("commit", { add: [second], remove: [], update: false });
  assert.deepEqual(await alice.do("state"), start);
  await alice.refuses("commit", { add: [], remove: [], update: true });
  await settle(first, alice, [], { sender: 0, added: [bob.identity], removed: [] });
  await bob.refuses("join", { welcome: first.welcome }, true);
  await bob.refuses("join", { welcome: flip(first.welcome), ratchet_tree: first.ratchet_tree }, true);
  await bob.refuses("join", { welcome: first.welcome, ratchet_tree: flip(first.ratchet_tree) }, true);
  assert.deepEqual(await bob.do("join", { welcome: first.welcome, ratchet_tree: first.ratchet_tree }), first.next);
  await bob.refuses("join", { welcome: first.welcome, ratchet_tree: first.ratchet_tree });
  await says(alice, 0, [bob], "from alice");
  await says(bob, 1, [alice], "from bob");

  // Two commits at once: the one that comes first wins.
  const lost = await alice.do("commit", { add: [], remove: [], update: true });
  const won = await bob.do("commit", { add: [], remove: [], update: true });
  await alice.refuses("process", { message: flip(won.commit) });
  await settle(won, bob, [alice], { sender: 1, added: [], removed: [] });
  await alice.refuses("process", { message: lost.commit });
  await bob.refuses("process", { message: lost.commit });

  // A proposal by another member, committed by reference, with an envelope.
  const proposed = await bob.do("propose", { kind: "add", key_package: carol.key });
  const { state: unmoved, ...heard } = await alice.hears(proposed.message);
  assert.deepEqual([heard, unmoved], [{ content: "proposal", sender: 1 }, won.next]);
  // RFC 9420 section 12.4; not every library minds.
  if (alice.adapter === adapters[0]) await alice.refuses("send", { data: "00" });
  const added = await alice.do("commit", { add: [], remove: [], update: false });
  const key = await masked(added.next.partition_key, setting.cipher_suite);
  const elsewhere = won.group_info;
  for (const one of [alice, bob]) {
    await one.refuses("process", { message: added.commit, next_partition_key: flip(key) });
    await one.refuses("process", { message: added.commit, group_info: elsewhere });
    await one.refuses("process", { message: added.commit, group_info: flip(added.group_info) });
  }
  for (const one of [alice, bob]) {
    // ts-mls writes external_pub in a way of its own, which nobody else reads.
    const published = one.adapter === alice.adapter ? { group_info: added.group_info } : {};
    const { state } = await one.hears(added.commit, { next_partition_key: key, ...published });
    assert.deepEqual(state, added.next);
  }
  await carol.do("join", { welcome: added.welcome, ratchet_tree: added.ratchet_tree });
  await says(carol, 2, [alice, bob], "from carol");

  // An external join; for the reason above by the GroupInfo of a member with the same library.
  const open = await bob.do("group-info");
  await dave.refuses("external-join", { group_info: open.group_info }, true);
  await dave.refuses("external-join", { ...open, ratchet_tree: flip(open.ratchet_tree) }, true);
  const joined = await dave.do("external-join", open);
  assert.deepEqual([joined.welcome, await dave.do("state")], [null, joined.next]);
  for (const one of [alice, bob, carol]) {
    const expected = { content: "commit", sender: null, added: [dave.identity], removed: [], state: joined.next };
    assert.deepEqual(await one.hears(joined.commit), expected);
  }
  await says(dave, 3, [alice, bob, carol], "from dave");

  // A Remove, and a message of the former epoch that comes late.
  const { message: between } = await carol.do("send", { data: toHex("between") });
  const { message: late } = await carol.do("send", { data: toHex("late") });
  const gone = await alice.do("commit", { add: [], remove: [1], update: false });
  assert.equal(gone.commit.slice(0, 8), setting.encrypt_handshake ? "00010002" : "00010001");
  await alice.hears(between);
  await settle(gone, alice, [carol, dave], { sender: 0, added: [], removed: [1] });
  await alice.refuses("process", { message: between });
  const farewell = { content: "commit", sender: 0, added: [], removed: [1], state: null };
  if (await bob.may("process", { message: gone.commit }, (said) => assert.deepEqual(said, farewell))) {
    for (const [op, given] of [["state"], ["send", { data: "" }], ["process", { message: late }], ["group-info"]]) {
      await bob.refuses(op, given, true);
    }
  }
  const { state: now, ...tardy } = await alice.hears(late);
  assert.deepEqual([tardy, now], [{ content: "application", sender: 2, data: toHex("late") }, gone.next]);

  // The free leaf is taken by the next one.
  const refill = await dave.do("commit", { add: [erin.key], remove: [], update: false });
  await settle(refill, dave, [alice, carol], { sender: 3, added: [erin.identity], removed: [] });
  await erin.do("join", { welcome: refill.welcome, ratchet_tree: refill.ratchet_tree });
  await says(erin, 1, [alice, carol, dave], "from erin");
  const last = await erin.do("commit", { add: [], remove: [], update: true });
  await settle(last, erin, [alice, carol, dave], { sender: 1, added: [], removed: [] });

  // Two at once; `added` is in ascending order.
  const [zoe, yves] = [await Client.make("zoe", setting), await Client.make("yves", setting)];
  const pair = await erin.do("commit", { add: [zoe.key, yves.key], remove: [], update: false });
  const names = [yves.identity, zoe.identity];
  await settle(pair, erin, [alice, carol, dave], { sender: 1, added: names, removed: [] });
  const parted = await carol.do("commit", { add: [], remove: [5, 4], update: false });
  await settle(parted, carol, [alice, dave, erin], { sender: 2, added: [], removed: [4, 5] });
  assert("unsupported" in (await erin.ask("propose", { kind: "self-remove" })));

  // A new leaf key by proposal, and one together with an Add.
  const updates = await carol.ask("propose", { kind: "update" });
  if ("ok" in updates) {
    for (const one of [alice, dave, erin]) assert.equal((await one.hears(updates.ok.message)).sender, 2);
    const taken = await alice.do("commit", { add: [], remove: [], update: false });
    await settle(taken, alice, [carol, dave, erin], { sender: 0, added: [], removed: [] });
  }
  const frank = await Client.make("frank", setting);
  const both = await dave.ask("commit", { add: [frank.key], remove: [], update: true });
  if ("ok" in both) {
    await settle(both.ok, dave, [alice, carol, erin], { sender: 3, added: [frank.identity], removed: [] });
    await frank.do("join", { welcome: both.ok.welcome, ratchet_tree: both.ok.ratchet_tree });
    await says(frank, 4, [alice, carol, dave, erin], "from frank");
  }

  // Sessions.
  for (const one of [alice, bob, carol, dave, erin, frank]) {
    assert.deepEqual(await one.adapter.ask("end", one.session), { ok: {} });
  }
  await alice.refuses("state", {}, true);
  assert("unsupported" in (await alice.ask("unheard-of")));
}

async function masked(partitionKey, suite) {
  const hash = { 4: "SHA-512", 5: "SHA-512", 6: "SHA-512", 7: "SHA-384" }[suite] ?? "SHA-256";
  return Buffer.from(await crypto.subtle.digest(hash, Buffer.from(partitionKey, "hex"))).toString("hex");
}

const all = suites.length > 0 ? suites : [1, 2, 3, 4, 5, 6, 7];
for (const cipher_suite of all) {
  for (const encrypt_handshake of [false, true]) {
    // Each adapter begins once, so that each has every part.
    for (let turn = 0; turn < adapters.length; turn++, clients++) await life({ cipher_suite, encrypt_handshake });
    console.log(`ok: cipher suite ${cipher_suite}, handshake in ${encrypt_handshake ? "Private" : "Public"}Messages`);
  }
}
for (const one of adapters) {
  const { name, version } = (await one.ask("hello")).ok;
  const unknown = { identity: "", cipher_suite: 77, encrypt_handshake: false };
  assert("unsupported" in (await one.ask("client/new", "x", unknown)));
  one.child.stdin.end();
  assert.equal(await one.ended, 0);
  console.log(`${name} ${version}: ${one.requests} requests`);
}
