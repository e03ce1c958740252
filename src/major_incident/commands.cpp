#include <tocsin/major_incident/commands.hpp>

#include <tocsin/major_incident/response_roles.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};
constexpr max_length short_text{1000};
constexpr max_length key_length{limits::key_length_max};

// The record that the command is about.
template <class T>
constexpr field_row incident_row = row<&T::incident>("incident", "Incident by number or id", required);
template <class T>
constexpr field_row role_row = row<&T::role>("role", "The role", required, one_line, key_length);
template <class T>
constexpr field_row reports_to_row =
    row<&T::reports_to>("reports_to", "Role that it reports to; none: as the policy has it", one_line, key_length);

}  // namespace

std::span<const field_row> propose_major::fields() {
  using self = propose_major;
  static constexpr field_row rows[] = {
      incident_row<self>,
      row<&self::reason>("reason", "Why it may be a major incident", erasable, required, short_text),
  };
  return rows;
}

std::span<const field_row> role_appointment::fields() {
  using self = role_appointment;
  static constexpr field_row rows[] = {
      role_row<self>,
      row<&self::person>("person", "Who gets it"),
      row<&self::team>("team", "Or whoever is on call by the schedule of this team"),
      row<&self::schedule>("schedule", "Or whoever is on call there"),
      row<&self::service_owner>("service_owner", "Or whoever owns the incident's service"),
      reports_to_row<self>,
  };
  return rows;
}

std::span<const field_row> accept_major::fields() {
  using self = accept_major;
  static constexpr field_row rows[] = {
      incident_row<self>,
      row<&self::severity>("severity", "Severity from now on; none: as it is"),
      row<&self::roles>("roles", "Who gets which role, beside those that the policy gives",
                        max_length(limits::role_appointments_max)),
  };
  return rows;
}

std::span<const field_row> reject_major::fields() {
  using self = reject_major;
  static constexpr field_row rows[] = {
      incident_row<self>,
      row<&self::reason>("reason", "Why it is no major incident", erasable, required, short_text),
  };
  return rows;
}

std::span<const field_row> demote_major::fields() {
  using self = demote_major;
  static constexpr field_row rows[] = {
      incident_row<self>,
      row<&self::reason>("reason", "Why it is a major incident no more", erasable, required, short_text),
  };
  return rows;
}

std::span<const field_row> assume_role::fields() {
  using self = assume_role;
  static constexpr field_row rows[] = {incident_row<self>, role_row<self>, reports_to_row<self>};
  return rows;
}

std::span<const field_row> assign_role::fields() {
  using self = assign_role;
  static constexpr field_row rows[] = {
      incident_row<self>,
      role_row<self>,
      row<&self::person>("person", "Who gets it"),
      row<&self::team>("team", "Or whoever is on call by the schedule of this team"),
      row<&self::schedule>("schedule", "Or whoever is on call there"),
      row<&self::service_owner>("service_owner", "Or whoever owns the incident's service"),
      reports_to_row<self>,
  };
  return rows;
}

std::span<const field_row> relinquish_role::fields() {
  using self = relinquish_role;
  static constexpr field_row rows[] = {
      incident_row<self>,
      role_row<self>,
      row<&self::person>("person", "Who gives it up; none: the actor"),
  };
  return rows;
}

std::span<const field_row> transfer_command::fields() {
  using self = transfer_command;
  static constexpr field_row rows[] = {
      incident_row<self>,
      row<&self::to>("to", "Who commands from now on", required),
      row<&self::note>("note", "What the new commander has to know", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> log_decision::fields() {
  using self = log_decision;
  static constexpr field_row rows[] = {
      incident_row<self>,
      row<&self::text>("text", "What was decided", erasable, required, full_text),
      row<&self::options>("options", "What could have been decided", erasable,
                          max_length(limits::decision_options_max)),
      row<&self::chosen>("chosen", "The option that was taken", erasable),
      row<&self::reason>("reason", "Why", erasable, full_text),
      row<&self::data_seen>("data_seen", "What was known then", erasable, full_text),
      row<&self::decider>("decider", "Who decided; none: the actor"),
  };
  return rows;
}

std::span<const field_row> log_action::fields() {
  using self = log_action;
  static constexpr field_row rows[] = {
      incident_row<self>,
      row<&self::kind>("kind", "Was it technical, or did it coordinate others", required),
      row<&self::text>("text", "What was done", erasable, required, full_text),
      row<&self::by>("by", "Who did it; none: the actor"),
      row<&self::began_at>("began_at", "When it began; none: its time is not measured"),
      row<&self::ended_at>("ended_at", "When it ended; none: now, if began_at is given"),
  };
  return rows;
}

std::span<const field_row> open_situation_room::fields() {
  using self = open_situation_room;
  static constexpr field_row rows[] = {
      incident_row<self>,
      row<&self::reference>("reference", "A link, or the name of a place", erasable, required, one_line, short_text),
  };
  return rows;
}

std::span<const field_row> join_room::fields() {
  using self = join_room;
  static constexpr field_row rows[] = {incident_row<self>, row<&self::person>("person", "Who comes; none: the actor")};
  return rows;
}

std::span<const field_row> leave_room::fields() {
  using self = leave_room;
  static constexpr field_row rows[] = {incident_row<self>, row<&self::person>("person", "Who goes; none: the actor")};
  return rows;
}

}  // namespace tocsin::inline v1
