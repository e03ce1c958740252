// Priority as a pure function of impact and urgency, by a versioned matrix (L6).
#pragma once

#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/model/choice.hpp>

namespace tocsin::inline v1 {

struct priority_cell {
  tocsin::impact impact = impact::unset;
  tocsin::urgency urgency = urgency::unset;
  tocsin::priority priority = priority::unset;

  static std::span<const field_row> fields();
};

struct priority_matrix {
  std::string key;
  std::string name;
  std::vector<priority_cell> cells;

  static std::span<const field_row> fields();
  static const definition_type descriptor;
};

const priority_matrix& built_in_priority_matrix();

// `unset` where impact or urgency is unset.
priority priority_of(const priority_matrix& matrix, impact i, urgency u);

// A line for each cell that is missing, given twice, or not monotone: graver input, milder priority (L6, R-C01).
std::vector<std::string> lint(const priority_matrix& matrix);
// What is odd, but allowed: priorities that no cell gives. (`planning` is for work that is planned, and given by hand.)
std::vector<std::string> warnings(const priority_matrix& matrix);

}  // namespace tocsin::inline v1
