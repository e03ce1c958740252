// What a record's clocks keep beside it: what happened that starts, pauses or ends one, the terms that they were given,
// and how they stand. Plain values; the arithmetic over them is in sla/.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <tocsin/base/few.hpp>
#include <tocsin/base/field.hpp>
#include <tocsin/base/lexicon.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/model/record_parts.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t clock_facts_max = 100'000;  // of one record
inline constexpr std::size_t record_clocks_max = 200;    // of one record
inline constexpr std::size_t clock_terms_max = 10'000;   // of one clock
inline constexpr std::size_t maintenance_spans_max = 1'000;
}  // namespace limits

// ---- what happened

enum class clock_fact_kind : std::uint8_t {
  unset,
  responded,     // a person answered the requester
  work_begun,    // a person began to work
  acknowledged,  // somebody took notice
  updated,       // an audience was told
  held,          // waits for a reason, or for another one than before
  resumed,
  resolved,
  closed,
  reopened,
  cancelled,
  assigned,
  conditions,  // of one policy: its own conditions came out otherwise than before
  withdrawn,   // one policy's clock is ended: it was withdrawn, or does not match any more
  excused,     // one policy's breach is excused (S13)
  task_added,
  task_completed,
  task_dropped  // skipped, or left incomplete
};
std::span<const std::string_view> choices(clock_fact_kind);

// Why a clock was cancelled.
enum class clock_end : std::uint8_t {
  unset,
  record_cancelled,
  duplicate,
  withdrawn,
  no_longer_matching,
  replaced,
  task_dropped
};
std::span<const std::string_view> choices(clock_end);

// What a policy's own conditions say of the record.
struct condition_truths {
  bool start = false;
  bool pause = false;
  bool stop = false;
  bool cancel = false;
  friend bool operator==(condition_truths, condition_truths) = default;
};

// A small value; which of its members mean something follows from the kind.
struct clock_fact {
  instant at = no_instant;
  hold_reason_ref reason;  // held
  team_ref team;           // assigned
  person_ref person;       // assigned: the assignee; excused: who approved
  sla_policy_ref policy;   // conditions, withdrawn, excused
  clock_fact_kind kind = clock_fact_kind::unset;
  visibility audience = visibility::unset;  // updated
  clock_end cause = clock_end::unset;       // cancelled, withdrawn
  std::uint8_t truths = 0;                  // conditions, as bits
  std::uint32_t task = 0;                   // number of the task, of the facts about one

  static clock_fact responded(instant at);
  static clock_fact work_begun(instant at);
  static clock_fact acknowledged(instant at);
  static clock_fact updated(instant at, visibility audience);
  static clock_fact held(instant at, hold_reason_ref reason);
  static clock_fact resumed(instant at);
  static clock_fact resolved(instant at);
  static clock_fact closed(instant at);
  static clock_fact reopened(instant at);
  static clock_fact cancelled(instant at, clock_end cause = clock_end::record_cancelled);
  static clock_fact assigned(instant at, team_ref team, person_ref assignee);
  static clock_fact conditions(instant at, sla_policy_ref policy, condition_truths truths);
  static clock_fact withdrawn(instant at, sla_policy_ref policy, clock_end cause);
  static clock_fact excused(instant at, sla_policy_ref policy, person_ref approver);
  static clock_fact task_added(instant at, std::uint32_t task);
  static clock_fact task_completed(instant at, std::uint32_t task);
  static clock_fact task_dropped(instant at, std::uint32_t task);

  static std::span<const field_row> fields();
  friend bool operator==(const clock_fact&, const clock_fact&) = default;
};

std::uint8_t bits_of(condition_truths truths);
condition_truths truths_of(std::uint8_t bits);

struct time_span {
  instant from = no_instant;
  instant until = no_instant;  // not included

  static std::span<const field_row> fields();
  friend bool operator==(const time_span&, const time_span&) = default;
};

// 56 bytes while nothing happens, 32 for each fact. Pauses belong to the record, not to a clock (S5), so that a clock
// that comes later sees them all.
struct clock_history {
  instant opened = no_instant;         // when it was reported, or else recorded (S2)
  std::vector<clock_fact> facts;       // in the order of recording, which is that of their instants
  std::vector<time_span> maintenance;  // agreed for the service; in order, apart from one another

  // Takes in a fact: never before the one before it, nor before the opening (S2). An error "history.too_long".
  void add(clock_fact fact);
  // From then on, these are the agreed maintenance, in order and apart from one another; what was before stays. An error
  // "history.too_long".
  void agree_maintenance(instant from, std::span<const time_span> spans);

  static std::span<const field_row> fields();
};

// ---- what a clock was given

enum class target_kind : std::uint8_t { unset, duration, date, business_days };
std::span<const std::string_view> choices(target_kind);

// What a clock has to keep: microseconds of open time, an instant, or a number of business days from its start.
struct clock_target {
  target_kind kind = target_kind::unset;
  std::int64_t value = 0;

  friend bool operator==(clock_target, clock_target) = default;
};

// What a change in mid-flight does (S6). `recompute` (default): the new target and calendar hold from now on, the time
// counted so far stays as it was counted; `recount`: counted anew from the start by the new calendar; `restart`: counted
// from the change on, in a new cycle; `pin`: nothing; `cancel_and_new`: this clock is cancelled, a new one counts from
// the change on.
enum class change_treatment : std::uint8_t { unset, recompute, restart, pin, cancel_and_new, recount };
std::span<const std::string_view> choices(change_treatment);

// What holds for a clock from an instant on, by numbers.
struct kept_terms {
  instant from = no_instant;
  std::uint32_t after = 0;  // facts recorded before them
  change_treatment treatment = change_treatment::unset;
  tocsin::target_kind target_kind = target_kind::unset;
  std::int64_t target = 0;
  std::uint32_t policy_version = 0;
  business_calendar_ref calendar;  // none: 24x7
  std::uint32_t calendar_version = 0;
  contract_ref contract;  // none: the policy holds without one

  static std::span<const field_row> fields();
};

// ---- how a clock stands

// `unset`: not started, or not on the record yet. `met`: its own stop came, in time or late; `stopped`: ended by
// something else (S3).
enum class clock_state_kind : std::uint8_t { unset, running, paused, met, stopped, cancelled };
std::span<const std::string_view> choices(clock_state_kind);

constexpr bool has_ended(clock_state_kind kind) { return kind >= clock_state_kind::met; }

// A small value; copied with its record.
struct clock_state {
  instant started = no_instant;      // of the cycle
  instant since = no_instant;        // the last change; once ended, the end
  duration counted;                  // counted time of the cycle up to `since`
  std::int64_t target = 0;           // by its kind: microseconds, or an instant
  instant reached_at = no_instant;   // when elapsed reaches the target, or did; of instants: the instant; none: never
  instant next_due = no_instant;     // when it has something to say, if nothing else happens; none: never
  instant breached_at = no_instant;  // of the breach that was said and stands
  sla_policy_ref policy;
  std::uint32_t policy_version = 0;
  business_calendar_ref calendar;  // none: 24x7
  std::uint32_t calendar_version = 0;
  std::uint32_t holder = 0;  // of assignment and task
  hold_reason_ref hold;      // of the record
  std::uint16_t said = 0;    // thresholds, as bits
  std::uint16_t cycle = 0;
  target_kind kind = target_kind::unset;
  clock_state_kind state = clock_state_kind::unset;
  clock_end cause = clock_end::unset;
  bool resolved = false;
  bool over = false;
  bool answered = false;
  bool own_stop = false;
  bool mine = false;
  bool condition = false;
  bool withdrawn = false;
  bool excused = false;

  static std::span<const field_row> fields();
  friend bool operator==(const clock_state&, const clock_state&) = default;
};

static_assert(sizeof(clock_state) <= 96, "three of them stand in every incident");

// ---- all that a record keeps

struct incident_clock {
  clock_state state;
  few<kept_terms> terms;                            // in the order in which they were taken up
  clock_state_kind told = clock_state_kind::unset;  // the state that an event has told
  std::uint16_t told_cycle = 0;
  std::uint8_t truths = 0;                      // of the policy's own conditions, as they were last
  tocsin::priority priority = priority::unset;  // of the record, when the terms were taken up
  service_ref service;                          // the same

  static std::span<const field_row> fields();
};

static_assert(sizeof(incident_clock) <= 160, "three of them stand in every incident");

struct incident_clocks {
  static constexpr std::uint8_t part_number = 7;
  static const part_type descriptor;

  tocsin::clock_history clock_history;
  std::vector<incident_clock> clocks;
  std::vector<sla_policy_ref> without_calendar;  // policies that cover it but have no calendar for it

  static std::span<const field_row> fields();
};

}  // namespace tocsin::inline v1
