// Questions about assignment by rules: why somebody has a record, who would get it now, and what people have to do (I2).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <tocsin/desk/query_type.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

// Every assignment of the record in its order, by rule or by hand, with whom the rule considered.
struct explain_assignment_query {
  record_ref incident;

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

// What apply_assignment_rules would decide, and what each rule says of the record; nothing is changed.
struct propose_assignment_query {
  record_ref incident;
  assignment_rule_ref rule;
  std::vector<person_ref> except;
  instant at = no_instant;  // the desk's clock where none is given

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

// How many open records each person has, and what each one's capacity is.
struct workload_query {
  team_ref team;  // of its members; none: of everybody who has a record, a capacity, or skills

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

}  // namespace tocsin::inline v1
