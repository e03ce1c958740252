#include <tocsin/desk/vocabulary.hpp>

#include <tocsin/base/error.hpp>
#include <tocsin/desk/slice.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace tocsin::inline v1 {
namespace {

// The rows of all slices in the order of their numbers, which have no gap: a type that no slice lists is missed here.
template <class Row>
std::vector<const Row*> in_order(std::span<const Row* const> slice::* rows) {
  std::vector<const Row*> all;
  for (const slice* s : standard_slices()) all.insert(all.end(), (s->*rows).begin(), (s->*rows).end());
  std::ranges::sort(all, {}, &Row::number);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i]->number != i + 1) {
      throw error(status::internal, "slice.numbers",
                  "no type, or more than one, has the number " + std::to_string(i + 1) + " (next is " +
                      std::string(all[i]->name) + ")");
    }
  }
  return all;
}

template <class Row>
const Row* numbered(std::span<const Row* const> rows, std::uint64_t number) noexcept {
  return number == 0 || number > rows.size() ? nullptr : rows[static_cast<std::size_t>(number) - 1];
}

}  // namespace

std::span<const command_type* const> command_types() {
  static const std::vector<const command_type*> all = in_order(&slice::commands);
  return all;
}

std::span<const event_type* const> event_types() {
  static const std::vector<const event_type*> all = in_order(&slice::events);
  return all;
}

std::span<const query_type* const> query_types() {
  static const std::vector<const query_type*> all = in_order(&slice::queries);
  return all;
}

std::span<const part_type* const> part_types() {
  static const std::vector<const part_type*> all = [] {
    std::vector<const part_type*> found;
    for (const slice* s : standard_slices()) found.insert(found.end(), s->parts.begin(), s->parts.end());
    std::ranges::sort(found, {}, &part_type::number);
    const auto twice = std::ranges::adjacent_find(found, {}, &part_type::number);
    if (twice != found.end()) {
      throw error(status::internal, "slice.parts",
                  std::string((*twice)->name) + " and " + std::string(twice[1]->name) + " are the same part by number");
    }
    return found;
  }();
  return all;
}

const command_type* find_command_type(std::uint64_t number) { return numbered(command_types(), number); }
const event_type* find_event_type(std::uint64_t number) { return numbered(event_types(), number); }

std::span<const definition_type* const> definition_types() {
  static const std::vector<const definition_type*> all = in_order(&slice::definitions);
  return all;
}

const definition_type* find_definition_type(std::string_view name) {
  const auto types = definition_types();
  const auto found = std::ranges::find(types, name, &definition_type::name);
  return found == types.end() ? nullptr : *found;
}

const definition_type* find_definition_type(word_kind words) {
  const auto types = definition_types();
  const auto found = std::ranges::find(types, words, &definition_type::words);
  return found == types.end() ? nullptr : *found;
}

}  // namespace tocsin::inline v1
