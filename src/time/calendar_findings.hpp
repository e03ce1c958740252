// What is wrong with a calendar's definition.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/refusal.hpp>
#include <tocsin/time/business_calendar.hpp>

namespace tocsin::inline v1::detail {

inline constexpr std::string_view always_key = "24x7";

struct calendar_finding {
  std::string path;  // RFC 6901
  refused_value found;
  allowed_values allowed;
};

// What the rows of its fields cannot say. In the order of the definition.
std::vector<calendar_finding> findings_of(const business_calendar_definition& definition, const zone_data& zones);

}  // namespace tocsin::inline v1::detail
