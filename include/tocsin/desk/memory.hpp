// How much memory a desk takes, by what it is for: counted from the sizes of what it holds, not measured (heap_bytes.hpp).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <tocsin/model/incident.hpp>

namespace tocsin::inline v1 {

class desk;

struct memory_share {
  std::string_view of;
  std::uint64_t count = 0;
  std::uint64_t bytes = 0;
};

// What a desk shares with its forks, or with other desks of the process, as the definitions of the library's own pack,
// counts for each of them.
using memory_shares = std::array<memory_share, 7>;

// {"records":{"count":...,"bytes":...},...,"bytes":...}: each share, and their sum.
std::string memory_document(const desk& d);

// A record with its texts and parts.
std::size_t memory_bytes(const incident& record);

}  // namespace tocsin::inline v1
