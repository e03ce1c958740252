// How commands about incidents are decided, and what the commands of other concepts share with them.
#pragma once

#include <tocsin/incident/commands.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/service/events.hpp>

#include <tocsin/desk/deciding.hpp>

namespace tocsin::inline v1 {

struct erase_personal;

void decide(const log_incident& c, deciding& d);
void decide(const classify_incident& c, deciding& d);
void decide(const prioritise_incident& c, deciding& d);
void decide(const assign_incident& c, deciding& d);
void decide(const acknowledge_incident& c, deciding& d);
void decide(const begin_work& c, deciding& d);
void decide(const add_note& c, deciding& d);
void decide(const add_update& c, deciding& d);
void decide(const add_reply& c, deciding& d);
void decide(const hold_incident& c, deciding& d);
void decide(const resume_incident& c, deciding& d);
void decide(const resolve_incident& c, deciding& d);
void decide(const confirm_resolution& c, deciding& d);
void decide(const refuse_resolution& c, deciding& d);
void decide(const close_incident& c, deciding& d);
void decide(const reopen_incident& c, deciding& d);
void decide(const cancel_incident& c, deciding& d);
void decide(const amend_incident& c, deciding& d);
void decide(const import_record& c, deciding& d);
void decide(const set_custom_fields& c, deciding& d);
void decide(const convert_record& c, deciding& d);
void decide(const verify_resolution& c, deciding& d);
void decide(const add_attachment& c, deciding& d);
void decide(const remove_attachment& c, deciding& d);
void decide(const log_work& c, deciding& d);
void decide(const restrict_incident& c, deciding& d);
void decide(const lift_restriction& c, deciding& d);
void decide(const report_notice& c, deciding& d);
void decide(const erase_personal& c, deciding& d);

// ---- as somebody might give them

void plausible_notice_of(const incident& record, plausible_commands& to);
void plausible_conversion(const incident& record, plausible_commands& to);
void plausible_recovery_check(const incident& record, plausible_commands& to);
void plausible_attachment_removal(const incident& record, plausible_commands& to);
void plausible_restriction_end(const incident& record, plausible_commands& to);
void plausible_notice_report(const incident& record, plausible_commands& to);

// ---- logging

// Logs it on the workflow, says what it affects, and derives its class.
record_ref log_record(deciding& d, incident_logged e, const workflow_graph& workflow, affected_items_set affected = {});
incident_logged logged_as(const deciding& d, const log_incident& c);
// The incident that follows a closed one.
void log_follow_up(deciding& d, const incident& r);
// A record that is made from another is seen by nobody who may not see that one (D9).
void restrict_like(deciding& d, const incident& r, record_ref made);
std::uint64_t next_number(const deciding& d, record_type_ref type);
// To the team and the person that the command names, if it does.
void assign_at_once(deciding& d, record_ref record, const log_incident& c);

// ---- assigning and telling

// As assign_incident does; objections name the command that asked.
void give(deciding& d, const incident& r, assign_incident to, std::string_view asked_by);

// If there is one; nobody hears of records that were entered after the fact (D5).
inline void tell_requester(deciding& d, const incident& r, requester_notice notice) {
  if (r.caller) d.notify(r, std::move(notice));
}

// ---- closing by silence (R-P19)

void close_silently(deciding& d, const incident& r);
// Closes what silence would have closed before, where nothing stands against it any more.
void close_after_silence(deciding& d, const incident& r);

// ---- checks

// None of them is retired.
void check_in_use(const deciding& d, category_ref c, service_ref s, team_ref t);
void check_type_in_use(const deciding& d, record_type_ref t);

// Has a record of that type the field?
bool has_field(const custom_field& field, std::string_view type);

// The values as their fields have them, in the order of the fields' numbers.
std::vector<custom_value> adopted(const deciding& d, std::vector<custom_value> values, record_type_ref type);

}  // namespace tocsin::inline v1
