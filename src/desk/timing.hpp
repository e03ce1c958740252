// Instants that follow from durations in real time, or in the open time of a calendar.
#pragma once

#include <tocsin/desk/state.hpp>

namespace tocsin::inline v1 {

// When the record, in its state since then, may make the move; `never` where its calendar is never open again.
instant timed_move_due(const desk_state& state, const workflow_move& m, instant since);

}  // namespace tocsin::inline v1
