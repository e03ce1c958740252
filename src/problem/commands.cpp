#include <tocsin/model/known_error.hpp>
#include <tocsin/problem/commands.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};
constexpr max_length short_text{1000};
constexpr range cause_number{1, static_cast<std::int64_t>(limits::causes_max)};

// The record that the command is about.
template <class T>
constexpr field_row problem_row = row<&T::problem>("problem", "Problem by number or id", required);
template <class T>
constexpr field_row proposal_row = row<&T::proposal>("proposal", "Proposal by number or id", required);

}  // namespace

std::span<const field_row> log_problem::fields() {
  using self = log_problem;
  static constexpr field_row rows[] = {
      row<&self::title>("title", "What is wrong, in a line", erasable, required, one_line),
      row<&self::description>("description", "What is known of it", erasable, full_text),
      row<&self::origin>("origin", "Why somebody looks; reactive where nothing is said"),
      row<&self::incidents>("incidents", "Incidents that it causes", max_length(limits::proposal_incidents_max)),
      row<&self::category>("category", "Category that it belongs to"),
      row<&self::service>("service", "Service that is affected"),
      row<&self::impact>("impact", "How much is affected"),
      row<&self::urgency>("urgency", "How quickly it must be resolved"),
      row<&self::team>("team", "Team that looks into it"),
      row<&self::assignee>("assignee", "Person who looks into it"),
      row<&self::external_key>("external_key", "Its key in another system", erasable, one_line),
  };
  return rows;
}

std::span<const field_row> state_cause::fields() {
  using self = state_cause;
  static constexpr field_row rows[] = {
      problem_row<self>,
      row<&self::cause>("cause", "Number of a cause that is stated anew; none: another cause", cause_number),
      row<&self::text>("text", "The cause", erasable, required, full_text),
      row<&self::explains>("explains", "What it explains; none: the problem itself", max_length(limits::explained_max)),
  };
  return rows;
}

std::span<const field_row> add_cause_evidence::fields() {
  using self = add_cause_evidence;
  static constexpr field_row rows[] = {
      problem_row<self>,
      row<&self::cause>("cause", "Number of the cause", required, cause_number),
      row<&self::text>("text", "What was seen", erasable, required, full_text),
      row<&self::weight>("weight", "Does it speak for the cause or against it; for it where nothing is said"),
  };
  return rows;
}

std::span<const field_row> decide_cause::fields() {
  using self = decide_cause;
  static constexpr field_row rows[] = {
      problem_row<self>,
      row<&self::cause>("cause", "Number of the cause", required, cause_number),
      row<&self::status>("status", "What it is now", required),
      row<&self::reason>("reason", "Why", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> add_diagnostic_action::fields() {
  using self = add_diagnostic_action;
  static constexpr field_row rows[] = {
      problem_row<self>,
      row<&self::text>("text", "What was done", erasable, required, full_text),
      row<&self::result>("result", "What it showed", erasable, full_text),
      row<&self::cause>("cause", "Number of the cause that it tests; none: none of them", cause_number),
  };
  return rows;
}

std::span<const field_row> communicate_workaround::fields() {
  using self = communicate_workaround;
  static constexpr field_row rows[] = {
      problem_row<self>,
      row<&self::text>("text", "What helps until it is fixed", erasable, required, full_text),
  };
  return rows;
}

std::span<const field_row> communicate_fix::fields() {
  using self = communicate_fix;
  static constexpr field_row rows[] = {
      problem_row<self>,
      row<&self::text>("text", "What the fix is, and what is to be done for it", erasable, required, full_text),
  };
  return rows;
}

std::span<const field_row> stranded_decision::fields() {
  using self = stranded_decision;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "An incident that awaits the problem", required),
      row<&self::outcome>("outcome", "Is it resolved, or does work on it go on; needed"),
      row<&self::code>("code", "Resolution code; needed to resolve it"),
      row<&self::notes>("notes", "Resolution notes; none: the reason", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> accept_risk::fields() {
  using self = accept_risk;
  static constexpr field_row rows[] = {
      problem_row<self>,
      row<&self::reason>("reason", "Why it is not fixed", erasable, required, full_text),
      row<&self::review_at>("review_at", "When the risk is looked at again", required),
      row<&self::outcome>("outcome", "What becomes of the incidents that await it, but for those of `decisions`"),
      row<&self::code>("code", "Resolution code; needed to resolve them"),
      row<&self::decisions>("decisions", "What becomes of single incidents that await it",
                            max_length(limits::stranded_decisions_max)),
  };
  return rows;
}

std::span<const field_row> raise_known_error::fields() {
  using self = raise_known_error;
  static constexpr field_row rows[] = {
      problem_row<self>,
      row<&self::symptoms>("symptoms", "Symptoms, as users see them", erasable, required, full_text),
      row<&self::workaround>("workaround", "Workaround until it is fixed; none: the one that was communicated",
                             erasable, full_text),
      row<&self::solution>("solution", "Permanent solution, planned or applied", erasable, full_text),
      row<&self::error_codes>("error_codes", "Codes that it shows, as users see them",
                              max_length(limits::error_codes_max), one_line),
      row<&self::affected_versions>("affected_versions", "Versions that have it, as their maker calls them",
                                    max_length(limits::affected_versions_max), one_line),
      row<&self::valid_until>("valid_until", "Until when it is suggested (excluded); none: until it is retired"),
      row<&self::review_at>("review_at", "When it is due for review"),
  };
  return rows;
}

std::span<const field_row> accept_proposal::fields() {
  using self = accept_proposal;
  static constexpr field_row rows[] = {
      proposal_row<self>,
      row<&self::title>("title", "Title of the problem; none: that of its latest incident", erasable, one_line),
      row<&self::team>("team", "Team that looks into it"),
      row<&self::assignee>("assignee", "Person who looks into it"),
  };
  return rows;
}

std::span<const field_row> reject_proposal::fields() {
  using self = reject_proposal;
  static constexpr field_row rows[] = {
      proposal_row<self>,
      row<&self::reason>("reason", "Why it is no problem", erasable, required, short_text),
  };
  return rows;
}

std::span<const field_row> merge_proposal::fields() {
  using self = merge_proposal;
  static constexpr field_row rows[] = {
      proposal_row<self>,
      row<&self::into>("into", "Open proposal or open problem that its incidents go to", required),
  };
  return rows;
}

}  // namespace tocsin::inline v1
