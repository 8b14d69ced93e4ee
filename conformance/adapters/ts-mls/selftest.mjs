#!/usr/bin/env node
// Plays sessions of the adapter against one another, over its own protocol: `node selftest.mjs [suite…]`.
//
// Two sessions are one library, so this shows that the adapter keeps the contract, not that the library is right:
// that is for the vectors.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const adapter = spawn(process.execPath, [fileURLToPath(new URL("adapter.mjs", import.meta.url))], {
  stdio: ["pipe", "pipe", "inherit"],
});
const lines = createInterface({ input: adapter.stdout })[Symbol.asyncIterator]();

let requests = 0;
async function ask(op, session, given = {}) {
  const id = ++requests;
  adapter.stdin.write(`${JSON.stringify({ id, op, session, in: given })}\n`);
  const { value, done } = await lines.next();
  assert(!done, "the adapter has ended");
  const { id: answered, ...answer } = JSON.parse(value);
  assert.equal(answered, id);
  return answer;
}

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
    client.session = `${name}-${++clients}`;
    client.identity = toHex(name);
    client.key = (await client.do("new", { identity: client.identity, ...setting })).key_package;
    return client;
  }
  ask(op, given) {
    return ask(`client/${op}`, this.session, given);
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
  await alice.refuses("send", { data: "00" });
  assert("unsupported" in (await alice.ask("commit", { add: [], remove: [], update: true })));
  assert("unsupported" in (await alice.ask("propose", { kind: "update" })));
  const added = await alice.do("commit", { add: [], remove: [], update: false });
  const key = await masked(added.next.partition_key, setting.cipher_suite);
  const elsewhere = won.group_info;
  for (const one of [alice, bob]) {
    await one.refuses("process", { message: added.commit, next_partition_key: flip(key) });
    await one.refuses("process", { message: added.commit, group_info: elsewhere });
    await one.refuses("process", { message: added.commit, group_info: flip(added.group_info) });
  }
  const envelope = { next_partition_key: key, group_info: added.group_info };
  for (const one of [alice, bob]) {
    const { state } = await one.hears(added.commit, envelope);
    assert.deepEqual(state, added.next);
  }
  await carol.do("join", { welcome: added.welcome, ratchet_tree: added.ratchet_tree });
  await says(carol, 2, [alice, bob], "from carol");

  // An external join.
  const open = await bob.do("group-info");
  await dave.refuses("external-join", { group_info: open.group_info }, true);
  await dave.refuses("external-join", { ...open, group_info: flip(open.group_info) }, true);
  const joined = await dave.do("external-join", open);
  assert.deepEqual([joined.welcome, await dave.do("state")], [null, joined.next]);
  for (const one of [alice, bob, carol]) {
    const expected = { content: "commit", sender: null, added: [dave.identity], removed: [], state: joined.next };
    assert.deepEqual(await one.hears(joined.commit), expected);
  }
  await says(dave, 3, [alice, bob, carol], "from dave");

  // A Remove, and a message of the former epoch that comes late.
  const { message: late } = await carol.do("send", { data: toHex("late") });
  const gone = await alice.do("commit", { add: [], remove: [1], update: false });
  await settle(gone, alice, [carol, dave], { sender: 0, added: [], removed: [1] });
  const farewell = { content: "commit", sender: 0, added: [], removed: [1], state: null };
  assert.deepEqual(await bob.hears(gone.commit), farewell);
  for (const [op, given] of [["state"], ["send", { data: "" }], ["process", { message: late }], ["group-info"]]) {
    await bob.refuses(op, given, true);
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

  // Sessions.
  for (const one of [alice, bob, carol, dave, erin]) assert.deepEqual(await ask("end", one.session), { ok: {} });
  await alice.refuses("state", {}, true);
  assert("unsupported" in (await ask("client/unheard-of", "s")));
}

async function masked(partitionKey, suite) {
  const hash = { 4: "SHA-512", 5: "SHA-512", 6: "SHA-512", 7: "SHA-384" }[suite] ?? "SHA-256";
  return Buffer.from(await crypto.subtle.digest(hash, Buffer.from(partitionKey, "hex"))).toString("hex");
}

const hello = await ask("hello");
const suites = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1, 2, 3, 4, 5, 6, 7];
for (const cipher_suite of suites) {
  for (const encrypt_handshake of [false, true]) {
    await life({ cipher_suite, encrypt_handshake });
    console.log(`ok: cipher suite ${cipher_suite}, handshake in ${encrypt_handshake ? "Private" : "Public"}Messages`);
  }
}
assert("unsupported" in (await ask("client/new", "x", { identity: "", cipher_suite: 77, encrypt_handshake: false })));
adapter.stdin.end();
const code = await new Promise((end) => adapter.on("close", end));
assert.equal(code, 0);
console.log(`${hello.ok.name} ${hello.ok.version}: ${requests} requests`);
