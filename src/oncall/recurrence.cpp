#include "recurrence.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include <tocsin/base/error.hpp>

namespace tocsin::inline v1::detail {
namespace {

constexpr std::int64_t interval_max = 10'000;
constexpr std::int64_t count_max = 1'000'000;

[[noreturn]] void refuse(const icalendar_property& rule, std::string_view part) {
  throw error(status::unsupported, "icalendar.unsupported",
              "line " + std::to_string(rule.line) + ": found \"" + std::string(part) +
                  "\", allowed are FREQ=DAILY or WEEKLY with INTERVAL, COUNT, UNTIL, BYDAY and WKST");
}

std::int64_t read_number(const icalendar_property& rule, std::string_view part, std::string_view text,
                         std::int64_t most) {
  std::int64_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc{} || end != text.data() + text.size() || number < 1 || number > most) refuse(rule, part);
  return number;
}

week_day read_day(const icalendar_property& rule, std::string_view part, std::string_view text) {
  static constexpr std::array<std::string_view, 7> names = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
  const auto found = std::ranges::find(names, text);
  if (found == names.end()) refuse(rule, part);
  return static_cast<week_day>(found - names.begin() + 1);
}

void read_part(recurrence& to, const icalendar_property& rule, std::string_view part) {
  const std::size_t equals = std::min(part.find('='), part.size());
  const std::string_view name = part.substr(0, equals);
  const std::string_view value = part.substr(std::min(equals + 1, part.size()));
  if (name == "FREQ" && value == "DAILY") {
    to.every = frequency::daily;
  } else if (name == "FREQ" && value == "WEEKLY") {
    to.every = frequency::weekly;
  } else if (name == "INTERVAL") {
    to.interval = read_number(rule, part, value, interval_max);
  } else if (name == "COUNT") {
    to.count = read_number(rule, part, value, count_max);
  } else if (name == "UNTIL" && read_icalendar_time(value, to.until)) {
    to.has_until = true;
  } else if (name == "BYDAY") {
    for (const std::string_view day_name : icalendar_list(value)) to.days.push_back(read_day(rule, part, day_name));
  } else if (name == "WKST") {
    to.week_start = read_day(rule, part, value);
  } else {
    refuse(rule, part);
  }
}

bool is_on(const recurrence& rule, std::int64_t date) {
  return rule.days.empty() || std::ranges::count(rule.days, week_day_of(weekday(date))) != 0;
}

}  // namespace

recurrence read_recurrence(const icalendar_property& rule) {
  recurrence result;
  for (std::string_view rest = rule.value; !rest.empty();) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    read_part(result, rule, rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (result.every == frequency::once || (result.count != 0 && result.has_until)) refuse(rule, rule.value);
  return result;
}

std::int64_t list_starts(const recurrence& rule, local_time first, local_time from,
                         const std::function<bool(local_time)>& take) {
  if (!take(first) || rule.every == frequency::once) return 1;
  const std::int64_t first_date = floor_div(first.us, day.us);
  const std::int64_t days_into_week = floor_mod(
      static_cast<std::int64_t>(weekday(first_date)) - static_cast<std::int64_t>(number_of(rule.week_start)), 7);
  const std::int64_t week_begin = first_date - days_into_week;
  const auto last_date = days_from_civil({2200, 1, 1});
  std::int64_t left = rule.count == 0 ? INT64_MAX : rule.count - 1;
  std::int64_t begin = first_date + 1;
  if (rule.count == 0) begin = std::max(begin, floor_div(from.us, day.us));
  std::int64_t date = begin;
  for (; date < last_date && left > 0; ++date) {
    bool due = false;
    if (rule.every == frequency::daily) {
      due = (date - first_date) % rule.interval == 0 && is_on(rule, date);
    } else {
      const bool on_day = rule.days.empty() ? weekday(date) == weekday(first_date) : is_on(rule, date);
      due = on_day && (date - week_begin) / 7 % rule.interval == 0;
    }
    if (!due) continue;
    --left;
    if (!take(local_time{date * day.us} + time_of_day(first))) break;
  }
  return date - begin + 1;
}

}  // namespace tocsin::inline v1::detail
