#include <tocsin/base/error.hpp>
#include <tocsin/model/clock_record.hpp>

#include <algorithm>
#include <string>

namespace tocsin::inline v1 {
namespace {

constexpr std::uint8_t start_bit = 1;
constexpr std::uint8_t pause_bit = 2;
constexpr std::uint8_t stop_bit = 4;
constexpr std::uint8_t cancel_bit = 8;

clock_fact of_kind(instant at, clock_fact_kind kind) { return {.at = at, .kind = kind}; }

}  // namespace

std::span<const std::string_view> choices(clock_fact_kind) {
  static constexpr std::string_view all[] = {"responded",      "work_begun",  "acknowledged", "updated",  "held",
                                             "resumed",        "resolved",    "closed",       "reopened", "cancelled",
                                             "assigned",       "conditions",  "withdrawn",    "excused",  "task_added",
                                             "task_completed", "task_dropped"};
  return all;
}

std::span<const std::string_view> choices(clock_end) {
  static constexpr std::string_view all[] = {"record_cancelled",   "duplicate", "withdrawn",
                                             "no_longer_matching", "replaced",  "task_dropped"};
  return all;
}

std::span<const std::string_view> choices(target_kind) {
  static constexpr std::string_view all[] = {"duration", "date", "business_days"};
  return all;
}

std::span<const std::string_view> choices(change_treatment) {
  static constexpr std::string_view all[] = {"recompute", "restart", "pin", "cancel_and_new", "recount"};
  return all;
}

std::span<const std::string_view> choices(clock_state_kind) {
  static constexpr std::string_view all[] = {"running", "paused", "met", "stopped", "cancelled"};
  return all;
}

clock_fact clock_fact::responded(instant at) { return of_kind(at, clock_fact_kind::responded); }
clock_fact clock_fact::work_begun(instant at) { return of_kind(at, clock_fact_kind::work_begun); }
clock_fact clock_fact::acknowledged(instant at) { return of_kind(at, clock_fact_kind::acknowledged); }
clock_fact clock_fact::resumed(instant at) { return of_kind(at, clock_fact_kind::resumed); }
clock_fact clock_fact::resolved(instant at) { return of_kind(at, clock_fact_kind::resolved); }
clock_fact clock_fact::closed(instant at) { return of_kind(at, clock_fact_kind::closed); }
clock_fact clock_fact::reopened(instant at) { return of_kind(at, clock_fact_kind::reopened); }

clock_fact clock_fact::updated(instant at, visibility audience) {
  return {.at = at, .kind = clock_fact_kind::updated, .audience = audience};
}

clock_fact clock_fact::held(instant at, hold_reason_ref reason) {
  return {.at = at, .reason = reason, .kind = clock_fact_kind::held};
}

clock_fact clock_fact::cancelled(instant at, clock_end cause) {
  return {.at = at, .kind = clock_fact_kind::cancelled, .cause = cause};
}

clock_fact clock_fact::assigned(instant at, team_ref team, person_ref assignee) {
  return {.at = at, .team = team, .person = assignee, .kind = clock_fact_kind::assigned};
}

clock_fact clock_fact::conditions(instant at, sla_policy_ref policy, condition_truths truths) {
  return {.at = at, .policy = policy, .kind = clock_fact_kind::conditions, .truths = bits_of(truths)};
}

clock_fact clock_fact::withdrawn(instant at, sla_policy_ref policy, clock_end cause) {
  return {.at = at, .policy = policy, .kind = clock_fact_kind::withdrawn, .cause = cause};
}

clock_fact clock_fact::excused(instant at, sla_policy_ref policy, person_ref approver) {
  return {.at = at, .person = approver, .policy = policy, .kind = clock_fact_kind::excused};
}

clock_fact clock_fact::task_added(instant at, std::uint32_t task) {
  return {.at = at, .kind = clock_fact_kind::task_added, .task = task};
}

clock_fact clock_fact::task_completed(instant at, std::uint32_t task) {
  return {.at = at, .kind = clock_fact_kind::task_completed, .task = task};
}

clock_fact clock_fact::task_dropped(instant at, std::uint32_t task) {
  return {.at = at, .kind = clock_fact_kind::task_dropped, .task = task};
}

std::uint8_t bits_of(condition_truths truths) {
  const int bits = (truths.start ? start_bit : 0) | (truths.pause ? pause_bit : 0) | (truths.stop ? stop_bit : 0) |
                   (truths.cancel ? cancel_bit : 0);
  return static_cast<std::uint8_t>(bits);
}

condition_truths truths_of(std::uint8_t bits) {
  return {.start = (bits & start_bit) != 0,
          .pause = (bits & pause_bit) != 0,
          .stop = (bits & stop_bit) != 0,
          .cancel = (bits & cancel_bit) != 0};
}

void clock_history::add(clock_fact fact) {
  if (facts.size() == limits::clock_facts_max) {
    throw error(status::resource_exhausted, "history.too_long",
                "a record has at most " + std::to_string(limits::clock_facts_max) + " facts that clocks read");
  }
  fact.at = std::max(fact.at, facts.empty() ? opened : facts.back().at);
  facts.push_back(fact);
}

void clock_history::agree_maintenance(instant from, std::span<const time_span> spans) {
  std::erase_if(maintenance, [&](const time_span& span) { return span.from >= from; });
  if (!maintenance.empty()) maintenance.back().until = std::min(maintenance.back().until, from);
  for (const time_span& span : spans) {
    if (!maintenance.empty() && maintenance.back().until >= span.from) {
      maintenance.back().until = std::max(maintenance.back().until, span.until);
      continue;
    }
    if (maintenance.size() == limits::maintenance_spans_max) {
      throw error(
          status::resource_exhausted, "history.too_long",
          "a record has at most " + std::to_string(limits::maintenance_spans_max) + " spans of agreed maintenance");
    }
    maintenance.push_back(span);
  }
}

// ---- as they are stored

std::span<const field_row> clock_fact::fields() {
  using self = clock_fact;
  static constexpr field_row rows[] = {
      row<&self::at>("at", "When"),
      row<&self::kind>("kind", "What happened"),
      row<&self::reason>("reason", "Why it was held"),
      row<&self::team>("team", "Team that it was given to"),
      row<&self::person>("person", "Person that it was given to, or who approved"),
      row<&self::policy>("policy", "Policy that it concerns alone"),
      row<&self::audience>("audience", "Who was told"),
      row<&self::cause>("cause", "Why the clock was cancelled"),
      row<&self::truths>("truths", "What the policy's conditions said, as bits"),
      row<&self::task>("task", "Number of the task"),
  };
  return rows;
}

std::span<const field_row> time_span::fields() {
  static constexpr field_row rows[] = {
      row<&time_span::from>("from", "Beginning"),
      row<&time_span::until>("until", "End, not included"),
  };
  return rows;
}

std::span<const field_row> clock_history::fields() {
  using self = clock_history;
  static constexpr field_row rows[] = {
      row<&self::opened>("opened", "When the record was reported, or recorded"),
      row<&self::facts>("facts", "What happened", max_length(limits::clock_facts_max)),
      row<&self::maintenance>("maintenance", "Agreed maintenance", max_length(limits::maintenance_spans_max)),
  };
  return rows;
}

std::span<const field_row> kept_terms::fields() {
  using self = kept_terms;
  static constexpr field_row rows[] = {
      row<&self::from>("from", "When they were taken up"),
      row<&self::after>("after", "Facts recorded before them"),
      row<&self::treatment>("treatment", "What they did to the time counted"),
      row<&self::target_kind>("target_kind", "Kind of target"),
      row<&self::target>("target", "Target, by its kind"),
      row<&self::policy_version>("policy_version", "Version of the policy"),
      row<&self::calendar>("calendar", "Calendar; none: 24x7"),
      row<&self::calendar_version>("calendar_version", "Version of the calendar"),
      row<&self::contract>("contract", "Contract that brings the policy"),
  };
  return rows;
}

std::span<const field_row> clock_state::fields() {
  using self = clock_state;
  static constexpr field_row rows[] = {
      row<&self::started>("started", "When the cycle began"),
      row<&self::since>("since", "The last change, or the end"),
      row<&self::counted>("counted", "Time counted up to then"),
      row<&self::target>("target", "Target, by its kind"),
      row<&self::reached_at>("reached_at", "When the target is reached, or was"),
      row<&self::next_due>("next_due", "When it has something to say"),
      row<&self::breached_at>("breached_at", "Since when the breach stands"),
      row<&self::policy>("policy", "Policy"),
      row<&self::policy_version>("policy_version", "Version of the policy"),
      row<&self::calendar>("calendar", "Calendar; none: 24x7"),
      row<&self::calendar_version>("calendar_version", "Version of the calendar"),
      row<&self::holder>("holder", "Team or person whose time it measures, or number of the task"),
      row<&self::hold>("hold", "Why the record waits"),
      row<&self::said>("said", "Thresholds that were said, as bits"),
      row<&self::cycle>("cycle", "Cycle, from 1"),
      row<&self::kind>("kind", "Kind of target"),
      row<&self::state>("state", "State"),
      row<&self::cause>("cause", "Why it was cancelled"),
      row<&self::resolved>("resolved", "The record is resolved"),
      row<&self::over>("over", "The record is closed or cancelled"),
      row<&self::answered>("answered", "A response was given"),
      row<&self::own_stop>("own_stop", "Its own stop came"),
      row<&self::mine>("mine", "The holder has the record"),
      row<&self::condition>("condition", "The policy's own condition pauses it"),
      row<&self::withdrawn>("withdrawn", "It is ended for good"),
      row<&self::excused>("excused", "Its breach is excused"),
  };
  return rows;
}

std::span<const field_row> incident_clock::fields() {
  using self = incident_clock;
  static constexpr field_row rows[] = {
      row<&self::state>("state", "State of the clock"),
      row<&self::terms>("terms", "Terms of the clock", max_length(limits::clock_terms_max)),
      row<&self::told>("told", "The state that an event has told"),
      row<&self::told_cycle>("told_cycle", "The cycle that an event has told"),
      row<&self::truths>("truths", "What the policy's conditions said last, as bits"),
      row<&self::service>("service", "Service of the record when it was given its terms"),
      row<&self::priority>("priority", "Priority of the record when it was given its terms"),
  };
  return rows;
}

std::span<const field_row> incident_clocks::fields() {
  using self = incident_clocks;
  static constexpr field_row rows[] = {
      row<&self::clock_history>("clock_history", "What its clocks read of its history", unshown),
      row<&self::clocks>("clocks", "Its clocks", max_length(limits::record_clocks_max), unshown),
      row<&self::without_calendar>("without_calendar", "Policies that have no calendar for it",
                                   max_length(limits::record_clocks_max)),
  };
  return rows;
}

}  // namespace tocsin::inline v1
