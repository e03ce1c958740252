// What somebody may have meant who gave a name that nothing has.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::inline v1 {

// The names that are most like it, the nearest first: those that a few slips of the pen make of it, that begin with it, or
// that end in it behind a dot.
std::vector<std::string_view> nearest(std::string_view given, std::span<const std::string_view> names,
                                      std::size_t most = 3);

// "a", "b" or "c"
std::string either(std::span<const std::string_view> names);

}  // namespace tocsin::inline v1
