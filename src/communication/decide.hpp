// How commands of communication are decided.
#pragma once

#include <tocsin/communication/commands.hpp>
#include <tocsin/communication/communication_policy.hpp>

#include <tocsin/desk/deciding.hpp>

#include <vector>

namespace tocsin::inline v1 {

void decide(const draft_update& c, deciding& d);
void decide(const approve_update& c, deciding& d);
void decide(const withdraw_update& c, deciding& d);
void decide(const publish_update& c, deciding& d);
void decide(const subscribe& c, deciding& d);
void decide(const unsubscribe& c, deciding& d);
void decide(const override_component& c, deciding& d);
void decide(const end_override& c, deciding& d);

// Commands as somebody might give them about the record now, for `allowed_actions`. Those about an audience name none: a
// record does not know the audiences of the policy, and each would do. Documents must name one.
void plausible_draft(const incident& record, plausible_commands& to);
void plausible_approval(const incident& record, plausible_commands& to);
void plausible_withdrawal(const incident& record, plausible_commands& to);
void plausible_publication(const incident& record, plausible_commands& to);
void plausible_subscription(const incident& record, plausible_commands& to);
void plausible_leaving_audience(const incident& record, plausible_commands& to);

// The policy that incidents go by; null: there is none, or it is retired.
const communication_policy* communication_policy_of(const desk_state& state);

// To whom an update goes, as it is now.
struct update_recipients {
  std::vector<person_ref> people;        // whom the policy names, members of its teams, those who subscribed
  std::vector<customer_ref> customers;   // of what the incident affects
  std::vector<person_ref> unsubscribed;  // who are told by neither
};
update_recipients recipients_of(const desk_state& state, const incident& record,
                                const communication_audience& audience);

// Is the person told, without having said so?
bool is_named(const desk_state& state, const communication_audience& audience, person_ref person);

}  // namespace tocsin::inline v1
