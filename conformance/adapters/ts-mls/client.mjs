// client/*: one client in at most one group (../../SESSIONS.md).
//
// A session is a value that is never changed: an operation takes one and gives the next beside its answer, so that a
// refusal leaves what there was. ts-mls works the same way.
//
//   suite, device: { credential, signature: { signKey, publicKey }, encrypt },
//   keyPackages: [{ publicPackage, privatePackage }], group: ts-mls' ClientState | null, removed: bool,
//   pending: { commit: hex, next: ClientState, added, removed } | null

import {
  createApplicationMessage,
  createCommit,
  createGroup,
  createProposal,
  defaultCapabilities,
  generateKeyPackageWithKey,
  joinGroup,
  joinGroupExternal,
  makePskIndex,
  processPrivateMessage,
  processPublicMessage,
} from "ts-mls";
import { addHistoricalReceiverData, getOwnLeafNode } from "ts-mls/clientState.js";
import { makeKeyPackageRef } from "ts-mls/keyPackage.js";
import { decryptSenderData } from "ts-mls/privateMessage.js";

import { checkEnvelope, describe, listed, position, publish } from "./epoch.mjs";
import { Refused, Unsupported, ask, hex, message, octets, suite, tree, write } from "./library.mjs";

const FOREVER = { notBefore: 0n, notAfter: 2n ** 64n - 1n };

export const OPERATIONS = {
  "client/new": create,
  "client/key-package": keyPackage,
  "client/create": found,
  "client/join": (session, given) => (given.key_package === undefined ? join(session, given) : restore(session, given)),
  "client/external-join": externalJoin,
  "client/process": receive,
  "client/state": state,
  "client/members": members,
  "client/commit": commit,
  "client/propose": propose,
  "client/send": send,
  "client/group-info": groupInfo,
};

// Who is asked

function device(session) {
  if (session === undefined) throw new Refused("no such session");
  if (session.removed) throw new Refused("the client was removed from its group");
  return session;
}

function outsider(session, { replace }) {
  if (device(session).group !== null && replace === undefined) throw new Refused("the client is in a group");
  return session;
}

/** Whether a place is the one for which the user has agreed to give up the group that the client is in. */
function agreed(session, replace, at) {
  if (session === undefined || session.group === null) return;
  if (at.group_id !== replace.group_id) throw new Refused("the user has agreed to another group");
  if (BigInt(at.epoch) <= BigInt(replace.after)) throw new Refused("the user has agreed to a later epoch");
  const told = replace.epoch_authenticator;
  if (told !== undefined && told !== at.epoch_authenticator) throw new Refused("the user was told another authenticator");
}

function member(session) {
  if (device(session).group === null) throw new Refused("the client is in no group");
  return session;
}

/** A member that may begin something: a pending commit as PrivateMessage has used up a key of the handshake ratchet. */
function idle(session) {
  if (member(session).pending !== null) throw new Refused("a commit is pending");
  return session;
}

// Keys

async function create(session, given) {
  if (session !== undefined) throw new Refused("the session exists");
  const impl = await suite(given.cipher_suite);
  const made = {
    suite: impl,
    device: {
      credential: { credentialType: "basic", identity: octets(given.identity) },
      signature: await ask(() => impl.signature.keygen()),
      encrypt: given.encrypt_handshake === true,
    },
    keyPackages: [],
    group: null,
    removed: false,
    pending: null,
  };
  return keyPackage(made);
}

const freshKeyPackage = ({ suite, device }) =>
  ask(() =>
    generateKeyPackageWithKey(device.credential, defaultCapabilities(), FOREVER, [], device.signature, suite),
  );

async function keyPackage(session) {
  const made = await freshKeyPackage(device(session));
  const next = { ...session, keyPackages: [...session.keyPackages, made] };
  return [next, { key_package: write("mls_key_package", made.publicPackage) }];
}

// Into a group

async function enter(session, group) {
  return [{ ...session, group, pending: null }, await position(group, session.suite)];
}

async function found(session, given) {
  const { publicPackage, privatePackage } = await freshKeyPackage(outsider(session, given));
  if (session.group !== null && given.group_id !== given.replace.group_id) {
    throw new Refused("the user has agreed to another group");
  }
  const group = await ask(() =>
    createGroup(octets(given.group_id), publicPackage, privatePackage, [], session.suite),
  );
  return enter(session, group);
}

async function restore(session, given) {
  if (session !== undefined) outsider(session, given);
  const publicPackage = await message(given.key_package, "mls_key_package");
  const impl = await suite(given.cipher_suite);
  if (publicPackage.cipherSuite !== impl.name) throw new Refused("the KeyPackage is of another cipher suite");
  const signKey = octets(given.signature_priv);
  const privatePackage = {
    initPrivateKey: octets(given.init_priv),
    hpkePrivateKey: octets(given.encryption_priv),
    signaturePrivateKey: signKey,
  };
  const { credential, signaturePublicKey } = publicPackage.leafNode;
  const made = {
    suite: impl,
    device: { credential, signature: { signKey, publicKey: signaturePublicKey }, encrypt: false },
    keyPackages: [{ publicPackage, privatePackage }],
    group: null,
    removed: false,
    pending: null,
  };
  return join(made, given, session);
}

async function join(session, given, before = session) {
  const { suite, keyPackages } = outsider(session, given);
  const welcome = await message(given.welcome, "mls_welcome");
  const outer = await tree(given.ratchet_tree);
  const used = await invited(keyPackages, welcome, suite);
  const group = await ask(() =>
    joinGroup(welcome, used.publicPackage, used.privatePackage, makePskIndex(undefined, {}), suite, outer),
  );
  const [next, at] = await enter({ ...session, keyPackages: keyPackages.filter((one) => one !== used) }, group);
  agreed(before, given.replace, at);
  return [next, at];
}

/** The KeyPackage that the Welcome is for; any where it is for none, which the library then refuses. */
async function invited(keyPackages, welcome, suite) {
  const named = new Set(welcome.secrets.map(({ newMember }) => hex(newMember)));
  for (const one of keyPackages) {
    if (named.has(hex(await ask(() => makeKeyPackageRef(one.publicPackage, suite.hash))))) return one;
  }
  if (keyPackages.length === 0) throw new Refused("no KeyPackage is left");
  return keyPackages[0];
}

async function externalJoin(session, given) {
  const { publicPackage, privatePackage } = await freshKeyPackage(outsider(session, given));
  const info = await message(given.group_info, "mls_group_info");
  if (info.groupContext.cipherSuite !== session.suite.name) throw new Refused("the group is of another cipher suite");
  const outer = await tree(given.ratchet_tree);
  const { publicMessage, newState } = await ask(() =>
    joinGroupExternal(info, publicPackage, privatePackage, session.group !== null, session.suite, outer),
  );
  const [next, at] = await enter(session, newState);
  agreed(session, given.replace, at);
  const published = await publish(newState, session.suite);
  return [next, { commit: write("mls_public_message", publicMessage), welcome: null, ...published, next: at }];
}

// In a group

async function state(session) {
  return [session, await position(member(session).group, session.suite)];
}

function members(session) {
  const { ratchetTree, privatePath } = member(session).group;
  return [session, { leaf: privatePath.leafIndex, members: listed(ratchetTree) }];
}

async function groupInfo(session) {
  return [session, await publish(member(session).group, session.suite)];
}

async function send(session, given) {
  const { group, suite } = idle(session);
  const made = await ask(() => createApplicationMessage(group, octets(given.data), suite));
  return [{ ...session, group: made.newState }, { message: write("mls_private_message", made.privateMessage) }];
}

const addition = async (text) => ({ proposalType: "add", add: { keyPackage: await message(text, "mls_key_package") } });
const removal = (leaf) => ({ proposalType: "remove", remove: { removed: leaf } });

async function propose(session, given) {
  const { group, suite, device } = idle(session);
  if (!["add", "remove"].includes(given.kind)) throw new Unsupported(`a proposal to ${given.kind}`);
  const proposal = given.kind === "add" ? await addition(given.key_package) : removal(given.leaf);
  const made = await ask(() => createProposal(group, !device.encrypt, proposal, suite));
  const content = made.message.publicMessage ?? made.message.privateMessage;
  return [{ ...session, group: made.newState }, { message: write(made.message.wireformat, content) }];
}

async function commit(session, given) {
  const { group, suite, device } = idle(session);
  const adds = await Promise.all((given.add ?? []).map(addition));
  const extraProposals = [...adds, ...(given.remove ?? []).map(removal)];
  const context = { state: group, cipherSuite: suite, pskIndex: makePskIndex(group, {}) };
  const made = await ask(() => createCommit(context, { wireAsPublicMessage: !device.encrypt, extraProposals }));
  const next = made.newState;
  if (given.update && hex(getOwnLeafNode(next).hpkePublicKey) === hex(getOwnLeafNode(group).hpkePublicKey)) {
    throw new Unsupported("ts-mls makes a commit of Adds alone without a path, and can not be told otherwise");
  }
  const content = made.commit.publicMessage ?? made.commit.privateMessage;
  const octetsOfCommit = write(made.commit.wireformat, content);
  const proposals = [...Object.values(group.unappliedProposals).map(({ proposal }) => proposal), ...extraProposals];
  const pending = { commit: octetsOfCommit, next, ...describe(proposals) };
  const answer = {
    commit: octetsOfCommit,
    welcome: made.welcome === undefined ? null : write("mls_welcome", made.welcome),
    ...(await publish(next, suite)),
    next: await position(next, suite),
  };
  return [{ ...session, pending }, answer];
}

// What comes

async function receive(session, given) {
  const { group, suite, pending } = member(session);
  if (pending?.commit === given.message) return receiveOwn(session, given);
  const came = await message(given.message);
  const heard = [];
  const listen = (incoming) => {
    heard.push(incoming);
    return "accept";
  };
  const psks = makePskIndex(group, {});
  let result;
  if (came.wireformat === "mls_public_message") {
    result = await ask(() => processPublicMessage(group, came.publicMessage, psks, suite, listen));
  } else if (came.wireformat === "mls_private_message") {
    result = await ask(() => processPrivateMessage(group, came.privateMessage, psks, suite, listen));
  } else {
    throw new Refused(`${came.wireformat} is no message to a group`);
  }
  if (result.kind === "applicationMessage") {
    const sender = await senderOf(came.privateMessage, group, suite);
    const answer = { content: "application", sender, data: hex(result.message) };
    return answerTo({ ...session, group: result.newState }, answer);
  }
  const [incoming] = heard;
  if (incoming.kind === "proposal") {
    const sender = incoming.proposal.senderLeafIndex ?? null;
    return answerTo({ ...session, group: result.newState }, { content: "proposal", sender });
  }
  const sender = incoming.senderLeafIndex ?? null;
  const joiner = sender === null ? [came.publicMessage.content.commit.path.leafNode] : [];
  const answer = { content: "commit", sender, ...describe(incoming.proposals.map(({ proposal }) => proposal), joiner) };
  if (result.newState.groupActiveState.kind === "removedFromGroup") {
    return [{ ...session, group: null, removed: true, pending: null }, { ...answer, state: null }];
  }
  await checkEnvelope(given, result.newState, suite);
  return answerTo({ ...session, group: result.newState, pending: null }, answer);
}

async function receiveOwn(session, given) {
  const { group, suite, pending } = session;
  await checkEnvelope(given, pending.next, suite);
  // What was received since the commit was made has moved the ratchets of the epoch that now ends.
  const [historicalReceiverData] = addHistoricalReceiverData(group);
  const next = { ...session, group: { ...pending.next, historicalReceiverData }, pending: null };
  const { added, removed } = pending;
  return answerTo(next, { content: "commit", sender: group.privatePath.leafIndex, added, removed });
}

async function answerTo(session, answer) {
  return [session, { ...answer, state: await position(session.group, session.suite) }];
}

/** The leaf that sent it: the library finds it out to decrypt, and keeps it for itself. */
async function senderOf(privateMessage, group, suite) {
  const { senderDataSecret } =
    privateMessage.epoch === group.groupContext.epoch
      ? group.keySchedule
      : group.historicalReceiverData.get(privateMessage.epoch);
  return (await ask(() => decryptSenderData(privateMessage, senderDataSecret, suite))).leafIndex;
}
