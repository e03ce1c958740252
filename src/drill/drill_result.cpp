#include <tocsin/drill/drill_result.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length key{limits::key_length_max};
constexpr max_length full_text{limits::text_length_max};
constexpr range count{0, 1'000'000'000'000};  // a last result comes from outside, and is subtracted

}  // namespace

std::span<const std::string_view> choices(drill_gap_kind) {
  static constexpr std::string_view all[] = {
      "nobody_on_call",    "never_paged",   "only_unreachable", "exhausted",      "not_acknowledged",
      "answered_too_late", "role_unfilled", "update_overdue",   "too_many_pages", "step_refused"};
  return all;
}

std::span<const field_row> drill_time::fields() {
  using self = drill_time;
  static constexpr field_row rows[] = {
      row<&self::milestone>("milestone", "What it reached: first_page, acknowledged, resolved, role:<role>"),
      row<&self::at>("at", "When"),
      row<&self::took>("took", "How long after the incident came up", always, range{0, limits::drill_lasts_max.us}),
  };
  return rows;
}

std::span<const field_row> drill_incident::fields() {
  using self = drill_incident;
  static constexpr field_row rows[] = {
      row<&self::label>("label", "Label of its step, or \"#2\" for the second that none labels", key),
      row<&self::number>("number", "Number that it had on the fork", key),
      row<&self::since>("since", "When it came up"),
      row<&self::times>("times", "What it reached when", max_length(limits::drill_times_max)),
      row<&self::steps_reached>("steps_reached", "Highest step of its escalations that notified somebody", always),
      row<&self::pages>("pages", "Pages about it", always),
      row<&self::updates_missed>("updates_missed", "How often an update was due and was not there", always),
      row<&self::major>("major", "It was accepted as a major incident"),
      row<&self::open_roles>("open_roles", "Roles that nobody had in the end", max_length(limits::drill_times_max)),
  };
  return rows;
}

std::span<const field_row> drill_person::fields() {
  using self = drill_person;
  static constexpr field_row rows[] = {
      row<&self::person>("person", "Key of the person", key),
      row<&self::pages>("pages", "Pages that they got", always),
      row<&self::acknowledged>("acknowledged", "Pages that they acknowledged", always),
      row<&self::declined>("declined", "Pages that they declined", always),
  };
  return rows;
}

std::span<const field_row> drill_gap::fields() {
  using self = drill_gap;
  static constexpr field_row rows[] = {
      row<&self::kind>("kind", "What was lacking"),
      row<&self::incident>("incident", "Label of the incident", key),
      row<&self::subject>("subject", "Node, person, role, audience or command that it is about", full_text),
      row<&self::at>("at", "When first"),
      row<&self::count>("count", "How often", always),
      row<&self::detail>("detail", "More about it", full_text),
  };
  return rows;
}

std::span<const field_row> drill_goal_result::fields() {
  using self = drill_goal_result;
  static constexpr field_row rows[] = {
      row<&self::measure>("measure", "What was measured"),
      row<&self::role>("role", "Role", key),
      row<&self::incident>("incident", "Label of the incident that was meant", key),
      row<&self::within>("within", "How long it should have taken at most"),
      row<&self::met>("met", "It was met", always),
      row<&self::points>("points", "How far it was met, 0 to 100", always),
      row<&self::missed>("missed", "Labels of the incidents that missed it", max_length(limits::drill_incidents_max)),
  };
  return rows;
}

std::span<const field_row> drill_moment::fields() {
  using self = drill_moment;
  static constexpr field_row rows[] = {
      row<&self::at>("at", "When"),
      row<&self::what>("what", "Name of the event, or of the command of a step or an answer", key),
      row<&self::incident>("incident", "Label of the incident", key),
      row<&self::person>("person", "Who was meant, or who did it", key),
      row<&self::effect>("effect", "It would have been sent"),
      row<&self::refused>("refused", "Reason for which the desk refused it", key),
  };
  return rows;
}

std::span<const field_row> drill_result::fields() {
  using self = drill_result;
  static constexpr field_row rows[] = {
      row<&self::scenario>("scenario", "Name of the scenario"),
      row<&self::seed>("seed", "Seed", always),
      row<&self::starts_at>("starts_at", "When the drill began"),
      row<&self::ends_at>("ends_at", "When it ended"),
      row<&self::score>("score", "0 to 100", always, range{0, 100}),
      row<&self::pages>("pages", "Pages about its incidents", always, count),
      row<&self::effects>("effects", "Effects of its incidents that were captured", always),
      row<&self::incidents>("incidents", "Its incidents", max_length(limits::drill_incidents_max)),
      row<&self::people>("people", "Who was paged, the most pages first", max_length(limits::drill_people_max)),
      row<&self::goals>("goals", "Goals", max_length(limits::drill_goals_max)),
      row<&self::gaps>("gaps", "What was lacking", max_length(limits::drill_gaps_max)),
      row<&self::gaps_not_listed>("gaps_not_listed", "Gaps that are not listed", count),
      row<&self::timeline>("timeline", "What happened, captured effects among it",
                           max_length(limits::drill_timeline_max)),
      row<&self::timeline_not_listed>("timeline_not_listed", "What is not listed of it"),
      row<&self::compared>("compared", "How it differs from the last result"),
  };
  return rows;
}

const drill_time* find_time(const drill_incident& incident, std::string_view milestone) {
  for (const drill_time& t : incident.times) {
    if (t.milestone == milestone) return &t;
  }
  return nullptr;
}

}  // namespace tocsin::inline v1
