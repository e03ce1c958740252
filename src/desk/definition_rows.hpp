// What the SQL views show of definitions: rows that follow from what was published, and can be made from it again.
#pragma once

#include <vector>

#include <tocsin/desk/events.hpp>
#include <tocsin/desk/state.hpp>
#include <tocsin/desk/store.hpp>

namespace tocsin::inline v1 {

struct definition_rows {
  std::vector<definition_change> definitions;
  std::vector<series_change> series;
};

// Of a publication that is in force already, and of the words that came with it.
void add_rows(const definitions_published& published, const desk_state& state, definition_rows& to);
// Of the words that every desk has from its first entry.
void add_first_rows(const desk_state& state, definition_rows& to);
// Of a person and how that person is reached, each version as it is now: values of all of them may have been erased.
void add_rows_of_person(person_ref ref, const desk_state& state, definition_rows& to);

}  // namespace tocsin::inline v1
