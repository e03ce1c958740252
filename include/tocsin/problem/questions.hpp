// What is asked about problems and recurrence on a desk.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tocsin/base/drawing_form.hpp>
#include <tocsin/base/field.hpp>
#include <tocsin/desk/query_type.hpp>
#include <tocsin/problem/recurrence_pareto.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

// Why a problem is there: root causes, chains of why, drawn where that is asked for (P1, R-P12).
struct causes_query {
  record_ref problem;
  instant as_of = no_instant;
  drawing_form drawing = drawing_form::unset;

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

// How many incidents were known when they were opened (R-C41).
struct known_at_opening_query {
  instant from = no_instant;
  instant until = no_instant;

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

// Incidents that were resolved by a workaround, and of which no open problem is the cause (R-C15).
struct workarounds_without_problem_query {
  instant from = no_instant;  // resolved then or later
  instant until = no_instant;
  std::vector<resolution_code_ref> codes;  // none: `workaround` and `known_error`
  std::int64_t limit = 0;                  // 100 if none is given

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

// How many incidents have each value: what recurs most (R-C09).
struct recurrence_query {
  pareto_dimension by = pareto_dimension::unset;
  std::int64_t category_level = 0;
  instant from = no_instant;
  instant until = no_instant;
  std::int64_t least = 1;
  std::int64_t limit = 100;

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

}  // namespace tocsin::inline v1
