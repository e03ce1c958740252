#include <tocsin/escalation/draw.hpp>

#include <array>
#include <string_view>
#include <vector>

#include <tocsin/base/text_form.hpp>
#include <tocsin/time/instant.hpp>

#include "base/picture.hpp"

#include "time/shown.hpp"

namespace tocsin::inline v1 {
namespace {

template <class Enum>
std::string name_of(Enum value) {
  return std::string(choices(value)[static_cast<std::size_t>(value) - 1]);
}

std::string shown(const escalation_target& target) {
  if (target.kind == escalation_target_kind::person) return target.key;
  return name_of(target.kind) + (target.key.empty() ? "" : " " + target.key);
}

// What stands in a node, a line each.
std::vector<std::string> label_of(const escalation_node& node) {
  std::vector<std::string> lines{node.key, name_of(node.kind)};
  const auto add = [&](const std::string& what, const std::string& value) {
    if (!value.empty()) lines.push_back(what + value);
  };
  for (const escalation_target& target : node.targets) lines.push_back(shown(target));
  if (node.urgency != urgency::unset) add("urgency: ", name_of(node.urgency));
  if (node.acknowledgement == acknowledgement::all) add("acknowledged by ", "all");
  if (node.acknowledgement == acknowledgement::some) add("acknowledged by ", std::to_string(node.needed));
  add("if ", node.condition.text);
  add("calendar ", node.calendar);
  add("team ", node.team);
  if (node.level != 0) add("level ", std::to_string(node.level));
  add("", node.automation);
  add("because ", node.reason);
  return lines;
}

std::vector<detail::picture_link> links_of(const escalation_graph& graph) {
  std::vector<detail::picture_link> result;
  for (std::uint32_t i = 0; i < graph.nodes().size(); ++i) {
    const graph_node& here = graph.at(i);
    const escalation_node& node = graph.declared(i);
    const std::string time = node.delay.us == 0 ? "" : shown(node.delay);
    if (here.kind == node_kind::repeat) {
      result.push_back({i, here.other, node.times < 0 ? "for ever" : std::to_string(node.times) + " times", true});
    }
    if (here.next != no_node) result.push_back({i, here.next, here.kind == node_kind::branch ? "yes" : time});
    if (here.kind == node_kind::branch) result.push_back({i, here.other, "no"});
  }
  return result;
}

struct colours {
  std::string_view fill;
  std::string_view stroke;
  std::int64_t corner;
};

colours colours_of(node_kind kind) {
  switch (kind) {
    case node_kind::notify:
      return {"#e3effb", "#2a6db0", 6};
    case node_kind::raise:
    case node_kind::declare_major:
      return {"#fbe6e3", "#b03a2a", 6};
    case node_kind::branch:
      return {"#fdf5da", "#a5811b", 2};
    case node_kind::stop:
      return {"#ececec", "#555555", 18};
    case node_kind::wait:
    case node_kind::repeat:
      return {"#f4f1fa", "#6b5b95", 18};
    default:
      return {"#e6f5ea", "#2f8550", 6};
  }
}

std::string_view dot_shape(node_kind kind) {
  switch (kind) {
    case node_kind::branch:
      return "diamond";
    case node_kind::stop:
      return "doublecircle";
    case node_kind::wait:
    case node_kind::repeat:
      return "ellipse";
    default:
      return "box";
  }
}

std::array<std::string_view, 2> mermaid_brackets(node_kind kind) {
  switch (kind) {
    case node_kind::branch:
      return {"{\"", "\"}"};
    case node_kind::stop:
      return {"(((\"", "\")))"};
    case node_kind::wait:
    case node_kind::repeat:
      return {"([\"", "\"])"};
    default:
      return {"[\"", "\"]"};
  }
}

detail::picture_look look_of(node_kind kind) {
  const colours c = colours_of(kind);
  const auto [open, close] = mermaid_brackets(kind);
  return {c.fill, c.stroke, c.corner, dot_shape(kind), open, close};
}

detail::picture picture_of(const escalation_graph& graph) {
  detail::picture result{graph.policy().key, {}, {}, graph.start()};
  for (std::uint32_t i = 0; i < graph.nodes().size(); ++i) {
    result.boxes.push_back({label_of(graph.declared(i)), look_of(graph.at(i).kind)});
  }
  result.links = links_of(graph);
  return result;
}

}  // namespace

std::string draw_dot(const escalation_graph& graph) { return as_dot(picture_of(graph)); }
std::string draw_mermaid(const escalation_graph& graph) { return as_mermaid(picture_of(graph)); }
std::string draw_svg(const escalation_graph& graph) { return as_svg(picture_of(graph)); }

}  // namespace tocsin::inline v1
