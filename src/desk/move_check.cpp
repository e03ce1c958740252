#include "move_check.hpp"

#include <tocsin/model/task.hpp>
#include <tocsin/playbook/playbook_run.hpp>
#include <tocsin/review/review.hpp>
#include <tocsin/security/disclosure.hpp>

namespace tocsin::inline v1 {

std::string named(const task& t) { return "task " + std::to_string(t.number) + " \"" + t.title + '"'; }

std::vector<unmet_guard> unmet_demands(const incident& record, const workflow_graph& workflow, state_kind to) {
  std::vector<unmet_guard> unmet;
  const bool ends_work = to == state_kind::resolved || to == state_kind::closed;
  if (ends_work && is_open(record.state_kind)) {
    for (const task& t : tasks_of(record)) {
      if (t.blocking && is_open(t.state)) unmet.push_back({"task.blocking", named(t) + " is open, and blocks it"});
    }
  }
  const bool wants_verification = to == state_kind::closed && record.state_kind == state_kind::resolved &&
                                  workflow.definition().verify_before_closing;
  if (wants_verification && !is_set(details_of(record).verified_at)) {
    unmet.push_back({"resolution.not_verified", "nobody has verified that the service recovered"});
  }
  if (to == state_kind::closed && awaits_review(record)) {
    unmet.push_back({"review.open", "its review is neither published nor skipped"});
  }
  if (ends_work && is_open(record.state_kind) && awaits_approval(record)) {
    unmet.push_back({"review.not_approved", "somebody else than its authors must approve it first"});
  }
  const char* const left = is_final(to) ? "review.action_item_left" : "review.section_missing";
  for (std::string& what : unmet_of_review(record, to)) unmet.push_back({left, std::move(what)});
  for (std::string& what : unmet_of_playbooks(record, to)) unmet.push_back({"playbook.step_left", std::move(what)});
  for (std::string& what : unmet_of_disclosure(record, to)) {
    unmet.push_back({"security.not_disclosed", std::move(what)});
  }
  return unmet;
}

std::vector<unmet_guard> unmet_guards(const record_view& seen, const workflow_graph& workflow,
                                      const workflow_move& move, instant at) {
  std::vector<unmet_guard> unmet = unmet_demands(seen.record, workflow, move.to_kind);
  for (std::size_t i = 0; i < move.guards.size(); ++i) {
    if (holds(move.guards[i], seen.data(), at)) continue;
    unmet.push_back({"workflow.guard", move.declared->guards[i].says, &move.guards[i]});
  }
  return unmet;
}

std::vector<std::string> missing_fields(const record_view& after, const workflow_move& move) {
  std::vector<std::string> missing;
  for (std::size_t i = 0; i < move.required.size(); ++i) {
    if (!after.has(move.required[i])) missing.push_back(move.declared->required[i] + " must be given");
  }
  return missing;
}

}  // namespace tocsin::inline v1
