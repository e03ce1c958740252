// The commands of major incidents. Their fields stand in src/major_incident/commands.cpp, their descriptors in
// slice.cpp.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/command_type.hpp>
#include <tocsin/major_incident/response_log.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

// Says that it may be a major incident; whoever decides on that is told.
struct propose_major {
  record_ref incident;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Who gets a role: a person, or whoever one of the others leads to now.
struct role_appointment {
  std::string role;
  person_ref person;
  team_ref team;          // whoever is on call by its schedule
  schedule_ref schedule;  // whoever is on call there
  bool service_owner = false;
  std::string reports_to;  // role; none: as the policy has it

  static std::span<const field_row> fields();
};

// It is a major incident from now on: roles are given, and updates become due.
struct accept_major {
  record_ref incident;
  tocsin::severity severity = severity::unset;  // unset: as it is
  std::vector<role_appointment> roles;          // beside those that the policy gives, and before them

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct reject_major {
  record_ref incident;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// It is a major incident no more; its own state stays as it is.
struct demote_major {
  record_ref incident;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// The actor takes a role.
struct assume_role {
  record_ref incident;
  std::string role;
  std::string reports_to;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct assign_role {
  record_ref incident;
  std::string role;
  person_ref person;
  team_ref team;
  schedule_ref schedule;
  bool service_owner = false;
  std::string reports_to;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct relinquish_role {
  record_ref incident;
  std::string role;
  person_ref person;  // none: the actor

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// From the commander to another, in one act: there is no instant without one.
struct transfer_command {
  record_ref incident;
  person_ref to;
  std::string note;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct log_decision {
  record_ref incident;
  std::string text;
  std::vector<std::string> options;
  std::string chosen;
  std::string reason;
  std::string data_seen;
  person_ref decider;  // none: the actor

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct log_action {
  record_ref incident;
  action_kind kind = action_kind::unset;
  std::string text;
  person_ref by;                  // none: the actor
  instant began_at = no_instant;  // none: its time is not measured
  instant ended_at = no_instant;  // none: now, if it says when it began

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Says where those who respond meet; said anew, they have moved.
struct open_situation_room {
  record_ref incident;
  std::string reference;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct join_room {
  record_ref incident;
  person_ref person;  // none: the actor

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct leave_room {
  record_ref incident;
  person_ref person;  // none: the actor

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

}  // namespace tocsin::inline v1
