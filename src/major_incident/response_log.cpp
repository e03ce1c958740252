#include <tocsin/major_incident/response_log.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};

}  // namespace

std::span<const field_row> response_decision::fields() {
  using self = response_decision;
  static constexpr field_row rows[] = {
      row<&self::decision>("decision", "Number of the decision"),
      row<&self::text>("text", "What was decided", erasable, full_text),
      row<&self::options>("options", "What could have been decided", erasable,
                          max_length(limits::decision_options_max)),
      row<&self::chosen>("chosen", "The option that was taken", erasable),
      row<&self::reason>("reason", "Why", erasable, full_text),
      row<&self::data_seen>("data_seen", "What was known then", erasable, full_text),
      row<&self::decider>("decider", "Who decided"),
      row<&self::at>("at", "When"),
  };
  return rows;
}

std::span<const std::string_view> choices(action_kind) {
  static constexpr std::string_view all[] = {"technical", "coordination"};
  return all;
}

std::span<const field_row> response_action::fields() {
  using self = response_action;
  static constexpr field_row rows[] = {
      row<&self::action>("action", "Number of the action"),
      row<&self::kind>("kind", "Was it technical, or did it coordinate others"),
      row<&self::text>("text", "What was done", erasable, full_text),
      row<&self::by>("by", "Who did it"),
      row<&self::began_at>("began_at", "When it began; none: nobody said"),
      row<&self::ended_at>("ended_at", "When it ended"),
      row<&self::logged_at>("logged_at", "When it was written down"),
  };
  return rows;
}

std::span<const field_row> room_stay::fields() {
  using self = room_stay;
  static constexpr field_row rows[] = {
      row<&self::person>("person", "Who was there"),
      row<&self::from>("from", "Since when"),
      row<&self::until>("until", "Until when (excluded); none: still there"),
  };
  return rows;
}

const room_stay* find_in_room(std::span<const room_stay> stays, person_ref person) {
  const auto found =
      std::ranges::find_if(stays, [&](const room_stay& s) { return s.person == person && !is_set(s.until); });
  return found == stays.end() ? nullptr : &*found;
}

}  // namespace tocsin::inline v1
