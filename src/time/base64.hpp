// Bytes as text (RFC 4648, section 4), for documents that hold some.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tocsin::inline v1::detail {

std::string to_base64(std::string_view bytes);
// With its padding, without line breaks; none for what is not of that form.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace tocsin::inline v1::detail
