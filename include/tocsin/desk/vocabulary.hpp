// The vocabulary of a desk: every command, event, query and definition by name, with its meaning and its fields.
#pragma once

#include <span>
#include <string_view>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/command.hpp>
#include <tocsin/desk/event.hpp>

namespace tocsin::inline v1 {

struct vocabulary_type {
  std::string_view name;
  std::string_view meaning;
  std::span<const field_row> (*fields)();
};

// By place in the list of types; place 0 is empty.
std::span<const vocabulary_type> command_types();
std::span<const vocabulary_type> event_types();

// What a definition is called in `publish`, and as a kind of its own.
struct definition_type {
  std::string_view kind;       // "person"
  std::string_view published;  // "people"
  std::string_view meaning;
  std::span<const field_row> (*fields)();
};
std::span<const definition_type> definition_types();

}  // namespace tocsin::inline v1
