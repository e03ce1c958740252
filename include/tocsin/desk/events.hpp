// The events of the desk itself. Their fields stand in src/desk/events.cpp, their descriptors in slice.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/event_type.hpp>
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

// What is odd about a definition, but allowed.
struct definition_warning {
  std::string kind;
  std::string key;
  std::string what;

  static std::span<const field_row> fields();
};

struct definitions_published {
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
  std::vector<definition_warning> warnings;
  std::vector<escalation_policy> escalation_policies;
  std::vector<customer> customers;
  std::vector<contract> contracts;
  std::string zone_data_version;  // of the time zone data that the desk runs on, of the first and with calendars (T2)
  std::string zone_data;          // with calendars: that of their zones, packed, in base64; so replays are the same
  std::vector<incident_class_policy> incident_class_policies;
  std::vector<skill> skills;
  std::vector<assignment_rule> assignment_rules;
  std::vector<metric> metrics;
  std::vector<vendor> vendors;

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

// The desk runs on other time zone data from now on: calendars have new versions, and clocks follow them (T2).
struct zone_data_changed {
  std::string from;
  std::string to;
  std::string zone_data;  // of the calendars' zones, packed, in base64

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

}  // namespace tocsin::inline v1
