#include "picture.hpp"

#include <tocsin/base/drawing_form.hpp>

#include "drawing_text.hpp"

namespace tocsin::inline v1 {

std::span<const std::string_view> choices(drawing_form) {
  static constexpr std::string_view all[] = {"mermaid", "dot", "svg"};
  return all;
}

}  // namespace tocsin::inline v1

namespace tocsin::inline v1::detail {
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

std::string number(std::uint32_t box) { return "n" + std::to_string(box); }

}  // namespace

std::string as_dot(const picture& of) {
  std::string out = "digraph \"" + for_dot(of.title) + "\" {\n";
  if (of.start) out += "  start [shape=point];\n";
  for (std::uint32_t i = 0; i < of.boxes.size(); ++i) {
    out += "  " + number(i) + " [shape=" + std::string(of.boxes[i].look.dot_shape) + ", label=\"" +
           joined(of.boxes[i].lines, "\\n", for_dot) + "\"];\n";
  }
  if (of.start) out += "  start -> " + number(*of.start) + ";\n";
  for (const picture_link& one : of.links) {
    out += "  " + number(one.from) + " -> " + number(one.to);
    std::string with;
    if (!one.label.empty()) with += "label=\"" + for_dot(one.label) + '"';
    if (one.back) with += std::string(with.empty() ? "" : ", ") + "style=dashed, constraint=false";
    if (!with.empty()) out += " [" + with + ']';
    out += ";\n";
  }
  return out + "}\n";
}

std::string as_mermaid(const picture& of) {
  std::string out = "flowchart TD\n";
  if (of.start) out += "  start(( ))\n";
  for (std::uint32_t i = 0; i < of.boxes.size(); ++i) {
    const picture_look& look = of.boxes[i].look;
    out += "  " + number(i) + std::string(look.mermaid_open) + joined(of.boxes[i].lines, "<br>", for_mermaid) +
           std::string(look.mermaid_close) + '\n';
  }
  if (of.start) out += "  start --> " + number(*of.start) + '\n';
  for (const picture_link& one : of.links) {
    out += "  " + number(one.from) + (one.back ? " -.->" : " -->");
    if (!one.label.empty()) out += "|\"" + for_mermaid(one.label) + "\"|";
    out += " " + number(one.to) + '\n';
  }
  return out;
}

}  // namespace tocsin::inline v1::detail
