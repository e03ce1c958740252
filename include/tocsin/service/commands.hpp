// The commands of services. Their fields stand in src/service/commands.cpp, their descriptors in slice.cpp.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/command_type.hpp>
#include <tocsin/service/affected_item.hpp>

namespace tocsin::inline v1 {

// Which services and configuration items the record affects: these, in place of those that it named.
struct set_affected_items {
  record_ref incident;
  std::vector<affected_item> items;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

}  // namespace tocsin::inline v1
