// A workflow: the states of an incident and the moves between them, as data that a host may replace (L1, L2).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

// What moves an incident. Each is a command, but for the last.
enum class verb : std::uint8_t {
  unset,
  assign,
  begin_work,
  hold,
  resume,
  resolve,
  confirm,
  close,
  reopen,
  cancel,
  import_step
};
inline constexpr std::size_t verb_count = 11;
std::span<const std::string_view> choices(verb);

struct workflow_state {
  std::string name;
  state_kind kind = state_kind::unset;
  bool initial = false;

  static std::span<const field_row> fields();
};

// A move: from any of these states to that one. Without `to` the state stays, or returns to the one before the hold.
struct workflow_transition {
  tocsin::verb verb = verb::unset;
  std::vector<std::string> from;
  std::string to;

  static std::span<const field_row> fields();
};

// Why an incident waits, and what ends the wait by itself (L3).
struct workflow_hold_reason {
  std::string name;
  bool resumed_by_reply = false;

  static std::span<const field_row> fields();
};

struct workflow {
  std::string key;
  std::string name;
  std::vector<workflow_state> states;
  std::vector<workflow_transition> transitions;
  std::vector<workflow_hold_reason> hold_reasons;
  std::vector<std::string> resolution_codes;
  duration reopen_window;     // 0: for ever
  duration auto_close_after;  // silence after resolving; 0: never

  static std::span<const field_row> fields();
};

// The built-in workflow (L1).
const workflow& built_in_workflow();

// What is wrong with it: a line each, empty when nothing is. Unreachable states, states with no way out, missing
// initial or final states, names that are unknown or used twice (L1).
std::vector<std::string> lint(const workflow& definition);

// A workflow made ready to be asked: its names are numbers of a lexicon, its moves a table.
class workflow_graph {
 public:
  // `definition` has passed the linter; its names are in `words`.
  workflow_graph(const workflow& definition, std::uint32_t version, const lexicon& words);

  const workflow& definition() const { return definition_; }
  std::uint32_t version() const { return version_; }

  state_ref initial() const { return initial_; }
  bool has(state_ref state) const { return local(state) < states_.size(); }
  state_kind kind(state_ref state) const { return has(state) ? states_[local(state)].kind : state_kind::unset; }

  // Where the verb leads from a state: that state itself for a move without `to`, none if there is no such move.
  state_ref target(verb v, state_ref from) const;
  // May a history go from one state to the other, by whatever move?
  bool connects(state_ref from, state_ref to) const;
  // The first state of a kind, none if there is none.
  state_ref first(state_kind kind) const;

  bool has(hold_reason_ref reason) const;
  bool resumed_by_reply(hold_reason_ref reason) const;
  bool has(resolution_code_ref code) const;

  // The verbs that lead somewhere from this state, separated by commas, for messages.
  std::string verbs_from(state_ref from) const;

 private:
  struct state_row {
    state_ref state;
    state_kind kind;
    std::array<std::uint8_t, verb_count> target{};  // local number + 1, by verb
    std::vector<bool> connected;                    // by local number
  };

  std::size_t local(state_ref state) const {
    return state.index < local_.size() ? std::size_t{local_[state.index]} - 1 : states_.size();
  }

  workflow definition_;
  std::uint32_t version_;
  std::vector<state_row> states_;
  std::vector<std::uint8_t> local_;  // by number of the word: local number + 1
  state_ref initial_;
  std::vector<hold_reason_ref> hold_reasons_;
  std::vector<resolution_code_ref> resolution_codes_;
};

// A verb as it stands in commands: "hold_incident".
std::string_view command_of(verb v);

}  // namespace tocsin::inline v1
