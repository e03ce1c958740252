#include <tocsin/sla/events.hpp>

namespace tocsin::inline v1 {

std::span<const std::string_view> choices(clock_change) {
  static constexpr std::string_view all[] = {"priority",       "contract",   "service",         "calendar",
                                             "policy_version", "date_field", "target_condition"};
  return all;
}

std::span<const field_row> granted_terms::fields() {
  using self = granted_terms;
  static constexpr field_row rows[] = {
      row<&self::policy>("policy", "Policy"),
      row<&self::policy_version>("policy_version", "Version of the policy"),
      row<&self::calendar>("calendar", "Calendar; none: 24x7"),
      row<&self::calendar_version>("calendar_version", "Version of the calendar"),
      row<&self::target>("target", "Open time granted"),
      row<&self::due>("due", "The instant by which it must be done, of a date"),
      row<&self::business_days>("business_days", "The business day by whose end it must be done"),
      row<&self::treatment>("treatment", "What happens to the time counted so far"),
      row<&self::contract>("contract", "Contract that brings the policy"),
  };
  return rows;
}

std::span<const field_row> clock_history_begun::fields() { return {}; }

std::span<const field_row> clock_attached::fields() {
  using self = clock_attached;
  static constexpr field_row rows[] = {
      row<&self::clock>("clock", "Number of the clock on the record, from 1"),
      row<&self::terms>("terms", "Terms of the clock"),
      row<&self::team>("team", "Team whose time it measures"),
      row<&self::assignee>("assignee", "Person whose time it measures"),
      row<&self::since_opening>("since_opening", "Its terms hold since the record was opened"),
      row<&self::task>("task", "Number of the task whose time it measures"),
  };
  return rows;
}

std::span<const field_row> clock_retargeted::fields() {
  using self = clock_retargeted;
  static constexpr field_row rows[] = {
      row<&self::clock>("clock", "Number of the clock on the record"),
      row<&self::terms>("terms", "Terms of the clock"),
      row<&self::cause>("cause", "What changed"),
  };
  return rows;
}

std::span<const field_row> clock_changed::fields() {
  using self = clock_changed;
  static constexpr field_row rows[] = {
      row<&self::clock>("clock", "Number of the clock on the record"),
      row<&self::policy>("policy", "Policy"),
      row<&self::state>("state", "State that it is in"),
      row<&self::cycle>("cycle", "Cycle, from 1"),
      row<&self::deadline>("deadline", "When the target is reached, if nothing else happens"),
  };
  return rows;
}

std::span<const field_row> clock_withdrawn::fields() {
  static constexpr field_row rows[] = {
      row<&clock_withdrawn::policy>("policy", "Policy whose clock is cancelled"),
      row<&clock_withdrawn::cause>("cause", "Why"),
  };
  return rows;
}

std::span<const field_row> clock_judged::fields() {
  using self = clock_judged;
  static constexpr field_row rows[] = {
      row<&self::policy>("policy", "Policy"),
      row<&self::start>("start", "Its start condition holds"),
      row<&self::pause>("pause", "Its pause condition holds"),
      row<&self::stop>("stop", "Its stop condition holds"),
      row<&self::cancel>("cancel", "Its cancel condition holds"),
  };
  return rows;
}

std::span<const field_row> sla_threshold_reached::fields() {
  using self = sla_threshold_reached;
  static constexpr field_row rows[] = {
      row<&self::clock>("clock", "Number of the clock on the record"),
      row<&self::policy>("policy", "Policy"),
      row<&self::cycle>("cycle", "Cycle, from 1"),
      row<&self::threshold>("threshold", "Its place in the policy, from 0"),
      row<&self::name>("name", "Name of the threshold"),
      row<&self::reached_at>("reached_at", "When it was reached"),
  };
  return rows;
}

std::span<const field_row> sla_breached::fields() {
  using self = sla_breached;
  static constexpr field_row rows[] = {
      row<&self::clock>("clock", "Number of the clock on the record"),
      row<&self::policy>("policy", "Policy"),
      row<&self::cycle>("cycle", "Cycle, from 1"),
      row<&self::breached_at>("breached_at", "First instant at which more time had elapsed than the target allows"),
  };
  return rows;
}

std::span<const field_row> sla_breach_lifted::fields() {
  using self = sla_breach_lifted;
  static constexpr field_row rows[] = {
      row<&self::clock>("clock", "Number of the clock on the record"),
      row<&self::policy>("policy", "Policy"),
      row<&self::cycle>("cycle", "Cycle, from 1"),
      row<&self::lifted_at>("lifted_at", "When the breach was lifted"),
  };
  return rows;
}

std::span<const field_row> sla_breach_excused::fields() {
  using self = sla_breach_excused;
  static constexpr field_row rows[] = {
      row<&self::policy>("policy", "Policy whose breach is excused"),
      row<&self::reason>("reason", "Why", erasable),
      row<&self::approver>("approver", "Person who approved it"),
  };
  return rows;
}

std::span<const field_row> clock_without_calendar::fields() {
  static constexpr field_row rows[] = {
      row<&clock_without_calendar::policy>("policy", "Policy that covers the record"),
  };
  return rows;
}

std::span<const field_row> sla_notice::fields() {
  using self = sla_notice;
  static constexpr field_row rows[] = {
      row<&self::policy>("policy", "Policy"),
      row<&self::notice>("notice", "What its clock has to say"),
      row<&self::threshold>("threshold", "Name of the threshold"),
      row<&self::reached_at>("reached_at", "When it was reached"),
      row<&self::deadline>("deadline", "Deadline of the clock"),
      row<&self::notify>("notify", "People to notify", max_length(limits::sla_notified_max)),
      row<&self::escalate>("escalate", "Key of the escalation policy to start"),
      row<&self::team>("team", "Team that has the record"),
      row<&self::assignee>("assignee", "Person who has the record"),
      row<&self::task>("task", "Number of the task whose time it is"),
  };
  return rows;
}

std::span<const field_row> maintenance_agreed::fields() {
  using self = maintenance_agreed;
  static constexpr field_row rows[] = {
      row<&self::from>("from", "From when on it replaces what was agreed"),
      row<&self::maintenance>("maintenance", "Spans of time", max_length(limits::maintenance_spans_max)),
  };
  return rows;
}

}  // namespace tocsin::inline v1
