// What a desk knows of a type of question: one row, at the type (`get_query::descriptor`). Slices list their rows.
#pragma once

#include <tocsin/base/field.hpp>
#include <tocsin/base/typed_value.hpp>

namespace tocsin::inline v1 {

struct answer_context;

// Before a question is answered, its actor must be permitted to ask it (D9): of the record that it names; where it names
// none, of the desk as a whole; or, where it filters itself, of each record that its answer is made from.
struct query_type : value_type {
  record_ref (*subject)(const void* query) = nullptr;  // the record that it names; null: it names none
  bool filters_itself = false;
  void (*answer)(const answer_context& to, const void* query) = nullptr;  // writes one object
};

}  // namespace tocsin::inline v1
