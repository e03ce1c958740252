// Instants and durations as people read them, and the instants that people type.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace shell {

// RFC 3339 with an offset, as in commands; nothing else.
std::optional<std::int64_t> parse_instant(std::string_view text);

// RFC 3339 in UTC, for documents.
std::string to_rfc3339(std::int64_t instant_us);

// For a person: "2026-11-22 08:00:00Z", or in the zone, "2026-11-22 09:00:00+01:00". To the second.
// An empty zone is UTC.
std::string show_instant(std::int64_t instant_us, const std::string& zone);

// The two greatest units: "3 d 4 h", "4 h 20 min", "35 s", "0.250 s", "< 1 ms".
std::string show_duration(std::int64_t us);

// Open time of a calendar, whose days are not of 24 hours: "27 h", "27 h 30 min"; below an hour as show_duration.
std::string show_open_time(std::int64_t us);

// The same of an ISO 8601 duration; others as they are.
std::string show_iso_open_time(std::string_view text);

// An ISO 8601 duration of weeks, days, hours, minutes and seconds, "-PT1H30M", in microseconds; nothing else.
std::optional<std::int64_t> parse_iso_duration(std::string_view text);

// An ISO 8601 duration, "P14D" or "PT1H30M", in the same units: "14 d", "1 h 30 min". Others as they are.
std::string show_iso_duration(std::string_view text);

// The clock of this machine. Nothing else in Tocsin reads it.
std::int64_t read_clock();

}  // namespace shell
