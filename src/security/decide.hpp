// How commands about security incidents are decided.
#pragma once

#include <tocsin/security/commands.hpp>
#include <tocsin/security/disclosure.hpp>
#include <tocsin/security/events.hpp>
#include <tocsin/security/security_policy.hpp>

#include <tocsin/desk/deciding.hpp>

namespace tocsin::inline v1 {

struct log_incident;

void decide(const log_security_incident& c, deciding& d);
void decide(const declare_security_incident& c, deciding& d);
void decide(const set_embargo& c, deciding& d);
void decide(const lift_embargo& c, deciding& d);
void decide(const set_disclosure_date& c, deciding& d);
void decide(const disclose& c, deciding& d);
void decide(const invite_reporter& c, deciding& d);
void decide(const acknowledge_report& c, deciding& d);
void decide(const message_reporter& c, deciding& d);
void decide(const report_vulnerability& c, deciding& d);
void decide(const write_as_reporter& c, deciding& d);

// As somebody might give them about the record now, for `allowed_actions`.
void plausible_declaration(const incident& record, plausible_commands& to);
void plausible_embargo(const incident& record, plausible_commands& to);
void plausible_embargo_end(const incident& record, plausible_commands& to);
void plausible_disclosure_date(const incident& record, plausible_commands& to);
void plausible_disclosure(const incident& record, plausible_commands& to);
void plausible_invitation(const incident& record, plausible_commands& to);
void plausible_acknowledgement(const incident& record, plausible_commands& to);
void plausible_message(const incident& record, plausible_commands& to);

// The policy that incidents go by; null: there is none, or it is retired.
const security_policy* security_policy_of(const desk_state& state);

// The record, which must be a security incident that has not ended.
const incident& security_incident_of(deciding& d, record_ref ref, std::string_view what);

// ---- embargo and disclosure

// Objects to a date that has passed, or is too far ahead.
void check_ahead(deciding& d, instant at, const std::string& name);
void give_disclosure_date(deciding& d, record_ref record, instant at, instant before, const std::string& reason);

// ---- reporters

// Begins a thread of that number with the reporter.
void begin_report(deciding& d, record_ref record, const reporter_invited& invited);
// Tells all of them.
void tell_reporters(deciding& d, const incident& r, reporter_notice_cause cause);

// All records of the type are security incidents.
bool is_security_type(const desk_state& state, record_type_ref type);
// Of a type whose records are all security incidents: restricts what was just logged, or is converted, before anything
// else follows from it. Nothing, of any other type.
void begin_if_security(deciding& d, record_ref record, const log_incident& asked);
void begin_if_security(deciding& d, const incident& converted, record_type_ref type);
// The same for what takes up a closed one again. Whether it did.
bool begin_if_security(deciding& d, const incident& closed, record_ref follow_up);

}  // namespace tocsin::inline v1
