// Figures of a desk: those that its metrics define (R1), and what a service manager wants to see without any: volumes,
// backlog, times to resolve, reopenings. Computed in integers, so that the same journal gives the same bytes (R2).
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <tocsin/desk/query.hpp>
#include <tocsin/metric/statistics.hpp>

namespace tocsin::inline v1 {

struct summary_query {
  instant as_of = no_instant;   // the desk's clock where none is given
  std::vector<std::string> by;  // as of `count`
  find_conditions where;
  embedded_json condition;
  category_view categories = category_view::unset;
  std::int64_t category_level = 0;

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

struct volume {
  std::uint64_t opened = 0, resolved = 0, closed = 0, cancelled = 0;
};

struct summary_group {
  std::vector<counted_value> values;  // of the fields, in the order asked
  volume volumes;
  std::uint64_t open = 0, reopened = 0, reopenings = 0, reassignments = 0;
  std::uint64_t first_contact = 0;  // of those resolved, at the first contact (R-O05)
  time_statistics times;            // to resolve
};

struct team_summary {
  std::uint64_t open = 0;
  std::uint64_t first_contact = 0;
  time_statistics times;
};

struct summary {
  instant as_of = no_instant;
  summary_group total;
  std::map<std::string, volume> months;       // "2026-11", in UTC: what happened in it
  std::array<time_statistics, 6> priorities;  // 0: none was given
  std::map<std::uint32_t, team_summary> teams;
  std::map<std::uint32_t, std::uint64_t> states;
  std::vector<counted_field> fields;
  std::vector<summary_group> groups;  // by values; of months, what happened in each
};

// Of the incidents that the actor may see (D9), as `get` shows each of them as of that instant. Requests, and what a desk
// keeps beside both, never enter (L9).
summary summarise(const desk& d, const summary_query& query, person_ref actor = {});

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
  static const query_type descriptor;
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
