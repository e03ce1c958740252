// What a record keeps of its escalations: runs of policies, whom their pages reached, and what may start one. Plain
// values; what takes a run from instant to instant is in escalation/.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/base/lexicon.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/model/record_parts.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t record_runs_max = 50;            // of one record
inline constexpr std::size_t run_restarts_max = 10'000;       // of one run
inline constexpr std::size_t run_people_max = 100'000;        // whom one page notifies
inline constexpr std::size_t escalation_watches_max = 1'000;  // of one record
inline constexpr std::size_t run_windows_max = 200'000;       // of one run
}  // namespace limits

inline constexpr std::uint32_t no_node = no_place;

// ---- a run

enum class run_state : std::uint8_t { unset, triggered, acknowledged, snoozed, ended };
std::span<const std::string_view> choices(run_state);

// What the place where a run stands is waited for.
enum class run_place : std::uint8_t {
  unset,
  step,      // the delay of the step to be over
  wait,      // the end of a wait node
  pass,      // a pass that found nobody, or took no time, to have lasted long enough (E4)
  held,      // too many nodes at one instant
  last_step  // the delay of the last step, which the host was too late for (D8)
};
std::span<const std::string_view> choices(run_place);

struct escalation_run {
  std::uint32_t number = 0;          // 1, and one more for each reopening
  std::uint32_t policy_version = 0;  // that it goes by (E5)
  run_state state = run_state::unset;
  bool exhausted = false;  // beside triggered
  instant clock = no_instant;
  instant due = no_instant;  // when it acts by itself
  instant started_at = no_instant;

  optional_place node;  // where it stands
  run_place place = run_place::unset;
  instant place_since = no_instant;

  optional_place step_node;          // the current step
  instant step_at = no_instant;      // its scheduled instant
  std::uint32_t page_step = 0;       // number of the last step that notified somebody
  std::uint32_t version = 0;         // of that page: rises with each step that notifies (E6)
  std::vector<person_ref> notified;  // by that page; whoever may acknowledge where not anybody may
  std::vector<person_ref> acknowledged_by;
  std::vector<person_ref> below;  // by the page before: whose managers a raise means

  std::int64_t pass = 1;
  instant pass_since = no_instant;
  bool pass_found = false;          // it notified somebody
  duration pass_skipped;            // delays of steps that found nobody and were not waited for
  std::vector<std::int64_t> taken;  // of each repeat: how often
  std::int64_t pages = 0;           // steps that notified somebody
  std::int64_t raised = 0;          // hierarchical escalations
  std::int64_t reassigned = 0;      // functional escalations

  static std::span<const field_row> fields();
  friend bool operator==(const escalation_run&, const escalation_run&) = default;
};

// ---- what a desk keeps beside a run

// What starts a run (E7).
enum class escalation_cause : std::uint8_t {
  unset,
  logged,
  prioritised,      // its priority became another
  assigned,         // it was given to a team or a person
  threshold,        // an agreement on time reached one
  unassigned_for,   // nobody has had it for so long
  not_updated_for,  // nobody has touched it for so long
  by_hand,
  unresolved_for  // nobody has resolved it for so long, whoever has taken its pages
};
std::span<const std::string_view> choices(escalation_cause);

// Somebody whom a page reached, and whose own rules go on (E5).
struct paged_person {
  person_ref person;
  std::uint32_t version = 0;  // of the page
  std::uint32_t step = 0;
  tocsin::urgency urgency = urgency::unset;
  bool shadow = false;  // hears, but is not counted on
  instant reached_at = no_instant;
  instant tried_until = no_instant;  // what the rules say up to then has been tried
  instant next_at = no_instant;      // when the next method is tried; none: no more
  std::uint32_t tries = 0;
  std::uint32_t failures = 0;       // of them
  instant held_until = no_instant;  // a page is held, and goes with others then (E5); none: none is
  instant held_since = no_instant;  // when the first that is held was due
  std::string held_method;          // of that one
  std::uint32_t held = 0;           // pages that are held

  static std::span<const field_row> fields();
  friend bool operator==(const paged_person&, const paged_person&) = default;
};

// How often a run has paged somebody in windows that may be under way, about one service. What the person got in all is
// counted over all live records (E5).
struct page_window {
  person_ref person;
  service_ref service;                 // none: the record had none
  instant until = no_instant;          // end of the person's window
  instant service_until = no_instant;  // end of that of the person and the service
  std::int64_t pages = 0;
  instant bundled_at = no_instant;  // one of them was a bundle; when

  static std::span<const field_row> fields();
  friend bool operator==(const page_window&, const page_window&) = default;
};

// A run on a record: of one policy, for one cause (E7). In what is kept, a run that never acts by itself has no `due`.
struct record_run {
  escalation_policy_ref policy;
  escalation_cause started_by = escalation_cause::unset;
  std::string cause;  // the same cause does not start it twice
  std::string reason;
  escalation_run run;
  std::vector<paged_person> paged;  // in the order of reaching them
  std::vector<instant> ended_at;    // of each time that it ended
  std::vector<page_window> windows;

  static std::span<const field_row> fields();
};

// A time after which a policy starts a run, unless something happens before (E7).
struct escalation_watch {
  escalation_policy_ref policy;
  std::uint32_t trigger = 0;  // its place in the policy, from 0
  escalation_cause on = escalation_cause::unset;
  instant since = no_instant;
  instant due = no_instant;  // none: it is over

  static std::span<const field_row> fields();
  friend bool operator==(const escalation_watch&, const escalation_watch&) = default;
};

struct incident_escalations {
  static constexpr std::uint8_t part_number = 8;
  static const part_type descriptor;

  std::vector<record_run> escalations;
  std::vector<escalation_watch> escalation_watches;
  std::int64_t functional_escalations = 0;
  std::int64_t hierarchical_escalations = 0;
  person_ref raised_to;  // by the last hierarchical escalation by hand
  bool major_proposed = false;

  static std::span<const field_row> fields();
};

const std::vector<record_run>& runs_of(const incident& record);

}  // namespace tocsin::inline v1
