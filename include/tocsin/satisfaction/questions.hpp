// How satisfied people were with the resolutions of a time, and how many of those who were asked answered (R-C45).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include <tocsin/desk/query.hpp>
#include <tocsin/model/satisfaction.hpp>

namespace tocsin::inline v1 {

struct satisfaction_query {
  instant from = no_instant;              // resolutions from then on
  instant before = no_instant;            // and before then
  record_base base = record_base::unset;  // of what: incidents where nothing is said (L9)
  std::vector<std::string> by;            // as of `count`
  find_conditions where;
  embedded_json condition;
  category_view categories = category_view::unset;
  std::int64_t category_level = 0;

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

// Integers alone, so that a mean is exact: sum / answers (R2).
struct score_figures {
  std::int64_t sum = 0;
  std::array<std::int64_t, limits::satisfaction_score_max> scores{};  // how often 1, 2 ...

  std::int64_t answers() const;
  void add(std::int64_t score);
};

struct satisfaction_figures {
  std::int64_t resolutions = 0;
  std::int64_t asked = 0;    // requesters who were told of a resolution, or answered unasked
  score_figures requesters;  // their answers
  score_figures others;      // those of further stakeholders
};

struct satisfaction_group {
  std::vector<counted_value> values;  // of the fields, in the order asked
  satisfaction_figures figures;
};

struct satisfaction_answer_sheet {
  std::vector<counted_field> fields;
  std::vector<satisfaction_group> groups;  // by values
  satisfaction_figures total;
};

// Of the records that the actor may see alone (D9).
satisfaction_answer_sheet measure_satisfaction(const desk& d, const satisfaction_query& query, person_ref actor = {});

// A share or a mean in thousandths, to the nearest, a half up; `of` is more than 0.
std::int64_t thousandths(std::int64_t part, std::int64_t of);

}  // namespace tocsin::inline v1
