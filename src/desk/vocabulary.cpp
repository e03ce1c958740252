#include <tocsin/desk/vocabulary.hpp>

#include <tocsin/base/error.hpp>
#include <tocsin/desk/slice.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace tocsin::inline v1 {
namespace {

// The rows of all slices in the order of their numbers: a type of the library that no slice lists is missed here.
template <class Row>
std::vector<const Row*> in_order(std::span<const Row* const> slice::* rows) {
  std::vector<const Row*> all;
  for (const slice* s : all_slices()) all.insert(all.end(), (s->*rows).begin(), (s->*rows).end());
  std::ranges::sort(all, {}, &Row::number);
  for (std::size_t i = 0; i < all.size() && all[i]->number < limits::host_numbers_from; ++i) {
    if (all[i]->number != i + 1) {
      throw error(status::internal, "slice.numbers",
                  "no type, or more than one, has the number " + std::to_string(i + 1) + " (next is " +
                      std::string(all[i]->name) + ")");
    }
  }
  return all;
}

// Numbers without a gap are places; a host's are looked for.
template <class Row>
std::size_t place_in(std::span<const Row* const> rows, std::uint64_t number) noexcept {
  if (number <= rows.size() && number != 0 && rows[static_cast<std::size_t>(number) - 1]->number == number) {
    return static_cast<std::size_t>(number) - 1;
  }
  const auto found = std::ranges::lower_bound(rows, number, {}, [](const Row* r) { return std::uint64_t{r->number}; });
  return found != rows.end() && (*found)->number == number ? static_cast<std::size_t>(found - rows.begin())
                                                           : rows.size();
}

template <class Row>
const Row* numbered(std::span<const Row* const> rows, std::uint64_t number) noexcept {
  const std::size_t place = place_in(rows, number);
  return place == rows.size() ? nullptr : rows[place];
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
    for (const slice* s : all_slices()) found.insert(found.end(), s->parts.begin(), s->parts.end());
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

std::size_t place_of(const command_type& type) { return place_in(command_types(), type.number); }
std::size_t place_of(const event_type& type) { return place_in(event_types(), type.number); }
std::size_t place_of(const query_type& type) { return place_in(query_types(), type.number); }

const part_type* find_part_type(std::uint8_t number) {
  static const auto all = [] {
    std::array<const part_type*, limits::part_types_max> found{};
    for (const part_type* type : part_types()) found[type->number] = type;
    return found;
  }();
  return number < all.size() ? all[number] : nullptr;
}

const timer_type* find_timer_type(timer_kind kind) {
  static const auto all = [] {
    std::array<const timer_type*, UINT8_MAX + 1> found{};
    for (const slice* s : all_slices()) {
      for (const timer_type& t : s->timers) found[static_cast<std::size_t>(t.kind)] = &t;
    }
    return found;
  }();
  return all[static_cast<std::size_t>(kind)];
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
