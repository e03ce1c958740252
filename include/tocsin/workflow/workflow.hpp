// A workflow: the states of an incident and the moves between them, as data that a host may replace (L1, L2).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/rule/condition.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

// What moves an incident. Each is a command, but for import_step. `move` is for the moves that a workflow adds of its
// own: between states, with no meaning of their own to the library.
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
  import_step,
  move,
  mark_duplicate,  // where a workflow has no such move: as cancel
  accept_risk
};
inline constexpr std::size_t verb_count = 14;
std::span<const std::string_view> choices(verb);

struct workflow_state {
  std::string name;
  state_kind kind = state_kind::unset;
  bool initial = false;

  static std::span<const field_row> fields();
};

// What must hold before a move, and what to tell where it does not (L2).
struct workflow_guard {
  embedded_json condition;  // of the record, and of the command's own fields as "command.<field>"
  std::string says;

  static std::span<const field_row> fields();
};

// What the host must say yes to before a move by hand (desk/host_guard.hpp), and what to tell where it says no.
struct workflow_host_guard {
  std::string name;
  std::string says;

  static std::span<const field_row> fields();
};

// By hand; by itself as soon as its guards hold; or by itself when the record has been in the state for a time, too.
enum class move_trigger : std::uint8_t { unset, manual, automatic, timed };
std::span<const std::string_view> choices(move_trigger);

// A move: from any of these states to that one. Without `to` the state stays, or returns to the one before the hold.
struct workflow_transition {
  tocsin::verb verb = verb::unset;
  std::vector<std::string> from;
  std::string to;
  std::vector<workflow_guard> guards;
  std::vector<std::string> required;  // paths of the record that must be set when the move is over
  std::string permission;             // what the actor must have been granted, once a permission policy is in force
  move_trigger trigger = move_trigger::unset;  // unset: manual
  duration after;                              // timed: time in the state
  std::string calendar;                        // timed: key of the calendar whose open time counts; none: real time
  std::vector<workflow_host_guard> host_guards;

  static std::span<const field_row> fields();
};

// The permission to override guards that do not hold, with a reason (R-O03); an incident manager has it. What a
// transition requires, and its own permission, are not overridden.
inline constexpr std::string_view override_permission = "override_guards";
inline constexpr std::string_view override_meaning =
    "Why guards that do not hold are overridden, by whoever has the permission override_guards; none: they are not";

// What becomes of a record when a wait has gone on for too long (L3).
enum class hold_end : std::uint8_t { unset, resume, resolve };
std::span<const std::string_view> choices(hold_end);

// What a wait is for, where what becomes of that ends it (P5).
enum class awaited : std::uint8_t { unset, problem, change };
std::span<const std::string_view> choices(awaited);

// Why an incident waits, and what ends the wait by itself (L3).
struct workflow_hold_reason {
  std::string name;
  bool resumed_by_reply = false;
  duration remind_after;           // each reminder comes so long after the one before; 0: none
  std::int64_t reminders_max = 0;  // so many; after the last, the next would-be reminder is `then`
  hold_end after_reminders = hold_end::unset;
  duration longest;                          // longest stay; 0: for ever
  hold_end after_longest = hold_end::unset;  // unset: resume
  std::string resolution_code;               // of a resolution that the end of the wait brings
  awaited awaits = awaited::unset;

  static std::span<const field_row> fields();
};

struct workflow {
  std::string key;
  std::string name;
  std::vector<workflow_state> states;
  std::vector<workflow_transition> transitions;
  std::vector<workflow_hold_reason> hold_reasons;
  std::vector<std::string> resolution_codes;
  duration reopen_window;                     // 0: for ever
  duration auto_close_after;                  // silence after resolving; 0: never
  bool verify_before_closing = false;         // somebody must say that the service recovered (R-P17)
  std::int64_t auto_close_business_days = 0;  // instead: to the end of the n-th business day after (T8); 0: none
  std::string auto_close_calendar;            // key of the calendar whose days they are
  optional_integer satisfaction_days;         // so long after closing answers are taken (R-C45); none: 30

  static std::span<const field_row> fields();
  static const definition_type descriptor;
};

// So many days after closing an answer on satisfaction is taken.
std::int64_t days_for_satisfaction(const workflow& w);

// The built-in workflow (L1).
const workflow& built_in_workflow();
// That of service requests (L9).
const workflow& built_in_request_workflow();
// Those of watches for heartbeats and of maintenance windows (I4).
const workflow& built_in_heartbeat_workflow();
const workflow& built_in_maintenance_workflow();
// That of known errors (P2).
const workflow& built_in_known_error_workflow();
// Those of problems and of proposals that there is one (P1, P4).
const workflow& built_in_problem_workflow();
const workflow& built_in_problem_proposal_workflow();
// That of changes.
const workflow& built_in_change_workflow();
// That of reviews (M3).
const workflow& built_in_review_workflow();

// What the conditions of each verb's moves may speak of. By default the fields of an incident alone; a desk adds
// custom fields, facts and the command.
class verb_schemas {
 public:
  virtual ~verb_schemas() = default;
  virtual const condition_schema& of(verb v) const = 0;
};
const verb_schemas& plain_schemas();

// What is wrong with it: a line each, empty when nothing is. Unreachable states, states with no way out, missing
// initial or final states, names that are unknown or used twice, automatic moves that go round in a circle, conditions
// and required fields that the records lack (L1).
std::vector<std::string> lint(const workflow& definition, const verb_schemas& schemas = plain_schemas());

// A move made ready: one for each state that it leads from.
struct workflow_move {
  tocsin::verb verb = verb::unset;
  state_ref from;
  state_ref to;
  state_kind to_kind = state_kind::unset;
  const workflow_transition* declared = nullptr;
  std::vector<condition> guards;      // in the order declared
  std::vector<std::size_t> required;  // paths of the verb's schema
};

// A workflow made ready to be asked: its names are numbers of a lexicon, its moves a table.
class workflow_graph {
 public:
  using compiled_from = workflow;

  // `definition` has passed the linter with these schemas; its names are in `words`.
  workflow_graph(const workflow& definition, std::uint32_t version, const lexicon& words,
                 const verb_schemas& schemas = plain_schemas());
  workflow_graph(const workflow_graph&) = delete;
  workflow_graph& operator=(const workflow_graph&) = delete;

  const workflow& definition() const { return definition_; }
  std::uint32_t version() const { return version_; }

  state_ref initial() const { return initial_; }
  bool has(state_ref state) const { return local(state) < states_.size(); }
  state_kind kind(state_ref state) const { return has(state) ? states_[local(state)].kind : state_kind::unset; }

  // Where the verb leads from a state: that state itself for a move without `to`, none if there is no such move.
  state_ref target(verb v, state_ref from) const;
  // The move by hand that the verb means in that state; null: there is none. Of verb::move, the one that leads to `to`.
  const workflow_move* move(verb v, state_ref from, state_ref to = {}) const;
  // The moves that a state makes by itself, in the order declared.
  std::vector<const workflow_move*> own_moves(state_ref from) const;
  bool has_own_moves() const { return has_own_moves_; }
  std::span<const workflow_move> moves() const { return moves_; }
  // May a history go from one state to the other, by whatever move?
  bool connects(state_ref from, state_ref to) const;
  // The first state of a kind, none if there is none.
  state_ref first(state_kind kind) const;

  bool has(hold_reason_ref reason) const { return hold_reason(reason) != nullptr; }
  const workflow_hold_reason* hold_reason(hold_reason_ref reason) const;
  bool resumed_by_reply(hold_reason_ref reason) const;
  bool has(resolution_code_ref code) const;

  // The verbs that lead somewhere from this state, separated by commas, for messages.
  std::string verbs_from(state_ref from) const;

 private:
  struct state_row {
    state_ref state;
    state_kind kind;
    std::array<std::uint16_t, verb_count> move{};  // by hand: place in moves_ + 1, by verb
    std::vector<bool> connected;                   // by local number
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
  std::vector<workflow_move> moves_;
  bool has_own_moves_ = false;
};

// A verb as it stands in commands: "hold_incident".
std::string_view command_of(verb v);

}  // namespace tocsin::inline v1
