// Questions about one calendar as JSON documents, for hosts in other languages: docs/calendar.md has the forms.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <tocsin/base/field.hpp>
#include <tocsin/time/business_calendar.hpp>

namespace tocsin::inline v1 {

enum class calendar_operation : std::uint8_t {
  unset,
  elapsed,              // from, to
  add,                  // at, duration
  subtract,             // at, duration
  next_open,            // at
  next_close,           // at
  previous_close,       // at
  is_open,              // at
  explain,              // from, to
  is_business_day,      // date
  add_business_days,    // at, days
  end_of_business_day,  // at, days
  describe
};
std::span<const std::string_view> choices(calendar_operation);

// Members that the operation does not ask for are refused. A duration is given as text or in microseconds.
struct calendar_question {
  calendar_operation operation = calendar_operation::unset;
  instant at = no_instant;
  instant from = no_instant;
  instant to = no_instant;
  std::string duration;  // ISO 8601: days of 24 hours, weeks of seven, no months and years
  optional_integer duration_us;
  local_date date;
  optional_integer days;

  static std::span<const field_row> fields();
};

// The answer, a JSON object with "answer"; beside instants and durations "us", the same in microseconds. What can never
// be answered is "never" (T5). Errors as of reading documents and of the calendar.
std::string answer_question(const business_calendar& calendar, std::string_view question);

}  // namespace tocsin::inline v1
