// What a service manager wants to see: volumes, backlog, times to resolve, reopenings; in integers, so that the same
// journal gives the same bytes (R2).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <tocsin/base/json_writer.hpp>
#include <tocsin/desk/desk.hpp>

namespace tocsin::inline v1 {

struct summary_query {
  instant as_of = no_instant;  // the desk's clock where none is given

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

// Writes the summary as a JSON object: records as they are now, as far as their instants lie up to `as_of`.
void write_summary(json_writer& to, const desk& d, const summary_query& query, person_ref actor);

}  // namespace tocsin::inline v1
