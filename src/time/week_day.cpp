#include <tocsin/time/week_day.hpp>

namespace tocsin::inline v1 {

std::span<const std::string_view> choices(week_day) {
  static constexpr std::string_view all[] = {"monday", "tuesday",  "wednesday", "thursday",
                                             "friday", "saturday", "sunday"};
  return all;
}

}  // namespace tocsin::inline v1
