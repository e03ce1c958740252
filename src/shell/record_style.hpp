// How states and priorities stand out, the same everywhere.
#pragma once

#include <string_view>

#include <output.hpp>

namespace shell {

inline style style_of_priority(std::string_view priority) {
  if (priority == "critical") return style::red;
  if (priority == "high") return style::yellow;
  return style::plain;
}

// By state kind; a state that a workflow named otherwise stays plain.
inline style style_of_state(std::string_view kind) {
  if (kind == "on_hold") return style::yellow;
  if (kind == "resolved") return style::green;
  if (kind == "closed" || kind == "cancelled") return style::dim;
  return style::plain;
}

}  // namespace shell
