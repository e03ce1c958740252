#include <tocsin/major_incident/events.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};
constexpr max_length short_text{1000};
constexpr max_length key_length{limits::key_length_max};

template <class T>
constexpr field_row role_row = row<&T::role>("role", "The role", one_line, key_length);
template <class T>
constexpr field_row gravest_row =
    row<&T::rule>("rule", "The gravest rule that held; only a graver one proposes it again", one_line, key_length);

}  // namespace

std::span<const field_row> major_incident_proposed::fields() {
  using self = major_incident_proposed;
  static constexpr field_row rows[] = {
      row<&self::reason>("reason", "Why it may be a major incident", erasable, short_text),
      row<&self::rule>("rule", "Rule that proposes it; none: the actor or an escalation does", one_line, key_length),
      row<&self::policy_version>("policy_version", "Version of the policy that has the rule"),
      row<&self::inputs>("inputs", "What the rule's condition saw", personal),
      row<&self::run>("run", "Escalation that proposes it, by its number on the record"),
  };
  return rows;
}

std::span<const field_row> major_incident_accepted::fields() { return {}; }

std::span<const field_row> major_incident_rejected::fields() {
  static constexpr field_row rows[] = {
      row<&major_incident_rejected::reason>("reason", "Why it is no major incident", erasable, short_text),
      gravest_row<major_incident_rejected>,
  };
  return rows;
}

std::span<const field_row> major_incident_demoted::fields() {
  static constexpr field_row rows[] = {
      row<&major_incident_demoted::reason>("reason", "Why it is a major incident no more", erasable, short_text),
      gravest_row<major_incident_demoted>,
  };
  return rows;
}

std::span<const field_row> major_severity_noted::fields() {
  static constexpr field_row rows[] = {
      row<&major_severity_noted::severity>("severity", "Severity from now on; none: it has none any more"),
  };
  return rows;
}

std::span<const std::string_view> choices(role_source) {
  static constexpr std::string_view all[] = {"assumed", "person", "team", "schedule", "service_owner"};
  return all;
}

std::span<const field_row> role_assumed::fields() {
  using self = role_assumed;
  static constexpr field_row rows[] = {
      role_row<self>,
      row<&self::person>("person", "Who has it from now on"),
      row<&self::reports_to>("reports_to", "Role that it reports to", one_line, key_length),
      row<&self::source>("source", "How it was found who gets it"),
  };
  return rows;
}

std::span<const field_row> role_relinquished::fields() {
  using self = role_relinquished;
  static constexpr field_row rows[] = {role_row<self>, row<&self::person>("person", "Who had it until now")};
  return rows;
}

std::span<const field_row> command_transferred::fields() {
  using self = command_transferred;
  static constexpr field_row rows[] = {
      row<&self::from>("from", "Who commanded until now"),
      row<&self::to>("to", "Who commands from now on"),
      row<&self::note>("note", "What the new commander has to know", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> span_of_control_exceeded::fields() {
  using self = span_of_control_exceeded;
  static constexpr field_row rows[] = {
      role_row<self>,
      row<&self::reports>("reports", "How many people report to it"),
      row<&self::most>("most", "How many one can lead"),
  };
  return rows;
}

std::span<const field_row> decision_logged::fields() {
  using self = decision_logged;
  static constexpr field_row rows[] = {
      row<&self::decision>("decision", "Number of the decision"),
      row<&self::text>("text", "What was decided", erasable, full_text),
      row<&self::options>("options", "What could have been decided", erasable,
                          max_length(limits::decision_options_max)),
      row<&self::chosen>("chosen", "The option that was taken", erasable),
      row<&self::reason>("reason", "Why", erasable, full_text),
      row<&self::data_seen>("data_seen", "What was known then", erasable, full_text),
      row<&self::decider>("decider", "Who decided"),
  };
  return rows;
}

std::span<const field_row> action_logged::fields() {
  using self = action_logged;
  static constexpr field_row rows[] = {
      row<&self::action>("action", "Number of the action"),
      row<&self::kind>("kind", "Was it technical, or did it coordinate others"),
      row<&self::text>("text", "What was done", erasable, full_text),
      row<&self::by>("by", "Who did it"),
      row<&self::began_at>("began_at", "When it began; none: its time is not measured"),
      row<&self::ended_at>("ended_at", "When it ended"),
  };
  return rows;
}

std::span<const field_row> situation_room_opened::fields() {
  static constexpr field_row rows[] = {
      row<&situation_room_opened::reference>("reference", "A link, or the name of a place", erasable, one_line,
                                             short_text),
  };
  return rows;
}

std::span<const field_row> room_joined::fields() {
  static constexpr field_row rows[] = {row<&room_joined::person>("person", "Who came")};
  return rows;
}

std::span<const field_row> room_left::fields() {
  static constexpr field_row rows[] = {row<&room_left::person>("person", "Who went")};
  return rows;
}

std::span<const field_row> update_scheduled::fields() {
  using self = update_scheduled;
  static constexpr field_row rows[] = {
      row<&self::every>("every", "How long after one update the next is due; none: no more are"),
      row<&self::since>("since", "When the last update was, or since when they are due"),
      row<&self::due_at>("due_at", "When the next update is due; none: no more are"),
  };
  return rows;
}

std::span<const field_row> update_overdue::fields() {
  using self = update_overdue;
  static constexpr field_row rows[] = {
      row<&self::due_at>("due_at", "When it was due"),
      row<&self::next_due_at>("next_due_at", "When the next is due"),
      row<&self::missed>("missed", "How many were missed since it was accepted"),
      row<&self::role>("role", "Role of the person who is told", one_line, key_length),
      row<&self::person>("person", "Person who is told"),
      row<&self::team>("team", "Team of the incident"),
  };
  return rows;
}

std::span<const std::string_view> choices(major_notice_cause) {
  static constexpr std::string_view all[] = {"proposed", "accepted", "rejected", "demoted", "role_given"};
  return all;
}

std::span<const field_row> major_incident_notice::fields() {
  using self = major_incident_notice;
  static constexpr field_row rows[] = {
      row<&self::cause>("cause", "What happened"),
      row<&self::team>("team", "Team that is told"),
      row<&self::person>("person", "Person who is told"),
      row<&self::role>("role", "Role that the person got", one_line, key_length),
  };
  return rows;
}

}  // namespace tocsin::inline v1
