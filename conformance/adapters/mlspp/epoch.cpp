#include "epoch.h"

#include <algorithm>

using namespace mls;

static const auto label = std::string("mimi delivery partition key");
static constexpr size_t length = 16;

static bytes
partition_key(const State& state)
{
  return state.do_export(label, {}, length);
}

json
position(const State& state)
{
  return { { "group_id", hex(state.group_id()) },
           { "epoch", state.epoch() },
           { "epoch_authenticator", hex(state.epoch_authenticator()) },
           { "partition_key", hex(partition_key(state)) } };
}

json
publish(const State& state)
{
  return { { "group_info", write(MLSMessage(state.group_info(false))) }, { "ratchet_tree", write(state.tree()) } };
}

static std::string
identity(const LeafNode& leaf)
{
  if (leaf.credential.type() != CredentialType::basic) {
    throw Unsupported("the identity of a credential that is not basic");
  }
  return hex(leaf.credential.get<BasicCredential>().identity);
}

json
listed(const State& state)
{
  const auto& tree = state.tree();
  auto members = json::array();
  tree.all_leaves([&](auto leaf, const LeafNode& node) {
    members.push_back({ { "leaf", leaf.val }, { "identity", identity(node) } });
    return true;
  });
  return { { "leaf", state.index().val }, { "members", members } };
}

void
Effect::join(const LeafNode& leaf)
{
  added.push_back(identity(leaf));
  std::sort(added.begin(), added.end());
}

void
Effect::note(const Proposal& proposal)
{
  if (var::holds_alternative<Add>(proposal.content)) {
    join(var::get<Add>(proposal.content).key_package.leaf_node);
  } else if (var::holds_alternative<Remove>(proposal.content)) {
    removed.push_back(var::get<Remove>(proposal.content).removed.val);
    std::sort(removed.begin(), removed.end());
  }
}

bool
Effect::removes(LeafIndex leaf) const
{
  return std::find(removed.begin(), removed.end(), leaf.val) != removed.end();
}

// The library's own memory of them, which it keeps from strangers.
struct Opened : State
{
  explicit Opened(const State& state)
    : State(state)
  {
  }

  std::map<bytes, Proposal> proposals() const
  {
    auto found = std::map<bytes, Proposal>{};
    for (const auto& one : _pending_proposals) {
      found.emplace(one.ref, one.proposal);
    }
    return found;
  }
};

std::map<bytes, Proposal>
pending(const State& state)
{
  return Opened(state).proposals();
}

Effect
effect(const Commit& commit, const State& state, bool external)
{
  const auto known = pending(state);
  auto all = Effect{};
  for (const auto& one : commit.proposals) {
    if (var::holds_alternative<Proposal>(one.content)) {
      all.note(var::get<Proposal>(one.content));
      continue;
    }
    const auto found = known.find(var::get<ProposalRef>(one.content));
    if (found != known.end()) {
      all.note(found->second);
    }
  }
  if (external && commit.path) {
    all.join(commit.path->leaf_node);
  }
  return all;
}

static void
check_group_info(const GroupInfo& info, const State& next)
{
  const auto own = next.group_info(false);
  if (info.group_context != own.group_context) {
    throw Refused("group_info is of another epoch");
  }
  if (info.confirmation_tag != own.confirmation_tag) {
    throw Refused("group_info has another confirmation tag");
  }
  const auto key = info.extensions.find<ExternalPubExtension>();
  const auto own_key = own.extensions.find<ExternalPubExtension>();
  if (key && own_key && key->external_pub != own_key->external_pub) {
    throw Refused("group_info has another external_pub");
  }
  const auto inner = info.extensions.find<RatchetTreeExtension>();
  if (inner && tls::marshal(inner->tree) != tls::marshal(next.tree())) {
    throw Refused("group_info has another tree");
  }
  if (!info.verify(next.tree())) {
    throw Refused("group_info is signed wrongly");
  }
}

void
check_envelope(const json& given, const State& next)
{
  if (given.contains("next_partition_key")) {
    const auto masked = next.cipher_suite().digest().hash(partition_key(next));
    if (masked != octets(given.at("next_partition_key"))) {
      throw Refused("next_partition_key is not that of the next epoch");
    }
  }
  if (given.contains("group_info")) {
    check_group_info(message<GroupInfo>(given.at("group_info")), next);
  }
}
