// Figures of a desk by its metrics (R1): computed from the journal, in integers, the same for the same journal (R2).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <tocsin/desk/desk.hpp>
#include <tocsin/desk/query.hpp>
#include <tocsin/report/summary.hpp>

namespace tocsin::inline v1 {

struct metric_query {
  metric_ref metric;
  std::int64_t version = 0;     // of the metric; the latest where none is given
  instant from = no_instant;    // records whose time stopped from then on
  instant before = no_instant;  // and before then
  std::vector<std::string> by;  // as of `count`
  find_conditions where;
  embedded_json condition;
  category_view categories = category_view::unset;
  std::int64_t category_level = 0;

  static std::span<const field_row> fields();
};

struct metric_group {
  std::vector<counted_value> values;  // of the fields, in the order asked
  time_statistics times;
  std::uint64_t unfinished = 0;  // began before the end of the window, and have not stopped by then
};

struct metric_answer {
  const metric* definition = nullptr;
  std::uint32_t version = 0;
  std::vector<counted_field> fields;
  std::vector<metric_group> groups;  // by values
  metric_group total;
};

// Of the records that the actor may see alone (D9); no actor: of all.
metric_answer measure(const desk& d, const metric_query& query, person_ref actor = {});

}  // namespace tocsin::inline v1
