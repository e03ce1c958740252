// What a zone looks up: periods of one offset each, the footer's years written out, so that a query is one search.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <tocsin/time/civil.hpp>
#include <tocsin/time/zone.hpp>

namespace tocsin::inline v1::detail {

inline constexpr std::int64_t seconds_per_day = 86'400;
// Kept are the years accepted and a little more, for local times at their edges.
inline constexpr std::int64_t rules_begin_s = days_from_civil({1899, 12, 30}) * seconds_per_day;
inline constexpr std::int64_t rules_end_s = days_from_civil({2201, 1, 1}) * seconds_per_day;
inline constexpr std::int32_t utc_offset_s_max = 86'340;  // 23:59, the farthest that RFC 3339 can write

struct zone_rules {
  std::vector<std::int64_t> starts_us{no_instant.us};  // rising; the first period began before all instants
  std::vector<std::uint8_t> kinds{0};                  // of each period: the place of its offset
  std::vector<local_offset> offsets;  // the distinct ones; their texts belong to whoever owns the rules

  std::size_t period_at(std::int64_t us) const;
  std::int64_t start_us(std::size_t period) const { return starts_us[period]; }
  std::int64_t end_us(std::size_t period) const {
    return period + 1 < starts_us.size() ? starts_us[period + 1] : never.us;
  }
  const local_offset& offset_of(std::size_t period) const { return offsets[kinds[period]]; }
  std::int64_t offset_us(std::size_t period) const { return offset_of(period).utc_offset_s * second.us; }
};

zone_rules begin_rules(const local_offset& initial);

// From that second on; seconds do not fall. What changes nothing is dropped, of two at the same second the later wins.
void append_transition(zone_rules& rules, std::int64_t at_s, const local_offset& following);

// Letters, digits, and the few signs that such texts have.
bool is_zone_name(std::string_view name);
bool is_abbreviation(std::string_view text);

}  // namespace tocsin::inline v1::detail
