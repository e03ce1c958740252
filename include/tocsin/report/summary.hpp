// What a service manager wants to see: volumes, backlog, times to resolve, reopenings; in integers, so that the same
// journal gives the same bytes (R2).
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <tocsin/base/json_writer.hpp>
#include <tocsin/desk/desk.hpp>
#include <tocsin/desk/query.hpp>

namespace tocsin::inline v1 {

struct summary_query {
  instant as_of = no_instant;   // the desk's clock where none is given
  std::vector<std::string> by;  // as of `count`
  find_conditions where;
  embedded_json condition;
  category_view categories = category_view::unset;
  std::int64_t category_level = 0;

  static std::span<const field_row> fields();
};

// Times between two instants of each record of a population; what has no data has no value, never 0 (R1).
struct time_statistics {
  std::uint64_t count = 0;
  std::optional<duration> mean;    // rounded down
  std::optional<duration> median;  // of an even count the mean of the middle two, rounded down
  std::optional<duration> p90;     // the smallest that nine tenths do not exceed
};

time_statistics statistics_of(std::vector<duration> times);

struct volume {
  std::uint64_t opened = 0, resolved = 0, closed = 0, cancelled = 0;
};

struct summary_group {
  std::vector<counted_value> values;  // of the fields, in the order asked
  volume volumes;
  std::uint64_t open = 0, reopened = 0, reopenings = 0, reassignments = 0;
  time_statistics times;  // to resolve
};

struct team_summary {
  std::uint64_t open = 0;
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

// As members of an object that has been begun.
void write_summary(json_writer& to, const summary& s, const lexicon& words);
void write_summary_group(json_writer& to, const summary_group& group);

}  // namespace tocsin::inline v1
