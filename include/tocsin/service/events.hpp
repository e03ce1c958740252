// The events of services. Their fields stand in src/service/events.cpp, their descriptors in slice.cpp.
#pragma once

#include <span>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/event_type.hpp>
#include <tocsin/service/affected_item.hpp>

namespace tocsin::inline v1 {

struct affected_items_set {
  std::vector<affected_item> items;
  affected_reach affected;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

}  // namespace tocsin::inline v1
