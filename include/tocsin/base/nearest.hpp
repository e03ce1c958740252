// Which of the known names somebody probably meant: "did you mean acknowledge_incident?".
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::inline v1 {

// The candidate that is a few typing errors away (letters left out, added, changed or swapped; case does not count), or
// else the only one that begins with the name. Of equally near ones the first. Empty where none is near.
std::string_view nearest(std::string_view name, std::span<const std::string_view> candidates);

// All that may have been meant, the nearest first: also those that begin with the name, or have it behind a dot.
std::vector<std::string_view> nearest_names(std::string_view name, std::span<const std::string_view> candidates,
                                            std::size_t most = 3);

// "a", "b" or "c"
std::string either(std::span<const std::string_view> names);

}  // namespace tocsin::inline v1
