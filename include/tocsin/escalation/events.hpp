// The events of escalation runs and pages. Their fields stand in src/escalation/events.cpp, their descriptors in slice.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/event_type.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/model/escalation_record.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

struct escalation_started {
  std::uint32_t run = 0;  // its number on the record, from 1
  escalation_policy_ref policy;
  std::uint32_t policy_version = 0;
  escalation_cause on = escalation_cause::unset;
  std::string cause;
  std::string reason;
  std::uint32_t number = 0;  // 1, and one more for each reopening

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// A step notified somebody; each recipient has a `page`.
struct escalation_step_fired {
  std::uint32_t run = 0;
  std::string node;
  std::uint32_t step = 0;
  std::int64_t pass = 0;
  std::uint32_t version = 0;
  std::vector<person_ref> people;
  std::vector<person_ref> shadows;
  tocsin::urgency urgency = urgency::unset;
  instant scheduled_at = no_instant;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct nobody_on_call {
  std::uint32_t run = 0;
  std::string node;
  std::uint32_t step = 0;
  std::int64_t pass = 0;
  instant scheduled_at = no_instant;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Steps that were due while the host was away (D8).
struct escalation_steps_skipped {
  std::uint32_t run = 0;
  std::int64_t count = 0;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// It goes to another support level (R-P13).
struct functional_escalation {
  std::uint32_t run = 0;  // 0: by hand
  std::string node;
  team_ref from;
  team_ref to;
  std::int64_t level = 0;
  bool handed_over = false;
  std::string reason;
  std::int64_t count = 0;  // of the incident, with this one

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// It is raised to the manager chain.
struct hierarchical_escalation {
  std::uint32_t run = 0;
  std::string node;
  person_ref to;  // by hand
  std::string reason;
  std::int64_t count = 0;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct major_proposed {
  std::uint32_t run = 0;
  std::string node;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct escalation_repeated {
  std::uint32_t run = 0;
  std::string node;
  std::int64_t pass = 0;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Too many nodes at one instant: it waits a minute.
struct escalation_held {
  std::uint32_t run = 0;
  std::string node;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Nobody has acknowledged, and no step is left (E4).
struct escalation_exhausted {
  std::uint32_t run = 0;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct page_acknowledged {
  std::uint32_t run = 0;
  std::uint32_t version = 0;
  std::int64_t needed = 0;  // so many others must, too

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct page_unacknowledged {
  std::uint32_t run = 0;
  bool timed_out = false;
  std::string reason;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct escalation_snoozed {
  std::uint32_t run = 0;
  instant until = no_instant;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct snooze_ended {
  std::uint32_t run = 0;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// By hand, or because the record was handed over: it goes on at once.
struct escalation_taken_on {
  std::uint32_t run = 0;
  bool handed_over = false;
  bool undelivered = false;  // its page reached nobody
  std::string reason;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct escalation_ended {
  std::uint32_t run = 0;
  std::string cause;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct delivery_reported {
  std::uint32_t run = 0;
  std::uint32_t version = 0;
  person_ref person;
  std::string method;
  delivery_outcome outcome = delivery_outcome::unset;
  std::string detail;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// How a run stands from now on.
struct escalation_run_changed {
  std::uint32_t run = 0;
  record_run now;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// After what time policies start a run, from now on.
struct escalation_watches_set {
  std::vector<escalation_watch> watches;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Page the person: an effect for each recipient and method. What it says of the record is as it was then.
struct page {
  static constexpr bool effect = true;
  std::uint32_t run = 0;  // 0: raised by hand
  std::uint32_t run_number = 0;
  std::uint32_t step = 0;
  std::uint32_t version = 0;  // to be cited by whoever answers it (E6)
  std::int64_t pass = 0;
  person_ref person;
  bool shadow = false;        // hears, but is not counted on
  std::string method;         // key of the person's contact method; none: as the host likes
  std::uint32_t attempt = 0;  // 1: the first method that is tried
  tocsin::urgency urgency = urgency::unset;
  escalation_policy_ref policy;
  std::string reason;
  std::string title;
  tocsin::priority priority = priority::unset;
  tocsin::severity severity = severity::unset;
  service_ref service;
  instant scheduled_at = no_instant;
  bool superseded = false;  // not in the journal: the run ended within the same call (D8)

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct automation_requested {
  static constexpr bool effect = true;
  std::uint32_t run = 0;
  std::string node;
  std::string automation;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

namespace limits {
inline constexpr std::size_t bundle_pages_max = 50;  // that a bundle lists
}  // namespace limits

// Which of a policy's limits holds a page.
enum class storm_limit : std::uint8_t { unset, person, service };
std::span<const std::string_view> choices(storm_limit);

// Somebody has had as many pages as the limit allows: this one goes with others at the end of the window.
struct page_held {
  std::uint32_t run = 0;
  std::uint32_t version = 0;
  std::uint32_t step = 0;
  person_ref person;
  std::string method;
  std::uint32_t attempt = 0;
  storm_limit by = storm_limit::unset;
  instant scheduled_at = no_instant;
  instant until = no_instant;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// A page that a bundle stands for; it is answered like any other, by incident, run and version.
struct bundled_page {
  record_ref incident;
  std::uint32_t run = 0;
  std::uint32_t run_number = 0;
  std::uint32_t step = 0;
  std::uint32_t version = 0;
  std::uint32_t held = 0;  // pages that were held, of all methods
  tocsin::urgency urgency = urgency::unset;
  escalation_policy_ref policy;
  std::string title;
  tocsin::priority priority = priority::unset;
  service_ref service;
  instant held_since = no_instant;

  static std::span<const field_row> fields();
};

// Page the person once for many: an effect on the record of the first of them.
struct page_bundle {
  static constexpr bool effect = true;
  person_ref person;
  std::string method;                        // of the first; none: as the host likes
  tocsin::urgency urgency = urgency::unset;  // the highest of them
  std::vector<bundled_page> pages;           // in the order of their records
  std::int64_t others = 0;                   // that are not listed
  instant scheduled_at = no_instant;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// What was held went with the bundle that this record sent.
struct page_bundled {
  std::uint32_t run = 0;
  std::uint32_t version = 0;
  std::uint32_t step = 0;
  person_ref person;
  record_ref into;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// A page of a bundle that was not taken with it, and why.
struct unanswered_page {
  record_ref incident;
  std::uint32_t run = 0;
  std::uint32_t version = 0;
  std::string reason;

  static std::span<const field_row> fields();
};

// Of the record that sent a bundle: its pages were taken, as page_acknowledged of each says, but for these.
struct bundle_acknowledged {
  std::uint64_t bundle = 0;  // id of the effect
  std::uint32_t taken = 0;
  std::vector<unanswered_page> past;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

}  // namespace tocsin::inline v1
