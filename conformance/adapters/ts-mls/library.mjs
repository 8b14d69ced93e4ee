// ts-mls as the adapter sees it: what it throws, what it decodes, and what it encodes.
//
// `ts-mls` is the documented interface. The modules behind it are the library's own too (package.json exports them);
// they are used where the documented interface has the answer and does not give it out.

import { getCiphersuiteFromName, getCiphersuiteImpl, ciphersuites, decodeMlsMessage, encodeMlsMessage } from "ts-mls";
import { encode } from "ts-mls/codec/tlsEncoder.js";
import { decodeRatchetTree, ratchetTreeEncoder } from "ts-mls/ratchetTree.js";

/** The library refuses, or the step is none at this time. */
export class Refused extends Error {}

/** The library has no such feature. */
export class Unsupported extends Error {}

/**
 * What `call` gives. Whatever the library throws is its refusal: errors of its own, of WebCrypto, and the plain
 * TypeErrors of inputs that it did not think of. What is thrown outside of here is a bug of this adapter.
 */
export async function ask(call) {
  try {
    return await call();
  } catch (error) {
    throw new Refused(`${error?.name ?? "thrown"}: ${error?.message ?? error}`, { cause: error });
  }
}

/** Octets that own their memory: the library looks through views into what lies under them. */
export function octets(hex) {
  if (typeof hex !== "string" || !/^([0-9a-f]{2})*$/.test(hex)) throw new Refused("not lower-case hex");
  return Uint8Array.from(Buffer.from(hex, "hex"));
}

export const hex = (bytes) => Buffer.from(bytes).toString("hex");

/** Decodes all of `text`. The library says how many octets it read; to hold that against their number is our part. */
async function whole(decoder, text, what) {
  const given = octets(text);
  const decoded = await ask(() => decoder(given, 0));
  if (decoded === undefined) throw new Refused(`${what} can not be decoded`);
  if (decoded[1] !== given.length) throw new Refused(`${given.length - decoded[1]} octets follow the ${what}`);
  return decoded[0];
}

/** The content of an MLSMessage (RFC 9420 section 6) of this wire format; of any, where none is named. */
export async function message(text, wireformat) {
  const decoded = await whole(decodeMlsMessage, text, "MLSMessage");
  if (wireformat === undefined) return decoded;
  if (decoded.wireformat !== wireformat) throw new Refused(`${decoded.wireformat} instead of ${wireformat}`);
  return decoded[FIELD[wireformat]];
}

const FIELD = {
  mls_public_message: "publicMessage",
  mls_private_message: "privateMessage",
  mls_welcome: "welcome",
  mls_group_info: "groupInfo",
  mls_key_package: "keyPackage",
};

export const write = (wireformat, content) =>
  hex(encodeMlsMessage({ version: "mls10", wireformat, [FIELD[wireformat]]: content }));

/** `optional<Node> ratchet_tree<V>`; undefined where there is none. */
export async function tree(text) {
  return text === undefined || text === null ? undefined : whole(decodeRatchetTree, text, "tree");
}

export const writeTree = (nodes) => hex(encode(ratchetTreeEncoder)(nodes));

/**
 * The suites of RFC 9420. The library has post-quantum ones besides, under numbers (77 and up) of its own choice that
 * mean other suites elsewhere.
 */
const RFC_9420 = 7;

export async function suite(number) {
  const name = Object.keys(ciphersuites).find((name) => ciphersuites[name] === number);
  if (name === undefined || number > RFC_9420) throw new Unsupported(`cipher suite ${number}`);
  return ask(() => getCiphersuiteImpl(getCiphersuiteFromName(name)));
}
