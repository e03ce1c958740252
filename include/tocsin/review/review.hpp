// A review after an incident: what happened, why, and what is done so that it does not happen again (M3). A record of
// its own, with sections that are written and action items that are followed up.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/model/record_parts.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

struct incident;

namespace limits {
inline constexpr std::size_t review_sections_max = 50;  // of one review
inline constexpr std::size_t action_items_max = 200;    // of one review
}  // namespace limits

struct review_section {
  std::string key;
  std::string title;
  bool demanded = false;  // without it the review is not published
  std::string text;       // as it is now; the journal has what it was
  std::uint32_t revision = 0;
  person_ref written_by;
  instant written_at = no_instant;

  static std::span<const field_row> fields();
};

// `completed`: done, and nobody has looked yet whether it worked.
enum class action_item_state : std::uint8_t { unset, open, completed, verified, dropped };
std::span<const std::string_view> choices(action_item_state);

// Something that is done so that it does not happen again (R-C31).
struct action_item {
  std::uint32_t item = 0;  // its number, from 1
  std::string text;
  person_ref owner;
  team_ref team;
  instant due_at = no_instant;
  tocsin::priority priority = priority::unset;
  std::string verification;  // how one will know that it worked
  action_item_state state = action_item_state::unset;
  std::string note;  // of its completion, its verification, or why it was dropped, whichever came last
  person_ref by;     // who brought it into its state
  instant since = no_instant;
  bool overdue = false;  // that was said

  static std::span<const field_row> fields();
};

// Neither verified nor dropped.
constexpr bool is_left(action_item_state state) {
  return state == action_item_state::open || state == action_item_state::completed;
}

// Where somebody else than its authors must approve it. `returned`: something is to be changed first.
enum class review_approval : std::uint8_t { unset, awaited, approved, returned };
std::span<const std::string_view> choices(review_approval);

struct record_review {
  static constexpr std::uint8_t part_number = 17;
  static const part_type descriptor;

  record_ref reviewed_incident;
  std::string review_reason;  // why it is demanded
  std::string review_rule;    // that demands it; none: somebody requested it
  std::uint32_t review_policy_version = 0;
  instant review_due_at = no_instant;
  bool review_overdue = false;  // that was said
  std::vector<review_section> review_sections;
  std::vector<action_item> action_items;  // by number
  tocsin::review_approval review_approval = review_approval::unset;
  person_ref review_approver;               // who approved it, or returned it
  instant review_approval_at = no_instant;  // when
  std::string review_return_reason;         // what is to be changed

  static std::span<const field_row> fields();
};

// Of an incident: a review of it was demanded.
struct record_review_demand {
  static constexpr std::uint8_t part_number = 18;
  static const part_type descriptor;

  record_ref demanded_review;
  bool review_by_rule = false;         // once one was demanded by a rule, no rule demands another
  bool review_settled = false;         // it was published, or skipped with a reason
  bool review_blocks_closing = false;  // until then it is not closed

  static std::span<const field_row> fields();
};

const review_section* find_section(std::span<const review_section> sections, std::string_view key);

// Is its closing refused until its review is published or skipped?
bool awaits_review(const incident& record);

// Is it a review that is not published before somebody else than its authors has approved it?
bool awaits_approval(const incident& record);

// Its authors are whoever has it, and those who wrote its sections as they are.
bool is_author(const incident& review, person_ref who);

// What stands against the move of a review to a state of this kind, a line each: it is not published without a
// section that is demanded, and does not end while an action item is neither verified nor dropped. Nothing, of any
// other record.
std::vector<std::string> unmet_of_review(const incident& record, state_kind to);

// "action item 2 \"Watch the disks\""
std::string named(const action_item& item);

}  // namespace tocsin::inline v1
