#include <tocsin/oncall/events.hpp>

namespace tocsin::inline v1 {

std::span<const std::string_view> choices(oncall_notice_cause) {
  static constexpr std::string_view all[] = {"swap_proposed", "swap_accepted", "swap_declined"};
  return all;
}

std::span<const field_row> oncall_change::fields() {
  using self = oncall_change;
  static constexpr field_row rows[] = {
      row<&self::from>("from", "From then on"),
      row<&self::until>("until", "Until then"),
      row<&self::before>("before", "Who would have been on call", always, max_length(limits::definitions_max)),
      row<&self::after>("after", "Who will be", always, max_length(limits::definitions_max)),
  };
  return rows;
}

std::span<const field_row> oncall_changed::fields() {
  using self = oncall_changed;
  static constexpr field_row rows[] = {
      row<&self::schedule>("schedule", "Schedule"),
      row<&self::changes>("changes", "Where it says another than before", max_length(limits::oncall_changes_max)),
      row<&self::more>("more", "There are further changes in these weeks"),
  };
  return rows;
}

std::span<const field_row> unqualified_assignment::fields() {
  using self = unqualified_assignment;
  static constexpr field_row rows[] = {
      row<&self::role>("role", "Role that its team asks for"),
      row<&self::assignee>("assignee", "Person who has it"),
      row<&self::qualified_until>("qualified_until", "When the person's qualification ended; none: there was none"),
  };
  return rows;
}

std::span<const field_row> oncall_notice::fields() {
  using self = oncall_notice;
  static constexpr field_row rows[] = {
      row<&self::cause>("cause", "What is told"),
      row<&self::person>("person", "Person to tell"),
      row<&self::schedule>("schedule", "Schedule"),
      row<&self::swap>("swap", "Key of the swap"),
  };
  return rows;
}

}  // namespace tocsin::inline v1
