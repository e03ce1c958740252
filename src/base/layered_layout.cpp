#include "layered_layout.hpp"

#include <algorithm>

#include "graph.hpp"

namespace tocsin::inline v1::detail {
namespace {

constexpr std::int64_t margin = 24;
constexpr std::int64_t gap_beside = 36;
constexpr std::int64_t gap_below = 60;
constexpr std::int64_t lane_width = 14;
constexpr std::size_t span_max = 8;  // layers; a longer link runs beside the drawing
constexpr int sweeps = 8;
constexpr std::int64_t fine = 1024;  // of a barycentre

// A box, or the bend of a link where it passes a layer.
struct item {
  std::int64_t width;
  std::int64_t x = 0;
  std::vector<std::size_t> above;
  std::vector<std::size_t> below;
};

class layouter {
 public:
  explicit layouter(layered_layout& drawing) : d_(drawing) {}

  void run() {
    find_layers();
    put_items();
    for (int i = 0; i < sweeps; ++i) order(i % 2 == 0);
    place_across();
    place_down();
    draw_links();
  }

 private:
  void find_layers() {
    std::vector<edge> edges;
    for (const layout_link& l : d_.links) {
      if (!l.back) edges.push_back({static_cast<vertex>(l.from), static_cast<vertex>(l.to)});
    }
    const digraph onward(d_.boxes.size(), edges);
    for (const vertex box : topological_order(onward)) {
      for (const vertex next : onward.targets(box)) {
        d_.boxes[next].layer = std::max(d_.boxes[next].layer, d_.boxes[box].layer + 1);
      }
    }
  }

  void put_items() {
    std::size_t layers = 0;
    for (const layout_box& box : d_.boxes) {
      items_.push_back({box.width});
      layers = std::max(layers, box.layer + 1);
    }
    rows_.resize(layers);
    for (std::size_t i = 0; i < d_.boxes.size(); ++i) rows_[d_.boxes[i].layer].push_back(i);
    bends_.resize(d_.links.size());
    for (std::size_t i = 0; i < d_.links.size(); ++i) {
      layout_link& l = d_.links[i];
      l.aside = l.back || d_.boxes[l.to].layer - d_.boxes[l.from].layer > span_max;
      if (!l.aside) thread(l, bends_[i]);
    }
  }

  // The link as a chain from layer to layer.
  void thread(const layout_link& l, std::vector<std::size_t>& bends) {
    std::size_t last = l.from;
    for (std::size_t layer = d_.boxes[l.from].layer + 1; layer <= d_.boxes[l.to].layer; ++layer) {
      std::size_t next = l.to;
      if (layer < d_.boxes[l.to].layer) {
        next = items_.size();
        items_.push_back({lane_width});
        rows_[layer].push_back(next);
        bends.push_back(next);
      }
      items_[last].below.push_back(next);
      items_[next].above.push_back(last);
      last = next;
    }
  }

  // Rows in the order of the middle of what they hang on; what hangs on nothing stays where it is.
  void order(bool downwards) {
    std::vector<std::int64_t> place(items_.size());
    for (const auto& row : rows_) number(row, place);
    std::vector<std::int64_t> key(items_.size());
    for (std::size_t n = 0; n < rows_.size(); ++n) {
      auto& row = rows_[downwards ? n : rows_.size() - 1 - n];
      for (const std::size_t i : row) {
        const auto& beside = downwards ? items_[i].above : items_[i].below;
        std::int64_t sum = 0;
        for (const std::size_t other : beside) sum += place[other] * fine;
        key[i] = beside.empty() ? place[i] * fine : sum / std::ssize(beside);
      }
      std::ranges::stable_sort(row, {}, [&](std::size_t i) { return key[i]; });
      number(row, place);
    }
  }

  static void number(const std::vector<std::size_t>& row, std::vector<std::int64_t>& place) {
    for (std::size_t i = 0; i < row.size(); ++i) place[row[i]] = static_cast<std::int64_t>(i);
  }

  std::int64_t apart(std::size_t a, std::size_t b) const {
    return (items_[a].width + items_[b].width) / 2 + gap_beside;
  }

  void place_across() {
    for (const auto& row : rows_) {
      for (std::size_t i = 1; i < row.size(); ++i) items_[row[i]].x = items_[row[i - 1]].x + apart(row[i - 1], row[i]);
      const std::int64_t middle = row.empty() ? 0 : items_[row.back()].x / 2;
      for (const std::size_t i : row) items_[i].x -= middle;
    }
    for (int sweep = 0; sweep < sweeps; ++sweep) {
      for (std::size_t n = 0; n < rows_.size(); ++n) {
        pull(rows_[sweep % 2 == 0 ? n : rows_.size() - 1 - n], sweep % 2 == 0);
      }
    }
    std::int64_t least = 0;
    std::int64_t most = 0;
    for (const item& i : items_) {
      least = std::min(least, i.x - i.width / 2);
      most = std::max(most, i.x + i.width / 2);
    }
    for (item& i : items_) i.x += margin - least;
    d_.width = most - least + 2 * margin;
  }

  // Each as near to the middle of what it hangs on as its neighbours let it: the mean of what they allow from the left and
  // from the right keeps them apart.
  void pull(const std::vector<std::size_t>& row, bool downwards) {
    std::vector<std::int64_t> wanted;
    for (const std::size_t i : row) {
      const auto& beside = downwards ? items_[i].above : items_[i].below;
      std::int64_t sum = 0;
      for (const std::size_t other : beside) sum += items_[other].x;
      wanted.push_back(beside.empty() ? items_[i].x : sum / std::ssize(beside));
    }
    std::vector<std::int64_t> from_left = wanted;
    std::vector<std::int64_t> from_right = wanted;
    for (std::size_t i = 1; i < row.size(); ++i) {
      from_left[i] = std::max(wanted[i], from_left[i - 1] + apart(row[i - 1], row[i]));
      const std::size_t k = row.size() - 1 - i;
      from_right[k] = std::min(wanted[k], from_right[k + 1] - apart(row[k], row[k + 1]));
    }
    for (std::size_t i = 0; i < row.size(); ++i) items_[row[i]].x = (from_left[i] + from_right[i]) / 2;
  }

  void place_down() {
    std::int64_t y = margin;
    for (const auto& row : rows_) {
      std::int64_t height = 0;
      for (const std::size_t i : row) {
        if (i < d_.boxes.size()) height = std::max(height, d_.boxes[i].height);
      }
      row_top_.push_back(y);
      row_bottom_.push_back(y + height);
      for (const std::size_t i : row) {
        if (i < d_.boxes.size()) d_.boxes[i].centre = {items_[i].x, y + height / 2};
      }
      y += height + gap_below;
    }
    d_.height = y - gap_below + margin;
  }

  void draw_links() {
    std::vector<std::vector<std::size_t>> leaving(d_.boxes.size());
    for (std::size_t i = 0; i < d_.links.size(); ++i) leaving[d_.links[i].from].push_back(i);
    std::int64_t lanes = 0;
    for (auto& links : leaving) {
      std::ranges::stable_sort(links, {}, [&](std::size_t i) {
        return d_.links[i].aside   ? d_.width
               : bends_[i].empty() ? items_[d_.links[i].to].x
                                   : items_[bends_[i].front()].x;
      });
      for (std::size_t n = 0; n < links.size(); ++n) {
        const std::int64_t shift = (2 * static_cast<std::int64_t>(n) - std::ssize(links) + 1) * 12;
        layout_link& l = d_.links[links[n]];
        if (l.aside) {
          draw_aside(l, shift, lanes++);
        } else {
          draw_through(l, bends_[links[n]], shift);
        }
      }
    }
    d_.width += lanes * lane_width;
    if (!rows_.empty()) d_.height = std::max(d_.height, row_bottom_.back() + gap_below);
  }

  layout_point lower_edge(std::size_t box, std::int64_t shift) const {
    const layout_box& b = d_.boxes[box];
    return {b.centre.x + shift, b.centre.y + b.height / 2};
  }

  layout_point upper_edge(std::size_t box, std::int64_t shift) const {
    const layout_box& b = d_.boxes[box];
    return {b.centre.x + shift, b.centre.y - b.height / 2};
  }

  void draw_through(layout_link& l, const std::vector<std::size_t>& bends, std::int64_t shift) const {
    l.points.push_back(lower_edge(l.from, shift));
    std::size_t layer = d_.boxes[l.from].layer;
    for (const std::size_t bend : bends) {
      ++layer;
      l.points.push_back({items_[bend].x, row_top_[layer]});
      l.points.push_back({items_[bend].x, row_bottom_[layer]});
    }
    l.points.push_back(upper_edge(l.to, 0));
  }

  // Down into the gap, out to a lane of its own, along it, and back in through the gap above the other.
  void draw_aside(layout_link& l, std::int64_t shift, std::int64_t lane) const {
    const std::int64_t step = lane % 4 * 5;
    const std::int64_t x = d_.width - margin / 2 + lane * lane_width;
    const std::int64_t out = row_bottom_[d_.boxes[l.from].layer] + gap_below / 2 + step;
    const std::int64_t in = row_top_[d_.boxes[l.to].layer] - gap_below / 4 - step;
    const layout_point begin = lower_edge(l.from, shift);
    const layout_point end = upper_edge(l.to, d_.boxes[l.to].width / 4);
    l.points = {begin, {begin.x, out}, {x, out}, {x, in}, {end.x, in}, end};
  }

  layered_layout& d_;
  std::vector<item> items_;  // boxes, then bends
  std::vector<std::vector<std::size_t>> rows_;
  std::vector<std::vector<std::size_t>> bends_;  // of each link
  std::vector<std::int64_t> row_top_;
  std::vector<std::int64_t> row_bottom_;
};

}  // namespace

void lay_out(layered_layout& drawing) { layouter(drawing).run(); }

}  // namespace tocsin::inline v1::detail
