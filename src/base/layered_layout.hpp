// Where the boxes of a drawing stand: in layers by the longest path that leads there, in each layer in the order in which
// links cross least (barycentres), side by side as close below what leads there as room allows. Integers alone: the same
// graph is the same picture everywhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tocsin::inline v1::detail {

struct layout_point {
  std::int64_t x;
  std::int64_t y;
};

struct layout_box {
  std::int64_t width;
  std::int64_t height;
  layout_point centre{0, 0};
  std::size_t layer = 0;
};

struct layout_link {
  std::size_t from;
  std::size_t to;
  bool back = false;                 // against the layers
  std::vector<layout_point> points;  // from the lower edge of the one to the upper edge of the other
  bool aside = false;                // it runs beside the drawing: straight lines, not curves
};

struct layered_layout {
  std::vector<layout_box> boxes;
  std::vector<layout_link> links;
  std::int64_t width = 0;
  std::int64_t height = 0;
};

// Boxes with their sizes, and links without circles but for those that go back. Places are filled in.
void lay_out(layered_layout& drawing);

}  // namespace tocsin::inline v1::detail
