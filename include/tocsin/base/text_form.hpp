// The text form of a number in documents: how an instant or a duration is read and written.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tocsin::inline v1 {

struct text_form {
  static constexpr std::size_t size_max = 40;

  std::string_view what;                                     // "an RFC 3339 date-time", for messages
  std::string_view schema_format;                            // "date-time", for JSON Schema
  bool (*read)(std::string_view text, std::int64_t& value);  // false: not of this form, or out of range
  std::size_t (*write)(std::int64_t value, char* to);        // at most size_max bytes; answers how many
  bool (*read_stored)(std::string_view text, std::int64_t& value) = nullptr;  // what `write` wrote, out of range or not
};

}  // namespace tocsin::inline v1
