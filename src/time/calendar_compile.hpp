// From a definition to the open time of every day of UTC (T4).
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/time/business_calendar.hpp>

#include "calendar_days.hpp"
#include "open_time.hpp"
#include "zone_periods.hpp"

namespace tocsin::inline v1::detail {

enum class calendar_kind : std::uint8_t { own_hours, intersection, union_of };

struct compiled_calendar {
  tocsin::zone_data data;  // names of zones stand in it
  business_calendar_definition definition;
  calendar_kind kind = calendar_kind::own_hours;
  tocsin::zone zone;
  std::string zone_data_version;
  digest transitions_hash;
  digest definition_hash;
  zone_periods periods;
  std::optional<calendar_days> days;  // own_hours
  open_time open;
  std::vector<std::shared_ptr<const compiled_calendar>> parts;  // intersection, union_of
  bool never_open = false;
  bool always_open = false;
};

// An instant is open exactly when its local time lies in a window (T4).
open_time open_time_of(const calendar_days& days, const zone_periods& periods);

// Day by day, of calendars that are there already.
open_time combined(calendar_kind kind, std::span<const open_time* const> parts);

}  // namespace tocsin::inline v1::detail
