// Files of a service graph: nodes and edges by the keys of the system that they come from, as JSON Lines or CSV, made into
// definitions of services and configuration items.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <csv.hpp>
#include <json_text.hpp>

namespace shell {

// What a line could not be taken for.
struct graph_problem {
  std::string file;
  std::uint64_t line = 0;
  std::string what;
};

// A service or a configuration item that the desk has, or that a file brings.
struct graph_node {
  std::string kind;  // "service", "configuration_item"
  json definition;
};

class graph_files {
 public:
  static constexpr std::size_t problems_kept = 1'000;

  // Reads one file: CSV if its name ends in ".csv", else JSON Lines; "-" is standard input. Throws io_error.
  void read(const std::string& path);

  // The definitions of the nodes, by external key, with what edges say they need. `known`: what the desk has, by external key.
  std::map<std::string, graph_node> resolve(const std::map<std::string, graph_node>& known);

  const std::vector<graph_problem>& problems() const { return problems_; }
  std::size_t problem_count() const { return problem_count_; }
  std::size_t node_count() const { return nodes_.size(); }
  std::size_t edge_count() const { return edges_.size(); }

 private:
  struct place {
    std::uint32_t file = 0;
    std::uint64_t line = 0;
  };
  struct given_node {
    graph_node node;
    place at;
  };
  struct edge {
    std::string from;
    std::string to;
    std::string relation;
    std::string group;
    std::string effect;
    std::int64_t need = 0;
    place at;
  };
  class groups_of_item;

  void read_csv(const std::string& path);
  std::vector<bool> take_header(const csv_row& header);
  void read_lines(const std::string& path);
  void take(json row, place at);
  void take_node(json row, place at);
  void take_edge(const json& row, place at);
  void refuse(place at, const std::string& what);

  std::vector<std::string> files_;
  std::map<std::string, given_node> nodes_;  // by external key
  std::vector<edge> edges_;
  std::vector<graph_problem> problems_;
  std::size_t problem_count_ = 0;
};

}  // namespace shell
