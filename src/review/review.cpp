#include <tocsin/review/review.hpp>

#include <tocsin/model/incident.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};
constexpr max_length key_length{limits::key_length_max};

}  // namespace

std::span<const field_row> review_section::fields() {
  using self = review_section;
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Key of the section", one_line, key_length),
      row<&self::title>("title", "Its heading", erasable, one_line),
      row<&self::demanded>("demanded", "The review is not published without it"),
      row<&self::text>("text", "What it says", erasable, full_text),
      row<&self::revision>("revision", "How often it was written"),
      row<&self::written_by>("written_by", "Who wrote it last"),
      row<&self::written_at>("written_at", "When"),
  };
  return rows;
}

std::span<const std::string_view> choices(action_item_state) {
  static constexpr std::string_view all[] = {"open", "completed", "verified", "dropped"};
  return all;
}

std::span<const field_row> action_item::fields() {
  using self = action_item;
  static constexpr field_row rows[] = {
      row<&self::item>("item", "Its number in the review, from 1"),
      row<&self::text>("text", "What is to be done", erasable, full_text),
      row<&self::owner>("owner", "Who does it"),
      row<&self::team>("team", "Team that does it"),
      row<&self::due_at>("due_at", "By when"),
      row<&self::priority>("priority", "How much depends on it"),
      row<&self::verification>("verification", "How one will know that it worked", erasable, full_text),
      row<&self::state>("state", "What has become of it"),
      row<&self::note>("note", "Of its completion or verification, or why it was dropped", erasable, full_text),
      row<&self::by>("by", "Who brought it into that state"),
      row<&self::since>("since", "When"),
      row<&self::overdue>("overdue", "It was said that it is overdue"),
  };
  return rows;
}

std::span<const std::string_view> choices(review_approval) {
  static constexpr std::string_view all[] = {"awaited", "approved", "returned"};
  return all;
}

std::span<const field_row> record_review::fields() {
  using self = record_review;
  static constexpr field_row rows[] = {
      row<&self::reviewed_incident>("reviewed_incident", "Incident that is reviewed"),
      row<&self::review_reason>("review_reason", "Why the review is demanded", erasable, full_text),
      row<&self::review_rule>("review_rule", "Rule that demands it; none: somebody requested it", one_line, key_length),
      row<&self::review_policy_version>("review_policy_version", "Version of the policy that has the rule"),
      row<&self::review_due_at>("review_due_at", "By when it is to be published"),
      row<&self::review_overdue>("review_overdue", "It was said that it is overdue"),
      row<&self::review_sections>("review_sections", "What it says, those that are demanded first",
                                  max_length(limits::review_sections_max)),
      row<&self::action_items>("action_items", "What is done so that it does not happen again, by number",
                               max_length(limits::action_items_max)),
      row<&self::review_approval>("review_approval", "Whether it was approved, where somebody must do that"),
      row<&self::review_approver>("review_approver", "Who approved it, or returned it"),
      row<&self::review_approval_at>("review_approval_at", "When"),
      row<&self::review_return_reason>("review_return_reason", "What is to be changed before it is approved", erasable,
                                       full_text),
  };
  return rows;
}

std::span<const field_row> record_review_demand::fields() {
  using self = record_review_demand;
  static constexpr field_row rows[] = {
      row<&self::demanded_review>("demanded_review", "Review of the incident that was demanded last"),
      row<&self::review_by_rule>("review_by_rule", "A rule has demanded one; none demands another"),
      row<&self::review_settled>("review_settled", "That review was published or skipped"),
      row<&self::review_blocks_closing>("review_blocks_closing", "The incident is not closed before that"),
  };
  return rows;
}

const review_section* find_section(std::span<const review_section> sections, std::string_view key) {
  const auto found = std::ranges::find(sections, key, &review_section::key);
  return found == sections.end() ? nullptr : &*found;
}

bool awaits_review(const incident& record) {
  const auto* const demand = record.part<record_review_demand>();
  return demand && demand->review_blocks_closing && !demand->review_settled;
}

bool awaits_approval(const incident& record) {
  const review_approval approval = record.part_or_empty<record_review>().review_approval;
  return approval == review_approval::awaited || approval == review_approval::returned;
}

bool is_author(const incident& record, person_ref who) {
  const auto wrote = [&](const review_section& one) { return one.written_by == who; };
  return record.assignee == who || std::ranges::any_of(record.part_or_empty<record_review>().review_sections, wrote);
}

std::vector<std::string> unmet_of_review(const incident& record, state_kind to) {
  std::vector<std::string> unmet;
  const auto* const review = record.part<record_review>();
  if (!review) return unmet;
  if (to == state_kind::resolved) {
    for (const review_section& one : review->review_sections) {
      if (one.demanded && one.text.empty()) unmet.push_back("the section \"" + one.key + "\" is not written");
    }
  }
  if (is_final(to)) {
    for (const action_item& one : review->action_items) {
      if (is_left(one.state)) unmet.push_back(named(one) + " is neither verified nor dropped");
    }
  }
  return unmet;
}

std::string named(const action_item& item) {
  return "action item " + std::to_string(item.item) + " \"" + item.text + '"';
}

}  // namespace tocsin::inline v1
