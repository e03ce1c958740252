#include <tocsin/automation/automation_rule.hpp>

#include <algorithm>
#include <set>
#include <tuple>

#include "base/graph.hpp"

namespace tocsin::inline v1 {
namespace {

constexpr max_length key_length{limits::key_length_max};

template <std::size_t N>
using names = std::string_view[N];

// What each brings by itself. What follows from that, by reactors and timers, is for the guard against loops.
constexpr names<1> noted = {"note_added"};
constexpr names<1> updated = {"update_added"};
constexpr names<1> assigned = {"incident_assigned"};
constexpr names<1> classified = {"incident_classified"};
constexpr names<1> fields_set = {"custom_fields_set"};
constexpr names<1> held = {"incident_held"};
constexpr names<1> moved = {"incident_moved"};
constexpr names<1> prioritised = {"incident_prioritised"};
constexpr names<1> proposed = {"major_incident_proposed"};
constexpr names<1> reviewed = {"review_demanded"};
constexpr names<1> resolved = {"incident_resolved"};
constexpr names<1> restricted = {"incident_restricted"};
constexpr names<1> resumed = {"incident_resumed"};
constexpr names<2> by_rules = {"incident_assigned", "assignment_rules_applied"};
constexpr names<1> affected = {"affected_items_set"};
constexpr names<2> escalated = {"escalation_started", "escalation_run_changed"};
constexpr names<1> task = {"task_added"};

constexpr automatic_command commands[] = {
    {"add_note", noted},
    {"add_task", task},
    {"add_update", updated},
    {"apply_assignment_rules", by_rules},
    {"assign_incident", assigned},
    {"classify_incident", classified},
    {"hold_incident", held},
    {"move_incident", moved},
    {"prioritise_incident", prioritised},
    {"propose_major", proposed},
    {"request_review", reviewed},
    {"resolve_incident", resolved},
    {"restrict_incident", restricted},
    {"resume_incident", resumed},
    {"set_affected_items", affected},
    {"set_custom_fields", fields_set},
    {"start_escalation", escalated},
};
static_assert(std::ranges::is_sorted(commands, {}, &automatic_command::name));  // found by halving

std::string allowed_commands() {
  std::string all;
  for (const automatic_command& one : commands) all.append(all.empty() ? "" : ", ").append(one.name);
  return all;
}

void lint_action(const automation_action& action, const std::string& place, std::vector<std::string>& findings) {
  if (action.command.empty() == action.run.empty()) {
    findings.push_back(place + ": give either a command or a run");
    return;
  }
  if (!action.run.empty() && action.with) findings.push_back(place + "/with: only a command has it");
  if (!action.command.empty() && action.parameters) findings.push_back(place + "/parameters: only a run has them");
  if (action.command.empty() || find_automatic_command(action.command)) return;
  findings.push_back(place + "/command: no rule may give \"" + action.command + "\" (allowed: " + allowed_commands() +
                     ")");
}

void lint_list(const std::vector<std::string>& all, const std::string& list, std::vector<std::string>& findings) {
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (seen.insert(all[i]).second) continue;
    findings.push_back(list + "/" + std::to_string(i) + ": \"" + all[i] + "\" is there twice");
  }
}

bool sets_off(const automation_rule& rule, const automation_rule& other) {
  return std::ranges::any_of(rule.actions, [&](const automation_action& action) {
    const automatic_command* const command = find_automatic_command(action.command);
    return command && std::ranges::any_of(command->events, [&](std::string_view event) {
             return std::ranges::find(other.on, event) != other.on.end();
           });
  });
}

}  // namespace

std::span<const field_row> automation_action::fields() {
  using self = automation_action;
  static constexpr field_row rows[] = {
      row<&self::command>("command", "Name of the command that is given about the record", one_line, key_length),
      row<&self::with>("with", "Its members beside the record"),
      row<&self::run>("run", "Instead: key of what the host is to run", one_line, key_length),
      row<&self::parameters>("parameters", "What the host is told with it"),
  };
  return rows;
}

std::span<const field_row> automation_rule::fields() {
  using self = automation_rule;
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Key of the rule", required, one_line, key_length),
      row<&self::name>("name", "Name as people know it", one_line),
      row<&self::order>("order", "The smallest is asked first; of equal ones the first by key",
                        range{0, limits::automation_order_max}),
      row<&self::on>("on", "Names of the events that it runs on", required, max_length{limits::automation_events_max}),
      row<&self::record_types>("record_types", "Types of records that it runs on; none: all records that are worked on",
                               max_length{limits::automation_types_max}),
      row<&self::when>("when", "It runs where this holds, a condition on the record in JsonLogic's syntax"),
      row<&self::event_when>(
          "event_when", "It runs where this holds, too, a condition on the members of the event, where `on` names one"),
      row<&self::actions>("actions", "What it does, in this order", required,
                          max_length{limits::automation_actions_max}),
      row<&self::rights_of>("rights_of", "Key of the person whose rights its commands need; none: the system's",
                            one_line, key_length),
      row<&self::stop_processing>("stop_processing",
                                  "Where it runs, rules after it are not asked about the same record and entry"),
      row<&self::retired>("retired", "It runs no more"),
  };
  return rows;
}

std::span<const automatic_command> automatic_commands() { return commands; }

const automatic_command* find_automatic_command(std::string_view name) {
  const auto* const found = std::ranges::lower_bound(commands, name, {}, &automatic_command::name);
  return found != std::end(commands) && found->name == name ? found : nullptr;
}

std::vector<std::string> lint_form(const automation_rule& rule) {
  std::vector<std::string> findings;
  lint_list(rule.on, "on", findings);
  lint_list(rule.record_types, "record_types", findings);
  if (rule.event_when && rule.on.size() != 1) {
    findings.emplace_back("event_when: `on` must name one event, whose members it is about");
  }
  for (std::size_t i = 0; i < rule.actions.size(); ++i) {
    lint_action(rule.actions[i], "actions/" + std::to_string(i), findings);
  }
  return findings;
}

bool comes_before(const automation_rule& a, const automation_rule& b) {
  return std::tie(a.order, a.key) < std::tie(b.order, b.key);
}

// One for each set of rules that set each other off: the circle through the first of them.
std::vector<std::vector<std::string>> circles_of(std::span<const automation_rule* const> rules) {
  std::vector<const automation_rule*> all;
  std::ranges::copy_if(rules, std::back_inserter(all), [](const automation_rule* one) { return !one->retired; });
  std::ranges::sort(all, [](const automation_rule* a, const automation_rule* b) { return comes_before(*a, *b); });
  std::vector<detail::edge> edges;
  for (std::size_t from = 0; from < all.size(); ++from) {
    for (std::size_t to = 0; to < all.size(); ++to) {
      if (sets_off(*all[from], *all[to])) {
        edges.push_back({static_cast<detail::vertex>(from), static_cast<detail::vertex>(to)});
      }
    }
  }
  const detail::digraph graph(all.size(), edges);
  const std::vector<bool> circular = detail::on_cycle(graph);
  std::vector<bool> told(all.size(), false);
  std::vector<std::vector<std::string>> circles;
  for (detail::vertex v = 0; v < all.size(); ++v) {
    if (!circular[v] || told[v]) continue;
    std::vector<std::string> keys;
    for (const detail::vertex one : detail::cycle_through(graph, v)) {
      told[one] = true;
      keys.push_back(all[one]->key);
    }
    if (keys.size() == 1 || keys.front() != keys.back()) keys.push_back(keys.front());
    circles.push_back(std::move(keys));
  }
  return circles;
}

}  // namespace tocsin::inline v1
