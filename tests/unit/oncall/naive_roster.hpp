// Who is on call by reading the book anew for each minute: the slow, obvious way, against which rosters are held (O2).
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <tocsin/oncall/roster.hpp>

#include "listed_hand_offs.hpp"

namespace given {

using namespace tocsin;

class naive_roster {
 public:
  using people = std::set<std::string>;

  explicit naive_roster(const oncall_book& book) : book_(book) {
    for (const auto& version : book.rotations)
      listed_[version.definition.key] = listed_hand_offs(version.definition, 80);
  }

  people who(instant t) const {
    people result;
    bool blanked = false;
    std::int64_t highest = 0;
    for (const schedule_override& one : book_.overrides) {
      if (one.kind != override_kind::exclusive || !acts(one, t)) continue;
      if (!blanked || one.rank > highest) result.clear();
      if (blanked && one.rank < highest) continue;
      highest = one.rank;
      blanked = true;
      result.insert(one.people.begin(), one.people.end());
    }
    if (blanked) return result;
    result = by_layers(t);
    for (const schedule_override& one : book_.overrides) {
      if (!acts(one, t)) continue;
      if (one.kind == override_kind::add) result.insert(one.people.begin(), one.people.end());
      if (one.kind == override_kind::remove) {
        for (const std::string& key : one.people) result.erase(key);
      }
      if (one.kind == override_kind::replace && result.erase(one.replaced) != 0) {
        result.insert(one.people.begin(), one.people.end());
      }
    }
    return result;
  }

 private:
  static bool acts(const schedule_override& one, instant t) {
    return t >= one.from && t < one.until && t >= one.accepted_at &&
           (!is_set(one.withdrawn_at) || t < one.withdrawn_at);
  }

  people by_layers(instant t) const {
    const schedule* in_force = nullptr;
    for (const auto& version : book_.schedules) {
      if (version.from <= t) in_force = &version.definition;
    }
    people result;
    if (!in_force) return result;
    std::int64_t top = INT64_MIN;
    for (const schedule_layer& layer : in_force->layers) {
      const people here = of_layer(*in_force, layer, t);
      if (here.empty() || layer.shadow) continue;
      if (in_force->combination == layer_combination::top_priority) {
        if (layer.priority < top) continue;
        if (layer.priority > top) result.clear();
      }
      top = layer.priority;
      result.insert(here.begin(), here.end());
    }
    return result;
  }

  people of_layer(const schedule& s, const schedule_layer& layer, instant t) const {
    if (t < layer.active_from || (is_set(layer.active_until) && t >= layer.active_until)) return {};
    const zone where = zone_data::bundled().get(layer.zone.empty() ? s.zone : layer.zone);
    if (!matches(layer.restrictions, where.to_local(t))) return {};
    if (layer.rotation.empty()) return present(layer.people, t);
    const rotation* r = nullptr;
    for (const auto& version : book_.rotations) {
      if (version.definition.key == layer.rotation) r = &version.definition;
    }
    return of_rotation(*r, layer.turns_ahead, t);
  }

  // A window is of the day it starts on, so yesterday's is looked at too.
  static bool matches(const std::vector<weekly_window>& windows, local_time local) {
    if (windows.empty()) return true;
    for (const weekly_window& w : windows) {
      for (const int days_back : {0, 1}) {
        const std::int64_t date = floor_div(local.us, day.us) - days_back;
        const duration since_midnight = local - local_time{date * day.us};
        const std::int64_t end = w.end.us > w.start.us ? w.end.us : w.end.us + day.us;
        const bool on_day = std::ranges::any_of(w.days, [&](week_day d) { return number_of(d) == weekday(date); });
        if (on_day && since_midnight.us >= w.start.us && since_midnight.us < end) return true;
      }
    }
    return false;
  }

  const absence* absence_of(const std::string& key, instant t) const {
    for (const absence& one : book_.absences) {
      if (one.person == key && t >= one.from && t < one.until) return &one;
    }
    return nullptr;
  }

  people present(const std::vector<std::string>& keys, instant t) const {
    people result;
    for (const std::string& key : keys) {
      if (!absence_of(key, t)) result.insert(key);
    }
    return result;
  }

  people of_rotation(const rotation& r, std::int64_t ahead, instant t) const {
    const auto& listed = listed_.at(r.key);
    const auto n = std::ssize(r.participants);
    auto at = listed.begin();
    if (t < at->second || t >= listed.rbegin()->second) FAIL("the list is too short");
    while (std::next(at)->second <= t) ++at;
    if ((at->first < 0 && !r.extend) || n == 0) return {};
    if (r.on_call.us != 0 && t >= at->second + r.on_call) return {};
    const auto slot = [&](std::int64_t k) -> const std::vector<std::string>& {
      return r.participants[static_cast<std::size_t>(((at->first + k) % n + n) % n)].people;
    };
    if (r.absence == absence_rule::gap) return present(slot(ahead), t);
    if (r.absence == absence_rule::cover) {
      people result;
      for (const std::string& key : slot(ahead)) {
        std::string one = key;
        for (int i = 0; i < 20 && !one.empty() && absence_of(one, t); ++i) one = absence_of(one, t)->cover;
        if (!one.empty() && !absence_of(one, t)) result.insert(one);
      }
      return result;
    }
    std::vector<std::vector<std::string>> there;
    for (std::int64_t k = 0; k < n; ++k) {
      if (slot(k).empty() || !present(slot(k), t).empty()) there.push_back(slot(k));
    }
    if (there.empty()) return {};
    return present(there[static_cast<std::size_t>(ahead) % there.size()], t);
  }

  const oncall_book& book_;
  std::map<std::string, std::map<std::int64_t, instant>> listed_;
};

}  // namespace given
