// The plain functions of the library, not its EVP ones: those allocate, wipe and free a context for each hash, which
// costs a third of the time for entries of some hundred bytes.
#define OPENSSL_SUPPRESS_DEPRECATED

#include <tocsin/base/error.hpp>
#include <tocsin/base/hash.hpp>

#include <openssl/sha.h>

namespace tocsin::inline v1 {
namespace {

void demand(int answer) {
  if (answer != 1) throw error(status::internal, "hash.failed", "the SHA-256 of the cryptographic library failed");
}

}  // namespace

std::string to_hex(const digest& hash) {
  std::string text;
  text.reserve(2 * hash.size());
  for (const std::uint8_t byte : hash) {
    text += "0123456789abcdef"[byte >> 4];
    text += "0123456789abcdef"[byte & 15];
  }
  return text;
}

struct sha256::state {
  SHA256_CTX context;
};

void sha256::free_state::operator()(state* s) const noexcept { delete s; }

sha256::sha256() : state_(new state) { begin(); }

void sha256::begin() { demand(SHA256_Init(&state_->context)); }

void sha256::add(const void* data, std::size_t size) { demand(SHA256_Update(&state_->context, data, size)); }

digest sha256::end() {
  digest result;
  demand(SHA256_Final(result.data(), &state_->context));
  return result;
}

digest sha256::of(std::span<const std::uint8_t> head, std::span<const std::uint8_t> tail) {
  begin();
  add(head.data(), head.size());
  if (!tail.empty()) add(tail.data(), tail.size());
  return end();
}

}  // namespace tocsin::inline v1
