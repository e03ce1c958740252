// Moves that a record makes by itself: as soon as their conditions hold, or when it has been in its state for a time (L2).
#include <tocsin/desk/record_schema.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/workflow/events.hpp>

#include "desk/changed_view.hpp"
#include "desk/move_check.hpp"
#include "desk/react.hpp"
#include "desk/timing.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

bool guards_hold(const workflow_move& m, const incident& record, const decision& given) {
  const desk_state& state = given.state;
  const changed_view seen(record, given);
  return unmet_guards(seen.seen(), state.definitions.workflow_of(record), m, given.at).empty() &&
         missing_fields(seen.seen(), m).empty();
}

event_body moved(const workflow_move& m) {
  switch (m.verb) {
    case verb::close:
      return incident_closed{close_cause::by_workflow, {}, m.to};
    case verb::cancel:
      return incident_cancelled{"by its workflow", m.to};
    default:
      return incident_moved{m.to, m.to_kind, m.declared->trigger, {}};
  }
}

}  // namespace

void react_by_workflow(const incident& record, const decision& given, std::vector<event>& more) {
  const workflow_graph& workflow = given.state.definitions.workflow_of(record);
  const instant scheduled = details_of(record).next_move_at;
  if (!workflow.has_own_moves() && !is_set(scheduled)) return;
  if (is_final(record.state_kind)) return;
  instant next = no_instant;
  for (const workflow_move* m : workflow.own_moves(record.state)) {
    const bool timed = m->declared->trigger == move_trigger::timed;
    const instant due = timed ? timed_move_due(given.state, *m, record.state_since) : no_instant;
    if (timed && due > given.at) {
      if (due != never) next = is_set(next) ? std::min(next, due) : due;
      continue;
    }
    if (!guards_hold(*m, record, given)) continue;
    more.push_back({{record.id}, 0, moved(*m)});
    return;
  }
  if (next != scheduled) more.push_back({{record.id}, 0, move_scheduled{next}});
}

}  // namespace tocsin::inline v1
