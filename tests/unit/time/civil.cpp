#include <tocsin/time/civil.hpp>

#include "../../../src/time/nth_weekday.hpp"

#include <doctest/doctest.h>
#include <boost/date_time/gregorian/gregorian_types.hpp>

#include <array>
#include <vector>

using namespace tocsin;

namespace {

using peer = boost::gregorian::gregorian_calendar;

constexpr std::int64_t julian_day_of_1970 = 2'440'588;

// Each day of a month by the name that it has.
std::array<std::vector<std::int64_t>, 7> named_days(int year, unsigned month) {
  std::array<std::vector<std::int64_t>, 7> days;
  for (unsigned d = 1; d <= days_in_month(year, month); ++d) {
    const std::int64_t date = days_from_civil({year, month, d});
    days[weekday(date)].push_back(date);
  }
  return days;
}

void check_nth_weekdays(int first_year, int last_year) {
  for (int year = first_year; year <= last_year; ++year) {
    for (unsigned month = 1; month <= 12; ++month) {
      const auto days = named_days(year, month);
      for (unsigned name = 0; name < 7; ++name) {
        const auto& all = days[name];
        for (int nth = 1; nth <= 5; ++nth) {
          const auto count = static_cast<std::size_t>(nth);
          const auto from_start = detail::nth_weekday(year, month, nth, name);
          const auto from_end = detail::nth_weekday(year, month, -nth, name);
          const bool is_there = count <= all.size();
          if (from_start.has_value() == is_there && from_end.has_value() == is_there &&
              (!is_there || (*from_start == all[count - 1] && *from_end == all[all.size() - count]))) {
            continue;
          }
          FAIL("year ", year, ", month ", month, ", weekday ", name, ", nth ", nth);
        }
      }
    }
  }
}

}  // namespace

TEST_CASE("dates are counted and named as Boost's calendar does, on every day from 1400 to 9999") {
  std::int64_t days = days_from_civil({1400, 1, 1});
  for (int year = 1400; year <= 9999; ++year) {
    const auto peer_year = static_cast<unsigned short>(year);
    if (is_leap_year(year) != peer::is_leap_year(peer_year)) FAIL("leap year ", year);
    for (unsigned month = 1; month <= 12; ++month) {
      const auto peer_month = static_cast<unsigned short>(month);
      const unsigned length = days_in_month(year, month);
      if (length != peer::end_of_month_day(peer_year, peer_month)) FAIL("length of month ", month, " of ", year);
      for (unsigned d = 1; d <= length; ++d, ++days) {
        const peer::ymd_type date(peer_year, peer_month, static_cast<unsigned short>(d));
        const bool same = days_from_civil({year, month, d}) == days &&
                          civil_from_days(days) == civil_date{year, month, d} &&
                          std::int64_t{peer::day_number(date)} - julian_day_of_1970 == days &&
                          weekday(days) == peer::day_of_week(date);
        if (!same) FAIL("day ", d, " of month ", month, " of ", year);
      }
    }
  }
  CHECK(days == days_from_civil({10'000, 1, 1}));
}

TEST_CASE(
    "the nth weekday of a month is found by walking through it, in all the years that holidays are looked for in") {
  check_nth_weekdays(1890, 2210);
}

TEST_CASE("there is no nth weekday outside the years that are known, nor beyond the fifth") {
  for (const int year : {-1, 0, 1399, 9999, 10'000, 70'000}) CHECK_FALSE(detail::nth_weekday(year, 1, 1, 1));
  CHECK(detail::nth_weekday(1400, 1, 1, 1));
  CHECK(detail::nth_weekday(9998, 12, -1, 1));
  CHECK_FALSE(detail::nth_weekday(2026, 1, 6, 4));
  CHECK_FALSE(detail::nth_weekday(2026, 1, -6, 4));
  CHECK_FALSE(detail::nth_weekday(2026, 1, 0, 4));
}

TEST_SUITE("full") {
  TEST_CASE("the nth weekday of a month is found by walking through it, in every year that is known") {
    check_nth_weekdays(1400, 9998);
  }
}
