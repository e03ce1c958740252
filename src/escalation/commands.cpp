#include <tocsin/escalation/commands.hpp>
#include <tocsin/model/escalation_record.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr range run_number{1, static_cast<std::int64_t>(limits::record_runs_max)};
constexpr max_length reason_text{1000};
constexpr range effect_ids{1, INT64_MAX};

}  // namespace

std::span<const std::string_view> choices(escalate_kind) {
  static constexpr std::string_view all[] = {"functional", "hierarchical", "next_step"};
  return all;
}

std::span<const field_row> start_escalation::fields() {
  using self = start_escalation;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::policy>("policy", "Policy to run", required),
      row<&self::reason>("reason", "Why", erasable, one_line, reason_text),
  };
  return rows;
}

std::span<const field_row> acknowledge_page::fields() {
  using self = acknowledge_page;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::run>("run", "Run by its number on the incident; none: the only one that is under way", run_number),
      row<&self::step>("step", "Step of the page that is answered"),
      row<&self::version>("version", "Version of the page that is answered"),
  };
  return rows;
}

std::span<const field_row> unacknowledge_page::fields() {
  using self = unacknowledge_page;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::run>("run", "Run by its number on the incident; none: the only one that is under way", run_number),
      row<&self::reason>("reason", "Why", erasable, one_line, reason_text),
  };
  return rows;
}

std::span<const field_row> snooze_escalation::fields() {
  using self = snooze_escalation;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::run>("run", "Run by its number on the incident; none: the only one that is under way", run_number),
      row<&self::until>("until", "When it notifies again", required),
      row<&self::step>("step", "Step of the page that is answered"),
      row<&self::version>("version", "Version of the page that is answered"),
  };
  return rows;
}

std::span<const field_row> escalate::fields() {
  using self = escalate;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::kind>("kind", "To the next support level, to the manager chain, or to the next step at once",
                       required),
      row<&self::reason>("reason", "Why; needed but for next_step", erasable, one_line, reason_text),
      row<&self::run>("run", "Run by its number on the incident; none: the only one that is under way", run_number),
      row<&self::team>("team", "Of functional: team that gets it; none: the one that its team escalates to"),
      row<&self::person>("person", "Of hierarchical: person to whom it is raised; none: the next of the manager chain"),
      row<&self::step>("step", "Step of the page that is answered"),
      row<&self::version>("version", "Version of the page that is answered"),
  };
  return rows;
}

std::span<const field_row> hand_over::fields() {
  using self = hand_over;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::team>("team", "Team that gets it"),
      row<&self::assignee>("assignee", "Person who gets it"),
      row<&self::reason>("reason", "Why", erasable, one_line, reason_text),
  };
  return rows;
}

std::span<const field_row> report_delivery::fields() {
  using self = report_delivery;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::run>("run", "Run of the page; none: the only one that is under way", run_number),
      row<&self::version>("version", "Version of the page", required),
      row<&self::person>("person", "Person it was meant for", required),
      row<&self::method>("method", "Key of the contact method", one_line),
      row<&self::outcome>("outcome", "Outcome", required),
      row<&self::detail>("detail", "More about it", one_line, reason_text, personal),
  };
  return rows;
}

std::span<const field_row> acknowledge_bundle::fields() {
  using self = acknowledge_bundle;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident that sent the bundle, by number or id", required),
      row<&self::bundle>("bundle", "Id of the effect", required, effect_ids),
  };
  return rows;
}

}  // namespace tocsin::inline v1
