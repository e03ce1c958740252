// Makes the rows of a slice: what can be said of a type once its struct, how it is decided and its fold are known.
#pragma once

#include <tocsin/desk/fold.hpp>
#include <tocsin/desk/slice.hpp>
#include <tocsin/model/incident.hpp>

namespace tocsin::inline v1 {
namespace detail {

template <class Command>
void decide_as(deciding& d, const void* asked) {
  decide(*static_cast<const Command*>(asked), d);
}

template <class Class, class Member>
Class class_of(Member Class::*);

}  // namespace detail

// A command about the desk as a whole, or one that makes its record.
template <class Command>
constexpr command_type command_row(std::uint16_t number, std::string_view name, std::string_view meaning) {
  return {{number, name, meaning, Command::fields, &operations_of<Command>}, nullptr, detail::decide_as<Command>};
}

// A command about the record that this member names.
template <auto Subject>
constexpr command_type command_row(std::uint16_t number, std::string_view name, std::string_view meaning) {
  using asked = decltype(detail::class_of(Subject));
  command_type row = command_row<asked>(number, name, meaning);
  row.subject = [](const void* c) -> record_ref { return static_cast<const asked*>(c)->*Subject; };
  return row;
}

// Of the records that a command names beside its own, those that its actor need only be able to see; the others are changed
// by it.
constexpr command_type that_sees(command_type row, std::span<const std::string_view> paths) {
  row.sees = paths;
  return row;
}

// About records of some kind alone, those that have the part: it is offered for no others.
template <class Part>
constexpr command_type about(command_type row) {
  row.concerns = [](const incident& record) { return record.part<Part>() != nullptr; };
  return row;
}

// Offered while one of these is not refused.
constexpr command_type as_in(command_type row, void (*plausible)(const incident&, plausible_commands&)) {
  row.plausible = plausible;
  return row;
}

// Makes that move of its record.
template <verb Made>
constexpr command_type as_move(command_type row) {
  row.move = [](const incident&, const desk_state&) { return Made; };
  return row;
}

// May be about a record that has ended.
constexpr command_type after_end(command_type row) {
  row.after_end = true;
  return row;
}

template <class Event>
using fold_function = void(incident&, const Event&, const fold_context&);

// An event that changes nothing in its record.
template <class Event>
constexpr event_type event_row(std::uint16_t number, std::string_view name, std::string_view meaning) {
  constexpr bool is_effect = requires { Event::effect; };
  return {{number, name, meaning, Event::fields, &operations_of<Event>}, is_effect, nullptr};
}

// An event that changes its record by this fold.
template <class Event, fold_function<Event>* Fold>
constexpr event_type event_row(std::uint16_t number, std::string_view name, std::string_view meaning) {
  event_type row = event_row<Event>(number, name, meaning);
  row.fold = [](incident& record, const void* e, const fold_context& context) {
    Fold(record, *static_cast<const Event*>(e), context);
  };
  return row;
}

}  // namespace tocsin::inline v1
