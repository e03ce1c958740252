// What a picture of a policy shows: the same whatever it is drawn with.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <tocsin/escalation/escalation_graph.hpp>

namespace tocsin::inline v1 {

// What stands in a node, a line each.
std::vector<std::string> drawn_label(const escalation_node& node);

struct drawn_link {
  std::uint32_t from;
  std::uint32_t to;
  std::string label;
  bool back = false;  // of a repeat
};

std::vector<drawn_link> drawn_links(const escalation_graph& graph);

}  // namespace tocsin::inline v1
