// The slices of this process: those of the standard desk, and those that a host adds once.
#include <tocsin/desk/slice.hpp>

#include <tocsin/base/error.hpp>
#include <tocsin/model/incident.hpp>

#include <algorithm>
#include <atomic>
#include <string>
#include <vector>

namespace tocsin::inline v1 {
namespace {

struct slice_list {
  std::vector<const slice*> all{standard_slices().begin(), standard_slices().end()};
  std::atomic<bool> is_settled = false;  // somebody looked at it, on whatever thread
};

slice_list& known_slices() {
  static slice_list slices;
  return slices;
}

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

// A part has an SQL view by its name, as records, entries and types of definitions have.
bool has_view(std::string_view name, std::span<const slice* const> before) {
  constexpr std::string_view of_the_store[] = {"incident", "entry", "definition", "dependency"};
  return std::ranges::find(of_the_store, name) != std::end(of_the_store) ||
         std::ranges::any_of(before, [&](const slice* s) {
           return std::ranges::find(s->definitions, name, &definition_type::name) != s->definitions.end();
         });
}

bool is_snake_case(std::string_view name) {
  return !name.empty() && name.front() >= 'a' && name.front() <= 'z' &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

void check_parts(const slice& s, std::span<const slice* const> before) {
  for (std::size_t i = 0; i < s.parts.size(); ++i) {
    const part_type& own = *s.parts[i];
    const std::string name = "part " + std::string(own.name);
    if (!is_snake_case(own.name)) refuse_slice(s, name + " is not named by small letters, digits and _ alone");
    if (has_view(own.name, before)) refuse_slice(s, name + " has the name of an SQL view that is there already");
    if (own.number < limits::host_parts_from || own.number >= limits::part_types_max) {
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
  slice_list& known = known_slices();
  if (!known.is_settled) known.is_settled = true;
  return known.all;
}

std::span<const slice* const> host_slices() { return all_slices().subspan(standard_slices().size()); }

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

}  // namespace tocsin::inline v1
