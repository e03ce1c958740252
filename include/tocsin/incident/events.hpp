// The events of incidents and requests. Their fields stand in src/incident/events.cpp, their descriptors in slice.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/event_type.hpp>
#include <tocsin/incident/commands.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

struct incident_logged {
  std::uint64_t number = 0;
  std::string title;
  std::string description;
  person_ref caller;
  person_ref reporter;
  std::string contact;
  std::string location;
  tocsin::channel channel = channel::unset;
  category_ref category;
  service_ref service;
  tocsin::impact impact = impact::unset;
  tocsin::urgency urgency = urgency::unset;
  tocsin::severity severity = severity::unset;
  tocsin::priority priority = priority::unset;
  std::uint32_t priority_matrix_version = 0;
  instant occurred_at = no_instant;
  instant detected_at = no_instant;
  instant reported_at = no_instant;
  workflow_ref workflow;
  std::uint32_t workflow_version = 0;
  state_ref state;
  tocsin::state_kind state_kind = state_kind::unset;
  std::string external_key;
  bool retrospective = false;
  record_ref follows;
  record_type_ref type;
  std::vector<custom_value> custom;
  record_template_ref record_template;
  tocsin::incident_class incident_class = incident_class::unset;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct incident_classified {
  category_ref category;
  service_ref service;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct incident_prioritised {
  tocsin::impact impact = impact::unset;
  tocsin::urgency urgency = urgency::unset;
  tocsin::severity severity = severity::unset;
  tocsin::priority priority = priority::unset;
  bool overridden = false;
  std::uint32_t priority_matrix_version = 0;
  std::string reason;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct incident_assigned {
  team_ref team;
  person_ref assignee;
  state_ref state;
  tocsin::state_kind state_kind = state_kind::unset;
  std::string reason;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct incident_acknowledged {
  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct work_begun {
  state_ref state;
  tocsin::state_kind state_kind = state_kind::unset;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct note_added {
  std::string text;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct update_added {
  std::string text;
  tocsin::visibility visibility = visibility::unset;
  bool answers_requester = false;  // it is a person's answer to the requester

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct reply_added {
  std::string text;
  instant remind_at = no_instant;  // where it waits on: reminders are counted anew, the next one comes then

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct incident_held {
  hold_reason_ref reason;
  std::string note;
  state_ref state;
  instant follow_up_at = no_instant;
  instant remind_at = no_instant;
  instant ends_at = no_instant;
  move_cause cause = move_cause::unset;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct incident_resumed {
  state_ref state;
  tocsin::state_kind state_kind = state_kind::unset;
  std::string note;
  move_cause cause = move_cause::unset;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct incident_resolved {
  resolution_code_ref code;
  std::string notes;
  bool permanent = false;
  state_ref state;
  instant auto_close_at = no_instant;
  move_cause cause = move_cause::unset;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct resolution_confirmed {
  std::string comment;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct resolution_refused {
  std::string reason;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

enum class close_cause : std::uint8_t { unset, confirmed, silence, by_hand, by_workflow };
std::span<const std::string_view> choices(close_cause);

struct incident_closed {
  close_cause cause = close_cause::unset;
  std::string note;
  state_ref state;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

enum class reopen_cause : std::uint8_t { unset, by_agent, by_requester, refused, verification_failed, by_parent };
std::span<const std::string_view> choices(reopen_cause);

struct incident_reopened {
  std::string reason;
  state_ref state;
  tocsin::state_kind state_kind = state_kind::unset;
  reopen_cause cause = reopen_cause::unset;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct incident_cancelled {
  std::string reason;
  state_ref state;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// What an amendment found, so that both the old and the new stand in one place (L5).
struct amended_values {
  std::string title;
  std::string description;
  category_ref category;
  service_ref service;
  tocsin::severity severity = severity::unset;
  resolution_code_ref resolution_code;
  std::string resolution_notes;
  instant occurred_at = no_instant;
  instant detected_at = no_instant;

  static std::span<const field_row> fields();
};

struct incident_amended {
  std::string reason;
  std::string title;
  std::string description;
  category_ref category;
  service_ref service;
  tocsin::severity severity = severity::unset;
  resolution_code_ref resolution_code;
  std::string resolution_notes;
  instant occurred_at = no_instant;
  instant detected_at = no_instant;
  amended_values before;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// The whole history of an imported record. Folding applies its steps in order, each at its own instant (D11).
struct record_imported {
  std::uint64_t number_value = 0;
  std::string number;
  std::string external_key;
  workflow_ref workflow;
  std::uint32_t workflow_version = 0;
  std::uint32_t priority_matrix_version = 0;
  std::string title;
  std::string description;
  person_ref caller;
  person_ref reporter;
  std::string contact;
  std::string location;
  tocsin::channel channel = channel::unset;
  instant opened_at = no_instant;
  instant occurred_at = no_instant;
  instant detected_at = no_instant;
  instant reported_at = no_instant;
  std::vector<import_step> history;
  instant auto_close_at = no_instant;
  std::uint32_t note_count = 0;  // in the history; said apart, as what is erased cannot be counted (D10)
  std::uint32_t reply_count = 0;
  bool keeps_clock_history = false;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct custom_fields_set {
  std::vector<custom_value> custom;  // what changed; unset: taken away

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct record_converted {
  record_type_ref type;  // none: an incident
  workflow_ref workflow;
  std::uint32_t workflow_version = 0;
  state_ref state;
  tocsin::state_kind state_kind = state_kind::unset;
  state_ref held_from;  // not set: the wait, if there was one, is over
  std::string reason;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct resolution_verified {
  bool passed = false;
  std::string note;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Silence would have closed it; it closes as soon as it is verified.
struct closing_deferred {
  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct hold_reminder {
  std::uint32_t count = 0;       // so many have not been answered
  instant next_at = no_instant;  // when the next one comes, or what follows the last

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct follow_up_set {
  instant at = no_instant;  // not set: no more

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct follow_up_due {
  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct attachment_added {
  std::uint32_t attachment = 0;  // its number
  std::string name;
  std::string media_type;
  std::int64_t size = 0;
  std::string sha256;
  std::string uri;
  tocsin::visibility visibility = visibility::unset;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct attachment_removed {
  std::uint32_t attachment = 0;
  std::string reason;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct work_logged {
  person_ref person;
  duration spent;
  instant began_at = no_instant;
  std::string text;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct incident_restricted {
  std::vector<person_ref> people;
  std::vector<team_ref> teams;
  std::string reason;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct restriction_lifted {
  std::string reason;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Tell the team and the person that an incident is theirs now.
struct assignment_notice {
  static constexpr bool effect = true;
  team_ref team;
  person_ref assignee;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

enum class notice_cause : std::uint8_t {
  unset,
  logged,
  updated,
  resolved,
  closed,
  reopened,
  cancelled,
  duplicate,
  reminder
};
std::span<const std::string_view> choices(notice_cause);

// Tell the requester what became of the incident; after `resolved`, ask for confirmation until `answer_by`.
struct requester_notice {
  static constexpr bool effect = true;
  notice_cause cause = notice_cause::unset;
  instant answer_by = no_instant;
  record_ref original;  // of a duplicate: the record that this happened to
  std::string text;     // after `updated`: the update, as it is for this requester
  bool html = false;    // the text is HTML

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

enum class work_notice_cause : std::uint8_t {
  unset,
  task_assigned,
  task_overdue,
  follow_up_due,
  review_approved,
  review_returned
};
std::span<const std::string_view> choices(work_notice_cause);

// Tell the person, or the team where there is none, that there is something to do.
struct work_notice {
  static constexpr bool effect = true;
  work_notice_cause cause = work_notice_cause::unset;
  std::uint32_t task = 0;
  team_ref team;
  person_ref person;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// The class that follows from the record as it is now, by which rule of which version, and the values that the rule saw.
struct incident_class_derived {
  tocsin::incident_class incident_class = incident_class::unset;
  std::uint32_t policy_version = 0;
  std::string rule;  // key; empty: none of them held
  embedded_json inputs;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// What became of a notice to the requester.
struct notice_reported {
  std::uint64_t notice = 0;  // id of the effect
  delivery_outcome outcome = delivery_outcome::unset;
  std::string method;
  std::string detail;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

}  // namespace tocsin::inline v1
