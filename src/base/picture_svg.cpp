// A picture as SVG, with a layout of its own: nothing else is needed to look at it.
#include "base/drawing_text.hpp"
#include "picture.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <tocsin/base/utf8.hpp>

#include "layered_layout.hpp"

namespace tocsin::inline v1::detail {
namespace {

constexpr std::size_t line_columns_max = 44;  // of a longer line the rest is left out
constexpr std::int64_t column_tenths = 75;    // width of a column at this size of type, in tenths of a pixel
constexpr std::int64_t line_height = 16;
constexpr std::int64_t padding = 12;

std::string shown(std::int64_t n) { return std::to_string(n); }

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

void draw_box(std::string& out, const layout_box& box, const picture_look& l, const std::vector<std::string>& lines) {
  const std::int64_t left = box.centre.x - box.width / 2;
  const std::int64_t top = box.centre.y - box.height / 2;
  out += "<rect x=\"" + shown(left) + "\" y=\"" + shown(top) + "\" width=\"" + shown(box.width) + "\" height=\"" +
         shown(box.height) + "\" rx=\"" + shown(l.corner) + "\" fill=\"" + std::string(l.fill) + "\" stroke=\"" +
         std::string(l.stroke) + "\"/>\n";
  std::int64_t y = top + padding + line_height - 4;
  for (const std::string& line : lines) {
    const std::string_view weight = &line == &lines.front() ? " font-weight=\"bold\"" : "";
    out += "<text x=\"" + shown(box.centre.x) + "\" y=\"" + shown(y) + "\" text-anchor=\"middle\"" +
           std::string(weight) + ">" + for_html(line) + "</text>\n";
    y += line_height;
  }
}

std::string at(layout_point p) { return shown(p.x) + "," + shown(p.y); }

void draw_path(std::string& out, const layout_link& link) {
  out += "<path d=\"M" + at(link.points.front());
  for (std::size_t i = 1; i < link.points.size(); ++i) {
    const layout_point from = link.points[i - 1];
    const layout_point to = link.points[i];
    const std::int64_t middle = (from.y + to.y) / 2;
    out += link.aside || from.x == to.x ? " L" + at(to)
                                        : " C" + at({from.x, middle}) + " " + at({to.x, middle}) + " " + at(to);
  }
  out += link.back ? "\" stroke-dasharray=\"6 4\"" : "\"";
  out += " marker-end=\"url(#arrow)\"/>\n";
}

// Beside the first piece of the link.
void draw_link_label(std::string& out, const layout_link& link, const std::string& text) {
  if (text.empty()) return;
  const layout_point from = link.points[0];
  const layout_point to = link.points[1];
  const std::int64_t x = link.aside ? from.x + 4 : (3 * from.x + to.x) / 4;
  const std::int64_t y = link.aside ? from.y + line_height : (3 * from.y + to.y) / 4 + 8;
  const std::string_view anchor = link.aside ? "start" : "middle";
  out += "<text x=\"" + shown(x) + "\" y=\"" + shown(y) + "\" text-anchor=\"" + std::string(anchor) +
         "\" fill=\"#444444\" stroke=\"#ffffff\" stroke-width=\"3\" paint-order=\"stroke\">" + for_html(cut(text)) +
         "</text>\n";
}

std::vector<std::string> cut_lines(const picture_box& box) {
  std::vector<std::string> lines = box.lines;
  std::ranges::transform(lines, lines.begin(), cut);
  return lines;
}

// The boxes, and behind them the dot at which it starts, if there is one.
layered_layout layout_of(const picture& of, const std::vector<std::vector<std::string>>& lines) {
  layered_layout layout;
  for (const std::vector<std::string>& label : lines) {
    std::int64_t width = 60;
    for (const std::string& line : label) width = std::max(width, width_of(line));
    layout.boxes.push_back({width + 2 * padding, std::ssize(label) * line_height + 2 * padding});
  }
  if (of.start) layout.boxes.push_back({12, 12});
  for (const picture_link& one : of.links) layout.links.push_back({one.from, one.to, one.back});
  if (of.start) layout.links.push_back({of.boxes.size(), *of.start});
  lay_out(layout);
  return layout;
}

}  // namespace

std::string as_svg(const picture& of) {
  std::vector<std::vector<std::string>> lines;
  for (const picture_box& box : of.boxes) lines.push_back(cut_lines(box));
  const layered_layout layout = layout_of(of, lines);
  const std::string width = shown(layout.width);
  const std::string height = shown(layout.height);
  std::string out =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"" + height + "\" viewBox=\"0 0 " +
      width + " " + height + "\" role=\"img\">\n<title>" + for_html(of.title) +
      "</title>\n"
      "<defs><marker id=\"arrow\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"8\" "
      "markerHeight=\"8\" orient=\"auto\"><path d=\"M0,0 L10,5 L0,10 z\" fill=\"#555555\"/></marker></defs>\n"
      "<rect width=\"" +
      width + "\" height=\"" + height +
      "\" fill=\"#ffffff\"/>\n"
      "<g fill=\"none\" stroke=\"#555555\" stroke-width=\"1.5\" stroke-linejoin=\"round\">\n";
  for (const layout_link& link : layout.links) draw_path(out, link);
  out += "</g>\n<g font-family=\"monospace\" font-size=\"12\">\n";
  if (of.start) {
    const layout_point opening = layout.boxes.back().centre;
    out += "<circle cx=\"" + shown(opening.x) + "\" cy=\"" + shown(opening.y) + "\" r=\"6\" fill=\"#222222\"/>\n";
  }
  for (std::size_t i = 0; i < lines.size(); ++i) draw_box(out, layout.boxes[i], of.boxes[i].look, lines[i]);
  for (std::size_t i = 0; i < of.links.size(); ++i) draw_link_label(out, layout.links[i], of.links[i].label);
  return out + "</g>\n</svg>\n";
}

}  // namespace tocsin::inline v1::detail
