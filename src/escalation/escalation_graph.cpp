#include <tocsin/escalation/escalation_graph.hpp>

#include <algorithm>
#include <map>

#include <tocsin/base/error.hpp>

#include "onward_links.hpp"

namespace tocsin::inline v1 {
namespace {

void refuse_findings(const std::vector<std::string>& findings) {
  if (findings.empty()) return;
  std::string why;
  for (const std::string& finding : findings) why += (why.empty() ? "" : "; ") + finding;
  throw error(status::invalid_argument, "escalation.refused", why);
}

}  // namespace

std::span<const field_row> escalation_facts::fields() {
  static constexpr field_row rows[] = {
      row<&escalation_facts::started_at>("started_at", "When the run began"),
      row<&escalation_facts::pass>("pass", "1, and one more for each repeat"),
      row<&escalation_facts::notified>("notified", "Steps that have notified somebody"),
  };
  return rows;
}

std::vector<std::uint32_t> successors(const graph_node& node) {
  std::vector<std::uint32_t> result;
  if (node.next != no_node) result.push_back(node.next);
  if (node.other != no_node) result.push_back(node.other);
  return result;
}

escalation_graph::escalation_graph(const escalation_policy& policy, std::uint32_t version,
                                   const condition_schema& schema, const calendar_lookup& calendars)
    : policy_(policy), version_(version) {
  refuse_findings(malformations(policy));
  policy_ = expanded(policy);
  connect();
  std::vector<std::string> findings;
  compile(schema, calendars, findings);
  find_circles(findings);
  refuse_findings(findings);
}

// What goes round must do so by a repeat, and take time if it may do so for ever (E2, E8).
void escalation_graph::find_circles(std::vector<std::string>& findings) const {
  const auto find = [&](const char* what, std::span<const detail::edge> links) {
    const std::vector<detail::vertex> round = find_cycle(detail::digraph(nodes_.size(), links));
    if (round.empty()) return;
    std::string way;
    for (const std::uint32_t node : round) way += policy_.nodes[node].key + " -> ";
    findings.push_back(std::string("/nodes: ") + what + ": " + way + policy_.nodes[round.front()].key);
  };
  const auto is_endless = [&](std::uint32_t node) {
    return nodes_[node].kind == node_kind::repeat && policy_.nodes[node].times < 0;
  };
  const std::vector<detail::edge> onward = onward_links(nodes_);
  find("they go round without a repeat", onward);
  std::vector<detail::edge> at_once;
  for (const detail::edge& link : onward) {
    if (!takes_time(link.from) && !is_endless(link.from)) at_once.push_back(link);
  }
  for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
    if (is_endless(i)) at_once.push_back({i, nodes_[i].other});
  }
  find("they go round for ever and take no time", at_once);
}

bool escalation_graph::takes_time(std::uint32_t node) const {
  return (notifies(nodes_[node].kind) || nodes_[node].kind == node_kind::wait) && policy_.nodes[node].delay.us != 0;
}

void escalation_graph::connect() {
  std::map<std::string_view, std::uint32_t> places;
  for (std::uint32_t i = 0; i < policy_.nodes.size(); ++i) places.emplace(policy_.nodes[i].key, i);
  const auto place = [&](const std::string& key) { return key.empty() ? no_node : places.at(key); };
  std::uint32_t steps = 0;
  for (const escalation_node& node : policy_.nodes) {
    graph_node& made = nodes_.emplace_back();
    made.kind = node.kind;
    made.next = place(node.next);
    made.other = place(node.kind == node_kind::repeat ? node.to : node.otherwise);
    if (notifies(node.kind)) made.step = ++steps;
    if (node.kind == node_kind::repeat) made.repeat = repeats_++;
  }
  start_ = policy_.start.empty() ? 0 : places.at(policy_.start);
}

void escalation_graph::compile(const condition_schema& schema, const calendar_lookup& calendars,
                               std::vector<std::string>& findings) {
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    const escalation_node& node = policy_.nodes[i];
    const std::string path = "/nodes/" + std::to_string(i);
    if (node.condition) {
      try {
        nodes_[i].guard = compile_condition(node.condition.text, schema, path + "/condition");
      } catch (const error& e) {
        findings.emplace_back(e.what());
      }
    }
    if (node.calendar.empty()) continue;
    const business_calendar* found = calendars ? calendars(node.calendar) : nullptr;
    if (!found && node.calendar == "24x7") found = &business_calendar::always();
    if (!found) {
      findings.push_back(path + "/calendar: there is no calendar \"" + node.calendar + '"');
    } else if (found->never_open()) {
      findings.push_back(path + "/calendar: \"" + node.calendar + "\" is never open");
    } else {
      nodes_[i].calendar = *found;
    }
  }
}

std::uint32_t escalation_graph::find(std::string_view key) const {
  const auto found = std::ranges::find(policy_.nodes, key, &escalation_node::key);
  return found == policy_.nodes.end() ? no_node : static_cast<std::uint32_t>(found - policy_.nodes.begin());
}

}  // namespace tocsin::inline v1
