// What is asked about the events of machines.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tocsin/desk/query_type.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

// What became of the events of each source, and how many of the incidents that they raised were false alarms (R-C13). Reads
// the journal.
struct event_figures_query {
  instant from = no_instant;  // recorded then or later; of incidents: opened
  instant until = no_instant;
  std::string source;                     // that one alone
  std::vector<std::string> false_alarms;  // states and resolution codes that say so; none: `false_alarm`

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

}  // namespace tocsin::inline v1
