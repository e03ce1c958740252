// A policy as SVG, with a layout of its own: nothing else is needed to look at it.
#include <tocsin/escalation/draw.hpp>

#include <algorithm>
#include <array>
#include <string_view>

#include <tocsin/base/utf8.hpp>

#include "drawing.hpp"
#include "layered_layout.hpp"

namespace tocsin::inline v1 {
namespace {

constexpr std::size_t line_columns_max = 44;  // of a longer line the rest is left out
constexpr std::int64_t column_tenths = 75;    // width of a column at this size of type, in tenths of a pixel
constexpr std::int64_t line_height = 16;
constexpr std::int64_t padding = 12;

std::string shown(std::int64_t n) { return std::to_string(n); }

// XML 1.0 has no control characters at all.
std::string for_xml(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default:
        result += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
    }
  }
  return result;
}

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

// Beyond ASCII a character may be as wide as two columns; none is wider.
std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  for (const char c : text) {
    if (!continues(c)) columns += static_cast<unsigned char>(c) < 0x80 ? 1 : 2;
  }
  return columns;
}

std::string cut(const std::string& text) {
  if (columns_of(text) <= line_columns_max) return text;
  std::size_t end = 0;
  std::size_t columns = 0;
  while (end < text.size() && columns < line_columns_max - 2) {
    columns += static_cast<unsigned char>(text[end]) < 0x80 ? std::size_t{1} : std::size_t{2};
    do ++end;
    while (end < text.size() && continues(text[end]));
  }
  return text.substr(0, end) + "\xe2\x80\xa6";
}

std::int64_t width_of(std::string_view text) {
  return static_cast<std::int64_t>(columns_of(text)) * column_tenths / 10;
}

struct look {
  std::string_view fill;
  std::string_view stroke;
  std::int64_t corner;
};

look look_of(node_kind kind) {
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

std::vector<std::string> lines_of(const escalation_node& node) {
  std::vector<std::string> lines = drawn_label(node);
  std::ranges::transform(lines, lines.begin(), cut);
  return lines;
}

void draw_box(std::string& out, const detail::layout_box& box, node_kind kind, const std::vector<std::string>& lines) {
  const look l = look_of(kind);
  const std::int64_t left = box.centre.x - box.width / 2;
  const std::int64_t top = box.centre.y - box.height / 2;
  out += "<rect x=\"" + shown(left) + "\" y=\"" + shown(top) + "\" width=\"" + shown(box.width) + "\" height=\"" +
         shown(box.height) + "\" rx=\"" + shown(l.corner) + "\" fill=\"" + std::string(l.fill) + "\" stroke=\"" +
         std::string(l.stroke) + "\"/>\n";
  std::int64_t y = top + padding + line_height - 4;
  for (const std::string& line : lines) {
    const std::string_view weight = &line == &lines.front() ? " font-weight=\"bold\"" : "";
    out += "<text x=\"" + shown(box.centre.x) + "\" y=\"" + shown(y) + "\" text-anchor=\"middle\"" +
           std::string(weight) + ">" + for_xml(line) + "</text>\n";
    y += line_height;
  }
}

std::string at(detail::layout_point p) { return shown(p.x) + "," + shown(p.y); }

void draw_path(std::string& out, const detail::layout_link& link) {
  out += "<path d=\"M" + at(link.points.front());
  for (std::size_t i = 1; i < link.points.size(); ++i) {
    const detail::layout_point from = link.points[i - 1];
    const detail::layout_point to = link.points[i];
    const std::int64_t middle = (from.y + to.y) / 2;
    out += link.aside || from.x == to.x ? " L" + at(to)
                                        : " C" + at({from.x, middle}) + " " + at({to.x, middle}) + " " + at(to);
  }
  out += link.back ? "\" stroke-dasharray=\"6 4\"" : "\"";
  out += " marker-end=\"url(#arrow)\"/>\n";
}

// Beside the first piece of the link.
void draw_link_label(std::string& out, const detail::layout_link& link, const std::string& text) {
  if (text.empty()) return;
  const detail::layout_point from = link.points[0];
  const detail::layout_point to = link.points[1];
  const std::int64_t x = link.aside ? from.x + 4 : (3 * from.x + to.x) / 4;
  const std::int64_t y = link.aside ? from.y + line_height : (3 * from.y + to.y) / 4 + 8;
  const std::string_view anchor = link.aside ? "start" : "middle";
  out += "<text x=\"" + shown(x) + "\" y=\"" + shown(y) + "\" text-anchor=\"" + std::string(anchor) +
         "\" fill=\"#444444\" stroke=\"#ffffff\" stroke-width=\"3\" paint-order=\"stroke\">" + for_xml(cut(text)) +
         "</text>\n";
}

// The boxes are the nodes, and behind them the point at which an incident opens.
detail::layered_layout layout_of(const escalation_graph& graph, const std::vector<std::vector<std::string>>& lines,
                                 const std::vector<drawn_link>& links) {
  detail::layered_layout layout;
  for (const std::vector<std::string>& label : lines) {
    std::int64_t width = 60;
    for (const std::string& line : label) width = std::max(width, width_of(line));
    layout.boxes.push_back({width + 2 * padding, std::ssize(label) * line_height + 2 * padding});
  }
  layout.boxes.push_back({12, 12});
  for (const drawn_link& one : links) layout.links.push_back({one.from, one.to, one.back});
  layout.links.push_back({graph.nodes().size(), graph.start()});
  detail::lay_out(layout);
  return layout;
}

}  // namespace

std::string draw_svg(const escalation_graph& graph) {
  const std::vector<drawn_link> links = drawn_links(graph);
  std::vector<std::vector<std::string>> lines;
  for (std::uint32_t i = 0; i < graph.nodes().size(); ++i) lines.push_back(lines_of(graph.declared(i)));
  const detail::layered_layout layout = layout_of(graph, lines, links);
  const std::string width = shown(layout.width);
  const std::string height = shown(layout.height);
  std::string out =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"" + height + "\" viewBox=\"0 0 " +
      width + " " + height + "\" role=\"img\">\n<title>" + for_xml(graph.policy().key) +
      "</title>\n"
      "<defs><marker id=\"arrow\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"8\" "
      "markerHeight=\"8\" orient=\"auto\"><path d=\"M0,0 L10,5 L0,10 z\" fill=\"#555555\"/></marker></defs>\n"
      "<rect width=\"" +
      width + "\" height=\"" + height +
      "\" fill=\"#ffffff\"/>\n"
      "<g fill=\"none\" stroke=\"#555555\" stroke-width=\"1.5\" stroke-linejoin=\"round\">\n";
  for (const detail::layout_link& link : layout.links) draw_path(out, link);
  out += "</g>\n<g font-family=\"monospace\" font-size=\"12\">\n";
  const detail::layout_point opening = layout.boxes.back().centre;
  out += "<circle cx=\"" + shown(opening.x) + "\" cy=\"" + shown(opening.y) + "\" r=\"6\" fill=\"#222222\"/>\n";
  for (std::uint32_t i = 0; i < graph.nodes().size(); ++i) {
    draw_box(out, layout.boxes[i], graph.at(i).kind, lines[i]);
  }
  for (std::size_t i = 0; i < links.size(); ++i) draw_link_label(out, layout.links[i], links[i].label);
  return out + "</g>\n</svg>\n";
}

}  // namespace tocsin::inline v1
