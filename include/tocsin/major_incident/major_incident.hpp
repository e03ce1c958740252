// A major incident: one that needs a response of its own, with people in roles who report to one commander. Major is a
// side-state, apart from the incident's own (M1).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/major_incident/response_log.hpp>
#include <tocsin/major_incident/response_roles.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/model/record_parts.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

struct incident;

namespace limits {
inline constexpr std::size_t severity_changes_max = 200;  // that are kept of one incident: the first ones
}  // namespace limits

enum class major_state : std::uint8_t { unset, proposed, accepted, rejected, demoted };
std::span<const std::string_view> choices(major_state);

// The severity that it had from then on.
struct severity_change {
  tocsin::severity severity = severity::unset;
  instant since = no_instant;
  person_ref by;  // none: it was that already when it was proposed

  static std::span<const field_row> fields();
};

struct record_major_incident {
  static constexpr std::uint8_t part_number = 14;
  static const part_type descriptor;

  tocsin::major_state major_state = major_state::unset;
  instant major_since = no_instant;  // since when it is that
  person_ref major_by;               // who made it that; none: a rule, or an escalation
  std::string major_reason;          // of the proposal, the rejection or the demotion, whichever came last
  std::string major_rule;            // that proposed it; after a rejection or demotion: the gravest that held then
  std::vector<severity_change> severity_history;
  std::vector<role_holding> response_roles;           // in the order in which they were taken
  std::vector<response_decision> response_decisions;  // by number
  std::vector<response_action> response_actions;      // by number
  std::string room_reference;                         // where those who respond meet
  instant room_opened_at = no_instant;
  std::vector<room_stay> room_stays;
  // When those outside are told next (M2)
  duration update_every;
  instant last_update_at = no_instant;  // or since when updates are due
  instant update_due_at = no_instant;
  std::uint32_t updates_missed = 0;

  static std::span<const field_row> fields();
};

inline bool is_major(const record_major_incident* part) { return part && part->major_state == major_state::accepted; }
bool is_major(const incident& record);

// From when on nothing of the response can go on: it was resolved, closed, or cancelled; `never` where it goes on.
instant end_of_response(const incident& record);

}  // namespace tocsin::inline v1
