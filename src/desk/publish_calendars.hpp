// Publishing business calendars, and the time zone data that they count by (T2).
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tocsin/desk/events.hpp>
#include <tocsin/desk/slice.hpp>
#include <tocsin/time/calendar_book.hpp>

#include <tocsin/desk/definition_row.hpp>
#include "publication.hpp"

namespace tocsin::inline v1 {

inline constexpr std::string_view always_open_calendar = "24x7";

std::shared_ptr<const business_calendar> compiled(const business_calendar_definition& d, const compilation& with);

// Compiled all together, as they will be: parts that are missing, and circles, are found here.
calendar_book check_calendars(const publications& all, const zone_data& zones);

// Refuses a definition whose `calendar` has not been published.
template <class T>
void check_calendar_of(const publications& all) {
  const auto calendars = all.of<business_calendar_definition>();
  const auto kind = all.of<T>();
  kind.each_given([&](std::size_t i, const T& one) {
    if (one.calendar != always_open_calendar) kind.demand(i, calendars, one.calendar, "the calendar");
  });
}

// A combination is compiled with its parts: where one of these changes, it has a new version, too.
void add_combinations(const publications& all, definitions_published& changes);

// With calendars, the data of their zones.
void add_zone_data(const publications& all, const zone_data& zones, definitions_published& changes);

// The data that an entry brought along. Entries of earlier releases have none, and what they made goes by the library's.
zone_data zones_in(const std::string& packed);

void note_zone_data(const std::string& version, desk_state& state, undo_list& undo);

// Every definition that is compiled with one of these calendars counts by them as they are now.
void follow_calendars(std::span<const business_calendar_definition> changed, desk_state& state, undo_list& undo);

// Puts another value in a place of the state.
template <class T>
void replace(std::shared_ptr<const T>& place, std::shared_ptr<const T> by, undo_list& undo) {
  undo.emplace_back([&place, before = place] { place = before; });
  place = std::move(by);
}

}  // namespace tocsin::inline v1
