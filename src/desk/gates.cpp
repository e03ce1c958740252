#include "gates.hpp"

#include <tocsin/model/task.hpp>
#include <tocsin/review/review.hpp>

namespace tocsin::inline v1 {

std::string named(const task& t) { return "task " + std::to_string(t.number) + " \"" + t.title + '"'; }

std::vector<unmet_gate> unmet_gates(const incident& record, const workflow_graph& workflow, state_kind to) {
  std::vector<unmet_gate> unmet;
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
  const char* const left = is_final(to) ? "review.action_item_left" : "review.section_missing";
  for (std::string& what : unmet_of_review(record, to)) unmet.push_back({left, std::move(what)});
  return unmet;
}

std::string unmet_by_host(const decision& given, const incident& record, const workflow_host_guard& guard) {
  const std::optional<bool> answer = given.host->answer({guard.name, record, given.actor, given.at});
  if (!answer) return "nobody answers whether \"" + guard.name + "\" holds, which the host decides";
  return *answer ? std::string() : guard.says;
}

}  // namespace tocsin::inline v1
