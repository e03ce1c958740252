#include <tocsin/desk/vocabulary.hpp>

#include <tocsin/base/error.hpp>
#include <tocsin/desk/slice.hpp>
#include <tocsin/model/incident.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace tocsin::inline v1 {
namespace {

struct slice_list {
  std::vector<const slice*> all{standard_slices().begin(), standard_slices().end()};
  bool is_settled = false;  // something was looked up in it
};

slice_list& known_slices() {
  static slice_list slices;
  return slices;
}

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

// ---- slices of a host

[[noreturn]] void refuse_slice(const slice& s, const std::string& why) {
  throw error(status::invalid_argument, "slice.refused", "slice \"" + std::string(s.name) + "\": " + why);
}

template <class Row>
void check_rows(const slice& s, std::span<const slice* const> before, std::span<const Row* const> slice::* rows,
                const char* what) {
  const auto& own = s.*rows;
  for (std::size_t i = 0; i < own.size(); ++i) {
    const std::string name = std::string(what) + " " + std::string(own[i]->name);
    if (own[i]->number < limits::host_numbers_from) {
      refuse_slice(s, name + " has number " + std::to_string(own[i]->number) + ", allowed are those from " +
                          std::to_string(limits::host_numbers_from) + " on");
    }
    const auto clashes = [&](const Row* other) {
      return other->number == own[i]->number || other->name == own[i]->name;
    };
    bool taken = std::ranges::any_of(own.first(i), clashes);
    for (const slice* other : before) taken = taken || std::ranges::any_of(other->*rows, clashes);
    if (taken) refuse_slice(s, name + " has a name or a number (" + std::to_string(own[i]->number) + ") that is taken");
  }
}

bool has_field(std::span<const field_row> fields, std::string_view name) {
  return std::ranges::find(fields, name, &field_row::name) != fields.end();
}

void check_parts(const slice& s, std::span<const slice* const> before) {
  for (std::size_t i = 0; i < s.parts.size(); ++i) {
    const part_type& own = *s.parts[i];
    const std::string name = "part " + std::string(own.name);
    if (own.number < limits::host_parts_from) {
      refuse_slice(s, name + " has number " + std::to_string(own.number) + ", allowed are those from " +
                          std::to_string(limits::host_parts_from) + " to " +
                          std::to_string(limits::part_types_max - 1));
    }
    const auto check = [&](const part_type* other) {
      if (other->number == own.number || other->name == own.name) {
        refuse_slice(s, name + " has a name or a number (" + std::to_string(own.number) + ") that is taken");
      }
      for (const field_row& f : own.fields()) {
        if (has_field(other->fields(), f.name)) {
          refuse_slice(s, name + " has the field " + std::string(f.name) + ", as " + std::string(other->name) + " has");
        }
      }
    };
    for (const slice* other : before) std::ranges::for_each(other->parts, check);
    std::ranges::for_each(s.parts.first(i), check);
    for (const field_row& f : own.fields()) {
      if (has_field(incident::fields(), f.name) || has_field(incident_text::fields(), f.name)) {
        refuse_slice(s, name + " has the field " + std::string(f.name) + ", as every record has");
      }
    }
  }
}

void check_slice(const slice& s, std::span<const slice* const> before) {
  if (s.name.empty() || std::ranges::any_of(before, [&](const slice* other) { return other->name == s.name; })) {
    refuse_slice(s, "its name is empty or taken");
  }
  for (const std::string_view needed : s.needs) {
    const bool is_there = std::ranges::any_of(before, [&](const slice* other) { return other->name == needed; });
    if (!is_there) refuse_slice(s, "it needs the slice \"" + std::string(needed) + "\", which is not there before it");
  }
  if (!s.definitions.empty()) refuse_slice(s, "it has definitions, which slices of a host cannot have");
  check_rows(s, before, &slice::commands, "command");
  check_rows(s, before, &slice::events, "event");
  check_rows(s, before, &slice::queries, "question");
  check_parts(s, before);
  for (const timer_type& t : s.timers) {
    const auto is_same = [&](const timer_type& other) { return other.kind == t.kind; };
    bool taken = t.kind < timer_kind::host || std::ranges::count_if(s.timers, is_same) != 1;
    for (const slice* other : before) taken = taken || std::ranges::any_of(other->timers, is_same);
    if (taken) refuse_slice(s, "timer " + std::string(t.name) + " has a number that is taken, or not a host's to give");
  }
}

}  // namespace

std::span<const slice* const> all_slices() {
  known_slices().is_settled = true;
  return known_slices().all;
}

void check_slices(std::span<const slice* const> own) {
  std::vector<const slice*> all = known_slices().all;
  for (const slice* s : own) {
    check_slice(*s, all);
    all.push_back(s);
  }
  if (all.size() > standard_slices().size() + limits::host_slices_max) {
    throw error(status::resource_exhausted, "slice.too_many",
                "found " + std::to_string(own.size()) + " slices of the host, allowed are " +
                    std::to_string(limits::host_slices_max));
  }
}

void use_slices(std::span<const slice* const> own) {
  slice_list& known = known_slices();
  if (known.is_settled) {
    throw error(status::failed_precondition, "slice.too_late",
                "slices are added once, before anything else of the library is used");
  }
  check_slices(own);
  known.all.insert(known.all.end(), own.begin(), own.end());
  known.is_settled = true;
}

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
