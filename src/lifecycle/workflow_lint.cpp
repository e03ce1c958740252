#include <tocsin/lifecycle/workflow.hpp>

#include <tocsin/base/error.hpp>
#include <tocsin/model/incident.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace tocsin::inline v1 {
namespace {

using kind = tocsin::state_kind;

std::string quoted(const std::string& text) { return '"' + text + '"'; }

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

// Every way of being somewhere, and the ways that lead there.
using place_map = std::map<place, std::set<place>>;

place_map walk(const workflow& w, const name_table& names, const place& start) {
  std::map<std::string, std::vector<const workflow_transition*>> moves;
  for (const workflow_transition& t : w.transitions) {
    for (const std::string& from : t.from) moves[from].push_back(&t);
  }
  place_map met{{start, {}}};
  std::vector<place> open{start};
  while (!open.empty()) {
    const place at = open.back();
    open.pop_back();
    for (const workflow_transition* t : moves[at.state]) {
      const place next = after(*t, at, names);
      const auto [found, is_new] = met.try_emplace(next);
      found->second.insert(at);
      if (is_new) open.push_back(next);
    }
  }
  return met;
}

// The ways of being somewhere from which an end can be reached.
std::set<place> ending(const place_map& met, const name_table& names) {
  std::set<place> result;
  std::vector<place> open;
  for (const auto& [p, before] : met) {
    if (is_final(names.kind_of(p.state)) && result.insert(p).second) open.push_back(p);
  }
  while (!open.empty()) {
    const place at = open.back();
    open.pop_back();
    for (const place& before : met.at(at)) {
      if (result.insert(before).second) open.push_back(before);
    }
  }
  return result;
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
  const place_map met = walk(w, names, {start->name, {}});
  const std::set<place> ends = ending(met, names);
  std::set<std::string> states;   // that are met
  std::set<std::string> trapped;  // where some way of being there has no way out
  for (const auto& [p, before] : met) {
    states.insert(p.state);
    if (!ends.contains(p)) trapped.insert(p.state);
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
    if (!moves_itself(t)) continue;
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
  std::map<std::string, std::set<std::string>> moves;
  for (const workflow_transition& t : w.transitions) {
    if (t.trigger != move_trigger::automatic) continue;
    for (const std::string& from : t.from) moves[from].insert(t.to);
  }
  for (const auto& [start, targets] : moves) {
    std::map<std::string, std::string> came_from;
    std::vector<std::string> open{start};
    while (!open.empty()) {
      const std::string state = open.back();
      open.pop_back();
      const auto found = moves.find(state);
      if (found == moves.end()) continue;
      for (const std::string& next : found->second) {
        if (!came_from.emplace(next, state).second) continue;
        open.push_back(next);
      }
    }
    if (!came_from.contains(start)) continue;
    std::string path = quoted(start);
    for (std::string at = came_from[start]; at != start; at = came_from[at]) path.insert(0, quoted(at) + " -> ");
    findings.push_back("automatic moves go round in a circle: " + quoted(start) + " -> " + path);
    return;
  }
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
    if (resolves != !r.resolution_code.empty()) {
      findings.push_back(what + (resolves ? " resolves, but with no resolution_code"
                                          : " has a resolution_code, but resolves nothing"));
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
