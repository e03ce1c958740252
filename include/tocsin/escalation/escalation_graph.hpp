// A compiled escalation policy: its keys are places in an array, its conditions programs, its calendars
// compiled.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/escalation/escalation_policy.hpp>
#include <tocsin/model/escalation_record.hpp>
#include <tocsin/rule/condition.hpp>
#include <tocsin/time/business_calendar.hpp>

namespace tocsin::inline v1 {

struct graph_node {
  node_kind kind = node_kind::unset;
  std::uint32_t next = no_node;
  std::uint32_t other = no_node;  // of a branch: otherwise; of a repeat: back to
  std::uint32_t step = 0;         // of what notifies: 1, 2 ... in the order declared
  std::uint32_t repeat = 0;       // of a repeat: 0, 1 ... in the order declared
  std::optional<condition> guard;
  std::optional<business_calendar> calendar;
};

constexpr bool notifies(node_kind kind) { return kind == node_kind::notify || kind == node_kind::raise; }

// What a policy's conditions may ask about the run itself, as "run.<field>".
struct escalation_facts {
  instant started_at = no_instant;
  std::int64_t pass = 1;      // 1, and one more for each repeat
  std::int64_t notified = 0;  // steps that have notified somebody

  static std::span<const field_row> fields();
};

class escalation_graph {
 public:
  // An error "escalation.refused" for what malformations() finds, for conditions that cannot be, for calendars that
  // `calendars` does not know or that are never open, for nodes that go round without a repeat, and for those that go
  // round for ever in no time (E2).
  explicit escalation_graph(const escalation_policy& policy, std::uint32_t version = 1,
                            const condition_schema& schema = {}, const calendar_lookup& calendars = {});

  // Expanded.
  const escalation_policy& policy() const { return policy_; }
  std::uint32_t version() const { return version_; }

  std::span<const graph_node> nodes() const { return nodes_; }
  const graph_node& at(std::uint32_t node) const { return nodes_[node]; }
  const escalation_node& declared(std::uint32_t node) const { return policy_.nodes[node]; }
  std::uint32_t start() const { return start_; }
  std::uint32_t find(std::string_view key) const;  // no_node if there is none
  std::uint32_t repeats() const { return repeats_; }

 private:
  void connect();
  void find_circles(std::vector<std::string>& findings) const;
  bool takes_time(std::uint32_t node) const;
  void compile(const condition_schema& schema, const calendar_lookup& calendars, std::vector<std::string>& findings);

  escalation_policy policy_;
  std::uint32_t version_;
  std::vector<graph_node> nodes_;
  std::uint32_t start_ = 0;
  std::uint32_t repeats_ = 0;
};

// Where a node may lead: its `next` and its `other`. Repeats that are used up go on, others go back.
std::vector<std::uint32_t> successors(const graph_node& node);

}  // namespace tocsin::inline v1
