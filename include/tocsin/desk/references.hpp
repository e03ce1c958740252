// Which records a command names, and what its actor must be able to do with each of them (D9): one table for all
// commands, made from their tables of fields, that permissions, versions and `allowed_actions` ask.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/command_type.hpp>
#include <tocsin/desk/state.hpp>

namespace tocsin::inline v1 {

// What is demanded of the actor: to give the command for the record; to see it, as by `get`; to change it, which is to be
// able to give the same command for it.
enum class reference_demand : std::uint8_t { subject, see, change };

struct record_reference {
  std::string path;                     // "/other"; the same for each item of a list
  std::vector<const field_row*> steps;  // the command's own field, and those of objects in it
  reference_demand demand = reference_demand::change;
};

// Of a type of command, in declared order, as its row says.
std::span<const record_reference> references_of(const command_type& type);

struct named_record {
  const record_reference* by = nullptr;
  record_ref record;
};

// Appends each record that the command names.
void add_named_records(const command& asked, std::vector<named_record>& to);

// A record that the command names by the key of a maintenance window; none where no such window is at hand.
record_ref record_named_by_key(const command& asked, const desk_state& state);

[[noreturn]] void refuse_unknown_record(record_ref ref);
// `number` is of the record; empty: none, or none that may be named. `to_see`: it is not the command that is not granted.
[[noreturn]] void refuse_permission(const std::string& actor, std::string_view asked, const std::string& number,
                                    bool to_see = false);

}  // namespace tocsin::inline v1
