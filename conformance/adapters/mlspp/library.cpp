#include "library.h"

bytes
octets(const json& hex)
{
  const auto text = hex.get<std::string>();
  const auto known = text.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!known || text.size() % 2 != 0) {
    throw Refused("not lower-case hex");
  }
  return mls::bytes_ns::from_hex(text);
}

std::string
hex(const bytes& data)
{
  return mls::bytes_ns::to_hex(data);
}

mls::CipherSuite
suite(const json& number)
{
  const auto id = number.get<uint64_t>();
  if (id < 1 || id > 7) {
    throw Unsupported("cipher suite " + std::to_string(id));
  }
  return { static_cast<mls::CipherSuite::ID>(id) };
}

std::optional<mls::TreeKEMPublicKey>
tree(const json& given)
{
  const auto text = given.find("ratchet_tree");
  if (text == given.end() || text->is_null()) {
    return std::nullopt;
  }
  return whole<mls::TreeKEMPublicKey>(*text);
}
