#include <tocsin/model/attachment.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

constexpr std::size_t media_name_max = 127;  // RFC 6838, 4.2

// restricted-name of RFC 6838, 4.2
bool is_media_name(std::string_view name) {
  const auto is_first = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  const auto is_rest = [&](char c) {
    return is_first(c) || std::string_view("!#$&-^_.+").find(c) != std::string_view::npos;
  };
  return !name.empty() && name.size() <= media_name_max && is_first(name.front()) && std::ranges::all_of(name, is_rest);
}

}  // namespace

std::span<const field_row> attachment::fields() {
  static constexpr field_row rows[] = {
      row<&attachment::number>("number", "Its number within the record"),
      row<&attachment::name>("name", "Name of the file"),
      row<&attachment::media_type>("media_type", "Media type (RFC 6838)"),
      row<&attachment::size>("size", "Size in bytes", always),
      row<&attachment::sha256>("sha256", "SHA-256 of the bytes"),
      row<&attachment::uri>("uri", "Where the host keeps them", max_length(2000)),
      row<&attachment::visibility>("visibility", "Who may see it"),
  };
  return rows;
}

bool is_media_type(std::string_view text) {
  const std::size_t slash = text.find('/');
  return slash != std::string_view::npos && is_media_name(text.substr(0, slash)) &&
         is_media_name(text.substr(slash + 1));
}

bool is_sha256_text(std::string_view text) {
  return text.size() == 64 &&
         std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

std::span<const field_row> work_share::fields() {
  static constexpr field_row rows[] = {
      row<&work_share::person>("person", "Who"),
      row<&work_share::spent>("spent", "How long"),
      row<&work_share::entries>("entries", "In so many entries"),
  };
  return rows;
}

}  // namespace tocsin::inline v1
