// How commands about reviews are decided.
#pragma once

#include <tocsin/review/commands.hpp>
#include <tocsin/review/events.hpp>
#include <tocsin/review/review.hpp>

#include <tocsin/desk/deciding.hpp>

namespace tocsin::inline v1 {

struct compiled_review_policy;

void decide(const request_review& c, deciding& d);
void decide(const write_section& c, deciding& d);
void decide(const approve_review& c, deciding& d);
void decide(const return_review& c, deciding& d);
void decide(const add_action_item& c, deciding& d);
void decide(const complete_action_item& c, deciding& d);
void decide(const verify_action_item& c, deciding& d);
void decide(const drop_action_item& c, deciding& d);

// As somebody might give them about the record now, for `allowed_actions`.
void plausible_request(const incident& record, plausible_commands& to);
void plausible_section(const incident& record, plausible_commands& to);
void plausible_review_approval(const incident& record, plausible_commands& to);
void plausible_review_return(const incident& record, plausible_commands& to);
void plausible_item(const incident& record, plausible_commands& to);
void plausible_completion(const incident& record, plausible_commands& to);
void plausible_verification(const incident& record, plausible_commands& to);
void plausible_dropping(const incident& record, plausible_commands& to);

// The record, which must be a review that is neither closed nor skipped.
const incident& review_of(deciding& d, record_ref ref, std::string_view what);

// The policy that incidents go by; null: there is none, or it is retired.
const compiled_review_policy* review_policy_of(const desk_state& state);

// Whom a review is given to.
struct review_owner {
  person_ref person;
  team_ref team;
};

// Logs a review of the incident, and gives it to its owner; what it demands of its sections comes from the policy.
void open_review(deciding& d, const incident& reviewed, const review_owner& owner, review_opened opened);

}  // namespace tocsin::inline v1
