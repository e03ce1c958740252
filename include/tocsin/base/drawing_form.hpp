// What a drawing is made for.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace tocsin::inline v1 {

enum class drawing_form : std::uint8_t { unset, mermaid, dot, svg };
std::span<const std::string_view> choices(drawing_form);

}  // namespace tocsin::inline v1
