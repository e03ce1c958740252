// A wait, and what is to come of it: reminders, and the longest stay (L3).
#pragma once

#include <tocsin/desk/state.hpp>
#include <tocsin/incident/events.hpp>

namespace tocsin::inline v1 {

inline bool reminds(const workflow_hold_reason& reason) {
  return reason.remind_after.us > 0 && reason.reminders_max > 0;
}

// Says when what the reason brings is due, for a wait that begins then.
inline void set_wait(incident_held& e, const workflow_hold_reason& reason, instant at) {
  if (reminds(reason)) e.remind_at = at + reason.remind_after;
  if (reason.longest.us > 0) e.ends_at = at + reason.longest;
}

// When the next reminder is due, or what follows the last of them; not set: nothing does.
inline instant next_reminder(const workflow_hold_reason& reason, std::uint32_t count, instant at) {
  const bool more = count < reason.reminders_max || reason.after_reminders != hold_end::unset;
  return more ? at + reason.remind_after : no_instant;
}

}  // namespace tocsin::inline v1
