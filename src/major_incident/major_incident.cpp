#include <tocsin/major_incident/major_incident.hpp>

#include <tocsin/model/incident.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};

}  // namespace

std::span<const std::string_view> choices(major_state) {
  static constexpr std::string_view all[] = {"proposed", "accepted", "rejected", "demoted"};
  return all;
}

std::span<const field_row> severity_change::fields() {
  using self = severity_change;
  static constexpr field_row rows[] = {
      row<&self::severity>("severity", "The severity; none: it has none any more"),
      row<&self::since>("since", "Since when"),
      row<&self::by>("by", "Who set it; none: it was that already when it was proposed"),
  };
  return rows;
}

std::span<const field_row> record_major_incident::fields() {
  using self = record_major_incident;
  static constexpr field_row rows[] = {
      row<&self::major_state>("major_state", "Is it a major incident"),
      row<&self::major_since>("major_since", "Since when it is proposed, accepted, rejected or demoted"),
      row<&self::major_by>("major_by", "Who proposed, accepted, rejected or demoted it; none: a rule or escalation"),
      row<&self::major_reason>("major_reason", "Why it was proposed, rejected or demoted", erasable, full_text),
      row<&self::major_rule>("major_rule", "Rule that proposed it; after a rejection, the gravest that held then",
                             one_line, max_length(limits::key_length_max)),
      row<&self::severity_history>("severity_history", "Its severities since it was first proposed",
                                   max_length(limits::severity_changes_max)),
      row<&self::response_roles>("response_roles", "Who held which role, and when",
                                 max_length(limits::role_holdings_max)),
      row<&self::response_decisions>("response_decisions", "What was decided, by number",
                                     max_length(limits::response_decisions_max)),
      row<&self::response_actions>("response_actions", "What was done, by number",
                                   max_length(limits::response_actions_max)),
      row<&self::room_reference>("room_reference", "Situation room: a link, or the name of a place", erasable, one_line,
                                 max_length(limits::text_length_max)),
      row<&self::room_opened_at>("room_opened_at", "When it was opened"),
      row<&self::room_stays>("room_stays", "Who was there, and when", max_length(limits::room_stays_max)),
      row<&self::update_every>("update_every", "How long after one update the next is due"),
      row<&self::last_update_at>("last_update_at", "When the last update was, or since when they are due"),
      row<&self::update_due_at>("update_due_at", "When the next update is due"),
      row<&self::updates_missed>("updates_missed", "How many updates were not there when they were due"),
  };
  return rows;
}

bool is_major(const incident& record) { return is_major(record.part<record_major_incident>()); }

instant end_of_response(const incident& record) {
  if (is_set(record.resolved_at)) return record.resolved_at;
  if (is_set(record.closed_at)) return record.closed_at;
  return is_set(record.cancelled_at) ? record.cancelled_at : never;
}

}  // namespace tocsin::inline v1
