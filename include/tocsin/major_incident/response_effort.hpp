// What the response to a major incident cost in people's time: by role, by person, and by actions, those that were
// technical apart from those that coordinated others (R-C26, R-C29).
#pragma once

#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/major_incident/response_log.hpp>
#include <tocsin/major_incident/response_roles.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

struct role_effort {
  std::string role;
  duration time;  // of all who held it, added up

  static std::span<const field_row> fields();
  friend bool operator==(const role_effort&, const role_effort&) = default;
};

// An hour in which somebody held two roles is one hour of theirs.
struct person_effort {
  person_ref person;
  duration time;

  static std::span<const field_row> fields();
  friend bool operator==(const person_effort&, const person_effort&) = default;
};

struct action_effort {
  std::int64_t count = 0;
  duration time;  // of those that say when they began

  static std::span<const field_row> fields();
  friend bool operator==(const action_effort&, const action_effort&) = default;
};

struct response_effort {
  std::vector<role_effort> roles;     // by name
  std::vector<person_effort> people;  // in the order in which they first took a role
  duration time;                      // of all people
  action_effort technical;
  action_effort coordination;
};

// Up to `end`, holdings that go on included.
response_effort effort_of(std::span<const role_holding> held, std::span<const response_action> actions, instant end);

}  // namespace tocsin::inline v1
