// A schedule with all that bears on it, made ready to be asked: who is on call, when that changes, where the gaps are,
// and how the burden is shared (O2, O3). Everything here is a pure function of the book.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include <tocsin/base/lexicon.hpp>
#include <tocsin/oncall/on_call.hpp>
#include <tocsin/oncall/rotation.hpp>
#include <tocsin/oncall/schedule.hpp>
#include <tocsin/oncall/version.hpp>
#include <tocsin/time/business_calendar.hpp>
#include <tocsin/time/instant.hpp>
#include <tocsin/time/zone.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t definition_versions_max = 10'000;  // of one rotation or schedule
inline constexpr std::size_t overrides_max = 100'000;           // of one schedule
inline constexpr std::size_t absences_max = 100'000;
inline constexpr std::size_t shifts_max = 1'000'000;        // that one question may answer
inline constexpr std::size_t roster_steps_max = 2'000'000;  // changes that one question may look at
}  // namespace limits

// What was written down: definitions with their versions, overrides in the order of their acceptance, absences. Of two
// versions of one definition with the same `from`, the later in the list counts.
struct oncall_book {
  std::vector<dated<rotation>> rotations;
  std::vector<dated<schedule>> schedules;
  std::vector<schedule_override> overrides;
  std::vector<absence> absences;
};

namespace detail {
class roster_table;
}

// Cheap to copy, safe to share between threads.
class roster {
 public:
  // Of the schedule with that key: an error "roster.unknown_schedule", "roster.unknown_rotation" or
  // "roster.unknown_person" (people are in `words`), or "roster.refused" with what the linter says of a definition.
  roster(const oncall_book& book, std::string_view schedule_key, const lexicon& words,
         const zone_data& zones = zone_data::bundled());

  // Instants asked about must be acceptable: an error "oncall.instant_out_of_range".
  on_call who(instant at) const;

  // The first instant after that one at which the answer may be another; `never` if none is before 2200.
  instant next_change(instant after) const;

  // The zone of the schedule as it is at that instant, or as it first was.
  const zone& zone_at(instant at) const;

  // Is a's key before b's?
  bool key_order(person_ref a, person_ref b) const;

 private:
  std::shared_ptr<const detail::roster_table> table_;
};

// A maximal run of one person in the combined result, cut at the window (O3).
struct oncall_shift {
  instant from;
  instant until;
  person_ref person;
  bool shadow = false;

  friend bool operator==(const oncall_shift&, const oncall_shift&) = default;
};

struct oncall_span {
  instant from;
  instant until;

  friend bool operator==(const oncall_span&, const oncall_span&) = default;
};

// By start, then person's key; shadows are left out unless asked for.
std::vector<oncall_shift> shifts(const roster& of, instant from, instant until, bool with_shadows = false);

// Where nobody is on call (R-C17).
std::vector<oncall_span> gaps(const roster& of, instant from, instant until);

// Where two rosters do not say the same: what publishing the one after the other changes.
struct roster_change {
  instant from;
  instant until;
  std::vector<person_ref> before;
  std::vector<person_ref> after;

  friend bool operator==(const roster_change&, const roster_change&) = default;
};
std::vector<roster_change> changes(const roster& before, const roster& after, instant from, instant until);

// What counts as night and as weekend, by the clock of a zone: T4 decides clock changes.
struct burden_rules {
  std::vector<weekly_window> nights = {{{}, {22, 0}, {6, 0}}};
  std::vector<weekly_window> weekends = {{{week_day::saturday, week_day::sunday}, {0, 0}, end_of_day}};
  std::string zone;  // none: the schedule's, as it is at the beginning
};

// One person's share; real time, in microseconds.
struct burden {
  person_ref person;
  duration time;
  duration night_time;        // of it, in the night
  duration weekend_time;      // of it, at the weekend
  std::int64_t shifts = 0;    // runs
  std::int64_t nights = 0;    // nights in which the person was on call at all
  std::int64_t weekends = 0;  // weekends likewise

  friend bool operator==(const burden&, const burden&) = default;
};

// By person's key; those with no share are left out.
std::vector<burden> fairness(const roster& of, instant from, instant until, const burden_rules& rules = {},
                             const zone_data& zones = zone_data::bundled());

}  // namespace tocsin::inline v1
