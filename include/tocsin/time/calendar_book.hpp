// Calendars by key: definitions that name one another, compiled each once.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include <tocsin/time/business_calendar.hpp>

namespace tocsin::inline v1 {

class calendar_book {
 public:
  // In any order. An error "calendar.key_twice", "calendar.circular" for calendars that are part of themselves, or what
  // business_calendar::compile throws.
  explicit calendar_book(std::span<const business_calendar_definition> definitions,
                         const zone_data& zones = zone_data::bundled());

  // nullptr if there is none; "24x7" is always there.
  const business_calendar* find(std::string_view key) const;
  const business_calendar& get(std::string_view key) const;  // an error "calendar.unknown" if there is none

 private:
  std::map<std::string, business_calendar, std::less<>> calendars_;
};

// One calendar, with those of `others` that it combines. Errors as above.
business_calendar compile_with(const business_calendar_definition& definition,
                               std::span<const business_calendar_definition> others,
                               const zone_data& zones = zone_data::bundled());

}  // namespace tocsin::inline v1
