// UTF-8: is it valid, how many code points, does it fit one line.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tocsin::inline v1 {

inline constexpr std::size_t invalid_utf8 = static_cast<std::size_t>(-1);

// The number of code points, or `invalid_utf8`: overlong forms, surrogates and values beyond U+10FFFF are invalid.
std::size_t count_code_points(std::string_view text) noexcept;

// The bytes of the code point that the text begins with; 0: it begins with none.
std::size_t code_point_size(std::string_view text) noexcept;

// What is not UTF-8 in it becomes U+FFFD.
std::string made_valid_utf8(std::string_view text);

// The text up to so many code points of it.
std::string_view first_code_points(std::string_view valid_text, std::size_t most) noexcept;

// No control characters: neither C0, DEL nor C1, nor the line and paragraph separators.
bool is_one_line(std::string_view valid_text) noexcept;

}  // namespace tocsin::inline v1
