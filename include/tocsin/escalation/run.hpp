// A run of an escalation policy: a value, and functions that take it from instant to instant and say what is to be done
// (E2-E6, D8). It asks who is on call through an interface, and knows neither a desk nor a clock.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/error.hpp>
#include <tocsin/base/field.hpp>
#include <tocsin/base/json.hpp>
#include <tocsin/escalation/escalation_graph.hpp>
#include <tocsin/model/escalation_record.hpp>
#include <tocsin/oncall/on_call.hpp>

namespace tocsin::inline v1 {

namespace limits {
// Nodes that a run passes at one instant before it waits a minute: a bound for policies that the linter warned of.
inline constexpr std::size_t escalation_nodes_at_once_max = 10'000;
inline constexpr std::size_t escalation_outputs_at_once_max = 150;  // likewise, what it says: an entry has to hold it
inline constexpr std::size_t escalation_outputs_max = 100'000;      // of one call, but for those of its last instant
inline constexpr std::size_t escalation_missed_max = 1'000'000;     // instants that a late host passes over in one call
}  // namespace limits

// What a run asks, when a step fires. The answers must not depend on anything but the arguments and what is known at
// that instant, so that the same journal gives the same run.
class oncall_source {
 public:
  virtual ~oncall_source() = default;

  // Whom the target means. Shadows hear, but do not count.
  virtual on_call who(const escalation_target& target, instant at) const = 0;
  virtual person_ref manager_of(person_ref person, instant at) const = 0;  // none: there is none
  virtual person_ref assignee(instant at) const = 0;                       // of the incident
  virtual bool holds(const condition& c, const escalation_facts& facts, instant at) const = 0;
};

// A run as a document, and back: the same value.
void write_run(json_writer& to, const escalation_run& run, const document_names& names);
escalation_run read_run(std::string_view json, const document_names& names);

enum class run_output_kind : std::uint8_t {
  unset,
  started,
  notified,
  nobody_on_call,
  skipped,  // steps that were due while the host was away (D8)
  assigned,
  handed_over,
  raised,
  major_declared,
  automation_run,
  repeated,
  held,
  escalation_exhausted,
  acknowledged_in_part,  // some are still needed
  acknowledged,
  acknowledgement_timed_out,
  unacknowledged,
  snoozed,
  snooze_ended,
  escalated,
  ended,
  reopened
};
std::span<const std::string_view> choices(run_output_kind);

struct run_output {
  run_output_kind kind = run_output_kind::unset;
  instant scheduled_at;
  instant recorded_at;
  std::uint32_t number = 0;          // of the run
  std::uint32_t policy_version = 0;  // E5
  std::uint32_t node = no_node;
  std::uint32_t step = 0;
  std::int64_t pass = 0;
  std::uint32_t version = 0;        // notified: of the page, to be cited by whoever answers it (E6)
  std::vector<person_ref> people;   // notified: each once, an effect each
  std::vector<person_ref> shadows;  // notified: they hear, but do not count
  tocsin::urgency urgency = urgency::unset;
  person_ref by;               // who acted
  std::int64_t count = 0;      // skipped: steps; acknowledged_in_part: still needed
  instant until = no_instant;  // snoozed
  std::string why;             // ended: "resolved", "closed", "cancelled"; assigned, handed over, raised: the reason
  bool superseded = false;     // notified: the run ended within the same call (D8)
};

enum class run_action_kind : std::uint8_t {
  unset,
  acknowledge,
  unacknowledge,
  snooze,
  escalate,
  hand_over,
  resolve,
  close,
  cancel,
  reopen
};
std::span<const std::string_view> choices(run_action_kind);

// What somebody does. An answer to a page may cite its step or version; a past one is refused (E6).
struct run_action {
  run_action_kind kind = run_action_kind::unset;
  person_ref by;
  std::uint32_t step = 0;      // 0: none is cited
  std::uint32_t version = 0;   // 0: none is cited
  instant until = no_instant;  // of a snooze
};

// What a call did. A refused action changed nothing; what had to fire before it has fired (D2).
struct run_answer {
  std::vector<run_output> outputs;
  std::optional<error> refusal;
};

// A new run: its first step fires at that instant.
run_answer start_run(escalation_run& run, const escalation_graph& graph, const oncall_source& duty, instant at);

// A new run, or one that begins again, for a cause that came while the host was away: its first step is due then, and
// fires as soon as the run is advanced; that passes over what was missed (D8).
run_answer start_run_late(escalation_run& run, const escalation_graph& graph, const oncall_source& duty, instant at);

// Fires what is due up to and including `now`; stops between two instants once there are more outputs than `most`:
// `run.due` then still is not after `now`. An error "escalation.goes_back" before the run's clock.
run_answer advance_run(escalation_run& run, const escalation_graph& graph, const oncall_source& duty, instant now,
                       std::size_t most = limits::escalation_outputs_max);

// Fires what is due strictly before `at`, then acts (D2). Refusals: "escalation.ended", "escalation.old_page",
// "escalation.already_acknowledged", "escalation.not_notified", "escalation.not_acknowledged", "escalation.not_ended",
// "escalation.snooze_in_past". Errors as above.
run_answer act_on_run(escalation_run& run, const escalation_graph& graph, const oncall_source& duty,
                      const run_action& action, instant at);

// The run goes on by another version of its policy: at the node with the same key, else at the step with the same
// number, else at the first (E5).
void follow_version(escalation_run& run, const escalation_graph& from, const escalation_graph& to);

// The calendars of its policy say something else from now on: a wait in open time ends when they say. Was it another
// instant?
bool recount_wait(escalation_run& run, const escalation_graph& graph, instant now);

}  // namespace tocsin::inline v1
