// How commands of communication are decided.
#pragma once

#include <tocsin/communication/commands.hpp>
#include <tocsin/communication/communication_policy.hpp>

#include <tocsin/desk/deciding.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace tocsin::inline v1 {

void decide(const draft_update& c, deciding& d);
void decide(const approve_update& c, deciding& d);
void decide(const withdraw_update& c, deciding& d);
void decide(const publish_update& c, deciding& d);
void decide(const subscribe& c, deciding& d);
void decide(const unsubscribe& c, deciding& d);
void decide(const subscribe_to& c, deciding& d);
void decide(const unsubscribe_from& c, deciding& d);
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

// Their keys, for messages.
std::vector<std::string> keys_of(const communication_policy& policy);

// The record that the command is about, of which somebody is told; and the audience. Throws where either cannot be.
const incident& incident_to_tell_of(deciding& d, record_ref ref, std::string_view command);
const communication_audience& audience_of(deciding& d, const incident& r, const std::string& key,
                                          std::string_view command);
// Throws where the policy has no such audience.
void check_audience(const communication_policy* policy, const std::string& key);

// When whoever writes an update that is due then is reminded; none: not.
instant reminder_of(const communication_policy* policy, std::string_view audience, instant due_at);

// To whom an update goes, as it is now.
struct update_recipients {
  std::vector<person_ref> people;        // whom the policy names, members of its teams, those who subscribed to it,
                                         // or to something that the incident affects
  std::vector<customer_ref> customers;   // of what the incident affects
  std::vector<person_ref> unsubscribed;  // who are told by neither
};
update_recipients recipients_of(const desk_state& state, const incident& record,
                                const communication_audience& audience);

// Is the person told, as it is now?
bool is_told(const desk_state& state, const incident& record, const communication_audience& audience,
             person_ref person);

}  // namespace tocsin::inline v1
