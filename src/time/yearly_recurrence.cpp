#include "yearly_recurrence.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include <tocsin/time/icalendar.hpp>

namespace tocsin::inline v1::detail {
namespace {

constexpr int last_year = 2199;

bool read_number(std::string_view text, std::int64_t least, std::int64_t most, std::int64_t& to) {
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), to);
  return problem == std::errc{} && end == text.data() + text.size() && to >= least && to <= most;
}

bool read_numbers(std::string_view text, std::int64_t least, std::int64_t most, std::vector<std::int64_t>& to) {
  for (const std::string_view part : icalendar_list(text)) {
    if (!read_number(part, least, most, to.emplace_back()) || to.back() == 0) return false;
  }
  return true;
}

week_day week_day_named(std::string_view text) {
  constexpr std::string_view names[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
  const auto found = std::ranges::find(names, text);
  return found == std::end(names) ? week_day::unset : week_day(found - std::begin(names) + 1);
}

bool read_week_days(std::string_view text, std::vector<nth_day>& to) {
  for (const std::string_view part : icalendar_list(text)) {
    if (part.size() < 2) return false;
    nth_day& d = to.emplace_back();
    d.day = week_day_named(part.substr(part.size() - 2));
    const std::string_view number = part.substr(0, part.size() - 2);
    if (d.day == week_day::unset || (!number.empty() && (!read_number(number, -53, 53, d.nth) || d.nth == 0))) {
      return false;
    }
  }
  return true;
}

// What of it matters to a yearly rule of whole days.
bool read_part(std::string_view name, std::string_view value, yearly_recurrence& to, std::string& why) {
  const auto malformed = [&](bool read) {
    if (!read) why = std::string(name) + '=' + std::string(value) + " is malformed";
    return read;
  };
  if (name == "FREQ") {
    if (value != "YEARLY") why = "it recurs " + std::string(value) + ", not YEARLY";
    return value == "YEARLY";
  }
  if (name == "INTERVAL") return malformed(read_number(value, 1, 1'000, to.interval));
  if (name == "COUNT") return malformed(read_number(value, 1, 1'000'000, to.count));
  if (name == "BYMONTH") return malformed(read_numbers(value, 1, 12, to.months));
  if (name == "BYMONTHDAY") return malformed(read_numbers(value, -31, 31, to.month_days));
  if (name == "BYDAY") return malformed(read_week_days(value, to.week_days));
  if (name == "WKST") return true;  // says nothing without BYWEEKNO
  if (name == "UNTIL") {
    icalendar_time time;
    if (!malformed(read_icalendar_time(value, time))) return false;
    to.until = days_from_civil(date_of(time.local));
    return true;
  }
  why = std::string(name) + " is not understood";
  return false;
}

bool matches_month_day(const yearly_recurrence& rule, civil_date date) {
  const auto from_end = static_cast<std::int64_t>(date.day) - days_in_month(date.year, date.month) - 1;
  return std::ranges::any_of(rule.month_days, [&](std::int64_t d) { return d == date.day || d == from_end; });
}

// Which of its name within a span of days a date is, from both ends.
bool is_nth(std::int64_t nth, std::int64_t day_number, std::int64_t first, std::int64_t last) {
  return nth == 0 || nth == (day_number - first) / 7 + 1 || nth == -((last - day_number) / 7 + 1);
}

bool matches_week_day(const yearly_recurrence& rule, std::int64_t day_number) {
  const civil_date date = civil_from_days(day_number);
  const bool in_month = !rule.months.empty();
  const std::int64_t first = days_from_civil({date.year, in_month ? date.month : 1, 1});
  const unsigned last_month = in_month ? date.month : 12;
  const std::int64_t last = days_from_civil({date.year, last_month, days_in_month(date.year, last_month)});
  return std::ranges::any_of(rule.week_days, [&](const nth_day& d) {
    return d.day == week_day_of(weekday(day_number)) && is_nth(d.nth, day_number, first, last);
  });
}

bool matches(const yearly_recurrence& rule, std::int64_t day_number, civil_date start) {
  const civil_date date = civil_from_days(day_number);
  const bool says_day = !rule.month_days.empty() || !rule.week_days.empty();
  if (!rule.months.empty() && std::ranges::count(rule.months, std::int64_t{date.month}) == 0) return false;
  if (rule.months.empty() && !says_day && date.month != start.month) return false;
  if (!says_day) return date.day == start.day;
  return (rule.month_days.empty() || matches_month_day(rule, date)) &&
         (rule.week_days.empty() || matches_week_day(rule, day_number));
}

}  // namespace

bool parse_yearly(std::string_view rule, yearly_recurrence& to, std::string& why) {
  bool has_frequency = false;
  while (!rule.empty()) {
    const std::size_t end = std::min(rule.find(';'), rule.size());
    std::string part(rule.substr(0, end));
    rule.remove_prefix(std::min(end + 1, rule.size()));
    std::ranges::transform(part, part.begin(), [](char c) { return c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c; });
    const std::size_t equals = part.find('=');
    if (equals == std::string::npos) return why = "its recurrence is malformed", false;
    const std::string name = part.substr(0, equals);
    has_frequency |= name == "FREQ";
    if (!read_part(name, std::string_view(part).substr(equals + 1), to, why)) return false;
  }
  if (!has_frequency) return why = "its recurrence has no FREQ", false;
  if (to.count != 0 && to.until) return why = "its recurrence has both COUNT and UNTIL", false;
  const bool has_nth = std::ranges::any_of(to.week_days, [](const nth_day& d) { return d.nth != 0; });
  if (has_nth && !to.month_days.empty()) return why = "BYDAY with numbers beside BYMONTHDAY is not understood", false;
  return true;
}

std::vector<std::int64_t> days_in_year(const yearly_recurrence& rule, int year, civil_date start) {
  std::vector<std::int64_t> days;
  for (std::int64_t d = days_from_civil({year, 1, 1}); d <= days_from_civil({year, 12, 31}); ++d) {
    if (matches(rule, d, start)) days.push_back(d);
  }
  return days;
}

std::vector<std::int64_t> days_of(const yearly_recurrence& rule, civil_date start) {
  const std::int64_t first = days_from_civil(start);
  std::vector<std::int64_t> days{first};
  const auto is_full = [&] { return rule.count != 0 && static_cast<std::int64_t>(days.size()) >= rule.count; };
  for (std::int64_t year = start.year; year <= last_year; year += rule.interval) {
    for (const std::int64_t d : days_in_year(rule, static_cast<int>(year), start)) {
      if (rule.until && d > *rule.until) return days;
      if (is_full()) return days;
      if (d > first) days.push_back(d);
    }
  }
  return days;
}

}  // namespace tocsin::inline v1::detail
