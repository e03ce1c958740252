// What a desk knows of a type of command: one row, at the type (`log_incident::descriptor`). Slices list their rows.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/base/typed_value.hpp>

namespace tocsin::inline v1 {

class deciding;
struct desk_state;
struct incident;
struct plausible_commands;
enum class verb : std::uint8_t;

struct command_type : value_type {
  record_ref (*subject)(const void* command) = nullptr;         // the record it is about; null: it is about the desk
  void (*decide)(deciding& by, const void* command) = nullptr;  // appends what follows, or throws
  // Paths of other records that it names and does not change: its actor must be able to see them, and no more.
  std::span<const std::string_view> sees = {};
  bool (*concerns)(const incident& record) = nullptr;  // may it be about that record at all? Null: about any
  // Says what somebody might give about the record now. Null: whether it is offered does not depend on more than its move.
  void (*plausible)(const incident& record, plausible_commands& to) = nullptr;
  // The move that it makes of the record, where that is not the verb of its name. Null: that verb, if it has the name of one.
  verb (*move)(const incident& record, const desk_state& state) = nullptr;
  bool after_end = false;  // may be about a record that has ended
};

// A command of any type, or none: a timer that fired.
using command = typed_value<command_type>;

// Commands as somebody might give them about a record now: what is refused of all of them is not offered.
struct plausible_commands {
  const desk_state& state;
  person_ref actor;  // who might give them
  std::vector<command> commands;
  std::string none;                  // what to say where there are no commands; empty: nothing stands against it
  std::vector<std::string> against;  // what stands against it whatever is given
};

// The record that a command is about, if it is about one.
inline record_ref subject(const command& asked) {
  const command_type* type = asked.type();
  return type && type->subject ? type->subject(asked.address()) : record_ref{};
}

}  // namespace tocsin::inline v1
