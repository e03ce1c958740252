#include <tocsin/model/satisfaction.hpp>

namespace tocsin::inline v1 {

std::span<const field_row> satisfaction_answer::fields() {
  using self = satisfaction_answer;
  static constexpr field_row rows[] = {
      row<&self::cycle>("cycle", "Resolution that it is about: 1, and one more for each reopening"),
      row<&self::person>("person", "Who answered"),
      row<&self::requester>("requester", "Is the caller, or the caller of a duplicate"),
      row<&self::score>("score", "1, not at all satisfied, to 5, entirely"),
      row<&self::comment>("comment", "Comment", max_length(limits::text_length_max)),
      row<&self::answered_at>("answered_at", "When"),
      row<&self::after_closing>("after_closing", "It was closed already"),
  };
  return rows;
}

}  // namespace tocsin::inline v1
