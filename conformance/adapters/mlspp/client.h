// client/*: one client in at most one group (../../SESSIONS.md).
#pragma once

#include "epoch.h"

#include <deque>
#include <functional>

/// A KeyPackage with the private keys that belong to it.
struct Keys
{
  mls::KeyPackage key_package;
  mls::HPKEPrivateKey init;
  mls::HPKEPrivateKey encryption;
};

/// A commit of one's own that has not come back yet.
struct Pending
{
  std::string commit;
  mls::State next;
  Effect effect;
};

/// A session is copied before a step and kept only when the step succeeds, so that a refusal leaves what there was.
struct Session
{
  mls::CipherSuite suite;
  mls::Credential credential;
  mls::SignaturePrivateKey signature;
  bool encrypt = false;
  std::vector<Keys> keys;
  std::optional<mls::State> group;
  std::optional<Pending> pending;
  /// Epochs that are over, the latest first: for application messages that come late.
  std::deque<mls::State> past;
};

/// Answers with a session that may be empty, and that may be changed whether or not it succeeds.
using Operation = std::function<json(std::optional<Session>&, const json&)>;

extern const std::map<std::string, Operation> operations;
