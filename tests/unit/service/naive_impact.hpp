// Impact as the rule says it, sentence by sentence and slowly: the reference of the fast one (I1).
#pragma once

#include <map>
#include <string>
#include <vector>

#include <tocsin/model/configuration_item.hpp>
#include <tocsin/service/impact_analysis.hpp>

namespace naive {

using tocsin::impact_state;

struct said {
  std::vector<std::string> failed, degraded, excluded, maintenance;
};

struct affected {
  impact_state state = impact_state::ok;
  bool expected = false;
  std::vector<std::string> reason;

  friend bool operator==(const affected&, const affected&) = default;
};

using answer = std::map<std::string, affected>;

inline bool holds(const std::vector<std::string>& keys, const std::string& key) {
  for (const std::string& one : keys) {
    if (one == key) return true;
  }
  return false;
}

// A plain edge is a group of one.
inline std::vector<tocsin::dependency_group> all_groups(const tocsin::configuration_item& of) {
  std::vector<tocsin::dependency_group> result = of.groups;
  for (const auto* plain : {&of.depends_on, &of.runs_on, &of.part_of}) {
    for (const std::string& key : *plain) result.push_back({.members = {key}});
  }
  return result;
}

inline impact_state given_by(const tocsin::dependency_group& group, const std::map<std::string, impact_state>& states) {
  std::int64_t n = 0, f = 0, d = 0;
  for (const std::string& key : group.members) {
    ++n;
    if (states.at(key) == impact_state::failed) ++f;
    if (states.at(key) == impact_state::degraded) ++d;
  }
  const std::int64_t k = group.need ? group.need.value : n;
  if (n - f < k) {
    return group.effect == tocsin::dependency_effect::degraded ? impact_state::degraded : impact_state::failed;
  }
  if (n - f - d < k) return impact_state::degraded;
  return f + d > 0 ? impact_state::at_risk : impact_state::ok;
}

inline answer impact(const std::vector<tocsin::configuration_item>& items, const said& what) {
  std::map<std::string, impact_state> states, began;
  for (const auto& item : items) {
    impact_state begin = impact_state::ok;
    if (holds(what.degraded, item.key)) begin = impact_state::degraded;
    if (holds(what.failed, item.key)) begin = impact_state::failed;
    if (holds(what.excluded, item.key)) begin = impact_state::ok;
    states[item.key] = began[item.key] = begin;
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto& item : items) {
      if (holds(what.excluded, item.key)) continue;
      for (const auto& group : all_groups(item)) {
        const impact_state given = given_by(group, states);
        if (given <= states[item.key]) continue;
        states[item.key] = given;
        changed = true;
      }
    }
  }

  // Better chains take the place of others until there are none.
  std::map<std::string, std::vector<std::string>> reasons;
  const auto passes_on = [&](const std::string& key) { return states[key] >= impact_state::degraded; };
  for (const auto& [key, state] : began) {
    if (state != impact_state::ok) reasons[key] = {key};
  }
  const auto is_better = [](const std::vector<std::string>& a, const std::vector<std::string>& b) {
    return b.empty() || a.size() < b.size() || (a.size() == b.size() && a < b);
  };
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto& item : items) {
      if (states[item.key] == impact_state::ok) continue;
      for (const auto& group : all_groups(item)) {
        for (const std::string& member : group.members) {
          if (!passes_on(member) || reasons[member].empty()) continue;
          std::vector<std::string> chain = reasons[member];
          chain.push_back(item.key);
          if (!is_better(chain, reasons[item.key])) continue;
          reasons[item.key] = chain;
          changed = true;
        }
      }
    }
  }

  // What begins as unexpected makes others so, until nothing changes.
  std::map<std::string, bool> unexpected;
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto& item : items) {
      if (unexpected[item.key] || states[item.key] == impact_state::ok || holds(what.maintenance, item.key)) continue;
      bool is = began[item.key] != impact_state::ok;
      for (const auto& group : all_groups(item)) {
        for (const std::string& member : group.members) is = is || (passes_on(member) && unexpected[member]);
      }
      unexpected[item.key] = is;
      changed = changed || is;
    }
  }

  answer result;
  for (const auto& [key, state] : states) {
    if (state == impact_state::ok) continue;
    result[key] = {state, !what.maintenance.empty() && !unexpected[key], reasons[key]};
  }
  return result;
}

}  // namespace naive
