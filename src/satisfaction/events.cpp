#include <tocsin/satisfaction/events.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};

}  // namespace

std::span<const field_row> resolution_rated::fields() {
  using self = resolution_rated;
  static constexpr field_row rows[] = {
      row<&self::cycle>("cycle", "Resolution that it is about: 1, and one more for each reopening"),
      row<&self::person>("person", "Who answered"),
      row<&self::requester>("requester", "Is the caller, or the caller of a duplicate"),
      row<&self::score>("score", "1, not at all satisfied, to 5, entirely"),
      row<&self::comment>("comment", "Comment", full_text, personal),
      row<&self::after_closing>("after_closing", "It was closed already"),
      row<&self::duplicate>("duplicate", "Duplicate that the answer came by"),
  };
  return rows;
}

}  // namespace tocsin::inline v1
