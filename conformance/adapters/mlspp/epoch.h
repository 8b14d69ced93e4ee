// What there is to say of one epoch: where the client is, what it publishes, what a commit did and what came with it.
#pragma once

#include "library.h"

/// STATE of the contract.
json
position(const mls::State& state);

/// `group_info` and `ratchet_tree`: what others need to join from outside.
json
publish(const mls::State& state);

/// Its own leaf, and every member by leaf.
json
listed(const mls::State& state);

/// Who was added and which leaves were removed, in ascending order.
struct Effect
{
  std::vector<std::string> added;
  std::vector<uint32_t> removed;

  void note(const mls::Proposal& proposal);
  void join(const mls::LeafNode& leaf);
  bool removes(mls::LeafIndex leaf) const;
};

/// The proposals that `state` was sent in this epoch and that are not committed yet, by reference.
std::map<bytes, mls::Proposal>
pending(const mls::State& state);

/// What `commit`, sent in the epoch of `state`, does; without a proposal that `state` does not know.
Effect
effect(const mls::Commit& commit, const mls::State& state, bool external);

/// Holds the envelope of a commit against the epoch that it leads to: "users MUST ignore Commits where
/// `next_partition_key` or `group_info` does not match what was expected". mlspp knows of no envelopes; its own
/// values are what is compared.
void
check_envelope(const json& given, const mls::State& next);
