// What events do to the escalations of a record.
#pragma once

#include <tocsin/desk/fold.hpp>

namespace tocsin::inline v1 {

// Events that say what happened; how a run stands after it is in another.
template <class Event>
concept tells_of_escalation =
    std::same_as<Event, escalation_started> || std::same_as<Event, escalation_step_fired> ||
    std::same_as<Event, nobody_on_call> || std::same_as<Event, escalation_steps_skipped> ||
    std::same_as<Event, escalation_repeated> || std::same_as<Event, escalation_held> ||
    std::same_as<Event, escalation_exhausted> || std::same_as<Event, page_acknowledged> ||
    std::same_as<Event, page_unacknowledged> || std::same_as<Event, escalation_snoozed> ||
    std::same_as<Event, snooze_ended> || std::same_as<Event, escalation_taken_on> ||
    std::same_as<Event, escalation_ended> || std::same_as<Event, delivery_reported> || std::same_as<Event, page> ||
    std::same_as<Event, automation_requested> || std::same_as<Event, page_held> || std::same_as<Event, page_bundle> ||
    std::same_as<Event, page_bundled>;

void fold_escalation(incident& record, const functional_escalation& e);
void fold_escalation(incident& record, const hierarchical_escalation& e);
void fold_escalation(incident& record, const major_proposed& e);
void fold_escalation(incident& record, const escalation_run_changed& e, const definition_table& known);
void fold_escalation(incident& record, const escalation_watches_set& e, const definition_table& known);

}  // namespace tocsin::inline v1
