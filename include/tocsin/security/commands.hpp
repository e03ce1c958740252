// The commands of security incidents. Their fields stand in src/security/commands.cpp, their descriptors in slice.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/command_type.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

// Logs it restricted: to those named, whoever it is given to, those of the policy, and whoever logs it.
struct log_security_incident {
  std::string title;
  std::string description;
  record_type_ref type;  // none: the first of the policy, or an ordinary incident
  category_ref category;
  service_ref service;
  tocsin::impact impact = impact::unset;
  tocsin::urgency urgency = urgency::unset;
  tocsin::severity severity = severity::unset;
  instant occurred_at = no_instant;
  instant detected_at = no_instant;
  std::string external_key;
  team_ref team;
  person_ref assignee;
  std::vector<person_ref> people;  // who may see it
  std::vector<team_ref> teams;
  std::string reason;  // why they may
  instant embargo_until = no_instant;
  instant disclosure_at = no_instant;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// What was logged as any other turns out to be one. What was said of it before stays said.
struct declare_security_incident {
  record_ref incident;
  std::vector<person_ref> people;
  std::vector<team_ref> teams;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct set_embargo {
  record_ref incident;
  instant until = no_instant;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct lift_embargo {
  record_ref incident;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Sets the date, or moves it.
struct set_disclosure_date {
  record_ref incident;
  instant disclosure_at = no_instant;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// It was made public. The restriction stays until somebody lifts it.
struct disclose {
  record_ref incident;
  std::string advisory;
  std::string text;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// From then on this person has a thread of their own at the record, and sees that alone.
struct invite_reporter {
  record_ref incident;
  person_ref reporter;
  std::string contact;
  instant received_at = no_instant;  // now where none is given

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct acknowledge_report {
  record_ref incident;
  std::uint32_t report = 0;
  std::string text;  // to the reporter

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct message_reporter {
  record_ref incident;
  std::uint32_t report = 0;
  std::string text;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Somebody outside reports something. Whoever gives it is the reporter.
struct report_vulnerability {
  std::string title;
  std::string description;
  std::string contact;
  service_ref service;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// A message of the reporter. It names the report, as they do not know of the record.
struct write_as_reporter {
  std::string report;  // "3-1"
  std::string text;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

}  // namespace tocsin::inline v1
