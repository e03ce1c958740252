// What the events of security incidents do to their record.
#pragma once

#include <tocsin/desk/fold.hpp>
#include <tocsin/security/events.hpp>

namespace tocsin::inline v1 {

struct record_disclosure;

void fold(incident& r, const security_incident_begun& e, const fold_context& c);
void fold(incident& r, const embargo_set& e, const fold_context& c);
void fold(incident& r, const embargo_lifted& e, const fold_context& c);
void fold(incident& r, const embargo_ended& e, const fold_context& c);
void fold(incident& r, const disclosure_date_set& e, const fold_context& c);
void fold(incident& r, const disclosure_due& e, const fold_context& c);
void fold(incident& r, const disclosure_overdue& e, const fold_context& c);
void fold(incident& r, const security_disclosed& e, const fold_context& c);
void fold(incident& r, const reporter_invited& e, const fold_context& c);
void fold(incident& r, const report_acknowledged& e, const fold_context& c);
void fold(incident& r, const reporter_message& e, const fold_context& c);

void erase(record_disclosure& p, bool texts);

}  // namespace tocsin::inline v1
