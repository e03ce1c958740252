// Articles of the host's knowledge base that a record is linked to (R-A06): their content stays with the host.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/model/record_parts.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

struct incident;

namespace limits {
inline constexpr std::size_t articles_max = 50;  // of one record
inline constexpr std::size_t article_url_max = 2'000;
}  // namespace limits

struct linked_article {
  std::string key;    // what the host calls it
  std::string title;  // as it was when it was linked last
  std::string url;
  instant linked_at = no_instant;
  person_ref linked_by;

  static std::span<const field_row> fields();
};

// Of a record that has any.
struct record_articles {
  static constexpr std::uint8_t part_number = 22;
  static const part_type descriptor;

  std::vector<linked_article> articles;  // in order of arrival

  static std::span<const field_row> fields();
};

const std::vector<linked_article>& articles_of(const incident& record);
// Null: it is not linked to it.
const linked_article* find_article(std::span<const linked_article> all, std::string_view key);

}  // namespace tocsin::inline v1
