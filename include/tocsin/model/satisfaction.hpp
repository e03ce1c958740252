// How satisfied people are with a resolution (R-P18, R-C45): what each of them answered, and for which cycle.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/model/record_parts.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

struct incident;

namespace limits {
inline constexpr std::size_t satisfaction_answers_max = 1'000;  // of one record
inline constexpr std::int64_t satisfaction_score_max = 5;       // 1: not at all
}  // namespace limits

// For so long after closing answers are taken, where a workflow says nothing of it.
inline constexpr std::int64_t default_satisfaction_days = 30;

// A cycle goes from opening, or from a reopening, to the resolution: the first has the number 1. A person has one answer
// in each; another takes its place, and the journal has them all.
struct satisfaction_answer {
  std::uint32_t cycle = 0;
  person_ref person;
  bool requester = false;  // whoever called: of the record, or of a duplicate of it; others are further stakeholders
  std::int64_t score = 0;
  std::string comment;
  instant answered_at = no_instant;
  bool after_closing = false;  // the record was closed already, and stayed as it was

  static std::span<const field_row> fields();
};

// Of a record that has any.
struct record_satisfaction {
  static constexpr std::uint8_t part_number = 3;
  static const part_type descriptor;

  std::vector<satisfaction_answer> satisfaction;  // in order of arrival (R-C45)

  static std::span<const field_row> fields();
};

const std::vector<satisfaction_answer>& satisfaction_of(const incident& record);

}  // namespace tocsin::inline v1
