#include <tocsin/time/instant.hpp>

#include <doctest/doctest.h>

#include <tocsin/time/civil.hpp>

using namespace tocsin;

TEST_CASE("an instant counts microseconds since 1970 in UTC, without leap seconds (T1)") {
  CHECK(instant{}.us == 0);
  CHECK(second.us == 1'000'000);
  CHECK(day == 24 * hour);
  // 2017-01-01 lies behind 27 leap seconds that this count does not know.
  CHECK(instant{days_from_civil({2017, 1, 1}) * day.us} == instant{1'483'228'800'000'000});
}

TEST_CASE("instants from 1900 to 2199 are accepted and their neighbours are not (T1)") {
  CHECK(instant_min.us == days_from_civil({1900, 1, 1}) * day.us);
  CHECK(instant_max.us == days_from_civil({2200, 1, 1}) * day.us - 1);
  CHECK(is_acceptable(instant_min));
  CHECK(is_acceptable(instant_max));
  CHECK_FALSE(is_acceptable(instant_min - microsecond));
  CHECK_FALSE(is_acceptable(instant_max + microsecond));
}

TEST_CASE("never and no_instant lie outside every instant that is accepted (T1)") {
  CHECK(no_instant < instant_min);
  CHECK(instant_max < never);
  CHECK_FALSE(is_acceptable(never));
  CHECK_FALSE(is_acceptable(no_instant));
  CHECK_FALSE(is_set(no_instant));
  CHECK(is_set(never));
}

TEST_CASE("instants and durations add and subtract exactly (T1)") {
  const instant noon{12 * hour.us};
  CHECK(noon + hour - hour == noon);
  CHECK((noon + 90 * minute) - noon == hour + 30 * minute);
  CHECK(noon - (noon + hour) == duration{} - hour);
}

TEST_CASE("dates and days since 1970 agree with a calendar walked day by day, 1600 to 2400 (T1)") {
  std::int64_t days = days_from_civil({1600, 1, 1});
  unsigned expected_weekday = 6;  // 1600-01-01 was a Saturday
  bool all_agree = true;
  for (int year = 1600; year < 2400; ++year) {
    for (unsigned month = 1; month <= 12; ++month) {
      for (unsigned day_of_month = 1; day_of_month <= days_in_month(year, month); ++day_of_month) {
        const civil_date date{year, month, day_of_month};
        all_agree = all_agree && is_real_date(date) && days_from_civil(date) == days && civil_from_days(days) == date &&
                    weekday(days) == expected_weekday;
        ++days;
        expected_weekday = (expected_weekday + 1) % 7;
      }
    }
  }
  CHECK(all_agree);
  CHECK(days == days_from_civil({2400, 1, 1}));
}

TEST_CASE("dates known from elsewhere have their days and weekdays (T1)") {
  CHECK(days_from_civil({1970, 1, 1}) == 0);
  CHECK(days_from_civil({1969, 12, 31}) == -1);
  CHECK(days_from_civil({2000, 2, 29}) == 11'016);
  CHECK(civil_from_days(-719'528) == civil_date{0, 1, 1});
  CHECK(weekday(civil_date{1970, 1, 1}) == 4);    // Thursday
  CHECK(weekday(civil_date{1969, 7, 20}) == 0);   // the Sunday of the first landing on the moon
  CHECK(weekday(civil_date{2024, 2, 29}) == 4);   // Thursday
  CHECK(weekday(civil_date{1899, 12, 31}) == 0);  // Sunday
}

TEST_CASE("leap years follow the Gregorian rule, and dates that do not exist are told apart (T1)") {
  CHECK(is_leap_year(2000));
  CHECK(is_leap_year(2024));
  CHECK_FALSE(is_leap_year(1900));
  CHECK_FALSE(is_leap_year(2100));
  CHECK(is_real_date({2024, 2, 29}));
  CHECK_FALSE(is_real_date({2100, 2, 29}));
  CHECK_FALSE(is_real_date({2025, 4, 31}));
  CHECK_FALSE(is_real_date({2025, 0, 1}));
  CHECK_FALSE(is_real_date({2025, 13, 1}));
  CHECK_FALSE(is_real_date({2025, 1, 0}));
}

TEST_CASE("division rounds towards minus infinity, so time before 1970 is cut like time after it (T1)") {
  CHECK(floor_div(-1, 7) == -1);
  CHECK(floor_mod(-1, 7) == 6);
  CHECK(floor_div(-7, 7) == -1);
  CHECK(floor_mod(-7, 7) == 0);
  CHECK(floor_div(13, 7) == 1);
  CHECK(floor_mod(13, 7) == 6);
}
