#!/usr/bin/env node
// Adapter for mimicheck (../../README.md) around ts-mls: lines, sessions, and nothing of MLS.

import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const { OPERATIONS } = await import("./client.mjs").catch((error) => {
  if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
  console.error(`${error.message}\nrun ${new URL("setup.sh", import.meta.url).pathname}`);
  process.exit(1);
});
const { Refused, Unsupported } = await import("./library.mjs");

const { version } = JSON.parse(readFileSync(new URL("node_modules/ts-mls/package.json", import.meta.url)));
const HELLO = {
  name: "ts-mls",
  version,
  language: "TypeScript",
  ops: Object.keys(OPERATIONS),
  reasons: false,
  offsets: false,
};

const sessions = new Map();

async function answer({ op, session, in: given }) {
  if (op === "hello") return { ok: HELLO };
  if (op === "end") {
    sessions.delete(session);
    return { ok: {} };
  }
  if (!Object.hasOwn(OPERATIONS, op)) return { unsupported: `no operation ${op}` };
  try {
    const [next, ok] = await OPERATIONS[op](sessions.get(session), given);
    sessions.set(session, next);
    return { ok };
  } catch (error) {
    if (error instanceof Refused) return { reject: { message: error.message } };
    if (error instanceof Unsupported) return { unsupported: error.message };
    throw error;
  }
}

// Epochs are 64 bits wide and JSON.stringify knows no integers: they are written as text, and then unquoted.
const MARK = "\u0000integer:";
const line = (value) =>
  JSON.stringify(value, (_, one) => (typeof one === "bigint" ? `${MARK}${one}` : one)).replace(
    /"\\u0000integer:(\d+)"/g,
    "$1",
  );

for await (const text of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const request = JSON.parse(text);
  process.stdout.write(`${line({ id: request.id, ...(await answer(request)) })}\n`);
}
