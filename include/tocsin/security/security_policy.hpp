// Who knows of each security incident from its first instant, what becomes of reports from outside, and by when things
// are disclosed.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t security_people_max = 50;  // people, and teams, that a policy names
inline constexpr std::size_t security_types_max = 20;
}  // namespace limits

struct security_policy {
  std::string key;  // "incident" is the one that incidents go by
  std::string name;
  std::vector<std::string> people;  // keys: they know of all of them
  std::vector<std::string> teams;   // keys: so do their members
  std::vector<std::string> types;   // keys of record types: their records are all security incidents
  std::string team;                 // key of the team that gets what is reported from outside
  duration disclose_in;             // after a report from outside it is disclosed; none: no date is set by itself
  bool retired = false;

  static std::span<const field_row> fields();
  static const definition_type descriptor;
};

// What is wrong with it, a line each.
std::vector<std::string> lint(const security_policy& definition);

}  // namespace tocsin::inline v1
