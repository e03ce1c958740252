// Duty as iCalendar (RFC 5545): shifts out, and the events of a calendar in, as overrides that add (O3).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/oncall/roster.hpp>
#include <tocsin/oncall/schedule.hpp>
#include <tocsin/time/instant.hpp>
#include <tocsin/time/zone.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t oncall_events_max = 100'000;    // occurrences that one import may give
inline constexpr std::int64_t oncall_days_max = 10'000'000;  // days that its rules may go over, in all
}  // namespace limits

// What a shift is written with: the person's key, and the name to show.
struct exported_person {
  std::string key;
  std::string name;  // none: the key is shown
};

// A VCALENDAR with a VEVENT for each shift, `people` beside them. The same shifts give the same bytes: no clock is asked,
// DTSTAMP is the beginning of the shift. Who it is stands in X-TOCSIN-PERSON, and for people to read in SUMMARY.
std::string export_shifts(std::span<const oncall_shift> shifts, std::span<const exported_person> people,
                          std::string_view schedule_key, std::string_view title);

struct skipped_event {
  std::size_t line = 0;  // of the text, from 1
  std::string why;
};

struct imported_oncall {
  std::vector<schedule_override> overrides;  // by beginning, then people
  std::vector<skipped_event> skipped;
};

// Each occurrence of each VEVENT that touches the window, as an override that adds its people to the schedule. Who they
// are is said by X-TOCSIN-PERSON, else by SUMMARY: keys with commas between. Times are read in their TZID, those without
// in `floating`. RRULE may be DAILY or WEEKLY, with INTERVAL, COUNT, UNTIL, BYDAY and WKST; EXDATE, RDATE and
// RECURRENCE-ID are followed. An occurrence ends as its first one does by the local clock (DTEND), or after that real
// time (DURATION). Skipped, and said: what is cancelled, names nobody, or takes no time. Errors: those of
// read_icalendar, "icalendar.unsupported" for other rules, "icalendar.unknown_zone", "oncall.too_many".
imported_oncall import_oncall(std::string_view text, std::string_view schedule_key, const zone& floating, instant from,
                              instant until, const zone_data& zones = zone_data::bundled());

}  // namespace tocsin::inline v1
