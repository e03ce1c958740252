// A heartbeat was missed; a maintenance window begins and ends. Its own moves are those of its workflow, so that a host may
// shape it; without one, nothing happens by itself.
#include "fire.hpp"

#include <tocsin/desk/deciding.hpp>

#include <tocsin/incident/events.hpp>

#include "monitoring/decide.hpp"

namespace tocsin::inline v1 {

void timers(const incident_monitoring& m, const incident& record, timer_visitor visit) {
  if (is_set(m.expires_at) && !is_final(record.state_kind)) visit(timer_kind::heartbeat, m.expires_at);
}

void timers(const incident_maintenance& m, const incident& record, timer_visitor visit) {
  if (is_final(record.state_kind)) return;
  if (record.state_kind == state_kind::fresh) visit(timer_kind::maintenance_begin, m.maintenance_from);
  visit(timer_kind::maintenance_end, m.maintenance_until);
}

void report_missed(deciding& d, const incident& record, const timer&) { miss_heartbeat(d, record); }

void begin_maintenance(deciding& d, const incident& record, const timer&) {
  const workflow_graph& workflow = d.workflow_of(record);
  const state_ref to = workflow.target(verb::begin_work, record.state);
  if (to) d.emit({record.id}, work_begun{to, workflow.kind(to)});
}

void end_maintenance(deciding& d, const incident& record, const timer&) {
  const workflow_graph& workflow = d.workflow_of(record);
  const state_ref to = workflow.target(verb::close, record.state);
  const state_ref over = to ? to : workflow.first(state_kind::closed);
  if (over) d.emit({record.id}, incident_closed{close_cause::by_workflow, {}, over});
}

}  // namespace tocsin::inline v1
