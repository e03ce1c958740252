#include "holiday_dates.hpp"

#include <algorithm>
#include <optional>

#include "nth_weekday.hpp"

namespace tocsin::inline v1::detail {
namespace {

// A year more on either side, since substitution moves dates out of their year.
constexpr int first_year = 1898;
constexpr int last_year = 2201;

// Dates, a bit each: rules may say the same ones over and over.
class date_set {
 public:
  bool contains(std::int64_t date) const { return is_known(date) && bits_[place(date)]; }
  void insert(std::int64_t date) {
    if (is_known(date)) bits_[place(date)] = true;
  }
  void erase(std::int64_t date) {
    if (is_known(date)) bits_[place(date)] = false;
  }

  std::vector<std::int64_t> rising() const {
    std::vector<std::int64_t> dates;
    for (std::int64_t date = first; date < end; ++date) {
      if (bits_[place(date)]) dates.push_back(date);
    }
    return dates;
  }

 private:
  // With what offsets and lengths of a year add on either side.
  static constexpr std::int64_t first = days_from_civil({first_year - 2, 1, 1});
  static constexpr std::int64_t end = days_from_civil({last_year + 3, 1, 1});

  static bool is_known(std::int64_t date) { return first <= date && date < end; }
  static std::size_t place(std::int64_t date) { return static_cast<std::size_t>(date - first); }

  std::vector<bool> bits_ = std::vector<bool>(static_cast<std::size_t>(end - first));
};

// The anonymous computus of the Gregorian calendar, as Meeus gives it.
std::int64_t western_easter(int year) {
  const int golden = year % 19;
  const int century = year / 100;
  const int of_century = year % 100;
  const int moon_shift = (century - (century + 8) / 25 + 1) / 3;
  const int epact = (19 * golden + century - century / 4 - moon_shift + 15) % 30;
  const int to_sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
  const int correction = (golden + 11 * epact + 22 * to_sunday) / 451;
  const int sum = epact + to_sunday - 7 * correction + 114;
  return days_from_civil({year, static_cast<unsigned>(sum / 31), static_cast<unsigned>(sum % 31 + 1)});
}

// Meeus' computus of the Julian calendar; its dates run behind by a difference that grows in most centuries.
std::int64_t orthodox_easter(int year) {
  const int epact = (19 * (year % 19) + 15) % 30;
  const int to_sunday = (2 * (year % 4) + 4 * (year % 7) - epact + 34) % 7;
  const int sum = epact + to_sunday + 114;
  const std::int64_t as_gregorian =
      days_from_civil({year, static_cast<unsigned>(sum / 31), static_cast<unsigned>(sum % 31 + 1)});
  return as_gregorian + year / 100 - year / 400 - 2;
}

std::optional<std::int64_t> month_day(int year, const holiday& h) {
  const civil_date date{year, static_cast<unsigned>(h.month), static_cast<unsigned>(h.day)};
  if (!is_real_date(date)) return std::nullopt;
  return days_from_civil(date);
}

std::optional<std::int64_t> date_in(int year, const holiday& h) {
  switch (form_of(h)) {
    case holiday_form::month_day:
      return month_day(year, h);
    case holiday_form::nth_week_day:
      return nth_weekday(year, static_cast<unsigned>(h.month), static_cast<int>(h.nth), number_of(h.week_day));
    case holiday_form::easter:
      return easter_sunday(year, h.easter);
    default:
      return std::nullopt;
  }
}

// The dates as the rule says them, before substitution.
std::vector<std::int64_t> plain_dates(const holiday& h) {
  if (is_set(h.date)) return {days_from_civil(civil(h.date)) + h.offset_days};
  std::vector<std::int64_t> dates;
  const int from = std::max(first_year, static_cast<int>(h.from_year));
  const int to = h.to_year != 0 ? std::min(last_year, static_cast<int>(h.to_year)) : last_year;
  for (int year = from; year <= to; ++year) {
    if (const auto date = date_in(year, h)) dates.push_back(*date + h.offset_days);
  }
  return dates;
}

const substitution* substitution_for(const holiday& h, std::int64_t date) {
  const week_day falls_on = week_day_of(weekday(date));
  const auto found = std::ranges::find(h.substitutions, falls_on, &substitution::falls_on);
  return found != h.substitutions.end() ? &*found : nullptr;
}

bool is_working_day_rule(observed_on o) {
  return o == observed_on::next_working_day || o == observed_on::previous_working_day;
}

std::int64_t nearest(observed_on o, std::int64_t date) {
  const std::int64_t wanted = number_of(static_cast<week_day>(o));
  return date + floor_mod(wanted - weekday(date) + 3, 7) - 3;
}

class substitutes {
 public:
  explicit substitutes(const business_calendar_definition& definition) {
    for (const weekly_window& w : definition.weekly) {
      for (const week_day d : w.days) works_on_[number_of(d)] = true;
    }
  }

  // Without one within a year the holiday stays where it is.
  std::int64_t working_day(observed_on o, std::int64_t date, const date_set& holidays) const {
    const std::int64_t step = o == observed_on::next_working_day ? 1 : -1;
    for (std::int64_t i = 1; i <= 366; ++i) {
      const std::int64_t candidate = date + i * step;
      if (works_on_[weekday(candidate)] && !holidays.contains(candidate)) return candidate;
    }
    return date;
  }

 private:
  bool works_on_[7] = {};
};

// All that does not depend on other holidays.
void add_independent(const holiday& h, date_set& to) {
  for (const std::int64_t date : plain_dates(h)) {
    const substitution* moved = substitution_for(h, date);
    if (!moved || h.keep_date) {
      for (std::int64_t i = 0; i < std::max<std::int64_t>(h.days, 1); ++i) to.insert(date + i);
    }
    if (moved && !is_working_day_rule(moved->observed_on)) to.insert(nearest(moved->observed_on, date));
  }
}

void add_working_days(const holiday& h, const substitutes& rules, date_set& to) {
  for (const std::int64_t date : plain_dates(h)) {
    const substitution* moved = substitution_for(h, date);
    if (moved && is_working_day_rule(moved->observed_on)) to.insert(rules.working_day(moved->observed_on, date, to));
  }
}

}  // namespace

std::int64_t easter_sunday(int year, easter church) {
  return church == easter::orthodox ? orthodox_easter(year) : western_easter(year);
}

holiday_form form_of(const holiday& h) {
  const bool is_date = is_set(h.date);
  const bool is_easter = h.easter != easter::unset;
  const bool is_day = h.day != 0;
  const bool is_nth = h.nth != 0 || h.week_day != week_day::unset;
  const int given = is_date + is_easter + is_day + is_nth;
  if (given == 0) return holiday_form::none;
  if (given > 1) return holiday_form::several;
  if (is_date) return holiday_form::date;
  if (is_easter) return holiday_form::easter;
  return is_day ? holiday_form::month_day : holiday_form::nth_week_day;
}

std::vector<std::int64_t> holiday_dates(const business_calendar_definition& definition) {
  date_set dates;
  for (const holiday& h : definition.holidays) add_independent(h, dates);
  const substitutes rules(definition);
  for (const holiday& h : definition.holidays) add_working_days(h, rules, dates);
  for (const local_date open : definition.open_dates) dates.erase(days_from_civil(civil(open)));
  return dates.rising();
}

}  // namespace tocsin::inline v1::detail
