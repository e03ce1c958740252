#include <tocsin/oncall/week_mask.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

constexpr std::int64_t week_us = 7 * day.us;
constexpr std::int64_t monday_us = 4 * day.us;  // 1970-01-05, counted from 1970-01-01

std::int64_t place_in_week(local_time local) { return floor_mod(local.us - monday_us, week_us); }

std::int64_t length_of(const weekly_window& w) {
  return w.end > w.start ? w.end.us - w.start.us : w.end.us + day.us - w.start.us;
}

std::vector<week_day> days_of(const weekly_window& w) {
  if (!w.days.empty()) return w.days;
  return {week_day::monday, week_day::tuesday,  week_day::wednesday, week_day::thursday,
          week_day::friday, week_day::saturday, week_day::sunday};
}

std::string window_text(const std::string& what, std::size_t number) { return what + "/" + std::to_string(number); }

}  // namespace

week_mask::week_mask(std::span<const weekly_window> windows) : always_(windows.empty()) {
  std::vector<run> all;
  const auto put = [&](std::int64_t start, std::int64_t end) {
    if (start < end) all.push_back({start, end});
  };
  for (const weekly_window& w : windows) {
    for (const week_day d : days_of(w)) {
      const std::int64_t start = (static_cast<std::int64_t>(d) - 1) * day.us + w.start.us;
      const std::int64_t end = start + length_of(w);
      put(start, std::min(end, week_us));
      put(std::max(start - week_us, std::int64_t{0}), end - week_us);  // Sunday's night ends on Monday
    }
  }
  std::ranges::sort(all, {}, &run::start);
  for (const run& r : all) {
    if (!runs_.empty() && r.start <= runs_.back().end) {
      runs_.back().end = std::max(runs_.back().end, r.end);
    } else {
      runs_.push_back(r);
    }
  }
}

bool week_mask::covers(local_time local) const {
  if (always_) return true;
  const std::int64_t place = place_in_week(local);
  const auto after = std::ranges::upper_bound(runs_, place, {}, &run::start);
  return after != runs_.begin() && place < std::prev(after)->end;
}

std::optional<local_time> week_mask::next_bound(local_time after) const {
  if (runs_.empty()) return {};
  const std::int64_t place = place_in_week(after);
  const auto next = std::ranges::upper_bound(runs_, place, {}, &run::end);
  std::int64_t bound = runs_.front().start + week_us;
  if (next != runs_.end()) bound = place < next->start ? next->start : next->end;
  return after + duration{bound - place};
}

// Between two changes of the zone's offset the clock runs evenly, so bounds on its face are instants.
instant next_change(const week_mask& mask, const zone& where, instant after) {
  const local_time local = where.to_local(after);
  const std::optional<local_time> bound = mask.next_bound(local);
  if (!bound) return never;
  const instant next = std::min(after + (*bound - local), where.next_transition(after));
  return next <= instant_max ? next : never;
}

void lint(std::span<const weekly_window> windows, const std::string& what, std::vector<std::string>& findings) {
  for (std::size_t i = 0; i < windows.size(); ++i) {
    const weekly_window& w = windows[i];
    if (!is_set(w.start) || !is_set(w.end)) {
      findings.push_back(window_text(what, i) + " needs a start and an end");
    } else if (w.start >= end_of_day) {
      findings.push_back(window_text(what, i) + " starts at 24:00, which is 00:00 of the next day");
    }
  }
}

}  // namespace tocsin::inline v1
