// What is asked about a major incident.
#pragma once

#include <span>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/query_type.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t join_list_people_max = 1'000;  // that one answer lists
inline constexpr std::size_t join_reasons_max = 20;         // that it lists of one of them
}  // namespace limits

// Who held which role at an instant, who reports to whom, and which roles nobody has.
struct response_roles_query {
  record_ref incident;
  instant at = no_instant;  // the desk's clock where none is given

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

// Who belongs into the situation room: those with roles, those on call, those who own what is affected.
struct join_list_query {
  record_ref incident;

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

// What the response cost in people's time (R-C26, R-C29).
struct response_effort_query {
  record_ref incident;
  instant until = no_instant;  // the desk's clock where none is given

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

}  // namespace tocsin::inline v1
