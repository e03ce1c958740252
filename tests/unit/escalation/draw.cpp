// The picture of a policy as SVG: what nobody must see is boxes over one another, or text that breaks the markup.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <regex>
#include <string>
#include <vector>

#include <tocsin/escalation/draw.hpp>

using namespace tocsin;

namespace {

struct box {
  std::int64_t left, top, right, bottom;
};

std::vector<box> boxes_of(const std::string& svg) {
  static const std::regex rect(R"re(<rect x="(-?\d+)" y="(-?\d+)" width="(\d+)" height="(\d+)")re");
  std::vector<box> all;
  for (std::sregex_iterator i(svg.begin(), svg.end(), rect), end; i != end; ++i) {
    const auto number = [&](std::size_t n) { return static_cast<std::int64_t>(std::stoll((*i)[n].str())); };
    all.push_back({number(1), number(2), number(1) + number(3), number(2) + number(4)});
  }
  return all;
}

std::size_t count(const std::string& text, std::string_view what) {
  std::size_t n = 0;
  for (std::size_t i = text.find(what); i != std::string::npos; i = text.find(what, i + what.size())) ++n;
  return n;
}

std::string node_key(std::int64_t i) { return "node-" + std::to_string(i); }

// Forward to random nodes, back by repeats.
escalation_policy random_policy(std::mt19937& random, std::int64_t nodes) {
  const auto pick = [&](std::int64_t least, std::int64_t most) {
    return least + static_cast<std::int64_t>(random() % static_cast<std::uint32_t>(most - least + 1));
  };
  escalation_policy p{.key = "random"};
  for (std::int64_t i = 0; i < nodes; ++i) {
    escalation_node node{.key = node_key(i)};
    if (i + 1 == nodes) {
      node.kind = node_kind::stop;
    } else if (pick(0, 3) == 0) {
      node.kind = node_kind::branch;
      node.condition.text = "true";
      node.otherwise = node_key(pick(i + 1, nodes - 1));
    } else if (i > 0 && pick(0, 5) == 0) {
      node.kind = node_kind::repeat;
      node.to = node_key(pick(0, i - 1));
      node.times = 2;
    } else {
      node.kind = node_kind::notify;
      node.targets = {{.kind = escalation_target_kind::person, .key = "ann"}};
      node.delay = minute;
    }
    if (node.kind != node_kind::stop) node.next = node_key(pick(0, 9) < 8 ? i + 1 : pick(i + 1, nodes - 1));
    p.nodes.push_back(std::move(node));
  }
  return p;
}

}  // namespace

TEST_CASE("boxes stand apart, inside the picture, one for each node, and every link has its arrow (E1)") {
  std::mt19937 random(7);
  for (int round = 0; round < 60; ++round) {
    const std::int64_t nodes = 2 + static_cast<std::int64_t>(random() % 40);
    const escalation_graph graph(random_policy(random, nodes));
    const std::string svg = draw_svg(graph);
    const std::vector<box> boxes = boxes_of(svg);
    REQUIRE(std::ssize(boxes) == nodes);
    for (std::size_t i = 0; i < boxes.size(); ++i) {
      CHECK(boxes[i].left >= 0);
      CHECK(boxes[i].top >= 0);
      for (std::size_t k = 0; k < i; ++k) {
        const bool apart = boxes[i].right < boxes[k].left || boxes[k].right < boxes[i].left ||
                           boxes[i].bottom < boxes[k].top || boxes[k].bottom < boxes[i].top;
        CHECK(apart);
      }
    }
    std::size_t links = 1;  // from the opening
    for (const graph_node& node : graph.nodes()) links += successors(node).size();
    CHECK(count(svg, "marker-end") == links);
    CHECK(svg == draw_svg(graph));
  }
}

TEST_CASE("no text of a policy is taken for markup, and control characters are left out (E1)") {
  escalation_policy p{.key = "<script>alert('x')</script>"};
  p.nodes = {{.key = "a&b \"<i>\"", .kind = node_kind::notify, .next = "end", .delay = minute},
             {.key = "end", .kind = node_kind::stop}};
  p.nodes[0].targets = {{.kind = escalation_target_kind::team, .key = "tab\there ]]> -- 全部"}};
  const std::string svg = draw_svg(escalation_graph(p));
  CHECK(svg.find("<script>") == std::string::npos);
  CHECK(svg.find("&lt;script&gt;alert(&#39;x&#39;)") != std::string::npos);
  CHECK(svg.find("a&amp;b &quot;&lt;i&gt;&quot;") != std::string::npos);
  CHECK(svg.find('\t') == std::string::npos);
  CHECK(svg.find("全部") != std::string::npos);
}

TEST_CASE("the largest policy is drawn, in a chain and as links over many layers (E1)") {
  std::mt19937 random(8);
  const auto most = static_cast<std::int64_t>(limits::escalation_nodes_max);
  const escalation_graph graph(random_policy(random, most));
  CHECK(std::ssize(boxes_of(draw_svg(graph))) == most);
}
