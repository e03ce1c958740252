// What a figure means, as data (R1): which instants of a record it is between, and of which records. A definition like
// any other, so that it has versions, and figures of one version alone are compared (R-C36).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

// What happens to a record once or again and again. Where a record does not say when it occurred or was detected, it
// was when it was opened.
enum class record_moment : std::uint8_t {
  unset,
  occurred,
  detected,
  opened,
  acknowledged,
  responded,
  work_begun,
  resolved,
  closed
};
std::span<const std::string_view> choices(record_moment);

// Of a record that was reopened: up to the first stop; up to the last, with all that lies between; or the time of each
// cycle, added up, of which the later ones begin as it is reopened.
enum class metric_cycle : std::uint8_t { unset, first, last, sum };
std::span<const std::string_view> choices(metric_cycle);

struct metric {
  std::string key;
  std::string name;
  record_moment start = record_moment::unset;
  record_moment stop = record_moment::unset;
  metric_cycle cycle = metric_cycle::unset;  // last where none is given
  std::string calendar;                      // key: its open time counts; none: all time
  bool without_holds = false;                // what it was on hold for does not count
  embedded_json where;                       // condition on the record, as it is when it is asked; none: all incidents
  bool duplicates = false;                   // duplicates count, too
  bool children = false;                     // children count, too
  bool cancelled = false;                    // cancelled ones count, too, where they have both instants
  bool retired = false;                      // may still be asked for

  static std::span<const field_row> fields();
  static const definition_type descriptor;
};

// What is wrong with it, a line each; what its condition and its calendar name is for a desk to check.
std::vector<std::string> lint(const metric& definition);

}  // namespace tocsin::inline v1
