// An agreement on time, as data: which records it covers, what it measures, how long it grants, on whose calendar, what
// stops the clock for a while, and what is to happen on the way (S2, S6-S9).
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/model/clock_record.hpp>
#include <tocsin/rule/condition.hpp>
#include <tocsin/time/business_calendar.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t sla_targets_max = 100;    // of one policy
inline constexpr std::size_t sla_thresholds_max = 16;  // of one policy
inline constexpr std::size_t sla_notified_max = 50;    // whom one threshold tells
inline constexpr std::int64_t sla_target_max_us = 3650 * day.us;
inline constexpr std::int64_t sla_percent_max = 1'000;
}  // namespace limits

// ---- the definition

enum class agreement : std::uint8_t { unset, sla, ola, underpinning_contract };
std::span<const std::string_view> choices(agreement);

// What is measured (S2). `custom` has conditions of its own.
// `task`: each task of a record, from when it was added until it is completed (L10, S10).
enum class clock_metric : std::uint8_t {
  unset,
  response,
  resolution,
  update,
  assignment,
  acknowledgement,
  custom,
  task
};
std::span<const std::string_view> choices(clock_metric);

// When an update clock starts (S2): once the requester has an answer, or when the record was opened.
enum class update_start : std::uint8_t { unset, response, opening };
std::span<const std::string_view> choices(update_start);

// Whose time an assignment clock measures.
enum class clock_holder : std::uint8_t { unset, team, assignee };
std::span<const std::string_view> choices(clock_holder);

// Which holds pause the clock: those of any reason (default), of the reasons listed, or none.
enum class pause_rule : std::uint8_t { unset, all, listed, none };
std::span<const std::string_view> choices(pause_rule);

// Where the calendar comes from.
enum class calendar_source : std::uint8_t { unset, fixed, service, caller, team, customer };
std::span<const std::string_view> choices(calendar_source);

// What a reopening does (S7). `go_on` ("continue", default): the time resolved is free; `count_all`: it counts;
// `new_cycle`: counted from the reopening on.
enum class reopen_treatment : std::uint8_t { unset, go_on, count_all, new_cycle };
std::span<const std::string_view> choices(reopen_treatment);

// What an assignment clock does when its record comes back: it continues ("continue", default) or starts anew.
enum class return_treatment : std::uint8_t { unset, go_on, anew };
std::span<const std::string_view> choices(return_treatment);

// A duration that may be left open: PT0S is not the same as not given.
struct optional_duration {
  std::int64_t us = std::numeric_limits<std::int64_t>::min();

  explicit operator bool() const { return us != std::numeric_limits<std::int64_t>::min(); }
  friend bool operator==(optional_duration, optional_duration) = default;
};
const text_form& text_form_of(optional_duration);

// One of `duration`, `date_field` and `end_of_business_day` is given.
struct sla_target {
  embedded_json when;  // condition on the record; none: always
  tocsin::priority priority = priority::unset;
  optional_duration duration;            // of open time
  std::string date_field;                // path of an instant; where that is missing, the next target is asked
  optional_integer end_of_business_day;  // n business days on from the start: 0 is the start's own (T8)

  static std::span<const field_row> fields();
};

// A point on the way, in the clock's own open time (S8). One of `percent`, `before` and `after` is given.
struct sla_threshold {
  std::string name;
  optional_integer percent;         // of the target
  optional_duration before;         // the deadline
  optional_duration after;          // the deadline
  std::vector<std::string> notify;  // "assignee", "team", "service_owner", "caller", or the key of a person
  std::string escalate;             // key of an escalation policy

  static std::span<const field_row> fields();
};

struct sla_on_change {
  change_treatment priority = change_treatment::unset;
  change_treatment contract = change_treatment::unset;
  change_treatment service = change_treatment::unset;
  change_treatment calendar = change_treatment::unset;
  change_treatment policy_version = change_treatment::unset;

  static std::span<const field_row> fields();
};

struct sla_policy {
  std::string key;
  std::string name;
  agreement kind = agreement::unset;
  clock_metric metric = clock_metric::unset;
  embedded_json where;  // condition on the record; none: all
  std::int64_t precedence = 0;
  visibility audience = visibility::unset;    // of `update`; unset: the requester
  clock_holder holder = clock_holder::unset;  // of `assignment`; unset: the team
  embedded_json start;                        // of `custom`
  embedded_json pause;
  embedded_json stop;
  embedded_json cancel;
  std::vector<sla_target> targets;
  std::string calendar;                           // key of a calendar, for the source `fixed`
  std::vector<calendar_source> calendar_sources;  // in this order; none: fixed
  pause_rule pauses = pause_rule::unset;
  std::vector<std::string> pause_reasons;  // for `listed`
  std::vector<sla_threshold> thresholds;
  sla_on_change on_change;
  reopen_treatment on_reopen = reopen_treatment::unset;
  return_treatment comes_back = return_treatment::unset;
  bool excludes_maintenance = false;
  bool withdrawn = false;
  update_start starts =
      update_start::unset;  // of `update`; unset: the requester's by the response, others' at the opening

  static std::span<const field_row> fields();
  static const definition_type descriptor;
};

// What holds where the policy leaves it open.
visibility audience_of(const sla_policy& policy);
update_start start_of(const sla_policy& policy);
clock_holder holder_of(const sla_policy& policy);
std::span<const calendar_source> calendar_sources_of(const sla_policy& policy);  // as long as the policy is there

// ---- ready to be asked

// A policy's conditions, compiled against the paths of records.
struct sla_program {
  struct target_row {
    std::optional<condition> when;
    tocsin::priority priority = priority::unset;
    clock_target target;        // of a date: without value
    std::size_t date_path = 0;  // in the schema
  };

  std::optional<condition> where;
  std::optional<condition> start;
  std::optional<condition> pause;
  std::optional<condition> stop;
  std::optional<condition> cancel;
  std::vector<target_row> targets;
  std::size_t priority_path = 0;  // in the schema

  bool timed() const;                         // an answer may change with time alone
  std::vector<condition_word> words() const;  // that its conditions name, for the publisher to look up
};

// The record's priority is at the path "priority". An error of compile_condition, with the policy's own path before
// that in the condition; "sla_policy.target" for a date field that is no instant.
sla_program compile_policy(const sla_policy& policy, const condition_schema& schema);

bool covers(const sla_program& program, const condition_data& record, instant now) noexcept;
// The first that matches; none if none does.
std::optional<clock_target> target_for(const sla_program& program, const condition_data& record, instant now) noexcept;
condition_truths truths_for(const sla_program& program, const condition_data& record, instant now) noexcept;

// A policy that may cover a record, and what came of it.
struct sla_candidate {
  const sla_policy* policy = nullptr;
  const sla_program* program = nullptr;
  bool by_contract = false;  // a contract brings it
  std::int64_t rank = 0;     // of that contract
};

struct sla_choice {
  std::size_t candidate = 0;
  clock_target target;
};

// The policies that have a clock on the record: one for each agreement and metric (each audience and holder apart), and
// every custom one. Where several cover it the highest precedence wins, then one by contract before one without, then the
// highest rank of the contract, then the shortest target (durations before dates before business days), then the first
// key by its bytes. Withdrawn ones cover nothing.
std::vector<sla_choice> choose_policies(std::span<const sla_candidate> candidates, const condition_data& record,
                                        instant now);

// ---- the linter (S11)

enum class sla_finding_kind : std::uint8_t { unset, error, warning, undecided };
std::span<const std::string_view> choices(sla_finding_kind);

struct sla_finding {
  sla_finding_kind kind = sla_finding_kind::unset;
  std::string what;
};

// What is wrong with a policy: start and stop true together, pause implied by start, start excluding pause, a target
// without a calendar or with one that is never open, thresholds never reached, targets that never get their turn.
// Conditions over booleans, choices and constants are decided by trying every case; others are reported as
// undecided. `calendars` looks up the keys that the policy names; without it, calendars are not checked.
std::vector<sla_finding> lint(const sla_policy& policy, const condition_schema& schema,
                              const calendar_lookup& calendars = {});
// Of all policies together: two for one metric and population.
std::vector<sla_finding> lint(std::span<const sla_policy> policies, const condition_schema& schema);

}  // namespace tocsin::inline v1
