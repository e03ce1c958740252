// The nth day of a name in a month, by Boost.DateTime; its headers stay in nth_weekday.cpp.
#pragma once

#include <cstdint>
#include <optional>

namespace tocsin::inline v1::detail {

// In days since 1970; none where the month has fewer. `nth` is 1 to 5, or -1 to -5 from the month's end; `weekday` is 0 for
// Sunday; years are 1400 to 9998.
std::optional<std::int64_t> nth_weekday(int year, unsigned month, int nth, unsigned weekday);

}  // namespace tocsin::inline v1::detail
