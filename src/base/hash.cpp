#include <tocsin/base/error.hpp>
#include <tocsin/base/hash.hpp>

#include <openssl/evp.h>

namespace tocsin::inline v1 {
namespace {

void demand(int answer) {
  if (answer != 1) throw error(status::internal, "hash.failed", "the SHA-256 of the cryptographic library failed");
}

EVP_MD_CTX* context_of(void* context) { return static_cast<EVP_MD_CTX*>(context); }

}  // namespace

void sha256::free_context::operator()(void* context) const noexcept { EVP_MD_CTX_free(context_of(context)); }

sha256::sha256() : context_(EVP_MD_CTX_new()) {
  if (!context_) throw std::bad_alloc();
  demand(EVP_DigestInit_ex(context_of(context_.get()), EVP_sha256(), nullptr));
}

void sha256::begin() { demand(EVP_DigestInit_ex(context_of(context_.get()), nullptr, nullptr)); }

void sha256::add(const void* data, std::size_t size) {
  demand(EVP_DigestUpdate(context_of(context_.get()), data, size));
}

digest sha256::end() {
  digest result;
  unsigned size = 0;
  demand(EVP_DigestFinal_ex(context_of(context_.get()), result.data(), &size));
  return result;
}

digest sha256::of(std::span<const std::uint8_t> head, std::span<const std::uint8_t> tail) {
  begin();
  add(head.data(), head.size());
  if (!tail.empty()) add(tail.data(), tail.size());
  return end();
}

}  // namespace tocsin::inline v1
