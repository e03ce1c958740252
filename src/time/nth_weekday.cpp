#include "nth_weekday.hpp"

// The types alone: nothing that reads or writes text.
#include <boost/date_time/gregorian/gregorian_types.hpp>

#include <tocsin/time/civil.hpp>

namespace tocsin::inline v1::detail {
namespace {

// Boost's calendar begins and ends there; weeks counted from its last months would leave it.
constexpr int year_min = 1400;
constexpr int year_max = 9998;

}  // namespace

std::optional<std::int64_t> nth_weekday(int year, unsigned month, int nth, unsigned weekday) {
  if (year < year_min || year > year_max) return std::nullopt;
  namespace gregorian = boost::gregorian;
  const gregorian::greg_weekday name(static_cast<unsigned short>(weekday));
  const gregorian::date first(static_cast<unsigned short>(year), static_cast<unsigned short>(month), 1);
  const gregorian::date found = nth > 0 ? next_weekday(first, name) + gregorian::weeks(nth - 1)
                                        : previous_weekday(first.end_of_month(), name) + gregorian::weeks(nth + 1);
  if (found < first || found > first.end_of_month()) return std::nullopt;
  return days_from_civil({found.year(), found.month(), found.day()});
}

}  // namespace tocsin::inline v1::detail
