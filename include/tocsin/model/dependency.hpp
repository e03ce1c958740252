// What a service or a configuration item needs of others: groups of members, of which some suffice (I1).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t dependencies_max = 10'000;        // plain ones of a kind, of one item
inline constexpr std::size_t dependency_groups_max = 1'000;    // of one item
inline constexpr std::size_t dependency_members_max = 10'000;  // of one group
inline constexpr std::size_t customers_max = 10'000;           // of one item
inline constexpr std::size_t currency_length_max = 20;
inline constexpr std::int64_t cost_per_hour_max = 1'000'000'000'000;
inline constexpr std::size_t service_graph_items_max = 1'000'000;
inline constexpr std::size_t service_graph_edges_max = 20'000'000;
}  // namespace limits

// What an item suffers when a group falls short of its need.
enum class dependency_effect : std::uint8_t { unset, degraded, failed };
std::span<const std::string_view> choices(dependency_effect);

struct dependency_group {
  std::string relation;              // "depends_on", "runs_on", "part_of", or the host's own; not said: depends_on
  std::vector<std::string> members;  // keys of services and configuration items
  optional_integer need;             // how many must be well; not said: all of them
  dependency_effect effect = dependency_effect::unset;  // not said: failed

  static std::span<const field_row> fields();
  friend bool operator==(const dependency_group&, const dependency_group&) = default;
};

inline constexpr std::string_view depends_on_relation = "depends_on";
inline constexpr std::string_view runs_on_relation = "runs_on";
inline constexpr std::string_view part_of_relation = "part_of";

// An item of the service graph, as its definition says it: a service or a configuration item. It refers to the definition.
struct graph_item {
  std::string_view key;
  std::span<const std::string> depends_on;  // each a group of one
  std::span<const std::string> runs_on;     // the same
  std::span<const std::string> part_of;     // the same
  std::span<const dependency_group> groups;
};

template <class Definition>
graph_item graph_item_of(const Definition& of) {
  return {of.key, of.depends_on, of.runs_on, of.part_of, of.groups};
}

// What is wrong with an item of the graph by itself, one finding each: "/groups/0/need: found 3, allowed 1 to 2".
std::vector<std::string> lint(const graph_item& item);

}  // namespace tocsin::inline v1
