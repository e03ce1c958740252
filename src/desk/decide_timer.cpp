// What a timer does when it fires (D6). It has been looked at whether it still stands; what it does may still be nothing.
#include <tocsin/desk/decide.hpp>

#include "react.hpp"

namespace tocsin::inline v1 {
namespace {

void close_by_silence(const incident& record, const decision& given, std::vector<event>& events) {
  if (record.state_kind != state_kind::resolved) return;
  const workflow_graph& workflow = given.state.definitions.workflow_of(record);
  const state_ref to = workflow.target(verb::close, record.state);
  events.push_back(
      {{record.id}, 0, incident_closed{close_cause::silence, {}, to ? to : workflow.first(state_kind::closed)}});
  if (!record.retrospective && record.caller) {
    events.push_back({{record.id}, 0, requester_notice{notice_cause::closed, no_instant}});
  }
}

}  // namespace

void decide(const timer& fired, const incident& record, const decision& given, std::vector<event>& events) {
  switch (fired.kind) {
    case timer_kind::unset:
      return;
    case timer_kind::auto_close:
      return close_by_silence(record, given, events);
    case timer_kind::move:
      return react_by_lifecycle(record, given, events);
    case timer_kind::sla:
      return react_by_sla(record, given, events);
  }
}

}  // namespace tocsin::inline v1
