#include <tocsin/oncall/roster.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <string>

#include <tocsin/base/error.hpp>
#include <tocsin/oncall/week_mask.hpp>

namespace tocsin::inline v1 {
namespace {

void check_window(instant from, instant until) {
  if (is_acceptable(from) && is_acceptable(until) && from <= until) return;
  throw error(status::invalid_argument, "oncall.window",
              "a window is asked about that does not go forward within the years 1900 to 2199");
}

[[noreturn]] void refuse_size(std::size_t most, const char* what) {
  throw error(status::resource_exhausted, "oncall.too_many",
              "there are more than " + std::to_string(most) + " " + what + " in the window");
}

// Calls `visit(from, until)` for each piece of the window in which nothing changes.
template <class NextChange, class Visit>
void walk(instant from, instant until, const NextChange& next_change, const Visit& visit) {
  std::size_t steps = 0;
  for (instant at = from; at < until;) {
    if (++steps > limits::roster_steps_max) refuse_size(limits::roster_steps_max, "changes");
    const instant next = std::min(next_change(at), until);
    visit(at, next);
    at = next;
  }
}

void walk(const roster& of, instant from, instant until,
          const std::function<void(const on_call&, instant, instant)>& visit) {
  check_window(from, until);
  walk(
      from, until, [&](instant at) { return of.next_change(at); },
      [&](instant at, instant next) { visit(of.who(at), at, next); });
}

// Runs of people that go on from piece to piece.
class shift_merger {
 public:
  shift_merger(const roster& of, bool shadow, std::vector<oncall_shift>& to) : of_(of), shadow_(shadow), to_(to) {}

  // The people are in order, as those of the piece before were.
  void take(const std::vector<person_ref>& people, instant from, instant until) {
    std::vector<oncall_shift> going_on;
    std::size_t old = 0;
    for (const person_ref one : people) {
      while (old < open_.size() && of_.key_order(open_[old].person, one)) end(open_[old++]);
      if (old < open_.size() && open_[old].person == one) {
        going_on.push_back(open_[old++]);
        going_on.back().until = until;
      } else {
        going_on.push_back({from, until, one, shadow_});
      }
    }
    while (old < open_.size()) end(open_[old++]);
    open_ = std::move(going_on);
  }

  void end_all() {
    for (const oncall_shift& one : open_) end(one);
    open_.clear();
  }

 private:
  void end(const oncall_shift& one) {
    if (to_.size() == limits::shifts_max) refuse_size(limits::shifts_max, "shifts");
    to_.push_back(one);
  }

  const roster& of_;
  bool shadow_;
  std::vector<oncall_shift>& to_;
  std::vector<oncall_shift> open_;  // in the order of keys
};

// The runs in which the clock of the zone is in the mask, cut at the window.
std::vector<oncall_span> runs_of(const week_mask& mask, const zone& where, instant from, instant until) {
  std::vector<oncall_span> runs;
  walk(
      from, until, [&](instant at) { return next_change(mask, where, at); },
      [&](instant at, instant next) {
        if (!mask.covers(where.to_local(at))) return;
        if (!runs.empty() && runs.back().until == at) {
          runs.back().until = next;
        } else {
          runs.push_back({at, next});
        }
      });
  return runs;
}

// What a person's shifts, rising and apart, share with runs: the time, and in how many runs.
void measure(const std::vector<oncall_shift>& of_person, const std::vector<oncall_span>& runs, duration& time,
             std::int64_t& count) {
  std::size_t first = 0;
  const oncall_span* last_counted = nullptr;
  for (const oncall_shift& shift : of_person) {
    while (first < runs.size() && runs[first].until <= shift.from) ++first;
    for (std::size_t i = first; i < runs.size() && runs[i].from < shift.until; ++i) {
      time = time + (std::min(runs[i].until, shift.until) - std::max(runs[i].from, shift.from));
      if (last_counted != &runs[i]) ++count;
      last_counted = &runs[i];
    }
  }
}

}  // namespace

std::vector<oncall_shift> shifts(const roster& of, instant from, instant until, bool with_shadows) {
  std::vector<oncall_shift> result;
  shift_merger counted(of, false, result);
  shift_merger shadows(of, true, result);
  walk(of, from, until, [&](const on_call& now, instant at, instant next) {
    counted.take(now.people, at, next);
    if (with_shadows) shadows.take(now.shadows, at, next);
  });
  counted.end_all();
  shadows.end_all();
  std::ranges::sort(result, [&](const oncall_shift& a, const oncall_shift& b) {
    if (a.from != b.from) return a.from < b.from;
    if (a.person != b.person) return of.key_order(a.person, b.person);
    return a.shadow < b.shadow;
  });
  return result;
}

std::vector<oncall_span> gaps(const roster& of, instant from, instant until) {
  std::vector<oncall_span> result;
  walk(of, from, until, [&](const on_call& now, instant at, instant next) {
    if (!now.people.empty()) return;
    if (!result.empty() && result.back().until == at) {
      result.back().until = next;
    } else {
      result.push_back({at, next});
    }
  });
  return result;
}

std::vector<roster_change> changes(const roster& before, const roster& after, instant from, instant until) {
  check_window(from, until);
  std::vector<roster_change> result;
  walk(
      from, until, [&](instant at) { return std::min(before.next_change(at), after.next_change(at)); },
      [&](instant at, instant next) {
        std::vector<person_ref> old_people = before.who(at).people;
        std::vector<person_ref> new_people = after.who(at).people;
        if (old_people == new_people) return;
        if (!result.empty() && result.back().until == at && result.back().before == old_people &&
            result.back().after == new_people) {
          result.back().until = next;
        } else {
          result.push_back({at, next, std::move(old_people), std::move(new_people)});
        }
      });
  return result;
}

std::vector<burden> fairness(const roster& of, instant from, instant until, const burden_rules& rules,
                             const zone_data& zones) {
  const auto by_key = [&](person_ref a, person_ref b) { return of.key_order(a, b); };
  std::map<person_ref, std::vector<oncall_shift>, decltype(by_key)> by_person(by_key);
  for (const oncall_shift& shift : shifts(of, from, until)) by_person[shift.person].push_back(shift);

  const zone where = rules.zone.empty() ? of.zone_at(from) : zones.get(rules.zone);
  const std::vector<oncall_span> nights = runs_of(week_mask(rules.nights), where, from, until);
  const std::vector<oncall_span> weekends = runs_of(week_mask(rules.weekends), where, from, until);
  std::vector<burden> result;
  for (const auto& [person, of_person] : by_person) {
    burden& b = result.emplace_back(burden{.person = person, .shifts = std::ssize(of_person)});
    for (const oncall_shift& shift : of_person) b.time = b.time + (shift.until - shift.from);
    measure(of_person, nights, b.night_time, b.nights);
    measure(of_person, weekends, b.weekend_time, b.weekends);
  }
  return result;
}

}  // namespace tocsin::inline v1
