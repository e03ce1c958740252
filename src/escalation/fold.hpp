// What events do to the escalations of a record. Most say what happened; how a run stands after it is in
// `escalation_run_changed`.
#pragma once

#include <tocsin/desk/fold.hpp>
#include <tocsin/escalation/events.hpp>
#include <tocsin/model/escalation_record.hpp>

namespace tocsin::inline v1 {

void fold(incident& record, const functional_escalation& e, const fold_context& c);
void fold(incident& record, const hierarchical_escalation& e, const fold_context& c);
void fold(incident& record, const major_proposed& e, const fold_context& c);
void fold(incident& record, const escalation_run_changed& e, const fold_context& c);
void fold(incident& record, const escalation_watches_set& e, const fold_context& c);

// Takes out what is personal, and with `texts` all that was written.
void erase(incident_escalations& all, bool texts);

}  // namespace tocsin::inline v1
