// What is asked of drills.
#pragma once

#include <span>

#include <tocsin/desk/query_type.hpp>
#include <tocsin/drill/drill_result.hpp>
#include <tocsin/drill/drill_scenario.hpp>

namespace tocsin::inline v1 {

// How the response would do: a drill on a fork of the desk, scored, and held against the last one. Nothing of the desk
// changes. Errors: those of run_drill (drill.hpp).
struct drill_query {
  drill_scenario scenario;
  drill_result last;  // an earlier answer to this question, as it was given

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

}  // namespace tocsin::inline v1
