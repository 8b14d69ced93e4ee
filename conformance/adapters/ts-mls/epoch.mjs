// What there is to say of one epoch: where the client is, what it publishes, what a commit did and what came with it.

import { createGroupInfoWithExternalPub, mlsExporter } from "ts-mls";
import { encode } from "ts-mls/codec/tlsEncoder.js";
import { groupContextEncoder } from "ts-mls/groupContext.js";
import { ratchetTreeFromExtension, verifyGroupInfoSignature } from "ts-mls/groupInfo.js";
import { getSignaturePublicKeyFromLeafIndex } from "ts-mls/ratchetTree.js";
import { toLeafIndex } from "ts-mls/treemath.js";

import { Refused, Unsupported, ask, hex, message, write, writeTree } from "./library.mjs";

const LABEL = "mimi delivery partition key";
const LENGTH = 16;

const partitionKey = (group, suite) =>
  ask(() => mlsExporter(group.keySchedule.exporterSecret, LABEL, new Uint8Array(), LENGTH, suite));

/** STATE. */
export async function position(group, suite) {
  return {
    group_id: hex(group.groupContext.groupId),
    epoch: group.groupContext.epoch,
    epoch_authenticator: hex(group.keySchedule.epochAuthenticator),
    partition_key: hex(await partitionKey(group, suite)),
  };
}

/** What others need to join from outside. */
export async function publish(group, suite) {
  const info = await ask(() => createGroupInfoWithExternalPub(group, [], suite));
  return { group_info: write("mls_group_info", info), ratchet_tree: writeTree(group.ratchetTree) };
}

/** Who was added and which leaves were removed, in ascending order. */
export function describe(proposals, joiners = []) {
  const leaves = proposals.filter((one) => one.proposalType === "add").map((one) => one.add.keyPackage.leafNode);
  return {
    added: [...leaves, ...joiners].map(identity).sort(),
    removed: proposals
      .filter((one) => one.proposalType === "remove")
      .map((one) => one.remove.removed)
      .sort((a, b) => a - b),
  };
}

/** Every member, by leaf; leaves are the even nodes. */
export function listed(ratchetTree) {
  const leaves = ratchetTree.filter((_, node) => node % 2 === 0);
  return leaves.flatMap((node, leaf) => (node === undefined ? [] : [{ leaf, identity: identity(node.leaf) }]));
}

function identity({ credential }) {
  if (credential.credentialType !== "basic") throw new Unsupported("the identity of a credential that is not basic");
  return hex(credential.identity);
}

/**
 * Holds the envelope of a commit against the epoch that it leads to: "users MUST ignore Commits where
 * `next_partition_key` or `group_info` does not match what was expected". ts-mls knows of no envelopes; what is
 * compared are its own values.
 */
export async function checkEnvelope(given, next, suite) {
  if (given.next_partition_key !== undefined) {
    const masked = await ask(async () => suite.hash.digest(await partitionKey(next, suite)));
    if (hex(masked) !== given.next_partition_key) throw new Refused("next_partition_key is not that of the next epoch");
  }
  if (given.group_info === undefined) return;
  await checkGroupInfo(await message(given.group_info, "mls_group_info"), next, suite);
}

const context = (one) => hex(encode(groupContextEncoder)(one.groupContext));

const externalPub = (info) => {
  const found = info.extensions.find((extension) => extension.extensionType === "external_pub");
  return found === undefined ? undefined : hex(found.extensionData);
};

async function checkGroupInfo(info, next, suite) {
  const must = (holds, what) => {
    if (!holds) throw new Refused(`group_info ${what}`);
  };
  const own = await ask(() => createGroupInfoWithExternalPub(next, [], suite));
  must(context(info) === context(next), "is of another epoch");
  must(hex(info.confirmationTag) === hex(next.confirmationTag), "has another confirmation tag");
  must([undefined, externalPub(own)].includes(externalPub(info)), "has another external_pub");
  const inner = await ask(() => ratchetTreeFromExtension(info));
  must(inner === undefined || writeTree(inner) === writeTree(next.ratchetTree), "has another tree");
  const key = await ask(() => getSignaturePublicKeyFromLeafIndex(next.ratchetTree, toLeafIndex(info.signer)));
  must(await ask(() => verifyGroupInfoSignature(info, key, suite.signature)), "is signed wrongly");
}
