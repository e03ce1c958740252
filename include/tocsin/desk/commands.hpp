// The commands of the desk itself. Their fields stand in src/desk/commands.cpp, their descriptors in slice.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/command_type.hpp>
#include <tocsin/escalation/escalation_policy.hpp>
#include <tocsin/lifecycle/incident_class.hpp>
#include <tocsin/lifecycle/priority_matrix.hpp>
#include <tocsin/lifecycle/workflow.hpp>
#include <tocsin/model/custom_field.hpp>
#include <tocsin/model/definition.hpp>
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

// A scenario that a pack brings along, to be played before it is published: on an empty desk with its definitions.
struct pack_test {
  std::string name;
  instant at = no_instant;           // when that desk begins
  std::vector<embedded_json> steps;  // {"execute": command}, {"advance": instant} or {"record": number}, each with
                                     // "expect" (what is listed must be there) or "refused" (the reason)
  static std::span<const field_row> fields();
};

// A pack of definitions. A definition with a known key becomes its next version; an unchanged one stays as it is.
struct publish {
  std::string pack;
  std::vector<person> people;
  std::vector<team> teams;
  std::vector<service> services;
  std::vector<category> categories;
  std::vector<workflow> workflows;
  std::vector<priority_matrix> priority_matrices;
  std::vector<custom_field> custom_fields;
  std::vector<record_type> record_types;
  std::vector<permission_policy> permission_policies;
  std::vector<pack_test> tests;
  std::vector<tocsin::record_template> record_templates;
  std::vector<event_source> event_sources;
  std::vector<business_calendar_definition> business_calendars;
  std::vector<sla_policy> sla_policies;
  std::vector<rotation> rotations;
  std::vector<schedule> schedules;
  std::vector<contact_profile> contact_profiles;
  std::vector<role> roles;
  std::vector<schedule_override> schedule_overrides;
  std::vector<shift_swap> shift_swaps;
  std::vector<absence> absences;
  std::vector<escalation_policy> escalation_policies;
  std::vector<customer> customers;
  std::vector<contract> contracts;
  std::vector<incident_class_policy> incident_class_policies;
  std::vector<skill> skills;
  std::vector<assignment_rule> assignment_rules;
  std::vector<metric> metrics;
  std::vector<vendor> vendors;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Erases the values of personal fields for good; entries and hashes stay as they are (D10).
struct erase_personal {
  record_ref record;
  person_ref person;
  std::string reason;
  bool texts = false;  // of a record: every text that was written about it, too

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

}  // namespace tocsin::inline v1
