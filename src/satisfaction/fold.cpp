#include "fold.hpp"

#include <tocsin/model/satisfaction.hpp>
#include <tocsin/satisfaction/events.hpp>

#include <algorithm>

namespace tocsin::inline v1 {

void fold(incident& record, const resolution_rated& e, const fold_context& c) {
  std::vector<satisfaction_answer>& all = record.own<record_satisfaction>().satisfaction;
  auto answer = std::ranges::find_if(
      all, [&](const satisfaction_answer& a) { return a.cycle == e.cycle && a.person == e.person; });
  if (answer == all.end()) answer = all.insert(all.end(), satisfaction_answer{});
  *answer = {e.cycle, e.person, e.requester, e.score, e.comment, c.at, e.after_closing};
}

void erase(record_satisfaction& all, bool) {
  for (satisfaction_answer& a : all.satisfaction) {
    a.comment.clear();
    if (a.requester) a.person = {};
  }
}

}  // namespace tocsin::inline v1
