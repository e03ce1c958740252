#include "../../../src/base/graph.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <random>
#include <set>

using namespace tocsin::detail;

namespace {

struct plain_graph {
  std::size_t size = 0;
  std::vector<edge> edges;

  bool has(vertex from, vertex to) const { return std::ranges::count(edges, edge{from, to}) != 0; }
};

plain_graph random_graph(std::mt19937_64& random) {
  plain_graph g{.size = 1 + random() % 8, .edges = {}};
  const std::size_t edges = random() % (2 * g.size);
  const bool onward = random() % 3 == 0;  // else few large ones lack a cycle
  for (std::size_t i = 0; i < edges; ++i) {
    edge e{static_cast<vertex>(random() % g.size), static_cast<vertex>(random() % g.size)};
    if (onward && e.from >= e.to) continue;
    g.edges.push_back(e);
  }
  return g;
}

// By vertex and vertex: whether a path of one edge or more leads from the one to the other.
std::vector<std::vector<bool>> paths(const plain_graph& g) {
  std::vector<std::vector<bool>> leads(g.size, std::vector<bool>(g.size));
  for (const edge& e : g.edges) leads[e.from][e.to] = true;
  for (std::size_t middle = 0; middle < g.size; ++middle) {
    for (std::size_t from = 0; from < g.size; ++from) {
      for (std::size_t to = 0; to < g.size; ++to) {
        if (leads[from][middle] && leads[middle][to]) leads[from][to] = true;
      }
    }
  }
  return leads;
}

// Depth-first search as one would write it down: each path is tried in turn.
struct recursive_search {
  const plain_graph& g;
  const vertex* through = nullptr;
  std::set<vertex> met = {};
  std::vector<vertex> way = {};
  std::vector<vertex> cycle = {};
  std::vector<vertex> left = {};

  void visit(vertex v) {
    if (!met.insert(v).second) return;
    way.push_back(v);
    for (const edge& e : g.edges) {
      if (e.from != v) continue;
      const auto back = std::ranges::find(way, e.to);
      if (back != way.end() && cycle.empty() && (!through || e.to == *through)) cycle.assign(back, way.end());
      visit(e.to);
    }
    way.pop_back();
    left.push_back(v);
  }

  void visit_all() {
    for (vertex v = 0; v < g.size; ++v) visit(v);
  }
};

void check_is_cycle(const plain_graph& g, const std::vector<vertex>& cycle) {
  CHECK(std::set(cycle.begin(), cycle.end()).size() == cycle.size());
  for (std::size_t i = 0; i < cycle.size(); ++i) CHECK(g.has(cycle[i], cycle[(i + 1) % cycle.size()]));
}

// A ring, or a chain where it is not closed.
digraph line(std::size_t size, bool closed) {
  std::vector<edge> edges;
  for (vertex v = 0; v + 1 < size; ++v) edges.push_back({v, v + 1});
  if (closed) edges.push_back({static_cast<vertex>(size - 1), 0});
  return {size, edges};
}

}  // namespace

TEST_CASE("a graph keeps the edges of each vertex in the order given, also those that are there twice") {
  const digraph g(4, std::vector<edge>{{2, 1}, {0, 3}, {2, 0}, {2, 1}, {3, 3}});
  const auto targets = [&](vertex v) { return std::vector(g.targets(v).begin(), g.targets(v).end()); };
  CHECK(g.size() == 4);
  CHECK(targets(0) == std::vector<vertex>{3});
  CHECK(targets(1).empty());
  CHECK(targets(2) == std::vector<vertex>{1, 0, 1});
  CHECK(targets(3) == std::vector<vertex>{3});
}

TEST_CASE("graphs without vertices or edges have nothing that leads anywhere") {
  const digraph none(0, {});
  CHECK(reachable_from(none, {}).empty());
  CHECK(find_cycle(none).empty());
  CHECK(on_cycle(none).empty());
  CHECK(topological_order(none).empty());
  CHECK(reversed(none).size() == 0);
  const digraph alone(2, {});
  CHECK(reachable_from(alone, std::vector<vertex>{1}) == std::vector<bool>{false, true});
  CHECK(find_cycle(alone).empty());
  CHECK(cycle_through(alone, 1).empty());
  CHECK(topological_order(alone) == std::vector<vertex>{1, 0});
}

TEST_CASE("paths, cycles and orders are those that a walk over every path finds, on random graphs") {
  std::mt19937_64 random(1);
  std::map<bool, int> cyclic;
  for (int round = 0; round < 4'000; ++round) {
    CAPTURE(round);
    const plain_graph plain = random_graph(random);
    const digraph g(plain.size, plain.edges);
    const auto leads = paths(plain);

    std::vector<vertex> sources;
    for (vertex v = 0; v < plain.size; ++v) {
      if (random() % 4 == 0) sources.push_back(v);
    }
    const std::vector<bool> reached = reachable_from(g, sources);
    const std::vector<bool> round_trips = on_cycle(g);
    REQUIRE(reached.size() == plain.size);
    REQUIRE(round_trips.size() == plain.size);
    bool any = false;
    for (vertex v = 0; v < plain.size; ++v) {
      const bool wanted = std::ranges::any_of(sources, [&](vertex s) { return s == v || leads[s][v]; });
      CHECK(reached[v] == wanted);
      CHECK(round_trips[v] == leads[v][v]);
      any = any || leads[v][v];

      const std::vector<vertex> through = cycle_through(g, v);
      CHECK(through.empty() == !leads[v][v]);
      check_is_cycle(plain, through);
      recursive_search search{.g = plain, .through = &v};
      search.visit(v);
      CHECK(through == search.cycle);
    }
    ++cyclic[any];

    recursive_search search{.g = plain};
    search.visit_all();
    const std::vector<vertex> cycle = find_cycle(g);
    CHECK(cycle.empty() == !any);
    check_is_cycle(plain, cycle);
    CHECK(cycle == search.cycle);

    const std::vector<vertex> order = topological_order(g);
    if (any) {
      CHECK(order.empty());
    } else {
      std::vector<std::size_t> place(plain.size, plain.size);
      for (std::size_t i = 0; i < order.size(); ++i) place[order[i]] = i;
      CHECK(order.size() == plain.size);
      for (const edge& e : plain.edges) CHECK(place[e.from] < place[e.to]);
      CHECK(std::vector(order.rbegin(), order.rend()) == search.left);
    }

    const digraph back = reversed(g);
    std::size_t edges = 0;
    for (vertex v = 0; v < plain.size; ++v) {
      for (const vertex to : back.targets(v)) CHECK(plain.has(to, v));
      edges += back.targets(v).size();
    }
    CHECK(edges == plain.edges.size());
  }
  CHECK(cyclic[true] > 500);
  CHECK(cyclic[false] > 500);
}

TEST_CASE("the longest path does not exhaust the stack") {
  constexpr std::size_t size = 300'000;
  std::vector<vertex> all(size);
  std::iota(all.begin(), all.end(), 0u);
  const digraph ring = line(size, true);
  CHECK(find_cycle(ring) == all);
  CHECK(std::ranges::count(on_cycle(ring), true) == std::ptrdiff_t{size});
  CHECK(topological_order(ring).empty());
  const digraph chain = line(size, false);
  CHECK(find_cycle(chain).empty());
  CHECK(std::ranges::count(on_cycle(chain), true) == 0);
  CHECK(topological_order(chain) == all);
}
