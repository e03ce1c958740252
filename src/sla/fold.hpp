// What events do to the clocks of a record.
#pragma once

#include <tocsin/desk/fold.hpp>
#include <tocsin/sla/events.hpp>

namespace tocsin::inline v1 {

// The parts of a record that clocks read, as they are before an event.
struct clock_marks {
  tocsin::state_kind state_kind = state_kind::unset;
  hold_reason_ref hold_reason;
  instant held_since = no_instant;
  instant acknowledged_at = no_instant;
  instant first_response_at = no_instant;
  team_ref team;
  person_ref assignee;
};

clock_marks marks_of(const incident& record);

// Tells the record's clocks what has changed since, and keeps it for those to come.
void note_changes(incident& record, const clock_marks& before, instant at, const definition_table& known);
void note(incident& record, const clock_fact& fact, const definition_table& known);

// Keeps what clocks read from now on, with as much of what was before as the record shows.
void begin_clock_history(incident& record, instant at);

// What becomes of its tasks, for the clocks that they have.
void note_task(incident& record, const event_body& body, instant at, const definition_table& known);

void fold(incident& record, const clock_history_begun& e, const fold_context& c);
void fold(incident& record, const clock_attached& e, const fold_context& c);
void fold(incident& record, const clock_retargeted& e, const fold_context& c);
void fold(incident& record, const clock_changed& e, const fold_context& c);
void fold(incident& record, const clock_withdrawn& e, const fold_context& c);
void fold(incident& record, const clock_judged& e, const fold_context& c);
void fold(incident& record, const sla_threshold_reached& e, const fold_context& c);
void fold(incident& record, const sla_breached& e, const fold_context& c);
void fold(incident& record, const sla_breach_lifted& e, const fold_context& c);
void fold(incident& record, const sla_breach_excused& e, const fold_context& c);
void fold(incident& record, const clock_without_calendar& e, const fold_context& c);
void fold(incident& record, const maintenance_agreed& e, const fold_context& c);

}  // namespace tocsin::inline v1
