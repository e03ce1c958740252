// What may help with an incident: known errors, and incidents that are like it, ranked, each with what its rank comes
// from (P3, R-P08).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tocsin/desk/query_type.hpp>
#include <tocsin/desk/suggestion.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::int64_t suggestions_max = 100;
}  // namespace limits

enum class suggestion_kind : std::uint8_t { unset, known_error, incident };
std::span<const std::string_view> choices(suggestion_kind);

// Of an incident as it is, or of one that is being written and has not been logged: refused where neither is given, or
// both are. Reads every record unless the desk keeps an index of their texts.
struct suggest_query {
  record_ref incident;
  std::string title;
  std::string description;
  category_ref category;
  service_ref service;
  suggestion_kind kind = suggestion_kind::unset;  // unset: both
  std::int64_t limit = 0;                         // 10 where none is given
  instant at = no_instant;  // for the validity of known errors; the desk's clock where none is given
  suggestion_weights weights;
  std::vector<std::string> items;  // keys of what it affects

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

}  // namespace tocsin::inline v1
