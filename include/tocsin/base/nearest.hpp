// Which of the known names somebody probably meant: "did you mean acknowledge_incident?".
#pragma once

#include <span>
#include <string_view>

namespace tocsin::inline v1 {

// The candidate that is a few typing errors away (letters left out, added, changed or swapped; case does not count), or
// else the only one that begins with the name. Of equally near ones the first. Empty where none is near.
std::string_view nearest(std::string_view name, std::span<const std::string_view> candidates);

}  // namespace tocsin::inline v1
