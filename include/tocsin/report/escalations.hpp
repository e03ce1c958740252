// Questions about escalations: how the runs of a record stand, what comes next, why nobody was paged, and how late a host
// was (R-C21).
#pragma once

#include <cstdint>
#include <span>

#include <tocsin/base/json_writer.hpp>
#include <tocsin/desk/viewer.hpp>

namespace tocsin::inline v1 {

// The runs of one record: how they stand, what is to come, and all that they said.
struct escalations_query {
  record_ref incident;
  std::uint32_t run = 0;  // 0: all

  static std::span<const field_row> fields();
};

// How long after they were due steps were fired, by policy: of all that the journal has between two instants.
struct escalation_latency_query {
  instant from = no_instant;
  instant until = no_instant;  // not included

  static std::span<const field_row> fields();
};

void write_escalations(json_writer& to, const desk& d, const escalations_query& query, const viewer& by);
void write_escalation_latency(json_writer& to, const desk& d, const escalation_latency_query& query, const viewer& by);

}  // namespace tocsin::inline v1
