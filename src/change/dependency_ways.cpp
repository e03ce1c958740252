#include <tocsin/change/dependency_ways.hpp>

#include <algorithm>

namespace tocsin::inline v1 {

dependency_ways::dependency_ways(const service_graph& graph, std::span<const item_number> targets)
    : targets_(targets.begin(), targets.end()) {
  std::vector<item_number> met;
  for (const item_number target : targets_) {
    if (needs_.try_emplace(target).second) met.push_back(target);
  }
  for (std::size_t i = 0; i < met.size(); ++i) {
    const item_number needed = met[i];
    graph.each_dependent(needed, [&](dependent by) {
      const item_number owner = graph.owner(by);
      const auto [known, is_new] = needs_.try_emplace(owner);
      known->second.push_back(needed);
      if (is_new) met.push_back(owner);
    });
  }
}

std::vector<dependency_way> dependency_ways::from(std::span<const item_number> starts) const {
  std::unordered_map<item_number, item_number> before;  // on the way; a start has itself
  std::vector<item_number> met;
  for (const item_number start : starts) {
    if (needs_.contains(start) && before.try_emplace(start, start).second) met.push_back(start);
  }
  for (std::size_t i = 0; i < met.size(); ++i) {
    const item_number at = met[i];
    for (const item_number needed : needs_.find(at)->second) {
      if (before.try_emplace(needed, at).second) met.push_back(needed);
    }
  }
  std::vector<dependency_way> ways(targets_.size());
  for (std::size_t i = 0; i < targets_.size(); ++i) {
    auto step = before.find(targets_[i]);
    if (step == before.end()) continue;
    for (; step->first != step->second; step = before.find(step->second)) ways[i].push_back(step->first);
    ways[i].push_back(step->first);
    std::ranges::reverse(ways[i]);
  }
  return ways;
}

}  // namespace tocsin::inline v1
