// An address that a browser opens: pages make links of nothing else.
#pragma once

#include <string_view>

namespace tocsin::inline v1 {

inline constexpr std::string_view web_address_allowed = "an address that begins with https:// or http://";

inline bool is_web_address(std::string_view url) { return url.starts_with("https://") || url.starts_with("http://"); }

}  // namespace tocsin::inline v1
