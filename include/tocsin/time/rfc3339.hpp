// Instants as text and back: RFC 3339, read strictly and written in one form only (T1).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

// A date-time with 'T' and an offset, 'Z' or ±hh:mm; letters in either case. Refused: dates that no calendar has,
// second 60 (this count has no leap seconds), fractions finer than a microsecond, whatever surrounds the date-time,
// and instants outside 1900 to 2199.
std::optional<instant> parse_rfc3339(std::string_view text) noexcept;

// The same without the last: what to_rfc3339 wrote, though it lies beyond 2199, as a date that nobody will see may.
std::optional<instant> parse_any_rfc3339(std::string_view text) noexcept;

// Text that lives where it stands; no terminating zero.
struct rfc3339_text {
  char data[32];
  std::uint8_t size;
  operator std::string_view() const noexcept { return {data, size}; }
};

// In UTC with 'Z': "2026-03-29T01:00:00Z", a fraction only if there is one, of three digits if they suffice, else six.
// Empty for what four digits of year cannot say: `never` and `no_instant` among it.
rfc3339_text to_rfc3339(instant t) noexcept;

// The wall clock that far east of UTC, with a numeric offset: "2026-03-29T03:00:00+02:00"; at most 23:59 either way.
rfc3339_text to_rfc3339(instant t, std::int32_t offset_minutes) noexcept;

}  // namespace tocsin::inline v1
