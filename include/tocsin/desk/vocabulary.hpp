// The vocabulary of a desk: every command, event, query and definition by name, with its meaning and its fields.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/command_type.hpp>
#include <tocsin/desk/definition_type.hpp>
#include <tocsin/desk/event_type.hpp>
#include <tocsin/desk/query_type.hpp>
#include <tocsin/model/record_parts.hpp>

namespace tocsin::inline v1 {

// In the order of their numbers, which have no gap from 1 on, but for those of a host's slices.
std::span<const command_type* const> command_types();
std::span<const event_type* const> event_types();
std::span<const query_type* const> query_types();

// In the order of their numbers.
std::span<const part_type* const> part_types();

// Where one stands among them.
std::size_t place_of(const command_type& type);
std::size_t place_of(const event_type& type);
std::size_t place_of(const query_type& type);

// Null: no type has that number.
const part_type* find_part_type(std::uint8_t number);
const command_type* find_command_type(std::uint64_t number);
const event_type* find_event_type(std::uint64_t number);

}  // namespace tocsin::inline v1
