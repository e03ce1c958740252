#include "graph.hpp"

#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/depth_first_search.hpp>
#include <boost/graph/graph_concepts.hpp>
#include <boost/graph/strong_components.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace tocsin::inline v1::detail {
namespace {

// A digraph by Boost's concepts. All that Boost makes of it has internal linkage, as this has.
struct view {
  const digraph& g;
};

// The edges that leave a vertex, one after the other.
struct edge_iterator {
  using iterator_category = std::forward_iterator_tag;
  using value_type = edge;
  using difference_type = std::ptrdiff_t;
  using pointer = const edge*;
  using reference = edge;

  vertex from = 0;
  const vertex* to = nullptr;

  edge operator*() const { return {from, *to}; }
  edge_iterator& operator++() {
    ++to;
    return *this;
  }
  edge_iterator operator++(int) { return std::exchange(*this, {from, to + 1}); }
  friend bool operator==(const edge_iterator&, const edge_iterator&) = default;
};

struct vertex_iterator {
  using iterator_category = std::forward_iterator_tag;
  using value_type = vertex;
  using difference_type = std::ptrdiff_t;
  using pointer = const vertex*;
  using reference = vertex;

  vertex at = 0;

  vertex operator*() const { return at; }
  vertex_iterator& operator++() {
    ++at;
    return *this;
  }
  vertex_iterator operator++(int) { return {at++}; }
  friend bool operator==(const vertex_iterator&, const vertex_iterator&) = default;
};

vertex source(const edge& e, const view&) { return e.from; }
vertex target(const edge& e, const view&) { return e.to; }

std::pair<edge_iterator, edge_iterator> out_edges(vertex v, const view& of) {
  const auto targets = of.g.targets(v);
  return {{v, targets.data()}, {v, targets.data() + targets.size()}};
}

std::size_t out_degree(vertex v, const view& of) { return of.g.targets(v).size(); }

std::pair<const vertex*, const vertex*> adjacent_vertices(vertex v, const view& of) {
  const auto targets = of.g.targets(v);
  return {targets.data(), targets.data() + targets.size()};
}

std::size_t num_vertices(const view& of) { return of.g.size(); }

std::pair<vertex_iterator, vertex_iterator> vertices(const view& of) {
  return {{0}, {static_cast<vertex>(of.g.size())}};
}

}  // namespace
}  // namespace tocsin::inline v1::detail

template <>
struct boost::graph_traits<tocsin::detail::view> {
  struct traversal_category : incidence_graph_tag, adjacency_graph_tag, vertex_list_graph_tag {};
  using directed_category = directed_tag;
  using edge_parallel_category = allow_parallel_edge_tag;
  using vertex_descriptor = tocsin::detail::vertex;
  using edge_descriptor = tocsin::detail::edge;
  using vertex_iterator = tocsin::detail::vertex_iterator;
  using out_edge_iterator = tocsin::detail::edge_iterator;
  using adjacency_iterator = const tocsin::detail::vertex*;
  using vertices_size_type = std::size_t;
  using degree_size_type = std::size_t;
  static vertex_descriptor null_vertex() { return static_cast<vertex_descriptor>(-1); }
};

namespace tocsin::inline v1::detail {
namespace {

BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<view>));
BOOST_CONCEPT_ASSERT((boost::AdjacencyGraphConcept<view>));
BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<view>));

constexpr boost::identity_property_map vertex_index;

// A property of each vertex, in a vector that outlives the map.
template <class T>
auto map_of(std::vector<T>& values) {
  return boost::make_iterator_property_map(values.begin(), vertex_index);
}

using colours = std::vector<boost::default_color_type>;

// Keeps the first cycle that the search closes; where a vertex is given, the first through it.
class cycle_finder : public boost::default_dfs_visitor {
 public:
  cycle_finder(std::vector<vertex>& came_from, std::vector<vertex>& found, const vertex* through)
      : came_from_(came_from), found_(found), through_(through) {}

  void tree_edge(const edge& e, const view&) { came_from_[e.to] = e.from; }

  void back_edge(const edge& e, const view&) {
    if (!found_.empty() || (through_ && e.to != *through_)) return;
    for (vertex at = e.from; at != e.to; at = came_from_[at]) found_.push_back(at);
    found_.push_back(e.to);
    std::ranges::reverse(found_);
  }

 private:
  std::vector<vertex>& came_from_;
  std::vector<vertex>& found_;
  const vertex* through_;
};

// As boost::topological_sort has it, which throws where there is a cycle.
class finish_order : public boost::default_dfs_visitor {
 public:
  finish_order(std::vector<vertex>& order, bool& cyclic) : order_(order), cyclic_(cyclic) {}

  void back_edge(const edge&, const view&) { cyclic_ = true; }
  void finish_vertex(vertex v, const view&) { order_.push_back(v); }

 private:
  std::vector<vertex>& order_;
  bool& cyclic_;
};

}  // namespace

digraph::digraph(std::size_t size, std::span<const edge> edges) : first_(size + 1), targets_(edges.size()) {
  for (const edge& e : edges) ++first_[e.from + std::size_t{1}];
  for (std::size_t v = 0; v < size; ++v) first_[v + 1] += first_[v];
  std::vector<std::size_t> place(first_.begin(), first_.end() - 1);
  for (const edge& e : edges) targets_[place[e.from]++] = e.to;
}

digraph reversed(const digraph& g) {
  std::vector<edge> edges;
  for (vertex v = 0; v < g.size(); ++v) {
    for (const vertex to : g.targets(v)) edges.push_back({to, v});
  }
  return {g.size(), edges};
}

std::vector<bool> reachable_from(const digraph& g, std::span<const vertex> sources) {
  colours colour(g.size());
  boost::queue<vertex> open;
  boost::breadth_first_visit(view{g}, sources.begin(), sources.end(), open, boost::default_bfs_visitor(),
                             map_of(colour));
  std::vector<bool> reached(g.size());
  for (vertex v = 0; v < g.size(); ++v) reached[v] = colour[v] != boost::white_color;
  return reached;
}

std::vector<vertex> find_cycle(const digraph& g) {
  std::vector<vertex> found;
  std::vector<vertex> came_from(g.size());
  colours colour(g.size());
  if (g.size() != 0) boost::depth_first_search(view{g}, cycle_finder(came_from, found, nullptr), map_of(colour), 0);
  return found;
}

std::vector<vertex> cycle_through(const digraph& g, vertex v) {
  std::vector<vertex> found;
  std::vector<vertex> came_from(g.size());
  colours colour(g.size());
  boost::depth_first_visit(view{g}, v, cycle_finder(came_from, found, &v), map_of(colour));
  return found;
}

std::vector<bool> on_cycle(const digraph& g) {
  std::vector<vertex> component(g.size());
  std::vector<vertex> root(g.size());
  std::vector<std::size_t> discovered(g.size());
  colours colour(g.size());
  const auto count = boost::strong_components(view{g}, map_of(component),
                                              boost::vertex_index_map(vertex_index)
                                                  .root_map(map_of(root))
                                                  .discover_time_map(map_of(discovered))
                                                  .color_map(map_of(colour)));
  std::vector<std::size_t> members(static_cast<std::size_t>(count));
  for (const vertex c : component) ++members[c];
  std::vector<bool> result(g.size());
  for (vertex v = 0; v < g.size(); ++v) {
    result[v] = members[component[v]] > 1 || std::ranges::count(g.targets(v), v) != 0;
  }
  return result;
}

std::vector<vertex> topological_order(const digraph& g) {
  std::vector<vertex> order;
  order.reserve(g.size());
  bool cyclic = false;
  colours colour(g.size());
  if (g.size() != 0) boost::depth_first_search(view{g}, finish_order(order, cyclic), map_of(colour), 0);
  if (cyclic) return {};
  std::ranges::reverse(order);
  return order;
}

}  // namespace tocsin::inline v1::detail
