// Business time: when a place is open, and arithmetic that counts only then (T3-T8).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/base/hash.hpp>
#include <tocsin/time/civil.hpp>
#include <tocsin/time/instant.hpp>
#include <tocsin/time/wall_clock.hpp>
#include <tocsin/time/week_day.hpp>
#include <tocsin/time/zone.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t weekly_windows_max = 200;      // windows of a week in one calendar
inline constexpr std::size_t holidays_max = 10'000;         // holidays, dates and rules together
inline constexpr std::size_t holiday_days_max = 366;        // days that one holiday may last
inline constexpr std::size_t calendar_dates_max = 10'000;   // open dates, special hours, breaks: of each
inline constexpr std::size_t windows_per_date_max = 48;     // special hours of one date
inline constexpr std::size_t combined_calendars_max = 16;   // parts of an intersection or a union
inline constexpr std::size_t open_intervals_max = 100'000;  // intervals that one `explain` may answer
inline constexpr std::int64_t business_days_max = 110'000;  // business days to go in one question
}  // namespace limits

// ---- the definition

// Hours on the face of the clock. An end that is not after the start lies on the next day, equal bounds mean 24 hours.
struct day_window {
  wall_time start;
  wall_time end;

  static std::span<const field_row> fields();
};

// Hours of each of these days of the week; they belong to the day that they start on.
struct weekly_window {
  std::vector<week_day> days;
  wall_time start;
  wall_time end;

  static std::span<const field_row> fields();
};

// Where a holiday is kept that falls on a given day of the week.
enum class observed_on : std::uint8_t {
  unset,
  monday,  // of the days of that name, the nearest
  tuesday,
  wednesday,
  thursday,
  friday,
  saturday,
  sunday,
  next_working_day,  // the first later date that has weekly windows and is no holiday yet
  previous_working_day
};
std::span<const std::string_view> choices(observed_on);

// "If on a Sunday, then Monday."
struct substitution {
  week_day falls_on = week_day::unset;
  tocsin::observed_on observed_on = observed_on::unset;

  static std::span<const field_row> fields();
};

enum class easter : std::uint8_t { unset, western, orthodox };
std::span<const std::string_view> choices(easter);

// One date, or a rule that gives one in each year of its validity. Exactly one of four forms is given: `date`; `month`
// and `day`; `month`, `nth` and `week_day`; `easter`. A rule has no date in a year that lacks it (29 February, a fifth
// Monday). Substitution moves it; `keep_date` makes both dates holidays.
struct holiday {
  std::string name;
  local_date date;
  std::int64_t month = 0;  // 1 to 12
  std::int64_t day = 0;    // 1 to 31
  std::int64_t nth = 0;    // 1 to 5 from the start of the month, -1 to -5 from its end
  tocsin::week_day week_day = week_day::unset;
  tocsin::easter easter = easter::unset;  // Easter Sunday of that church
  std::int64_t offset_days = 0;           // from the date that the rule says: Easter Monday is 1
  std::int64_t days = 0;                  // how many days it lasts; 0: one
  std::int64_t from_year = 0;             // first year of validity; 0: always
  std::int64_t to_year = 0;               // last year of validity; 0: always
  std::vector<substitution> substitutions;
  bool keep_date = false;

  static std::span<const field_row> fields();
};

// The windows that start on a date, instead of the week's; none of them: closed.
struct special_hours {
  local_date date;
  std::vector<day_window> windows;

  static std::span<const field_row> fields();
};

// Cut out of a date; within it, so that the end comes after the start.
struct calendar_break {
  local_date date;
  wall_time start;
  wall_time end;

  static std::span<const field_row> fields();
};

// A calendar by its own hours, or one that combines others: open when all (`intersection`) or any (`union_of`, in
// documents "union") of them are. Priority: open date, holiday, break, special hours, weekly (T3).
struct business_calendar_definition {
  std::string key;
  std::string name;
  std::string zone;  // IANA name; combinations may leave it out, and then have their first part's
  bool always_open = false;
  std::vector<weekly_window> weekly;
  std::vector<tocsin::holiday> holidays;
  std::vector<local_date> open_dates;
  std::vector<tocsin::special_hours> special_hours;
  std::vector<calendar_break> breaks;
  std::vector<std::string> intersection;  // keys of calendars
  std::vector<std::string> union_of;      // keys of calendars

  static std::span<const field_row> fields();
  static const definition_type descriptor;
};

// What is wrong with it: a line each that begins with the path, empty when nothing is.
std::vector<std::string> lint(const business_calendar_definition& definition,
                              const zone_data& zones = zone_data::bundled());

// ---- the calendar

struct open_interval {
  instant start;
  instant end;  // the first moment that is closed
  friend bool operator==(const open_interval&, const open_interval&) = default;
};

class business_calendar;

// Answers nullptr for a key that it does not know. "24x7" need not be known.
using calendar_lookup = std::function<const business_calendar*(std::string_view key)>;

namespace detail {
struct compiled_calendar;
}

// Compiled once, for all instants accepted; a cheap value, safe to share between threads. Questions are look-ups: none
// of them changes anything. Instants asked about must be acceptable, else an error "calendar.instant_out_of_range"; an
// answer that lies beyond the instants accepted is "never" (`tocsin::never`) or, backwards, none (`no_instant`).
class business_calendar {
 public:
  using compiled_from = business_calendar_definition;

  // An error "calendar.invalid" for what the linter finds, with the path; "calendar.unknown" for a part that `parts`
  // does not know.
  static business_calendar compile(const business_calendar_definition& definition,
                                   const zone_data& zones = zone_data::bundled(), const calendar_lookup& parts = {});

  // "24x7", which every lookup knows: open for ever, its days are those of UTC.
  static const business_calendar& always();

  const business_calendar_definition& definition() const;
  const tocsin::zone& zone() const;            // in which its days are counted
  std::string_view zone_data_version() const;  // "2025b"; of the whole calendar, parts included
  const digest& transitions_hash() const;      // over the zone transitions that its open time was computed from (T7)
  const digest& definition_hash() const;       // over the definition as JSON, and those of its parts
  std::size_t memory_bytes() const;

  bool never_open() const;   // no open time at all, from 1900 to 2199
  bool always_open() const;  // no closed time at all

  // Open time between; negative when reversed (T5).
  duration elapsed(instant from, instant to) const;
  // The earliest instant u >= t with elapsed(t, u) = d, or never. add(t, 0) = next_open(t), add(t, -d) = subtract(t, d).
  instant add(instant t, duration d) const;
  // The latest instant u <= t with elapsed(u, t) = d, or no_instant. subtract(t, 0) = previous_close(t).
  instant subtract(instant t, duration d) const;

  bool is_open(instant t) const;
  instant next_open(instant t) const;       // t if open, else the next instant that is, or never
  instant next_close(instant t) const;      // end of the current or next open run, after t, or never
  instant previous_close(instant t) const;  // the latest u <= t with open time just before it, or no_instant

  // The open intervals between two instants, cut at them, touching ones merged; none if `to` is not after `from`. An
  // error "calendar.too_many" above `limit`.
  std::vector<open_interval> explain(instant from, instant to, std::size_t limit = limits::open_intervals_max) const;

  // Business days (T8), of dates in the calendar's zone.
  bool is_business_day(civil_date date) const;
  // n business days on (back, if negative) from the day of t, which counts as the start only if it is a business day
  // and t lies before its last closing; else the next business day is the start. At the same local time of day (where
  // clocks skip it, the jump; where they show it twice, the first), or at the next opening if that is closed; or never.
  instant add_business_days(instant t, std::int64_t n) const;
  // The last closing of the day that add_business_days counts to.
  instant end_of_business_day(instant t, std::int64_t n) const;

  // Batches, item by item as above. Spans of different sizes are an error "calendar.sizes_differ".
  void elapsed(std::span<const instant> from, std::span<const instant> to, std::span<duration> out) const;
  void add(std::span<const instant> t, std::span<const duration> d, std::span<instant> out) const;
  void subtract(std::span<const instant> t, std::span<const duration> d, std::span<instant> out) const;
  void next_open(std::span<const instant> t, std::span<instant> out) const;
  void next_close(std::span<const instant> t, std::span<instant> out) const;
  void previous_close(std::span<const instant> t, std::span<instant> out) const;
  void is_open(std::span<const instant> t, std::span<bool> out) const;
  void add_business_days(std::span<const instant> t, std::span<const std::int64_t> n, std::span<instant> out) const;
  void end_of_business_day(std::span<const instant> t, std::span<const std::int64_t> n, std::span<instant> out) const;

 private:
  explicit business_calendar(std::shared_ptr<const detail::compiled_calendar> compiled)
      : compiled_(std::move(compiled)) {}

  std::shared_ptr<const detail::compiled_calendar> compiled_;
};

}  // namespace tocsin::inline v1
