// Texts as drawings take them inside quotes.
#pragma once

#include <string>
#include <string_view>

namespace tocsin::inline v1 {

std::string for_dot(std::string_view text);
std::string for_mermaid(std::string_view text);

}  // namespace tocsin::inline v1
