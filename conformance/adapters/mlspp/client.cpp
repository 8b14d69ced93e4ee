#include "client.h"

using namespace mls;

static constexpr size_t past_epochs = 4;

// Who is asked

static Session&
device(std::optional<Session>& session)
{
  if (!session) {
    throw Refused("no such session");
  }
  return *session;
}

// One group a session, here: a client that gives up one for another is not written yet.
static void
stays(const json& given)
{
  if (given.contains("replace")) {
    throw Unsupported("to give up a group for another place");
  }
}

static Session&
outsider(std::optional<Session>& session)
{
  if (device(session).group) {
    throw Refused("the client is in a group");
  }
  return *session;
}

static Session&
member(std::optional<Session>& session)
{
  if (!device(session).group) {
    throw Refused("the client is in no group");
  }
  return *session;
}

// A member that may begin something: a pending commit as PrivateMessage has used up a key of the handshake ratchet.
static Session&
idle(std::optional<Session>& session)
{
  if (member(session).pending) {
    throw Refused("a commit is pending");
  }
  return *session;
}

// Keys

static Keys
fresh(const Session& session)
{
  const auto init = HPKEPrivateKey::generate(session.suite);
  const auto encryption = HPKEPrivateKey::generate(session.suite);
  const auto leaf = LeafNode{ session.suite,
                              encryption.public_key,
                              session.signature.public_key,
                              session.credential,
                              Capabilities::create_default(),
                              Lifetime::create_default(),
                              {},
                              session.signature };
  return { KeyPackage(session.suite, init.public_key, leaf, {}, session.signature), init, encryption };
}

static json
key_package(std::optional<Session>& session, const json& /* given */)
{
  const auto keys = fresh(device(session));
  session->keys.push_back(keys);
  return { { "key_package", write(MLSMessage(keys.key_package)) } };
}

static json
create(std::optional<Session>& session, const json& given)
{
  if (session) {
    throw Refused("the session exists");
  }
  session.emplace();
  session->suite = suite(given.at("cipher_suite"));
  session->credential = Credential::basic(octets(given.at("identity")));
  session->signature = SignaturePrivateKey::generate(session->suite);
  session->encrypt = given.value("encrypt_handshake", false);
  return key_package(session, given);
}

// Into a group

static json
found(std::optional<Session>& session, const json& given)
{
  stays(given);
  auto& self = outsider(session);
  const auto keys = fresh(self);
  self.group = State(
    octets(given.at("group_id")), self.suite, keys.encryption, self.signature, keys.key_package.leaf_node, {});
  return position(*self.group);
}

static json
join(std::optional<Session>& session, const json& given)
{
  auto& self = outsider(session);
  const auto welcome = message<Welcome>(given.at("welcome"));
  for (auto keys = self.keys.begin(); keys != self.keys.end(); ++keys) {
    if (welcome.find(keys->key_package)) {
      self.group = State(
        keys->init, keys->encryption, self.signature, keys->key_package, welcome, tree(given), {});
      self.keys.erase(keys);
      return position(*self.group);
    }
  }
  throw Refused("the Welcome is for no KeyPackage that is left");
}

static json
restore(std::optional<Session>& session, const json& given)
{
  if (session) {
    throw Refused("the session exists");
  }
  session.emplace();
  const auto key_package = message<KeyPackage>(given.at("key_package"));
  session->suite = suite(given.at("cipher_suite"));
  if (key_package.cipher_suite.cipher_suite() != session->suite.cipher_suite()) {
    throw Refused("the KeyPackage is of another cipher suite");
  }
  session->credential = key_package.leaf_node.credential;
  session->signature = SignaturePrivateKey::parse(session->suite, octets(given.at("signature_priv")));
  session->keys.push_back({ key_package,
                            HPKEPrivateKey::parse(session->suite, octets(given.at("init_priv"))),
                            HPKEPrivateKey::parse(session->suite, octets(given.at("encryption_priv"))) });
  return join(session, given);
}

static json
enter(std::optional<Session>& session, const json& given)
{
  stays(given);
  return given.contains("key_package") ? restore(session, given) : join(session, given);
}

static json
external_join(std::optional<Session>& session, const json& given)
{
  stays(given);
  auto& self = outsider(session);
  const auto info = message<GroupInfo>(given.at("group_info"));
  if (info.group_context.cipher_suite.cipher_suite() != self.suite.cipher_suite()) {
    throw Refused("the group is of another cipher suite");
  }
  const auto keys = fresh(self);
  const auto secret = random_bytes(self.suite.secret_size());
  const auto [commit, next] =
    State::external_join(secret, self.signature, keys.key_package, info, tree(given), {}, std::nullopt, {});
  self.group = next;
  auto answer = publish(next);
  answer["commit"] = write(commit);
  answer["welcome"] = nullptr;
  answer["next"] = position(next);
  return answer;
}

// In a group

static json
state(std::optional<Session>& session, const json& /* given */)
{
  return position(*member(session).group);
}

static json
members(std::optional<Session>& session, const json& /* given */)
{
  return listed(*member(session).group);
}

static json
group_info(std::optional<Session>& session, const json& /* given */)
{
  return publish(*member(session).group);
}

static json
send(std::optional<Session>& session, const json& given)
{
  auto& self = idle(session);
  return { { "message", write(self.group->protect({}, octets(given.at("data")), 0)) } };
}

static MLSMessage
proposal(Session& self, const json& given)
{
  const auto options = MessageOpts{ self.encrypt, {}, 0 };
  const auto kind = given.at("kind").get<std::string>();
  if (kind == "add") {
    return self.group->add(message<KeyPackage>(given.at("key_package")), options);
  }
  if (kind == "remove") {
    return self.group->remove(LeafIndex(given.at("leaf").get<uint32_t>()), options);
  }
  if (kind == "update") {
    return self.group->update(HPKEPrivateKey::generate(self.suite), {}, options);
  }
  throw Unsupported("a proposal to " + kind);
}

static json
propose(std::optional<Session>& session, const json& given)
{
  auto& self = idle(session);
  const auto made = proposal(self, given);
  // A proposal is known to the library when it comes in, its own too.
  self.group->handle(made);
  return { { "message", write(made) } };
}

static json
commit(std::optional<Session>& session, const json& given)
{
  auto& self = idle(session);
  auto changed = Effect{};
  for (const auto& [_, proposal] : ::pending(*self.group)) {
    changed.note(proposal);
  }
  auto options = CommitOpts{};
  options.force_path = given.value("update", false);
  for (const auto& joiner : given.value("add", json::array())) {
    options.extra_proposals.push_back(self.group->add_proposal(message<KeyPackage>(joiner)));
  }
  for (const auto& leaf : given.value("remove", json::array())) {
    options.extra_proposals.push_back(self.group->remove_proposal(LeafIndex(leaf.get<uint32_t>())));
  }
  for (const auto& proposal : options.extra_proposals) {
    changed.note(proposal);
  }
  auto copy = *self.group;
  const auto secret = random_bytes(self.suite.secret_size());
  const auto [made, welcome, next] = copy.commit(secret, options, MessageOpts{ self.encrypt, {}, 0 });
  self.pending = Pending{ write(made), next, changed };
  auto answer = publish(next);
  answer["commit"] = self.pending->commit;
  answer["welcome"] = welcome.secrets.empty() ? json(nullptr) : json(write(MLSMessage(welcome)));
  answer["next"] = position(next);
  return answer;
}

// What comes

static json
advance(Session& self, State next, const json& sender, const Effect& effect)
{
  self.past.push_front(std::move(*self.group));
  if (self.past.size() > past_epochs) {
    self.past.pop_back();
  }
  self.group = std::move(next);
  self.pending.reset();
  return { { "content", "commit" },
           { "sender", sender },
           { "added", effect.added },
           { "removed", effect.removed },
           { "state", position(*self.group) } };
}

static json
leaf_of(const Sender& sender)
{
  if (sender.sender_type() != SenderType::member) {
    return nullptr;
  }
  return var::get<MemberSender>(sender.sender).sender.val;
}

// The epoch that a message is of, where that is over and not forgotten; the current one otherwise.
static State&
epoch_of(Session& self, const MLSMessage& came)
{
  for (auto& one : self.past) {
    if (one.epoch() == came.epoch()) {
      return one;
    }
  }
  return *self.group;
}

static std::optional<State>
handle(State& epoch, const ValidatedContent& commit, const Effect& all)
{
  try {
    return epoch.handle(commit);
  } catch (const std::exception& error) {
    if (all.removes(epoch.index())) {
      throw Unsupported(std::string("mlspp fails on a commit that removes the client: ") + error.what());
    }
    throw;
  }
}

static json
receive(std::optional<Session>& session, const json& given)
{
  auto& self = member(session);
  if (self.pending && self.pending->commit == given.at("message")) {
    check_envelope(given, self.pending->next);
    const auto own = *self.pending;
    return advance(self, own.next, self.group->index().val, own.effect);
  }
  const auto came = whole<MLSMessage>(given.at("message"));
  auto& epoch = epoch_of(self, came);
  // A copy says what it is; the epoch itself decrypts it a second time, or handles what was opened.
  auto copy = epoch;
  const auto opened = copy.unwrap(came);
  const auto& content = opened.authenticated_content().content;
  const auto sender = leaf_of(content.sender);
  if (content.content_type() == ContentType::application) {
    const auto [_, data] = epoch.unprotect(came);
    return { { "content", "application" },
             { "sender", sender },
             { "data", hex(data) },
             { "state", position(*self.group) } };
  }
  if (&epoch != &*self.group) {
    throw Refused("a handshake message of an epoch that is over");
  }
  if (content.content_type() == ContentType::proposal) {
    epoch = copy;
    epoch.handle(opened);
    return { { "content", "proposal" }, { "sender", sender }, { "state", position(epoch) } };
  }
  const auto& commit = var::get<Commit>(content.content);
  const auto all = effect(commit, epoch, sender.is_null());
  const auto next = handle(copy, opened, all);
  if (!next) {
    throw Refused("no epoch came of the commit");
  }
  check_envelope(given, *next);
  epoch = copy;
  return advance(self, *next, sender, all);
}

const std::map<std::string, Operation> operations = {
  { "client/new", create },
  { "client/key-package", key_package },
  { "client/create", found },
  { "client/join", enter },
  { "client/external-join", external_join },
  { "client/process", receive },
  { "client/state", state },
  { "client/members", members },
  { "client/commit", commit },
  { "client/propose", propose },
  { "client/send", send },
  { "client/group-info", group_info },
};
