// Fields that a host declares, and the types of record that it uses.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>

namespace tocsin::inline v1 {

// What has a custom field. Where a field names none, records have it.
enum class custom_holder : std::uint8_t { unset, record, person, team, service, customer };
std::span<const std::string_view> choices(custom_holder);

// A field of one's own. Documents name it by key, in the member "custom"; conditions as "custom.<key>".
struct custom_field {
  std::string key;
  std::string name;
  custom_kind kind = custom_kind::unset;  // never changes
  std::vector<std::string> choices;       // of kind choice
  std::int64_t length_max = 0;            // of kind text, in code points; 0: limits::text_length_max
  optional_integer least;                 // of kind integer, both included
  optional_integer most;
  bool required = false;           // a record cannot be logged without it
  std::vector<std::string> types;  // keys of the record types that have it; none: all
  bool retired = false;
  bool for_requester = false;     // whoever may see no more than a requester sees it, too
  std::vector<custom_holder> of;  // what has it; none: records. May grow, and never shrinks

  static std::span<const field_row> fields();
  static const definition_type descriptor;
};

// A kind of record: an incident, or a request, which has its own way and is never counted among incidents (L9); a problem
// a change or a review, likewise; or what a desk keeps beside them, as heartbeats that it expects and maintenance windows.
enum class record_base : std::uint8_t { unset, incident, request, auxiliary, problem, change, review };
std::span<const std::string_view> choices(record_base);

struct record_type {
  std::string key;
  std::string name;
  record_base base = record_base::unset;  // never changes
  std::string number_prefix;              // of its series: "REQ"; never changes (D4)
  std::int64_t number_width = 7;          // digits at least
  std::string workflow;                   // key of the workflow that its records begin on
  std::vector<std::string> required;      // fields without which a record of it cannot be logged
  bool retired = false;

  static std::span<const field_row> fields();
  static const definition_type descriptor;
};

bool is_of(const custom_field& field, custom_holder holder);

// What is wrong with it, a line each; empty when nothing is.
std::vector<std::string> lint(const custom_field& definition);
std::vector<std::string> lint(const record_type& definition);

// Takes a value that a document gave to what the field says it is. Throws `custom_field.value` naming what was found
// and what is allowed; `path` says where.
void adopt(const custom_field& field, custom_value& value, const lexicon& words, const std::string& path);

}  // namespace tocsin::inline v1
