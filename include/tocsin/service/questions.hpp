// What is asked about the service graph of a desk (I1).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tocsin/base/drawing_form.hpp>
#include <tocsin/base/field.hpp>
#include <tocsin/desk/query_type.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::int64_t impact_items_max = 100'000;  // that one answer lists
}  // namespace limits

// What is affected, whose it is, and what that means for an incident.
struct impact_query {
  record_ref incident;                   // what it names has failed
  std::vector<std::string> failed;       // keys
  std::vector<std::string> degraded;     // keys
  std::vector<std::string> excluded;     // keys
  std::vector<std::string> maintenance;  // keys
  bool open = false;                     // what open incidents name has failed, too; windows in force are maintenance
  instant as_of = no_instant;            // by the definitions of then
  std::int64_t limit = 0;                // items listed; 1,000 if none is given
  drawing_form drawing = drawing_form::unset;
  // Of an estimate of the cost. None: of a record, from its onset until it was resolved, or `as_of`; without one there is no
  // estimate.
  instant from = no_instant;
  instant until = no_instant;

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

}  // namespace tocsin::inline v1
