// The commands of links. Their fields stand in src/link/commands.cpp, their descriptors in slice.cpp.
#pragma once

#include <span>
#include <string>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/command_type.hpp>
#include <tocsin/model/link.hpp>

namespace tocsin::inline v1 {

// To another record, or to what another system keeps by that key.
struct link_records {
  record_ref incident;
  link_kind kind = link_kind::unset;
  record_ref other;
  outside_kind outside = outside_kind::unset;
  std::string outside_key;
  std::string note;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct unlink_records {
  record_ref incident;
  link_kind kind = link_kind::unset;
  record_ref other;
  outside_kind outside = outside_kind::unset;
  std::string outside_key;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct mark_duplicate {
  record_ref incident;
  record_ref of;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

}  // namespace tocsin::inline v1
