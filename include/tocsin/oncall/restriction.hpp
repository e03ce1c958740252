// Hours of the week in which a layer is on call: windows on the wall clock (T3, T4, O2).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/time/instant.hpp>
#include <tocsin/time/local_time.hpp>
#include <tocsin/time/week_day.hpp>
#include <tocsin/time/zone.hpp>

namespace tocsin::inline v1 {

// From one time of day to another, on each of the days. It belongs to the day it starts on: a window whose end is not
// after its start runs into the next day, equal bounds mean 24 hours. "24:00" may end it.
struct restriction {
  std::vector<week_day> days;  // none given: every day
  std::string from;            // "22:00"
  std::string until;           // "06:00"

  static std::span<const field_row> fields();
};

// Restrictions made ready to be asked: runs of the local week, merged.
class week_mask {
 public:
  week_mask() = default;  // always
  // They have passed the linter.
  explicit week_mask(std::span<const restriction> restrictions);

  bool covers(local_time local) const;
  // The next bound of a run strictly after it on the face of the clock; none if there are no bounds.
  bool next_bound(local_time after, local_time& bound) const;

 private:
  struct run {
    std::int64_t from;   // microseconds since Monday 00:00
    std::int64_t until;  // after from, at most a week
  };
  std::vector<run> runs_;
  bool always_ = true;
};

// The first instant after that one at which the mask may begin or end to cover the local clock of the zone; `never` if
// there is none before 2200.
instant next_change(const week_mask& mask, const zone& where, instant after);

// Appends what is wrong, each line after `what`.
void lint(std::span<const restriction> restrictions, const std::string& what, std::vector<std::string>& findings);

}  // namespace tocsin::inline v1
