// A picture of boxes and arrows, as the text of a Graphviz or a Mermaid drawing, or as SVG with a layout of its own: the same
// picture is the same text everywhere.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::inline v1::detail {

struct picture_look {
  std::string_view fill = "#ffffff";
  std::string_view stroke = "#555555";
  std::int64_t corner = 6;
  std::string_view dot_shape = "box";
  std::string_view mermaid_open = "[\"";
  std::string_view mermaid_close = "\"]";
};

struct picture_box {
  std::vector<std::string> lines;
  picture_look look;
};

struct picture_link {
  std::uint32_t from;
  std::uint32_t to;
  std::string label;
  bool back = false;  // dashed; without those that go back there are no circles
};

struct picture {
  std::string title;
  std::vector<picture_box> boxes;
  std::vector<picture_link> links;
  std::optional<std::uint32_t> start;  // the box that an arrow from a dot leads to
};

std::string as_dot(const picture& of);
std::string as_mermaid(const picture& of);
std::string as_svg(const picture& of);

}  // namespace tocsin::inline v1::detail
