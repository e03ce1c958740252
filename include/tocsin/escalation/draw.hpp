// A policy as a picture: the text of a Graphviz or a Mermaid drawing, or SVG as it is shown, the same for the same policy.
#pragma once

#include <string>

#include <tocsin/escalation/escalation_graph.hpp>

namespace tocsin::inline v1 {

std::string draw_dot(const escalation_graph& graph);
std::string draw_mermaid(const escalation_graph& graph);

// Laid out here, in layers: no other program is needed to look at it.
std::string draw_svg(const escalation_graph& graph);

}  // namespace tocsin::inline v1
