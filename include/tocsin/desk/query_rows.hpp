// Makes the rows of questions: what can be said of a question once its struct and its answer are known.
#pragma once

#include <tocsin/desk/query_type.hpp>

namespace tocsin::inline v1 {
namespace detail {

template <class Class, class Member>
Class queried_of(Member Class::*);

template <auto Subject>
using queried = decltype(queried_of(Subject));

}  // namespace detail

template <class Query>
using answer_function = void(const answer_context&, const Query&);

// A question about the desk as a whole.
template <class Query, answer_function<Query>* Answer>
constexpr query_type query_row(std::uint16_t number, std::string_view name, std::string_view meaning) {
  query_type row{{number, name, meaning, Query::fields, &operations_of<Query>}};
  row.answer = [](const answer_context& to, const void* q) { Answer(to, *static_cast<const Query*>(q)); };
  return row;
}

// A question about the record that this member names, or the desk as a whole where it names none.
template <auto Subject, answer_function<detail::queried<Subject>>* Answer>
constexpr query_type query_row(std::uint16_t number, std::string_view name, std::string_view meaning) {
  using asked = detail::queried<Subject>;
  query_type row = query_row<asked, Answer>(number, name, meaning);
  row.subject = [](const void* q) -> record_ref { return static_cast<const asked*>(q)->*Subject; };
  return row;
}

// A question whose answer leaves out each record that its actor may not ask it of.
template <class Query, answer_function<Query>* Answer>
constexpr query_type filtering_query_row(std::uint16_t number, std::string_view name, std::string_view meaning) {
  query_type row = query_row<Query, Answer>(number, name, meaning);
  row.filters_itself = true;
  return row;
}

}  // namespace tocsin::inline v1
