#include <tocsin/review/commands.hpp>

#include <tocsin/review/review.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};
constexpr max_length short_text{1000};
constexpr max_length key_length{limits::key_length_max};
constexpr range item_number{1, static_cast<std::int64_t>(limits::action_items_max)};

// The record that the command is about.
template <class T>
constexpr field_row review_row = row<&T::review>("review", "Review by number or id", required);
template <class T>
constexpr field_row item_row = row<&T::item>("item", "Number of the action item", required, item_number);

}  // namespace

std::span<const field_row> request_review::fields() {
  using self = request_review;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::reason>("reason", "Why it is to be reviewed", erasable, required, short_text),
      row<&self::owner>("owner", "Person who has the review"),
      row<&self::team>("team", "Team that has it; none: that of the incident"),
      row<&self::due_at>("due_at", "By when it is to be published", required),
  };
  return rows;
}

std::span<const field_row> write_section::fields() {
  using self = write_section;
  static constexpr field_row rows[] = {
      review_row<self>,
      row<&self::section>("section", "Key of the section; one that is not there yet is added", required, one_line,
                          key_length),
      row<&self::title>("title", "Its heading; none: as it is, or the key", erasable, one_line),
      row<&self::text>("text", "What it says from now on", erasable, required, full_text),
  };
  return rows;
}

std::span<const field_row> approve_review::fields() {
  static constexpr field_row rows[] = {review_row<approve_review>};
  return rows;
}

std::span<const field_row> return_review::fields() {
  using self = return_review;
  static constexpr field_row rows[] = {
      review_row<self>,
      row<&self::reason>("reason", "What is to be changed", erasable, required, full_text),
  };
  return rows;
}

std::span<const field_row> add_action_item::fields() {
  using self = add_action_item;
  static constexpr field_row rows[] = {
      review_row<self>,
      row<&self::text>("text", "What is to be done", erasable, required, full_text),
      row<&self::owner>("owner", "Who does it"),
      row<&self::team>("team", "Team that does it"),
      row<&self::due_at>("due_at", "By when", required),
      row<&self::priority>("priority", "How much depends on it"),
      row<&self::verification>("verification", "How one will know that it worked", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> complete_action_item::fields() {
  using self = complete_action_item;
  static constexpr field_row rows[] = {
      review_row<self>,
      item_row<self>,
      row<&self::note>("note", "What was done", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> verify_action_item::fields() {
  using self = verify_action_item;
  static constexpr field_row rows[] = {
      review_row<self>,
      item_row<self>,
      row<&self::worked>("worked", "Did it work; if not, it is open again", required),
      row<&self::note>("note", "What shows that", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> drop_action_item::fields() {
  using self = drop_action_item;
  static constexpr field_row rows[] = {
      review_row<self>,
      item_row<self>,
      row<&self::reason>("reason", "Why it is not done", erasable, required, short_text),
  };
  return rows;
}

}  // namespace tocsin::inline v1
