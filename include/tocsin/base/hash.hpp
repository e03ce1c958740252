// SHA-256 (FIPS 180-4), by OpenSSL.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace tocsin::inline v1 {

using digest = std::array<std::uint8_t, 32>;

std::string to_hex(const digest& hash);

// Keeps its working memory between calls. One thread at a time.
class sha256 {
 public:
  sha256();

  void begin();
  void add(const void* data, std::size_t size);
  digest end();

  digest of(std::span<const std::uint8_t> head, std::span<const std::uint8_t> tail = {});

 private:
  struct state;
  struct free_state {
    void operator()(state* s) const noexcept;
  };
  std::unique_ptr<state, free_state> state_;
};

}  // namespace tocsin::inline v1
