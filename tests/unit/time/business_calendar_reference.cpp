// The calendar against a reference that is slow and obvious: it looks at the wall clock of every minute, or of every
// second, and counts (T4).
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "calendar_sample.hpp"

using namespace calendar_sample;

namespace {

// Western Easter Sundays as almanacs print them.
constexpr civil_date easter_sundays[] = {
    {2005, 3, 27}, {2006, 4, 16}, {2007, 4, 8},  {2008, 3, 23}, {2009, 4, 12}, {2010, 4, 4},  {2011, 4, 24},
    {2012, 4, 8},  {2013, 3, 31}, {2014, 4, 20}, {2015, 4, 5},  {2016, 3, 27}, {2017, 4, 16}, {2018, 4, 1},
    {2019, 4, 21}, {2020, 4, 12}, {2021, 4, 4},  {2022, 4, 17}, {2023, 4, 9},  {2024, 3, 31}, {2025, 4, 20},
    {2026, 4, 5},  {2027, 3, 28}, {2028, 4, 16}, {2029, 4, 1},  {2030, 4, 21}};

// ---- the definition, read off date by date

struct reference_rules {
  const business_calendar_definition& d;

  static bool is_rule_date(const holiday& h, civil_date date) {
    if (h.from_year != 0 && date.year < h.from_year) return false;
    if (h.to_year != 0 && date.year > h.to_year) return false;
    if (h.easter != easter::unset) {
      return std::ranges::any_of(easter_sundays, [&](civil_date sunday) {
        return sunday.year == date.year && days_from_civil(sunday) == days_from_civil(date);
      });
    }
    if (h.month != date.month) return false;
    if (h.day != 0) return h.day == date.day;
    if (week_day_of(weekday(date)) != h.week_day) return false;
    if (h.nth > 0) return (date.day - 1) / 7 + 1 == h.nth;
    return (days_in_month(date.year, date.month) - date.day) / 7 + 1 == -h.nth;
  }

  // Does this holiday, of a rule, fall on the date before substitution?
  static bool falls_on(const holiday& h, std::int64_t days) {
    if (is_set(h.date)) return civil(h.date) == civil_from_days(days - h.offset_days);
    return is_rule_date(h, civil_from_days(days - h.offset_days));
  }

  static const substitution* moves(const holiday& h, std::int64_t days) {
    for (const substitution& s : h.substitutions) {
      if (s.falls_on == week_day_of(weekday(days))) return &s;
    }
    return nullptr;
  }

  static bool is_kept_on(const holiday& h, std::int64_t days) {
    for (std::int64_t first = days - std::max<std::int64_t>(h.days, 1) + 1; first <= days; ++first) {
      if (falls_on(h, first) && (!moves(h, first) || h.keep_date)) return true;
    }
    for (std::int64_t other = days - 3; other <= days + 3; ++other) {
      if (!falls_on(h, other) || !moves(h, other)) continue;
      if (static_cast<int>(moves(h, other)->observed_on) == static_cast<int>(week_day_of(weekday(days)))) return true;
    }
    return false;
  }

  bool is_holiday(std::int64_t days) const {
    for (const local_date open : d.open_dates) {
      if (days_from_civil(civil(open)) == days) return false;
    }
    return std::ranges::any_of(d.holidays, [&](const holiday& h) { return is_kept_on(h, days); });
  }

  bool is_break(std::int64_t days, std::int64_t time_us) const {
    return std::ranges::any_of(d.breaks, [&](const calendar_break& b) {
      return days_from_civil(civil(b.date)) == days && b.start.us <= time_us && time_us < b.end.us;
    });
  }

  // Is there a window that starts on that date and holds the time, counted from its midnight?
  bool in_window(std::int64_t days, std::int64_t time_us) const {
    const auto holds = [&](wall_time start, wall_time end) {
      const std::int64_t end_us = end > start ? end.us : end.us + day.us;
      return start.us <= time_us && time_us < end_us;
    };
    for (const special_hours& s : d.special_hours) {
      if (days_from_civil(civil(s.date)) != days) continue;
      return std::ranges::any_of(s.windows, [&](const day_window& w) { return holds(w.start, w.end); });
    }
    return std::ranges::any_of(d.weekly, [&](const weekly_window& w) {
      return std::ranges::count(w.days, week_day_of(weekday(days))) != 0 && holds(w.start, w.end);
    });
  }

  bool is_open(local_time local) const {
    const std::int64_t days = floor_div(local.us, day.us);
    const std::int64_t time_us = local.us - days * day.us;
    if (is_holiday(days) || is_break(days, time_us)) return false;
    return in_window(days, time_us) || in_window(days - 1, time_us + day.us);
  }
};

// ---- a stretch of time, cut into steps that are open or closed as a whole

class stretch {
 public:
  stretch(const business_calendar_definition& d, const zone& where, instant begin, duration step, std::size_t count)
      : begin_(begin), step_(step) {
    const reference_rules rules{d};
    for (std::size_t i = 0; i < count; ++i) {
      open_.push_back(rules.is_open(where.to_local(begin + static_cast<std::int64_t>(i) * step)));
    }
  }

  instant begin() const { return begin_; }
  instant end() const { return start_of(open_.size()); }

  duration elapsed(instant from, instant to) const {
    if (to < from) return duration{} - elapsed(to, from);
    duration sum;
    for (std::size_t i = 0; i < open_.size(); ++i) {
      if (!open_[i]) continue;
      const instant start = std::max(from, start_of(i));
      const instant until = std::min(to, start_of(i + 1));
      if (start < until) sum = sum + (until - start);
    }
    return sum;
  }

  // The earliest u >= t with elapsed(t, u) = d; none if it lies beyond the stretch.
  std::optional<instant> add(instant t, duration d) const {
    for (std::size_t i = 0; i < open_.size(); ++i) {
      if (!open_[i] || start_of(i + 1) <= t) continue;
      const instant start = std::max(t, start_of(i));
      if (d <= start_of(i + 1) - start) return start + d;
      d = d - (start_of(i + 1) - start);
    }
    return std::nullopt;
  }

  std::optional<instant> subtract(instant t, duration d) const {
    for (std::size_t i = open_.size(); i-- > 0;) {
      if (!open_[i] || start_of(i) >= t) continue;
      const instant until = std::min(t, start_of(i + 1));
      if (d <= until - start_of(i)) return until - d;
      d = d - (until - start_of(i));
    }
    return std::nullopt;
  }

  std::optional<instant> next_open(instant t) const {
    for (std::size_t i = 0; i < open_.size(); ++i) {
      if (open_[i] && start_of(i + 1) > t) return std::max(t, start_of(i));
    }
    return std::nullopt;
  }

  std::optional<instant> next_close(instant t) const {
    const auto opening = next_open(t);
    for (std::size_t i = 0; opening && i < open_.size(); ++i) {
      if (!open_[i] && start_of(i) > *opening) return start_of(i);
    }
    return std::nullopt;
  }

  std::optional<instant> previous_close(instant t) const {
    for (std::size_t i = open_.size(); i-- > 0;) {
      if (open_[i] && start_of(i) < t) return std::min(t, start_of(i + 1));
    }
    return std::nullopt;
  }

  bool is_open(instant t) const { return open_[static_cast<std::size_t>((t - begin_).us / step_.us)]; }

  std::vector<open_interval> explain(instant from, instant to) const {
    std::vector<open_interval> intervals;
    for (std::size_t i = 0; i < open_.size(); ++i) {
      const instant start = std::max(from, start_of(i));
      const instant until = std::min(to, start_of(i + 1));
      if (!open_[i] || start >= until) continue;
      if (!intervals.empty() && intervals.back().end == start) {
        intervals.back().end = until;
      } else {
        intervals.push_back({start, until});
      }
    }
    return intervals;
  }

 private:
  instant start_of(std::size_t i) const { return begin_ + static_cast<std::int64_t>(i) * step_; }

  instant begin_;
  duration step_;
  std::vector<bool> open_;
};

// ---- business days, read off the same clock (T8)

class reference_days {
 public:
  reference_days(const business_calendar_definition& d, const zone& where, instant begin, std::size_t minutes)
      : end_(begin + static_cast<std::int64_t>(minutes) * minute) {
    const reference_rules rules{d};
    for (std::size_t i = 0; i < minutes; ++i) {
      const instant t = begin + static_cast<std::int64_t>(i) * minute;
      const local_time local = where.to_local(t);
      const std::int64_t days = floor_div(local.us, day.us);
      const std::int64_t time_us = local.us - days * day.us;
      if (!rules.is_open(local)) continue;
      if (rules.in_window(days, time_us)) {
        business_.insert(days);
        last_closing_[days] = t + minute;
      }
      if (rules.in_window(days - 1, time_us + day.us)) last_closing_[days - 1] = t + minute;
    }
  }

  bool is_business_day(std::int64_t days) const { return business_.contains(days); }

  // Of the n-th business day after the one that counts as the start; none beyond what was looked at.
  std::optional<instant> end_of(const zone& where, instant t, std::int64_t n) const {
    std::int64_t days = floor_div(where.to_local(t).us, day.us);
    if (!business_.contains(days) || t >= last_closing_.at(days)) ++days;
    auto found = business_.lower_bound(days);
    for (; n > 0 && found != business_.end(); --n) ++found;
    if (found == business_.end() || last_closing_.at(*found) >= end_ - day) return std::nullopt;
    return last_closing_.at(*found);
  }

 private:
  instant end_;
  std::set<std::int64_t> business_;
  std::map<std::int64_t, instant> last_closing_;
};

// ---- random calendars

class random_calendars {
 public:
  explicit random_calendars(std::uint64_t seed, std::int64_t grain_s) : random_(seed), grain_s_(grain_s) {}

  std::int64_t below(std::int64_t n) { return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(n)); }
  bool chance(std::int64_t percent) { return below(100) < percent; }

  business_calendar_definition calendar(const std::string& zone, std::int64_t around_day) {
    const int year = civil_from_days(around_day).year;
    easter_known_ = year > easter_sundays[0].year && year < std::end(easter_sundays)[-1].year;
    business_calendar_definition d{.key = "random", .zone = zone};
    for (std::int64_t i = below(5); i >= 0; --i) d.weekly.push_back(weekly());
    for (std::int64_t i = below(4); i > 0; --i) d.holidays.push_back(rule());
    for (std::int64_t i = below(4); i > 0; --i) d.holidays.push_back(fixed(around_day));
    for (std::int64_t i = below(3); i > 0; --i) d.open_dates.emplace_back(near(around_day));
    for (std::int64_t i = below(3); i > 0; --i) add_special(d, around_day);
    for (std::int64_t i = below(4); i > 0; --i) d.breaks.push_back(random_break(around_day));
    return d;
  }

 private:
  wall_time time() {
    const std::int64_t s = below(seconds_per_day / grain_s_) * grain_s_;
    return at_second(chance(40) ? s / 1800 * 1800 : s);
  }
  static wall_time at_second(std::int64_t s) {
    return {static_cast<unsigned>(s / 3600), static_cast<unsigned>(s / 60 % 60), static_cast<unsigned>(s % 60)};
  }
  wall_time end_time() { return chance(10) ? end_of_day : time(); }

  civil_date near(std::int64_t around_day) { return civil_from_days(around_day + below(13) - 6); }

  weekly_window weekly() {
    weekly_window w{.days = {}, .start = time(), .end = end_time()};
    for (unsigned d = 0; d < 7; ++d) {
      if (chance(60)) w.days.push_back(week_day_of(d));
    }
    if (w.days.empty()) w.days.push_back(week_day::sunday);
    return w;
  }

  void substitute(holiday& h) {
    if (!chance(60)) return;
    h.substitutions = {{week_day::saturday, observed_on::friday}, {week_day::sunday, observed_on::monday}};
    if (chance(30)) h.substitutions[0].observed_on = observed_on::monday;
    h.keep_date = chance(30);
  }

  holiday rule() {
    holiday h;
    if (easter_known_ && chance(30)) {
      h.easter = easter::western;
      h.offset_days = below(60) - 10;
    } else {
      h.month = 1 + below(12);
      if (chance(50)) {
        h.day = 1 + below(28);
      } else {
        h.nth = chance(50) ? 1 + below(5) : -1 - below(5);
        h.week_day = week_day_of(static_cast<unsigned>(below(7)));
      }
    }
    if (chance(30)) h.from_year = 2005 + below(20);
    substitute(h);
    return h;
  }

  holiday fixed(std::int64_t around_day) {
    holiday h;
    h.date = near(around_day);
    if (chance(30)) {
      h.days = 1 + below(3);
    } else {
      substitute(h);
    }
    return h;
  }

  void add_special(business_calendar_definition& d, std::int64_t around_day) {
    special_hours s{.date = near(around_day), .windows = {}};
    for (const special_hours& other : d.special_hours) {
      if (other.date == s.date) return;
    }
    for (std::int64_t i = below(3); i > 0; --i) s.windows.push_back({time(), end_time()});
    d.special_hours.push_back(s);
  }

  calendar_break random_break(std::int64_t around_day) {
    wall_time a = time();
    wall_time b = end_time();
    if (b < a) std::swap(a, b);
    if (a == b) b = end_of_day;
    return {near(around_day), a, b};
  }

  static constexpr std::int64_t seconds_per_day = 86'400;
  std::mt19937_64 random_;
  std::int64_t grain_s_;
  bool easter_known_ = false;
};

// ---- one against the other

std::string json_of(const business_calendar_definition& d) {
  json_writer to;
  to.begin_object();
  write_members(to, d, {});
  to.end_object();
  return to.take();
}

void compare(const business_calendar& calendar, const stretch& reference, random_calendars& random, int questions) {
  const std::int64_t length = (reference.end() - reference.begin()).us;
  const auto moment = [&] { return reference.begin() + duration{random.below(length)}; };
  const auto known = [&](const std::optional<instant>& expected) { return expected && *expected < reference.end(); };
  for (int i = 0; i < questions; ++i) {
    const instant t = moment();
    const instant u = moment();
    CAPTURE(shown(t));
    CAPTURE(shown(u));
    REQUIRE(calendar.is_open(t) == reference.is_open(t));
    const duration elapsed = reference.elapsed(t, u);
    REQUIRE(calendar.elapsed(t, u).us == elapsed.us);
    const duration d{1 + random.below(3 * day.us)};
    CAPTURE(shown(d));
    for (const duration some : {d, elapsed.us > 0 ? elapsed : d}) {
      if (const auto added = reference.add(t, some); known(added)) {
        REQUIRE(shown(calendar.add(t, some)) == shown(*added));
        REQUIRE(calendar.elapsed(t, *added).us == some.us);
      }
      if (const auto subtracted = reference.subtract(t, some); subtracted && *subtracted > reference.begin()) {
        REQUIRE(shown(calendar.subtract(t, some)) == shown(*subtracted));
        REQUIRE(calendar.elapsed(*subtracted, t).us == some.us);
      }
    }
    if (const auto open = reference.next_open(t); open) {
      REQUIRE(shown(calendar.next_open(t)) == shown(*open));
      REQUIRE(calendar.add(t, {}) == *open);
    }
    if (const auto close = reference.next_close(t); known(close)) {
      REQUIRE(shown(calendar.next_close(t)) == shown(*close));
    }
    if (const auto close = reference.previous_close(t); close) {
      REQUIRE(shown(calendar.previous_close(t)) == shown(*close));
      REQUIRE(calendar.subtract(t, {}) == *close);
    }
    if (t < u) REQUIRE(calendar.explain(t, u) == reference.explain(t, u));
  }
}

void compare_days(const business_calendar& calendar, const reference_days& reference, const zone& where, instant begin,
                  random_calendars& random) {
  const std::int64_t first = floor_div(begin.us, day.us);
  for (std::int64_t days = first + 2; days < first + 14; ++days) {
    CAPTURE(days);
    REQUIRE(calendar.is_business_day(civil_from_days(days)) == reference.is_business_day(days));
  }
  for (int i = 0; i < 20; ++i) {
    const instant t = begin + 2 * day + duration{random.below(10 * day.us)};
    const std::int64_t n = random.below(4);
    CAPTURE(shown(t));
    CAPTURE(n);
    const auto expected = reference.end_of(where, t, n);
    if (!expected) continue;
    REQUIRE(shown(calendar.end_of_business_day(t, n)) == shown(*expected));
    REQUIRE(calendar.add_business_days(t, n) >= t);
    REQUIRE(calendar.is_open(calendar.add_business_days(t, n)));
  }
}

struct change {
  const char* zone;
  const char* at;
};

// Clock changes of every kind: an hour, half an hour, a day that does not exist, a day twice, offsets of odd minutes.
constexpr change changes[] = {
    {"Australia/Lord_Howe", "2026-04-04T15:00:00Z"}, {"Australia/Lord_Howe", "2026-10-03T15:30:00Z"},
    {"Africa/Casablanca", "2026-02-15T02:00:00Z"},   {"Africa/Casablanca", "2026-03-22T02:00:00Z"},
    {"Asia/Kathmandu", "1985-12-31T18:30:00Z"},      {"Pacific/Apia", "2011-12-30T10:00:00Z"},
    {"Pacific/Apia", "2012-03-31T14:00:00Z"},        {"Pacific/Kwajalein", "1993-08-21T12:00:00Z"},
    {"America/New_York", "2026-03-08T07:00:00Z"},    {"America/New_York", "2026-11-01T06:00:00Z"},
    {"America/New_York", "2150-03-08T07:00:00Z"},    {"Europe/Dublin", "2026-03-29T01:00:00Z"},
    {"Europe/Dublin", "2026-10-25T01:00:00Z"},       {"America/St_Johns", "2006-04-02T03:31:00Z"},
    {"America/St_Johns", "2006-10-29T02:31:00Z"},    {"Antarctica/Troll", "2026-03-29T01:00:00Z"},
    {"Antarctica/Troll", "2026-10-25T01:00:00Z"},    {"Asia/Beirut", "2026-03-28T22:00:00Z"},
    {"America/Sao_Paulo", "2018-11-04T03:00:00Z"},   {"Asia/Gaza", "2026-03-28T00:00:00Z"},
    {"Europe/Berlin", "2026-10-25T01:00:00Z"},       {"Africa/Cairo", "2026-04-23T22:00:00Z"},
    {"America/Havana", "2026-11-01T05:00:00Z"},      {"Pacific/Chatham", "2026-04-04T14:00:00Z"},
    {"Asia/Manila", "1899-09-06T00:00:00Z"},         {"America/Juneau", "1983-10-30T10:00:00Z"},
};

void compare_around(const change& c, std::uint64_t seed, int calendars, int questions) {
  const auto t = parse_rfc3339(c.at);
  if (!t) return;
  CAPTURE(c.zone);
  random_calendars random(seed, 60);
  const zone where = zone_data::bundled().get(c.zone);
  const instant begin{floor_div((*t - 8 * day).us, day.us) * day.us};
  for (int i = 0; i < calendars; ++i) {
    CAPTURE(i);
    const auto definition = random.calendar(c.zone, floor_div(t->us, day.us));
    REQUIRE(lint(definition).empty());
    CAPTURE(json_of(definition));
    constexpr std::size_t minutes = 16 * 24 * 60;
    const auto calendar = business_calendar::compile(definition);
    compare(calendar, stretch(definition, where, begin, minute, minutes), random, questions);
    compare_days(calendar, reference_days(definition, where, begin, minutes), where, begin, random);
  }
}

}  // namespace

TEST_CASE(
    "around clock changes of every kind the calendar counts what the wall clock shows, minute by minute (T3, T4, T5, "
    "T8)") {
  std::uint64_t seed = 1;
  for (const change& c : changes) compare_around(c, ++seed, 2, 40);
}

TEST_CASE("where local mean time has odd seconds the calendar counts second by second (T4)") {
  random_calendars random(7, 1);
  for (const change c :
       {change{"Africa/Monrovia", "1972-01-07T00:44:30Z"}, {"Europe/Amsterdam", "1937-06-30T22:40:28Z"}}) {
    CAPTURE(c.zone);
    const zone where = zone_data::bundled().get(c.zone);
    const auto definition = random.calendar(c.zone, floor_div(at(c.at).us, day.us));
    const instant begin = at(c.at) - day;
    compare(business_calendar::compile(definition), stretch(definition, where, begin, second, 2 * 86'400), random, 20);
  }
}

TEST_SUITE("full") {
  TEST_CASE("random calendars in odd zones agree with the reference, minute by minute (T3, T4, T5)") {
    std::uint64_t seed = 1'000;
    for (const change& c : changes) compare_around(c, ++seed, 25, 60);
  }

  TEST_CASE("random calendars agree with the reference in every zone, around a change of its clocks (T4)") {
    const zone_data& data = zone_data::bundled();
    std::uint64_t seed = 5'000;
    for (const std::string_view name : data.names()) {
      const zone where = data.get(name);
      if (where.canonical_name() != name) continue;
      instant t = where.next_transition(at("2009-01-01T00:00:00Z"));
      if (t == never) t = at("2026-05-05T00:00:00Z");
      const std::string text = shown(t);
      const std::string zone_name(name);
      compare_around({zone_name.c_str(), text.c_str()}, ++seed, 1, 30);
    }
  }
}
