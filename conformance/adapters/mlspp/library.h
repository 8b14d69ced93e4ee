// mlspp as the adapter sees it: octets in, octets out, and how things are refused.
#pragma once

#include <mls/state.h>
#include <nlohmann/json.hpp>
#include <stdexcept>

using nlohmann::json;
using mls::bytes_ns::bytes;

/// The step is none at this time, or the octets are not those of what was asked for.
struct Refused : std::runtime_error
{
  using std::runtime_error::runtime_error;
};

/// The library has no such feature.
struct Unsupported : std::runtime_error
{
  using std::runtime_error::runtime_error;
};

bytes
octets(const json& hex);

std::string
hex(const bytes& data);

/// Decodes all of `text`: that nothing follows is asked here, the library stops where the value ends.
template<typename T>
T
whole(const json& text)
{
  const auto data = octets(text);
  auto stream = mls::tls::istream(data);
  auto value = T();
  stream >> value;
  if (!stream.empty()) {
    throw Refused(std::to_string(stream.size()) + " octets are left over");
  }
  return value;
}

/// The content of an MLSMessage (RFC 9420 section 6) that must be a `T`.
template<typename T>
T
message(const json& text)
{
  auto decoded = whole<mls::MLSMessage>(text);
  if (decoded.version != mls::ProtocolVersion::mls10) {
    throw Refused("another version of MLS");
  }
  if (!var::holds_alternative<T>(decoded.message)) {
    throw Refused("an MLSMessage of another wire format");
  }
  return var::get<T>(decoded.message);
}

template<typename T>
std::string
write(const T& value)
{
  return hex(mls::tls::marshal(value));
}

/// One of the suites of RFC 9420.
mls::CipherSuite
suite(const json& number);

/// `optional<Node> ratchet_tree<V>` of the input, where there is one.
std::optional<mls::TreeKEMPublicKey>
tree(const json& given);
