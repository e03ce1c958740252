// How commands about escalation runs and pages are decided.
#pragma once

#include <tocsin/escalation/commands.hpp>

#include <tocsin/desk/deciding.hpp>

namespace tocsin::inline v1 {

void decide(const start_escalation& c, deciding& d);
void decide(const acknowledge_page& c, deciding& d);
void decide(const unacknowledge_page& c, deciding& d);
void decide(const snooze_escalation& c, deciding& d);
void decide(const escalate& c, deciding& d);
void decide(const hand_over& c, deciding& d);
void decide(const report_delivery& c, deciding& d);
void decide(const acknowledge_bundle& c, deciding& d);

// ---- as somebody might give them

void plausible_escalation_start(const incident& record, plausible_commands& to);
void plausible_page_acknowledgement(const incident& record, plausible_commands& to);
void plausible_page_unacknowledgement(const incident& record, plausible_commands& to);
void plausible_snooze(const incident& record, plausible_commands& to);
void plausible_escalating(const incident& record, plausible_commands& to);
void plausible_handover(const incident& record, plausible_commands& to);
void plausible_page_report(const incident& record, plausible_commands& to);

// Whoever takes notice of the record takes its pages (E2), where anybody may.
void acknowledge_pages(deciding& d, const incident& r);

}  // namespace tocsin::inline v1
