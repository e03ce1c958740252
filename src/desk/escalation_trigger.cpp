#include "escalation_trigger.hpp"

#include <tocsin/desk/record_schema.hpp>
#include <tocsin/escalation/events.hpp>
#include <tocsin/model/escalation_record.hpp>

#include "time/shown.hpp"

namespace tocsin::inline v1 {
namespace {

std::string cause_of(const escalation_watch& watch, const escalation_trigger& trigger) {
  return std::string(choices(watch.on)[static_cast<std::size_t>(watch.on) - 1]) + " " + shown(trigger.after) +
         " since " + shown(watch.since);
}

}  // namespace

bool trigger_holds(const escalation_plan& plan, std::size_t trigger, const incident& record, const decision& given) {
  const compiled_trigger& compiled = plan.triggers[trigger];
  if (!compiled.guard) return true;
  const escalation_facts nothing_yet;
  const incident_ptr& before = given.state.live.find(record.id);
  const record_view then{.schemas = *given.state.definitions.schemas,
                         .known = given.state.definitions,
                         .words = given.state.words,
                         .record = before ? *before : record,
                         .actor = given.actor,
                         .run = &nothing_yet};
  const record_view seen{.schemas = then.schemas,
                         .known = then.known,
                         .words = then.words,
                         .record = record,
                         .actor = given.actor,
                         .run = &nothing_yet,
                         .before = before ? &then : nullptr};
  return holds(*compiled.guard, seen.data(), given.recorded_at);
}

void fire_watches(run_driver& keeper, const incident& record, const decision& given, std::vector<event>& events) {
  std::vector<escalation_watch> watches = record.part<incident_escalations>()->escalation_watches;
  bool any = false;
  for (escalation_watch& watch : watches) {
    if (!is_set(watch.due) || watch.due > given.recorded_at) continue;
    any = true;
    watch.due = no_instant;
    const escalation_plan* plan = given.state.definitions.of<escalation_plan>().current(watch.policy.index);
    if (!plan || watch.trigger >= plan->triggers.size()) continue;
    if (!trigger_holds(*plan, watch.trigger, record, given)) continue;
    keeper.start(watch.policy, watch.on, cause_of(watch, plan->policy.triggers[watch.trigger]));
  }
  if (any) events.push_back({{record.id}, 0, escalation_watches_set{std::move(watches)}});
}

}  // namespace tocsin::inline v1
