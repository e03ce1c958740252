// A slice: what one concept brings to a desk. Each concept has one table (its slice.cpp); desks/standard.cpp lists them.
#pragma once

#include <span>
#include <string_view>

#include <tocsin/desk/command_type.hpp>
#include <tocsin/desk/event_type.hpp>
#include <tocsin/desk/query_type.hpp>

namespace tocsin::inline v1 {

struct slice {
  std::string_view name;
  std::span<const command_type* const> commands;
  std::span<const event_type* const> events;
  std::span<const query_type* const> queries = {};
};

// Those of the standard desk.
std::span<const slice* const> standard_slices();

}  // namespace tocsin::inline v1
