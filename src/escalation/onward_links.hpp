// The links of an escalation graph that are no repeat's way back: with these alone, nothing may go round (E2).
#pragma once

#include <vector>

#include <tocsin/escalation/escalation_graph.hpp>

#include "base/graph.hpp"

namespace tocsin::inline v1 {

inline std::vector<detail::edge> onward_links(std::span<const graph_node> nodes) {
  std::vector<detail::edge> links;
  for (detail::vertex i = 0; i < nodes.size(); ++i) {
    const graph_node& node = nodes[i];
    if (node.next != no_node) links.push_back({i, node.next});
    if (node.kind == node_kind::branch) links.push_back({i, node.other});
  }
  return links;
}

}  // namespace tocsin::inline v1
