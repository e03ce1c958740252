// Moves that commands make (L2).
#pragma once

#include <tocsin/desk/deciding.hpp>

namespace tocsin::inline v1 {

// The move that the verb means for the record; one that leads nowhere where its workflow has none. What stands against
// it is said by `finish`. Where a reason is given, guards, and what the library itself demands before a record is
// resolved or closed, may be overridden: an event says which were.
const workflow_move& make_move(deciding& d, const incident& r, verb v, const void* body, state_ref to = {},
                               std::string_view override_reason = {});

}  // namespace tocsin::inline v1
