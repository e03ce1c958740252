// Links between records, and from a record to what another system keeps (R-C12, L8).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/model/record_parts.hpp>

namespace tocsin::inline v1 {

struct incident;

// What a record is to the other end. Each kind but `related` has an inverse, which the other end has.
enum class link_kind : std::uint8_t {
  unset,
  related,
  parent_of,
  child_of,
  duplicate_of,
  has_duplicate,
  caused_by,
  cause_of,
  blocked_by,
  blocks,
  follows,
  followed_by
};
std::span<const std::string_view> choices(link_kind);

constexpr link_kind inverse(link_kind kind) {
  if (kind == link_kind::unset || kind == link_kind::related) return kind;
  const auto n = static_cast<std::uint8_t>(kind);
  return static_cast<link_kind>(n % 2 == 0 ? n + 1 : n - 1);
}
static_assert(inverse(link_kind::parent_of) == link_kind::child_of);
static_assert(inverse(link_kind::followed_by) == link_kind::follows);

// What stands at the other end of a link out of the desk.
enum class outside_kind : std::uint8_t { unset, incident, request, problem, known_error, change, other };
std::span<const std::string_view> choices(outside_kind);

// To a record of the desk, or to something outside by its kind and key there.
struct record_link {
  link_kind kind = link_kind::unset;
  record_ref record;
  outside_kind outside = outside_kind::unset;
  std::string outside_key;
  bool resolved = false;  // of a child: its parent resolved it
  bool held = false;      // of a child: it waits because its parent does

  static std::span<const field_row> fields();
};

// The same end of the same kind.
bool same_link(const record_link& a, const record_link& b);
const record_link* find_link(std::span<const record_link> links, link_kind kind);
std::size_t count_links(std::span<const record_link> links, link_kind kind);

// Of a record that has any.
struct record_links {
  static constexpr std::uint8_t part_number = 2;
  static const part_type descriptor;

  std::vector<record_link> links;  // in order of arrival (R-C12, L8)

  static std::span<const field_row> fields();
};

const std::vector<record_link>& links_of(const incident& record);

}  // namespace tocsin::inline v1
