// How commands about major incidents are decided.
#pragma once

#include <tocsin/major_incident/commands.hpp>
#include <tocsin/major_incident/events.hpp>
#include <tocsin/major_incident/major_incident.hpp>

#include <tocsin/desk/deciding.hpp>

namespace tocsin::inline v1 {

struct compiled_major_policy;
struct major_role;

void decide(const propose_major& c, deciding& d);
void decide(const accept_major& c, deciding& d);
void decide(const reject_major& c, deciding& d);
void decide(const demote_major& c, deciding& d);
void decide(const assume_role& c, deciding& d);
void decide(const assign_role& c, deciding& d);
void decide(const relinquish_role& c, deciding& d);
void decide(const transfer_command& c, deciding& d);
void decide(const log_decision& c, deciding& d);
void decide(const log_action& c, deciding& d);
void decide(const open_situation_room& c, deciding& d);
void decide(const join_room& c, deciding& d);
void decide(const leave_room& c, deciding& d);

// Commands as somebody might give them about the record now, for `allowed_actions`.
void plausible_proposal(const incident& record, plausible_commands& to);
void plausible_acceptance(const incident& record, plausible_commands& to);
void plausible_rejection(const incident& record, plausible_commands& to);
void plausible_demotion(const incident& record, plausible_commands& to);
void plausible_role(const incident& record, plausible_commands& to);
void plausible_relinquishing(const incident& record, plausible_commands& to);
void plausible_transfer(const incident& record, plausible_commands& to);
void plausible_decision(const incident& record, plausible_commands& to);
void plausible_action(const incident& record, plausible_commands& to);
void plausible_room(const incident& record, plausible_commands& to);
void plausible_joining(const incident& record, plausible_commands& to);
void plausible_leaving(const incident& record, plausible_commands& to);

// The record, which must be a major incident that has not ended.
const incident& major_of(deciding& d, record_ref ref, std::string_view what);

// The policy that incidents go by; null: there is none, or it is retired.
const compiled_major_policy* major_policy_of(const desk_state& state);

// The roles that the record has by that policy, as its rows hold for it.
std::vector<const major_role*> roles_by_policy(const desk_state& state, const incident& record, person_ref actor,
                                               instant now);

// The gravest of the rules that hold for the record as it is, and of the one that proposed it; empty: there is none.
std::string gravest_rule(const decision& given, const incident& record);

// Whoever the policy says, of a proposal; those who have the incident, too, of a decision.
void tell_of_major(deciding& d, const incident& r, major_notice_cause cause);

// Gives the roles of an acceptance: those that the command names, then those that the policy gives beside them. `accepted`
// is the record as it will be then.
void give_roles(deciding& d, const incident& accepted, const std::vector<role_appointment>& asked);

}  // namespace tocsin::inline v1
