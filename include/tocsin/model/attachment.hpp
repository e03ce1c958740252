// What belongs to a record and is kept elsewhere: files by reference (R-C37), and the time that people spent (R-C44).
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include <tocsin/base/field.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

// The host keeps the bytes; the desk knows what they are, and can tell whether they still are.
struct attachment {
  std::uint32_t number = 0;  // within the record, from 1; never given again
  std::string name;
  std::string media_type;  // "image/png" (RFC 6838)
  std::int64_t size = 0;   // bytes
  std::string sha256;      // 64 lower-case hexadecimal digits
  std::string uri;         // where the host keeps it
  tocsin::visibility visibility = visibility::unset;

  static std::span<const field_row> fields();
};

// "type/subtype" of RFC 6838, without parameters.
bool is_media_type(std::string_view text);
bool is_sha256_text(std::string_view text);

// How much of the time spent on a record was one person's.
struct work_share {
  person_ref person;
  duration spent;
  std::uint32_t entries = 0;

  static std::span<const field_row> fields();
};

}  // namespace tocsin::inline v1
