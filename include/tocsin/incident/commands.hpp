// The commands of incidents and requests. Their fields stand in src/incident/commands.cpp, their descriptors in slice.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/command_type.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/model/record_template.hpp>
#include <tocsin/service/affected_item.hpp>
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
  std::vector<affected_item> affected_items;

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
  std::string override_reason = {};  // why guards that do not hold are overridden (R-O03)

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct resume_incident {
  record_ref incident;
  std::string note;
  std::string override_reason = {};

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct resolve_incident {
  record_ref incident;
  resolution_code_ref code;
  std::string notes;
  bool permanent = false;
  std::string override_reason = {};

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
  std::string override_reason = {};

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct reopen_incident {
  record_ref incident;
  std::string reason;
  std::string override_reason = {};

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct cancel_incident {
  record_ref incident;
  std::string reason;
  std::string override_reason = {};

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
  std::vector<affected_item> affected_items;  // as they are at its end

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

}  // namespace tocsin::inline v1
