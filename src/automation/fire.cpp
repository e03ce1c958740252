#include "fire.hpp"

#include <tocsin/automation/events.hpp>
#include <tocsin/desk/deciding.hpp>

#include "automation/decide_action.hpp"
#include "automation/publish.hpp"

namespace tocsin::inline v1 {
namespace {

automation_stop stops(const queued_automation& run, const compiled_automation_rule* began, const record_automation& on,
                      const desk_state& state) {
  const auto* const now = state.definitions.of<compiled_automation_rule>().current(run.rule.index);
  if (find_suspension(on.automation_suspensions, run.rule)) return automation_stop::suspended;
  const bool goes_on = began && now && !now->definition.retired && run.actions_taken < began->definition.actions.size();
  return goes_on ? automation_stop::unset : automation_stop::not_in_force;
}

void ask_host(deciding& d, const incident& record, const queued_automation& run, const automation_action& action) {
  const auto count = record.part<record_automation>()->automation_requests.size();
  d.emit({record.id}, automation_run_requested{static_cast<std::uint32_t>(count + 1), run.run, run.rule, action.run,
                                               action.parameters});
}

refused_action refuse_to_ask() {
  return {"automation.too_many_requests",
          "a record has at most " + std::to_string(limits::automation_requests_max) + " requests to the host"};
}

// As the version says with which the run began.
void take_action(deciding& d, const incident& record, const queued_automation& run, const automation_rule& rule) {
  const automation_action& action = rule.actions[run.actions_taken];
  automation_acted acted{.run = run.run, .action = run.actions_taken + 1, .command = action.command};
  acted.ends = acted.action == rule.actions.size();
  std::vector<event> happened;
  refused_action refused;
  const bool asks_host = action.command.empty();
  if (!asks_host) {
    refused = try_action(action, rule.rights_of, record, d.given, happened);
  } else if (record.part<record_automation>()->automation_requests.size() >= limits::automation_requests_max) {
    refused = refuse_to_ask();
  }
  acted.refused = refused.reason;
  acted.message = refused.message;
  d.emit({record.id}, std::move(acted));
  if (asks_host && refused.reason.empty()) ask_host(d, record, run, action);
  for (event& one : happened) d.events.push_back(std::move(one));
}

bool end_suspensions(deciding& d, const incident& record, instant until) {
  bool any = false;
  for (const automation_suspension& one : record.part<record_automation>()->automation_suspensions) {
    if (one.until != until) continue;
    d.emit({record.id}, automation_resumed{one.rule, {}});
    any = true;
  }
  return any;
}

}  // namespace

void timers(const record_automation& part, const incident&, timer_visitor visit) {
  if (!part.automation_queue.empty() && is_set(part.automation_due)) {
    visit(timer_kind::automation, part.automation_due);
  }
  for (const automation_suspension& one : part.automation_suspensions) {
    if (is_set(one.until)) visit(timer_kind::automation, one.until);
  }
}

void go_on_with_automation(deciding& d, const incident& record, const timer& fired) {
  const record_automation& on = *record.part<record_automation>();
  if (end_suspensions(d, record, fired.due)) return;
  if (on.automation_queue.empty() || on.automation_due != fired.due) return;
  const queued_automation& run = on.automation_queue.front();
  const auto* const began = d.state.definitions.of<compiled_automation_rule>().at(run.rule.index, run.rule_version);
  const automation_stop why = stops(run, began, on, d.state);
  if (why == automation_stop::unset) return take_action(d, record, run, began->definition);
  d.emit({record.id}, automation_stopped{run.rule, why, run.run, {}, run.chain});
}

}  // namespace tocsin::inline v1
