// What a desk suggests: incidents and known errors as texts of an index, and what is asked of it (P3).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tocsin/desk/state.hpp>
#include <tocsin/knowledge/text_index.hpp>
#include <tocsin/model/known_error.hpp>

namespace tocsin::inline v1 {

// Points, in thousandths of BM25's unit: those of a word that one in some twenty texts has are about as many.
inline constexpr std::int32_t category_points = 2'000;       // of the same category
inline constexpr std::int32_t near_category_points = 1'000;  // of one above or below it in the tree
inline constexpr std::int32_t service_points = 2'000;        // of the same service
inline constexpr std::int32_t item_points = 2'000;           // of each item that both affect
inline constexpr std::int32_t near_item_points = 500;        // of each that needs such an item, or is needed by it
inline constexpr std::int32_t error_code_points = 3'000;     // of each code that both show
inline constexpr std::int32_t outcome_points_below = 2'000;  // a known error's outcomes give less than so many

namespace limits {
inline constexpr std::size_t suggestion_items_max = 4;  // affected items that a question asks for: the first it names
inline constexpr std::size_t suggestion_neighbours_max = 16;  // of all of them: the first by key
inline constexpr std::size_t suggestible_items_max = 50;      // affected items that a record is found by
}  // namespace limits

// How much each part counts, in per cent.
struct suggestion_weights {
  std::int32_t words = 100;
  std::int32_t category = 100;
  std::int32_t service = 100;
  std::int32_t error_codes = 100;
  std::int32_t outcome = 100;
  std::int32_t items = 100;

  static std::span<const field_row> fields();
};

// Incidents, whatever became of them, and known errors that are not retired.
bool may_be_suggested(const incident& record, const desk_state& state);
marked_text text_of(const incident& record);
// Is it another text to the index now?
bool differs_as_text(const incident& before, const incident& now);

// What a known error has learned from its uses: h of n outcomes helped, and the others not. 2000 (2h - n) / (n + 2).
std::int32_t outcome_points(const incident_known_error& known);

struct described_trouble {
  std::string title;
  std::string description;
  category_ref category;
  service_ref service;
  std::vector<std::string> items;  // keys of what it affects
};

described_trouble trouble_of(const incident& record);

text_question question_about(const described_trouble& trouble, const suggestion_weights& weights,
                             const desk_state& state);

// What kind a mark is of, for whoever explains a score.
enum class mark_kind : std::uint8_t { category, service, error_code, item };
mark_kind kind_of_mark(const std::string& mark);
std::string error_code_of(const std::string& mark);
std::string item_of(const std::string& mark);

}  // namespace tocsin::inline v1
