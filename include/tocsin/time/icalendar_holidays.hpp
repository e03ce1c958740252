// Holidays out of an iCalendar feed, as a list for a person to review before it is published.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/time/business_calendar.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t written_recurrences_max = 1'000;  // recurrences of one feed that no rule can say
}  // namespace limits

// What became of one line or event of the feed.
struct import_note {
  std::int64_t line = 0;  // of the feed, from 1
  std::string summary;    // of the event that it is about
  std::string note;

  static std::span<const field_row> fields();
};

// `holidays` stand in the order of the feed and can be published as they are; nothing was left out without a note.
struct imported_holidays {
  std::vector<holiday> holidays;
  std::vector<import_note> skipped;   // events that became no holiday, and why
  std::vector<import_note> warnings;  // of those that did: what a reviewer should look at

  static std::span<const field_row> fields();
};

// All-day events and their yearly recurrences (RFC 5545). Fixed dates, nth weekdays and last weekdays become rules with
// their years of validity; recurrences that a rule cannot say (COUNT, INTERVAL, EXDATE) become dates one by one. What is
// no all-day event, is cancelled, or recurs otherwise is skipped with a note. Errors as read_icalendar.
imported_holidays import_holidays(std::string_view icalendar);

}  // namespace tocsin::inline v1
