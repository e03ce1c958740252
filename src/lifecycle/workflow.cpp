#include <tocsin/lifecycle/workflow.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace tocsin::inline v1 {
namespace {

using kind = tocsin::state_kind;

std::string quoted(const std::string& text) { return '"' + text + '"'; }

// What a workflow says of its states by name, for the linter.
struct name_table {
  std::map<std::string, const workflow_state*> states;
  std::map<std::string, std::set<std::string>> moves;  // from -> to, without those that stay
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
  std::set<std::pair<verb, std::string>> seen;
  for (const workflow_transition& t : w.transitions) {
    const std::string what = "transition " + quoted(std::string(choices(t.verb)[static_cast<std::size_t>(t.verb) - 1]));
    if (!t.to.empty() && !names.states.contains(t.to))
      findings.push_back(what + " leads to the unknown state " + quoted(t.to));
    for (const std::string& from : t.from) {
      if (!names.states.contains(from)) findings.push_back(what + " leads from the unknown state " + quoted(from));
      if (t.verb != verb::import_step && !seen.emplace(t.verb, from).second) {
        findings.push_back(what + " leads from " + quoted(from) + " twice");
      }
      if (!t.to.empty()) names.moves[from].insert(t.to);
      // A move without `to` ends a hold and leads back to where it began.
      if (t.verb == verb::resume && t.to.empty()) {
        for (const auto& [other, targets] : std::map(names.moves)) {
          if (targets.contains(from)) names.moves[from].insert(other);
        }
      }
    }
  }
}

std::set<std::string> reachable(const name_table& names, const std::string& start) {
  std::set<std::string> seen{start};
  std::vector<std::string> open{start};
  while (!open.empty()) {
    const std::string state = open.back();
    open.pop_back();
    const auto moves = names.moves.find(state);
    if (moves == names.moves.end()) continue;
    for (const std::string& next : moves->second) {
      if (seen.insert(next).second) open.push_back(next);
    }
  }
  return seen;
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
  const std::set<std::string> met = reachable(names, start->name);
  for (const workflow_state& state : w.states) {
    if (!met.contains(state.name)) {
      findings.push_back("state " + quoted(state.name) + " cannot be reached from " + quoted(start->name));
    }
    const std::set<std::string> onward = reachable(names, state.name);
    const bool ends = std::ranges::any_of(onward, [&](const std::string& name) {
      const auto found = names.states.find(name);
      return found != names.states.end() && is_final(found->second->kind);
    });
    if (!ends) findings.push_back("from state " + quoted(state.name) + " no end can be reached");
    if (is_final(state.kind) && onward.size() > 1 &&
        std::ranges::any_of(w.transitions, [&](const workflow_transition& t) {
          return t.verb != verb::import_step && std::ranges::count(t.from, state.name) != 0;
        })) {
      findings.push_back("the final state " + quoted(state.name) + " is left by a move: final states stay (L5)");
    }
  }
}

// Silence closes by the same move as a person does (L5).
void lint_auto_close(const workflow& w, std::vector<std::string>& findings) {
  if (w.auto_close_after.us == 0) return;
  for (const workflow_state& state : w.states) {
    if (state.kind != kind::resolved) continue;
    const bool closes = std::ranges::any_of(w.transitions, [&](const workflow_transition& t) {
      return t.verb == verb::close && std::ranges::count(t.from, state.name) != 0 && !t.to.empty();
    });
    if (!closes) findings.push_back("auto_close_after needs a move \"close\" from " + quoted(state.name));
  }
}

const std::vector<std::string>& open_states() {
  static const std::vector<std::string> states = {"new", "assigned", "in_progress", "on_hold"};
  return states;
}

}  // namespace

std::span<const std::string_view> choices(verb) {
  static constexpr std::string_view all[] = {"assign",  "begin_work", "hold",   "resume", "resolve",
                                             "confirm", "close",      "reopen", "cancel", "import_step"};
  static_assert(std::size(all) + 1 == verb_count);
  return all;
}

std::string_view command_of(verb v) {
  static constexpr std::string_view all[] = {"",
                                             "assign_incident",
                                             "begin_work",
                                             "hold_incident",
                                             "resume_incident",
                                             "resolve_incident",
                                             "confirm_resolution",
                                             "close_incident",
                                             "reopen_incident",
                                             "cancel_incident",
                                             "import_record"};
  static_assert(std::size(all) == verb_count);
  return all[static_cast<std::size_t>(v)];
}

std::span<const field_row> workflow_state::fields() {
  static constexpr field_row rows[] = {
      row<&workflow_state::name>("name", "Name of the state", required, one_line, max_length(limits::key_length_max)),
      row<&workflow_state::kind>("kind", "What it means to the library", required),
      row<&workflow_state::initial>("initial", "Records begin in it"),
  };
  return rows;
}

std::span<const field_row> workflow_transition::fields() {
  static constexpr field_row rows[] = {
      row<&workflow_transition::verb>("verb", "What moves the record", required),
      row<&workflow_transition::from>("from", "States from which it may", required,
                                      max_length(limits::workflow_states_max)),
      row<&workflow_transition::to>("to", "State it leads to; none: it stays, or returns to the one before the hold",
                                    one_line, max_length(limits::key_length_max)),
  };
  return rows;
}

std::span<const field_row> workflow_hold_reason::fields() {
  static constexpr field_row rows[] = {
      row<&workflow_hold_reason::name>("name", "Name of the reason", required, one_line,
                                       max_length(limits::key_length_max)),
      row<&workflow_hold_reason::resumed_by_reply>("resumed_by_reply", "A reply of the requester ends the wait"),
  };
  return rows;
}

std::span<const field_row> workflow::fields() {
  static constexpr field_row rows[] = {
      row<&workflow::key>("key", "Key of the workflow; \"incident\" is the one that incidents use", required, one_line,
                          max_length(limits::key_length_max)),
      row<&workflow::name>("name", "Name as people know it", one_line),
      row<&workflow::states>("states", "Its states", required, max_length(limits::workflow_states_max)),
      row<&workflow::transitions>("transitions", "Its moves", required, max_length(limits::workflow_transitions_max)),
      row<&workflow::hold_reasons>("hold_reasons", "Why a record may wait", max_length(200)),
      row<&workflow::resolution_codes>("resolution_codes", "How a record may be resolved", max_length(200)),
      row<&workflow::reopen_window>("reopen_window", "How long after resolving it may be reopened; none: for ever",
                                    range{0, 3650 * day.us}),
      row<&workflow::auto_close_after>(
          "auto_close_after", "Silence after resolving that closes it; none: it never does", range{0, 3650 * day.us}),
  };
  return rows;
}

const workflow& built_in_workflow() {
  static const workflow built_in{
      .key = "incident",
      .name = "Incident (built in)",
      .states =
          {
              {"new", kind::fresh, true},
              {"assigned", kind::assigned},
              {"in_progress", kind::in_progress},
              {"on_hold", kind::on_hold},
              {"resolved", kind::resolved},
              {"closed", kind::closed},
              {"cancelled", kind::cancelled},
          },
      .transitions =
          {
              {verb::assign, {"new"}, "assigned"},
              {verb::assign, {"assigned", "in_progress", "on_hold"}, ""},
              {verb::begin_work, {"new", "assigned"}, "in_progress"},
              {verb::hold, open_states(), "on_hold"},
              {verb::resume, {"on_hold"}, ""},
              {verb::resolve, open_states(), "resolved"},
              {verb::confirm, {"resolved"}, "closed"},
              {verb::close, {"resolved"}, "closed"},
              {verb::reopen, {"resolved"}, "in_progress"},
              {verb::cancel, open_states(), "cancelled"},
          },
      .hold_reasons =
          {
              {"awaiting_caller", true},
              {"awaiting_change"},
              {"awaiting_problem"},
              {"awaiting_vendor"},
              {"awaiting_evidence"},
          },
      .resolution_codes = {"fix", "workaround", "known_error", "no_fault_found", "duplicate", "user_error",
                           "cancelled_by_user", "resolved_externally"},
      .reopen_window = 14 * day,
      .auto_close_after = 5 * day,
  };
  return built_in;
}

std::vector<std::string> lint(const workflow& definition) {
  std::vector<std::string> findings;
  name_table names;
  lint_names(definition, names, findings);
  lint_transitions(definition, names, findings);
  lint_reachability(definition, names, findings);
  lint_auto_close(definition, findings);
  return findings;
}

workflow_graph::workflow_graph(const workflow& definition, std::uint32_t version, const lexicon& words)
    : definition_(definition), version_(version) {
  for (const workflow_state& s : definition_.states) {
    const state_ref state{words.find(word_kind::state, s.name)};
    if (local_.size() <= state.index) local_.resize(state.index + 1, 0);
    states_.push_back({.state = state, .kind = s.kind, .connected = std::vector<bool>(definition_.states.size())});
    local_[state.index] = static_cast<std::uint8_t>(states_.size());
    if (s.initial) initial_ = state;
  }
  for (const workflow_transition& t : definition_.transitions) {
    const std::size_t to = t.to.empty() ? states_.size() : local({words.find(word_kind::state, t.to)});
    for (const std::string& name : t.from) {
      const std::size_t from = local({words.find(word_kind::state, name)});
      const std::size_t target = t.to.empty() ? from : to;
      states_[from].target[static_cast<std::size_t>(t.verb)] = static_cast<std::uint8_t>(target + 1);
      if (t.verb == verb::resume && t.to.empty()) {
        states_[from].connected.assign(states_.size(), true);  // back to wherever it came from
      } else {
        states_[from].connected[target] = true;
      }
    }
  }
  for (const auto& reason : definition_.hold_reasons) {
    hold_reasons_.push_back({words.find(word_kind::hold_reason, reason.name)});
  }
  for (const auto& code : definition_.resolution_codes) {
    resolution_codes_.push_back({words.find(word_kind::resolution_code, code)});
  }
}

state_ref workflow_graph::target(verb v, state_ref from) const {
  if (!has(from)) return {};
  const std::uint8_t to = states_[local(from)].target[static_cast<std::size_t>(v)];
  return to == 0 ? state_ref{} : states_[to - 1u].state;
}

bool workflow_graph::connects(state_ref from, state_ref to) const {
  return has(from) && has(to) && states_[local(from)].connected[local(to)];
}

state_ref workflow_graph::first(state_kind wanted) const {
  const auto found = std::ranges::find(states_, wanted, &state_row::kind);
  return found == states_.end() ? state_ref{} : found->state;
}

bool workflow_graph::has(hold_reason_ref reason) const {
  return std::ranges::find(hold_reasons_, reason) != hold_reasons_.end();
}

bool workflow_graph::resumed_by_reply(hold_reason_ref reason) const {
  const auto found = std::ranges::find(hold_reasons_, reason);
  return found != hold_reasons_.end() &&
         definition_.hold_reasons[static_cast<std::size_t>(found - hold_reasons_.begin())].resumed_by_reply;
}

bool workflow_graph::has(resolution_code_ref code) const {
  return std::ranges::find(resolution_codes_, code) != resolution_codes_.end();
}

std::string workflow_graph::verbs_from(state_ref from) const {
  std::string result;
  for (std::size_t v = 1; v < verb_count; ++v) {
    if (static_cast<verb>(v) == verb::import_step || !target(static_cast<verb>(v), from)) continue;
    if (!result.empty()) result += ", ";
    result += command_of(static_cast<verb>(v));
  }
  return result;
}

}  // namespace tocsin::inline v1
