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
inline constexpr std::int64_t articles_listed_max = 10'000;
inline constexpr std::size_t article_records_max = 20;  // that are named of each: the last
inline constexpr std::size_t offered_known_errors_max = 5;
inline constexpr std::size_t offered_from_max = 1'000;  // known errors that are compared for an offer: the newest
inline constexpr std::size_t offered_articles_max = 5;
}  // namespace limits

enum class suggestion_kind : std::uint8_t { unset, known_error, incident };
std::span<const std::string_view> choices(suggestion_kind);

// A record as a ranking of the host's own has it.
struct ranked_record {
  std::string record;      // number; one that is not there, or not for whoever asks, is passed over
  std::int64_t score = 0;  // whatever the host's figures mean; it is answered as it is

  static std::span<const field_row> fields();
};

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
  std::vector<std::string> items;      // keys of what it affects
  std::vector<ranked_record> ranking;  // the host's, the best first, instead of the library's (R-N09); none: that

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

// Which articles of the host were linked to how many records, those that were used most first (R-A06). Counted are records that
// the actor may ask this of.
struct articles_query {
  std::string key;             // that article alone
  embedded_json condition;     // on the records
  instant from = no_instant;   // linked then or later
  instant until = no_instant;  // and before then; none: up to now
  std::int64_t limit = 0;      // 100 where none is given

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

}  // namespace tocsin::inline v1
