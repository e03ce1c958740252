#include "fold.hpp"

#include <tocsin/base/error.hpp>
#include <tocsin/model/incident.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

void end_run(record_automation& on, std::uint32_t run) {
  std::erase_if(on.automation_queue, [&](const queued_automation& one) { return one.run == run; });
  if (on.automation_queue.empty()) on.automation_due = no_instant;
}

void end_suspension(record_automation& on, automation_rule_ref rule) {
  std::erase_if(on.automation_suspensions, [&](const automation_suspension& one) { return one.rule == rule; });
}

// An entry may come from anywhere: what it names must be there.
[[noreturn]] void refuse(const char* reason, const char* what, std::uint32_t number) {
  throw error(status::corrupt, reason,
              "an event names " + std::string(what) + " " + std::to_string(number) + ", which its record has not");
}

}  // namespace

void fold(incident& r, const automation_begun& e, const fold_context& c) {
  begin_run(r.own<record_automation>(), {0, e.rule, e.rule_version, e.chain, 0}, c.entry.recorded_at);
}

void fold(incident& r, const automation_acted& e, const fold_context&) {
  record_automation& on = r.own<record_automation>();
  const auto run = std::ranges::find(on.automation_queue, e.run, &queued_automation::run);
  if (run == on.automation_queue.end()) refuse("journal.unknown_automation_run", "automation run", e.run);
  run->actions_taken = e.action;
  if (e.ends) end_run(on, e.run);
}

void fold(incident& r, const automation_run_requested& e, const fold_context& c) {
  std::vector<automation_request>& all = r.own<record_automation>().automation_requests;
  automation_request& made = all.emplace_back();
  made.request = static_cast<std::uint32_t>(all.size());
  made.run = e.run;
  made.asked_to_run = e.asked_to_run;
  made.asked_at = c.at;
}

void fold(incident& r, const automation_stopped& e, const fold_context&) {
  if (e.run != 0) end_run(r.own<record_automation>(), e.run);
  if (e.run != 0 || e.because != automation_stop::record_over) return;
  record_automation& on = r.own<record_automation>();
  on.automation_queue.clear();
  on.automation_due = no_instant;
}

void fold(incident& r, const automation_suspended& e, const fold_context& c) {
  record_automation& on = r.own<record_automation>();
  end_suspension(on, e.rule);
  on.automation_suspensions.push_back({e.rule, e.reason, e.until, c.entry.actor, c.at});
}

void fold(incident& r, const automation_resumed& e, const fold_context&) {
  end_suspension(r.own<record_automation>(), e.rule);
}

void fold(incident& r, const automation_reported& e, const fold_context& c) {
  std::vector<automation_request>& all = r.own<record_automation>().automation_requests;
  if (e.request < 1 || e.request > all.size()) refuse("journal.unknown_automation_request", "request", e.request);
  automation_request& one = all[e.request - 1];
  one.outcome = e.outcome;
  one.evidence = e.evidence;
  one.reported_by = c.entry.actor;
  one.reported_at = c.at;
}

void erase(record_automation& p, bool texts) {
  if (!texts) return;
  for (automation_suspension& one : p.automation_suspensions) one.reason.clear();
  for (automation_request& one : p.automation_requests) one.evidence.clear();
}

}  // namespace tocsin::inline v1
