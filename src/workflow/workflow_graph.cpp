#include <tocsin/workflow/workflow.hpp>

#include <algorithm>
#include <limits>

#include <tocsin/base/error.hpp>

namespace tocsin::inline v1 {
namespace {

bool by_hand(const workflow_transition& t) { return t.trigger <= move_trigger::manual; }

std::vector<condition> compiled(const workflow_transition& t, const condition_schema& schema) {
  std::vector<condition> result;
  for (const workflow_guard& guard : t.guards) result.push_back(compile_condition(guard.condition.text, schema));
  return result;
}

// A linter has seen to all of this where a definition is published; one that was read may come from anywhere.
[[noreturn]] void refuse(const workflow& w, const std::string& why) {
  throw error(status::invalid_argument, "workflow.not_sound", "the workflow \"" + w.key + "\" is not sound: " + why);
}

std::vector<std::size_t> required_paths(const workflow& w, const workflow_transition& t,
                                        const condition_schema& schema) {
  std::vector<std::size_t> result;
  for (const std::string& path : t.required) {
    const auto found = std::ranges::find(schema.paths, path, &condition_path::path);
    if (found == schema.paths.end()) refuse(w, "a transition requires \"" + path + "\", which records lack");
    result.push_back(static_cast<std::size_t>(found - schema.paths.begin()));
  }
  return result;
}

}  // namespace

workflow_graph::workflow_graph(const workflow& definition, std::uint32_t version, const lexicon& words,
                               const verb_schemas& schemas)
    : definition_(definition), version_(version) {
  const auto place_of = [&](const std::string& name) {
    const std::size_t place = local({words.find(word_kind::state, name)});
    if (place >= states_.size()) refuse(definition_, "a transition names the unknown state \"" + name + "\"");
    return place;
  };
  if (definition_.states.size() > std::numeric_limits<std::uint8_t>::max()) refuse(definition_, "too many states");
  for (const workflow_state& s : definition_.states) {
    const state_ref state{words.find(word_kind::state, s.name)};
    if (!state || has(state)) refuse(definition_, "the state \"" + s.name + "\" is no word, or is there twice");
    if (local_.size() <= state.index) local_.resize(state.index + 1, 0);
    states_.push_back({.state = state, .kind = s.kind, .connected = std::vector<bool>(definition_.states.size())});
    local_[state.index] = static_cast<std::uint8_t>(states_.size());
    if (s.initial) initial_ = state;
  }
  for (const workflow_transition& t : definition_.transitions) {
    const std::size_t to = t.to.empty() ? states_.size() : place_of(t.to);
    if (static_cast<std::size_t>(t.verb) >= verb_count) refuse(definition_, "a transition has an unknown verb");
    const condition_schema& schema = schemas.of(by_hand(t) ? t.verb : verb::unset);
    for (const std::string& name : t.from) {
      const std::size_t from = place_of(name);
      const state_row& target = states_[t.to.empty() ? from : to];
      moves_.push_back({t.verb, states_[from].state, target.state, target.kind, &t, compiled(t, schema),
                        required_paths(definition_, t, schema)});
      has_own_moves_ = has_own_moves_ || !by_hand(t);
      std::uint16_t& place = states_[from].move[static_cast<std::size_t>(t.verb)];
      if (by_hand(t) && place == 0) place = static_cast<std::uint16_t>(moves_.size());
      if (t.verb == verb::resume && t.to.empty()) {
        states_[from].connected.assign(states_.size(), true);  // back to wherever it came from
      } else {
        states_[from].connected[t.to.empty() ? from : to] = true;
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

const workflow_move* workflow_graph::move(verb v, state_ref from, state_ref to) const {
  if (!has(from)) return nullptr;
  const std::uint16_t place = states_[local(from)].move[static_cast<std::size_t>(v)];
  if (place == 0) return nullptr;
  if (v != verb::move) return &moves_[place - 1u];
  const auto found = std::ranges::find_if(moves_, [&](const workflow_move& m) {
    return m.verb == v && m.from == from && m.to == to && by_hand(*m.declared);
  });
  return found == moves_.end() ? nullptr : &*found;
}

std::vector<const workflow_move*> workflow_graph::own_moves(state_ref from) const {
  std::vector<const workflow_move*> result;
  if (!has_own_moves_) return result;
  for (const workflow_move& m : moves_) {
    if (m.from == from && !by_hand(*m.declared)) result.push_back(&m);
  }
  return result;
}

state_ref workflow_graph::target(verb v, state_ref from) const {
  if (!has(from)) return {};
  const std::uint16_t place = states_[local(from)].move[static_cast<std::size_t>(v)];
  return place == 0 ? state_ref{} : moves_[place - 1u].to;
}

bool workflow_graph::connects(state_ref from, state_ref to) const {
  return has(from) && has(to) && states_[local(from)].connected[local(to)];
}

state_ref workflow_graph::first(state_kind wanted) const {
  const auto found = std::ranges::find(states_, wanted, &state_row::kind);
  return found == states_.end() ? state_ref{} : found->state;
}

const workflow_hold_reason* workflow_graph::hold_reason(hold_reason_ref reason) const {
  const auto found = std::ranges::find(hold_reasons_, reason);
  if (found == hold_reasons_.end()) return nullptr;
  return &definition_.hold_reasons[static_cast<std::size_t>(found - hold_reasons_.begin())];
}

bool workflow_graph::resumed_by_reply(hold_reason_ref reason) const {
  const workflow_hold_reason* found = hold_reason(reason);
  return found && found->resumed_by_reply;
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
