// Roles in the response to a major incident: who holds which, since when, and who reports to whom, as the Incident
// Command System has it (M1).
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t response_roles_max = 50;     // that a policy names
inline constexpr std::size_t role_holdings_max = 500;     // of one incident, those that are over included
inline constexpr std::size_t role_appointments_max = 50;  // that one command makes
inline constexpr std::size_t span_of_control_max = 7;     // people who report to one role, before somebody is told
}  // namespace limits

inline constexpr std::string_view incident_commander = "incident_commander";
inline constexpr std::string_view communication_role = "communication";
inline constexpr std::string_view technical_lead = "technical_lead";

// A role as it is declared: what it is called, and the role that it reports to.
struct response_role {
  std::string role;
  std::string reports_to;  // none: to nobody

  friend bool operator==(const response_role&, const response_role&) = default;
};

// The roles that are always there, and whom they report to where nothing else is said.
std::span<const response_role> standard_response_roles();

// One person held one role for one time.
struct role_holding {
  std::string role;
  person_ref person;
  instant from = no_instant;
  instant until = no_instant;  // not then any more; none: it goes on
  std::string reports_to;      // a role

  static std::span<const field_row> fields();
  friend bool operator==(const role_holding&, const role_holding&) = default;
};

inline bool goes_on(const role_holding& h) { return !is_set(h.until); }

// Who held what at that instant, in the order in which they took it. Nothing is held from `end` on.
std::vector<role_holding> holders_at(std::span<const role_holding> all, instant at, instant end = never);

// Null: nobody holds it, or that person does not.
const role_holding* find_holder(std::span<const role_holding> all, std::string_view role);
const role_holding* find_holder(std::span<const role_holding> all, std::string_view role, person_ref person);

// The first circle in which roles would report to each other, as "operations -> liaison -> operations"; empty: none.
std::string reporting_circle(std::span<const response_role> roles);
std::string reporting_circle(std::span<const role_holding> held);

// More people report to a role than one can lead. A person with two roles that report to it counts once.
struct span_finding {
  std::string role;
  std::int64_t reports = 0;

  static std::span<const field_row> fields();
  friend bool operator==(const span_finding&, const span_finding&) = default;
};

std::size_t reports_of(std::span<const role_holding> held, std::string_view role);
std::vector<span_finding> over_span(std::span<const role_holding> held);  // by role

}  // namespace tocsin::inline v1
