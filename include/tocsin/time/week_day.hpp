// The days of the week, as documents name them.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace tocsin::inline v1 {

enum class week_day : std::uint8_t { unset, monday, tuesday, wednesday, thursday, friday, saturday, sunday };

std::span<const std::string_view> choices(week_day);

// From the number that `weekday` answers, where 0 is Sunday; and back.
constexpr week_day week_day_of(unsigned number) { return number == 0 ? week_day::sunday : week_day(number); }
constexpr unsigned number_of(week_day d) { return static_cast<unsigned>(d) % 7; }

}  // namespace tocsin::inline v1
