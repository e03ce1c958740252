// The form of a command as a screen needs it: its fields with their meaning, what may stand in them now, and the custom
// fields of the record's type (R-C37).
#pragma once

#include <string>

#include <tocsin/base/json_writer.hpp>
#include <tocsin/desk/desk.hpp>

namespace tocsin::inline v1 {

struct form_query {
  std::string for_command;
  record_type_ref type;
  record_ref incident;

  static std::span<const field_row> fields();
};

void write_form(json_writer& to, const desk& d, const form_query& query);

}  // namespace tocsin::inline v1
