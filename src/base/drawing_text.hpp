// Texts as drawings and pages take them.
#pragma once

#include <string>
#include <string_view>

namespace tocsin::inline v1 {

std::string for_dot(std::string_view text);
std::string for_mermaid(std::string_view text);
// In an element or in a quoted attribute; control characters, which XML has none of, are spaces.
std::string for_html(std::string_view text);

}  // namespace tocsin::inline v1
