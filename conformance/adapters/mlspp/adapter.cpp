// Adapter for mimicheck (../../README.md) around mlspp: lines, sessions, and nothing of MLS.

#include "client.h"

#include <iostream>

static json
hello()
{
  auto names = json::array();
  for (const auto& [name, _] : operations) {
    names.push_back(name);
  }
  return { { "name", "mlspp" },  { "version", MLSPP_VERSION }, { "language", "C++" },
           { "ops", names },     { "reasons", false },         { "offsets", false } };
}

static std::map<std::string, Session> sessions;

static json
step(const Operation& operation, const std::string& name, const json& given)
{
  const auto found = sessions.find(name);
  auto session = found == sessions.end() ? std::nullopt : std::make_optional(found->second);
  auto answer = operation(session, given);
  if (session) {
    sessions.insert_or_assign(name, std::move(*session));
  }
  return answer;
}

static json
answer(const json& request)
{
  const auto op = request.at("op").get<std::string>();
  if (op == "hello") {
    return { { "ok", hello() } };
  }
  const auto name = request.value("session", "");
  if (op == "end") {
    sessions.erase(name);
    return { { "ok", json::object() } };
  }
  const auto found = operations.find(op);
  if (found == operations.end()) {
    return { { "unsupported", "no operation " + op } };
  }
  try {
    return { { "ok", step(found->second, name, request.at("in")) } };
  } catch (const Unsupported& error) {
    return { { "unsupported", error.what() } };
  } catch (const json::exception&) {
    throw; // a request that is none, or a bug of this adapter
  } catch (const std::exception& error) {
    return { { "reject", { { "message", error.what() } } } };
  }
}

int
main()
{
  for (auto line = std::string(); std::getline(std::cin, line);) {
    const auto request = json::parse(line);
    auto reply = answer(request);
    reply["id"] = request.at("id");
    std::cout << reply.dump(-1, ' ', true, json::error_handler_t::replace) << std::endl;
  }
}
