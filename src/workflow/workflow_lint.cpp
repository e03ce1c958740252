#include <tocsin/workflow/workflow.hpp>

#include <tocsin/base/error.hpp>
#include <tocsin/model/incident.hpp>

#include "base/graph.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <tuple>

namespace tocsin::inline v1 {
namespace {

using kind = tocsin::state_kind;

std::string quoted(std::string_view text) { return '"' + std::string(text) + '"'; }

// What a workflow says of its states by name, for the linter.
struct name_table {
  std::map<std::string, const workflow_state*> states;

  kind kind_of(const std::string& name) const {
    const auto found = states.find(name);
    return found == states.end() ? kind::unset : found->second->kind;
  }
};

// A record as far as its workflow matters: the state that it is in, and the one that it returns to after a wait.
struct place {
  std::string state;
  std::string held_from;

  auto operator<=>(const place&) const = default;
};

void lint_names(const workflow& w, name_table& names, std::vector<std::string>& findings) {
  for (const workflow_state& state : w.states) {
    if (!names.states.emplace(state.name, &state).second)
      findings.push_back("state " + quoted(state.name) + " is there twice");
  }
  std::set<std::string> reasons;
  for (const auto& reason : w.hold_reasons) {
    if (!reasons.insert(reason.name).second)
      findings.push_back("hold reason " + quoted(reason.name) + " is there twice");
  }
  std::set<std::string> codes;
  for (const auto& code : w.resolution_codes) {
    if (code.empty()) findings.push_back("a resolution code has no name");
    if (!codes.insert(code).second) findings.push_back("resolution code " + quoted(code) + " is there twice");
  }
}

void lint_transitions(const workflow& w, name_table& names, std::vector<std::string>& findings) {
  std::set<std::tuple<verb, std::string, std::string>> seen;
  for (const workflow_transition& t : w.transitions) {
    const std::string what = "transition " + quoted(std::string(choices(t.verb)[static_cast<std::size_t>(t.verb) - 1]));
    if (!t.to.empty() && !names.states.contains(t.to))
      findings.push_back(what + " leads to the unknown state " + quoted(t.to));
    const bool leads_wrong = (t.verb == verb::accept_risk && names.kind_of(t.to) != kind::resolved) ||
                             (t.verb == verb::mark_duplicate && names.kind_of(t.to) != kind::cancelled);
    if (leads_wrong) {
      findings.push_back(what + " leads to a state that is not of kind " +
                         (t.verb == verb::accept_risk ? "resolved" : "cancelled"));
    }
    for (const std::string& from : t.from) {
      if (!names.states.contains(from)) findings.push_back(what + " leads from the unknown state " + quoted(from));
      const bool by_hand = t.trigger <= move_trigger::manual && t.verb != verb::import_step;
      if (by_hand && !seen.emplace(t.verb, from, t.verb == verb::move ? t.to : std::string()).second) {
        findings.push_back(what + " leads from " + quoted(from) + " twice");
      }
    }
  }
}

// Where the move leads from there: a hold remembers the state that it begins in, and a resume without `to` goes back to it.
place after(const workflow_transition& t, const place& from, const name_table& names) {
  const std::string& to = t.to.empty() ? from.state : t.to;
  if (t.verb == verb::hold) return {to, names.kind_of(from.state) == kind::on_hold ? from.held_from : from.state};
  if (t.verb == verb::resume) return {t.to.empty() && !from.held_from.empty() ? from.held_from : to, {}};
  return {to, names.kind_of(to) == kind::on_hold ? from.held_from : std::string()};
}

// Every way of being somewhere, the first one first, and the moves between them. Which there are shows as they are found.
struct place_graph {
  std::vector<place> places;
  std::vector<detail::edge> moves;
};

place_graph walk(const workflow& w, const name_table& names, const place& start) {
  std::map<std::string_view, std::vector<const workflow_transition*>> leaving;
  for (const workflow_transition& t : w.transitions) {
    for (const std::string& from : t.from) leaving[from].push_back(&t);
  }
  place_graph found{{start}, {}};
  std::map<place, detail::vertex> numbers{{start, 0}};
  for (detail::vertex at = 0; at < found.places.size(); ++at) {
    const auto moves = leaving.find(found.places[at].state);
    if (moves == leaving.end()) continue;
    for (const workflow_transition* t : moves->second) {
      place next = after(*t, found.places[at], names);
      const auto [known, is_new] = numbers.try_emplace(next, static_cast<detail::vertex>(found.places.size()));
      if (is_new) found.places.push_back(std::move(next));
      found.moves.push_back({at, known->second});
    }
  }
  return found;
}

// By place: whether an end can be reached from it.
std::vector<bool> ending(const place_graph& found, const name_table& names) {
  std::vector<detail::vertex> ends;
  for (detail::vertex i = 0; i < found.places.size(); ++i) {
    if (is_final(names.kind_of(found.places[i].state))) ends.push_back(i);
  }
  return reachable_from(reversed(detail::digraph(found.places.size(), found.moves)), ends);
}

void lint_reachability(const workflow& w, const name_table& names, std::vector<std::string>& findings) {
  const auto initial = std::ranges::count_if(w.states, &workflow_state::initial);
  if (initial != 1) findings.push_back(std::to_string(initial) + " states are initial, there must be one");
  if (std::ranges::none_of(w.states, [](const workflow_state& s) { return is_final(s.kind); })) {
    findings.push_back("no state is of kind closed or cancelled: nothing ever ends");
  }
  if (initial != 1) return;
  const auto start = std::ranges::find_if(w.states, &workflow_state::initial);
  if (is_final(start->kind)) findings.push_back("the initial state " + quoted(start->name) + " is a final one");
  const place_graph met = walk(w, names, {start->name, {}});
  const std::vector<bool> ends = ending(met, names);
  std::set<std::string_view> states;   // that are met
  std::set<std::string_view> trapped;  // where some way of being there has no way out
  for (std::size_t i = 0; i < met.places.size(); ++i) {
    states.insert(met.places[i].state);
    if (!ends[i]) trapped.insert(met.places[i].state);
  }
  for (const workflow_state& state : w.states) {
    if (!states.contains(state.name)) {
      findings.push_back("state " + quoted(state.name) + " cannot be reached from " + quoted(start->name));
    }
    if (trapped.contains(state.name)) findings.push_back("from state " + quoted(state.name) + " no end can be reached");
    const bool is_left = std::ranges::any_of(w.transitions, [&](const workflow_transition& t) {
      return t.verb != verb::import_step && !t.to.empty() && t.to != state.name &&
             std::ranges::count(t.from, state.name) != 0;
    });
    if (is_final(state.kind) && is_left) {
      findings.push_back("the final state " + quoted(state.name) + " is left by a move: final states stay");
    }
  }
}

// Silence closes by the same move as a person does (L5).
void lint_auto_close(const workflow& w, std::vector<std::string>& findings) {
  const bool by_days = w.auto_close_business_days != 0;
  if (by_days && w.auto_close_after.us != 0) {
    findings.emplace_back("auto_close_after and auto_close_business_days contradict each other: give one of them");
  }
  if (by_days && w.auto_close_calendar.empty()) {
    findings.emplace_back("auto_close_business_days needs auto_close_calendar, the calendar whose days they are");
  }
  if (!by_days && !w.auto_close_calendar.empty()) {
    findings.emplace_back("auto_close_calendar needs auto_close_business_days");
  }
  if (!by_days && w.auto_close_after.us == 0) return;
  const std::string what = by_days ? "auto_close_business_days" : "auto_close_after";
  for (const workflow_state& state : w.states) {
    if (state.kind != kind::resolved) continue;
    const bool closes = std::ranges::any_of(w.transitions, [&](const workflow_transition& t) {
      return t.verb == verb::close && std::ranges::count(t.from, state.name) != 0 && !t.to.empty();
    });
    if (!closes) findings.push_back(what + " needs a move \"close\" from " + quoted(state.name));
  }
}

// ---- moves of their own (L2)

bool moves_itself(const workflow_transition& t) {
  return t.trigger == move_trigger::automatic || t.trigger == move_trigger::timed;
}

void lint_triggers(const workflow& w, std::vector<std::string>& findings) {
  for (std::size_t i = 0; i < w.transitions.size(); ++i) {
    const workflow_transition& t = w.transitions[i];
    const std::string what = "transitions/" + std::to_string(i);
    if (t.verb == verb::move && t.to.empty()) findings.push_back(what + ": a move needs a state that it leads to");
    if (t.trigger == move_trigger::timed && t.after.us == 0) findings.push_back(what + ": a timed move needs `after`");
    if (t.trigger != move_trigger::timed && (t.after.us != 0 || !t.calendar.empty())) {
      findings.push_back(what + ": `after` and `calendar` are for timed moves");
    }
    for (std::size_t g = 0; g < t.host_guards.size(); ++g) {
      const auto before = std::span(t.host_guards).first(g);
      if (std::ranges::find(before, t.host_guards[g].name, &workflow_host_guard::name) != before.end()) {
        findings.push_back(what + "/host_guards: it asks twice for " + quoted(t.host_guards[g].name));
      }
    }
    if (!moves_itself(t)) continue;
    if (!t.host_guards.empty()) findings.push_back(what + ": the host is not asked for what moves by itself");
    if (t.verb != verb::move && t.verb != verb::close && t.verb != verb::cancel) {
      findings.push_back(what + ": by itself a record can only move, close or cancel");
    }
    if (t.trigger == move_trigger::automatic && t.guards.empty()) {
      findings.push_back(what + ": an automatic move needs a guard, or its states would never be stayed in");
    }
    if (!t.permission.empty()) findings.push_back(what + ": what moves by itself needs no permission");
  }
}

// A circle of automatic moves might never come to rest. Guards are not looked into: a circle is refused whatever they say.
void lint_circles(const workflow& w, std::vector<std::string>& findings) {
  std::set<std::pair<std::string_view, std::string_view>> moves;
  std::map<std::string_view, detail::vertex> numbers;
  for (const workflow_transition& t : w.transitions) {
    if (t.trigger != move_trigger::automatic) continue;
    for (const std::string& from : t.from) {
      moves.emplace(from, t.to);
      numbers.emplace(from, 0);
      numbers.emplace(t.to, 0);
    }
  }
  std::vector<std::string_view> states;  // rising, as their numbers
  for (auto& [state, number] : numbers) {
    number = static_cast<detail::vertex>(states.size());
    states.push_back(state);
  }
  std::vector<detail::edge> edges;
  for (const auto& [from, to] : moves) edges.push_back({numbers.at(from), numbers.at(to)});
  const detail::digraph graph(states.size(), edges);
  const std::vector<bool> round = on_cycle(graph);
  const auto first = std::ranges::find(round, true);
  if (first == round.end()) return;
  std::string path;
  const std::vector<detail::vertex> cycle = cycle_through(graph, static_cast<detail::vertex>(first - round.begin()));
  for (const detail::vertex v : cycle) path += quoted(states[v]) + " -> ";
  findings.push_back("automatic moves go round in a circle: " + path + quoted(states[cycle.front()]));
}

void lint_hold_reasons(const workflow& w, std::vector<std::string>& findings) {
  const bool waits = std::ranges::any_of(w.states, [](const workflow_state& s) { return s.kind == kind::on_hold; });
  if (!w.hold_reasons.empty() && !waits) findings.emplace_back("it has hold reasons, but no state of kind on_hold");
  for (const workflow_hold_reason& r : w.hold_reasons) {
    const std::string what = "hold reason " + quoted(r.name);
    const bool resolves = r.after_reminders == hold_end::resolve || r.after_longest == hold_end::resolve;
    if (r.reminders_max != 0 && r.remind_after.us == 0)
      findings.push_back(what + " has reminders, but no remind_after");
    if (r.after_reminders != hold_end::unset && r.reminders_max == 0) {
      findings.push_back(what + " says what follows reminders, but has none");
    }
    if (r.after_longest != hold_end::unset && r.longest.us == 0) {
      findings.push_back(what + " says what follows its longest stay, but has none");
    }
    if (resolves && r.resolution_code.empty()) findings.push_back(what + " resolves, but with no resolution_code");
    if (!resolves && r.awaits == awaited::unset && !r.resolution_code.empty()) {
      findings.push_back(what + " has a resolution_code, but resolves nothing");
    }
    if (!r.resolution_code.empty() && std::ranges::count(w.resolution_codes, r.resolution_code) == 0) {
      findings.push_back(what + " resolves with the unknown code " + quoted(r.resolution_code));
    }
  }
}

void lint_conditions(const workflow& w, const verb_schemas& schemas, std::vector<std::string>& findings) {
  for (std::size_t i = 0; i < w.transitions.size(); ++i) {
    const workflow_transition& t = w.transitions[i];
    const condition_schema& schema = schemas.of(moves_itself(t) ? verb::unset : t.verb);
    const std::string what = "transitions/" + std::to_string(i);
    for (std::size_t g = 0; g < t.guards.size(); ++g) {
      try {
        compile_condition(t.guards[g].condition.text, schema, what + "/guards/" + std::to_string(g) + "/condition");
      } catch (const error& e) {
        findings.emplace_back(e.what());
      }
    }
    for (const std::string& path : t.required) {
      if (std::ranges::find(schema.paths, path, &condition_path::path) == schema.paths.end()) {
        findings.push_back(what + "/required: the records have no " + quoted(path));
      }
    }
  }
}

class record_schema final : public verb_schemas {
 public:
  record_schema() {
    schema_.add(incident::fields());
    schema_.add(incident_text::fields(), {}, 1);
  }
  const condition_schema& of(verb) const override { return schema_; }

 private:
  condition_schema schema_;
};

}  // namespace

const verb_schemas& plain_schemas() {
  static const record_schema schemas;
  return schemas;
}

std::vector<std::string> lint(const workflow& definition, const verb_schemas& schemas) {
  std::vector<std::string> findings;
  name_table names;
  lint_names(definition, names, findings);
  lint_transitions(definition, names, findings);
  lint_reachability(definition, names, findings);
  lint_auto_close(definition, findings);
  lint_triggers(definition, findings);
  lint_circles(definition, findings);
  lint_hold_reasons(definition, findings);
  lint_conditions(definition, schemas, findings);
  return findings;
}

}  // namespace tocsin::inline v1
