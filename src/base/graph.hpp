// Directed graphs in compact arrays, and what definitions and records ask of them. The algorithms are Boost.Graph's; its
// headers stay in graph.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tocsin::inline v1::detail {

using vertex = std::uint32_t;  // 0, 1 ... size - 1

struct edge {
  vertex from;
  vertex to;
  friend bool operator==(const edge&, const edge&) = default;
};

// The edges that leave a vertex stand together, in the order given (compressed sparse rows).
class digraph {
 public:
  // Ends of edges are less than `size`.
  digraph(std::size_t size, std::span<const edge> edges);

  std::size_t size() const { return first_.size() - 1; }
  std::span<const vertex> targets(vertex from) const {
    return std::span(targets_).subspan(first_[from], first_[from + std::size_t{1}] - first_[from]);
  }

 private:
  std::vector<std::size_t> first_;  // of each vertex: where its targets begin; and where the last one's end
  std::vector<vertex> targets_;
};

// Each edge the other way round.
digraph reversed(const digraph& g);

// By vertex: whether a path leads there from one of `sources`, which are reached themselves. O(V + E), as all that follow.
std::vector<bool> reachable_from(const digraph& g, std::span<const vertex> sources);

// The vertices of one cycle in the order in which edges lead; empty if there is none. It is the first that depth-first search
// closes, from vertex 0 on; of `cycle_through`, from that vertex on, which comes first.
std::vector<vertex> find_cycle(const digraph& g);
std::vector<vertex> cycle_through(const digraph& g, vertex v);

// By vertex: whether it lies on a cycle.
std::vector<bool> on_cycle(const digraph& g);

// Each vertex before those that its edges lead to: the order in which depth-first search from vertex 0 on leaves them, from
// back to front. For graphs without cycles; empty for others.
std::vector<vertex> topological_order(const digraph& g);

}  // namespace tocsin::inline v1::detail
