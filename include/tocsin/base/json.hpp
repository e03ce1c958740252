// JSON documents in and out by the tables of fields: strict reading with the path of what is wrong, writing in
// declared order.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/error.hpp>
#include <tocsin/base/field.hpp>
#include <tocsin/base/json_writer.hpp>

namespace tocsin::inline v1 {

// How documents name what is referred to. Without `find_record` records are named by id alone.
struct document_names {
  const lexicon* words = nullptr;
  const void* context = nullptr;
  std::uint64_t (*find_record)(const void* context, std::string_view number) = nullptr;        // 0: unknown
  bool (*write_record)(const void* context, std::uint64_t id, std::string& number) = nullptr;  // false: unknown
  bool is_stored = false;  // a document that the library wrote itself: limits of what may be given do not hold
};

// The type of a record that names none, as documents say it: no record type can be published under this key.
inline constexpr std::string_view incident_type = "incident";
// And what questions call every type.
inline constexpr std::string_view all_types = "all";

// ---- writing

// The members of `object`, in declared order, those that are not given left out; between begin_object and end_object.
void write_members(json_writer& to, std::span<const field_row> fields, const void* object, const document_names& names);
void write_value(json_writer& to, const type_row& type, const void* value, const document_names& names);

template <class T>
void write_members(json_writer& to, const T& object, const document_names& names) {
  write_members(to, T::fields(), &object, names);
}

// An error as an object: "status", "reason", "message", "detail".
void write_error(json_writer& to, const error& e);

// ---- reading

// Reads one JSON object. Unknown members, members given twice, null, wrong types and unknown words are refused with
// the path (RFC 6901), what was found and what is allowed. `what` names the document in messages.
void read_object(std::string_view json, std::span<const field_row> fields, void* object, const document_names& names,
                 std::string_view what);

// A document whose type is named by one of its members, as "command" names the type of a command.
struct tagged_type {
  std::string_view name;
  std::span<const field_row> (*fields)();
};

struct tagged_form {
  std::string_view what;                // "a command", for messages
  std::string_view tag;                 // the member that names the type
  std::span<const field_row> envelope;  // members that every type has
  std::span<const tagged_type> types;
  std::string_view help = {};  // where the types are listed, for messages
};

// The type is known: answers where its body is to be put.
using tagged_choice = std::function<void*(std::size_t type)>;

void read_tagged(std::string_view json, const tagged_form& form, void* envelope, const tagged_choice& choose,
                 const document_names& names);

// The items of a JSON array, or the lines of JSON Lines that are not blank, as texts of their own; what each holds is
// not looked at beyond its brackets and quotes.
std::vector<std::string_view> split_array(std::string_view json);
std::vector<std::string_view> split_lines(std::string_view json);

// ---- checking

// What a reader cannot see by type alone: required fields, lengths, ranges, valid UTF-8. Throws as read_object does.
// C++ structs are held against the same rows as documents.
// With `words`, words must be known there. `of` names the document in messages.
void check_fields(std::span<const field_row> fields, const void* object, std::string_view path = {},
                  const lexicon* words = nullptr, std::string_view of = {});

template <class T>
void check_fields(const T& object) {
  check_fields(T::fields(), &object);
}

}  // namespace tocsin::inline v1
