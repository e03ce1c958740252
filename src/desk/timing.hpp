// Instants that follow from durations in real time, or in the open time of a calendar.
#pragma once

#include <tocsin/desk/state.hpp>

namespace tocsin::inline v1 {

// When the record, in its state since then, may make the move; `never` where its calendar is never open again.
instant timed_move_due(const desk_state& state, const workflow_move& m, instant since);

// How the silence after a resolution ends (L5): when, or no_instant for never. By business days it is the end of the
// n-th one after that of the resolution (T8): whoever reported it has n whole ones to answer, and no day of theirs is
// cut short because it was resolved early.
instant silence_ends(const desk_state& state, const workflow_graph& workflow, instant since);

// When a task is due that was given `in` or `business_days` now; no_instant for never.
instant task_due(const desk_state& state, duration in, optional_integer business_days, business_calendar_ref calendar,
                 instant now);

}  // namespace tocsin::inline v1
