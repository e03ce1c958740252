// What events do to the clocks of a record.
#pragma once

#include <tocsin/desk/fold.hpp>

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

void fold_clock(incident& record, const clock_attached& e, instant at, const definition_table& known);
void fold_clock(incident& record, const clock_retargeted& e, instant at, const definition_table& known);
void fold_clock(incident& record, const clock_changed& e);
void fold_clock(incident& record, const maintenance_agreed& e, const definition_table& known);

// What becomes of its tasks, for the clocks that they have.
void note_task(incident& record, const event_body& body, instant at, const definition_table& known);
void fold_clock(incident& record, std::uint32_t clock, const clock_notice& said, const definition_table& known);

}  // namespace tocsin::inline v1
