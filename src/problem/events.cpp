#include <tocsin/problem/events.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};
constexpr max_length short_text{1000};

template <class T>
constexpr field_row cause_row = row<&T::cause>("cause", "Number of the cause");
template <class T>
constexpr field_row team_row = row<&T::team>("team", "Team that it is told");
template <class T>
constexpr field_row person_row = row<&T::person>("person", "Person who is told");

}  // namespace

std::span<const field_row> problem_opened::fields() {
  using self = problem_opened;
  static constexpr field_row rows[] = {
      row<&self::origin>("origin", "Why somebody looks"),
      row<&self::stands_for>("stands_for", "Groups of recurrence rules whose incidents join it",
                             max_length(limits::recurrence_groups_max)),
  };
  return rows;
}

std::span<const field_row> cause_stated::fields() {
  using self = cause_stated;
  static constexpr field_row rows[] = {
      cause_row<self>,
      row<&self::text>("text", "The cause", erasable, full_text),
      row<&self::explains>("explains", "What it explains", max_length(limits::explained_max)),
  };
  return rows;
}

std::span<const field_row> cause_evidence_added::fields() {
  using self = cause_evidence_added;
  static constexpr field_row rows[] = {
      cause_row<self>,
      row<&self::text>("text", "What was seen", erasable, full_text),
      row<&self::weight>("weight", "Does it speak for the cause or against it"),
  };
  return rows;
}

std::span<const field_row> cause_decided::fields() {
  using self = cause_decided;
  static constexpr field_row rows[] = {
      cause_row<self>,
      row<&self::status>("status", "What it is now"),
      row<&self::reason>("reason", "Why", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> diagnostic_action_added::fields() {
  using self = diagnostic_action_added;
  static constexpr field_row rows[] = {
      row<&self::text>("text", "What was done", erasable, full_text),
      row<&self::result>("result", "What it showed", erasable, full_text),
      row<&self::cause>("cause", "Number of the cause that it tests; none: none of them"),
  };
  return rows;
}

std::span<const field_row> workaround_communicated::fields() {
  static constexpr field_row rows[] = {
      row<&workaround_communicated::text>("text", "What helps until it is fixed", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> fix_communicated::fields() {
  static constexpr field_row rows[] = {
      row<&fix_communicated::text>("text", "What the fix is, and what is to be done for it", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> risk_accepted::fields() {
  using self = risk_accepted;
  static constexpr field_row rows[] = {
      row<&self::reason>("reason", "Why it is not fixed", erasable, full_text),
      row<&self::review_at>("review_at", "When the risk is looked at again"),
      row<&self::outcome>("outcome", "What becomes of the incidents that await it, but for those decided one by one"),
      row<&self::code>("code", "Resolution code of those"),
      row<&self::state>("state", "State after it"),
      row<&self::state_kind>("state_kind", "What that state means"),
  };
  return rows;
}

std::span<const field_row> risk_review_due::fields() {
  using self = risk_review_due;
  static constexpr field_row rows[] = {team_row<self>, person_row<self>};
  return rows;
}

std::span<const field_row> known_error_raised::fields() {
  static constexpr field_row rows[] = {
      row<&known_error_raised::known_error>("known_error", "Known error that was published"),
  };
  return rows;
}

std::span<const field_row> problem_notice::fields() {
  using self = problem_notice;
  static constexpr field_row rows[] = {
      row<&self::problem>("problem", "Problem that causes it"),
      row<&self::outcome>("outcome", "What became of the problem"),
      row<&self::text>("text", "What is said of that", erasable, full_text),
      team_row<self>,
      person_row<self>,
  };
  return rows;
}

std::span<const field_row> incidents_reached::fields() {
  using self = incidents_reached;
  static constexpr field_row rows[] = {
      row<&self::outcome>("outcome", "What became of the problem"),
      row<&self::after>("after", "The last incident that was reached; none: all of them were"),
      row<&self::by>("by", "Whose rights it goes by"),
  };
  return rows;
}

std::span<const field_row> problem_proposed::fields() {
  using self = problem_proposed;
  static constexpr field_row rows[] = {
      row<&self::rule>("rule", "Recurrence rule that proposes it"),
      row<&self::rule_version>("rule_version", "Version of the rule"),
      row<&self::group>("group", "What its incidents have in common, as JSON", erasable, full_text),
      row<&self::incidents>("incidents", "Its incidents, in order of opening",
                            max_length(limits::proposal_incidents_max)),
      row<&self::words>("words", "Words that more than half of their titles have", erasable,
                        max_length(limits::text_length_max)),
      row<&self::confidence_count>("confidence_count", "Points for how many there are"),
      row<&self::confidence_burst>("confidence_burst", "Points for how many more than before"),
      row<&self::confidence_text>("confidence_text", "Points for words that their titles share"),
      row<&self::confidence_grouping>("confidence_grouping", "Points for what groups them"),
  };
  return rows;
}

std::span<const field_row> proposal_joined::fields() {
  static constexpr field_row rows[] = {
      row<&proposal_joined::incident>("incident", "Incident that came after"),
  };
  return rows;
}

std::span<const std::string_view> choices(proposal_outcome) {
  static constexpr std::string_view all[] = {"accepted", "rejected", "merged"};
  return all;
}

std::span<const field_row> proposal_decided::fields() {
  using self = proposal_decided;
  static constexpr field_row rows[] = {
      row<&self::outcome>("outcome", "What became of it"),
      row<&self::became>("became", "Problem that it became, or that it was merged into; or another proposal"),
      row<&self::reason>("reason", "Why", erasable, short_text),
      row<&self::state>("state", "State after it"),
      row<&self::state_kind>("state_kind", "What that state means"),
  };
  return rows;
}

std::span<const field_row> groups_taken_over::fields() {
  using self = groups_taken_over;
  static constexpr field_row rows[] = {
      row<&self::groups>("groups", "Groups whose incidents join it from now on",
                         max_length(limits::recurrence_groups_max)),
      row<&self::incidents>("incidents", "Incidents that come with them", max_length(limits::proposal_incidents_max)),
  };
  return rows;
}

}  // namespace tocsin::inline v1
