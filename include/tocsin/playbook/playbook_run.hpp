// A playbook as it is followed for one record: what became of each step, who did it, and where it went another way.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/model/record_parts.hpp>
#include <tocsin/playbook/playbook.hpp>
#include <tocsin/playbook/playbook_model.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

struct incident;

namespace limits {
inline constexpr std::size_t playbook_runs_max = 20;           // of one record
inline constexpr std::size_t steps_overdue_at_once_max = 200;  // said in one entry
}  // namespace limits

struct given_evidence {
  std::string key;
  std::string text;

  static std::span<const field_row> fields();
};

struct playbook_run_step {
  std::string step;
  step_state state = step_state::unset;
  step_deadline required_before = step_deadline::unset;  // none: it is optional
  std::string role;
  team_ref team;
  duration time_limit;
  instant due_at = no_instant;
  bool overdue = false;                        // that was said
  std::vector<std::string> outcomes;           // that it can have
  std::vector<std::string> evidence_demanded;  // keys
  std::string outcome;                         // of a decision
  std::vector<given_evidence> evidence;
  std::string reason;     // why it was skipped
  std::string deviation;  // why it was done out of order
  person_ref by;          // who brought it into its state; none: the steps before it did
  instant since = no_instant;

  static std::span<const field_row> fields();
};

// `cut_short`: its record was closed or cancelled before.
enum class playbook_run_state : std::uint8_t { unset, active, completed, stopped, cut_short };
std::span<const std::string_view> choices(playbook_run_state);

struct playbook_run {
  std::uint32_t run = 0;  // its number, from 1
  playbook_ref playbook;
  std::uint32_t version = 0;
  bool enforced = false;
  playbook_run_state state = playbook_run_state::unset;
  std::string reason;     // why it was started by hand, or stopped
  person_ref started_by;  // none: its condition held
  instant started_at = no_instant;
  instant ended_at = no_instant;
  std::vector<playbook_run_step> steps;  // in the order of the playbook

  static std::span<const field_row> fields();
};

struct record_playbook_runs {
  static constexpr std::uint8_t part_number = 19;
  static const part_type descriptor;

  std::vector<playbook_run> playbook_runs;  // by number

  static std::span<const field_row> fields();
};

// Neither done nor skipped nor ruled out, and not optional, before a record is resolved or closed.
bool is_left(const playbook_run_step& step, step_deadline before);

const playbook_run_step* find_step(const playbook_run& run, std::string_view key);
playbook_run_step* find_step(playbook_run& run, std::string_view key);

// Null: the record has no such run.
const playbook_run* find_playbook_run(const incident& record, std::uint32_t number);
std::span<const playbook_run> playbook_runs_of(const incident& record);

// By place in the model, whatever the run says of other steps.
std::vector<step_standing> standings_of(const playbook_run& run, const compiled_playbook& by);

// What the playbooks that are enforced have against a move to a state of this kind, a line each.
std::vector<std::string> unmet_of_playbooks(const incident& record, state_kind to);

}  // namespace tocsin::inline v1
