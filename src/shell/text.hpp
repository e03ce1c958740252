// Text as it stands on a screen: how wide it is, where it breaks, and what of it must not reach a terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace shell {

// Control characters (an escape sequence in a title, say) become U+FFFD; a tab becomes a space. With `lines`, a line
// feed stays; without, it becomes a space. What is not UTF-8 becomes U+FFFD.
std::string printable(std::string_view text, bool lines = false);

// Columns that printable text takes: 2 for wide East Asian characters and emoji, 0 for what combines.
std::size_t columns(std::string_view text);

// The text padded with spaces to that many columns; longer text as it is.
std::string pad_right(std::string_view text, std::size_t to);
std::string pad_left(std::string_view text, std::size_t to);

// At most that many columns, with an ellipsis where something was cut off.
std::string cut(std::string_view text, std::size_t to);

// Lines of at most that many columns, broken at spaces; line feeds stay. No text is one empty line.
std::vector<std::string> wrap(std::string_view text, std::size_t width);

// "incident_logged" as people write it: "incident logged".
std::string spoken(std::string_view name);

std::vector<std::string> split(std::string_view text, char at);
std::string_view trim(std::string_view text);

}  // namespace shell
