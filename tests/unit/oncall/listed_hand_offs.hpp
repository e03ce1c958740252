// Hand-offs listed one by one, by stepping from date to date and looking at the clock minute by minute: the slow,
// obvious way, against which the closed form is held (O1).
#pragma once

#include <map>

#include <tocsin/oncall/rotation.hpp>
#include <tocsin/time/zone.hpp>

namespace given {

using namespace tocsin;

// The first minute, of those near, at which the clock shows that time or has passed it.
inline instant first_showing(const zone& where, local_time local) {
  instant t{local.us - 27 * hour.us};
  while (where.to_local(t) < local) t = t + minute;
  return t;
}

inline bool counts(const rotation& r, std::int64_t date) {
  if (r.active_days.empty()) return true;
  for (const week_day d : r.active_days) {
    if (number_of(d) == weekday(date)) return true;
  }
  return false;
}

// Turns -most to most.
inline std::map<std::int64_t, instant> listed_hand_offs(const rotation& r, std::int64_t most) {
  const zone where = zone_data::bundled().get(r.zone);
  const std::int64_t start_date = floor_div(r.start.us, day.us);
  const duration time{r.start.us - start_date * day.us};
  std::map<std::int64_t, local_time> locals;
  std::map<std::int64_t, instant> result;
  locals[0] = r.start;
  if (r.type == rotation_type::hourly) {
    // Minute by minute on the face of a clock; only those of days that count are counted.
    local_time ahead = r.start;
    std::int64_t counted = 0;
    for (std::int64_t k = 1; k <= most; ++k) {
      for (; counted < k * r.length * 60 || !counts(r, floor_div(ahead.us, day.us)); ahead = ahead + minute) {
        if (counts(r, floor_div(ahead.us, day.us))) ++counted;
      }
      locals[k] = ahead;
    }
    local_time back = r.start;
    counted = 0;
    for (std::int64_t k = 1; k <= most; ++k) {
      while (counted < k * r.length * 60) {
        back = back - minute;
        if (counts(r, floor_div(back.us, day.us))) ++counted;
      }
      locals[-k] = back;
    }
  } else if (r.type == rotation_type::daily || r.type == rotation_type::weekly) {
    const std::int64_t days = r.type == rotation_type::weekly ? 7 * r.length : r.length;
    std::int64_t ahead = start_date;
    std::int64_t counted = 0;
    for (std::int64_t k = 1; k <= most; ++k) {
      for (; counted < k * days || !counts(r, ahead); ++ahead) counted += counts(r, ahead);
      locals[k] = local_time{ahead * day.us} + time;
    }
    std::int64_t back = start_date;
    counted = 0;
    for (std::int64_t k = 1; k <= most; ++k) {
      while (counted < k * days) counted += counts(r, --back);
      locals[-k] = local_time{back * day.us} + time;
    }
  } else if (r.type == rotation_type::monthly) {
    const civil_date first = civil_from_days(start_date);
    for (const int step : {1, -1}) {
      civil_date month{first.year, first.month, 1};
      for (std::int64_t k = 1; k <= most; ++k) {
        for (std::int64_t i = 0; i < r.length; ++i) {
          if (step > 0) {
            month = month.month == 12 ? civil_date{month.year + 1, 1, 1} : civil_date{month.year, month.month + 1, 1};
          } else {
            month = month.month == 1 ? civil_date{month.year - 1, 12, 1} : civil_date{month.year, month.month - 1, 1};
          }
        }
        civil_date date{month.year, month.month, first.day};
        while (!is_real_date(date)) --date.day;
        locals[step * k] = midnight_of(date) + time;
      }
    }
  } else {
    const instant begun = first_showing(where, r.start);
    for (std::int64_t k = -most; k <= most; ++k) result[k] = begun + k * r.custom_length;
    return result;
  }
  for (const auto& [k, local] : locals) result[k] = first_showing(where, local);
  return result;
}

}  // namespace given
