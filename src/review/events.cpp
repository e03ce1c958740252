#include <tocsin/review/events.hpp>

#include <tocsin/review/review.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};
constexpr max_length key_length{limits::key_length_max};

template <class T>
constexpr field_row item_row = row<&T::item>("item", "Number of the action item");
template <class T>
constexpr field_row person_row = row<&T::person>("person", "Person who is told");
template <class T>
constexpr field_row team_row = row<&T::team>("team", "Team that is told");

}  // namespace

std::span<const field_row> review_opened::fields() {
  using self = review_opened;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident that is reviewed"),
      row<&self::reason>("reason", "Why the review is demanded", erasable, full_text),
      row<&self::rule>("rule", "Rule that demands it; none: somebody requested it", one_line, key_length),
      row<&self::policy_version>("policy_version", "Version of the policy that has the rule"),
      row<&self::inputs>("inputs", "What the rule's condition saw", personal),
      row<&self::due_at>("due_at", "By when it is to be published"),
      row<&self::sections>("sections", "Sections without which it is not published",
                           max_length(limits::review_sections_max)),
      row<&self::approval>("approval", "Somebody else than its authors must approve it before it is published"),
  };
  return rows;
}

std::span<const field_row> review_demanded::fields() {
  using self = review_demanded;
  static constexpr field_row rows[] = {
      row<&self::review>("review", "The review"),
      row<&self::rule>("rule", "Rule that demands it; none: somebody requested it", one_line, key_length),
      row<&self::blocks_closing>("blocks_closing", "The incident is not closed until it is published or skipped"),
  };
  return rows;
}

std::span<const field_row> review_settled::fields() {
  using self = review_settled;
  static constexpr field_row rows[] = {
      row<&self::review>("review", "The review"),
      row<&self::settled>("settled", "It was published or skipped; if not, it is to be done again"),
  };
  return rows;
}

std::span<const field_row> section_written::fields() {
  using self = section_written;
  static constexpr field_row rows[] = {
      row<&self::section>("section", "Key of the section", one_line, key_length),
      row<&self::title>("title", "Its heading", erasable, one_line),
      row<&self::text>("text", "What it says from now on", erasable, full_text),
      row<&self::revision>("revision", "How often it was written"),
      row<&self::ends_approval>("ends_approval", "The review was approved, and must be approved anew"),
  };
  return rows;
}

std::span<const field_row> review_approved::fields() { return {}; }

std::span<const field_row> review_returned::fields() {
  static constexpr field_row rows[] = {
      row<&review_returned::reason>("reason", "What is to be changed", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> action_item_added::fields() {
  using self = action_item_added;
  static constexpr field_row rows[] = {
      item_row<self>,
      row<&self::text>("text", "What is to be done", erasable, full_text),
      row<&self::owner>("owner", "Who does it"),
      row<&self::team>("team", "Team that does it"),
      row<&self::due_at>("due_at", "By when"),
      row<&self::priority>("priority", "How much depends on it"),
      row<&self::verification>("verification", "How one will know that it worked", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> action_item_completed::fields() {
  using self = action_item_completed;
  static constexpr field_row rows[] = {item_row<self>, row<&self::note>("note", "What was done", erasable, full_text)};
  return rows;
}

std::span<const field_row> action_item_verified::fields() {
  using self = action_item_verified;
  static constexpr field_row rows[] = {
      item_row<self>,
      row<&self::worked>("worked", "Did it work; if not, it is open again"),
      row<&self::note>("note", "What shows that", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> action_item_dropped::fields() {
  using self = action_item_dropped;
  static constexpr field_row rows[] = {
      item_row<self>,
      row<&self::reason>("reason", "Why it is not done", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> review_overdue::fields() {
  using self = review_overdue;
  static constexpr field_row rows[] = {
      row<&self::due_at>("due_at", "When it was due"),
      person_row<self>,
      team_row<self>,
  };
  return rows;
}

std::span<const field_row> action_item_overdue::fields() {
  using self = action_item_overdue;
  static constexpr field_row rows[] = {
      item_row<self>,
      row<&self::due_at>("due_at", "When it was due"),
      person_row<self>,
      team_row<self>,
  };
  return rows;
}

std::span<const std::string_view> choices(action_item_cause) {
  static constexpr std::string_view all[] = {"given", "completed", "did_not_work"};
  return all;
}

std::span<const field_row> action_item_notice::fields() {
  using self = action_item_notice;
  static constexpr field_row rows[] = {
      row<&self::cause>("cause", "What happened"),
      item_row<self>,
      person_row<self>,
      team_row<self>,
  };
  return rows;
}

}  // namespace tocsin::inline v1
