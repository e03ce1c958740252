// How items of the service graph are near to each other: one is the other, or depends on it, directly or through the
// graph (R-P12).
#pragma once

#include <cstddef>
#include <span>
#include <unordered_map>
#include <vector>

#include <tocsin/service/service_graph.hpp>

namespace tocsin::inline v1 {

// A shortest way from an item to one that it depends on: each needs the next. Of length one, it is that item.
using dependency_way = std::vector<item_number>;

// The ways that lead to any of the targets. Made once, asked for many starts: its cost grows with what depends on the
// targets, not with the graph.
class dependency_ways {
 public:
  dependency_ways(const service_graph& graph, std::span<const item_number> targets);

  // For each target, in their order, the way to it from the nearest of the starts; empty: none of them depends on it.
  std::vector<dependency_way> from(std::span<const item_number> starts) const;

 private:
  std::vector<item_number> targets_;
  std::unordered_map<item_number, std::vector<item_number>> needs_;  // of each item that depends on a target
};

}  // namespace tocsin::inline v1
