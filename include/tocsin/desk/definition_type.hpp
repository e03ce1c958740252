// What a desk knows of a type of definition: one row, at the type (`person::descriptor`). Slices list their rows; `publish`
// and its event have a list for each, and a desk a table of versions.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/base/typed_value.hpp>

namespace tocsin::inline v1 {

struct condition_schema;
class definition_list;
class record_schemas;
class version_table;
class zone_data;
struct definitions_published;
struct desk_state;

// Where a definition has a condition, and what it may ask.
struct condition_place {
  std::string path;
  std::string_view text;
  const condition_schema& schema;
  bool sees_changes = false;  // it is asked when something has just happened to the record
};

using condition_visitor = std::function<void(const condition_place&)>;
using word_visitor = std::function<void(word_kind kind, const std::string& word)>;

// What a definition may need to become ready for use: the desk that it comes to, and all that comes with it.
struct compilation {
  desk_state& state;
  const definitions_published& published;
  const zone_data& zones;
};

struct definition_type : value_type {
  std::string_view published;     // its list in `publish`: "people"
  std::string_view list_meaning;  // "People"
  std::size_t most = 0;           // in one publication
  word_kind words{};              // its keys are words of this kind
  bool is_of_person = false;  // its key is that of the person it is about, whose erasure erases what is personal in it

  const type_row* list = nullptr;                           // of its list, as a field
  void* (*given)(void* publish) = nullptr;                  // its list in the command
  void* (*changed)(void* definitions_published) = nullptr;  // and in the event
  std::unique_ptr<definition_list> (*new_list)() = nullptr;
  std::unique_ptr<version_table> (*new_table)() = nullptr;
  const std::string& (*key)(const void* definition) = nullptr;
  bool (*is_retired)(const void* definition) = nullptr;
  // What is wrong with one by itself, a line each.
  std::vector<std::string> (*lint)(const void* definition, const record_schemas& schemas,
                                   const zone_data& zones) = nullptr;
  // Makes it ready, and adds it to its table as the next version.
  void (*add)(version_table& to, std::uint32_t number, const void* definition, const compilation& with) = nullptr;
  // Erases what is personal in every version of one; `undo` gets what takes that back.
  void (*erase)(version_table& from, std::uint32_t number, std::vector<std::function<void()>>& undo) = nullptr;
  // Visits its conditions; null: it has none.
  void (*conditions)(const void* definition, const record_schemas& schemas, const condition_visitor& to) = nullptr;
  // Visits the words that it brings beside its key; null: it brings none.
  void (*brings)(const void* definition, const word_visitor& to) = nullptr;
};

// In the order of their numbers, from 1 without a gap.
std::span<const definition_type* const> definition_types();

// Null: no type has that name, or its keys are words of another kind.
const definition_type* find_definition_type(std::string_view name);
const definition_type* find_definition_type(word_kind words);

// The key of a definition; a type whose key has another name says so beside it.
template <class T>
const std::string& key_of(const T& definition) {
  return definition.key;
}

// Takes every personal value out of an object with those fields.
void erase_personal_values(std::span<const field_row> fields, void* object);

// Are the two equal in all their fields?
bool same_definition(std::span<const field_row> fields, const void* a, const void* b);
template <class T>
bool same_definition(const T& a, const T& b) {
  return same_definition(T::fields(), &a, &b);
}

}  // namespace tocsin::inline v1
