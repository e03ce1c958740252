// The events of major incidents. Their fields stand in src/major_incident/events.cpp, their descriptors in slice.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/event_type.hpp>
#include <tocsin/major_incident/response_log.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

struct major_incident_proposed {
  std::string reason;
  std::string rule;  // none: the actor, or an escalation, proposed it
  std::uint32_t policy_version = 0;
  embedded_json inputs;   // what the rule's condition saw
  std::uint32_t run = 0;  // of the escalation that proposed it; 0: none did

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct major_incident_accepted {
  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct major_incident_rejected {
  std::string reason;
  std::string rule;  // the gravest that held then: only a graver one proposes it again

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct major_incident_demoted {
  std::string reason;
  std::string rule;  // likewise

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Its severity has become another since it was first proposed, or was this when it was.
struct major_severity_noted {
  tocsin::severity severity = severity::unset;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// How it was found who gets a role.
enum class role_source : std::uint8_t { unset, self, person, team, schedule, service_owner };
std::span<const std::string_view> choices(role_source);

struct role_assumed {
  std::string role;
  person_ref person;
  std::string reports_to;
  role_source source = role_source::unset;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct role_relinquished {
  std::string role;
  person_ref person;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct command_transferred {
  person_ref from;
  person_ref to;
  std::string note;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// More people report to the role than one can lead.
struct span_of_control_exceeded {
  std::string role;
  std::uint32_t reports = 0;
  std::uint32_t most = 0;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct decision_logged {
  std::uint32_t decision = 0;
  std::string text;
  std::vector<std::string> options;
  std::string chosen;
  std::string reason;
  std::string data_seen;
  person_ref decider;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct action_logged {
  std::uint32_t action = 0;
  action_kind kind = action_kind::unset;
  std::string text;
  person_ref by;
  instant began_at = no_instant;
  instant ended_at = no_instant;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct situation_room_opened {
  std::string reference;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct room_joined {
  person_ref person;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct room_left {
  person_ref person;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// When the next update is due; none: no more are.
struct update_scheduled {
  duration every;
  instant since = no_instant;  // of the last update, or from when on updates are due
  instant due_at = no_instant;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Tell whoever has the role that an update was due and was not there.
struct update_overdue {
  static constexpr bool effect = true;
  instant due_at = no_instant;
  instant next_due_at = no_instant;
  std::uint32_t missed = 0;  // so many since it was accepted
  std::string role;          // none: nobody has one that would do
  person_ref person;
  team_ref team;  // of the incident

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

enum class major_notice_cause : std::uint8_t { unset, proposed, accepted, rejected, demoted, role_given };
std::span<const std::string_view> choices(major_notice_cause);

// Tell the incident manager, the team that has it, or whoever got a role.
struct major_incident_notice {
  static constexpr bool effect = true;
  major_notice_cause cause = major_notice_cause::unset;
  team_ref team;
  person_ref person;
  std::string role;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

}  // namespace tocsin::inline v1
