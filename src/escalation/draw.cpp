#include <tocsin/escalation/draw.hpp>

#include <array>
#include <string_view>
#include <vector>

#include <tocsin/base/text_form.hpp>
#include <tocsin/time/instant.hpp>

#include "base/drawing_text.hpp"
#include "drawing.hpp"

namespace tocsin::inline v1 {
namespace {

template <class Enum>
std::string name_of(Enum value) {
  return std::string(choices(value)[static_cast<std::size_t>(value) - 1]);
}

std::string shown(duration d) {
  char text[text_form::size_max];
  return {text, text_form_of(d).write(d.us, text)};
}

std::string shown(const escalation_target& target) {
  if (target.kind == escalation_target_kind::person) return target.key;
  return name_of(target.kind) + (target.key.empty() ? "" : " " + target.key);
}

}  // namespace

std::vector<std::string> drawn_label(const escalation_node& node) {
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

std::vector<drawn_link> drawn_links(const escalation_graph& graph) {
  std::vector<drawn_link> result;
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

namespace {

std::string joined(const std::vector<std::string>& lines, std::string_view between,
                   std::string (*escaped)(std::string_view)) {
  std::string result;
  for (const std::string& line : lines) {
    if (!result.empty()) result += between;
    result += escaped(line);
  }
  return result;
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

std::string number(std::uint32_t node) { return "n" + std::to_string(node); }

}  // namespace

std::string draw_dot(const escalation_graph& graph) {
  std::string out = "digraph \"" + for_dot(graph.policy().key) + "\" {\n  start [shape=point];\n";
  for (std::uint32_t i = 0; i < graph.nodes().size(); ++i) {
    out += "  " + number(i) + " [shape=" + std::string(dot_shape(graph.at(i).kind)) + ", label=\"" +
           joined(drawn_label(graph.declared(i)), "\\n", for_dot) + "\"];\n";
  }
  out += "  start -> " + number(graph.start()) + ";\n";
  for (const drawn_link& one : drawn_links(graph)) {
    out += "  " + number(one.from) + " -> " + number(one.to);
    std::string with;
    if (!one.label.empty()) with += "label=\"" + for_dot(one.label) + '"';
    if (one.back) with += ", style=dashed, constraint=false";
    if (!with.empty()) out += " [" + with + ']';
    out += ";\n";
  }
  return out + "}\n";
}

std::string draw_mermaid(const escalation_graph& graph) {
  std::string out = "flowchart TD\n  start(( ))\n";
  for (std::uint32_t i = 0; i < graph.nodes().size(); ++i) {
    const auto [open, close] = mermaid_brackets(graph.at(i).kind);
    out += "  " + number(i) + std::string(open) + joined(drawn_label(graph.declared(i)), "<br>", for_mermaid) +
           std::string(close) + '\n';
  }
  out += "  start --> " + number(graph.start()) + '\n';
  for (const drawn_link& one : drawn_links(graph)) {
    out += "  " + number(one.from) + (one.back ? " -.->" : " -->");
    if (!one.label.empty()) out += "|\"" + for_mermaid(one.label) + "\"|";
    out += " " + number(one.to) + '\n';
  }
  return out;
}

}  // namespace tocsin::inline v1
