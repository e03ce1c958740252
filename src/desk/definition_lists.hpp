// The lists of definitions as fields: what `publish` and its event have in common.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include <tocsin/desk/definition_type.hpp>

namespace tocsin::inline v1 {

// A field whose place in journals is given: what is not a list of definitions.
struct placed_field {
  std::size_t place;
  field_row field;
};

// The lists of all types of definition in the order of their numbers, and between them what has a place of its own.
std::vector<field_row> with_lists(std::span<const placed_field> own, void* (*definition_type::*list)(void*));

}  // namespace tocsin::inline v1
