#include "clock_measure.hpp"

#include <algorithm>

namespace tocsin::inline v1::detail {
namespace {

// A percentage is reached when elapsed * 100 >= target * percent (S8); all of it fits 64 bits.
static_assert(limits::sla_target_max_us <= (INT64_MAX - 99) / limits::sla_percent_max);

std::int64_t share_of(std::int64_t whole, std::int64_t percent) { return (whole * percent + 99) / 100; }

std::int64_t amount_of(const threshold_mark& mark, std::int64_t target) {
  return mark.is_percent ? share_of(target, mark.value) : target + mark.value;
}

// A percentage of a date target is one of the open time from the start to the date: it has no other measure.
instant percent_instant(const clock_terms& terms, instant started, instant due, std::int64_t percent) {
  if (percent == 100) return due;
  if (percent > 100 || due <= started) return percent > 100 ? never : started;
  const std::int64_t amount = share_of(terms.calendar->elapsed(started, due).us, percent);
  return amount == 0 ? started : terms.calendar->add(started, {amount});
}

instant offset_instant(const clock_terms& terms, instant due, std::int64_t offset_us) {
  if (offset_us == 0) return due;
  return offset_us < 0 ? terms.calendar->subtract(due, {-offset_us}) : terms.calendar->add(due, {offset_us});
}

instant instant_of(const threshold_mark& mark, const clock_terms& terms, instant started, instant due) {
  return mark.is_percent ? percent_instant(terms, started, due, mark.value) : offset_instant(terms, due, mark.value);
}

}  // namespace

duration counted_time::between(instant from, instant to) const {
  duration result = calendar.elapsed(from, to);
  for (const time_span& span : excluded) {
    const instant begin = std::max(from, span.from);
    const instant end = std::min(to, span.until);
    if (begin < end) result = result - calendar.elapsed(begin, end);
  }
  return result;
}

instant counted_time::after(instant from, duration d) const {
  for (const time_span& span : excluded) {
    if (span.until <= from) continue;
    if (span.from > from) {
      const duration until = calendar.elapsed(from, span.from);
      if (until >= d) return calendar.add(from, d);
      d = d - until;
    }
    from = span.until;
  }
  return calendar.add(from, d);
}

counted_time counted_by(const clock_terms& terms, const clock_history& history) {
  return {.calendar = *terms.calendar,
          .excluded = terms.rules->excludes_maintenance ? std::span<const time_span>(history.maintenance)
                                                        : std::span<const time_span>{}};
}

instant due_instant(const clock_terms& terms, instant started) {
  switch (terms.target.kind) {
    case target_kind::date:
      return {terms.target.value};
    case target_kind::business_days:
      return terms.calendar->end_of_business_day(started, terms.target.value);
    default:
      return never;
  }
}

// Behind those that are reached no later.
void clock_points::add(const clock_point& point) {
  std::size_t i = size_++;
  for (; i != 0 && points_[i - 1].at > point.at; --i) points_[i] = points_[i - 1];
  points_[i] = point;
}

clock_points points_of(const clock_terms& terms, instant started, instant due) {
  clock_points points;
  const bool by_instant = is_instant(terms.target);
  const auto& marks = terms.rules->thresholds;
  for (std::uint32_t i = 0; i < marks.size() && i < limits::sla_thresholds_max; ++i) {
    if (by_instant && due == never) continue;
    points.add(
        {.at = by_instant ? instant_of(marks[i], terms, started, due).us : amount_of(marks[i], terms.target.value),
         .threshold = i});
  }
  const std::int64_t end = by_instant ? due.us : terms.target.value;
  if (end != never.us) points.add({.at = end + 1, .is_breach = true});
  return points;
}

}  // namespace tocsin::inline v1::detail
