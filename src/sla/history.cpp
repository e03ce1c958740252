#include <tocsin/base/error.hpp>
#include <tocsin/sla/history.hpp>

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
  static constexpr std::string_view all[] = {"responded", "work_begun", "acknowledged", "updated",  "held",
                                             "resumed",   "resolved",   "closed",       "reopened", "cancelled",
                                             "assigned",  "conditions", "withdrawn",    "excused"};
  return all;
}

std::span<const std::string_view> choices(clock_end) {
  static constexpr std::string_view all[] = {"record_cancelled", "duplicate", "withdrawn", "no_longer_matching",
                                             "replaced"};
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
  return {.at = at, .kind = clock_fact_kind::updated, .detail = static_cast<std::uint8_t>(audience)};
}

clock_fact clock_fact::held(instant at, hold_reason_ref reason) {
  return {.at = at, .subject = reason.index, .kind = clock_fact_kind::held};
}

clock_fact clock_fact::cancelled(instant at, clock_end cause) {
  return {.at = at, .kind = clock_fact_kind::cancelled, .detail = static_cast<std::uint8_t>(cause)};
}

clock_fact clock_fact::assigned(instant at, team_ref team, person_ref assignee) {
  return {.at = at, .subject = team.index, .person = assignee.index, .kind = clock_fact_kind::assigned};
}

clock_fact clock_fact::conditions(instant at, sla_policy_ref policy, condition_truths truths) {
  const int bits = (truths.start ? start_bit : 0) | (truths.pause ? pause_bit : 0) | (truths.stop ? stop_bit : 0) |
                   (truths.cancel ? cancel_bit : 0);
  return {.at = at,
          .subject = policy.index,
          .kind = clock_fact_kind::conditions,
          .detail = static_cast<std::uint8_t>(bits)};
}

clock_fact clock_fact::withdrawn(instant at, sla_policy_ref policy, clock_end cause) {
  return {.at = at,
          .subject = policy.index,
          .kind = clock_fact_kind::withdrawn,
          .detail = static_cast<std::uint8_t>(cause)};
}

clock_fact clock_fact::excused(instant at, sla_policy_ref policy, person_ref approver) {
  return {.at = at, .subject = policy.index, .person = approver.index, .kind = clock_fact_kind::excused};
}

condition_truths clock_fact::truths() const {
  return {.start = (detail & start_bit) != 0,
          .pause = (detail & pause_bit) != 0,
          .stop = (detail & stop_bit) != 0,
          .cancel = (detail & cancel_bit) != 0};
}

void clock_history::add(clock_fact fact) {
  if (facts.size() == limits::clock_facts_max) {
    throw error(status::resource_exhausted, "history.too_long",
                "a record has at most " + std::to_string(limits::clock_facts_max) + " facts that clocks read");
  }
  fact.at = std::max(fact.at, facts.empty() ? opened : facts.back().at);
  facts.push_back(fact);
}

}  // namespace tocsin::inline v1
