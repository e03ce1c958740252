#include "posix_rule.hpp"

#include <algorithm>
#include <tuple>
#include <vector>

#include <tocsin/time/civil.hpp>

namespace tocsin::inline v1::detail {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Takes from the front what the grammar asks for next; what is not there is nothing.
struct footer_reader {
  std::string_view rest;

  bool take(char c) {
    if (rest.empty() || rest[0] != c) return false;
    rest.remove_prefix(1);
    return true;
  }

  std::string_view take_prefix(std::size_t size) {
    const std::string_view prefix = rest.substr(0, size);
    rest.remove_prefix(prefix.size());
    return prefix;
  }

  std::optional<int> take_number(int least, int most) {
    int value = 0;
    std::size_t size = 0;
    for (; size < rest.size() && size < 3 && is_digit(rest[size]); ++size) value = value * 10 + (rest[size] - '0');
    if (size == 0 || value < least || value > most) return std::nullopt;
    rest.remove_prefix(size);
    return value;
  }

  std::optional<std::string_view> take_abbreviation() {
    const bool quoted = take('<');
    const auto ends = [quoted](char c) { return quoted ? c == '>' : is_digit(c) || c == '+' || c == '-' || c == ','; };
    const auto end = std::find_if(rest.begin(), rest.end(), ends);
    const std::string_view text = take_prefix(static_cast<std::size_t>(end - rest.begin()));
    if (text.size() < 3 || !is_abbreviation(text) || (quoted && !take('>'))) return std::nullopt;
    return text;
  }

  // [+-]hh[:mm[:ss]] in seconds.
  std::optional<std::int32_t> take_clock(int hours_max) {
    const bool negative = take('-');
    if (!negative) take('+');
    const auto hours = take_number(0, hours_max);
    const auto minutes = take(':') ? take_number(0, 59) : 0;
    const auto seconds = minutes && take(':') ? take_number(0, 59) : 0;
    if (!hours || !minutes || !seconds) return std::nullopt;
    const std::int32_t size = *hours * 3600 + *minutes * 60 + *seconds;
    return negative ? -size : size;
  }

  // POSIX counts offsets westwards.
  std::optional<std::int32_t> take_utc_offset() {
    const auto westwards_s = take_clock(24);
    if (!westwards_s || *westwards_s < -utc_offset_s_max || *westwards_s > utc_offset_s_max) return std::nullopt;
    return -*westwards_s;
  }

  bool take_nth_weekday(posix_moment& moment) {
    const auto month = take_number(1, 12);
    const auto week = month && take('.') ? take_number(1, 5) : std::nullopt;
    const auto weekday = week && take('.') ? take_number(0, 6) : std::nullopt;
    if (!weekday) return false;
    moment.day_form = posix_moment::form::nth_weekday;
    std::tie(moment.month, moment.week, moment.weekday) = std::tuple{*month, *week, *weekday};
    return true;
  }

  bool take_day(posix_moment& moment) {
    const bool of_365 = take('J');
    const auto day = take_number(of_365 ? 1 : 0, 365);
    if (!day) return false;
    moment.day_form = of_365 ? posix_moment::form::day_of_365 : posix_moment::form::day_of_year;
    moment.day = *day;
    return true;
  }

  std::optional<posix_moment> take_moment() {
    posix_moment moment;
    if (!(take('M') ? take_nth_weekday(moment) : take_day(moment))) return std::nullopt;
    if (!take('/')) return moment;
    const auto time_s = take_clock(167);
    if (!time_s) return std::nullopt;
    moment.time_s = *time_s;
    return moment;
  }

  std::optional<posix_summer> take_summer(std::int32_t standard_s) {
    const auto abbreviation = take_abbreviation();
    if (!abbreviation || rest.empty()) return std::nullopt;
    const auto offset_s = rest[0] == ',' ? standard_s + 3600 : take_utc_offset();
    const auto start = offset_s && take(',') ? take_moment() : std::nullopt;
    const auto end = start && take(',') ? take_moment() : std::nullopt;
    if (!end) return std::nullopt;
    return posix_summer{{*offset_s, true, *abbreviation}, *start, *end};
  }
};

int day_of_month(int year, const posix_moment& moment) {
  const auto month = static_cast<unsigned>(moment.month);
  const auto first_weekday = static_cast<int>(weekday(civil_date{year, month, 1}));
  const int first = 1 + (moment.weekday - first_weekday + 7) % 7;
  const int last = static_cast<int>(days_in_month(year, month));
  const int wanted = first + 7 * (moment.week - 1);
  return wanted <= last ? wanted : wanted - 7;
}

std::int64_t day_in(int year, const posix_moment& moment) {
  const std::int64_t new_year = days_from_civil({year, 1, 1});
  switch (moment.day_form) {
    case posix_moment::form::day_of_year:
      return new_year + moment.day;
    case posix_moment::form::day_of_365:
      return new_year + moment.day - (is_leap_year(year) && moment.day >= 60 ? 0 : 1);
    case posix_moment::form::nth_weekday:
      break;
  }
  const auto month = static_cast<unsigned>(moment.month);
  return days_from_civil({year, month, static_cast<unsigned>(day_of_month(year, moment))});
}

struct yearly_move {
  std::int64_t at_s;
  bool to_summer;
  // Where a summer ends as the next begins, it does not end.
  friend auto operator<=>(const yearly_move&, const yearly_move&) = default;
};

std::vector<yearly_move> moves_of(const posix_rule& rule, int first_year, int last_year) {
  std::vector<yearly_move> moves;
  for (int year = first_year; year <= last_year; ++year) {
    moves.push_back({local_second_in(year, rule.summer->start) - rule.standard.utc_offset_s, true});
    moves.push_back({local_second_in(year, rule.summer->end) - rule.summer->offset.utc_offset_s, false});
  }
  std::sort(moves.begin(), moves.end());
  return moves;
}

}  // namespace

std::optional<posix_rule> parse_posix_rule(std::string_view text) {
  footer_reader reader{text};
  const auto abbreviation = reader.take_abbreviation();
  const auto offset_s = abbreviation ? reader.take_utc_offset() : std::nullopt;
  if (!offset_s) return std::nullopt;
  posix_rule rule{{*offset_s, false, *abbreviation}, std::nullopt};
  if (reader.rest.empty()) return rule;
  rule.summer = reader.take_summer(*offset_s);
  if (!rule.summer || !reader.rest.empty()) return std::nullopt;
  return rule;
}

std::int64_t local_second_in(int year, const posix_moment& moment) {
  return day_in(year, moment) * seconds_per_day + moment.time_s;
}

void append_footer(zone_rules& rules, const posix_rule& rule, std::int64_t after_s) {
  if (!rule.summer || after_s >= rules_end_s) return;
  const std::int64_t first_day = floor_div(std::max(after_s, rules_begin_s), seconds_per_day);
  const int first_year = civil_from_days(first_day).year - 1;  // moments may lie a week outside their year
  const int last_year = civil_from_days(rules_end_s / seconds_per_day).year;
  for (const yearly_move& move : moves_of(rule, first_year, last_year)) {
    if (move.at_s > after_s) append_transition(rules, move.at_s, move.to_summer ? rule.summer->offset : rule.standard);
  }
}

}  // namespace tocsin::inline v1::detail
