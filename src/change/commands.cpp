#include <tocsin/change/commands.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};
constexpr range remediation_number{1, static_cast<std::int64_t>(limits::remediation_actions_max)};

// The record that the command is about.
template <class T>
constexpr field_row change_row = row<&T::change>("change", "Change by number or id", required);
template <class T>
constexpr field_row risk_row = row<&T::risk>("risk", "How much may go wrong");
template <class T>
constexpr field_row planned_from_row = row<&T::planned_from>("planned_from", "When it is to begin");
template <class T>
constexpr field_row planned_until_row = row<&T::planned_until>("planned_until", "When it is to be over");

}  // namespace

std::span<const field_row> log_change::fields() {
  using self = log_change;
  static constexpr field_row rows[] = {
      row<&self::title>("title", "What is changed, in a line", erasable, required, one_line),
      row<&self::description>("description", "What is done, how, and how it is undone", erasable, full_text),
      row<&self::kind>("kind", "How much is asked before it is made; normal where nothing is said"),
      risk_row<self>,
      planned_from_row<self>,
      planned_until_row<self>,
      row<&self::items>("items", "Services and configuration items that it changes",
                        max_length(limits::affected_items_max)),
      row<&self::incidents>("incidents", "Incidents that it is to end", max_length(limits::links_per_record_max)),
      row<&self::problems>("problems", "Problems that it is to solve", max_length(limits::links_per_record_max)),
      row<&self::category>("category", "Category that it belongs to"),
      row<&self::service>("service", "Service that is changed"),
      row<&self::team>("team", "Team that makes it"),
      row<&self::assignee>("assignee", "Person who makes it"),
      row<&self::external_key>("external_key", "Its key in another system", erasable, one_line),
  };
  return rows;
}

std::span<const field_row> plan_change::fields() {
  using self = plan_change;
  static constexpr field_row rows[] = {
      change_row<self>,        row<&self::kind>("kind", "How much is asked before it is made"),
      risk_row<self>,          planned_from_row<self>,
      planned_until_row<self>,
  };
  return rows;
}

std::span<const field_row> report_change::fields() {
  using self = report_change;
  static constexpr field_row rows[] = {
      change_row<self>,
      row<&self::outcome>("outcome", "What came of it", required),
      row<&self::notes>("notes", "What is to be said of that", erasable, full_text),
      row<&self::implemented_from>("implemented_from", "When its implementation began, if that is not known already"),
      row<&self::implemented_until>("implemented_until", "When its implementation was over; none: as is known, or now"),
      row<&self::log_incident>("log_incident", "Log an incident that it caused; not of a successful one"),
      row<&self::title>("title", "Title of that incident; none: that of the change", erasable, one_line),
      row<&self::service>("service", "Service that is interrupted; none: that of the change"),
      row<&self::team>("team", "Team that gets the incident"),
      row<&self::assignee>("assignee", "Person who gets the incident"),
  };
  return rows;
}

std::span<const field_row> record_remediation::fields() {
  using self = record_remediation;
  static constexpr field_row rows[] = {
      row<&self::record>("record", "Incident, request, problem or change by number or id", required),
      row<&self::remediation>("remediation", "Number of one of which more is said; none: another one",
                              remediation_number),
      row<&self::kind>("kind", "What was done"),
      row<&self::item>("item", "Key of the service or configuration item that it was done to", one_line,
                       max_length(limits::key_length_max)),
      row<&self::outcome>("outcome", "Whether it worked; none: nobody knows yet"),
      row<&self::evidence>("evidence", "What shows that, or what was done in full", erasable, full_text),
  };
  return rows;
}

}  // namespace tocsin::inline v1
