// Hours of the week on the wall clock (T3, T4): when a layer is on call (O2), a person quiet (O4), or it is night.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <tocsin/time/business_calendar.hpp>
#include <tocsin/time/instant.hpp>
#include <tocsin/time/local_time.hpp>
#include <tocsin/time/zone.hpp>

namespace tocsin::inline v1 {

// The windows of a week made ready to be asked. A window belongs to the days it starts on, every day if it names none;
// one whose end is not after its start runs into the next day, equal bounds mean 24 hours; any that matches suffices.
class week_mask {
 public:
  // They have passed the linter. None: always.
  explicit week_mask(std::span<const weekly_window> windows);

  bool is_always() const { return always_; }
  bool covers(local_time local) const;
  // The next bound of a run after it, on the face of the clock; none if there are no bounds.
  std::optional<local_time> next_bound(local_time after) const;

 private:
  struct run {
    std::int64_t start;  // microseconds since Monday 00:00
    std::int64_t end;    // at most a week
  };
  std::vector<run> runs_;  // merged, rising
  bool always_;
};

// The first instant after that one at which the mask may begin or end to cover the clock of the zone; `never` if there
// is none before 2200.
instant next_change(const week_mask& mask, const zone& where, instant after);

// A line for each window that cannot be; `what` says whose they are.
void lint(std::span<const weekly_window> windows, const std::string& what, std::vector<std::string>& findings);

}  // namespace tocsin::inline v1
