// The events: what a desk decided. State is their fold; nothing else changes it. Their fields stand in desk/event.cpp and
// the events*.cpp of their concepts, their descriptors in the slices.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <tocsin/desk/command.hpp>
#include <tocsin/desk/event_type.hpp>
#include <tocsin/desk/events.hpp>
#include <tocsin/model/clock_record.hpp>
#include <tocsin/model/escalation_record.hpp>
#include <tocsin/model/task.hpp>
#include <tocsin/routing/assignment.hpp>
#include <tocsin/sla/clock.hpp>

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

// What moved a record where nobody did by hand.
enum class move_cause : std::uint8_t { unset, reply, reminders, longest_stay, parent };
std::span<const std::string_view> choices(move_cause);

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

struct personal_erased {
  person_ref person;
  std::string reason;
  bool texts = false;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// A move of the workflow's own, by whom or whatever.
struct incident_moved {
  state_ref state;
  tocsin::state_kind state_kind = state_kind::unset;
  move_trigger trigger = move_trigger::unset;
  std::string note;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// A timed move of the state stands before it.
struct move_scheduled {
  instant at = no_instant;  // not set: none does any more

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct custom_fields_set {
  std::vector<custom_value> custom;  // what changed; unset: taken away

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// It runs on a later version of its workflow from now on. What it was in goes by another name, perhaps.
struct record_migrated {
  std::uint32_t workflow_version = 0;
  state_ref state;
  tocsin::state_kind state_kind = state_kind::unset;
  state_ref held_from;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// ---- tasks (L10)

struct task_added {
  std::uint32_t task = 0;  // its number
  std::string title;
  std::string description;
  person_ref owner;
  team_ref team;
  instant due_at = no_instant;
  bool blocking = false;
  std::vector<std::uint32_t> depends_on;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// The task as it is from now on.
struct task_changed {
  std::uint32_t task = 0;
  std::string title;
  std::string description;  // empty: as it was
  person_ref owner;
  team_ref team;
  instant due_at = no_instant;
  bool blocking = false;
  std::vector<std::uint32_t> depends_on;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct task_begun {
  std::uint32_t task = 0;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct task_completed {
  std::uint32_t task = 0;
  std::string outcome;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct task_skipped {
  std::uint32_t task = 0;
  std::string reason;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct task_overdue {
  std::uint32_t task = 0;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// The record came to its end, and these with it.
struct tasks_ended {
  std::vector<std::uint32_t> tasks;
  task_state state = task_state::unset;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// ---- links (R-C12, L8)

struct records_linked {
  link_kind kind = link_kind::unset;
  record_ref other;
  outside_kind outside = outside_kind::unset;
  std::string outside_key;
  std::string note;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct records_unlinked {
  link_kind kind = link_kind::unset;
  record_ref other;
  outside_kind outside = outside_kind::unset;
  std::string outside_key;
  std::string reason;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// It ended as the duplicate of that record.
struct duplicate_marked {
  record_ref original;
  std::string reason;
  state_ref state;
  tocsin::state_kind state_kind = state_kind::unset;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct duplicates_gained {
  std::vector<record_ref> duplicates;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct duplicates_lost {
  std::vector<record_ref> duplicates;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// The record that it is a duplicate of turned out to be one itself.
struct original_changed {
  record_ref original;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Its parent, or the end of a wait, should have moved it, but could not: why.
struct move_withheld {
  tocsin::verb verb = verb::unset;
  move_cause cause = move_cause::unset;
  std::vector<std::string> unmet;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Records that the command would have reached beside its own, and did not: its actor may not change them, or others would
// learn of a restricted one. They are counted, not named (D9).
struct cascade_limited {
  link_kind links = link_kind::unset;  // parent_of: children; has_duplicate: duplicates whose requesters are not told
  tocsin::verb verb = verb::unset;     // what would have become of them; unset: nothing but word of it
  std::uint32_t left = 0;

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

// ---- the wait (L3)

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

// ---- what belongs to it (R-C37, R-C44)

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

// ---- machine events (I4, R-C42)

// A machine reported it: for the first time, or once more.
struct occurrence_added {
  std::string source;
  std::string dedup_key;
  std::string title;                // where it is another than the record's
  std::vector<event_label> labels;  // where they are others than before
  std::uint32_t count = 0;          // how often it was reported, this time included
  bool after_resolution = false;    // it is resolved, though the machine never said that it is over

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// The machine reported that it is over.
struct event_cleared {
  std::string source;
  std::string dedup_key;
  std::string not_resolved;  // why that did not resolve the incident, where it might have

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Too many at once, from its source or from the end of a maintenance window: this incident stands for the event, too.
struct event_bundled {
  std::string source;
  std::string dedup_key;
  std::string title;
  std::string window;  // key of the maintenance window that held it back, where its end brings too many at once

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// A clear for something that the desk knows nothing of.
struct event_ignored {
  std::string source;
  std::string dedup_key;
  event_signal signal = event_signal::unset;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Of a watch: the machine is well.
struct heartbeat_received {
  std::string source;
  std::string dedup_key;
  duration expires_after;
  instant expires_at = no_instant;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Of a watch: the heartbeat was missed.
struct heartbeat_missed {
  instant last_heartbeat_at = no_instant;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct maintenance_scheduled {
  std::string key;
  instant from = no_instant;
  instant to = no_instant;
  std::vector<service_ref> services;
  std::vector<std::string> sources;
  embedded_json where;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Of a maintenance window: an event that it held back, or the clear of one.
struct event_held_back {
  event_signal signal = event_signal::unset;
  std::string source;
  std::string dedup_key;
  std::string title;
  category_ref category;
  service_ref service;
  team_ref team;
  tocsin::impact impact = impact::unset;
  tocsin::urgency urgency = urgency::unset;
  tocsin::severity severity = severity::unset;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// A maintenance window ended, with the events it held back. Those that are still raised become incidents.
struct maintenance_ended {
  std::uint32_t held_count = 0;
  std::vector<held_event> held;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// ---- effects: events that a host acts on, through the outbox

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

enum class work_notice_cause : std::uint8_t { unset, task_assigned, task_overdue, follow_up_due };
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

// ---- clocks

// What a clock was given: one of `target`, `due` and `business_days`.
struct granted_terms {
  sla_policy_ref policy;
  std::uint32_t policy_version = 0;
  business_calendar_ref calendar;  // none: 24x7
  std::uint32_t calendar_version = 0;
  optional_duration target;
  instant due = no_instant;
  optional_integer business_days;
  change_treatment treatment = change_treatment::unset;
  contract_ref contract;  // that brings the policy; none: it holds without one

  static std::span<const field_row> fields();
};

// What clocks may need of the record's history is kept from now on.
struct clock_history_begun {
  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct clock_attached {
  std::uint32_t clock = 0;  // its number on the record, from 1
  granted_terms terms;
  team_ref team;  // whose time it measures, of an assignment clock
  person_ref assignee;
  bool since_opening = false;  // of an imported history: what is past is not said (D11)
  std::uint32_t task = 0;      // number of the task, of a task clock

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// What changed in mid-flight (S6). `date_field`: the date that the target is read from; `target_condition`: what else the
// targets' conditions read.
enum class clock_change : std::uint8_t {
  unset,
  priority,
  contract,
  service,
  calendar,
  policy_version,
  date_field,
  target_condition
};
std::span<const std::string_view> choices(clock_change);

struct clock_retargeted {
  std::uint32_t clock = 0;
  granted_terms terms;
  clock_change cause = clock_change::unset;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// A clock runs, pauses, ends, or begins a cycle.
struct clock_changed {
  std::uint32_t clock = 0;
  sla_policy_ref policy;
  clock_state_kind state = clock_state_kind::unset;
  std::uint32_t cycle = 0;
  instant deadline = no_instant;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// The clocks of a policy are cancelled for good.
struct clock_withdrawn {
  sla_policy_ref policy;
  clock_end cause = clock_end::unset;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// A policy's own conditions came out otherwise than before.
struct clock_judged {
  sla_policy_ref policy;
  bool start = false;
  bool pause = false;
  bool stop = false;
  bool cancel = false;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct sla_threshold_reached {
  std::uint32_t clock = 0;
  sla_policy_ref policy;
  std::uint32_t cycle = 0;
  std::uint32_t threshold = 0;  // its place in the policy, from 0
  std::string name;
  instant reached_at = no_instant;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct sla_breached {
  std::uint32_t clock = 0;
  sla_policy_ref policy;
  std::uint32_t cycle = 0;
  instant breached_at = no_instant;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct sla_breach_lifted {
  std::uint32_t clock = 0;
  sla_policy_ref policy;
  std::uint32_t cycle = 0;
  instant lifted_at = no_instant;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct sla_breach_excused {
  sla_policy_ref policy;
  std::string reason;
  person_ref approver;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// A policy covers the record, but none of its sources has a calendar: there is no clock (S2).
struct clock_without_calendar {
  sla_policy_ref policy;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Do what the policy says on the way: tell people, start an escalation.
struct sla_notice {
  static constexpr bool effect = true;
  sla_policy_ref policy;
  clock_notice_kind notice = clock_notice_kind::unset;
  std::string threshold;
  instant reached_at = no_instant;
  instant deadline = no_instant;
  std::vector<std::string> notify;
  std::string escalate;
  team_ref team;
  person_ref assignee;
  std::uint32_t task = 0;  // number of the task, of a task clock

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// A maintenance window has other bounds from now on.
struct maintenance_changed {
  instant from = no_instant;
  instant to = no_instant;
  std::string reason;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Maintenance of its service that is agreed from then on, in place of what was; what is past by then stays (S13).
struct maintenance_agreed {
  instant from = no_instant;
  std::vector<time_span> maintenance;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// From the first to the last, both included.
struct number_span {
  std::uint64_t first = 0;
  std::uint64_t last = 0;

  static std::span<const field_row> fields();
  friend bool operator==(const number_span&, const number_span&) = default;
};

struct records_purged {
  instant ended_before = no_instant;
  std::vector<number_span> records;  // ids
  std::vector<number_span> entries;  // sequences
  std::string gaps;                  // what the chain was where they were (docs/journal.md)
  std::string reason;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// ---- on-call

struct duty_change {
  instant from = no_instant;
  instant until = no_instant;
  std::vector<person_ref> before;
  std::vector<person_ref> after;

  static std::span<const field_row> fields();
};

// What was published changes who is on call in the weeks to come (O1): where, and how.
struct duty_changed {
  schedule_ref schedule;
  std::vector<duty_change> changes;
  bool more = false;  // there are further ones

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// An incident was assigned to somebody who lacks the qualification its team asks for, or whose has expired (R-O10).
struct unqualified_assignment {
  role_ref role;
  person_ref assignee;
  instant qualified_until = no_instant;  // when it ended; absent: there was none

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

enum class duty_notice_cause : std::uint8_t { unset, swap_proposed, swap_accepted, swap_declined };
std::span<const std::string_view> choices(duty_notice_cause);

// Tell the person how a trade of shifts stands.
struct duty_notice {
  static constexpr bool effect = true;
  duty_notice_cause cause = duty_notice_cause::unset;
  person_ref person;
  schedule_ref schedule;
  std::string swap;  // its key

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// ---- escalation (E1-E7). What happened, in words; how the run stands after it is in escalation_run_changed.

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

// The class that follows from the record as it is now, by which rule of which version, and the values that the rule saw.
struct incident_class_derived {
  tocsin::incident_class incident_class = incident_class::unset;
  std::uint32_t policy_version = 0;
  std::string rule;  // key; empty: none of them held
  embedded_json inputs;

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

// ---- assignment by rules (I2)

// A rule that matched, but had nobody who could have got it, and let the next ones be asked.
struct passed_rule {
  assignment_rule_ref rule;
  std::uint32_t rule_version = 0;
  bool team_retired = false;                  // or its team is there no more
  std::vector<considered_person> considered;  // the first of them
  std::uint32_t considered_count = 0;

  static std::span<const field_row> fields();
};

// Assignment rules were asked: which one decided, whom it considered and why it skipped them. What they decided stands in
// the incident_assigned behind it.
struct incident_routed {
  assignment_rule_ref rule;  // none: none matched that had anybody
  std::uint32_t rule_version = 0;
  assignment_strategy strategy = assignment_strategy::unset;
  team_ref team;
  person_ref assignee;
  bool nobody_eligible = false;
  std::uint64_t turn = 0;                     // of the assignee by that rule, from 1; 0: it is none that counts turns
  std::vector<considered_person> considered;  // the first of them: who could get it, the best first, then who could not
  std::uint32_t considered_count = 0;
  std::vector<passed_rule> passed;  // before it, in their order
  std::string reason;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Choose somebody and answer with assign_incident: the rule leaves it to the host.
struct assignment_requested {
  static constexpr bool effect = true;
  assignment_rule_ref rule;
  team_ref team;
  std::vector<person_ref> eligible;  // the first of them, in the order of their numbers

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// ---- storms (E5)

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

// ---- what came of notices and pages, and how satisfied people are

// What became of a notice to the requester.
struct notice_reported {
  std::uint64_t notice = 0;  // id of the effect
  delivery_outcome outcome = delivery_outcome::unset;
  std::string method;
  std::string detail;

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

// Somebody said how satisfied they are. A closed record does not change by it: it is an answer, not an amendment.
struct resolution_rated {
  std::uint32_t cycle = 0;
  person_ref person;
  bool requester = false;
  std::int64_t score = 0;
  std::string comment;
  bool after_closing = false;
  record_ref duplicate;  // by way of it: the requester of a duplicate answers about what they know

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// A known error is as it says here, from now on (P2).
struct known_error_published {
  std::uint32_t revision = 0;
  std::string title;
  std::string symptoms;
  std::string cause;
  std::string workaround;
  std::string solution;
  std::vector<std::string> error_codes;
  category_ref category;
  std::vector<service_ref> affected_services;
  std::vector<std::string> affected_versions;
  instant valid_until = no_instant;
  instant review_at = no_instant;
  std::string reason;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct known_error_retired {
  state_ref state;
  tocsin::state_kind state_kind = state_kind::unset;
  std::string reason;
  record_ref superseded_by;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Of a record: a known error was applied to it, or the outcome of one that was is another now (P3).
struct known_error_linked {
  record_ref known_error;
  std::uint32_t revision = 0;
  known_error_outcome outcome = known_error_outcome::unset;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Of a known error: the same, as it counts for it.
struct known_error_used {
  record_ref incident;
  known_error_outcome outcome = known_error_outcome::unset;
  known_error_outcome before = known_error_outcome::unset;
  bool again = false;  // it was linked already

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct event {
  record_ref record;           // none for what concerns the desk as a whole
  std::uint64_t previous = 0;  // sequence of the record's entry before this one; 0: this is its first
  event_body body;
};

}  // namespace tocsin::inline v1
