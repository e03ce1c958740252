#include <tocsin/oncall/rotation.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

constexpr std::int64_t months_per_year = 12;
constexpr std::int64_t years_accepted = 300;

bool counts_months(rotation_type type) { return type == rotation_type::monthly; }

std::int64_t unit_us(const rotation& r) {
  switch (r.type) {
    case rotation_type::hourly:
      return hour.us;
    case rotation_type::daily:
      return day.us;
    case rotation_type::weekly:
      return 7 * day.us;
    default:
      return r.custom_length.us;
  }
}

std::int64_t length_in_us(const rotation& r) {
  if (counts_months(r.type)) return 0;
  return r.type == rotation_type::custom ? r.custom_length.us : r.length * unit_us(r);
}

std::int64_t farthest_turn(const rotation& r) {
  if (counts_months(r.type)) return years_accepted * months_per_year / r.length + 1;
  return (instant_max - instant_min).us / length_in_us(r) + 2;
}

std::int64_t month_number(civil_date date) { return date.year * months_per_year + date.month - 1; }

// The same day of another month, or its last day.
civil_date clamp_to_month(std::int64_t number, unsigned day_of_month) {
  const auto year = static_cast<int>(floor_div(number, months_per_year));
  const auto month = static_cast<unsigned>(floor_mod(number, months_per_year)) + 1;
  return {year, month, std::min(day_of_month, days_in_month(year, month))};
}

std::vector<std::int64_t> active_week(const rotation& r) {
  constexpr unsigned thursday = 4;
  std::vector<std::int64_t> numbers;
  for (const week_day d : r.active_days) numbers.push_back((number_of(d) + 7 - thursday) % 7);
  std::ranges::sort(numbers);
  numbers.erase(std::ranges::unique(numbers).begin(), numbers.end());
  return numbers;
}

instant accepted(instant t) {
  if (t < instant_min) return no_instant;
  return t > instant_max ? never : t;
}

}  // namespace

hand_off_rule::hand_off_rule(const rotation& definition, const zone_data& zones)
    : type_(definition.type),
      length_(definition.length),
      length_us_(length_in_us(definition)),
      turn_max_(farthest_turn(definition)),
      zone_(zones.get(definition.zone)),
      start_(definition.start),
      start_instant_(zone_.from_local(definition.start).first),
      active_(active_week(definition)) {}

std::int64_t hand_off_rule::active_days_before(std::int64_t date) const {
  const auto in_week = std::ranges::lower_bound(active_, floor_mod(date, 7)) - active_.begin();
  return floor_div(date, 7) * std::ssize(active_) + in_week;
}

// The date before which there are that many active days, an active one itself.
std::int64_t hand_off_rule::active_date(std::int64_t index) const {
  const std::int64_t in_week = active_[static_cast<std::size_t>(floor_mod(index, std::ssize(active_)))];
  return floor_div(index, std::ssize(active_)) * 7 + in_week;
}

// A clock that stands still on the days that do not count.
duration hand_off_rule::active_clock(local_time local) const {
  const std::int64_t date = floor_div(local.us, day.us);
  const bool active = std::ranges::binary_search(active_, floor_mod(date, 7));
  return {active_days_before(date) * day.us + (active ? time_of_day(local).us : 0)};
}

local_time hand_off_rule::local_hand_off(std::int64_t turn) const {
  if (turn == 0) return start_;
  if (counts_months(type_)) {
    const civil_date first = date_of(start_);
    const std::int64_t month = month_number(first) + turn * length_;
    return midnight_of(clamp_to_month(month, first.day)) + time_of_day(start_);
  }
  if (active_.empty()) return start_ + turn * duration{length_us_};
  if (type_ == rotation_type::daily) {
    const std::int64_t index = active_days_before(floor_div(start_.us, day.us)) + turn * length_;
    return local_time{active_date(index) * day.us} + time_of_day(start_);
  }
  const std::int64_t clock_us = active_clock(start_).us + turn * length_us_;
  return {active_date(floor_div(clock_us, day.us)) * day.us + floor_mod(clock_us, day.us)};
}

instant hand_off_rule::hand_off(std::int64_t turn) const {
  if (turn < -turn_max_) return no_instant;
  if (turn > turn_max_) return never;
  if (type_ == rotation_type::custom) return accepted(start_instant_ + turn * duration{length_us_});
  return accepted(zone_.from_local(local_hand_off(turn)).first);
}

// Right, or a few turns away: the clock may have been set back, a month may be shorter, a day may not count.
std::int64_t hand_off_rule::turn_near(local_time local) const {
  if (counts_months(type_)) return floor_div(month_number(date_of(local)) - month_number(date_of(start_)), length_);
  if (active_.empty()) return floor_div((local - start_).us, length_us_);
  if (type_ == rotation_type::daily) {
    const std::int64_t date = floor_div((local - time_of_day(start_)).us, day.us);
    return floor_div(active_days_before(date + 1) - 1 - active_days_before(floor_div(start_.us, day.us)), length_);
  }
  return floor_div((active_clock(local) - active_clock(start_)).us, length_us_);
}

hand_off_rule::turn_span hand_off_rule::span_at(instant at) const {
  const std::int64_t turn =
      type_ == rotation_type::custom ? floor_div((at - start_instant_).us, length_us_) : turn_near(zone_.to_local(at));
  turn_span span{turn, hand_off(turn), hand_off(turn + 1)};
  while (span.from > at) span = {span.turn - 1, hand_off(span.turn - 1), span.from};
  while (span.until <= at) span = {span.turn + 1, span.until, hand_off(span.turn + 2)};
  return span;
}

}  // namespace tocsin::inline v1
