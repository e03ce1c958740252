// What an escalation policy would do in the weeks to come, proved over the desk's own schedules and contacts, or refuted by
// a path and an instant (E8, R-C16).
#pragma once

#include <span>

#include <tocsin/base/json_writer.hpp>
#include <tocsin/desk/desk.hpp>

namespace tocsin::inline v1 {

struct check_escalation_query {
  escalation_policy_ref policy;  // as it is published; or
  embedded_json proposed;        // an escalation policy, as it would be
  std::int64_t weeks = 0;        // four where none is given
  instant from = no_instant;     // the desk's clock where none is given
  service_ref service;           // of the incident, for steps that page its owner
  person_ref assignee;           // of the incident, for steps that page the manager

  static std::span<const field_row> fields();
};

void write_escalation_check(json_writer& to, const desk& d, const check_escalation_query& query);

}  // namespace tocsin::inline v1
