// What stands at a record of automation: runs that wait, what is suspended, what the host was asked to run; and the guard
// against loops (I3).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/model/record_parts.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t automation_chain_max = 8;             // rules that set each other off, one after the other
inline constexpr std::size_t automation_queue_max = 100;           // runs that wait on one record
inline constexpr std::uint32_t automation_runs_per_hour_max = 60;  // of one record
inline constexpr std::size_t automation_suspensions_max = 100;     // of one record
inline constexpr std::size_t automation_requests_max = 500;        // to the host, of one record
}  // namespace limits

// A run of a rule that waits: its actions are taken one after the other, each in an entry of its own.
struct queued_automation {
  std::uint32_t run = 0;  // its number on this record, from 1
  automation_rule_ref rule;
  std::uint32_t rule_version = 0;
  std::vector<automation_rule_ref> chain;  // the rules whose actions led to it, the first one first
  std::uint32_t actions_taken = 0;

  static std::span<const field_row> fields();
};

struct automation_suspension {
  automation_rule_ref rule;  // none: all of them
  std::string reason;
  instant until = no_instant;  // unset: until somebody resumes it
  person_ref by;
  instant since = no_instant;

  static std::span<const field_row> fields();
};

enum class automation_outcome : std::uint8_t { unset, succeeded, failed };
std::span<const std::string_view> choices(automation_outcome);

// Something that the host was asked to run.
struct automation_request {
  std::uint32_t request = 0;  // its number on this record, from 1
  std::uint32_t run = 0;
  std::string asked_to_run;  // its key
  instant asked_at = no_instant;
  automation_outcome outcome = automation_outcome::unset;  // unset: nobody has said yet
  std::string evidence;
  person_ref reported_by;
  instant reported_at = no_instant;

  static std::span<const field_row> fields();
};

// Of a record on which a rule has run, or may not.
struct record_automation {
  static constexpr std::uint8_t part_number = 20;
  static const part_type descriptor;

  std::vector<queued_automation> automation_queue;  // in the order in which they run
  instant automation_due = no_instant;              // when the first of them goes on
  std::uint32_t automation_runs = 0;                // that began on it, ever
  instant automation_hour = no_instant;             // when the hour began in which its runs are counted
  std::uint32_t automation_hour_runs = 0;           // and how many
  std::vector<automation_suspension> automation_suspensions;
  std::vector<automation_request> automation_requests;  // by number

  static std::span<const field_row> fields();
};

// ---- the guard

// Why a rule does not run, or goes on no more. `record_over`: the record is closed or cancelled. `not_in_force`: the rule is
// retired. The others, in the order in which they are asked: it is suspended on this record; it is in the chain of rules that
// led here already; that chain is too long; too many runs wait; too many began within an hour. `no_room`: the entry has too
// many events already.
enum class automation_stop : std::uint8_t {
  unset,
  suspended,
  circular,
  too_deep,
  too_many,
  too_often,
  not_in_force,
  record_over,
  no_room
};
std::span<const std::string_view> choices(automation_stop);

// Null: the rule is not suspended. One of all rules comes before one of this rule.
const automation_suspension* find_suspension(std::span<const automation_suspension> all, automation_rule_ref rule);

// Unset: a run of the rule may begin now. `chain` are the rules whose actions led to it.
automation_stop guard(const record_automation& on, automation_rule_ref rule, std::span<const automation_rule_ref> chain,
                      instant now);

// Notes that a run begins, with its number, which is the next one.
void begin_run(record_automation& on, queued_automation run, instant now);

// Null: no such run waits.
const queued_automation* find_run(const record_automation& on, std::uint32_t run);

}  // namespace tocsin::inline v1
