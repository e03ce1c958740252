#include <tocsin/problem/problem.hpp>

#include <tocsin/model/incident.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};

}  // namespace

std::span<const std::string_view> choices(problem_origin) {
  static constexpr std::string_view all[] = {"reactive", "proactive"};
  return all;
}

std::span<const std::string_view> choices(stranded_outcome) {
  static constexpr std::string_view all[] = {"resolve", "resume"};
  return all;
}

std::span<const field_row> recurrence_group::fields() {
  using self = recurrence_group;
  static constexpr field_row rows[] = {
      row<&self::rule>("rule", "Recurrence rule"),
      row<&self::group>("group", "What incidents of the group have in common, as JSON", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> record_problem::fields() {
  using self = record_problem;
  static constexpr field_row rows[] = {
      row<&self::origin>("origin", "Why somebody looks"),
      row<&self::stands_for>("stands_for", "Groups of recurrence rules whose incidents join it",
                             max_length(limits::recurrence_groups_max)),
      row<&self::communicated_workaround>("communicated_workaround", "What helps until it is fixed", erasable,
                                          full_text),
      row<&self::communicated_at>("communicated_at", "When that was communicated"),
      row<&self::communicated_fix>("communicated_fix", "What the fix is", erasable, full_text),
      row<&self::causes>("causes", "Causes, by number", max_length(limits::causes_max)),
      row<&self::diagnostic_actions>("diagnostic_actions", "What was done to find out",
                                     max_length(limits::diagnostic_actions_max)),
      row<&self::known_error>("known_error", "Known error that was raised from it"),
      row<&self::accepted_because>("accepted_because", "Why its risk was accepted", erasable, full_text),
      row<&self::accepted_by>("accepted_by", "Who accepted its risk"),
      row<&self::accepted_at>("accepted_at", "When its risk was accepted"),
      row<&self::risk_review_at>("risk_review_at", "When the risk is looked at again"),
      row<&self::accepted_outcome>("accepted_outcome", "What becomes of the incidents that awaited it"),
      row<&self::accepted_code>("accepted_code", "Resolution code of those"),
      row<&self::cascade_outcome>("cascade_outcome", "What reaches its incidents at the moment"),
      row<&self::cascade_after>("cascade_after", "The last incident that it has reached"),
      row<&self::cascade_by>("cascade_by", "Whose rights that goes by"),
      row<&self::cascade_due>("cascade_due", "When it goes on"),
  };
  return rows;
}

std::span<const field_row> record_problem_proposal::fields() {
  using self = record_problem_proposal;
  static constexpr field_row rows[] = {
      row<&self::groups>("groups", "Groups of recurrence rules that it stands for",
                         max_length(limits::recurrence_groups_max)),
      row<&self::proposed_count>("proposed_count", "How many incidents it began with; the others have joined"),
      row<&self::incidents>("incidents", "Its incidents, in order of opening, then of joining",
                            max_length(limits::proposal_incidents_max)),
      row<&self::words>("words", "Words that more than half of their titles had", erasable,
                        max_length(limits::text_length_max)),
      row<&self::confidence>("confidence", "How sure it is that they have one cause, of 1,000 points"),
      row<&self::confidence_count>("confidence_count", "Points for how many there were"),
      row<&self::confidence_burst>("confidence_burst", "Points for how many more than before"),
      row<&self::confidence_text>("confidence_text", "Points for words that their titles shared"),
      row<&self::confidence_grouping>("confidence_grouping", "Points for what groups them"),
      row<&self::became>("became", "Problem that it became, or what it was merged into"),
      row<&self::reason>("reason", "Why it was rejected", erasable, full_text),
      row<&self::decided_at>("decided_at", "When it was decided"),
      row<&self::decided_by>("decided_by", "Who decided"),
  };
  return rows;
}

const std::vector<problem_cause>& causes_of(const incident& record) {
  return record.part_or_empty<record_problem>().causes;
}

}  // namespace tocsin::inline v1
