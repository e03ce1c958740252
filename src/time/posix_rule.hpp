// A POSIX TZ string, the footer of a zone file: the yearly rule that holds after the last transition (RFC 9636, 3.3).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include <tocsin/time/zone.hpp>

#include "zone_rules.hpp"

namespace tocsin::inline v1::detail {

// A second of a local year: "M3.2.0/2", "J60", "59/-1:30".
struct posix_moment {
  enum class form : std::uint8_t { nth_weekday, day_of_365, day_of_year };
  form day_form = form::nth_weekday;
  int month = 1;    // 1 to 12
  int week = 1;     // 1 to 4, 5 is the last
  int weekday = 0;  // 0 is Sunday
  int day = 0;      // of 365: 1 to 365, 29 February is never counted; of the year: 0 to 365
  std::int32_t time_s = 2 * 3600;
};

struct posix_summer {
  local_offset offset;
  posix_moment start;  // on the clock of the standard offset
  posix_moment end;    // on the clock of the summer's
};

struct posix_rule {
  local_offset standard;
  std::optional<posix_summer> summer;
};

// Abbreviations are views into the text. Nothing if it is malformed.
std::optional<posix_rule> parse_posix_rule(std::string_view text);

// Seconds of the local clock since 1970.
std::int64_t local_second_in(int year, const posix_moment& moment);

// What the rule says later than that second, year by year, up to where the rules end.
void append_footer(zone_rules& rules, const posix_rule& rule, std::int64_t after_s);

}  // namespace tocsin::inline v1::detail
