// Who has a record open, as hosts say: a hint for screens (R-N06). It is kept in memory alone, is in no journal, and
// counts for nothing that a desk decides; whoever must not overwrite another's work states `expected_version`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t presences_max = 100'000;  // of one desk
inline constexpr duration presence_longest{3'600'000'000};
}  // namespace limits

enum class activity : std::uint8_t { unset, viewing, editing, left };
std::span<const std::string_view> choices(activity);

struct presence {
  record_ref incident;
  person_ref actor;
  tocsin::activity activity = activity::unset;
  instant at = no_instant;
  instant until = no_instant;  // not included; said anew before then, or gone

  static std::span<const field_row> fields();
};

class presence_book {
 public:
  // Whoever is there already keeps their place, and does that from now on. Throws where it would last for longer than
  // limits::presence_longest, or where limits::presences_max others are there.
  void note(const presence& said);
  // Those who are there at the instant, in the order in which they came.
  std::vector<presence> at(record_ref record, instant when) const;

  std::size_t size() const { return all_.size(); }
  std::size_t memory_bytes() const { return heap_bytes(all_); }

 private:
  std::vector<presence> all_;
};

}  // namespace tocsin::inline v1
