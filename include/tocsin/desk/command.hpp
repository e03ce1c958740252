// The commands: what can be asked of a desk. Each is a plain struct; its fields stand in desk/command.cpp or the
// commands*.cpp of its concept, its descriptor in the slice.
#pragma once

#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/command_type.hpp>
#include <tocsin/desk/commands.hpp>
#include <tocsin/escalation/escalation_policy.hpp>
#include <tocsin/lifecycle/incident_class.hpp>
#include <tocsin/lifecycle/priority_matrix.hpp>
#include <tocsin/lifecycle/workflow.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/model/custom_field.hpp>
#include <tocsin/model/definition.hpp>
#include <tocsin/model/known_error.hpp>
#include <tocsin/model/link.hpp>
#include <tocsin/model/metric.hpp>
#include <tocsin/model/monitoring.hpp>
#include <tocsin/model/permission_policy.hpp>
#include <tocsin/model/record_template.hpp>
#include <tocsin/oncall/contact.hpp>
#include <tocsin/oncall/role.hpp>
#include <tocsin/oncall/rotation.hpp>
#include <tocsin/oncall/schedule.hpp>
#include <tocsin/routing/assignment_rule.hpp>
#include <tocsin/sla/contract.hpp>
#include <tocsin/sla/sla_policy.hpp>
#include <tocsin/time/business_calendar.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

struct log_incident {
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
  team_ref team;
  person_ref assignee;
  instant occurred_at = no_instant;
  instant detected_at = no_instant;
  instant reported_at = no_instant;
  workflow_ref workflow;
  std::string external_key;
  bool retrospective = false;
  record_type_ref type;
  std::vector<custom_value> custom;
  record_template_ref record_template;
  std::vector<template_value> variables;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct classify_incident {
  record_ref incident;
  category_ref category;
  service_ref service;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct prioritise_incident {
  record_ref incident;
  tocsin::impact impact = impact::unset;
  tocsin::urgency urgency = urgency::unset;
  tocsin::severity severity = severity::unset;
  tocsin::priority override_with = priority::unset;
  bool end_override = false;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct assign_incident {
  record_ref incident;
  team_ref team;
  person_ref assignee;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct acknowledge_incident {
  record_ref incident;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct begin_work {
  record_ref incident;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct add_note {
  record_ref incident;
  std::string text;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct add_update {
  record_ref incident;
  std::string text;
  tocsin::visibility visibility = visibility::unset;
  record_template_ref record_template;
  std::vector<template_value> variables;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct add_reply {
  record_ref incident;
  std::string text;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct hold_incident {
  record_ref incident;
  hold_reason_ref reason;
  std::string note;
  instant follow_up_at = no_instant;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct resume_incident {
  record_ref incident;
  std::string note;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct resolve_incident {
  record_ref incident;
  resolution_code_ref code;
  std::string notes;
  bool permanent = false;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct confirm_resolution {
  record_ref incident;
  std::string comment;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct refuse_resolution {
  record_ref incident;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct close_incident {
  record_ref incident;
  std::string note;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct reopen_incident {
  record_ref incident;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct cancel_incident {
  record_ref incident;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct amend_incident {
  record_ref incident;
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

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// One step of a history: at this instant, by this actor, these things became so. What is not given did not change.
struct import_step {
  instant at = no_instant;
  person_ref actor;
  state_ref state;
  hold_reason_ref hold_reason;
  team_ref team;
  person_ref assignee;
  bool unassign_team = false;
  bool unassign_assignee = false;
  tocsin::impact impact = impact::unset;
  tocsin::urgency urgency = urgency::unset;
  tocsin::severity severity = severity::unset;
  category_ref category;
  service_ref service;
  resolution_code_ref resolution_code;
  std::string resolution_notes;
  instant resolved_at = no_instant;
  std::string note;
  std::string reply;

  static std::span<const field_row> fields();
};

// A finished or running history with its own instants, as one entry (D11).
struct import_record {
  std::string number;
  std::string external_key;
  workflow_ref workflow;
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

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// A move of the workflow's own.
struct move_incident {
  record_ref incident;
  state_ref state;
  std::string note;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Sets custom fields; null takes a value away.
struct set_custom_fields {
  record_ref incident;
  std::vector<custom_value> custom;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct state_mapping {
  state_ref from;
  state_ref to;

  static std::span<const field_row> fields();
};

// What a machine says (I4). docs/machine_events.md has the rules.
struct report_event {
  std::string source;
  std::string dedup_key;
  event_signal signal = event_signal::unset;
  std::string title;
  std::string description;
  service_ref service;
  category_ref category;
  tocsin::impact impact = impact::unset;
  tocsin::urgency urgency = urgency::unset;
  tocsin::severity severity = severity::unset;
  instant occurred_at = no_instant;
  duration expires_after;
  team_ref team;
  std::vector<custom_value> custom;
  std::vector<event_label> labels;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Takes running records on to the current version of their workflow. They run on their own version until then.
struct migrate_records {
  workflow_ref workflow;
  std::vector<state_mapping> states;  // where a state has another name now
  std::int64_t limit = 0;             // records at most; 0: limits::migrated_per_command_max

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// ---- tasks (L10)

struct add_task {
  record_ref incident;
  std::string title;
  std::string description;
  person_ref owner;
  team_ref team;
  instant due_at = no_instant;
  bool blocking = false;
  std::vector<std::uint32_t> depends_on;
  duration due_in;                     // instead of due_at: so much time, real or of due_calendar
  optional_integer due_business_days;  // instead: the end of the n-th business day of due_calendar (T8)
  business_calendar_ref due_calendar;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// What is not given stays as it is.
struct change_task {
  record_ref incident;
  std::uint32_t task = 0;
  std::string title;
  std::string description;
  person_ref owner;
  team_ref team;
  instant due_at = no_instant;
  bool without_due = false;
  optional_truth blocking;
  std::vector<std::uint32_t> depends_on;
  bool without_dependencies = false;
  duration due_in;                     // instead of due_at: so much time, real or of due_calendar
  optional_integer due_business_days;  // instead: the end of the n-th business day of due_calendar (T8)
  business_calendar_ref due_calendar;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct begin_task {
  record_ref incident;
  std::uint32_t task = 0;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct complete_task {
  record_ref incident;
  std::uint32_t task = 0;
  std::string outcome;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct skip_task {
  record_ref incident;
  std::uint32_t task = 0;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// ---- links (R-C12, L8)

// To another record, or to what another system keeps by that key.
struct link_records {
  record_ref incident;
  link_kind kind = link_kind::unset;
  record_ref other;
  outside_kind outside = outside_kind::unset;
  std::string outside_key;
  std::string note;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct unlink_records {
  record_ref incident;
  link_kind kind = link_kind::unset;
  record_ref other;
  outside_kind outside = outside_kind::unset;
  std::string outside_key;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct mark_duplicate {
  record_ref incident;
  record_ref of;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// To another type of record; it keeps its number and its journal (L9).
struct convert_record {
  record_ref incident;
  record_type_ref type;  // none: to an incident
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Says whether the service recovered (R-P17).
struct verify_resolution {
  record_ref incident;
  optional_truth passed;
  std::string note;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// ---- what belongs to it (R-C37, R-C44)

struct add_attachment {
  record_ref incident;
  std::string name;
  std::string media_type;
  std::int64_t size = 0;
  std::string sha256;
  std::string uri;
  tocsin::visibility visibility = visibility::unset;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct remove_attachment {
  record_ref incident;
  std::uint32_t attachment = 0;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct log_work {
  record_ref incident;
  duration spent;
  instant began_at = no_instant;
  person_ref person;
  std::string text;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// From then on only those named may see it; naming others replaces them.
struct restrict_incident {
  record_ref incident;
  std::vector<person_ref> people;
  std::vector<team_ref> teams;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct lift_restriction {
  record_ref incident;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// A time in which new events of machines that it names are held back (R-C42).
struct schedule_maintenance {
  std::string key;
  instant from = no_instant;
  instant to = no_instant;
  std::vector<service_ref> services;
  std::vector<std::string> sources;
  embedded_json where;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Gives a window that is not over other bounds.
struct change_maintenance {
  std::string key;
  instant from = no_instant;
  instant to = no_instant;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct cancel_maintenance {
  std::string key;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Says that the breach of a policy was not to be held against anybody (S13).
struct excuse_breach {
  record_ref incident;
  sla_policy_ref policy;
  std::string reason;
  person_ref approver;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Lets go of records that are over for long: they and the entries that speak of nothing else are gone for good, and the
// chain of hashes still proves the rest (D7).
struct purge_records {
  instant ended_before = no_instant;
  std::int64_t limit = 0;  // records at most; 0: limits::purged_records_max
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// ---- on-call (O2, O4): each is a publication of its own, so that it can be granted without the right to publish

struct override_schedule {
  std::string key;  // none: the desk gives one
  schedule_ref schedule;
  override_kind kind = override_kind::unset;
  std::vector<person_ref> people;
  person_ref replaced;
  std::int64_t rank = 0;
  instant from = no_instant;
  instant until = no_instant;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct withdraw_override {
  schedule_override_ref schedule_override;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct propose_swap {
  std::string key;  // none: the desk gives one
  schedule_ref schedule;
  person_ref giver;
  person_ref taker;
  instant from = no_instant;
  instant until = no_instant;
  instant back_from = no_instant;
  instant back_until = no_instant;
  instant lapses_at = no_instant;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct accept_swap {
  shift_swap_ref swap;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// By the taker, or by the giver who thinks better of it.
struct decline_swap {
  shift_swap_ref swap;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct record_absence {
  std::string key;  // none: the desk gives one
  person_ref person;
  person_ref cover;
  instant from = no_instant;
  instant until = no_instant;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Ends it early, or calls it off.
struct withdraw_absence {
  absence_ref absence;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// ---- escalation (E1-E7). A run is named by its number on the record; without one, the only one that is under way.

struct start_escalation {
  record_ref incident;
  escalation_policy_ref policy;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// An answer to a page may cite its step or version; a past one is refused (E6).
struct acknowledge_page {
  record_ref incident;
  std::uint32_t run = 0;
  std::uint32_t step = 0;
  std::uint32_t version = 0;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct unacknowledge_page {
  record_ref incident;
  std::uint32_t run = 0;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct snooze_escalation {
  record_ref incident;
  std::uint32_t run = 0;
  instant until = no_instant;
  std::uint32_t step = 0;
  std::uint32_t version = 0;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// `functional`: to the team of the next support level; `hierarchical`: to the manager of whom it was raised to last, or of
// the assignee; `next_step`: a run goes on at once.
enum class escalate_kind : std::uint8_t { unset, functional, hierarchical, next_step };
std::span<const std::string_view> choices(escalate_kind);

struct escalate {
  record_ref incident;
  escalate_kind kind = escalate_kind::unset;
  std::string reason;
  std::uint32_t run = 0;
  team_ref team;
  person_ref person;
  std::uint32_t step = 0;
  std::uint32_t version = 0;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Gives it to a team or a person; runs that are under way go on at once (E3).
struct hand_over {
  record_ref incident;
  team_ref team;
  person_ref assignee;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

enum class delivery_outcome : std::uint8_t { unset, delivered, failed, timed_out };
std::span<const std::string_view> choices(delivery_outcome);

// What became of a page on its way to the person (E5).
struct report_delivery {
  record_ref incident;
  std::uint32_t run = 0;
  std::uint32_t version = 0;
  person_ref person;
  std::string method;
  delivery_outcome outcome = delivery_outcome::unset;
  std::string detail;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Lets the assignment rules give it to somebody, as though it had just been logged (I2).
struct route_incident {
  record_ref incident;
  assignment_rule_ref rule;        // this one, whether it matches or not; none: the first that matches
  std::vector<person_ref> except;  // who is not to get it: somebody who handed it back, say
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// The delivery status of a notice to a requester (R-C38). An update to many is an effect for each of them.
struct report_notice {
  record_ref incident;       // that the notice is about; of a duplicate's requester: the duplicate
  std::uint64_t notice = 0;  // id of the effect
  delivery_outcome outcome = delivery_outcome::unset;
  std::string method;  // how it went
  std::string detail;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Takes every page that a bundle lists, as though each had been answered (E5).
struct acknowledge_bundle {
  record_ref incident;       // that sent it
  std::uint64_t bundle = 0;  // id of the effect

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// How satisfied somebody is with the resolution that the record has, or closed with (R-P18, R-C45).
struct rate_resolution {
  record_ref incident;
  optional_integer score;
  std::string comment;
  person_ref person;  // whose answer the host passes on; none: the actor

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Publishes a known error: a record of its own, which incidents are compared with from then on (P2).
struct publish_known_error {
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

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Replaces its whole content; the journal keeps the earlier versions.
struct revise_known_error {
  record_ref known_error;
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
  static const command_type descriptor;
};

// Retires it: it is no longer suggested.
struct retire_known_error {
  record_ref known_error;
  std::string reason;
  record_ref superseded_by;  // none: nothing has taken its place

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Says that a known error is what the incident shows, or whether applying it helped; of the outcome the last word counts
// (P3, R-C05).
struct link_known_error {
  record_ref incident;
  record_ref known_error;
  known_error_outcome outcome = known_error_outcome::unset;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

}  // namespace tocsin::inline v1
